"""When the house works: the one home of APScheduler.

The list of works (`works`) and the moment of each next run live here; the moments are kept in the store, so that a
restart resets no clock: a poll every six hours in a process that restarts every five still happens. Two drivers run
the same works: `Daemon` (APScheduler's threads and the real clock) and `Replay` (a simulated clock, one at a time).
Not inside: what a work does.
"""

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from apscheduler.events import EVENT_JOB_MAX_INSTANCES, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.date import DateTrigger

from monitor import cycle, nightly, outbox, review
from monitor.house import House
from monitor.outbox import LinksOf, Sender, no_links
from monitor.store import StoreError, work
from monitor.store import sources as source_states
from notifications.cleaning import one_line

log = logging.getLogger("nakoming.schedule")

MINUTE = timedelta(minutes=1)
MORNING = time(6, 30)  # before the working day, after the night's publications
NIGHT = time(3, 40)  # off-peak, and outside the hour that summer time skips or doubles
GRACE_SECONDS = 3600  # a run that a busy machine delays is still run, not dropped (APScheduler's default is 1 second)
JITTER = 0.05  # of the rhythm
MOST_JITTER = timedelta(minutes=10)
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)  # beats are counted from here, so that they do not drift
BACK_OFF = 6  # a failing source is asked at most this much less often
THREADS = 8

