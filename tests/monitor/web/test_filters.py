"""Filters as they stand in an address, and back again."""

from datetime import date
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.web.filters import NAMES, SHOWN, STATUS_WORDS, Asked, BadFilter, asked_in, number_in, page_in, period
from rules.commitment import Status
from rules.policy import Policy

TODAY, POLICY = date(2023, 7, 10), Policy(grace_days=1, due_soon_days=14)


def read(query):
    several = parse_qs(query)
    return asked_in({name: values[0] for name, values in several.items()}, several)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2023", (date(2023, 1, 1), date(2023, 12, 31))),
        ("2023-02", (date(2023, 2, 1), date(2023, 2, 28))),
        ("2023-12", (date(2023, 12, 1), date(2023, 12, 31))),
        ("2024-02-29", (date(2024, 2, 29), date(2024, 2, 29))),
        ("2023-02-29", None),
        ("2023-13", None),
        ("0000", None),
        ("9999", None),
        ("99999", None),
        ("juli", None),
        ("", None),
    ],
)
def test_periods(text, days):
    assert period(text) == days


def test_without_filters_nothing_is_asked_but_rejected_and_merged_stay_out():
    assert not read("").anything
    wanted = read("").wanted(TODAY, POLICY)
    assert wanted.statuses == SHOWN
    assert not {Status.REJECTED, Status.MERGED} & set(wanted.statuses)


def test_a_past_term_counts_from_after_the_grace_and_only_for_what_runs():
    wanted = read("deadline=voorbij").wanted(TODAY, POLICY)
    assert wanted.due_to == date(2023, 7, 8)
    assert set(wanted.statuses) == {status for status in Status if status.watched}


def test_a_term_that_ends_soon():
    wanted = read("deadline=binnenkort").wanted(TODAY, POLICY)
    assert (wanted.due_from, wanted.due_to) == (TODAY, date(2023, 7, 24))


def test_every_status_has_a_dutch_word():
    assert set(STATUS_WORDS.values()) == set(Status)


@pytest.mark.parametrize("query", ["dossier=36600-vii", "dossier=dossier:36600-VII", "dossier=36%20600%20VII"])
def test_dossiers_have_one_form(query):
    assert read(query).dossier == "36600-VII"


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("status=ja", "bad_status"),
        ("dossier=123", "bad_dossier"),
        ("deadline=gisteren", "bad_term"),
        ("toezegging=ABC", "bad_id"),
        ("toezegging=" + ",".join(["abc234defg"] * 51), "too_long"),
        ("ministerie=" + "x" * 201, "too_long"),
    ],
)
def test_refusals(query, word):
    with pytest.raises(BadFilter) as bad:
        read(query)
    assert bad.value.word == word
    assert len(bad.value.value) <= 60


@pytest.mark.parametrize(("given_", "page"), [("", 1), ("1", 1), ("7", 7)])
def test_pages(given_, page):
    assert page_in({"pagina": given_}) == page


@pytest.mark.parametrize("given_", ["0", "-1", "x", "1e3", "٣", "100001", "9" * 5000])
def test_pages_that_cannot_be(given_):
    with pytest.raises(BadFilter):
        page_in({"pagina": given_})


def test_places_in_the_history():
    assert number_in({"voor": "12"}, "voor") == 12
    assert number_in({}, "voor") is None


@settings(derandomize=True, max_examples=200, deadline=None, database=None)
@given(st.dictionaries(st.sampled_from([*NAMES, "x"]), st.text(max_size=250), max_size=4))
def test_any_address_is_read_or_refused_and_reading_its_own_form_gives_the_same(query):
    try:
        asked = read(urlencode(query))
    except BadFilter:
        return
    assert read(urlencode(asked.query(), doseq=True)) == asked
    asked.wanted(TODAY, POLICY)


def test_the_written_form_leaves_out_what_is_empty():
    assert Asked().query() == {}
    assert Asked(q="a b", status=(Status.OPEN,)).query() == {"status": ("open",), "q": "a b"}
