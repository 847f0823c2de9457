"""Clauses of time: a preposition with a time, a duration, a rhythm, something vague or something that happens.

`read_clause` reads one clause from a line of tokens. What its days are, which year is meant, and how neighbouring
clauses make one term is decided in `rules.resolve`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from rules import periods
from rules.deadline import Precision
from rules.grammar_line import NEAREST, Line, Time, determiner, fixed
from rules.grammar_meetings import read_meeting
from rules.grammar_times import read_time
from rules.grammar_words import (
    ABOUT,
    AFTER,
    AHEAD,
    ANY,
    AROUND,
    BEFORE,
    BY,
    COMING,
    DEADLINE_NOUNS,
    EVERY,
    FEW,
    FROM,
    HAPPENINGS,
    HEDGES,
    IN,
    MODIFIERS,
    NEXT,
    NOW_ANCHORS,
    NUMBERED,
    PAST,
    RHYTHM_ONLY_ALONE,
    RHYTHMS,
    SINCE,
    TIMES_WORDS,
    UNIT_WORDS,
    UNTIL,
    VAGUE,
    VAGUE_ONLY_ALONE,
    WITHIN,
    Phrases,
)
from rules.numbers import CARDINALS
from rules.periods import Period

Bounds = tuple[date | None, date | None]
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. time and how it is meant (`kind`, with `by` for "uiterlijk"), or no time: then `precision` says why.

    spoken: in a running sentence, too, these words are a term (and not a name, an amount or a subject).
    by: only the last day counts. begin, end: its tokens.
    """

    kind: str
    begin: int
    end: int
    time: Time | None = None
    precision: Precision | None = None
    by: bool = False
    recurring: bool = False
    spoken: bool = True


def bounds(kind: str, by: bool, period: Period) -> Bounds:
    """First and last day of a period seen through its preposition."""
    first, last = VIEWS.get(kind, _inside)(period)
    if by:
        return (None, last) if last else (None, period.last)
    return first, last


def _inside(period: Period) -> Bounds:
    return (None if period.moment else period.first), period.last


def _around(period: Period) -> Bounds:
    if period.precision is Precision.DAY and not period.moment:
        return period.first - WEEK, period.last + WEEK
    return _inside(period)


VIEWS: dict[str, Callable[[Period], Bounds]] = {
    IN: _inside,
    BEFORE: lambda period: (None, period.until),
    UNTIL: lambda period: (None, period.until),
    BY: lambda period: (None, period.last),
    WITHIN: lambda period: (None, period.last),
    AFTER: lambda period: period.later,
    FROM: lambda period: (period.first, None),
    SINCE: lambda period: (period.first, None),
    AROUND: _around,
}


def read_clause(line: Line, i: int) -> Clause | None:
    """The longest clause of time that begins at token `i`."""
    j = _hedged(line, i)
    how = prepositions(line, j)
    found = _rhythm(line, j) or _duration(line, j, how) or _deadline(line, j) or _between(line, j)
    found = found or _timed(line, j, how)
    if found is None:
        return _vague(line, j, i)
    return found if found.begin == i else replace(found, begin=i)


def _hedged(line: Line, i: int) -> int:
    for _ in range(4):
        found = HEDGES.at(line.words, i)
        if found is None or (line.word(i) in PLANNED and line.word(i + 1) == "voor"):  # "gepland voor": in
            return i
        i = found[1]
    return i


# --- prepositions ----------------------------------------------------------------------------------------------


PLANNED = frozenset("gepland ingepland voorzien beoogd geagendeerd gereserveerd ingeroosterd".split())


class Prepositions(NamedTuple):
    """How a time is meant: the decisive kind, whether "uiterlijk" stands with it, the words, the next token."""

    kind: str
    by: bool
    end: int
    words: str = ""
    stressed: bool = False


