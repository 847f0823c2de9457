"""Carrying out what a person decides: one decision, one transaction, with what follows from it for other promises.

The decisions themselves are `rules.deciding`; who may decide is the command line's and the web's business.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import partial

from monitor.house import House
from monitor.store import Session, commitments, documents, events
from rules import deciding, steps
from rules.commitment import Commitment, Place
from rules.deadline import Deadline
from rules.deciding import Undecidable
from rules.event import Event, EventKind, event_key


class Choice(StrEnum):
    """What can be decided about a promise, or about a paper that may belong to it."""

    CONFIRM = "confirm"
    REJECT = "reject"
    FULFIL = "fulfil"
    PARTLY = "partly"
    POSTPONE = "postpone"
    LAPSE = "lapse"
    NOT_MEASURABLE = "not_measurable"
    SUPERSEDE = "supersede"
    MERGE = "merge"
    REOPEN = "reopen"
    UNDO = "undo"
    STEP_ADD = "step_add"
    STEP_DROP = "step_drop"
    STEP_MET = "step_met"
    STEP_OPEN = "step_open"


def decide(
    house: House,
    id_: str,
    choice: Choice,
    *,
    by: str,
    reason: str = "",
    now: datetime,
    document: str = "",
    until: Deadline | date | None = None,
    into: str = "",
    step: str = "",
) -> Event:
    """Record a decision and all that follows. Raises Undecidable with one plain line; then nothing has changed.

    document: the paper that the decision is about. until: the new term. into: the promise that this one lives on in.
    step: the name of the step that it is about.
    """
    with house.writing, house.store.write() as session:
        commitment = commitments.get(session, id_)
        if commitment is None:
            raise Undecidable(f"there is no promise {id_!r}", "unknown")
        ask = Question(session, commitment, document, until, into, step)
        event = MAKERS[choice](ask)(by=by, reason=reason, now=now)
        if events.record(session, event, now) and choice is Choice.MERGE:
            for place in commitment.places:
                events.record(session, _moved(commitment, place, into, now, event.by), now)
        return event


@dataclass(frozen=True, slots=True)
class Question:
    """What a decision is about, and the transaction in which it is taken."""

    session: Session
    commitment: Commitment
    document: str
    until: Deadline | date | None
    into: str
    step: str


Decided = Callable[..., Event]


def _about_paper(decision: Decided, ask: Question) -> Decided:
    return partial(decision, ask.commitment, document=ask.document)


def _kept(ask: Question, *, partly: bool) -> Decided:
    return partial(deciding.fulfil, ask.commitment, document=ask.document, published_on=_shown_on(ask), partly=partly)


def _stepped(ask: Question, *, do: str) -> Decided:
    on = _shown_on(ask)
    about = partial(deciding.step, ask.commitment, name=ask.step, do=do, until=ask.until)
    return partial(about, document=ask.document, published_on=on)


def _shown_on(ask: Question) -> date | None:
    """The day of the paper. Raises Undecidable when we do not have it."""
    paper = documents.get(ask.session, ask.document) if ask.document else None
    if ask.document and paper is None:
        raise Undecidable(f"there is no paper {ask.document!r}", "unknown")
    return paper.published_on if paper else None


def _postponed(ask: Question) -> Decided:
    if ask.until is None:
        raise Undecidable("a postponement needs the new last day", "term")
    return partial(deciding.postpone, ask.commitment, until=ask.until, document=ask.document)


def _moved_into(decision: Decided, ask: Question) -> Decided:
    if commitments.get(ask.session, ask.into) is None:
        raise Undecidable(f"there is no promise {ask.into!r}", "unknown")
    if commitments.merged_into(ask.session, ask.into) == ask.commitment.id:
        raise Undecidable(f"{ask.into} lives on in this promise already", "itself")
    return partial(decision, ask.commitment, into=ask.into)


def _superseded(ask: Question) -> Decided:
    return _moved_into(deciding.supersede, ask) if ask.into else partial(deciding.supersede, ask.commitment)


def _undone(ask: Question) -> Decided:
    id_ = ask.commitment.id
    first = commitments.first_form(ask.session, id_) or ask.commitment
    return partial(deciding.undo, first, events.history(ask.session, id_))


MAKERS: dict[Choice, Callable[[Question], Decided]] = {
    Choice.CONFIRM: partial(_about_paper, deciding.confirm),
    Choice.REJECT: partial(_about_paper, deciding.reject),
    Choice.FULFIL: partial(_kept, partly=False),
    Choice.PARTLY: partial(_kept, partly=True),
    Choice.POSTPONE: _postponed,
    Choice.LAPSE: lambda ask: partial(deciding.lapse, ask.commitment),
    Choice.NOT_MEASURABLE: lambda ask: partial(deciding.confirm, ask.commitment, measurable=False),
    Choice.SUPERSEDE: _superseded,
    Choice.MERGE: partial(_moved_into, deciding.merge),
    Choice.REOPEN: lambda ask: partial(deciding.reopen, ask.commitment),
    Choice.UNDO: _undone,
    Choice.STEP_ADD: partial(_stepped, do=steps.ADD),
    Choice.STEP_DROP: partial(_stepped, do=steps.DROP),
    Choice.STEP_MET: partial(_stepped, do=steps.MET),
    Choice.STEP_OPEN: partial(_stepped, do=steps.OPEN),
}


def _moved(commitment: Commitment, place: Place, into: str, now: datetime, by: str) -> Event:
    """A place of a merged promise, told to the one that it lives on in."""
    data = {
        "url": place.url,
        "title": place.title,
        "start": str(place.start),
        "end": str(place.end),
        "own": "|".join(commitment.own),
        "references": "|".join(commitment.references),
    }
    subject = f"{commitment.id}:{place.document}"
    return Event(
        key=event_key(into, EventKind.RESTATED, subject),
        kind=EventKind.RESTATED,
        at=now,
        commitment=into,
        subject=subject,
        document=place.document,
        by=by,
        data={name: value for name, value in data.items() if value},
    )
