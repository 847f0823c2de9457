"""Names of times: days, months, seasons, quarters, years, recesses, budget moments and their parts.

`read_time` reads one such name from a line of tokens and gives a `Time`: periods by year, because most Dutch
terms leave the year out; which year is meant is chosen in `rules.resolve`, when the preposition is known.
Prepositions, durations and events are in `rules.grammar_clauses`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from rules import calendar as days
from rules import periods
from rules.calendar import Calendar
from rules.deadline import Precision
from rules.grammar_words import (
    ANY,
    BUDGET_WORDS,
    CIRCULARS,
    COMING,
    DAY_WORDS,
    DETERMINERS,
    MONTHS,
    NEXT,
    PARTS,
    PAST,
    QUANTITIES,
    RECESS_WORDS,
    SCHOOL_YEARS,
    SEASON_WORDS,
    THIS,
    WEEKDAYS,
)
from rules.numbers import CARDINALS, ordinal
from rules.periods import Period
from rules.tokens import SHORT_MONTHS, Token

At = Callable[[int], tuple[Period, ...]]
NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens that are read, and the day and calendar they are read with."""

    tokens: Sequence[Token]
    words: Sequence[str]
    written_on: date
    calendar: Calendar

    def word(self, i: int) -> str:
        return self.words[i] if 0 <= i < len(self.words) else ""

    def number(self, i: int) -> int | None:
        return self.tokens[i].number if 0 <= i < len(self.tokens) else None

    def year(self, i: int) -> int | None:
        """A calendar year that stands at `i`, unless it counts something ("2000 euro")."""
        found = self.number(i)
        if found is None or not 1900 <= found <= 2100 or self.word(i + 1) in QUANTITIES:
            return None
        return found


@dataclass(frozen=True, slots=True)
class Time:
    """A named time. at: its periods in a year, in order. year: when the words say it.

    which: THIS, COMING, NEXT, PAST, NEAREST or ANY (the words leave it open). alone: the words cannot be anything but a
    time, also without a preposition. weekday: a weekday that the day must fall on, to infer the year.
    """

    at: At
    rule: str
    year: int | None = None
    which: str = ANY
    alone: bool = False
    weekday: int | None = None


Read = tuple[Time, int] | None


def read_time(line: Line, i: int, depth: int = 0) -> Read:
    """The longest name of a time that begins at token `i`, and the token after it."""
    if depth > 3:
        return None
    part = _part(line, i, depth)
    if part:
        return part
    which, j = determiner(line, i)
    for reader in READERS:
        found = reader(line, j, which)
        if found:
            return found
    return _ordinal(line, j, which, depth)


def determiner(line: Line, i: int) -> tuple[str, int]:
    """Articles and words like "dit", "komende", "volgend" before a name."""
    which = ANY
    for j in range(i, i + 4):
        said = DETERMINERS.get(line.word(j))
        if said is None:
            return which, j
        which = which if said is ANY else said
    return which, i + 4


def fixed(period: Period, rule: str, alone: bool = True) -> Time:
    """A time that no year needs to be found for."""
    return Time(lambda _: (period,), rule, year=period.first.year, alone=alone)


# --- years -----------------------------------------------------------------------------------------------------


def _relative_year(line: Line, which: str) -> int | None:
    """The year of "dit/volgend/komend/vorig jaar". In January "komend jaar" is the year that has begun."""
    today = line.written_on
    begun = 0 if today.month == 1 else 1
    return {THIS: today.year, NEXT: today.year + 1, COMING: today.year + begun, PAST: today.year - 1}.get(which)


def _year_noun(line: Line, i: int) -> tuple[int | None, int] | None:
    """"dit jaar", "het jaar 2025", "het nieuwe jaar", "het jaar": the year (None: left open) and the token after it."""
    which, j = determiner(line, i)
    if line.word(j) not in ("jaar", "kalenderjaar", "begrotingsjaar"):
        return None
    said = line.year(j + 1)
    if said:
        return said, j + 2
    if line.word(j - 1) == "nieuwe" and line.written_on.month == 1:
        which = THIS
    return _relative_year(line, which), j + 1


