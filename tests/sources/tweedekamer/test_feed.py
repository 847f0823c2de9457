"""SyncFeed: pages, tokens, entities and every way an answer can be wrong."""

from datetime import UTC, datetime

import pytest
from kamer import BASE, Kamer, guid

from sources.cleaning import AMSTERDAM
from sources.http import Response
from sources.source import ChangedShape, Refused, Unreachable
from sources.tweedekamer_feed import Feed, parse, read_page
from sources.tweedekamer_rows import day, moment


def answer(body: bytes) -> Response:
    return Response(url=f"{BASE}/SyncFeed/2.0/Feed?category=Document", status=200, content=body)


def feed_of(kamer: Kamer) -> Feed:
    return Feed(kamer, BASE)


def read_all(feed: Feed, category: str, token: str = "") -> tuple[list[str], str, int]:
    ids, pages = [], 0
    while True:
        page = feed.page(category, token)
        pages += 1
        token = page.token
        if page.end:
            return ids, token, pages
        ids += [row.id for row in page.rows]


def test_pages_follow_each_entrys_next_link_to_the_empty_page():
    kamer = Kamer(per_page=2)
    for n in range(5):
        kamer.put("Zaak", n)
        kamer.put("Document", 100 + n)
    ids, token, pages = read_all(feed_of(kamer), "Document")
    assert ids == [guid(100 + n) for n in range(5)]
    assert pages == 4
    assert token == str(kamer.token)


def test_reading_goes_on_from_the_resume_token_and_sees_only_what_came_after():
    kamer = Kamer()
    kamer.put("Document", 1)
    _, token, _ = read_all(feed_of(kamer), "Document")
    kamer.put("Document", 2)
    kamer.touch(1)
    assert read_all(feed_of(kamer), "Document", token)[0] == [guid(2), guid(1)]


def test_an_empty_page_without_resume_keeps_the_token():
    page = read_page(answer(b'<feed xmlns="http://www.w3.org/2005/Atom"/>'), "Document", "77")
    assert (page.end, page.token) == (True, "77")


@pytest.mark.parametrize(
    "answered",
    [
        pytest.param(None, id="as the servers write it"),
        pytest.param(
            '<x:toezegging xmlns:x="http://www.tweedekamer.nl/xsd/tkData/v1-0" id="{id}" verwijderd="true"/>',
            id="own id",
        ),
        pytest.param(
            '<x:toezegging xmlns:x="http://www.tweedekamer.nl/xsd/tkData/v1-0" x:id="{id}" x:verwijderd="True">'
            "<x:tekst>over</x:tekst></x:toezegging>",
            id="prefixed attributes, capital True and a body",
        ),
    ],
)
def test_tombstones_in_every_form(answered):
    kamer = Kamer()
    kamer.put("Toezegging", 5, deleted=True)
    if answered:
        kamer.element = lambda e: answered.format(id=e.id)
    (row,) = feed_of(kamer).page("Toezegging", "").rows
    assert (row.id, row.deleted) == (guid(5), True)


def test_repeated_undeclared_empty_and_nil_elements():
    kamer = Kamer()
    kamer.put(
        "Toezegging",
        5,
        {"kamerbriefNakoming": ["2024D1", "2024D2"], "toegezegdAan": ["", ""], "naam": None, "nieuw": "x"},
    )
    (row,) = feed_of(kamer).page("Toezegging", "").rows
    assert row.values == {"kamerbriefnakoming": ("2024D1", "2024D2"), "nieuw": ("x",)}


def test_references_are_kept_apart_from_values():
    kamer = Kamer()
    kamer.put("Document", 5, {"soort": "Brief regering"}, zaak=[1, 2, 1])
    (row,) = feed_of(kamer).page("Document", "").rows
    assert row.refs == {"zaak": (guid(1), guid(2))}
    assert row.updated == datetime(2024, 6, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        pytest.param(
            b"<!DOCTYPE html><html><body>503 Guru</body></html>", ChangedShape, id="an error page with status 200"
        ),
        pytest.param(b"<html><head/></html>", ChangedShape, id="a page without doctype"),
        pytest.param(b"", ChangedShape, id="nothing at all"),
        pytest.param(b'{"error": 1}', ChangedShape, id="JSON"),
        pytest.param(b"<rss version='2.0'><channel/></rss>", ChangedShape, id="another kind of feed"),
        pytest.param(
            b"<Error><Message>An error has occurred.</Message></Error>", Refused, id="their error with status 200"
        ),
        pytest.param(b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><tit", Unreachable, id="cut off"),
        pytest.param(
            b"<!DOCTYPE feed [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><feed xmlns='http://www.w3.org/2005/Atom'>&b;</feed>",
            ChangedShape,
            id="entities",
        ),
        pytest.param(
            b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>x</title><content/></entry></feed>",
            ChangedShape,
            id="entries without a way on",
        ),
    ],
)
def test_an_answer_that_is_no_page_has_its_own_error(body, error):
    with pytest.raises(error):
        read_page(answer(body), "Document", "5")


