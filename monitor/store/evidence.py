"""Texts as they were seen: content-addressed, packed, each kept once, so that evidence does not rot with the web.

Every form in which a document was seen is a version; its text lies under its SHA-256. `prune` keeps the store within
a size and an age, but never forgets what an event rests on. Not inside: what makes a document news.
"""

import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert
from sqlalchemy import inspect as table_of
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from monitor.store.rows import EventRow, TextRow, VersionRow
from sources.document import Document

BATCH = 200
_TEXTS: Any = table_of(TextRow).local_table  # SQLAlchemy types it as any selectable
_VERSIONS: Any = table_of(VersionRow).local_table
_HELD = columns(_TEXTS.c.sha256).where(_TEXTS.c.sha256.in_(bindparam("texts", expanding=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A document as it was seen. sha256: of the text in UTF-8, hex; text: "" where it was forgotten to save room."""

    document: str
    seen_at: datetime
    title: str
    text: str
    url: str
    sha256: str


def keep(session: Session, document: Document, now: datetime) -> None:
    """Keep a document as it is now, unless just this was kept before."""
    version = _version(document, now)
    known = select(VersionRow.id).where(
        VersionRow.document == document.key, VersionRow.fingerprint == version["fingerprint"]
    )
    if session.exec(known).first() is not None:
        return
    if session.get(TextRow, version["sha256"]) is None:
        session.add(TextRow(**_packed(document.text, version["sha256"])))
    session.add(VersionRow(**version))


def keep_first(session: Session, documents: Sequence[Document], now: datetime) -> None:
    """The same for documents that were never seen before, all at once."""
    versions = [_version(document, now) for document in documents]
    texts = {version["sha256"]: document.text for version, document in zip(versions, documents, strict=True)}
    session.flush()
    known = set(session.connection().scalars(_HELD, {"texts": list(texts)}))
    fresh = [_packed(text, digest) for digest, text in texts.items() if digest not in known]
    if fresh:
        session.connection().execute(insert(_TEXTS), fresh)
    session.connection().execute(insert(_VERSIONS), versions)


def _version(document: Document, now: datetime) -> dict[str, Any]:
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    return {
        "document": document.key,
        "fingerprint": hashlib.sha256(f"{document.title}\x1f{digest}".encode()).hexdigest(),
        "seen_at": now,
        "url": document.url,
        "title": document.title,
        "sha256": digest,
    }


def _packed(text: str, digest: str) -> dict[str, Any]:
    encoded = text.encode()
    return {"sha256": digest, "size": len(encoded), "packed": zlib.compress(encoded)}


def versions(session: Session, key: str) -> tuple[Version, ...]:
    """A document in the forms in which it was seen, the first one first."""
    rows = session.exec(select(VersionRow).where(VersionRow.document == key).order_by(col(VersionRow.id)))
    return tuple(
        Version(
            document=row.document,
            seen_at=row.seen_at,
            title=row.title,
            text=_text(session, row.sha256),
            url=row.url,
            sha256=row.sha256,
        )
        for row in rows
    )


def _text(session: Session, digest: str) -> str:
    row = session.get(TextRow, digest)
    return zlib.decompress(row.packed).decode() if row else ""


def packed_bytes(session: Session) -> int:
    """Room that the packed texts take."""
    return int(session.exec(select(func.coalesce(func.sum(func.length(TextRow.packed)), 0))).one())


def prune(session: Session, before: datetime | None, most_bytes: int) -> int:
    """Forget old versions: those seen before a moment, then the oldest until the texts fit. How many were forgotten.

    before: None keeps them however old. most_bytes: 0 sets no limit. The newest version of every document stays, and so
    does every version of a document that an event names.
    """
    forgotten = 0
    if before is not None:
        forgotten += _forget(session, [id_ for id_, at in _spare(session) if at < before])
    while most_bytes and packed_bytes(session) > most_bytes:
        oldest = [id_ for id_, _ in _spare(session)][:BATCH]
        if not oldest:
            break
        forgotten += _forget(session, oldest)
    return forgotten


def _spare(session: Session) -> list[tuple[int, datetime]]:
    """Versions that may be forgotten, the oldest first."""
    newest = select(func.max(VersionRow.id)).group_by(col(VersionRow.document))
    named = select(EventRow.document).where(EventRow.document != "")
    query = select(VersionRow.id, VersionRow.seen_at).where(
        col(VersionRow.id).not_in(newest), col(VersionRow.document).not_in(named)
    )
    return [(id_ or 0, at) for id_, at in session.exec(query.order_by(col(VersionRow.seen_at), col(VersionRow.id)))]


def _forget(session: Session, ids: list[int]) -> int:
    for start in range(0, len(ids), BATCH):
        session.exec(delete(VersionRow).where(col(VersionRow.id).in_(ids[start : start + BATCH])))
    session.exec(delete(TextRow).where(col(TextRow.sha256).not_in(select(VersionRow.sha256))))
    return len(ids)
