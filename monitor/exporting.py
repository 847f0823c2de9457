"""Commitments as a table for other programs: CSV, JSON Lines or Parquet.

One row a commitment. A cell that a spreadsheet would run as a formula is disarmed by an apostrophe. Parquet needs the
optional package pyarrow (``pip install nakoming[parquet]``); without it the request is refused by name.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from monitor.house import House
from monitor.review import seen_until
from monitor.store import commitments, events
from monitor.store import sources as states
from notifications.dates import local_day
from rules.commitment import Commitment
from rules.event import Event, EventKind
from rules.life import overdue

try:
    import pyarrow
    from pyarrow import parquet
except ImportError:
    pyarrow = parquet = None

FORMATS = ("csv", "json", "parquet")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ExportError(Exception):
    """The export cannot be made; the message says why in one line."""


def export_commitments(house: House, format_: str) -> bytes:
    """All commitments, the oldest promise first. Raises ExportError for a format that this installation lacks."""
    rows = list(_rows(house))
    return {"csv": _csv, "json": _json_lines, "parquet": _parquet}[format_](rows)


def _rows(house: House) -> Iterator[dict[str, Any]]:
    today = local_day(house.clock())
    with house.store.read() as session:
        held = states.every(session)
        for commitment in commitments.listed(session):
            seen = seen_until(commitment, house.sources, held)
            history = events.history(session, commitment.id)
            late = overdue(commitment, today, house.policy, seen)
            yield _row(
                commitment, history, overdue_=late, address=f"{house.addresses.base}/toezeggingen/{commitment.id}"
            )


def _row(commitment: Commitment, history: tuple[Event, ...], *, overdue_: bool, address: str) -> dict[str, Any]:
    kept = [event for event in history if event.kind in (EventKind.FULFILLED, EventKind.PARTLY)]
    deadline = commitment.deadline
    return {
        "id": commitment.id,
        "quote": commitment.quote,
        "status": commitment.status.value,
        "overdue": overdue_,
        "office": commitment.actor.office,
        "person": commitment.actor.person,
        "ministry": commitment.ministry,
        "kind": commitment.kind.value,
        "strength": commitment.strength.value,
        "made_on": str(commitment.made_on or ""),
        "term": deadline.text if deadline else "",
        "due_earliest": str(deadline.earliest or "") if deadline else "",
        "due_latest": str(deadline.latest or "") if deadline else "",
        "kept_by": kept[-1].document if kept else "",
        "decided_by": commitment.decided_by,
        "source": commitment.places[0].url if commitment.places else "",
        "address": address,
        "steps": "|".join(f"{one.step}:{one.state.value}" for one in commitment.steps),
    }


def _csv(rows: list[dict[str, Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows[0] if rows else ["id"])
    writer.writerows([_harmless(cell) for cell in row.values()] for row in rows)
    return out.getvalue().encode()


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _json_lines(rows: list[dict[str, Any]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    if pyarrow is None:
        raise ExportError("Parquet needs the package pyarrow: pip install 'nakoming[parquet]'")
    out = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows), out)
    return out.getvalue()
