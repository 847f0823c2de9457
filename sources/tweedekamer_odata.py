"""OData of the Tweede Kamer: history by date, relations by id, changes by ``ApiGewijzigdOp``.

Version 5 is the living one; version 4 (data 2.0) is a second field map. Everything that differs between them stands
in `VERSIONS`. Query strings are built by hand (``$`` stays unencoded, ``+`` does not). Rules that the service forces:
``$top`` never brings a nextLink, so ``$skip`` counts on; at most 100 nodes in a filter, so ids go fifteen at a time;
business dates carry an explicit Amsterdam offset; tombstones are asked for where changes are followed.
What the rows mean is said in `tweedekamer_papers` and `tweedekamer_register`.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import quote

from sources.cleaning import AMSTERDAM, clean
from sources.http import Fetcher, Response
from sources.source import ChangedShape, Refused
from sources.tweedekamer_rows import Row, guid_of, is_true, moment

IDS_AT_ONCE = 15
_AS_IT_IS = "(),;=$/:'"
_NO_SUCH_RELATION = (400, 404, 500, 501)
_DOCUMENT = ("Zaak", "Kamerstukdossier", "DocumentActor", "HuidigeDocumentVersie", "BronDocument")
_REGISTER = ("Activiteit", "KamerbriefNakoming", "IsHerhalingVan", "IsWijzigingVan", "IsAanvullingOp")
EXPAND: Mapping[str, tuple[str, ...]] = {
    "Document": _DOCUMENT,
    "Zaak": ("ZaakActor",),
    "Toezegging": _REGISTER,
    "Activiteit": (),
}
ENTITY_OF = {  # what a relation leads to, where its name does not say so
    "huidigedocumentversie": "documentversie",
    "brondocument": "document",
    "kamerbriefnakoming": "document",
    "isherhalingvan": "toezegging",
    "iswijzigingvan": "toezegging",
    "isaanvullingop": "toezegging",
}
NARROWED = {"Zaak": " and Soort eq 'Schriftelijke vragen'"}  # of the cases only these are documents of their own
DATE_OF = {"Document": "Datum", "Zaak": "GestartOp", "Toezegging": "Aanmaakdatum", "Activiteit": "Datum"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of the service. names: its own name of a field (lower case) to that of the XSD, per entity."""

    path: str
    page: int
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


VERSIONS: Mapping[str, Version] = {
    "v5": Version(
        path="/OData/v5",
        page=100,
        names={
            "document": {"nummer": "documentnummer", "ondernummer": "volgnummer"},
            "activiteit": {"voortouwcommissienaam": "voortouwnaam"},
        },
    ),
    "v4": Version(path="/OData/v4/2.0", page=250),
}


