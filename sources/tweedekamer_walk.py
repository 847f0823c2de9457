"""One poll of the Tweede Kamer: which categories are read in what order, and when their tokens may be kept.

First the register of toezeggingen. It is small, so it is read from its beginning, and the token where it first ends
is where all other categories begin: the feed of papers is never read from 0 (`backfill` has the history).
Then the joining categories (signatories, versions, people of a case): they only say which papers changed, and their
tokens are kept last, with the final page, so that a poll that dies half-way reads them again. Then questions, papers
and meetings; at last the papers whose joining rows changed without themselves appearing in the feed.

A category that fails does not hold up the others; the first failure is raised when everything else has been read.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sources import tweedekamer_papers as papers
from sources import tweedekamer_register as register
from sources.document import Document
from sources.source import Cursor, Outcome, Page, SourceError, Unreachable
from sources.tweedekamer_feed import Feed
from sources.tweedekamer_odata import IDS_AT_ONCE, OData
from sources.tweedekamer_relations import Relations
from sources.tweedekamer_rows import Row

JOINING: Mapping[str, str] = {"DocumentActor": "Document", "DocumentVersie": "Document", "ZaakActor": "Zaak"}
TELLING = ("Zaak", "Document", "Activiteit")
REGISTER = "Toezegging"
BY_ID = ("Document", "Zaak", REGISTER)
MOST_AGAIN = 100
MOST_UNSURE = 500
MOST_JOINED = 50_000  # rows of one joining category in one poll; the next poll goes on
OVERLAP = timedelta(minutes=15)  # OData: rows may become visible a little out of order
FIRST_LOOK = timedelta(days=2)
REGISTER_BEGAN = datetime(2013, 1, 1, tzinfo=UTC)  # no row of the register can be older
_MAKE: Mapping[str, Callable[[Row, str], Document]] = {
    "document": papers.paper,
    "zaak": papers.question,
    "activiteit": papers.meeting,
    "toezegging": register.promise,
}


def documents_of(entity: str, rows: Sequence[Row], relations: Relations, source: str) -> tuple[Document, ...]:
    """Documents for rows of one entity, in the rows' order; tombstones become withdrawn documents."""
    wanted = [row for row in rows if row.deleted or _tells(row)]
    bare = [row for row in wanted if not row.deleted and not row.rows]
    full = {row.id: row for row in relations.complete(entity, bare)} if entity != "Activiteit" else {}
    return tuple(_document(full.get(row.id, row) if not row.deleted else row, source) for row in wanted)


def _tells(row: Row) -> bool:
    """Of the cases only written questions are documents; a placeholder is none yet."""
    return not row.is_placeholder and (row.entity != "zaak" or papers.is_question(row))


def _document(row: Row, source: str) -> Document:
    return papers.tombstone(row, source) if row.deleted else _MAKE[row.entity](row, source)


def unknown_words(rows: Sequence[Row]) -> tuple[str, ...]:
    words = [w for row in rows if not row.deleted for look in (papers, register) for w in look.unknown_words(row)]
    return tuple(dict.fromkeys(words))


