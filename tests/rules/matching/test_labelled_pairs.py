"""The bars on the labelled pairs of ../shared, measured as `score.py` does. Loudly skipped without them."""

import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rules.event import Match, Verdict
from rules.ranking import rank, read_commitment, read_document

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
CASES = SHARED / "data/tweedekamer/odata/zaak_kamervragen_2021-2024.csv.gz"
BARS = {  # recall@5, recall@1, precision of "fulfilled", share of the true ones said
    "matching-open": (0.95, 0.88, 0.95, 0.6),
    "matching-open-2": (0.75, 0.5, 0.9, 0.4),
}

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(
        not CASES.exists(), reason="the labelled pairs in ../shared are not here: the bars are NOT checked"
    ),
]


def _ranked(name: str) -> tuple[list[dict[str, Any]], Mapping[str, tuple[Match, ...]]]:
    script = runpy.run_path(str(ROOT / "scripts/labelled_pairs.py"))
    gold = script["read_labels"](SHARED / f"gold/{name}.jsonl")
    documents = [read_document(row) for row in script["pool_of"](gold, CASES)]
    return gold, rank([read_commitment(script["row_of"](one)) for one in gold], documents, 10)


@pytest.mark.parametrize("name", BARS)
def test_the_bars_on_labelled_pairs_are_met(name: str):
    at_5, at_1, precision, share = BARS[name]
    gold, ranked = _ranked(name)
    wanted = {one["id"]: one["fulfilled_by"]["url"] for one in gold if one["fulfilled_by"]}
    orders = {one["id"]: [match.document for match in ranked[one["id"]]] for one in gold}
    claims = {id_: [m.document for m in found if m.verdict is Verdict.FULFILLED] for id_, found in ranked.items()}
    right = sum(url in claims[id_] for id_, url in wanted.items())
    near = {one["id"]: {miss["url"] for miss in one["near_misses"]} for one in gold}
    assert sum(url in orders[id_][:5] for id_, url in wanted.items()) / len(wanted) >= at_5
    assert sum(orders[id_][:1] == [url] for id_, url in wanted.items()) / len(wanted) >= at_1
    assert right / sum(len(found) for found in claims.values()) >= precision
    assert right / len(wanted) >= share
    assert not any(near[id_] & set(found) for id_, found in claims.items())
    assert all(not claims[one["id"]] for one in gold if not one["fulfilled_by"])
