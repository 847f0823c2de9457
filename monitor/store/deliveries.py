"""The outbox: which event is still to be told to whom, who is telling it now, and what became of it.

A delivery is claimed for some minutes before it is sent and noted after the receiver's answer. A process that dies in
between leaves a claim that runs out: the same message then goes out again under the same key. Not inside: sending.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, or_, update
from sqlalchemy import inspect as table_of
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from monitor.store import events
from monitor.store.events import Addresses
from monitor.store.rows import DeliveryRow, EventRow
from notifications.happening import Happening

PENDING, SENT, UNDELIVERABLE = "pending", "sent", "undeliverable"
CLAIM = timedelta(minutes=5)
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    *[timedelta(days=1)] * 7,
)  # after the n-th failure; then it is undeliverable


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """Deliveries of one subscription that are told together. message: the key of that message, kept at every try."""

    subscription: str
    message: str
    deliveries: tuple[int, ...]
    happenings: tuple[Happening, ...]
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One row of the outbox, for people. error: why the last attempt failed."""

    id: int
    event: str
    commitment: str
    subscription: str
    state: str
    due_at: datetime
    attempts: int
    sent_at: datetime | None
    error: str


class _Due(NamedTuple):
    """What claiming needs of a row: a national register has many, so no whole rows here."""

    id: int
    event: int
    message: str
    attempts: int


def waiting(session: Session, now: datetime, most: int) -> tuple[str, ...]:
    """Subscriptions for which something is due and nobody is sending it, the longest waiting first."""
    query = (
        select(DeliveryRow.subscription)
        .where(*_free(now))
        .group_by(col(DeliveryRow.subscription))
        .order_by(func.min(DeliveryRow.due_at), col(DeliveryRow.subscription))
        .limit(most)
    )
    return tuple(session.exec(query))


def claim(
    session: Session, apart: Mapping[str, bool], now: datetime, *, at_once: int, most: int, addresses: Addresses
) -> tuple[Claimed, ...]:
    """Take what is due for some subscriptions, by subscription and in order: what was tried before as it was, then new.

    apart: the subscriptions; True for one that wants a message for each happening, as long as no more than `at_once`
    are due. most: deliveries in one message; when so many are due only one message is taken.
    """
    taken = [
        (subscription, rows)
        for subscription, due in _due(session, list(apart), now, most).items()
        for rows in _messages(due, apart[subscription] and len(due) <= at_once, most)
    ]
    told = _happenings(session, [row.event for _, rows in taken for row in rows], addresses)
    found = tuple(_claimed(subscription, rows, told) for subscription, rows in taken)
    values = [
        {"id": delivery, "message": one.message, "claimed_until": now + CLAIM}
        for one in found
        for delivery in one.deliveries
    ]
    if values:
        session.execute(update(DeliveryRow), values)
    return found


def _due(session: Session, ids: Sequence[str], now: datetime, most: int) -> dict[str, list[_Due]]:
    """At most `most` of each subscription; parts of a message that was tried before come first and together."""
    row = DeliveryRow
    order = (col(row.message).desc(), col(row.id))
    rank = func.row_number().over(partition_by=col(row.subscription), order_by=order).label("rank")
    names = (row.id, row.event, row.subscription, row.message, row.attempts)
    inner = columns(*(col(name) for name in names), rank).where(col(row.subscription).in_(ids), *_free(now)).subquery()
    query = columns(inner).where(inner.c.rank <= most).order_by(inner.c.subscription, inner.c.rank)
    found: dict[str, list[_Due]] = {}
    for id_, event, subscription, message, attempts, _ in session.execute(query):
        found.setdefault(subscription, []).append(_Due(id_, event, message, attempts))
    return found


def _messages(due: Sequence[_Due], apart: bool, most: int) -> list[list[_Due]]:
    groups: dict[str, list[_Due]] = {}
    for row in due:
        groups.setdefault(row.message or (f"new {row.id}" if apart else ""), []).append(row)
    return list(groups.values())[: 1 if len(due) >= most else None]


def _happenings(session: Session, ids: Sequence[int], addresses: Addresses) -> dict[int, Happening]:
    """One for each event, however many are told of it."""
    rows = list(session.exec(select(EventRow).where(col(EventRow.id).in_(set(ids)))))
    told = events.happenings_of(session, rows, addresses)
    return {row.id or 0: happening for row, happening in zip(rows, told, strict=True)}


