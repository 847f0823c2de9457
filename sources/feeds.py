"""Any RSS, Atom or JSON feed as a `Source`.

feedparser reads bytes that we fetched, never an address. An answer that is no feed is an error, not an empty feed; an
item that falls off a short feed is not a deletion, but a feed of which no item of last time is left is said to have
lost some. Items that stand in it byte for byte as they were read before are not parsed again (`sources.sieve`). Not
inside: feeds of one publisher with rules of their own (they use `items` from here).
"""

import contextlib
import hashlib
import json
import re
import warnings
from calendar import timegm
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser
from bs4 import BeautifulSoup

from sources import sieve
from sources.cleaning import address, clean, day_of, facts, identifiers_in_address, lines, moment_of, plain, unique
from sources.document import Document, Kind, fold
from sources.http import Fetcher, Response
from sources.place import Place, json_paths, same_place, shape
from sources.references import references_in
from sources.source import ChangedShape, Cursor, Outcome, Page, Probe, Refused, SourceError, Unreachable

ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
_REMEMBERED = 40  # item names of either end in the cursor, to see whether a feed has run past us
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_CLOSED = re.compile(rb"</(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)*$", re.IGNORECASE | re.DOTALL)
_TEXT = 100_000  # characters of one item


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What an answer holds. bad: a line for each item that could not be read. names, marks: of all items as they stand
    in the feed, those that were left out too."""

    documents: tuple[Document, ...]
    bad: tuple[str, ...]
    names: tuple[str, ...]
    marks: tuple[str, ...] = ()

    @property
    def marked(self) -> str:
        """Each mark with its name, for the next time; nothing when they do not belong together."""
        if len(self.marks) != len(self.names):
            return ""
        return " ".join(mark + name for mark, name in zip(self.marks, self.names, strict=True))


class Feed(Place):
    """See `sources.source.Source`. office: who signs everything in it; kind_of_paper: what its items are.

    article: a CSS selector for the text on the page that an item links to (empty: the feed's own words are the text).
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        name: str,
        base_url: str,
        every: timedelta = timedelta(hours=1),
        silent_after: timedelta = timedelta(days=60),
        office: str = "",
        kind_of_paper: Kind = Kind.NEWS,
        article: str = "",
        robots: bool = True,
    ) -> None:
        super().__init__(fetcher, name=name, base_url=base_url, every=every, silent_after=silent_after)
        self.url = base_url
        self._office, self._kind, self._article, self._obey = office, kind_of_paper, article, robots

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """One page: the feed, oldest item first."""
        response = self._fetcher.get(
            self.url, etag=cursor.get("etag"), modified=cursor.get("modified"), accept=ACCEPT, robots=self._obey
        )
        if response.not_modified:
            yield Page(cursor=cursor, outcome=Outcome.NOT_MODIFIED)
            return
        body = hashlib.sha256(response.content).hexdigest()[:16]
        if body == cursor.get("body"):  # byte for byte what was read well the last time
            yield Page(cursor=cursor, outcome=Outcome.NOTHING)
            return
        read = self._read_anew(response, cursor.get("items"))
        bad, before = read.bad, cursor.get("names").split()
        if before and read.names and not set(before) & set(read.names):
            bad += ("no item of the last time is left in the feed: some may have been missed",)
        kept = {"etag": response.etag, "modified": response.modified}
        kept["names"] = " ".join(_ends(read.names)) or cursor.get("names")
        kept |= {} if bad else {"body": body, "items": read.marked}
        yield Page(
            documents=read.documents,
            cursor=Cursor().with_(**kept),
            outcome=Outcome.NEW if read.documents else Outcome.NOTHING,
            bad=bad,
        )

    def _read_anew(self, response: Response, remembered: str) -> Read:
        """What an answer holds; items that were read well before are left out. remembered: as `Read.marked`."""
        standing = sieve.marks(response.content, response.headers.get("Content-Type", ""))
        marks = tuple(item.mark for item in standing)
        held = {pair[: sieve.MARK]: pair[sieve.MARK :] for pair in remembered.split()}
        known = {mark: held[mark] for mark in marks if mark in held}
        if known:
            rest = replace(response, content=sieve.without(response.content, standing, known))
            fresh = [mark for mark in marks if mark not in known]
            with contextlib.suppress(SourceError):
                part = self.read(rest)
                if not part.bad and len(part.names) == len(fresh) and not set(part.names) & set(known.values()):
                    named = {**known, **dict(zip(fresh, part.names, strict=True))}
                    return replace(part, names=tuple(named[mark] for mark in marks), marks=marks)
        return replace(self.read(response), marks=marks)

    def read(self, response: Response) -> Read:
        """The documents in an answer and a line for each item that could not be read."""
        entries, notes = items(response)
        documents = [self._document(entry) for entry in entries]
        bad = [f"item {n} has neither a title nor an address" for n, one in enumerate(documents, 1) if one is None]
        kept, doubles = distinct([one for one in documents if one is not None])
        names = tuple(hashlib.sha256(one.key.encode()).hexdigest()[:8] for one in documents if one is not None)
        return Read(documents=oldest_first(kept), bad=(*notes, *bad, *doubles), names=names)

    def fill(self, document: Document) -> Document:
        if not self._article or not document.url or document.withdrawn:
            return document
        return with_article(self._fetcher, document, self._article, home=self.url, robots=self._obey)

    def probe(self, now: datetime) -> Probe:
        """Reads the feed once."""
        response = self._fetcher.get(self.url, accept=ACCEPT, robots=self._obey)
        entries, _ = items(response)
        return Probe(items=len(entries), fingerprint=shape(path for entry in entries for path in json_paths(entry)))

    def _document(self, entry: Mapping[str, Any]) -> Document | None:
        title, link = str(entry["title"]), str(entry["link"])
        own = fold(str(entry["id"])) or link
        if not own or not (title or link):
            return None
        text = str(entry["text"])[:_TEXT]
        return Document(
            key=f"{self.name}:{own}",
            source=self.name,
            kind=self._kind,
            title=title or link,
            text=text,
            url=link,
            identifiers=identifiers_in_address(link),
            references=references_in(f"{title}\n{text}"),
            published_on=day_of(entry["published"]),
            office=self._office,
            facts=facts(topics="|".join(entry["topics"])),
            modified_at=entry["modified"] or entry["published"],
        )


