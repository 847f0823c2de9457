"""`Draft`: what a reader of one format hands over: clean text, the roles that the format itself states, and facts.

Pure. Not inside: what the words of a letter mean (`sources.readers.head`, `sources.readers.parts`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sources.document import Section

JOINED = "\n"
APART = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a row of a table or an entry of a list.

    role: only where the format states it; empty where the words have to tell. close: stands directly under the one
    before it, without a blank line.
    """

    text: str
    role: str = ""
    label: str = ""
    close: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """text: as `nakoming read` prints it. marks: stretches with a stated role, in the order of the text.

    facts: what the format states beside the text: ``date``, ``title``, ``subject``, ``reference``, ``identifier``,
    ``sender``. notes: what a reader must know, in plain English.
    """

    text: str
    marks: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


def assemble(blocks: Iterable[Block], *, notes: Iterable[str] = (), facts: Mapping[str, str] | None = None) -> Draft:
    """Blocks as one text; neighbours with the same stated role and label become one stretch.

    A footnote is one line that begins with its number in square brackets, so that the text alone still shows it.
    """
    pieces: list[str] = []
    marks: list[Section] = []
    place = 0
    for block in blocks:
        if not block.text:
            continue
        glue = "" if not pieces else JOINED if block.close else APART
        text = _numbered(block) if block.role == "footnote" else block.text
        pieces.append(glue + text)
        start = place + len(glue)
        place = start + len(text)
        if block.role:
            _mark(marks, block, start, place)
    return Draft("".join(pieces), tuple(marks), tuple(notes), dict(facts or {}))


def _numbered(block: Block) -> str:
    line = " ".join(block.text.split())
    return f"[{block.label}] {line}" if block.label else line


def _mark(marks: list[Section], block: Block, start: int, end: int) -> None:
    last = marks[-1] if marks else None
    same = last is not None and (last.role, last.label) == (block.role, block.label) and start - last.end <= len(APART)
    if last is not None and same and block.role != "footnote":
        marks[-1] = Section(role=last.role, start=last.start, end=end, label=last.label)
    else:
        marks.append(Section(role=block.role, start=start, end=end, label=block.label))
