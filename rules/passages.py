"""The passage of sixty words of a paper that shares most with each of many promises.

A term counts once in a passage, however often it stands there: it is inside all passages that end between a place where
it stands and sixty words further, or the next place where it stands. So all passages of all promises are one row of
gains and losses, to be added up in the order of the places where a passage can end. The shares are whole numbers: the
answer is that of trying every passage. Pure; what a passage is worth is `rules.signals`'s business.
"""

from collections.abc import Iterable, Mapping, Sequence
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
    """share: of the terms inside. last: the place of its last word, counted in words."""

    share: int
    last: int


NO_PASSAGE = Passage(0, -1)


def best_passages(
    looks: Sequence[Mapping[str, int]], spoken: Sequence[str], bearers: Mapping[str, Iterable[str]]
) -> list[Passage]:
    """For each promise the passage that shares most, the earliest of equals.

    looks: shares of terms; spoken: the words of the paper in order; bearers: what terms each of the words has.
    """
    found: list[Passage] = []
    for first in range(0, len(looks), CHUNK):
        found += _best(looks[first : first + CHUNK], spoken, bearers)
    return found


def _best(
    looks: Sequence[Mapping[str, int]], spoken: Sequence[str], bearers: Mapping[str, Iterable[str]]
) -> list[Passage]:
    numbers = {term: number for number, term in enumerate(dict.fromkeys(chain.from_iterable(looks)))}
    terms = np.array([numbers[term] for look in looks for term in look], np.int64)
    shares = np.array([share for look in looks for share in look.values()], np.int64)
    owners = np.repeat(np.arange(len(looks)), [len(look) for look in looks])
    places, starts = _places(numbers, spoken, bearers)
    found = [NO_PASSAGE] * len(looks)
    if len(places):
        for owner, passage in _passages(owners, shares, places, starts[terms], starts[terms + 1], len(spoken)):
            found[owner] = passage
    return found


def _places(
    numbers: Mapping[str, int], spoken: Sequence[str], bearers: Mapping[str, Iterable[str]]
) -> tuple[Ints, Ints]:
    """The places of each term in order, one term after the other, and where those of each begin and the last end."""
    strange, size = numbers.keys().isdisjoint, len(spoken)
    borne = {
        word: [numbers[term] * size for term in terms if term in numbers]
        for word, terms in bearers.items()
        if not strange(terms)
    }
    keys = [first + at for at, word in enumerate(spoken) if word in borne for first in borne[word]]
    ordered = np.sort(np.array(keys, np.int64))
    return ordered % max(size, 1), np.searchsorted(ordered, np.arange(len(numbers) + 1) * size)


def _passages(
    owners: Ints, shares: Ints, places: Ints, starts: Ints, ends: Ints, size: int
) -> Iterable[tuple[int, Passage]]:
    """The best passage of each promise that has terms in the text.

    owners: the promises in order; shares, starts, ends: of a term of each, and where its places are in the row of them.
    """
    inside, counts = places[ranges(starts, ends)], ends - starts
    until = inside + WINDOW
    until[:-1] = np.minimum(until[:-1], inside[1:])
    lasts = np.cumsum(counts)[counts > 0] - 1  # of each term
    until[lasts] = inside[lasts] + WINDOW
    long = size + WINDOW  # a promise's own stretch of the row
    row, share = np.repeat(owners, counts) * long, np.repeat(shares, counts)
    changes = np.sort(np.concatenate([_change(row + inside, share), _change(row + until, -share)]))
    owner, last = np.divmod(changes >> CHANGE_BITS, long)
    held = np.cumsum((changes & (2 * CHANGE - 1)) - CHANGE)
    firsts = np.flatnonzero(np.diff(owner, prepend=-1))
    best = np.maximum.reduceat(held << PLACE_BITS | LAST_PLACE - last, firsts)
    found = map(Passage, (best >> PLACE_BITS).tolist(), (LAST_PLACE - (best & LAST_PLACE)).tolist())
    return zip(owner[firsts].tolist(), found, strict=True)


def _change(at: Ints, gain: Ints) -> Ints:
    """One number for a place and what is gained there, so that sorting puts places in order, losses first."""
    change: Ints = at << CHANGE_BITS | gain + CHANGE
    return change
