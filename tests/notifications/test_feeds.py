"""RSS 2.0, Atom and JSON Feed: checked against the rules of their specifications and read back by feedparser."""

import json
import re
import uuid
from collections import namedtuple
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree
from notification_examples import AT, BASE, HOSTILE, commitment, document, happening, source_happening

from notifications import feeds
from notifications.feeds import Archive, atom, json_feed, permanent_id, rss
from notifications.words import Language
from rules.event import EventKind

E = EventKind
ATOM = "{http://www.w3.org/2005/Atom}"
XHTML = "{http://www.w3.org/1999/xhtml}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
SELF = f"{BASE}/feeds/feed?ministerie=Fietsen&q=a%20b"
GIVEN = {
    "title": "Nakoming: alles",
    "self_url": SELF,
    "site_url": f"{BASE}/",
    "language": Language.NL,
    "description": "Alles van de laatste 90 dagen.",
}
WRITERS = [rss, atom, json_feed]
XML_WRITERS = [rss, atom]


def everything():
    evil = commitment(quote=HOSTILE, action=HOSTILE, ministry=HOSTILE)
    paper = document(title=HOSTILE, url="javascript:alert(1)")
    told = [happening(kind, key=f"k-{kind}") for kind in EventKind]
    return [*told, source_happening(), happening(promise=evil, paper=paper, key="evil")]


Item = namedtuple("Item", "id link title at whole")


def read(write, happenings, **given):
    """The items as a reader has them: feedparser for XML; JSON Feed, which it does not know, by json."""
    raw = write(happenings, **{**GIVEN, **given})
    if write is json_feed:
        return [
            Item(
                one["id"], one["url"], one["title"], datetime.fromisoformat(one["date_published"]), one["content_html"]
            )
            for one in json.loads(raw)["items"]
        ]
    feed = feedparser.parse(raw, sanitize_html=False)
    assert not feed.bozo
    assert feed.version in ("rss20", "atom10")
    assert feed.feed.title == given.get("title", GIVEN["title"])
    return [
        Item(
            one.id,
            one.link,
            one.title,
            datetime(*one.published_parsed[:6], tzinfo=UTC),
            "".join(content.value for content in one.get("content", [])) + one.summary,
        )
        for one in feed.entries
    ]


# ---- the rules of the specifications


def check_rss(raw):
    """cyber.harvard.edu/rss/rss.html and the RSS advisory board's profile."""
    root = etree.fromstring(raw)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    for name in ("title", "link", "description"):
        assert len(channel.findall(name)) == 1, name
        assert channel.findtext(name).strip()
    (self_link,) = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert self_link.get("href") == SELF
    assert parsedate_to_datetime(channel.findtext("lastBuildDate")).tzinfo
    known = {"title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"}
    guids = []
    for item in channel.findall("item"):
        tags = [element.tag for element in item if not element.tag.startswith("{")]
        assert set(tags) <= known
        assert all(tags.count(tag) == 1 for tag in ("title", "link", "description", "guid", "pubDate"))
        assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000", item.findtext("pubDate"))
        assert item.find("guid").get("isPermaLink") == "false"
        assert urlsplit(item.findtext("link")).scheme == "https"
        guids.append(item.findtext("guid"))
    assert len(set(guids)) == len(guids)


def check_atom(raw):
    """RFC 4287 sections 4.1.1 and 4.1.2."""
    root = etree.fromstring(raw)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(ATOM + name)) == 1, name
    assert [link.get("href") for link in root.findall(f"{ATOM}link") if link.get("rel") == "self"] == [SELF]
    assert root.findall(f"{ATOM}author")
    ids = []
    for entry in root.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "published", "summary", "content"):
            assert len(entry.findall(ATOM + name)) == 1, name
        for name in ("updated", "published"):
            assert datetime.fromisoformat(entry.findtext(ATOM + name)).tzinfo
        (alternate,) = entry.findall(f"{ATOM}link[@rel='alternate']")
        assert urlsplit(alternate.get("href")).scheme == "https"
        content = entry.find(f"{ATOM}content")  # section 3.1.1.3: xhtml is one div
        assert [child.tag for child in content] == [f"{XHTML}div"]
        ids.append(entry.findtext(f"{ATOM}id"))
    assert len(set(ids)) == len(ids)


