"""`Subscription`: who wants to hear what, where, when and in which language; `wants` and `due_at` decide it.

Pure: `now` is an argument, an aware moment; hours are hours of the day in Amsterdam. Storing, confirming by mail and
the links to change or end a subscription are the monitor's.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

from notifications.dates import AMSTERDAM
from notifications.happening import Happening
from notifications.words import Language
from rules.commitment import Commitment, Status
from rules.event import EventKind
from sources.document import fold
from sources.references import dossier_of

SATURDAY = 5


class Way(StrEnum):
    """How to reach a subscriber: an e-mail address, an Apprise URL, or an address that takes signed JSON."""

    MAIL = "mail"
    APPRISE = "apprise"
    WEBHOOK = "webhook"


class Rhythm(StrEnum):
    IMMEDIATE = "immediate"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is wanted. Empty fields ask nothing; every filled field must agree; within a field one is enough.

    commitments: ids. ministries, office_holders (an office or a person): parts of the name as written.
    dossiers: ``32761`` or ``dossier:32761``. letters: document keys or identifiers of the letter that promised.
    words: words or phrases in the promise or the paper; ``privacy*`` also finds "privacywet".
    kinds: kinds of event. members, parties: who it was promised to.
    proposed: also what still waits for a person's check. sources: also news of sources that (can) not be read.
    """

    commitments: tuple[str, ...] = ()
    ministries: tuple[str, ...] = ()
    office_holders: tuple[str, ...] = ()
    dossiers: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    members: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    proposed: bool = False
    sources: bool = False


