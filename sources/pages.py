"""Web pages without a feed as `Source`s: `ListPage` (a list of links by CSS selector) and `Watched` (one page's text).

A selector that finds nothing is an error (`ChangedShape`), never "nothing new". A link that leaves a list is not a
deletion. Not inside: the comparison of an old text with a new one (the monitor keeps both).
"""

import hashlib
from collections.abc import Iterator
from datetime import date as Day  # noqa: N812 - `date` is a setting here
from datetime import datetime, timedelta
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import Tag
from soupsieve import SelectorSyntaxError

from sources.cleaning import address, clean, day_in, identifiers_in_address, lines, plain
from sources.document import Document, Kind, fold
from sources.feeds import distinct, with_article
from sources.http import Fetcher, Response
from sources.place import Place, shape
from sources.references import references_in
from sources.source import ChangedShape, Cursor, Outcome, Page, Probe, SourceError

MOST_BYTES = 5_000_000
_TEXT = 500_000
_PAGE = "text/html, application/xhtml+xml"


def soup_of(response: Response) -> BeautifulSoup:
    """The page in an answer; the bytes say their own encoding."""
    start = response.content[:1000].lower()
    is_xml = start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml") and b"<html" not in start
    if is_xml or (response.content_type and "html" not in response.content_type):
        raise ChangedShape(f"{response.url}: no page but {clean(response.content_type)[:80] or 'XML'}")
    declared = response.headers.get("Content-Type", "").partition("charset=")[2].strip(" \"';") or None
    return BeautifulSoup(response.content, "lxml", from_encoding=declared)


def checked(**selectors: str) -> None:
    """Raise ValueError that names the setting of which the selector cannot be read."""
    empty = BeautifulSoup("", "lxml")
    for name, selector in selectors.items():
        try:
            empty.select(selector) if selector else None
        except SelectorSyntaxError as error:
            raise ValueError(f"{name}: {selector!r} is no CSS selector ({str(error).splitlines()[0]})") from None


