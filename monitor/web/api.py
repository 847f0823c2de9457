"""The JSON API, version 1: commitments, events, documents, sources. Read only; the filters are those of the list.

The forms here are a contract (`/api/openapi.json`): fields are added, never renamed or removed within a version.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict

from monitor.review import seen_until
from monitor.step_shape import steps_shape
from monitor.store import commitments, documents, sources, views
from monitor.store.sources import Health, SourceState, health
from monitor.store.views import Slice
from monitor.web.errors import Trouble
from monitor.web.filters import Asked, BadFilter, asked_in
from monitor.web.login import Visiting
from monitor.web.visit import Visit
from notifications.happening import Happening
from rules.commitment import Commitment, Promise, Status, StepState, Strength
from rules.deadline import Deadline, Precision
from rules.event import Event, EventKind
from rules.life import overdue
from sources.document import Document, Kind

MOST = 200

router = APIRouter(prefix="/api/v1")


class Shape(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ActorShape(Shape):
    """Who must act: the office and the person apart, and the words of the letter."""

    office: str
    person: str
    as_written: str


class TermShape(Shape):
    """A term: the first and last day that its words cover, and the words."""

    text: str
    earliest: date | None
    latest: date | None
    precision: Precision
    recurring: bool


class PlaceShape(Shape):
    """Where a promise stands. id: of the document; start, end: characters in its text."""

    id: str
    url: str
    title: str
    start: int
    end: int


class DaysShape(Shape):
    """The first and last day of a step's own term, and its words."""

    text: str
    earliest: date | None
    latest: date | None


class StepShape(Shape):
    """A step that a promise expects. needed: it is not kept without it. round: of a recurring promise.

    reason: why it is expected, in Dutch; rule: the same as one word. document, on: the paper that took it, and its day.
    papers: may have taken it. by, note: who set the state, and why. due: its own term, null where the promise's counts.
    """

    step: str
    needed: bool
    state: StepState
    round: int
    rule: str
    reason: str
    document: str
    on: date | None
    papers: list[str]
    by: str
    note: str
    due: DaysShape | None


class CommitmentShape(Shape):
    """A promise. overdue: its term is over, everything was read since, and no paper was found. due: the term now.

    steps: what it expects, of every round, the oldest round first.
    """

    id: str
    quote: str
    status: Status
    overdue: bool
    due: TermShape | None
    terms: list[TermShape]
    actor: ActorShape
    addressee: str
    ministry: str
    kind: Promise
    strength: Strength
    action: str
    confidence: float
    made_on: date | None
    documents: list[PlaceShape]
    references: list[str]
    decided_by: str
    address: str
    steps: list[StepShape]


class CommitmentsShape(Shape):
    total: int
    items: list[CommitmentShape]


class ReasonShape(Shape):
    """signal: its name; weight: its share in the score, negative when it speaks against; text: in words."""

    signal: str
    weight: float
    text: str


class PaperShape(Shape):
    """A document in short."""

    id: str
    identifiers: list[str]
    title: str
    url: str
    published_on: date | None


class EventShape(Shape):
    """Something that happened. number: its place in the history, for `after` and `before`."""

    number: int
    key: str
    kind: EventKind
    at: datetime
    commitment: str
    by: str
    document: PaperShape | None
    score: float | None
    reasons: list[ReasonShape]
    note: str
    data: dict[str, str]


class EventsShape(Shape):
    """The newest first; with `after` the oldest first. before: give it to get older ones; null at the end."""

    items: list[EventShape]
    before: int | None


class DocumentShape(PaperShape):
    """A document as one source shows it. text: as we saw it."""

    source: str
    kind: Kind
    text: str
    office: str
    references: list[str]
    facts: dict[str, str]
    withdrawn: bool
    fingerprint: str


class SourceShape(Shape):
    """A source. since: since when it could not be read; error: one plain word for why."""

    name: str
    url: str
    state: Health
    read_at: datetime | None
    good_at: datetime | None
    news_at: datetime | None
    since: datetime | None
    error: str
    documents: int
    set_aside: int