def _ends(names: Sequence[str]) -> Sequence[str]:
    """The names to remember: the newest items stand first or last."""
    return names if len(names) <= 2 * _REMEMBERED else (*names[:_REMEMBERED], *names[-_REMEMBERED:])


def items(response: Response) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The items of a feed of any sort as plain words, and remarks on its form. Raises where the answer is no feed."""
    start = response.content[:1000].lstrip(b"\xef\xbb\xbf \r\n\t")
    if start.startswith(b"{"):
        return _json_items(response), ()
    if not start:
        raise ChangedShape(f"{response.url}: an empty answer instead of a feed")
    if b"<!entity" in response.content[:200_000].lower():
        raise ChangedShape(f"{response.url}: declares entities, which we do not read")
    read = _parsed(response)
    if not read.get("version"):
        what = "a page" if b"<html" in response.content[:4000].lower() else "something else"
        raise ChangedShape(f"{response.url}: no feed but {what}")
    broken = read.get("bozo") and not isinstance(read.get("bozo_exception"), feedparser.CharacterEncodingOverride)
    if broken and not _CLOSED.search(response.content[-2000:]):
        raise Unreachable(f"{response.url}: the feed breaks off")
    return [_item(entry) for entry in read["entries"]], ("the feed is not well-formed XML",) if broken else ()


def _parsed(response: Response) -> Any:
    content = response.content
    if not content.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16 is full of zero bytes
        content = _NO_XML.sub(b" ", content)
    headers = {"content-type": response.headers.get("Content-Type", ""), "content-location": response.url}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return (
            feedparser.parse(  # we keep words only (`plain`), so its own cleaning of markup would be work for nothing
                content, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
            )
        )


def _item(entry: Any) -> dict[str, Any]:
    written = [part.get("value", "") for part in entry.get("content", [])] or [entry.get("summary", "")]
    return {
        "id": clean(entry.get("id", "")),
        "title": plain(entry.get("title", "")),
        "link": address(entry.get("link", "")),
        "text": plain(" ".join(written)),
        "published": _moment(entry, "published_parsed"),
        "modified": _moment(entry, "updated_parsed"),
        "topics": unique(*(clean(tag.get("term") or "") for tag in entry.get("tags", []))),
    }


def _moment(entry: Any, name: str) -> datetime | None:
    """A struct_time of feedparser (always UTC) as a moment; `in` first, because feedparser's `get` substitutes."""
    parsed = entry[name] if name in entry.keys() else None  # noqa: SIM118 - its `in` substitutes as well
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _json_items(response: Response) -> list[dict[str, Any]]:
    """A JSON Feed (version 1 or 1.1)."""
    try:
        feed = json.loads(response.content)
    except (ValueError, RecursionError):
        raise Unreachable(f"{response.url}: the feed breaks off or is damaged") from None
    if not isinstance(feed, dict) or "jsonfeed.org/version/" not in str(feed.get("version")):
        raise ChangedShape(f"{response.url}: JSON that is no feed")
    listed = feed.get("items")
    if not isinstance(listed, list):
        raise ChangedShape(f"{response.url}: a JSON feed without items")
    return [_json_item(one) for one in listed if isinstance(one, dict)]


