"""Commands that do one pass of the house's work: poll, review, deliver; and the state of the sources."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

import typer
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from monitor import outbox, replaying
from monitor import review as reviewing
from monitor.commands.door import Wrong, day, moment, print_json, print_table, say
from monitor.commands.reading import JSON
from monitor.commands.tracking import house_of
from monitor.filling import Filled
from monitor.filling import backfill as fill_back
from monitor.house import House
from monitor.side_by_side import poll_all
from monitor.store import sources as states
from monitor.store.sources import PollRecord, SourceState, health
from monitor.subscribing import links_of
from sources.source import SourceError

app = typer.Typer()
source_app = typer.Typer(help="The places that publish, and how they are doing.")

NAME = typer.Argument(help="The name of a source, as in the settings.")
SHOWN = ("name", "state", "last_good", "since", "error")
NOW = typer.Option("--now", help="Act as if it were this moment, for replays: 2023-07-01T06:30.")


@app.command(epilog="Example: nakoming poll wodc")
def poll(
    context: typer.Context,
    name: Annotated[str | None, NAME] = None,
    now: Annotated[str | None, NOW] = None,
    json_: Annotated[bool, JSON] = False,
) -> None:
    """Read what the sources have published since the last time; one pass."""
    with house_of(context) as house:
        at = moment(now, house.clock)
        names = [known(house, name)] if name else list(house.sources)
        records = poll_all(house, names, at)
        reviewing.watch_sources(house, at)
    if json_:
        print_json(records)
    else:
        print_table("polls", ("source", "outcome", "documents", "news", "set aside", "error"), map(_poll_row, records))
    if records and all(record.error for record in records):
        raise Wrong(f"no source could be read; {records[0].source}: {records[0].error}")


@app.command(epilog="Example: nakoming review --now 2023-09-03T06:30")
def review(context: typer.Context, now: Annotated[str | None, NOW] = None) -> None:
    """Look at the calendar: what is due soon and what is overdue; one pass."""
    with house_of(context) as house:
        at = moment(now, house.clock)
        said = reviewing.watch_sources(house, at) + reviewing.review(house, at)
    say(f"{said} new events")


@app.command(epilog="Example: nakoming deliver")
def deliver(context: typer.Context, now: Annotated[str | None, NOW] = None) -> None:
    """Tell everybody what is due; one pass."""
    with house_of(context) as house:
        done = outbox.deliver(house, moment(now, house.clock), links_of(house))
    say(f"{done.sent} sent, {done.failed} failed, {done.given_up} given up")
    if done.failed and not done.sent:
        raise Wrong("nothing could be delivered; `nakoming deliveries` says why")


@app.command(epilog="Example: nakoming replay --from 2022-09-01 --to 2024-07-05")
def replay(
    context: typer.Context,
    from_: Annotated[str | None, typer.Option("--from", help="The first day of publication.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="The last day of publication.")] = None,
    write: Annotated[bool, typer.Option("--write", help="Append what is new to the history.")] = False,
    json_: Annotated[bool, JSON] = False,
) -> None:
    """Judge the stored documents again with the present rules, and show what would differ."""
    with house_of(context) as house:
        found = replaying.differences(house, day(from_), day(to), house.clock())
        written = replaying.write(house, found, house.clock()) if write else 0
    if json_:
        print_json(found)
        return
    rows = [(e.commitment, e.kind, f"{e.score or 0:.2f}", e.document) for e in found]
    print_table(f"{len(found)} new, {written} written", ("commitment", "what", "score", "document"), rows)


@source_app.callback(invoke_without_command=True)
def sources(context: typer.Context, json_: Annotated[bool, JSON] = False) -> None:
    """The state of each source."""
    if context.invoked_subcommand:
        return
    with house_of(context) as house:
        now = house.clock()
        with house.store.read() as session:
            held = states.every(session)
        rows = [_source_shape(house, name, held, now) for name in house.sources]
    if json_:
        print_json(rows)
    else:
        cells = [tuple(_cell(row[name]) for name in SHOWN) for row in rows]
        print_table("sources", SHOWN, cells)


@source_app.command("test", epilog="Example: nakoming sources test wodc")
def ask_source(context: typer.Context, name: Annotated[str, NAME], json_: Annotated[bool, JSON] = False) -> None:
    """Ask a source for something tiny: does it answer, and in the form that we know?"""
    with house_of(context) as house:
        source = house.sources[known(house, name)]
        probe = source.probe(house.clock())
    if json_:
        print_json([probe])
    else:
        say(f"{name}: {probe.items} items, form {probe.fingerprint} ({source.url})")


@app.command(epilog="Example: nakoming backfill officielebekendmakingen --from 2022-09-01 --to 2022-12-31")
def backfill(
    context: typer.Context,
    name: Annotated[str, NAME],
    from_: Annotated[str, typer.Option("--from", help="The first day: 2022-09-01.")],
    to: Annotated[str, typer.Option("--to", help="The last day: 2022-12-31.")],
) -> None:
    """Read what a source published in a period; goes on where it was stopped."""
    first, last = day(from_), day(to)
    if first is None or last is None or last < first:
        raise typer.BadParameter("--from must not be after --to")
    with house_of(context) as house:
        done = _with_progress(house, known(house, name), first, last)
    say(f"{done.documents} documents, {done.news} of them new, {done.set_aside} set aside")


def _with_progress(house: House, name: str, first: date, last: date) -> Filled:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task(name)

        def told(done: Filled) -> None:
            progress.update(task, description=f"{name}: {done.documents} documents, {done.news} new")

        try:
            return fill_back(house, name, first, last, house.clock(), told)
        except SourceError as error:
            raise Wrong(f"{name}: {error}; run the same command again to go on") from None


def _cell(value: object) -> str:
    return f"{value:%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value or "")


def known(house: House, name: str) -> str:
    if name not in house.sources:
        raise Wrong(f"there is no source {name!r}; there are {', '.join(house.sources)}")
    return name


def _poll_row(record: PollRecord) -> tuple[str, ...]:
    numbers = (str(record.documents), str(record.news), str(record.set_aside))
    return (record.source, record.outcome, *numbers, record.error)


def _source_shape(house: House, name: str, held: Mapping[str, SourceState], now: datetime) -> dict[str, object]:
    state = held.get(name) or SourceState(name=name)
    form = (held.get(f"{name}@probe") or SourceState(name=name)).cursor
    source = house.sources[name]
    return {
        "name": name,
        "state": health(state, now, source.every, source.silent_after),
        "last_good": state.good_at,
        "since": state.broken_since,
        "error": state.error,
        "documents": state.documents,
        "set_aside": state.set_aside,
        "form": form.get("form"),
        "form_since": form.get("since"),
        "url": source.url,
    }
