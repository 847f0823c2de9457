"""The walk of a document: `poll` a source, keep what is news, judge it against the promises, append what follows.

No transaction is open while a socket is; the news of a page is kept a batch at a time, each batch whole or not at all;
the cursor comes last. A document that cannot be read or judged is set aside, counted and shown, and the rest goes on.
Everything here can be run again at any time: what is known adds nothing. Telling is `monitor.outbox`, the calendar
`monitor.review`.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.house import House
from monitor.judgement import judge_seen
from monitor.letters import keep_promise, read_into
from monitor.store import Session, StoreError, commitments, documents, events, sources
from monitor.store.documents import Arrival, Seen
from monitor.store.sources import PollRecord
from notifications.cleaning import one_line
from notifications.dates import local_day
from rules.tracking import register_events, tracked_from_register
from sources.document import Document, Kind
from sources.source import Cursor, Outcome, Page, Source, SourceError

TOGETHER = 50  # documents kept in one transaction
PATIENCE = 2.0  # seconds of fetching texts after which what has come is kept
NOTES = 50  # lines about set-aside documents in one poll's record
NOTE_LENGTH = 300
FRESH = timedelta(days=31)  # rows of a register that are older are no news when they are read for the first time
LATE_TEXTS = 20  # texts that could not be fetched earlier, tried again in one poll


@dataclass(slots=True)
class Tally:
    """What a poll brought so far. safe: the cursor of pages that were read and are not written down yet."""

    documents: int = 0
    news: int = 0
    set_aside: int = 0
    notes: list[str] = field(default_factory=list)
    not_modified: bool = False
    safe: Cursor | None = None

    def remark(self, lines: Iterable[str]) -> None:
        for line in lines:
            if len(self.notes) < NOTES:
                self.notes.append(one_line(line, NOTE_LENGTH))


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A source that was read. safe: the cursor that is to be written down together with the record."""

    record: PollRecord
    url: str
    safe: Cursor | None = None


def poll(house: House, name: str, now: datetime) -> PollRecord:
    """Read what a source has published since its cursor. A source that fails is noted; nothing is raised for it."""
    with house.store.read() as session:
        cursor = sources.get(session, name).cursor
        late = documents.lacking_text(session, name, LATE_TEXTS)
    visit = visited(house, name, cursor, late, now)
    with house.store.write() as session:
        sources.note_polls(session, [(visit.record, visit.url, visit.safe)])
    return visit.record


def visited(house: House, name: str, cursor: Cursor, late: Iterable[tuple[Document, str]], now: datetime) -> Visit:
    """Read a source from a cursor on and keep what is news. late: documents whose text is still to be fetched."""
    source = house.sources[name]
    tally, error, kind = Tally(), "", ""
    try:
        for page in source.poll(cursor, now):
            take_page(house, source, page, tally, now)
        _late_texts(house, source, late, tally, now)
    except SourceError as failure:
        error, kind = one_line(str(failure), NOTE_LENGTH) or failure.kind, failure.kind
    except StoreError:
        raise
    except Exception as failure:  # noqa: BLE001 - a fault in one source must not stop the others
        error, kind = one_line(f"unexpected {type(failure).__name__}: {failure}", NOTE_LENGTH), "broken"
    record = PollRecord(
        source=name,
        at=now,
        outcome=_outcome(tally, error),
        documents=tally.documents,
        news=tally.news,
        set_aside=tally.set_aside,
        notes=tuple(tally.notes),
        error=error,
        error_kind=kind,
    )
    return Visit(record=record, url=source.url, safe=tally.safe)


def take_page(house: House, source: Source, page: Page, tally: Tally, now: datetime, place: str = "") -> None:
    """All documents of a page, then the cursor that is safe now. place: its name, if not the source's.

    In a poll the cursor is written with the record, or when a later page has news: one page costs no transaction more.
    """
    tally.not_modified = page.outcome is Outcome.NOT_MODIFIED
    tally.set_aside += len(page.bad)
    tally.remark(page.bad)
    tally.remark(f"unknown word: {word}" for word in page.unknown)
    tally.documents += len(page.documents)
    fresh: tuple[Document, ...] = ()
    if page.documents:
        with house.store.read() as session:
            fresh = tuple(documents.news_among(session, page.documents))
    if fresh and tally.safe is not None:
        _save(house, source, source.name, tally.safe)
    for batch in _arrivals(source, fresh, tally):
        take(house, batch, tally, now)
    if place:
        _save(house, source, place, page.cursor)
    else:
        tally.safe = page.cursor


