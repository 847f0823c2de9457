"""Thousands of subscribers on one event, over real SMTP: everybody once, in one pass, in bounded memory."""

import os
import sys
from pathlib import Path

import pytest
from monitor_examples import Receiver, keep, make_house, promise
from pydantic import SecretStr
from sqlmodel import delete, select

from monitor import outbox
from monitor.settings import Smtp
from monitor.store import StoreError, deliveries, subscriptions
from monitor.store.rows import DeliveryRow
from monitor.subscribing import links_of
from notifications.subscription import EVERYTHING, Subscription, Way

sys.path.insert(0, str(Path(__file__).parents[2] / "notifications"))
from mail_server import Inbox, smtp


def subscribed(house, number):
    with house.store.write() as session:
        for n in range(number):
            wanted = Subscription(id=f"s{n:05}", way=Way.MAIL, address=f"a{n}@example.org", filter=EVERYTHING)
            subscriptions.keep(session, wanted, house.clock())


def mailing(folder, clock, inbox):
    return make_house(folder, clock, smtp=Smtp(host="127.0.0.1", port=inbox.port, security="none"))


def states(house):
    with house.store.read() as session:
        return {
            row.subscription: (row.state, row.attempts, row.claimed_until) for row in session.exec(select(DeliveryRow))
        }


def test_everybody_is_told_once_in_one_pass(tmp_path, clock):
    with smtp() as inbox:
        house = mailing(tmp_path, clock, inbox)
        subscribed(house, 250)
        keep(house, promise())
        done = outbox.deliver(house, clock(), links_of(house))
        assert (done.sent, done.failed) == (250, 0)
        assert outbox.deliver(house, clock(), links_of(house)).sent == 0
        assert set(states(house).values()) == {("sent", 1, None)}
        house.close()
    assert sorted(inbox.recipients) == sorted(f"a{n}@example.org" for n in range(250))
    assert 1 < len(inbox.peers) <= outbox.UNDER_WAY, "a few connections carry all"
    links = {mail["List-Unsubscribe"] for mail in inbox.read}
    assert len(links) == 250, "everybody has links of their own"


def test_who_refuses_does_not_hold_up_the_rest(tmp_path, clock):
    inbox = Inbox()
    inbox.rcpt = {f"a{n}@example.org": "451 4.3.0 later" for n in range(0, 60, 3)}
    with smtp(inbox):
        house = mailing(tmp_path, clock, inbox)
        subscribed(house, 60)
        keep(house, promise())
        done = outbox.deliver(house, clock(), links_of(house))
        assert (done.sent, done.failed) == (40, 20)
        inbox.rcpt = {}
        assert outbox.deliver(house, clock.forward(minutes=2), links_of(house)).sent == 20
        house.close()


def test_a_server_that_goes_away_in_the_middle_costs_nothing(tmp_path, clock):
    with smtp() as inbox:
        house = mailing(tmp_path, clock, inbox)
        subscribed(house, 40)
        keep(house, promise())
    failed = outbox.deliver(house, clock(), links_of(house))
    assert (failed.sent, failed.failed) == (0, 40)
    with smtp() as again:
        house = mailing(tmp_path, clock, again)
        assert outbox.deliver(house, clock.forward(minutes=2), links_of(house)).sent == 40
        house.close()
    assert len(set(again.recipients)) == 40


def test_memory_does_not_grow_with_the_subscribers(house, clock):
    """RSS at the end of a pass over 3,000, next to one over the same house before; a message is some 10 kB."""

    def resident():
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    class Forgetful:
        def send(self, subscription, message):
            self.last = message
            return outbox.Sent(ok=True)

    subscribed(house, 3000)
    keep(house, promise("first"))
    outbox.deliver(house, clock(), links_of(house), Forgetful())
    before = resident()
    keep(house, promise("second"))
    assert outbox.deliver(house, clock(), links_of(house), Forgetful()).sent == 3000
    assert resident() - before < 8_000_000


