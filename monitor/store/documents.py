"""Documents as they were seen: is it news, which paper is it, what did it say before.

One paper is published in many places; `paper` is the key of its first publication, and all publications share it.
Every function works in the transaction of the session that it is given. Not inside: what a document means.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import bindparam, func, insert, update
from sqlalchemy import inspect as table_of
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from monitor.store import evidence
from monitor.store.nouns import document_of, document_values, fill_document
from monitor.store.rows import DocumentRow, IdentifierRow
from sources.document import Document
from sources.grouping import paper_keys

ATTEMPTS = 5  # to fetch the text of a document
CHUNK = 500
_TABLE: Any = table_of(DocumentRow).local_table  # SQLAlchemy types it as any selectable
_NAMES: Any = table_of(IdentifierRow).local_table
_SEEN = columns(_TABLE.c.key, _TABLE.c.fingerprint).where(_TABLE.c.key.in_(bindparam("keys", expanding=True)))
_CARRIED = columns(_NAMES).where(_NAMES.c.identifier.in_(bindparam("names", expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A document that comes in. polled: the fingerprint that the poll showed, when the text was fetched afterwards;
    lacks_text: it still is to be fetched."""

    document: Document
    polled: str = ""
    lacks_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """paper: the key under which all publications of this paper are judged. new: the paper was not known at all.

    before: the text that this publication had, "" when it had none.
    """

    document: Document
    paper: str
    new: bool
    changed: bool
    before: str = ""

    @property
    def judged(self) -> Document:
        """The document under the name of its paper, so that one paper makes one happening."""
        return replace(self.document, key=self.paper)


def news_among(session: Session, found: Sequence[Document]) -> tuple[Document, ...]:
    """Of these documents those that are unseen, or not as they were when they were polled last.

    What was withdrawn before we ever saw it is no news.
    """
    known: dict[str, str] = {}
    for start in range(0, len(found), CHUNK):
        keys = [document.key for document in found[start : start + CHUNK]]
        known |= {row.key: row.fingerprint for row in session.connection().execute(_SEEN, {"keys": keys})}
    return tuple(document for document in found if _is_news(document, known.get(document.key)))


def _is_news(document: Document, known: str | None) -> bool:
    return not document.withdrawn if known is None else known != document.fingerprint


def see_many(session: Session, arrivals: Sequence[Arrival], now: datetime) -> list[Seen]:
    """Keep documents in this order, as `see` does; neighbours that are all new are written together."""
    session.flush()
    found: list[Seen] = []
    for fresh, run in groupby(arrivals, key=_newcomers(session, arrivals)):
        batch = list(run)
        found += _see_new(session, batch, now) if fresh else [see(session, one, now) for one in batch]
    return found


def _newcomers(session: Session, arrivals: Sequence[Arrival]) -> Callable[[Arrival], bool]:
    """Tells which documents are unseen, belong to one known paper at most, and come only once."""
    keys = [one.document.key for one in arrivals]
    known = {row.key for row in session.connection().execute(_SEEN, {"keys": keys})}
    met: set[str] = set()

    def is_new(one: Arrival) -> bool:
        again = one.document.key in met
        met.add(one.document.key)
        return not again and one.document.key not in known

    return is_new


def _see_new(session: Session, arrivals: Sequence[Arrival], now: datetime) -> list[Seen]:
    names = {one.document.key: paper_keys(one.document) for one in arrivals}
    papers = _papers_of(session, {name for listed in names.values() for name in listed})
    known = set(papers)
    rows: list[tuple[Arrival, str]] = []
    found: list[Seen] = []
    for one in arrivals:
        document = one.document
        carried = {papers[name] for name in names[document.key] if name in papers}
        if len(carried) > 1:  # it shows that two papers are one: that is `see`'s work
            _write_new(session, rows, papers, known, now)
            return [*found, *(see(session, later, now) for later in arrivals[len(found) :])]
        paper = next(iter(carried), document.key)
        papers.update(dict.fromkeys(names[document.key], paper))
        rows.append((one, paper))
        found.append(Seen(document=document, paper=paper, new=not carried, changed=True))
    _write_new(session, rows, papers, known, now)
    return found


def _papers_of(session: Session, names: set[str]) -> dict[str, str]:
    """The paper that carries each of these identifiers."""
    found: dict[str, str] = {}
    listed = sorted(names)
    for start in range(0, len(listed), CHUNK):
        rows = session.connection().execute(_CARRIED, {"names": listed[start : start + CHUNK]})
        found |= {row.identifier: row.paper for row in rows}
    return found


def _write_new(
    session: Session, rows: Sequence[tuple[Arrival, str]], papers: dict[str, str], known: set[str], now: datetime
) -> None:
    if not rows:
        return
    values = [
        {
            **document_values(one.document),
            "key": one.document.key,
            "paper": paper,
            "fingerprint": one.polled or one.document.fingerprint,
            "lacks_text": one.lacks_text,
            "fetches": int(one.lacks_text),
            "first_seen_at": now,
            "changed_at": now,
        }
        for one, paper in rows
    ]
    session.execute(insert(DocumentRow), values)
    carried = [{"identifier": name, "paper": papers[name]} for name in sorted(papers.keys() - known)]
    if carried:
        session.connection().execute(insert(_NAMES), carried)
    evidence.keep_first(session, [one.document for one, _ in rows], now)


