"""The calendar: recesses that are known and that are not, budget days, Easter, working days."""

from datetime import date

import pytest

from rules.calendar import (
    Calendar,
    calendar_from,
    easter,
    najaarsnota,
    prinsjesdag,
    verantwoordingsdag,
    voorjaarsnota,
    working_days_after,
)


@pytest.mark.parametrize(
    ("name", "year", "first", "last"),
    [
        ("summer", 2023, date(2023, 7, 7), date(2023, 9, 4)),
        ("may", 2024, date(2024, 4, 26), date(2024, 5, 13)),
        ("christmas", 2021, date(2021, 12, 17), date(2022, 1, 10)),
        ("christmas", 2023, date(2023, 12, 22), date(2024, 1, 15)),
        ("autumn", 2020, date(2020, 10, 16), date(2020, 10, 26)),
        ("spring", 2024, date(2024, 2, 16), date(2024, 2, 26)),
    ],
)
def test_a_known_recess_is_as_the_kamer_announced_it(name, year, first, last, calendar):
    assert calendar.recess(name, year) == (first, last)


@pytest.mark.parametrize("name", ["spring", "may", "summer", "autumn", "christmas"])
def test_the_pattern_gives_the_days_that_were_read_on_pages_of_the_kamer(name, calendar):
    for first, last in calendar.recesses[name]:
        guessed, until = Calendar().recess(name, first.year)
        assert abs((guessed - first).days) <= 7
        assert guessed.weekday() == first.weekday() == 4
        assert until.weekday() == last.weekday() == 0


def test_an_unknown_recess_is_an_error():
    with pytest.raises(KeyError):
        Calendar().recess("pancake", 2024)


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ({"pancake": []}, "unknown recess"),
        ({"summer": [{"from": date(2024, 7, 5)}]}, "needs dates"),
        ({"summer": [{"from": date(2024, 7, 5), "to": date(2024, 7, 1)}]}, "needs dates"),
        ({"summer": [{"from": "2024-07-05", "to": "2024-09-01"}]}, "needs dates"),
    ],
)
def test_a_wrong_row_is_named(table, complaint):
    with pytest.raises(ValueError, match=complaint):
        calendar_from(table)


@pytest.mark.parametrize(
    ("year", "day"), [(2021, 21), (2022, 20), (2023, 19), (2024, 17), (2025, 16), (2026, 15), (2027, 21)]
)
def test_prinsjesdag_is_the_third_tuesday_of_september(year, day):
    assert prinsjesdag(year) == date(year, 9, day)


def test_the_other_budget_days():
    assert verantwoordingsdag(2024) == date(2024, 5, 15)
    assert (voorjaarsnota(2024), najaarsnota(2024)) == (date(2024, 6, 1), date(2024, 12, 1))


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2019, 4, 21), (2021, 4, 4), (2023, 4, 9), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25)]
)
def test_easter(year, month, day):
    assert easter(year) == date(year, month, day)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2023, 2, 1), 1, date(2023, 2, 2)),
        (date(2023, 2, 3), 1, date(2023, 2, 6)),  # over a weekend
        (date(2023, 4, 5), 3, date(2023, 4, 12)),  # Good Friday and Easter Monday
        (date(2023, 12, 22), 2, date(2023, 12, 28)),  # Christmas
        (date(2023, 5, 4), 1, date(2023, 5, 8)),  # 5 May counts every year
        (date(2023, 2, 4), 0, date(2023, 2, 4)),
    ],
)
def test_working_days_leave_out_weekends_and_the_days_of_the_law(day, count, expected):
    assert working_days_after(day, count) == expected


def test_days_do_not_care_about_summer_time(calendar):
    assert working_days_after(date(2023, 3, 24), 1) == date(2023, 3, 27)
    assert working_days_after(date(2023, 10, 27), 1) == date(2023, 10, 30)
