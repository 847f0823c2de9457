"""From Dutch words of time to days: `resolve` reads one expression, `find` reads them out of running text.

The rules that decide are those of the project's reading guide (docs/rules.md): the last day on which every
reasonable reading is still met. The grammar itself is in the `grammar_*` modules; here the year is chosen and
neighbouring clauses become one term. Not inside: whether a sentence is a promise (`rules.extraction`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rules.calendar import Calendar
from rules.deadline import Deadline, Precision
from rules.grammar_clauses import Bounds, Clause, bounds, read_clause
from rules.grammar_events import loose_event, read_event
from rules.grammar_gate import beginnings
from rules.grammar_line import NEAREST, Line, Time
from rules.grammar_words import AFTER, ANY, BEFORE, COMING, IN, PAST, PAST_VERBS, THIS, UNTIL
from rules.periods import Period, add_months
from rules.tokens import CUES, LEFT, RIGHT, STEP, Token, tokens

YEARS = range(1900, 2200)  # documents of other years are not read: the calendar knows nothing of them
NEARBY = 9  # years ahead in which a day without a year is looked for (29 February may take eight)
LONGEST = 2000  # characters of an expression that are read


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An expression of time in a text: ``text[start:end]``."""

    start: int
    end: int
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Settled:
    """A clause with its days."""

    clause: Clause
    period: Period
    first: date | None
    last: date | None


def resolve(expression: str, written_on: date, calendar: Calendar) -> Deadline | None:
    """What an expression of time means on the day it was written; None when it is no expression of time.

    Something vague, recurring or bound to an event is a Deadline without a last day. Days lie on or after
    `written_on` unless the words say otherwise (a year, "jl.", "vorig", a verb in the past tense).
    """
    if written_on.year not in YEARS:
        return None
    line = _line(tokens(expression[:LONGEST]), written_on, calendar)
    found = _asked(line)
    if not found:
        return None
    covered = {i for clause in found for i in range(clause.begin, clause.end)}
    past = any(word in PAST_VERBS for i, word in enumerate(line.words) if i not in covered)
    return _deadline(found, line, expression, past)


def _asked(line: Line) -> Sequence[Clause]:
    """The clauses of an expression that is known to be one."""
    found = [clause for clause in _clauses(line, in_text=False) if clause.end > clause.begin]
    event = None if found else loose_event(line)
    if event:
        return (event,)
    statutory = _statutory(line, found)
    return (statutory,) if statutory else _without_examples(line, found)


def find(text: str, written_on: date, calendar: Calendar) -> tuple[Span, ...]:
    """The expressions of time in running text, in order, each as long as it is sensible.

    Spans may lie in the past ("zoals op 3 maart 2020 gemeld"): what is a term and what a memory is for the caller.
    """
    if written_on.year not in YEARS:
        return ()
    return tuple(span for start, end in _windows(text) for span in _spans(text, start, end, written_on, calendar))


# --- reading ---------------------------------------------------------------------------------------------------


def _line(found: Sequence[Token], written_on: date, calendar: Calendar) -> Line:
    return Line.of(found, written_on, calendar)


def _clauses(line: Line, in_text: bool) -> Iterator[Clause]:
    begin = 0
    for i in beginnings(line.tokens) if in_text else range(len(line.tokens)):
        if i < begin:
            continue
        clause = read_clause(line, i)
        if clause is None or (clause.time is None and clause.precision is Precision.VAGUE):
            clause = _longer(read_event(line, i, in_text), clause)
        if clause is not None:
            yield clause
            begin = max(clause.end, i + 1)


def _longer(first: Clause | None, second: Clause | None) -> Clause | None:
    if first is None or second is None:
        return first or second
    return first if first.end > second.end else second


def _statutory(line: Line, found: Sequence[Clause]) -> Clause | None:
    """Kaderwet adviescolleges, art. 24: the reaction is due three months after the advice was received."""
    if "kaderwet" not in line.words or any(clause.time for clause in found):
        return None
    day = add_months(line.written_on, 3)
    time = Time(lambda _: (Period(day, day, Precision.DAY),), "statutory term", year=day.year)
    return Clause(IN, 0, len(line.tokens), time, by=True)


def _without_examples(line: Line, found: Sequence[Clause]) -> Sequence[Clause]:
    """Without the days between brackets that only spell out a rhythm ("elk half jaar (januari en juli)")."""
    if not found or not found[0].recurring or "(" not in line.words:
        return found
    opened = line.words.index("(")
    inside = [clause for clause in found if clause.begin > opened]
    return [clause for clause in found if clause.begin < opened] if len(inside) > 1 else found


# --- which year ------------------------------------------------------------------------------------------------


