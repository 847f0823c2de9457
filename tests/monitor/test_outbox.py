"""The outbox: everybody once, whatever the receiver does and whenever the process dies."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from monitor_examples import Receiver, happened, keep, make_house, promise, record, subscribe
from sqlalchemy import delete

from monitor import outbox
from monitor.store import StoreError, deliveries, engine, events, subscriptions
from monitor.store.rows import DeliveryRow
from notifications.message import Sent
from notifications.subscription import Filter, Rhythm
from rules.event import EventKind


class Killed(BaseException):
    """Stands for the death of the process: nothing may catch it."""


def deliver(house, receiver):
    return outbox.deliver(house, house.clock(), sender=receiver)


def counts(house):
    with house.store.read() as session:
        return deliveries.counts(session)


def test_every_subscriber_who_wants_it_hears_once(house):
    subscribe(house, "anna")
    subscribe(house, "bart", filter=Filter(kinds=(EventKind.OVERDUE,)))
    keep(house, promise())
    receiver = Receiver()
    assert deliver(house, receiver).sent == 1
    assert deliver(house, receiver).sent == 0
    assert [to for to, _ in receiver.got] == ["anna"]


def test_nothing_is_queued_when_the_event_is_not_kept(house):
    subscribe(house)

    def fails():
        with house.store.write() as session:
            events.record(session, happened(EventKind.MADE), house.clock())
            raise RuntimeError("the transaction fails")

    with pytest.raises(RuntimeError):
        fails()
    assert counts(house) == {"pending": 0, "sent": 0, "undeliverable": 0}


def test_the_same_event_is_queued_once(house):
    subscribe(house)
    keep(house, promise())
    overdue = happened(EventKind.OVERDUE, subject="2023-07-06")
    assert record(house, overdue, overdue) == [True, False]
    assert counts(house)["pending"] == 2


@pytest.mark.parametrize("moment", ["before the receiver", "after the receiver"])
def test_after_a_death_the_message_goes_out_again_under_the_same_id(house, clock, moment):
    subscribe(house)
    keep(house, promise())
    receiver = Receiver(Killed())
    with pytest.raises(Killed):
        deliver(house, receiver)
    if moment == "before the receiver":
        receiver.got.clear()
    assert deliver(house, receiver).sent == 0, "the claim still stands"
    clock.forward(seconds=deliveries.CLAIM.total_seconds())
    assert deliver(house, receiver).sent == 1
    assert len(set(receiver.ids)) == 1
    assert counts(house) == {"pending": 0, "sent": 1, "undeliverable": 0}


def test_a_digest_that_died_is_sent_again_as_it_was_and_the_rest_apart(house, clock):
    subscribe(house, rhythm=Rhythm.DAILY, hour=8)
    keep(house, promise("aaaaaaaaaa"), promise("bbbbbbbbbb"))
    clock.forward(days=1)
    receiver = Receiver(Killed())
    with pytest.raises(Killed):
        deliver(house, receiver)
    keep(house, promise("cccccccccc"))
    clock.forward(days=1)
    deliver(house, receiver)
    first, again, rest = receiver.got
    assert first[1].message_id == again[1].message_id != rest[1].message_id
    assert [len(m.happenings) for _, m in receiver.got] == [2, 2, 1]


def test_failures_are_tried_again_ever_more_slowly_for_a_week_and_then_given_up(house, clock):
    subscribe(house)
    keep(house, promise())
    receiver, waits, last = Receiver(*[Sent(ok=False, detail="answered 500")] * 99), [], clock()
    for _ in range(40_000):
        if counts(house)["undeliverable"]:
            break
        if deliver(house, receiver).failed:
            waits.append(clock() - last)
            last = clock()
        with house.store.read() as session:
            clock.now = max(clock.now, deliveries.oldest_pending(session) or clock.now)
    minutes = [int(w.total_seconds() // 60) for w in waits]
    assert minutes == [0, 1, 10, 60, 360, *[1440] * 7]
    with house.store.write() as session:
        (lost,) = deliveries.listed(session, deliveries.UNDELIVERABLE)
        assert (lost.error, lost.attempts) == ("answered 500", 12)
        assert deliveries.retry(session, [lost.id], clock()) == 1
    assert deliver(house, Receiver()).sent == 1


def test_a_receiver_that_asks_for_patience_gets_it(house, clock):
    subscribe(house)
    keep(house, promise())
    deliver(house, Receiver(Sent(ok=False, detail="answered 429", retry_after=1800)))
    clock.forward(minutes=29)
    assert deliver(house, Receiver()).sent == 0
    clock.forward(minutes=2)
    assert deliver(house, Receiver()).sent == 1


def test_an_address_that_is_gone_pauses_the_subscription_and_says_why(house):
    subscribe(house)
    keep(house, promise())
    deliver(house, Receiver(Sent(ok=False, detail="refused the mail (550 5.1.1)", permanent=True)))
    with house.store.read() as session:
        kept = subscriptions.get(session, "anna")
    assert (kept.state, kept.error) == ("bounced", "refused the mail (550 5.1.1)")
    keep(house, promise("bbbbbbbbbb"))
    assert counts(house)["pending"] == 0


def test_one_refusing_receiver_does_not_hold_up_the_others(house):
    for name in ("anna", "bart", "carla"):
        subscribe(house, name)
    keep(house, promise())
    receiver = Receiver(Sent(ok=False, detail="answered 500"))
    done = deliver(house, receiver)
    assert (done.sent, done.failed) == (2, 1)


def test_much_at_once_becomes_one_digest(house):
    subscribe(house)
    keep(house, *[promise(f"{letter * 10}") for letter in "abcdefgh"])
    receiver = Receiver()
    deliver(house, receiver)
    assert len(receiver.got) == 1
    assert len(receiver.got[0][1].happenings) == 8
    assert receiver.subjects == ["Nakoming: 8 nieuwe toezeggingen"]


def test_a_pause_keeps_what_happens_for_later(house, clock):
    keep(house, promise())
    subscribe(house, paused_until=clock() + timedelta(days=3))
    record(house, happened(EventKind.OVERDUE, subject="x"))
    assert deliver(house, Receiver()).sent == 0
    clock.forward(days=3, minutes=1)
    assert deliver(house, Receiver()).sent == 1


def test_an_ended_subscription_hears_nothing_more(house):
    subscribe(house)
    keep(house, promise())
    with house.store.write() as session:
        subscriptions.set_state(session, "anna", subscriptions.ENDED)
    assert deliver(house, Receiver()).sent == 0
    assert counts(house) == {"pending": 0, "sent": 0, "undeliverable": 1}


def test_the_nightly_sweep_finds_a_delivery_that_is_missing(house):
    subscribe(house)
    keep(house, promise())
    assert outbox.sweep(house, house.clock()) == 0
    with house.store.write() as session:
        session.exec(delete(DeliveryRow))
    assert outbox.sweep(house, house.clock()) == 1
    assert deliver(house, Receiver()).sent == 1


def test_channels_of_the_settings_come_and_go_with_them(tmp_path, clock):
    address = "json://127.0.0.1:9/?token=geheim"
    house = make_house(tmp_path, clock, channels=(address,))
    outbox.adopt_channels(house, clock())
    with house.store.read() as session:
        (kept,) = subscriptions.listed(session)
    assert (kept.state, kept.subscription.address) == ("active", "")
    house.close()
    house = make_house(tmp_path, clock)
    outbox.adopt_channels(house, clock())
    with house.store.read() as session:
        assert [k.state for k in subscriptions.listed(session)] == ["ended"]
    assert "geheim" not in (tmp_path / "nakoming.db").read_bytes().decode("latin-1")
    house.close()


def test_a_locked_database_loses_nothing(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    house = make_house(tmp_path, clock)
    subscribe(house)
    keep(house, promise())
    with closing(sqlite3.connect(house.store.path)) as other:
        other.execute("begin immediate")
        receiver = Receiver()
        with pytest.raises(StoreError, match="locked"):
            deliver(house, receiver)
        assert receiver.got == [], "nothing is sent that cannot be claimed"
    assert deliver(house, receiver).sent == 1
    assert counts(house) == {"pending": 0, "sent": 1, "undeliverable": 0}


def test_a_database_that_is_locked_after_the_receivers_yes_gives_the_same_message_again(tmp_path, clock, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.1)
    house = make_house(tmp_path, clock)
    subscribe(house)
    keep(house, promise())
    with closing(sqlite3.connect(house.store.path)) as other:

        class Locking(Receiver):
            def send(self, subscription, message):
                other.execute("begin immediate")
                return super().send(subscription, message)

        receiver = Locking()
        with pytest.raises(StoreError, match="locked"):
            deliver(house, receiver)
    clock.forward(seconds=deliveries.CLAIM.total_seconds())
    again = Receiver()
    assert deliver(house, again).sent == 1
    assert again.ids == receiver.ids
