"""`Calendar`: recesses and fixed days of the Dutch parliamentary year, as data that is handed in.

The recess dates come from ``seeds/recess.toml`` (the monitor reads it); this module only knows the pattern for
years that the file does not name. Pattern read off the recess pages of 2022-2024 and the labelled guide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

RECESSES = ("spring", "may", "summer", "autumn", "christmas")
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Calendar:
    """first and last day of each recess by name; unknown years fall back to the pattern."""

    recesses: dict[str, tuple[tuple[date, date], ...]] = field(default_factory=dict)

    def recess(self, name: str, year: int) -> tuple[date, date]:
        """First and last day of the recess `name` that begins in `year`. Raises KeyError for an unknown name."""
        for first, last in self.recesses.get(name, ()):
            if first.year == year:
                return first, last
        return _pattern(name, year)


def calendar_from(table: Mapping[str, Sequence[Mapping[str, Any]]]) -> Calendar:
    """A calendar from parsed TOML. Raises ValueError naming the row that is wrong."""
    recesses: dict[str, tuple[tuple[date, date], ...]] = {}
    for name, rows in table.items():
        if name not in RECESSES:
            raise ValueError(f"recess calendar: unknown recess {name!r}; known are {', '.join(RECESSES)}")
        recesses[name] = tuple(_row(name, row) for row in rows)
    return Calendar(recesses)


def _row(name: str, row: Mapping[str, Any]) -> tuple[date, date]:
    first, last = row.get("from"), row.get("to")
    if not isinstance(first, date) or not isinstance(last, date) or last < first:
        raise ValueError(f"recess calendar: {name} row {dict(row)} needs dates from <= to")
    return first, last


def _friday_on_or_after(day: date) -> date:
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def _weeks(first: date, weeks: int) -> tuple[date, date]:
    """From a Friday to the Sunday `weeks` weekends later."""
    return first, first + timedelta(days=7 * weeks + 2)


def _pattern(name: str, year: int) -> tuple[date, date]:
    if name == "summer":
        first = _friday_on_or_after(date(year, 7, 3))
        september = date(year, 9, 1)
        monday = september + timedelta(days=-september.weekday() % 7)
        return first, monday - timedelta(days=1)
    if name == "christmas":
        first = _friday_on_or_after(date(year, 12, 18))
        return _weeks(first, 3)
    if name == "autumn":
        return _weeks(_friday_on_or_after(date(year, 10, 13)), 1)
    if name == "spring":
        return _weeks(_friday_on_or_after(date(year, 2, 13)), 1)
    if name == "may":
        return _weeks(_friday_on_or_after(date(year, 4, 21)), 2)
    raise KeyError(name)
