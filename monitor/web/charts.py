"""Charts as numbers: where each bar begins and how long it is. The template draws them as SVG, the style colours them.

Pure. Every chart also is a table, so nothing is said by colour or length alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.store.views import Line
from monitor.web.standing import Standing

WIDTH, HEIGHT, FOOT, GAP = 720, 220, 34, 8  # of the chart of months, in its own units
TOP = 18
RUNNING = (Standing.OPEN, Standing.IN_PROGRESS, Standing.PARTLY, Standing.SOON, Standing.UNREAD, Standing.PROPOSED)
NOTHING = (Standing.OVERDUE, Standing.ASKED)
GROUPS = ("settled", "running", "found_nothing")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar. group: names its colour and its words; begin, size: along the bar, 0 to 100."""

    group: str
    number: int
    begin: float
    size: float


@dataclass(frozen=True, slots=True)
class Column:
    """A month in the chart of terms. x, pieces: places in the drawing; from the top: y and height."""

    month: date
    x: float
    width: float
    total: int
    pieces: tuple[tuple[str, float, float], ...]
    numbers: dict[str, int]
    now: bool


def group_of(standing: Standing) -> str:
    if standing in NOTHING:
        return "found_nothing"
    return "running" if standing in RUNNING else "settled"


def stacked(numbers: Sequence[tuple[str, int]], whole: int) -> tuple[Piece, ...]:
    """The parts of a bar, one after the other; `whole` fills it."""
    pieces, begin = [], 0.0
    for group, number in numbers:
        size = 100 * number / whole if whole else 0.0
        if number:
            pieces.append(Piece(group, number, round(begin, 2), round(size, 2)))
        begin += size
    return tuple(pieces)


def months(lines: Sequence[tuple[Line, Standing]], today: date, back: int = 3, ahead: int = 12) -> tuple[Column, ...]:
    """How many terms end in each month around today, split by what became of them."""
    shown = [_month(today, step) for step in range(-back, ahead + 1)]
    counted = {month: dict.fromkeys(GROUPS, 0) for month in shown}
    for line, standing in lines:
        month = line.due.replace(day=1) if line.due else None
        if month in counted:
            counted[month][group_of(standing)] += 1
    most = max((sum(numbers.values()) for numbers in counted.values()), default=0)
    step = WIDTH / len(shown)
    return tuple(
        _column(month, counted[month], most, place * step, step, now=month == today.replace(day=1))
        for place, month in enumerate(shown)
    )


def _column(month: date, numbers: dict[str, int], most: int, x: float, step: float, *, now: bool) -> Column:
    scale = (HEIGHT - FOOT - TOP) / most if most else 0.0
    y, pieces = float(HEIGHT - FOOT), []
    for group in GROUPS:
        height = numbers[group] * scale
        y -= height
        if height:
            pieces.append((group, round(y, 1), round(height, 1)))
    total = sum(numbers.values())
    return Column(month, round(x + GAP / 2, 1), round(step - GAP, 1), total, tuple(pieces), numbers, now)


def _month(today: date, step: int) -> date:
    number = today.year * 12 + today.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)