def prepositions(line: Line, i: int) -> Prepositions:
    kinds: list[str] = []
    j = i
    for _ in range(4):
        found = _not_before(line, j) or MODIFIERS.at(line.words, j)
        if found is None or (kinds and kinds[-1] == AHEAD):
            break
        kinds.append(found[0])
        j = _hedged(line, found[1])
    if not kinds:
        return Prepositions("", False, i)
    strong = [kind for kind in kinds if kind not in (IN, BY)]
    kind = BEFORE if BEFORE in strong else strong[-1] if strong else BY if BY in kinds else IN
    stressed = any(token.stressed for token in line.tokens[i:j])
    return Prepositions(kind, BY in kinds, j, " ".join(line.words[i:j]), stressed)


def _not_before(line: Line, i: int) -> tuple[str, int] | None:
    """Reads "niet eerder (in werking treden) dan (op)": up to five words between."""
    if line.word(i) != "niet" or line.word(i + 1) not in ("eerder", "vroeger"):
        return None
    for j in range(i + 2, i + 8):
        if line.word(j) == "dan":
            return FROM, j + 1 + (line.word(j + 1) in ("op", "per", "in", "vanaf", "met"))
    return None


def _timed(line: Line, i: int, how: Prepositions) -> Clause | None:
    if how.kind == AHEAD:
        return _past_summer(line, how)
    found = read_time(line, how.end)
    if found is None:
        return None
    time, end = _until(line, how, *found)
    if line.word(end) == "uiterlijk" and not (read_time(line, end + 1) or MODIFIERS.at(line.words, end + 1)):
        how, end = how._replace(by=True), end + 1  # "1 juli 2020 uiterlijk"
    if how.words == "voor" and not how.stressed and line.word(end) in PLANNED:  # "staat voor mei gepland": in
        how = how._replace(kind=IN)
    if how.kind is SINCE:
        time = replace(time, which=PAST)
    return Clause(how.kind or IN, i, end, time, by=how.by, spoken=spoken(line, i, how, time))


def _until(line: Line, how: Prepositions, time: Time, end: int) -> tuple[Time, int]:
    """Reads on in "januari tot en met maart 2018", "vanaf 1 mei tot 1 juli"."""
    link = _through(line, end)
    second = read_time(line, end + link) if link and how.kind in (IN, FROM, "") else None
    return (_joined(time, second[0]), second[1]) if second else (time, end)


def _through(line: Line, j: int) -> int:
    """How many words "tot", "t/m" or "tot en met" take at `j`."""
    if line.word(j) == "tot" and line.word(j + 1) == "en" and line.word(j + 2) == "met":
        return 3
    return 1 if line.word(j) in ("tot", "t/m") else 0


def _past_summer(line: Line, how: Prepositions) -> Clause | None:
    """Reads "over de zomer heen": after it."""
    found = read_time(line, how.end)
    if found and line.word(found[1]) == "heen":
        return Clause(AFTER, how.end, found[1] + 1, found[0])
    return None


LOOSE = frozenset("met bij aan via".split())
FOR_MONEY = frozenset(["", "op", "aan", "uit"])  # before "de begroting": where money stands, not when
FOR_THE_SAKE = frozenset(["ten behoeve van", "met het oog op", "in het kader van", "samen met"])
WHOLE_YEARS = frozenset(["year", "years", "school year"])
NAMED = frozenset(["budget", "budget day", "circular", "feast", "meeting", "recess", "any recess"])


def spoken(line: Line, i: int, how: Prepositions, time: Time) -> bool:
    """Whether the words are a term in a running sentence.

    "Van 2023" and "de brief van 3 maart" are attributes, "voor 2025" usually means "for 2025", "circa 2000" counts.
    """
    before = line.word(i - 1)
    numbered = before in NUMBERED and not how.words  # "vragen 3 en 4", and not "de vragen voor 1 mei"
    if before in ("van", "dd", "over") or numbered or (time.rule == "budget" and how.words in FOR_MONEY):
        return False
    if not how.kind:
        return time.alone
    if line.word(how.end) == "heden":  # "tot heden": how it has been
        return False
    if how.words in LOOSE or how.words in FOR_THE_SAKE:
        return time.rule in NAMED or time.rule.startswith("part of")
    return time.rule not in WHOLE_YEARS or _spoken_year(how, time)


