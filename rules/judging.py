"""`judge`: what follows from the matches of one document: kept, partly kept, a later step, in progress, postponed, or a
possible follow-up that a person must look at.

The machine itself says "fulfilled" only from `Policy.auto_fulfil` on; from `Policy.propose` on it asks a person. A
reaction to a report that already was the keeping is a later step of the same promise, never a second keeping. Nothing
here changes a promise (`rules.life` does) and a person's decision stands above all of it (`rules.life.tempered`).
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from rules import steps
from rules.commitment import Commitment, Status, StepState
from rules.event import Event, EventKind, Match, Verdict, event_key
from rules.expecting import taken, with_steps
from rules.matching import about, model
from rules.policy import Policy
from rules.tracking import register_events
from sources.document import Document, Kind

MOST_CLAIMS = 40  # of one document; a letter that "keeps" more promises than that is first looked at by a person
NAMED = 0.5  # a reaction names the report that it is about: in a reference, or in at least half of its title


def judge(
    matches: Sequence[Match],
    document: Document,
    commitments: Mapping[str, Commitment],
    policy: Policy,
    now: datetime,
) -> tuple[Event, ...]:
    """The events that follow, best match first. Re-judging the same document yields the same keys."""
    if document.kind is Kind.REGISTER:
        return tuple(_from_register(document, commitments, now))
    events: list[Event] = []
    claims = 0
    for match in sorted(matches, key=lambda match: (-match.score, match.commitment)):
        commitment = commitments.get(match.commitment)
        event = _event(match, commitment, document, policy, now) if commitment else None
        if event is None:
            continue
        claims += event.kind in (EventKind.FULFILLED, EventKind.PARTLY)
        events.append(_proposal(event) if claims > MOST_CLAIMS else event)
    return tuple(events)


def expects_reaction(commitment: Commitment) -> bool:
    """True where the cabinet's reaction is a step of the promise, whether it was promised or only usually follows."""
    return any(
        one.step == steps.REACTION and one.state is not StepState.NOT_NEEDED for one in _stepped(commitment).steps
    )


def _stepped(commitment: Commitment) -> Commitment:
    """The promise with its steps, also where it was made without them."""
    return commitment if commitment.steps else with_steps(commitment)


def _event(match: Match, commitment: Commitment, document: Document, policy: Policy, now: datetime) -> Event | None:
    if commitment.status is Status.FULFILLED:
        return _later_step(match, commitment, document, policy, now)
    if document.withdrawn or not commitment.status.watched:
        return None
    return _first_step(match, commitment, document, policy, now)


def _first_step(
    match: Match, commitment: Commitment, document: Document, policy: Policy, now: datetime
) -> Event | None:
    """What the document is for a promise that is still looked after."""
    if match.verdict is Verdict.POSTPONED:
        return _postponed(match, commitment, document, policy, now)
    if match.verdict is Verdict.PROGRESS and about(match) >= policy.propose:
        return _make(EventKind.PROGRESS, match, commitment, document, now)
    if match.verdict is Verdict.FULFILLED and match.score >= policy.auto_fulfil:
        stepped = _stepped(commitment)
        kind = steps.how_much(stepped, taken(stepped, document, match.step))
        return _make(kind, match, commitment, document, now)
    return _make(EventKind.FOLLOW_UP, match, commitment, document, now) if match.score >= policy.propose else None


def _later_step(
    match: Match, commitment: Commitment, document: Document, policy: Policy, now: datetime
) -> Event | None:
    """The reaction to a report that was the keeping; other papers about a kept promise are no news of it."""
    reaction = match.step == "reaction" and match.verdict is not Verdict.POSTPONED and expects_reaction(commitment)
    if document.withdrawn or not reaction or commitment.facts.get("status_paper") == document.key:
        return None
    named = _weight(match, "reference") > 0 or _weight(match, "title") >= NAMED * model().weights["title"]
    if match.score < policy.propose or not named:
        return None
    return _make(EventKind.FOLLOW_UP, match, commitment, document, now)


def _weight(match: Match, signal: str) -> float:
    return sum(reason.weight for reason in match.reasons if reason.signal == signal)


def _postponed(match: Match, commitment: Commitment, document: Document, policy: Policy, now: datetime) -> Event | None:
    """A new term, when the paper names one and is surely about this promise; otherwise a person is asked."""
    sure = about(match)
    if sure < policy.propose:
        return None
    certain = sure >= policy.auto_fulfil and match.new_latest is not None
    return _make(EventKind.POSTPONED if certain else EventKind.FOLLOW_UP, match, commitment, document, now)


def _make(kind: EventKind, match: Match, commitment: Commitment, document: Document, now: datetime) -> Event:
    data = {
        "step": match.step,
        "steps": _steps(match, commitment, document, kind),
        "verdict": match.verdict.value,
        "term": match.new_term,
        "latest": match.new_latest.isoformat() if match.new_latest else "",
        "published_on": document.published_on.isoformat() if document.published_on else "",
    }
    return Event(
        key=event_key(commitment.id, kind, document.key),
        kind=kind,
        at=now,
        commitment=commitment.id,
        subject=document.key,
        document=document.key,
        score=match.score,
        reasons=match.reasons,
        data={name: value for name, value in data.items() if value},
    )


def _steps(match: Match, commitment: Commitment, document: Document, kind: EventKind) -> str:
    """The steps that the paper takes, where these are other ones than the event says by itself."""
    if kind not in (EventKind.PARTLY, EventKind.FOLLOW_UP):
        return ""
    stepped = _stepped(commitment)
    takes = taken(stepped, document, match.step)
    plain = steps.with_included(match.step) or tuple(one.step for one in stepped.steps if one.counts)
    said = set(takes) == set(plain) and (match.step or kind is EventKind.FOLLOW_UP)
    return "" if said else "|".join(takes)


def _proposal(event: Event) -> Event:
    """The event as a question to a person, with a note that the machine stopped claiming."""
    return Event(
        key=event_key(event.commitment, EventKind.FOLLOW_UP, event.subject),
        kind=EventKind.FOLLOW_UP,
        at=event.at,
        commitment=event.commitment,
        subject=event.subject,
        document=event.document,
        score=event.score,
        reasons=event.reasons,
        note=f"dit stuk zou meer dan {MOST_CLAIMS} toezeggingen afdoen; een mens kijkt eerst",
        data=event.data,
    )


def _from_register(document: Document, commitments: Mapping[str, Commitment], now: datetime) -> Iterator[Event]:
    """What a row of a register says of the promises that it is the row of."""
    ids = set(document.identifiers)
    for commitment in commitments.values():
        if ids & set(commitment.own):
            yield from register_events(commitment, document, now)
