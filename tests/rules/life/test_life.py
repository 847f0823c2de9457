"""What events change, and what a machine may never change."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from life_examples import NOW, STAFF, TERM, YEARLY, event, kept, promise

from rules.commitment import Status
from rules.deadline import Deadline, Precision
from rules.event import EventKind, event_key
from rules.life import accepts, apply, days_late, kept_on, replay, settled, tempered, term_by_person
from rules.policy import Policy
from rules.reviewing import review

E, S = EventKind, Status


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [
        (S.OPEN, E.PROGRESS, S.IN_PROGRESS),
        (S.OPEN, E.PARTLY, S.PARTLY),
        (S.IN_PROGRESS, E.FULFILLED, S.FULFILLED),
        (S.PARTLY, E.PROGRESS, S.PARTLY),
        (S.FULFILLED, E.PARTLY, S.FULFILLED),
        (S.PARTLY, E.FULFILLED, S.FULFILLED),
        (S.OPEN, E.LAPSED, S.LAPSED),
        (S.FULFILLED, E.LAPSED, S.FULFILLED),
        (S.OPEN, E.SUPERSEDED, S.SUPERSEDED),
        (S.OPEN, E.MERGED, S.MERGED),
        (S.PROPOSED, E.FULFILLED, S.PROPOSED),
        (S.PROPOSED, E.PROGRESS, S.PROPOSED),
        (S.FULFILLED, E.REOPENED, S.OPEN),
        (S.OPEN, E.FOLLOW_UP, S.OPEN),
        (S.OPEN, E.DUE_SOON, S.OPEN),
        (S.OPEN, E.OVERDUE, S.OPEN),
        (S.OPEN, E.MADE, S.OPEN),
        (S.PROPOSED, E.CONFIRMED, S.PROPOSED),
        (S.OPEN, E.REJECTED, S.OPEN),
        (S.OPEN, E.SOURCE_SILENT, S.OPEN),
    ],
)
def test_a_machine_only_moves_forward(before, kind, after):
    assert apply(promise(status=before), event(kind, document="ob:kst-1")).status is after


@pytest.mark.parametrize(
    ("before", "kind", "after"),
    [
        (S.PROPOSED, E.CONFIRMED, S.OPEN),
        (S.REJECTED, E.CONFIRMED, S.OPEN),
        (S.PROPOSED, E.REJECTED, S.REJECTED),
        (S.FULFILLED, E.PARTLY, S.PARTLY),
        (S.FULFILLED, E.REOPENED, S.OPEN),
        (S.MERGED, E.REOPENED, S.OPEN),
        (S.LAPSED, E.FULFILLED, S.FULFILLED),
        (S.FULFILLED, E.LAPSED, S.LAPSED),
    ],
)
def test_a_person_may_decide_anything(before, kind, after):
    changed = apply(promise(status=before), event(kind, by=STAFF))
    assert (changed.status, changed.decided_by) == (after, STAFF)


def test_a_confirmed_promise_can_still_be_found_kept_by_the_machine():
    confirmed = apply(promise(status=S.PROPOSED), event(E.CONFIRMED, by=STAFF))
    assert not settled(confirmed)
    assert apply(confirmed, kept()).status is S.FULFILLED


def test_a_reopened_promise_is_not_closed_again_by_a_machine():
    opened = replay(promise(), [kept(), event(E.REOPENED, by=STAFF)])
    assert apply(opened, kept("ob:kst-2")).status is S.OPEN
    proposal = tempered(opened, kept("ob:kst-2"))
    assert (proposal.kind, proposal.key) == (E.FOLLOW_UP, event_key("abc234defg", E.FOLLOW_UP, "ob:kst-2"))


def test_a_fresh_promise_needs_no_tempering():
    assert tempered(promise(), kept()) == kept()


def test_not_measurable_is_a_decision_about_a_real_promise():
    changed = apply(promise(), event(E.CONFIRMED, by=STAFF, status="not_measurable"))
    assert changed.status is S.NOT_MEASURABLE
    assert apply(changed, kept()).status is S.NOT_MEASURABLE


def test_a_rejected_paper_takes_its_status_back_and_is_not_believed_again():
    rejected = replay(promise(), [kept(), event(E.REJECTED, by=STAFF, document="ob:kst-1")])
    assert rejected.status is S.OPEN
    assert not accepts(rejected, event(E.PROGRESS, document="ob:kst-1"))


def test_rejecting_another_paper_leaves_the_status():
    assert replay(promise(), [kept(), event(E.REJECTED, by=STAFF, document="ob:kst-9")]).status is S.FULFILLED


def test_confirming_the_paper_makes_its_status_a_persons_decision():
    checked = replay(promise(), [kept(), event(E.CONFIRMED, by=STAFF, document="ob:kst-1")])
    assert (checked.status, checked.decided_by) == (S.FULFILLED, STAFF)
    other = replay(promise(), [kept(), event(E.CONFIRMED, by=STAFF, document="ob:kst-2")])
    assert other.decided_by == "machine"


def test_a_paper_confirmed_after_all_may_speak_again():
    history = [event(E.REJECTED, by=STAFF, document="ob:kst-1"), event(E.CONFIRMED, by=STAFF, document="ob:kst-1")]
    assert replay(promise(), [*history, kept()]).status is S.FULFILLED


def test_a_new_term_comes_after_the_old_ones():
    moved = apply(
        promise(), event(E.POSTPONED, document="ob:1", latest="2023-12-01", term="eind 2023", precision="month")
    )
    assert [term.latest for term in moved.deadlines] == [date(2023, 7, 6), date(2023, 12, 1)]
    assert (moved.deadline.text, moved.deadline.precision) == ("eind 2023", Precision.MONTH)
    assert moved.status is S.OPEN


def test_the_same_term_twice_is_one():
    move = event(E.POSTPONED, document="ob:1", latest="2023-12-01")
    assert len(replay(promise(), [move, move]).deadlines) == 2


def test_a_term_without_a_day_counts_from_the_day_of_saying_so():
    moved = apply(promise(), event(E.POSTPONED, at=datetime(2023, 6, 30, 23, tzinfo=UTC), term="later"))
    assert (moved.deadline.earliest, moved.deadline.latest) == (date(2023, 7, 1), None)


def test_a_machine_moves_no_term_that_a_person_set_and_none_of_a_closed_promise():
    by_person = apply(promise(), event(E.POSTPONED, by=STAFF, latest="2023-09-01"))
    assert term_by_person(by_person)
    assert apply(by_person, event(E.POSTPONED, document="ob:1", latest="2024-01-01")) == by_person
    closed = promise(status=S.FULFILLED)
    assert apply(closed, event(E.POSTPONED, document="ob:1", latest="2024-01-01")) == closed


def test_a_restated_promise_has_two_places_and_neither_letter_can_keep_it():
    again = event(E.RESTATED, document="tk:2", url="https://example.org/2", own="2023D00002|kst-1", start="4", end="9")
    changed = replay(promise(), [again, again])
    assert [place.document for place in changed.places] == ["tk:1", "tk:2"]
    assert changed.own == ("2023D00001", "2023D00002", "kst-1")
    assert (changed.places[1].start, changed.places[1].end) == (4, 9)


def test_a_merge_says_where_the_promise_lives_on_and_can_be_undone():
    merged = apply(promise(), event(E.MERGED, by=STAFF, into="zzz"))
    assert merged.facts["into"] == "zzz"
    assert "into" not in apply(merged, event(E.REOPENED, by=STAFF)).facts


def test_an_event_of_another_promise_changes_nothing():
    assert apply(promise(), replace(kept(), commitment="other")) == promise()


@pytest.mark.parametrize(("day", "late"), [("2023-07-08", 2), ("2023-07-06", 0), ("2023-07-01", -5)])
def test_days_late_are_counted_from_the_last_day_to_the_day_of_the_paper(day, late):
    after = apply(promise(), kept(published_on=day))
    assert (kept_on(after), days_late(after)) == (date.fromisoformat(day), late)


def test_nothing_is_late_without_a_term_or_a_keeping():
    assert days_late(promise()) is None
    assert days_late(apply(promise(deadlines=()), kept())) is None
    assert kept_on(apply(promise(), event(E.LAPSED))) is None
    assert kept_on(apply(promise(), kept(at=datetime(2023, 6, 30, 23, tzinfo=UTC)))) == date(2023, 7, 1)


# --- properties ------------------------------------------------------------------------------------------------

PAPERS = st.sampled_from(["", "ob:1", "ob:2", "tk:3"])
DATA = st.fixed_dictionaries(
    {},
    optional={
        "latest": st.sampled_from(["2023-07-06", "2024-01-01", "no day", ""]),
        "round": st.sampled_from(["2", "3"]),
        "status": st.sampled_from([*S, "nonsense"]),
        "register": st.sampled_from(["Voldaan", "Vreemd woord"]),
        "own": st.sampled_from(["a|b", "|"]),
        "into": st.just("zzz"),
    },
)
EVENTS = st.builds(
    lambda kind, by, document, hours, data: event(
        kind, by=by, document=document, at=NOW + timedelta(hours=hours), **data
    ),
    st.sampled_from(list(E)),
    st.sampled_from(["machine", "machine", STAFF]),
    PAPERS,
    st.integers(0, 9000),
    DATA,
)
PROMISES = st.builds(
    lambda status, terms: promise(status=status, deadlines=terms),
    st.sampled_from([S.OPEN, S.PROPOSED]),
    st.sampled_from([(), (TERM,), (YEARLY,), (Deadline(text="spoedig"),)]),
)
FIXED = settings(derandomize=True, max_examples=200, deadline=None, database=None)


@FIXED
@given(PROMISES, st.lists(EVENTS, max_size=12), st.data())
def test_replaying_the_history_in_pieces_gives_the_same_state(first, events, data):
    cut = data.draw(st.integers(0, len(events)))
    assert replay(replay(first, events[:cut]), events[cut:]) == replay(first, events)


@FIXED
@given(PROMISES, st.lists(EVENTS, max_size=12), EVENTS)
def test_a_machine_never_changes_what_a_person_decided(first, events, last):
    before = replay(first, events)
    after = apply(before, replace(last, by="machine"))
    next_round = "round" in last.data and before.status is S.FULFILLED and before.deadline and before.deadline.recurring
    if settled(before) and not (last.kind is E.REOPENED and next_round):
        assert (after.status, after.decided_by) == (before.status, before.decided_by)
    if term_by_person(before) and not next_round:
        assert after.deadlines == before.deadlines
    assert after.deadlines[: len(before.deadlines)] == before.deadlines


@FIXED
@given(PROMISES, st.lists(EVENTS, max_size=8), st.integers(0, 3000))
def test_review_twice_adds_nothing_new(first, events, days):
    today, now = date(2023, 2, 1) + timedelta(days=days), NOW + timedelta(days=days)
    state = replay(first, events)
    once = review(state, today, today, Policy(), now)
    again = review(state, today, today, Policy(), now + timedelta(hours=1))
    assert [e.key for e in once] == [e.key for e in again]
    assert len({e.key for e in once}) == len(once)
