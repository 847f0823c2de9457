"""Consent: nobody is told anything that they did not confirm, every link proves what it may do, nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from monitor_examples import START, Receiver, happened, keep, make_house, promise, record, subscribe

from monitor import outbox, subscribing
from monitor.settings import Smtp
from monitor.store import deliveries, subscriptions
from monitor.subscribing import (
    CONFIRM_DAYS,
    LOOK_BACK,
    MOST,
    Purpose,
    Refusal,
    Refused,
    adopt,
    change,
    checked,
    confirm,
    end,
    links_of,
    new_id,
    opened,
    pause,
    preview,
    retire_secret,
    rotate_secret,
    send_test,
    shown_address,
    sign_up,
    take_bounce,
    tidy,
)
from notifications.message import Sent
from notifications.subscription import Filter, Rhythm, Subscription, Way
from notifications.words import Language
from rules.event import EventKind

SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/"


@pytest.fixture
def house(tmp_path, clock):
    made = make_house(
        tmp_path, clock, smtp=Smtp(host="127.0.0.1", security="none"), base_url="https://nakoming.example"
    )
    yield made
    made.close()


def wish(**changes):
    return Subscription(**{"id": new_id(), "way": Way.MAIL, "address": "anna@example.org", **changes})


def asked(house, receiver=None, **changes):
    receiver = receiver or Receiver()
    kept = sign_up(house, wish(**changes), house.clock(), receiver)
    return kept, link(receiver.got[-1][1].link)


def link(address):
    """The parts of a link of ours: id, what follows it, signature, when it runs out."""
    parts = urlsplit(address)
    _, id_, *rest = parts.path.strip("/").split("/")
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return id_, "/".join(rest), query["s"], int(query["tot"]) if "tot" in query else None


def confirmed(house, **changes):
    _, (id_, _, signature, until) = asked(house, **changes)
    return confirm(house, id_, until, signature, house.clock())


def state(house, id_):
    with house.store.read() as session:
        kept = subscriptions.get(session, id_)
        return kept.state if kept else None


def pending(house):
    with house.store.read() as session:
        return deliveries.counts(session)["pending"]


def refusal(call, *given, **named):
    with pytest.raises(Refused) as refused:
        call(*given, **named)
    return refused.value.reason


# ---- sign up and confirm


def test_nothing_is_told_before_the_address_itself_says_yes(house):
    receiver = Receiver()
    kept, (id_, place, signature, until) = asked(house, receiver)
    assert kept.state == "waiting"
    assert receiver.subjects == ["Bevestig uw abonnement"]
    assert place == "bevestigen"
    keep(house, promise())
    assert pending(house) == 0
    assert confirm(house, id_, until, signature, house.clock()).state == "active"
    record(house, happened(EventKind.OVERDUE, subject="2023-07-06"))
    assert pending(house) == 1


def test_the_question_speaks_the_language_that_was_asked_for(house):
    receiver = Receiver()
    asked(house, receiver, language=Language.EN)
    assert receiver.subjects == ["Confirm your subscription"]


def test_confirming_twice_does_no_harm_and_never_brings_back_what_ended(house):
    _, (id_, _, signature, until) = asked(house)
    for _ in range(2):
        assert confirm(house, id_, until, signature, house.clock()).state == "active"
    end(house, id_)
    assert refusal(confirm, house, id_, until, signature, house.clock()) is Refusal.GONE


def test_a_link_to_confirm_runs_out(house, clock):
    _, (id_, _, signature, until) = asked(house)
    later = clock.forward(days=CONFIRM_DAYS, seconds=1)
    assert refusal(confirm, house, id_, until, signature, later) is Refusal.EXPIRED
    assert refusal(confirm, house, id_, until + 999_999, signature, later) is Refusal.TAMPERED
    assert state(house, id_) == "waiting"


def test_what_nobody_confirms_is_forgotten(house, clock):
    kept, (id_, _, signature, until) = asked(house)
    tidy(house, clock.forward(days=CONFIRM_DAYS + 2), Receiver())
    assert state(house, kept.subscription.id) is None
    assert refusal(confirm, house, id_, until, signature, START) is Refusal.GONE


def test_a_question_that_cannot_be_sent_leaves_nothing_behind(house):
    wanted = wish()
    no = Receiver(Sent(ok=False, detail="mail (127.0.0.1): cannot be reached"))
    assert refusal(sign_up, house, wanted, house.clock(), no) is Refusal.NOT_SENT
    assert state(house, wanted.id) is None


def test_without_a_mail_server_mail_cannot_be_asked_for(tmp_path, clock):
    house = make_house(tmp_path, clock)
    assert refusal(sign_up, house, wish(), clock(), Receiver()) is Refusal.NO_MAIL
    house.close()


def test_nobody_is_flooded_with_questions(house, clock):
    receiver = Receiver()
    for _ in range(3):
        asked(house, receiver)
    assert refusal(sign_up, house, wish(address="ANNA@example.org"), clock(), receiver) is Refusal.TOO_MANY
    assert len(receiver.got) == 3
    asked(house, receiver, address="bert@example.org")
    clock.forward(days=1, seconds=1)
    asked(house, receiver)


def test_the_world_is_not_flooded_with_questions(house, clock, monkeypatch):
    monkeypatch.setattr(subscribing, "ASKS_AN_HOUR", 5)
    for n in range(5):
        asked(house, address=f"a{n}@example.org")
    assert refusal(sign_up, house, wish(address="next@example.org"), clock(), Receiver()) is Refusal.TOO_MANY


def test_a_chat_and_a_webhook_are_asked_where_they_are(house):
    receiver = Receiver()
    for way, address in ((Way.APPRISE, SLACK), (Way.WEBHOOK, "https://hooks.example.org/x?token=hush")):
        kept, (id_, _, signature, until) = asked(house, receiver, way=way, address=address)
        assert confirm(house, id_, until, signature, house.clock()).state == "active"
        assert "hush" not in kept.contact
        assert bool(kept.subscription.secret) is (way is Way.WEBHOOK)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"address": "anna@example.org\r\nBcc: x@example.org"}, Refusal.ADDRESS),
        ({"address": "anna"}, Refusal.ADDRESS),
        ({"way": Way.APPRISE, "address": "json://127.0.0.1/"}, Refusal.ADDRESS),
        ({"way": Way.APPRISE, "address": "nonsense"}, Refusal.ADDRESS),
        ({"way": Way.WEBHOOK, "address": "ftp://example.org"}, Refusal.ADDRESS),
        ({"way": Way.WEBHOOK, "address": "https://a:b@example.org"}, Refusal.ADDRESS),
        ({"note": "x" * 501}, Refusal.VALUE),
        ({"hour": 24}, Refusal.VALUE),
        ({"weekday": 7}, Refusal.VALUE),
        ({"quiet": (22, -1)}, Refusal.VALUE),
        ({"filter": Filter(words=("x" * 201,))}, Refusal.VALUE),
        ({"filter": Filter(ministries=("x",) * (MOST + 1))}, Refusal.VALUE),
    ],
)
def test_what_cannot_work_is_refused_at_the_door(house, changes, reason):
    assert refusal(checked, house, wish(**changes)) is reason


def test_an_operator_may_use_his_own_network_when_he_says_so(tmp_path, clock):
    house = make_house(tmp_path, clock, allow_private_networks=True)
    assert checked(house, wish(way=Way.APPRISE, address="json://127.0.0.1/")).address == "json://127.0.0.1/"
    assert adopt(house, wish(), clock()).state == "active"
    house.close()


# ---- links


def test_every_message_has_links_that_prove_what_they_may_do(house, clock):
    kept = confirmed(house)
    links = links_of(house)(kept.subscription)
    for address, purpose, place in ((links.manage, Purpose.MANAGE, ""), (links.unsubscribe, Purpose.END, "einde")):
        id_, rest, signature, _ = link(address)
        assert address.startswith("https://nakoming.example/abonnementen/")
        assert rest == place
        assert opened(house, id_, purpose, signature, clock()).subscription == kept.subscription


def test_a_link_for_one_thing_does_no_other(house, clock):
    kept = confirmed(house)
    links = links_of(house)(kept.subscription)
    id_, _, signature, _ = link(links.unsubscribe)
    assert refusal(opened, house, id_, Purpose.MANAGE, signature, clock()) is Refusal.TAMPERED
    assert refusal(opened, house, id_, Purpose.CONFIRM, signature, clock(), 2**33) is Refusal.TAMPERED


@pytest.mark.parametrize("broken", ["", "x", "é", "A" * 43, "s" * 10_000, "\x00"])
def test_a_changed_link_is_refused(house, clock, broken):
    kept = confirmed(house)
    for purpose in Purpose:
        assert refusal(opened, house, kept.subscription.id, purpose, broken, clock(), 2**33) is Refusal.TAMPERED


def test_a_link_of_one_subscriber_opens_no_other(house, clock):
    anna, bert = confirmed(house), confirmed(house, address="bert@example.org")
    _, _, signature, _ = link(links_of(house)(anna.subscription).manage)
    assert refusal(opened, house, bert.subscription.id, Purpose.MANAGE, signature, clock()) is Refusal.TAMPERED


def test_links_stay_good_after_a_restart_and_differ_between_installations(house, clock, tmp_path):
    kept = confirmed(house)
    before = links_of(house)(kept.subscription)
    again = make_house(tmp_path, clock, base_url="https://nakoming.example")
    assert links_of(again)(kept.subscription) == before
    again.close()
    other = make_house(tmp_path / "other", clock, base_url="https://nakoming.example")
    assert links_of(other)(kept.subscription) != before
    other.close()


def test_a_channel_of_the_settings_has_no_links(house):
    assert links_of(house)(wish(id="channel-abc")).manage == ""


def test_the_links_arrive_in_the_message(house, clock):
    kept = confirmed(house)
    keep(house, promise())
    receiver = Receiver()
    outbox.deliver(house, clock(), links_of(house), receiver)
    ((_, message),) = receiver.got
    assert message.headers["List-Unsubscribe"] == f"<{links_of(house)(kept.subscription).unsubscribe}>"


# ---- change, pause, end


def test_a_change_keeps_the_receiver(house, clock):
    kept = confirmed(house, way=Way.WEBHOOK, address="https://hooks.example.org/x")
    wanted = wish(address="https://other.example.org", rhythm=Rhythm.WEEKLY, note="nieuw", secret="x")
    changed = change(house, kept.subscription.id, wanted, clock()).subscription
    assert (changed.rhythm, changed.note) == (Rhythm.WEEKLY, "nieuw")
    assert (changed.id, changed.way, changed.address, changed.secret) == (
        kept.subscription.id,
        Way.WEBHOOK,
        "https://hooks.example.org/x",
        kept.subscription.secret,
    )
    assert refusal(change, house, changed.id, wish(hour=99), clock()) is Refusal.VALUE


def test_a_pause_holds_back_and_what_happened_meanwhile_comes_then(house, clock):
    kept = confirmed(house)
    until = clock() + timedelta(days=10)
    pause(house, kept.subscription.id, until, clock())
    keep(house, promise())
    receiver = Receiver()
    outbox.deliver(house, clock.forward(days=5), links_of(house), receiver)
    assert receiver.got == []
    outbox.deliver(house, clock.forward(days=6), links_of(house), receiver)
    assert len(receiver.got) == 1


def test_a_pause_in_the_past_is_none(house, clock):
    kept = confirmed(house)
    assert pause(house, kept.subscription.id, clock() - timedelta(days=1), clock()).subscription.paused_until is None


def test_ending_is_for_good_drops_what_was_queued_and_can_be_repeated(house, clock):
    kept = confirmed(house)
    keep(house, promise())
    for _ in range(3):
        assert end(house, kept.subscription.id).state == "ended"
    assert pending(house) == 0
    receiver = Receiver()
    record(house, happened(EventKind.OVERDUE, subject="2023-07-06"))
    outbox.deliver(house, clock.forward(days=1), links_of(house), receiver)
    assert receiver.got == []
    for call in (pause, change):
        given = (None, clock()) if call is pause else (wish(), clock())
        assert refusal(call, house, kept.subscription.id, *given) is Refusal.GONE


def test_what_does_not_exist_is_gone(house, clock):
    for call, given in ((end, ()), (pause, (None, clock())), (send_test, (clock(), Receiver()))):
        assert refusal(call, house, "nobody", *given) is Refusal.GONE


def test_the_secret_of_a_webhook_changes_without_a_gap(house, clock):
    kept = confirmed(house, way=Way.WEBHOOK, address="https://hooks.example.org/x")
    id_, first = kept.subscription.id, kept.subscription.secret
    fresh = rotate_secret(house, id_, clock())
    with house.store.read() as session:
        assert subscriptions.get(session, id_).subscription.secret == f"{fresh} {first}"
    retire_secret(house, id_, clock())
    with house.store.read() as session:
        assert subscriptions.get(session, id_).subscription.secret == fresh
    mail = confirmed(house)
    assert refusal(rotate_secret, house, mail.subscription.id, clock()) is Refusal.VALUE


# ---- look before


def test_a_preview_counts_messages_from_the_history(house, clock):
    for day in range(20):
        keep(house, promise(f"promise{day:03}"))
        clock.forward(days=1)
    assert preview(house, wish(), clock()).messages == 20
    assert preview(house, wish(rhythm=Rhythm.WEEKLY), clock()).messages == 3
    assert preview(house, wish(filter=Filter(kinds=(EventKind.OVERDUE,))), clock()).messages == 0
    assert preview(house, wish(filter=Filter(commitments=("promise003",))), clock()).messages == 1
    assert preview(house, wish(), clock.forward(days=LOOK_BACK - 10)).messages == 10
    shown = preview(house, wish(paused_until=clock() + timedelta(days=9)), clock())
    assert (shown.events, len(shown.examples)) == (10, 5)


def test_a_preview_says_what_the_outbox_really_sends(house, clock):
    """Ten happenings in one night: a digest, also for who wants everything at once."""
    kept = confirmed(house)
    keep(house, *[promise(f"promise{n:03}") for n in range(10)])
    keep(house, promise("single"))
    receiver = Receiver()
    outbox.deliver(house, clock(), links_of(house), receiver)
    seen = preview(house, kept.subscription, clock())
    assert (seen.events, seen.messages) == (11, len(receiver.got))


def test_a_preview_of_a_long_history_reads_it_in_parts(house, clock, monkeypatch):
    monkeypatch.setattr(subscribing, "BATCH", 4)
    keep(house, *[promise(f"promise{n:03}") for n in range(9)])
    assert preview(house, wish(), clock()).events == 9


def test_a_preview_checks_its_values(house, clock):
    assert refusal(preview, house, wish(hour=77), clock()) is Refusal.VALUE


# ---- look after


def test_a_test_message_is_one_message(house, clock):
    kept, receiver = confirmed(house), Receiver()
    assert send_test(house, kept.subscription.id, clock(), receiver).ok
    assert receiver.subjects == ["Proefbericht van Nakoming"]


def test_a_hard_bounce_stops_and_shows_and_a_person_can_go_on(house, clock):
    kept = confirmed(house)
    id_ = kept.subscription.id
    keep(house, promise())
    no = Receiver(Sent(ok=False, detail="mail (x): refused the mail (550 5.1.1)", permanent=True))
    outbox.deliver(house, clock(), links_of(house), no)
    with house.store.read() as session:
        shown = subscriptions.get(session, id_)
    assert (shown.state, shown.error) == ("bounced", "mail (x): refused the mail (550 5.1.1)")
    back = pause(house, id_, None, clock())
    assert (back.state, back.error) == ("active", "")
    receiver = Receiver()
    outbox.deliver(house, clock.forward(days=1), links_of(house), receiver)
    assert len(receiver.got) == 1, "what could not be told then is told now"


BOUNCE = """\
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; Anna@Example.org
Action: failed
Status: {status}

