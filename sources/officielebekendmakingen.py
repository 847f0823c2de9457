"""Official publications (KOOP) as a `Source`: letters, answers, annexes and debates of parliament.

Polls on the day that a paper became visible (``dt.available``) and, once a day, on the day that it was last changed
(``dt.modified``), so that a final id or a corrected text is seen. History goes by the date on the paper. The service
and the form of its records: `sources.koop_sru`.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from lxml import etree

from sources.cleaning import day_of, unique
from sources.document import Document
from sources.http import Fetcher
from sources.koop_sru import HOSTS, Question, Sru, document_of
from sources.place import Place, moved, same_place, shape, xml_paths
from sources.readers import read_letter
from sources.references import references_in
from sources.source import ChangedShape, Cursor, Outcome, Page, Probe, Refused, Unreadable

PARLIAMENT = 'w.organisatietype=="staten generaal"'
FIRST_LOOK = timedelta(days=14)
OVERLAP = timedelta(days=2)  # papers may become visible with yesterday's date
STEP = timedelta(days=31)  # one question of a back-fill
_TEXT = 2_000_000


class OfficieleBekendmakingen(Place):
    """See `sources.source.Source`. clause: what is read, in CQL; empty reads every publication there is."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        name: str = "officielebekendmakingen",
        base_url: str = "https://repository.overheid.nl",
        every: timedelta = timedelta(minutes=30),
        silent_after: timedelta = timedelta(days=10),
        clause: str = PARLIAMENT,
    ) -> None:
        super().__init__(fetcher, name=name, base_url=base_url, every=every, silent_after=silent_after)
        self._sru = Sru(fetcher, self.url)
        self._clause = clause

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """A page of documents per page of records; the day is kept when all of it has been read."""
        today = day_of(now) or now.date()
        last = _day(cursor.get("since"))
        since = min(last - OVERLAP if last else today - FIRST_LOOK, today)
        questions = [Question(self._clause, since, today)]
        swept = cursor.get("swept") == today.isoformat()
        if last and not swept:
            questions.append(Question(self._clause, since, today, "dt.modified"))
        known: set[str] = set()
        for question in questions:
            for page in self._pages(question, cursor):
                fresh = tuple(one for one in page.documents if one.key not in known)
                known.update(one.key for one in fresh)
                yield replace(page, documents=fresh)
        kept = cursor.with_(since=today.isoformat(), swept=today.isoformat())
        yield Page(cursor=kept, outcome=Outcome.NEW if known else Outcome.NOTHING)

    def backfill(self, first: date, last: date, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """By the date on the paper, a month at a time; the cursor names the month that is being read."""
        begin = _day(cursor.get("day")) or first
        while begin <= last:
            end = min(begin + STEP - timedelta(days=1), last)
            yield from self._pages(Question(self._clause, begin, end, "dt.date"), Cursor({"day": begin.isoformat()}))
            begin = end + timedelta(days=1)
            yield Page(cursor=Cursor({"day": begin.isoformat()}), outcome=Outcome.NOTHING)

    def asking(self, clause: str, first: date, last: date) -> Iterator[Document]:
        """Answers to a question of one's own (`sources.koop_sru`: a dossier, answers, annexes, a topic)."""
        for page in self._pages(Question(clause, first, last, "dt.date"), Cursor()):
            yield from page.documents

    def fill(self, document: Document) -> Document:
        """The text, from the official XML where there is one; the office that signed, where the text names it."""
        if document.withdrawn:
            return document
        try:
            place = moved(document.facts.get("file") or document.url, self.url, *HOSTS)
            response = self._fetcher.get(place, guarded=not same_place(place, self.url))
        except Refused as refused:
            if refused.status in (403, 404, 410):
                return document
            raise
        if "fout404" in response.url:
            return document
        stated = {**document.facts, "sha256": hashlib.sha256(response.content).hexdigest()}
        try:
            letter = read_letter(
                response.content,
                name=response.url.rpartition("/")[2],
                content_type=response.content_type,
                url=document.url,
                written_on=document.published_on,
            )
        except Unreadable as error:
            return replace(document, facts={**stated, "unreadable": str(error)[:200]})
        text = letter.text[:_TEXT]
        cited = unique(*document.references, *letter.questions, *references_in(text))
        return replace(
            document,
            text=text,
            references=tuple(one for one in cited if one not in document.identifiers),
            office=document.office or letter.sender,
            facts=stated,
        )

    def probe(self, now: datetime) -> Probe:
        """Asks for one record."""
        today = day_of(now) or now.date()
        answer = self._sru.page(Question(self._clause, today - timedelta(days=30), today).cql(), size=1)
        return Probe(items=len(answer.records), fingerprint=shape(xml_paths(answer.root)))

    def _pages(self, question: Question, cursor: Cursor) -> Iterator[Page]:
        for records in self._sru.pages(question):
            documents, bad, unknown = self._documents(records)
            yield Page(documents=documents, cursor=cursor, bad=bad, unknown=unknown)

    def _documents(
        self, records: tuple[etree._Element, ...]
    ) -> tuple[tuple[Document, ...], tuple[str, ...], tuple[str, ...]]:
        unknown: list[str] = []
        read = [document_of(node, self.name, unknown) for node in records]
        found = tuple(one for one in read if one is not None)
        if read and not found:
            raise ChangedShape(f"{self.url}/sru: no record has an identifier")
        bad = tuple(f"record {n} has no identifier" for n, one in enumerate(read, 1) if one is None)
        return found, bad, unique(*unknown)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
