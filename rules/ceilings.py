"""`Ceilings`: what the match of a promise and a paper can score at most, for thousands of promises at once.

Most promises that share a few words with a paper cannot come near a score that anybody acts on. A ceiling adds the
weights of ``matching_model.toml`` as `rules.matching` does, with each signal at its true value where that is a matter
of a table (office, product, the days, the kind of paper, the words of the title) and at its best where it is not
(phrases, editions, rare words). So a pair under the ceiling is left out without being judged, and none is left out
wrongly: a test compares with judging all. The ceiling is told as the share of the promise's words that the paper must
hold. Pairs with an official reference in common have no ceiling.
"""

from collections.abc import Callable
from datetime import date

import numpy as np

from rules import offices, signals_kind
from rules.matching import KIND_SIGNALS, log_odds, model
from rules.postings import Floats, Ints, Row
from rules.profile import CONTEXT, WHOLE, Paper, Pledge
from rules.signals import FULL_MASS, telling
from rules.signals_time import YEAR
from rules.terms import rarity

SLACK = 0.01  # of log odds: what rounding can add, in the shares of terms and in the reasons that `about` takes back
NO_DAY = -1

Group = frozenset[str]


class Ceilings:
    """Promises by slot, in the order in which they are added."""

    def __init__(self) -> None:
        self._slopes = Row(np.float64)
        self._bases = Row(np.float64)
        self._firsts, self._starts = Row(np.int64), Row(np.int64)
        self._products, self._offices = Groups(), Groups()

    def add(self, pledge: Pledge) -> None:
        self._slopes.append(_slope(pledge))
        self._bases.append(_base(pledge))
        self._firsts.append(_number(pledge.first))
        self._starts.append(_number(pledge.last or pledge.first))
        self._products.append(pledge.products)
        self._offices.append(pledge.ministries)

    def needed(self, least: float, paper: Paper, slots: Ints, titled: Floats) -> Floats:
        """For each of the slots the share of `WHOLE` that the paper must hold for the match to reach the score `least`.

        Infinite where no share is enough. titled: what the title's terms in it are worth.
        """
        if least <= 0.0:
            return np.zeros(len(slots))
        odds = self._bases.values[slots] + _of_paper(paper)
        odds += _up("title") * np.minimum(1.0, titled / (paper.title_worth or 1.0))
        odds += self._products.values(slots, paper.products, _product)
        odds += self._offices.values(slots, paper.ministries, _office)
        odds += self._time(paper.published, slots)
        lacking = log_odds(least) - SLACK - odds
        slopes = self._slopes.values[slots]
        able = (lacking <= 0.0) | ((slopes > 0.0) & (lacking <= _up("words") + _up("context")))
        needed: Floats = np.where(able, lacking * WHOLE / np.maximum(slopes, 1e-9), np.inf)
        return needed

    def _time(self, day: date | None, slots: Ints) -> Floats:
        if day is None:
            return np.full(len(slots), model().weights["undated"])
        now, firsts, starts = day.toordinal(), self._firsts.values[slots], self._starts.values[slots]
        soon = _up("soon") / (1.0 + np.maximum(0, now - starts) / YEAR)
        before: Floats = np.where(firsts > now, model().weights["before"], np.where(starts == NO_DAY, 0.0, soon))
        return before


class Groups:
    """One of few different sets for each slot; what is reckoned from the set is reckoned once for each."""

    def __init__(self) -> None:
        self._numbers: dict[Group, int] = {}
        self._of_slot = Row(np.int64)
        self._reckoned: tuple[Group | None, Floats] = (None, np.zeros(0))

    def append(self, group: Group) -> None:
        self._of_slot.append(self._numbers.setdefault(group, len(self._numbers)))

    def values(self, slots: Ints, theirs: Group, value: Callable[[Group, Group], float]) -> Floats:
        """For each of the slots the value of its set with another set."""
        known, table = self._reckoned
        if known != theirs or len(table) < len(self._numbers):
            table = np.array([value(group, theirs) for group in self._numbers], np.float64)
            self._reckoned = theirs, table
        found: Floats = table[self._of_slot.values[slots]]
        return found


def _up(name: str) -> float:
    """What a signal can add at most."""
    return max(0.0, model().weights.get(name, 0.0))


def _slope(pledge: Pledge) -> float:
    """What a whole promise in common adds by its words, when those are taken that add most."""
    inside = 1.0 - CONTEXT if pledge.context else 1.0
    words = _up("words") / inside if pledge.quote else 0.0
    around = _up("context") / (1.0 - inside if pledge.quote else 1.0) if pledge.context else 0.0
    return max(words, around)


def _base(pledge: Pledge) -> float:
    """What does not depend on the paper, or is reckoned at its best."""
    mass = sum(map(rarity, telling(pledge.quote)))
    least = model().intercept + _up("mass") * min(1.0, mass / FULL_MASS)
    least += _up("phrase") if pledge.pairs else 0.0
    least += _up("term") if pledge.due else 0.0
    editions = pledge.editions.pairs or pledge.editions.years or pledge.editions.ordinals
    least += _up("edition") if editions else 0.0
    named = pledge.quote.keys() | pledge.context.keys()
    rounded_away = len(named) - len(pledge.look)
    return least + _slope(pledge) * len(named) / WHOLE + (_up("title") if rounded_away else 0.0)


def _of_paper(paper: Paper) -> float:
    """What the kind of paper adds or takes off, whatever the promise."""
    total = 0.0
    for signal in signals_kind.of_kinds(paper.kinds):
        weight = model().weights.get(signal.name, 0.0) * signal.value
        total += max(0.0, weight) if signal.name in KIND_SIGNALS | signals_kind.PROMISED.keys() else weight
    return total


def _product(promised: Group, offered: Group) -> float:
    return _up("product") * len(promised & offered) / (len(promised) or 1)


def _office(known: Group, stated: Group) -> float:
    return _up("office") * offices.related(known, stated)


def _number(day: date | None) -> int:
    return day.toordinal() if day else NO_DAY
