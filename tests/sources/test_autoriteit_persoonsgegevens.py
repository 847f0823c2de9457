"""The Autoriteit Persoonsgegevens: feed, list page as fallback, daily cross-check, one name for one item."""

from datetime import UTC, date, datetime, timedelta

import pytest
from loopback import Reply, conditional, served

from sources.autoriteit_persoonsgegevens import AutoriteitPersoonsgegevens
from sources.source import Cursor, Outcome, Refused, Unreachable

FEED, LIST = "/feed/article/rss.xml", "/actueel"
NOW = datetime(2025, 5, 6, 12, tzinfo=UTC)
NAME = "autoriteit_persoonsgegevens"


@pytest.fixture
def source(server, fetcher, recording):
    server.routes[FEED] = served(recording("ap/normal.xml"))
    server.routes[LIST] = served(recording("ap/list.html"), "html")
    return AutoriteitPersoonsgegevens(fetcher, base_url=server.url)


def poll(source, cursor=None, now=NOW):
    (page,) = source.poll(cursor or Cursor(), now)
    return page


def test_items_go_by_their_slug_whatever_the_feed_calls_them(source):
    documents = {one.key: one for one in poll(source).documents}
    visit = documents[f"{NAME}:ap-start-toezichtsbezoeken"]
    assert visit.title == "AP start toezichtsbezoeken bij gemeenten"
    assert visit.text == "De AP bezoekt gemeenten & controleert de positie van de functionaris ."
    assert visit.office == "Autoriteit Persoonsgegevens"
    assert documents[f"{NAME}:boete-bewaren"].url == "https://autoriteitpersoonsgegevens.nl/actueel/boete-bewaren"
    assert documents[f"{NAME}:boete-bewaren"].published_on == date(2025, 5, 2)


def test_the_list_page_shows_what_the_feed_leaves_out_once_a_day(source, server):
    first = poll(source)
    assert [one.key.partition(":")[2] for one in first.documents if "advies" in one.key] == ["advies-wetsvoorstel"]
    assert "cross-check: 1 on the list page" in first.bad[0]
    assert not any("ouder-bericht" in one.key for one in first.documents)  # older than what the feed shows
    second = poll(source, first.cursor, NOW + timedelta(hours=6))
    assert (len(second.documents), second.bad) == (0, ()), "byte for byte as before"
    assert server.paths.count(LIST) == 1
    third = poll(source, second.cursor, NOW + timedelta(days=1))
    assert server.paths.count(LIST) == 2
    assert (len(third.documents), third.bad) == (0, ())


def test_the_cross_check_also_works_when_the_feed_says_not_modified(source, server, recording):
    server.routes[FEED] = conditional(recording("ap/normal.xml"))
    server.routes[LIST] = Reply(b"", 500)
    first = poll(source)
    assert "list page could not be read" in first.bad[0]
    server.routes[LIST] = served(recording("ap/list.html"), "html")
    second = poll(source, first.cursor, NOW + timedelta(days=1))
    assert [one.key for one in second.documents] == [f"{NAME}:advies-wetsvoorstel"]
    assert second.outcome is Outcome.NEW


def test_a_feed_that_fails_is_replaced_by_the_list_page(source, server):
    first = poll(source)
    server.routes[FEED] = Reply(b"", 404)
    second = poll(source, first.cursor)
    assert [one.key for one in second.documents] == [f"{NAME}:ouder-bericht"]  # the feed never showed it
    assert "the feed could not be read" in second.bad[0]
    third = poll(source, second.cursor)
    assert (third.documents, third.outcome) == ((), Outcome.NOTHING)


def test_when_both_fail_the_feeds_failure_counts(source, server, recording):
    server.routes[FEED] = Reply(b"", 404)
    server.routes[LIST] = served(recording("ap/list_drift.html"), "html")
    with pytest.raises(Refused) as refused:
        poll(source)
    assert refused.value.status == 404
    server.routes[FEED] = served(recording("ap/malformed.xml"))
    with pytest.raises(Unreachable):
        poll(source)


def test_the_memory_of_slugs_stays_small(source, server):
    cursor = Cursor({"slugs": " ".join(f"bericht-{n}" for n in range(500))})
    assert len(poll(source, cursor).cursor.get("slugs").split()) == 60


def test_the_text_of_an_item_comes_from_its_page_at_the_place_of_the_settings(source, server):
    text = "De AP bezoekt vijf gemeenten en vraagt naar de functionaris gegevensbescherming en het register."
    server.routes["/actueel/ap-start-toezichtsbezoeken"] = served(f"<main><p>{text}</p></main>".encode(), "html")
    visit = next(one for one in poll(source).documents if "toezicht" in one.key)
    assert source.fill(visit).text == text
    assert source.fill(visit).url == visit.url
