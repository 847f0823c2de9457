"""Commands that only read: `extract`, `read`, `deadline`. They store nothing and need no database."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import typer

from monitor.commands.door import Wrong, content, day, door_of, note, print_json, print_table, say
from monitor.seeding import load_calendar
from notifications.dates import local_day
from rules.calendar import Calendar
from rules.commitment import Found
from rules.deadline import Deadline
from rules.extraction import extract as extract_from
from rules.resolve import resolve
from sources.document import Letter
from sources.readers import read_letter

app = typer.Typer()

WHERE = typer.Argument(help="A file (txt, pdf, docx, html, xml), a web address, or - for standard input.")
DATE = typer.Option("--date", help="The day of the letter, when it names none: 2022-09-02.")
SENDER = typer.Option("--sender", help="Who wrote it, when the letter does not say.")
JSON = typer.Option("--json", help="JSON Lines instead of a table.")


@app.command(epilog="Example: nakoming extract seeds/letter-2022Z10980.txt --date 2022-09-02")
def extract(
    context: typer.Context,
    where: Annotated[str, WHERE],
    date_: Annotated[str | None, DATE] = None,
    sender: Annotated[str, SENDER] = "",
    json_: Annotated[bool, JSON] = False,
) -> None:
    """The commitments in one letter."""
    settings = door_of(context).settings()
    letter = letter_at(context, where, date_, sender)
    found = extract_from(letter, load_calendar(settings))
    if json_:
        print_json(found_shape(f) for f in found)
        return
    rows = [(f.quote, f.actor.as_written or f.actor.office, _term(f.deadline), f"{f.confidence:.2f}") for f in found]
    print_table(f"{len(found)} commitments", ("commitment", "who", "by when", "sure"), rows)


@app.command(epilog="Example: nakoming read letter.pdf --json")
def read(
    context: typer.Context,
    where: Annotated[str, WHERE],
    date_: Annotated[str | None, DATE] = None,
    sender: Annotated[str, SENDER] = "",
    json_: Annotated[bool, JSON] = False,
) -> None:
    """The letter as understood: who wrote what to whom and when, and its clean text."""
    letter = letter_at(context, where, date_, sender)
    if json_:
        print_json([letter])
    else:
        say(letter.text)


@app.command(epilog='Example: nakoming deadline "voor het zomerreces" --date 2023-02-01')
def deadline(
    context: typer.Context,
    expression: Annotated[str | None, typer.Argument(help="Words of time; without them JSON Lines are read.")] = None,
    date_: Annotated[str | None, typer.Option("--date", help="The day they were written: 2023-02-01.")] = None,
    json_: Annotated[bool, JSON] = False,
) -> None:
    """What an expression of time means. Without one: {"id","expression","document_date"} lines on standard input."""
    recesses = load_calendar(door_of(context).settings())
    if expression is None:
        print_json(_resolved(recesses))
        return
    written = day(date_)
    if written is None:
        raise typer.BadParameter("--date is needed: words of time mean nothing without the day they were written")
    found = resolve(expression, written, recesses)
    if json_:
        print_json([deadline_shape(found)])
    else:
        say(f"{_term(found)} ({found.rule})" if found else f"{expression!r} names no time")


def letter_at(context: typer.Context, where: str, date_: str | None, sender: str) -> Letter:
    """The letter in a file, at an address or on standard input; what must be known of the reading is said."""
    written = day(date_)
    data, content_type, url = content(where, door_of(context).settings())
    name = "" if where == "-" else where
    today = local_day(door_of(context).clock())
    letter = read_letter(
        data, name=name, content_type=content_type, url=url, written_on=written, sender=sender, today=today
    )
    for remark in letter.notes:
        note(f"note: {where}: {remark}")
    return letter


def found_shape(found: Found) -> dict[str, Any]:
    """One commitment as the command line promises it (docs/command-line.md)."""
    return {
        "quote": found.quote,
        "start": found.start,
        "end": found.end,
        "section": found.section,
        "actor": found.actor,
        "addressee": found.addressee,
        "kind": found.kind,
        "strength": found.strength,
        "action": found.action,
        "deadline": {"text": found.deadline.text, **deadline_shape(found.deadline)} if found.deadline else None,
        "references": found.references,
        "confidence": round(found.confidence, 4),
        "reasons": found.reasons,
    }


def deadline_shape(found: Deadline | None) -> dict[str, Any]:
    if found is None:
        return {"earliest": None, "latest": None, "precision": None, "recurring": False, "rule": ""}
    names = ("earliest", "latest", "precision", "recurring", "rule")
    return {name: getattr(found, name) for name in names}


def _resolved(recesses: Calendar) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(sys.stdin, 1):
        if line.strip():
            asked, written = _asked(line, number)
            yield {"id": asked["id"], **deadline_shape(resolve(asked["expression"], written, recesses))}


def _asked(line: str, number: int) -> tuple[dict[str, Any], date]:
    try:
        asked = json.loads(line)
        return {"id": asked["id"], "expression": str(asked["expression"])}, date.fromisoformat(asked["document_date"])
    except (ValueError, KeyError, TypeError) as error:
        raise Wrong(f"standard input, line {number}: {error!r}; a line has id, expression and document_date") from None


def _term(found: Deadline | None) -> str:
    if found is None:
        return "-"
    if found.latest is None:
        return f"{found.text} ({found.precision})"
    return f"{found.earliest} – {found.latest}" if found.earliest else f"until {found.latest}"
