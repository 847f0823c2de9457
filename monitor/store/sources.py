"""What we know of each place that publishes: its cursor, and how it has been doing.

States follow from what is stored and the clock (`health`), so a stopped daemon is not taken for a fresh source.
Not inside: polling (`monitor.cycle`) and what a source is (`sources.source`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from monitor.store.rows import PollRow, SourceRow
from notifications.dates import local_day
from sources.source import Cursor

KEPT_POLLS = 2000  # per source
TIDY_EVERY = 100  # polls


class Health(StrEnum):
    NEW = "new"  # never polled yet
    FRESH = "fresh"
    LATE = "late"  # no poll ended well for more than three times its rhythm
    SILENT = "silent"  # read well, but nothing new for longer than is its habit
    BROKEN = "broken"  # the last polls failed
    CHANGED_SHAPE = "changed shape"  # it answers in a form that we do not know


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One source as it stands. broken_since: since when no poll ended well, None while it is well.

    covered_from: the day since which all that it published was read, by polls or by a back-fill that joins them.
    """

    name: str
    url: str = ""
    cursor: Cursor = field(default_factory=Cursor)
    polled_at: datetime | None = None
    good_at: datetime | None = None
    news_at: datetime | None = None
    broken_since: datetime | None = None
    covered_from: date | None = None
    error_kind: str = ""
    error: str = ""
    outcome: str = ""
    polls: int = 0
    failures: int = 0
    documents: int = 0
    set_aside: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRecord:
    """One poll in the log. notes: what was set aside and unknown words, one line each."""

    source: str
    at: datetime
    outcome: str
    documents: int = 0
    news: int = 0
    set_aside: int = 0
    notes: tuple[str, ...] = ()
    error: str = ""
    error_kind: str = ""

    @property
    def good(self) -> bool:
        return not self.error


def health(state: SourceState, now: datetime, every: timedelta, silent_after: timedelta) -> Health:
    if state.polled_at is None:
        return Health.NEW
    if state.broken_since is not None:
        return Health.CHANGED_SHAPE if state.error_kind == "changed shape" else Health.BROKEN
    if state.good_at and now - state.good_at > 3 * every:
        return Health.LATE
    if state.news_at and now - state.news_at > silent_after:
        return Health.SILENT
    return Health.FRESH


def get(session: Session, name: str) -> SourceState:
    row = session.get(SourceRow, name)
    return _state(row) if row else SourceState(name=name)


def every(session: Session) -> dict[str, SourceState]:
    rows = session.exec(select(SourceRow).order_by(col(SourceRow.name)))
    return {row.name: _state(row) for row in rows}


def save_cursor(session: Session, name: str, url: str, cursor: Cursor) -> None:
    row = _row(session, name)
    row.url, row.cursor = url, dict(cursor.values)
    session.add(row)
    session.flush()


def note_poll(session: Session, record: PollRecord, url: str) -> SourceState:
    """Write a poll into the log and the state of its source."""
    row = _row(session, record.source)
    _take_over(session, row, record, url)
    session.flush()
    if row.polls % TIDY_EVERY == 0:
        _forget_old_polls(session, record.source)
    return _state(row)


def note_polls(session: Session, polled: Sequence[tuple[PollRecord, str, Cursor | None]]) -> None:
    """The same for many sources at once (record, address, the cursor that is safe now), each of them once."""
    names = [record.source for record, _, _ in polled]
    rows = {row.name: row for row in session.exec(select(SourceRow).where(col(SourceRow.name).in_(names)))}
    for record, url, cursor in polled:
        row = rows.get(record.source) or SourceRow(name=record.source)
        if cursor is not None:
            row.cursor = dict(cursor.values)
        _take_over(session, row, record, url)
        rows[record.source] = row
    session.flush()
    for row in rows.values():
        if row.polls % TIDY_EVERY == 0:
            _forget_old_polls(session, row.name)


def _take_over(session: Session, row: SourceRow, record: PollRecord, url: str) -> None:
    row.url, row.polled_at, row.polls = url, record.at, row.polls + 1
    row.documents += record.documents
    row.set_aside += record.set_aside
    row.outcome, row.error, row.error_kind = record.outcome, record.error, record.error_kind
    if record.good:
        row.good_at, row.broken_since, row.failures = record.at, None, 0
        row.covered_from = row.covered_from or local_day(record.at)
        row.news_at = record.at if record.news or row.news_at is None else row.news_at
    else:
        row.broken_since = row.broken_since or record.at
        row.failures += 1
    session.add(row)
    session.add(_poll_row(record))


def extend_coverage(session: Session, name: str, first: date, last: date) -> None:
    """A period was read by a back-fill. It counts when it joins what was read already."""
    row = session.get(SourceRow, name)
    if row and row.covered_from and first < row.covered_from <= last + timedelta(days=1):
        row.covered_from = first
        session.add(row)
        session.flush()


def _poll_row(record: PollRecord) -> PollRow:
    return PollRow(
        source=record.source,
        at=record.at,
        outcome=record.outcome,
        documents=record.documents,
        news=record.news,
        set_aside=record.set_aside,
        notes=list(record.notes),
        error=record.error,
    )


def _forget_old_polls(session: Session, name: str) -> None:
    old = select(PollRow).where(PollRow.source == name).order_by(col(PollRow.id).desc()).offset(KEPT_POLLS)
    for row in session.exec(old):
        session.delete(row)


def polls(session: Session, name: str = "", most: int = 50) -> tuple[PollRecord, ...]:
    """The newest polls first, of one source or of all."""
    query = select(PollRow).order_by(col(PollRow.id).desc()).limit(most)
    query = query.where(PollRow.source == name) if name else query
    return tuple(
        PollRecord(
            source=row.source,
            at=row.at,
            outcome=row.outcome,
            documents=row.documents,
            news=row.news,
            set_aside=row.set_aside,
            notes=tuple(row.notes),
            error=row.error,
        )
        for row in session.exec(query)
    )


def _row(session: Session, name: str) -> SourceRow:
    return session.get(SourceRow, name) or SourceRow(name=name)


def _state(row: SourceRow) -> SourceState:
    return SourceState(
        name=row.name,
        url=row.url,
        cursor=Cursor({name: str(value) for name, value in row.cursor.items()}),
        polled_at=row.polled_at,
        good_at=row.good_at,
        news_at=row.news_at,
        broken_since=row.broken_since,
        covered_from=row.covered_from,
        error_kind=row.error_kind,
        error=row.error,
        outcome=row.outcome,
        polls=row.polls,
        failures=row.failures,
        documents=row.documents,
        set_aside=row.set_aside,
    )
