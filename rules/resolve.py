"""From Dutch words of time to days: `resolve` reads one expression, `find` reads them out of running text.

The rules that decide are those of the project's reading guide (docs/rules.md): the last day on which every
reasonable reading is still met. The grammar itself is in the `grammar_*` modules; here the year is chosen and
neighbouring clauses become one term. Not inside: whether a sentence is a promise (`rules.extraction`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rules.calendar import Calendar
from rules.deadline import Deadline, Precision
from rules.grammar_clauses import Clause, read_clause
from rules.grammar_events import loose_event, read_event
from rules.grammar_gate import Beginning, beginnings
from rules.grammar_join import term
from rules.grammar_line import Line, Time
from rules.grammar_words import IN, PAST_VERBS
from rules.grammar_years import settle
from rules.periods import Period, add_months
from rules.tokens import CUES, LEFT, RIGHT, STEP, Token, tells_time, tokens

YEARS = range(1900, 2200)  # documents of other years are not read: the calendar knows nothing of them
LONGEST = 2000  # characters of an expression that are read


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """An expression of time in a text: ``text[start:end]``."""

    start: int
    end: int
    deadline: Deadline


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
    return term(found, line, expression, past)


def _asked(line: Line) -> Sequence[Clause]:
    """The clauses of an expression that is known to be one."""
    found = [clause for clause in _clauses(line, in_text=False) if clause.end > clause.begin and not _a_label(clause)]
    event = None if found else loose_event(line)
    if event:
        return (event,)
    statutory = _statutory(line, found)
    return (statutory,) if statutory else _without_examples(line, found)


def _a_label(clause: Clause) -> bool:
    """Years that only name something: "2025/26", "vergaderjaar 2024/25"."""
    return clause.time is not None and clause.time.rule in ("years", "school year") and not clause.spoken


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
    for i, named, happens in beginnings(line.tokens) if in_text else map(Beginning, range(len(line.tokens))):
        if i < begin:
            continue
        clause = read_clause(line, i) if named else None
        if happens and (clause is None or (clause.time is None and clause.precision is Precision.VAGUE)):
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
    return _three_months(line, 0, len(line.tokens))


def _three_months(line: Line, begin: int, end: int) -> Clause:
    day = add_months(line.written_on, 3)
    time = Time(lambda _: (Period(day, day, Precision.DAY),), "statutory term", year=day.year)
    return Clause(IN, begin, end, time, by=True)


def _with_statutory(line: Line, found: Sequence[Clause]) -> Sequence[Clause]:
    """ "Binnen de termijn van de wet, te weten artikel 24 van de Kaderwet adviescolleges": one term."""
    if "kaderwet" not in line.words:
        return found
    end = line.words.index("kaderwet") + 1
    begin = next((i for i in range(end - 1, max(-1, end - STATUTORY), -1) if line.words[i] == "binnen"), None)
    if begin is None or "termijn" not in line.words[begin:end]:
        return found
    apart = [clause for clause in found if clause.end <= begin or clause.begin >= end]
    return sorted([*apart, _three_months(line, begin, end)], key=lambda clause: clause.begin)


def _without_examples(line: Line, found: Sequence[Clause]) -> Sequence[Clause]:
    """Without the days between brackets that only spell out a rhythm ("elk half jaar (januari en juli)")."""
    if not found or not found[0].recurring or "(" not in line.words:
        return found
    opened = line.words.index("(")
    inside = [clause for clause in found if clause.begin > opened]
    return [clause for clause in found if clause.begin < opened] if len(inside) > 1 else found


# --- running text ----------------------------------------------------------------------------------------------

STATUTORY = 20  # words between "binnen" and the name of the law that sets the term
LINKS = {
    tuple(words.split())
    for words in (", maar;, en;, of;, dan wel;dan wel;maar;en;of;/;-;,;(;danwel;doch;, doch;").split(";")
}  # between two clauses of one term


def _spans(text: str, start: int, end: int, written_on: date, calendar: Calendar) -> Iterator[Span]:
    line = _line(tokens(text, start, end), written_on, calendar)
    for group in _groups(line, _with_statutory(line, list(_clauses(line, in_text=True)))):
        kept = _spoken(group)
        if not kept:
            continue
        begin, stop = line.tokens[kept[0].begin].start, line.tokens[kept[-1].end - 1].end
        deadline = term(kept, line, text[begin:stop])
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
    first, second = settle(before, line.written_on), settle(after, line.written_on)
    if first is None or second is None:
        return True
    return (first.period.last < line.written_on) == (second.period.last < line.written_on)


_SPACE = re.compile(r"\s")


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Stretches of text around words of time; the rest is never cut into tokens."""
    low = text.lower()
    if len(low) != len(text):  # a letter whose small form is longer, e.g. a dotted capital I
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    low = low.replace("\u00a0", " ")
    if len(text) <= LEFT:  # any word of time would take in the whole text
        if tells_time(low):
            yield 0, len(text)
        return
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
    for cue in CUES:
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
