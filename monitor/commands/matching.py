"""`nakoming match`: which documents keep which promises, from two files. Stores nothing."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from monitor.commands.door import Wrong, print_json, print_table
from monitor.commands.reading import JSON
from rules.event import Match
from rules.ranking import rank, read_commitment, read_document

app = typer.Typer()
Noun = TypeVar("Noun")


@app.command(epilog="Example: nakoming match --commitments C.jsonl --documents D.jsonl --top 5 --json")
def match(
    commitments: Annotated[Path, typer.Option("--commitments", help="JSON Lines: id, text, made_on, by, ministry, …")],
    documents: Annotated[Path, typer.Option("--documents", help="JSON Lines: id, title, text, published_on, url, …")],
    top: Annotated[int, typer.Option("--top", min=1, help="How many documents for each commitment.")] = 10,
    json_: Annotated[bool, JSON] = False,
) -> None:
    """Rank documents for each commitment, best first; pairs with no signal are left out."""
    promises = list(nouns(commitments, read_commitment))
    found = rank(promises, list(nouns(documents, read_document)), top)
    if json_:
        print_json(match_shape(m) for matches in found.values() for m in matches)
        return
    rows = [(m.commitment, m.document, f"{m.score:.2f}", m.verdict) for matches in found.values() for m in matches]
    print_table("", ("commitment", "document", "score", "verdict"), rows)


def nouns(file: Path, read: Callable[[Any], Noun]) -> Iterator[Noun]:
    """Each line of a JSON Lines file as a noun. Raises Wrong with the file and the line."""
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _noun(file, number, line, read)
    except (OSError, UnicodeDecodeError) as error:
        raise Wrong(f"{file}: {error}") from None


def _noun(file: Path, number: int, line: str, read: Callable[[Any], Noun]) -> Noun:
    try:
        return read(json.loads(line))
    except (ValueError, TypeError, AttributeError) as error:
        raise Wrong(f"{file}, line {number}: {error}") from None


def match_shape(found: Match) -> dict[str, Any]:
    return {
        "commitment": found.commitment,
        "document": found.document,
        "score": round(found.score, 4),
        "verdict": found.verdict,
        "step": found.step,
        "reasons": [{"signal": r.signal, "weight": round(r.weight, 3), "text": r.text} for r in found.reasons],
    }
