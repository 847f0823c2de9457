"""The append-only history. `record` is the one door through which anything happens.

In one transaction: the event is appended under its key, the commitment takes its new state, and one delivery per
subscriber who wants it is queued. A key that is known already changes nothing, so everything can be run again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func
from sqlalchemy import insert as sql_insert
from sqlalchemy import inspect as table_of
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from monitor.store import commitments, documents, subscriptions
from monitor.store.nouns import event_of, event_row
from monitor.store.rows import DeliveryRow, DocumentRow, EventRow
from notifications.happening import Happening
from notifications.subscription import Subscription, due_at, wants
from rules.commitment import Commitment
from rules.event import Event, EventKind
from rules.life import apply

SOURCE_KINDS = (EventKind.SOURCE_SILENT.value, EventKind.SOURCE_BACK.value)
BATCH = 500
_NEWEST = columns(func.max(table_of(EventRow).local_table.c.id))
QUIET = "quiet"  # in the data of an event that nobody is sent a message about


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which part of the history is wanted; empty fields ask nothing. The newest first unless `oldest_first`."""

    commitment: str = ""
    kinds: tuple[EventKind, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    before_id: int | None = None
    most: int | None = None
    oldest_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where pages are: the public address of this installation."""

    base: str = ""

    def of(self, event: Event) -> str:
        return f"{self.base}/toezeggingen/{event.commitment}" if event.commitment else f"{self.base}/bronnen"


def record(session: Session, event: Event, now: datetime) -> bool:
    """Append what happened, with all its consequences. False when it was known already.

    now: the moment of recording, from which deliveries are reckoned; the event has its own.
    """
    if known(session, event.key):
        return False
    commitment = commitments.get(session, event.commitment) if event.commitment else None
    if commitment is not None:
        commitment = apply(commitment, event)
        commitments.save(session, commitment, now)
    document = documents.get(session, event.document) if event.document else None
    row = event_row(event, _paper(session, event.document))
    session.add(row)
    session.flush()
    if QUIET not in event.data:
        _queue(session, row.id or 0, Happening(event=event, commitment=commitment, document=document, address=""), now)
    return True


def quiet(event: Event) -> Event:
    """The event as one that stands in the history, on pages and in feeds, but that nobody is sent a message about.

    For old news that we only hear now: a register that is read for the first time holds ten thousand rows.
    """
    return replace(event, data={**event.data, QUIET: "old news"})


def known(session: Session, key: str) -> bool:
    return session.exec(select(EventRow.id).where(EventRow.key == key)).first() is not None


def _paper(session: Session, document: str) -> str:
    row = session.get(DocumentRow, document) if document else None
    return row.paper if row else document


def _queue(session: Session, event_id: int, happening: Happening, now: datetime) -> None:
    """One delivery for everybody who wants to be told; a bounded number in memory at a time."""
    batch: list[dict[str, object]] = []
    for kept in subscriptions.listed(session, subscriptions.ACTIVE):
        if wants(kept.subscription, happening):
            batch.append(_delivery(event_id, kept.subscription, now))
        if len(batch) >= BATCH:
            session.execute(sql_insert(DeliveryRow), batch)
            batch = []
    if batch:
        session.execute(sql_insert(DeliveryRow), batch)


def _delivery(event_id: int, subscription: Subscription, now: datetime) -> dict[str, object]:
    due = due_at(subscription, now)
    return {"event": event_id, "subscription": subscription.id, "due_at": due, "queued_at": now}


def lacking_deliveries(session: Session, since: datetime, addresses: Addresses) -> tuple[tuple[int, str], ...]:
    """The nightly sweep: event and subscription where a subscriber wanted it and has no delivery for it. Reads only.

    Only for events that came after the subscription began. In a healthy house it finds nothing: events and deliveries
    are written in one transaction.
    """
    query = select(EventRow).where(EventRow.at >= since).order_by(col(EventRow.id))
    rows = [row for row in session.exec(query) if QUIET not in row.data]
    told = list(zip(rows, happenings_of(session, rows, addresses), strict=True))
    found: list[tuple[int, str]] = []
    for kept in subscriptions.listed(session, subscriptions.ACTIVE) if rows else ():
        subscription = kept.subscription
        mine = select(DeliveryRow.event).where(
            DeliveryRow.subscription == subscription.id, col(DeliveryRow.event) >= rows[0].id
        )
        held = set(session.exec(mine))
        found += [
            (row.id or 0, subscription.id)
            for row, happening in told
            if row.id not in held and kept.since <= row.at and wants(subscription, happening)
        ]
    return tuple(found)


def queue_lacking(session: Session, lacking: Iterable[tuple[int, str]], now: datetime) -> int:
    """Queue what the sweep found, unless it is there by now. How many were queued."""
    found = 0
    for event, id_ in lacking:
        kept = subscriptions.get(session, id_)
        known = select(DeliveryRow.id).where(DeliveryRow.event == event, DeliveryRow.subscription == id_)
        if kept and session.exec(known).first() is None:
            session.execute(sql_insert(DeliveryRow), [_delivery(event, kept.subscription, now)])
            found += 1
    return found


def happenings(session: Session, asked: Asked, addresses: Addresses) -> tuple[tuple[int, Happening], ...]:
    """Events with all that is needed to speak of them, with their number in the history."""
    rows = list(session.exec(_query(asked)))
    return tuple((row.id or 0, h) for row, h in zip(rows, happenings_of(session, rows, addresses), strict=True))


def happenings_of(session: Session, rows: Sequence[EventRow], addresses: Addresses) -> list[Happening]:
    found = [event_of(row) for row in rows]
    papers = documents.many(session, [event.document for event in found if event.document])
    promises: dict[str, Commitment | None] = {}
    for event in found:
        if event.commitment and event.commitment not in promises:
            promises[event.commitment] = commitments.get(session, event.commitment)
    return [
        Happening(
            event=event,
            commitment=promises.get(event.commitment),
            document=papers.get(event.document),
            address=addresses.of(event),
        )
        for event in found
    ]


def last_id(session: Session) -> int:
    """The number of the newest event; 0 when there is none."""
    session.flush()
    return int(session.connection().scalar(_NEWEST) or 0)


def touched_since(session: Session, after_id: int) -> tuple[str, ...]:
    """The commitments to which something happened after an event; whatever changes one is an event."""
    query = select(EventRow.commitment).where(col(EventRow.id) > after_id, EventRow.commitment != "").distinct()
    return tuple(session.exec(query.order_by(col(EventRow.commitment))))


def history(session: Session, commitment: str) -> tuple[Event, ...]:
    """All events of one commitment, oldest first."""
    query = select(EventRow).where(EventRow.commitment == commitment).order_by(col(EventRow.id))
    return tuple(event_of(row) for row in session.exec(query))


def every(session: Session, after_id: int = 0, most: int = BATCH) -> Iterator[tuple[int, Event]]:
    query = select(EventRow).where(col(EventRow.id) > after_id).order_by(col(EventRow.id)).limit(most)
    for row in session.exec(query):
        yield row.id or 0, event_of(row)


def rebuilt(session: Session, commitment: str) -> Commitment | None:
    """The state that follows from the first form and the history alone; equal to what is stored (a test demands it)."""
    state = commitments.first_form(session, commitment)
    for event in history(session, commitment):
        state = apply(state, event) if state else None
    return state


def last_of_source(session: Session, source: str) -> Event | None:
    """What was said last about a source: that it broke or that it is back."""
    row = session.exec(
        select(EventRow)
        .where(col(EventRow.subject).startswith(f"{source}@"), col(EventRow.kind).in_(SOURCE_KINDS))
        .order_by(col(EventRow.id).desc())
    ).first()
    return event_of(row) if row else None


def of_sources(session: Session, since: datetime) -> tuple[Event, ...]:
    query = select(EventRow).where(col(EventRow.kind).in_(SOURCE_KINDS), EventRow.at >= since)
    return tuple(event_of(row) for row in session.exec(query.order_by(col(EventRow.id))))


def _query(asked: Asked):  # type: ignore[no-untyped-def]  # the type of a select has no short name
    query = select(EventRow).order_by(col(EventRow.id) if asked.oldest_first else col(EventRow.id).desc())
    if asked.commitment:
        query = query.where(EventRow.commitment == asked.commitment)
    if asked.kinds:
        query = query.where(col(EventRow.kind).in_([kind.value for kind in asked.kinds]))
    if asked.since:
        query = query.where(EventRow.at >= asked.since)
    if asked.until:
        query = query.where(EventRow.at < asked.until)
    if asked.before_id is not None:
        query = query.where(col(EventRow.id) < asked.before_id)
    return query.limit(asked.most) if asked.most is not None else query
