"""What the monitor remembers. `Store` opens the database and hands out transactions; the modules hold the questions.

>>> with store.write() as session:
...     events.record(session, event, now)

One writer at a time (SQLite's rule); readers are never blocked. No network call belongs inside a transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
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

    @property
    def path(self) -> Path:
        """The file of an SQLite database. Raises StoreError for any other."""
        where = address(self._url)
        if where.get_backend_name() != "sqlite" or not where.database:
            raise StoreError(f"{self.name}: use the backup tool of this database server")
        return Path(where.database)

    def close(self) -> None:
        self._writing.dispose()
        self._reading.dispose()
