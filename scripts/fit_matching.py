"""Fits ``rules/data/matching_model.toml``: what each signal of a match is worth, learned from labelled pairs.

    python scripts/fit_matching.py CASES.csv.gz LABELS.jsonl... [--write]

LABELS are the labelled pairs (``matching-open*.jsonl``), CASES real parliamentary cases that keep no promise. Every
signal has an expected weight, written down below from knowledge of how parliament works before any label was read; the
labels move it away from there only as far as they must (a Gaussian prior), and never to the other side of zero. So few
labels cannot make a weight absurd, and signals that the labels never show keep a sensible one.

Printed are the figures of leave-one-out: each commitment (with all that share its papers) is judged by a model that
never saw it. The least score for a claim is chosen inside each training part as well. Needs numpy and scipy (the group
``bench``). Nothing is written without ``--write``.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from labelled_pairs import pool_of, read_labels, row_of
from scipy.optimize import minimize

from rules.event import Match, Verdict
from rules.index import Index
from rules.matching import is_own, may_claim, observe, signals, touches
from rules.profile import Paper, Pledge, paper_of, pledge_of
from rules.ranking import read_commitment, read_document, settle, with_context

TARGET = Path(__file__).parent.parent / "rules" / "data" / "matching_model.toml"
INTERCEPT = -7.0
EXPECTED = {  # signal: weight expected beforehand, in log odds for a signal of full strength
    "words": 6.0, "context": 1.5, "mass": 1.5, "title": 3.0, "phrase": 0.7,
    "reference": 3.0, "dossier": 2.0, "told": 1.0, "office": 0.5,
    "postponement": -4.0, "questions": -4.0, "debate": -2.5, "motion": -4.0, "news": -2.5, "agenda": -3.0, "echo": -2.0,
    "bill": -1.0, "european": -1.0, "interim": -0.6, "letter": 0.5, "collection": 1.0, "settles": 0.5,
    "product": 1.0, "edition": 0.7, "other_edition": -2.5,
    "before": -5.0, "same_day": -3.0, "soon": 1.2, "late": -2.0, "term": 0.8, "undated": -1.0,
}  # fmt: skip
NAMES = list(EXPECTED)
SPREAD = 1.0  # standard deviation of the prior, in units of a weight
WANTED_PRECISION = 0.97
MARGIN = 0.02  # the claim threshold stands so far above the highest wrong claim
LEAST_CLAIM = 0.5  # what is less likely than not is never claimed


@dataclass(frozen=True, slots=True)
class Pair:
    """One candidate of one commitment: its signals as numbers and whether it is the labelled keeping."""

    commitment: str
    document: str
    values: np.ndarray
    right: bool
    claimable: bool


@dataclass(frozen=True, slots=True)
class Labelled:
    """One commitment with its candidates. group: commitments that share papers are held out together."""

    id: str
    wanted: str
    near: frozenset[str]
    pairs: tuple[Pair, ...]
    group: int = 0
    collection: str = ""


def read_set(path: Path, cases: Path) -> list[Labelled]:
    """The labelled commitments with their candidates from the pool that the measure uses."""
    gold = read_labels(path)
    documents = [read_document(row) for row in pool_of(gold, cases)]
    commitments = with_context([read_commitment(row_of(one)) for one in gold], documents)
    index = Index(commitments)
    pledges = {one.id: pledge_of(one) for one in commitments}
    wanted = {one["id"]: (one["fulfilled_by"] or {}).get("url", "") for one in gold}
    pairs: dict[str, list[Pair]] = {one["id"]: [] for one in gold}
    for document in documents:
        paper = paper_of(document)
        for slot in index.candidates(paper):
            id_ = commitments[slot].id
            pair = make_pair(pledges[id_], paper, wanted[id_])
            if pair:
                pairs[id_].append(pair)
    near = {one["id"]: frozenset(miss["url"] for miss in one.get("near_misses", [])) for one in gold}
    return [Labelled(id_, wanted[id_], near[id_], tuple(pairs[id_]), collection=path.stem) for id_ in pairs]


def make_pair(pledge: Pledge, paper: Paper, wanted: str) -> Pair | None:
    shared = signals.overlap(pledge, paper, signals.held(pledge, paper))
    if is_own(pledge, paper) or not touches(pledge, paper, shared):
        return None
    seen = {signal.name: signal.value for signal in observe(pledge, paper, shared)}
    values = np.array([seen.get(name, 0.0) for name in NAMES])
    return Pair(pledge.id, paper.key, values, paper.key == wanted, may_claim(pledge, paper, shared))


def grouped(labelled: Sequence[Labelled]) -> list[Labelled]:
    """Numbers the groups: commitments with the same keeping paper belong together."""
    numbers: dict[str, int] = {}
    return [replace(one, group=numbers.setdefault(one.wanted or one.id, len(numbers))) for one in labelled]


def fit(training: Iterable[Labelled], spread: float = SPREAD) -> tuple[np.ndarray, float]:
    """The most likely weights (and intercept) given the prior."""
    pairs = [pair for one in training for pair in one.pairs]
    x = np.array([pair.values for pair in pairs])
    y = np.array([1.0 if pair.right else -1.0 for pair in pairs])
    prior = np.array([EXPECTED[name] for name in NAMES])

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        weights, intercept = point[:-1], point[-1]
        margin = y * (x @ weights + intercept)
        pull = np.append((weights - prior), intercept - INTERCEPT) / spread**2
        slope = -y / (1.0 + np.exp(np.clip(margin, -50, 50)))
        value = np.logaddexp(0.0, -margin).sum() + 0.5 * (pull**2).sum() * spread**2
        return float(value), np.append(x.T @ slope, slope.sum()) + pull

    sides = [(0.0, None) if weight > 0 else (None, 0.0) for weight in prior]
    found = minimize(loss, np.append(prior, INTERCEPT), jac=True, bounds=[*sides, (None, None)], method="L-BFGS-B")
    return found.x[:-1], float(found.x[-1])


def matches(one: Labelled, weights: np.ndarray, intercept: float, claim: float) -> tuple[Match, ...]:
    """The ranking of one commitment under a model, settled as in `rules.ranking`."""
    out = []
    for pair in one.pairs:
        score = float(1.0 / (1.0 + np.exp(-(pair.values @ weights + intercept))))
        verdict = Verdict.FULFILLED if pair.claimable and score >= claim else Verdict.POSSIBLE
        out.append(Match(commitment=one.id, document=pair.document, score=score, verdict=verdict))
    return settle(out)


def threshold(training: Iterable[Labelled], weights: np.ndarray, intercept: float) -> float:
    """The least claim score at which the claims on the training part are right often enough."""
    claims = []
    for one in training:
        said = [match for match in matches(one, weights, intercept, 0.0) if match.verdict is Verdict.FULFILLED]
        claims += [(match.score, match.document == one.wanted) for match in said]
    wrong = sorted((score for score, right in claims if not right), reverse=True)
    right = sum(right for _, right in claims)
    allowed = int(right * (1 - WANTED_PRECISION) / WANTED_PRECISION)
    least = wrong[allowed] + MARGIN if len(wrong) > allowed else LEAST_CLAIM
    return round(min(0.99, max(LEAST_CLAIM, least)), 3)


def measure(labelled: Sequence[Labelled], ranked: dict[str, tuple[Match, ...]]) -> dict[str, Any]:
    with_paper = [one for one in labelled if one.wanted]
    orders = {one.id: [match.document for match in ranked[one.id]] for one in labelled}
    ranks = [orders[one.id].index(one.wanted) + 1 if one.wanted in orders[one.id] else 99 for one in with_paper]
    claims = {one.id: [m.document for m in ranked[one.id] if m.verdict is Verdict.FULFILLED] for one in labelled}
    said = sum(len(papers) for papers in claims.values())
    right = sum(one.wanted in claims[one.id] for one in with_paper)
    silent = [one for one in labelled if not one.wanted]
    return {
        "pairs": len(with_paper),
        "recall_at_1": round(sum(rank == 1 for rank in ranks) / len(ranks), 3),
        "recall_at_5": round(sum(rank <= 5 for rank in ranks) / len(ranks), 3),
        "said": said,
        "precision": round(right / said, 3) if said else None,
        "share_said": round(right / len(with_paper), 3),
        "near_misses": sum(len(one.near & set(claims[one.id])) for one in labelled),
        "silent": f"{sum(not claims[one.id] for one in silent)}/{len(silent)}",
    }


def leave_one_out(labelled: Sequence[Labelled], spread: float = SPREAD) -> dict[str, tuple[Match, ...]]:
    ranked: dict[str, tuple[Match, ...]] = {}
    for group in sorted({one.group for one in labelled}):
        training = [one for one in labelled if one.group != group]
        weights, intercept = fit(training, spread)
        claim = threshold(training, weights, intercept)
        ranked.update({one.id: matches(one, weights, intercept, claim) for one in labelled if one.group == group})
    return ranked


def calibration(labelled: Sequence[Labelled], ranked: dict[str, tuple[Match, ...]]) -> list[str]:
    """Of pairs with a score in each band, how many are right."""
    wanted = {one.id: one.wanted for one in labelled}
    rows = []
    for low, high in ((0.02, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01)):
        band = [match for found in ranked.values() for match in found if low <= match.score < high]
        right = sum(match.document == wanted[match.commitment] for match in band)
        mean = sum(match.score for match in band) / len(band) if band else 0.0
        rows.append(f"score {low:.2f}-{min(high, 1):.2f}: {len(band):4} pairs, mean {mean:.2f}, right {right}")
    return rows


def write(weights: np.ndarray, intercept: float, claim: float) -> None:
    lines = [
        "# What each signal of a match is worth, in log odds. Made by scripts/fit_matching.py; not edited by hand.",
        "# What the signals mean: docs/matching.md. The least claim and the figures behind it: same script.",
        f"intercept = {intercept:.3f}",
        f"claim = {claim:.3f}  # least score at which a match says that the promise is kept",
        "",
        "[weights]",
        *(f"{name} = {weight:.3f}" for name, weight in zip(NAMES, weights, strict=True)),
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("cases", type=Path)
    asked.add_argument("labels", type=Path, nargs="+")
    asked.add_argument("--spread", type=float, default=SPREAD)
    asked.add_argument("--write", action="store_true")
    asked.add_argument("--verbose", action="store_true")
    args = asked.parse_args()
    labelled = grouped([one for path in args.labels for one in read_set(path, args.cases)])
    weights, intercept = fit(labelled, args.spread)
    claim = threshold(labelled, weights, intercept)
    out = leave_one_out(labelled, args.spread)
    fitted = {one.id: matches(one, weights, intercept, claim) for one in labelled}
    expected = np.array([EXPECTED[name] for name in NAMES])
    prior = {one.id: matches(one, expected, INTERCEPT, 0.6) for one in labelled}
    for collection in dict.fromkeys(one.collection for one in labelled):
        part = [one for one in labelled if one.collection == collection]
        for what, ranked in (("expected", prior), ("fitted", fitted), ("left out", out)):
            sys.stdout.write(f"{collection} {what}: {json.dumps(measure(part, ranked))}\n")
    sys.stdout.write("\n".join(calibration(labelled, out)) + f"\nintercept {intercept:.2f} claim {claim}\n")
    for name, weight in zip(NAMES, weights, strict=True):
        sys.stdout.write(f"  {name:15} {weight:6.2f} (expected {EXPECTED[name]:5.2f})\n")
    if args.verbose:
        explain(labelled, out)
    if args.write:
        write(weights, intercept, claim)


def explain(labelled: Sequence[Labelled], ranked: dict[str, tuple[Match, ...]]) -> None:
    """What went wrong when left out, for the diary in docs/matching.md."""
    for one in labelled:
        found = ranked[one.id]
        order = [match.document for match in found]
        rank = order.index(one.wanted) + 1 if one.wanted in order else 0
        claims = [match for match in found if match.verdict is Verdict.FULFILLED and match.document != one.wanted]
        if (one.wanted and rank != 1) or claims:
            sys.stdout.write(
                f"{one.id} rank {rank} wrong claims {[(m.document[-50:], round(m.score, 2)) for m in claims]}\n"
            )


if __name__ == "__main__":
    main()