def _spoken_year(how: Prepositions, time: Time) -> bool:
    """Whether a whole year is a term: not "voor 2025", "circa 2000", "op 2025", "in het jaar"."""
    if time.rule == "year" and time.year is None and time.which is ANY and how.words in ("in", "per"):
        return False
    if how.words == "voor":
        return how.stressed
    first = how.words.split(" ", 1)[0]
    return first not in ("circa", "ongeveer", "op", "tegen", "richting") and how.words not in LOOSE


def _deadline(line: Line, i: int) -> Clause | None:
    """Reads "de deadline van 1 mei": a day that the reader is taken to know, so the nearest one."""
    found = DEADLINE_NOUNS.at(line.words, i)
    if found is None:
        return None
    time = read_time(line, found[1])
    if time is None:
        return None
    known = replace(time[0], which=NEAREST) if time[0].which is ANY and time[0].year is None else time[0]
    return Clause(BY, i, time[1], known, by=True)


def _between(line: Line, i: int) -> Clause | None:
    """Reads "tussen 1 mei en 1 juli", "van maart tot en met juni 2025", "vanaf mei tot september"."""
    opener = line.word(i)
    if opener not in ("tussen", "van"):
        return None
    first = read_time(line, i + 1)
    if first is None:
        return None
    j = first[1]
    link = _through(line, j) or (1 if line.word(j) in ("en", "-") else 0)
    if not link or (opener == "van" and line.word(j) == "en"):
        return None
    second = read_time(line, j + link)
    if second is None:
        return None
    return Clause(IN, i, second[1], _joined(first[0], second[0]))


def _joined(first: Time, second: Time) -> Time:
    """From the beginning of one time to the end of another, whose year the first one shares."""
    fixed_first = first.at(first.year)[0] if first.year and first.at(first.year) else None

    def at(year: int) -> tuple[Period, ...]:
        for to in second.at(second.year or year):
            starts = [p for y in (to.last.year - 1, to.last.year) for p in first.at(y) if p.first <= to.last]
            start = fixed_first or (starts[-1] if starts else to)
            if start.first <= to.last:
                return (Period(start.first, to.last, to.precision),)
        return ()

    return Time(at, "between", year=second.year, which=second.which, alone=True)


# --- durations -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Amount:
    """So many units; `most` None for "enkele"."""

    most: Fraction | None
    unit: str
    end: int


SIZES = frozenset("kleine goede ruime krappe dikke volle hele volledige".split())  # "een kleine maand"
FEW_WORDS = Phrases(dict.fromkeys(FEW))


def read_amount(line: Line, i: int) -> Amount | None:
    """Reads "zes weken", "twee tot drie maanden", "anderhalf jaar", "een week of drie", "enkele dagen"."""
    j = i
    for _ in range(3):
        about = ABOUT.at(line.words, j)
        if about is None:
            break
        j = about[1]
    few = FEW_WORDS.at(line.words, j)
    if few and line.word(few[1]) in UNIT_WORDS:
        return Amount(None, UNIT_WORDS[line.word(few[1])], few[1] + 1)
    first = _number(line, j)
    if first is None:
        return None
    value, j = first
    more = _number(line, j + _link(line, j)) if _link(line, j) else None
    if more and more[0] >= value:
        value, j = more
    j += line.word(j) in SIZES
    unit = UNIT_WORDS.get(line.word(j))
    return _amount(line, j + 1, value, unit) if unit else None


def _amount(line: Line, j: int, value: Fraction, unit: str) -> Amount:
    if line.word(j) == "of" and value == 1:
        more = _number(line, j + 1)
        if more and more[0] > 1 and line.word(more[1]) not in UNIT_WORDS:
            return Amount(more[0], unit, more[1])
    return Amount(value, unit, j)


def _link(line: Line, j: int) -> int:
    if line.word(j) == "tot" and line.word(j + 1) == "en" and line.word(j + 2) == "met":
        return 3
    return 1 if line.word(j) in ("tot", "a", "of", "-", "t/m") else 0


