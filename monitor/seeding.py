"""The editable data that comes with the program, or the operator's own in its place: recess calendar and catalogue."""

import tomllib
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from monitor.settings import Settings, SettingsError
from rules.calendar import Calendar, calendar_from

Made = TypeVar("Made")


def load_calendar(settings: Settings) -> Calendar:
    """The recess calendar. Raises SettingsError."""
    return named("recess_file", lambda: calendar_from(table(settings.recess_file, "recess.toml")))


def catalogue_names() -> tuple[str, ...]:
    """The sources of the catalogue that comes with the program."""
    return tuple(table(None, "sources.toml"))


def table(own: Path | None, shipped: str) -> dict[str, Any]:
    """The parsed file: the operator's own, else the one in ``seeds/``."""
    text = own.read_text(encoding="utf-8") if own else (files("seeds") / shipped).read_text(encoding="utf-8")
    return tomllib.loads(text)


def named(setting: str, make: Callable[[], Made]) -> Made:
    """What `make` gives; what goes wrong in it is a SettingsError that names the setting."""
    try:
        return make()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{setting}: {error}") from None
