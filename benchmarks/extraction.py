"""How fast letters are read: from text to commitments with terms, next to spaCy's blank Dutch pipeline and plain `re`.

    python -m benchmarks.extraction --json [--quick] [--real FOLDER]

The texts are the project's own labelled letters, joined at random into letters of ordinary length, with as much more of
their sentences without a promise that there is one promise in every 2,000 bytes: beginnings of real letters have one in
some 1,500, whole letters one in 3,000, debates one in 7,000. ``dense`` is the same without those sentences, the hardest
case. ``real`` is the speed over the letters and debates (.docx, .xml, .txt) of a folder, by default the real ones
beside the checkout; ``bytes_a_promise`` tells how dense each is. Ours does the whole reading: sections, sentences,
promises, actors, terms, reasons. spaCy's blank pipeline only cuts words and sentences; the plain expression only looks
for words of promising. The peers do less, so a ratio below 1 is what a reading costs.
"""

import argparse
import gc
import json
import platform
import random
import re
import resource
import statistics
import time
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from rules.calendar import Calendar
from rules.extraction import extract
from rules.sentences import paragraphs, sentences
from sources.readers import read_letter

try:
    import spacy
except ImportError:
    spacy = None

LETTERS = Path(__file__).parents[1] / "tests" / "labelled"
BESIDE = Path(__file__).parents[2] / "shared" / "data"
WRITTEN = date(2023, 2, 1)
LENGTH = 6_000  # characters of a letter: about two pages
PARAGRAPH = 5  # sentences without a promise in one paragraph
SPACING = 2_000  # bytes of an ordinary letter for each of its promises
ROUNDS = 5
CUES = re.compile(
    r"\b(?:zal|zeg(?:gen)? toe|toegezegd|voornemens|informeer|ontvangt u|stuur ik|bereid)\b", re.IGNORECASE
)
Run = Callable[[Sequence[str]], int]


def letters(count: int, spacing: int = SPACING, seed: int = 20220902) -> list[str]:
    """Letters of ordinary length made of labelled ones; the same at every run. spacing: bytes for each promise; 0: as
    close together as in the labelled letters."""
    chance = random.Random(seed)
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(LETTERS.glob("*.toml"))]
    rows = [row for table in tables for row in table["letter"]]
    plain = [said for row in rows for said in _plain(row)]
    made = []
    for _ in range(count):
        parts: list[str] = []
        size, promises = 0, 0
        while size < LENGTH:
            row = chance.choice(rows)
            promises += len(row.get("commitments", ()))
            added = [row["text"]]
            while spacing and size + sum(map(len, added)) < promises * spacing:
                added.append(" ".join(chance.sample(plain, PARAGRAPH)))
            parts += added
            size += sum(map(len, added))
        made.append("\n\n".join(parts))
    return made


def _plain(row: Mapping[str, Any]) -> list[str]:
    """The sentences of a labelled letter in which no promise is labelled."""
    text = str(row["text"])
    cut = [text[a:b] for begin, end in paragraphs(text) for a, b in sentences(text, begin, end)]
    keys = [" ".join(label["key"].split()) for label in row.get("commitments", ())]
    return [said for said in cut if not any(key in " ".join(said.split()) for key in keys)]


def ours(texts: Sequence[str]) -> int:
    calendar = Calendar()
    read = (read_letter(text.encode(), name="brief.txt", written_on=WRITTEN) for text in texts)
    return sum(len(extract(letter, calendar)) for letter in read)


def plain_re(texts: Sequence[str]) -> int:
    return sum(len(CUES.findall(text)) for text in texts)


def spacy_blank() -> Run:
    pipeline = spacy.blank("nl")
    pipeline.add_pipe("sentencizer")
    pipeline.max_length = 10_000_000
    return lambda texts: sum(len(list(document.sents)) for document in pipeline.pipe(texts))


def measure(count: int, rounds: int, real: Path) -> dict[str, Any]:
    texts, dense = letters(count), letters(count, spacing=0)
    size = sum(len(text.encode()) for text in texts)
    runs: dict[str, Run] = {"ours": ours, "re": plain_re}
    if spacy is not None:
        runs["spacy_blank_nl"] = spacy_blank()
    found = {name: run(texts) for name, run in runs.items()}
    before = _resident_kb()
    speed = _speeds(runs, texts, rounds)
    shown = {
        name: {
            "megabytes_per_second": round(speed[name], 2),
            "letters_per_second": round(count * speed[name] / (size / 1e6), 1),
            "found": found[name],
        }
        for name in runs
    }
    peers = {name: figures for name, figures in shown.items() if name != "ours"}
    return {
        "what": "letters read from text on one core (CPU time)",
        "sizes": {"letters": count, "bytes": size, "rounds": rounds},
        "versions": {"python": platform.python_version(), "spacy": _version("spacy")},
        "ours": {**shown["ours"], "bytes_a_promise": size // found["ours"], "grown_kb": _resident_kb() - before},
        "dense": _alone(dense, rounds),
        "real": {folder: _real(files, rounds) for folder, files in _folders(real).items()},
        "peers": peers,
        "ratios": {name: round(speed["ours"] / speed[name], 3) for name in peers},
        "not_installed": [] if spacy is not None else ["spacy_blank_nl"],
    }


def _folders(real: Path) -> dict[str, list[Path]]:
    """Letters and debates in a folder and the folders in it, by the name of the folder."""
    found: dict[str, list[Path]] = {}
    for path in sorted(real.rglob("*")) if real.is_dir() else ():
        if path.suffix in (".docx", ".txt") or (path.suffix == ".xml" and path.name.startswith("h-")):
            found.setdefault(path.parent.name, []).append(path)
    return found


def _real(files: Sequence[Path], rounds: int) -> dict[str, float]:
    return _alone([read_letter(path.read_bytes(), name=path.name).text for path in files], rounds)


def _alone(texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Ours over other texts, and how close together their promises stand."""
    size, found = sum(len(text.encode()) for text in texts), ours(texts)
    speed = _speeds({"ours": ours}, texts, rounds)["ours"]
    return {"megabytes_per_second": round(speed, 2), "bytes": size, "bytes_a_promise": size // max(found, 1)}


def _speeds(runs: Mapping[str, Run], texts: Sequence[str], rounds: int) -> dict[str, float]:
    """Megabytes read in a second of CPU time by each, the median of rounds in which they take turns."""
    size = sum(len(text.encode()) for text in texts)
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            gc.collect()
            began = time.process_time()
            run(texts)
            times[name].append(time.process_time() - began)
    return {name: size / 1e6 / statistics.median(taken) for name, taken in times.items()}


def _resident_kb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="end within 50 seconds")
    parser.add_argument("--real", type=Path, default=BESIDE, help="a folder of real letters and debates")
    given = parser.parse_args()
    result = measure(60 if given.quick else 1_000, ROUNDS, given.real)
    if given.json:
        print(json.dumps(result))
        return
    print(f"{result['what']}\n{result['sizes']}")
    for name, figures in {"ours": result["ours"], **result["peers"]}.items():
        print(f"{name:16} {figures}")


if __name__ == "__main__":
    main()