def _settle(clause: Clause, day: date, past: bool = False) -> Settled | None:
    """The clause with its days: of all the years that the words allow the one that is meant on `day`."""
    time = clause.time
    if time is None:
        return None
    if time.year is not None:
        return _in_said_year(clause, time, time.year, day)
    which = PAST if past and time.which is ANY else time.which
    options = _options(clause, time, day)
    if which == PAST:
        return _last([o for o in options if o.period.last < day])
    if which == NEAREST:
        return min(options, key=lambda o: abs((o.period.last - day).days), default=None)
    if which == THIS:
        return _this(options, day)
    ahead = [o for o in options if (o.last or o.first or o.period.last) >= day]
    if clause.kind == AFTER and time.rule == "any recess":
        ahead = [o for o in options if o.period.last >= day]
    if which == COMING:
        ahead = [o for o in ahead if o.period.first + (o.period.last - o.period.first) / 2 >= day] or ahead
    return _on_weekday(ahead, options, time)


def _options(clause: Clause, time: Time, day: date) -> list[Settled]:
    years = range(day.year - 2, day.year + NEARBY)
    return [_seen(clause, period) for year in years for period in time.at(year)]


def _seen(clause: Clause, period: Period) -> Settled:
    return Settled(clause, period, *bounds(clause.kind, clause.by, period))


def _last(options: Sequence[Settled]) -> Settled | None:
    return options[-1] if options else None


def _this(options: Sequence[Settled], day: date) -> Settled | None:
    holding = [o for o in options if o.period.first <= day <= o.period.last]
    same_year = [o for o in options if o.period.first.year == day.year]
    chosen = (holding or same_year or list(options))[:1]
    return _from_today(chosen[0], day) if chosen else None


def _from_today(settled: Settled, day: date) -> Settled:
    """Of "this" period the days that are left; a period that is over stays whole."""
    if settled.first and settled.last and settled.first < day <= settled.last:
        return replace(settled, first=day)
    return settled


def _in_said_year(clause: Clause, time: Time, year: int, day: date) -> Settled | None:
    options = [_seen(clause, period) for period in time.at(year)]
    ahead = [o for o in options if (o.last or o.first or o.period.last) >= day]
    chosen = (ahead or options)[:1]
    if not chosen:
        return None
    return _from_today(chosen[0], day) if time.which is THIS else chosen[0]


def _on_weekday(ahead: Sequence[Settled], options: Sequence[Settled], time: Time) -> Settled | None:
    """The first one ahead; a weekday that does not fit it may say that a near year is meant ("maandag 4 juni")."""
    first = ahead[0] if ahead else None
    if time.weekday is None or first is None or first.period.first.weekday() == time.weekday:
        return first
    before = [o for o in options if o.period.first < first.period.first][-1:]
    fitting = [o for o in before if o.period.first.weekday() == time.weekday]
    return fitting[0] if fitting else first


# --- one term out of its clauses -------------------------------------------------------------------------------


def _deadline(found: Sequence[Clause], line: Line, text: str, past: bool = False) -> Deadline | None:
    dated = _settled(found, line.written_on, past)
    recurring = any(clause.recurring for clause in found)
    if not dated:
        return _undated(found, text, recurring)
    first, last = _ends(dated)
    if recurring and len(dated) > 1:
        first, last = dated[0].first, dated[0].last
    main = dated[-1]
    precision = Precision.RECURRING if recurring else _precision(main)
    rule = _rule(main.clause)
    return Deadline(text=text, earliest=first, latest=last, precision=precision, recurring=recurring, rule=rule)


def _precision(main: Settled) -> Precision:
    summer_before = main.clause.kind == BEFORE and main.period.precision is Precision.SEASON and main.period.before
    return Precision.RECESS if summer_before else main.period.precision


def _rule(clause: Clause) -> str:
    how = "by" if clause.by and clause.kind == IN else clause.kind
    return f"{how} {clause.time.rule}" if clause.time else str(clause.precision)


def _undated(found: Sequence[Clause], text: str, recurring: bool) -> Deadline | None:
    order = (Precision.RECURRING, Precision.EVENT, Precision.VAGUE)
    said = [precision for precision in order if any(clause.precision is precision for clause in found)]
    if not said:
        return None
    return Deadline(text=text, precision=said[0], recurring=recurring, rule=str(said[0]))


def _settled(found: Sequence[Clause], day: date, past: bool) -> list[Settled]:
    """The clauses with days. One without a year shares its neighbour's ("eind maart of begin april 2025")."""
    out: list[Settled] = []
    years = [clause.time.year for clause in found if clause.time]
    for at, clause in enumerate(clause for clause in found if clause.time):
        settled = _sharing(clause, years[at:], day) if at + 1 < len(years) else None
        start = _start(out, day)
        settled = settled or _settle(clause, start, past)
        if settled:
            out.append(settled)
    return out


