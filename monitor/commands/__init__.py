"""The command line: what each command is called and what happens when it fails.

A command's module is loaded when the command is asked for, so that reading a letter does not wait for the web server's
code. A failure is one clear line on standard error and exit status 1, wrong use is 2; a traceback is shown with
``--debug`` only. The commands themselves are in the modules beside this one.
"""

import logging
import sys
import traceback
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from monitor.commands.door import Door

OURS = ("monitor", "sources", "rules", "notifications")  # their exceptions are known failures and say what is wrong
DEBUG = "--debug"
COMMANDS = {
    "reading": ("extract", "read", "deadline"),
    "matching": ("match",),
    "backtest": ("backtest",),
    "tracking": ("add", "list", "show", "evidence"),
    "deciding": ("confirm", "reject", "fulfil", "postpone", "lapse", "reopen", "merge", "undo", "step"),
    "working": ("poll", "review", "deliver", "replay", "backfill"),
    "running": ("run",),
    "demo": ("demo",),
    "keeping": ("export", "backup", "restore", "health", "config", "deliveries"),
}
GROUPS = {
    "sources": ("working", "source_app"),
    "subscribe": ("subscribing", "app"),
    "db": ("keeping", "db_app"),
    "user": ("keeping", "user_app"),
}


class Commands(TyperGroup):
    """All commands by name; the module of one is loaded when it is used or listed."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002 - the base's form
        return [*(name for names in COMMANDS.values() for name in names), *GROUPS]

    def get_command(self, ctx: typer.Context, cmd_name: str) -> Any:  # type: ignore[override]
        if cmd_name in GROUPS:
            return _named(_loaded(*GROUPS[cmd_name]), cmd_name)
        module = next((module for module, names in COMMANDS.items() if cmd_name in names), "")
        if not module:
            return None
        loaded = _loaded(module, "app")
        return loaded.get_command(ctx, cmd_name) if isinstance(loaded, TyperGroup) else _named(loaded, cmd_name)


def _loaded(module: str, app: str) -> Any:
    return typer.main.get_command(getattr(import_module(f"monitor.commands.{module}"), app))


def _named(command: Any, name: str) -> Any:
    command.name = name
    return command


app = typer.Typer(
    name="nakoming",
    cls=Commands,
    help="Watches whether the Dutch government does what it promised parliament.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def _options(debug: bool = typer.Option(False, DEBUG, help="Show where an error came from.")) -> None:
    """Watches whether the Dutch government does what it promised parliament."""


def run(arguments: Sequence[str], door: Door) -> int:
    """Run one command; its exit status."""
    logging.getLogger().addHandler(logging.NullHandler())  # only `nakoming run` sets up logs
    debug = DEBUG in arguments
    given = [argument for argument in arguments if argument != DEBUG]
    try:
        done = app(args=given, prog_name="nakoming", obj=door, standalone_mode=False)
        return done if isinstance(done, int) else 0
    except typer.TyperException as error:  # wrong use; it knows how to show itself with the usage line
        getattr(error, "show", partial(_failed, str(error), debug))()
        return 2
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:  # noqa: BLE001 - the last door: whatever failed is one line, with --debug all of it
        return _failed(_said(error), debug)


def _said(error: Exception) -> str:
    if type(error).__module__.partition(".")[0] in OURS:
        return str(error)
    return f"unexpected {type(error).__name__}: {error} (run again with {DEBUG} and report it)"


def _failed(message: str, debug: bool) -> int:
    if debug:
        traceback.print_exc()
    sys.stderr.write(f"nakoming: {' '.join(message.split())}\n")
    return 1