def check_json(raw):
    """jsonfeed.org/version/1.1"""
    feed = json.loads(raw)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == SELF
    assert feed["title"]
    known = {"id", "url", "external_url", "title", "content_html", "content_text", "summary", "image", "banner_image",
             "date_published", "date_modified", "authors", "tags", "language", "attachments"}  # fmt: skip
    for item in feed["items"]:
        assert {name for name in item if not name.startswith("_")} <= known
        assert item["id"]
        assert item["content_html"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo
        assert all(isinstance(tag, str) for tag in item["tags"])
    ids = [item["id"] for item in feed["items"]]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("happenings", [[], everything()], ids=["nothing yet", "everything"])
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("write", "check"), [(rss, check_rss), (atom, check_atom), (json_feed, check_json)])
def test_every_feed_keeps_the_rules_of_its_form(write, check, language, happenings):
    check(write(happenings, **{**GIVEN, "language": language}))


# ---- what readers make of them


@pytest.mark.parametrize("write", WRITERS)
def test_a_reader_reads_it_back(write):
    told = [happening(), happening(E.OVERDUE, at=AT + timedelta(days=4))]
    items = read(write, told)
    assert [item.id for item in items] == [permanent_id(one.event) for one in told]
    assert [item.link for item in items] == [f"{BASE}/toezeggingen/abc234defg"] * 2
    assert (
        items[0].title
        == "Volgens ons nagekomen: Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden."
    )
    assert [item.at for item in items] == [AT, AT + timedelta(days=4)]


@pytest.mark.parametrize("write", WRITERS)
def test_an_item_holds_the_whole_text_with_its_evidence(write):
    (item,) = read(write, [happening()])
    for part in (
        "Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden.",
        "https://example.org/kst-29398-1042",
        "zelfde zeldzame woorden: fietspaden",
        "Pleit ertegen: andere afzender",
    ):
        assert part in item.whole, part


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_happenings_give_the_same_bytes_at_any_time(write):
    assert write(everything(), **GIVEN) == write(everything(), **GIVEN)
    assert write([], **GIVEN) == write([], **GIVEN)


def test_the_id_is_permanent_and_the_same_everywhere():
    identity = permanent_id(happening().event)
    assert uuid.UUID(identity.removeprefix("urn:uuid:")).version == 5
    for write in WRITERS:
        (item,) = read(write, [happening()], language=Language.EN, title="x", self_url=f"{BASE}/other")
        assert item.id == identity
    assert identity != permanent_id(happening(E.OVERDUE).event)


@pytest.mark.parametrize("write", WRITERS)
def test_times_are_the_events_own_in_utc(write):
    elsewhere = AT.astimezone(timezone(timedelta(hours=2)))
    assert [item.at for item in read(write, [happening(at=elsewhere)])] == [AT]


@pytest.mark.parametrize("write", XML_WRITERS)
def test_a_feed_is_as_new_as_its_newest_event(write):
    feed = feedparser.parse(write([happening(), happening(E.MADE, at=AT + timedelta(hours=1))], **GIVEN))
    assert datetime(*feed.feed.updated_parsed[:6], tzinfo=UTC) == AT + timedelta(hours=1)


@pytest.mark.parametrize("write", WRITERS)
def test_hostile_words_are_only_words(write):
    (item,) = [item for item in read(write, everything()) if item.id == urn("evil")]
    assert "<script>" not in item.whole
    assert "javascript:" not in item.whole
    assert "alert" in item.whole


def urn(key):
    return uuid.uuid5(uuid.NAMESPACE_URL, f"nakoming:{key}").urn


# ---- nothing falls off unseen (RFC 5005)

OLDER = Archive(previous=f"{BASE}/feeds/f?archief=7")
PAGE = Archive(
    previous=f"{BASE}/feeds/f?archief=6", current=f"{BASE}/feeds/f?x=1&y=2", next=f"{BASE}/feeds/f?archief=8"
)


@pytest.mark.parametrize("write", XML_WRITERS)
def test_the_living_feed_leads_to_its_archive(write):
    root = etree.fromstring(write([happening()], **GIVEN, archive=OLDER))
    links = {link.get("rel"): link.get("href") for link in root.iter(f"{ATOM}link")}
    assert links["prev-archive"] == OLDER.previous
    assert "current" not in links
    assert root.find(f".//{HISTORY}archive") is None