def _number(line: Line, i: int) -> tuple[Fraction, int] | None:
    written = line.number(i)
    value = Fraction(written) if written is not None and written <= 1000 else CARDINALS.get(line.word(i))
    if value is None:
        return None
    if value == 1 and line.word(i + 1) in ("half", "halve"):
        return Fraction(1, 2), i + 2
    if line.words[i + 1 : i + 4] == ["en", "een", "half"] or line.words[i + 1 : i + 4] == ["en", "een", "halve"]:
        return value + Fraction(1, 2), i + 4
    return value, i + 1


def _duration(line: Line, i: int, how: Prepositions) -> Clause | None:
    which, j = determiner(line, how.end)
    if which in (COMING, NEXT, PAST):
        return _coming(line, i, how, which, j)
    amount = read_amount(line, how.end)
    if amount is None:
        return None
    if how.kind == AHEAD:
        return _ahead(line, i, how, amount)
    return _within(line, i, how, amount)


def _coming(line: Line, i: int, how: Prepositions, which: str, j: int) -> Clause | None:
    """Reads "de komende zes weken" (a term), "de komende weken" (none), "de afgelopen twee jaar" (past)."""
    amount = read_amount(line, j)
    plural = line.word(j) in ("dagen", "weken", "maanden", "jaren", "kwartalen", "tijd", "periode", "fase", "uren")
    if amount is None and not plural:
        return None
    if which is PAST:
        return Clause(IN, i, amount.end if amount else j + 1, precision=Precision.VAGUE, spoken=False)
    if amount is None or amount.most is None:
        return Clause(IN, i, amount.end if amount else j + 1, precision=Precision.VAGUE)
    if line.word(amount.end - 1) in ("jaar", "week", "maand", "kwartaal") and amount.end - j == 1:
        return None
    last = periods.shifted(line.written_on, amount.most, amount.unit)
    time = fixed(Period(line.written_on, last, Precision.DAY), "duration")
    return Clause(IN, i, amount.end, time, by=how.by or how.kind == WITHIN)


def _ahead(line: Line, i: int, how: Prepositions, amount: Amount) -> Clause | None:
    if line.word(i - 1) in ("verspreid", "verdeeld", "gespreid", "uitgesmeerd", "gemiddeld", "gemeten", "berekend"):
        return None
    if amount.most is None:
        return Clause(IN, i, amount.end, precision=Precision.VAGUE)
    day = periods.shifted(line.written_on, amount.most, amount.unit)
    return Clause(IN, i, amount.end, fixed(periods.single(day), "duration"), by=how.by)


LASTING = frozenset("gedurende tijdens".split())  # how long something goes on, not when it is due


def _within(line: Line, i: int, how: Prepositions, amount: Amount) -> Clause | None:
    """Reads "binnen zes weken (na ...)", "uiterlijk twee weken voor ...", "zes weken na 1 mei"."""
    anchored = _anchored(line, i, how, amount)
    if anchored:
        return anchored
    if amount.most is None:
        return Clause(IN, i, amount.end, precision=Precision.VAGUE, spoken=how.kind == WITHIN)
    if how.kind is AFTER:
        return Clause(AFTER, i, amount.end, precision=Precision.EVENT, spoken=False)
    if how.words in LASTING:
        return Clause(IN, i, amount.end, precision=Precision.VAGUE, spoken=False)
    if how.kind not in (WITHIN, BY, IN, "") or (how.kind == IN and how.words not in ("in", "pas")):
        return None
    last = periods.shifted(line.written_on, amount.most, amount.unit)
    spoken_here = how.kind == WITHIN or (how.by and how.end > i)
    return Clause(BY, i, amount.end, fixed(periods.single(last), "duration"), by=True, spoken=spoken_here)


