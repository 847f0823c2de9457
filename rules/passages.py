"""Where the words of a paper stand (`Places`), and the passage of sixty words that shares most with each of many promises.

A term counts once in a passage, however often it stands there: with a passage that ends at some place it is inside from
each place where it stands until sixty words further, or until it stands there again. So all passages of all promises are
one row of numbers to be added up, in the order of the places where a passage can end. The shares are whole numbers: the
answer is that of trying every passage. Pure; what a passage is worth is `rules.signals`'s business.
"""

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np

from rules.postings import Ints, ranges
from rules.terms import WINDOW

CHUNK = 256  # promises that are looked at together
CHANGE_BITS = 18  # the last bits of a number that holds a place and what a passage that ends there gains or loses
CHANGE = 1 << (CHANGE_BITS - 1)
PLACE_BITS = 32
LAST_PLACE = (1 << PLACE_BITS) - 1


class Passage(NamedTuple):
    """share: of the terms inside. last: the place of its last word."""

    share: int
    last: int


NO_PASSAGE = Passage(0, -1)


class Places:
    """The words of a text and the places of their terms, counted in words.

    spoken: the words in order; vocabulary: each of them once, with its terms; concepts: those of several words with
    their first word, which bears them wherever it stands.
    """

    def __init__(
        self, spoken: Sequence[str], vocabulary: Mapping[str, Sequence[str]], concepts: Iterable[tuple[str, str]]
    ) -> None:
        self._size = len(spoken)
        self._words = list(vocabulary)
        numbers = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
        borne = [(concept, word) for concept, word in dict.fromkeys(concepts) if concept not in vocabulary[word]]
        terms = [*chain.from_iterable(vocabulary.values()), *(concept for concept, _ in borne)]
        counts = np.array([*map(len, vocabulary.values())], np.int64)
        bearers = np.concatenate([
            np.repeat(np.arange(len(counts)), counts), np.array([numbers[word] for _, word in borne], np.int64)
        ])
        self._numbers = dict(zip(dict.fromkeys(terms), range(len(terms)), strict=False))
        self._terms = np.array([*map(self._numbers.__getitem__, terms)], np.int64)
        self._bearers = bearers
        words = np.array([*map(numbers.__getitem__, spoken)], np.int64)
        self._places, self._starts = _by_term(words, bearers, self._terms)

    def of(self, term: str) -> list[int]:
        """Where a term stands, counted in words, in order."""
        number = self._numbers.get(term)
        return [] if number is None else self._places[self._starts[number] : self._starts[number + 1]].tolist()

    def as_spoken(self, term: str) -> str:
        """The shortest word that has a term, the first of equals: people read words, not stems."""
        number = self._numbers.get(term)
        return term if number is None else self._words[self._shortest[number]]

    @cached_property
    def _shortest(self) -> list[int]:
        """The number of the shortest word of each term."""
        lengths = np.array([*map(len, self._words)], np.int64)[self._bearers]
        keys = np.sort((self._terms << 20 | lengths) << 22 | np.arange(len(lengths)))
        found: list[int] = self._bearers[keys[_starts(self._terms)[:-1]] & ((1 << 22) - 1)].tolist()
        return found

    def within(self, term: str, last: int) -> bool:
        """True when the term stands in the passage that ends at a place."""
        places = self.of(term)
        at = bisect_right(places, last)
        return at > 0 and places[at - 1] > last - WINDOW

    def best(self, looks: Sequence[Mapping[str, int]], without: Container[str] = ()) -> list[Passage]:
        """For each promise the passage that shares most, the earliest of equals. without: terms that do not count."""
        found: list[Passage] = []
        for first in range(0, len(looks), CHUNK):
            found += self._best(looks[first : first + CHUNK], without)
        return found

    def _best(self, looks: Sequence[Mapping[str, int]], without: Container[str]) -> list[Passage]:
        get = self._numbers.get
        pairs = [
            (owner, number, share)
            for owner, look in enumerate(looks)
            for term, share in look.items()
            if (number := get(term)) is not None and term not in without
        ]
        found = [NO_PASSAGE] * len(looks)
        if pairs:
            owners, numbers, shares = np.array(pairs, np.int64).T
            for owner, passage in self._passages(owners, numbers, shares):
                found[owner] = passage
        return found

    def _passages(self, owners: Ints, numbers: Ints, shares: Ints) -> Iterable[tuple[int, Passage]]:
        """The best passage of each promise. owners: promises in order; numbers and shares: of a term of each."""
        starts, ends = self._starts[numbers], self._starts[numbers + 1]
        places, counts = self._places[ranges(starts, ends)], ends - starts
        until = places + WINDOW
        until[:-1] = np.minimum(until[:-1], places[1:])
        ends_of_pairs = np.cumsum(counts) - 1
        until[ends_of_pairs] = places[ends_of_pairs] + WINDOW
        long = self._size + WINDOW  # a promise's own stretch of the row
        row, share = np.repeat(owners, counts) * long, np.repeat(shares, counts)
        changes = np.concatenate([_change(row + places, share), _change(row + until, -share)])
        changes.sort()
        owner, last = np.divmod(changes >> CHANGE_BITS, long)
        inside = np.cumsum((changes & (2 * CHANGE - 1)) - CHANGE)
        firsts = np.flatnonzero(np.diff(owner, prepend=-1))
        best = np.maximum.reduceat(inside << PLACE_BITS | LAST_PLACE - last, firsts)
        found = map(Passage, (best >> PLACE_BITS).tolist(), (LAST_PLACE - (best & LAST_PLACE)).tolist())
        return zip(owner[firsts].tolist(), found, strict=True)


def _change(at: Ints, gain: Ints) -> Ints:
    """One number for a place and what is gained there, so that sorting puts places in order, losses first."""
    change: Ints = at << CHANGE_BITS | gain + CHANGE
    return change


def _by_term(words: Ints, bearers: Ints, terms: Ints) -> tuple[Ints, Ints]:
    """The places of each term in order, one term after the other, and where those of each begin.

    words: the number of the word at each place; bearers, terms: a word and a term that it has, pair by pair.
    """
    order, starts = np.argsort(words, kind="stable"), _starts(words)
    places = order[ranges(starts[bearers], starts[bearers + 1])]
    borne = np.repeat(terms, starts[bearers + 1] - starts[bearers])
    keys = np.sort(borne * len(words) + places)
    return keys % len(words), _starts(borne)


def _starts(numbers: Ints) -> Ints:
    """Where the first of each number would stand if they were sorted; at the end, how many there are."""
    return np.concatenate([[0], np.cumsum(np.bincount(numbers))])
