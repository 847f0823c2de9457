"""Signals of time: a promise is kept after it was made, often near its term, seldom years later.

Days come from the nouns; an undated promise has the days in office of who made it as bounds. No clock is read.
"""

import math
from collections.abc import Iterator
from datetime import date

from rules.profile import Paper, Pledge
from rules.signals import Signal

YEAR = 365.25


def time(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    day = paper.published
    if day is None:
        yield Signal("undated", 1.0, "de datum van het stuk is onbekend")
    elif pledge.first and day < pledge.first:
        yield Signal("before", 1.0, "het stuk is ouder dan de toezegging")
    else:
        yield from _after(pledge, day)


def _after(pledge: Pledge, day: date) -> Iterator[Signal]:
    if pledge.first == pledge.last == day:
        yield Signal("same_day", 1.0, "het stuk is van de dag van de toezegging zelf")
    yield Signal("soon", _soon(pledge, day), "kort na de toezegging")
    yield Signal("late", _late(pledge, day), "lang na de toezegging en haar termijn")
    yield Signal("term", _near(pledge, day), "rond de toegezegde termijn")


def _soon(pledge: Pledge, day: date) -> float:
    """1 on the next day, a half after a year, less later; from the end of the days on which it can have been made."""
    start = pledge.last or pledge.first
    if start is None:
        return 0.0
    return 1.0 / (1.0 + max(0, (day - start).days) / YEAR)


def _late(pledge: Pledge, day: date) -> float:
    """Grows from a year after the term (two after the promise) to 1 at ten years."""
    ends = [end for end in (pledge.due, pledge.last) if end]
    if not ends or pledge.recurring:
        return 0.0
    years = (day - max(ends)).days / YEAR
    return min(1.0, math.log1p(max(0.0, years - 1.0)) / math.log(10.0))


def _near(pledge: Pledge, day: date) -> float:
    if pledge.due is None:
        return 0.0
    days = (day - pledge.due).days
    return math.exp(-((days / 120.0 if days > 0 else days / 240.0) ** 2))
