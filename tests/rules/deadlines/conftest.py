"""The calendar of recesses that the deadline tests read with."""

import tomllib
from pathlib import Path

import pytest

from rules.calendar import Calendar, calendar_from

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def calendar() -> Calendar:
    """The calendar as it is shipped."""
    return calendar_from(tomllib.loads((ROOT / "seeds" / "recess.toml").read_text(encoding="utf-8")))