def _start(before: Sequence[Settled], day: date) -> date:
    """The day from which a following clause is read: what comes after a period lies in or after it."""
    if not before or before[-1].clause.kind in (BEFORE, UNTIL):
        return day
    return max(before[-1].period.first, day)


def _sharing(clause: Clause, years: Sequence[int | None], day: date) -> Settled | None:
    """The clause in the year that a later clause names, or in the year before when that would put it after."""
    year = next((said for said in years if said), None)
    time = clause.time
    if time is None or time.year is not None or time.which is not ANY or year is None:
        return None
    return _settle(replace(clause, time=replace(time, year=year)), day)


def _ends(dated: Sequence[Settled]) -> Bounds:
    """First and last day of the clauses together: a limit ("maar uiterlijk") and a narrower day win from a period."""
    first, last = dated[0].first, dated[0].last
    for one in dated[1:]:
        narrower = first and last and one.first and one.last and first <= one.first and one.last <= last
        if narrower:
            first, last = one.first, one.last
            continue
        limit = one.clause.by or one.clause.kind == BEFORE
        if not limit and _wider(one, first, last):
            continue
        if one.last and (last is None or limit or one.last > last):
            last = one.last
        if one.first and (first is None and last is None):
            first = one.first
    return first, last


def _wider(one: Settled, first: date | None, last: date | None) -> bool:
    """Whether a later clause only says in what larger period the first one lies ("begin september, na het reces")."""
    return bool(first and last and one.first and one.last and one.first <= first and last <= one.last)


# --- running text ----------------------------------------------------------------------------------------------

LINKS = {
    tuple(words.split())
    for words in (", maar;, en;, of;, dan wel;dan wel;maar;en;of;/;-;,;(;danwel;doch;, doch;").split(";")
}  # between two clauses of one term


def _spans(text: str, start: int, end: int, written_on: date, calendar: Calendar) -> Iterator[Span]:
    line = _line(tokens(text, start, end), written_on, calendar)
    for group in _groups(line, list(_clauses(line, in_text=True))):
        kept = _spoken(group)
        if not kept:
            continue
        begin, stop = line.tokens[kept[0].begin].start, line.tokens[kept[-1].end - 1].end
        deadline = _deadline(kept, line, text[begin:stop])
        if deadline:
            yield Span(start=begin, end=stop, deadline=deadline)


def _spoken(group: Sequence[Clause]) -> Sequence[Clause]:
    """The group without what leads or trails it but is no term by itself in a sentence."""
    marks = [clause.spoken for clause in group]
    if not any(marks):
        return ()
    return group[marks.index(True) :]


def _groups(line: Line, found: Iterable[Clause]) -> Iterator[list[Clause]]:
    """Clauses that follow each other directly, or with "of", "en", "maar" or a comma between, are one term."""
    group: list[Clause] = []
    for clause in found:
        if group and not _linked(line, group[-1], clause):
            yield group
            group = []
        group.append(clause)
    if group:
        yield group


def _linked(line: Line, before: Clause, after: Clause) -> bool:
    between = tuple(line.words[before.end : after.begin])
    if between not in LINKS or (not after.spoken and between != ()):
        return False
    if before.recurring:
        return between in ((), (",",))
    return _same_side(line, before, after)


def _same_side(line: Line, before: Clause, after: Clause) -> bool:
    """A day that is past and one to come are never one term."""
    first, second = _settle(before, line.written_on), _settle(after, line.written_on)
    if first is None or second is None:
        return True
    return (first.period.last < line.written_on) == (second.period.last < line.written_on)


_CUE_LIST = tuple(CUES)
_SPACE = re.compile(r"\s")


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of text around words of time; the rest is never cut into tokens."""
    low = text.lower()
    if len(low) != len(text):  # a letter whose small form is longer, e.g. a dotted capital I
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    low = low.replace("\u00a0", " ")
    edges = sorted(_hits(low))
    begin, end = -1, -1
    for hit in edges:
        if hit - LEFT > end:
            if end >= 0:
                yield _snapped(text, begin, end)
            begin = max(hit - LEFT, 0)
        end = max(end, min(hit + RIGHT, len(text)))
    if end >= 0:
        yield _snapped(text, begin, end)


def _hits(low: str) -> Iterator[int]:
    for cue in _CUE_LIST:
        at = low.find(cue)
        while at >= 0:
            yield at
            at = low.find(cue, at + STEP)


def _snapped(text: str, begin: int, end: int) -> tuple[int, int]:
    """The stretch without half words at its ends (as far as a blank is near)."""
    if begin > 0:
        blank = _SPACE.search(text, begin, min(begin + 40, end))
        begin = blank.end() if blank else begin
    if end < len(text):
        cut = max(text.rfind(" ", end - 40, end), text.rfind("\n", end - 40, end))
        end = cut if cut > begin else end
    return begin, end
