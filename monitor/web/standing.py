"""How a promise stands, for lists, charts and statistics: its status together with what the calendar says.

Pure. Careful by rule: a term counts as passed without result only after the morning review said so, which it does not
while a source could not be read. A term that is past before that is only "past, not everything read yet".
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from monitor.store.views import Line
from rules.commitment import Commitment, Status
from rules.life import kept_on
from rules.policy import Policy


class Standing(StrEnum):
    """One word for a promise today."""

    PROPOSED = "proposed"
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    PARTLY = "partly"
    KEPT = "kept"
    SOON = "soon"  # the last day is near
    UNREAD = "unread"  # the last day is past, but not all sources were read since
    OVERDUE = "overdue"  # the promised term passed and we found nothing
    ASKED = "asked"  # no term was promised; a day of our own passed and we found nothing
    ENDED = "ended"  # lapsed, replaced, not measurable
    REJECTED = "rejected"
    MERGED = "merged"


PLAIN = {
    Status.PROPOSED: Standing.PROPOSED,
    Status.OPEN: Standing.OPEN,
    Status.IN_PROGRESS: Standing.IN_PROGRESS,
    Status.PARTLY: Standing.PARTLY,
    Status.FULFILLED: Standing.KEPT,
    Status.LAPSED: Standing.ENDED,
    Status.SUPERSEDED: Standing.ENDED,
    Status.NOT_MEASURABLE: Standing.ENDED,
    Status.REJECTED: Standing.REJECTED,
    Status.MERGED: Standing.MERGED,
}
ATTENTION = (Standing.OVERDUE, Standing.ASKED, Standing.SOON, Standing.UNREAD)


@dataclass(frozen=True, slots=True)
class Term:
    """The last day that counts today. ours: nobody promised it, it is our own day for asking."""

    last: date | None
    ours: bool


def line_of(commitment: Commitment) -> Line:
    """The promise as a row of numbers."""
    deadline = commitment.deadline
    return Line(
        commitment.id,
        commitment.status,
        commitment.ministry,
        commitment.actor.office,
        commitment.actor.person,
        commitment.made_on,
        deadline.earliest if deadline else None,
        deadline.latest if deadline else None,
        kept_on(commitment),
    )


def term_of(line: Line, policy: Policy) -> Term:
    """The promised last day, else the horizon as `rules.life.horizon` reckons it."""
    if line.due is not None:
        return Term(line.due, ours=False)
    start = line.earliest or line.made_on
    if start is None or policy.default_horizon <= 0 or (date.max - start).days < policy.default_horizon:
        return Term(None, ours=True)
    return Term(start + timedelta(days=policy.default_horizon), ours=True)


def standing(line: Line, said: Collection[str], today: date, policy: Policy) -> Standing:
    """said: the last days (ISO) of the terms of which the review said that they passed."""
    plain, term = PLAIN[line.status], term_of(line, policy)
    if not line.status.watched or term.last is None:
        return plain
    if term.last.isoformat() in said:
        return Standing.ASKED if term.ours else Standing.OVERDUE
    if today > term.last:
        return Standing.UNREAD if not term.ours else plain
    near = (term.last - today).days <= policy.due_soon_days
    return Standing.SOON if near and not term.ours else plain


def days_late(line: Line) -> int | None:
    """Days between the promised last day and the keeping; negative: early. None where one of both is unknown."""
    if line.status is not Status.FULFILLED or line.due is None or line.kept_on is None:
        return None
    return (line.kept_on - line.due).days
