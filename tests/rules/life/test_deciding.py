"""Decisions of people, as events."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from life_examples import NOW, STAFF, kept, promise

from rules.commitment import Status
from rules.deadline import Deadline, Precision
from rules.deciding import Undecidable, confirm, fulfil, lapse, merge, postpone, reject, reopen, supersede, undo
from rules.event import EventKind
from rules.life import apply, replay

E, S = EventKind, Status


@pytest.mark.parametrize(
    ("decide", "given", "status"),
    [
        (confirm, {}, S.OPEN),
        (confirm, {"measurable": False}, S.NOT_MEASURABLE),
        (reject, {}, S.REJECTED),
        (fulfil, {"document": "ob:1"}, S.FULFILLED),
        (fulfil, {"partly": True}, S.PARTLY),
        (lapse, {}, S.LAPSED),
        (supersede, {"into": "zzz"}, S.SUPERSEDED),
        (merge, {"into": "zzz"}, S.MERGED),
        (reopen, {}, S.OPEN),
    ],
)
def test_each_decision_does_what_it_says_and_tells_who_and_why(decide, given, status):
    before = promise(status=S.PROPOSED)
    decision = decide(before, by=f" {STAFF}\n", reason=" gelezen ", now=NOW, **given)
    assert (decision.by, decision.note) == (STAFF, "gelezen")
    after = apply(before, decision)
    assert (after.status, after.decided_by) == (status, STAFF)


def test_a_person_sets_a_term_in_days_or_in_words():
    to_day = apply(promise(), postpone(promise(), by=STAFF, now=NOW, until=date(2023, 9, 1)))
    assert to_day.deadline.latest == date(2023, 9, 1)
    days = {"earliest": date(2024, 3, 1), "latest": date(2024, 5, 31)}
    spring = Deadline(text="in het voorjaar", precision=Precision.SEASON, **days)
    in_words = apply(promise(), postpone(promise(), by=STAFF, now=NOW, until=spring))
    assert (in_words.deadline.text, in_words.deadline.earliest) == ("in het voorjaar", date(2024, 3, 1))
    assert in_words.deadline.precision is Precision.SEASON


@pytest.mark.parametrize(
    "decide",
    [
        lambda: confirm(promise(), by="  ", now=NOW),
        lambda: confirm(promise(), by="Machine", now=NOW),
        lambda: merge(promise(), by=STAFF, now=NOW, into=promise().id),
        lambda: supersede(promise(), by=STAFF, now=NOW, into=promise().id),
        lambda: reopen(promise(), by=STAFF, now=NOW),
        lambda: postpone(promise(), by=STAFF, now=NOW, until=date(2020, 1, 1)),
        lambda: undo(promise(), [kept()], by=STAFF, now=NOW),
    ],
)
def test_what_makes_no_sense_is_refused(decide):
    with pytest.raises(Undecidable):
        decide()


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"):
        confirm(promise(), by=STAFF, now=datetime(2023, 1, 1))


def test_two_decisions_are_two_happenings_and_one_sent_twice_is_one():
    first, same = (reject(promise(), by=STAFF, now=NOW) for _ in range(2))
    later = reject(promise(), by=STAFF, now=NOW + timedelta(minutes=5))
    assert first.key == same.key != later.key


def at(minutes):
    return NOW + timedelta(minutes=minutes)


def test_undo_gives_the_status_of_before_and_frees_the_machine():
    history = [lapse(promise(), by=STAFF, now=at(1))]
    history.append(undo(promise(), history, by=STAFF, reason="vergissing", now=at(2)))
    back = replay(promise(), history)
    assert (back.status, back.decided_by) == (S.OPEN, "machine")
    assert apply(back, kept()).status is S.FULFILLED


def test_undo_of_a_reopening_gives_the_keeping_back():
    history = [kept(published_on="2023-02-20")]
    history.append(reopen(replay(promise(), history), by=STAFF, now=at(1)))
    history.append(undo(promise(), history, by=STAFF, now=at(2)))
    back = replay(promise(), history)
    assert (back.status, back.decided_by, back.facts["status_paper"]) == (S.FULFILLED, "machine", "ob:kst-1")
    assert (history[-1].kind, back.facts["status_on"]) == (E.FULFILLED, "2023-02-20")


def test_undo_of_a_confirmation_puts_the_promise_back_in_the_queue():
    proposed = promise(status=S.PROPOSED)
    history = [confirm(proposed, by=STAFF, now=at(1))]
    history.append(undo(proposed, history, by=STAFF, now=at(2)))
    assert replay(proposed, history) == replace(proposed, facts=replay(proposed, history).facts)


def test_undo_of_a_merge_forgets_where_it_went():
    history = [merge(promise(), by=STAFF, now=at(1), into="zzz")]
    history.append(undo(promise(), history, by=STAFF, now=at(2)))
    assert "into" not in replay(promise(), history).facts
