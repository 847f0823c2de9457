"""open.overheid.nl (the Woo platform) as a `Source`: letters, reports, decision notes of ministries, with their files.

Asked for: ``GET {base_url}/zoek?…`` (lists), ``{base_url}/zoek/{id}`` (detail) and the file that the detail names. A
paper that also stands at officielebekendmakingen.nl carries that address (``weblocatie``) and so its official id.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from sources.cleaning import address, clean, day_of, facts, identifiers_in_address, moment_of, plain, unique
from sources.document import Document, Kind, fold
from sources.http import Fetcher
from sources.papers import kind_named, kind_titled
from sources.place import Place, json_paths, read_json, shape
from sources.readers import text_of
from sources.references import references_in
from sources.source import ChangedShape, Cursor, Outcome, Page, Probe, Refused, Unreadable

SITE = "https://open.overheid.nl"
PAGE_SIZE = 50  # 10, 20 or 50
WINDOW = 9_950  # offset from which a question is cut by date instead
FIRST_LOOK = timedelta(days=3)
OVERLAP = timedelta(days=1)  # late arrivals
_GONE = (403, 404, 410)
_ID = re.compile(r"[\w-]{4,100}")
_VERSION = re.compile(r"_\d+$")
_TEXT = 2_000_000
_ANNEX_OF, _HAS_ANNEX = "c_4d1ea9ba", "c_05f4a5f3"


class OpenOverheid(Place):
    """See `sources.source.Source`. terms: search words, each asked on its own (none: everything); skip: publishers
    that other sources cover."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        name: str = "open_overheid",
        base_url: str = f"{SITE}/overheid/openbaarmakingen/api/v0",
        every: timedelta = timedelta(hours=1),
        silent_after: timedelta = timedelta(days=5),
        terms: tuple[str, ...] = (),
        skip: tuple[str, ...] = ("Tweede Kamer", "Eerste Kamer"),
    ) -> None:
        super().__init__(fetcher, name=name, base_url=base_url, every=every, silent_after=silent_after)
        self._terms = terms or ("",)
        self._skip = tuple(fold(publisher) for publisher in skip)

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """By the day of publication, oldest first, a page of documents per page of hits."""
        today = day_of(now) or now.date()
        last = date.fromisoformat(cursor.get("since")) if cursor.get("since") else None
        since = min(last - OVERLAP if last else today - FIRST_LOOK, today)
        found = False
        for page in self._pages(since, today, cursor):
            found |= bool(page.documents)
            yield page
        kept = Cursor({"since": today.isoformat()})
        yield Page(cursor=kept, outcome=Outcome.NEW if found else Outcome.NOTHING)

    def backfill(self, first: date, last: date, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """A day at a time; the cursor names the day."""
        day = date.fromisoformat(cursor.get("day")) if cursor.get("day") else first
        while day <= last:
            yield from self._pages(day, day, Cursor({"day": day.isoformat()}))
            day += timedelta(days=1)
            yield Page(cursor=Cursor({"day": day.isoformat()}), outcome=Outcome.NOTHING)

    def fill(self, document: Document) -> Document:
        """Kind, relations and the newest file's words; what is no longer there is withdrawn."""
        own = document.key.partition(":")[2]
        if document.withdrawn:
            return document
        try:
            detail = read_json(self._fetcher.get(f"{self.url}/zoek/{own}", accept="application/json"))
        except Refused as refused:
            if refused.status in _GONE:
                return replace(document, withdrawn=True)
            raise
        full = _detailed(document, detail)
        file = _newest_file(detail)
        return self._with_file(full, own, file) if file is not None else full

    def probe(self, now: datetime) -> Probe:
        """Asks for ten hits of the last days."""
        today = day_of(now) or now.date()
        answer = self._answer("", today - timedelta(days=7), today, 0, size=10)
        hits = _hits(answer, self.url)
        return Probe(items=len(hits), fingerprint=shape(path for hit in hits for path in json_paths(hit)))

    def _pages(self, first: date, last: date, cursor: Cursor) -> Iterator[Page]:
        for term in self._terms:
            yield from self._hits_between(term, first, last, cursor)

    def _hits_between(self, term: str, first: date, last: date, cursor: Cursor) -> Iterator[Page]:
        start = 0
        while start <= WINDOW:
            answer = self._answer(term, first, last, start)
            total = answer.get("totaal")
            if start == 0 and first < last and isinstance(total, int) and total > WINDOW:
                middle = first + (last - first) // 2
                yield from self._hits_between(term, first, middle, cursor)
                yield from self._hits_between(term, middle + timedelta(days=1), last, cursor)
                return
            hits = _hits(answer, self.url)
            bad: list[str] = []
            documents = [one for hit in hits if (one := self._document(hit, bad)) is not None]
            if hits:
                yield Page(documents=tuple(documents), cursor=cursor, bad=tuple(bad))
            start += len(hits)
            if len(hits) < PAGE_SIZE:
                return
        yield Page(cursor=cursor, bad=(f"more than {WINDOW} publications on {last}: the rest was not read",))

    def _answer(self, term: str, first: date, last: date, start: int, size: int = PAGE_SIZE) -> dict[str, Any]:
        asked = {"zoektekst": term} if term else {}
        query = urlencode(
            {
                **asked,
                "start": start,
                "aantalResultaten": size,
                "sort": "publicatiedatum",
                "order": "asc",
                "publicatiedatumVan": f"{first:%d-%m-%Y}",
                "publicatiedatumTot": f"{last:%d-%m-%Y}",
            }
        )
        return read_json(self._fetcher.get(f"{self.url}/zoek?{query}", accept="application/json"))

    def _document(self, hit: Mapping[str, Any], bad: list[str]) -> Document | None:
        said = hit.get("document")
        said = said if isinstance(said, dict) else {}
        own = _VERSION.sub("", str(said.get("id") or "")).lower()
        if not _ID.fullmatch(own):
            bad.append("a hit without an id")
            return None
        publisher = clean(str(said.get("publisher") or ""))
        if any(fold(publisher).startswith(name) for name in self._skip):
            return None
        title = plain(str(said.get("titel") or "")) or own
        text = plain(str(said.get("omschrijving") or ""))
        place = address(str(said.get("weblocatie") or ""))
        identifiers = unique(*identifiers_in_address(place), f"open:{own}")
        cited = references_in(f"{title}\n{text}")
        return Document(
            key=f"{self.name}:{own}",
            source=self.name,
            kind=kind_titled(title),
            title=title,
            text=text,
            url=f"{SITE}/details/{own}",
            identifiers=identifiers,
            references=tuple(one for one in cited if one not in identifiers),
            published_on=_day(said.get("openbaarmakingsdatum")),
            facts=facts(ministry=publisher, weblocatie=place),
            modified_at=moment_of(str(said.get("mutatiedatumtijd") or "")),
        )

    def _with_file(self, document: Document, own: str, file: Mapping[str, Any]) -> Document:
        """The document with its file's words; a file that was taken back leaves the document as it is."""
        given = str(file.get("url") or "")
        path = urlsplit(given).path.rpartition("/api/v0")[2] if "/api/v0/" in given else f"/documenten/{own}"
        try:
            response = self._fetcher.get(f"{self.url}{path}")
        except Refused as refused:
            if refused.status in _GONE:
                return document
            raise
        stated = {**document.facts, "sha256": hashlib.sha256(response.content).hexdigest()}
        name = clean(str(file.get("bestandsnaam") or ""))
        try:
            text = text_of(response.content, name=name, content_type=response.content_type)
        except Unreadable as error:
            return replace(document, facts={**stated, "unreadable": str(error)[:200]})
        whole = "\n\n".join(part for part in (document.text, text) if part)[:_TEXT]
        cited = unique(*document.references, *references_in(text))
        references = tuple(one for one in cited if one not in document.identifiers)
        return replace(document, text=whole, facts=stated, references=references)


def _hits(answer: Mapping[str, Any], place: str) -> list[Mapping[str, Any]]:
    listed = answer.get("resultaten")
    if not isinstance(listed, list):
        raise ChangedShape(f"{place}/zoek: an answer without hits")
    return [one for one in listed if isinstance(one, dict)]


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value or "")[:10])
    except ValueError:
        return None


