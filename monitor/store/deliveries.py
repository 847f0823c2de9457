"""The outbox: which event is still to be told to whom, who is telling it now, and what became of it.

A delivery is claimed for some minutes before it is sent and noted after the receiver's answer. A process that dies in
between leaves a claim that runs out: the same message then goes out again under the same key. Not inside: sending.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, or_, update
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


def due_count(session: Session, subscription: str, now: datetime) -> int:
    query = select(func.count()).select_from(DeliveryRow).where(DeliveryRow.subscription == subscription, *_free(now))
    return session.exec(query).one()


def claim(session: Session, subscription: str, now: datetime, most: int, addresses: Addresses) -> Claimed | None:
    """Take what is due for a subscription: a message that was tried before as it was, else all that is new.

    most: deliveries in one message. None when there is nothing (any more).
    """
    mine = (
        select(DeliveryRow).where(DeliveryRow.subscription == subscription, *_free(now)).order_by(col(DeliveryRow.id))
    )
    rows = list(session.exec(mine.limit(most)))
    if not rows:
        return None
    tried = next((row.message for row in rows if row.message), "")
    if tried:
        whole = mine.where(DeliveryRow.message == tried)
        rows = list(session.exec(whole))
    key = tried or f"{rows[0].id}-{len(rows)}-{subscription}"
    for row in rows:
        row.message, row.claimed_until = key, now + CLAIM
        session.add(row)
    session.flush()
    told = [session.get_one(EventRow, row.event) for row in rows]
    return Claimed(
        subscription=subscription,
        message=key,
        deliveries=tuple(row.id or 0 for row in rows),
        happenings=tuple(events.happenings_of(session, told, addresses)),
        attempts=max(row.attempts for row in rows),
    )


def note_sent(session: Session, claimed: Claimed, now: datetime) -> None:
    _note(session, claimed, state=SENT, sent_at=now, attempts=claimed.attempts + 1, claimed_until=None, error="")


def note_failed(
    session: Session,
    claimed: Claimed,
    now: datetime,
    why: str,
    *,
    retry_after: float | None = None,
    final: bool = False,
) -> str:
    """Try again later, or give up when the receiver says that it is of no use or after a week of trying. The state."""
    attempts = claimed.attempts + 1
    given_up = final or attempts > len(WAITS)
    wait = max(WAITS[min(attempts, len(WAITS)) - 1], timedelta(seconds=min(retry_after or 0, 86_400)))
    state = UNDELIVERABLE if given_up else PENDING
    _note(session, claimed, state=state, attempts=attempts, claimed_until=None, error=why, due_at=now + wait)
    return state


def _note(session: Session, claimed: Claimed, **values: object) -> None:
    session.exec(update(DeliveryRow).where(col(DeliveryRow.id).in_(claimed.deliveries)).values(**values))


def release(session: Session, claimed: Claimed, due: datetime) -> None:
    """Give a claim back untried, e.g. for a subscriber who pauses."""
    _note(session, claimed, claimed_until=None, due_at=due)


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
