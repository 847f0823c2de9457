"""Figures per ministry and per minister: how many promises, the share kept, the median of days late.

Pure. The share kept is reckoned over promises that were kept and promises whose promised term passed without result;
what still runs, and what nobody put a term on, says nothing about keeping yet.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from monitor.store.views import Line
from monitor.web.charts import GROUPS, Piece, group_of, stacked
from monitor.web.standing import Standing, days_late


@dataclass(frozen=True, slots=True)
class Figures:
    """name: "" for those without one; asks: what a filter of the list takes for them. share: 0..1, None: cannot be
    said yet. late: median days, negative: early.
    """

    name: str
    asks: str
    total: int
    kept: int
    in_time: int
    running: int
    nothing: int
    share: float | None
    late: float | None
    pieces: tuple[Piece, ...]


Judged = tuple[Line, Standing]


def figures(name: str, judged: Sequence[Judged], whole: int, asks: str = "") -> Figures:
    """whole: how many promises fill a bar."""
    standings = [standing for _, standing in judged]
    kept, passed = standings.count(Standing.KEPT), standings.count(Standing.OVERDUE)
    late = [days for line, _ in judged if (days := days_late(line)) is not None]
    groups = [group_of(standing) for standing in standings]
    numbers = [(group, groups.count(group)) for group in GROUPS]
    return Figures(
        name=name,
        asks=asks,
        total=len(judged),
        kept=kept,
        in_time=sum(days <= 0 for days in late),
        running=dict(numbers)["running"],
        nothing=dict(numbers)["found_nothing"],
        share=kept / (kept + passed) if kept + passed else None,
        late=median(late) if late else None,
        pieces=stacked(numbers, whole),
    )


def grouped(judged: Iterable[Judged], by: Callable[[Line], str], asks: Callable[[Line], str]) -> tuple[Figures, ...]:
    """One row per name, the largest first."""
    groups: dict[str, list[Judged]] = {}
    for line, standing in judged:
        groups.setdefault(by(line), []).append((line, standing))
    whole = max((len(group) for group in groups.values()), default=0)
    rows = [figures(name, group, whole, asks(group[0][0])) for name, group in groups.items()]
    return tuple(sorted(rows, key=lambda row: (-row.total, row.name)))


def ministry(line: Line) -> str:
    return line.ministry


def holder_asked(line: Line) -> str:
    return line.person or line.office


def holder(line: Line) -> str:
    """The person with the office; where no person is known, the office."""
    if line.person and line.office:
        return f"{line.person} ({line.office})"
    return line.person or line.office
