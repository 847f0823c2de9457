"""Lines on pages made into paragraphs: running heads and page numbers away, columns in reading order, footnotes apart,
words that were broken at the end of a line whole again. Pure: knows places of lines, not PDF.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sources.readers.draft import Block

_EDGE = 0.12  # of the height of the page: where running heads and page numbers stand
_PAGE_NUMBER = re.compile(
    r"(?:pagina|page|blz\.?|p\.)?\s{0,2}[-–]?\s{0,2}\d{1,4}\s{0,2}[-–]?(?:\s{0,2}(?:van|/|of)\s{0,2}\d{1,4})?",
    re.IGNORECASE,
)
_RUNNING = re.compile(
    r"(?:(?:Tweede|Eerste) Kamer, vergaderjaar \d{4}.{0,120}|(?:kst|ah|kv|h|blg)-[\w-]{4,40}|ISSN [\d -]{6,12}|"
    r"[’']?s[- ]{0,2}Gravenhage \d{4}|Pagina \d+ van \d+)"
)
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.66  # of the width of the page: a narrow column from here on holds the sender's particulars
_STRAIGHT = 15  # points by which the left edge of a column may waver
_COLUMN = 0.33  # of the width of the print: narrower stretches are cells of a table
_PARTICULARS = re.compile(  # else a column so far to the right is one of a table
    r"(?:Ons|Onze|Uw)\s(?:kenmerk|referentie|brief)|Kenmerk|Contactpersoon|Directie|Directoraat|DG\s|Ministerie|"
    r"Postbus|www\.|T\s0|Bijlage|Datum|Bezoekadres|Postadres|Inlichtingen"
)
_START = re.compile(r"(?:[-–—•·▪◦*]|\(?\d{1,2}[.)]|[a-z][.)]|\[\d{1,3}\])\s|(?:Vraag|Vragen|Antwoord(?:en)?|Bijlage)\b")
_ALONE = re.compile(r"(?:Vraag|Vragen|Antwoord(?:en)?|Bijlage)(?: op)?(?: de)?(?: vra\w+)?[\s\d,enat/m:.]{0,40}")
_NOTE = re.compile(r"(?P<label>\d{1,3})(?:\s|(?=[A-Z‘“«\[(h]))(?P<text>\S.*)")
_AROUND = 6  # lines to either side that show how wide a paragraph is
_NARROW = 0.45  # of the width of the page: a few lines that all end before it are an address, no paragraph
_LONG = 60  # characters: a line that is no heading
_TERMINAL = (".", "!", "?", ":", ";", "»", "”")
_BINDING = frozenset(("en", "of", "tot", "als", "dan", "respectievelijk"))  # zorg- en welzijn
_PREFIXES = frozenset(("non", "ex", "oud", "niet", "niet-", "vice", "semi", "quasi", "co"))
_WORD = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of print, or one cell of it, in points from the lower left corner. pointer: a raised figure before it."""

    text: str
    page: int
    left: float
    right: float
    bottom: float
    top: float
    width: float
    height: float
    hyphen: bool = False
    pointer: str = ""

    @property
    def size(self) -> float:
        return max(self.top - self.bottom, 1.0)


def blocks_of(pages: Sequence[Sequence[Line]]) -> list[Block]:
    """Paragraphs in reading order, footnotes last."""
    kept = _without_running([list(page) for page in pages])
    body = _body_size(kept)
    vocabulary = _vocabulary(kept)
    lines: list[Line] = []
    notes: list[Block] = []
    margins: list[Line] = []
    for page in kept:
        text, below = _footnotes(page, body)
        text, margin = _margin(text)
        lines += _in_reading_order(text)
        margins += margin
        notes += _notes(below, vocabulary)
    margin_blocks = [Block(line.text, "heading", close=number > 0) for number, line in enumerate(margins) if line.text]
    return [*margin_blocks, *_paragraphs(lines, vocabulary), *notes]


