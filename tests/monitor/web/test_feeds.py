"""Feeds for everything and for every filter: valid, complete by paging, and cheap for who has them already."""

import json
from datetime import date

import feedparser
import pytest
from icalendar import Calendar
from monitor_examples import happened, keep, promise, record
from web_examples import BASE, until

from monitor.decisions import Choice, decide
from rules.event import EventKind

EVENTS = ["/feeds/rss.xml", "/feeds/atom.xml", "/feeds/feed.json"]
ALL = [*EVENTS, "/feeds/termijnen.ics"]


def links(client, path):
    """The promises that the items of a feed are about, in order."""
    body = client.get(path).content
    if ".json" in path:
        return [item["url"].rsplit("/", 1)[1] for item in json.loads(body)["items"]]
    read = feedparser.parse(body)
    assert read.version
    assert not read.bozo
    return [entry.link.rsplit("/", 1)[1] for entry in read.entries]


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/feeds/rss.xml", "application/rss+xml; charset=utf-8"),
        ("/feeds/atom.xml", "application/atom+xml; charset=utf-8"),
        ("/feeds/feed.json", "application/feed+json; charset=utf-8"),
        ("/feeds/termijnen.ics", "text/calendar; charset=utf-8"),
        ("/feeds/feed.css", "text/css; charset=utf-8"),
    ],
)
def test_each_feed_says_what_it_is_and_may_be_read_by_scripts_of_others(client, filled, path, media_type):
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("path", EVENTS)
def test_a_feed_has_everything_that_happened_the_newest_first(client, filled, path):
    found = links(client, path)
    assert found[:3] == ["overdue222", "undated222", "abc234defg"]
    assert {"evil222222", "proposed22", "soon222222"} <= set(found)


@pytest.mark.parametrize("path", EVENTS)
@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("ministerie=financi%C3%ABn", {"overdue222", "soon222222", "unread2222"}),
        ("q=bankenwet", {"overdue222"}),
        ("status=nagekomen", {"abc234defg"}),
        ("toezegging=undated222", {"undated222"}),
        ("dossier=32761", {"undated222"}),
        ("deadline=voorbij", {"overdue222", "unread2222"}),
        ("q=komtnietvoor", set()),
    ],
)
def test_every_filter_of_the_list_works_on_every_feed(client, filled, path, query, ids):
    assert set(links(client, f"{path}?{query}")) == ids


@pytest.mark.parametrize("path", ALL)
def test_absurd_filters_are_refused(client, filled, path):
    assert client.get(f"{path}?status=xyz").status_code == 400
    assert client.get(f"{path}?q={'a' * 300}").status_code == 400


@pytest.mark.parametrize("place", ["x", "-1", "1.5", "9" * 30])
def test_an_absurd_place_in_a_feed_is_refused(client, filled, place):
    assert client.get(f"/feeds/feed.json?voor={place}").status_code == 400
    assert client.get(f"/feeds/rss.xml?q=wet&voor={place}").status_code == 400


@pytest.mark.parametrize("path", [*ALL, "/feeds/feed.css"])
def test_who_has_the_feed_gets_304(client, filled, path):
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    weak = client.get(path, headers={"If-None-Match": f'"other", W/{first.headers["etag"]}'})
    assert weak.status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ALL)
def test_last_modified_counts_where_there_is_no_etag(client, filled, path):
    seen = client.get(path).headers["last-modified"]
    assert client.get(path, headers={"If-Modified-Since": seen}).status_code == 304
    for other in ("Wed, 01 Jan 2020 00:00:00 GMT", "yesterday", ""):
        assert client.get(path, headers={"If-Modified-Since": other}).status_code == 200
    both = client.get(path, headers={"If-Modified-Since": seen, "If-None-Match": '"other"'})
    assert both.status_code == 200


