"""What signing up and looking after subscriptions asks of the store, beyond single subscriptions.

Reads and small writes; what a subscription is and how one is kept is `monitor.store.subscriptions`.
"""

from datetime import datetime

from sqlalchemy import delete, func
from sqlmodel import Session, col, select

from monitor.store.deliveries import UNDELIVERABLE
from monitor.store.rows import DeliveryRow, SubscriptionRow
from monitor.store.subscriptions import ACTIVE, ENDED, WAITING


def asked_since(session: Session, moment: datetime, contact: str = "") -> int:
    """How many sign-ups of after `moment` still wait for their confirmation; contact: those of one address."""
    query = select(func.count()).select_from(SubscriptionRow)
    query = query.where(SubscriptionRow.state == WAITING, SubscriptionRow.since >= moment)
    return session.exec(query.where(SubscriptionRow.contact == contact) if contact else query).one()


def held(session: Session, contact: str) -> int:
    """How many subscriptions an address has that did not end."""
    query = select(func.count()).select_from(SubscriptionRow)
    return session.exec(query.where(SubscriptionRow.contact == contact, SubscriptionRow.state != ENDED)).one()


def forget_unconfirmed(session: Session, before: datetime) -> int:
    """Sign-ups that nobody confirmed: nothing was ever sent to them but the question, and nothing of them is kept."""
    done = session.exec(
        delete(SubscriptionRow).where(col(SubscriptionRow.state) == WAITING, col(SubscriptionRow.since) < before)
    )
    return int(done.rowcount)


def forget(session: Session, id_: str) -> None:
    """One sign-up whose question could not even be sent."""
    session.exec(delete(SubscriptionRow).where(col(SubscriptionRow.state) == WAITING, col(SubscriptionRow.id) == id_))


def undeliverable(session: Session, id_: str) -> tuple[int, ...]:
    """What could not be told to a subscription, by number in the outbox."""
    query = select(DeliveryRow.id).where(DeliveryRow.subscription == id_, DeliveryRow.state == UNDELIVERABLE)
    return tuple(number for number in session.exec(query) if number is not None)


def told_nothing_since(session: Session, moment: datetime, after_id: str, most: int) -> tuple[str, ...]:
    """Active subscriptions that exist since before `moment` and for which nothing was queued after it, by id."""
    told = select(DeliveryRow.subscription).where(
        DeliveryRow.subscription == SubscriptionRow.id, DeliveryRow.queued_at >= moment
    )
    query = select(SubscriptionRow.id).where(
        SubscriptionRow.state == ACTIVE,
        SubscriptionRow.since < moment,
        SubscriptionRow.id > after_id,
        ~told.exists(),
    )
    return tuple(session.exec(query.order_by(col(SubscriptionRow.id)).limit(most)))
