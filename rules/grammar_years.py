"""Which year is meant: a clause without a year gets the one that its words and the day of writing allow.

`settle` chooses among the years; what the words are is read in `rules.grammar_clauses`.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rules.grammar_clauses import Clause, bounds
from rules.grammar_line import NEAREST, Time
from rules.grammar_words import AFTER, ANY, COMING, PAST, THIS
from rules.periods import Period

NEARBY = 9  # years ahead in which a day without a year is looked for (29 February may take eight)


class Settled(NamedTuple):
    """A clause with its days."""

    clause: Clause
    period: Period
    first: date | None
    last: date | None


def settle(clause: Clause, day: date, past: bool = False) -> Settled | None:
    """The clause with its days: of all the years that the words allow the one that is meant on `day`."""
    time = clause.time
    if time is None:
        return None
    if time.year is not None:
        return _in_said_year(clause, time, time.year, day)
    which = PAST if past and time.which is ANY else time.which
    if which == ANY and not _any_recess(clause, time):
        return _first_ahead(clause, time, day)
    return _of_all(clause, time, which, day)


def _of_all(clause: Clause, time: Time, which: str, day: date) -> Settled | None:
    options = list(_options(clause, time, day))
    if which == PAST:
        return _last([o for o in options if o.period.last < day])
    if which == NEAREST:
        return min(options, key=lambda o: abs((o.period.last - day).days), default=None)
    if which == THIS:
        return _this(options, day)
    ahead = [o for o in options if _ahead(o, day)]
    if _any_recess(clause, time):
        ahead = [o for o in options if o.period.last >= day]
    if which == COMING:
        ahead = [o for o in ahead if o.period.first + (o.period.last - o.period.first) / 2 >= day] or ahead
    return _on_weekday(ahead[0], options, time) if ahead else None


def _any_recess(clause: Clause, time: Time) -> bool:
    return clause.kind == AFTER and time.rule == "any recess"


def _ahead(settled: Settled, day: date) -> bool:
    return (settled.last or settled.first or settled.period.last) >= day


def _first_ahead(clause: Clause, time: Time, day: date) -> Settled | None:
    """What most clauses mean; the years behind it are never reckoned."""
    earlier: list[Settled] = []
    for option in _options(clause, time, day):
        if _ahead(option, day):
            return _on_weekday(option, earlier, time)
        earlier.append(option)
    return None


def _options(clause: Clause, time: Time, day: date) -> Iterator[Settled]:
    years = range(day.year - 2, day.year + NEARBY)
    return (_seen(clause, period) for year in years for period in time.at(year))


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
        return settled._replace(first=day)
    return settled


def _in_said_year(clause: Clause, time: Time, year: int, day: date) -> Settled | None:
    options = [_seen(clause, period) for period in time.at(year)]
    ahead = [o for o in options if _ahead(o, day)]
    chosen = (ahead or options)[:1]
    if not chosen:
        return None
    return _from_today(chosen[0], day) if time.which is THIS else chosen[0]


def _on_weekday(first: Settled, options: Sequence[Settled], time: Time) -> Settled:
    """The first one ahead; a weekday that does not fit it may say that a near year is meant ("maandag 4 juni")."""
    if time.weekday is None or first.period.first.weekday() == time.weekday:
        return first
    before = [o for o in options if o.period.first < first.period.first][-1:]
    fitting = [o for o in before if o.period.first.weekday() == time.weekday]
    return fitting[0] if fitting else first
