"""rijksoverheid.nl as a `Source`: news and documents of the ministries, by the site's RSS search.

Asked for: ``GET {base_url}/api/rss?query=<JSON>`` and, where that is cut off, ``POST {base_url}/api/search``. The RSS
gives at most twenty items, the most relevant ones, and has no pages: twenty items mean that there may be more, and the
period is halved until fewer come. Documents are stamped at midnight, so a busy midnight cannot be halved further; that
minute is read by the JSON search, which has pages but is undocumented.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

from sources.cleaning import AMSTERDAM, address, day_of, facts, identifiers_in_address, moment_of, plain
from sources.document import Document, Kind
from sources.feeds import distinct, items, oldest_first, with_article
from sources.http import Fetcher, Response
from sources.papers import kind_named, kind_titled
from sources.place import Place, json_paths, moved, read_json, shape
from sources.references import references_in
from sources.source import ChangedShape, Cursor, Outcome, Page, Probe, Refused, SourceError

HOST = "rijksoverheid.nl"
SITE = f"https://www.{HOST}"
MOST_ITEMS = 20
FIRST_LOOK = timedelta(days=7)
OVERLAP = timedelta(hours=26)  # documents are stamped at the midnight before
SHORTEST = timedelta(minutes=1)
PAGE_SIZE = 50
MOST_PAGES = 40
_SECTIONS = {"kamerstukken": "kamerbrief", "rapporten": "rapport", "brieven": "brief", "besluiten": "besluit"}


Ask = tuple[str, str]  # a search term and a topic, either of them possibly empty
Read = tuple[list[Document], tuple[str, ...]]  # documents, and lines about what could not be read


class Rijksoverheid(Place):
    """See `sources.source.Source`. terms: search words, topics: names of the site's topics; each pair of them is asked
    on its own (none: everything). article: a CSS selector for the text of an item's page (empty: do not fetch it).
    """

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        name: str = "rijksoverheid",
        base_url: str = SITE,
        every: timedelta = timedelta(hours=1),
        silent_after: timedelta = timedelta(days=4),
        terms: tuple[str, ...] = (),
        topics: tuple[str, ...] = (),
        article: str = "main",
    ) -> None:
        super().__init__(fetcher, name=name, base_url=base_url, every=every, silent_after=silent_after)
        self._asks = [(term, topic) for term in terms or ("",) for topic in topics or ("",)]
        self._article = article

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """Everything since the cursor, in one page per question."""
        last = moment_of(cursor.get("since"))
        begin = min(last - OVERLAP if last else now - FIRST_LOOK, now)
        known: set[str] = set()
        for ask in self._asks:
            documents, bad = self._between(ask, begin, now)
            fresh = [one for one in documents if one.key not in known]
            known.update(one.key for one in fresh)
            yield Page(documents=oldest_first(fresh), cursor=cursor, bad=bad)
        yield Page(cursor=Cursor({"since": now.isoformat()}), outcome=Outcome.NEW if known else Outcome.NOTHING)

    def backfill(self, first: date, last: date, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """A week at a time, by the day that the site shows."""
        day = date.fromisoformat(cursor.get("day")) if cursor.get("day") else first
        while day <= last:
            following = min(day + timedelta(days=7), last + timedelta(days=1))
            kept = Cursor({"day": following.isoformat()})
            found = [self._between(ask, _midnight(day), _midnight(following)) for ask in self._asks]
            documents, bad = _joined(found)
            yield Page(documents=oldest_first(documents), cursor=kept, bad=bad)
            day = following

    def fill(self, document: Document) -> Document:
        """The words of the page, and the ids of official papers that it links to by name."""
        if not self._article or document.withdrawn:
            return document
        at = moved(document.url, self.url, HOST)
        return with_article(self._fetcher, document, self._article, home=self.url, robots=True, at=at)

    def probe(self, now: datetime) -> Probe:
        """Asks for the last day."""
        entries, _ = items(self._rss(self._asks[0], now - timedelta(days=1), now))
        return Probe(items=len(entries), fingerprint=shape(path for entry in entries for path in json_paths(entry)))

    def _between(self, ask: Ask, begin: datetime, end: datetime) -> Read:
        """All items of a period, oldest first. Each midnight's minute is asked for apart: most documents bear it."""
        edges = [begin, *_midnights(begin, end), end]
        parts = [self._stretch(ask, first, last) for first, last in pairwise(edges)]
        return _joined(parts)

    def _stretch(self, ask: Ask, begin: datetime, end: datetime) -> Read:
        """All items of a period; it is halved while the answer is cut off, and the last minute is searched."""
        entries, notes = items(self._rss(ask, begin, end))
        found = [one for entry in entries if (one := self._item(entry)) is not None]
        if len(entries) < MOST_ITEMS:
            return found, notes
        if end - begin > SHORTEST:
            middle = (begin + (end - begin) / 2).replace(microsecond=0)
            return _joined([self._stretch(ask, begin, middle), self._stretch(ask, middle, end)])
        try:
            return self._searched(ask, begin, end)
        except SourceError as error:
            return found, (f"only {len(entries)} items of {_instant(begin)} could be read ({error})",)

    def _filters(self, ask: Ask, begin: datetime, end: datetime) -> list[dict[str, Any]]:
        period = {"name": "specificPeriod", "from": _instant(begin), "to": _instant(end - timedelta(milliseconds=1))}
        filters: list[dict[str, Any]] = [{"field": "sort_date", "type": "all", "values": [period]}]
        if ask[1]:
            filters.append({"field": "topic", "type": "all", "values": [ask[1]]})
        return filters

    def _rss(self, ask: Ask, begin: datetime, end: datetime) -> Response:
        asked = {"filters": self._filters(ask, begin, end), "resultSearchTerm": ask[0], "pageTitle": "Zoeken"}
        query = quote(json.dumps(asked, ensure_ascii=False, separators=(",", ":")), safe="")
        return self._fetcher.get(f"{self.url}/api/rss?query={query}", accept="application/rss+xml, application/xml")

    def _item(self, entry: Mapping[str, Any]) -> Document | None:
        return self._document(entry["link"], entry["title"], entry["text"], entry["published"], "", "")

    def _searched(self, ask: Ask, begin: datetime, end: datetime) -> Read:
        """A busy minute by the JSON search; a line says so when even that leaves a rest."""
        found: list[Document] = []
        for number in range(1, MOST_PAGES + 1):
            listed = self._results(ask, begin, end, number)
            found += [one for raw in listed if (one := self._result(raw)) is not None]
            if len(listed) < PAGE_SIZE:
                return found, ()
        return found, (f"more than {MOST_PAGES * PAGE_SIZE} items at {_instant(begin)}",)

    def _results(self, ask: Ask, begin: datetime, end: datetime, number: int) -> list[Mapping[str, Any]]:
        body = json.dumps(_search_body(ask[0], self._filters(ask, begin, end), number)).encode()
        response = self._fetcher.post(
            f"{self.url}/api/search", body, {"Content-Type": "application/json"}, guarded=False, most_bytes=5_000_000
        )
        if response.status >= 400:
            raise Refused(f"{response.url}: answered with status {response.status}", status=response.status)
        raw = read_json(response).get("rawResponse")
        listed = raw.get("rawResults") if isinstance(raw, dict) else None
        if not isinstance(listed, list):
            raise ChangedShape(f"{response.url}: an answer without search results")
        return [one for one in listed if isinstance(one, dict)]

    def _result(self, raw: Mapping[str, Any]) -> Document | None:
        said = {name: str(value.get("raw") or "") for name, value in raw.items() if isinstance(value, dict)}
        link = address(urljoin(f"{SITE}/", said.get("url", "")))
        title, text = plain(said.get("page_title", "")), plain(said.get("meta_description", ""))
        moment = moment_of(said.get("sort_date", ""))
        return self._document(link, title, text, moment, said.get("information_type", ""), said.get("ministry", ""))

    def _document(
        self, link: str, title: str, text: str, moment: datetime | None, word: str, ministry: str
    ) -> Document | None:
        path = urlsplit(link).path.rstrip("/")
        if not path or not title:
            return None
        kind, section = _kind(path, title, word)
        return Document(
            key=f"{self.name}:{path.lower()}",
            source=self.name,
            kind=kind,
            title=title,
            text=text,
            url=f"{SITE}{path}",
            identifiers=identifiers_in_address(path),
            references=references_in(f"{title}\n{text}"),
            published_on=day_of(moment),
            facts=facts(kind=section, ministry=ministry),
            modified_at=moment,
        )


