"""How promises stand, and the figures and charts that are made of it."""

from datetime import date

import pytest
from monitor_examples import promise

from monitor.store.views import Line
from monitor.web.charts import GROUPS, HEIGHT, WIDTH, group_of, months, stacked
from monitor.web.standing import PLAIN, Standing, days_late, line_of, standing, term_of
from monitor.web.statistics import figures, grouped, holder, holder_asked, ministry
from rules.commitment import Status
from rules.deadline import Deadline
from rules.life import horizon, last_day
from rules.policy import Policy

POLICY = Policy()
DUE = date(2023, 7, 6)


def line(status=Status.OPEN, due=DUE, kept_on=None, earliest=None, **changes):
    given = {"id": "abc234defg", "ministry": "Financiën", "office": "minister", "person": "C. Bakker"}
    given |= {"made_on": date(2023, 2, 1), "earliest": earliest}
    return Line(status=status, due=due, kept_on=kept_on, **given | changes)


@pytest.mark.parametrize(
    ("one", "said", "today", "expected"),
    [
        (line(), (), date(2023, 6, 1), Standing.OPEN),
        (line(), (), date(2023, 6, 22), Standing.SOON),
        (line(), (), DUE, Standing.SOON),
        (line(), (), date(2023, 7, 7), Standing.UNREAD),
        (line(), {"2023-07-06"}, date(2023, 7, 8), Standing.OVERDUE),
        (line(), {"2023-05-01"}, date(2023, 7, 8), Standing.UNREAD),  # said of an older term
        (line(Status.PARTLY), {"2023-07-06"}, date(2023, 7, 8), Standing.OVERDUE),
        (line(Status.PARTLY), (), date(2023, 3, 1), Standing.PARTLY),
        (line(Status.FULFILLED), {"2023-07-06"}, date(2023, 9, 1), Standing.KEPT),
        (line(Status.LAPSED), {"2023-07-06"}, date(2023, 9, 1), Standing.ENDED),
        (line(Status.PROPOSED), (), date(2024, 9, 1), Standing.PROPOSED),
        (line(due=None), (), date(2023, 9, 1), Standing.OPEN),
        (line(due=None), (), date(2025, 9, 1), Standing.OPEN),  # our own day is not a term
        (line(due=None), {"2024-02-01"}, date(2024, 3, 1), Standing.ASKED),
        (line(due=None, made_on=None), (), date(2024, 3, 1), Standing.OPEN),
    ],
)
def test_standing(one, said, today, expected):
    assert standing(one, said, today, POLICY) is expected


def test_every_status_has_a_standing():
    assert set(PLAIN) == set(Status)


@pytest.mark.parametrize(
    "deadlines",
    [
        (),
        (Deadline(text="x", latest=DUE),),
        (Deadline(text="x", earliest=date(2024, 1, 1)),),
        (Deadline(text="spoedig"),),
    ],
)
def test_the_last_day_is_the_one_of_the_rules(deadlines):
    commitment = promise(deadlines=deadlines)
    term = term_of(line_of(commitment), POLICY)
    assert term.last == last_day(commitment, POLICY)
    assert term.ours == (horizon(commitment, POLICY) is not None)


def test_days_late_need_a_term_and_a_keeping():
    assert days_late(line(Status.FULFILLED, kept_on=date(2023, 7, 8))) == 2
    assert days_late(line(Status.FULFILLED, kept_on=date(2023, 7, 1))) == -5
    assert days_late(line(Status.FULFILLED)) is None
    assert days_late(line(Status.FULFILLED, due=None, kept_on=DUE)) is None
    assert days_late(line(Status.OPEN, kept_on=DUE)) is None


def kept(day, **changes):
    return line(Status.FULFILLED, kept_on=date(2023, 7, day), **changes), Standing.KEPT


OVERDUE = (line(), Standing.OVERDUE)
RUNNING = (line(), Standing.OPEN)
ASKED = (line(due=None), Standing.ASKED)


def test_the_share_kept_counts_only_what_can_be_judged():
    found = figures("x", [kept(1), kept(8), kept(10), OVERDUE, RUNNING, RUNNING, ASKED], 7)
    assert (found.total, found.kept, found.in_time, found.running, found.nothing) == (7, 3, 1, 2, 2)
    assert (found.share, found.late) == (0.75, 2)


@pytest.mark.parametrize("judged", [[], [RUNNING], [ASKED]])
def test_where_nothing_can_be_judged_nothing_is_said(judged):
    found = figures("x", judged, len(judged))
    assert (found.share, found.late) == (None, None)


def test_rows_are_by_name_the_largest_first():
    other = (line(ministry="Defensie", person="", office="minister van Defensie"), Standing.OPEN)
    nameless = (line(ministry="", person="", office=""), Standing.OPEN)
    rows = grouped([kept(1), OVERDUE, other, nameless], ministry, ministry)
    assert [(row.name, row.total) for row in rows] == [("Financiën", 2), ("", 1), ("Defensie", 1)]
    named = [(row.name, row.asks) for row in grouped([kept(1), other, nameless], holder, holder_asked)]
    assert named == [
        ("", ""),
        ("C. Bakker (minister)", "C. Bakker"),
        ("minister van Defensie", "minister van Defensie"),
    ]


def test_every_standing_is_in_a_group_of_the_charts():
    assert {group_of(one) for one in Standing} == set(GROUPS)


def test_the_parts_of_a_bar_follow_each_other_and_fill_it():
    parts = stacked([("settled", 1), ("running", 0), ("found_nothing", 3)], 4)
    assert [(part.group, part.begin, part.size) for part in parts] == [("settled", 0, 25), ("found_nothing", 25, 75)]
    assert stacked([("settled", 0)], 0) == ()


def test_terms_per_month_stay_within_the_drawing():
    today = date(2023, 6, 30)
    judged = [OVERDUE, RUNNING, kept(1), ASKED, (line(due=date(2030, 1, 1)), Standing.OPEN)]
    columns = months(judged, today)
    assert [column.month for column in columns][:2] == [date(2023, 3, 1), date(2023, 4, 1)]
    assert columns[-1].month == date(2024, 6, 1)
    assert sum(column.total for column in columns) == 3
    july = next(column for column in columns if column.month == date(2023, 7, 1))
    assert july.numbers == {"settled": 1, "running": 1, "found_nothing": 1}
    for column in columns:
        assert column.x >= 0
        assert column.x + column.width <= WIDTH
        assert all(0 <= y <= HEIGHT and height > 0 for _, y, height in column.pieces)
    assert [column.now for column in columns].count(True) == 1


def test_months_of_nothing():
    assert {column.total for column in months([], date(2023, 12, 31))} == {0}
