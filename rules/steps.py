"""What happens to the steps that a promise expects: a paper takes one or may have, a person adds, drops or marks one, a
new round begins. Each function gives the promise as it is afterwards.

Pure, and only about `Commitment.expectations`: what the steps mean for the status is `rules.life`, which steps a
promise expects `rules.expecting`. What a person set, a machine leaves alone.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from functools import cache
from typing import Any

from rules.commitment import Commitment, Expectation, Status, StepState
from rules.deadline import Deadline, Precision, day_of
from rules.event import MACHINE, Event, EventKind
from rules.vocabulary import data

SURE = 0.7  # chance from which on a paper takes a step that was not promised; below it may have
REPORT, OFFERING, REACTION, KEEPING = "report", "offering", "reaction", "keeping"
NAMES = (REPORT, OFFERING, REACTION, KEEPING)
ADDED = "person"  # `Expectation.rule` of a step that a person added
ADD, DROP, MET, OPEN = "add", "drop", "met", "open"  # ``data["do"]`` of what a person decides about a step
DONE = (ADD, DROP, MET, OPEN)
NO_STEP = ("postponed", "progress")  # verdicts on papers that take no step

Change = Callable[[Expectation], Expectation]


@cache
def with_included(step: str) -> tuple[str, ...]:
    """The step and those that are taken together with it; nothing for no step."""
    return (*data("steps")["includes"].get(step, ()), step) if step else ()


def asked(commitment: Commitment) -> tuple[Expectation, ...]:
    """The steps of this round that are still open and without which the promise is not kept."""
    return tuple(one for one in commitment.steps if one.counts and one.state is StepState.OPEN)


def how_far(commitment: Commitment) -> Status | None:
    """What the steps of this round say: kept, partly kept or open; None when no step is needed."""
    counting = [one for one in commitment.steps if one.counts]
    if not counting:
        return None
    met = sum(one.state is StepState.MET for one in counting)
    return Status.FULFILLED if met == len(counting) else Status.PARTLY if met else Status.OPEN


def how_much(commitment: Commitment, takes: Iterable[str]) -> EventKind:
    """What a paper that takes these steps makes of the promise: kept, partly kept, or something for a person."""
    names, still = set(takes), asked(commitment)
    left = [one for one in still if one.locked or one.step not in names]
    if len(left) == len(still):
        return EventKind.FOLLOW_UP
    return EventKind.PARTLY if left else EventKind.FULFILLED


def names_in(commitment: Commitment, event: Event) -> tuple[str, ...]:
    """The steps that an event is about: those that it names, else all that are needed."""
    if event.data.get("steps"):
        return tuple(event.data["steps"].split("|"))
    step = "" if event.kind is EventKind.FULFILLED else event.data.get("step", "")
    return with_included(step) or tuple(one.step for one in commitment.steps if one.counts)


# --- by papers ---------------------------------------------------------------------------------------------------


def taken_by(commitment: Commitment, event: Event) -> Commitment:
    """After *fulfilled* or *partly*."""
    if event.kind is EventKind.PARTLY and "step" not in event.data and "steps" not in event.data:
        return _part(commitment, event)
    names = names_in(commitment, event)
    if event.kind is EventKind.FULFILLED:
        names = (*names, *with_included(event.data.get("step", "")))
    return _each(commitment, event, lambda one: _met(one, event) if one.step in names else one)


def _part(commitment: Commitment, event: Event) -> Commitment:
    """A part that names no step: what the paper was proposed for, unless that is everything; then nothing is whole."""

    def took(one: Expectation) -> Expectation:
        return _met(one, event) if event.document and event.document in one.papers else one

    def undone(one: Expectation) -> Expectation:
        whole = one.needed and one.state is StepState.MET and one.document == event.document
        return _maybe(_opened(one, event), event.document) if whole else one

    still = asked(commitment)
    other = [one for one in still if event.document not in one.papers]
    return _each(commitment, event, took if other else undone)


def proposed_by(commitment: Commitment, event: Event) -> Commitment:
    """After a possible follow-up: it may have taken its step. A step that only usually follows is taken when sure."""
    if not event.document or event.data.get("verdict") in NO_STEP:
        return commitment
    names = names_in(commitment, event)
    sure = event.score is not None and event.score >= SURE

    def change(one: Expectation) -> Expectation:
        if one.step not in names:
            return one
        return _met(one, event) if sure and not one.needed else _maybe(one, event.document)

    return _each(commitment, event, change)


def confirmed_by(commitment: Commitment, event: Event) -> Commitment:
    """A person said that the paper belongs to the promise: it took its usual steps, but keeps nothing by itself."""

    def change(one: Expectation) -> Expectation:
        if one.state is StepState.MET and one.document == event.document:
            return replace(one, by=event.by, note=event.note, locked=True)
        if event.document not in one.papers or one.state is not StepState.OPEN:
            return one
        return _without(one, event.document) if one.needed else _met(one, event)

    return _each(commitment, event, change)


def rejected_by(commitment: Commitment, event: Event) -> Commitment:
    """A person turned the paper down: the steps that it took are open again."""

    def change(one: Expectation) -> Expectation:
        bare = _without(one, event.document)
        return _opened(bare, event) if one.state is StepState.MET and one.document == event.document else bare

    return _each(commitment, event, change)


def reopened(commitment: Commitment, event: Event) -> Commitment:
    """The promise is looked after again: what was needed and met is open."""
    return _each(
        commitment, event, lambda one: _opened(one, event) if one.needed and one.state is StepState.MET else one
    )


# --- by the calendar ---------------------------------------------------------------------------------------------


def next_round(commitment: Commitment, number: int, before: Deadline | None, term: Deadline) -> Commitment:
    """The same steps once more, all open, with the term of the new round. Nothing when that round is there already.

    before: the term of the round that ends; its steps keep it.
    """
    steps = commitment.steps
    if not steps or number <= steps[0].round:
        return commitment
    ended = _now(commitment, lambda one: replace(one, deadline=one.deadline or before))
    fresh = (
        Expectation(step=one.step, needed=one.needed, round=number, rule=one.rule, words=one.words, deadline=term)
        for one in steps
        if one.state is not StepState.NOT_NEEDED
    )
    return replace(ended, expectations=(*ended.expectations, *fresh))


def moved(commitment: Commitment, before: Deadline | None, term: Deadline) -> Commitment:
    """A new term of the promise is that of the open steps whose own term counted until now or ends before it."""

    def change(one: Expectation) -> Expectation:
        own = one.deadline
        if own is None or one.state is not StepState.OPEN:
            return one
        ends_before = term.latest and own.latest and own.latest < term.latest
        return replace(one, deadline=term) if own == before or ends_before else one

    return _now(commitment, change)


# --- by a person -------------------------------------------------------------------------------------------------


def decided(commitment: Commitment, event: Event) -> Commitment:
    """After a person added, dropped, marked or opened a step (``data["do"]``, ``data["step"]``)."""
    name, do = event.data.get("step", ""), event.data.get("do", "")
    if not name or do not in DONE:
        return commitment
    if do == ADD:
        return _added(commitment, event, name)
    changes: dict[str, Change] = {
        DROP: lambda one: _set(one, event, StepState.NOT_NEEDED),
        MET: lambda one: _met(one, event),
        OPEN: lambda one: _set(one, event, StepState.OPEN),
    }
    return _now(commitment, lambda one: changes[do](one) if one.step == name else one)


def _added(commitment: Commitment, event: Event, name: str) -> Commitment:
    """A step that was there already is needed now, and open."""
    latest = day_of(event.data.get("latest", ""))
    term = Deadline(text="", latest=latest, precision=Precision.DAY, rule=ADDED) if latest else None
    known = next((one for one in commitment.steps if one.step == name), None)
    if known is not None:
        wanted = replace(known, needed=True, rule=ADDED, deadline=term or known.deadline)
        added = replace(_set(wanted, event, StepState.OPEN), locked=False)
        return _now(commitment, lambda one: added if one.step == name else one)
    newest = commitment.steps[0].round if commitment.steps else 1
    fresh = Expectation(
        step=name, round=newest, rule=ADDED, deadline=term, by=event.by, note=event.note, event=event.key
    )
    return replace(commitment, expectations=(*commitment.expectations, fresh))


# --- one step ----------------------------------------------------------------------------------------------------


def _met(one: Expectation, event: Event) -> Expectation:
    """Taken by the event's paper, on the paper's own day. What is met already stays so, unless a person marks it."""
    if one.state is not StepState.OPEN and event.kind is not EventKind.STEP:
        return one
    on = day_of(event.data.get("published_on", "")) or event.day
    return replace(_set(one, event, StepState.MET), document=event.document, on=on)


def _set(one: Expectation, event: Event, state: StepState) -> Expectation:
    person = event.by != MACHINE
    return replace(
        one,
        state=state,
        document="",
        on=None,
        event=event.key,
        by=event.by,
        note=event.note if person else "",
        locked=person,
    )


def _opened(one: Expectation, event: Event) -> Expectation:
    return replace(_set(one, event, StepState.OPEN), locked=False)


def _maybe(one: Expectation, paper: str) -> Expectation:
    wanted = one.state is StepState.OPEN and paper not in one.papers
    return replace(one, papers=(*one.papers, paper)) if wanted else one


def _without(one: Expectation, paper: str) -> Expectation:
    return replace(one, papers=tuple(key for key in one.papers if key != paper)) if paper in one.papers else one


def _each(commitment: Commitment, event: Event, change: Change) -> Commitment:
    """The change on every step of this round that whoever did it may change."""
    may = event.by != MACHINE
    return _now(commitment, lambda one: change(one) if may or not one.locked else one)


def _now(commitment: Commitment, change: Change) -> Commitment:
    held = set(commitment.steps)
    changed = tuple(change(one) if one in held else one for one in commitment.expectations)
    return commitment if changed == commitment.expectations else replace(commitment, expectations=changed)


# --- taking a decision back --------------------------------------------------------------------------------------


def taken_back(before: Commitment, after: Commitment, now: Commitment) -> tuple[Expectation, ...]:
    """The steps of `now`; those that a decision changed (from `before` to `after`) are as they were before it."""
    old = {(one.round, one.step): one for one in before.expectations}
    changed = {(one.round, one.step) for one in after.expectations if old.get((one.round, one.step)) != one}
    held = [(one, (one.round, one.step)) for one in now.expectations]
    return tuple(old[key] if key in changed else one for one, key in held if key not in changed or key in old)


def packed(expectations: Iterable[Expectation]) -> str:
    """The steps as one line of JSON, for the data of an event that brings them back."""
    return json.dumps([asdict(one) for one in expectations], default=str, ensure_ascii=False, separators=(",", ":"))


def unpacked(line: str) -> tuple[Expectation, ...] | None:
    """The reverse of `packed`; None for a line that is none."""
    try:
        return tuple(_unpacked(row) for row in json.loads(line))
    except (ValueError, TypeError, KeyError):
        return None


def _unpacked(row: dict[str, Any]) -> Expectation:
    term = row["deadline"]
    if term is not None:
        days = {name: day_of(term[name] or "") for name in ("earliest", "latest")}
        term = Deadline(**{**term, **days, "precision": Precision(term["precision"])})
    read = {"state": StepState(row["state"]), "on": day_of(row["on"] or ""), "papers": tuple(row["papers"])}
    return Expectation(**{**row, **read, "deadline": term})
