"""The same happenings as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. Pure: nouns in, bytes out, the same for the same.

Which happenings, how far back and under which address is the monitor's; so is HTTP. The calendar of terms is
`notifications.calendar_feed`. Every item carries the whole text with its evidence, a permanent ``urn:uuid`` and the
time of the event in UTC. A browser shows RSS and Atom as a page by the style sheet of `stylesheet`: each carries its
readable part as XHTML, because browsers no longer run XSLT and do not unescape text.
"""

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from io import StringIO
from typing import Any
from xml.sax.saxutils import quoteattr

from feedgenerator import Atom1Feed, Rss201rev2Feed
from lxml import etree
from markupsafe import Markup, escape

from notifications.cleaning import one_line, web_link
from notifications.happening import Happening
from notifications.layout import item_html, item_text
from notifications.telling import Told, tell
from notifications.words import EVENTS, Language, label
from rules.event import Event

GENERATOR = "Nakoming"
TITLE_LIMIT = 200
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # the time of a feed in which nothing has happened yet
RSS_TYPE = "application/rss+xml; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
JSON_TYPE = "application/feed+json; charset=utf-8"
STYLE_TYPE = "text/css; charset=utf-8"
XHTML = "http://www.w3.org/1999/xhtml"
HISTORY = "http://purl.org/syndication/history/1.0"  # RFC 5005


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """Links by which a reader that was away finds what it missed (RFC 5005 section 4); "" where there is none.

    previous: the archived page just before this one. current: the living feed; only archived pages have it, and what
    stands on such a page no longer changes. next: the archived page after this one.
    """

    previous: str = ""
    current: str = ""
    next: str = ""

    def links(self) -> tuple[tuple[str, str], ...]:
        named = (("prev-archive", self.previous), ("current", self.current), ("next-archive", self.next))
        return tuple((rel, address) for rel, address in named if address)


def rss(
    happenings: Sequence[Happening],
    *,
    title: str,
    self_url: str,
    site_url: str,
    language: Language,
    description: str = "",
    next_url: str = "",
    archive: Archive = Archive(),
    style_url: str = "",
) -> bytes:
    """An RSS 2.0 document. description: what the feed holds and how far back, in words for its readers.

    next_url: the page with older items, for results that are paged (RFC 5005 section 3). archive: the same for a feed
    of everything. style_url: where `stylesheet` is served; "": a browser shows the bare XML.
    """
    feed = _Rss(
        title=one_line(title),
        link=site_url,
        description=one_line(description or title),
        language=language.value,
        feed_url=self_url,
        links=_links(next_url, archive),
        archived=bool(archive.current),
        note=_note(site_url, language),
        updated=_updated(happenings),
    )
    for happening in happenings:
        told = tell(happening, language)
        texts = {"description": item_html(told, language), "brief": _brief(told)}
        _add(feed, happening, told, language, **texts)
    return _written(feed, style_url)


def atom(
    happenings: Sequence[Happening],
    *,
    title: str,
    self_url: str,
    site_url: str,
    language: Language,
    description: str = "",
    next_url: str = "",
    archive: Archive = Archive(),
    style_url: str = "",
) -> bytes:
    """An Atom document (RFC 4287); the arguments are those of `rss`."""
    feed = _Atom(
        title=one_line(title),
        link=site_url,
        description=one_line(description),
        language=language.value,
        feed_url=self_url,
        feed_guid=self_url,
        author_name=GENERATOR,
        links=_links(next_url, archive),
        archived=bool(archive.current),
        note=_note(site_url, language),
        updated=_updated(happenings),
    )
    for happening in happenings:
        told = tell(happening, language)
        texts = {"description": str(escape(told.sentence)), "page": item_html(told, language) + _look(told)}
        _add(feed, happening, told, language, **texts)
    return _written(feed, style_url)