@dataclass(slots=True)
class Walk:
    """One walk over SyncFeed from a cursor. start: a token for the categories other than the register, if given.

    changed: ids, by category, of which something changed outside the row itself, so that it is read by its id.
    again: what earlier polls had to leave out: ``again`` is tried in every poll, ``unsure`` when OData answers.
    """

    feed: Feed
    relations: Relations
    source: str
    cursor: Cursor
    start: str = ""
    register_ended: bool = False
    failures: list[SourceError] = field(default_factory=list)
    changed: dict[str, set[str]] = field(default_factory=lambda: {name: set() for name in BY_ID})
    again: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    answers: list[Outcome] = field(default_factory=list)

    def pages(self) -> Iterator[Page]:
        self.relations.begin()
        self.again = {name: _pairs(self.cursor.get(name)) for name in ("again", "unsure")}
        yield from self._isolated(self._category(REGISTER))
        if self._begin_others():
            joined = dict(self._joined())
            for category in TELLING:
                yield from self._isolated(self._category(category))
            failed = len(self.failures)
            for category in BY_ID:
                yield from self._isolated(self._reread(category))
            if len(self.failures) == failed:
                self._keep(**joined)
        yield Page(cursor=self.cursor, outcome=self._outcome())
        if self.failures:
            raise self.failures[0]

    def _keep(self, **values: str) -> None:
        """Put values into the cursor, with what is to be read again; an empty value leaves it."""
        values |= {
            "again": _written(self.again["again"] | self.relations.incomplete, MOST_AGAIN),
            "unsure": _written(self.again["unsure"] | self.relations.unsure, MOST_UNSURE),
        }
        self.cursor = Cursor({name: value for name, value in {**self.cursor.values, **values}.items() if value})

    def _done(self, entity: str, ids: Iterable[str]) -> None:
        """These came complete, or are noted anew as incomplete or unsure."""
        done = {(entity.lower(), guid) for guid in ids}
        self.again = {name: pairs - done for name, pairs in self.again.items()}

    def _isolated(self, pages: Iterator[Page]) -> Iterator[Page]:
        try:
            yield from pages
        except SourceError as error:
            self._note(error)

    def _note(self, error: SourceError) -> None:
        """Keep the failure for the end; a host that does not answer twice is down, and asking on only delays."""
        self.failures.append(error)
        if sum(isinstance(failure, Unreachable) for failure in self.failures) > 1:
            raise error

    def _begin_others(self) -> bool:
        """Give categories that have no token yet the one where the register ended; False when there is none."""
        fresh = [name for name in (*JOINING, *TELLING) if not self.cursor.get(name)]
        token = self.start or (self.cursor.get(REGISTER) if self.register_ended else "")
        if fresh and not token:
            return False
        self._keep(**dict.fromkeys(fresh, token))
        return True

    def _category(self, category: str) -> Iterator[Page]:
        """Pages of documents of one category, to its end."""
        while True:
            page = self.feed.page(category, self.cursor.get(category), self.cursor.get(f"{category}.etag"))
            if page.end:
                self._keep(**{category: page.token, f"{category}.etag": page.etag})
                self.answers.append(Outcome.NOT_MODIFIED if page.not_modified else Outcome.NOTHING)
                self.register_ended |= category == REGISTER
                return
            found = documents_of(category, page.rows, self.relations, self.source)
            self._done(category, (row.id for row in page.rows))
            if category in self.changed:
                self.changed[category] -= {row.id for row in page.rows}
            self._keep(**{category: page.token, f"{category}.etag": ""})
            self.answers.append(Outcome.NEW if found else Outcome.NOTHING)
            yield self._page(found, page.rows, page.bad)

    def _page(self, documents: tuple[Document, ...], rows: Sequence[Row], bad: tuple[str, ...] = ()) -> Page:
        return Page(
            documents=documents,
            cursor=self.cursor,
            outcome=Outcome.NEW if documents else Outcome.NOTHING,
            bad=(*bad, *self.relations.take_notes()),
            unknown=unknown_words(rows),
        )

    def _joined(self) -> Iterator[tuple[str, str]]:
        """Read the joining categories; yields the tokens to keep when everything that they point at has been read."""
        for category, owner in JOINING.items():
            token, count = self.cursor.get(category), 0
            try:
                while count < MOST_JOINED:
                    page = self.feed.page(category, token)
                    token = page.token
                    count += len(page.rows) + len(page.bad)
                    for row in page.rows:
                        self.relations.remember(row)
                        self.changed[owner].update(row.refs.get(owner.lower(), ()))
                    if page.end:
                        break
            except SourceError as error:
                self._note(error)
            else:
                yield category, token

    def _reread(self, category: str) -> Iterator[Page]:
        """Rows by id: changed around themselves, left incomplete, and while OData answers those that are unsure."""
        left = self.changed[category] | self._waiting("again", category)
        unsure = self._waiting("unsure", category) - left
        for ids, needs_odata in ((sorted(left), False), (sorted(unsure), True)):
            for start in range(0, len(ids), IDS_AT_ONCE):
                if needs_odata and category in self.relations.refused:
                    return
                some = ids[start : start + IDS_AT_ONCE]
                rows = self.relations.read(category, some)
                self._done(category, some)
                found = documents_of(category, rows, self.relations, self.source)
                self._keep()
                if found:
                    self.answers.append(Outcome.NEW)
                    yield self._page(found, rows)

    def _waiting(self, name: str, category: str) -> set[str]:
        return {guid for entity, guid in self.again[name] if entity == category.lower()}

    def _outcome(self) -> Outcome:
        if Outcome.NEW in self.answers:
            return Outcome.NEW
        silent = self.answers and all(answer is Outcome.NOT_MODIFIED for answer in self.answers)
        return Outcome.NOT_MODIFIED if silent else Outcome.NOTHING


def _written(pairs: set[tuple[str, str]], most: int) -> str:
    return " ".join(f"{entity}={guid}" for entity, guid in sorted(pairs)[:most])


def _pairs(written: str) -> set[tuple[str, str]]:
    return {(entity, guid) for entity, _, guid in (pair.partition("=") for pair in written.split())}


def changes(odata: OData, relations: Relations, source: str, cursor: Cursor, now: datetime) -> Iterator[Page]:
    """A poll by OData alone, on ``ApiGewijzigdOp``: for a day that SyncFeed is gone. Tombstones are included."""
    relations.begin()
    outcome = Outcome.NOTHING
    for entity in (REGISTER, *TELLING):
        name = f"odata.{entity}"
        kept = datetime.fromisoformat(cursor.get(name)) if cursor.get(name) else None
        first = REGISTER_BEGAN if entity == REGISTER else now - FIRST_LOOK
        for rows, reached in odata.changes(entity, kept - OVERLAP if kept else first):
            found = documents_of(entity, rows, relations, source)
            cursor = cursor.with_(**{name: max(reached, kept or reached).isoformat()})
            outcome = Outcome.NEW if found else outcome
            bad, words = relations.take_notes(), unknown_words(rows)
            yield Page(documents=found, cursor=cursor, bad=bad, unknown=words)
    yield Page(cursor=cursor, outcome=outcome)
