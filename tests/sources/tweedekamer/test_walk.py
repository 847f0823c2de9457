"""A poll of the Kamer as a whole: what comes out, what is kept, and what happens when a part of it fails."""

from datetime import UTC, date, datetime

import pytest
from kamer import BASE, Kamer, guid, seed

from sources.document import Document, Kind
from sources.http import Response
from sources.source import ChangedShape, Cursor, Outcome, Page, Refused, Unreachable
from sources.tweedekamer import TweedeKamer

NOW = datetime(2024, 7, 1, 9, tzinfo=UTC)
TORN = Response(url="x", status=200, content=b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>")
PAGE = Response(url="x", status=200, content=b"<html><body>503</body></html>")


def source_of(kamer: Kamer, **options) -> TweedeKamer:
    return TweedeKamer(kamer, base_url=BASE, **options)


def poll(source: TweedeKamer, cursor: Cursor = Cursor()) -> tuple[dict[str, Document], list[Page]]:
    pages = list(source.poll(cursor, NOW))
    return {d.key.partition(":")[2]: d for page in pages for d in page.documents}, pages


def started(kamer: Kamer, **options) -> tuple[TweedeKamer, Cursor]:
    """A source that has read the register, and stands at the end of everything else."""
    source = source_of(kamer, **options)
    return source, poll(source)[1][-1].cursor


def failing(source: TweedeKamer, cursor: Cursor) -> tuple[list[Page], Exception]:
    pages: list[Page] = []
    try:
        for page in source.poll(cursor, NOW):
            pages.append(page)
    except (Refused, Unreachable, ChangedShape) as error:
        return pages, error
    raise AssertionError("nothing failed")


def test_the_first_poll_reads_the_register_and_never_the_papers_from_0():
    kamer = Kamer()
    seed(kamer)
    documents, pages = poll(source_of(kamer))
    assert [d.identifiers for d in documents.values()] == [("TZ202403-116",)]
    assert not any("category=Document" in address and "skiptoken" not in address for address in kamer.asked)
    assert pages[-1].outcome is Outcome.NEW
    assert pages[-1].cursor.get("Document") == str(kamer.token)


def test_a_start_token_from_the_settings_is_where_papers_begin():
    kamer = Kamer()
    seed(kamer)
    documents, _ = poll(source_of(kamer, start="1000"))
    assert {guid(n) for n in (2, 7, 8, 11, 12)} == set(documents)


@pytest.mark.parametrize("odata_works", [True, False], ids=["relations by OData", "relations one by one"])
def test_everything_that_is_published_comes_with_its_relations(odata_works):
    kamer = Kamer(odata_works=odata_works)
    source, cursor = started(kamer)
    seed(kamer)
    documents, pages = poll(source, cursor)
    assert set(documents) == {guid(n) for n in (2, 7, 8, 11, 12)}
    asked, answered, letter, debate, promised = (documents[guid(n)] for n in (2, 7, 8, 11, 12))
    assert asked.facts["asked_by"] == "R.M. Leijten"
    assert answered.identifiers == ("2022D33920", "ah-tk-20212022-3854")
    assert answered.references == ("2022Z10980",)
    assert letter.identifiers == ("2024D27797", "kst-32761-304")
    assert (letter.kind, letter.office) == (Kind.LETTER, "Minister voor Rechtsbescherming")
    assert debate.identifiers == ("2024A05766",)
    assert promised.published_on == date(2024, 3, 18)
    assert promised.facts["state"] == "open"
    assert not any(page.bad or page.unknown for page in pages)


def test_both_ways_to_relations_give_the_same_documents():
    seen = []
    for odata_works in (True, False):
        kamer = Kamer(odata_works=odata_works)
        source, cursor = started(kamer)
        seed(kamer)
        seen.append({key: d.fingerprint for key, d in poll(source, cursor)[0].items()})
    assert seen[0] == seen[1]


def test_nothing_new_is_nothing_and_not_modified_is_said():
    plain, tagged = Kamer(), Kamer(etags=True)
    for kamer, outcome in ((plain, Outcome.NOTHING), (tagged, Outcome.NOT_MODIFIED)):
        kamer.put("Toezegging", 1, deleted=True)
        source, cursor = started(kamer)
        cursor = poll(source, cursor)[1][-1].cursor
        documents, pages = poll(source, cursor)
        assert not documents
        assert [page.outcome for page in pages] == [outcome]
        assert pages[-1].cursor == cursor


def test_a_mass_retouch_brings_everything_again_with_the_same_fingerprints():
    kamer = Kamer()
    source, cursor = started(kamer)
    seed(kamer)
    first, pages = poll(source, cursor)
    for n in range(1, 13):
        kamer.touch(n)
    again, _ = poll(source, pages[-1].cursor)
    assert {k: d.fingerprint for k, d in again.items()} == {k: d.fingerprint for k, d in first.items()}
    assert all(again[k].modified_at > first[k].modified_at for k in (guid(7), guid(8), guid(12)))


def test_deletions_become_withdrawn_documents():
    kamer = Kamer()
    source, cursor = started(kamer)
    kamer.put("Document", 8, deleted=True)
    kamer.put("Toezegging", 12, deleted=True)
    documents, _ = poll(source, cursor)
    assert {(d.key, d.kind, d.withdrawn) for d in documents.values()} == {
        (f"tweedekamer:{guid(8)}", Kind.OTHER, True),
        (f"tweedekamer:{guid(12)}", Kind.OTHER, True),
    }


@pytest.mark.parametrize("odata_works", [True, False])
def test_a_late_signatory_or_version_brings_the_paper_again(odata_works):
    kamer = Kamer(odata_works=odata_works)
    source, cursor = started(kamer)
    kamer.put("Document", 8, {"soort": "Brief regering", "documentNummer": "2024D27797"}, huidigeDocumentVersie=6)
    first, pages = poll(source, cursor)
    kamer.put("DocumentActor", 10, {"functie": "minister voor X", "relatie": "Eerste ondertekenaar"}, document=8)
    kamer.put("DocumentVersie", 6, {"externeIdentifier": "kst-32761-304", "versienummer": "3"}, document=8)
    second, pages = poll(source, pages[-1].cursor)
    assert (first[guid(8)].office, second[guid(8)].office) == ("", "Minister voor X")
    assert second[guid(8)].identifiers == ("2024D27797", "kst-32761-304")
    assert not poll(source, pages[-1].cursor)[0]


def test_a_placeholder_is_no_document_yet():
    kamer = Kamer()
    source, cursor = started(kamer)
    kamer.put("Document", 8)
    kamer.put("Zaak", 9, {"soort": "Motie", "nummer": "2024Z1"})
    documents, pages = poll(source, cursor)
    assert documents == {}
    assert not any(page.bad for page in pages)


def test_unknown_words_and_unreadable_entries_are_reported_once():
    kamer = Kamer()
    source, cursor = started(kamer)
    kamer.put("Toezegging", 1, {"nummer": "TZ202401-001", "status": "Onder de loep"})
    kamer.put("Toezegging", 2, {"nummer": "TZ202401-002", "status": "Onder de loep"})
    kamer.put("Document", "zonder-guid")
    documents, pages = poll(source, cursor)
    assert [w for page in pages for w in page.unknown] == ["register status: Onder de loep"]
    assert sum(len(page.bad) for page in pages) == 1
    assert len(documents) == 2


@pytest.mark.parametrize(
    "error",
    [
        Refused("500", status=500),
        PAGE,
        Response(url="x", status=200, content=b"<Error><Message>An error</Message></Error>"),
    ],
    ids=["500", "a page", "an error in a 200"],
)
@pytest.mark.parametrize(
    "category", ["Toezegging", "Zaak", "Document", "DocumentActor", "DocumentVersie", "Activiteit"]
)
def test_a_category_that_fails_blocks_no_other_and_loses_nothing(category, error):
    kamer = Kamer()
    source, cursor = started(kamer)
    seed(kamer)
    kamer.faults = [(f"category={category}&", error)]
    pages, raised = failing(source, cursor)
    assert isinstance(raised, Refused | ChangedShape)
    before = {d.key.partition(":")[2] for page in pages for d in page.documents}
    missing = {"Toezegging": {guid(12)}, "Zaak": {guid(2)}, "Activiteit": {guid(11)}, "Document": {guid(7), guid(8)}}
    # papers whose signatories were read still come: by their id
    assert {guid(n) for n in (2, 7, 8, 11, 12)} - before <= missing.get(category, set())
    after = poll(source, pages[-1].cursor)[0]
    assert before | set(after) == {guid(n) for n in (2, 7, 8, 11, 12)}


def test_a_host_that_is_down_is_not_asked_eight_times():
    kamer = Kamer()
    source, cursor = started(kamer)
    kamer.asked.clear()
    kamer.faults = [("", Unreachable("no answer")) for _ in range(10)]
    pages, raised = failing(source, cursor)
    assert isinstance(raised, Unreachable)
    assert (pages, len(kamer.asked)) == ([], 2)


def test_a_poll_that_dies_half_way_finds_the_signatories_again():
    kamer = Kamer(odata_works=False)
    source, cursor = started(kamer)
    seed(kamer)
    for page in source.poll(cursor, NOW):
        cursor = page.cursor
        if any(d.kind is Kind.REGISTER for d in page.documents):
            break  # killed: the signatories were read, their papers were not
    documents, _ = poll(source_of(kamer), cursor)
    assert documents[guid(8)].office == "Minister voor Rechtsbescherming"


def test_a_broken_relation_is_left_out_and_said_and_the_paper_comes():
    kamer = Kamer(odata_works=False)
    source, cursor = started(kamer)
    seed(kamer)
    kamer.faults = [(f"Entiteiten/{guid(1)}", Refused("https://x/Entiteiten/1: 500", status=500))]
    documents, pages = poll(source, cursor)
    assert documents[guid(8)].identifiers == ("2024D27797",)
    assert [line for page in pages for line in page.bad] == ["relation left out: https://x/Entiteiten/1: 500"]


def test_odata_that_fails_once_is_not_asked_again_in_the_same_poll():
    kamer = Kamer(odata_works=False, per_page=1)
    source, cursor = started(kamer)
    seed(kamer)
    kamer.asked.clear()
    poll(source, cursor)
    asked = [address.partition("/OData/v5/")[2].partition("?")[0] for address in kamer.asked if "/OData/" in address]
    assert sorted(asked) == ["Document", "Toezegging", "Zaak"]


def test_an_entity_that_odata_does_not_know_keeps_no_other_from_it():
    kamer = Kamer()
    source, cursor = started(kamer)
    seed(kamer)
    kamer.faults = [("OData/v5/Toezegging", Refused("400", status=400))]
    kamer.asked.clear()
    documents, _ = poll(source, cursor)
    assert documents[guid(12)].published_on == date(2024, 3, 18)
    assert any("OData/v5/Document" in address for address in kamer.asked)
    assert not any(guid(1) in address for address in kamer.asked if "Entiteiten" in address)


def test_changes_by_odata_alone_bring_the_same_papers_and_tombstones():
    kamer = Kamer()
    seed(kamer)
    kamer.put("Document", 50, deleted=True)
    source = source_of(kamer, changes="odata")
    documents, pages = poll(source)
    assert set(documents) == {guid(n) for n in (12,)}  # the others are older than the first look back
    kamer.put("Document", 8, kamer.entities[guid(8)].values, updated="2024-07-01T08:00:00Z", kamerstukdossier=1)
    kamer.put("Document", 50, deleted=True, updated="2024-07-01T08:30:00Z")
    documents, pages = poll(source, pages[-1].cursor)
    assert documents[guid(8)].identifiers == ("2024D27797", "kst-32761-304")
    assert documents[guid(50)].withdrawn
    assert not any("SyncFeed/2.0/Feed" in address for address in kamer.asked)
    assert poll(source, pages[-1].cursor)[1][-1].cursor == pages[-1].cursor


@pytest.mark.parametrize("options", [{"changes": "rss"}, {"odata": "v3"}])
def test_a_wrong_option_is_named(options):
    with pytest.raises(ValueError, match=next(iter(options.values()))):
        source_of(Kamer(), **options)


def history(
    kamer: Kamer, source: TweedeKamer, cursor: Cursor = Cursor(), stop: int = 10_000
) -> tuple[list[str], Cursor]:
    keys: list[str] = []
    for page in source.backfill(date(2024, 6, 24), date(2024, 6, 30), cursor, NOW):
        keys += [d.key for d in page.documents]
        cursor = page.cursor
        stop -= 1
        if stop == 0:
            break
    return keys, cursor


@pytest.mark.parametrize("version", ["v5", "v4"])
def test_history_comes_oldest_day_first_and_goes_on_where_it_was_killed(version):
    kamer = Kamer()
    for n in range(150):
        kamer.put(
            "Document",
            n,
            {"soort": "Motie", "documentNummer": f"2024D{n:05}", "datum": f"2024-06-{24 + n // 60}T00:00:00+02:00"},
        )
    kamer.put("Document", 900, {"datum": "2024-07-01T00:00:00+02:00"})
    whole, end = history(kamer, source_of(kamer, odata=version))
    assert whole == [f"tweedekamer:{guid(n)}" for n in range(150)]
    for stop in range(1, 9):
        first, cursor = history(kamer, source_of(kamer, odata=version), stop=stop)
        rest, _ = history(kamer, source_of(kamer, odata=version), cursor)
        assert first + rest == whole
    assert history(kamer, source_of(kamer), end)[0] == []


def test_history_completes_rows_when_relations_are_refused():
    kamer = Kamer()
    seed(kamer)
    kamer.faults = [("Document?$filter=Datum", Refused("400", status=400))]
    found = [
        d
        for page in source_of(kamer).backfill(date(2024, 6, 28), date(2024, 6, 28), Cursor(), NOW)
        for d in page.documents
    ]
    assert [d.identifiers for d in found] == [("2024D27797", "kst-32761-304")]


def test_history_of_a_source_that_is_gone_fails_in_plain_words():
    kamer = Kamer(odata_works=False)
    with pytest.raises(Refused):
        history(kamer, source_of(kamer))


def test_a_probe_sees_the_form_and_not_the_contents():
    kamer = Kamer()
    seed(kamer)
    source = source_of(kamer)
    first = source.probe(NOW)
    kamer.put("Toezegging", 12, {**kamer.entities[guid(12)].values, "tekst": "Iets anders."})
    kamer.put("Toezegging", 13, deleted=True)
    assert source.probe(NOW).items == 2
    assert (first.items, len(kamer.asked)) == (1, 4)
    kamer.entry = lambda e: Kamer.entry(kamer, e).replace("<category", "<soort").replace("/category", "/soort")
    assert source.probe(NOW).fingerprint != first.fingerprint


def test_a_probe_notices_that_odata_is_gone_and_fails_when_the_feed_is():
    kamer = Kamer()
    seed(kamer)
    source = source_of(kamer)
    before = source.probe(NOW)
    kamer.odata_works = False
    assert source.probe(NOW).fingerprint != before.fingerprint
    for wrong in (PAGE, Response(url="x", status=200, content=b"<rss/>")):
        kamer.faults = [("SyncFeed", wrong)]
        with pytest.raises(ChangedShape):
            source.probe(NOW)