def test_a_page_that_leads_back_to_itself_is_no_page():
    kamer = Kamer()
    kamer.put("Document", 1)
    with pytest.raises(ChangedShape, match="what comes next"):
        read_page(Kamer.get(kamer, f"{BASE}/SyncFeed/2.0/Feed?category=Document"), "Document", str(kamer.token))


def test_entries_that_cannot_be_read_are_set_aside_and_the_rest_goes_on():
    kamer = Kamer()
    kamer.put("Document", 1)
    kamer.put("Document", "no-guid")
    kamer.put("Document", 3)
    page = feed_of(kamer).page("Document", "")
    assert [row.id for row in page.rows] == [guid(1), guid(3)]
    assert len(page.bad) == 1
    assert "no-guid" in page.bad[0]


def test_a_damaged_body_is_asked_for_once_more_and_then_given_up():
    kamer = Kamer()
    kamer.put("Toezegging", 1)
    torn = answer(b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>")
    kamer.faults = [("Feed?category=Toezegging", torn)]
    assert len(feed_of(kamer).page("Toezegging", "").rows) == 1
    kamer.faults = [("Feed?category=Toezegging", torn), ("Feed?category=Toezegging", torn)]
    with pytest.raises(Unreachable):
        feed_of(kamer).page("Toezegging", "")


def test_control_characters_do_not_block_the_feed():
    body = "<feed xmlns='http://www.w3.org/2005/Atom'><title>a\x01b&#x1;c&#11;d&#x1F;e&#60;f</title></feed>"
    assert parse(answer(body.encode()))[0].text == "abcde<f"


def test_not_modified_is_the_end_and_says_so():
    kamer = Kamer(etags=True)
    first = feed_of(kamer).page("Document", "5000")
    again = feed_of(kamer).page("Document", "5000", first.etag)
    assert (first.end, first.not_modified) == (True, False)
    assert (again.end, again.not_modified, again.token, again.etag) == (True, True, "5000", first.etag)


@pytest.mark.parametrize("wrapped", [False, True], ids=["bare element", "inside an entry"])
def test_an_entity_by_its_id(wrapped):
    kamer = Kamer()
    kamer.put("Zaak", 2, {"nummer": "2022Z10980"})
    if wrapped:
        kamer.element, bare = (lambda e: Kamer.entry(kamer, e) if e.kind == "Zaak" else ""), kamer.element
        content = (
            f'<entry xmlns="http://www.w3.org/2005/Atom"><content>{bare(kamer.entities[guid(2)])}</content></entry>'
        )
        kamer.faults = [("Entiteiten", answer(content.encode()))]
    row = feed_of(kamer).entity(guid(2))
    assert row is not None
    assert row.one("nummer") == "2022Z10980"


def test_an_entity_that_is_gone_or_not_there_yet_is_none():
    kamer = Kamer()
    kamer.put("Zaak", 2, deleted=True)
    kamer.faults = [(guid(4), Response(url="x", status=204))]
    assert [feed_of(kamer).entity(guid(n)) for n in (2, 3, 4)] == [None, None, None]


@pytest.mark.parametrize(
    ("written", "naive", "utc"),
    [
        ("2024-02-19T14:29:01.31538Z", None, datetime(2024, 2, 19, 14, 29, 1, 315380, tzinfo=UTC)),
        ("2019-06-28T23:59:41.5570000", AMSTERDAM, datetime(2019, 6, 28, 21, 59, 41, 557000, tzinfo=UTC)),
        ("2019-06-28T23:59:41.5570000", None, datetime(2019, 6, 28, 23, 59, 41, 557000, tzinfo=UTC)),
        ("2022-06-02T00:00:00+02:00", None, datetime(2022, 6, 1, 22, tzinfo=UTC)),
        ("0001-01-01T00:00:00Z", None, None),
        ("0001-01-01T00:00:00", AMSTERDAM, None),
        ("2024-13-45T00:00:00Z", None, None),
        ("morgen", None, None),
        ("", None, None),
    ],
)
def test_times_as_written(written, naive, utc):
    assert moment(written, naive=naive) == utc


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022-06-02T00:00:00+02:00", "2022-06-02"),
        ("2022-06-01T22:00:00Z", "2022-06-02"),
        ("2022-06-02T00:00:00", "2022-06-02"),
        ("2022-06-02", "2022-06-02"),
        ("2022-01-01T00:00:00+01:00", "2022-01-01"),
    ],
)
def test_a_business_date_is_the_amsterdam_day(written, iso):
    assert str(day(written)) == iso
