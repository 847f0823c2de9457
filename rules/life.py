"""The life of a promise: what an event changes (`apply`, `replay`) and what the calendar says (`overdue`, `horizon`).

Pure. Who may yield which event is elsewhere: machines in `rules.judging` and `rules.reviewing`, people in
`rules.deciding`. Here is the one rule that binds them all: a decision of a person is never overturned by a machine.

What the promise must remember to judge later events lies in `Commitment.facts`: ``decision`` (the kind of the last
decision by a person), ``status_paper`` (the paper that set the status), ``status_on`` (the day it was set, ISO),
``rejected_papers`` (papers that a person turned down), ``register`` (the raw word of a register), ``register_state``
(what it means), ``fulfilled_by`` (the letters that it calls the keeping), ``into`` (after a merge), ``round`` (of a
recurring promise).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce

from rules import steps
from rules.commitment import Commitment, Place, Status, StepState
from rules.deadline import Deadline, Precision, day_of
from rules.event import MACHINE, Event, EventKind, event_key
from rules.policy import Policy

BY_PERSON = "person"  # `Deadline.rule` of a term that a person set
EVERYTHING = date.max  # nothing was missed
RANK = {Status.OPEN: 0, Status.IN_PROGRESS: 1, Status.PARTLY: 2, Status.FULFILLED: 3}
REACHED = {
    EventKind.PROGRESS: Status.IN_PROGRESS,
    EventKind.PARTLY: Status.PARTLY,
    EventKind.FULFILLED: Status.FULFILLED,
}
ENDS = {EventKind.LAPSED: Status.LAPSED, EventKind.SUPERSEDED: Status.SUPERSEDED, EventKind.MERGED: Status.MERGED}
REGISTER_FACTS = ("register", "register_state", "fulfilled_by")
KEPT = (Status.PARTLY, Status.FULFILLED)
KEEPINGS = (EventKind.FULFILLED, EventKind.PARTLY)
PROPOSALS = (EventKind.FULFILLED, EventKind.PARTLY, EventKind.PROGRESS, EventKind.POSTPONED)


# --- what an event changes -------------------------------------------------------------------------------------


def apply(commitment: Commitment, event: Event) -> Commitment:
    """The promise after the event; the same promise when the event may not or need not change it. Never raises."""
    if event.commitment and event.commitment != commitment.id:
        return commitment
    noted = _register_word(commitment, event)
    change = CHANGES.get(event.kind)
    if change is None or not accepts(noted, event):
        return noted
    changed = change(noted, event)
    before = steps.unpacked(event.data.get("expectations", "")) if event.data.get("undone") else None
    return changed if before is None else replace(changed, expectations=before)


def replay(first: Commitment, events: Iterable[Event]) -> Commitment:
    """The promise as its whole history leaves it, from its first form and its events, oldest first."""
    return reduce(apply, events, first)


def accepts(commitment: Commitment, event: Event) -> bool:
    """Whether the event may change the promise: a machine may not touch what a person decided."""
    if event.by != MACHINE:
        return True
    if event.kind in (EventKind.CONFIRMED, EventKind.REJECTED, EventKind.STEP):
        return False
    if event.document and event.document in _list(commitment, "rejected_papers"):
        return False
    if event.kind is EventKind.POSTPONED and term_by_person(commitment):
        return False
    return not settled(commitment) or _harmless(commitment, event)


def settled(commitment: Commitment) -> bool:
    """True when a person set the present status. Confirming that a promise is one leaves its keeping open, and so does
    a decision about one of its steps."""
    if commitment.decided_by == MACHINE:
        return False
    decision = commitment.facts.get("decision")
    if decision == EventKind.STEP:
        return not commitment.status.watched
    return not (commitment.status is Status.OPEN and decision == EventKind.CONFIRMED)


def term_by_person(commitment: Commitment) -> bool:
    return commitment.deadline is not None and commitment.deadline.rule == BY_PERSON


def tempered(commitment: Commitment, event: Event) -> Event:
    """The event as a machine may say it: what it may not decide becomes a possible follow-up for a person to judge.

    Whether the promise is kept or partly kept is weighed by the steps that are open now.
    """
    if event.kind not in PROPOSALS:
        return event
    if not accepts(commitment, event):
        return _as(event, EventKind.FOLLOW_UP)
    matched = event.kind in KEEPINGS and "verdict" in event.data
    weighed = matched and commitment.status.watched and commitment.steps
    return _as(event, steps.how_much(commitment, steps.names_in(commitment, event))) if weighed else event


def _as(event: Event, kind: EventKind) -> Event:
    return (
        event if kind is event.kind else replace(event, kind=kind, key=event_key(event.commitment, kind, event.subject))
    )


def _harmless(commitment: Commitment, event: Event) -> bool:
    """What a machine may still add to a settled promise: another place, a new term, a later step, the next round."""
    if event.kind is EventKind.REOPENED:
        return _next_round(commitment, event)
    return event.kind in (EventKind.RESTATED, EventKind.POSTPONED, EventKind.FOLLOW_UP)


def _next_round(commitment: Commitment, event: Event) -> bool:
    """A new round of a recurring promise: what a person decided about the old round stands in the history."""
    recurring = commitment.deadline is not None and commitment.deadline.recurring
    return recurring and "round" in event.data and commitment.status is Status.FULFILLED


def _register_word(commitment: Commitment, event: Event) -> Commitment:
    if not event.data.get("register"):
        return commitment
    return _with_facts(commitment, **{name: event.data.get(name, "") for name in REGISTER_FACTS})


def _step(commitment: Commitment, event: Event) -> Commitment:
    """Progress goes forward only; a person may also take it back. A proposed promise waits for a person first."""
    status = REACHED[event.kind]
    if event.by == MACHINE and not commitment.status.watched:
        return commitment
    marked = steps.taken_by(commitment, event) if event.kind in KEEPINGS else commitment
    if event.by == MACHINE and status is Status.FULFILLED:  # a step that a person called open stays open
        status = steps.how_far(marked) or status
    if event.by == MACHINE and RANK[status] <= RANK[commitment.status]:
        return marked
    return _set(marked, status, event)


def _follow_up(commitment: Commitment, event: Event) -> Commitment:
    looked_after = commitment.status.watched or commitment.status is Status.FULFILLED
    return steps.proposed_by(commitment, event) if looked_after else commitment


def _decided_step(commitment: Commitment, event: Event) -> Commitment:
    """A person decided about a step: the status follows where the steps now say something else of the promise."""
    changed = steps.decided(commitment, event)
    how = steps.how_far(changed)
    if how is None or how is steps.how_far(commitment) or changed.status not in RANK:
        return changed
    last = max(
        (one for one in changed.steps if one.state is StepState.MET), key=lambda one: one.on or date.min, default=None
    )
    days = {"published_on": last.on.isoformat()} if last and last.on else {}
    return _set(changed, how, replace(event, document=last.document if last else "", data={**event.data, **days}))


def _end(commitment: Commitment, event: Event) -> Commitment:
    if event.by == MACHINE and not (commitment.status.watched or commitment.status is Status.PROPOSED):
        return commitment
    changed = _set(commitment, ENDS[event.kind], event)
    return _with_facts(changed, into=event.data.get("into", ""))


def _confirmed(commitment: Commitment, event: Event) -> Commitment:
    """The promise is one; or the paper belongs to it, and then the status that this paper gave is checked too."""
    if event.data.get("status") == Status.NOT_MEASURABLE:
        return _set(commitment, Status.NOT_MEASURABLE, event)
    if event.document:
        kept = _without(steps.confirmed_by(commitment, event), "rejected_papers", event.document)
        if commitment.facts.get("status_paper") != event.document:
            return kept
        return _with_facts(replace(kept, decided_by=event.by), decision=event.kind.value)
    if commitment.status in (Status.PROPOSED, Status.REJECTED):
        return _set(commitment, Status.OPEN, event)
    return _with_facts(replace(commitment, decided_by=event.by), decision=event.kind.value)


def _rejected(commitment: Commitment, event: Event) -> Commitment:
    """No promise; or the paper does not keep it, and then a status that rests on this paper falls."""
    if not event.document:
        return _set(commitment, Status.REJECTED, event)
    papers = dict.fromkeys([*_list(commitment, "rejected_papers"), event.document])
    noted = _with_facts(steps.rejected_by(commitment, event), rejected_papers="|".join(papers))
    rests_on_it = commitment.facts.get("status_paper") == event.document and commitment.status in RANK
    how = steps.how_far(noted)
    lacks = commitment.status in KEPT and how is not steps.how_far(commitment)
    return _set(noted, how or Status.OPEN, replace(event, document="")) if rests_on_it or lacks else noted


def _reopened(commitment: Commitment, event: Event) -> Commitment:
    """Open again, or with ``data["status"]`` the state before a decision that is undone; a round brings its term."""
    back = _status(event.data.get("status", "")) or Status.OPEN
    opened = _with_facts(_set(commitment, back, event), into="", round=event.data.get("round", ""))
    if "round" not in event.data:
        return steps.reopened(opened, event)
    number, before = _number(event.data["round"]), commitment.deadline
    return steps.next_round(_new_term(opened, event), number, before, term_of(event))


def _postponed(commitment: Commitment, event: Event) -> Commitment:
    """A new term after the old ones. A machine moves only the term of a promise that still runs."""
    if event.by == MACHINE and not (commitment.status.watched or commitment.status is Status.PROPOSED):
        return commitment
    return _new_term(commitment, event)


def _restated(commitment: Commitment, event: Event) -> Commitment:
    """The same promise in another letter: one more place, and that letter cannot keep it either."""
    data = event.data
    place = Place(
        document=event.document,
        url=data.get("url", ""),
        title=data.get("title", ""),
        start=_number(data.get("start", "")),
        end=_number(data.get("end", "")),
    )
    known = {p.document for p in commitment.places}
    places = commitment.places if not event.document or event.document in known else (*commitment.places, place)
    return replace(
        commitment,
        places=places,
        own=_joined(commitment.own, data.get("own", "")),
        references=_joined(commitment.references, data.get("references", "")),
    )


Change = Callable[[Commitment, Event], Commitment]
CHANGES: dict[EventKind, Change] = {
    EventKind.RESTATED: _restated,
    EventKind.FOLLOW_UP: _follow_up,
    EventKind.STEP: _decided_step,
    EventKind.PROGRESS: _step,
    EventKind.PARTLY: _step,
    EventKind.FULFILLED: _step,
    EventKind.POSTPONED: _postponed,
    EventKind.LAPSED: _end,
    EventKind.SUPERSEDED: _end,
    EventKind.MERGED: _end,
    EventKind.REOPENED: _reopened,
    EventKind.CONFIRMED: _confirmed,
    EventKind.REJECTED: _rejected,
}


def _set(commitment: Commitment, status: Status, event: Event) -> Commitment:
    by, decision = event.by, commitment.facts.get("decision", "") if event.by == MACHINE else event.kind.value
    if "undone" in event.data:  # as if it had never been decided: whoever set the status before, set it
        by, decision = event.data.get("decided_by", MACHINE), event.data.get("decision", "")
    changed = replace(commitment, status=status, decided_by=by)
    on = event.data.get("published_on", "") or event.day.isoformat()
    return _with_facts(changed, decision=decision, status_paper=event.document, status_on=on)


def _new_term(commitment: Commitment, event: Event) -> Commitment:
    term, before = term_of(event), commitment.deadline
    same = before is not None and replace(term, rule="") == replace(before, rule="")
    return (
        commitment if same else steps.moved(replace(commitment, deadlines=(*commitment.deadlines, term)), before, term)
    )


def term_of(event: Event) -> Deadline:
    """The term in an event's data (``term``, ``earliest``, ``latest``, ``precision``). Without any day: from now on."""
    data = event.data
    latest, earliest = day_of(data.get("latest", "")), day_of(data.get("earliest", ""))
    said_on = event.day
    recurring = "round" in data
    known = Precision.RECURRING if recurring else Precision.DAY if latest else Precision.VAGUE
    return Deadline(
        text=data.get("term", ""),
        earliest=earliest if latest or earliest else said_on,
        latest=latest,
        precision=_precision(data.get("precision", ""), known),
        recurring=recurring,
        rule=BY_PERSON if event.by != MACHINE else data.get("rule", event.kind.value),
    )