def test_the_sweep_finds_what_is_missing_and_only_that(house, clock):
    subscribed(house, 40)
    keep(house, promise("first"), promise("second"))
    with house.store.write() as session:
        session.exec(delete(DeliveryRow).where(DeliveryRow.subscription.in_(["s00003", "s00030"])))
        session.exec(delete(DeliveryRow).where(DeliveryRow.subscription == "s00007", DeliveryRow.event == 1))
        subscriptions.set_state(session, "s00030", subscriptions.ENDED)
    subscribed_later = Subscription(id="late", way=Way.MAIL, address="late@example.org", filter=EVERYTHING)
    with house.store.write() as session:
        subscriptions.keep(session, subscribed_later, clock.forward(hours=1))
    assert outbox.sweep(house, clock()) == 3
    assert outbox.sweep(house, clock()) == 0
    with house.store.read() as session:
        held = [(row.subscription, row.event) for row in session.exec(select(DeliveryRow))]
    assert len(held) == len(set(held)) == 78


# ---- the disk and the database fail


def test_a_full_disk_loses_nothing_and_stops_the_telling(house, clock, monkeypatch):
    """SQLite itself says that it is full: the size of the file is limited."""
    subscribed(house, 30)
    keep(house, promise())
    receiver = Receiver()
    engine = house.store._writing
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("pragma page_count").scalar()
    with pytest.raises(StoreError, match="full"), limited(engine, pages):
        keep(house, *[promise(f"p{n:09}", quote="x" * 5000) for n in range(50)])
    assert outbox.deliver(house, clock(), links_of(house), receiver).sent == 30
    keep(house, promise("afterwards"))
    assert outbox.deliver(house, clock(), links_of(house), receiver).sent == 30
    assert set(states(house).values()) == {("sent", 1, None)}


class limited:
    def __init__(self, engine, pages):
        self.engine, self.pages = engine, pages

    def __enter__(self):
        self._set(self.pages)

    def __exit__(self, *_):
        self._set(2**30)

    def _set(self, pages):
        with self.engine.connect() as connection:
            connection.exec_driver_sql(f"pragma max_page_count={pages}")


def test_when_answers_cannot_be_noted_nothing_more_is_sent_and_the_doubles_have_the_same_id(house, clock, monkeypatch):
    subscribed(house, 50)
    keep(house, promise())
    receiver, original = Receiver(), deliveries.note_sent

    def locked(*_):
        raise StoreError("the database could not be written: database is locked")

    monkeypatch.setattr(deliveries, "note_sent", locked)
    with pytest.raises(StoreError, match="locked"):
        outbox.deliver(house, clock(), links_of(house), receiver)
    first = list(receiver.ids)
    assert len(first) == 1
    monkeypatch.setattr(deliveries, "note_sent", original)
    assert outbox.deliver(house, clock(), links_of(house), receiver).sent == 0, "the claims still stand"
    clock.forward(seconds=deliveries.CLAIM.total_seconds())
    assert outbox.deliver(house, clock(), links_of(house), receiver).sent == 50
    assert len(set(receiver.ids)) == 50
    assert set(first) < set(receiver.ids)


def test_a_message_that_cannot_be_made_does_not_hold_up_the_others(house, clock):
    subscribed(house, 3)
    keep(house, promise())

    class Broken(Receiver):
        def send(self, subscription, message):
            if subscription.id == "s00001":
                raise KeyError("secret in here")
            return super().send(subscription, message)

    done = outbox.deliver(house, clock(), links_of(house), Broken())
    assert (done.sent, done.failed) == (2, 1)
    with house.store.read() as session:
        errors = {row.error for row in session.exec(select(DeliveryRow))}
    assert errors == {"", "unexpected KeyError"}


def test_a_secret_of_the_settings_is_in_no_row(tmp_path, clock):
    house = make_house(tmp_path, clock, channels=(SecretStr("json://127.0.0.1:1/hushhush"),))
    outbox.adopt_channels(house, clock())
    keep(house, promise())
    assert outbox.deliver(house, clock(), links_of(house)).failed == 1
    house.close()
    for file in tmp_path.iterdir():
        assert b"hushhush" not in file.read_bytes()
