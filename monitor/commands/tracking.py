"""Commands on the promises that are tracked: add a letter, list, show. What people decide is `deciding`."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from monitor.commands.door import Wrong, door_of, print_json, print_table, say
from monitor.commands.reading import DATE, JSON, SENDER, WHERE, letter_at
from monitor.dossier import evidence_of
from monitor.house import House, open_house
from monitor.letters import add as add_letter
from monitor.outbox import adopt_channels
from monitor.review import seen_until
from monitor.step_shape import steps_shape
from monitor.store import commitments, documents, events
from monitor.store import sources as source_states
from monitor.store.commitments import Wanted
from monitor.store.sources import SourceState
from notifications.dates import local_day
from rules.commitment import Commitment, Status
from rules.event import Event
from rules.life import overdue
from sources.document import Document
from sources.readers import as_document

app = typer.Typer()

ID = typer.Argument(help="The id of the commitment, the last part of its address.")


@contextmanager
def house_of(context: typer.Context) -> Iterator[House]:
    """The installation of the settings, with its channels known, so that what happens is told."""
    door = door_of(context)
    house = open_house(door.settings(), door.clock)
    try:
        adopt_channels(house, door.clock())
        yield house
    finally:
        house.close()


@app.command(epilog="Example: nakoming add brief.pdf --date 2022-09-02")
def add(
    context: typer.Context,
    where: Annotated[str, WHERE],
    date_: Annotated[str | None, DATE] = None,
    sender: Annotated[str, SENDER] = "",
    json_: Annotated[bool, JSON] = False,
) -> None:
    """Keep a letter: its commitments are stored, or wait for review where we are not sure."""
    letter = letter_at(context, where, date_, sender)
    if letter.written_on is None:
        raise Wrong(f"{where}: the letter names no date, so no term can be reckoned; give --date")
    with house_of(context) as house:
        document = as_document(letter, key="", source="letter", url=letter.url)
        kept = add_letter(house, letter, document, house.clock())
        with house.store.read() as session:
            rows = [(k, commitments.get(session, k.commitment)) for k in kept]
    shown = [{"id": k.commitment, "how": k.how, "status": c.status, "quote": c.quote} for k, c in rows if c]
    if json_:
        print_json(shown)
        return
    print_table(
        f"{len(shown)} commitments", ("id", "", "status", "commitment"), [tuple(map(str, r.values())) for r in shown]
    )


@app.command("list", epilog="Example: nakoming list --status open --ministry binnenlandse --overdue")
def list_(
    context: typer.Context,
    status: Annotated[
        list[Status] | None, typer.Option("--status", help="Only these; may be given more than once.")
    ] = None,
    ministry: Annotated[str, typer.Option("--ministry", help="Part of the ministry's name.")] = "",
    holder: Annotated[str, typer.Option("--holder", help="Part of the office or the person's name.")] = "",
    dossier: Annotated[str, typer.Option("--dossier", help="A dossier number: 32761.")] = "",
    query: Annotated[str, typer.Option("--query", help="Words that must occur.")] = "",
    overdue_: Annotated[bool, typer.Option("--overdue", help="Only what is past its term.")] = False,
    json_: Annotated[bool, JSON] = False,
) -> None:
    """Every commitment of every status, unless filtered."""
    wanted = Wanted(statuses=tuple(status or ()), ministry=ministry, holder=holder, dossier=dossier, words=query)
    with house_of(context) as house:
        with house.store.read() as session:
            found = commitments.listed(session, wanted)
            states = source_states.every(session)
        shapes = [commitment_shape(house, states, c) for c in found]
    shapes = [shape for shape in shapes if shape["overdue"] or not overdue_]
    if json_:
        print_json(shapes)
        return
    rows = [(s["id"], s["status"], _due(s), s["quote"]) for s in shapes]
    print_table(f"{len(rows)} commitments", ("id", "status", "by when", "commitment"), rows)


@app.command(epilog="Example: nakoming show abcdefghij --json")
def show(context: typer.Context, id_: Annotated[str, ID], json_: Annotated[bool, JSON] = False) -> None:
    """One commitment with its whole history, oldest first."""
    with house_of(context) as house:
        commitment = wanted_commitment(house, id_)
        with house.store.read() as session:
            states = source_states.every(session)
            history = events.history(session, commitment.id)
            papers = documents.many(session, [event.document for event in history if event.document])
        shape = commitment_shape(house, states, commitment)
        shape["events"] = [event_shape(event, papers.get(event.document)) for event in history]
    if json_:
        print_json([shape])
        return
    say(f"{shape['quote']}\n\n{shape['status']}, {_due(shape)}\n{shape['address']}")
    if len(shape["steps"]) > 1:
        taken = [(str(s["round"]), s["step"], s["state"], s["document"], s["by"], s["note"]) for s in shape["steps"]]
        print_table("steps", ("round", "step", "state", "paper", "by", "why"), taken)
    rows = [(str(e["at"])[:16], e["kind"], e["by"], _paper(e), e["note"]) for e in shape["events"]]
    print_table("history", ("when", "what", "by", "paper", "note"), rows)


@app.command(epilog="Example: nakoming evidence abcdefghij --output bewijs.zip")
def evidence(
    context: typer.Context,
    id_: Annotated[str, ID],
    output: Annotated[Path, typer.Option("--output", help="Where the zip goes.")] = Path("bewijs.zip"),
) -> None:
    """One commitment with every paper of its history as it was seen, as a zip with a manifest."""
    with house_of(context) as house:
        packed = evidence_of(house, wanted_commitment(house, id_).id, house.clock())
    try:
        output.write_bytes(packed or b"")
    except OSError as error:
        raise Wrong(f"{output}: {error.strerror}") from None
    say(f"{output}: {output.stat().st_size} bytes")


def wanted_commitment(house: House, id_: str) -> Commitment:
    """The commitment, also under an old address. Raises Wrong."""
    with house.store.read() as session:
        found = commitments.get(session, commitments.merged_into(session, id_))
    if found is None:
        raise Wrong(f"there is no commitment {id_!r}; `nakoming list` shows them")
    return found


def commitment_shape(house: House, states: dict[str, SourceState], commitment: Commitment) -> dict[str, Any]:
    """A commitment as the command line and the API promise it (docs/command-line.md)."""
    deadline = commitment.deadline
    seen = seen_until(commitment, house.sources, states)
    return {
        "id": commitment.id,
        "quote": commitment.quote,
        "status": commitment.status,
        "overdue": overdue(commitment, local_day(house.clock()), house.policy, seen),
        "due": {
            "earliest": deadline.earliest if deadline else None,
            "latest": deadline.latest if deadline else None,
            "text": deadline.text if deadline else "",
        },
        "actor": commitment.actor,
        "ministry": commitment.ministry,
        "kind": commitment.kind,
        "strength": commitment.strength,
        "confidence": commitment.confidence,
        "made_on": commitment.made_on,
        "documents": [{"id": p.document, "url": p.url, "title": p.title} for p in commitment.places],
        "steps": steps_shape(commitment),
        "address": f"{house.settings.base_url}/toezeggingen/{commitment.id}",
    }


def event_shape(event: Event, document: Document | None) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "at": event.at,
        "by": event.by,
        "document": _paper_shape(document) if document else None,
        "score": event.score,
        "reasons": event.reasons,
        "note": event.note,
        "data": event.data,
    }


def _paper_shape(document: Document) -> dict[str, Any]:
    names = ("identifiers", "title", "url")
    return {"id": document.key, **{name: getattr(document, name) for name in names}}


def _due(shape: dict[str, Any]) -> str:
    latest: date | None = shape["due"]["latest"]
    until = f"until {latest}" if latest else shape["due"]["text"] or "no term"
    return f"{until}, overdue" if shape["overdue"] else until


def _paper(event: dict[str, Any]) -> str:
    return event["document"]["title"] if event["document"] else ""