# --- what the calendar says ------------------------------------------------------------------------------------


def horizon(commitment: Commitment, policy: Policy) -> date | None:
    """The day on which we ask after a promise without a last day. It is ours, not the minister's; None when unknown."""
    deadline = commitment.deadline
    if deadline is not None and deadline.latest is not None:
        return None
    start = (deadline.earliest if deadline else None) or commitment.made_on
    if start is None or policy.default_horizon <= 0:
        return None
    return _later(start, policy.default_horizon)


def last_day(commitment: Commitment, policy: Policy) -> date | None:
    """The last day of the promised term, else our own horizon, else None."""
    promised = commitment.deadline.latest if commitment.deadline else None
    return promised or horizon(commitment, policy)


def last_days(commitment: Commitment, policy: Policy) -> dict[date, tuple[str, ...]]:
    """The last days that still count, the nearest first, each with the steps whose own term ends on it.

    No steps: it is the day of the promise, or our own.
    """
    own: dict[date, tuple[str, ...]] = {}
    waiting = steps.asked(commitment)
    dated = [(one.deadline.latest, one.step) for one in waiting if one.deadline and one.deadline.latest]
    for day, step in sorted(dated):
        own[day] = (*own.get(day, ()), step)
    general = last_day(replace(commitment, expectations=()), policy)
    if general is not None and (general in own or len(dated) < len(waiting) or not waiting):
        own[general] = ()
    return dict(sorted(own.items()))


