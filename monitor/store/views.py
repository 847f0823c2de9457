"""What pages, feeds and metrics ask of the store beyond single nouns: counts, the queue, events of a filtered list.

Reads only, and only columns where a whole noun is not needed: a national register is tens of thousands of promises.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from monitor.store import documents, events
from monitor.store.commitments import WATCHED, Wanted, conditions
from monitor.store.events import Addresses
from monitor.store.nouns import commitment_of, event_of
from monitor.store.rows import CommitmentRow, DeliveryRow, DocumentRow, EventRow, SourceRow
from notifications.happening import Happening
from rules.commitment import Commitment, Status
from rules.deadline import day_of
from rules.event import Event, EventKind
from sources.document import Document

MACHINE = "machine"
JUDGED = (
    EventKind.CONFIRMED,
    EventKind.REJECTED,
    EventKind.FULFILLED,
    EventKind.PARTLY,
    EventKind.POSTPONED,
    EventKind.STEP,
)
KEPT = (Status.FULFILLED.value, Status.PARTLY.value)


@dataclass(frozen=True, slots=True)
class Line:
    """A promise as a row of numbers: what statistics and charts need. kept_on: the day of the paper that kept it."""

    id: str
    status: Status
    ministry: str
    office: str
    person: str
    made_on: date | None
    earliest: date | None
    due: date | None
    kept_on: date | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A paper that may keep a promise and that no person has judged yet."""

    commitment: Commitment
    event: Event
    document: Document | None


def lines(session: Session) -> tuple[Line, ...]:
    """Every promise that is one, in a fixed order."""
    table = CommitmentRow
    who = (table.id, table.status, table.ministry, table.office, table.person)
    when = (table.made_on, table.due_earliest, table.due_latest)
    since = col(table.body)["facts"]["status_on"].as_string()
    query = columns(*(col(name) for name in (*who, *when)), since).order_by(col(table.id))
    query = query.where(col(table.status).not_in([Status.REJECTED.value, Status.MERGED.value]))
    return tuple(_line(tuple(row)) for row in session.execute(query))


def _line(row: Any) -> Line:
    id_, status, ministry, office, person, made_on, earliest, due, since = row
    kept_on = day_of(since or "") if status == Status.FULFILLED.value else None
    return Line(id_, Status(status), ministry, office, person, made_on, earliest, due, kept_on)


def status_counts(session: Session) -> dict[Status, int]:
    query = select(CommitmentRow.status, func.count()).group_by(CommitmentRow.status)
    return {Status(status): number for status, number in session.exec(query)}


def names(session: Session) -> tuple[str, ...]:
    """The ministries that made a promise, by name."""
    query = select(CommitmentRow.ministry).where(CommitmentRow.ministry != "").distinct()
    return tuple(session.exec(query.order_by(col(CommitmentRow.ministry))))


def overdue_terms(session: Session, ids: Iterable[str]) -> dict[str, set[str]]:
    """By promise: the last days (ISO) of the terms of which we said that they passed."""
    query = select(EventRow.commitment, EventRow.subject).where(
        EventRow.kind == EventKind.OVERDUE.value, col(EventRow.commitment).in_(list(ids))
    )
    found: dict[str, set[str]] = {}
    for commitment, subject in session.exec(query):
        found.setdefault(commitment, set()).add(subject)
    return found


def all_overdue_terms(session: Session) -> dict[str, set[str]]:
    """The same for every promise that is still watched."""
    query = select(EventRow.commitment, EventRow.subject).where(EventRow.kind == EventKind.OVERDUE.value)
    query = query.where(
        col(EventRow.commitment).in_(select(CommitmentRow.id).where(col(CommitmentRow.status).in_(WATCHED)))
    )
    found: dict[str, set[str]] = {}
    for commitment, subject in session.exec(query):
        found.setdefault(commitment, set()).add(subject)
    return found


def proposals(session: Session, most: int) -> tuple[Proposal, ...]:
    """Papers that wait for a person: possible follow-ups of watched promises, the surest first."""
    promises = select(CommitmentRow.id).where(col(CommitmentRow.status).in_(WATCHED))
    query = select(EventRow).where(EventRow.kind == EventKind.FOLLOW_UP.value, EventRow.by == MACHINE)
    query = query.where(col(EventRow.commitment).in_(promises))
    rows = list(session.exec(query.order_by(col(EventRow.score).desc(), col(EventRow.id).desc())))
    judged = _judged(session, [row.commitment for row in rows])
    open_rows = [row for row in rows if (row.commitment, row.document) not in judged][:most]
    return _proposals(session, open_rows)


def _judged(session: Session, ids: Sequence[str]) -> set[tuple[str, str]]:
    """Promise and paper of every decision by a person about a paper."""
    query = select(EventRow.commitment, EventRow.document).where(
        col(EventRow.kind).in_([kind.value for kind in JUDGED]), EventRow.by != MACHINE, EventRow.document != ""
    )
    wanted = set(ids)
    return {(commitment, document) for commitment, document in session.exec(query) if commitment in wanted}


