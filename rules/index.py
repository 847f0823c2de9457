"""`Index`: the promises indexed once, so that a document meets only the few that it can concern (prospective search).

A pair is judged when the paper's opening (title and first words) holds enough of the promise's distinctive words, when
one of its passages holds most of them, or when an official reference is in common (`rules.matching.touches`). Two lists
of postings find the first two, a table of references the third; of these, pairs that cannot reach the score that is
asked for are left out by their ceiling (`rules.ceilings`): before their best passages are looked for, and again with
what these hold. The rest is judged with all signals by the same `compare` as brute force, so the scores are the same to
the last digit. Promises come and go without a rebuild.
Not inside: what a match means for a promise (`rules.judging`).
"""

from collections import OrderedDict
from collections.abc import Iterable
from heapq import nsmallest

from rules import signals
from rules.ceilings import Ceilings
from rules.commitment import Commitment
from rules.event import Match
from rules.matching import LEAST_SHARE, about, compare
from rules.postings import Floats, Ints, Postings
from rules.profile import OPENING, Paper, Pledge, paper_of, pledge_of
from rules.signals import MOST, Held
from sources.document import Document

MOST_UNUSED = 10_000  # slots of removed commitments, beside as many as are in use
REMEMBERED = 20_000  # pledges kept ready: the same promises come up again and again


class Index:
    """Commitments by what they can be recognised from. Not safe for use from several threads at once."""

    def __init__(self, commitments: Iterable[Commitment] = ()) -> None:
        self._empty()
        for commitment in commitments:
            self.add(commitment)

    def _empty(self) -> None:
        self._opening = Postings(LEAST_SHARE, spare=0.0)
        self._passage = Postings(MOST)
        self._ceilings = Ceilings()
        self._commitments: dict[int, Commitment] = {}  # by slot; removed ones are gone, their slots are not used again
        self._slots: dict[str, int] = {}
        self._references: dict[str, set[int]] = {}
        self._ready: OrderedDict[int, Pledge] = OrderedDict()

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, commitment_id: str) -> bool:
        return commitment_id in self._slots

    def add(self, commitment: Commitment) -> None:
        """Add a commitment, or put the new one in the place of the one with the same id."""
        self.remove(commitment.id)
        pledge = pledge_of(commitment)
        slot = self._opening.add(pledge.look)
        self._passage.add(pledge.look)
        self._ceilings.add(pledge)
        self._commitments[slot] = commitment
        self._slots[commitment.id] = slot
        for reference in _references(pledge):
            self._references.setdefault(reference, set()).add(slot)

    def remove(self, commitment_id: str) -> None:
        """Take a commitment out; nothing happens when it is not there."""
        slot = self._slots.pop(commitment_id, None)
        if slot is None:
            return
        pledge = self._pledge(slot)
        self._opening.remove(slot)
        self._passage.remove(slot)
        for reference in _references(pledge):
            self._references[reference].discard(slot)
            if not self._references[reference]:
                del self._references[reference]
        self._ready.pop(slot, None)
        del self._commitments[slot]
        if self._opening.size > MOST_UNUSED + 2 * len(self._slots):
            self._rebuild()

    def _rebuild(self) -> None:
        """Give the slots of removed commitments back, when there are more of them than of the others."""
        kept = list(self._commitments.values())
        self._empty()
        for commitment in kept:
            self.add(commitment)

    def matches(self, document: Document, *, most: int | None = None, least: float = 0.0) -> tuple[Match, ...]:
        """The matches of a document, best first (equal scores by commitment id), at most `most`.

        least: matches are left out that neither score so much nor are so surely `about` the promise.
        """
        paper = paper_of(document)
        near = self.candidates(paper, least).items()
        found = (compare(self._pledge(slot), paper, document, known, least) for slot, known in near)
        kept = [match for match in found if match and max(match.score, about(match)) >= least]
        limit = len(kept) if most is None else most
        return tuple(nsmallest(limit, kept, key=lambda match: (-match.score, match.commitment)))

    def candidates(self, paper: Paper, least: float = 0.0) -> dict[int, Held]:
        """Slots of commitments that may touch the paper and score the least, in order: none that does is left out.

        With what the paper holds of each promise.
        """
        near: dict[int, Held] = dict(self._by_opening(least, paper))
        if paper.size > OPENING:
            near |= self._by_passage(least, paper)
        near |= {slot: signals.held(self._pledge(slot), paper) for slot in self._named(paper) - near.keys()}
        return dict(sorted(near.items()))

    def _by_opening(self, least: float, paper: Paper) -> Iterable[tuple[int, Held]]:
        slots, shares = self._opening.near(paper.opening)
        able = shares >= self._needed(least, paper, slots)
        return zip(slots[able].tolist(), map(Held, shares[able].tolist()), strict=True)

    def _by_passage(self, least: float, paper: Paper) -> Iterable[tuple[int, Held]]:
        """Of the promises that the whole paper holds, those that one passage holds."""
        slots, shares = self._passage.near(paper.terms)
        needed = self._needed(least, paper, slots)
        able = shares >= needed
        passing = slots[able].tolist()
        passages = signals.passages([self._pledge(slot) for slot in passing], paper)
        reached = zip(passing, passages, needed[able].tolist(), strict=True)
        return ((slot, found) for slot, found, enough in reached if found and found.share >= enough)

    def _named(self, paper: Paper) -> set[int]:
        """Slots of the commitments that have an official reference in common with the paper."""
        named = paper.ids | paper.references | paper.dossiers
        return {slot for reference in named for slot in self._references.get(reference, ())}

    def _needed(self, least: float, paper: Paper, slots: Ints) -> Floats:
        return self._ceilings.needed(least, paper, slots, self._opening.worths(paper.title, slots))

    def _pledge(self, slot: int) -> Pledge:
        pledge = self._ready.get(slot)
        if pledge is None:
            pledge = self._ready[slot] = pledge_of(self._commitments[slot])
            if len(self._ready) > REMEMBERED:
                self._ready.popitem(last=False)
        return pledge


def _references(pledge: Pledge) -> frozenset[str]:
    return pledge.references | pledge.told | pledge.own | pledge.dossiers
