"""The command line: what each command is called and what happens when it fails.

A failure is one clear line on standard error and exit status 1, wrong use is 2; a traceback is shown with ``--debug``
only. The commands themselves are in the modules beside this one.
"""

import sys
import traceback
from collections.abc import Sequence
from functools import partial

import typer

from monitor.commands import (
    backtest,
    deciding,
    demo,
    keeping,
    matching,
    reading,
    running,
    subscribing,
    tracking,
    working,
)
from monitor.commands.door import Door, Wrong
from monitor.exporting import ExportError
from monitor.settings import SettingsError
from monitor.store import StoreError
from notifications.errors import NotificationError
from sources.source import SourceError

OURS = (Wrong, SettingsError, StoreError, SourceError, NotificationError, ExportError)
DEBUG = "--debug"

app = typer.Typer(
    name="nakoming",
    help="Watches whether the Dutch government does what it promised parliament.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for part in (reading, matching, backtest, tracking, deciding, working, running, demo, keeping):
    app.registered_commands += part.app.registered_commands
for name, group in (("sources", working.source_app), ("db", keeping.db_app), ("user", keeping.user_app)):
    app.add_typer(group, name=name)
app.add_typer(subscribing.app, name="subscribe")


@app.callback()
def _options(debug: bool = typer.Option(False, DEBUG, help="Show where an error came from.")) -> None:
    """Nakoming."""


def run(arguments: Sequence[str], door: Door) -> int:
    """Run one command; its exit status."""
    debug = DEBUG in arguments
    given = [argument for argument in arguments if argument != DEBUG]
    try:
        done = app(args=given, obj=door, standalone_mode=False)
        return done if isinstance(done, int) else 0
    except typer.TyperException as error:  # wrong use; it knows how to show itself with the usage line
        getattr(error, "show", partial(_failed, str(error), debug))()
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OURS as error:
        return _failed(str(error), debug)
    except Exception as error:  # noqa: BLE001 - the last door: a fault of ours is one line too, with --debug all of it
        return _failed(f"unexpected {type(error).__name__}: {error} (run again with {DEBUG} and report it)", debug)


def _failed(message: str, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    sys.stderr.write(f"nakoming: {' '.join(message.split())}\n")
    return 1