def test_a_new_event_makes_a_new_feed(client, filled):
    tag = client.get("/feeds/rss.xml").headers["etag"]
    decide(filled, "undated222", Choice.LAPSE, by="Anna", now=filled.clock())
    assert client.get("/feeds/rss.xml", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", EVENTS)
def test_nothing_falls_off_unseen(client, house, path):
    keep(house, promise())
    days = [happened(EventKind.FOLLOW_UP, document=f"paper:{n}") for n in range(250)]
    record(house, *days)
    seen, address = 0, f"{BASE}{path}?q=fietspaden"
    for _ in range(3):
        body = client.get(address).content
        seen += len(links(client, address))
        address = json.loads(body).get("next_url", "") if ".json" in path else next_link(body)
    assert (seen, address) == (251, "")


@pytest.mark.parametrize("path", EVENTS[:2])
def test_who_was_away_finds_everything_in_the_archive(client, house, path):
    keep(house, promise())
    record(house, *[happened(EventKind.FOLLOW_UP, document=f"paper:{n}") for n in range(249)])
    read = feedparser.parse(client.get(path).content)
    seen, pages = {entry.id for entry in read.entries}, []
    while previous := rel(read, "prev-archive"):
        pages.append(client.get(previous).content)
        read = feedparser.parse(pages[-1])
        seen |= {entry.id for entry in read.entries}
        assert rel(read, "current") == f"{BASE}{path}"
        assert b":archive" in pages[-1]
    assert (len(seen), len(pages)) == (250, 2)
    record(house, *[happened(EventKind.FOLLOW_UP, document=f"later:{n}") for n in range(60)])
    assert rel(feedparser.parse(client.get(path).content), "prev-archive") == f"{BASE}{path}?archief=3"
    again = client.get(f"{path}?archief=1").content
    assert [e.id for e in feedparser.parse(again).entries] == [e.id for e in feedparser.parse(pages[1]).entries]
    assert rel(feedparser.parse(client.get(f"{path}?archief=2").content), "next-archive") == f"{BASE}{path}?archief=3"


@pytest.mark.parametrize(("block", "status"), [("0", 404), ("7", 404), ("x", 400)])
def test_a_block_that_is_not_full_does_not_exist(client, filled, block, status):
    assert client.get(f"/feeds/atom.xml?archief={block}").status_code == status


def rel(read, name):
    return next((link.href for link in read.feed.links if link.rel == name), "")


def next_link(body):
    return next((link.href for link in feedparser.parse(body).feed.links if link.rel == "next"), "")


@pytest.mark.parametrize("path", EVENTS[:2])
def test_a_feed_knows_its_own_address_and_its_language(client, filled, path):
    read = feedparser.parse(client.get(f"{path}?q=bankenwet&taal=en").content)
    own = next(link.href for link in read.feed.links if link.rel == "self")
    assert own == f"{BASE}{path}?q=bankenwet&taal=en"
    assert read.feed.title == "Nakoming: bankenwet"
    assert "newest 100 events" in read.feed.get("subtitle", "")


def test_a_feed_does_not_change_with_who_reads_it(client, filled):
    assert (
        client.get("/feeds/rss.xml", headers={"accept-language": "en"}).content == client.get("/feeds/rss.xml").content
    )


def test_the_calendar_has_every_term_and_moves_and_cancels(client, filled):
    before = events(client)
    assert {str(event["url"]).rsplit("/", 1)[1] for event in before.values()} == {
        "abc234defg",
        "overdue222",
        "soon222222",
        "unread2222",
    }
    kept = next(event for event in before.values() if "abc234defg" in str(event["url"]))
    assert kept["status"] == "CANCELLED"
    decide(filled, "soon222222", Choice.POSTPONE, by="Anna", now=filled.clock(), until=date(2023, 9, 1))
    after = events(client)
    moved = next(uid for uid, event in before.items() if "soon222222" in str(event["url"]))
    assert after[moved]["dtstart"].dt == date(2023, 9, 1)
    assert after[moved]["sequence"] > before[moved]["sequence"]


def test_the_calendar_begins_with_last_year_and_says_so(client, filled):
    keep(filled, promise("oldterm222", quote="Ik stuur u iets.", **until(2021, 12, 31)))
    shown = {str(event["url"]).rsplit("/", 1)[1] for event in events(client).values()}
    assert "oldterm222" not in shown
    assert "oldterm222" in str(events(client, "?deadline=2021"))
    assert "oldterm222" in str(events(client, "?toezegging=oldterm222"))
    read = Calendar.from_ical(client.get("/feeds/termijnen.ics").content)
    assert str(read["x-wr-calname"]) == "Nakoming: termijnen vanaf 1 januari 2022"


def test_the_calendar_of_one_promise(client, filled):
    assert len(events(client, "?toezegging=soon222222")) == 1


def events(client, query=""):
    read = Calendar.from_ical(client.get(f"/feeds/termijnen.ics{query}").content)
    return {str(event["uid"]): event for event in read.walk("VEVENT")}


def test_an_empty_store_makes_valid_empty_feeds(client):
    for path in EVENTS:
        assert links(client, path) == []
    assert events(client) == {}