def _joined(parts: Sequence[Read]) -> Read:
    found, doubles = distinct([one for documents, _ in parts for one in documents])
    return found, (*(line for _, lines in parts for line in lines), *doubles)


def _midnights(begin: datetime, end: datetime) -> list[datetime]:
    """The edges of every Amsterdam midnight's minute within a period."""
    days = range((end - begin).days + 2)
    starts = [_midnight(begin.astimezone(AMSTERDAM).date() + timedelta(days=n)) for n in days]
    edges = [edge for start in starts for edge in (start, start + SHORTEST)]
    return [edge for edge in edges if begin < edge < end]


def _kind(path: str, title: str, word: str) -> tuple[Kind, str]:
    """The kind of an item by the site's own word, else its address, else its title; and the word."""
    parts = [part for part in path.split("/") if part]
    if "nieuws" in parts[:3]:
        return Kind.NEWS, "nieuws"
    section = word or (parts[1] if parts[0] == "documenten" and len(parts) > 2 and not parts[1].isdecimal() else "")
    titled = kind_titled(title)
    if titled is not Kind.OTHER:
        return titled, section
    named = kind_named(_SECTIONS.get(section.lower(), section)) if section else None
    return named or (Kind.OTHER if parts[0] == "documenten" else Kind.PAGE), section


def _instant(moment: datetime) -> str:
    """The site wants full instants: a bare date is answered with status 500."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)


def _search_body(term: str, filters: list[dict[str, Any]], number: int) -> dict[str, Any]:
    """The form of the site's own search."""
    fields: dict[str, Any] = {name: {"raw": {}} for name in ("page_title", "url", "sort_date", "information_type")}
    fields["meta_description"] = {"raw": {}, "snippet": {"size": 200, "fallback": True}}
    facets = {name: {"type": "value", "size": 250} for name in ("ministry", "information_type")}
    state = {"searchTerm": term, "filters": filters, "resultsPerPage": PAGE_SIZE, "current": number}
    return {
        "requestState": {**state, "sortDirection": "", "sortField": ""},
        "queryConfig": {
            "result_fields": fields,
            "facets": facets,
            "disjunctiveFacets": list(facets),
            "search_fields": {"page_title": {}},
        },
    }
