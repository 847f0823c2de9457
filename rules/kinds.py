"""Of which kind a promise is, by the reading guide's order of preference: inform, publish, evaluate, study, consult,
legislate, policy, other. Decided by the words of the promise's clause and of what hangs on it ("ik zeg toe dat ...");
the words are ``rules/data/kinds.toml``.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from rules.clauses import Clause, Sentence, head, oblique
from rules.commitment import Promise
from rules.vocabulary import data
from rules.words import mask_of

MOVES = frozenset(("tegemoet", "tegemoetzien", "komt", "komen", "gaat", "gaan"))
RECEIVERS = frozenset(("u", "kamer", "kamers"))
REACTIONS = frozenset(("reactie", "kabinetsreactie", "beleidsreactie", "kabinetsstandpunt"))


def receives(clause: Clause) -> bool:
    """Does the Kamer get something here (and not only "op verzoek van uw Kamer")?"""
    words = clause.words
    if RECEIVERS.isdisjoint(words):
        return False
    for i, word in enumerate(words):
        if word == "u" or (word in RECEIVERS and head(words, i) != ""):
            governed = oblique(words, i)
            if governed in ("", "aan", "naar", "met", "richting"):
                return True
    return False


def kind_of(sentence: Sentence, number: int, who: str) -> Promise:
    """The kind of the promise that is read in clause `number`; who: the kind of its subject."""
    clauses = list(_hanging(sentence, number))
    words = [word for clause in clauses for word in clause.words]
    said = frozenset().union(*map(_lists, words))
    mask = 0
    for clause in clauses:
        mask |= clause.mask
    tells = bool(mask & mask_of("inform", "send", "receive")) or not MOVES.isdisjoint(words)
    gets = tells and (who == "kamer" or any(receives(clause) for clause in clauses))
    if gets:
        return _given(words)
    if "report.words" in said or _says_so(words):
        return Promise.INFORM
    if mask & mask_of("publish") or ("paper.made" in said and _object(words, "paper")):
        return Promise.PUBLISH
    for kind, holds in (
        (Promise.EVALUATE, "evaluation.words" in said),
        (Promise.RESEARCH, bool(mask & mask_of("research")) or "study.words" in said),
        (Promise.CONSULT, bool(mask & mask_of("talk")) or "talk.words" in said),
        (Promise.LEGISLATE, "law.words" in said or {"law.changed", "law.changing"} <= said),
        (Promise.POLICY, bool(mask & mask_of("act", "send"))),
    ):
        if holds:
            return kind
    return Promise.OTHER


def _given(words: Sequence[str]) -> Promise:
    """What the Kamer gets: a reaction, a bill, a particular paper, or news."""
    if not REACTIONS.isdisjoint(words):
        return Promise.INFORM
    if _object(words, "law"):
        return Promise.LEGISLATE
    return Promise.PUBLISH if _object(words, "paper") else Promise.INFORM


def _hanging(sentence: Sentence, number: int) -> Iterator[Clause]:
    """The clause with the one that it goes on from, and the "that" clauses right behind it: "ik zeg toe dat ..."."""
    if sentence.clauses[number].shared and number:
        yield sentence.clauses[number - 1]
    yield sentence.clauses[number]
    for clause in sentence.clauses[number + 1 :]:
        if clause.kind != "that":
            return
        yield clause


def _says_so(words: Sequence[str]) -> bool:
    said = " ".join(words)
    parted = ("terug" in words and not {"kom", "komt", "komen"}.isdisjoint(words)) or (
        "weten" in words and not {"laat", "laten"}.isdisjoint(words)
    )
    return parted or any(phrase in said for phrase in _phrases())


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in data("kinds")["report"]["phrases"].split("|"))


def _object(words: Sequence[str], section: str) -> bool:
    """Is a word of the section what is given, and not what it is about ("over de uitkomsten van het rapport")?"""
    wanted, carries = f"{section}.words", f"{section}.not"
    named = (i for i, lists in enumerate(map(_lists, words)) if wanted in lists and carries not in lists)
    return any(oblique(words, i) in ("", "om") for i in named)


@lru_cache(maxsize=8192)
def _lists(word: str) -> frozenset[str]:
    """The lists that have the word, as ``section.list``."""
    return frozenset(name for name, pattern in _patterns().items() if pattern.fullmatch(word))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    made = {}
    for section, lists in data("kinds").items():
        for name, words in lists.items():
            if name != "phrases":
                spelt = (re.escape(word).replace("…", r"\w*") for word in words.split())
                made[f"{section}.{name}"] = re.compile("|".join(spelt))
    return made
