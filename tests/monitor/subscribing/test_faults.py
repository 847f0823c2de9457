"""A receiver that refuses, answers 500, asks for patience, hangs or goes away: told later, or given up in words."""

import logging
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from monitor_examples import happened, keep, make_house, promise, record
from pydantic import SecretStr

from monitor import outbox
from monitor.settings import Smtp
from monitor.store import deliveries, subscriptions
from monitor.subscribing import links_of
from notifications.channels import AppriseChannel
from notifications.subscription import EVERYTHING, Subscription, Way
from notifications.webhook import new_secret, verify
from rules.event import EventKind
from sources.http import Fetcher

sys.path.insert(0, str(Path(__file__).parents[2] / "notifications"))
from web_server import Receiver, listening

SECRET = new_secret()


@pytest.fixture
def receiver():
    with listening(Receiver()) as made:
        yield made


@pytest.fixture
def house(tmp_path, clock):
    made = make_house(tmp_path, clock, allow_private_networks=True)
    yield replace(made, fetcher=Fetcher(allow_private=True, pace_per_second=1000))
    made.close()


def hooked(house, receiver, way=Way.WEBHOOK):
    scheme = "http" if way is Way.WEBHOOK else "json"
    address = f"{scheme}://127.0.0.1:{receiver.port}/in"
    wanted = Subscription(id="hook", way=way, address=address, secret=SECRET, filter=EVERYTHING)
    with house.store.write() as session:
        subscriptions.keep(session, wanted, house.clock())
    keep(house, promise())


def told(house, clock, **forward):
    done = outbox.deliver(house, clock.forward(**forward) if forward else clock(), links_of(house))
    return done.sent, done.failed


def waiting(house):
    with house.store.read() as session:
        (row,) = deliveries.listed(session)
    return row


@pytest.mark.parametrize("way", [Way.WEBHOOK, Way.APPRISE])
@pytest.mark.parametrize("status", [500, 502, 503, 429, 400])
def test_a_refusal_is_tried_again_under_the_same_name(house, receiver, clock, way, status):
    receiver.answers = [(status, {}), (200, {})]
    hooked(house, receiver, way)
    assert told(house, clock) == (0, 1)
    assert waiting(house).error.endswith(f"answered with status {status}")
    assert told(house, clock, seconds=59) == (0, 0)
    assert told(house, clock, seconds=2) == (1, 0)
    first, second = (headers["Idempotency-Key"] for _, headers, _ in receiver.got)
    assert first == second


def test_retry_after_is_obeyed(house, receiver, clock):
    receiver.answers = [(429, {"Retry-After": "7200"}), (200, {})]
    hooked(house, receiver)
    assert told(house, clock) == (0, 1)
    assert waiting(house).due_at == clock() + timedelta(hours=2)
    assert told(house, clock, hours=1, minutes=59) == (0, 0)
    assert told(house, clock, minutes=2) == (1, 0)


def test_gone_for_good_stops_the_subscription_and_shows(house, receiver, clock):
    receiver.answers = [(410, {})]
    hooked(house, receiver)
    assert told(house, clock) == (0, 1)
    assert waiting(house).state == "undeliverable"
    with house.store.read() as session:
        kept = subscriptions.get(session, "hook")
    assert (kept.state, kept.error) == ("bounced", "webhook (127.0.0.1): answered with status 410")


def test_a_chat_that_hangs_is_given_up_in_time(house, receiver, clock):
    receiver.answers = [None, (200, {})]
    wanted = Subscription(
        id="hook", way=Way.APPRISE, address=f"json://127.0.0.1:{receiver.port}/?rto=0.2", filter=EVERYTHING
    )
    with house.store.write() as session:
        subscriptions.keep(session, wanted, clock())
    keep(house, promise())
    assert told(house, clock) == (0, 1)
    assert "no answer in time" in waiting(house).error
    assert told(house, clock, minutes=2) == (1, 0)


def test_a_redirect_to_elsewhere_is_not_followed(house, receiver, clock):
    receiver.answers = [(302, {"Location": f"http://127.0.0.1:{receiver.port}/elsewhere"})]
    hooked(house, receiver)
    assert told(house, clock) == (0, 1)
    assert [path for path, _, _ in receiver.got] == ["/in"]


