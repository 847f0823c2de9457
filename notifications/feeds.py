"""The same happenings as RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1. Pure: nouns in, bytes out, the same for the same.

Which happenings, how far back and under which address is the monitor's; so is HTTP. The calendar of terms is
`notifications.calendar_feed`. Every item carries the whole text with its evidence, a permanent ``urn:uuid`` and the
time of the event in UTC.
"""

import json
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from io import StringIO
from typing import Any

from feedgenerator import Atom1Feed, Rss201rev2Feed
from markupsafe import escape

from notifications.cleaning import one_line, web_link
from notifications.happening import Happening
from notifications.layout import item_html, item_text
from notifications.telling import Told, tell
from notifications.words import EVENTS, Language
from rules.event import Event

GENERATOR = "Nakoming"
TITLE_LIMIT = 200
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)  # the time of a feed in which nothing has happened yet
RSS_TYPE = "application/rss+xml; charset=utf-8"
ATOM_TYPE = "application/atom+xml; charset=utf-8"
JSON_TYPE = "application/feed+json; charset=utf-8"


def rss(
    happenings: Sequence[Happening],
    *,
    title: str,
    self_url: str,
    site_url: str,
    language: Language,
    description: str = "",
    next_url: str = "",
) -> bytes:
    """An RSS 2.0 document. description: what the feed holds and how far back, in words for its readers.

    next_url: the page with older items (RFC 5005).
    """
    feed = _Rss(
        title=one_line(title),
        link=site_url,
        description=one_line(description or title),
        language=language.value,
        feed_url=self_url,
        next_url=next_url,
        updated=_updated(happenings),
    )
    for happening in happenings:
        told = tell(happening, language)
        _add(feed, happening, told, language, description=item_html(told, language))
    return _written(feed)


def atom(
    happenings: Sequence[Happening],
    *,
    title: str,
    self_url: str,
    site_url: str,
    language: Language,
    description: str = "",
    next_url: str = "",
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
        next_url=next_url,
        updated=_updated(happenings),
    )
    for happening in happenings:
        told = tell(happening, language)
        _add(feed, happening, told, language, description=str(escape(told.sentence)), content=item_html(told, language))
    return _written(feed)


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


def _written(feed: "_Rss | _Atom") -> bytes:
    out = StringIO()
    feed.write(out, "utf-8")
    return out.getvalue().encode() + b"\n"


class _Rss(Rss201rev2Feed):  # type: ignore[misc]  # the library has no types
    """RSS with the time of the newest event instead of the clock's, and a link to older items."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", GENERATOR)
        if self.feed["next_url"]:
            handler.addQuickElement("atom:link", None, {"rel": "next", "href": self.feed["next_url"]})


class _Atom(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """Atom with the time of the newest event instead of the clock's, and a link to older items."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", GENERATOR)
        if self.feed["next_url"]:
            handler.addQuickElement("link", "", {"rel": "next", "href": self.feed["next_url"]})
