"""What the calendar says, once per term, and never while blind."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from life_examples import NOW, TERM, YEARLY, event, promise

from rules.commitment import Status
from rules.deadline import Deadline, Precision
from rules.event import EventKind
from rules.life import apply, due_soon, horizon, last_day, overdue
from rules.policy import Policy
from rules.reviewing import review, rhythm

E, S = EventKind, Status
POLICY = Policy(grace_days=1, due_soon_days=14, default_horizon=365)
LAST = date(2023, 7, 6)
UNDATED = promise(deadlines=())


def said(commitment, today, seen_until=None, policy=POLICY):
    return [e.kind for e in review(commitment, today, seen_until or today, policy, NOW)]


@pytest.mark.parametrize(
    ("today", "kinds"),
    [
        (date(2023, 6, 21), []),
        (date(2023, 6, 22), [E.DUE_SOON]),
        (LAST, [E.DUE_SOON]),
        (date(2023, 7, 7), []),  # the day of grace
        (date(2023, 7, 8), [E.OVERDUE]),
        (date(2030, 1, 1), [E.OVERDUE]),
    ],
)
def test_the_days_around_a_last_day(today, kinds):
    assert said(promise(), today) == kinds


@pytest.mark.parametrize(
    ("seen_until", "kinds"),
    [
        (None, []),
        (date(2023, 7, 3), []),
        (date(2023, 7, 6), []),
        (date(2023, 7, 7), [E.OVERDUE]),
        (date(2023, 8, 1), [E.OVERDUE]),
    ],
)
def test_blind_days_do_not_count(seen_until, kinds):
    assert [e.kind for e in review(promise(), date(2023, 8, 1), seen_until, POLICY, NOW)] == kinds


def test_once_per_term_and_again_for_a_new_term():
    first = review(promise(), date(2023, 7, 8), date(2023, 7, 8), POLICY, NOW)
    later = review(promise(), date(2023, 9, 1), date(2023, 9, 1), POLICY, NOW + timedelta(days=60))
    assert [e.key for e in first] == [e.key for e in later] == ["abc234defg:overdue:2023-07-06"]
    moved = apply(promise(), event(E.POSTPONED, document="ob:1", latest="2023-12-01"))
    again = review(moved, date(2023, 12, 3), date(2023, 12, 3), POLICY, NOW)
    assert [e.key for e in again] == ["abc234defg:overdue:2023-12-01"]


@pytest.mark.parametrize("status", [s for s in S if not s.watched])
def test_what_is_not_watched_is_never_due(status):
    assert said(promise(status=status), date(2024, 1, 1)) == []
    assert not overdue(promise(status=status), date(2024, 1, 1), POLICY)


@pytest.mark.parametrize("status", [s for s in S if s.watched])
def test_progress_does_not_stop_the_clock(status):
    assert said(promise(status=status), date(2024, 1, 1)) == [E.OVERDUE]


def test_a_promise_without_a_day_gets_a_day_of_ours():
    assert horizon(UNDATED, POLICY) == date(2024, 2, 1)
    (happened,) = review(UNDATED, date(2024, 2, 3), date(2024, 2, 3), POLICY, NOW)
    assert (happened.kind, happened.data["horizon"], happened.data["latest"]) == (E.OVERDUE, "ours", "2024-02-01")
    (soon,) = review(UNDATED, date(2024, 1, 20), date(2024, 1, 20), POLICY, NOW)
    assert (soon.kind, soon.data["horizon"]) == (E.DUE_SOON, "ours")


def test_a_promised_day_is_never_called_ours():
    (happened,) = review(promise(), date(2023, 7, 8), date(2023, 7, 8), POLICY, NOW)
    assert "horizon" not in happened.data
    assert happened.data == {"latest": "2023-07-06", "term": "voor het zomerreces"}


@pytest.mark.parametrize(
    ("commitment", "policy"),
    [(UNDATED, replace(POLICY, default_horizon=0)), (replace(UNDATED, made_on=None), POLICY)],
)
def test_without_a_horizon_nothing_is_asked(commitment, policy):
    assert last_day(commitment, policy) is None
    assert said(commitment, date(2040, 1, 1), policy=policy) == []


def test_not_before_a_day_starts_the_horizon_there():
    later = Deadline(text="niet eerder dan maart 2024", earliest=date(2024, 3, 1), precision=Precision.MONTH)
    assert horizon(promise(deadlines=(later,)), POLICY) == date(2025, 3, 1)


def test_the_end_of_time_is_no_error():
    far = promise(deadlines=(replace(TERM, latest=date.max),))
    assert not overdue(far, date.max, POLICY)
    assert horizon(replace(UNDATED, made_on=date.max), POLICY) == date.max


def test_due_soon_and_overdue_never_together():
    for days in range(400):
        today = date(2023, 2, 1) + timedelta(days=days)
        assert not (due_soon(promise(), today, POLICY) and overdue(promise(), today, POLICY))


# --- recurring promises ------------------------------------------------------------------------------------------


def kept_round(term, on):
    kept = event(E.FULFILLED, document="ob:1", published_on=on.isoformat())
    return apply(promise(deadlines=(term,)), kept)


def test_a_kept_round_sets_the_next_one():
    term = replace(YEARLY, text="jaarlijks voor 1 maart", latest=date(2023, 3, 1))
    kept = kept_round(term, date(2023, 2, 20))
    assert said(kept, date(2023, 3, 10)) == []  # an echo of this round opens nothing
    (opened,) = review(kept, date(2023, 9, 15), date(2023, 9, 15), POLICY, NOW)
    assert (opened.kind, opened.data["latest"], opened.data["round"]) == (E.REOPENED, "2024-03-01", "2")
    again = apply(kept, opened)
    assert (again.status, again.deadline.latest, again.deadline.recurring) == (S.OPEN, date(2024, 3, 1), True)
    assert said(again, date(2024, 3, 3)) == [E.OVERDUE]


def test_a_round_kept_very_late_is_not_overdue_at_once():
    term = replace(YEARLY, latest=date(2023, 3, 1))
    kept = kept_round(term, date(2024, 6, 1))
    (opened,) = review(kept, date(2024, 10, 1), date(2024, 10, 1), POLICY, NOW)
    assert opened.data["latest"] == "2025-03-01"


def test_a_rhythm_without_a_day_stays_without_a_day():
    kept = kept_round(YEARLY, date(2023, 2, 20))
    (opened,) = review(kept, date(2023, 9, 1), date(2023, 9, 1), POLICY, NOW)
    again = apply(kept, opened)
    assert (again.deadline.latest, again.deadline.earliest) == (None, date(2023, 2, 20))
    assert horizon(again, POLICY) == date(2024, 2, 20)


def test_rounds_are_numbered_and_each_has_its_own_key():
    kept, keys = kept_round(replace(YEARLY, latest=date(2023, 3, 1)), date(2023, 2, 20)), []
    for year in (2023, 2024, 2025):
        (opened,) = review(kept, date(year, 10, 1), date(year, 10, 1), POLICY, NOW)
        keys.append(opened.key)
        kept = apply(
            apply(kept, opened), event(E.FULFILLED, document=f"ob:{year + 1}", published_on=f"{year + 1}-02-20")
        )
    assert len(set(keys)) == 3
    assert kept.facts["round"] == "4"


def test_the_next_round_opens_also_after_a_person_said_kept():
    kept = apply(
        promise(deadlines=(YEARLY,)), event(E.FULFILLED, by="Anna de Wit", document="ob:1", published_on="2023-02-20")
    )
    (opened,) = review(kept, date(2023, 9, 1), date(2023, 9, 1), POLICY, NOW)
    assert apply(kept, opened).status is S.OPEN


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("jaarlijks", 365),
        ("tweejaarlijks", 730),
        ("elk halfjaar", 182),
        ("ieder kwartaal", 91),
        ("elke maand", 30),
        ("wekelijks", 7),
        ("periodiek", 365),
    ],
)
def test_rhythms(words, days):
    assert rhythm(words).days == days
