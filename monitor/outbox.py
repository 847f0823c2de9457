"""The outbox: every event reaches every subscriber who wants it, whatever dies in between.

`deliver` claims what is due for a subscription (a transaction), composes and sends it (no transaction), and notes the
answer (a transaction). Death before the note means that the same message, under the same id, goes out once more when
the claim has run out; death anywhere else costs nothing. When much is due at once it becomes one digest with counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from monitor.house import House
from monitor.review import unseen
from monitor.store import deliveries, events, subscriptions
from monitor.store.deliveries import Claimed
from monitor.ways import Ways, settings_channels
from notifications.compose import Links, compose
from notifications.message import Message, Sent
from notifications.subscription import Rhythm, Subscription, due_at

AT_ONCE = 3  # messages about single happenings to one subscriber in one pass; more becomes a digest
DIGEST = 500  # deliveries in one message
RECIPIENTS = 20_000  # subscriptions served in one pass
SWEEP = timedelta(days=14)

LinksOf = Callable[[Subscription], Links]


class Sender(Protocol):
    def send(self, subscription: Subscription, message: Message) -> Sent: ...


@dataclass(slots=True)
class Delivered:
    """What one pass did. errors: the reasons of failure, each once."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


def no_links(_: Subscription) -> Links:
    return Links()


def deliver(house: House, now: datetime, links: LinksOf = no_links, sender: Sender | None = None) -> Delivered:
    """Tell everybody what is due. sender: how messages leave; the ways of the settings when none is given."""
    done = Delivered()
    with Ways(house.settings, house.fetcher) as ways:
        out = sender or ways
        with house.store.read() as session:
            due = deliveries.waiting(session, now, RECIPIENTS)
        for subscription in due:
            while _one(house, subscription, now, links, out, done):
                pass
    return done


def _one(house: House, id_: str, now: datetime, links: LinksOf, out: Sender, done: Delivered) -> bool:
    """Claim, tell and note one message. False when nothing more is due for this subscription."""
    claimed, subscription = _claimed(house, id_, now)
    if claimed is None or subscription is None:
        return False
    message = compose(
        claimed.happenings,
        subscription,
        key=claimed.message,
        now=now,
        links=links(subscription),
        blind=_blind(house, claimed),
    )
    answer = out.send(subscription, message)
    _note(house, claimed, answer, now, done)
    return answer.ok


def _claimed(house: House, id_: str, now: datetime) -> tuple[Claimed | None, Subscription | None]:
    with house.store.write() as session:
        kept = subscriptions.get(session, id_)
        if kept is None or kept.state != subscriptions.ACTIVE:
            deliveries.cancel(session, id_)
            return None, None
        subscription = kept.subscription
        most = 1 if subscription.rhythm is Rhythm.IMMEDIATE else DIGEST
        if most == 1 and deliveries.due_count(session, id_, now) > AT_ONCE:
            most = DIGEST
        claimed = deliveries.claim(session, id_, now, most, house.addresses)
        if claimed and subscription.paused_until and subscription.paused_until > now:
            deliveries.release(session, claimed, due_at(subscription, now))
            return None, None
        return claimed, subscription


def _blind(house: House, claimed: Claimed) -> tuple[str, ...]:
    """The sources that were out of sight while these things happened; said in digests only."""
    if len(claimed.happenings) == 1:
        return ()
    moments = [happening.event.at for happening in claimed.happenings]
    with house.store.read() as session:
        return unseen(session, house.sources, min(moments), max(moments))


def _note(house: House, claimed: Claimed, answer: Sent, now: datetime, done: Delivered) -> None:
    with house.store.write() as session:
        if answer.ok:
            deliveries.note_sent(session, claimed, now)
            done.sent += 1
            return
        state = deliveries.note_failed(
            session, claimed, now, answer.detail, retry_after=answer.retry_after, final=answer.permanent
        )
        done.failed += 1
        if state == deliveries.UNDELIVERABLE:
            done.given_up += 1
        if answer.permanent and not claimed.subscription.startswith("channel-"):
            subscriptions.set_state(session, claimed.subscription, subscriptions.BOUNCED, answer.detail)


def adopt_channels(house: House, now: datetime) -> None:
    """Make the channels of the settings subscriptions, so that what happens from now on is queued for them."""
    with house.store.write() as session:
        subscriptions.adopt_channels(session, settings_channels(house.settings), now)


def sweep(house: House, now: datetime) -> int:
    """The nightly comparison of events and deliveries. How many were missing and are queued now."""
    with house.writing, house.store.write() as session:
        return events.missing_deliveries(session, now - SWEEP, now, house.addresses)
