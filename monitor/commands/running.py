"""`nakoming run`: the schedule and the pages in one process, until it is told to stop."""

from typing import Annotated

import typer

from monitor.commands.door import door_of
from monitor.house import open_house
from monitor.logs import set_up
from monitor.service import serve
from monitor.ways import channel_names

app = typer.Typer()


@app.command(epilog="Example: nakoming run --host 0.0.0.0 --port 8080")
def run(
    context: typer.Context,
    host: Annotated[str | None, typer.Option("--host", help="The address to listen on.")] = None,
    port: Annotated[int | None, typer.Option("--port", min=1, max=65535, help="The port to listen on.")] = None,
    no_web: Annotated[bool, typer.Option("--no-web", help="No pages, only the schedule.")] = False,
    no_poll: Annotated[bool, typer.Option("--no-poll", help="Leave the sources alone.")] = False,
) -> None:
    """Watch: poll the sources, review the calendar, deliver, and serve the pages. SIGTERM stops it cleanly."""
    door = door_of(context)
    settings = door.settings()
    set_up(settings)
    channel_names(settings)
    house = open_house(settings, door.clock)
    try:
        serve(house, host=host or settings.host, port=port or settings.port, web=not no_web, poll=not no_poll)
    finally:
        house.close()
