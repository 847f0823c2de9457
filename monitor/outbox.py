"""The outbox: every event reaches every subscriber who wants it, whatever dies in between.

`deliver` claims what is due for a batch of subscriptions (a transaction), composes and sends it (no transaction), and
notes the answers (a transaction). Death before the note means that the same message, under the same
id, goes out once more when the claim has run out; death anywhere else costs nothing. When much is due at once it
becomes one digest with counts. Several messages are under way at a time: most of the work is waiting for an answer.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from time import monotonic
from typing import Protocol

from monitor.house import House
from monitor.review import unseen
from monitor.store import Session, StoreError, deliveries, events, subscriptions
from monitor.store.deliveries import Claimed
from monitor.ways import Ways, settings_channels
from notifications.cleaning import one_line
from notifications.compose import Blind, Draft, Links, addressed, draft
from notifications.message import Message, Sent
from notifications.subscription import Rhythm, Subscription, due_at
from notifications.words import Language

AT_ONCE = 3  # messages about single happenings to one subscriber in one pass; more becomes a digest
DIGEST = 500  # deliveries in one message
RECIPIENTS = 20_000  # subscriptions served in one pass
TOGETHER = 100  # subscriptions claimed in one transaction
UNDER_WAY = 4  # messages that are being sent at the same time, each on a connection of its own
PATIENCE = 0.1  # seconds that an answer may wait for others before it is noted
SWEEP = timedelta(days=3)  # days that the nightly comparison looks back

LinksOf = Callable[[Subscription], Links]
Job = tuple[Subscription, list[Claimed]]


class Sender(Protocol):
    def send(self, subscription: Subscription, message: Message) -> Sent: ...


@dataclass(slots=True)
class Delivered:
    """What one pass did."""

    sent: int = 0
    failed: int = 0
    given_up: int = 0


def no_links(_: Subscription) -> Links:
    return Links()


def deliver(house: House, now: datetime, links: LinksOf = no_links, sender: Sender | None = None) -> Delivered:
    """Tell everybody what is due. sender: how messages leave, one after the other; without it by the settings."""
    with house.store.read() as session:
        due = deliveries.waiting(session, now, RECIPIENTS)
    with ExitStack() as stack:
        several = range(min(UNDER_WAY, len(due)))
        ways = [stack.enter_context(Ways(house.settings, house.fetcher)) for _ in several if sender is None]
        senders: list[Sender] = [sender] if sender else [*ways]
        notes = Notes(house, now, len(senders))
        for start in range(0, len(due), TOGETHER):
            more: Sequence[str] = due[start : start + TOGETHER]
            while more:
                more = Round(house, now, links, notes).tell(more, senders)
    return notes.done


class Notes:
    """What receivers answered, written down at once, or as soon as each thread has one answer.

    Safe for several threads; what comes in during a write goes with the next one. Only what is not written when a
    process dies is told twice. together: how many answers may wait for each other, for `PATIENCE` at most.
    """

    def __init__(self, house: House, now: datetime, together: int) -> None:
        self.done = Delivered()
        self.broken = False  # the store could not be written: nothing more may be sent
        self._house, self._now = house, now
        self._waiting: deque[tuple[Claimed, Sent]] = deque()
        self._together, self._written = together, monotonic()
        self._writing = Lock()

    def take(self, claimed: Claimed, answer: Sent) -> None:
        self._waiting.append((claimed, answer))
        while self._ripe() and self._writing.acquire(blocking=False):  # else the one who writes takes it along
            try:
                self._write()
            finally:
                self._writing.release()

    def _ripe(self) -> bool:
        many = len(self._waiting) >= self._together
        return many or (bool(self._waiting) and monotonic() - self._written > PATIENCE)

    def flush(self) -> None:
        with self._writing:
            self._write()

    def _write(self) -> None:
        taken = [self._waiting.popleft() for _ in range(len(self._waiting))]
        self._written = monotonic()
        if not taken:
            return
        try:
            with self._house.store.write() as session:
                deliveries.note_sent(session, [claimed for claimed, answer in taken if answer.ok], self._now)
                states = [self._note_failed(session, *one) for one in taken if not one[1].ok]
        except StoreError:
            self.broken = True
            raise
        self.done.sent += len(taken) - len(states)
        self.done.failed += len(states)
        self.done.given_up += states.count(deliveries.UNDELIVERABLE)

    def _note_failed(self, session: Session, claimed: Claimed, answer: Sent) -> str:
        state = deliveries.note_failed(
            session, claimed, self._now, answer.detail, retry_after=answer.retry_after, final=answer.permanent
        )
        if answer.permanent and not claimed.subscription.startswith("channel-"):
            subscriptions.set_state(session, claimed.subscription, subscriptions.BOUNCED, answer.detail)
        return state


class Round:
    """One claim for some subscriptions, and all that is sent for it."""

    def __init__(self, house: House, now: datetime, links: LinksOf, notes: Notes) -> None:
        self._house, self._now, self._links, self._notes = house, now, links, notes
        self._drafts: dict[tuple[tuple[str, ...], Language, bool], Draft] = {}
        self._began = monotonic()
        self._untried: list[Claimed] = []

    def tell(self, ids: Sequence[str], senders: Sequence[Sender]) -> list[str]:
        """Serve these subscriptions. Those for which still more is due, and whose receiver says yes."""
        jobs = self._claim(ids)
        shared, lock = iter(jobs), Lock()
        try:
            if len(senders) == 1:
                self._work(senders[0], shared, lock)
            else:
                self._work_together(senders, shared, lock)
        finally:
            self._notes.flush()
        if self._untried:
            with self._house.store.write() as session:
                deliveries.release(session, self._untried)
        refused = {claimed.subscription for claimed in self._untried}
        full = (kept.id for kept, messages in jobs if sum(len(one.deliveries) for one in messages) >= DIGEST)
        return [id_ for id_ in full if id_ not in refused]

    def _claim(self, ids: Sequence[str]) -> list[Job]:
        """Whoever ended hears nothing more, whoever pauses hears it later."""
        wanting: dict[str, Subscription] = {}
        with self._house.store.write() as session:
            for id_, kept in subscriptions.many(session, ids).items():
                subscription = kept.subscription
                if kept.state != subscriptions.ACTIVE:
                    deliveries.cancel(session, id_)
                elif subscription.paused_until and subscription.paused_until > self._now:
                    deliveries.put_off(session, id_, self._now, due_at(subscription, self._now))
                else:
                    wanting[id_] = subscription
            apart = {id_: one.rhythm is Rhythm.IMMEDIATE for id_, one in wanting.items()}
            found = deliveries.claim(
                session, apart, self._now, at_once=AT_ONCE, most=DIGEST, addresses=self._house.addresses
            )
        jobs: dict[str, list[Claimed]] = {}
        for claimed in found:
            jobs.setdefault(claimed.subscription, []).append(claimed)
        return [(wanting[id_], messages) for id_, messages in jobs.items()]

    def _work_together(self, senders: Sequence[Sender], jobs: Iterator[Job], lock: Lock) -> None:
        with ThreadPoolExecutor(len(senders), thread_name_prefix="deliver") as pool:
            for running in [pool.submit(self._work, sender, jobs, lock) for sender in senders]:
                running.result()

    def _work(self, sender: Sender, jobs: Iterator[Job], lock: Lock) -> None:
        while True:
            with lock:
                job = next(jobs, None)
            if job is None:
                return
            self._serve(sender, *job)

    def _serve(self, sender: Sender, subscription: Subscription, messages: Sequence[Claimed]) -> None:
        """One subscriber, in order; after a refusal the rest waits for another pass."""
        for place, claimed in enumerate(messages):
            if self._must_stop():
                self._untried.extend(messages[place:])
                return
            answer = self._send(sender, subscription, claimed)
            self._notes.take(claimed, answer)
            if not answer.ok:
                self._untried.extend(messages[place + 1 :])
                return

    def _must_stop(self) -> bool:
        """When answers cannot be noted, and before the claims run out: another process could send the same again."""
        return self._notes.broken or monotonic() - self._began > deliveries.CLAIM.total_seconds() / 2

    def _send(self, sender: Sender, subscription: Subscription, claimed: Claimed) -> Sent:
        try:
            message = addressed(
                self._drafted(claimed, subscription),
                subscription,
                key=claimed.message,
                now=self._now,
                links=self._links(subscription),
            )
            return sender.send(subscription, message)
        except Exception as fault:  # noqa: BLE001 - one message that cannot be made must not hold up the others
            return Sent(ok=False, detail=one_line(f"unexpected {type(fault).__name__}", 200))

    def _drafted(self, claimed: Claimed, subscription: Subscription) -> Draft:
        """Told once in a round for all who get the same in the same language and length."""
        told = tuple(happening.event.key for happening in claimed.happenings)
        key = (told, subscription.language, subscription.full)
        if key not in self._drafts:
            blind = self._unseen(claimed)
            self._drafts[key] = draft(claimed.happenings, subscription.language, full=subscription.full, blind=blind)
        return self._drafts[key]

    def _unseen(self, claimed: Claimed) -> tuple[Blind, ...]:
        """The sources that were out of sight since the first of these things happened; said in digests only."""
        if len(claimed.happenings) == 1:
            return ()
        first = min(happening.event.at for happening in claimed.happenings)
        with self._house.store.read() as session:
            return unseen(session, self._house.sources, first, self._now)


def adopt_channels(house: House, now: datetime) -> None:
    """Make the channels of the settings subscriptions, so that what happens from now on is queued for them."""
    with house.store.write() as session:
        subscriptions.adopt_channels(session, settings_channels(house.settings), now)


def sweep(house: House, now: datetime) -> int:
    """The nightly comparison of events and deliveries. How many were missing and are queued now."""
    with house.store.read() as session:
        lacking = events.lacking_deliveries(session, now - SWEEP, house.addresses)
    if not lacking:
        return 0
    with house.writing, house.store.write() as session:
        return events.queue_lacking(session, lacking, now)
