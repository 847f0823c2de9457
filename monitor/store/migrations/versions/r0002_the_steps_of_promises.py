"""The steps of promises: every stored promise expects what its words say, as far as its history took it.

The tables stay as they are; steps stand in the body of a promise. The state becomes the replay of the history once
more, by the rules of the program that upgrades.
"""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql import sqltypes

from monitor.store.nouns import commitment_body, commitment_of
from rules.event import Event, EventKind
from rules.expecting import with_steps
from rules.life import replay

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COMMITMENT = sa.table(
    "commitment",
    sa.column("id", sa.String),
    sa.column("status", sa.String),
    sa.column("due_earliest", sa.Date),
    sa.column("due_latest", sa.Date),
    sa.column("body", sa.JSON),
    sa.column("first_body", sa.JSON),
)
EVENT = sa.table(
    "event",
    sa.column("id", sa.Integer),
    sa.column("key", sa.String),
    sa.column("kind", sa.String),
    sa.column("at", sqltypes.UTCDateTime),
    sa.column("commitment", sa.String),
    sa.column("subject", sa.String),
    sa.column("document", sa.String),
    sa.column("decided_by", sa.String),
    sa.column("score", sa.Float),
    sa.column("note", sa.String),
    sa.column("data", sa.JSON),
)


def upgrade() -> None:
    for id_ in _ids():
        first = with_steps(commitment_of(_row(id_).first_body))
        now = replay(first, _history(id_))
        term = now.deadline
        _write(
            id_,
            first_body=commitment_body(first),
            body=commitment_body(now),
            status=now.status.value,
            due_earliest=term.earliest if term else None,
            due_latest=term.latest if term else None,
        )


def downgrade() -> None:
    for id_ in _ids():
        row = _row(id_)
        _write(id_, body=_without_steps(row.body), first_body=_without_steps(row.first_body))


def _ids() -> list[str]:
    return list(op.get_bind().scalars(sa.select(COMMITMENT.c.id).order_by(COMMITMENT.c.id)))


def _row(id_: str) -> Any:
    return op.get_bind().execute(sa.select(COMMITMENT).where(COMMITMENT.c.id == id_)).one()


def _history(id_: str) -> Iterator[Event]:
    for row in op.get_bind().execute(sa.select(EVENT).where(EVENT.c.commitment == id_).order_by(EVENT.c.id)).all():
        yield Event(
            key=row.key,
            kind=EventKind(row.kind),
            at=row.at,
            commitment=row.commitment,
            subject=row.subject,
            document=row.document,
            by=row.decided_by,
            score=row.score,
            note=row.note,
            data={name: str(value) for name, value in row.data.items()},
        )


def _write(id_: str, **values: object) -> None:
    op.get_bind().execute(sa.update(COMMITMENT).where(COMMITMENT.c.id == id_).values(**values))


def _without_steps(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "expectations"}
