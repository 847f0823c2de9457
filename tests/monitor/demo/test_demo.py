"""The seed letter's history through the real pipeline over loopback: what comes out is computed, and it is right."""

import json
from datetime import UTC, datetime

import pytest

from monitor.demo.papers import history
from monitor.demo.replay import run, set_up
from monitor.store import commitments, deliveries
from monitor.store import sources as source_states

WORDS = {
    "research": "Wetenschappelijk Onderzoek",
    "talks": "Vereniging \nNederlandse Gemeenten",
    "register": "nationaal \nregister",
    "agenda": "werkagenda",
    "council": "Vereniging van Raadsleden",
}
NEAR_MISSES = ("kst-33047-26", "kst-26643-967", "kst-29362-385", "kst-32761-310", "kst-25268-242")


def at(day):
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


# The house is open on the days that matter; in between it is closed and catches up when it opens.
OPEN = [(at(first), at(last)) for first, last in (
    ("2022-09-02T06:00", "2022-09-06"),
    ("2022-11-03", "2022-11-07"),
    ("2023-02-08", "2023-02-12"),
    ("2023-08-18", "2023-09-13"),
    ("2024-06-27", "2024-07-01"),
    ("2025-07-28", "2025-08-01"),
)]  # fmt: skip


@pytest.fixture(scope="module")
def played():
    with set_up() as demo:
        shown = list(run(demo, windows=OPEN))
        with demo.house.store.read() as session:
            state = commitments.listed(session)
            sent = deliveries.counts(session)
            polled = source_states.every(session)
        received = demo.stage.received
        yield shown, state, sent, polled, received


def named(commitment_quote):
    return next((name for name, words in WORDS.items() if words in commitment_quote), "other")


def told(shown, *kinds):
    return [
        (one.event.at.date().isoformat(), named(one.quote), one.event.kind.value, official(one.document))
        for one in shown
        if one.event.kind.value in kinds
    ]


def official(document):
    return next((i for i in document.identifiers if i.startswith("kst-")), document.key) if document else ""


def test_the_five_promises_are_read_from_the_letter(played):
    shown = played[0]
    assert sorted(name for _, name, _, _ in told(shown, "made")) == sorted(WORDS)


def test_what_was_kept_is_found_on_its_day_and_nothing_else_is_accepted(played):
    assert told(played[0], "fulfilled", "partly") == [
        ("2022-11-04", "agenda", "fulfilled", "kst-26643-940"),
        ("2023-02-09", "research", "fulfilled", "kst-32761-261"),
    ]


def test_the_reaction_is_a_later_step_of_the_same_promise(played):
    steps = [
        (one.event.at.date().isoformat(), official(one.document), one.event.data.get("step"))
        for one in played[0]
        if named(one.quote) == "research" and one.event.kind.value in ("follow_up", "progress")
    ]
    assert ("2024-06-28", "kst-32761-304", "reaction") in steps


def test_the_other_three_stay_open_without_evidence_and_are_overdue_by_our_own_horizon_only(played):
    shown, state, *_ = played
    assert {named(c.quote): c.status.value for c in state} == {
        "research": "fulfilled",
        "agenda": "fulfilled",
        "talks": "open",
        "register": "open",
        "council": "open",
    }
    overdue = [one for one in shown if one.event.kind.value == "overdue"]
    assert {named(one.quote) for one in overdue} == {"talks", "register", "council"}
    assert {one.event.data.get("horizon") for one in overdue} == {"ours"}


def test_the_outage_delays_overdue_and_loses_nothing(played):
    """The horizon ends on 2 September 2023; the Kamer is out of sight from 28 August to 7 September."""
    shown, _, _, polled, _ = played
    days = {day for day, *_ in told(shown, "overdue")}
    assert days == {"2023-09-09"}
    assert [
        kind for day, _, kind, _ in told(shown, "source_silent", "source_back") if day[:7] in ("2023-08", "2023-09")
    ] == [
        "source_silent",
        "source_back",
    ]
    assert polled["tweedekamer"].broken_since is None


def test_no_near_miss_is_accepted(played):
    accepted = {paper for _, _, _, paper in told(played[0], "fulfilled", "partly", "progress")}
    assert not accepted & set(NEAR_MISSES)
    assert not any("vng" in paper for paper in accepted)


def test_few_ordinary_papers_are_even_proposed(played):
    """A reviewer must not drown: of some four hundred papers only a handful is put before a person."""
    proposed = told(played[0], "follow_up")
    assert len(proposed) <= 8, proposed


def test_every_event_reached_the_mail_and_the_webhook_once(played):
    shown, _, sent, _, received = played
    assert (sent["pending"], sent["undeliverable"]) == (0, 0)
    assert sent["sent"] == 2 * len(shown)
    keys = [event["key"] for body in received.posts for event in json.loads(body)["events"]]
    assert len(keys) == len(set(keys)) == len(shown)
    assert received.mails


def test_the_history_holds_the_real_papers_and_some_hundred_ordinary_ones():
    papers = history().papers
    ids = {paper.official or paper.d or paper.url for paper in papers}
    assert len(papers) > 350
    assert {"kst-26643-940", "kst-32761-261", "kst-32761-304", *NEAR_MISSES} <= ids
    assert history().papers == papers, "the same at every run"