def overdue(commitment: Commitment, today: date, policy: Policy, seen_until: date | None = EVERYTHING) -> bool:
    """Whether the term and its days of grace are over and the promise is still looked after.

    seen_until: the last day on which the sources were read well; days after it do not count, None: nothing was read.
    """
    last = last_day(commitment, policy)
    return last is not None and commitment.status.watched and passed(last, today, policy, seen_until)


def passed(last: date, today: date, policy: Policy, seen_until: date | None) -> bool:
    """Whether a last day and the days of grace after it are over, and all was read since."""
    end = _later(last, policy.grace_days)
    return today > end and seen_until is not None and seen_until >= end


def due_soon(commitment: Commitment, today: date, policy: Policy) -> bool:
    """Whether the last day is at most `policy.due_soon_days` away and not past."""
    last = last_day(commitment, policy)
    return last is not None and commitment.status.watched and near(last, today, policy)


def near(last: date, today: date, policy: Policy) -> bool:
    return 0 <= (last - today).days <= policy.due_soon_days


def kept_on(commitment: Commitment) -> date | None:
    """The day on which the promise was kept: that of the paper, else the day on which it was said to be kept."""
    return day_of(commitment.facts.get("status_on", "")) if commitment.status is Status.FULFILLED else None


def days_late(commitment: Commitment) -> int | None:
    """Days between the last day of the newest promised term and the day of keeping; negative: early. None: unknown."""
    promised, kept = commitment.deadline.latest if commitment.deadline else None, kept_on(commitment)
    return (kept - promised).days if promised and kept else None


# --- small readers ---------------------------------------------------------------------------------------------


def _later(day: date, days: int) -> date:
    """`days` after `day`, and the last day that there is when that is too far."""
    return day + timedelta(days=days) if days <= (date.max - day).days else date.max


def _status(word: str) -> Status | None:
    return Status(word) if word in set(Status) else None


def _precision(word: str, otherwise: Precision) -> Precision:
    return Precision(word) if word in set(Precision) else otherwise


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _list(commitment: Commitment, fact: str) -> list[str]:
    return [part for part in commitment.facts.get(fact, "").split("|") if part]


def _without(commitment: Commitment, fact: str, value: str) -> Commitment:
    return _with_facts(commitment, **{fact: "|".join(part for part in _list(commitment, fact) if part != value)})


def _joined(known: tuple[str, ...], more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*known, *(part for part in more.split("|") if part)]))


def _with_facts(commitment: Commitment, **facts: str) -> Commitment:
    """The facts with these changed; an empty value removes its fact."""
    merged = {name: value for name, value in {**commitment.facts, **facts}.items() if value}
    return commitment if merged == commitment.facts else replace(commitment, facts=merged)
