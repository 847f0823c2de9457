"""Backup and restore of an SQLite database: a whole copy while everything goes on, and its way back.

Nothing is overwritten without a copy of it being kept beside it.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from monitor.store.engine import StoreError


def copy(source: Path, target: Path) -> None:
    """SQLite's online backup. Raises StoreError; a half-made copy is removed."""
    try:
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)
    except (sqlite3.Error, OSError) as error:
        target.unlink(missing_ok=True)
        raise StoreError(f"no backup to {target}: {error}") from None


def check(file: Path) -> None:
    """Raises StoreError for a file that is no sound database of ours."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            sound = connection.execute("pragma integrity_check").fetchone()[0] == "ok"
            ours = connection.execute("select count(*) from sqlite_master where name = 'commitment'").fetchone()[0]
    except sqlite3.Error as error:
        raise StoreError(f"{file} is no database: {error}") from None
    if not sound or not ours:
        raise StoreError(f"{file} is {'no database of Nakoming' if sound else 'damaged'}")


def put_back(file: Path, target: Path, *, force: bool) -> None:
    """Put a copy in the place of a database that nobody uses. force: also where one is; it is kept as ``….before``."""
    check(file)
    if target.exists() and target.stat().st_size:
        if not force:
            raise StoreError(f"{target} holds a database; --force replaces it and keeps it as {target.name}.before")
        copy(target, _fresh(target.with_name(f"{target.name}.before")))
    try:
        new = target.with_name(f"{target.name}.new")
        shutil.copy2(file, new)
        for rest in ("-wal", "-shm"):
            target.with_name(f"{target.name}{rest}").unlink(missing_ok=True)
        new.replace(target)
    except OSError as error:
        raise StoreError(f"{target} cannot be replaced: {error.strerror}") from None


def _fresh(file: Path) -> Path:
    file.unlink(missing_ok=True)
    return file
