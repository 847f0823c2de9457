"""What the clauses around a promise make of it: a request, a question, a judgement of worth, a duty by law.

"De motie verzoekt de regering om ...", "gevraagd is of ik ...", "het is belangrijk dat ...", "hieronder licht ik toe
hoe ik ...", "de wet bepaalt dat de minister ...". The words are ``[framing]`` in ``doubts.toml``, the weights its
shapes. Not inside: who else acts, and what is told of the past (`rules.doubts`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rules.clauses import Clause, Sentence
from rules.kinds import receives
from rules.promises import Hit
from rules.vocabulary import data
from rules.words import lexicon, mask_of

TREATED = frozenset(("licht", "lichten", "toelichten", "schets", "schetsen", "beschrijf", "beschrijven"))
OPEN_SPAN = 3  # words before "of" in which the question stands
RECEIVING = ("Kamer receives", "Kamer receives at a time")
GLADLY = frozenset(("graag", "gaarne"))
ASKED_SPAN = 4  # words behind "verzoekt" in which the one who is asked stands


def framed(hit: Hit, sentence: Sentence) -> Iterator[str]:
    """The names of the shapes that hold for the hit's clause."""
    own = sentence.clauses[hit.clause]
    above = list(_above(sentence, hit.clause))
    asks = hit.who not in ("me", "we") and _asked_here(hit, own)
    if asks or any(_asks(clause) or _says(clause, "asked") for clause in above):
        yield "asked"
    if _left_open([*(above[0].words if above else ()), *own.words[: hit.verb]]):
        yield "an open question"
    worth = own.kind == "that" and above and not said_words("judging").isdisjoint(above[0].words)
    tells = above and above[0].mask & mask_of("inform.inf")  # "ik hecht eraan u te melden dat ..."
    if worth and not tells and not said_words("values").isdisjoint(above[0].words):
        yield "valued"
    stated = own.kind == "that" and above and not said_words("stating").isdisjoint(above[0].words)
    if stated and hit.who not in ("me", "we"):
        yield "told as a fact"
    if own.kind == "relative" and above and _explained(own, above[0]):
        yield "explained here"
    by_law = not _first_person(own) and _by_law(" ".join(own.words))
    if by_law or (own.kind == "that" and above and _says(above[0], "prescribing")):
        yield "prescribed"


@cache
def said_words(name: str) -> frozenset[str]:
    """A set of words of ``[framing]``."""
    return frozenset(data("doubts")["framing"][name].split())


@cache
def said_phrases(name: str) -> tuple[str, ...]:
    """A set of phrases of ``[framing]``."""
    return tuple(phrase.strip() for phrase in data("doubts")["framing"][name].split("|"))


def _by_law(text: str) -> bool:
    phrases, whole = _law()
    return any(map(text.__contains__, phrases)) and bool(whole.search(text))


@cache
def _law() -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Phrases of duties by law, and the pattern that finds them as whole words."""
    phrases = said_phrases("by_law")
    return phrases, re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b")


def _above(sentence: Sentence, number: int) -> Iterator[Clause]:
    """The clauses that a subordinate clause hangs on, nearest first, as far as a main clause."""
    for k in range(number, 0, -1):
        if sentence.clauses[k].kind not in ("that", "relative"):
            return
        yield sentence.clauses[k - 1]


def _asks(clause: Clause) -> bool:
    """Does somebody ask or call upon the government here, in the active voice?"""
    words, asking, government = clause.words, said_words("asking"), said_words("government")
    if asking.isdisjoint(words):
        return False
    return not _first_person(clause) and any(
        word in asking and not government.isdisjoint(words[i + 1 : i + ASKED_SPAN]) for i, word in enumerate(words)
    )


def _explained(own: Clause, above: Clause) -> bool:
    """Is it the matter of what is told here? "Ik verwijs naar de brief die u in mei ontvangt" only points to it."""
    pointed = own.opener in ("die", "dat") and receives(own) and TREATED.isdisjoint(above.words)
    return not pointed and bool(above.mask & mask_of("expose.fin", "expose.inf"))


def _asked_here(hit: Hit, own: Clause) -> bool:
    """Does somebody ask for it in the clause itself: also "uw verzoek te melden op welke wijze de dienst ..."?"""
    before = own.words[: hit.verb]
    how = "verzoek" in before and "welke" in before[before.index("verzoek") :]
    return _asks(own) or how or (hit.row.name in RECEIVING and _with_pleasure(own, hit.verb))


def _left_open(words: Sequence[str]) -> bool:
    """ "Het is nog onzeker of ...", "de vraag is of ..."."""
    if "of" not in words:
        return False
    at = words.index("of")
    return not said_words("open_question").isdisjoint(words[max(at - OPEN_SPAN, 0) : at])


def _with_pleasure(clause: Clause, verb: int) -> bool:
    """ "De Kamer verneemt graag ...": she asks for it; not "u ontvangt"."""
    beside = clause.words[max(verb - 2, 0) : verb + 3]
    return not GLADLY.isdisjoint(clause.words) and "kamer" in beside and "uw" not in beside


def _says(clause: Clause, name: str) -> bool:
    """Does one of these words stand in the clause, and is it not the letter's own voice?"""
    words, wanted = clause.words, said_words(name)
    said = any(word in wanted and words[max(i - 1, 0)] not in ("dit", "dat") for i, word in enumerate(words))
    return said and not _first_person(clause)  # "dit vraagt om een analyse" asks nobody


def _first_person(clause: Clause) -> bool:
    return bool(clause.mask & (lexicon().bits["me"] | lexicon().bits["we"]))