def _detailed(document: Document, detail: Mapping[str, Any]) -> Document:
    """What the detail adds: the official kind, who is responsible, where it also stands, what it belongs to."""
    said = detail.get("document")
    said = said if isinstance(said, dict) else {}
    classes = said.get("classificatiecollectie")
    words = _labels(classes.get("documentsoorten")) if isinstance(classes, dict) else []
    kind = next((k for k in map(kind_named, words) if k is not None), document.kind)
    relations = _listed(detail.get("documentrelaties"))
    related = {
        role: [_own_id(one.get("relation")) for one in relations if role in str(one.get("role"))] for role in _ROLES
    }
    if related[_ANNEX_OF] and kind is Kind.OTHER:
        kind = Kind.ANNEX
    place = address(str(said.get("weblocatie") or "")) or document.facts.get("weblocatie", "")
    linked = [f"open:{own}" for owns in related.values() for own in owns if own]
    return replace(
        document,
        kind=kind,
        identifiers=unique(*identifiers_in_address(place), *document.identifiers),
        references=unique(*document.references, *linked),
        facts={
            **document.facts,
            **facts(
                kind="|".join(words),
                responsible=_label(said.get("verantwoordelijke")),
                weblocatie=place,
                annex_of="|".join(f"open:{own}" for own in related[_ANNEX_OF] if own),
            ),
        },
    )


_ROLES = (_ANNEX_OF, _HAS_ANNEX)


def _own_id(address_of: object) -> str:
    return _VERSION.sub("", urlsplit(str(address_of or "")).path.rpartition("/")[2]).lower()


def _label(value: object) -> str:
    return clean(str(value.get("label") or "")) if isinstance(value, dict) else ""


def _labels(value: object) -> list[str]:
    return [label for one in _listed(value) if (label := _label(one))]


def _listed(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _newest_file(detail: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The first file of the version with the highest number: readers disagree on the order of versions."""
    versions = _listed(detail.get("versies"))
    newest = max(versions, key=lambda one: _number(one.get("nummer")), default={})
    return next(iter(_listed(newest.get("bestanden"))), None)


def _number(value: object) -> int:
    return int(str(value)) if str(value).isdecimal() else 0
