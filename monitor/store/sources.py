"""What we know of each place that publishes: its cursor, and how it has been doing.

States follow from what is stored and the clock (`health`), so a stopped daemon is not taken for a fresh source.
Not inside: polling (`monitor.cycle`) and what a source is (`sources.source`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Boolean, bindparam, case, func, insert, null, true
from sqlalchemy import inspect as table_of
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from monitor.store.engine import inserting, putting
from monitor.store.rows import PollRow, SourceRow
from notifications.dates import local_day
from sources.source import Cursor

KEPT_POLLS = 2000  # per source
TIDY_EVERY = 100  # polls

_TABLE: Any = table_of(SourceRow).local_table  # SQLAlchemy types it as any selectable
_LOG: Any = table_of(PollRow).local_table
_FIELDS = tuple(column.name for column in _TABLE.c)
_STATED = attrgetter(*_FIELDS)
_LOGGED = tuple(column.name for column in _LOG.c if column.name != "id")
_RECORDED = attrgetter(*_LOGGED)
_ENTERED = insert(_LOG)
_MOVED, _BROUGHT = bindparam("moved", type_=Boolean), bindparam("brought", type_=Boolean)
_TIDY = columns(_TABLE.c.name).where(
    _TABLE.c.name.in_(bindparam("names", expanding=True)), _TABLE.c.polls % bindparam("every") == 0
)


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
    return _read(session, _TABLE.c.name == name).get(name) or SourceState(name=name)


def every(session: Session) -> dict[str, SourceState]:
    return _read(session, true())


def save_cursor(session: Session, name: str, url: str, cursor: Cursor) -> None:
    _write(session, [replace(get(session, name), url=url, cursor=cursor)])


def cursors(session: Session) -> dict[str, Cursor]:
    """Where each source was read to."""
    rows = session.connection().execute(columns(_TABLE.c.name, _TABLE.c.cursor))
    return {name: _cursor(held) for name, held in rows}


def note_polls(session: Session, polled: Sequence[tuple[PollRecord, str, Cursor | None]]) -> None:
    """Write polls into the log and the states of their sources, each source once: record, address, the cursor that is
    safe now if it is to be kept."""
    connection = session.connection()
    connection.execute(_noted(connection.dialect.name), [_first(*one) for one in polled])
    connection.execute(_ENTERED, [_logged(record) for record, _, _ in polled])
    names = [record.source for record, _, _ in polled]
    for name in connection.scalars(_TIDY, {"names": names, "every": TIDY_EVERY}).all():
        _forget_old_polls(session, name)


def _first(record: PollRecord, url: str, cursor: Cursor | None) -> dict[str, Any]:
    """The row of a source that was polled for the first time, and what `_noted` asks besides."""
    good_at = record.at if record.good else None
    return {
        "name": record.source,
        "url": url,
        "cursor": cursor.values if cursor else {},
        "polled_at": record.at,
        "good_at": good_at,
        "news_at": good_at,
        "broken_since": None if record.good else record.at,
        "covered_from": local_day(record.at) if record.good else None,
        "error_kind": record.error_kind,
        "error": record.error,
        "outcome": record.outcome,
        "polls": 1,
        "failures": int(not record.good),
        "documents": record.documents,
        "set_aside": record.set_aside,
        "moved": cursor is not None,
        "brought": bool(record.good and record.news),
    }


@cache
def _noted(dialect: str) -> Any:
    """How a source stands after one more poll: its first row, or what it was with this poll added.

    Asks for the columns of a first row and two truths: moved (its cursor is to be kept), brought (there was news).
    """
    first = inserting(dialect, _TABLE).values({name: bindparam(name) for name in _FIELDS})
    held, now = _TABLE.c, first.excluded
    good = now.error == ""
    added = {name: held[name] + now[name] for name in ("polls", "documents", "set_aside")}
    kept = {
        "cursor": case((_MOVED, now.cursor), else_=held.cursor),
        "good_at": func.coalesce(now.good_at, held.good_at),
        "news_at": case((_BROUGHT, now.news_at), else_=func.coalesce(held.news_at, now.news_at)),
        "broken_since": case((good, null()), else_=func.coalesce(held.broken_since, now.broken_since)),
        "covered_from": func.coalesce(held.covered_from, now.covered_from),
        "failures": case((good, 0), else_=held.failures + 1),
    }
    told = {name: now[name] for name in ("url", "polled_at", "error_kind", "error", "outcome")}
    return first.on_conflict_do_update(index_elements=[held.name], set_={**told, **added, **kept})


def extend_coverage(session: Session, name: str, first: date, last: date) -> None:
    """A period was read by a back-fill. It counts when it joins what was read already."""
    state = get(session, name)
    if state.covered_from and first < state.covered_from <= last + timedelta(days=1):
        _write(session, [replace(state, covered_from=first)])


def _read(session: Session, which: Any) -> dict[str, SourceState]:
    rows = session.connection().execute(columns(_TABLE).where(which).order_by(_TABLE.c.name)).mappings()
    return {row["name"]: SourceState(**{**row, "cursor": _cursor(row["cursor"])}) for row in rows}


def _cursor(held: dict[str, Any]) -> Cursor:
    return Cursor({name: str(value) for name, value in held.items()})


def _write(session: Session, states: Sequence[SourceState]) -> None:
    values = [{**dict(zip(_FIELDS, _STATED(state), strict=True)), "cursor": state.cursor.values} for state in states]
    connection = session.connection()
    connection.execute(putting(connection.dialect.name, _TABLE), values)


def _logged(record: PollRecord) -> dict[str, Any]:
    return {**dict(zip(_LOGGED, _RECORDED(record), strict=True)), "notes": list(record.notes)}


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
