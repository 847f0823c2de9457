"""The run of the demo: a temporary installation on the stage, and the schedule on a clock that jumps.

Every event is yielded as it happens. Nothing here judges: the works of `monitor.schedule` do what they always do.
"""

import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from monitor.demo.papers import History, history
from monitor.demo.stage import Stage, stage
from monitor.house import House, open_house
from monitor.letters import load_seeds
from monitor.schedule import Replay, works
from monitor.seeding import catalogue_names
from monitor.settings import Settings, Smtp
from monitor.store import commitments, documents, events, subscriptions
from monitor.subscribing import links_of
from notifications.subscription import EVERYTHING, Subscription, Way
from notifications.webhook import new_secret
from rules.event import Event
from sources.document import Document

START = datetime(2022, 9, 2, 6, tzinfo=UTC)
END = datetime(2025, 8, 1, tzinfo=UTC)
BEAT = timedelta(days=1)  # of polling and delivering: a day in the demo is one look
RHYTHMS = {"tweedekamer": "PT12H", "officielebekendmakingen": "PT12H"}
QUIET = "P10Y"  # the demo shows few papers, so days without news mean nothing
STAFF = "staf@kamer.example"


class Clock:
    """The simulated clock."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An event of the demo with the paper it is about."""

    event: Event
    document: Document | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A set stage with an installation on it."""

    house: House
    stage: Stage
    clock: Clock
    history: History


@contextmanager
def set_up() -> Iterator[Demo]:
    """The stage, a database in a temporary folder, one mail subscriber and one webhook. Nothing else is touched."""
    played, clock = history(), Clock(START)
    with tempfile.TemporaryDirectory(prefix="nakoming-demo-") as folder, stage(played, clock) as built:
        house = open_house(_settings(Path(folder), built), clock, sleep=lambda _seconds: None)
        try:
            _subscribe(house, built)
            yield Demo(house=house, stage=built, clock=clock, history=played)
        finally:
            house.close()


def _settings(folder: Path, built: Stage) -> Settings:
    shown = built.sources()
    places: dict[str, dict[str, Any]] = {name: {"enabled": False} for name in catalogue_names() if name not in shown}
    for name, options in shown.items():
        places[name] = {"every": RHYTHMS.get(name, "P1D"), "silent_after": QUIET, "enabled": True, **options}
    return Settings(
        data_dir=folder,
        database_url=SecretStr(f"sqlite:///{folder}/demo.db"),
        sources=places,
        smtp=Smtp(host="127.0.0.1", port=built.mail_port, security="none", sender="nakoming@demo.example"),
        pace_per_second=10_000,
        allow_private_networks=True,
    )


def _subscribe(house: House, built: Stage) -> None:
    wanted = (
        Subscription(id="staf", way=Way.MAIL, address=STAFF, filter=EVERYTHING, note="de brief over de AVG"),
        Subscription(id="webhook", way=Way.WEBHOOK, address=built.hook, filter=EVERYTHING, secret=new_secret()),
    )
    with house.store.write() as session:
        for subscription in wanted:
            subscriptions.keep(session, subscription, START)


def run(
    demo: Demo, days_per_second: float = 0.0, windows: Sequence[tuple[datetime, datetime]] = ((START, END),)
) -> Iterator[Shown]:
    """Play the history; every event as it happens. days_per_second: 0 is as fast as the machine goes.

    windows: when the house is open; between them it is closed, and finds what it missed when it opens again.
    """
    house, clock = demo.house, demo.clock
    load_seeds(house, clock())
    seen = 0
    replay = Replay(house, works(house, links_of(house), beat=BEAT), clock())
    for opens, closes in windows:
        replay.close_until(opens)
        while replay.next_at < closes:
            _pass_time(clock, replay.next_at, days_per_second)
            replay.step()
            for number, event in _after(house, seen):
                seen = number
                yield _shown(house, event)


def _pass_time(clock: Clock, moment: datetime, days_per_second: float) -> None:
    if days_per_second > 0:
        time.sleep(max(0.0, (moment - clock.now) / timedelta(days=1) / days_per_second))
    clock.now = max(clock.now, moment)


def _after(house: House, seen: int) -> list[tuple[int, Event]]:
    with house.store.read() as session:
        return list(events.every(session, after_id=seen))


def _shown(house: House, event: Event) -> Shown:
    with house.store.read() as session:
        document = documents.get(session, event.document) if event.document else None
        commitment = commitments.get(session, event.commitment) if event.commitment else None
    quote = commitment.quote if commitment else event.data.get("source", "")
    return Shown(event=event, document=document, quote=quote)
