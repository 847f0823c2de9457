"""robots.txt: asked once a day per host, read by protego, obeyed with its crawl delay. Fetching is `sources.http`'s."""

import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from sources.addresses import shown
from sources.source import Forbidden

KEPT_SECONDS = 86_400.0
LONGEST_DELAY = 30.0  # a longer crawl delay is kept by the schedule: we ask a host far less often


class Robots:
    """What each host lets us read.

    read: gives the text of a robots.txt, or None when the host has none; it raises SourceError when it cannot be
    known, and then the page is not read either (RFC 9309: unreachable means no).
    """

    def __init__(
        self, agent: str, read: Callable[[str, bool], str | None], sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._agent = agent
        self._read = read
        self._sleep = sleep
        self._known: dict[str, tuple[float, Protego]] = {}
        self._asked: dict[str, float] = {}
        self._lock = threading.Lock()

    def obey(self, url: str, *, guarded: bool) -> None:
        """Return when the address may be read now; Forbidden when it may not."""
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        rules = self._rules(host, guarded)
        if not rules.can_fetch(url, self._agent):
            raise Forbidden(f"{shown(url)}: robots.txt asks not to read it")
        self._keep_distance(host, float(rules.crawl_delay(self._agent) or 0))

    def _rules(self, host: str, guarded: bool) -> Protego:
        known = self._known.get(host)
        if known is None or time.monotonic() - known[0] > KEPT_SECONDS:
            text = self._read(f"{host}/robots.txt", guarded)
            known = (time.monotonic(), Protego.parse(text or ""))
            self._known[host] = known
        return known[1]

    def _keep_distance(self, host: str, delay: float) -> None:
        """Reserve the next moment that the host allows, then wait for it without holding the others up."""
        if delay <= 0:
            return
        with self._lock:
            moment = max(time.monotonic(), self._asked.get(host, float("-inf")) + min(delay, LONGEST_DELAY))
            self._asked[host] = moment
        self._sleep(max(0.0, moment - time.monotonic()))
