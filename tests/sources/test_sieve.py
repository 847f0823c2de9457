"""Items that were read before are left out of what is parsed, and nothing that is new ever is."""

import random
from datetime import UTC, datetime

import feedparser
import pytest
from loopback import served

from sources import sieve
from sources.feeds import Feed
from sources.source import Cursor, Outcome

NOW = datetime(2025, 5, 6, 12, tzinfo=UTC)


def item(number, text="tekst"):
    return (
        f"<item><title>Bericht {number}</title><link>https://a.nl/{number}</link>"
        f"<guid>n{number}</guid><description>{text}</description></item>"
    )


def rss(*entries, head="", root='<rss version="2.0">'):
    return f'<?xml version="1.0"?>{root}<channel><title>x</title>{head}{"".join(entries)}</channel></rss>'.encode()


@pytest.fixture
def parsed(monkeypatch):
    """How many items each parse brought."""
    counts, real = [], feedparser.parse

    def parse(*given, **named):
        read = real(*given, **named)
        counts.append(len(read["entries"]))
        return read

    monkeypatch.setattr("sources.feeds.feedparser.parse", parse)
    return counts


@pytest.fixture
def look(server, fetcher):
    """Polls a feed that says this, from the cursor of the last time on."""
    source = Feed(fetcher, name="nieuws", base_url=f"{server.url}/feed")
    held = [Cursor()]

    def poll(body):
        server.routes["/feed"] = served(body, "xml")
        (page,) = source.poll(held[0], NOW)
        held[0] = page.cursor
        return page

    return poll


def titles(page):
    return [one.title for one in page.documents]


def test_only_the_item_that_is_new_is_parsed(look, parsed):
    assert len(look(rss(item(2), item(1))).documents) == 2
    page = look(rss(item(3), item(2), item(1)))
    assert (titles(page), page.outcome, page.bad) == (["Bericht 3"], Outcome.NEW, ())
    assert parsed == [2, 1]


def test_a_feed_that_changes_in_its_head_only_brings_nothing(look, parsed):
    look(rss(item(1), head="<lastBuildDate>Tue, 06 May 2025 08:00:00 GMT</lastBuildDate>"))
    page = look(rss(item(1), head="<lastBuildDate>Tue, 06 May 2025 09:00:00 GMT</lastBuildDate>"))
    assert (page.documents, page.outcome, page.bad) == ((), Outcome.NOTHING, ())
    assert parsed == [1, 0]


def test_an_item_that_says_something_else_is_read_again(look):
    look(rss(item(2), item(1)))
    page = look(rss(item(2), item(1, text="verbeterd")))
    assert [one.text for one in page.documents] == ["verbeterd"]


def test_what_the_items_are_read_by_counts_too(look):
    look(rss(item(2), item(1)))
    assert len(look(rss(item(2), item(1), root='<rss version="2.0" xml:base="https://b.nl/">')).documents) == 2


def test_an_atom_feed_is_sieved_too(look, parsed):
    def atom(*numbers):
        entries = "".join(f"<entry><id>urn:{n}</id><title>B {n}</title></entry>" for n in numbers)
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{entries}</feed>'.encode()

    look(atom(2, 1))
    assert titles(look(atom(3, 2, 1))) == ["B 3"]
    assert parsed == [2, 1]


def test_a_known_item_beside_another_form_of_it_is_seen_as_ever(look):
    look(rss(item(2), item(1)))
    page = look(rss(item(1, text="anders"), item(2), item(1)))
    assert len(page.documents) == 2
    assert "twice" in page.bad[0]


def test_a_feed_that_has_run_past_us_still_says_so(look):
    look(rss(item(2), item(1)))
    assert look(rss(item(4), item(3), item(2))).bad == ()
    assert "some may have been missed" in look(rss(item(9), item(8))).bad[0]


@pytest.mark.parametrize(
    "odd",
    [
        "<item><title>Vals</title><guid>v</guid><description><![CDATA[<item>nep</item>]]></description></item>",
        "<!-- <item><title>weg</title></item> -->",
        "<item><title>Leeg</title><guid>leeg</guid></item ><item/>",
    ],
    ids=["in text", "in a comment", "written otherwise"],
)
def test_what_only_looks_like_an_item_hides_none(look, odd):
    look(rss(odd, item(1)))
    assert "Bericht 2" in titles(look(rss(item(2), odd, item(1))))
    assert "Bericht 3" in titles(look(rss(odd, item(3), item(2), item(1))))


@pytest.mark.parametrize("body", [b"", b"<rss><item>", b"<rss>" + b"<item " * 200_000, rss(*map(item, range(101)))])
def test_where_the_form_is_not_plain_there_are_no_marks(body):
    assert sieve.marks(body, "") == ()


def test_a_feed_in_a_charset_that_must_be_guessed_has_no_marks():
    assert sieve.marks(rss(item(1)), "") != ()
    assert sieve.marks(rss(item("é")).decode().encode("latin-1"), "") == ()


def test_over_many_polls_everything_that_is_new_comes_and_nothing_is_lost(look):
    chance, texts, shown = random.Random(7), {1: "a"}, {}
    for _ in range(60):
        if chance.random() < 0.5:
            texts[max(texts) + 1] = "a"
        changed = chance.choice(list(texts)[-6:])
        texts[changed] += chance.choice(["", "b"])
        listed = list(texts)[-8:][::-1]
        if chance.random() < 0.2:
            chance.shuffle(listed)
        page = look(rss(*(item(n, texts[n]) for n in listed), head=f"<ttl>{chance.randrange(3)}</ttl>"))
        assert page.bad == ()
        shown |= {one.title: one.text for one in page.documents}
        assert all(shown[f"Bericht {n}"] == texts[n] for n in listed)
