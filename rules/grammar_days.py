"""Names of days and weeks: written days, days of a month, weekdays, "morgen", "volgende week", "week 24".

Months and longer stretches are in `rules.grammar_times`.
"""

from dataclasses import replace
from datetime import date, timedelta

from rules import periods
from rules.deadline import Precision
from rules.grammar_line import Line, Read, Time, determiner, fixed, with_year
from rules.grammar_words import ANY, COMING, DAY_WORDS, MONTHS, NEXT, PAST, THIS, WEEKDAYS
from rules.numbers import CARDINALS, ordinal
from rules.periods import Period
from rules.tokens import SHORT_MONTHS


def read_day_token(line: Line, i: int, _which: str) -> Read:
    day = line.tokens[i].day if i < len(line.tokens) else None
    return (fixed(periods.single(day), "date"), i + 1) if day else None


def read_day_word(line: Line, i: int, _which: str) -> Read:
    shift = DAY_WORDS.get(line.word(i))
    if shift is None:
        return None
    j = i + 1 + (line.word(i + 1) == "nog")
    time = fixed(periods.single(line.written_on + timedelta(days=shift)), "day")
    return replace(time, alone=line.word(i) != "heden"), j


def month_number(line: Line, i: int, short: bool) -> int | None:
    """The month that stands at `i`; of "maart-april" the first."""
    word = line.word(i)
    if "-" in word and all(part in MONTHS for part in word.split("-")):
        word = word.split("-")[0]
    return MONTHS.get(SHORT_MONTHS.get(word, word) if short else word)


def _day_number(line: Line, i: int) -> int | None:
    number = line.number(i)
    if number is None:
        word = line.word(i)
        number = ordinal(word) if word[:1].isdecimal() else None
    return number if number and 1 <= number <= 31 else None


def read_month_day(line: Line, i: int, which: str) -> Read:
    """Reads "14 februari", "1 en 2 maart", "12 t/m 14 juni 2024"."""
    first = _day_number(line, i)
    if first is None:
        return None
    last, j = first, i + 1
    link = {"en": 1, "of": 1, "-": 1, "/": 1, "t/m": 1, "tot": 3}.get(line.word(j), 0)
    second = _day_number(line, j + link) if link else None
    if second and second > first and month_number(line, j + link + 1, short=True):
        last, j = second, j + link + 1
    number = month_number(line, j, short=True)
    if number is None or last > periods.month_end(2024, number).day:
        return None

    def at(year: int) -> tuple[Period, ...]:
        if last > periods.month_end(year, number).day:  # 29 February of a common year
            return ()
        return (Period(date(year, number, first), date(year, number, last), Precision.DAY),)

    return with_year(line, j + 1, Time(at, "date", which=PAST if which is PAST else ANY, alone=True))


def read_weekday(line: Line, i: int, which: str) -> Read:
    wanted = WEEKDAYS.get(line.word(i))
    if wanted is None:
        return None
    j = i + 1 + (line.word(i + 1) == ",")
    j += line.word(j) == "de"
    dated = _two_days(line, j) or read_month_day(line, j, which) or read_day_token(line, j, which)
    if dated:
        return replace(dated[0], weekday=wanted), dated[1]
    return _weekday_of_week(line, i + 1, wanted, which)


def _two_days(line: Line, j: int) -> Read:
    """Reads the rest of "maandag 6 en dinsdag 7 maart": from the first day to the second."""
    first = _day_number(line, j)
    if first is None or line.word(j + 1) not in ("en", "of") or line.word(j + 2) not in WEEKDAYS:
        return None
    second = read_month_day(line, j + 3, ANY)
    if second is None:
        return None
    time, end = second
    back = timedelta(days=max(0, (_day_number(line, j + 3) or first) - first))
    return replace(time, at=lambda year: tuple(replace(day, first=day.first - back) for day in time.at(year))), end


def _weekday_of_week(line: Line, j: int, wanted: int, which: str) -> Read:
    """Reads "komende donderdag", "donderdag volgende week", "donderdag over een week", "donderdag jl."."""
    today = line.written_on
    said, k = determiner(line, j)
    if line.word(k) == "week" and said in (THIS, NEXT, COMING, PAST):
        return fixed(in_week(today, said, wanted), "weekday"), k + 1
    ahead = periods.DAY * ((wanted - today.weekday() - 1) % 7 + 1)
    if line.word(j) == "over" and line.word(j + 2) in ("week", "weken"):
        weeks = CARDINALS.get(line.word(j + 1)) or line.number(j + 1)
        if weeks:
            return fixed(periods.single(today + ahead + int(weeks) * periods.WEEK), "weekday"), j + 3
    mark = line.word(j)
    if which is PAST or mark in ("jongstleden", "jl"):
        back = periods.DAY * ((today.weekday() - wanted - 1) % 7 + 1)
        return fixed(periods.single(today - back), "weekday"), j + (mark in ("jongstleden", "jl"))
    return fixed(periods.single(today + ahead), "weekday"), j + (mark in ("aanstaande", "as"))


def in_week(today: date, which: str, weekday: int) -> Period:
    weeks = {THIS: 0, PAST: -1}.get(which, 1)
    return periods.single(periods.week(today + weeks * periods.WEEK).first + timedelta(days=weekday))


def read_week(line: Line, i: int, which: str) -> Read:
    """Reads "volgende week", "deze week donderdag", "de week van 12 juni", "week 24", "komend weekend"."""
    if line.word(i) == "weekend":
        return _weekend(line, i, which)
    if line.word(i) != "week":
        return None
    found = _week_of(line, i + 1) or _numbered_week(line, i + 1)
    return found or (None if which is ANY else _near_week(line, i + 1, which))


def _weekend(line: Line, i: int, which: str) -> Read:
    day = line.written_on + {PAST: -1, NEXT: 1}.get(which, 0) * periods.WEEK
    return fixed(periods.weekend(day), "weekend"), i + 1


def _week_of(line: Line, i: int) -> Read:
    """The week that holds a day: "de week van 12 juni", "de week van maandag 3 maart"."""
    if line.word(i) != "van":
        return None
    _, j = determiner(line, i + 1)
    inner = read_month_day(line, j, ANY) or read_weekday(line, j, ANY) or read_day_token(line, j, ANY)
    if inner is None:
        return None
    time, end = inner
    return replace(time, at=lambda year: tuple(periods.week(day.first) for day in time.at(year)), rule="week"), end


def _near_week(line: Line, j: int, which: str) -> Read:
    today = line.written_on
    k = j + (line.word(j) == "op")
    wanted = WEEKDAYS.get(line.word(k))
    if wanted is not None and not read_month_day(line, k + 1, ANY):
        return fixed(in_week(today, which, wanted), "weekday"), k + 1
    day = today + {PAST: -1, NEXT: 1, COMING: 1}.get(which, 0) * periods.WEEK
    return Time(lambda _: (periods.week(day),), "week", year=day.year, which=which, alone=True), j


def _numbered_week(line: Line, i: int) -> Read:
    """Reads "week 24", "week 24 van 2025": the ISO week."""
    number = line.number(i)
    if number is None or not 1 <= number <= 53:
        return None

    def at(year: int) -> tuple[Period, ...]:
        monday = date(year, 1, 4) - timedelta(days=date(year, 1, 4).weekday()) + (number - 1) * periods.WEEK
        return (periods.week(monday),)

    return with_year(line, i + 1, Time(at, "week", alone=True))