EVERYTHING = Filter(proposed=True, sources=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """address: an e-mail address, Apprise URL or web address; it can hold a secret, so it is never in the repr.

    hour: of a daily or weekly digest; weekday: of a weekly one, 0 is Monday. quiet: from hour, until hour, when nothing
    immediate is sent (``(22, 7)`` runs over midnight). working_days: nothing at weekends and on public holidays.
    full: the whole story, else one line with a link. note: why the subscriber wanted this, echoed in each message.
    paused_until: nothing is sent before it; what happened meanwhile comes then. secret: signs a webhook.
    said_nothing_at: when we told that nothing fits this subscription, which is said once. links_sent_on: the last day
    on which its links were asked for, which is answered once a day.
    """

    id: str
    way: Way
    address: str = field(repr=False)
    filter: Filter = Filter()
    rhythm: Rhythm = Rhythm.IMMEDIATE
    hour: int = 8
    weekday: int = 0
    quiet: tuple[int, int] | None = None
    working_days: bool = False
    language: Language = Language.NL
    full: bool = True
    note: str = ""
    paused_until: datetime | None = None
    secret: str = field(default="", repr=False)
    said_nothing_at: datetime | None = None
    links_sent_on: date | None = None


def of_channel(url: str, language: Language) -> Subscription:
    """The subscription of an Apprise URL from the settings: told everything, at once. Its id follows from the URL."""
    return Subscription(
        id=f"channel-{hashlib.sha256(url.encode()).hexdigest()[:12]}",
        way=Way.APPRISE,
        address=url,
        filter=EVERYTHING,
        language=language,
        note="",
    )


def wants(subscription: Subscription, happening: Happening) -> bool:
    """Whether this subscriber asked to be told this. Says nothing about when."""
    wanted, commitment = subscription.filter, happening.commitment
    if wanted.kinds and happening.event.kind not in wanted.kinds:
        return False
    if commitment is None:
        return wanted.sources or happening.event.kind in wanted.kinds
    if commitment.status is Status.PROPOSED and not wanted.proposed:
        return False
    return all(
        [
            not wanted.commitments or commitment.id in wanted.commitments,
            _part(wanted.ministries, [commitment.ministry]),
            _part(wanted.office_holders, [commitment.actor.office, commitment.actor.person]),
            _part(wanted.members, [commitment.addressee, commitment.facts.get("member", "")]),
            _part(wanted.parties, [commitment.addressee, commitment.facts.get("party", "")]),
            not wanted.dossiers or bool(_dossiers(wanted.dossiers) & _own_dossiers(happening, commitment)),
            not wanted.letters or bool(set(wanted.letters) & _letters(commitment)),
            not wanted.words or _speaks_of(wanted.words, happening, commitment),
        ]
    )


def due_at(subscription: Subscription, now: datetime) -> datetime:
    """When what happens at `now` is to be told, aware UTC: the next digest, or at once outside quiet hours and pauses.

    A digest is never at `now` itself but at the first hour after it. Raises ValueError for a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError("now must be an aware moment")
    start = max(now, subscription.paused_until or now).astimezone(AMSTERDAM)
    if subscription.rhythm is Rhythm.IMMEDIATE:
        due = _after_quiet(subscription, start)
    else:
        due = _next_digest(subscription, start)
    return due.astimezone(UTC)


def _next_digest(subscription: Subscription, start: datetime) -> datetime:
    day = start.date()
    while not _digest_day(subscription, day) or _at(day, subscription.hour) <= start:
        day += timedelta(days=1)
    while subscription.working_days and not working_day(day):
        day += timedelta(days=1)
    return _at(day, subscription.hour)


def _digest_day(subscription: Subscription, day: date) -> bool:
    return subscription.rhythm is Rhythm.DAILY or day.weekday() == subscription.weekday


def _after_quiet(subscription: Subscription, start: datetime) -> datetime:
    due = start
    for _ in range(2):  # the end of a quiet night can lie on a holiday, the day after that begins with quiet hours
        if subscription.working_days and not working_day(due.date()):
            due = _at(_next_working_day(due.date()), 0)
        if subscription.quiet:
            due = _end_of_quiet(due, *subscription.quiet)
    return due


def _end_of_quiet(moment: datetime, begins: int, ends: int) -> datetime:
    over_midnight = begins > ends
    quiet = (moment.hour >= begins or moment.hour < ends) if over_midnight else begins <= moment.hour < ends
    if not quiet:
        return moment
    tomorrow = over_midnight and moment.hour >= begins
    return _at(moment.date() + timedelta(days=1 if tomorrow else 0), ends)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), AMSTERDAM)


def working_day(day: date) -> bool:
    """Monday to Friday and no public holiday in the Netherlands."""
    return day.weekday() < SATURDAY and day not in _public_holidays(day.year)


def _next_working_day(day: date) -> date:
    while not working_day(day):
        day += timedelta(days=1)
    return day


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("NL", years=year))


def _part(wanted: Iterable[str], names: Iterable[str]) -> bool:
    """True when nothing is wanted, or one wanted name is part of one of the names (as whole words)."""
    asked = [w for w in wanted if w.strip()]
    return not asked or any(_phrase(w).search(fold(name)) for w in asked for name in names if name)


@lru_cache(maxsize=4096)
def _phrase(words: str) -> re.Pattern[str]:
    """Whole words, spaces as in the text, a star for any ending."""
    pattern = r"\s+".join(re.escape(word).replace(r"\*", r"\w*") for word in fold(words).split())
    return re.compile(rf"(?<!\w){pattern}(?!\w)")


def _dossiers(written: Iterable[str]) -> set[str]:
    bare = (re.sub(r"[\s.]", "", text.removeprefix("dossier:")) for text in written)
    return {f"dossier:{number}" for number in bare if number}


def _own_dossiers(happening: Happening, commitment: Commitment) -> set[str]:
    document = happening.document
    papers = [*commitment.own, *commitment.references]
    papers += [*document.identifiers, *document.references] if document else []
    stated = [facts.get("dossier", "") for facts in (commitment.facts, document.facts if document else {})]
    named = {paper if paper.startswith("dossier:") else dossier_of(paper) for paper in papers}
    return (named | _dossiers(number for text in stated for number in text.split("|"))) - {""}


def _letters(commitment: Commitment) -> set[str]:
    return {*commitment.own, *(place.document for place in commitment.places)}


def _speaks_of(wanted: Iterable[str], happening: Happening, commitment: Commitment) -> bool:
    document = happening.document
    texts = [commitment.quote, commitment.action, commitment.context, document.title if document else ""]
    return _part(wanted, texts)
