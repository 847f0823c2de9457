"""The morning's look at the calendar, and the watch over the sources themselves.

`review` asks of every promise that is watched what the calendar makes of it, but counts no day on which the sources
that could have shown its keeping were not read. `watch_sources` says once that a source is silent or broken and once
that it is back. Both can be run again at any time.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from monitor.cycle import FRESH
from monitor.house import House
from monitor.letters import REGISTER_FACT
from monitor.store import Session, commitments, events, sources
from monitor.store.sources import Health, SourceState, health
from notifications.compose import Blind
from notifications.dates import local_day
from rules.commitment import Commitment, Status
from rules.event import Event, EventKind
from rules.life import last_day
from rules.reviewing import review as review_rule
from sources.document import fold

# Where every letter to parliament appears, and where the promises that name a publisher appear. A promise is overdue
# only when all of these that are switched on have been read since its last day.
PARLIAMENT = ("tweedekamer", "officielebekendmakingen")
NAMED = {
    "wodc": (
        "wodc",
        "wetenschappelijk onderzoek- en datacentrum",
        "wetenschappelijk onderzoek- en documentatiecentrum",
    ),
    "autoriteit_persoonsgegevens": ("autoriteit persoonsgegevens",),
    "eerste_kamer": ("eerste kamer",),
}
FAILURES = 3  # polls in a row before a source is called broken: one hiccup is no news
DAY = timedelta(days=1)
SMALL_GAP = timedelta(days=31)  # between a promise and our first look; sources show the last weeks when first read
BAD = (Health.BROKEN, Health.CHANGED_SHAPE, Health.SILENT, Health.LATE)


def review(house: House, now: datetime) -> int:
    """Due soon, overdue and the next round of every watched promise. How many events followed."""
    today = local_day(now)
    with house.store.read() as session:
        states = sources.every(session)
        looked_at = [one for one in commitments.watched(session, (Status.FULFILLED,)) if _looked_at(one)]
    found = 0
    for commitment in looked_at:
        until = seen_until(commitment, house.sources, states)
        due = review_rule(commitment, today, until, house.policy, now)
        if due:
            told = [events.quiet(event) if _old_news(house, commitment, today) else event for event in due]
            with house.writing, house.store.write() as session:
                found += sum(events.record(session, event, now) for event in told)
    return found


def _looked_at(commitment: Commitment) -> bool:
    """A promise that still runs, or a recurring one that we found kept; how often a register's row comes is its own."""
    if commitment.status.watched:
        return True
    recurring = commitment.deadline is not None and commitment.deadline.recurring
    return recurring and REGISTER_FACT not in commitment.facts


def _old_news(house: House, commitment: Commitment, today: date) -> bool:
    """A row of a register whose term was long over when it was first read: it is shown, but told to nobody."""
    last = last_day(commitment, house.policy)
    return REGISTER_FACT in commitment.facts and last is not None and today - last > FRESH


def relevant(commitment: Commitment, names: Iterable[str]) -> tuple[str, ...]:
    """The sources, of those that are switched on, that would show the keeping of this promise."""
    words = fold(" ".join([commitment.quote, commitment.context, commitment.addressee]))
    named = {source for source, spellings in NAMED.items() if any(spelling in words for spelling in spellings)}
    return tuple(name for name in names if name in PARLIAMENT or name in named)


def seen_until(commitment: Commitment, names: Iterable[str], states: Mapping[str, SourceState]) -> date | None:
    """The last whole day up to which every relevant source was read well; None when one never was, or there is none.

    None too when a source was not read in the time after the promise was made: its keeping may lie in that gap, and a
    back-fill has to close it first.
    """
    days = [_seen(states.get(name), commitment.made_on) for name in relevant(commitment, names)]
    known = [day for day in days if day is not None]
    return min(known) if known and len(known) == len(days) else None


def _seen(state: SourceState | None, made_on: date | None) -> date | None:
    """A source that was read on a day has shown all of the day before."""
    if state is None or state.good_at is None or state.covered_from is None:
        return None
    gap = made_on is not None and state.covered_from - made_on > SMALL_GAP
    return None if gap else local_day(state.good_at) - DAY


def watch_sources(house: House, now: datetime) -> int:
    """Say once of a source that we cannot see it, and once that we can again. How many events followed."""
    with house.writing, house.store.write() as session:
        states = sources.every(session)
        found = [_source_event(session, house, name, states.get(name), now) for name in house.sources]
        return sum(events.record(session, event, now) for event in found if event)


def _source_event(session: Session, house: House, name: str, state: SourceState | None, now: datetime) -> Event | None:
    if state is None:
        return None
    source = house.sources[name]
    how = health(state, now, source.every, source.silent_after)
    last = events.last_of_source(session, name)
    told = last is not None and last.kind is EventKind.SOURCE_SILENT
    if not told and how in BAD and (state.failures >= FAILURES or not state.broken_since):
        since = state.broken_since or (state.news_at if how is Health.SILENT else state.good_at) or now
        return _event(name, EventKind.SOURCE_SILENT, since, now, how, state.error)
    if told and last and how is Health.FRESH:
        return _event(name, EventKind.SOURCE_BACK, state.good_at or now, now, how, "", since=last.data.get("since", ""))
    return None


def _event(
    name: str, kind: EventKind, moment: datetime, now: datetime, how: Health, error: str, *, since: str = ""
) -> Event:
    subject = f"{name}@{moment.isoformat(timespec='seconds')}"
    data = {"source": name, "health": how.value, "since": since or moment.isoformat(timespec="seconds"), "error": error}
    return Event(
        key=f"source:{kind}:{subject}",
        kind=kind,
        at=now,
        subject=subject,
        note=error,
        data={key: value for key, value in data.items() if value},
    )


def unseen(session: Session, names: Iterable[str], since: datetime, until: datetime) -> tuple[Blind, ...]:
    """The sources that could not be read for some time between two moments, with that time, for digests."""
    found: dict[str, Blind] = {}
    for event in (event for event in events.of_sources(session, since) if event.at < until):
        name, began = (
            event.data.get("source", ""),
            datetime.fromisoformat(event.data.get("since", event.at.isoformat())),
        )
        back = event.at if event.kind is EventKind.SOURCE_BACK else None
        found[name] = Blind(name=name, since=min(began, found[name].since) if name in found else began, until=back)
    states = sources.every(session)
    for name in names:
        state = states.get(name)
        if name not in found and state and state.broken_since and state.broken_since < until:
            found[name] = Blind(name=name, since=state.broken_since)
    return tuple(found[name] for name in sorted(found) if name)
