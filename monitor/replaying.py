"""`replay`: judge the stored documents again with the present rules and thresholds, and show what would be new.

Nothing is written unless that is asked for. What the history holds already is not repeated: the keys are the same. A
document that was set aside because it could not be judged comes in by this way when the fault is mended.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from monitor.house import House
from monitor.store import Session, documents, events
from rules.event import Event
from rules.judging import judge
from rules.life import tempered
from sources.document import Kind


def differences(house: House, first: date | None, last: date | None, now: datetime) -> tuple[Event, ...]:
    """The events that would follow and that the history lacks, in order of publication of their documents."""
    with house.writing, house.store.read() as session:
        house.watch.refresh(session)
        return tuple(_new(house, session, first, last, now))


def _new(house: House, session: Session, first: date | None, last: date | None, now: datetime) -> Iterator[Event]:
    held = house.watch.commitments
    for document, paper in documents.published_since(session, first, last):
        if document.kind is Kind.REGISTER or document.withdrawn:
            continue
        named = replace(document, key=paper)
        for event in judge(house.watch.matches(named, house.policy), named, held, house.policy, now):
            said = tempered(held[event.commitment], event) if event.commitment in held else event
            if not events.known(session, said.key):
                yield said


def write(house: House, found: tuple[Event, ...], now: datetime) -> int:
    """Append them. How many were new."""
    with house.writing, house.store.write() as session:
        return sum(events.record(session, event, now) for event in found)