def _with_year(line: Line, j: int, time: Time, shift: int = 0, joins: tuple[str, ...] = ("van",)) -> tuple[Time, int]:
    """`time` with the year, "jl." or "a.s." that follows it. shift: from the year said to the year of the period."""
    k = j + 1 if line.word(j) in joins or (line.word(j) == "," and line.year(j + 1)) else j
    k = k + 1 if line.word(k) in ("het", "van") and line.year(k + 1) else k
    year = line.year(k)
    if year:
        return replace(time, year=year + shift, which=ANY, alone=True), k + 1
    pair = line.tokens[k].years if k < len(line.tokens) else None
    if pair:
        return replace(time, year=pair[0] + shift, which=ANY, alone=True), k + 1
    noun = _year_noun(line, k)
    if noun:
        return replace(time, year=noun[0] and noun[0] + shift, which=ANY, alone=time.alone or bool(noun[0])), noun[1]
    return _with_mark(line, j, time)


def _with_mark(line: Line, j: int, time: Time) -> tuple[Time, int]:
    mark = line.word(j)
    if mark in ("jongstleden", "jl"):
        return replace(time, which=PAST, alone=True), j + 1
    if mark in ("aanstaande", "as", "eerstkomend", "eerstkomende"):
        return replace(time, which=ANY, alone=True), j + 1
    return time, j


def _bare_year(line: Line, i: int, which: str) -> Read:
    year = line.year(i)
    if year:
        return Time(lambda y: (periods.whole_year(y),), "year", year=year), i + 1
    pair = line.tokens[i].years if i < len(line.tokens) else None
    if pair and pair[1] - pair[0] <= 50:
        return fixed(periods.years(*pair), "years", alone=False), i + 1
    return None


def _year_word(line: Line, i: int, which: str) -> Read:
    if line.word(i) not in ("jaar", "kalenderjaar", "begrotingsjaar"):
        return None
    back = i
    while back and line.word(back - 1) in DETERMINERS:
        back -= 1
    noun = _year_noun(line, back)
    if noun is None:
        return None
    year, j = noun
    inside = read_time(line, j, 3) if year and line.word(j) not in DETERMINERS else None
    if inside and inside[0].year is None and inside[0].which is ANY:  # "volgend jaar mei"
        return replace(inside[0], year=year, alone=True), inside[1]
    here = which in (THIS,) and line.year(j - 1) is None
    time = Time(lambda y: (periods.whole_year(y),), "year", year=year, which=THIS if here else ANY)
    return replace(time, alone=which is not ANY), j


def _school_year(line: Line, i: int, which: str) -> Read:
    name, j = SCHOOL_YEARS.get(line.word(i)), i + 1
    if name is None and line.word(i + 1) == "jaar":
        name = {"academisch": "study", "parlementair": "session", "parlementaire": "session"}.get(line.word(i))
        j = i + 2
    if name is None:
        return None

    def at(year: int) -> tuple[Period, ...]:
        begins = {"school": date(year, 8, 1), "study": date(year, 9, 1), "session": days.prinsjesdag(year)}[name]
        ends = days.prinsjesdag(year + 1) if name == "session" else periods.add_months(begins, 12)
        return (Period(begins, ends - periods.DAY, Precision.YEAR),)

    coming = COMING if which is NEXT else which
    return _with_year(line, j, Time(at, "school year", which=coming, alone=which is not ANY))


# --- days ------------------------------------------------------------------------------------------------------


def _day_token(line: Line, i: int, which: str) -> Read:
    day = line.tokens[i].day if i < len(line.tokens) else None
    return (fixed(periods.single(day), "date"), i + 1) if day else None


