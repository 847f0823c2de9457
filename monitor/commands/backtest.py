"""`nakoming backtest`: precision, recall and calibration on labelled data, with what was missed and why."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from monitor.backtest_report import write_report
from monitor.backtesting import Backtest, NoLabels
from monitor.backtesting import backtest as run_backtest
from monitor.commands.door import Wrong, door_of, note, print_json, print_table, say
from monitor.commands.reading import JSON
from monitor.seeding import load_calendar
from rules.scoring import Bin, ExtractionScore, MatchingScore, Share, TermsScore

app = typer.Typer()
OWN = Path("tests/labelled")
SHOWN = 25  # misses and extras listed for people; --json has all


@app.command(epilog="Example: nakoming backtest tests/labelled")
def backtest(
    context: typer.Context,
    gold: Annotated[Path, typer.Argument(metavar="GOLD_DIR", help="A folder of labelled data.")] = OWN,
    texts: Annotated[Path | None, typer.Option("--texts", help="Where the texts of extraction*.jsonl are.")] = None,
    report: Annotated[
        Path | None, typer.Option("--report", help="Also write a Markdown page with charts here.")
    ] = None,
    json_: Annotated[bool, JSON] = False,
) -> None:
    """Run the rules on labelled data: how much is found, how much of it is right, how sure we were."""
    try:
        measured = run_backtest(gold, load_calendar(door_of(context).settings()), texts)
    except (NoLabels, ValueError, KeyError) as error:
        raise Wrong(f"{error}") from None
    if json_:
        print_json([shape(measured)])
    else:
        _tell(measured)
    if report:
        _write(measured, report)


def _write(measured: Backtest, report: Path) -> None:
    try:
        written = write_report(measured, report)
    except OSError as error:
        raise Wrong(f"{report}: {error.strerror}") from None
    note(f"written: {', '.join(map(str, written))}")


def shape(measured: Backtest) -> dict[str, Any]:
    """Every figure by the name of its file; shares as fractions, misses in full."""
    return {
        "extraction": {name: _extraction(score) for name, score in measured.extraction.items()},
        "deadlines": {name: _deadlines(score) for name, score in measured.deadlines.items()},
        "matching": {name: _matching(score) for name, score in measured.matching.items()},
        "without_text": measured.without_text,
    }


def _extraction(score: ExtractionScore) -> dict[str, Any]:
    return {
        "letters": score.letters,
        "precision": _part(score.precision),
        "recall": _part(score.recall),
        "f1": _part(score.f1),
        "explicit_recall": _value(score.explicit),
        "implicit_recall": _value(score.implicit),
        "explicit_precision": _value(score.explicit_right),
        "implicit_precision": _value(score.implicit_right),
        "recall_by_kind": {kind: _value(share) for kind, share in score.kinds.items()},
        "kind_right": _value(score.kind_right),
        "last_day_right": _value(score.terms),
        "traps_taken": f"{score.traps.hit}/{score.traps.of}",
        "alarms_where_none": score.alarms_where_none,
        "calibration_error": _part(score.calibration_error),
        "brier": _part(score.brier),
        "calibration": [_bin(one) for one in score.calibration],
        "missed": score.missed,
        "extras": score.extras,
        "wrong_terms": score.wrong_terms,
    }


def _deadlines(score: TermsScore) -> dict[str, Any]:
    return {
        "expressions": score.last_day.of,
        "last_day": _value(score.last_day),
        "interval": _value(score.interval),
        "within_one_day": _value(score.within_one),
        "within_ten_days": _value(score.within_ten),
        "by_class": {group: _value(share) for group, share in score.groups.items()},
        "wrong": [
            {"id": label.id, "expression": label.expression, "wanted": label.latest, "got": latest}
            for label, _, latest in score.wrong
        ],
    }


def _matching(score: MatchingScore) -> dict[str, Any]:
    return {
        "pairs": score.first.of,
        "recall_at_1": _value(score.first),
        "recall_at_5": _value(score.five),
        "mrr": _part(score.reciprocal_rank),
        "precision_fulfilled": _value(score.fulfilled),
        "share_said": _value(score.said),
        "near_misses_accepted": score.near_misses_accepted,
        "silent_where_nothing": f"{score.silent.hit}/{score.silent.of}",
        "not_first": [{"id": id_, "rank": place} for id_, place in score.missed],
        "calibration": [_bin(one) for one in score.calibration],
    }


def _bin(one: Bin) -> dict[str, Any]:
    return {
        "from": one.low,
        "to": one.high,
        "said": _part(one.confidence),
        "true": _value(one.right),
        "of": one.right.of,
    }


def _value(share: Share) -> float | None:
    return _part(share.value)


def _part(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _tell(measured: Backtest) -> None:
    for part, scores in shape(measured).items():
        for name, figures in scores.items() if isinstance(scores, dict) else ():
            rows = [(key, str(value)) for key, value in figures.items() if not isinstance(value, list | tuple | dict)]
            print_table(f"{part}: {name}", ("", ""), rows)
            calibration = figures.get("calibration") or ()
            if calibration:
                cells = [tuple(str(value) for value in one.values()) for one in calibration]
                print_table("calibration", ("from", "to", "said", "true", "of"), cells)
    for line in _misses(measured):
        say(line)
    if measured.without_text:
        say(f"{measured.without_text} labelled letters have no text beside them (--texts) and were left out")


def _misses(measured: Backtest) -> Iterator[str]:
    for score in measured.extraction.values():
        yield from (f"missed  {m.letter}: {m.key} ({m.why})" for m in score.missed[:SHOWN])
        yield from (f"extra   {e.letter}: {' '.join(e.quote.split())[:120]}" for e in score.extras[:SHOWN])
    for terms in measured.deadlines.values():
        yield from (f"term    {label.expression}: {label.latest}, read {got}" for label, _, got in terms.wrong[:SHOWN])
