"""Commands with which a person decides about a promise. Each says who (`--by`) and may say why (`--reason`)."""

from typing import Annotated, Any

import typer

from monitor.commands.door import Wrong, day, say
from monitor.commands.tracking import ID, house_of, wanted_commitment
from monitor.decisions import Choice, decide
from monitor.store import commitments
from rules.deciding import Undecidable
from rules.steps import DONE, NAMES

app = typer.Typer()

BY = typer.Option("--by", help="Who decides this.")
REASON = typer.Option("--reason", help="Why, for the history.")
PAPER = typer.Option("--document", help="The key of the paper that this is about, as `nakoming show` gives it.")


@app.command(epilog="Example: nakoming confirm abcdefghij --by 'A. de Vries'")
def confirm(
    context: typer.Context,
    id_: Annotated[str, ID],
    by: Annotated[str, BY],
    reason: Annotated[str, REASON] = "",
    document: Annotated[str, PAPER] = "",
    not_measurable: Annotated[bool, typer.Option("--not-measurable", help="No paper can show its keeping.")] = False,
) -> None:
    """Say that this is a commitment; with --document: that this paper belongs to it."""
    choice = Choice.NOT_MEASURABLE if not_measurable else Choice.CONFIRM
    _decide(context, id_, choice, by, reason, document=document)


@app.command(epilog="Example: nakoming reject abcdefghij --by 'A. de Vries' --reason 'a question, no promise'")
def reject(
    context: typer.Context,
    id_: Annotated[str, ID],
    by: Annotated[str, BY],
    reason: Annotated[str, REASON] = "",
    document: Annotated[str, PAPER] = "",
) -> None:
    """Say that this is no commitment; with --document: that this paper does not keep it."""
    _decide(context, id_, Choice.REJECT, by, reason, document=document)


@app.command(epilog="Example: nakoming fulfil abcdefghij --by 'A. de Vries' --document tweedekamer:2022D45419")
def fulfil(
    context: typer.Context,
    id_: Annotated[str, ID],
    by: Annotated[str, BY],
    reason: Annotated[str, REASON] = "",
    document: Annotated[str, PAPER] = "",
    partly: Annotated[bool, typer.Option("--partly", help="Only a part of it was kept.")] = False,
) -> None:
    """Say that the commitment was kept."""
    _decide(context, id_, Choice.PARTLY if partly else Choice.FULFIL, by, reason, document=document)


@app.command(epilog="Example: nakoming reopen abcdefghij --by 'A. de Vries'")
def reopen(
    context: typer.Context, id_: Annotated[str, ID], by: Annotated[str, BY], reason: Annotated[str, REASON] = ""
) -> None:
    """Open a commitment again."""
    _decide(context, id_, Choice.REOPEN, by, reason)


@app.command(epilog="Example: nakoming postpone abcdefghij 2024-07-05 --by 'A. de Vries'")
def postpone(
    context: typer.Context,
    id_: Annotated[str, ID],
    until: Annotated[str, typer.Argument(metavar="DATE", help="The new last day: 2024-07-05.")],
    by: Annotated[str, BY],
    reason: Annotated[str, REASON] = "",
    document: Annotated[str, PAPER] = "",
) -> None:
    """Give a commitment a new term; the old one stays in the history."""
    _decide(context, id_, Choice.POSTPONE, by, reason, document=document, until=day(until))


@app.command(epilog="Example: nakoming lapse abcdefghij --by 'A. de Vries' --reason 'the bill was withdrawn'")
def lapse(
    context: typer.Context, id_: Annotated[str, ID], by: Annotated[str, BY], reason: Annotated[str, REASON] = ""
) -> None:
    """Say that a commitment no longer binds."""
    _decide(context, id_, Choice.LAPSE, by, reason)


@app.command(epilog="Example: nakoming merge abcdefghij klmnopqrst --by 'A. de Vries'")
def merge(
    context: typer.Context,
    id_: Annotated[str, ID],
    into: Annotated[str, typer.Argument(help="The id of the commitment that it is the same as.")],
    by: Annotated[str, BY],
    reason: Annotated[str, REASON] = "",
) -> None:
    """Say that two commitments are one; the address of the first keeps working."""
    _decide(context, id_, Choice.MERGE, by, reason, into=into)


@app.command(epilog="Example: nakoming undo abcdefghij --by 'A. de Vries'")
def undo(
    context: typer.Context, id_: Annotated[str, ID], by: Annotated[str, BY], reason: Annotated[str, REASON] = ""
) -> None:
    """Take the last decision of a person back."""
    _decide(context, id_, Choice.UNDO, by, reason)


@app.command(
    epilog="Example: nakoming step abcdefghij reaction met --by 'A. de Vries' --document tweedekamer:2024D27797"
)
def step(
    context: typer.Context,
    id_: Annotated[str, ID],
    name: Annotated[str, typer.Argument(help=f"The step: {', '.join(NAMES)}, or words of your own.")],
    do: Annotated[
        str, typer.Argument(metavar="|".join(DONE), help="Expect it, drop it, or say that it is met or not.")
    ],
    by: Annotated[str, BY],
    reason: Annotated[str, REASON] = "",
    document: Annotated[str, PAPER] = "",
    until: Annotated[str, typer.Option("--until", help="The last day of an added step: 2024-07-05.")] = "",
) -> None:
    """Add, drop or mark a step that the commitment expects; no machine changes it back."""
    if do not in DONE:
        raise typer.BadParameter(f"{do!r} is not one of {', '.join(DONE)}")
    last = day(until) if until else None
    _decide(context, id_, Choice(f"step_{do}"), by, reason, document=document, until=last, step=name)


def _decide(context: typer.Context, id_: str, choice: Choice, by: str, reason: str, **about: Any) -> None:
    with house_of(context) as house:
        commitment = wanted_commitment(house, id_)
        try:
            decide(house, commitment.id, choice, by=by, reason=reason, now=house.clock(), **about)
        except Undecidable as error:
            raise Wrong(str(error)) from None
        with house.store.read() as session:
            after = commitments.get(session, commitment.id)
    say(f"{commitment.id}: {after.status if after else 'gone'}")