def see(session: Session, arrival: Arrival, now: datetime) -> Seen:
    """Keep a document. A withdrawn one keeps the title and text that it had: what was read stays evidence."""
    document, lacks_text = arrival.document, arrival.lacks_text
    row = session.get(DocumentRow, document.key)
    known = row is not None
    if row is None:
        row = DocumentRow(key=document.key, paper=document.key, source=document.source, kind="other", title="",
                          first_seen_at=now, changed_at=now)  # fmt: skip
    elif document.withdrawn or (lacks_text and not document.text):
        document = replace(document, title=document.title or row.title, text=document.text or row.text)
    before = (row.fingerprint, row.title, row.text)
    fill_document(row, document)
    row.fingerprint = arrival.polled or document.fingerprint
    row.lacks_text = lacks_text
    row.fetches = row.fetches + 1 if lacks_text else 0
    changed = (row.fingerprint, row.title, row.text) != before
    row.changed_at = now if changed else row.changed_at
    session.add(row)
    paper, joined = _paper(session, row, document)
    row.paper = paper
    session.flush()
    evidence.keep(session, document, now)
    return Seen(document=document, paper=paper, new=not known and not joined, changed=changed, before=before[2])


def _paper(session: Session, row: DocumentRow, document: Document) -> tuple[str, bool]:
    """The paper that this document is a publication of, and whether another publication was known."""
    identifiers = paper_keys(document)
    rows = [found for i in identifiers if (found := session.get(IdentifierRow, i))]
    papers = {found.paper for found in rows} | ({row.paper} if row.paper != row.key else set())
    paper = _first(session, papers) if papers else row.key
    for other in papers - {paper}:
        session.exec(update(DocumentRow).where(col(DocumentRow.paper) == other).values(paper=paper))
        session.exec(update(IdentifierRow).where(col(IdentifierRow.paper) == other).values(paper=paper))
    for identifier in identifiers:
        session.merge(IdentifierRow(identifier=identifier, paper=paper))
    return paper, paper != row.key


def _first(session: Session, papers: set[str]) -> str:
    """The oldest of several papers that turn out to be one."""
    if len(papers) == 1:
        return next(iter(papers))
    order = select(DocumentRow.key).where(col(DocumentRow.key).in_(papers)).order_by(col(DocumentRow.first_seen_at))
    return session.exec(order).first() or min(papers)


def get(session: Session, key: str) -> Document | None:
    row = session.get(DocumentRow, key)
    return document_of(row) if row else None


def by_identifier(session: Session, identifier: str) -> Document | None:
    """The first publication of the paper with this canonical identifier."""
    found = session.get(IdentifierRow, identifier)
    return get(session, found.paper) if found else None


def publications(session: Session, paper: str) -> tuple[Document, ...]:
    """All places where one paper was seen, the first one first."""
    first = col(DocumentRow.key) != paper
    order = (first, col(DocumentRow.first_seen_at), col(DocumentRow.key))
    rows = session.exec(select(DocumentRow).where(DocumentRow.paper == paper).order_by(*order))
    return tuple(document_of(row) for row in rows)


def lacking_text(session: Session, source: str, most: int) -> tuple[tuple[Document, str], ...]:
    """Documents of a source whose text could not be fetched yet, with the fingerprint that the poll showed."""
    rows = session.exec(
        select(DocumentRow)
        .where(DocumentRow.source == source, col(DocumentRow.lacks_text), DocumentRow.fetches < ATTEMPTS)
        .order_by(col(DocumentRow.first_seen_at))
        .limit(most)
    )
    return tuple((document_of(row), row.fingerprint) for row in rows)


def sources_lacking_text(session: Session) -> set[str]:
    """The sources of which some text could not be fetched yet."""
    late = select(DocumentRow.source).where(col(DocumentRow.lacks_text), DocumentRow.fetches < ATTEMPTS)
    return set(session.exec(late.distinct()))


def published_since(session: Session, first: date | None, last: date | None = None) -> Iterator[tuple[Document, str]]:
    """Documents with their paper, in order of publication, a bounded number in memory at a time."""
    query = select(DocumentRow).order_by(col(DocumentRow.published_on), col(DocumentRow.key))
    if first:
        query = query.where(col(DocumentRow.published_on) >= first)
    if last:
        query = query.where(col(DocumentRow.published_on) <= last)
    for row in session.exec(query.execution_options(yield_per=CHUNK)):
        yield document_of(row), row.paper
        session.expunge(row)


def count(session: Session) -> int:
    return session.exec(select(func.count()).select_from(DocumentRow)).one()


def many(session: Session, keys: Sequence[str]) -> dict[str, Document]:
    rows = session.exec(select(DocumentRow).where(col(DocumentRow.key).in_(set(keys))))
    return {row.key: document_of(row) for row in rows}