def _save(house: House, source: Source, place: str, cursor: Cursor) -> None:
    with house.store.write() as session:
        sources.save_cursor(session, place, source.url, cursor)


def _arrivals(source: Source, fresh: Iterable[Document], tally: Tally) -> Iterator[list[Arrival]]:
    """The documents with their texts, in batches: of so many, or of what came within so many seconds of fetching."""
    batch: list[Arrival] = []
    begun = time.monotonic()
    for document in fresh:
        try:
            full, lacks_text = _filled(source, document)
        except Exception as failure:  # noqa: BLE001 - one bad text is tried again later and the rest goes on
            full, lacks_text = document, True
            tally.set_aside += 1
            tally.remark([f"no text of {document.key}: {type(failure).__name__}: {failure}"])
        batch.append(Arrival(document=full, polled=document.fingerprint, lacks_text=lacks_text))
        if len(batch) >= TOGETHER or time.monotonic() - begun > PATIENCE:
            yield batch
            batch, begun = [], time.monotonic()
    if batch:
        yield batch


def take(house: House, batch: Sequence[Arrival], tally: Tally, now: datetime) -> None:
    """Keep and judge documents that are news. When one of them cannot be, each is taken by itself."""
    try:
        tally.news += sum(seen.changed for seen in keep_and_judge(house, batch, now))
    except StoreError:
        raise
    except Exception as failure:  # noqa: BLE001 - one bad document is set aside and the rest goes on
        if len(batch) > 1:
            for one in batch:
                take(house, [one], tally, now)
            return
        tally.set_aside += 1
        tally.remark([f"set aside {batch[0].document.key}: {type(failure).__name__}: {failure}"])
        _keep_unjudged(house, batch[0], now)


def keep_and_judge(house: House, batch: Sequence[Arrival], now: datetime) -> list[Seen]:
    """Documents in one transaction: what they say and all that follows from it, one after the other."""
    with house.writing, house.watch.trying(), house.store.write() as session:
        found = documents.see_many(session, batch, now)
        for seen in found:
            if seen.changed:
                _judge(house, session, seen, now)
        return found


def _keep_unjudged(house: House, arrival: Arrival, now: datetime) -> None:
    """What could not be judged is not lost: `nakoming replay` judges it again when the fault is mended."""
    with house.writing, house.store.write() as session:
        documents.see(session, Arrival(document=arrival.document), now)


def _judge(house: House, session: Session, seen: Seen, now: datetime) -> None:
    document = seen.judged
    if document.kind is Kind.REGISTER:
        _register_row(house, session, document, now)
        return
    judge_seen(house, session, seen, now)
    if document.source in house.settings.extract_from:
        read_into(house, session, document, now)


def _register_row(house: House, session: Session, document: Document, now: datetime) -> None:
    """A row of a register is a promise that is tracked, and its later words are happenings."""
    commitment = tracked_from_register(document, house.calendar)
    fresh = commitment.status.watched and commitment.made_on and local_day(now) - commitment.made_on <= FRESH
    kept = keep_promise(session, commitment, now, old_news=not fresh)
    known = commitments.get(session, kept.commitment) or commitment
    for event in register_events(known, document, now):
        events.record(session, event, now)


def _filled(source: Source, document: Document) -> tuple[Document, bool]:
    """The document with its text, and whether the text still is to be fetched."""
    try:
        return source.fill(document), False
    except SourceError:
        return document, True


def _late_texts(
    house: House, source: Source, late: Iterable[tuple[Document, str]], tally: Tally, now: datetime
) -> None:
    """Once more the texts that could not be fetched in earlier polls."""
    for document, polled in late:
        full, lacks_text = _filled(source, document)
        arrival = Arrival(document=full, polled=polled, lacks_text=lacks_text)
        tally.news += sum(seen.changed for seen in keep_and_judge(house, [arrival], now))


def _outcome(tally: Tally, error: str) -> str:
    if error:
        return "failed"
    if tally.not_modified and not tally.documents:
        return Outcome.NOT_MODIFIED
    return Outcome.NEW if tally.news else Outcome.NOTHING
