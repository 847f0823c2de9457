"""Reads the labelled pairs of commitments and papers, and the pool of papers that they are ranked in.

The pool is the one of the measure: all labelled papers and near misses, and some nine thousand real parliamentary cases
that keep no promise. Used by `fit_matching.py` and by the tests; reads only the files that it is given.
"""

import csv
import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any


def read_labels(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def pool_of(gold: Sequence[dict[str, Any]], cases: Path) -> list[dict[str, Any]]:
    """All labelled papers and near misses, and the cases spread over the years of the set."""
    pool: dict[str, dict[str, Any]] = {}
    for one in gold:
        for paper in [*([one["fulfilled_by"]] if one["fulfilled_by"] else []), *one.get("near_misses", [])]:
            url = paper["url"]
            row = {"id": url, "url": url, "title": paper["title"], "published_on": paper["date"], "text": ""}
            pool.setdefault(url, row)
            if paper.get("first_300_words_key_terms"):
                pool[url]["text"] = ". ".join(paper["first_300_words_key_terms"])
    years = sorted(row["published_on"] for row in pool.values() if row["published_on"])
    first, span = int(years[0][:4]), int(years[-1][:4]) - int(years[0][:4]) + 1
    with gzip.open(cases, "rt", encoding="utf-8") as lines:
        for at, case in enumerate(csv.DictReader(lines)):
            month_day = case["GestartOp"][5:10].replace("02-29", "02-28")
            day = f"{first + at % span}-{month_day}"
            pool[case["Nummer"]] = {"id": case["Nummer"], "title": case["Onderwerp"], "published_on": day}
    return list(pool.values())


def row_of(one: dict[str, Any]) -> dict[str, Any]:
    """The commitment as `nakoming match` reads it."""
    row = {name: one[name] for name in ("id", "made_on", "by", "ministry")}
    return {
        **row,
        "text": one["commitment_text"],
        "source_url": one["url"],
        "deadline_latest": (one.get("deadline") or {}).get("latest"),
    }
