"""`Calendar`: recesses and fixed days of the Dutch parliamentary year.

The recess dates come from ``seeds/recess.toml`` (the monitor reads it); this module only knows the pattern for
years that the file does not name (read off the recess pages of 2022-2024 and the labelled guide), the budget days
that the law fixes (Comptabiliteitswet 2016: Prinsjesdag, Voorjaarsnota, Najaarsnota, Verantwoordingsdag), and the
public holidays through `holidays`, which computes them and reads nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import holidays

RECESSES = ("spring", "may", "summer", "autumn", "christmas")
TUESDAY, WEDNESDAY, FRIDAY, SATURDAY = 1, 2, 4, 5


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


def prinsjesdag(year: int) -> date:
    """Third Tuesday of September: the budget and the miljoenennota for the next year."""
    return _nth_weekday(year, 9, TUESDAY, 3)


def verantwoordingsdag(year: int) -> date:
    """Third Wednesday of May: annual reports and the slotwet of the year before."""
    return _nth_weekday(year, 5, WEDNESDAY, 3)


def voorjaarsnota(year: int) -> date:
    """The last day for the spring note."""
    return date(year, 6, 1)


def najaarsnota(year: int) -> date:
    """The last day for the autumn note."""
    return date(year, 12, 1)


def easter(year: int) -> date:
    """Easter Sunday (Western), by the anonymous Gregorian computus."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    leap, rest = divmod(century, 4)
    drift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap - drift + 15) % 30
    quarter, left = divmod(of_century, 4)
    weekday = (32 + 2 * rest + 2 * quarter - moon - left) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def working_days_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`: no Saturdays, Sundays or days of the Algemene termijnenwet."""
    while count > 0:
        day += timedelta(days=1)
        count -= _works(day)
    return day


def _works(day: date) -> bool:
    """The law counts Good Friday and every 5 May among the holidays."""
    liberation = (day.month, day.day) == (5, 5)
    return day.weekday() < SATURDAY and not liberation and day not in _holidays(day.year)


@lru_cache(maxsize=16)
def _holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=[year]))


def _row(name: str, row: Mapping[str, Any]) -> tuple[date, date]:
    first, last = row.get("from"), row.get("to")
    if not isinstance(first, date) or not isinstance(last, date) or last < first:
        raise ValueError(f"recess calendar: {name} row {dict(row)} needs dates from <= to")
    return first, last


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _friday_on_or_after(day: date) -> date:
    return day + timedelta(days=(FRIDAY - day.weekday()) % 7)


def _weeks(first: date, weeks: int) -> tuple[date, date]:
    """From a Friday to the Monday after `weeks` more weekends: the days as the Kamer announces them."""
    return first, first + timedelta(days=7 * weeks + 3)


def _pattern(name: str, year: int) -> tuple[date, date]:
    if name == "summer":
        last_of_august = date(year, 8, 31)
        return _friday_on_or_after(date(year, 7, 3)), last_of_august + timedelta(days=-last_of_august.weekday() % 7)
    if name == "christmas":
        return _weeks(_friday_on_or_after(date(year, 12, 17)), 3)
    if name == "autumn":
        return _weeks(_friday_on_or_after(date(year, 10, 13)), 1)
    if name == "spring":
        return _weeks(_friday_on_or_after(date(year, 2, 16)), 1)
    if name == "may":
        return _weeks(_friday_on_or_after(date(year, 4, 21)), 2)
    raise KeyError(name)
