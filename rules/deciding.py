"""What a person decides about a promise, as events: confirm, reject, fulfil, postpone, lapse, reopen, merge, undo, and
the steps that it expects.

Pure; each function only makes the event, `rules.life` says what it changes. Every decision names who took it and why.
Two decisions are two happenings, so their keys carry the time; the same decision sent twice at once is one.
"""

from collections.abc import Sequence
from datetime import date, datetime

from rules import steps
from rules.commitment import Commitment, Status, StepState
from rules.deadline import Deadline
from rules.event import MACHINE, Event, EventKind, event_key
from rules.life import apply

NAME_LIMIT, REASON_LIMIT, STEP_LIMIT = 200, 2000, 80
UNDONE_BY = {
    Status.FULFILLED: EventKind.FULFILLED,
    Status.LAPSED: EventKind.LAPSED,
    Status.SUPERSEDED: EventKind.SUPERSEDED,
    Status.REJECTED: EventKind.REJECTED,
    Status.MERGED: EventKind.MERGED,
}


class Undecidable(ValueError):
    """The decision does not fit the promise; the message says why in one plain line.

    why: the same as one word, for other languages: ``unknown open itself term undo name step``.
    """

    def __init__(self, message: str, why: str) -> None:
        super().__init__(message)
        self.why = why


def confirm(
    commitment: Commitment, *, by: str, reason: str = "", now: datetime, document: str = "", measurable: bool = True
) -> Event:
    """This is a promise; with `document`: this paper belongs to it. measurable: can a paper show its keeping?"""
    data = {} if measurable else {"status": Status.NOT_MEASURABLE.value}
    return _decision(EventKind.CONFIRMED, commitment, by, reason, now, document=document, data=data)


def reject(commitment: Commitment, *, by: str, reason: str = "", now: datetime, document: str = "") -> Event:
    """This is no promise; with `document`: this paper does not keep it, and is not proposed again."""
    return _decision(EventKind.REJECTED, commitment, by, reason, now, document=document)


def fulfil(
    commitment: Commitment,
    *,
    by: str,
    reason: str = "",
    now: datetime,
    document: str = "",
    published_on: date | None = None,
    partly: bool = False,
) -> Event:
    """The promise was kept, or part of it. published_on: the day of the keeping paper, for days late."""
    kind = EventKind.PARTLY if partly else EventKind.FULFILLED
    data = {"published_on": published_on.isoformat()} if published_on else {}
    return _decision(kind, commitment, by, reason, now, document=document, data=data)


def postpone(
    commitment: Commitment,
    *,
    by: str,
    reason: str = "",
    now: datetime,
    until: Deadline | date,
    document: str = "",
) -> Event:
    """A new term. Raises Undecidable when its last day lies before the promise was made."""
    term = until if isinstance(until, Deadline) else Deadline(text="", earliest=None, latest=until)
    if commitment.made_on and term.latest and term.latest < commitment.made_on:
        raise Undecidable(f"the new term {term.latest} ends before the promise was made ({commitment.made_on})", "term")
    days = {"earliest": term.earliest, "latest": term.latest}
    data = {name: day.isoformat() for name, day in days.items() if day}
    if term.text:
        data["term"] = term.text
    if isinstance(until, Deadline):
        data["precision"] = term.precision.value
    return _decision(EventKind.POSTPONED, commitment, by, reason, now, document=document, data=data)


def lapse(commitment: Commitment, *, by: str, reason: str = "", now: datetime) -> Event:
    """The promise no longer applies."""
    return _decision(EventKind.LAPSED, commitment, by, reason, now)


def supersede(commitment: Commitment, *, by: str, reason: str = "", now: datetime, into: str = "") -> Event:
    """Another promise takes its place. Raises Undecidable when that is the promise itself."""
    return _decision(EventKind.SUPERSEDED, commitment, by, reason, now, data=_into(commitment, into) if into else {})


def reopen(commitment: Commitment, *, by: str, reason: str = "", now: datetime) -> Event:
    """We look for its keeping again. Raises Undecidable when it is open already."""
    if commitment.status is Status.OPEN:
        raise Undecidable("the promise is open already", "open")
    return _decision(EventKind.REOPENED, commitment, by, reason, now)


def merge(commitment: Commitment, *, by: str, reason: str = "", now: datetime, into: str) -> Event:
    """The same promise as `into`, which it lives on under. Raises Undecidable when that is the promise itself."""
    return _decision(EventKind.MERGED, commitment, by, reason, now, data=_into(commitment, into))


