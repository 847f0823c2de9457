"""Named moments of the year: seasons, recesses, budget days, circulars, feasts, school years.

Calendar days, weeks, months and quarters are in `rules.grammar_days` and `rules.grammar_times`.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from rules import calendar as days
from rules import periods
from rules.deadline import Precision
from rules.grammar_line import Line, Read, Time, seasonal, with_year
from rules.grammar_words import (
    ANY,
    BUDGET_WORDS,
    CIRCULARS,
    COMING,
    FEAST_WORDS,
    NEXT,
    RECESS_WORDS,
    SCHOOL_YEARS,
    SEASON_WORDS,
)
from rules.periods import Period


def read_season(line: Line, i: int, which: str) -> Read:
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
    time = seasonal(line, Time(at, "season", which=which, alone=which is not ANY))
    return with_year(line, j + 1, time)


def read_recess(line: Line, i: int, which: str) -> Read:
    name = RECESS_WORDS.get(line.word(i).replace("-", ""))
    if name is None:
        return None
    calendar = line.calendar
    names = ("spring", "may", "summer", "autumn", "christmas") if name == "any" else (name,)

    def at(year: int) -> tuple[Period, ...]:
        return tuple(periods.recess(calendar, year, one) for one in names)

    which = COMING if which is NEXT else which
    rule = "any recess" if name == "any" else "recess"
    return with_year(line, i + 1, Time(at, rule, which=which, alone=which is not ANY))


def read_budget(line: Line, i: int, which: str) -> Read:
    word, j = line.word(i).rsplit("-", 1)[-1], i + 1
    if line.word(i + 1) == "suppletoire" and line.word(i) in ("eerste", "1e", "tweede", "2e"):
        name = "voorjaarsnota" if line.word(i) in ("eerste", "1e") else "najaarsnota"
        j = i + 3 if line.word(i + 2) in ("begroting", "begrotingen", "begrotingswet") else i + 2
    elif line.word(i).startswith("departementa") and line.word(i + 1).startswith("jaarverslag"):
        name, j = "slotwet", i + 2
    else:
        name = BUDGET_WORDS.get(word, "")
    if not name or (name == "budget" and line.word(j) in ("van", "voor") and line.word(j + 1) in ("het", "mijn")):
        return None
    which = COMING if which is NEXT else which
    rule = "budget day" if name in ("prinsjesdag", "verantwoordingsdag") else "budget"
    time = Time(lambda y: (_budget_moment(name, y),), rule, which=which, alone=which is not ANY)
    shift = {"budget": -1, "slotwet": 1}.get(name, 0)
    return with_year(line, j, time, shift, joins=("van", "voor", "over", "in"))


def _budget_moment(name: str, year: int) -> Period:
    if name == "augustus":
        return Period(date(year, 8, 1), date(year, 8, 31), Precision.MONTH)
    day = {
        "voorjaarsnota": days.voorjaarsnota, "najaarsnota": days.najaarsnota, "prinsjesdag": days.prinsjesdag,
        "budget": days.prinsjesdag, "verantwoordingsdag": days.verantwoordingsdag, "slotwet": days.verantwoordingsdag,
    }[name](year)  # fmt: skip
    return Period(day, day, Precision.DAY, moment=name not in ("prinsjesdag", "verantwoordingsdag"))


def read_circular(line: Line, i: int, which: str) -> Read:
    number = CIRCULARS.get(line.word(i))
    if number is None:
        return None
    j = i + 1 + (line.word(i + 1) in ("gemeentefonds", "provinciefonds"))

    def at(year: int) -> tuple[Period, ...]:
        whole = periods.month(year, number)
        return (replace(whole, before=whole.last, moment=True),)

    return with_year(line, j, Time(at, "circular", which=COMING if which is NEXT else which, alone=which is not ANY))


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


def read_feast(line: Line, i: int, which: str) -> Read:
    name, j = FEAST_WORDS.get(line.word(i), ""), i + 1
    if line.word(i) == "oud" and line.word(i + 1) == "en" and line.word(i + 2) == "nieuw":
        name, j = "jaarwisseling", i + 3
    if name not in FEASTS:
        return None

    def at(year: int) -> tuple[Period, ...]:
        first, last = FEASTS[name](year)
        return (Period(first, last, Precision.DAY, before=first if name == "jaarwisseling" else None),)

    return with_year(line, j, Time(at, "feast", which=COMING if which is NEXT else which, alone=which is not ANY))


def read_school_year(line: Line, i: int, which: str) -> Read:
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
    time, end = with_year(line, j, Time(at, "school year", which=coming))
    return replace(time, alone=which is not ANY), end