@pytest.mark.parametrize("write", XML_WRITERS)
def test_an_archived_page_says_so_and_leads_on_and_back(write):
    root = etree.fromstring(write([happening()], **GIVEN, archive=PAGE))
    links = {link.get("rel"): link.get("href") for link in root.iter(f"{ATOM}link")}
    assert (links["prev-archive"], links["current"], links["next-archive"]) == (PAGE.previous, PAGE.current, PAGE.next)
    assert root.find(f".//{HISTORY}archive") is not None


def test_walking_the_archive_meets_every_item_once():
    """A reader that was away follows prev-archive from page to page, as RFC 5005 section 4 says."""
    items = [happening(E.MADE, key=f"k{n}", at=AT + timedelta(hours=n)) for n in range(23)]
    pages = {f"{BASE}/f?p={n}": items[n * 5 : n * 5 + 5] for n in range(5)}
    addresses = list(pages)
    seen, address = [], addresses[-1]
    while address:
        at = addresses.index(address)
        archive = Archive(previous=addresses[at - 1] if at else "", current="" if at == 4 else addresses[-1])
        feed = feedparser.parse(atom(pages[address], **GIVEN, archive=archive))
        seen += [entry.id for entry in feed.entries]
        address = next((link.href for link in feed.feed.links if link.rel == "prev-archive"), "")
    assert sorted(seen) == sorted(permanent_id(one.event) for one in items)


@pytest.mark.parametrize("write", WRITERS)
def test_paged_results_lead_to_the_next_page(write):
    raw = write([happening()], **GIVEN, next_url=f"{SELF}&pagina=2").decode()
    if write is json_feed:
        assert json.loads(raw)["next_url"] == f"{SELF}&pagina=2"
    else:
        (link,) = etree.fromstring(raw.encode()).iterfind(f".//{ATOM}link[@rel='next']")
        assert link.get("href") == f"{SELF}&pagina=2"


# ---- in a browser


@pytest.mark.parametrize("write", XML_WRITERS)
def test_a_browser_is_told_how_to_show_it(write):
    raw = write([happening()], **GIVEN, style_url='/feeds/stijl.css?v=1&"x')
    lines = raw.split(b"\n")
    assert lines[0] == b'<?xml version="1.0" encoding="utf-8"?>'
    assert lines[1].startswith(b'<?xml-stylesheet type="text/css" href=')
    assert etree.fromstring(raw).getprevious().get("type") == "text/css"
    assert b"v=1&amp;" in lines[1]
    assert b"xml-stylesheet" not in write([happening()], **GIVEN)


@pytest.mark.parametrize("write", XML_WRITERS)
def test_what_a_browser_shows_can_be_read_and_clicked(write):
    root = etree.fromstring(write([happening()], **GIVEN))
    links = [link.get("href") for link in root.iter(f"{XHTML}a")]
    assert f"{BASE}/toezeggingen/abc234defg" in links
    shown = " ".join("".join(div.itertext()) for div in root.iter(f"{XHTML}div"))
    assert "Volgens ons komt dit stuk de toezegging na." in shown
    assert "Dit is een feed." in shown


def test_the_style_sheet_is_plain_css_for_light_and_dark():
    style = feeds.stylesheet().decode()
    assert style.count("{") == style.count("}")
    assert "@media (prefers-color-scheme: dark)" in style
    assert "url(http" not in style.replace('url("http://www.w3.org', "")
    assert "@import" not in style


def test_a_thousand_items_do_not_take_long_to_write():
    many = [happening(E.MADE, key=f"k{n}", at=AT + timedelta(minutes=n)) for n in range(1000)]
    for write in WRITERS:
        assert len(read(write, many)) == 1000


def test_a_document_without_a_day_or_an_address_still_makes_an_item():
    bare = happening(paper=document(url="", published_on=None, office=""))
    for write in WRITERS:
        assert len(read(write, [bare])) == 1
    assert "external_url" not in json.loads(json_feed([bare], **GIVEN))["items"][0]
    assert date(2023, 7, 3).isoformat() in atom([bare], **GIVEN).decode()
