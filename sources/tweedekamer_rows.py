"""A row of the Tweede Kamer's open data, whichever door it came in by: SyncFeed (XML) or OData (JSON).

Pure. Names are the lower-case names of the official XSD (``documentnummer``, ``kamerbriefnakoming``), so that one
reader of rows serves the feed and both versions of OData. No fetching and no meaning here: `tweedekamer_feed` and
`tweedekamer_odata` make rows, `tweedekamer_papers` and `tweedekamer_register` say what they mean.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from sources.cleaning import AMSTERDAM

FIRST_YEAR = 1900  # dates before it are sentinels: an unset date is written as year 1
_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d+))?)?\s*(Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entity as published. entity: ``document``, ``toezegging`` …; id: its guid, lower case.

    updated: when it became visible in this form, aware UTC. values: every value that is not null, repeated ones in
    order. refs: guids of related entities by relation. rows: related entities that came along.
    """

    entity: str
    id: str
    deleted: bool = False
    updated: datetime | None = None
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows: Mapping[str, "tuple[Row, ...]"] = field(default_factory=dict)

    def one(self, name: str) -> str:
        return self.values.get(name, ("",))[0]

    def many(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())

    def related(self, name: str) -> "tuple[Row, ...]":
        return self.rows.get(name, ())

    def with_rows(self, rows: "Mapping[str, tuple[Row, ...]]") -> Self:
        return replace(self, rows={**self.rows, **rows})

    @property
    def is_placeholder(self) -> bool:
        """Only an id: the data of another of the Kamer's systems has not arrived yet."""
        return not self.deleted and not self.values


def guid_of(text: str) -> str:
    """The guid in a text (bare, or at the end of an address), lower case; empty when there is none."""
    match = _GUID.search(text)
    return match.group().lower() if match else ""


def is_true(text: str) -> bool:
    """``true``, ``True`` and ``1``: the feed writes them all."""
    return text.strip().casefold() in ("true", "1")


def moment(text: str, *, naive: ZoneInfo | None = None) -> datetime | None:
    """A time as written, aware UTC; None for the sentinel, nonsense and nothing.

    naive: the zone of a time without one. ``bijgewerkt`` without zone is Dutch local time, whatever the XSD says;
    ``updated`` is UTC. Seven decimals are cut to the six that a clock has.
    """
    match = _MOMENT.fullmatch(text.strip())
    if not match or int(match[1][:4]) < FIRST_YEAR:
        return None
    fraction = ((match[3] or "") + "000000")[:6]
    zone = (match[4] or "").replace("Z", "+00:00")
    try:
        read = datetime.fromisoformat(f"{match[1]}T{match[2] or '00:00:00'}.{fraction}{zone}")
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=naive or UTC)).astimezone(UTC)


def day(text: str) -> date | None:
    """A business date as written: the Amsterdam calendar day; a time without zone is Dutch local."""
    read = moment(text, naive=AMSTERDAM)
    return read.astimezone(AMSTERDAM).date() if read else None


def number(text: str) -> str:
    """A serial number; ``-1`` is the Kamer's way to write that there is none."""
    return "" if text in ("-1", "0") else text
