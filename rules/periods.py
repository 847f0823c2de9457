"""`Period`: a stretch of days with what "before", "after" and "around" it mean; and the makers of periods.

The borders of seasons, parts of months and years and the meaning of "na de zomer" are those of the project's
reading guide: the last day on which every reasonable reading is still met. No words here: only days.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from rules.calendar import Calendar, working_days_after
from rules.deadline import Precision

DAYS_OF = {"day": Fraction(1), "week": Fraction(7), "hour": Fraction(1, 24)}
DAY, WEEK = timedelta(days=1), timedelta(days=7)
SEASONS = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "winter": (12, 3)}  # first month, month of the 21st
AFTER_RECESS = {"christmas": "winter", "spring": "spring", "may": "spring", "summer": "autumn", "autumn": "autumn"}


@dataclass(frozen=True, slots=True)
class Period:
    """Days `first` to `last`, both included.

    before: the last day that is "voor" it (None: the day before `first`). after: what "na" it covers (None: from
    the day after `last`, no end). moment: something that is due by `last` and has no first day of its own.
    """

    first: date
    last: date
    precision: Precision
    before: date | None = None
    after: tuple[date, date | None] | None = None
    moment: bool = False

    @property
    def until(self) -> date:
        return self.before or self.first - DAY

    @property
    def later(self) -> tuple[date, date | None]:
        return self.after or (self.last + DAY, None)


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, month_end(year, month + 1).day))


def month_end(year: int, month: int) -> date:
    return date(year + month // 12, month % 12 + 1, 1) - DAY


def single(day: date) -> Period:
    return Period(day, day, Precision.DAY)


def month(year: int, number: int) -> Period:
    return Period(date(year, number, 1), month_end(year, number), Precision.MONTH)


def months(year: int, first: int, last: int, precision: Precision) -> Period:
    return Period(date(year, first, 1), month_end(year, last), precision)


def whole_year(year: int) -> Period:
    return months(year, 1, 12, Precision.YEAR)


def years(first: int, last: int) -> Period:
    return Period(date(first, 1, 1), date(last, 12, 31), Precision.YEAR)


def quarter(year: int, number: int) -> Period:
    return months(year, 3 * number - 2, 3 * number, Precision.QUARTER)


def trimester(year: int, number: int) -> Period:
    return months(year, 4 * number - 3, 4 * number, Precision.QUARTER)


def half_year(year: int, number: int) -> Period:
    return months(year, 6 * number - 5, 6 * number, Precision.HALF_YEAR)


def week(day: date) -> Period:
    """The ISO week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return Period(monday, monday + timedelta(days=6), Precision.WEEK)


def weekend(day: date) -> Period:
    saturday = day + timedelta(days=5 - day.weekday())
    return Period(saturday, saturday + DAY, Precision.DAY)


def season(calendar: Calendar, year: int, name: str) -> Period:
    """The season that begins in `year`. "Voor de zomer" and "na de zomer" are said of the summer recess."""
    begins, ends = SEASONS[name]
    first, last = date(year, begins, 1), date(year + (ends < begins), ends, 21)
    if name == "summer":
        recess_begins, _ = calendar.recess("summer", year)
        return Period(first, last, Precision.SEASON, recess_begins - DAY, (date(year, 9, 1), date(year, 12, 21)))
    return Period(first, last, Precision.SEASON)


def recess(calendar: Calendar, year: int, name: str) -> Period:
    """The recess that begins in `year`; after it is the rest of the season in which it ends."""
    first, last = calendar.recess(name, year)
    if name == "summer":
        return Period(first, last, Precision.RECESS, after=(date(year, 9, 1), date(year, 12, 21)))
    _, ends = SEASONS[AFTER_RECESS[name]]
    after = last + DAY
    return Period(first, last, Precision.RECESS, after=(after, date(after.year, ends, 21)))


def part(of: Period, which: str) -> Period:
    """``begin``, ``middle``, ``end``, ``first`` half or ``second`` half of a period."""
    first, last = _part_days(of, which)
    end = last - DAY if of.precision is Precision.RECESS else last  # "voor het einde van het reces": a day left of it
    before = end if which == "end" else of.until if which in ("begin", "first") and of.before else None
    return Period(first, last, _part_precision(of, which), before=before)


def _part_precision(of: Period, which: str) -> Precision:
    if of.precision is Precision.YEAR and which in ("first", "second"):
        return Precision.HALF_YEAR
    return Precision.QUARTER if of.precision is Precision.YEAR else of.precision


def _part_days(of: Period, which: str) -> tuple[date, date]:
    if which in ("first", "second"):
        return _half_days(of, which)
    if of.precision is Precision.MONTH:
        edges = {"begin": (0, 9), "middle": (10, 19), "end": (20, 31)}
    elif of.precision in (Precision.WEEK, Precision.RECESS):
        edges = {"begin": (0, 2), "middle": (2, 3), "end": (3, 366)}
    else:
        return _part_months(of, which)
    low, high = edges[which]
    return of.first + low * DAY, min(of.first + high * DAY, of.last)


def _part_months(of: Period, which: str) -> tuple[date, date]:
    edges = {
        Precision.YEAR: {"begin": (0, 3), "middle": (5, 7), "end": (9, 12)},
        Precision.HALF_YEAR: {"begin": (0, 2), "middle": (2, 4), "end": (4, 6)},
        Precision.QUARTER: {"begin": (0, 1), "middle": (1, 2), "end": (2, 4)},
        Precision.SEASON: {"begin": (0, 1), "middle": (1, 2), "end": (2, 4)},
    }
    if of.precision not in edges:
        return of.first, of.last
    low, high = edges[of.precision][which]
    return add_months(of.first, low), min(add_months(of.first, high) - DAY, of.last)


def _half_days(of: Period, which: str) -> tuple[date, date]:
    if of.precision is Precision.MONTH:
        cut = of.first + 15 * DAY
    elif of.precision is Precision.YEAR:
        cut = add_months(of.first, 6)
    else:
        cut = of.first + (of.last - of.first + DAY) // 2
    return (of.first, cut - DAY) if which == "first" else (cut, of.last)


def shifted(day: date, amount: Fraction, unit: str) -> date:
    """`day` plus an amount of ``hour``, ``day``, ``workday``, ``week``, ``month``, ``quarter``, ``half``, ``year``."""
    if unit == "workday":
        return working_days_after(day, round(amount))
    if unit in ("day", "week", "hour"):
        days = amount * DAYS_OF[unit]
        return day + timedelta(days=-(-days // 1))
    exact = amount * {"month": 1, "quarter": 3, "half": 6, "year": 12}[unit]
    whole = exact // 1
    return add_months(day, whole) + timedelta(days=round((exact - whole) * 30))


def edge(of: Period, amount: Fraction, unit: str) -> Period:
    """The first so many units of a period; the last ones for a negative amount."""
    if amount > 0:
        return replace(of, last=min(of.last, shifted(of.first, amount, unit) - DAY))
    return replace(of, first=max(of.first, shifted(of.last + DAY, amount, unit)))
