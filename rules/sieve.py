"""Which sentences can hold a promise at all: what every row of ``promises.toml`` needs, looked for among bare words.

Three sentences in four of a letter fit no row. A row needs its verb, one word of each group beside it, its tags, its
doer and, where it says so, the Kamer; each such need is a bit, each word carries the bits it fills, and a sentence
passes when the bits of one row are all there. It lets through too much and never too little: where words stand, to
which clause they belong and what is denied is `rules.clauses` and `rules.promises`. Made from the tables, so a new row
needs nothing here; a test compares with reading everything.
"""

from collections.abc import Iterator
from functools import cache

from rules.needs import SAID
from rules.promises import KAMER, Row, rows
from rules.words import lexicon

BLANKS = str.maketrans(dict.fromkeys('.,;:!?()[]{}«»“”„"‘|*•…=<>^§~#\n\t\r\f\v\u00a0–—', " "))
DOERS = {"me": frozenset(("ik",)), "we": frozenset(("wij", "we")), "kamer": KAMER}


def may_promise(sentence: str) -> bool:
    """Can a row read a promise in it?"""
    filled, needed = _table()
    found = 0
    for word in sentence.lower().translate(BLANKS).split():
        found |= filled.get(word, 0)
    return any(found & need == need for need in needed)


@cache
def _table() -> tuple[dict[str, int], tuple[int, ...]]:
    """Word -> the bits it fills; and the bits that the rows need, without rows that need more than another one."""
    bits: dict[frozenset[str], int] = {}
    needed = []
    for row in rows():
        need = 0
        for words in _needs(row):
            need |= bits.setdefault(words, 1 << len(bits))
        needed.append(need)
    filled: dict[str, int] = {}
    for words, bit in bits.items():
        for word in words:
            filled[word] = filled.get(word, 0) | bit
    least = [need for need in set(needed) if not any(other & need == other != need for other in needed)]
    return filled, tuple(sorted(least))


def _needs(row: Row) -> Iterator[frozenset[str]]:
    """Sets of which the sentence must hold at least one word each."""
    yield row.verbs | _tagged(row.verb_mask)
    for group in row.near:
        yield frozenset(phrase[0] for phrase in group)
    if row.kamer:
        yield KAMER
    if "thing" not in row.who:
        yield frozenset().union(*(DOERS.get(who) or _tagged(lexicon().bits[who]) for who in row.who))
    said = row.special & SAID.keys()
    if (row.need or row.special) and said == row.special:
        yield _tagged(row.need).union(*(SAID[name] for name in said))


@cache
def _tagged(mask: int) -> frozenset[str]:
    words = lexicon()
    known = {word for word, bits in words.plain.items() if bits & mask}
    return frozenset(known | {word for word, parts in words.split.items() if any(bit & mask for _, bit in parts)})
