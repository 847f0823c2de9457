"""`Door`: what every command gets from outside: the clock, the settings, a place to print.

Commands read no clock and no environment themselves. Also here: the two ways of printing, tables for people and JSON
Lines for programs, and how a moment or day given on the command line is read.
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from monitor.settings import Settings, load
from sources.http import Fetcher

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class Door:
    """clock: the present moment, aware UTC. load: the settings of this process, checked."""

    clock: Clock
    load: Callable[..., Settings] = load

    def settings(self) -> Settings:
        return self.load()


class Wrong(Exception):
    """What was asked cannot be done; the message is the one line that the person sees."""


def door_of(context: typer.Context) -> Door:
    door = context.find_root().obj
    if not isinstance(door, Door):
        raise TypeError("a command needs the door that main() makes")
    return door


def fetcher(settings: Settings) -> Fetcher:
    return Fetcher(
        contact=settings.contact,
        pace_per_second=settings.pace_per_second,
        allow_private=settings.allow_private_networks,
    )


def content(where: str, settings: Settings) -> tuple[bytes, str, str]:
    """Bytes, content type and address of a file, a web address or standard input (``-``). Raises Wrong."""
    if where == "-":
        return sys.stdin.buffer.read(), "", ""
    if where.startswith(("http://", "https://")):
        answer = fetcher(settings).get(where, guarded=True)
        return answer.content, answer.content_type, answer.url
    try:
        return Path(where).read_bytes(), "", ""
    except OSError as error:
        raise Wrong(f"{where}: {error.strerror}") from None


def day(text: str | None) -> date | None:
    """``2022-09-02``. Raises typer.BadParameter."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a day such as 2022-09-02") from None


def moment(text: str | None, clock: Clock) -> datetime:
    """``2022-09-02T08:00`` (UTC unless it names an offset), or a day; the present when nothing is given."""
    if text is None:
        return clock()
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a moment such as 2022-09-02T08:00") from None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def print_json(rows: Iterable[Any]) -> None:
    """JSON Lines: one object a line, nouns as their fields."""
    for row in rows:
        sys.stdout.write(json.dumps(plain(row), ensure_ascii=False) + "\n")


def plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = Table(*columns, title=title or None, title_justify="left", show_lines=False)
    for row in rows:
        table.add_row(*[cell.replace("[", r"\[") for cell in row])
    Console().print(table)


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def note(text: str) -> None:
    """A line for the person, not part of the answer."""
    sys.stderr.write(text + "\n")
