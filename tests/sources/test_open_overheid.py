"""open.overheid.nl: hits by day, what other sources cover, details and the newest file, papers taken back."""

import json
from datetime import UTC, date, datetime

import pytest
from loopback import Reply, served

from sources import open_overheid
from sources.document import Kind
from sources.open_overheid import OpenOverheid
from sources.source import Cursor, Outcome

NOW = datetime(2026, 3, 22, 12, tzinfo=UTC)
OWN = "eef2edec-0000-4000-8000-000000000001"


@pytest.fixture
def source(server, fetcher, recording):
    server.routes["/zoek"] = served(recording("open_overheid/normal.json"), "json")
    return OpenOverheid(fetcher, base_url=server.url)


def documents(pages):
    return [document for page in pages for document in page.documents]


def test_hits_as_documents(source, server):
    pages = list(source.poll(Cursor({"since": "2026-03-22"}), NOW))
    note, letter = documents(pages)  # what the Tweede Kamer published is left to its own source
    assert note.key == f"open_overheid:{OWN}"
    assert note.identifiers == (f"open:{OWN}",)
    assert (note.kind, note.published_on) == (Kind.ANNEX, date(2026, 3, 20))
    assert note.facts == {"ministry": "ministerie van Justitie en Veiligheid"}
    assert letter.identifiers == ("kst-32761-400", "open:oep-2222")
    assert letter.kind is Kind.LETTER
    asked = server.asked[0].query
    assert (asked["publicatiedatumVan"], asked["publicatiedatumTot"]) == ("21-03-2026", "22-03-2026")
    assert pages[-1].cursor == Cursor({"since": "2026-03-22"})


def paged(total: int, failing_from: int = 10**9):
    """A service with so many hits on every day asked for."""

    def answer(asked):
        start, size = int(asked.query["start"]), int(asked.query["aantalResultaten"])
        first, last = (datetime.strptime(asked.query[f"publicatiedatum{end}"], "%d-%m-%Y") for end in ("Van", "Tot"))
        count = total * ((last - first).days + 1)
        if start >= failing_from:
            return Reply(b"", 500)
        hits = [{"document": {"id": f"oep-{first:%d}-{n:05d}", "titel": f"Stuk {n}"}} for n in range(count)]
        return served(json.dumps({"totaal": count, "resultaten": hits[start : start + size]}).encode(), "json")

    return answer


def test_pages_follow_to_the_last(server, fetcher):
    server.routes["/zoek"] = paged(60)
    pages = list(OpenOverheid(fetcher, base_url=server.url).poll(Cursor({"since": "2026-03-22"}), NOW))
    assert [len(page.documents) for page in pages] == [50, 50, 20, 0]


def test_too_many_hits_are_asked_for_day_by_day_and_a_rest_is_said(server, fetcher, monkeypatch):
    monkeypatch.setattr(open_overheid, "WINDOW", 100)
    server.routes["/zoek"] = paged(60)
    source = OpenOverheid(fetcher, base_url=server.url)
    pages = list(source.poll(Cursor({"since": "2026-03-22"}), NOW))
    assert len({one.key for one in documents(pages)}) == 120
    server.routes["/zoek"] = paged(300)
    bad = [line for page in source.poll(Cursor({"since": "2026-03-22"}), NOW) for line in page.bad]
    assert bad
    assert "the rest was not read" in bad[0]


def test_a_hit_without_a_usable_id_is_set_aside(server, fetcher):
    hits = [{"document": {"id": one, "titel": "x"}} for one in ("../../etc", "", None, "oep-1")] + [{"document": None}]
    server.routes["/zoek"] = served(json.dumps({"totaal": 5, "resultaten": hits}).encode(), "json")
    pages = list(OpenOverheid(fetcher, base_url=server.url).poll(Cursor(), NOW))
    assert [one.key for one in documents(pages)] == ["open_overheid:oep-1"]
    assert pages[0].bad == ("a hit without an id",) * 4


def test_the_detail_gives_kind_relations_and_the_newest_file(source, server, recording):
    server.routes[f"/zoek/{OWN}"] = served(recording("open_overheid/detail.json"), "json")
    server.routes["/documenten/nieuw"] = served(b"Tekst van de nota bij Kamerstuk 32 761, nr. 304.", "txt")
    note = documents(source.poll(Cursor(), NOW))[0]
    full = source.fill(note)
    assert full.text == "Over de AVG\n\nTekst van de nota bij Kamerstuk 32 761, nr. 304."
    assert full.kind is Kind.ANNEX
    assert full.facts["kind"] == "Beslisnota"
    assert full.facts["annex_of"] == "open:oep-2222"
    assert {"open:oep-2222", "kst-32761-304"} <= set(full.references)
    assert len(full.facts["sha256"]) == 64


@pytest.mark.parametrize("status", [403, 404, 410])
def test_what_was_taken_back_is_withdrawn(source, server, status):
    note = documents(source.poll(Cursor(), NOW))[0]
    server.routes[f"/zoek/{OWN}"] = Reply(b"", status)
    assert source.fill(note).withdrawn


def test_a_file_that_was_taken_back_or_cannot_be_read_leaves_the_description(source, server, recording):
    server.routes[f"/zoek/{OWN}"] = served(recording("open_overheid/detail.json"), "json")
    note = documents(source.poll(Cursor(), NOW))[0]
    full = source.fill(note)  # the file answers 404
    assert (full.text, full.withdrawn) == ("Over de AVG", False)
    server.other = Reply(b"%PDF-1.7 damaged", headers={"Content-Type": "application/pdf"})
    assert source.fill(note).facts["unreadable"]


@pytest.mark.parametrize(
    "detail", [{}, {"document": None, "versies": {}}, {"versies": [{"bestanden": None}], "documentrelaties": 3}]
)
def test_a_detail_may_lack_everything(source, server, detail):
    server.routes[f"/zoek/{OWN}"] = served(json.dumps(detail).encode(), "json")
    note = documents(source.poll(Cursor(), NOW))[0]
    assert source.fill(note) == note


def test_history_goes_by_day_and_can_go_on(source, server):
    pages = list(source.backfill(date(2026, 3, 1), date(2026, 3, 3), Cursor(), NOW))
    assert pages[-1].cursor == Cursor({"day": "2026-03-04"})
    assert pages[-1].outcome is Outcome.NOTHING
    days = [one.query["publicatiedatumVan"] for one in server.asked]
    assert days == ["01-03-2026", "02-03-2026", "03-03-2026"]
    server.asked.clear()
    list(source.backfill(date(2026, 3, 1), date(2026, 3, 3), Cursor({"day": "2026-03-03"}), NOW))
    assert len(server.asked) == 1
