"""Alembic's door: runs the revisions on the connection that `monitor.store.migrate` hands over.

Not inside: which revisions there are (``versions/``) and when they run.
"""

from typing import Any

from alembic import context

from monitor.store.rows import Table

OURS = frozenset(Table.metadata.tables)


def _ours(_thing: Any, name: str | None, kind: str, _reflected: bool, _compare_to: Any) -> bool:
    """Only our own tables; a shared database may hold others."""
    return kind != "table" or name in OURS


def run(connection: Any) -> None:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,
        compare_type=True,
        include_object=_ours,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
