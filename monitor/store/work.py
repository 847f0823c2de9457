"""The schedule on disk: when each work ran last and runs next, so that a restart resets no clock.

What the works are and how often they run is `monitor.schedule`.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from monitor.store.rows import WorkRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """error: how the last run failed, one line, "" when it ended well."""

    name: str
    started_at: datetime | None = None
    ended_at: datetime | None = None
    next_at: datetime | None = None
    error: str = ""
    runs: int = 0


def get(session: Session, name: str) -> Work:
    row = session.get(WorkRow, name)
    return _work(row) if row else Work(name=name)


def every(session: Session) -> dict[str, Work]:
    return {row.name: _work(row) for row in session.exec(select(WorkRow).order_by(col(WorkRow.name)))}


def started(session: Session, name: str, now: datetime) -> None:
    row = session.get(WorkRow, name) or WorkRow(name=name)
    row.started_at, row.runs = now, row.runs + 1
    session.add(row)
    session.flush()


def ended(session: Session, name: str, now: datetime, next_at: datetime | None, error: str = "") -> None:
    row = session.get(WorkRow, name) or WorkRow(name=name)
    row.ended_at, row.next_at, row.error = now, next_at, error
    session.add(row)
    session.flush()


def _work(row: WorkRow) -> Work:
    return Work(
        name=row.name,
        started_at=row.started_at,
        ended_at=row.ended_at,
        next_at=row.next_at,
        error=row.error,
        runs=row.runs,
    )
