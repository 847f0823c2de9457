"""`Watch`: the promises that are watched, in memory, kept equal to the store.

Built at the first use, then only what changed since is read again. A new process starts it anew, so it holds nothing
that the store does not. Not thread-safe: the caller holds `House.writing`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from monitor.store import Session, commitments, events
from rules.commitment import Commitment, Status
from rules.event import Match
from rules.index import Index
from rules.policy import Policy
from sources.document import Document

KEPT = (Status.FULFILLED,)  # judged too: a later step (the reaction to a report) belongs to the promise that was kept


class Watch:
    """The index and the nouns behind it."""

    def __init__(self) -> None:
        self._forget()

    def _forget(self) -> None:
        self._index = Index()
        self._held: dict[str, Commitment] = {}
        self._read_to = -1

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Around a transaction: what is taken over in it is forgotten when it comes to nothing.

        It must be so before anyone else looks: while the caller still holds `House.writing`.
        """
        before, kept = self._read_to, False
        try:
            yield
            kept = True
        finally:
            if not kept and self._read_to != before:
                self._forget()

    def refresh(self, session: Session) -> None:
        """Take over what changed in the store since the last time."""
        newest = events.last_id(session)
        if self._read_to < 0:
            for commitment in commitments.watched(session, KEPT):
                self._take(commitment)
        elif newest > self._read_to:
            for id_ in events.touched_since(session, self._read_to):
                self._take(commitments.get(session, id_))
        self._read_to = newest

    def _take(self, commitment: Commitment | None) -> None:
        if commitment is None:
            return
        held = self._held.get(commitment.id)
        if held == commitment:
            return
        if held is not None:
            self._index.remove(commitment.id)
            del self._held[commitment.id]
        if commitment.status.watched or commitment.status in KEPT:
            self._index.add(commitment)
            self._held[commitment.id] = commitment

    def matches(self, document: Document, policy: Policy) -> tuple[Match, ...]:
        """The matches on which the policy lets anything follow."""
        return self._index.matches(document, least=policy.least)

    @property
    def commitments(self) -> dict[str, Commitment]:
        return self._held
