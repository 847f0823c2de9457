"""Letters in: a letter is read, its promises are found and kept, and what was published since is judged against them.

Used by `nakoming add`, by the seeds of the first start and by the sources whose letters the settings want read. Not
inside: what a promise is (`rules.extraction`) and what a letter looks like (`sources.readers`).
"""

import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from importlib.resources import files
from typing import Any

from monitor.house import House
from monitor.judgement import judge_seen
from monitor.settings import SettingsError
from monitor.store import Session, commitments, documents, events
from notifications.dates import local_day
from rules.commitment import Commitment
from rules.event import Event, EventKind, event_key
from rules.extraction import extract
from rules.index import Index
from rules.judging import judge
from rules.life import tempered
from rules.tracking import restating, track
from sources.document import Document, Kind, Letter
from sources.readers import as_document, read_letter

REGISTER_FACT = "register_key"
PROMISING = (Kind.LETTER, Kind.ANSWER, Kind.POSTPONEMENT)  # the kinds of paper in which promises are looked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What became of one promise that was read. how: ``made``, ``restated`` or ``known``."""

    commitment: str
    how: str


def add(house: House, letter: Letter, document: Document, now: datetime) -> tuple[Kept, ...]:
    """Keep a letter, what it means for known promises and what it promises itself, all in one transaction.

    Then the documents that were published since are judged against its own promises.
    """
    with house.writing, house.store.write() as session:
        seen = documents.see(session, documents.Arrival(document=document), now)
        if seen.changed:
            judge_seen(house, session, seen, now)
        kept = _keep_found(house, session, letter, seen.judged, now)
    look_back(house, [k.commitment for k in kept if k.how == "made"], now)
    return kept


def read_into(house: House, session: Session, document: Document, now: datetime) -> tuple[Kept, ...]:
    """The promises in a letter that a source published, in the transaction in which it is judged."""
    if document.kind not in PROMISING or not document.text or document.withdrawn:
        return ()
    letter = read_letter(
        document.text.encode(),
        name=f"{document.title or 'letter'}.txt",
        content_type="text/plain; charset=utf-8",
        url=document.url,
        written_on=document.published_on,
        sender=document.office,
        today=local_day(now),
    )
    return _keep_found(house, session, letter, document, now)


def _keep_found(house: House, session: Session, letter: Letter, document: Document, now: datetime) -> tuple[Kept, ...]:
    found = extract(letter, house.calendar)
    return tuple(keep_promise(session, track(f, letter, document, house.policy, house.calendar), now) for f in found)


def keep_promise(session: Session, commitment: Commitment, now: datetime, *, old_news: bool = False) -> Kept:
    """Keep a promise that was read: a new one is *made*, one in another letter *restated*, else nothing happens.

    old_news: nobody is sent a message that it was made.
    """
    place = commitment.places[0]
    known = commitments.get(session, commitment.id)
    if known is None and REGISTER_FACT not in commitment.facts:  # a row of a register has a number of its own
        known = commitments.same_promise(session, commitment)
    if known is None:
        commitments.insert(session, commitment, now)
        key = event_key(commitment.id, EventKind.MADE, place.document)
        data = {"confidence": f"{commitment.confidence:.2f}"}
        made = Event(key=key, kind=EventKind.MADE, at=now, commitment=commitment.id, subject=place.document,
                     document=place.document, data=data)  # fmt: skip
        events.record(session, events.quiet(made) if old_news else made, now)
        return Kept(commitment=commitment.id, how="made")
    if any(held.document == place.document for held in known.places):
        return Kept(commitment=known.id, how="known")
    for event in restating(known, commitment, now):
        events.record(session, tempered(known, event), now)
    return Kept(commitment=known.id, how="restated")


def look_back(house: House, ids: list[str], now: datetime) -> int:
    """Judge the stored documents that are younger than these promises. How many events followed."""
    with house.store.read() as session:
        held = {id_: found for id_ in ids if (found := commitments.get(session, id_))}
        since = min((c.made_on for c in held.values() if c.made_on), default=None)
        index = Index()
        for commitment in held.values():
            index.add(commitment)
        younger = documents.published_since(session, since) if held else ()
        follow = [e for document, paper in younger for e in _judged(house, index, held, document, paper, now)]
    with house.writing, house.store.write() as session:
        return sum(events.record(session, _now_tempered(session, event), now) for event in follow)


def _judged(
    house: House, index: Index, held: dict[str, Commitment], document: Document, paper: str, now: datetime
) -> tuple[Event, ...]:
    if document.kind is Kind.REGISTER:
        return ()
    named = replace(document, key=paper)
    return judge(index.matches(named, least=house.policy.least), named, held, house.policy, now)


def _now_tempered(session: Session, event: Event) -> Event:
    commitment = commitments.get(session, event.commitment)
    return tempered(commitment, event) if commitment else event


def load_seeds(house: House, now: datetime) -> tuple[Kept, ...]:
    """The letters of ``seeds/letters.toml``, where no promise is kept yet. Raises SettingsError for a wrong entry."""
    with house.store.read() as session:
        if commitments.count(session):
            return ()
    table = tomllib.loads((files("seeds") / "letters.toml").read_text(encoding="utf-8"))
    return tuple(kept for entry in table.get("letter", []) for kept in _seed(house, entry, now))


def _seed(house: House, entry: dict[str, Any], now: datetime) -> tuple[Kept, ...]:
    try:
        letter, document = seed_letter(entry)
    except (KeyError, OSError) as error:
        raise SettingsError(f"seeds/letters.toml: {error!r}") from None
    return add(house, letter, document, now)


def seed_letter(entry: dict[str, Any]) -> tuple[Letter, Document]:
    """A letter of the seeds with what its entry says of it, as a letter and as a document."""
    data = (files("seeds") / entry["file"]).read_bytes()
    written: date = entry["date"]
    letter = read_letter(data, name=entry["file"], url=entry["url"], written_on=written, sender=entry["sender"])
    letter = replace(
        letter,
        title=entry["title"],
        sender_person=entry.get("person", "") or letter.sender_person,
        addressee=entry.get("addressee", "") or letter.addressee,
        identifiers=tuple(entry["identifiers"]),
        questions=tuple(entry["questions"]),
    )
    return letter, as_document(letter, key=entry["key"], source="letter", url=entry["url"])
