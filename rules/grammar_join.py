"""One term out of neighbouring clauses: "eind maart of begin april", "voor de zomer, maar uiterlijk in september".

`term` gives the `Deadline` of clauses that belong together; which do is decided in `rules.resolve`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import TypeVar

from rules.deadline import Deadline, Precision
from rules.grammar_clauses import Bounds, Clause
from rules.grammar_line import Line
from rules.grammar_words import ANY, BEFORE, IN, UNTIL
from rules.grammar_years import Settled, settle

Either = TypeVar("Either")
CHOICE = frozenset(("of", "/", "danwel", "wel"))


def term(found: Sequence[Clause], line: Line, text: str, past: bool = False) -> Deadline | None:
    dated = _settled(found, line.written_on, past)
    recurring = any(clause.recurring for clause in found)
    if not dated:
        return _undated(found, text, recurring)
    first, last = _ends(line, dated)
    if recurring and len(dated) > 1:  # the first time; "vanaf 2020 jaarlijks voor de zomer": in its first year
        once = next((one for one in dated if one.last), dated[0])
        first, last = once.first, once.last
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
    timed = [clause for clause in found if clause.time]
    for at, clause in enumerate(timed):
        settled = _sharing(clause, timed[at + 1 :], day) or settle(clause, _start(out, day), past)
        if settled:
            out.append(settled)
    return out


def _start(before: Sequence[Settled], day: date) -> date:
    """The day from which a following clause is read: what comes after a period lies in or after it."""
    if not before or before[-1].clause.kind in (BEFORE, UNTIL):
        return day
    return max(before[-1].period.first, day)


def _sharing(clause: Clause, later: Sequence[Clause], day: date) -> Settled | None:
    """The clause in the year that a later clause names, or in the year before when that would put it after."""
    named = next((other for other in later if other.time and other.time.year), None)
    if named is None or clause.time is None or clause.time.year is not None or clause.time.which is not ANY:
        return None
    other = settle(named, day)
    year = (named.time and named.time.year) or 0
    shared = settle(replace(clause, time=replace(clause.time, year=year)), day)
    if shared and other and shared.period.first > other.period.last:
        return settle(replace(clause, time=replace(clause.time, year=year - 1)), day)
    return shared


def _ends(line: Line, dated: Sequence[Settled]) -> Bounds:
    """First and last day of the clauses together.

    A limit ("maar uiterlijk") wins. Two that overlap are one stretch seen twice ("in januari, na het kerstreces")
    unless "of" or "en" puts them side by side. Otherwise they run on.
    """
    first, last = dated[0].first, dated[0].last
    for before, one in pairwise(dated):
        if one.clause.by and one.last:
            last = one.last
        elif one.clause.kind == BEFORE and one.last and last:  # "voor de zomer en voor de kerst": two, the first counts
            last = max(last, one.last) if _says(line, before, one, CHOICE) else min(last, one.last)
        elif first and last and one.first and one.last and first <= one.last and one.first <= last:
            apart = min(first, one.first), max(last, one.last)
            first, last = _beside(line, before, one, apart, (max(first, one.first), min(last, one.last)))
        else:
            first, last = (one.first if first is last is None else first), _latest(last, one.last)
    return first, last


def _latest(one: date | None, other: date | None) -> date | None:
    return max(one, other) if one and other else one or other


def _says(line: Line, before: Settled, one: Settled, links: frozenset[str]) -> bool:
    """Does one of these stand between the two?"""
    return not links.isdisjoint(line.words[before.clause.end : one.clause.begin])


def _beside(line: Line, before: Settled, one: Settled, apart: Either, together: Either) -> Either:
    """Which of two readings: the clauses side by side, or about the same stretch."""
    return apart if _says(line, before, one, CHOICE | {"en"}) else together
