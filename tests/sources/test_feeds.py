"""Feeds of every sort: what a reader sees of them, odd ids, doubles, hostile items, charsets, items that fall off."""

from datetime import UTC, date, datetime

import pytest
from loopback import Reply, served

from sources.document import Kind
from sources.feeds import Feed, items
from sources.http import Response
from sources.source import ChangedShape, Cursor, NoHistory, Outcome, Unreachable

NOW = datetime(2025, 5, 6, 12, tzinfo=UTC)


def rss(*entries: str, encoding: str = "utf-8") -> bytes:
    head = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>x</title>'
    return f"{head}{''.join(entries)}</channel></rss>".encode(encoding)


def item(title: str = "Titel", link: str = "https://a.nl/1", guid: str = "1", text: str = "", date: str = "") -> str:
    parts = {"title": title, "link": link, "guid": guid, "description": text, "pubDate": date}
    return "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in parts.items() if value) + "</item>"


def feed(fetcher, server, **options):
    return Feed(fetcher, name="nieuws", base_url=f"{server.url}/feed", **options)


def poll(source, cursor=None):
    (page,) = source.poll(cursor or Cursor(), NOW)
    return page


def read(fetcher, server, body: bytes, kind: str = "xml", **options):
    server.routes["/feed"] = served(body, kind)
    return poll(feed(fetcher, server, **options))


def test_an_atom_feed_as_a_reader_sees_it(server, fetcher, recording):
    page = read(fetcher, server, recording("feeds/normal_atom.xml"), office="Gemeente", kind_of_paper=Kind.REPORT)
    older, newer = page.documents
    assert newer.title == "Eén register voor & door gemeenten"
    assert newer.url == "https://voorbeeld.nl/nieuws/register"
    assert newer.key == "nieuws:urn:x:1"
    assert newer.references == ("kst-32761-304", "dossier:32761")
    assert newer.published_on == date(2025, 5, 6)  # half past midnight in Amsterdam
    assert newer.modified_at == datetime(2025, 5, 6, 8, tzinfo=UTC)
    assert (newer.office, newer.kind, newer.facts) == ("Gemeente", Kind.REPORT, {"topics": "privacy"})
    assert older.text == "Hele tekst"
    assert older.identifiers == ("kst-32761-304",)
    assert older.published_on is None


def test_a_json_feed(server, fetcher, recording):
    first, second = read(fetcher, server, recording("feeds/normal_json.json"), "json").documents
    assert (first.key, first.title, first.text) == ("nieuws:1", "https://voorbeeld.nl/1", "Zonder titel")
    assert (second.title, second.text, second.facts) == ("Tweede", "Tekst & meer", {"topics": "privacy"})
    assert second.modified_at == datetime(2025, 5, 6, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("&lt;b&gt;Vet&lt;/b&gt; &amp;amp; meer", "Vet & meer"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Rest", "Rest"),
        ("&lt;img src=x onerror=alert(1)&gt;Rest", "Rest"),
        ("<![CDATA[<em>Nadruk</em> hier]]>", "Nadruk hier"),
        ("a &lt; b en c", "a < b en c"),
        ("Minister&#x200b;ie  van\n BZK", "Minister ie van BZK"),
        ("Onder\u0007breking\u0000", "Onder breking"),
        ("e\u0301e\u0301n", "één"),
    ],
)
def test_titles_are_words_without_markup_or_control_characters(server, fetcher, written, seen):
    (document,) = read(fetcher, server, rss(item(title=written))).documents
    assert document.title == seen


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "http://[1"])
def test_a_link_out_of_the_web_is_no_address(server, fetcher, link):
    (document,) = read(fetcher, server, rss(item(link=link))).documents
    assert document.url == ""


@pytest.mark.parametrize(
    ("declared", "header"),
    [
        ("utf-8", "application/rss+xml"),
        ("iso-8859-1", "application/xml"),
        ("utf-16", "application/xml"),
        ("utf-8", "text/xml; charset=utf-8"),
        ("utf-8", "text/html"),
    ],
)
def test_letters_with_accents_survive_every_declared_charset(server, fetcher, declared, header):
    body = rss(item("Eén coördinatie"), encoding=declared)
    server.routes["/feed"] = Reply(body, headers={"Content-Type": header})
    (document,) = poll(feed(fetcher, server)).documents
    assert document.title == "Eén coördinatie"


def test_a_wrong_charset_is_repaired(server, fetcher):
    body = rss(item("Eén")).replace(b'encoding="utf-8"', b'encoding="us-ascii"')
    (document,) = read(fetcher, server, body).documents
    assert document.title == "Eén"


def test_ids_in_another_case_are_the_same_item(server, fetcher):
    first = read(fetcher, server, rss(item(guid="Nieuws-ABC"))).documents
    second = read(fetcher, server, rss(item(guid="nieuws-abc"))).documents
    assert first[0].key == second[0].key


def test_one_id_with_two_addresses_is_two_documents(server, fetcher):
    page = read(fetcher, server, rss(item("Een", "https://a.nl/1"), item("Twee", "https://a.nl/2")))
    assert {one.title for one in page.documents} == {"Een", "Twee"}
    assert len({one.key for one in page.documents}) == 2
    assert "share the id" in page.bad[0]


def test_one_item_twice_with_two_texts_is_one_document_with_the_newest(server, fetcher):
    old = item("Oud", date="Mon, 05 May 2025 08:00:00 GMT")
    new = item("Nieuw", date="Tue, 06 May 2025 08:00:00 GMT")
    for entries in ((old, new), (new, old)):
        page = read(fetcher, server, rss(*entries))
        assert [one.title for one in page.documents] == ["Nieuw"]
        assert "twice" in page.bad[0]


