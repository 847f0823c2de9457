"""One pass over many sources: read side by side, written down together.

A pass over a thousand feeds is nearly all waiting, and most feeds have nothing new: so the reading is done in many
threads (each host at its own pace), and the records of the polls are written a batch at a time. What is news is kept
as always, a page at a time, by `monitor.cycle`. Not inside: when a pass is made.
"""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime
from urllib.parse import urlsplit

from monitor.cycle import LATE_TEXTS, Visit, visited
from monitor.house import House
from monitor.store import Session, documents, sources
from monitor.store.sources import PollRecord
from sources.source import Cursor

THREADS = 64
BATCH = 50  # a death costs at most the records and cursors of so many polls; reading them again is free


def poll_all(house: House, names: Iterable[str], now: datetime) -> list[PollRecord]:
    """Poll each source once; the records in the order of the names."""
    wanted = list(dict.fromkeys(names))
    with house.store.read() as session:
        cursors = sources.cursors(session)
        late = {name: documents.lacking_text(session, name, LATE_TEXTS) for name in _late(session, wanted)}

    def read(names: Sequence[str]) -> list[Visit]:
        return [visited(house, name, cursors.get(name, Cursor()), late.get(name, ()), now) for name in names]

    hosts = _by_host(house, wanted)
    records: dict[str, PollRecord] = {}
    with ThreadPoolExecutor(min(THREADS, max(1, len(hosts)))) as threads:
        reading = as_completed([threads.submit(read, names) for names in hosts])
        for batch in _batches(visit for host in reading for visit in host.result()):
            with house.writing, house.store.write() as session:
                sources.note_polls(session, [(visit.record, visit.url, visit.safe) for visit in batch])
            records |= {visit.record.source: visit.record for visit in batch}
    return [records[name] for name in wanted]


def _by_host(house: House, names: Iterable[str]) -> list[list[str]]:
    """The sources of a host are read one after the other: they share its pace, so a second thread would only wait."""
    hosts: dict[str, list[str]] = {}
    for name in names:
        hosts.setdefault(urlsplit(house.sources[name].url).netloc, []).append(name)
    return list(hosts.values())


def _late(session: Session, wanted: Sequence[str]) -> set[str]:
    return documents.sources_lacking_text(session) & set(wanted)


def _batches(visits: Iterable[Visit]) -> Iterator[list[Visit]]:
    batch: list[Visit] = []
    for visit in visits:
        batch.append(visit)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