def test_nobody_at_the_address(house, receiver, clock):
    hooked(house, receiver)
    with house.store.write() as session:
        kept = subscriptions.get(session, "hook").subscription
        subscriptions.keep(session, replace(kept, address="http://127.0.0.1:1/in?token=hush"), clock())
    assert told(house, clock) == (0, 1)
    assert "hush" not in waiting(house).error


def test_a_private_address_is_refused_unless_it_is_allowed(tmp_path, clock, receiver):
    house = make_house(tmp_path / "strict", clock)
    hooked(house, receiver)
    assert told(house, clock) == (0, 1)
    assert waiting(house).error == "webhook (127.0.0.1): forbidden"
    assert receiver.got == []
    house.close()


def test_what_arrives_is_signed_and_can_be_verified(house, receiver, clock):
    hooked(house, receiver)
    record(house, happened(EventKind.OVERDUE, subject="2023-07-06"))
    assert told(house, clock) == (2, 0)
    for _, headers, body in receiver.got:
        assert verify(SECRET, headers, body, clock())
    assert [body["events"][0]["kind"] for body in receiver.bodies] == ["made", "overdue"]


def test_an_address_that_cannot_be_used_any_more_is_shown_and_harms_nobody(house, receiver, clock):
    hooked(house, receiver)
    wanted = Subscription(id="odd", way=Way.APPRISE, address="nonsense://hush", filter=EVERYTHING)
    with house.store.write() as session:
        subscriptions.keep(session, wanted, clock())
    record(house, happened(EventKind.OVERDUE, subject="2023-07-06"))
    assert told(house, clock) == (2, 1)
    with house.store.read() as session:
        odd = subscriptions.get(session, "odd")
    assert odd.state == "bounced"
    assert "hush" not in odd.error
    assert AppriseChannel(f"json://127.0.0.1:{receiver.port}/").name == "JSON (127.0.0.1)"


@pytest.fixture
def every_log():
    """All records of all loggers that reach the root, at the most talkative level."""
    records, handler = [], logging.Handler(logging.DEBUG)
    handler.emit = records.append
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield records
    root.removeHandler(handler)
    root.setLevel(level)


def test_no_log_and_no_row_holds_a_secret_however_it_fails(tmp_path, clock, receiver, every_log):
    """Mail, chat and webhook at once, each refused; passwords, tokens, addresses and texts stay out."""
    receiver.answers = [(500, {})]
    house = make_house(
        tmp_path,
        clock,
        allow_private_networks=True,
        smtp=Smtp(host="127.0.0.1", port=1, security="none", username="u", password=SecretStr("pass-hush")),
        channels=(SecretStr(f"json://u:chan-hush@127.0.0.1:{receiver.port}/chan-hush?+X-Token=chan-hush"),),
    )
    house = replace(house, fetcher=Fetcher(allow_private=True, pace_per_second=1000))
    outbox.adopt_channels(house, clock())
    for id_, way, address in (
        ("mail", Way.MAIL, "anna-hush@example.org"),
        ("chat", Way.APPRISE, f"json://127.0.0.1:{receiver.port}/chat-hush"),
        ("hook", Way.WEBHOOK, f"http://127.0.0.1:{receiver.port}/?token=hook-hush"),
    ):
        with house.store.write() as session:
            wanted = Subscription(id=id_, way=way, address=address, secret=SECRET, filter=EVERYTHING)
            subscriptions.keep(session, wanted, clock())
    keep(house, promise())
    logging.getLogger("elsewhere").debug("heard")
    assert told(house, clock) == (0, 4)
    with house.store.read() as session:
        errors = [row.error for row in deliveries.listed(session)]
    text = "\n".join([*errors, *(f"{r.name} {r.getMessage()} {r.exc_text or ''}" for r in every_log)])
    house.close()
    assert "heard" in text
    assert all(errors)
    for secret in ("hush", SECRET, "fietspaden"):
        assert secret not in text
