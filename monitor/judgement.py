"""Judging one document against the promises that are watched, in the transaction in which it is kept.

Shared by the walk of a document (`monitor.cycle`) and by letters that people add (`monitor.letters`). What a match
means is `rules.judging`; what a machine may decide is `rules.life`.
"""

from dataclasses import replace
from datetime import datetime

from monitor.house import House
from monitor.store import Session, events
from monitor.store.documents import Seen
from notifications.comparing import summary
from rules.event import Event
from rules.judging import judge
from rules.life import tempered

CHANGE_LENGTH = 600  # characters about what changed in a paper, in one event


def judge_seen(house: House, session: Session, seen: Seen, now: datetime) -> int:
    """Record what follows from a document that is new or changed. How many events. The caller holds `house.writing`."""
    house.watch.refresh(session)
    held, document = house.watch.commitments, seen.judged
    found = judge(house.watch.matches(document, house.policy), document, held, house.policy, now)
    said = [tempered(held[event.commitment], event) if event.commitment in held else event for event in found]
    return sum(events.record(session, _with_change(event, seen), now) for event in said)


def _with_change(event: Event, seen: Seen) -> Event:
    """The event with what changed in the paper, where it was known before in another form."""
    if not seen.before or seen.before == seen.document.text:
        return event
    changed = summary(seen.before, seen.document.text, CHANGE_LENGTH)
    return replace(event, data={**event.data, "changed": changed}) if changed else event
