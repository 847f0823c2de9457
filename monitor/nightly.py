"""What is done at night, off-peak: read again what the increments may have missed, compare events with deliveries, keep
the evidence within its limits, look after subscriptions that nobody confirmed.

Each can be run again at any time. Not inside: when (`monitor.schedule`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor import outbox, subscribing
from monitor.cycle import Tally, take_page
from monitor.house import House
from monitor.store import evidence, sources
from monitor.ways import Ways
from notifications.dates import local_day
from sources.source import Cursor, NoHistory, SourceError

WINDOW = timedelta(days=7)  # days back that a source is read again
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """What one night did: deliveries that were missing, versions that were forgotten, subscribers that were told."""

    queued: int
    forgotten: int
    told: int


def night(house: House, now: datetime, sender: outbox.Sender | None = None) -> Night:
    queued = outbox.sweep(house, now)
    with Ways(house.settings, house.fetcher) as ways:
        told = subscribing.tidy(house, now, sender or ways)
    return Night(queued=queued, forgotten=prune(house, now), told=told)


def prune(house: House, now: datetime) -> int:
    """Keep the evidence within the age and size of the settings. How many versions were forgotten."""
    days = house.settings.keep_versions_days
    before = now - timedelta(days=days) if days else None
    with house.store.write() as session:
        return evidence.prune(session, before, house.settings.most_evidence_mb * MEGABYTE)


def probe(house: House, name: str, now: datetime) -> str:
    """Ask a source for something tiny and keep the form of its answer; "" when it is as before, else a line about it.

    A form that changed is no failure yet: the poll says whether it still can be read.
    """
    place = f"{name}@probe"
    try:
        found = house.sources[name].probe(now)
    except SourceError as error:
        return f"{name}: {error}"
    if not found.items:
        return ""  # an empty answer shows no form
    with house.store.write() as session:
        before = sources.get(session, place).cursor
        since = before.get("since") if before.get("form") == found.fingerprint else now.isoformat(timespec="seconds")
        form = Cursor({"form": found.fingerprint, "since": since, "items": str(found.items)})
        sources.save_cursor(session, place, house.sources[name].url, form)
    changed = before.get("form") not in ("", found.fingerprint)
    return f"{name}: answers in another form since {since}" if changed else ""


def recheck(house: House, name: str, now: datetime) -> Tally:
    """Read the last days of a source once more, as a back-fill; what is known adds nothing.

    A place that shows only what is new has no past to read; one that fails now is noted by its polls.
    """
    source, tally, today = house.sources[name], Tally(), local_day(now)
    try:
        for page in source.backfill(today - WINDOW, today, Cursor(), now):
            take_page(house, source, page, tally, now, f"{name}@recheck")
    except NoHistory:
        return tally
    except SourceError as error:
        tally.remark([str(error)])
        return tally
    with house.store.write() as session:
        sources.extend_coverage(session, name, today - WINDOW, today)
    return tally
