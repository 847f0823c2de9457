"""Pages without a feed: lists by selector and watched pages."""

from datetime import UTC, date, datetime

import pytest
from loopback import Reply, served

from sources.document import Kind
from sources.pages import ListPage, Watched
from sources.source import ChangedShape, Cursor, Forbidden, Outcome

NOW = datetime(2025, 5, 6, 12, tzinfo=UTC)


def listed(fetcher, server, **options):
    options = {"item": ".news li", "title": "h2", "date": ".date", **options}
    return ListPage(fetcher, name="lijst", base_url=f"{server.url}/nieuws/", **options)


def watched(fetcher, server, **options):
    return Watched(fetcher, name="pagina", base_url=f"{server.url}/p", **{"ignore": (".seen",), **options})


def poll(source, cursor=None):
    (page,) = source.poll(cursor or Cursor(), NOW)
    return page


def test_a_list_gives_its_entries_oldest_first(server, fetcher, recording):
    server.routes["/nieuws/"] = served(recording("pages/list.html"), "html")
    page = poll(listed(fetcher, server, office="Gemeente"))
    assert [(one.title, one.published_on) for one in page.documents] == [
        ("Eerste", date(2025, 5, 1)),
        ("Tweede", date(2025, 5, 5)),
        ("Derde & laatste", date(2025, 5, 6)),
    ]
    assert page.documents[1].url == f"{server.url}/nieuws/nieuws/tweede"
    assert {one.office for one in page.documents} == {"Gemeente"}
    assert page.bad == ("entry 3 has no link", "entry 4 has no link")


def test_further_pages_are_followed_and_a_bad_one_is_said(server, fetcher, recording):
    def answer(asked):
        return served(recording("pages/list_2.html" if asked.query.get("pagina") else "pages/list.html"), "html")

    server.routes["/nieuws/"] = answer
    source = listed(fetcher, server, next_page="a.more", most_pages=5)
    assert [one.title for one in poll(source).documents] == ["Oudste", "Eerste", "Tweede", "Derde & laatste"]
    server.routes["/nieuws/"] = lambda asked: Reply(b"", 500) if asked.query.get("pagina") else answer(asked)
    page = poll(source)
    assert len(page.documents) == 3
    assert "a further page could not be read" in page.bad[-1]


def test_a_list_that_points_to_itself_ends(server, fetcher, recording):
    body = recording("pages/list.html").replace(b"?pagina=2", b"#boven")
    server.routes["/nieuws/"] = served(body, "html")
    assert len(poll(listed(fetcher, server, next_page="a.more", most_pages=50)).documents) == 3
    assert len(server.paths) <= 2


@pytest.mark.parametrize(
    "body", [b"<ul class=news></ul>", b"<ul class=news><li>geen verwijzing</li></ul>", b"", b"<p>&nbsp;</p>"]
)
def test_a_list_without_entries_is_another_form(server, fetcher, body):
    server.routes["/nieuws/"] = served(body, "html")
    with pytest.raises(ChangedShape):
        poll(listed(fetcher, server))


@pytest.mark.parametrize("kind", ["json", "xml", "txt"])
def test_what_is_no_page_is_another_form(server, fetcher, kind):
    server.routes["/p"] = served(b"<main>woorden</main>", kind)
    with pytest.raises(ChangedShape, match="no page"):
        poll(watched(fetcher, server))


def test_the_links_of_a_page_are_no_way_out_of_the_web(server, fetcher):
    links = "".join(
        f'<li><a href="{href}">x</a></li>' for href in ("javascript:alert(1)", "http://[1", "data:x", "/goed")
    )
    server.routes["/nieuws/"] = served(f"<ul class=news>{links}</ul>".encode(), "html")
    page = poll(listed(fetcher, server))
    assert [one.url for one in page.documents] == [f"{server.url}/goed"]
    assert len(page.bad) == 3


def test_a_watched_page_is_one_document_of_what_a_reader_sees(server, fetcher, recording):
    server.routes["/p"] = served(recording("pages/watched.html"), "html")
    page = poll(watched(fetcher, server, office="WODC"))
    (document,) = page.documents
    assert document.kind is Kind.PAGE
    assert document.title == "Naleving van de AVG door overheden"
    assert document.text.splitlines() == [
        "Naleving van de AVG door overheden", "Projectnummer", "3301", "Status", "Loopt",
        "Het onderzoek van WODC, projectnummer 3301.",
    ]  # fmt: skip
    assert "wodc:3301" in document.references
    assert (page.outcome, document.key) == (Outcome.NEW, "pagina:page")


def test_what_is_ignored_and_what_only_looks_different_is_no_change(server, fetcher, recording):
    body = recording("pages/watched.html")
    source = watched(fetcher, server)
    server.routes["/p"] = served(body, "html")
    first = poll(source)
    for other in (
        body.replace(b"1.204 keer", b"9.999 keer"),
        body.replace(b"<p>Het", b'<p class="nieuw">  Het').replace(b"var a=1", b"var a=2"),
    ):
        server.routes["/p"] = served(other, "html")
        again = poll(source, first.cursor)
        assert (again.documents, again.outcome) == ((), Outcome.NOTHING)
    server.routes["/p"] = served(body.replace(b"Loopt", b"Afgerond"), "html")
    changed = poll(source, first.cursor)
    assert changed.documents[0].key == first.documents[0].key
    assert changed.documents[0].fingerprint != first.documents[0].fingerprint


def test_a_page_of_which_the_part_is_gone_or_empty_is_another_form(server, fetcher, recording):
    server.routes["/p"] = served(recording("pages/drift.html"), "html")
    with pytest.raises(ChangedShape, match="finds nothing"):
        poll(watched(fetcher, server))
    server.routes["/p"] = served(b"<main><script>x</script></main>", "html")
    with pytest.raises(ChangedShape, match="holds no words"):
        poll(watched(fetcher, server))


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_bytes_say_their_own_encoding(server, fetcher, encoding):
    body = f'<html><head><meta charset="{encoding}"></head><main>één coördinatie</main></html>'.encode(encoding)
    server.routes["/p"] = Reply(body, headers={"Content-Type": "text/html"})
    assert poll(watched(fetcher, server)).documents[0].text == "één coördinatie"
    server.routes["/p"] = Reply(
        "<main>één</main>".encode(encoding), headers={"Content-Type": f"text/html; charset={encoding}"}
    )
    assert poll(watched(fetcher, server)).documents[0].text == "één"


def test_pages_are_read_only_where_robots_allow_it(server, fetcher, recording):
    server.routes["/robots.txt"] = served(b"User-agent: *\nDisallow: /p", "txt")
    server.routes["/p"] = served(recording("pages/watched.html"), "html")
    with pytest.raises(Forbidden, match="robots"):
        poll(watched(fetcher, server))
    assert server.paths == []


@pytest.mark.parametrize(
    ("made", "named"),
    [
        (lambda f, s: listed(f, s, item="(("), "item"),
        (lambda f, s: listed(f, s, date="a["), "date"),
        (lambda f, s: watched(f, s, select="<p>"), "select"),
        (lambda f, s: watched(f, s, ignore=("p", "!!")), "ignore"),
    ],
)
def test_a_selector_that_cannot_be_read_is_named_at_once(server, fetcher, made, named):
    with pytest.raises(ValueError, match=named):
        made(fetcher, server)