def _body_size(pages: list[list[Line]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def _vocabulary(pages: list[list[Line]]) -> frozenset[str]:
    """Whole words of the text, to tell a broken word from one with a hyphen of its own."""
    return frozenset(word.lower() for page in pages for line in page for word in _WORD.findall(line.text))


# --- what is not the letter --------------------------------------------------------------------------------------


def _without_running(pages: list[list[Line]]) -> list[list[Line]]:
    """Without page numbers and lines that come back on other pages; the first of those stays if it is no edge."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_mask(line) for line in page if _is_edge(line) or _is_aside(line)})
    least = max(2, len(pages) // 3)
    repeated = {mask for mask, times in seen.items() if times >= least}
    told: set[tuple[str, int]] = set()
    kept: list[list[Line]] = []
    for page in pages:
        kept.append([line for line in page if line.text and not _is_running(line, repeated, told)])
    return kept


def _mask(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.left / 20)


def _is_edge(line: Line) -> bool:
    return line.bottom > line.height * (1 - _EDGE) or line.top < line.height * _EDGE


def _is_aside(line: Line) -> bool:
    return line.left > line.width * _MARGIN


def _is_running(line: Line, repeated: set[tuple[str, int]], told: set[tuple[str, int]]) -> bool:
    if _RUNNING.fullmatch(line.text) or (_is_edge(line) and _PAGE_NUMBER.fullmatch(line.text)):
        return True
    mask = _mask(line)
    if mask not in repeated or not (_is_edge(line) or _is_aside(line)):
        return False
    again = mask in told
    told.add(mask)
    return again or (_is_edge(line) and not _is_aside(line) and line.page > 0) or line.top < line.height * _EDGE


def _footnotes(page: list[Line], body: float) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and the smaller ones at the foot of the page that begin with a figure."""
    place = len(page)
    while place and page[place - 1].size < body * 0.93:
        place -= 1
    starts = [n for n in range(place, len(page)) if page[n].pointer or _NOTE.match(page[n].text)]
    if not starts or page[starts[0]].top > page[starts[0]].height * 0.6:
        return page, []
    return page[: starts[0]], page[starts[0] :]


def _notes(lines: list[Line], vocabulary: frozenset[str]) -> Iterator[Block]:
    label, held = "", ""
    hyphen = False
    for line in lines:
        match = None if line.pointer else _NOTE.match(line.text)
        if line.pointer or match:
            if held:
                yield Block(held, "footnote", label)
            label, held = (
                (line.pointer, line.text) if line.pointer else (match["label"], match["text"]) if match else ("", "")
            )
        else:
            held = _joined(held, line.text, hyphen, vocabulary)
        hyphen = line.hyphen
    if held:
        yield Block(held, "footnote", label)


def _margin(page: list[Line]) -> tuple[list[Line], list[Line]]:
    """The narrow column on the right with address and reference, beside a text that is wide."""
    aside = [line for line in page if _is_aside(line)]
    wide = [line for line in page if line.left < line.width * 0.4]
    if len(wide) < 3 or not any(_PARTICULARS.match(line.text) for line in aside):
        return page, []
    crossing = sum(line.right > min(a.left for a in aside) + 20 for line in wide)
    beside = _longest_run(page)
    if beside >= 3 or crossing <= len(wide) // 10:
        return [line for line in page if not _is_aside(line)], aside
    return page, []


def _longest_run(page: list[Line]) -> int:
    longest = run = 0
    for line in page:
        run = run + 1 if _is_aside(line) else 0
        longest = max(longest, run)
    return longest


# --- columns -----------------------------------------------------------------------------------------------------


def _in_reading_order(page: list[Line]) -> list[Line]:
    """Lines of two columns that were printed across, column by column; everything else in the order of the file."""
    pairs = [(a, b) for a, b in pairwise(page) if _is_beside(a, b)]
    if len(pairs) < 8 or len(pairs) * 2 < len(page) * 0.3:
        return page
    gutter = median(b.left for _, b in pairs)
    true = [(a, b) for a, b in pairs if abs(b.left - gutter) < _STRAIGHT]
    if len(true) < 0.6 * len(pairs):
        return page
    span = max(line.right for line in page) - min(line.left for line in page)
    widths = (median(a.right - a.left for a, _ in true), median(b.right - b.left for _, b in true))
    if min(widths) < _COLUMN * span:
        return page
    return list(_by_column(page, gutter))


def _is_beside(line: Line, following: Line) -> bool:
    return following.left > line.right and abs(line.bottom - following.bottom) < 0.3 * line.size


def _by_column(page: list[Line], gutter: float) -> Iterator[Line]:
    """Left, then right, between the lines that run across both."""
    left: list[Line] = []
    right: list[Line] = []
    for line in page:
        if line.left >= gutter - 5:
            right.append(line)
        elif line.right < gutter:
            left.append(line)
        else:
            yield from [*left, *right, line]
            left, right = [], []
    yield from [*left, *right]


# --- paragraphs --------------------------------------------------------------------------------------------------


def _paragraphs(lines: list[Line], vocabulary: frozenset[str]) -> Iterator[Block]:
    pitch = _pitch(lines)
    held, close = "", False
    for number, line in enumerate(lines):
        if not number:
            held = line.text
            continue
        before = lines[number - 1]
        if _goes_on(lines, number, pitch):
            held = _joined(held, line.text, before.hyphen, vocabulary)
        else:
            yield Block(held, close=close)
            held, close = line.text, _is_near(before, line, pitch)
    if held:
        yield Block(held, close=close)


def _pitch(lines: list[Line]) -> float:
    """How far lines of one paragraph are apart, in heights of the line."""
    steps = [
        (a.bottom - b.bottom) / a.size
        for a, b in pairwise(lines)
        if a.page == b.page
        and 0.5 * a.size < a.bottom - b.bottom < 2.5 * a.size
        and abs(a.size - b.size) < 0.1 * a.size
    ]
    return median(steps) if steps else 1.1


def _is_near(line: Line, following: Line, pitch: float) -> bool:
    step = line.bottom - following.bottom
    return line.page == following.page and -0.3 * line.size < step < (pitch + 0.35) * line.size


def _goes_on(lines: list[Line], number: int, pitch: float) -> bool:
    """Does this line continue the paragraph of the line before it?"""
    line, following = lines[number - 1], lines[number]
    if line.hyphen:
        return True
    if (
        abs(line.size - following.size) > 0.12 * line.size
        or _START.match(following.text)
        or _ALONE.fullmatch(line.text)
    ):
        return False
    ended, small = line.text.endswith(_TERMINAL), following.text[:1].islower()
    if line.page != following.page or following.bottom > line.bottom + line.size:  # the next page or column
        return not ended and (small or len(line.text) > _LONG)
    near = _is_near(line, following, pitch) and following.bottom < line.bottom - 0.3 * line.size
    if not near or (ended and _is_indented(line, following)):
        return False
    return (small and not ended) or _is_full(lines, number - 1, following, pitch)


def _is_indented(line: Line, following: Line) -> bool:
    """A paragraph may begin with an indent instead of a blank line; entries of a list hang the other way."""
    return following.left - line.left > 0.8 * line.size and not _START.match(line.text)


def _is_full(lines: list[Line], number: int, following: Line, pitch: float) -> bool:
    """The first word of the next line had no more room on this one."""
    line = lines[number]
    first, last = number, number + 1
    while first > max(0, number - _AROUND) and _is_near(lines[first - 1], lines[first], pitch):
        first -= 1
    while last < min(len(lines) - 1, number + _AROUND) and _is_near(lines[last - 1], lines[last], pitch):
        last += 1
    near = [other.right for other in lines[first:last]]
    if len(near) < 5 and max(near) < _NARROW * line.width:
        return False
    word = following.text.split(" ", 1)[0]
    letter = (line.right - line.left) / max(len(line.text), 1)
    room = max(near) - line.right
    return room < (len(word) + 1) * letter * 1.15 + 2


def _joined(held: str, text: str, hyphen: bool, vocabulary: frozenset[str]) -> str:
    """A line set behind another; a word that was broken is whole again, a hyphen of its own stays."""
    if not hyphen and not (held.endswith("-") and text[:1].islower() and held[-2:-1].isalpha()):
        return f"{held} {text}" if held and text else held or text
    stem = held.rstrip("-")
    front = _WORD.findall(stem[-60:])
    back = _WORD.match(text)
    if not front or not back:
        return f"{stem}-{text}"
    first, rest = front[-1], back.group()
    if rest in _BINDING:
        return f"{stem}- {text}"
    if f"{first}{rest}".lower() in vocabulary:
        return stem + text
    own = (
        f"{first}-{rest}".lower() in vocabulary
        or not rest[0].islower()
        or not first[-1].islower()
        or first.lower() in _PREFIXES
    )
    return f"{stem}-{text}" if own else stem + text
