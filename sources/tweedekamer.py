"""The Tweede Kamer's open data as a `Source`: papers, questions, meetings and the register of toezeggingen.

Changes come by SyncFeed (or by OData, ``changes="odata"``), relations and history by OData, files by SyncFeed. This
module is the front: the walk is in `tweedekamer_walk`, the doors are `tweedekamer_feed` and `tweedekamer_odata`, and
what rows mean is in `tweedekamer_papers` and `tweedekamer_register`.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from sources.document import Document
from sources.http import Fetcher
from sources.place import shape
from sources.readers import text_of
from sources.source import Cursor, Outcome, Page, Probe, Refused, SourceError
from sources.tweedekamer_feed import Feed
from sources.tweedekamer_odata import OData
from sources.tweedekamer_relations import Relations
from sources.tweedekamer_walk import REGISTER, TELLING, Walk, changes, documents_of, unknown_words

_FILED = re.compile(r"\d{4}D\d{5}")
_DOORS = ("syncfeed", "odata")


class TweedeKamer:
    """See `sources.source.Source`. odata: version for relations and history; start: a first skiptoken, if known."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        name: str = "tweedekamer",
        base_url: str = "https://gegevensmagazijn.tweedekamer.nl",
        every: timedelta = timedelta(minutes=15),
        silent_after: timedelta = timedelta(days=4),
        changes: str = "syncfeed",
        odata: str = "v5",
        start: str = "",
    ) -> None:
        if changes not in _DOORS:
            raise ValueError(f"changes: {changes!r} is not one of {', '.join(_DOORS)}")
        self.name, self.url, self.every, self.silent_after = name, base_url, every, silent_after
        self._fetcher, self._changes, self._start = fetcher, changes, start
        self._feed = Feed(fetcher, base_url)
        self._odata = OData(fetcher, base_url, odata)
        self._relations = Relations(self._feed, self._odata)

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        if self._changes == "odata":
            return changes(self._odata, self._relations, self.name, cursor, now)
        return Walk(self._feed, self._relations, self.name, cursor, self._start).pages()

    def fill(self, document: Document) -> Document:
        """The text of the paper's file, and its hash; the same document when the Kamer has no file for it."""
        number = next((i for i in document.identifiers if _FILED.fullmatch(i)), "")
        if not number or document.withdrawn:
            return document
        try:
            response = self._fetcher.get(self._feed.file_address(document.key.partition(":")[2]))
        except Refused as refused:
            if refused.status in (404, 410):
                return document
            raise
        if not response.content:
            return document
        if "html" in response.content_type:
            raise Refused(f"{response.url}: a page instead of the file of {number}", status=response.status)
        extension = document.facts.get("file_type", "")
        text = text_of(response.content, name=f"{number}.{extension}".rstrip("."), content_type=response.content_type)
        digest = hashlib.sha256(response.content).hexdigest()
        return replace(document, text=text, facts={**document.facts, "sha256": digest})

    def backfill(self, first: date, last: date, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """History by business date, oldest day first. The cursor: day, entity, how many rows of it were read."""
        self._relations.begin()
        entities = (REGISTER, *TELLING)
        kept = cursor.get("day")
        day, begin, skip = first, 0, 0
        if kept and date.fromisoformat(kept) >= first:
            day, skip = date.fromisoformat(kept), int(cursor.get("skip") or 0)
            begin = entities.index(cursor.get("entity")) if cursor.get("entity") in entities else 0
        while day <= last:
            for entity in entities[begin:]:
                for rows, reached in self._odata.day(entity, day, skip):
                    at = Cursor({"day": day.isoformat(), "entity": entity, "skip": str(reached)})
                    yield Page(
                        documents=documents_of(entity, rows, self._relations, self.name),
                        cursor=at,
                        bad=self._relations.take_notes(),
                        unknown=unknown_words(rows),
                    )
                skip = 0
            begin, day = 0, day + timedelta(days=1)
            yield Page(cursor=Cursor({"day": day.isoformat()}), outcome=Outcome.NOTHING)

    def probe(self, now: datetime) -> Probe:
        """The envelope of the feed, and the fields of OData where that answers: a version that goes is a change too."""
        envelope, items = self._feed.envelope(REGISTER)
        try:
            fields = self._odata.fields(REGISTER)
        except SourceError as error:
            fields = (f"odata {error.kind}",)
        return Probe(items=items, fingerprint=shape((*envelope, *fields)))
