"""Documents against many promises: our index next to search engines, in one run.

    python -m benchmarks.matching [--json] [--quick]

Everybody gets the same terms, as the product makes them, and one core. Ours answers exactly: every promise of which
the document holds at least the least share (`rules.postings`). tantivy, bm25s and SQLite FTS5 give their ten best by
BM25; scipy multiplies sparse matrices and gives the same promises as ours. Also measured: building, memory, growth of
the cost with the number of promises, and the whole way from raw text to explained matches: two processes, every pair
on which anything could follow judged with all signals, next to two processes of tantivy that get their terms.
The texts are made by `benchmarks.dutch`. One in eight of the measured documents is the subject of promises (of some
twenty each at 50,000), the others speak of something else in the same language: no archive is all about promises. The
figures named ``all_subjects`` are of documents that all are. A peer that is not installed is named under ``missing``.
"""

import argparse
import ctypes
import gc
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

import numpy as np

from benchmarks.dutch import Writer
from rules.commitment import Actor, Commitment
from rules.index import Index
from rules.policy import Policy
from rules.postings import Postings
from rules.profile import WHOLE, shares, worths_of
from rules.signals import MOST
from rules.terms import forms, words
from sources.document import Document, Kind

SIZES = (1_000, 10_000, 50_000)
QUICK_RAW = 10_000  # promises up to which the quick run takes the whole way: filing more takes too long
SUBJECTS = 2_500  # documents that promises are about
ONE_IN = 8  # so many measured documents one is the subject of promises
PASSAGE = 200  # words of those that are not measured
ROUNDS, QUICK_ROUNDS = 5, 3
FLOOR_SECONDS = 0.02  # a round shorter than this is mostly clock

Terms = Sequence[str]
Run = Callable[[Sequence[Any]], Any]


@dataclass(frozen=True)
class Engine:
    """run: answers documents one after the other. share: how many of the round's documents it gets (slow ones: few)."""

    name: str
    build_seconds: float
    megabytes: float
    run: Run
    share: float = 1.0


@dataclass(frozen=True)
class Texts:
    """documents: those that are measured, with their terms; subjects: as many, all of them the subject of promises."""

    looks: list[dict[str, int]]
    promises: list[str]
    documents: list[list[str]]
    terms: list[Terms]
    subjects: list[list[str]]


