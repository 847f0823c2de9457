"""Opening the database: one engine for writing, one for reading, and the errors of both as `StoreError`.

SQLite needs three things that its defaults lack: write-ahead logging, so that pages are read while a poll writes;
`BEGIN IMMEDIATE` for everything that writes, because a transaction that first reads and then writes otherwise loses
updates without an error (docs/decisions/0002-sqlite.md); and foreign keys. Not inside: tables, queries, migrations.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, SQLAlchemyError

BUSY_SECONDS = 30  # how long a writer waits for another one


class StoreError(Exception):
    """The database cannot be used; the message says which and why, and never a password."""


@contextmanager
def translated(what: str) -> Iterator[None]:
    """Every error of the database as a StoreError of one line."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = error.orig if isinstance(error, DatabaseError) and error.orig else error
        raise StoreError(f"{what}: {str(reason).splitlines()[0]}") from error


def address(url: str) -> URL:
    """The parsed address. Raises StoreError when it is none; the message does not repeat it, it may hold a password."""
    try:
        return make_url(url)
    except ArgumentError:
        raise StoreError("database_url is not an address such as sqlite:///data/nakoming.db") from None


def shown(url: str) -> str:
    """The address without its password."""
    return address(url).render_as_string(hide_password=True)


def open_engines(url: str) -> tuple[Engine, Engine]:
    """The engine that writes and the one that reads. Raises StoreError for a path that cannot be written."""
    where = address(url)
    if where.get_backend_name() != "sqlite":
        return _plain(where), _plain(where)
    if where.database in (None, "", ":memory:"):
        raise StoreError("database_url: a database in memory is lost at the first restart; name a file")
    _make_folder(Path(str(where.database)))
    return _sqlite(where, "BEGIN IMMEDIATE"), _sqlite(where, "BEGIN")


def _plain(where: URL) -> Engine:
    try:
        return create_engine(where, pool_pre_ping=True)
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(f"database_url: no driver for {where.drivername} is installed ({error})") from None


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("ab"):
            pass
    except OSError as error:
        raise StoreError(f"the database {file} cannot be written: {error.strerror}") from None


def _sqlite(where: URL, begin: str) -> Engine:
    engine = create_engine(where, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy begins by itself, see below
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


@cache
def putting(dialect: str, table: Any) -> Any:
    """An insert of whole rows into a table; a row with the same primary key takes the new values."""
    insert = inserting(dialect, table)
    keys = list(table.primary_key)
    return insert.on_conflict_do_update(
        index_elements=keys, set_={c.name: insert.excluded[c.name] for c in table.c if c not in keys}
    )


def inserting(dialect: str, table: Any) -> Any:
    """An insert that can say what becomes of rows that are there already."""
    return {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[dialect](table)
