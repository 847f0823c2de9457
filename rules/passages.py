"""Where the words of a paper stand (`Places`), and the passage of sixty words that shares most with each of many promises.

A term counts once in a passage, however often it stands there: with a passage that ends at some place it is inside from
each place where it stands until sixty words further, or until it stands there again. So all passages of all promises are
one row of numbers to be added up, in the order of the places where a passage can end. The shares are whole numbers: the
answer is that of trying every passage. Pure; what a passage is worth is `rules.signals`'s business.
"""

from bisect import bisect_right
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np

from rules.postings import Ints, ranges
from rules.terms import WINDOW, forms

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
    """spoken: the words of the text in order; concepts: those of several words, each borne by its first word."""

    def __init__(self, spoken: Sequence[str], concepts: Iterable[tuple[str, int]]) -> None:
        self._size = len(spoken)
        words = {word: number for number, word in enumerate(dict.fromkeys(spoken))}
        terms = [*map(forms, words)]
        for concept, at in dict.fromkeys(concepts):
            number = words[spoken[at]]
            if concept not in terms[number]:
                terms[number] = (*terms[number], concept)
        named = list(chain.from_iterable(terms))
        self._numbers = {term: number for number, term in enumerate(dict.fromkeys(named))}
        numbers = np.array([*map(self._numbers.__getitem__, named)], np.int64)
        self._places, self._starts = _by_term(
            np.array([*map(words.__getitem__, spoken)], np.int64), np.array([*map(len, terms)], np.int64), numbers
        )

    def of(self, term: str) -> list[int]:
        """Where a term stands, counted in words, in order."""
        number = self._numbers.get(term)
        return [] if number is None else self._places[self._starts[number] : self._starts[number + 1]].tolist()

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


def _by_term(words: Ints, counts: Ints, terms: Ints) -> tuple[Ints, Ints]:
    """The places of each term in order, one term after the other, and where those of each begin.

    words: the number of the word at each place; counts: how many terms each word has; terms: these, word by word.
    """
    order = np.argsort(words, kind="stable")
    ends = np.cumsum(np.bincount(words, minlength=len(counts)))
    starts = np.concatenate([[0], ends[:-1]])
    each = np.diff(np.concatenate([[0], ends]))
    places = order[ranges(np.repeat(starts, counts), np.repeat(ends, counts))]
    borne = np.repeat(terms, np.repeat(each, counts))
    size = len(words)
    keys = np.sort(borne * size + places)
    return keys % size, np.concatenate([[0], np.cumsum(np.bincount(borne))])