Do = Callable[[datetime], object]
Next = Callable[[datetime], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One work: what to do at a moment, and when it is next, seen from the end of a run.

    at_once: a new installation does it as soon as it starts; else it waits for its hour.
    """

    name: str
    do: Do
    after: Next
    at_once: bool = True


def works(
    house: House,
    links: LinksOf = no_links,
    sender: Sender | None = None,
    *,
    poll: bool = True,
    beat: timedelta = MINUTE,
) -> tuple[Planned, ...]:
    """All that an installation does by itself. poll: False leaves the sources alone; beat: of delivering."""
    always = (
        Planned(name="deliver", do=lambda now: outbox.deliver(house, now, links, sender), after=lambda now: now + beat),
        Planned(name="review", do=lambda now: review.review(house, now), after=_daily(house, MORNING)),
        Planned(
            name="watch",
            do=lambda now: review.watch_sources(house, now),
            after=lambda now: now + max(beat, 15 * MINUTE),
        ),
        Planned(name="night", do=lambda now: nightly.night(house, now, sender), after=_daily(house, NIGHT)),
    )
    if not poll:
        return always
    return always + tuple(
        make(house, name) for name in house.sources for make in (_poll_work, _recheck_work, _probe_work)
    )


def _poll_work(house: House, name: str) -> Planned:
    return Planned(
        name=f"poll:{name}", do=lambda now: cycle.poll(house, name, now), after=lambda now: _next_poll(house, name, now)
    )


def _recheck_work(house: House, name: str) -> Planned:
    return Planned(
        name=f"recheck:{name}",
        do=lambda now: nightly.recheck(house, name, now),
        after=_daily(house, NIGHT),
        at_once=False,
    )


def _probe_work(house: House, name: str) -> Planned:
    def ask(now: datetime) -> None:
        told = nightly.probe(house, name, now)
        if told:
            log.info("probe", extra={"source": name, "said": told})

    return Planned(name=f"probe:{name}", do=ask, after=_daily(house, NIGHT))


def _next_poll(house: House, name: str, now: datetime) -> datetime:
    """The next beat of its rhythm, a little off so that not all ask at the full quarter; slower while it fails."""
    with house.store.read() as session:
        failures = source_states.get(session, name).failures
    rhythm = house.sources[name].every * min(max(1, failures), BACK_OFF)
    off = min(JITTER * rhythm, MOST_JITTER) * (sum(name.encode()) % 100 / 100)  # the same at every start
    beats = (now + rhythm / 2 - off - EPOCH) // rhythm + 1  # not the one that is just coming
    return EPOCH + beats * rhythm + off


def _daily(house: House, at: time) -> Next:
    """Once a day at an hour of the zone of the settings."""
    zone = ZoneInfo(house.settings.timezone)

    def after(now: datetime) -> datetime:
        local = now.astimezone(zone)
        day = local.date() + timedelta(days=0 if local.time() < at else 1)
        return datetime.combine(day, at, zone).astimezone(UTC)

    return after


def first_runs(house: House, planned: tuple[Planned, ...], now: datetime) -> dict[str, datetime]:
    """When each work runs first: as the store has it, at once when that moment is past or it never ran."""
    with house.store.read() as session:
        known = work.every(session)
    return {p.name: _first(known.get(p.name), p, now) for p in planned}


def _first(known: work.Work | None, planned: Planned, now: datetime) -> datetime:
    if known is None or known.next_at is None:
        fresh = known is None or known.started_at is None
        return now if fresh and planned.at_once else planned.after(now)
    return max(known.next_at, now)


def run_once(house: House, planned: Planned, now: datetime) -> datetime:
    """Do a work and note how it went; the moment of its next run. A failing work is noted, not raised."""
    error = ""
    try:
        with house.store.write() as session:
            work.started(session, planned.name, now)
        planned.do(now)
    except Exception as failure:  # noqa: BLE001 - one work that fails must not stop the others; it is noted and shown
        error = one_line(f"{type(failure).__name__}: {failure}", 300)
        log.error("work failed", extra={"work": planned.name, "trace": traceback.format_exc()})
    return _noted(house, planned, now, error)


def _noted(house: House, planned: Planned, now: datetime, error: str) -> datetime:
    try:
        following = planned.after(now)
        with house.store.write() as session:
            work.ended(session, planned.name, house.clock(), following, error)
    except StoreError as failure:  # a full disk: the work is tried again, the daemon stays up
        log.error("cannot note a work", extra={"work": planned.name, "error": str(failure)})
        return now + MINUTE
    return following


class Daemon:
    """Runs the works in threads on the real clock. A work never runs beside itself."""

    def __init__(self, house: House, planned: tuple[Planned, ...]) -> None:
        self._house = house
        self._planned = {p.name: p for p in planned}
        self._idle = threading.Condition()
        self._running = 0
        self._stopping = False
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(THREADS)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": GRACE_SECONDS},
        )
        self._scheduler.add_listener(_tell_missed, EVENT_JOB_MISSED | EVENT_JOB_MAX_INSTANCES)

    def start(self) -> None:
        now = self._house.clock()
        for name, moment in first_runs(self._house, tuple(self._planned.values()), now).items():
            self._add(name, moment)
        self._scheduler.start()

    def _add(self, name: str, moment: datetime) -> None:
        self._scheduler.add_job(self._run, DateTrigger(moment), args=(name,), id=name, name=name, replace_existing=True)

    def _run(self, name: str) -> None:
        with self._idle:
            if self._stopping:
                return
            self._running += 1
        try:
            following = run_once(self._house, self._planned[name], self._house.clock())
            if not self._stopping:
                self._add(name, following)
        finally:
            with self._idle:
                self._running -= 1
                self._idle.notify_all()

    def stop(self) -> None:
        """Let what runs end, begin nothing new. (APScheduler's own waiting would wait for a work that plans itself.)"""
        with self._idle:
            self._stopping = True
            self._idle.wait_for(lambda: self._running == 0)
        self._scheduler.shutdown(wait=False)


def _tell_missed(event: JobExecutionEvent) -> None:
    log.warning("work was not run in time", extra={"work": event.job_id, "code": event.code})


class Replay:
    """Runs the same works on a clock that jumps from one moment of work to the next."""

    def __init__(self, house: House, planned: tuple[Planned, ...], start: datetime) -> None:
        self._house = house
        self._planned = {p.name: p for p in planned}
        self._due = first_runs(house, planned, start)

    @property
    def next_at(self) -> datetime:
        return min(self._due.values())

    def close_until(self, moment: datetime) -> None:
        """As if the house were closed until then: what was missed runs once when it opens."""
        self._due = {name: max(due, moment) for name, due in self._due.items()}

    def step(self) -> tuple[str, datetime]:
        """Run the work that is due first; its name and moment."""
        name = min(self._due, key=lambda n: (self._due[n], n))
        moment = self._due[name]
        self._due[name] = run_once(self._house, self._planned[name], moment)
        return name, moment
