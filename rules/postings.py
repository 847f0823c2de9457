"""`Postings`: which of many promises hold so much of their distinctive words in a document, exactly and fast.

Each promise is filed under its rarest terms, as many as are needed for the rest to weigh less than a part (`SPARE`) of
the least share; a document then reads only short lists, adds whole numbers in arrays, and completes the few promises
that can still reach the least share. The sums are whole numbers, so their order does not matter and brute force gives
the same. New promises wait in small lists and are folded into the arrays when there are enough of them, at the latest
when a document comes; removed ones are marked. Only numbers live here; the reasons of a match are made elsewhere
(`rules.matching`).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rules.terms import rarity

SPARE = 0.5  # part of the least share that the terms which are not filed may weigh: longer lists, far fewer candidates
FOLD_AT_LEAST = 2_000  # waiting postings that a document may meet; while promises come in, a quarter of all may wait
NEVER = 1 << 40  # what a removed promise needs

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]  # whole numbers below 2**53: adding them is exact in any order


class Postings:
    """Promises by slot, a number that the caller keeps. least: the share that a document must hold of a promise."""

    def __init__(self, least: int) -> None:
        self.least = least
        self._ids: dict[str, int] = {}
        self._needs = Row(np.int64)
        self._rests = Lists()
        self._starts = np.zeros(1, np.int64)
        self._owners = np.zeros(0, np.int64)
        self._shares = np.zeros(0, np.float64)
        self._waiting: dict[int, list[tuple[int, int]]] = {}
        self._waiting_count = 0

    @property
    def size(self) -> int:
        """Slots given out, those of removed promises included."""
        return self._needs.size

    def add(self, look: Mapping[str, int]) -> int:
        """File a promise by the shares of its terms and return its slot."""
        slot = self._needs.size
        ordered = sorted(look.items(), key=lambda pair: (-rarity(pair[0]), pair[0]))
        filed, rest, left = _cut(ordered, int(self.least * SPARE))
        for term, share in filed:
            self._waiting.setdefault(self._id(term), []).append((slot, share))
        self._rests.append([(self._id(term), share) for term, share in rest])
        self._needs.append(max(1, self.least - left))
        self._waiting_count += len(filed)
        if self._waiting_count > max(FOLD_AT_LEAST, len(self._owners) // 4):
            self.fold()
        return slot

    def remove(self, slot: int) -> None:
        self._needs.values[slot] = NEVER

    def near(self, terms: Iterable[str]) -> tuple[Ints, Floats]:
        """Slots of the promises of which the terms hold at least the least share, in order, with the shares."""
        if self._waiting_count > FOLD_AT_LEAST:
            self.fold()
        ids = self._known(terms)
        if not len(ids) or not self._needs.size:
            return np.zeros(0, np.int64), np.zeros(0)
        sums = self._sums(ids, None)
        possible = np.flatnonzero(sums >= self._needs.seen())
        whole = sums[possible]
        if len(possible):
            held = np.zeros(len(self._ids), np.float64)
            held[ids] = 1.0
            whole = whole + self._rests.sums(possible, held)
        enough = whole >= self.least
        return possible[enough], whole[enough]

    def worths(self, terms: Mapping[str, float], slots: Ints) -> Floats:
        """For each of the slots what those of the terms are worth together that the promise has."""
        known = [term for term in terms if term in self._ids]
        ids, given = self._known(known), np.array([terms[term] for term in known], np.float64)
        held = np.zeros(len(self._ids), np.float64)
        held[ids] = given
        return self._sums(ids, given)[slots] + self._rests.counted(slots, held)

    def _known(self, terms: Iterable[str]) -> Ints:
        get = self._ids.get
        return np.array([id_ for term in terms if (id_ := get(term)) is not None], np.int64)

    def fold(self) -> None:
        """Bring the waiting postings into the arrays."""
        count = len(self._ids)
        old = np.full(count + 1, self._starts[-1], np.int64)
        old[: len(self._starts)] = self._starts
        flat = [(id_, slot, share) for id_, row in self._waiting.items() for slot, share in row]
        new = np.array(flat, np.int64).reshape(-1, 3)
        ids = np.concatenate([np.repeat(np.arange(count), np.diff(old)), new[:, 0]])
        order = np.argsort(ids, kind="stable")
        self._owners = np.concatenate([self._owners, new[:, 1]])[order]
        self._shares = np.concatenate([self._shares, new[:, 2]])[order]
        self._starts = np.concatenate([[0], np.cumsum(np.bincount(ids, minlength=count))]).astype(np.int64)
        self._waiting, self._waiting_count = {}, 0

    def _sums(self, ids: Ints, worths: Floats | None) -> Floats:
        """What the filed terms add up to, by slot: their shares, or the worths that the caller gives them."""
        size, folded = self._needs.size, ids < len(self._starts) - 1
        starts, ends = self._starts[ids[folded]], self._starts[ids[folded] + 1]
        at = _ranges(starts, ends)
        given = self._shares[at] if worths is None else np.repeat(worths[folded], ends - starts)
        sums = _added(self._owners[at], given, size)
        if self._waiting:
            for order, id_ in enumerate(ids.tolist()):
                for slot, share in self._waiting.get(id_, ()):
                    sums[slot] += share if worths is None else worths[order]
        return sums

    def _id(self, term: str) -> int:
        return self._ids.setdefault(term, len(self._ids))


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
        self._ids, self._shares, self._starts = Row(np.int64), Row(np.float64), Row(np.int64)
        self._starts.append(0)

    def append(self, pairs: list[tuple[int, int]]) -> None:
        self._ids.append(*(id_ for id_, _ in pairs))
        self._shares.append(*(share for _, share in pairs))
        self._starts.append(self._ids.size)

    def sums(self, slots: Ints, held: Floats) -> Floats:
        """For each slot the shares of its terms that are held."""
        at, owner = self._places(slots)
        return _added(owner, self._shares.values[at] * held[self._ids.values[at]], len(slots))

    def counted(self, slots: Ints, worths: Floats) -> Floats:
        """For each slot the worths of its terms, by term id."""
        at, owner = self._places(slots)
        return _added(owner, worths[self._ids.values[at]], len(slots))

    def _places(self, slots: Ints) -> tuple[Ints, Ints]:
        """Where the pairs of the slots stand, and which of the slots each belongs to."""
        starts, ends = self._starts.values[slots], self._starts.values[slots + 1]
        return _ranges(starts, ends), np.repeat(np.arange(len(slots)), ends - starts)


def joined(slots: Ints, held: Floats, more: Ints, more_held: Floats) -> tuple[Ints, Floats]:
    """Both rows of slots as one, each once, with the larger share that is held."""
    every, at = np.unique(np.concatenate([slots, more]), return_inverse=True)
    largest = np.zeros(len(every))
    np.maximum.at(largest, at, np.concatenate([held, more_held]))
    return every, largest


def _added(owners: Ints, shares: Floats, size: int) -> Floats:
    sums: Floats = np.bincount(owners, weights=shares, minlength=size).astype(np.float64, copy=False)
    return sums


def _ranges(starts: Ints, ends: Ints) -> Ints:
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
