"""Every class of expression: the tables next to this file, worked out by hand after docs/rules.md.

A row is ``day of writing | expression | earliest | latest``, a dash for no day.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rules.deadline import Precision
from rules.resolve import resolve

HERE = Path(__file__).parent
GOLD = HERE.parents[3] / "shared" / "gold" / "deadlines-open.jsonl"


def rows() -> Iterator[tuple[str, str, str, str]]:
    for table in sorted(HERE.glob("*.tsv")):
        for line in table.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                written_on, expression, earliest, latest = (cell.strip() for cell in line.split(" | "))
                yield written_on, expression, earliest, latest


ROWS = list(rows())


@pytest.mark.parametrize(("written_on", "expression", "earliest", "latest"), ROWS, ids=[f"{r[0]} {r[1]}" for r in ROWS])
def test_an_expression_means_these_days(written_on, expression, earliest, latest, calendar):
    deadline = resolve(expression, date.fromisoformat(written_on), calendar)
    assert deadline is not None
    assert (str(deadline.earliest or "-"), str(deadline.latest or "-")) == (earliest, latest)
    assert deadline.text == expression
    assert deadline.rule


def test_the_tables_are_large_and_have_no_row_twice():
    assert len(ROWS) >= 850
    assert len({row[:2] for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize(
    ("expression", "precision", "recurring"),
    [
        ("uiterlijk 1 mei", Precision.DAY, False),
        ("volgende week", Precision.WEEK, False),
        ("in maart", Precision.MONTH, False),
        ("medio maart", Precision.MONTH, False),
        ("in Q3", Precision.QUARTER, False),
        ("dit najaar", Precision.SEASON, False),
        ("in de tweede helft van dit jaar", Precision.HALF_YEAR, False),
        ("in het tweede halfjaar", Precision.HALF_YEAR, False),
        ("in 2026", Precision.YEAR, False),
        ("voor het zomerreces", Precision.RECESS, False),
        ("voor de zomer", Precision.RECESS, False),
        ("zodra het rapport er is", Precision.EVENT, False),
        ("op korte termijn", Precision.VAGUE, False),
        ("jaarlijks", Precision.RECURRING, True),
        ("jaarlijks voor 1 juli", Precision.RECURRING, True),
    ],
)
def test_the_precision_tells_how_exact_the_words_were(expression, precision, recurring, calendar):
    deadline = resolve(expression, date(2024, 2, 7), calendar)
    assert deadline is not None
    assert (deadline.precision, deadline.recurring) == (precision, recurring)


@pytest.mark.parametrize(
    "words",
    [
        "2025/26",
        "vergaderjaar 2025/26 Kamerstuk",
        "nr. 12",
        "motie nr. 12",
        "artikel 1.5",
        "art. 3.12, tweede lid",
        "1,5 miljoen",
        "€ 12 miljoen",
        "070-3456789",
        "06 12345678",
        "2022Z10980",
        "Kamerstuk 32 761, nr. 304",
        "33 procent",
        "vraag 4",
        "2500 EA Den Haag",
        "12 gemeenten",
        "ISO 27001",
        "",
        "   ",
        "–",
        "de Kamer",
        "AVG",
    ],
)
def test_what_is_no_time_is_not_read_as_one(words, calendar):
    deadline = resolve(words, date(2024, 2, 7), calendar)
    assert deadline is None or (deadline.earliest, deadline.latest) == (None, None)


@pytest.mark.parametrize("year", [1, 1899, 2200, 9999])
def test_a_letter_of_an_impossible_year_has_no_terms(year, calendar):
    assert resolve("voor 1 mei", date(year, 1, 1), calendar) is None


@pytest.mark.parametrize("year", range(2012, 2032))
def test_every_year_has_a_day_before_each_recess(year, calendar):
    for words, month in (("meireces", 1), ("zomerreces", 5), ("herfstreces", 9), ("kerstreces", 11)):
        deadline = resolve(f"voor het {words}", date(year, month, 5), calendar)
        assert deadline is not None
        assert deadline.latest is not None
        assert deadline.latest.year == year
        assert deadline.latest.weekday() == 3  # a recess begins on a Friday


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="the labelled expressions are not next to this checkout")
def test_the_labelled_expressions_are_right(calendar):
    wrong = []
    labelled = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines() if line]
    for label in labelled:
        deadline = resolve(label["expression"], date.fromisoformat(label["document_date"]), calendar)
        latest = deadline and deadline.latest and deadline.latest.isoformat()
        if latest != label["latest"]:
            wrong.append((label["expression"], label["latest"], latest))
    assert len(wrong) <= 0.03 * len(labelled), wrong