class OData:
    """One version of OData behind one base address."""

    def __init__(self, fetcher: Fetcher, base_url: str, version: str = "v5") -> None:
        if version not in VERSIONS:
            raise ValueError(f"odata: {version!r} is not one of {', '.join(VERSIONS)}")
        self._fetcher = fetcher
        self._version = VERSIONS[version]
        self._bare: set[str] = set()
        self.base = base_url.rstrip("/") + self._version.path

    def address(self, entity: str, **options: str | int) -> str:
        parts = [f"${name}={quote(str(value), safe=_AS_IT_IS)}" for name, value in options.items() if value != ""]
        return f"{self.base}/{entity}?{'&'.join(parts)}"

    def by_ids(self, entity: str, ids: Sequence[str]) -> dict[str, Row]:
        """Rows with their relations, by id; ids that the service does not know are left out."""
        found: dict[str, Row] = {}
        for start in range(0, len(ids), IDS_AT_ONCE):
            some = ",".join(ids[start : start + IDS_AT_ONCE])
            address = self.address(entity, filter=f"Id in ({some})", expand=",".join(EXPAND[entity]))
            rows, _, _ = self._rows(entity, address)
            found |= {row.id: row for row in rows}
        return found

    def day(self, entity: str, which: date, skip: int = 0) -> Iterator[tuple[tuple[Row, ...], int]]:
        """Pages of what bears this business date, each with how many rows of the day have been read after it.

        Rows move while ``$skip`` counts: the day is read on to the service's own count, or to an empty page.
        """
        start, end = (datetime.combine(d, time(), AMSTERDAM).isoformat() for d in (which, which + timedelta(days=1)))
        dated = DATE_OF[entity]
        chosen = f"{dated} ge {start} and {dated} lt {end} and Verwijderd eq false{NARROWED.get(entity, '')}"
        top = min(self._version.page, 50)  # relations come along, and a query over 30 s ends as a 500
        while True:
            rows, count, more = self._day_page(entity, filter=chosen, orderby="Id", top=top, skip=skip, count="true")
            skip += len(rows)
            if rows:
                yield rows, skip
            if not rows or (len(rows) < top and not more and skip >= count):
                return

    def _day_page(self, entity: str, **options: str | int) -> tuple[tuple[Row, ...], int, bool]:
        """With relations, unless the service has refused them for this entity: then bare rows."""
        if entity not in self._bare and EXPAND[entity]:
            try:
                return self._rows(entity, self.address(entity, **options, expand=",".join(EXPAND[entity])))
            except Refused as refused:
                if refused.status not in _NO_SUCH_RELATION:
                    raise
                self._bare.add(entity)
        return self._rows(entity, self.address(entity, **options))

    def changes(self, entity: str, since: datetime) -> Iterator[tuple[tuple[Row, ...], datetime]]:
        """Pages of what became visible from the moment on (tombstones too), each with the moment to go on from.

        Steps by key: the next page begins at the last moment seen. Only within one moment ``$skip`` counts.
        """
        top, skip = self._version.page, 0
        while True:
            stamp = since.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
            chosen = f"ApiGewijzigdOp ge {stamp}"
            address = self.address(entity, filter=chosen, orderby="ApiGewijzigdOp,Id", top=top, skip=skip)
            rows, _, _ = self._rows(entity, address)
            last = max((row.updated for row in rows if row.updated), default=since)
            skip = skip + len(rows) if last <= since else sum(row.updated == last for row in rows)
            since = max(last, since)
            if rows:
                yield rows, since
            if len(rows) < top:
                return

    def fields(self, entity: str) -> tuple[str, ...]:
        """The names of the fields that the service gives for an entity now."""
        answer = parse(self._fetcher.get(self.address(entity, top=1), accept="application/json"))
        return tuple(sorted({name for record in answer["value"] if isinstance(record, dict) for name in record}))

    def _rows(self, entity: str, address: str) -> tuple[tuple[Row, ...], int, bool]:
        response = self._fetcher.get(address, accept="application/json")
        answer = parse(response)
        rows = [
            read_row(entity.lower(), record, self._version) for record in answer["value"] if isinstance(record, dict)
        ]
        count = answer.get("@odata.count", 0)
        return tuple(r for r in rows if r), count if isinstance(count, int) else 0, "@odata.nextLink" in answer


def parse(response: Response) -> dict[str, Any]:
    """The JSON of an answer that holds rows; an error inside a 200 is an error."""
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError) as error:
        html = response.content.lstrip()[:1] == b"<"
        raise ChangedShape(f"{response.url}: no JSON but {'a page' if html else 'something else'}") from error
    if isinstance(answer, dict) and "error" in answer:
        raise Refused(f"{response.url}: {_said(answer['error'])}", status=response.status)
    if not isinstance(answer, dict) or not isinstance(answer.get("value"), list):
        raise ChangedShape(f"{response.url}: JSON without rows")
    return answer


def _said(error: object) -> str:
    message = error.get("message", "") if isinstance(error, dict) else error
    return f"the source answers with an error: {str(message)[:200]}"


def read_row(entity: str, record: Mapping[str, Any], version: Version) -> Row | None:
    """A record as a row under the names of the XSD; None without an id."""
    guid = guid_of(str(record.get("Id", "")))
    if not guid:
        return None
    renamed = version.names.get(entity, {})
    values: dict[str, tuple[str, ...]] = {}
    refs: dict[str, tuple[str, ...]] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for key, value in record.items():
        name = renamed.get(key.lower(), key.lower())
        if "@" in key or value is None or value == "":
            continue
        if isinstance(value, dict | list):
            rows[name], texts = _related(name, value, version)
            values |= {name: texts} if texts else {}
        elif name.endswith("_id"):
            refs[name.removesuffix("_id")] = (guid_of(str(value)),)
        elif name not in ("id", "verwijderd", "gewijzigdop", "apigewijzigdop"):
            values |= {name: (text,)} if (text := clean(str(value))) else {}
    visible = moment(str(record.get("ApiGewijzigdOp") or record.get("GewijzigdOp") or ""))
    deleted = is_true(str(record.get("Verwijderd", "")))
    return Row(entity=entity, id=guid, deleted=deleted, updated=visible, values=values, refs=refs, rows=rows)


def _related(name: str, value: Any, version: Version) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Related rows of a relation (one or many, deleted ones left out) and its bare values, if it has those."""
    entity = ENTITY_OF.get(name, name)
    items = value if isinstance(value, list) else [value]
    rows = [read_row(entity, item, version) for item in items if isinstance(item, dict)]
    texts = tuple(clean(str(item)) for item in items if item and not isinstance(item, dict | list))
    return tuple(row for row in rows if row and not row.deleted), texts