def _anchored(line: Line, i: int, how: Prepositions, amount: Amount) -> Clause | None:
    """A duration counted from something: the day itself, a time, or a thing that is yet to happen."""
    j = amount.end
    side = {"na": 1, "voor": -1, "voorafgaand": -1, "nadat": 0, "zodra": 0, "vanaf": 1, "voordat": 0}.get(line.word(j))
    if side is None or how.kind in (IN, AROUND, FROM, SINCE):
        return None
    j += 2 if line.word(j + 1) == "aan" else 1
    now = NOW_ANCHORS.at(line.words, j)
    if now and amount.most and side == 1:
        last = periods.shifted(line.written_on, amount.most, amount.unit)
        return Clause(BY, i, now[1], fixed(periods.single(last), "duration"), by=True)
    found = read_time(line, j) if side else None
    found = found or (read_meeting(line, j) if side else None)
    if found and amount.most:
        exact = how.kind == "" and not how.by
        return Clause(IN, i, found[1], _counted(found[0], side, amount), by=not exact)
    if side == -1 and how.kind == "":
        return None
    sure = how.kind == WITHIN or how.by or line.word(determiner(line, j)[1]) in HAPPENINGS
    return Clause(IN, i, amount.end, precision=Precision.EVENT, spoken=sure)


def _counted(time: Time, side: int, amount: Amount) -> Time:
    most = amount.most or Fraction(0)

    def at(year: int) -> tuple[Period, ...]:
        days = (p.last if side == 1 else p.first for p in time.at(year))
        return tuple(periods.single(periods.shifted(day, side * most, amount.unit)) for day in days)

    return replace(time, at=at, rule=f"duration from {time.rule}")


# --- rhythms and vague terms -----------------------------------------------------------------------------------


def _rhythm(line: Line, i: int) -> Clause | None:
    end = _every(line, i) or _times_per(line, i)
    if end:
        return Clause(IN, i, end, precision=Precision.RECURRING, recurring=True)
    found = RHYTHMS.at(line.words, i)
    if found is None:
        return None
    said = " ".join(line.words[i : found[1]])
    before = line.word(i - 1)
    a_rate = said.startswith("per ") and before in ("euro", "miljoen", "miljard")
    usable = said not in RHYTHM_ONLY_ALONE and not a_rate
    return Clause(IN, i, found[1], precision=Precision.RECURRING, recurring=True, spoken=usable)


def _every(line: Line, i: int) -> int | None:
    """Reads "elk half jaar", "ieder kwartaal", "elke twee weken"; "elk voorjaar" keeps the season for the first."""
    if line.word(i) not in EVERY:
        return None
    amount = read_amount(line, i + 1)
    if amount:
        return amount.end
    if line.word(i + 1) == "half" and line.word(i + 2) == "jaar":
        return i + 3
    if line.word(i + 1) in UNIT_WORDS:
        return i + 2
    named = read_time(line, i + 1)
    return i + 1 if named and named[0].rule in ("month", "season", "recess", "any recess", "weekday", "feast") else None


def _times_per(line: Line, i: int) -> int | None:
    """Reads "twee keer per jaar", "eens in de twee jaar", "om de drie maanden", "tweemaal per jaar"."""
    j = i + (line.word(i) == "minimaal") + 2 * (line.word(i) == "ten" and line.word(i + 1) == "minste")
    if line.word(j) in TIMES_WORDS:
        j += 1
    elif line.word(j + 1) in ("keer", "maal", "x") and _number(line, j):
        j += 2
    elif line.word(j) != "om" or line.word(j + 1) != "de":
        return None
    if line.word(j) == "per" or line.words[j : j + 2] in (["in", "de"], ["in", "het"], ["om", "de"]):
        j += 1 if line.word(j) == "per" else 2
        amount = read_amount(line, j)
        half = line.word(j) == "half" and line.word(j + 1) == "jaar"
        return amount.end if amount else j + 1 + half if half or line.word(j) in UNIT_WORDS else None
    return None


def _vague(line: Line, j: int, i: int) -> Clause | None:
    found = VAGUE.at(line.words, j)
    if found is None:
        return None
    said = " ".join(line.words[j : found[1]])
    return Clause(IN, i, found[1], precision=Precision.VAGUE, spoken=said not in VAGUE_ONLY_ALONE)
