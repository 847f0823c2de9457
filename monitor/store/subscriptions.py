"""Who wants to hear what. A channel of the settings is a subscription too, without its address.

The letters of consent (double opt-in, links to change and end) are `monitor.subscribing`; sending is `monitor.outbox`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from monitor.store.nouns import subscription_body, subscription_of
from monitor.store.rows import SubscriptionRow
from notifications.subscription import Subscription

WAITING, ACTIVE, ENDED, BOUNCED = "waiting", "active", "ended", "bounced"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A subscription with what became of it. error: the last refusal in plain words."""

    subscription: Subscription
    state: str
    contact: str
    error: str
    since: datetime


def keep(
    session: Session, subscription: Subscription, now: datetime, *, state: str = ACTIVE, contact: str = ""
) -> None:
    """Insert it or change it. The moment since when it exists stays."""
    row = session.get(SubscriptionRow, subscription.id)
    if row is None:
        row = SubscriptionRow(id=subscription.id, since=now, body={})
    row.body = subscription_body(subscription)
    row.state, row.contact = state, contact or row.contact
    session.add(row)
    session.flush()


def set_state(session: Session, id_: str, state: str, error: str = "") -> None:
    row = session.get(SubscriptionRow, id_)
    if row is not None:
        row.state, row.error = state, error
        session.add(row)
        session.flush()


def get(session: Session, id_: str) -> Kept | None:
    row = session.get(SubscriptionRow, id_)
    return _kept(row) if row else None


def many(session: Session, ids: Sequence[str]) -> dict[str, Kept]:
    """Those that exist, in the order of `ids`."""
    rows = session.exec(select(SubscriptionRow).where(col(SubscriptionRow.id).in_(ids)))
    found = {row.id: _kept(row) for row in rows}
    return {id_: found[id_] for id_ in ids if id_ in found}


def of_contact(session: Session, contact: str) -> tuple[Kept, ...]:
    rows = session.exec(
        select(SubscriptionRow).where(SubscriptionRow.contact == contact).order_by(col(SubscriptionRow.id))
    )
    return tuple(_kept(row) for row in rows)


def listed(session: Session, state: str = "") -> Iterator[Kept]:
    query = select(SubscriptionRow).order_by(col(SubscriptionRow.id))
    query = query.where(SubscriptionRow.state == state) if state else query
    for row in session.exec(query.execution_options(yield_per=500)):
        yield _kept(row)
        session.expunge(row)


def adopt_channels(session: Session, channels: Sequence[Subscription], now: datetime) -> None:
    """The channels of the settings, as subscriptions; one that is no longer there ends, nothing is deleted."""
    present = {channel.id for channel in channels}
    for kept in list(listed(session)):
        if kept.subscription.id.startswith("channel-") and kept.subscription.id not in present:
            set_state(session, kept.subscription.id, ENDED)
    for channel in channels:
        keep(session, replace(channel, address="", secret=""), now)


def _kept(row: SubscriptionRow) -> Kept:
    return Kept(
        subscription=subscription_of(row.body), state=row.state, contact=row.contact, error=row.error, since=row.since
    )