def _json_item(one: Mapping[str, Any]) -> dict[str, Any]:
    tags = one.get("tags")
    return {
        "id": clean(str(one.get("id") or "")),
        "title": plain(str(one.get("title") or "")),
        "link": address(str(one.get("url") or one.get("external_url") or "")),
        "text": plain(str(one.get("content_text") or one.get("content_html") or one.get("summary") or "")),
        "published": moment_of(str(one.get("date_published") or "")),
        "modified": moment_of(str(one.get("date_modified") or "")),
        "topics": unique(*(clean(str(tag)) for tag in tags)) if isinstance(tags, list) else (),
    }


def distinct(documents: Sequence[Document]) -> tuple[list[Document], tuple[str, ...]]:
    """One document for each key. The same id with another address is another document; with the same address the
    newest text stands. Each double is told in a line."""
    kept: dict[str, Document] = {}
    notes = []
    for document in documents:
        held = kept.get(document.key)
        if held is None or held == document:
            kept[document.key] = held or document
        elif held.url != document.url:
            own = replace(document, key=f"{document.key}|{document.url}")
            kept[own.key] = own
            notes.append(f"two items share the id {document.key}")
        else:
            notes.append(f"the item {document.key} stands in it twice with different texts")
            if (document.modified_at or _BEGIN) > (held.modified_at or _BEGIN):
                kept[document.key] = document
    return list(kept.values()), tuple(notes)


_BEGIN = datetime(1, 1, 1, tzinfo=UTC)


def oldest_first(documents: Sequence[Document]) -> tuple[Document, ...]:
    """In order of publication; feeds print the newest first, so equal moments are turned round."""
    turned = list(documents)[::-1]
    return tuple(sorted(turned, key=lambda one: one.modified_at or _BEGIN))


def with_article(
    fetcher: Fetcher, document: Document, selector: str, *, home: str, robots: bool, at: str = ""
) -> Document:
    """The document with the words of the page it links to; the same one when the page is gone or has no such part.

    home: the source's own address; a page elsewhere is fetched under guard. at: where to fetch it instead.
    """
    url = at or document.url
    guarded = not same_place(url, home)
    try:
        response = fetcher.get(url, accept="text/html", guarded=guarded, robots=robots, most_bytes=5_000_000)
    except Refused as refused:
        if refused.status in (403, 404, 410):
            return document
        raise
    if "html" not in response.content_type:
        return document
    part = BeautifulSoup(response.content, "lxml").select_one(selector)
    text = lines(part)[:_TEXT] if part is not None else ""
    if len(text) <= len(document.text):
        return document
    references = unique(*document.references, *references_in(text))
    return replace(document, text=text, references=references)