def unchecked(session: Session, most: int) -> tuple[Proposal, ...]:
    """What the machine itself called kept and no person has checked, the newest first."""
    query = (
        select(EventRow)
        .join(CommitmentRow, col(CommitmentRow.id) == EventRow.commitment)
        .where(
            col(EventRow.kind).in_([EventKind.FULFILLED.value, EventKind.PARTLY.value]),
            EventRow.by == MACHINE,
            col(CommitmentRow.status).in_(KEPT),
        )
        .order_by(col(EventRow.id).desc())
    )
    rows = list(session.exec(query))
    judged = _judged(session, [row.commitment for row in rows])
    open_rows = [row for row in rows if (row.commitment, row.document) not in judged]
    found = _proposals(session, open_rows)
    return tuple(one for one in found if one.commitment.decided_by == MACHINE)[:most]


def _proposals(session: Session, rows: Sequence[EventRow]) -> tuple[Proposal, ...]:
    papers = documents.many(session, [row.document for row in rows if row.document])
    ids = {row.commitment for row in rows}
    found = session.exec(select(CommitmentRow).where(col(CommitmentRow.id).in_(ids)))
    promises = {row.id: commitment_of(row.body) for row in found}
    return tuple(
        Proposal(promises[row.commitment], event_of(row), papers.get(row.document))
        for row in rows
        if row.commitment in promises
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """Which happenings of a filtered list: those of `wanted`, older than `before_id`, at most `most`.

    sources_too: also what happened to sources, which belongs to no promise. oldest_first: to follow on from `after_id`.
    """

    wanted: Wanted = field(default_factory=Wanted)
    kinds: tuple[EventKind, ...] = ()
    before_id: int | None = None
    after_id: int | None = None
    most: int = 100
    sources_too: bool = False
    oldest_first: bool = False


def happenings(session: Session, part: Slice, addresses: Addresses) -> tuple[tuple[int, Happening], ...]:
    """Happenings with their number in the history, the newest first unless the slice says otherwise."""
    number = col(EventRow.id)
    query = select(EventRow).order_by(number.asc() if part.oldest_first else number.desc()).limit(part.most)
    chosen = conditions(part.wanted)
    if chosen:
        query = query.where(col(EventRow.commitment).in_(select(CommitmentRow.id).where(*chosen)))
    if not part.sources_too:
        query = query.where(EventRow.commitment != "")
    if part.kinds:
        query = query.where(col(EventRow.kind).in_([kind.value for kind in part.kinds]))
    if part.before_id is not None:
        query = query.where(col(EventRow.id) < part.before_id)
    if part.after_id is not None:
        query = query.where(col(EventRow.id) > part.after_id)
    rows = list(session.exec(query))
    found = events.happenings_of(session, rows, addresses)
    return tuple((row.id or 0, happening) for row, happening in zip(rows, found, strict=True))


def revisions(session: Session, ids: Iterable[str]) -> dict[str, tuple[int, datetime]]:
    """By promise: how many events it has and when the last of them was recorded as happening."""
    query = select(EventRow.commitment, func.count(), func.max(EventRow.at)).group_by(EventRow.commitment)
    wanted = set(ids)
    return {id_: (number, at) for id_, number, at in session.exec(query) if id_ in wanted}


def stored_at(session: Session, id_: str) -> datetime | None:
    row = session.get(CommitmentRow, id_)
    return row.stored_at if row else None


def made_in(session: Session, keys: Sequence[str]) -> tuple[Commitment, ...]:
    """The promises that stand in a letter, by all the keys it was published under, in the order of the letter."""
    told = select(EventRow.commitment).where(
        col(EventRow.kind).in_([EventKind.MADE.value, EventKind.RESTATED.value]), col(EventRow.document).in_(keys)
    )
    rows = session.exec(select(CommitmentRow).where(col(CommitmentRow.id).in_(told)))
    found = [commitment_of(row.body) for row in rows if row.status != Status.MERGED.value]
    return tuple(sorted(found, key=lambda c: (c.places[0].start if c.places else 0, c.id)))


def event_counts(session: Session) -> dict[str, int]:
    return dict(session.exec(select(EventRow.kind, func.count()).group_by(EventRow.kind)).all())


def delivery_counts(session: Session) -> dict[str, int]:
    return dict(session.exec(select(DeliveryRow.state, func.count()).group_by(DeliveryRow.state)).all())


def document_counts(session: Session) -> dict[str, int]:
    return dict(session.exec(select(DocumentRow.source, func.count()).group_by(DocumentRow.source)).all())


def set_aside(session: Session) -> dict[str, int]:
    return dict(session.exec(select(SourceRow.name, SourceRow.set_aside)).all())


def publications_of(session: Session, key: str) -> tuple[Document, ...]:
    """All places where the paper with this key was published."""
    row = session.get(DocumentRow, key)
    return documents.publications(session, row.paper) if row else ()
