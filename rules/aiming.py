"""What the government only hopes for: ambitions, targets and what a law is for, where no deed is named.

"Wij streven ernaar tegemoet te komen aan ...", "ik wil mij richten op ...", "de regering streeft naar 30 procent
minder". The words are ``[framing]`` in ``doubts.toml``, the weights its shapes. Not inside: that a day makes a deed of
an ambition (`rules.doubts.with_date`).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from rules.clauses import DETERMINERS, Clause
from rules.framing import said_phrases, said_words
from rules.kinds import receives
from rules.promises import Hit
from rules.words import lexicon, mask_of

STRIVING = ("strive", "strive for a date")
STRIVING_AFTER = (*STRIVING, "efforts aimed at it")
WANTING = "want to act"
AMBITIONS = ("an ambition", "an ambition, striven for")  # that a day makes deeds of
FOR_LAW = re.compile(
    r"\b(?<!samen )met (?:de |het |dit |deze |die |dat )?(?:\w+ )?"
    r"\w*(?:wet|voorstel|plan|akkoord|visie|aanpak|regeling|besluit|programma|agenda|stappen|maatregelen)\b|"
    r"\b(?:daarmee|hiermee)\b"
)
DOERS_THERE = DETERMINERS | {"iedereen", "mensen", "partijen", "er"}
MYSELF = frozenset(("mij", "me", "ons", "zich"))


def aimed(hit: Hit, clause: Clause) -> Iterator[str]:
    """The names of the shapes that hold for the hit's clause."""
    row, words = hit.row.name, clause.words
    if row in STRIVING and not said_words("measures").isdisjoint(words):
        yield "a target"
    if row in STRIVING and words[hit.verb].startswith("beoog") and _for_something(clause):
        yield "what a law is for"
    if row == WANTING and (_hopes(words, hit.verb) or wants_that(words, hit.verb)):
        yield AMBITIONS[0]
    if row in STRIVING_AFTER and _hopes(words, hit.verb) and not receives(clause):
        yield AMBITIONS[1]


def _for_something(clause: Clause) -> bool:
    """ "Met de wet beoogt het kabinet ...", and no word to the Kamer with it."""
    return bool(FOR_LAW.search(" ".join(clause.words))) and not receives(clause)


def _hopes(words: Sequence[str], verb: int) -> bool:
    """Is it good that shall come of it, and no deed: "versterken", "recht doen", "mij richten op"?"""
    said, aims = " ".join(words[verb:]), said_words("aims")
    hoped = next((i for i, word in enumerate(words) if word in aims), -1)
    if (hoped >= 0 and not _names_deed(words, verb, hoped)) or any(map(said.__contains__, said_phrases("idioms"))):
        return True
    return not MYSELF.isdisjoint(words) and not said_words("oneself").isdisjoint(words) and "bij" not in words


def _names_deed(words: Sequence[str], verb: int, hoped: int) -> bool:
    """ "De monitor te behouden en verder te ontwikkelen"; what it is for ("om te kunnen werken aan") does not count."""
    end = words.index("om", hoped) if "om" in words[hoped:] else len(words)
    others = _deeds().intersection(words[verb + 1 : end]) - said_words("aims")
    return any(_is_deed(word, words) for word in others)


@cache
def _deeds() -> frozenset[str]:
    """The infinitives of deeds."""
    return lexicon().tagged(mask_of("deed.inf"))


def _is_deed(word: str, words: Sequence[str]) -> bool:
    """Also one whose particle stands in the clause; "terug te dringen" has not that of "aandringen"."""
    deed, parts = mask_of("deed.inf"), lexicon().split.get(word, ())
    return bool(lexicon().plain.get(word, 0) & deed) or any(bit & deed and part in words for part, bit in parts)


def wants_that(words: Sequence[str], verb: int) -> bool:
    """ "Het kabinet wil dat iedereen mee kan doen": others are to do it; "ik wil dat onderzoeken" only points."""
    following = words[verb + 2 : verb + 3]
    that = words[verb + 1 : verb + 2] == ["dat"]
    return that and not DOERS_THERE.isdisjoint(following)
