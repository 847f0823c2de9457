"""Back-fill: what a source published in a period, read once, resumable after a kill.

The place reached is kept in the store under the source's name and the period, page by page; the documents go the same
walk as those of a poll, so running it twice adds nothing. Memory is bounded by one page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from monitor.cycle import Tally, take_page
from monitor.house import House
from monitor.store import sources

DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    documents: int = 0
    news: int = 0
    set_aside: int = 0


def backfill(house: House, name: str, first: date, last: date, now: datetime, told: Callable[[Filled], None]) -> Filled:
    """Read a period; `told` hears after every page how far it is. Raises SourceError; what was read stays read."""
    source = house.sources[name]
    place = f"{name}@{first}..{last}"
    with house.store.read() as session:
        cursor = sources.get(session, place).cursor
    tally = Tally()
    if cursor.get(DONE):
        return Filled()
    for page in source.backfill(first, last, cursor, now):
        take_page(house, source, page, tally, now, place)
        told(_filled(tally))
        cursor = page.cursor
    with house.store.write() as session:
        sources.save_cursor(session, place, source.url, cursor.with_(**{DONE: now.isoformat()}))
        sources.extend_coverage(session, name, first, last)
    return _filled(tally)


def _filled(tally: Tally) -> Filled:
    return Filled(documents=tally.documents, news=tally.news, set_aside=tally.set_aside)
