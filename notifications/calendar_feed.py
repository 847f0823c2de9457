"""The terms of promises as a calendar (iCalendar, RFC 5545): one all-day event on the last day of each term.

Pure: nouns in, bytes out. A promise keeps its event for ever: a new term moves it, a kept or lapsed promise cancels
it. Terms that are ours and not the minister's are not here, nor are words to which no day belongs.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from notifications.cleaning import clean, cut_sentences, one_line
from notifications.telling import state_words, term_words
from notifications.words import Language, label
from rules.commitment import Commitment, Status

CALENDAR_TYPE = "text/calendar; charset=utf-8"
SUMMARY_LIMIT = 120
QUOTE_LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A promise for the calendar. revision: grows with every change, as the number of its events does.

    changed_at: aware time of the last of them. address: the page of the promise.
    """

    commitment: Commitment
    address: str
    revision: int = 0
    changed_at: datetime


def ics(terms: Iterable[Term], *, title: str, language: Language, refresh: timedelta = timedelta(hours=6)) -> bytes:
    """A calendar of the terms that have a last day, earliest first; the same bytes for the same terms."""
    calendar = Calendar()
    calendar.add("prodid", "-//Nakoming//Termijnen//NL")
    calendar.add("version", "2.0")
    calendar.add("name", one_line(title))  # RFC 7986
    calendar.add("x-wr-calname", one_line(title))
    calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", refresh)
    dated = [(day, term) for term in terms if (day := _last_day(term))]
    for day, term in sorted(dated, key=lambda pair: (pair[0], pair[1].commitment.id)):
        calendar.add_component(_event(term, day, language))
    return bytes(calendar.to_ical())


def term_uid(commitment: str) -> str:
    """The permanent UID of a promise's term (a UUID, as RFC 7986 section 5.3 advises)."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"nakoming:{commitment}:term"))


def _last_day(term: Term) -> date | None:
    deadline = term.commitment.deadline
    return deadline.latest if deadline and term.commitment.status is not Status.PROPOSED else None


def _event(term: Term, day: date, language: Language) -> Event:
    commitment = term.commitment
    event = Event()
    event.add("uid", term_uid(commitment.id))
    event.add("dtstamp", term.changed_at.astimezone(UTC))
    event.add("last-modified", term.changed_at.astimezone(UTC))
    event.add("sequence", term.revision)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # the end is not part of it
    event.add("summary", one_line(f"{label('term', language)}: {commitment.quote or commitment.action}", SUMMARY_LIMIT))
    event.add("description", _description(term, language))
    event.add("url", term.address)
    event.add("status", "CONFIRMED" if commitment.status.watched else "CANCELLED")
    event.add("transp", "TRANSPARENT")
    if commitment.ministry:
        event.add("categories", [one_line(commitment.ministry)])
    return event


def _description(term: Term, language: Language) -> str:
    commitment = term.commitment
    office = one_line(commitment.actor.office or commitment.ministry)
    lines = [
        f"“{cut_sentences(clean(commitment.quote), QUOTE_LIMIT)}”",
        f"{label('who', language)}: {office}" if office else "",
        f"{label('term', language)}: {term_words(commitment.deadline, language)}",
        f"{label('state', language)}: {state_words(commitment, language)}",
        f"{label('look', language)}: {term.address}",
    ]
    return "\n".join(line for line in lines if line)
