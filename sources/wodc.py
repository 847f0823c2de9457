"""WODC's repository of research reports (DSpace 7, REST) as a `Source`.

Asked for: ``GET {base_url}/server/api/discover/search/objects`` (newest additions first), for `fill`
``/server/api/core/items/{uuid}/bundles?embed=bitstreams`` and ``/server/api/core/bitstreams/{uuid}/content``.
The project number joins a report to the page that announced it and to the letters that speak of it.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from sources.cleaning import clean, facts, moment_of, plain, unique
from sources.document import Document, Kind
from sources.http import Fetcher, Response
from sources.papers import kind_named
from sources.place import Place, json_paths, read_json, shape
from sources.readers import text_of
from sources.references import references_in
from sources.source import ChangedShape, Cursor, Outcome, Page, Probe, Refused, Unreadable

SITE = "https://repository.wodc.nl"
PAGE_SIZE = 100
FIRST_LOOK = timedelta(days=365)  # a first poll shows the year before
OVERLAP = timedelta(days=2)  # additions may become visible a little later than they are dated
MOST_PAGES = 200
_REPORTS = ("report", "rapport", "book", "boek", "research report", "onderzoeksrapport", "factsheet")
_PROJECT = re.compile(r"\d{4}")
_TEXT = 2_000_000


class Wodc(Place):
    """See `sources.source.Source`. query: words that narrow what is read (empty: everything)."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        name: str = "wodc",
        base_url: str = SITE,
        every: timedelta = timedelta(hours=6),
        silent_after: timedelta = timedelta(days=45),
        query: str = "",
    ) -> None:
        super().__init__(fetcher, name=name, base_url=base_url, every=every, silent_after=silent_after)
        self._query = query

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """All additions since the cursor in one page, oldest first: the repository lists the newest first."""
        last = moment_of(cursor.get("since"))
        since = min(last, now) - OVERLAP if last else now - FIRST_LOOK
        found: list[tuple[datetime, Document]] = []
        bad: list[str] = []
        unknown: list[str] = []
        for items in self._listed(PAGE_SIZE):
            older = False
            for item in items:
                added = _added(item)
                if added is not None and added < since:
                    older = True
                    continue
                document = self._document(item, bad, unknown)
                if document is not None:
                    found.append((added or now, document))
            if older:
                break
        newest = max((moment for moment, _ in found), default=None)
        reached = min(max(filter(None, (newest, last)), default=now), now)
        yield Page(
            documents=tuple(document for _, document in sorted(found, key=lambda pair: pair[0])),
            cursor=Cursor({"since": reached.isoformat()}),
            outcome=Outcome.NEW if found else Outcome.NOTHING,
            bad=tuple(bad),
            unknown=unique(*unknown),
        )

    def backfill(self, first: date, last: date, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """The whole list, page by page, keeping what was issued in the period."""
        begin = int(cursor.get("page") or 0)
        for number, items in enumerate(self._listed(PAGE_SIZE, begin), begin):
            bad: list[str] = []
            documents = [self._document(item, bad, []) for item in items]
            wanted = [one for one in documents if one is not None and _within(one.published_on, first, last)]
            yield Page(documents=tuple(wanted), cursor=Cursor({"page": str(number)}), bad=tuple(bad))

    def fill(self, document: Document) -> Document:
        """The abstract and the words of the report's file; an item that is no longer there is withdrawn."""
        if document.withdrawn:
            return document
        uuid = document.key.partition(":")[2]
        try:
            answer = read_json(self._get(f"/server/api/core/items/{uuid}/bundles?embed=bitstreams"))
        except Refused as refused:
            if refused.status in (404, 410):
                return replace(document, withdrawn=True)
            raise
        file = _report_file(answer)
        if file is None:
            return document
        response = self._fetcher.get(f"{self.url}/server/api/core/bitstreams/{file['uuid']}/content")
        stated = {**document.facts, "sha256": hashlib.sha256(response.content).hexdigest()}
        try:
            name = clean(str(file.get("name") or ""))
            text = text_of(response.content, name=name, content_type=response.content_type)
        except Unreadable as error:
            return replace(document, facts={**stated, "unreadable": str(error)[:200]})
        whole = "\n\n".join(part for part in (document.text, text) if part)[:_TEXT]
        return replace(document, text=whole, facts=stated)

    def probe(self, now: datetime) -> Probe:
        """Asks for the newest item only."""
        items = next(self._listed(1), [])
        return Probe(items=len(items), fingerprint=shape(path for item in items for path in json_paths(item)))

    def _get(self, path: str) -> Response:
        return self._fetcher.get(f"{self.url}{path}", accept="application/json")

    def _listed(self, size: int, begin: int = 0) -> Iterator[list[Mapping[str, Any]]]:
        """Pages of items, newest addition first, to the end of the list."""
        for number in range(begin, MOST_PAGES):
            asked = {"query": self._query, "dsoType": "item", "size": str(size), "page": str(number)}
            query = urlencode({**asked, "sort": "dc.date.accessioned,DESC"})
            answer = read_json(self._get(f"/server/api/discover/search/objects?{query}"))
            items, pages = _items(answer, f"{self.url} (search)")
            yield items
            if not items or number + 1 >= pages:
                return

    def _document(self, item: Mapping[str, Any], bad: list[str], unknown: list[str]) -> Document | None:
        uuid = _uuid(item.get("uuid") or item.get("id"))
        metadata = item.get("metadata")
        if not uuid or not isinstance(metadata, dict):
            bad.append(f"an item without {'an id' if not uuid else 'metadata'}")
            return None
        said = _Said(metadata)
        word = said.one("dc.type")
        kind = Kind.REPORT if word.lower() in _REPORTS or not word else kind_named(word)
        if kind is None:
            unknown.append(f"dc.type: {word}")
        handle = str(item.get("handle") or "")
        title = plain(said.one("dc.title") or str(item.get("name") or "")) or uuid
        text = plain(said.one("dc.description.abstract") or said.one("html.description.abstract"))
        projects = [number for value in said.many("dc.identifier.project") for number in _PROJECT.findall(value)]
        return Document(
            key=f"{self.name}:{uuid}",
            source=self.name,
            kind=kind or Kind.OTHER,
            title=title,
            text=text,
            url=f"{SITE}/handle/{handle}" if handle else f"{SITE}/items/{uuid}",
            identifiers=unique(*(f"wodc:{number}" for number in projects), f"hdl:{handle}" if handle else ""),
            references=references_in(f"{title}\n{text}"),
            published_on=_issued(said) or _day(_added(item)),
            office="WODC",
            facts=facts(
                kind=word,
                project="|".join(unique(*projects)),
                english_title=plain(said.one("dc.title.english")),
                authors="|".join(map(clean, said.many("dc.contributor.author"))),
                institution="|".join(map(clean, said.many("dc.contributor.institution"))),
                series="|".join(map(clean, said.many("dc.relation.ispartofseries"))),
                topics="|".join(map(clean, said.many("dc.subject"))),
            ),
            withdrawn=item.get("withdrawn") is True,
            modified_at=moment_of(str(item.get("lastModified") or "")) or _added(item),
        )


class _Said:
    """Dublin Core as DSpace gives it: every value a list of objects, any of them absent."""

    def __init__(self, metadata: Mapping[str, Any]) -> None:
        self._metadata = metadata

    def many(self, name: str) -> list[str]:
        values = self._metadata.get(name)
        listed = values if isinstance(values, list) else []
        return [str(one["value"]) for one in listed if isinstance(one, dict) and one.get("value")]

    def one(self, name: str) -> str:
        return next(iter(self.many(name)), "")


def _items(answer: Mapping[str, Any], place: str) -> tuple[list[Mapping[str, Any]], int]:
    """The items on a page of search results and how many pages there are."""
    try:
        result = answer["_embedded"]["searchResult"]
        pages = int(result["page"]["totalPages"])
        objects = result.get("_embedded", {}).get("objects", [])
        found = [one["_embedded"]["indexableObject"] for one in objects]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise ChangedShape(f"{place}: an answer without search results") from None
    return [one for one in found if isinstance(one, dict) and one.get("type", "item") == "item"], pages


def _added(item: Mapping[str, Any]) -> datetime | None:
    metadata = item.get("metadata")
    said = _Said(metadata if isinstance(metadata, dict) else {})
    return moment_of(said.one("dc.date.accessioned")) or moment_of(said.one("dc.date.available"))


def _issued(said: _Said) -> date | None:
    """A full date of issue only: a bare year or month names no day."""
    try:
        return date.fromisoformat(said.one("dc.date.issued")[:10])
    except ValueError:
        return None


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(UTC).date() if moment else None


def _within(day: date | None, first: date, last: date) -> bool:
    return day is not None and first <= day <= last


def _report_file(answer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The first PDF of the bundle ORIGINAL, or else its first file."""
    bundles = _dig(answer, "_embedded", "bundles") or []
    original = next((one for one in bundles if isinstance(one, dict) and one.get("name") == "ORIGINAL"), {})
    listed = _dig(original, "_embedded", "bitstreams", "_embedded", "bitstreams") or []
    files = [one for one in listed if isinstance(one, dict) and _uuid(one.get("uuid"))]
    return next(
        (one for one in files if str(one.get("name", "")).lower().endswith(".pdf")), files[0] if files else None
    )


def _uuid(value: object) -> str:
    """An id as it may stand in an address; empty for anything else."""
    return str(value).lower() if re.fullmatch(r"[0-9a-fA-F-]{36}", str(value)) else ""


def _dig(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value
