"""What changed between two forms of a text, word by word, for pages (`compare`) and messages (`summary`).

Pure. The longest common runs of words are found by difflib after the equal head and tail are set apart; a text that
was rewritten beyond `MOST_WORDS` is shown as one piece gone and one piece new instead of being compared at length.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from notifications.cleaning import cut_words, one_line

MOST_WORDS = 4000  # of the differing middle, on each side
AROUND = 8  # words of context beside a change on a page
PIECE = 160  # characters of one change in a message
_WORDS = re.compile(r"\S+\s*")


class Change(StrEnum):
    SAME = "same"
    GONE = "gone"
    NEW = "new"
    LEFT_OUT = "left out"  # unchanged words that are not shown


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words and what became of it."""

    change: Change
    text: str


def compare(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces in reading order: what is new with what it replaces before it, with a few words around."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle = _middle(old[head : len(old) - tail], new[head : len(new) - tail])
    same_tail = [Piece(Change.SAME, "".join(new[len(new) - tail :]))] if tail else []
    pieces = [*([Piece(Change.SAME, "".join(new[:head]))] if head else []), *middle, *same_tail]
    return tuple(part for n, piece in enumerate(pieces) for part in _shortened(piece, n == 0, n == len(pieces) - 1))


def summary(before: str, after: str, limit: int) -> str:
    """The changes in one line of at most `limit` characters: ``“old words” → “new words”; “…” → “…”``."""
    said, gone = [], ""
    for piece in [*compare(before, after), Piece(Change.SAME, "")]:
        if piece.change is Change.GONE:
            gone = piece.text
        elif piece.change is Change.NEW:
            said.append(f"{_quoted(gone)} → {_quoted(piece.text)}")
            gone = ""
        elif gone:
            said.append(f"{_quoted(gone)} → –")
            gone = ""
    return cut_words("; ".join(said), limit)


def _quoted(text: str) -> str:
    return f"“{one_line(text, PIECE)}”" if text.strip() else "–"


def _common(old: list[str], new: list[str]) -> int:
    """How many words both begin with; blanks between words do not count."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one.strip() != other.strip():
            break
        count += 1
    return count


def _middle(old: list[str], new: list[str]) -> list[Piece]:
    if max(len(old), len(new)) > MOST_WORDS:
        found = [("replace", 0, len(old), 0, len(new))]
    else:
        matcher = SequenceMatcher(None, [w.strip() for w in old], [w.strip() for w in new], autojunk=False)
        found = list(matcher.get_opcodes())
    pieces: list[Piece] = []
    for kind, old_from, old_to, new_from, new_to in found:
        if kind == "equal":
            pieces.append(Piece(Change.SAME, "".join(new[new_from:new_to])))
            continue
        gone, fresh = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        pieces += [Piece(change, text) for change, text in ((Change.GONE, gone), (Change.NEW, fresh)) if text]
    return pieces


def _shortened(piece: Piece, first: bool, last: bool) -> list[Piece]:
    """Unchanged words far from any change are left out."""
    words = _WORDS.findall(piece.text)
    if piece.change is not Change.SAME or len(words) <= 2 * AROUND:
        return [piece]
    before = [] if first else [Piece(Change.SAME, "".join(words[:AROUND]))]
    after = [] if last else [Piece(Change.SAME, "".join(words[-AROUND:]))]
    return [*before, Piece(Change.LEFT_OUT, "…"), *after]
