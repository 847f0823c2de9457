"""OData: two versions over one reader of rows, paging by $skip, days, changes, errors inside answers, real rows."""

import csv
import gzip
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from kamer import BASE, Kamer, guid, seed

from sources.http import Response
from sources.source import ChangedShape, Refused
from sources.tweedekamer_odata import IDS_AT_ONCE, VERSIONS, OData, parse, read_row
from sources.tweedekamer_papers import question
from sources.tweedekamer_rows import day

SHARED = Path(__file__).parents[4] / "shared" / "data" / "tweedekamer" / "odata"
recorded = pytest.mark.skipif(not SHARED.exists(), reason="the recordings of ../shared are not here")


def odata(kamer: Kamer, version: str = "v5") -> OData:
    return OData(kamer, BASE, version)


def many(kamer: Kamer, count: int, **values) -> list[str]:
    return [kamer.put("Document", 1000 + n, {"datum": "2024-06-28T00:00:00+02:00", **values}) for n in range(count)]


@pytest.mark.parametrize("version", sorted(VERSIONS))
def test_both_versions_give_the_same_row(version):
    kamer = Kamer()
    seed(kamer)
    row = odata(kamer, version).by_ids("Document", [guid(8)])[guid(8)]
    assert (row.one("documentnummer"), row.one("volgnummer"), row.one("soort")) == (
        "2024D27797",
        "304",
        "Brief regering",
    )
    assert [other.one("nummer") for other in row.related("kamerstukdossier")] == ["32761"]
    assert {other.one("functie") for other in row.related("documentactor")} == {
        "minister voor Rechtsbescherming",
        "staatssecretaris van BZK",
    }
    assert VERSIONS[version].path in kamer.asked[-1]


def test_an_unknown_version_is_named():
    with pytest.raises(ValueError, match=r"v3.*v5"):
        OData(Kamer(), BASE, "v3")


def test_ids_are_asked_for_a_few_at_a_time_and_unknown_ones_left_out():
    kamer = Kamer()
    ids = many(kamer, 2 * IDS_AT_ONCE + 1)
    assert set(odata(kamer).by_ids("Document", [*ids, guid(9)])) == set(ids)
    assert len(kamer.asked) == 3
    assert all(address.count("-4000-") <= IDS_AT_ONCE for address in kamer.asked)


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 120])
def test_a_day_is_read_whole_whatever_its_size(count):
    kamer = Kamer()
    ids = many(kamer, count)
    kamer.put("Document", 1, {"datum": "2024-06-29T00:00:00+02:00"})
    kamer.put("Document", 2, {"datum": "2024-06-28T00:00:00+02:00"}, deleted=True)
    pages = list(odata(kamer).day("Document", date(2024, 6, 28)))
    assert [row.id for rows, _ in pages for row in rows] == ids
    assert [skip for _, skip in pages] == [min(50 * n, count) for n in range(1, len(pages) + 1)]


def test_a_short_page_with_a_next_link_is_not_the_end():
    kamer = Kamer()
    kamer.faults = [
        (
            "skip=0",
            Response(
                url="x",
                status=200,
                content=json.dumps(
                    {"value": [{"Id": guid(1), "Nummer": "a"}], "@odata.nextLink": "https://elsewhere.example/steal"}
                ).encode(),
            ),
        ),
    ]
    pages = list(odata(kamer).day("Document", date(2024, 6, 28)))
    assert len(pages) == 1
    assert "skip=1&" in kamer.asked[1]
    assert all(address.startswith(BASE) for address in kamer.asked)


def test_a_day_is_named_with_the_amsterdam_offset_of_that_day():
    kamer = Kamer()
    for when in (date(2024, 6, 28), date(2024, 3, 31), date(2024, 12, 1)):
        list(odata(kamer).day("Zaak", when))
    summer, changing, winter = kamer.asked
    assert "GestartOp%20ge%202024-06-28T00:00:00%2B02:00%20and%20GestartOp%20lt%202024-06-29T00:00:00%2B02:00" in summer
    assert "ge%202024-03-31T00:00:00%2B01:00%20and%20GestartOp%20lt%202024-04-01T00:00:00%2B02:00" in changing
    assert "%2B01:00" in winter
    assert "$filter=" in winter
    assert "Soort%20eq%20'Schriftelijke%20vragen'" in winter


def test_relations_that_are_refused_are_done_without_from_then_on():
    kamer = Kamer()
    many(kamer, 60)
    kamer.faults = [("$expand", Refused("400", status=400))]
    source = odata(kamer)
    rows = [row for page, _ in source.day("Document", date(2024, 6, 28)) for row in page]
    assert len(rows) == 60
    assert not any(row.rows for row in rows)
    assert ["$expand" in address for address in kamer.asked] == [True, False, False]