class ListPage(Place):
    """A list of links. item: selector of one entry; link, title, date: selectors within it (empty: the first link, the
    link's words, the entry's words); next_page: selector of the link to the next page; article: see `sources.feeds`."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        name: str,
        base_url: str,
        every: timedelta = timedelta(hours=6),
        silent_after: timedelta = timedelta(days=60),
        item: str,
        link: str = "a[href]",
        title: str = "",
        date: str = "",
        next_page: str = "",
        most_pages: int = 1,
        office: str = "",
        kind_of_paper: Kind = Kind.NEWS,
        article: str = "",
        robots: bool = True,
    ) -> None:
        super().__init__(fetcher, name=name, base_url=base_url, every=every, silent_after=silent_after)
        checked(item=item, link=link, title=title, date=date, next_page=next_page, article=article)
        self.url = base_url
        self._item, self._link, self._title, self._date = item, link, title, date
        self._next, self._most, self._article = next_page, most_pages, article
        self._office, self._kind, self._obey = office, kind_of_paper, robots

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        yield self.look(cursor)

    def look(self, cursor: Cursor) -> Page:
        """All pages of the list as one, oldest entry first."""
        first = self._get(self.url, cursor)
        if first.not_modified:
            return Page(cursor=cursor, outcome=Outcome.NOT_MODIFIED)
        found, bad = self._all_pages(first)
        kept, doubles = distinct(found)
        return Page(
            documents=tuple(reversed(kept)),
            cursor=Cursor().with_(etag=first.etag, modified=first.modified),
            outcome=Outcome.NEW if kept else Outcome.NOTHING,
            bad=(*bad, *doubles),
        )

    def fill(self, document: Document) -> Document:
        if not self._article:
            return document
        return with_article(self._fetcher, document, self._article, home=self.url, robots=self._obey)

    def probe(self, now: datetime) -> Probe:
        """Reads the first page once."""
        found, _ = self.read(self._get(self.url, Cursor()))
        parts = [p for one in found for p in ("link", "title" * bool(one.title), "date" * bool(one.published_on))]
        return Probe(items=len(found), fingerprint=shape([self._item, *parts]))

    def _get(self, url: str, cursor: Cursor) -> Response:
        etag, modified = cursor.get("etag"), cursor.get("modified")
        return self._fetcher.get(
            url, etag=etag, modified=modified, accept=_PAGE, robots=self._obey, most_bytes=MOST_BYTES
        )

    def _all_pages(self, first: Response) -> tuple[list[Document], list[str]]:
        found, notes = self.read(first)
        bad, page, seen = list(notes), first, {first.url}
        for _ in range(self._most - 1):
            target = self._next_address(page)
            if not target or target in seen:
                break
            seen.add(target)
            try:
                page = self._get(target, Cursor())
                more, notes = self.read(page)
            except SourceError as error:
                bad.append(f"a further page could not be read: {error}")
                break
            found, bad = [*found, *more], [*bad, *notes]
        return found, bad

    def _next_address(self, page: Response) -> str:
        link = soup_of(page).select_one(self._next) if self._next else None
        return urljoin(page.url, str(link.get("href") or "")) if link is not None and link.get("href") else ""

    def read(self, response: Response) -> tuple[list[Document], tuple[str, ...]]:
        """The entries on a page in its order, and a line for each that has no address."""
        entries = soup_of(response).select(self._item)
        if not entries:
            raise ChangedShape(f"{response.url}: the selector {self._item!r} finds nothing")
        documents = [self._document(entry, response.url) for entry in entries]
        found = [one for one in documents if one is not None]
        if not found:
            raise ChangedShape(f"{response.url}: no entry has a link ({self._link!r})")
        return found, tuple(f"entry {n} has no link" for n, one in enumerate(documents, 1) if one is None)

    def _document(self, entry: Tag, base: str) -> Document | None:
        anchor = entry if entry.name == "a" and entry.get("href") else entry.select_one(self._link)
        try:
            link = address(urljoin(base, str(anchor.get("href")))) if anchor is not None and anchor.get("href") else ""
        except ValueError:
            link = ""
        if anchor is None or not link:
            return None
        heading = entry.select_one(self._title) if self._title else None
        title = clean((heading if heading is not None else anchor).get_text(" ")) or clean(entry.get_text(" "))[:300]
        return Document(
            key=f"{self.name}:{link.partition('://')[2]}",
            source=self.name,
            kind=self._kind,
            title=title or link,
            url=link,
            identifiers=identifiers_in_address(link),
            references=references_in(title),
            published_on=self._day(entry),
            office=self._office,
        )

    def _day(self, entry: Tag) -> Day | None:
        """The day of an entry: a machine-readable one first, then its words."""
        part = entry.select_one(self._date) if self._date else None
        stamp = (part if part is not None else entry).select_one("time[datetime]")
        if part is not None and part.get("datetime"):
            stamp = part
        written = day_in(str(stamp.get("datetime"))) if stamp is not None else None
        return written or day_in(plain((part if part is not None else entry).get_text(" ")))


class Watched(Place):
    """One page of which a change is news. select: the part that counts; ignore: parts of it that do not."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        name: str,
        base_url: str,
        every: timedelta = timedelta(hours=12),
        silent_after: timedelta = timedelta(days=3650),
        select: str = "main",
        ignore: tuple[str, ...] = (),
        title: str = "",
        office: str = "",
        robots: bool = True,
    ) -> None:
        super().__init__(fetcher, name=name, base_url=base_url, every=every, silent_after=silent_after)
        checked(select=select, **{f"ignore[{n}]": one for n, one in enumerate(ignore)})
        self.url = base_url
        self._select, self._ignore, self._title = select, ignore, title
        self._office, self._obey = office, robots

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """The page as one document; nothing when its words are those of the last time."""
        response = self._get(cursor)
        if response.not_modified:
            yield Page(cursor=cursor, outcome=Outcome.NOT_MODIFIED)
            return
        document = self.read(response)
        words = hashlib.sha256(fold(document.text).encode()).hexdigest()[:16]
        same = words == cursor.get("words")
        yield Page(
            documents=() if same else (document,),
            cursor=Cursor().with_(etag=response.etag, modified=response.modified, words=words),
            outcome=Outcome.NOTHING if same else Outcome.NEW,
        )

    def probe(self, now: datetime) -> Probe:
        """Reads the page once; items are the lines of its text."""
        document = self.read(self._get(Cursor()))
        return Probe(items=len(document.text.splitlines()), fingerprint=shape([self._select, *self._ignore]))

    def _get(self, cursor: Cursor) -> Response:
        etag, modified = cursor.get("etag"), cursor.get("modified")
        return self._fetcher.get(
            self.url, etag=etag, modified=modified, accept=_PAGE, robots=self._obey, most_bytes=MOST_BYTES
        )

    def read(self, response: Response) -> Document:
        soup = soup_of(response)
        parts = soup.select(self._select)
        for selector in self._ignore:
            for unwanted in soup.select(selector):
                unwanted.decompose()
        text = "\n".join(lines(part) for part in parts if not part.decomposed)[:_TEXT].strip()
        if not text:
            found = "finds nothing" if not parts else "holds no words"
            raise ChangedShape(f"{response.url}: the selector {self._select!r} {found}")
        heading = soup.select_one("h1") or soup.select_one("title")
        title = self._title or (clean(heading.get_text(" ")) if heading is not None else "") or self.name
        return Document(
            key=f"{self.name}:page",
            source=self.name,
            kind=Kind.PAGE,
            title=title,
            text=text,
            url=address(self.url) or self.url,
            identifiers=identifiers_in_address(self.url),
            references=references_in(text),
            office=self._office,
        )
