"""`Line` and `Time`: the tokens that are read, what a named time is, and the year that stands with it.

What every reader of the grammar shares: articles and "komende", "jl." and "a.s.", "van 2025", "volgend jaar".
The names themselves are in `rules.grammar_days`, `rules.grammar_moments` and `rules.grammar_times`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rules.calendar import Calendar
from rules.grammar_words import ANY, COMING, DETERMINERS, NEXT, PAST, QUANTITIES, THIS
from rules.periods import Period
from rules.tokens import Token

At = Callable[[int], tuple[Period, ...]]
NEAREST = "nearest"
BEYOND = 64  # no reader looks further ahead


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens that are read, and the day and calendar they are read with."""

    tokens: Sequence[Token]
    words: Sequence[str]  # of the tokens, and some empty ones behind, so that looking ahead needs no care
    written_on: date
    calendar: Calendar

    @classmethod
    def of(cls, tokens: Sequence[Token], written_on: date, calendar: Calendar) -> "Line":
        return cls(tokens, [token.word for token in tokens] + [""] * BEYOND, written_on, calendar)

    def word(self, i: int) -> str:
        return self.words[i]

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


def _relative_year(line: Line, which: str) -> int | None:
    """The year of "dit/volgend/komend/vorig jaar". In January "komend jaar" is the year that has begun."""
    today = line.written_on
    begun = 0 if today.month == 1 else 1
    return {THIS: today.year, NEXT: today.year + 1, COMING: today.year + begun, PAST: today.year - 1}.get(which)


def year_noun(line: Line, i: int) -> tuple[int | None, int] | None:
    """The year of "dit jaar", "het jaar 2025", "het jaar" (None: left open), and the token after it."""
    which, j = determiner(line, i)
    if line.word(j) not in ("jaar", "kalenderjaar", "begrotingsjaar"):
        return None
    said = line.year(j + 1)
    if said:
        return said, j + 2
    if line.word(j - 1) == "nieuwe" and line.written_on.month == 1:
        which = THIS
    return _relative_year(line, which), j + 1


def with_year(line: Line, j: int, time: Time, shift: int = 0, joins: tuple[str, ...] = ("van",)) -> tuple[Time, int]:
    """`time` with the year, "jl." or "a.s." that follows it. shift: from the year said to the year of the period."""
    k = j + 1 if line.word(j) in joins or (line.word(j) == "," and line.year(j + 1)) else j
    k = k + 1 if line.word(k) in ("het", "van") and line.year(k + 1) else k
    year = line.year(k) or (line.tokens[k].glued if k < len(line.tokens) else None)
    if year:
        return replace(time, year=year + shift, which=ANY, alone=True), k + 1
    pair = line.tokens[k].years if k < len(line.tokens) else None
    if pair:
        return replace(time, year=pair[0] + shift, which=ANY, alone=True), k + 1
    noun = year_noun(line, k)
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


def seasonal(line: Line, time: Time) -> Time:
    """The year settled: "volgend voorjaar" and "volgende mei" are those of the next calendar year."""
    if time.which is NEXT:
        return replace(time, which=ANY, year=line.written_on.year + 1)
    return time
