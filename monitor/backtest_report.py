"""The backtest as a Markdown page with a chart, for `nakoming backtest --report`.

One table of figures a part, what was missed and why, and calibration as a picture: how sure the rules were against how
often they were right. No words of letters are repeated.
"""

from collections.abc import Iterator
from pathlib import Path

from monitor.backtesting import Backtest
from rules.scoring import Bin, ExtractionScore, MatchingScore, Share, TermsScore

SIZE, EDGE = 260, 34  # of the chart, in pixels
MISSES = 20


def write_report(measured: Backtest, file: Path) -> tuple[Path, ...]:
    """Write the page and its charts beside it; the files that were written. Raises OSError."""
    charts = {file.with_name(f"{file.stem}-{_slug(name)}.svg"): bins for name, bins in _calibrations(measured)}
    file.write_text("\n".join(_page(measured, list(charts))) + "\n", encoding="utf-8")
    for path, bins in charts.items():
        path.write_text(chart(bins), encoding="utf-8")
    return (file, *charts)


def _calibrations(measured: Backtest) -> Iterator[tuple[str, tuple[Bin, ...]]]:
    for name, score in measured.extraction.items():
        yield name, score.calibration
    for name, pairs in measured.matching.items():
        yield name, pairs.calibration


def _page(measured: Backtest, charts: list[Path]) -> Iterator[str]:
    yield "# How well the rules do on labelled data\n"
    yield "Written by `nakoming backtest --report`; run it again to check every figure.\n"
    pictures = iter(charts)
    for name, score in measured.extraction.items():
        yield from _extraction(name, score)
        yield _picture(next(pictures))
    for name, terms in measured.deadlines.items():
        yield from _terms(name, terms)
    for name, pairs in measured.matching.items():
        yield from _matching(name, pairs)
        yield _picture(next(pictures))


def _extraction(name: str, score: ExtractionScore) -> Iterator[str]:
    yield f"\n## Promises in letters: {name}\n"
    yield from _table(
        ("letters", str(score.letters)),
        ("precision", _percent(score.precision)),
        ("recall", _percent(score.recall)),
        ("F1", _percent(score.f1)),
        ("recall of explicit ones", _share(score.explicit)),
        ("recall of implicit ones", _share(score.implicit)),
        ("last day right, where there is one", _share(score.terms)),
        ("kind right", _share(score.kind_right)),
        ("traps taken for promises", f"{score.traps.hit} of {score.traps.of}"),
        ("alarms in letters without a promise", str(score.alarms_where_none)),
        *((f"recall: {kind}", _share(share)) for kind, share in score.kinds.items()),
    )
    for miss in score.missed[:MISSES]:
        yield f"- missed in {miss.letter}: {miss.why}"


def _terms(name: str, score: TermsScore) -> Iterator[str]:
    yield f"\n## Terms: {name}\n"
    yield from _table(
        ("expressions", str(score.last_day.of)),
        ("last day right", _share(score.last_day)),
        ("both ends right", _share(score.interval)),
        ("within a day", _share(score.within_one)),
        *((f"class: {group}", _share(share)) for group, share in score.groups.items()),
    )


def _matching(name: str, score: MatchingScore) -> Iterator[str]:
    yield f"\n## Papers that keep a promise: {name}\n"
    yield from _table(
        ("pairs", str(score.first.of)),
        ("the right paper first", _share(score.first)),
        ("among the first five", _share(score.five)),
        ("claims of “kept” that are true", _share(score.fulfilled)),
        ("true pairs that were claimed", _share(score.said)),
        ("near misses taken", str(score.near_misses_accepted)),
        ("silent where nothing keeps it", f"{score.silent.hit} of {score.silent.of}"),
    )


def _table(*rows: tuple[str, str]) -> Iterator[str]:
    yield "| figure | value |"
    yield "|---|---|"
    yield from (f"| {name} | {value} |" for name, value in rows)
    yield ""


def _picture(chart_file: Path) -> str:
    return f"\n![Calibration: how sure against how often right]({chart_file.name})\n"


def _share(share: Share) -> str:
    return f"{_percent(share.value)} ({share.hit} of {share.of})" if share.of else "–"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.1%}"


def _slug(name: str) -> str:
    return "".join(c if c.isalnum() else "-" for c in name.lower())


def chart(bins: tuple[Bin, ...]) -> str:
    """An SVG: the diagonal is perfect; a circle per bin, larger for more cases."""
    most = max((one.right.of for one in bins), default=1)
    circles = "".join(_circle(one, most) for one in bins)
    far = SIZE - EDGE
    labels = "".join(f'<text x="{_at(v)}" y="{far + 16}">{v:.0%}</text>' for v in (0.0, 0.5, 1.0))
    labels += "".join(
        f'<text x="{EDGE - 6}" y="{SIZE - _at(v) + 4}" text-anchor="end">{v:.0%}</text>' for v in (0.5, 1.0)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" role="img" '
        'aria-label="How sure the rules were, across, against how often they were right, up" font-family="sans-serif" '
        f'font-size="10"><rect width="{SIZE}" height="{SIZE}" fill="#fff"/>'
        f'<g text-anchor="middle" fill="#333">{labels}</g>'
        f'<path d="M{EDGE} {far}H{far}M{EDGE} {far}V{EDGE}" stroke="#333" fill="none"/>'
        f'<path d="M{EDGE} {far}L{far} {EDGE}" stroke="#999" stroke-dasharray="4"/>{circles}</svg>\n'
    )


def _circle(one: Bin, most: int) -> str:
    radius = 3 + 7 * (one.right.of / most) ** 0.5
    up = SIZE - _at(one.right.value or 0.0)
    return f'<circle cx="{_at(one.confidence)}" cy="{up}" r="{radius:.1f}" fill="#1d4f7c" fill-opacity="0.7"/>'


def _at(value: float) -> float:
    return round(EDGE + value * (SIZE - 2 * EDGE), 1)
