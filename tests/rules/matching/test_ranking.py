"""Rows from files, and the ranking of many documents for each commitment."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rules.commitment import Commitment, Place, Promise
from rules.event import Match, Verdict
from rules.ranking import rank, read_commitment, read_document, settle, with_context
from sources.document import Document, Kind

URL = "https://zoek.officielebekendmakingen.nl/kst-31409-400.html"
ROW: dict[str, Any] = {
    "id": "M1",
    "text": "Ik stuur de evaluatie van de veerverbinding",
    "made_on": "2023-03-01",
    "by": "Minister van IenW",
    "ministry": "IenW",
    "deadline_latest": "2023-07-06",
    "source_url": URL,
}


def test_a_row_becomes_a_commitment():
    made = read_commitment({**ROW, "kind": "evaluatie", "references": ["2023Z01234"]})
    assert made.made_on == date(2023, 3, 1)
    assert made.deadline is not None
    assert made.deadline.latest == date(2023, 7, 6)
    assert made.kind is Promise.EVALUATE
    assert made.references == ("2023Z01234",)
    assert [place.url for place in made.places] == [URL]


def test_all_but_the_id_may_be_absent_or_null():
    empty = read_commitment({"id": "M1", "text": None, "made_on": None, "references": None})
    assert (empty.quote, empty.made_on, empty.deadline, empty.places) == ("", None, None, ())
    bare = read_document({"id": "D1", "title": None, "kind": None, "url": None})
    assert (bare.title, bare.kind, bare.published_on) == ("", Kind.OTHER, None)


def test_a_row_becomes_a_document_with_the_ids_of_its_address():
    made = read_document({"id": "D1", "title": "Brief", "url": URL, "published_on": "2023-06-20T10:00:00Z"})
    assert made.identifiers == ("kst-31409-400",)
    assert made.published_on == date(2023, 6, 20)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"text": "x"}, "a row has no id"),
        ({"id": "", "text": "x"}, "a row has no id"),
        ({"id": "M1", "text": 7}, "text is no text: 7"),
        ({"id": "M1", "made_on": "gisteren"}, "made_on is no day"),
        ({"id": "M1", "made_on": "2023-02-30"}, "made_on is no day"),
    ],
)
def test_a_wrong_row_is_refused_by_name(row: dict[str, Any], message: str):
    with pytest.raises(ValueError, match=message):
        read_commitment(row)


def _match(document: str, score: float, verdict: Verdict = Verdict.FULFILLED) -> Match:
    return Match(commitment="c", document=document, score=score, verdict=verdict)


@pytest.mark.parametrize(
    ("matches", "claimed"),
    [
        ([_match("a", 0.9)], ["a"]),
        ([_match("a", 0.9), _match("b", 0.6)], ["a"]),
        ([_match("a", 0.9), _match("b", 0.89)], []),
        ([_match("a", 0.9), _match("b", 0.95, Verdict.POSSIBLE)], []),
        ([_match("a", 0.9), _match("b", 0.95, Verdict.POSTPONED)], ["a"]),
        ([], []),
    ],
)
def test_only_a_clear_winner_claims(matches: list[Match], claimed: list[str]):
    settled = settle(matches)
    assert [one.document for one in settled if one.verdict is Verdict.FULFILLED] == claimed
    assert [one.score for one in settled] == sorted((one.score for one in matches), reverse=True)


def test_ranking_is_best_first_cut_at_top_and_names_every_commitment(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    promises = [promise(), promise("Ik kom terug op de pinguïns van Artis", id="ander")]
    papers = [
        paper("Evaluatie veerverbinding Harlingen-Terschelling", key="goed"),
        paper("Veerverbinding Terschelling in de winter", key="half"),
        paper("Jaarverslag van de kansspelautoriteit", key="niets"),
    ]
    found = rank(promises, papers)
    assert [one.document for one in found["veer"]] == ["goed", "half"]
    assert found["ander"] == ()
    assert len(rank(promises, papers, top=1)["veer"]) == 1


def test_the_letter_of_the_promise_lends_its_words(promise: Callable[..., Commitment], paper: Callable[..., Document]):
    asked = promise("Ik kom hier later op terug", own=(), places=(Place(document=URL, url=URL),))
    letter = paper("Dienstregeling veerboten", "Over de veerverbinding.", on=date(2023, 3, 1), url=URL, key="brief")
    later = paper("Dienstregeling veerboten", on=date(2023, 9, 1), url=URL, key="later")
    assert "veerverbinding" in with_context([asked], [letter])[0].context
    assert with_context([asked], [later])[0].context == ""
    answer = paper("De dienstregeling van de veerboten", on=date(2023, 9, 1), key="antwoord")
    assert [one.document for one in rank([asked], [letter, answer])[asked.id]] == ["antwoord"]
