"""`TimeLimit`: the time that one fetch has, after which its socket is shut, so that no server can hold us longer.

One thread watches all of them. Not inside: what is fetched, and how often (`sources.http`).
"""

import contextlib
import socket
import threading
import time


class _Watchdog:
    """One thread that cuts every fetch whose time is up; it begins with the first fetch."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: dict[TimeLimit, float] = {}
        self._wakes = float("-inf")
        self._thread: threading.Thread | None = None

    def watch(self, run: "TimeLimit", until: float) -> None:
        with self._changed:
            self._due[run] = until
            if self._thread is None:
                self._thread = threading.Thread(target=self._guard, name="fetch deadlines", daemon=True)
                self._thread.start()
            if until < self._wakes:
                self._changed.notify()

    def leave(self, run: "TimeLimit") -> None:
        with self._changed:
            self._due.pop(run, None)

    def _guard(self) -> None:
        while True:
            for run in self._expired():
                run.expire()

    def _expired(self) -> list["TimeLimit"]:
        """Wait for the next deadline or for an earlier one to come; those whose time is up."""
        with self._changed:
            now = time.monotonic()
            self._wakes = min(self._due.values(), default=float("inf"))
            if self._wakes > now:
                self._changed.wait(None if self._wakes == float("inf") else self._wakes - now)
                now = time.monotonic()
            over = [run for run, until in self._due.items() if until <= now]
            for run in over:
                del self._due[run]
            self._wakes = float("-inf")
            return over


_watchdog = _Watchdog()


class TimeLimit:
    """The time that one fetch has left. When it is up the socket is shut, so no server can hold us longer.

    Waiting for our own pace does not count: the clock runs between `start` and `stop` only.
    """

    def __init__(self, most_seconds: float) -> None:
        self.left = most_seconds
        self.expired = False
        self._started: float | None = None
        self._held: socket.socket | None = None
        self._own = False
        self._lock = threading.Lock()

    def start(self) -> None:
        self._started = time.monotonic()
        _watchdog.watch(self, self._started + self.left)

    def stop(self) -> None:
        if self._started is not None:
            _watchdog.leave(self)
            self.left -= time.monotonic() - self._started
            self._started = None
        with self._lock:
            self._let_go()

    def hold(self, sock: socket.socket, *, duplicate: bool) -> None:
        """The connection that the time limit cuts from now on. duplicate: something else may take the socket over."""
        with self._lock:
            self._let_go()
            self._held, self._own = _duplicate(sock) if duplicate else sock, duplicate
            if self.expired:
                self._cut()

    def expire(self) -> None:
        with self._lock:
            self.expired = True
            self._cut()

    def _cut(self) -> None:
        if self._held is not None:
            with contextlib.suppress(OSError):
                self._held.shutdown(socket.SHUT_RDWR)

    def _let_go(self) -> None:
        if self._held is not None and self._own:
            self._held.close()
        self._held = None


def _duplicate(sock: socket.socket) -> socket.socket:
    return socket.socket(fileno=socket.dup(sock.fileno()))
