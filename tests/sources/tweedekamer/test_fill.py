"""The file of a paper: fetched from the documented address, read and hashed; and what can stand there instead."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from kamer import BASE, Kamer, guid, seed

from sources.document import Document, Kind
from sources.grouping import same_paper
from sources.http import Response
from sources.source import Cursor, Refused, Unreachable, Unreadable
from sources.tweedekamer import TweedeKamer

NOW = datetime(2024, 7, 1, 9, tzinfo=UTC)
LETTERS = Path(__file__).parents[4] / "shared" / "data" / "letters"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LETTER = "Geachte voorzitter,\n\nHierbij bied ik u de beleidsreactie aan.\n"


@pytest.fixture
def kamer() -> Kamer:
    kamer = Kamer()
    seed(kamer)
    kamer.files[guid(8)] = (LETTER.encode(), "text/plain; charset=utf-8")
    return kamer


def documents(source: TweedeKamer) -> dict[str, Document]:
    return {d.key.partition(":")[2]: d for page in source.poll(Cursor(), NOW) for d in page.documents}


@pytest.fixture
def letter(kamer: Kamer) -> Document:
    return documents(TweedeKamer(kamer, base_url=BASE, start="1000"))[guid(8)]


def test_a_paper_gets_its_text_and_the_hash_of_its_file(kamer, letter):
    filled = TweedeKamer(kamer, base_url=BASE).fill(letter)
    assert kamer.asked[-1] == f"{BASE}/SyncFeed/2.0/Resources/{guid(8)}"
    assert "beleidsreactie" in filled.text
    assert filled.facts["sha256"] == hashlib.sha256(LETTER.encode()).hexdigest()
    assert replace(filled, text="", facts=letter.facts) == letter


def test_the_same_file_under_another_number_is_the_same_paper(kamer, letter):
    kamer.files[guid(70)] = kamer.files[guid(8)]
    other = Document(
        key=f"tweedekamer:{guid(70)}", source="tweedekamer", kind=Kind.LETTER, title="x", identifiers=("2024D99999",)
    )
    source = TweedeKamer(kamer, base_url=BASE)
    assert not same_paper(letter, other)
    assert same_paper(source.fill(letter), source.fill(other))


@pytest.mark.parametrize(
    "answer",
    [
        Refused("404", status=404),
        Refused("410", status=410),
        Response(url="x", status=204),
    ],
)
def test_a_paper_without_a_file_stays_as_it_is(kamer, letter, answer):
    kamer.faults = [("Resources", answer)]
    assert TweedeKamer(kamer, base_url=BASE).fill(letter) is letter


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Refused("500", status=500), Refused),
        (Unreachable("no answer"), Unreachable),
        (
            Response(url="x", status=200, headers={"Content-Type": "text/html"}, content=b"<html>fout404</html>"),
            Refused,
        ),
        (
            Response(url="x", status=200, headers={"Content-Type": "application/pdf"}, content=b"%PDF-1.7 broken \xff"),
            Unreadable,
        ),
    ],
    ids=["500", "no answer", "a page instead of a file", "a damaged file"],
)
def test_what_is_no_file_is_an_error(kamer, letter, answer, error):
    kamer.faults = [("Resources", answer)]
    with pytest.raises(error):
        TweedeKamer(kamer, base_url=BASE).fill(letter)


def test_only_papers_have_files(kamer):
    source = TweedeKamer(kamer, base_url=BASE, start="1000")
    found = documents(source)
    kamer.asked.clear()
    for n in (2, 11, 12):
        assert source.fill(found[guid(n)]) is found[guid(n)]
    assert source.fill(replace(found[guid(8)], withdrawn=True)).text == ""
    assert kamer.asked == []


def test_another_version_of_the_file_shows_in_the_fingerprint(kamer, letter):
    kamer.put("DocumentVersie", 60, {"versienummer": "3", "extensie": ".pdf"}, document=8)
    kamer.put("Document", 8, kamer.entities[guid(8)].values, zaak=3, kamerstukdossier=1, huidigeDocumentVersie=60)
    later = documents(TweedeKamer(kamer, base_url=BASE, start="1000"))[guid(8)]
    assert later.fingerprint != letter.fingerprint
    assert (later.facts["version"], later.facts["file_type"]) == ("3", "pdf")


@pytest.mark.skipif(not LETTERS.exists(), reason="the letters of ../shared are not here")
def test_real_word_files_of_ministers_are_read(kamer, letter):
    for path in sorted(LETTERS.glob("*.docx")):
        kamer.files[guid(8)] = (path.read_bytes(), WORD)
        filled = TweedeKamer(kamer, base_url=BASE).fill(letter)
        assert len(filled.text) > 5_000, path.name
        assert "antwoord" in filled.text.casefold()