class ErrorShape(Shape):
    """What went wrong, in one line."""

    error: str


Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="How many to pass over.")]
Id = Annotated[str, Path(alias="id", max_length=100, description="The last part of the address of the promise.")]
Number = Annotated[int | None, Query(ge=0, le=2**53, description="The number of an event.")]
WRONG: dict[int | str, dict[str, Any]] = {400: {"model": ErrorShape}, 404: {"model": ErrorShape}}


def asked_for(
    status: Annotated[list[str] | None, Query(description="One or more statuses.")] = None,
    ministerie: Annotated[str, Query(description="Part of the ministry's name.")] = "",
    bewindspersoon: Annotated[str, Query(description="Part of a minister's name or office.")] = "",
    dossier: Annotated[str, Query(description="A dossier number: 32761.")] = "",
    q: Annotated[str, Query(description="Words that must all occur.")] = "",
    deadline: Annotated[
        str, Query(description="voorbij, binnenkort, geen, or a year, month or day: 2023, 2023-07, 2023-07-06.")
    ] = "",
    toezegging: Annotated[list[str] | None, Query(description="One or more ids of promises.")] = None,
) -> Asked:
    """The filters of the list. Raises Trouble with the value that cannot be."""
    one = {"ministerie": ministerie, "bewindspersoon": bewindspersoon, "dossier": dossier, "q": q, "deadline": deadline}
    try:
        return asked_in(one, {"status": status or [], "toezegging": toezegging or []})
    except BadFilter as bad:
        raise Trouble(400, bad.word, bad.value) from None


Filters = Annotated[Asked, Depends(asked_for)]


@router.get("/commitments", responses=WRONG, summary="Promises, the nearest term first")
def list_commitments(visit: Visiting, asked: Filters, limit: Limit = 50, offset: Offset = 0) -> CommitmentsShape:
    """All that the filters fit; without a status not those that were rejected or merged."""
    wanted = replace(asked.wanted(visit.today, visit.house.policy), skip=offset, most=limit)
    with visit.house.store.read() as session:
        found = commitments.listed(session, wanted)
        total = commitments.count(session, wanted)
        states = sources.every(session)
    return CommitmentsShape(total=total, items=[commitment_shape(visit, states, one) for one in found])


@router.get("/commitments/{id}", response_model=CommitmentShape, responses=WRONG, summary="One promise")
def one_commitment(visit: Visiting, id_: Id) -> Response | CommitmentShape:
    """A promise that was merged redirects to the one that it lives on in."""
    with visit.house.store.read() as session:
        lives_on = commitments.merged_into(session, id_)
        found = commitments.get(session, id_)
        states = sources.every(session)
    if found is None:
        raise Trouble(404)
    if lives_on != id_:
        return RedirectResponse(f"/api/v1/commitments/{lives_on}", status_code=308)
    return commitment_shape(visit, states, found)


@router.get("/commitments/{id}/events", responses=WRONG, summary="The history of one promise")
def events_of_commitment(visit: Visiting, id_: Id, limit: Limit = 50, before: Number = None) -> EventsShape:
    """The newest first, like all events."""
    with visit.house.store.read() as session:
        if commitments.get(session, id_) is None:
            raise Trouble(404)
    return _events(visit, Slice(wanted=commitments.Wanted(ids=(id_,)), before_id=before, most=limit))


@router.get("/events", responses=WRONG, summary="What happened, the newest first")
def list_events(
    visit: Visiting,
    asked: Filters,
    kind: Annotated[list[EventKind] | None, Query(description="One or more kinds.")] = None,
    limit: Limit = 50,
    before: Number = None,
    after: Number = None,
) -> EventsShape:
    """Events of the promises that the filters fit; without a filter all events, those of sources too.

    With `after` the oldest first: to follow on, ask again after the last number.
    """
    wanted = asked.wanted(visit.today, visit.house.policy) if asked.anything else commitments.Wanted()
    part = Slice(
        wanted=wanted,
        kinds=tuple(kind or ()),
        before_id=before,
        after_id=after,
        most=limit,
        sources_too=not asked.anything,
        oldest_first=after is not None,
    )
    return _events(visit, part)


