"""`serve`: one process that keeps the schedule and the pages going until it is told to stop.

SIGTERM and SIGINT stop it cleanly: pages end their answers, works that run are let end, nothing new begins. It stays up
without any network and without any source.
"""

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import uvicorn

from monitor import outbox
from monitor.house import House
from monitor.letters import load_seeds
from monitor.schedule import Daemon, works
from monitor.subscribing import links_of
from monitor.web import create_app

log = logging.getLogger("nakoming.service")
STOPPING = (signal.SIGTERM, signal.SIGINT)
ANSWER_SECONDS = 10  # for answers that are being given when the process is told to stop


def serve(house: House, *, host: str, port: int, web: bool = True, poll: bool = True) -> None:
    """Load the seeds, start the schedule and, with `web`, the pages; return after SIGTERM or SIGINT."""
    now = house.clock()
    outbox.adopt_channels(house, now)
    loaded = load_seeds(house, now)
    log.info("ready", extra={"database": house.store.name, "sources": sorted(house.sources), "loaded": len(loaded)})
    with _working(house, poll=poll):
        if web:
            _pages(house, host, port)
        else:
            _wait()
    log.info("stopped")


@contextmanager
def _working(house: House, *, poll: bool) -> Iterator[None]:
    daemon = Daemon(house, works(house, links_of(house), poll=poll))
    daemon.start()
    try:
        yield
    finally:
        daemon.stop()


def show(house: House, *, host: str, port: int) -> None:
    """The pages alone, without any work behind them, until told to stop."""
    _pages(house, host, port)


def _pages(house: House, host: str, port: int) -> None:
    config = uvicorn.Config(
        create_app(house),
        host=host,
        port=port,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=ANSWER_SECONDS,
    )
    server = uvicorn.Server(config)
    with _ours_afterwards():
        server.run()


@contextmanager
def _ours_afterwards() -> Iterator[None]:
    """Uvicorn raises the signal that ended it once more when it is done; by then it must no longer kill us."""
    kept = {number: signal.signal(number, lambda _number, _frame: None) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _wait() -> None:
    stop = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in STOPPING:
        signal.signal(number, end)
    stop.wait()