def step(
    commitment: Commitment,
    *,
    name: str,
    do: str,
    by: str,
    reason: str = "",
    now: datetime,
    document: str = "",
    published_on: date | None = None,
    until: Deadline | date | None = None,
) -> Event:
    """A step of the promise is added, dropped, met or open again (do: one of `rules.steps.DONE`).

    document, published_on: the paper that met it, and its day. until: the last day of an added step. Raises
    Undecidable when there is no such step, or when one that is added is asked for already.
    """
    known = next((one for one in commitment.steps if one.step == (called := step_name(name))), None)
    last = until.latest if isinstance(until, Deadline) else until
    if do == steps.ADD:
        if not called:
            raise Undecidable("an added step needs a name", "step")
        if known and known.counts and known.state is StepState.OPEN and last is None:
            raise Undecidable(f"the step {called!r} is expected already", "step")
    elif known is None:
        raise Undecidable(f"the promise expects no step {called!r}", "step")
    if last and commitment.made_on and last < commitment.made_on:
        raise Undecidable(f"the term {last} ends before the promise was made ({commitment.made_on})", "term")
    paper, on = (document, published_on) if do == steps.MET else ("", None)
    days = {"latest": last, "published_on": on}
    data = {"step": called, "do": do} | {key: day.isoformat() for key, day in days.items() if day}
    return _decision(EventKind.STEP, commitment, by, reason, now, document=paper, about=f"{do}:{called}", data=data)


def step_name(name: str) -> str:
    """A step as it is kept: a name that we know, or plain words on one line."""
    return " ".join(name.replace("|", " ").split())[:STEP_LIMIT]


def undo(first: Commitment, events: Sequence[Event], *, by: str, reason: str = "", now: datetime) -> Event:
    """Takes the last decision by a person back: status and steps are as they were before.

    first: the promise as it was first stored; events: its whole history, oldest first. What was decided about an
    earlier round stands. Raises Undecidable when no person decided anything that changed the status or a step.
    """
    present = first
    decided: tuple[Commitment, Commitment] | None = None
    for event in events:
        after = apply(present, event)
        if event.kind is EventKind.REOPENED and "round" in event.data:
            decided = None
        elif event.by != MACHINE and _differs(present, after):
            decided = (present, after)
        present = after
    if decided is None or not _differs(decided[0], present):
        raise Undecidable("there is no decision by a person to take back", "undo")
    before, after = decided
    kept = {"into": "into", "decision": "decision", "published_on": "status_on"}
    data = {name: before.facts[fact] for name, fact in kept.items() if before.facts.get(fact)}
    data |= {"status": before.status.value, "undone": "true", "decided_by": before.decided_by}
    if before.expectations != after.expectations:
        data["expectations"] = steps.packed(steps.taken_back(before, after, present))
    kind = UNDONE_BY.get(before.status, EventKind.REOPENED) if before.status is not present.status else EventKind.STEP
    document = before.facts.get("status_paper", "") if kind is EventKind.FULFILLED else ""
    return _decision(kind, present, by, reason, now, document=document, data=data)


def _differs(one: Commitment, other: Commitment) -> bool:
    return one.status is not other.status or one.expectations != other.expectations


def _into(commitment: Commitment, into: str) -> dict[str, str]:
    if into == commitment.id:
        raise Undecidable("a promise cannot be put into itself", "itself")
    return {"into": into}


def _decision(
    kind: EventKind,
    commitment: Commitment,
    by: str,
    reason: str,
    now: datetime,
    *,
    document: str = "",
    about: str = "",
    data: dict[str, str] | None = None,
) -> Event:
    name = " ".join(by.split())[:NAME_LIMIT]
    if not name or name.casefold() == MACHINE:
        raise Undecidable("a decision needs the name of the person who takes it", "name")
    if now.tzinfo is None:
        raise ValueError("now must be an aware moment")
    moment = now.isoformat(timespec="seconds")
    what = "|".join(part for part in (about, document) if part)
    subject = f"{what}@{moment}" if what else moment
    return Event(
        key=event_key(commitment.id, kind, subject),
        kind=kind,
        at=now,
        commitment=commitment.id,
        subject=subject,
        document=document,
        by=name,
        note=reason.strip()[:REASON_LIMIT],
        data=data or {},
    )
