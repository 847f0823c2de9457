"""Which sentences can hold a promise at all: what every row of ``promises.toml`` needs, looked for among bare words.

Three sentences in four of a letter fit no row. A row needs its verb, one word of each group beside it, its tags, its
doer and, where it says so, the Kamer and a word of time or of what must be ready first; each such need is a bit, each
word carries the bits it fills, and a sentence passes when the bits of one row are all there. It lets through too much
and never too little: where words stand, to which clause they belong and what is denied is `rules.clauses` and
`rules.promises`. Made from the tables, so a new row needs nothing here; a test compares with reading everything.
"""

import re
from collections.abc import Iterator
from functools import cache

from rules.dating import COMPLETED, IF, IFS
from rules.needs import SAID
from rules.promises import KAMER, Row, rows
from rules.tokens import tells_time
from rules.words import lexicon

MARKS = re.compile(r"[.,;:!?()\[\]{}«»“”„\"‘|*•…=<>^§~#–—0-9]+")
TIMED = 1  # the bit of a word of time
DOERS = {"me": frozenset(("ik",)), "we": frozenset(("wij", "we")), "kamer": KAMER}


def may_promise(sentence: str) -> bool:
    """Can a row read a promise in it?"""
    filled, groups, needed = _table()
    small = sentence.lower()
    words = filled.keys() & MARKS.sub(" ", small).split()
    alike = {groups[word] for word in groups.keys() & words}
    if not alike:
        return False
    found = 0
    for word in words:
        found |= filled[word]
    missing, timed = ~found, False
    for group in alike:
        for need in needed[group]:
            if not need & missing:
                return True
            timed = timed or need & missing == TIMED
    return timed and tells_time(small)


@cache
def _table() -> tuple[dict[str, int], dict[str, int], list[tuple[int, ...]]]:
    """Word -> the bits it fills; verb -> the number of its group; the bits that the rows of each group need."""
    bits: dict[frozenset[str], int] = {COMPLETED: TIMED}
    needed: dict[str, set[int]] = {}
    for row in rows():
        need = TIMED if row.term not in ("", IF) else 0
        for words in _needs(row):
            need |= bits.setdefault(words, 1 << len(bits))
        for verb in _verbs(row):
            needed.setdefault(verb, set()).add(need)
    filled: dict[str, int] = {}
    for words, bit in bits.items():
        for word in words:
            filled[word] = filled.get(word, 0) | bit
    numbers: dict[tuple[int, ...], int] = {}
    groups = {verb: numbers.setdefault(_least(needs), len(numbers)) for verb, needs in needed.items()}
    return filled, groups, list(numbers)


def _least(needs: set[int]) -> tuple[int, ...]:
    """Without those that need more than another one."""
    return tuple(sorted(need for need in needs if not any(other & need == other != need for other in needs)))


def _verbs(row: Row) -> frozenset[str]:
    return row.verbs | lexicon().tagged(row.verb_mask)


def _needs(row: Row) -> Iterator[frozenset[str]]:
    """Sets of which the sentence must hold at least one word each."""
    yield _verbs(row)
    yield from row.openings
    if row.term == IF:
        yield IFS
    if row.kamer:
        yield KAMER
    if "thing" not in row.who:
        yield frozenset().union(*(DOERS.get(who) or lexicon().tagged(lexicon().bits[who]) for who in row.who))
    said = row.special & SAID.keys()
    if (row.need or row.special) and said == row.special:
        yield lexicon().tagged(row.need).union(*(SAID[name] for name in said))
