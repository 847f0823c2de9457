"""`review`: what the calendar alone makes of a promise: due soon, overdue, the next round of a recurring one.

Pure; run it as often as you like, the keys make each happening one per term. It never accuses while blind: a term
counts as over only when the sources have been read well since its last day (`seen_until`). What an event then changes
is `rules.life`; days without a promised term are ours and say so (``data["horizon"] == "ours"``).
"""

from datetime import date, datetime, timedelta

from rules.commitment import Commitment, Status
from rules.deadline import day_of
from rules.event import Event, EventKind, event_key
from rules.life import last_days, near, passed
from rules.policy import Policy
from sources.document import fold

# Words of a rhythm and its days; the longer words first, for "tweejaarlijks" holds "jaarlijks".
RHYTHMS = (
    ("tweejaarlijks", 730),
    ("twee jaar", 730),
    ("vierjaarlijks", 1461),
    ("vier jaar", 1461),
    ("vijfjaarlijks", 1826),
    ("vijf jaar", 1826),
    ("driejaarlijks", 1096),
    ("drie jaar", 1096),
    ("halfjaar", 182),
    ("half jaar", 182),
    ("tweemaal per jaar", 182),
    ("twee keer per jaar", 182),
    ("kwartaal", 91),
    ("tweemaandelijks", 61),
    ("maand", 30),
    ("week", 7),
    ("wekelijks", 7),
    ("jaar", 365),
)
YEARLY = 365


def review(
    commitment: Commitment, today: date, seen_until: date | None, policy: Policy, now: datetime
) -> tuple[Event, ...]:
    """The happenings that are due on `today`, an Amsterdam day; at most one of each kind per term.

    seen_until: the last day up to which the relevant sources were read well; None when they never were.
    """
    if not commitment.status.watched:
        return _next_round(commitment, today, now)
    found = []
    for day, own in last_days(commitment, policy).items():
        if near(day, today, policy):
            found.append(_term_event(EventKind.DUE_SOON, commitment, day, own, now))
        elif passed(day, today, policy, seen_until):
            found.append(_term_event(EventKind.OVERDUE, commitment, day, own, now))
    return tuple(found)


def rhythm(words: str) -> timedelta:
    """How long a round of a recurring promise lasts, by the words of its term; a year when they name no rhythm."""
    said = fold(words)
    return timedelta(days=next((days for word, days in RHYTHMS if word in said), YEARLY))


def _term_event(kind: EventKind, commitment: Commitment, day: date, own: tuple[str, ...], now: datetime) -> Event:
    """own: the steps whose own term ends on that day; none: it is the term of the promise, or our own day."""
    terms = [one.deadline for one in commitment.steps if one.step in own] if own else commitment.deadlines[-1:]
    deadline = next(iter(terms), None)
    promised = deadline is not None and deadline.latest is not None
    data = {"latest": day.isoformat(), "term": deadline.text if deadline else "", "steps": "|".join(own)}
    if not promised:
        data["horizon"] = "ours"
    return Event(
        key=event_key(commitment.id, kind, day.isoformat()),
        kind=kind,
        at=now,
        commitment=commitment.id,
        subject=day.isoformat(),
        data={name: value for name, value in data.items() if value},
    )


def _next_round(commitment: Commitment, today: date, now: datetime) -> tuple[Event, ...]:
    """A kept round of a recurring promise sets the next one, half a rhythm later: an echo of this round is not it."""
    deadline, kept_on = commitment.deadline, day_of(commitment.facts.get("status_on", ""))
    if commitment.status is not Status.FULFILLED or deadline is None or not deadline.recurring or kept_on is None:
        return ()
    length = rhythm(deadline.text)
    latest = _after(deadline.latest, length, kept_on)
    opens = (latest or kept_on + length) - length / 2
    if today <= kept_on or today < opens:
        return ()
    number = max(int(commitment.facts.get("round", "1")), *(one.round for one in commitment.steps[:1]), 1) + 1
    data = {"round": str(number), "term": deadline.text, "earliest": kept_on.isoformat()}
    if latest:
        data |= {"latest": latest.isoformat(), "earliest": ""}
    subject = f"{number}:{kept_on}"
    return (
        Event(
            key=event_key(commitment.id, EventKind.REOPENED, subject),
            kind=EventKind.REOPENED,
            at=now,
            commitment=commitment.id,
            subject=subject,
            data={name: value for name, value in data.items() if value},
        ),
    )


def _after(latest: date | None, length: timedelta, kept_on: date) -> date | None:
    """The next last day in the rhythm that lies after both the old one and the day of keeping."""
    if latest is None:
        return None
    following = same_day(latest, length)
    while following <= kept_on:
        following = same_day(following, length)
    return following


def same_day(day: date, length: timedelta) -> date:
    """`length` later; whole years keep their day and month ("1 maart" stays 1 March)."""
    years, rest = divmod(length.days, YEARLY)
    if years and rest <= years:
        return _in_year(day, day.year + years)
    return day + length


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year) if (day.month, day.day) != (2, 29) else date(year, 2, 28)
