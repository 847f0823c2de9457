"""`Postings`: which of many promises hold so much of their distinctive words in a document, exactly and fast.

Each promise is filed under its rarest terms, as many as are needed for the rest to weigh less than a part (`SPARE`) of
the least share; a document then reads only short lists, adds whole numbers in arrays, and completes the few promises
that can still reach the least share. Terms that very many promises have are added as rows with a number for each
promise, which costs far less than a long list. The sums are whole numbers, so their order does not matter and brute
force gives the same. Removed promises are marked. Only numbers live here; the reasons of a match are made elsewhere
(`rules.matching`).
"""

from array import array
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.profile import WHOLE
from rules.terms import rarity

SPARE = 0.5  # part of the least share that the terms which are not filed may weigh: longer lists, far fewer candidates
SHORT, LONG_PART = 64, 32  # a term with more postings, and in more than this part of all promises, has a row
SHARE_BITS = 16  # a posting is one number: the slot, and in the last bits the share

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Shares = NDArray[np.uint16]


class Postings:
    """Promises by slot, a number that the caller keeps. least: the share that a document must hold of a promise.

    spare: part of the least share that the terms which are not filed may weigh; with 0 all terms are filed.
    """

    def __init__(self, least: int, spare: float = SPARE) -> None:
        self.least = least
        self._spare = int(least * spare)
        self._ids: dict[str, int] = {}
        self._lists: list[array[int]] = []  # postings by term id
        self._below = Row(np.uint16)  # what the filed terms must hold more than
        self._rests = Lists()
        self._long: dict[int, int] = {}  # the rows of terms with long lists, by term id
        self._rows = np.zeros((0, SHORT), np.uint16)  # their shares by slot

    @property
    def size(self) -> int:
        """Slots given out, those of removed promises included."""
        return self._below.size

    def add(self, look: Mapping[str, int]) -> int:
        """File a promise by the shares of its terms and return its slot."""
        slot = self._below.size
        if slot == self._rows.shape[1]:
            self._lengthen(2 * slot)
        ordered = sorted(look.items(), key=lambda pair: (-rarity(pair[0]), pair[0]))
        filed, rest, left = _cut(ordered, self._spare)
        for term, share in filed:
            id_ = self._id(term)
            self._lists[id_].append(slot << SHARE_BITS | share)
            if id_ in self._long:
                self._rows[self._long[id_], slot] = share
        self._rests.append([(self._id(term), share) for term, share in rest])
        self._below.append(max(1, self.least - left) - 1)
        return slot

    def _lengthen(self, capacity: int) -> None:
        """Make room in the rows for so many promises, and choose anew which terms have one."""
        least = max(SHORT, self.size // LONG_PART)
        long = [id_ for id_, postings in enumerate(self._lists) if len(postings) > least]
        self._long = {id_: at for at, id_ in enumerate(long)}
        self._rows = np.zeros((len(long), capacity), np.uint16)
        for id_, at in self._long.items():
            slots, given = _apart(self._lists[id_])
            self._rows[at, slots] = given

    def remove(self, slot: int) -> None:
        self._below.values[slot] = WHOLE  # no sum is more

    def near(self, terms: Iterable[str]) -> tuple[Ints, Ints]:
        """Slots of the promises of which the terms hold at least the least share, in order, with the shares."""
        get = self._ids.get
        ids = [id_ for term in terms if (id_ := get(term)) is not None]
        sums = self._sums(ids)
        possible = np.flatnonzero(sums > self._below.seen())
        whole = sums[possible].astype(np.int64)
        if self._spare and len(possible):
            held = np.zeros(len(self._ids), np.int64)
            held[ids] = 1
            whole += self._rests.sums(possible, held)
        enough = whole >= self.least
        return possible[enough], whole[enough]

    def worths(self, terms: Mapping[str, float], slots: Ints) -> Floats:
        """For each of the slots what those of the terms are worth together that are filed for the promise."""
        known = [(id_, worth) for term, worth in terms.items() if worth and (id_ := self._ids.get(term)) is not None]
        few = [(self._lists[id_], worth) for id_, worth in known if id_ not in self._long]
        owners, _ = _apart(b"".join(postings for postings, _ in few))
        given = np.repeat([worth for _, worth in few], [len(postings) for postings, _ in few])
        found: Floats = _added(owners, given, self.size)[slots]
        for id_, worth in known:
            if id_ in self._long:
                found += worth * (self._rows[self._long[id_]][slots] > 0)
        return found

    def _sums(self, ids: list[int]) -> Shares:
        """What the shares of the filed terms add up to, by slot."""
        lists, long = self._lists, self._long
        sums = np.zeros(self.size, np.uint16)  # the shares of a promise add up to no more than this can hold
        owners, given = _apart(b"".join([lists[id_] for id_ in ids if id_ not in long]))
        np.add.at(sums, owners, given.astype(np.uint16))
        for id_ in long.keys() & ids:
            sums += self._rows[long[id_], : self.size]
        return sums

    def _id(self, term: str) -> int:
        id_ = self._ids.get(term)
        if id_ is None:
            id_ = self._ids[term] = len(self._lists)
            self._lists.append(array("q"))
        return id_


class Row:
    """A row of numbers that grows by doubling."""

    def __init__(self, kind: type[np.generic]) -> None:
        self.values: NDArray[Any] = np.zeros(64, kind)
        self.size = 0

    def append(self, *numbers: float) -> None:
        end = self.size + len(numbers)
        if end > len(self.values):
            self.values = np.resize(self.values, max(end, 2 * len(self.values)))
        self.values[self.size : end] = numbers
        self.size = end

    def seen(self) -> NDArray[Any]:
        return self.values[: self.size]


class Lists:
    """Lists of (term id, share), one for each slot, end to end."""

    def __init__(self) -> None:
        self._ids, self._shares, self._starts = Row(np.int32), Row(np.uint16), Row(np.int64)
        self._starts.append(0)

    def append(self, pairs: list[tuple[int, int]]) -> None:
        self._ids.append(*(id_ for id_, _ in pairs))
        self._shares.append(*(share for _, share in pairs))
        self._starts.append(self._ids.size)

    def sums(self, slots: Ints, held: Ints) -> Ints:
        """For each slot the shares of its terms that are held."""
        at, owner = self._places(slots)
        return _added(owner, self._shares.values[at] * held[self._ids.values[at]], len(slots)).astype(np.int64)

    def _places(self, slots: Ints) -> tuple[Ints, Ints]:
        """Where the pairs of the slots stand, and which of the slots each belongs to."""
        starts, ends = self._starts.values[slots], self._starts.values[slots + 1]
        return ranges(starts, ends), np.repeat(np.arange(len(slots)), ends - starts)


def _added(owners: NDArray[Any], shares: NDArray[Any], size: int) -> Floats:
    sums: Floats = np.bincount(owners, weights=shares, minlength=size).astype(np.float64, copy=False)
    return sums


def _apart(postings: "bytes | array[int]") -> tuple[Ints, Ints]:
    """Slots and shares of postings."""
    numbers = np.frombuffer(postings, np.int64)
    return numbers >> SHARE_BITS, numbers & ((1 << SHARE_BITS) - 1)


def ranges(starts: Ints, ends: Ints) -> Ints:
    """The numbers of all ranges, one range after the other."""
    counts = ends - starts
    sums = np.cumsum(counts)
    total = int(sums[-1]) if len(sums) else 0
    ranges: Ints = np.arange(total) + np.repeat(starts - sums + counts, counts)
    return ranges


def _cut(ordered: list[tuple[str, int]], spare: int) -> tuple[list[tuple[str, int]], list[tuple[str, int]], int]:
    """The terms to file, the others, and what the others weigh: at most `spare`."""
    at, left = len(ordered), 0
    while at and left + ordered[at - 1][1] <= spare:
        at -= 1
        left += ordered[at][1]
    return ordered[:at], ordered[at:], left
