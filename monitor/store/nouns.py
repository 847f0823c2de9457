"""Rows to nouns and back. The only place that knows both forms; rows never leave the store.

Whole nouns are kept as JSON by pydantic, which also checks them on the way out: a body that an older version wrote
and that no longer fits is an error with the name of the field, not a wrong answer.
"""

from typing import Any

from pydantic import TypeAdapter

from monitor.store.rows import CommitmentRow, DocumentRow, EventRow
from notifications.subscription import Subscription
from rules.commitment import Commitment
from rules.event import Event, EventKind, Evidence
from sources.document import Document, Kind, fold

_COMMITMENT = TypeAdapter(Commitment)
_EVIDENCE = TypeAdapter(tuple[Evidence, ...])
_SUBSCRIPTION = TypeAdapter(Subscription)


def commitment_body(commitment: Commitment) -> dict[str, Any]:
    body: dict[str, Any] = _COMMITMENT.dump_python(commitment, mode="json")
    return body


def commitment_of(body: dict[str, Any]) -> Commitment:
    return _COMMITMENT.validate_python(body)


def fill_commitment(row: CommitmentRow, commitment: Commitment) -> None:
    """The columns that lists filter on, always from the noun itself."""
    deadline = commitment.deadline
    row.status = commitment.status.value
    row.ministry = commitment.ministry
    row.office = commitment.actor.office
    row.person = commitment.actor.person
    row.quote = commitment.quote
    row.search = fold(" ".join([commitment.quote, commitment.action, commitment.context, *_papers(commitment)]))
    row.made_on = commitment.made_on
    row.due_earliest = deadline.earliest if deadline else None
    row.due_latest = deadline.latest if deadline else None
    row.body = commitment_body(commitment)


def _papers(commitment: Commitment) -> list[str]:
    return [*commitment.own, *commitment.references, *(place.title for place in commitment.places)]


def subscription_body(subscription: Subscription) -> dict[str, Any]:
    body: dict[str, Any] = _SUBSCRIPTION.dump_python(subscription, mode="json")
    return body


def subscription_of(body: dict[str, Any]) -> Subscription:
    return _SUBSCRIPTION.validate_python(body)


def document_of(row: DocumentRow) -> Document:
    return Document(
        key=row.key,
        source=row.source,
        kind=Kind(row.kind),
        title=row.title,
        text=row.text,
        url=row.url,
        identifiers=tuple(row.identifiers),
        references=tuple(row.references),
        published_on=row.published_on,
        office=row.office,
        facts={name: str(value) for name, value in row.facts.items()},
        withdrawn=row.withdrawn,
        modified_at=row.modified_at,
    )


def document_values(document: Document) -> dict[str, Any]:
    """The columns that follow from the document itself; not what was polled of it."""
    plain = ("source", "title", "text", "url", "published_on", "office", "withdrawn", "modified_at")
    return {
        **{name: getattr(document, name) for name in plain},
        "kind": document.kind.value,
        "identifiers": list(document.identifiers),
        "references": list(document.references),
        "facts": dict(document.facts),
        "title_fold": fold(document.title),
    }


def fill_document(row: DocumentRow, document: Document) -> None:
    for name, value in document_values(document).items():
        setattr(row, name, value)


def event_of(row: EventRow) -> Event:
    return Event(
        key=row.key,
        kind=EventKind(row.kind),
        at=row.at,
        commitment=row.commitment,
        subject=row.subject,
        document=row.document,
        by=row.by,
        score=row.score,
        reasons=_EVIDENCE.validate_python(row.reasons),
        note=row.note,
        data={name: str(value) for name, value in row.data.items()},
    )


def event_row(event: Event, paper: str) -> EventRow:
    return EventRow(
        key=event.key,
        kind=event.kind.value,
        at=event.at,
        commitment=event.commitment,
        subject=event.subject,
        document=event.document,
        paper=paper,
        by=event.by,
        score=event.score,
        reasons=_EVIDENCE.dump_python(event.reasons, mode="json"),
        note=event.note,
        data=dict(event.data),
    )
