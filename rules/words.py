"""Tags for the words of a sentence, from the word lists in ``rules/data/promise_words.toml``.

A tag is a bit: verbs carry one for their class and form (``send.inf``, ``send.fin``, ``send.pp``), other words one for
their list. Only single words are looked at; clauses and subjects are `rules.clauses`, what they add up to is
`rules.promises`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rules.vocabulary import data

WORD = re.compile(  # group 1; first what most words are; the blank behind is taken along, for it fits nothing else
    r"([A-Za-z]++(?=[ ,])|\d+(?:[:.,–]\d+)+|\w++(?:['’&./-]++\w++)*+|[^\w\s])[ ]*+"
)
FORMS = ("inf", "fin", "pp")
DEEDS = ("inform", "send", "receive", "publish", "research", "look", "talk", "act")


@dataclass(slots=True)
class Lexicon:
    """bits: tag -> bit. plain: word -> bits. split: word -> (particle, bits): counts when the particle stands by it."""

    bits: dict[str, int] = field(default_factory=dict)
    plain: dict[str, int] = field(default_factory=dict)
    split: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)

    def bit(self, tag: str) -> int:
        return self.bits.setdefault(tag, 1 << len(self.bits))

    def mask(self, tags: Iterable[str]) -> int:
        """The bits of several tags; a bare verb class stands for all its forms. KeyError for an unknown one."""
        names = [full for tag in tags for full in _spelt_out(tag, self.bits)]
        return sum({self.bits[name] for name in names})

    def tagged(self, mask: int) -> frozenset[str]:
        """The words that have one of these bits, by themselves or with their particle."""
        known = {word for word, bits in self.plain.items() if bits & mask}
        return frozenset(known | {word for word, parts in self.split.items() if any(bit & mask for _, bit in parts)})


@cache
def lexicon() -> Lexicon:
    words = data("promise_words")
    made = Lexicon()
    for section in ("actors", "small", "marks"):
        for name, line in words[section].items():
            _add_words(made, name, line.split())
    for name, rows in words["verbs"].items():
        for row in rows:
            _add_verb(made, name, row.split())
    return made


@cache
def mask_of(*tags: str) -> int:
    """As `Lexicon.mask`, kept: the same few are asked for at every clause."""
    return lexicon().mask(tags)


@cache
def wordset(section: str, name: str) -> frozenset[str]:
    return frozenset(data("promise_words")[section][name].split())


def _spelt_out(tag: str, bits: Mapping[str, int]) -> list[str]:
    if tag == "deed":
        return [f"{verb}.{form}" for verb in DEEDS for form in FORMS]
    if tag.startswith("deed."):
        return [f"{verb}.{tag[5:]}" for verb in DEEDS]
    return [tag] if tag in bits else [f"{tag}.{form}" for form in FORMS]


def _add_words(made: Lexicon, name: str, words: list[str]) -> None:
    bit = made.bit(name)
    for word in words:
        made.plain[word] = made.plain.get(word, 0) | bit


def _add_verb(made: Lexicon, name: str, row: list[str]) -> None:
    """ "toe sturen stuur gestuurd" or "sturen stuur gestuurd"."""
    *particle, infinitive, first, participle = row
    first_words = ((infinitive, "inf"), (first, "fin"), (_third(first), "fin"), (participle, "pp"))
    for word, form in first_words:
        bit = made.bit(f"{name}.{form}")
        for joined in {p + word for p in particle} or {word}:
            made.plain[joined] = made.plain.get(joined, 0) | bit
        for p in particle:
            made.split[word] = (*made.split.get(word, ()), (p, bit))


def _third(first: str) -> str:
    return first if first.endswith("t") else first + "t"


def words_like(pattern: Any) -> frozenset[str]:
    """A field of a data row that lists words."""
    return frozenset(str(pattern).split())
