"""`Remembered`: answers that follow from the history and the day alone, kept until either moves on.

Everything that changes a promise is an event, so the number of the newest event says whether an answer still holds.
In memory, bounded, for one process; losing it costs only time.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import Any, TypeVar

KEPT = 8  # a calendar of every term of a national register can be ten megabytes

Made = TypeVar("Made")


class Remembered:
    """The last few answers by name."""

    def __init__(self, most: int = KEPT) -> None:
        self._most = most
        self._held: OrderedDict[Hashable, tuple[tuple[int, date], Any]] = OrderedDict()
        self._lock = Lock()

    def recall(self, name: Hashable, newest: int, today: date, make: Callable[[], Made]) -> Made:
        """The answer called `name` for this state of the history, made when it is not held."""
        state = (newest, today)
        with self._lock:
            held = self._held.get(name)
            if held and held[0] == state:
                self._held.move_to_end(name)
                found: Made = held[1]
                return found
        made = make()
        with self._lock:
            self._held[name] = (state, made)
            self._held.move_to_end(name)
            while len(self._held) > self._most:
                self._held.popitem(last=False)
        return made
