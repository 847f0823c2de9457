"""`House`: one running installation, put together from its settings. Opening it makes the tables and loads the seeds.

Everything that works on an installation (commands, pages, the schedule, the demo) gets a `House` and asks nothing
else. It makes no network call by being opened.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import RLock

from monitor.seeding import load_calendar, named, table
from monitor.settings import Settings
from monitor.store import Store, StoreError
from monitor.store.events import Addresses
from monitor.watching import Watch
from notifications.words import Language
from rules.calendar import Calendar
from rules.policy import Policy
from sources.catalogue import build
from sources.http import Fetcher
from sources.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """clock: the present moment, aware UTC. watch: the promises in memory. writing: held while a document is judged."""

    settings: Settings
    store: Store
    calendar: Calendar
    policy: Policy
    fetcher: Fetcher
    sources: Mapping[str, Source]
    clock: Callable[[], datetime]
    watch: Watch = field(default_factory=Watch)
    writing: RLock = field(default_factory=RLock)

    @property
    def language(self) -> Language:
        return Language(self.settings.locale)

    @property
    def addresses(self) -> Addresses:
        return Addresses(base=self.settings.base_url)

    def close(self) -> None:
        self.store.close()


def open_house(
    settings: Settings, clock: Callable[[], datetime], *, sleep: Callable[[float], None] = time.sleep
) -> House:
    """An installation ready to use. Raises SettingsError or StoreError, each with what is wrong in one line.

    sleep: how to wait before a source is asked again; the demo's time is simulated.
    """
    fetcher = Fetcher(
        contact=settings.contact,
        pace_per_second=settings.pace_per_second,
        allow_private=settings.allow_private_networks,
        sleep=sleep,
    )
    calendar = load_calendar(settings)
    sources = load_sources(settings, fetcher)
    store = Store(settings.database)
    try:
        store.upgrade()
    except StoreError:
        store.close()
        raise
    return House(
        settings=settings,
        store=store,
        calendar=calendar,
        policy=settings.policy.policy(),
        fetcher=fetcher,
        sources=sources,
        clock=clock,
    )


def load_sources(settings: Settings, fetcher: Fetcher) -> dict[str, Source]:
    """The places to watch, from the catalogue and the settings. Raises SettingsError."""
    return named("sources", lambda: build(table(settings.sources_file, "sources.toml"), settings.sources, fetcher))
