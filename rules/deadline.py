"""`Deadline`: what a Dutch expression of time means, as an interval with the words it came from.

Only the noun, and how a day is written in data; the grammar is `rules.resolve`, the recesses are `rules.calendar`.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Precision(StrEnum):
    """How exact the words were."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF_YEAR = "half year"
    YEAR = "year"
    RECESS = "recess"
    EVENT = "event"  # bound to something that happens: known only when the event has a date
    VAGUE = "vague"  # "op korte termijn": no day can be named
    RECURRING = "recurring"  # "jaarlijks": a rhythm; a first day only where the words give one


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """An interval of Amsterdam calendar days, both ends inclusive.

    text: the source words. earliest: first day the words cover, None for "before". latest: the last day on which
    it is still in time, None when no day can be named. rule: the name of the grammar rule that read it.
    """

    text: str
    earliest: date | None = None
    latest: date | None = None
    precision: Precision = Precision.VAGUE
    recurring: bool = False
    rule: str = ""


def day_of(text: str) -> date | None:
    """An ISO day, or None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