@router.get("/documents/{key:path}", responses=WRONG, summary="One document as we saw it")
def one_document(
    visit: Visiting, key: Annotated[str, Path(max_length=500, description="A key or an official number.")]
) -> DocumentShape:
    """By its key or by any of its official numbers (kst-32761-304, 2024D27797)."""
    with visit.house.store.read() as session:
        found = documents.get(session, key) or documents.by_identifier(session, key)
    if found is None:
        raise Trouble(404)
    return DocumentShape(**_paper(found).model_dump(), **_of_document(found))


@router.get("/sources", summary="The places that we read, and how that goes")
def list_sources(visit: Visiting) -> list[SourceShape]:
    with visit.house.store.read() as session:
        states = sources.every(session)
    return [_source(visit, name, states.get(name) or SourceState(name=name)) for name in visit.house.sources]


def commitment_shape(visit: Visit, states: dict[str, SourceState], commitment: Commitment) -> CommitmentShape:
    seen = seen_until(commitment, visit.house.sources, states)
    deadline = commitment.deadline
    return CommitmentShape(
        id=commitment.id,
        quote=commitment.quote,
        status=commitment.status,
        overdue=overdue(commitment, visit.today, visit.house.policy, seen),
        due=_term(deadline) if deadline else None,
        terms=[_term(term) for term in commitment.deadlines],
        actor=ActorShape.model_validate(commitment.actor),
        addressee=commitment.addressee,
        ministry=commitment.ministry,
        kind=commitment.kind,
        strength=commitment.strength,
        action=commitment.action,
        confidence=commitment.confidence,
        made_on=commitment.made_on,
        documents=[
            PlaceShape(id=place.document, url=place.url, title=place.title, start=place.start, end=place.end)
            for place in commitment.places
        ],
        references=list(commitment.references),
        decided_by=commitment.decided_by,
        address=f"{visit.house.settings.base_url}/toezeggingen/{commitment.id}",
        steps=[StepShape.model_validate(step) for step in steps_shape(commitment)],
    )


def _term(deadline: Deadline) -> TermShape:
    return TermShape.model_validate(deadline)


def _events(visit: Visit, part: Slice) -> EventsShape:
    with visit.house.store.read() as session:
        found = views.happenings(session, part, visit.house.addresses)
    items = [_event(number, happening) for number, happening in found]
    more = len(items) == part.most and not part.oldest_first
    return EventsShape(items=items, before=items[-1].number if more else None)


def _event(number: int, happening: Happening) -> EventShape:
    event: Event = happening.event
    return EventShape(
        number=number,
        key=event.key,
        kind=event.kind,
        at=event.at,
        commitment=event.commitment,
        by=event.by,
        document=_paper(happening.document) if happening.document else None,
        score=event.score,
        reasons=[ReasonShape.model_validate(reason) for reason in event.reasons],
        note=event.note,
        data=event.data,
    )


def _paper(document: Document) -> PaperShape:
    return PaperShape(
        id=document.key,
        identifiers=list(document.identifiers),
        title=document.title,
        url=document.url,
        published_on=document.published_on,
    )


def _of_document(document: Document) -> dict[str, Any]:
    names = ("source", "kind", "text", "office", "facts", "withdrawn", "fingerprint")
    return {"references": list(document.references), **{name: getattr(document, name) for name in names}}


def _source(visit: Visit, name: str, state: SourceState) -> SourceShape:
    source = visit.house.sources[name]
    return SourceShape(
        name=name,
        url=source.url,
        state=health(state, visit.now, source.every, source.silent_after),
        read_at=state.polled_at,
        good_at=state.good_at,
        news_at=state.news_at,
        since=state.broken_since,
        error=state.error_kind,
        documents=state.documents,
        set_aside=state.set_aside,
    )


# --- the description, for people ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Described:
    """One address of the API, for the page that describes it."""

    path: str
    summary: str
    about: str
    parameters: tuple[Mapping[str, Any], ...]


docs = APIRouter(include_in_schema=False)


@docs.get("/api/docs")
def describe(visit: Visiting) -> HTMLResponse:
    """The description as a plain page: no script, no other host."""
    schema = visit.request.app.openapi()
    described = [
        Described(path, get["summary"], get.get("description", ""), tuple(get.get("parameters", ())))
        for path, methods in schema["paths"].items()
        if (get := methods.get("get"))
    ]
    return visit.page("api.html.j2", described=described, schema_path="/api/openapi.json")
