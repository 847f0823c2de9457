"""`nakoming demo`: the seed letter's history replayed; each event as it happens, then what became of each promise."""

from typing import Annotated, Any

import typer
from rich.console import Console

from monitor.commands.door import note, print_json, print_table
from monitor.commands.reading import JSON
from monitor.commands.tracking import event_shape
from monitor.demo.replay import END, Demo, Shown, run, set_up
from monitor.review import seen_until
from monitor.service import show
from monitor.store import commitments, deliveries
from monitor.store import sources as source_states
from notifications.dates import local_day
from rules.life import overdue

app = typer.Typer()
HOST, PORT = "127.0.0.1", 8090


@app.command(epilog="Example: nakoming demo --json")
def demo(
    json_: Annotated[bool, JSON] = False,
    serve: Annotated[bool, typer.Option("--serve", help="Show the pages of the demo afterwards.")] = False,
    speed: Annotated[float, typer.Option("--speed", min=0, help="Days a second; 0: as fast as it goes.")] = 0.0,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Where the pages are served.")] = PORT,
) -> None:
    """Replay September 2022 to July 2025 over loopback through the real pipeline. No network, a temporary database."""
    with set_up() as played:
        for shown in run(played, speed):
            if json_:
                print_json([_shape(shown)])
            else:
                _tell(shown)
        if not json_:
            _summary(played)
        if serve:
            note(f"the pages of the demo: http://{HOST}:{port}/ (Ctrl-C ends it)")
            show(played.house, host=HOST, port=port)


def _shape(shown: Shown) -> dict[str, Any]:
    event = event_shape(shown.event, shown.document)
    names = ("document", "score", "reasons", "note", "data")
    return {
        "at": event["at"],
        "event": event["kind"],
        "commitment": shown.event.commitment,
        "quote": shown.quote,
        **{name: event[name] for name in names},
    }


def _tell(shown: Shown) -> None:
    event, paper = shown.event, shown.document
    what = paper.title if paper else event.data.get("latest", "") or event.note
    line = f"{local_day(event.at)}  {event.kind.value:<14} {shown.quote[:60]:<60}  {what[:70]}"
    Console(highlight=False, soft_wrap=True).print(line, markup=False)


def _summary(played: Demo) -> None:
    house, received = played.house, played.stage.received
    with house.store.read() as session:
        found, states = commitments.listed(session), source_states.every(session)
        counts = deliveries.counts(session)
    today = local_day(END)
    rows = [
        (
            c.id,
            c.status.value,
            "yes" if overdue(c, today, house.policy, seen_until(c, house.sources, states)) else "",
            c.quote[:90],
        )
        for c in found
    ]
    print_table(f"On {today}", ("id", "status", "overdue", "commitment"), rows)
    documents = sum(state.documents for state in states.values())
    note(f"{documents} documents polled, {counts['sent']} deliveries sent, {counts['pending']} pending")
    note(f"{len(received.mails)} mails and {len(received.posts)} webhooks arrived at the loopback receivers")