def test_changes_go_step_by_step_on_the_moment_of_becoming_visible():
    kamer = Kamer()
    for n in range(230):
        kamer.put(
            "Document", n, {"soort": "Motie"}, deleted=n % 50 == 0, updated=f"2024-06-28T12:{n // 60:02}:{n % 60:02}Z"
        )
    start = datetime(2024, 6, 28, 12, tzinfo=UTC)
    pages = list(odata(kamer).changes("Document", start))
    ids = [row.id for rows, _ in pages for row in rows]
    assert set(ids) == {guid(n) for n in range(230)}
    assert sum(row.deleted for rows, _ in pages for row in rows) == 5
    assert pages[-1][1] == datetime(2024, 6, 28, 12, 3, 49, tzinfo=UTC)
    assert all(a.count("Verwijderd") == 0 for a in kamer.asked)


def test_a_mass_change_within_one_moment_is_read_to_its_end():
    kamer = Kamer()
    for n in range(350):
        kamer.put("Document", n, {"soort": "Motie"}, updated="2024-02-19T14:29:01Z")
    pages = list(odata(kamer).changes("Document", datetime(2024, 2, 19, tzinfo=UTC)))
    assert {row.id for rows, _ in pages for row in rows} == {guid(n) for n in range(350)}


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"<html>503 Service Unavailable</html>", ChangedShape),
        (b"", ChangedShape),
        (b"[1, 2]", ChangedShape),
        (b'{"value": {"a": 1}}', ChangedShape),
        (b'{"value": [', ChangedShape),
        (b'{"error": {"code": "", "message": "An error has occurred."}}', Refused),
        (b'{"error": "nee"}', Refused),
        (b"[" * 100_000, ChangedShape),
    ],
)
def test_an_answer_without_rows_has_its_own_error(body, error):
    with pytest.raises(error):
        parse(Response(url="https://x.example/OData/v5/Zaak", status=200, content=body))


def test_odd_records_are_left_out_and_odd_values_kept_as_text():
    assert read_row("zaak", {"Nummer": "zonder id"}, VERSIONS["v5"]) is None
    record = {"Id": guid(1), "Volgnummer": -1, "Afgedaan": True, "Titel": None, "A@odata.type": "x", "Zaak_Id": guid(2)}
    row = read_row("zaak", record, VERSIONS["v4"])
    assert row is not None
    assert row.values == {"volgnummer": ("-1",), "afgedaan": ("True",)}
    assert row.refs == {"zaak": (guid(2),)}


@pytest.mark.parametrize(
    ("value", "numbers", "texts"),
    [
        ("2024D27797", (), ("2024D27797",)),
        ([{"Id": guid(3)}, {"Id": guid(4)}], (guid(3), guid(4)), ()),
        ({"Id": guid(3)}, (guid(3),), ()),
        ([], (), ()),
        ([{"Id": guid(3), "Verwijderd": True}], (), ()),
    ],
    ids=["a number", "several letters", "one letter", "none", "a removed one"],
)
def test_the_fulfilling_letter_in_both_its_shapes(value, numbers, texts):
    row = read_row("toezegging", {"Id": guid(1), "KamerbriefNakoming": value}, VERSIONS["v4"])
    assert row is not None
    assert tuple(other.id for other in row.related("kamerbriefnakoming")) == numbers
    assert row.many("kamerbriefnakoming") == texts


@recorded
def test_a_real_record_with_full_metadata():
    record = json.loads((SHARED / "zaak_2022Z10980_metadata_full.json").read_text())
    row = read_row("zaak", record, VERSIONS["v4"])
    assert row is not None
    assert not any("@" in name for name in row.values)
    document = question(row, "tweedekamer")
    assert document.identifiers == ("kv-tk-2022Z10980", "2022Z10980")
    assert document.published_on == date(2022, 6, 2)
    assert document.modified_at == datetime(2024, 2, 19, 14, 29, 1, 315380, tzinfo=UTC)
    assert document.facts["answered"] == "true"


@recorded
def test_thousands_of_real_cases_are_read_with_their_amsterdam_day():
    with gzip.open(SHARED / "zaak_kamervragen_2021-2024.csv.gz", "rt", encoding="utf-8") as file:
        records = list(csv.DictReader(file))
    assert len(records) > 9000
    for record in records:
        row = read_row("zaak", {**record, "Soort": "Schriftelijke vragen"}, VERSIONS["v5"])
        assert row is not None
        document = question(row, "tweedekamer")
        assert document.identifiers[1] == record["Nummer"]
        assert document.title
        assert str(document.published_on) == record["GestartOp"][:10] == str(day(record["GestartOp"]))


@recorded
def test_a_mass_retouch_of_real_rows_changes_no_fingerprint():
    for line in (SHARED / "zaak_kamervragen_seed.jsonl").read_text().splitlines():
        record = json.loads(line)
        later = {**record, "GewijzigdOp": "2026-01-01T10:00:00+01:00", "ApiGewijzigdOp": "2026-01-01T12:00:00Z"}
        before, after = (question(read_row("zaak", r, VERSIONS["v4"]), "tweedekamer") for r in (record, later))
        assert before.fingerprint == after.fingerprint
        assert before.modified_at != after.modified_at


@recorded
def test_every_entity_we_ask_for_stands_in_the_real_service_document():
    sets = {s["name"] for s in json.loads((SHARED / "service_document_v4_2.0_nov2023.json").read_text())["value"]}
    assert {"Document", "Zaak", "Activiteit", "Toezegging", "DocumentActor", "DocumentVersie", "ZaakActor"} <= sets
