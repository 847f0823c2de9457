"""``nakoming subscribe``: who is told what. For operators; people use the page and the links in their mail."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path
from typing import Annotated, Any

import typer

from monitor import subscribing
from monitor.commands.door import Wrong, content, day, print_json, print_table, say
from monitor.commands.reading import JSON
from monitor.commands.tracking import house_of
from monitor.house import House
from monitor.store import subscriptions
from monitor.store.subscriptions import Kept
from monitor.subscribing import Preview, Refused
from monitor.ways import Ways
from notifications.dates import AMSTERDAM, local_day
from notifications.subscription import Filter, Rhythm, Subscription, Way
from notifications.words import Language
from rules.event import EventKind

app = typer.Typer(help="Who is told what, where and when.", no_args_is_help=True, add_completion=False)

ID = typer.Argument(help="The id of the subscription, as `nakoming subscribe list` shows it.")
MANY = "May be given more than once."


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        raise Wrong(str(refused)) from None


@app.command(epilog="Example: nakoming subscribe add anna@example.org --ministry Justitie --rhythm weekly --weekday 0")
def add(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="A mail address, an Apprise URL or the web address of a webhook.")],
    way: Annotated[Way | None, typer.Option("--way", help="How to reach it; by its form when not given.")] = None,
    commitment: Annotated[list[str] | None, typer.Option("--commitment", help=f"Id of a promise. {MANY}")] = None,
    ministry: Annotated[list[str] | None, typer.Option("--ministry", help=f"Part of a name. {MANY}")] = None,
    holder: Annotated[list[str] | None, typer.Option("--office-holder", help=f"Office or person. {MANY}")] = None,
    member: Annotated[list[str] | None, typer.Option("--member", help=f"Who it was promised to. {MANY}")] = None,
    party: Annotated[list[str] | None, typer.Option("--party", help=f"Party it was promised to. {MANY}")] = None,
    dossier: Annotated[list[str] | None, typer.Option("--dossier", help=f"Such as 32761. {MANY}")] = None,
    letter: Annotated[list[str] | None, typer.Option("--letter", help=f"Key or number of a letter. {MANY}")] = None,
    word: Annotated[
        list[str] | None, typer.Option("--word", help=f"In the promise or the paper: privacy*. {MANY}")
    ] = None,
    kind: Annotated[list[EventKind] | None, typer.Option("--kind", help=f"Kind of event. {MANY}")] = None,
    proposed: Annotated[bool, typer.Option("--proposed", help="Also what still waits for a check.")] = False,
    sources: Annotated[bool, typer.Option("--sources", help="Also sources that can(not) be read.")] = False,
    rhythm: Annotated[Rhythm, typer.Option("--rhythm", help="How often.")] = Rhythm.IMMEDIATE,
    hour: Annotated[int, typer.Option("--hour", min=0, max=23, help="Of a digest.")] = 8,
    weekday: Annotated[int, typer.Option("--weekday", min=0, max=6, help="Of a weekly digest; 0 is Monday.")] = 0,
    quiet: Annotated[str, typer.Option("--quiet", help="Hours without messages, such as 22-7.")] = "",
    working_days: Annotated[bool, typer.Option("--working-days", help="Nothing at weekends and holidays.")] = False,
    language: Annotated[Language, typer.Option("--language", help="Of the messages.")] = Language.NL,
    short: Annotated[bool, typer.Option("--short", help="One line with a link instead of the whole story.")] = False,
    note: Annotated[str, typer.Option("--note", help="Why; repeated in every message.")] = "",
    confirmed: Annotated[bool, typer.Option("--confirmed", help="Do not ask the address to confirm it.")] = False,
    try_: Annotated[bool, typer.Option("--try", help="Keep nothing; say what it would have sent.")] = False,
    json_: Annotated[bool, JSON] = False,
) -> None:
    """Tell somebody from now on. The address itself must confirm it first, unless you say that it is confirmed."""
    wanted = Subscription(
        id=subscribing.new_id(),
        way=way or _way_of(address),
        address=address,
        filter=Filter(
            commitments=tuple(commitment or ()),
            ministries=tuple(ministry or ()),
            office_holders=tuple(holder or ()),
            members=tuple(member or ()),
            parties=tuple(party or ()),
            dossiers=tuple(dossier or ()),
            letters=tuple(letter or ()),
            words=tuple(word or ()),
            kinds=tuple(kind or ()),
            proposed=proposed,
            sources=sources,
        ),
        rhythm=rhythm,
        hour=hour,
        weekday=weekday,
        quiet=_quiet(quiet),
        working_days=working_days,
        language=language,
        full=not short,
        note=note,
    )
    with house_of(context) as house, _refusing():
        seen = subscribing.preview(house, subscribing.checked(house, wanted), house.clock())
        kept = None if try_ else _kept(house, wanted, confirmed=confirmed)
    _tell_added(kept, seen, json_=json_)


def _way_of(address: str) -> Way:
    if address.startswith(("http://", "https://")):
        return Way.WEBHOOK
    return Way.APPRISE if "://" in address else Way.MAIL


def _quiet(text: str) -> tuple[int, int] | None:
    """``22-7``. Raises typer.BadParameter."""
    if not text:
        return None
    begins, _, ends = text.partition("-")
    if not (begins.isdecimal() and ends.isdecimal() and int(begins) < 24 and int(ends) < 24):
        raise typer.BadParameter(f"{text!r} is not two hours such as 22-7")
    return int(begins), int(ends)


def _kept(house: House, wanted: Subscription, *, confirmed: bool) -> Kept:
    if confirmed:
        return subscribing.adopt(house, wanted, house.clock())
    with Ways(house.settings, house.fetcher) as ways:
        return subscribing.sign_up(house, wanted, house.clock(), ways)


def _tell_added(kept: Kept | None, seen: Preview, *, json_: bool) -> None:
    if json_:
        counted = {"days": seen.days, "events": seen.events, "messages": seen.messages}
        print_json([{**(_shape(kept) if kept else {}), "preview": counted}])
        return
    say(f"in the last {seen.days} days this would have sent {seen.messages} messages about {seen.events} events")
    if kept:
        waits = " and waits for its confirmation" if kept.state == subscriptions.WAITING else ""
        say(f"{kept.subscription.id} is kept{waits}")
    if kept and kept.subscription.secret:
        say(f"the secret that signs its messages, shown once: {kept.subscription.secret}")


@app.command("list", epilog="Example: nakoming subscribe list --state bounced")
def list_(
    context: typer.Context,
    state: Annotated[str, typer.Option("--state", help="waiting, active, bounced or ended.")] = "",
    json_: Annotated[bool, JSON] = False,
) -> None:
    """All subscriptions, without what is secret in them."""
    with house_of(context) as house, house.store.read() as session:
        rows = [_shape(kept) for kept in subscriptions.listed(session, state)]
    if json_:
        print_json(rows)
        return
    names = ("id", "state", "receiver", "rhythm", "since", "error")
    days = [{**row, "since": local_day(row["since"])} for row in rows]
    print_table(f"{len(rows)} subscriptions", names, [tuple(str(row[name])[:60] for name in names) for row in days])


@app.command(epilog="Example: nakoming subscribe pause 3f2a… 2023-09-01")
def pause(
    context: typer.Context,
    id_: Annotated[str, ID],
    until: Annotated[str, typer.Argument(help="The day on which it goes on.")],
) -> None:
    """Tell nothing until a day; what happens meanwhile comes then."""
    goes_on = day(until)
    moment = datetime.combine(goes_on, time(0), AMSTERDAM) if goes_on else None
    with house_of(context) as house, _refusing():
        subscribing.pause(house, id_, moment, house.clock())
    say(f"{id_} is paused until {until}")


@app.command(epilog="Example: nakoming subscribe resume 3f2a…")
def resume(context: typer.Context, id_: Annotated[str, ID]) -> None:
    """Go on after a pause or after mail came back."""
    with house_of(context) as house, _refusing():
        subscribing.pause(house, id_, None, house.clock())
    say(f"{id_} goes on")


@app.command(epilog="Example: nakoming subscribe end 3f2a…")
def end(context: typer.Context, id_: Annotated[str, ID]) -> None:
    """Tell nothing more."""
    with house_of(context) as house, _refusing():
        subscribing.end(house, id_)
    say(f"{id_} has ended")


@app.command(epilog="Example: nakoming subscribe test 3f2a…")
def test(context: typer.Context, id_: Annotated[str, ID]) -> None:
    """Send one test message now."""
    with house_of(context) as house, _refusing(), Ways(house.settings, house.fetcher) as ways:
        answer = subscribing.send_test(house, id_, house.clock(), ways)
    if not answer.ok:
        raise Wrong(f"the test message did not arrive: {answer.detail}")
    say("the test message was taken")


@app.command(epilog="Example: nakoming subscribe preview 3f2a…")
def preview(
    context: typer.Context,
    id_: Annotated[str, ID],
    days: Annotated[int, typer.Option("--days", min=1, max=3660, help="How far to look back.")] = subscribing.LOOK_BACK,
    json_: Annotated[bool, JSON] = False,
) -> None:
    """What it would have sent in the last days."""
    with house_of(context) as house, _refusing():
        with house.store.read() as session:
            kept = subscriptions.get(session, id_)
        if kept is None:
            raise Wrong(f"there is no subscription {id_!r}")
        seen = subscribing.preview(house, kept.subscription, house.clock(), days)
    _tell_added(None, seen, json_=json_)


@app.command(epilog="Example: nakoming subscribe secret 3f2a…")
def secret(
    context: typer.Context,
    id_: Annotated[str, ID],
    retire: Annotated[bool, typer.Option("--retire", help="From now on only the newest secret is good.")] = False,
) -> None:
    """Give a webhook a fresh secret; the last one stays good beside it until it is retired."""
    with house_of(context) as house, _refusing():
        if retire:
            subscribing.retire_secret(house, id_, house.clock())
            say(f"only the newest secret of {id_} is good now")
        else:
            say(f"the new secret, shown once: {subscribing.rotate_secret(house, id_, house.clock())}")


@app.command(epilog="Example, in /etc/aliases: nakoming: |nakoming subscribe bounce -")
def bounce(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="A mail that came back, a file or - for standard input.")],
) -> None:
    """Read a mail that came back; an address that no longer exists is told nothing more until somebody resumes it."""
    with house_of(context) as house:
        if file.startswith(("http://", "https://")):
            raise Wrong("a mail that came back is a file or standard input")
        mail, _, _ = content(file if file == "-" else str(Path(file)), house.settings)
        stopped = subscribing.take_bounce(house, mail)
    say(f"stopped: {', '.join(stopped)}" if stopped else "no subscription stops for this mail")


def _shape(kept: Kept) -> dict[str, Any]:
    """A subscription as data, without address or secret."""
    wanted = replace(kept.subscription, address="", secret="")
    chosen = {name: getattr(wanted.filter, name) for name in Filter.__dataclass_fields__}
    return {
        "id": wanted.id,
        "state": kept.state,
        "receiver": subscribing.shown_address(kept.subscription),
        "way": wanted.way.value,
        "filter": {name: value for name, value in chosen.items() if value},
        "rhythm": wanted.rhythm.value,
        "hour": wanted.hour,
        "weekday": wanted.weekday,
        "quiet": wanted.quiet,
        "working_days": wanted.working_days,
        "language": wanted.language.value,
        "full": wanted.full,
        "note": wanted.note,
        "paused_until": wanted.paused_until,
        "since": kept.since,
        "error": kept.error,
    }
