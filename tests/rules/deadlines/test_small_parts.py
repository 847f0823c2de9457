"""Number words, tokens and periods: the small parts under the grammar."""

from datetime import date
from fractions import Fraction

import pytest

from rules import periods
from rules.numbers import CARDINALS, ordinal
from rules.tokens import fold, tokens


@pytest.mark.parametrize(
    ("word", "value"),
    [("een", 1), ("zes", 6), ("twaalf", 12), ("vijfentwintig", 25), ("negenennegentig", 99), ("honderd", 100),
     ("half", Fraction(1, 2)), ("anderhalf", Fraction(3, 2)), ("tweeeneenhalf", Fraction(5, 2)),
     ("driekwart", Fraction(3, 4))],
)  # fmt: skip
def test_number_words(word, value):
    assert CARDINALS[word] == value


@pytest.mark.parametrize(
    ("word", "number"),
    [("derde", 3), ("3e", 3), ("3de", 3), ("1ste", 1), ("iv", 4), ("laatste", None), ("aarde", None), ("e", None),
     ("123e", None)],
)  # fmt: skip
def test_ordinals(word, number):
    assert ordinal(word) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("op 15 mei a.s. om 12.00 uur", ["op", "15", "mei", "aanstaande", "om", "#", "uur"]),
        ("jl. en j.l.", ["jongstleden", "en", "jongstleden"]),
        ("vóór Één", ["voor", "een"]),
        ("z.s.m.", ["zsm"]),
        ("t/m 2024/2025", ["t/m", "#"]),
        ("eind ’24", ["eind", "2024"]),
        ("mei–juni", ["mei", "-", "juni"]),
        ("2022Z10980", ["2022z10980"]),
        ("a\n\nb\nc", ["a", "¶", "b", "c"]),
    ],
)
def test_tokens_are_folded_words(text, words):
    assert [token.word for token in tokens(text)] == words


def test_tokens_know_where_they_stood_and_what_they_are():
    text = "vóór 31-03-2024, 2024-2026 of 31-02-2024"
    found = tokens(text)
    assert [text[t.start : t.end] for t in found] == ["vóór", "31-03-2024", ",", "2024-2026", "of", "31-02-2024"]
    assert found[0].stressed
    assert found[1].day == date(2024, 3, 31)
    assert found[3].years == (2024, 2026)
    assert found[5].day is None  # there is no such day


def test_folding_drops_case_and_accents():
    assert fold("Coördinatie’s") == "coordinatie's"


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2023, 3, 31), -1, date(2023, 2, 28)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_one(day, months, expected):
    assert periods.add_months(day, months) == expected


@pytest.mark.parametrize(
    ("amount", "unit", "expected"),
    [
        (Fraction(2), "week", date(2023, 2, 15)),
        (Fraction(48), "hour", date(2023, 2, 3)),
        (Fraction(1), "hour", date(2023, 2, 2)),
        (Fraction(3, 2), "year", date(2024, 8, 1)),
        (Fraction(3, 2), "month", date(2023, 3, 16)),
        (Fraction(5), "workday", date(2023, 2, 8)),
        (Fraction(-2), "week", date(2023, 1, 18)),
    ],
)
def test_durations(amount, unit, expected):
    assert periods.shifted(date(2023, 2, 1), amount, unit) == expected


@pytest.mark.parametrize(
    ("which", "first", "last"),
    [
        ("begin", date(2024, 1, 1), date(2024, 3, 31)),
        ("middle", date(2024, 6, 1), date(2024, 7, 31)),
        ("end", date(2024, 10, 1), date(2024, 12, 31)),
        ("first", date(2024, 1, 1), date(2024, 6, 30)),
        ("second", date(2024, 7, 1), date(2024, 12, 31)),
    ],
)
def test_the_parts_of_a_year(which, first, last):
    part = periods.part(periods.whole_year(2024), which)
    assert (part.first, part.last) == (first, last)


def test_the_last_units_of_a_period():
    year = periods.whole_year(2024)
    assert periods.edge(year, Fraction(2), "quarter").last == date(2024, 6, 30)
    assert periods.edge(year, Fraction(-2), "month").first == date(2024, 11, 1)