--b--
"""


def test_mail_that_comes_back_later_stops_every_subscription_of_the_address(house):
    first, second = confirmed(house), confirmed(house, note="nog een")
    other = confirmed(house, address="bert@example.org")
    assert take_bounce(house, BOUNCE.format(status="5.2.2").encode()) == ()
    stopped = take_bounce(house, BOUNCE.format(status="5.1.1").encode())
    assert sorted(stopped) == sorted([first.subscription.id, second.subscription.id])
    assert state(house, first.subscription.id) == "bounced"
    assert state(house, other.subscription.id) == "active"
    assert take_bounce(house, BOUNCE.format(status="5.1.1").encode()) == ()
    assert take_bounce(house, b"Subject: hallo\n\nniets") == ()


def test_a_filter_that_finds_nothing_in_a_year_is_said_once(house, clock):
    kept = confirmed(house, filter=Filter(words=("eenhoorn",)))
    keep(house, promise())
    assert tidy(house, clock.forward(days=300), Receiver()) == 0
    failing = Receiver(Sent(ok=False))
    assert tidy(house, clock.forward(days=66), failing) == 0
    receiver = Receiver()
    assert tidy(house, clock.forward(days=1), receiver) == 1
    assert receiver.subjects == ["Nog niets voor uw abonnement"]
    assert tidy(house, clock.forward(days=400), receiver) == 0
    change(house, kept.subscription.id, replace(kept.subscription, filter=Filter(words=("draak",))), clock())
    assert tidy(house, clock.forward(days=1), receiver) == 1, "other wishes, a new year"


def test_who_was_told_something_or_is_the_operator_is_not_asked(house, clock):
    confirmed(house)
    subscribe(house, "channel-abc", filter=Filter(words=("eenhoorn",)))
    clock.forward(days=200)
    keep(house, promise())
    assert tidy(house, clock.forward(days=200), Receiver()) == 0


def test_tidying_many_reads_them_in_parts(house, clock, monkeypatch):
    monkeypatch.setattr(subscribing, "BATCH", 3)
    for n in range(7):
        subscribe(house, f"s{n}", filter=Filter(words=("eenhoorn",)))
    receiver = Receiver()
    assert tidy(house, clock.forward(days=366), receiver) == 7
    assert len({to for to, _ in receiver.got}) == 7


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({}, "an…@example.org"),
        ({"way": Way.APPRISE, "address": SLACK}, "Slack"),
        ({"way": Way.WEBHOOK, "address": "https://hooks.example.org/x?token=hush"}, "webhook (hooks.example.org)"),
        ({"way": Way.APPRISE, "address": "", "id": "channel-1"}, "channel-1"),
    ],
)
def test_a_receiver_is_shown_without_secrets(changes, shown):
    assert shown_address(wish(**changes)) == shown