def _claimed(subscription: str, rows: Sequence[_Due], told: Mapping[int, Happening]) -> Claimed:
    ordered = sorted(rows, key=lambda row: row.id)
    return Claimed(
        subscription=subscription,
        message=rows[0].message or f"{ordered[0].id}-{len(rows)}-{subscription}",
        deliveries=tuple(row.id for row in ordered),
        happenings=tuple(told[row.event] for row in ordered),
        attempts=max(row.attempts for row in rows),
    )


def note_sent(session: Session, told: Iterable[Claimed], now: datetime) -> None:
    values = [
        {"number": delivery, "tries": one.attempts + 1, "moment": now} for one in told for delivery in one.deliveries
    ]
    if values:
        session.connection().execute(_SENT, values)


_TABLE: Any = table_of(DeliveryRow).local_table  # SQLAlchemy types it as any selectable
_SENT = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("number"))
    .values(state=SENT, sent_at=bindparam("moment"), attempts=bindparam("tries"), claimed_until=None, error="")
)


def note_failed(
    session: Session,
    claimed: Claimed,
    now: datetime,
    why: str,
    *,
    retry_after: float | None = None,
    final: bool = False,
) -> str:
    """Try again later, or give up: when the receiver says that it is of no use, or after a week. The new state."""
    attempts = claimed.attempts + 1
    given_up = final or attempts > len(WAITS)
    wait = max(WAITS[min(attempts, len(WAITS)) - 1], timedelta(seconds=min(retry_after or 0, 86_400)))
    state = UNDELIVERABLE if given_up else PENDING
    _note(session, claimed, state=state, attempts=attempts, claimed_until=None, error=why, due_at=now + wait)
    return state


def _note(session: Session, claimed: Claimed, **values: object) -> None:
    session.exec(update(DeliveryRow).where(col(DeliveryRow.id).in_(claimed.deliveries)).values(**values))


def release(session: Session, claimed: Iterable[Claimed]) -> None:
    """Give claims back untried; they are due as they were."""
    for one in claimed:
        _note(session, one, claimed_until=None)


def put_off(session: Session, subscription: str, now: datetime, due: datetime) -> None:
    """What is due for a subscriber who pauses comes later."""
    session.exec(
        update(DeliveryRow).where(col(DeliveryRow.subscription) == subscription, *_free(now)).values(due_at=due)
    )


def cancel(session: Session, subscription: str) -> int:
    """Nothing more for a subscription that ended."""
    done = session.exec(
        update(DeliveryRow)
        .where(col(DeliveryRow.subscription) == subscription, col(DeliveryRow.state) == PENDING)
        .values(state=UNDELIVERABLE, error="the subscription ended")
    )
    return int(done.rowcount)


def retry(session: Session, ids: Sequence[int], now: datetime) -> int:
    """Undeliverable ones once more, at the wish of a person."""
    done = session.exec(
        update(DeliveryRow)
        .where(col(DeliveryRow.id).in_(ids), col(DeliveryRow.state) == UNDELIVERABLE)
        .values(state=PENDING, due_at=now, attempts=0, claimed_until=None)
    )
    return int(done.rowcount)


def counts(session: Session) -> dict[str, int]:
    query = select(DeliveryRow.state, func.count()).group_by(col(DeliveryRow.state))
    return {PENDING: 0, SENT: 0, UNDELIVERABLE: 0} | dict(session.exec(query).all())


def oldest_pending(session: Session) -> datetime | None:
    return session.exec(select(func.min(DeliveryRow.due_at)).where(DeliveryRow.state == PENDING)).one()


def listed(session: Session, state: str = "", most: int = 100) -> tuple[Delivery, ...]:
    query = select(DeliveryRow, EventRow).join(EventRow, col(EventRow.id) == col(DeliveryRow.event))
    query = query.where(DeliveryRow.state == state) if state else query
    rows = session.exec(query.order_by(col(DeliveryRow.id).desc()).limit(most))
    return tuple(_delivery(delivery, event) for delivery, event in rows)


def _delivery(row: DeliveryRow, event: EventRow) -> Delivery:
    return Delivery(
        id=row.id or 0,
        event=event.key,
        commitment=event.commitment,
        subscription=row.subscription,
        state=row.state,
        due_at=row.due_at,
        attempts=row.attempts,
        sent_at=row.sent_at,
        error=row.error,
    )


def _free(now: datetime):  # type: ignore[no-untyped-def]  # conditions of a select
    unclaimed = or_(col(DeliveryRow.claimed_until).is_(None), col(DeliveryRow.claimed_until) <= now)
    return (DeliveryRow.state == PENDING, DeliveryRow.due_at <= now, unclaimed)
