"""`Index`: the promises indexed once, so that a document meets only the few that it can concern (prospective search).

A promise is filed under its rarest words, as many as are needed for the rest to weigh less than the least share
(`rules.matching.LEAST`): a document that touches the promise has at least one of them. What is found so is judged with
all signals by the same `compare` as brute force, so the scores are the same to the last digit. Promises come and go
without a rebuild. Not inside: what a match means for a promise (`rules.judging`).
"""

from collections.abc import Iterable
from heapq import nsmallest

from rules.commitment import Commitment
from rules.event import Match
from rules.matching import LEAST_SHARE, compare
from rules.profile import Paper, Pledge, paper_of, pledge_of
from rules.terms import rarity
from sources.document import Document


class Index:
    """Commitments by what they can be recognised from. Not safe for writing from several threads at once."""

    def __init__(self, commitments: Iterable[Commitment] = ()) -> None:
        self._pledges: dict[str, Pledge] = {}
        self._rests: dict[str, int] = {}
        self._postings: dict[str, dict[str, int]] = {}
        self._references: dict[str, set[str]] = {}
        for commitment in commitments:
            self.add(commitment)

    def __len__(self) -> int:
        return len(self._pledges)

    def __contains__(self, commitment_id: str) -> bool:
        return commitment_id in self._pledges

    def add(self, commitment: Commitment) -> None:
        """Add a commitment, or put the new one in the place of the one with the same id."""
        self.remove(commitment.id)
        pledge = pledge_of(commitment)
        filed, rest = _filed(pledge)
        self._pledges[pledge.id] = pledge
        self._rests[pledge.id] = rest
        for term, share in filed:
            self._postings.setdefault(term, {})[pledge.id] = share
        for reference in _references(pledge):
            self._references.setdefault(reference, set()).add(pledge.id)

    def remove(self, commitment_id: str) -> None:
        """Take a commitment out; nothing happens when it is not there."""
        pledge = self._pledges.pop(commitment_id, None)
        if pledge is None:
            return
        del self._rests[commitment_id]
        for term, _ in _filed(pledge)[0]:
            _take(self._postings, term, commitment_id)
        for reference in _references(pledge):
            filed = self._references[reference]
            filed.discard(commitment_id)
            if not filed:
                del self._references[reference]

    def matches(self, document: Document, *, most: int | None = None) -> tuple[Match, ...]:
        """The matches of a document, best first (equal scores by commitment id), at most `most`."""
        paper = paper_of(document)
        found = (compare(self._pledges[one], paper, document) for one in self.candidates(paper))
        kept = [match for match in found if match]
        limit = len(kept) if most is None else most
        return tuple(nsmallest(limit, kept, key=lambda match: (-match.score, match.commitment)))

    def candidates(self, paper: Paper) -> list[str]:
        """Ids of commitments that may touch the paper: none that does is left out."""
        sums: dict[str, int] = {}
        for term in paper.all_terms:
            for one, share in self._postings.get(term, {}).items():
                sums[one] = sums.get(one, 0) + share
        near = {one for one, total in sums.items() if total + self._rests[one] >= LEAST_SHARE}
        for reference in paper.ids | paper.references | paper.dossiers:
            near |= self._references.get(reference, set())
        return sorted(near)


def _filed(pledge: Pledge) -> tuple[list[tuple[str, int]], int]:
    """The rarest terms with their shares, and the sum of the shares that are left out: less than the least share."""
    ordered = sorted(pledge.look.items(), key=lambda pair: (-rarity(pair[0]), pair[0]))
    rest = sum(share for _, share in ordered)
    for at, (_, share) in enumerate(ordered):
        if rest < LEAST_SHARE:
            return ordered[:at], rest
        rest -= share
    return ordered, rest


def _references(pledge: Pledge) -> frozenset[str]:
    return pledge.references | pledge.told | pledge.own | pledge.dossiers


def _take(postings: dict[str, dict[str, int]], term: str, commitment_id: str) -> None:
    row = postings[term]
    del row[commitment_id]
    if not row:
        del postings[term]