def _day_word(line: Line, i: int, which: str) -> Read:
    shift = DAY_WORDS.get(line.word(i))
    if shift is None:
        return None
    j = i + 1 + (line.word(i + 1) == "nog")
    time = fixed(periods.single(line.written_on + timedelta(days=shift)), "day")
    return replace(time, alone=line.word(i) != "heden"), j


def _month_number(line: Line, i: int, short: bool) -> int | None:
    word = line.word(i)
    return MONTHS.get(SHORT_MONTHS.get(word, word) if short else word)


def _day_number(line: Line, i: int) -> int | None:
    number = line.number(i)
    if number is None:
        word = line.word(i)
        number = ordinal(word) if word[:1].isdigit() else None
    return number if number and 1 <= number <= 31 else None


def _month_day(line: Line, i: int, which: str) -> Read:
    """"14 februari", "1 en 2 maart", "12 t/m 14 juni 2024"."""
    first = _day_number(line, i)
    if first is None:
        return None
    last, j = first, i + 1
    link = {"en": 1, "of": 1, "-": 1, "/": 1, "t/m": 1, "tot": 3}.get(line.word(j), 0)
    second = _day_number(line, j + link) if link else None
    if second and second > first and _month_number(line, j + link + 1, short=True):
        last, j = second, j + link + 1
    number = _month_number(line, j, short=True)
    if number is None or last > periods.month_end(2024, number).day:
        return None

    def at(year: int) -> tuple[Period, ...]:
        if last > periods.month_end(year, number).day:  # 29 February of a common year
            return ()
        return (Period(date(year, number, first), date(year, number, last), Precision.DAY),)

    return _with_year(line, j + 1, Time(at, "date", which=PAST if which is PAST else ANY, alone=True))


def _weekday(line: Line, i: int, which: str) -> Read:
    wanted = WEEKDAYS.get(line.word(i))
    if wanted is None:
        return None
    j = i + 1 + (line.word(i + 1) == ",")
    j += line.word(j) == "de"
    dated = _month_day(line, j, which) or _day_token(line, j, which)
    if dated:
        return replace(dated[0], weekday=wanted), dated[1]
    return _weekday_of_week(line, i + 1, wanted, which)


def _weekday_of_week(line: Line, j: int, wanted: int, which: str) -> Read:
    """"komende donderdag", "donderdag volgende week", "donderdag over een week", "donderdag jl."."""
    today = line.written_on
    said, k = determiner(line, j)
    if line.word(k) == "week" and said in (THIS, NEXT, COMING, PAST):
        return fixed(_in_week(today, said, wanted), "weekday"), k + 1
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


def _in_week(today: date, which: str, weekday: int) -> Period:
    weeks = {THIS: 0, PAST: -1}.get(which, 1)
    return periods.single(periods.week(today + weeks * periods.WEEK).first + timedelta(days=weekday))


# --- weeks, months, quarters, halves ---------------------------------------------------------------------------


def _week(line: Line, i: int, which: str) -> Read:
    word, today = line.word(i), line.written_on
    if word not in ("week", "weekend"):
        return None
    if word == "week" and line.word(i + 1) == "van":
        inner = read_time(line, i + 2, 2)
        if inner and inner[0].at(inner[0].year or today.year)[:1] and inner[0].rule in ("date", "weekday", "day"):
            time = inner[0]
            return replace(time, at=lambda y: tuple(periods.week(p.first) for p in time.at(y)), rule="week"), inner[1]
    numbered = _numbered_week(line, i + 1) if word == "week" else None
    if numbered:
        return numbered
    if which is ANY and word == "week":
        return None
    day = today + {PAST: -1, NEXT: 1, COMING: 1}.get(which, 0) * periods.WEEK
    if word == "weekend":
        coming = today if which is not NEXT else day
        return fixed(periods.weekend(day if which is PAST else coming), "weekend"), i + 1
    wanted, j = WEEKDAYS.get(line.word(i + 1)), i + 2
    if wanted is None:
        wanted, j = (WEEKDAYS.get(line.word(i + 2)), i + 3) if line.word(i + 1) == "op" else (None, j)
    if wanted is not None and not _month_day(line, j, ANY):
        return fixed(_in_week(today, which, wanted), "weekday"), j
    return Time(lambda _: (periods.week(day),), "week", year=day.year, which=which, alone=True), i + 1