def make_texts(most: int, documents: int) -> Texts:
    """Documents, and promises about passages of some of these and of so many others that each has a few."""
    writer = Writer()
    subjects = [writer.document() for _ in range(documents)]
    others = [writer.document(PASSAGE) for _ in range(SUBJECTS - documents)]
    promises = [writer.promise((subjects + others)[number % SUBJECTS]) for number in range(most)]
    looks = [shares(worths_of(words(promise))) for promise in promises]
    mixed = subjects[: documents // ONE_IN]
    mixed += [writer.document() for _ in range(documents - len(mixed))]
    terms = [tuple({term for word in text for term in forms(word)}) for text in mixed]
    return Texts(looks, promises, mixed, terms, subjects)


# --- engines -------------------------------------------------------------------------------------------------------


def ours(looks: Sequence[dict[str, int]]) -> Engine:
    postings, seconds, megabytes = _built(lambda: _postings(looks))
    return Engine("ours", seconds, megabytes, lambda documents: [postings.near(terms)[0] for terms in documents])


def _postings(looks: Sequence[dict[str, int]]) -> Postings:
    postings = Postings(MOST)
    for look in looks:
        postings.add(look)
    return postings


def tantivy(looks: Sequence[dict[str, int]]) -> Engine:
    engine = import_module("tantivy")
    schema = engine.SchemaBuilder().add_text_field("t", tokenizer_name="whitespace").build()
    searcher, seconds, megabytes = _built(lambda: _tantivy_searcher(engine, schema, looks))
    should = engine.Occur.Should

    def run(documents: Sequence[Terms]) -> list[Any]:
        out = []
        for terms in documents:
            parts = [(should, engine.Query.term_query(schema, "t", term)) for term in terms]
            out.append(searcher.search(engine.Query.boolean_query(parts), 10).hits)
        return out

    return Engine("tantivy", seconds, megabytes, run)


def _tantivy_searcher(engine: ModuleType, schema: Any, looks: Sequence[dict[str, int]]) -> Any:
    index = engine.Index(schema)
    writer = index.writer(100_000_000, 1)
    for look in looks:
        document = engine.Document()
        document.add_text("t", " ".join(look))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher()


def bm25s_numba(looks: Sequence[dict[str, int]]) -> Engine:
    import_module("numba")
    engine = import_module("bm25s")
    retriever, seconds, megabytes = _built(lambda: _bm25s(engine, looks))

    def run(documents: Sequence[Terms]) -> Any:
        asked = [list(terms) for terms in documents]
        return retriever.retrieve(asked, k=10, n_threads=1, show_progress=False)

    run([tuple(looks[0])])  # compiles
    return Engine("bm25s_numba", seconds, megabytes, run)


def _bm25s(engine: ModuleType, looks: Sequence[dict[str, int]]) -> Any:
    retriever = engine.BM25(backend="numba")
    retriever.index([list(look) for look in looks], show_progress=False)
    return retriever


def sqlite_fts5(looks: Sequence[dict[str, int]]) -> Engine:
    base, seconds, megabytes = _built(lambda: _fts5(looks))

    def run(documents: Sequence[Terms]) -> list[Any]:
        question = "select rowid from p where p match ? order by rank limit 10"
        return [base.execute(question, (" OR ".join(f'"{term}"' for term in terms),)).fetchall() for terms in documents]

    return Engine("sqlite_fts5", seconds, megabytes, run, share=0.02)


def _fts5(looks: Sequence[dict[str, int]]) -> sqlite3.Connection:
    base = sqlite3.connect(":memory:")
    base.execute("create virtual table p using fts5(t, content='', tokenize=\"unicode61 tokenchars '§_'\")")
    base.executemany("insert into p(rowid, t) values (?, ?)", ((at, " ".join(look)) for at, look in enumerate(looks)))
    return base


def scipy(looks: Sequence[dict[str, int]]) -> Engine:
    sparse = import_module("scipy.sparse")
    ids: dict[str, int] = {}
    matrix, seconds, megabytes = _built(lambda: _matrix(sparse, looks, ids))

    def run(documents: Sequence[Terms]) -> list[Any]:
        return [np.flatnonzero(matrix @ _vector(terms, ids) >= MOST) for terms in documents]

    return Engine("scipy", seconds, megabytes, run, share=0.5)


def _matrix(sparse: ModuleType, looks: Sequence[dict[str, int]], ids: dict[str, int]) -> Any:
    columns = [ids.setdefault(term, len(ids)) for look in looks for term in look]
    values = [share for look in looks for share in look.values()]
    starts = np.cumsum([0, *(len(look) for look in looks)])
    return sparse.csr_matrix((np.array(values, float), columns, starts), shape=(len(looks), len(ids)))


def _vector(terms: Terms, ids: dict[str, int]) -> np.ndarray:
    held = np.zeros(len(ids))
    held[[ids[term] for term in terms if term in ids]] = 1.0
    return held


PEERS = {"tantivy": tantivy, "bm25s_numba": bm25s_numba, "sqlite_fts5": sqlite_fts5, "scipy": scipy}
PACKAGES = ("numpy", "tantivy", "bm25s", "numba", "scipy", "snowballstemmer", "PyStemmer")


# --- measuring -----------------------------------------------------------------------------------------------------


def _built(make: Callable[[], Any]) -> tuple[Any, float, float]:
    gc.collect()
    _give_back()
    before, start = _resident(), time.perf_counter()
    made = make()
    return made, time.perf_counter() - start, _resident() - before


def _give_back() -> None:
    """Hand memory that is free back to the system, so that what is made next is seen to take some (glibc only)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def _resident() -> float:
    """Megabytes that the process holds; 0 where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    except OSError:
        return 0.0


def interleaved(engines: Sequence[Engine], documents: Sequence[Terms], rounds: int) -> dict[str, float]:
    """Documents a second of each engine: the median of rounds in which all take turns."""
    speeds: dict[str, list[float]] = {engine.name: [] for engine in engines}
    for engine in engines:
        engine.run(documents[:1])
    for turn in range(rounds):
        for engine in engines:
            count = max(1, int(len(documents) * engine.share))
            part = [documents[(turn * count + at) % len(documents)] for at in range(count)]
            speeds[engine.name].append(_speed(engine.run, part))
    return {name: median(found) for name, found in speeds.items()}


def _speed(run: Run, documents: Sequence[Terms]) -> float:
    start, times = time.perf_counter(), 0
    while True:
        run(documents)
        times += 1
        spent = time.perf_counter() - start
        if spent > FLOOR_SECONDS:
            return len(documents) * times / spent


def agreeing(engines: Sequence[Engine], documents: Sequence[Terms]) -> bool:
    """Ours and the matrix product give the same promises."""
    exact = [engine for engine in engines if engine.name in ("ours", "scipy")]
    answers = [[list(map(int, found)) for found in engine.run(documents)] for engine in exact]
    return all(answer == answers[0] for answer in answers)


def whole_way(texts: Texts, size: int, rounds: int) -> dict[str, float]:
    """From raw text to explained matches, all signals, with the index that the monitor uses: one process and two."""
    office = Actor(office="Minister van Financiën")
    made = date(2022, 3, 1)
    least = Policy().least
    start = time.perf_counter()
    index = Index(
        Commitment(id=f"c{at}", quote=promise, actor=office, made_on=made)
        for at, promise in enumerate(texts.promises[:size])
    )
    built = time.perf_counter() - start

    def run(part: Sequence[Document]) -> int:
        return sum(len(index.matches(document, least=least)) for document in part)

    documents = [_document(at, text) for at, text in enumerate(texts.documents)]
    subjects = [_document(at, text) for at, text in enumerate(texts.subjects)]
    found, found_in_subjects = run(documents), run(subjects)
    return {
        "documents_per_second": median(_speed(run, documents) for _ in range(rounds)),
        "two_processes": two_processes(run, documents, rounds),
        "matches_per_document": found / len(documents),
        "all_subjects_documents_per_second": median(_speed(run, subjects) for _ in range(rounds)),
        "all_subjects_two_processes": two_processes(run, subjects, rounds),
        "all_subjects_matches_per_document": found_in_subjects / len(subjects),
        "build_seconds": built,
    }


def two_processes(run: Callable[[Sequence[Any]], Any], documents: Sequence[Any], rounds: int) -> float:
    """Documents a second of two processes that share what is built and halve the documents: the median of the rounds.

    0 where processes cannot be forked.
    """
    if "fork" not in get_all_start_methods():
        return 0.0
    gc.freeze()
    try:
        return median(_forked(run, documents) for _ in range(rounds))
    finally:
        gc.unfreeze()


def _forked(run: Callable[[Sequence[Any]], Any], documents: Sequence[Any]) -> float:
    fork = get_context("fork")
    ready, answers = fork.Barrier(2), fork.SimpleQueue()

    def work(part: Sequence[Any]) -> None:
        run(part)  # a forked process first copies the pages that it touches
        ready.wait()
        start = time.perf_counter()
        run(part)
        answers.put((start, time.perf_counter()))

    workers = [fork.Process(target=work, args=(documents[half::2],)) for half in range(2)]
    for worker in workers:
        worker.start()
    spans = [answers.get() for _ in workers]
    for worker in workers:
        worker.join()
    return len(documents) / (max(end for _, end in spans) - min(start for start, _ in spans))


def _document(number: int, text: list[str]) -> Document:
    title, body = " ".join(text[:9]), " ".join(text)
    day = date(2023, 1, 1)
    return Document(key=f"d{number}", source="made", kind=Kind.LETTER, title=title, text=body, published_on=day)


def measure(*, quick: bool) -> dict[str, Any]:
    texts = make_texts(max(SIZES), 40 if quick else 200)
    rounds = QUICK_ROUNDS if quick else ROUNDS
    missing: dict[str, str] = {}
    result: dict[str, Any] = {"ours": {}, "peers": {}}
    raw: dict[str, float] = {}
    for size in SIZES:
        engines = [ours(texts.looks[:size]), *_peers(texts.looks[:size], missing)]
        speeds = interleaved(engines, texts.terms, rounds)
        for engine in engines:
            place = result["ours"] if engine.name == "ours" else result["peers"].setdefault(engine.name, {})
            place[str(size)] = _shown(engine, speeds[engine.name])
        result["exact"] = result.get("exact", True) and agreeing(engines, texts.terms[:20])
        result["ratios"] = {e.name: round(speeds["ours"] / speeds[e.name], 2) for e in engines if e.name != "ours"}
        if size <= QUICK_RAW or not quick:
            raw |= _from_raw_text(result, texts, size, rounds, [one for one in engines if one.name == "tantivy"])
    result["ratios"]["from_raw_text_to_tantivy"] = raw
    result["ours"]["cost_growth"] = _growth(result["ours"], SIZES)
    head = {"what": __doc__.splitlines()[0], "sizes": _sizes(texts, SIZES, rounds), "versions": _versions()}
    return {**head, **result, "missing": missing}


def _peers(looks: Sequence[dict[str, int]], missing: dict[str, str]) -> list[Engine]:
    found = []
    for name, make in PEERS.items():
        try:
            found.append(make(looks))
        except ImportError as error:
            missing[name] = str(error)
    return found


def _from_raw_text(
    result: dict[str, Any], texts: Texts, size: int, rounds: int, tantivies: Sequence[Engine]
) -> dict[str, float]:
    """Add what the whole way costs; how that compares with two processes of tantivy with terms given, by size."""
    whole = whole_way(texts, size, rounds)
    result["ours"].setdefault("from_raw_text_all_signals", {})[str(size)] = _rounded(whole)
    ratios = {}
    for engine in tantivies:
        theirs = two_processes(engine.run, texts.terms, rounds)
        result["peers"][engine.name][str(size)]["two_processes"] = round(theirs, 3)
        if theirs:
            ratios[str(size)] = round(whole["two_processes"] / theirs, 2)
            ratios[f"{size}_all_subjects"] = round(whole["all_subjects_two_processes"] / theirs, 2)
    return ratios


def _shown(engine: Engine, speed: float) -> dict[str, float]:
    found = {"documents_per_second": speed, "build_seconds": engine.build_seconds, "megabytes": engine.megabytes}
    return _rounded(found)


def _rounded(found: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in found.items()}


def _growth(found: dict[str, Any], sizes: Sequence[int]) -> dict[str, float]:
    small, large = (found[str(size)]["documents_per_second"] for size in (sizes[0], sizes[-1]))
    return {"promises": sizes[-1] / sizes[0], "cost_per_document": round(small / large, 2)}


def _sizes(texts: Texts, sizes: Sequence[int], rounds: int) -> dict[str, Any]:
    return {
        "promises": list(sizes),
        "documents": len(texts.documents),
        "one_is_subject_in": ONE_IN,
        "words_per_document": len(texts.documents[0]),
        "terms_per_document": round(sum(map(len, texts.terms)) / len(texts.terms)),
        "terms_per_promise": round(sum(map(len, texts.looks)) / len(texts.looks), 1),
        "least_share": round(MOST / WHOLE, 2),
        "rounds": rounds,
    }


def _versions() -> dict[str, str]:
    return {"python": sys.version.split()[0], **{name: found for name in PACKAGES if (found := _version(name))}}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--json", action="store_true", help="one JSON object")
    asked.add_argument("--quick", action="store_true", help="within 50 seconds")
    args = asked.parse_args()
    found = measure(quick=args.quick)
    print(json.dumps(found, ensure_ascii=False, indent=None if args.json else 2))


if __name__ == "__main__":
    main()
