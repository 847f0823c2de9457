"""WODC's repository: paging back to what is known, project numbers, odd dates, files, errors inside a 200."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from loopback import Reply, served

from sources.document import Kind
from sources.source import ChangedShape, Cursor, Outcome, Refused
from sources.wodc import Wodc

SEARCH = "/server/api/discover/search/objects"
NOW = datetime(2023, 2, 10, 12, tzinfo=UTC)
UUID = "00003200-2222-3333-4444-555555555555"


@pytest.fixture
def source(server, fetcher, recording):
    server.routes[SEARCH] = served(recording("wodc/normal.json"), "json")
    return Wodc(fetcher, base_url=server.url)


def poll(source, cursor=None, now=NOW):
    (page,) = source.poll(cursor or Cursor(), now)
    return page


def test_a_report_carries_its_project_number(source, server):
    page = poll(source)
    lecture, youth, report = page.documents  # oldest addition first
    assert report.key == f"wodc:{UUID}"
    assert report.identifiers == ("wodc:3301", "hdl:20.500.12832/3200")
    assert report.url == "https://repository.wodc.nl/handle/20.500.12832/3200"
    assert (report.kind, report.published_on, report.office) == (Kind.REPORT, date(2023, 2, 9), "WODC")
    assert report.facts["project"] == "3301"
    assert report.facts["authors"] == "Onderzoeker, A.|Onderzoeker, B."
    assert youth.text == "Alleen als HTML aanwezig."
    assert youth.published_on == date(2023, 2, 1)  # "2023-01" names no day: the day it was added
    assert lecture.kind is Kind.OTHER
    assert page.unknown == ("dc.type: Presentatie",)
    assert server.asked[0].query["sort"] == "dc.date.accessioned,DESC"


def test_only_what_was_added_since_comes_again(source):
    first = poll(source)
    assert first.cursor.get("since") == "2023-02-09T10:11:12+00:00"
    second = poll(source, first.cursor, NOW + timedelta(hours=6))
    assert [one.key for one in second.documents] == [f"wodc:{UUID}"]  # the overlap
    assert second.cursor == first.cursor


def test_pages_are_read_until_something_known(server, fetcher, recording):
    def answer(asked):
        return served(recording(f"wodc/paging_{int(asked.query['page']) + 1}.json"), "json")

    server.routes[SEARCH] = answer
    source = Wodc(fetcher, base_url=server.url)
    assert len(poll(source).documents) == 2
    assert len(server.paths) == 2
    known = Cursor({"since": "2023-02-09T00:00:00+00:00"})
    assert len(poll(source, known).documents) == 1
    assert len(server.paths) == 4  # the second page shows that the rest is older


def test_a_date_in_the_future_does_not_hide_what_comes_later(server, fetcher, recording):
    body = recording("wodc/normal.json").replace(b"2023-02-09T10:11:12Z", b"2099-01-01T00:00:00Z")
    server.routes[SEARCH] = served(body, "json")
    assert poll(Wodc(fetcher, base_url=server.url)).cursor.get("since") == NOW.isoformat()


def test_a_withdrawn_item_is_news(server, fetcher, recording):
    server.routes[SEARCH] = served(recording("wodc/deletion.json"), "json")
    (document,) = poll(Wodc(fetcher, base_url=server.url)).documents
    assert document.withdrawn


def test_an_error_inside_a_200_is_refused(server, fetcher, recording):
    server.routes[SEARCH] = served(recording("wodc/error_inside.json"), "json")
    with pytest.raises(Refused, match="An exception has occurred") as refused:
        poll(Wodc(fetcher, base_url=server.url))
    assert refused.value.status == 500


def test_an_item_without_id_or_metadata_is_set_aside(server, fetcher, recording):
    answer = json.loads(recording("wodc/normal.json"))
    objects = answer["_embedded"]["searchResult"]["_embedded"]["objects"]
    objects[0]["_embedded"]["indexableObject"] |= {"id": "../../../etc", "uuid": "../../../etc"}
    objects[1]["_embedded"]["indexableObject"]["metadata"] = None
    server.routes[SEARCH] = served(json.dumps(answer).encode(), "json")
    page = poll(Wodc(fetcher, base_url=server.url))
    assert len(page.documents) == 1
    assert page.bad == ("an item without an id", "an item without metadata")


def test_results_of_another_form_are_told(server, fetcher):
    for answer in (
        {},
        {"_embedded": {}},
        {"_embedded": {"searchResult": {"page": {"totalPages": "x"}}}},
        {"_embedded": []},
    ):
        server.routes[SEARCH] = served(json.dumps(answer).encode(), "json")
        with pytest.raises(ChangedShape):
            poll(Wodc(fetcher, base_url=server.url))


def test_the_report_itself_fills_the_document(source, server, recording):
    server.routes[f"/server/api/core/items/{UUID}/bundles"] = served(recording("wodc/bundles.json"), "json")
    content = "/server/api/core/bitstreams/77777777-0000-0000-0000-000000000000/content"
    server.routes[content] = served(b"Verslag van het onderzoek, zie Kamerstuk 32 761, nr. 261.", "txt")
    report = poll(source).documents[-1]
    full = source.fill(report)
    assert full.text.startswith("Samenvatting van het onderzoek.\n\nVerslag van het onderzoek")
    assert len(full.facts["sha256"]) == 64
    assert content in server.paths


def test_a_file_that_cannot_be_read_is_said_and_not_tried_for_ever(source, server, recording):
    server.routes[f"/server/api/core/items/{UUID}/bundles"] = served(recording("wodc/bundles.json"), "json")
    server.other = Reply(b"%PDF-1.7 damaged", headers={"Content-Type": "application/pdf"})
    report = poll(source).documents[-1]
    full = source.fill(report)
    assert full.text == report.text
    assert full.facts["unreadable"]


@pytest.mark.parametrize("status", [404, 410])
def test_an_item_that_is_gone_is_withdrawn(source, server, status):
    server.routes[f"/server/api/core/items/{UUID}/bundles"] = Reply(b"{}", status)
    assert source.fill(poll(source).documents[-1]).withdrawn


def test_a_report_without_files_stays_as_it_is(source, server):
    server.routes[f"/server/api/core/items/{UUID}/bundles"] = served(b'{"_embedded": {"bundles": []}}', "json")
    report = poll(source).documents[-1]
    assert source.fill(report) is report


def test_history_is_read_page_by_page_and_can_go_on_where_it_stopped(server, fetcher, recording):
    server.routes[SEARCH] = lambda asked: served(recording(f"wodc/paging_{int(asked.query['page']) + 1}.json"), "json")
    source = Wodc(fetcher, base_url=server.url)
    pages = list(source.backfill(date(2023, 2, 1), date(2023, 2, 28), Cursor(), NOW))
    assert [len(page.documents) for page in pages] == [1, 1]
    again = list(source.backfill(date(2023, 2, 5), date(2023, 2, 28), pages[0].cursor, NOW))
    assert sum(len(page.documents) for page in again) == 1
    rest = list(source.backfill(date(2023, 2, 1), date(2023, 2, 28), pages[1].cursor, NOW))
    assert len(rest) == 1
    assert rest[0].outcome is Outcome.NEW