def _numbered_week(line: Line, i: int) -> Read:
    """"week 24", "week 24 van 2025": the ISO week."""
    number = line.number(i)
    if number is None or not 1 <= number <= 53:
        return None

    def at(year: int) -> tuple[Period, ...]:
        monday = date(year, 1, 4) - timedelta(days=date(year, 1, 4).weekday()) + (number - 1) * periods.WEEK
        return (periods.week(monday),)

    return _with_year(line, i + 1, Time(at, "week", alone=True))


def _month(line: Line, i: int, which: str) -> Read:
    """"mei", "mei 2024", "maart/april", "de maand juni"; short forms only next to a year."""
    j = i + 1 if line.word(i) == "maand" and _month_number(line, i + 1, short=False) else i
    short = line.year(j + 1) is not None
    number = _month_number(line, j, short)
    if number is None:
        return None
    j, last = j + 1, number
    if line.word(j) in ("/", "-") and _month_number(line, j + 1, short=False):
        last, j = MONTHS[line.word(j + 1)], j + 2

    def at(year: int) -> tuple[Period, ...]:
        first = periods.month(year, number)
        end = periods.month(year + (last < number), last).last
        return (Period(first.first, end, Precision.MONTH),)

    time, end = _with_year(line, j, _seasonal(line, Time(at, "month", which=which, alone=which is not ANY)))
    return replace(time, alone=time.alone or last != number), end


def _seasonal(line: Line, time: Time) -> Time:
    """"Volgend voorjaar" and "volgende mei" are those of the next calendar year."""
    if time.which is NEXT:
        return replace(time, which=ANY, year=line.written_on.year + 1)
    return time


