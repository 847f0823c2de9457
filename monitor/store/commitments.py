"""Commitments as they are now, and the lists that pages and commands ask for.

The state of a commitment is the result of its events (`monitor.store.events`); nothing here changes it by itself.
Keeping a promise that was read: the same sentence is the same promise, a promise in other words in a later letter is
*restated*, and what a person decided about it stays decided however often the letter is read again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, select

from monitor.store.nouns import commitment_body, commitment_of, fill_commitment
from monitor.store.rows import CommitmentRow, EventRow
from rules.commitment import Commitment, Status
from rules.event import EventKind
from rules.expecting import with_steps
from rules.tracking import restates
from sources.document import fold

TELLING = 3  # of the longest words of a promise, one must stand in another that says it again
WATCHED = tuple(status.value for status in Status if status.watched)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a list shows. Empty fields ask nothing.

    words: all of them must occur. ministry, holder: part of the name. dossier: ``32761``. letter: a document key or
    identifier. due_from, due_to: the last day of the term lies between. undated: True asks for those without a day.
    """

    statuses: tuple[Status, ...] = ()
    ids: tuple[str, ...] = ()
    ministry: str = ""
    holder: str = ""
    dossier: str = ""
    words: str = ""
    letter: str = ""
    due_from: date | None = None
    due_to: date | None = None
    undated: bool = False
    skip: int = 0
    most: int | None = None
    newest_first: bool = False


def get(session: Session, id_: str) -> Commitment | None:
    row = session.get(CommitmentRow, id_)
    return commitment_of(row.body) if row else None


def first_form(session: Session, id_: str) -> Commitment | None:
    """The commitment as it was when it was read, before any event."""
    row = session.get(CommitmentRow, id_)
    return commitment_of(row.first_body) if row else None


def insert(session: Session, commitment: Commitment, now: datetime) -> None:
    """Keep a promise that was read; one that was made without steps gets those that its words expect."""
    commitment = commitment if commitment.expectations else with_steps(commitment)
    row = CommitmentRow(
        id=commitment.id,
        status="",
        quote="",
        body={},
        first_body=commitment_body(commitment),
        stored_at=now,
        changed_at=now,
    )
    fill_commitment(row, commitment)
    session.add(row)
    session.flush()


def save(session: Session, commitment: Commitment, now: datetime) -> None:
    row = session.get_one(CommitmentRow, commitment.id)
    fill_commitment(row, commitment)
    row.changed_at = now
    session.add(row)
    session.flush()


def same_promise(session: Session, commitment: Commitment) -> Commitment | None:
    """A tracked commitment that this one says again, if any."""
    longest = sorted(set(re.findall(r"\w+", fold(commitment.quote))), key=lambda word: (-len(word), word))[:TELLING]
    shared = [col(CommitmentRow.search).contains(word, autoescape=True) for word in longest]
    query = select(CommitmentRow).where(or_(False, *shared))
    query = query.where(CommitmentRow.status != Status.MERGED.value, CommitmentRow.id != commitment.id)
    for row in session.exec(query.order_by(col(CommitmentRow.made_on), col(CommitmentRow.id))):
        other = commitment_of(row.body)
        if restates(commitment, other):
            return other
    return None


def merged_into(session: Session, id_: str) -> str:
    """Where a commitment lives on: its own id, or that of the one it was merged into."""
    seen = {id_}
    while True:
        row = session.exec(
            select(EventRow)
            .where(EventRow.commitment == id_, EventRow.kind == EventKind.MERGED.value)
            .order_by(col(EventRow.id).desc())
        ).first()
        into = str(row.data.get("into", "")) if row else ""
        if not into or into in seen or _status(session, id_) != Status.MERGED.value:
            return id_
        seen.add(into)
        id_ = into


def _status(session: Session, id_: str) -> str:
    row = session.get(CommitmentRow, id_)
    return row.status if row else ""


def listed(session: Session, wanted: Wanted = Wanted()) -> tuple[Commitment, ...]:
    """The commitments that are wanted: the nearest term first, undated ones last, or the newest promise first.

    A page of a long list is chosen by its ids first: sorting whole rows takes many times as long.
    """
    if wanted.most is None:
        rows = session.exec(
            select(CommitmentRow).where(*conditions(wanted)).order_by(*_order(wanted)).offset(wanted.skip)
        )
        return tuple(commitment_of(row.body) for row in rows)
    chosen = select(CommitmentRow.id).where(*conditions(wanted)).order_by(*_order(wanted))
    ids = list(session.exec(chosen.offset(wanted.skip).limit(wanted.most)))
    bodies = {row.id: row.body for row in session.exec(select(CommitmentRow).where(col(CommitmentRow.id).in_(ids)))}
    return tuple(commitment_of(bodies[id_]) for id_ in ids)


def _order(wanted: Wanted) -> list[ColumnElement[Any]]:
    made_on, id_ = col(CommitmentRow.made_on), col(CommitmentRow.id)
    if wanted.newest_first:
        return [made_on.desc(), id_.asc()]
    latest = col(CommitmentRow.due_latest)
    return [latest.is_(None), latest.asc(), made_on.asc(), id_.asc()]


def count(session: Session, wanted: Wanted = Wanted()) -> int:
    return session.exec(select(func.count()).select_from(CommitmentRow).where(*conditions(wanted))).one()


def watched(session: Session, also: Sequence[Status] = ()) -> Iterator[Commitment]:
    """All commitments that still run, and those of the statuses `also`."""
    statuses = [*WATCHED, *(status.value for status in also)]
    query = select(CommitmentRow).where(col(CommitmentRow.status).in_(statuses)).order_by(col(CommitmentRow.id))
    for row in session.exec(query.execution_options(yield_per=500)):
        yield commitment_of(row.body)
        session.expunge(row)


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.statuses:
        found.append(col(CommitmentRow.status).in_([status.value for status in wanted.statuses]))
    if wanted.ids:
        found.append(col(CommitmentRow.id).in_(wanted.ids))
    if wanted.ministry:
        found.append(_contains(col(CommitmentRow.ministry), wanted.ministry))
    if wanted.holder:
        found.append(
            or_(
                _contains(col(CommitmentRow.office), wanted.holder), _contains(col(CommitmentRow.person), wanted.holder)
            )
        )
    for word in [*fold(wanted.words).split(), *_written(wanted.dossier), *_written(wanted.letter)]:
        found.append(col(CommitmentRow.search).contains(word, autoescape=True))
    return found + _term_conditions(wanted)


def _term_conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    latest = col(CommitmentRow.due_latest)
    found: list[ColumnElement[bool]] = []
    if wanted.due_from:
        found.append(latest >= wanted.due_from)
    if wanted.due_to:
        found.append(latest <= wanted.due_to)
    if wanted.undated:
        found.append(latest.is_(None))
    return found


def _contains(column: Mapped[str], part: str) -> ColumnElement[bool]:
    return func.lower(column).contains(part.strip().lower(), autoescape=True)


def _written(identifier: str) -> list[str]:
    return [fold(identifier)] if identifier.strip() else []