def test_the_same_item_twice_is_no_remark(server, fetcher):
    page = read(fetcher, server, rss(item(), item()))
    assert (len(page.documents), page.bad) == (1, ())


def test_an_item_without_anything_is_set_aside_and_the_rest_goes_on(server, fetcher):
    page = read(fetcher, server, rss("<item><description>x</description></item>", item("Goed")))
    assert [one.title for one in page.documents] == ["Goed"]
    assert "neither a title nor an address" in page.bad[0]


def test_an_impossible_date_is_no_date(server, fetcher):
    (document,) = read(fetcher, server, rss(item(date="Tue, 31 Feb 2025 25:00:00 GMT"))).documents
    assert document.published_on is None


def test_xml_that_is_not_well_formed_is_read_and_said_to_be(server, fetcher):
    page = read(fetcher, server, rss(item("AT&T en de rest")))
    assert len(page.documents) == 1
    assert "not well-formed" in page.bad[0]


def test_items_that_fall_off_are_no_deletions_but_a_feed_that_ran_past_us_says_so(server, fetcher):
    source = feed(fetcher, server)
    first = read(fetcher, server, rss(*(item(f"t{n}", f"https://a.nl/{n}", str(n)) for n in range(3))))
    server.routes["/feed"] = served(rss(*(item(f"t{n}", f"https://a.nl/{n}", str(n)) for n in range(2, 5))))
    second = poll(source, first.cursor)
    assert second.bad == ()
    assert not any(one.withdrawn for one in second.documents)
    server.routes["/feed"] = served(rss(*(item(f"t{n}", f"https://a.nl/{n}", str(n)) for n in range(9, 12))))
    third = poll(source, second.cursor)
    assert "some may have been missed" in third.bad[0]


def test_a_feed_that_is_empty_for_once_forgets_nothing(server, fetcher):
    source = feed(fetcher, server)
    first = read(fetcher, server, rss(item()))
    server.routes["/feed"] = served(rss())
    second = poll(source, first.cursor)
    assert second.outcome is Outcome.NOTHING
    assert second.cursor.get("names") == first.cursor.get("names")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", ChangedShape),
        (b"   \n", ChangedShape),
        (b"%PDF-1.7 nonsense", ChangedShape),
        (b'{"version": "1", "items": []}', ChangedShape),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', Unreachable),
        (b"[1,2]", ChangedShape),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><item><title>half', Unreachable),
        (b'<?xml version="1.0"?><data><a/></data>', ChangedShape),
        (b"[" * 100_000, ChangedShape),
        (b'{"a":' * 100_000, Unreachable),
    ],
)
def test_what_is_no_feed_is_an_error(body, error):
    with pytest.raises(error):
        items(Response(url="https://a.nl/feed", status=200, content=body))


def test_an_enormous_item_is_cut(server, fetcher):
    (document,) = read(fetcher, server, rss(item(text="woord " * 100_000))).documents
    assert len(document.text) == 100_000


PAGE = (
    b"<html><body><nav>Menu</nav><article><h1>Titel</h1>"
    b"<p>Hele tekst van het bericht, zie 32 761, nr. 304.</p></article></body></html>"
)


def test_the_text_of_the_page_fills_an_item(server, fetcher):
    server.routes["/1"] = served(PAGE, "html")
    source = feed(fetcher, server, article="article")
    (document,) = read(fetcher, server, rss(item(link=f"{server.url}/1", text="Kort."))).documents
    full = source.fill(document)
    assert full.text == "Titel\nHele tekst van het bericht, zie 32 761, nr. 304."
    assert full.references == ("kst-32761-304", "dossier:32761")
    assert feed(fetcher, server).fill(document) is document


@pytest.mark.parametrize(
    "answer",
    [Reply(b"", 404), Reply(b"", 410), served(b"%PDF", "txt"), served(b"<html><p>Geen artikel</p></html>", "html")],
    ids=["404", "410", "no page", "no article"],
)
def test_a_page_that_is_gone_or_different_leaves_the_item_as_it_is(server, fetcher, answer):
    server.routes["/1"] = answer
    (document,) = read(fetcher, server, rss(item(link=f"{server.url}/1", text="Kort."))).documents
    assert feed(fetcher, server, article="article").fill(document) is document


def test_an_item_that_points_into_a_private_network_is_not_followed(server, fetcher):
    (document,) = read(fetcher, server, rss(item(link="http://127.0.0.1:1/geheim"))).documents
    from_elsewhere = Feed(fetcher, name="nieuws", base_url="https://elders.example/feed", article="article")
    with pytest.raises(Exception, match="private"):
        from_elsewhere.fill(document)


def test_a_feed_has_no_history(fetcher, server):
    with pytest.raises(NoHistory):
        feed(fetcher, server).backfill(date(2024, 1, 1), date(2024, 2, 1), Cursor(), NOW)


def test_the_same_bytes_are_not_read_twice_unless_something_was_wrong_with_them(server, fetcher):
    source = feed(fetcher, server)
    first = read(fetcher, server, rss(item()))
    again = poll(source, first.cursor)
    assert (again.documents, again.outcome, again.cursor) == ((), Outcome.NOTHING, first.cursor)
    first = read(fetcher, server, rss(item("AT&T")))
    assert len(poll(source, first.cursor).documents) == 1
