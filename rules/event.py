"""`Event`, the one currency of the house, with `Evidence` and `Match`: what was decided and why.

An event is appended once under a key that names the happening and is never changed or removed.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

MACHINE = "machine"  # `Event.by` where no person decided
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class EventKind(StrEnum):
    MADE = "made"
    RESTATED = "restated"
    FOLLOW_UP = "follow_up"  # a document that may be, or is a later step of, the keeping
    PROGRESS = "progress"
    PARTLY = "partly"
    FULFILLED = "fulfilled"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    POSTPONED = "postponed"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    REOPENED = "reopened"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    MERGED = "merged"
    STEP = "step"  # a person added, dropped or marked a step that the promise expects
    SOURCE_SILENT = "source_silent"
    SOURCE_BACK = "source_back"


class Verdict(StrEnum):
    """What a match says about a document and a commitment."""

    FULFILLED = "fulfilled"
    PROGRESS = "progress"
    POSTPONED = "postponed"
    POSSIBLE = "possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One reason. signal: its name; weight: its share in the score (may be negative); text: the reason in words."""

    signal: str
    weight: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """All reasons for one commitment-document pair. score: the chance (0..1) that the document keeps the promise.

    step: which expected step the document is: "" (the keeping itself), "report", "offering", "reaction".
    new_latest: the new term, for a postponement.
    """

    commitment: str
    document: str
    score: float
    verdict: Verdict = Verdict.POSSIBLE
    reasons: tuple[Evidence, ...] = ()
    step: str = ""
    new_latest: date | None = None
    new_term: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to a commitment or a source.

    key: ``commitment:kind:subject``, the same for the same happening, so that a re-run adds nothing.
    subject: the document key, the deadline's last day or the source name that makes this happening this one.
    at: aware UTC. by: ``machine`` or the name of the person who decided.
    data: what the kind needs (``earliest``/``latest``/``term`` of a new deadline, ``into`` of a merge), strings only.
    """

    key: str
    kind: EventKind
    at: datetime
    commitment: str = ""
    subject: str = ""
    document: str = ""
    by: str = MACHINE
    score: float | None = None
    reasons: tuple[Evidence, ...] = ()
    note: str = ""
    data: dict[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The Amsterdam day on which it happened."""
        return self.at.astimezone(AMSTERDAM).date()


def event_key(commitment: str, kind: EventKind, subject: str) -> str:
    return f"{commitment}:{kind}:{subject}"
