"""The morning's look: due soon and overdue once, never while we were blind; sources told broken once and back once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from monitor_examples import FakeSource, happened, history, keep, make_house, promise, record

from monitor import cycle, review
from monitor.filling import backfill
from monitor.store import commitments, sources
from rules.deadline import Deadline
from rules.event import EventKind
from sources.source import Unreachable


def at(day, hour=7):
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC) + timedelta(hours=hour)


def look(house, clock, day):
    clock.now = at(day)
    review.review(house, clock())
    return history(house)


def poll(house, clock, day, name="tweedekamer"):
    clock.now = at(day)
    return cycle.poll(house, name, clock())


def test_due_soon_is_said_once_in_the_last_fortnight(house, clock):
    keep(house, promise())
    assert look(house, clock, "2023-06-21") == ["made"]
    assert look(house, clock, "2023-06-22") == ["made", "due_soon"]
    assert look(house, clock, "2023-06-23") == ["made", "due_soon"]


def test_overdue_is_said_once_on_the_first_morning_after_the_grace(house, clock):
    keep(house, promise())
    poll(house, clock, "2023-02-20")
    for day in ("2023-07-07", "2023-07-08", "2023-07-09", "2023-07-10"):
        poll(house, clock, day)
        look(house, clock, day)
    assert history(house) == ["made", "overdue"]


def test_nothing_is_overdue_while_we_are_blind_and_at_once_when_we_see_again(house, clock, source):
    keep(house, promise())
    poll(house, clock, "2023-02-20")
    poll(house, clock, "2023-07-01")
    for day in range(8, 20):
        source.fail(Unreachable("no answer"))
        poll(house, clock, f"2023-07-{day:02d}")
        assert "overdue" not in look(house, clock, f"2023-07-{day:02d}")
    poll(house, clock, "2023-07-20")
    assert look(house, clock, "2023-07-20") == ["made", "overdue"]


def test_a_house_without_sources_accuses_nobody(tmp_path, clock):
    house = make_house(tmp_path, clock)
    keep(house, promise())
    assert look(house, clock, "2024-01-01") == ["made"]
    house.close()


def test_every_relevant_source_must_have_been_read(tmp_path, clock):
    made = {name: FakeSource(name) for name in ("tweedekamer", "officielebekendmakingen", "nieuws")}
    house = make_house(tmp_path, clock, made)
    keep(house, promise())
    for name in ("tweedekamer", "officielebekendmakingen"):
        poll(house, clock, "2023-02-20", name)
    poll(house, clock, "2023-07-20")
    assert "overdue" not in look(house, clock, "2023-07-20")
    poll(house, clock, "2023-07-20", "officielebekendmakingen")
    assert "overdue" in look(house, clock, "2023-07-21"), "a news feed that was never read does not matter"


def test_a_promise_from_before_our_first_look_is_not_overdue_until_a_backfill_closes_the_gap(house, clock, source):
    """The keeping may lie in the time that nobody read."""
    keep(house, promise())
    poll(house, clock, "2023-06-15")
    poll(house, clock, "2023-07-20")
    assert "overdue" not in look(house, clock, "2023-07-20")
    backfill(house, "tweedekamer", date(2023, 4, 1), date(2023, 5, 1), clock(), lambda _: None)
    assert "overdue" not in look(house, clock, "2023-07-20"), "it does not join what was read"
    backfill(house, "tweedekamer", date(2023, 2, 1), date(2023, 6, 15), clock(), lambda _: None)
    assert "overdue" in look(house, clock, "2023-07-20")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Het WODC doet onderzoek naar fietsers.", ("tweedekamer", "wodc")),
        ("De Autoriteit Persoonsgegevens adviseert hierover.", ("tweedekamer", "autoriteit_persoonsgegevens")),
        ("Ik stuur de Kamer een brief.", ("tweedekamer",)),
    ],
)
def test_a_source_is_relevant_when_the_promise_names_its_publisher(words, expected):
    names = ("tweedekamer", "wodc", "autoriteit_persoonsgegevens", "nieuws")
    assert review.relevant(promise(quote=words), names) == expected


def test_a_broken_source_is_told_once_and_its_return_once(house, clock, source):
    told = []
    for hour in range(12):
        if 3 <= hour < 9:
            source.fail(Unreachable("no answer from the Kamer"))
        clock.now = at("2023-05-01", hour)
        cycle.poll(house, "tweedekamer", clock())
        told.append(review.watch_sources(house, clock()))
    assert told == [0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0]
    with house.store.read() as session:
        (seen,) = review.unseen(session, house.sources, at("2023-05-01", 0), at("2023-05-02", 0))
        assert (seen.name, seen.since, seen.until) == ("tweedekamer", at("2023-05-01", 3), at("2023-05-01", 9))
        assert review.unseen(session, house.sources, at("2023-05-02", 0), at("2023-05-03", 0)) == ()


def test_one_hiccup_is_no_news(house, clock, source):
    source.fail(Unreachable("no answer"))
    cycle.poll(house, "tweedekamer", clock())
    assert review.watch_sources(house, clock()) == 0


def test_a_source_that_stays_silent_too_long_is_told(house, clock):
    cycle.poll(house, "tweedekamer", clock())
    clock.forward(days=8)
    cycle.poll(house, "tweedekamer", clock())
    assert review.watch_sources(house, clock()) == 1
    assert review.watch_sources(house, clock()) == 0


@pytest.mark.parametrize(
    ("state", "health"),
    [
        ({}, "new"),
        ({"polled_at": 0, "good_at": 0, "news_at": 0}, "fresh"),
        ({"polled_at": 0, "good_at": -60, "news_at": -60}, "late"),
        ({"polled_at": 0, "good_at": 0, "news_at": -12_000}, "silent"),
        ({"polled_at": 0, "broken_since": -5, "error_kind": "refused"}, "broken"),
        ({"polled_at": 0, "broken_since": -5, "error_kind": "changed shape"}, "changed shape"),
    ],
)
def test_health_follows_from_the_state_and_the_clock(state, health):
    now = at("2023-05-01")
    made = {name: now + timedelta(minutes=value) if isinstance(value, int) else value for name, value in state.items()}
    found = sources.health(
        sources.SourceState(name="x", **made), now, every=timedelta(minutes=15), silent_after=timedelta(days=7)
    )
    assert found.value == health


def test_a_kept_round_of_a_recurring_promise_opens_the_next_one_and_only_once(house, clock, source):
    yearly = Deadline(text="jaarlijks voor 1 maart", latest=date(2023, 3, 1), recurring=True, rule="recurring")
    keep(house, promise(deadlines=(yearly,)), promise("register22", deadlines=(yearly,), facts={"register_key": "x"}))
    for id_ in ("abc234defg", "register22"):
        record(house, happened(EventKind.FULFILLED, id_, document="tk:2", published_on="2023-02-20"))
    poll(house, clock, "2023-06-15")
    assert "reopened" not in look(house, clock, "2023-06-15")
    assert look(house, clock, "2023-09-15").count("reopened") == 1
    assert look(house, clock, "2023-09-16").count("reopened") == 1
    assert "reopened" not in history(house, "register22"), "how often a row of a register comes is the register's"
    with house.store.read() as session:
        held = commitments.get(session, "abc234defg")
    assert [(s.round, s.state.value, s.deadline and s.deadline.latest) for s in held.expectations] == [
        (1, "met", date(2023, 3, 1)),
        (2, "open", date(2024, 3, 1)),
    ]
