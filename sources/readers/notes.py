"""Footnotes that a text carries as ordinary lines: at the end, or below the questions. Pure.

``X Noot 1``, ``[1] …``, ``1) …``: a row of such paragraphs that ends the text. With a round bracket they have to point
to sources: a numbered list in the letter itself is no footnote.
"""

import re
from collections.abc import Iterator

from sources.document import Section

_NOOT = re.compile(
    r"^[ \t]{0,4}(?:X[ \t]Noot[ \t\r]{0,3}\n?|Noot[ \t](?=\d{1,3}\b))[ \t]{0,3}(?P<label>\d{1,3})?", re.MULTILINE
)
_MARKED = re.compile(r"[ \t]{0,4}(?:\[(?P<square>\d{1,3})\]|(?P<round>\d{1,3})\)|\((?P<both>\d{1,3})\))[ \t]{0,3}\S")
_SOURCE = re.compile(
    r"https?:|www\.|\.nl\b|\.com\b|\.eu\b|Kamerstuk|Handelingen|Stb\.|Stcrt|\bp\. ?\d|\bblz\.|\bnr\. ?\d|"
    r"\b(?:19|20)\d\d\b|^.{0,8}Zie\b|ECLI:"
)
_TAIL = 60_000


def notes_of(text: str) -> Iterator[Section]:
    """In the order of the text."""
    named = list(_named(text))
    first = named[0].start if named else len(text)
    yield from _row(text, first)
    yield from named


def _named(text: str) -> Iterator[Section]:
    """Official pages print ``X Noot``, the number, a blank line and the note."""
    starts = list(_NOOT.finditer(text)) if "Noot" in text else []
    for match, end in zip(starts, [m.start() for m in starts[1:]] + [len(text)], strict=False):
        yield Section(
            role="footnote", start=match.start(), end=_end_of_note(text, match.end(), end), label=match["label"] or ""
        )


def _end_of_note(text: str, place: int, end: int) -> int:
    """The note is the rest of the paragraph, or the next one where the number stands alone."""
    begin = place + len(text[place:end]) - len(text[place:end].lstrip())
    stop = text.find("\n\n", begin, end)
    return end if stop < 0 else stop + 2 if not text[stop:end].strip() else stop


def _row(text: str, end: int) -> Iterator[Section]:
    """The row of marked lines that ends the text."""
    found: list[Section] = []
    begin = max(0, end - _TAIL)
    stop = len(text[:end].rstrip()) if end - begin == end else begin + len(text[begin:end].rstrip())
    while stop > begin:
        start = text.rfind("\n", begin, stop) + 1 or begin
        line = text[start:stop]
        match = _MARKED.match(line)
        if match and (match["square"] or _SOURCE.search(line[:400])):
            label = match["square"] or match["round"] or match["both"]
            found.append(Section(role="footnote", start=start, end=stop, label=label))
        elif line.strip():
            break
        stop = start - 1
    yield from reversed(found)