def json_feed(
    happenings: Sequence[Happening],
    *,
    title: str,
    self_url: str,
    site_url: str,
    language: Language,
    description: str = "",
    next_url: str = "",
) -> bytes:
    """A JSON Feed 1.1 document (jsonfeed.org/version/1.1), UTF-8; the arguments are those of `rss`."""
    feed: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": one_line(title),
        "home_page_url": site_url,
        "feed_url": self_url,
        "description": one_line(description),
        "next_url": next_url,
        "language": language.value,
        "authors": [{"name": GENERATOR, "url": site_url}],
    }
    feed = {name: value for name, value in feed.items() if value}
    feed["items"] = [_json_item(happening, language) for happening in happenings]
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def permanent_id(event: Event) -> str:
    """``urn:uuid:…`` (RFC 9562, version 5) of the event's key: the same in every feed, language and year."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"nakoming:{event.key}").urn


def _updated(happenings: Sequence[Happening]) -> datetime:
    return max((happening.event.at for happening in happenings), default=NOTHING_YET)


def _title(told: Told) -> str:
    return one_line(f"{told.headline}: {told.what}", TITLE_LIMIT)


def _categories(happening: Happening, language: Language) -> list[str]:
    """The kind of event in words, the kind as data, and the ministry: what a reader may want to sort by."""
    kind = happening.event.kind
    ministry = one_line(happening.commitment.ministry) if happening.commitment else ""
    words = [EVENTS[kind].headline.in_(language), kind.value, ministry]
    return list(dict.fromkeys(word for word in words if word))


def _add(feed: "_Rss | _Atom", happening: Happening, told: Told, language: Language, **texts: str) -> None:
    at = happening.event.at.astimezone(UTC)
    feed.add_item(
        title=_title(told),
        link=told.address,
        pubdate=at,
        updateddate=at,
        unique_id=permanent_id(happening.event),
        unique_id_is_permalink=False,
        categories=_categories(happening, language),
        **texts,
    )


def _json_item(happening: Happening, language: Language) -> dict[str, Any]:
    told, event = tell(happening, language), happening.event
    item = {
        "id": permanent_id(event),
        "url": told.address,
        "external_url": web_link(happening.document.url) if happening.document else "",
        "title": _title(told),
        "summary": told.sentence,
        "content_text": item_text(told, language),
        "content_html": item_html(told, language),
        "date_published": event.at.astimezone(UTC).isoformat(),
        "language": language.value,
        "tags": _categories(happening, language),
        "_nakoming": {"kind": event.kind.value, "commitment": event.commitment, "document": event.document},
    }
    return {name: value for name, value in item.items() if value}


def stylesheet() -> bytes:
    """The CSS by which a browser shows a feed as a page, to be served as `STYLE_TYPE` at ``style_url``."""
    return files("notifications").joinpath("templates/feed.css").read_bytes()


def _links(next_url: str, archive: Archive) -> tuple[tuple[str, str], ...]:
    return ((("next", next_url),) if next_url else ()) + archive.links()


def _note(site_url: str, language: Language) -> str:
    return Markup('<p>{} <a href="{}">{}</a></p>').format(label("feed_note", language), site_url, GENERATOR)


def _brief(told: Told) -> str:
    return str(Markup("<p>{}</p>").format(told.sentence)) + _look(told)


def _look(told: Told) -> str:
    return str(Markup('<p><a href="{}">{}</a></p>').format(told.address, told.look))


def _written(feed: "_Rss | _Atom", style_url: str) -> bytes:
    out = StringIO()
    feed.write(out, "utf-8")
    head, rest = out.getvalue().split("\n", 1)  # the XML declaration stands alone on the first line
    style = f'<?xml-stylesheet type="text/css" href={quoteattr(style_url)}?>\n' if style_url else ""
    return f"{head}\n{style}{rest}\n".encode()


def _xhtml(handler: Any, fragment: str) -> None:
    """The fragment as elements of XHTML, which a browser shows and links as such."""
    root = etree.fromstring(f'<div xmlns="{XHTML}">{fragment}</div>')  # our own template's output, escaped there
    _copy(handler, root, {"xmlns": XHTML})


def _copy(handler: Any, element: etree._Element, attributes: Mapping[str, str]) -> None:
    name = etree.QName(element).localname
    handler.startElement(name, dict(attributes))
    handler.characters(element.text or "")
    for child in element:
        _copy(handler, child, {str(key): str(value) for key, value in child.items()})
        handler.characters(child.tail or "")
    handler.endElement(name)


class _Rss(Rss201rev2Feed):  # type: ignore[misc]  # the library has no types
    """RSS with the time of the newest event instead of the clock's, links to older items and a part for browsers."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", GENERATOR)
        for rel, address in self.feed["links"]:
            handler.addQuickElement("atom:link", None, {"rel": rel, "href": address})
        if self.feed["archived"]:
            handler.addQuickElement("fh:archive", None, {"xmlns:fh": HISTORY})
        _xhtml(handler, self.feed["note"])

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        _xhtml(handler, item["brief"])


class _Atom(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """Atom with the time of the newest event instead of the clock's, links to older items, XHTML as its content."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", GENERATOR)
        for rel, address in self.feed["links"]:
            handler.addQuickElement("link", "", {"rel": rel, "href": address})
        if self.feed["archived"]:
            handler.addQuickElement("fh:archive", None, {"xmlns:fh": HISTORY})
        _xhtml(handler, self.feed["note"])

    def add_item_elements(self, handler: Any, item: Any) -> None:
        super().add_item_elements(handler, item)
        handler.startElement("content", {"type": "xhtml"})
        _xhtml(handler, item["page"])
        handler.endElement("content")
