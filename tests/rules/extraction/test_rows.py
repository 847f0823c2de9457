"""Every row of the tables of promises and doubts proves itself: its example, and its counterexample."""

import pytest

from rules.clauses import read
from rules.promises import hits, rows
from rules.vocabulary import data
from rules.words import lexicon
from tests.rules.extraction.reading import found

PROMISES = data("promises")["row"]
DOUBTS = data("doubts")["row"]
SPEAKER = "De voorzitter: Het woord is aan de minister.\nMinister Jansen: {}\nDe voorzitter: Dank u wel.\n"


def names(text: str, spoken: bool) -> set[str]:
    return {hit.row.name for hit in hits(read(text), spoken)}


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: row["name"])
def test_a_row_reads_its_own_example(row):
    assert row["name"] in names(row["example"], row.get("spoken", False))


@pytest.mark.parametrize("row", PROMISES, ids=lambda row: row["name"])
def test_the_example_of_a_row_is_found_in_a_letter(row):
    text = SPEAKER.format(row["example"]) if row.get("spoken") else row["example"]
    assert [one.quote for one in found(text)] == [row["example"]]


@pytest.mark.parametrize("row", [row for row in PROMISES if "counter" in row], ids=lambda row: row["name"])
def test_the_counterexample_of_a_row_is_not_found(row):
    assert not found(row["counter"])


@pytest.mark.parametrize("row", DOUBTS, ids=lambda row: row["name"])
def test_what_a_doubt_takes_away_is_not_found(row):
    assert not found(row["example"])


@pytest.mark.parametrize("row", DOUBTS, ids=lambda row: row["name"])
def test_the_example_of_a_doubt_would_be_found_without_it(row):
    assert names(row["example"], spoken=True), "the example must sound like a promise to prove anything"


def test_every_row_gives_its_reason():
    assert all(len(row["reason"].split()) >= 2 for row in [*PROMISES, *DOUBTS])


def test_names_of_rows_are_told_apart():
    assert len({row["name"] for row in [*PROMISES, *DOUBTS]}) == len(PROMISES) + len(DOUBTS)


def test_a_row_names_only_tags_that_exist():
    known = set(lexicon().bits)
    assert known
    assert len(rows()) == len(PROMISES)
