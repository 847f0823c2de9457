"""Bringing the tables to the present form. Called at every start; does nothing when there is nothing to do."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from monitor.store.engine import StoreError, translated
from monitor.store.rows import Table


def upgrade(engine: Engine) -> str:
    """Run the revisions that are missing, in one transaction. The name of the newest one.

    Raises StoreError when the database is from a newer version of the program or cannot be changed.
    """
    with translated("the database cannot be upgraded"), engine.begin() as connection:
        _refuse_newer(connection)
        command.upgrade(_config(connection), "head")
        return current(connection)


def current(connection: Connection) -> str:
    return MigrationContext.configure(connection).get_current_revision() or ""


def newest() -> str:
    return ScriptDirectory.from_config(_config(None)).get_current_head() or ""


def differences(engine: Engine) -> list[Any]:
    """What the tables lack of the rows as declared; empty when they agree (a test demands it)."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return [d for d in compare_metadata(context, Table.metadata) if "alembic_version" not in str(d)]


def revise(engine: Engine, message: str) -> None:
    """For developers: write a new revision file from the difference between the tables and the rows."""
    with engine.begin() as connection:
        command.revision(_config(connection), message=message, autogenerate=True)


def _config(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _refuse_newer(connection: Connection) -> None:
    have = current(connection)
    known = {script.revision for script in ScriptDirectory.from_config(_config(None)).walk_revisions()}
    if have and have not in known:
        raise StoreError(f"the database is from a newer version of Nakoming (revision {have}); upgrade the program")