def _unit_word(line: Line, i: int, which: str) -> Read:
    """"deze maand", "volgend kwartaal", "het komende halfjaar": the calendar unit around or next to the day."""
    word, today = line.word(i), line.written_on
    half = word == "half" and line.word(i + 1) == "jaar"
    makers: dict[str, tuple[int, Callable[[date], Period]]] = {
        "maand": (1, lambda d: periods.month(d.year, d.month)),
        "kwartaal": (3, lambda d: periods.quarter(d.year, (d.month + 2) // 3)),
        "trimester": (4, lambda d: periods.trimester(d.year, (d.month + 3) // 4)),
        "halfjaar": (6, lambda d: periods.half_year(d.year, 1 + (d.month > 6))),
    }
    key = "halfjaar" if half else word
    if key not in makers or (which is ANY and (half or key != "maand")):
        return None
    size, make = makers[key]
    if key == "halfjaar" and which is COMING:
        return fixed(Period(today, periods.add_months(today, 6), Precision.HALF_YEAR), "half year"), i + 1 + half
    steps = {PAST: -1, NEXT: 1, COMING: 1}.get(which, 0)
    period = make(periods.add_months(today.replace(day=1), size * steps))
    time = Time(lambda _: (period,), key, year=period.first.year, which=which, alone=which is not ANY)
    return time, i + 1 + half


def _ordinal(line: Line, i: int, which: str, depth: int) -> Read:
    """"derde kwartaal van 2024", "Q3", "tweede helft van mei", "eerste week van juni"."""
    short = _short_quarter(line, i)
    if short:
        return short
    first, j = _ordinal_number(line, i)
    if first is None:
        return None
    last = first
    if line.word(j) in ("of", "en", "/", "-") or (line.word(j) == "tot" and line.word(j + 1) == "en"):
        again, k = _ordinal_number(line, j + (3 if line.word(j) == "tot" else 1))
        if again and line.word(k) in ("kwartaal", "trimester", "tertaal", "halfjaar"):
            last, j = again, k
    return _ordinal_unit(line, j, first, last, depth)


def _ordinal_number(line: Line, i: int) -> tuple[int | None, int]:
    word = line.word(i)
    return (-1 if word == "laatste" else ordinal(word)), i + 1


def _ordinal_unit(line: Line, j: int, first: int, last: int, depth: int) -> Read:
    word, half = line.word(j), line.word(j) == "half" and line.word(j + 1) == "jaar"
    unit = "halfjaar" if half or word in ("semester", "jaarhelft") else word
    makers = {"kwartaal": (4, periods.quarter), "trimester": (3, periods.trimester), "tertaal": (3, periods.trimester),
              "halfjaar": (2, periods.half_year), "viermaandsperiode": (3, periods.trimester)}  # fmt: skip
    if unit in makers:
        most, make = makers[unit]
        low, high = (most if n == -1 else n for n in (first, last))
        if not 1 <= low <= high <= most:
            return None
        time = Time(lambda y: (_span(make(y, low), make(y, high)),), "quarter" if most > 2 else "half year")
        return _with_year(line, j + 1 + half, replace(time, alone=True))
    if unit in ("helft", "deel") and first in (1, 2, -1):
        return _part_of(line, j + 1, "first" if first == 1 else "second", depth)
    return _nth_in_month(line, j, first, unit)


def _span(first: Period, last: Period) -> Period:
    return replace(first, last=last.last)


def _nth_in_month(line: Line, j: int, nth: int, unit: str) -> Read:
    """"eerste week van september", "laatste dag van mei", "tweede dinsdag van juni"."""
    if unit not in WEEKDAYS and unit not in ("week", "dag"):
        return None
    inner = read_time(line, j + 1 + (line.word(j + 1) in ("van", "in")), 2)
    if inner is None or inner[0].rule not in ("month", "maand", "recess", "year"):
        return None
    time = inner[0]

    def at(year: int) -> tuple[Period, ...]:
        return tuple(found for of in time.at(year) if (found := _nth(of, nth, unit)))

    return replace(time, at=at, rule=f"{unit} of {time.rule}", alone=True), inner[1]


def _nth(of: Period, nth: int, unit: str) -> Period | None:
    if unit == "dag":
        day = of.last if nth == -1 else of.first + (nth - 1) * periods.DAY
        return periods.single(day) if day <= of.last else None
    if unit == "week":
        found = periods.week(of.last if nth == -1 else of.first + (nth - 1) * periods.WEEK)
        return replace(found, first=max(found.first, of.first)) if found.first <= of.last else None
    wanted = WEEKDAYS[unit]
    day = of.first + periods.DAY * ((wanted - of.first.weekday()) % 7) + (nth - 1) * periods.WEEK
    if nth == -1:
        day = of.last - periods.DAY * ((of.last.weekday() - wanted) % 7)
    return periods.single(day) if day <= of.last else None


def _short_quarter(line: Line, i: int) -> Read:
    """"Q3 2024", "2024-Q3", "kwartaal 3", "H1 2025", "T2", "Q1/Q2 2025"."""
    word, said, j = line.word(i), None, i + 1
    if word[:4].isdigit() and word[4:5] == "-" and word[5:6] in ("q", "h", "t"):
        said, word = int(word[:4]), word[5:]
    if line.year(i) and line.word(i + 1)[:1] in ("q", "h") and line.word(i + 1)[1:].isdigit():
        said, word, j = line.year(i), line.word(i + 1), i + 2
    if word == "kwartaal":
        word, j = f"q{line.number(i + 1) or CARDINALS.get(line.word(i + 1), 0)}", i + 2
    number = int(word[1:]) if len(word) == 2 and word[1].isdigit() else 0
    most, make = {"q": (4, periods.quarter), "h": (2, periods.half_year), "t": (3, periods.trimester)}.get(
        word[:1], (0, periods.quarter)
    )
    if not 1 <= number <= most:
        return None
    last = number
    if line.word(j) in ("/", "-", "of", "en") and line.word(j + 1)[:1] == word[:1] and line.word(j + 1)[1:].isdigit():
        last, j = min(most, int(line.word(j + 1)[1:])), j + 2
    rule = "half year" if word[0] == "h" else "quarter"
    time = Time(lambda y: (_span(make(y, number), make(y, max(number, last))),), rule, year=said, alone=word[0] == "q")
    return (time, j) if said else _with_year(line, j, time)


# --- seasons, recesses, budget, feasts -------------------------------------------------------------------------


def _season(line: Line, i: int, which: str) -> Read:
    word, edge = line.word(i), {"vroege": "begin", "late": "end", "vroeg": "begin", "laat": "end"}.get(line.word(i))
    j = i + 1 if edge else i
    word = line.word(j)
    if word == "nazomer":
        word, edge = "zomer", "end"
    name = SEASON_WORDS.get(word)
    if name is None:
        return None
    calendar = line.calendar

    def at(year: int) -> tuple[Period, ...]:
        whole = periods.season(calendar, year, name)
        return (periods.part(whole, edge) if edge else whole,)

    which = COMING if which is NEXT and name == "winter" else which
    time = _seasonal(line, Time(at, "season", which=which, alone=which is not ANY))
    return _with_year(line, j + 1, time)


def _recess(line: Line, i: int, which: str) -> Read:
    name = RECESS_WORDS.get(line.word(i).replace("-", ""))
    if name is None:
        return None
    calendar = line.calendar
    names = ("spring", "may", "summer", "autumn", "christmas") if name == "any" else (name,)

    def at(year: int) -> tuple[Period, ...]:
        return tuple(periods.recess(calendar, year, one) for one in names)

    which = COMING if which is NEXT else which
    return _with_year(line, i + 1, Time(at, "recess", which=which, alone=which is not ANY))


def _budget(line: Line, i: int, which: str) -> Read:
    word, j = line.word(i).rsplit("-", 1)[-1], i + 1
    if line.word(i + 1) == "suppletoire" and line.word(i) in ("eerste", "1e", "tweede", "2e"):
        name = "voorjaarsnota" if line.word(i) in ("eerste", "1e") else "najaarsnota"
        j = i + 3 if line.word(i + 2) in ("begroting", "begrotingen", "begrotingswet") else i + 2
    else:
        name = BUDGET_WORDS.get(word, "")
    if not name or (name == "budget" and line.word(j) in ("van", "voor") and line.word(j + 1) in ("het", "mijn")):
        return None
    which = COMING if which is NEXT else which
    time = Time(lambda y: (_budget_moment(name, y),), "budget", which=which, alone=which is not ANY)
    shift = {"budget": -1, "slotwet": 1}.get(name, 0)
    return _with_year(line, j, time, shift, joins=("van", "voor", "over", "in"))


def _budget_moment(name: str, year: int) -> Period:
    if name == "augustus":
        return Period(date(year, 8, 1), date(year, 8, 31), Precision.MONTH)
    day = {
        "voorjaarsnota": days.voorjaarsnota, "najaarsnota": days.najaarsnota, "prinsjesdag": days.prinsjesdag,
        "budget": days.prinsjesdag, "verantwoordingsdag": days.verantwoordingsdag, "slotwet": days.verantwoordingsdag,
    }[name](year)  # fmt: skip
    return Period(day, day, Precision.DAY, moment=name not in ("prinsjesdag", "verantwoordingsdag"))


def _circular(line: Line, i: int, which: str) -> Read:
    number = CIRCULARS.get(line.word(i))
    if number is None:
        return None
    j = i + 1 + (line.word(i + 1) in ("gemeentefonds", "provinciefonds"))

    def at(year: int) -> tuple[Period, ...]:
        whole = periods.month(year, number)
        return (replace(whole, before=whole.last, moment=True),)

    return _with_year(line, j, Time(at, "circular", which=COMING if which is NEXT else which, alone=which is not ANY))


FEASTS: dict[str, Callable[[int], tuple[date, date]]] = {
    "kerst": lambda y: (date(y, 12, 25), date(y, 12, 26)),
    "feestdagen": lambda y: (date(y, 12, 25), date(y + 1, 1, 1)),
    "pasen": lambda y: (days.easter(y), days.easter(y) + periods.DAY),
    "pinksteren": lambda y: (days.easter(y) + 49 * periods.DAY, days.easter(y) + 50 * periods.DAY),
    "hemelvaart": lambda y: (days.easter(y) + 39 * periods.DAY,) * 2,
    "koningsdag": lambda y: (date(y, 4, 27 - (date(y, 4, 27).weekday() == 6)),) * 2,
    "bevrijdingsdag": lambda y: (date(y, 5, 5),) * 2,
    "sinterklaas": lambda y: (date(y, 12, 5),) * 2,
    "jaarwisseling": lambda y: (date(y, 12, 31), date(y + 1, 1, 1)),
    "nieuwjaar": lambda y: (date(y, 1, 1),) * 2,
}
FEAST_WORDS = {
    "kerstmis": "kerst", "kerstdagen": "kerst", "kerstperiode": "kerst", "paasdagen": "pasen", "paasweekend": "pasen",
    "pinksterdagen": "pinksteren", "hemelvaartsdag": "hemelvaart", "nieuwjaarsdag": "nieuwjaar", "oud-en-nieuw": "jaarwisseling",
    "jaareinde": "jaarwisseling", "oudejaarsdag": "jaarwisseling",
}  # fmt: skip


def _feast(line: Line, i: int, which: str) -> Read:
    name, j = FEAST_WORDS.get(line.word(i), line.word(i)), i + 1
    if name == "oud" and line.word(i + 1) == "en" and line.word(i + 2) == "nieuw":
        name, j = "jaarwisseling", i + 3
    if name not in FEASTS:
        return None

    def at(year: int) -> tuple[Period, ...]:
        first, last = FEASTS[name](year)
        return (Period(first, last, Precision.DAY, before=first if name == "jaarwisseling" else None),)

    return _with_year(line, j, Time(at, "feast", which=COMING if which is NEXT else which, alone=which is not ANY))


# --- parts -----------------------------------------------------------------------------------------------------


def _part(line: Line, i: int, depth: int) -> Read:
    found = PARTS.at(line.words, i)
    if found is None or (line.word(i) == "half" and line.word(i + 1) in ("jaar", "uur", "miljoen", "miljard", "procent")):
        return None
    return _part_of(line, found[1], found[0], depth)


def _part_of(line: Line, j: int, which: str, depth: int) -> Read:
    j += line.word(j) == "van"
    inner = read_time(line, j, depth + 1)
    if inner is None or inner[0].rule in ("date", "day", "weekday"):
        return None
    time = inner[0]
    day = line.written_on
    if line.word(j) in ("jaar", "maand", "week") or line.word(j + 1) in ("jaar", "maand") or time.alone or time.year:
        alone = True
    else:
        alone = time.rule in ("month", "season", "quarter")

    def at(y: int) -> tuple[Period, ...]:
        return tuple(periods.part(of, which) for of in time.at(y))

    keep = time.which if time.which in (PAST, COMING) else THIS if time.which is THIS else ANY
    year = time.year or (day.year if time.rule == "maand" else None)
    return Time(at, f"part of {time.rule}", year=year, which=keep, alone=alone), inner[1]


READERS: tuple[Callable[[Line, int, str], Read], ...] = (
    _day_token, _month_day, _weekday, _day_word, _month, _season, _recess, _budget, _circular, _feast,
    _school_year, _year_word, _week, _unit_word, lambda line, i, which: _short_quarter(line, i), _bare_year,
)  # fmt: skip
