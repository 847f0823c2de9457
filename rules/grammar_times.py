"""Names of longer times: years, months, quarters, halves, their parts, and `read_time` for all names.

`read_time` reads one name from a line of tokens and gives a `Time`: periods by year, because most Dutch
terms leave the year out; which year is meant is chosen in `rules.resolve`, when the preposition is known.
Prepositions, durations and events are in `rules.grammar_clauses`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from rules import periods
from rules.deadline import Precision
from rules.grammar_days import (
    month_number,
    read_day_token,
    read_day_word,
    read_month_day,
    read_week,
    read_weekday,
)
from rules.grammar_line import Line, Read, Time, determiner, fixed, seasonal, with_year, year_noun
from rules.grammar_moments import read_budget, read_circular, read_feast, read_recess, read_school_year, read_season
from rules.grammar_words import ANY, COMING, DETERMINERS, HEADS, MONTHS, NEXT, PARTS, PAST, THIS, UNIT_WORDS, WEEKDAYS
from rules.numbers import CARDINALS, ORDINALS, ordinal
from rules.periods import Period


def read_time(line: Line, i: int, depth: int = 0) -> Read:
    """The longest name of a time that begins at token `i`, and the token after it."""
    if depth > 3:
        return None
    part = _part(line, i, depth)
    if part:
        return part
    which, j = determiner(line, i)
    if not _may_name(line, j):
        return None
    for reader in READERS:
        found = reader(line, j, which)
        if found:
            return found if found[0].rule != "day" or j == i else None
    return _ordinal(line, j, depth)


def _may_name(line: Line, i: int) -> bool:
    """Whether the word can begin a name at all: a name, a number in words or digits, or something written oddly."""
    word = line.word(i)
    return word in HEADS or word in ORDINALS or not word.isalpha()


def _bare_year(line: Line, i: int, _which: str) -> Read:
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
    noun = year_noun(line, back)
    if noun is None:
        return None
    year, j = noun
    inside = read_time(line, j, 3) if year and line.word(j) not in DETERMINERS else None
    if inside and inside[0].year is None and inside[0].which is ANY:  # "volgend jaar mei"
        return replace(inside[0], year=year, alone=True), inside[1]
    here = which in (THIS,) and line.year(j - 1) is None
    time = Time(lambda y: (periods.whole_year(y),), "year", year=year, which=THIS if here else ANY)
    return replace(time, alone=which is not ANY), j


# --- months, quarters, halves ---------------------------------------------------------------------------


def _month(line: Line, i: int, which: str) -> Read:
    """Reads "mei", "mei 2024", "maart/april", "de maand juni"; short forms only next to a year."""
    j = i + 1 if line.word(i) == "maand" and month_number(line, i + 1, short=False) else i
    short = line.year(j + 1) is not None
    number = month_number(line, j, short)
    if number is None:
        return None
    last = int(MONTHS.get(line.word(j).rpartition("-")[2], number))
    j += 1
    if line.word(j) in ("/", "-") and month_number(line, j + 1, short=False):
        last, j = MONTHS[line.word(j + 1)], j + 2

    def at(year: int) -> tuple[Period, ...]:
        first = periods.month(year, number)
        end = periods.month(year + (last < number), last).last
        return (Period(first.first, end, Precision.MONTH),)

    time, end = with_year(line, j, seasonal(line, Time(at, "month", which=which, alone=which is not ANY)))
    return replace(time, alone=time.alone or last != number), end


def _unit_word(line: Line, i: int, which: str) -> Read:
    """Reads "deze maand", "volgend kwartaal", "het komende halfjaar": the calendar unit around or next to the day."""
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


def _ordinal(line: Line, i: int, depth: int) -> Read:
    """Reads "derde kwartaal van 2024", "Q3", "tweede helft van mei", "eerste week van juni"."""
    short = _short_quarter(line, i)
    if short:
        return short
    first, j = _ordinal_number(line, i)
    if first is None:
        return None
    last = first
    if line.word(j) in ("of", "en", "/", "-") or (line.word(j) == "tot" and line.word(j + 1) == "en"):
        link = j + (3 if line.word(j) == "tot" else 1)
        again, k = _ordinal_number(line, link + (line.word(link) == "het"))
        if again and line.word(k) in ("kwartaal", "trimester", "tertaal", "halfjaar"):
            last, j = again, k
    return _ordinal_unit(line, j, first, last, depth)


def _ordinal_number(line: Line, i: int) -> tuple[int | None, int]:
    word = line.word(i)
    return (-1 if word == "laatste" else ordinal(word)), i + 1


def _ordinal_unit(line: Line, j: int, first: int, last: int, depth: int) -> Read:
    word, half = line.word(j), line.word(j) == "half" and line.word(j + 1) == "jaar"
    unit = "halfjaar" if half or word in ("semester", "jaarhelft") else word
    makers = {"kwartaal": (4, periods.quarter), "kw": (4, periods.quarter),
              "trimester": (3, periods.trimester), "tertaal": (3, periods.trimester),
              "halfjaar": (2, periods.half_year), "viermaandsperiode": (3, periods.trimester)}  # fmt: skip
    if unit in makers:
        most, make = makers[unit]
        low, high = (most if n == -1 else n for n in (first, last))
        if not 1 <= low <= high <= most:
            return None
        time = Time(lambda y: (_span(make(y, low), make(y, high)),), "quarter" if most > 2 else "half year")
        return with_year(line, j + 1 + half, replace(time, alone=True))
    if unit in ("helft", "deel") and first in (1, 2, -1):
        return _part_of(line, j + 1, "first" if first == 1 else "second", depth)
    return _few(line, j, first, depth) or _nth_in_month(line, j, first, unit)


def _few(line: Line, j: int, which: int, depth: int) -> Read:
    """Reads "de eerste twee kwartalen van 2024", "de laatste drie maanden van dit jaar"."""
    count = CARDINALS.get(line.word(j)) or line.number(j)
    unit = UNIT_WORDS.get(line.word(j + 1))
    if not count or unit not in ("day", "week", "month", "quarter") or which not in (1, -1):
        return None
    inner = read_time(line, j + 2 + (line.word(j + 2) in ("van", "in")), depth + 1)
    if inner is None:
        return None
    time, size = inner[0], Fraction(count)

    def at(year: int) -> tuple[Period, ...]:
        return tuple(periods.edge(of, size if which == 1 else -size, unit) for of in time.at(year))

    return replace(time, at=at, rule=f"part of {time.rule}", alone=True), inner[1]


def _span(first: Period, last: Period) -> Period:
    return replace(first, last=last.last)


PARTED = frozenset("month maand recess year quarter kwartaal".split()) | {"any recess", "half year"}


def _nth_in_month(line: Line, j: int, nth: int, unit: str) -> Read:
    """Reads "eerste week van september", "laatste dag van mei", "tweede dinsdag van juni"."""
    if unit not in WEEKDAYS and unit not in ("week", "dag", "maand"):
        return None
    inner = read_time(line, j + 1 + (line.word(j + 1) in ("van", "in")), 2)
    if inner is None or inner[0].rule not in PARTED:
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
    if unit == "maand":
        start = of.last.replace(day=1) if nth == -1 else periods.add_months(of.first, nth - 1)
        return periods.month(start.year, start.month) if start <= of.last else None
    wanted = WEEKDAYS[unit]
    day = of.first + periods.DAY * ((wanted - of.first.weekday()) % 7) + (nth - 1) * periods.WEEK
    if nth == -1:
        day = of.last - periods.DAY * ((of.last.weekday() - wanted) % 7)
    return periods.single(day) if day <= of.last else None


SHORT_NAMES = {
    "q": (4, periods.quarter), "k": (4, periods.quarter), "h": (2, periods.half_year), "t": (3, periods.trimester),
}  # fmt: skip


def _short_quarter(line: Line, i: int, _which: str = ANY) -> Read:
    """Reads "Q3 2024", "2024-Q3", "kwartaal 3", "H1 2025", "T2", "Q1/Q2 2025"."""
    word, said, j = line.word(i), None, i + 1
    if word[:4].isdecimal() and word[4:5] == "-" and word[5:6] in ("q", "h", "t"):
        said, word = int(word[:4]), word[5:]
    if line.year(i) and line.word(i + 1)[:1] in ("q", "h") and line.word(i + 1)[1:].isdecimal():
        said, word, j = line.year(i), line.word(i + 1), i + 2
    if word == "kwartaal":
        word, j = f"q{line.number(i + 1) or CARDINALS.get(line.word(i + 1), 0)}", i + 2
    number = int(word[1:]) if len(word) == 2 and word[1].isdecimal() else 0
    most, make = SHORT_NAMES.get(word[:1], (0, periods.quarter))
    if not 1 <= number <= most:
        return None
    last = number
    if line.word(j) in ("/", "-", "of", "en") and line.word(j + 1)[:1] == word[:1] and line.word(j + 1)[1:].isdecimal():
        last, j = min(most, int(line.word(j + 1)[1:])), j + 2
    rule = "half year" if word[0] == "h" else "quarter"
    time = Time(lambda y: (_span(make(y, number), make(y, max(number, last))),), rule, year=said, alone=word[0] == "q")
    return (time, j) if said else with_year(line, j, time)


# --- parts -----------------------------------------------------------------------------------------------------


PART_LINKS = [tuple(link.split()) for link in ("tot en met", "dan wel", "tot", "of", "danwel", "/", "-", "a")]
HALVED = frozenset("jaar uur miljoen miljard procent".split())


def _part(line: Line, i: int, depth: int) -> Read:
    found = PARTS.at(line.words, i)
    if found is None or (line.word(i) == "half" and line.word(i + 1) in HALVED):
        return None
    again = _next_part(line, found[1])
    if again is None:
        return _part_of(line, found[1], found[0], depth)
    first, last = _part_of(line, again[1], found[0], depth), _part_of(line, again[1], again[0], depth)
    if first is None or last is None:
        return None
    start, end = first[0], last[0]
    return replace(start, at=lambda y: tuple(map(_span, start.at(y), end.at(y)))), first[1]


def _next_part(line: Line, j: int) -> tuple[str, int] | None:
    """The second part of "begin of medio juni", "begin tot medio mei"."""
    for link in PART_LINKS:
        if tuple(line.words[j : j + len(link)]) == link:
            return PARTS.at(line.words, j + len(link))
    return None


def _part_of(line: Line, j: int, which: str, depth: int) -> Read:
    j += line.word(j) == "van"
    inner = read_time(line, j, depth + 1) or _around_today(line, j)
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


def _around_today(line: Line, j: int) -> Read:
    """The week or day that needs no "deze" after a part: "het einde van de week", "het eind van de dag"."""
    _, k = determiner(line, j)
    if line.word(k) in ("dag", "middag", "ochtend", "avond"):
        return Time(lambda _: (periods.single(line.written_on),), "today", year=line.written_on.year, alone=True), k + 1
    if line.word(k) in ("week", "werkweek"):
        week = periods.week(line.written_on)
        return Time(lambda _: (week,), "week", year=week.first.year, which=THIS, alone=True), k + 1
    return None


READERS: tuple[Callable[[Line, int, str], Read], ...] = (
    read_day_token, read_month_day, read_weekday, read_day_word, _month, read_season, read_recess,
    read_budget, read_circular, read_feast, read_school_year, _year_word, read_week, _unit_word, _short_quarter,
    _bare_year,
)  # fmt: skip
