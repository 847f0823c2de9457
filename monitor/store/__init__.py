"""What the monitor remembers. `Store` opens the database and hands out transactions; the modules hold the questions.

>>> with store.write() as session:
...     events.record(session, event, now)

One writer at a time (SQLite's rule); readers are never blocked. No network call belongs inside a transaction.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlmodel import Session

from monitor.store.engine import StoreError, address, open_engines, shown, translated
from monitor.store.migrate import upgrade

__all__ = ["Session", "Store", "StoreError"]


class Store:
    """An open database. Raises StoreError when it cannot be opened or is from a newer version."""

    def __init__(self, url: str) -> None:
        self._url = url
        self.name = shown(url)
        self._writing, self._reading = open_engines(url)
        with translated(f"the database {self.name} cannot be used"), self._reading.connect() as connection:
            connection.execute(text("select 1"))

    def upgrade(self) -> str:
        """Bring the tables to the present form; the name of the newest revision."""
        return upgrade(self._writing)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed at the end and rolled back on any error."""
        failing = translated("the database could not be written")
        with failing, Session(self._writing) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A view of one moment; nothing that is changed in it is kept."""
        with translated("the database could not be read"), Session(self._reading) as session:
            yield session

    def backup(self, target: Path) -> None:
        """A whole copy while everything goes on (SQLite's online backup). Raises StoreError."""
        source = self._file()
        try:
            with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
                here.backup(there)
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"no backup to {target}: {error}") from None

    def _file(self) -> str:
        where = address(self._url)
        if where.get_backend_name() != "sqlite" or not where.database:
            raise StoreError(f"{self.name}: use the backup tool of this database server")
        return where.database

    def close(self) -> None:
        self._writing.dispose()
        self._reading.dispose()
