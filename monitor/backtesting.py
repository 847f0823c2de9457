"""`backtest`: the rules run on a folder of labelled data, and how well they did. Stores nothing.

What is looked for in the folder: letters of our own (``*.toml``, each with its text), ``extraction*.jsonl`` with texts
``<id>.txt`` in the folder of texts, ``deadlines*.jsonl`` and ``matching*.jsonl``. The counting is `rules.scoring`.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rules.calendar import Calendar
from rules.commitment import Found, Strength
from rules.event import Verdict
from rules.extraction import extract
from rules.ranking import rank, read_commitment, read_document
from rules.resolve import resolve
from rules.scoring import (
    ExtractionScore,
    LabelledLetter,
    MatchingScore,
    Predicted,
    Ranked,
    TermsScore,
    labels_of,
    pair_of,
    score_extraction,
    score_matching,
    score_terms,
    term_label_of,
)
from sources.readers import read_letter

TOP = 10


class NoLabels(Exception):
    """The folder holds no labelled data that could be used; the message says what was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """What was measured, by the name of the file; without_text: labelled letters whose text is not there."""

    extraction: Mapping[str, ExtractionScore]
    deadlines: Mapping[str, TermsScore]
    matching: Mapping[str, MatchingScore]
    without_text: int = 0


def backtest(folder: Path, calendar: Calendar, texts: Path | None = None) -> Backtest:
    """Raises NoLabels, or ValueError naming the file and line that cannot be read."""
    if not folder.is_dir():
        raise NoLabels(f"there is no folder {folder}")
    texts = texts or folder / "texts"
    rows = {path.stem: list(_rows(path)) for path in sorted(folder.glob("*.jsonl"))}
    letters = {name: list(_letters(part, texts)) for name, part in rows.items() if name.startswith("extraction")}
    own = [letter for path in sorted(folder.glob("*.toml")) for letter in _own(path)]
    letters |= {"own letters": own} if own else {}
    lacking = sum(len(rows[name]) - len(found) for name, found in letters.items() if name in rows)
    made = Backtest(
        extraction={name: _extraction(found, calendar) for name, found in letters.items() if found},
        deadlines={n: _terms(part, calendar) for n, part in rows.items() if n.startswith("deadlines")},
        matching={n: _matching(part) for n, part in rows.items() if n.startswith("matching")},
        without_text=lacking,
    )
    if not (made.extraction or made.deadlines or made.matching):
        raise NoLabels(
            f"{folder} holds no *.toml, extraction*.jsonl (with {texts}), deadlines*.jsonl or matching*.jsonl"
        )
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A labelled letter with its text."""

    labels: LabelledLetter
    text: str
    written_on: date | None


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield json.loads(line)
            except ValueError as error:
                raise ValueError(f"{path}, line {number}: {error}") from None


def _letters(rows: list[dict[str, Any]], texts: Path) -> Iterator[Sample]:
    for row in rows:
        file = texts / f"{row['id']}.txt"
        if file.exists():
            text = file.read_text(encoding="utf-8")
            yield Sample(labels=labels_of(row), text=text, written_on=_day(row.get("date")))


def _own(path: Path) -> Iterator[Sample]:
    for row in tomllib.loads(path.read_text(encoding="utf-8")).get("letter", ()):
        yield Sample(labels=labels_of(row), text=row["text"], written_on=_day(row.get("date")))


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(value)


def _extraction(samples: list[Sample], calendar: Calendar) -> ExtractionScore:
    return score_extraction((sample.labels, [_predicted(f) for f in _found(sample, calendar)]) for sample in samples)


def _found(sample: Sample, calendar: Calendar) -> tuple[Found, ...]:
    name = f"{sample.labels.id}.txt"
    return extract(read_letter(sample.text.encode(), name=name, written_on=sample.written_on), calendar)


def _predicted(found: Found) -> Predicted:
    return Predicted(
        quote=found.quote,
        explicit=found.strength is Strength.EXPLICIT,
        kind=found.kind.value,
        confidence=found.confidence,
        latest=found.deadline.latest if found.deadline else None,
    )


def _terms(rows: list[dict[str, Any]], calendar: Calendar) -> TermsScore:
    answers = []
    for label in map(term_label_of, rows):
        read = resolve(label.expression, label.written_on, calendar)
        answers.append((label, read.earliest if read else None, read.latest if read else None))
    return score_terms(answers)


def _matching(rows: list[dict[str, Any]]) -> MatchingScore:
    """All labelled documents and near misses of the file are one pool."""
    promises = [read_commitment(_commitment_row(row)) for row in rows]
    pool: dict[str, dict[str, Any]] = {}
    for row in rows:
        for paper in [*([row["fulfilled_by"]] if row.get("fulfilled_by") else []), *row.get("near_misses", ())]:
            held = pool.setdefault(paper["url"], _document_row(paper))
            held["text"] = held["text"] or _words(paper)
    ranked = rank(promises, [read_document(row) for row in pool.values()], TOP)
    said = {
        id_: [Ranked(document=m.document, score=m.score, fulfilled=m.verdict is Verdict.FULFILLED) for m in matches]
        for id_, matches in ranked.items()
    }
    return score_matching(map(pair_of, rows), said)


def _commitment_row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "text": row["commitment_text"],
        "made_on": row.get("made_on"),
        "by": row.get("by"),
        "ministry": row.get("ministry"),
        "deadline_latest": (row.get("deadline") or {}).get("latest"),
        "source_url": row.get("url"),
    }


def _document_row(paper: dict[str, Any]) -> dict[str, Any]:
    url = paper["url"]
    return {"id": url, "url": url, "title": paper["title"], "published_on": paper.get("date"), "text": _words(paper)}


def _words(paper: dict[str, Any]) -> str:
    return ". ".join(paper.get("first_300_words_key_terms") or ())
