"""Commands for the operator: tables, backup and restore, users, settings, health, export, what waits in the outbox."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from monitor.accounts import BadAccount, check_account, hash_password
from monitor.commands.door import Wrong, door_of, print_json, print_table, say
from monitor.commands.reading import JSON
from monitor.commands.tracking import house_of
from monitor.exporting import FORMATS, export_commitments
from monitor.settings import shown
from monitor.store import Store, copies, deliveries, users
from monitor.store import sources as states
from monitor.store.sources import Health
from monitor.store.sources import health as source_health
from monitor.store.users import User
from monitor.ways import channel_names

app = typer.Typer()
db_app = typer.Typer(help="The tables of the database.")
user_app = typer.Typer(help="Who may log in to judge.")


@db_app.command("upgrade", epilog="Example: nakoming db upgrade")
def db_upgrade(context: typer.Context) -> None:
    """Bring the tables to the form of this version; also done at every start."""
    with closing(Store(door_of(context).settings().database)) as store:
        say(f"{store.name} is at revision {store.upgrade()}")


@app.command(epilog="Example: nakoming backup /backups/nakoming-2026-11-25.db")
def backup(context: typer.Context, file: Annotated[Path, typer.Argument(help="Where the copy goes.")]) -> None:
    """Copy the whole database while everything goes on."""
    if file.exists():
        raise Wrong(f"{file} exists already; a backup overwrites nothing")
    with house_of(context) as house:
        copies.copy(house.store.path, file)
    say(f"copied to {file} ({file.stat().st_size} bytes)")


@app.command(epilog="Example: nakoming restore /backups/nakoming-2026-11-25.db")
def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A copy made by `nakoming backup`.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a database that holds something.")] = False,
) -> None:
    """Put a backup in the place of the database. Stop the daemon first."""
    database = door_of(context).settings().database
    with closing(Store(database)) as store:
        target = store.path
    copies.put_back(file, target, force=force)
    with closing(Store(database)) as store:
        say(f"{target} is now the copy {file}, at revision {store.upgrade()}")


@user_app.command("add", epilog="Example: nakoming user add 'A. de Vries' --role reviewer")
def user_add(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The name that stands under decisions.")],
    role: Annotated[str, typer.Option("--role", help="reviewer or admin.")] = "reviewer",
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)] = "",
) -> None:
    """Add somebody who may judge, or give them a new password."""
    try:
        check_account(name, role, password)
    except BadAccount as error:
        raise Wrong(str(error)) from None
    with house_of(context) as house, house.store.write() as session:
        users.keep(session, User(name=name, role=role, password=hash_password(password)), house.clock())
    say(f"{name} can log in at /beoordelen")


@app.command(epilog="Example: nakoming config")
def config(context: typer.Context) -> None:
    """The settings as they are understood, with secrets masked."""
    settings = door_of(context).settings()
    print_json([{**shown(settings), "channels": list(channel_names(settings).values())}])


@app.command(epilog="Example: nakoming health")
def health(context: typer.Context, json_: Annotated[bool, JSON] = False) -> None:
    """Whether everything is well: the database, the sources, the outbox. Exit status 1 when something is not."""
    with house_of(context) as house:
        now = house.clock()
        with house.store.read() as session:
            held, counts = states.every(session), deliveries.counts(session)
        found = {
            name: source_health(held[name], now, source.every, source.silent_after) if name in held else Health.NEW
            for name, source in house.sources.items()
        }
    rows = [{"what": "database", "state": "ok"}, *({"what": n, "state": h.value} for n, h in found.items())]
    rows += [{"what": f"deliveries {state}", "state": str(number)} for state, number in counts.items()]
    if json_:
        print_json(rows)
    else:
        print_table("health", ("what", "state"), [tuple(row.values()) for row in rows])
    bad = [name for name, how in found.items() if how not in (Health.NEW, Health.FRESH)]
    if bad or counts[deliveries.UNDELIVERABLE]:
        raise Wrong(f"not well: {', '.join(bad) or 'undeliverable messages'}")


@app.command("deliveries", epilog="Example: nakoming deliveries --state undeliverable")
def deliveries_(
    context: typer.Context,
    state: Annotated[str, typer.Option("--state", help="pending, sent or undeliverable.")] = "",
    retry: Annotated[bool, typer.Option("--retry", help="Try the undeliverable ones again.")] = False,
    json_: Annotated[bool, JSON] = False,
) -> None:
    """What waits to be told, what was told, and what could not be."""
    with house_of(context) as house, house.store.write() as session:
        rows = deliveries.listed(session, deliveries.UNDELIVERABLE if retry else state)
        again = deliveries.retry(session, [row.id for row in rows], house.clock()) if retry else 0
    if json_:
        print_json(rows)
        return
    cells = [(r.event, r.subscription, r.state, str(r.attempts), r.error) for r in rows]
    print_table(f"{again} tried again" if retry else "", ("event", "subscription", "state", "attempts", "error"), cells)


@app.command(epilog="Example: nakoming export --format csv > toezeggingen.csv")
def export(
    context: typer.Context,
    format_: Annotated[str, typer.Option("--format", help=f"{', '.join(FORMATS)}.")] = "csv",
    output: Annotated[Path | None, typer.Option("--output", help="A file instead of standard output.")] = None,
) -> None:
    """All commitments with their state and the paper that kept them, as a table for other programs."""
    if format_ not in FORMATS:
        raise typer.BadParameter(f"{format_!r} is not one of {', '.join(FORMATS)}", param_hint="--format")
    with house_of(context) as house:
        data = export_commitments(house, format_)
    if output:
        output.write_bytes(data)
    else:
        typer.get_binary_stream("stdout").write(data)
