"""PDF files through PDFium: pages to lines with their places. What the lines make together is read in `pdf_layout`.

PDFium is not safe for threads: one lock around all of it. A scan without a text layer is refused as such.
"""

import re
import threading
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
from pypdfium2 import raw

from sources.readers.draft import Draft, assemble
from sources.readers.pdf_layout import Line, blocks_of
from sources.readers.recognise import MOST_CHARACTERS
from sources.source import Unreadable

MOST_PAGES = 3_000
_LOCK = threading.Lock()
_SEGMENT = re.compile(r"[^\r\n\ufffe\x02]+")
_BREAKS = ("\ufffe", "\x02")  # what PDFium makes of a hyphen at the end of a line
_POINTER = re.compile(r"(?:(?<=[^\W\d_]|[.,;:)»”’\"?!\s])|^)\d{1,3}(?=$|[\s.,;:)»”’\"?!])")
_SMALL = 0.87  # of the height of the line: smaller and raised is a pointer to a note
_GAP = 1.3  # heights of the line: a wider gap is no space between words
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ĳ": "ij", "Ĳ": "IJ"}
_BLANKS = dict.fromkeys(("\u00a0", "\u2007", "\u202f", "\x00"), " ")
_NOTHING = dict.fromkeys(("\u00ad", "\u200b", "\ufeff"), "")
_PRINTED = str.maketrans({**_LIGATURES, **_BLANKS, **_NOTHING, "\u2010": "-", "\u2011": "-"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def read(data: bytes) -> Draft:
    """Raises Unreadable for files that are encrypted, damaged, without text, or far too long."""
    with _LOCK:
        pages = _pages(data)
    silent = [number for number, page in enumerate(pages, 1) if not page]
    if len(silent) == len(pages):
        raise Unreadable(f"a scan without a text layer ({len(pages)} pages): it needs character recognition first")
    notes = [f"no text on page {_listed(silent)}: perhaps scanned"] if silent else []
    return assemble(blocks_of(pages), notes=notes)


def _pages(data: bytes) -> list[list[Line]]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        told = str(error).lower()
        raise Unreadable(
            "the PDF is encrypted: it needs a password"
            if "password" in told or "security" in told
            else "the PDF is damaged"
        ) from None
    try:
        if len(document) > MOST_PAGES:
            raise Unreadable(f"{len(document):,} pages; we read at most {MOST_PAGES:,}")
        return list(_read(document))
    except pypdfium2.PdfiumError:
        raise Unreadable("the PDF is damaged: a page cannot be opened") from None
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument) -> Iterator[list[Line]]:
    if not len(document):
        raise Unreadable("the PDF has no pages")
    characters = 0
    for number in range(len(document)):
        page = document[number]
        texts = page.get_textpage()
        width, height = page.get_size()
        characters += texts.count_chars()
        if characters > MOST_CHARACTERS:
            raise Unreadable(f"more than {MOST_CHARACTERS:,} characters")
        yield list(_lines(texts, number, width, height))
        texts.close()
        page.close()


def _lines(texts: pypdfium2.PdfTextPage, page: int, width: float, height: float) -> Iterator[Line]:
    count = texts.count_chars()
    text = texts.get_text_range()
    if len(text) != count:  # a character outside the first plane, or one without a meaning
        text = "".join(_character(raw.FPDFText_GetUnicode(texts, index)) for index in range(count))
    held: Line | None = None
    for match in _SEGMENT.finditer(text):
        hyphen = text[match.end() : match.end() + 1] in _BREAKS
        for start, end in _cells(texts, text, match.start(), match.end()):
            line = _line(texts, text, start, end, page, width, height, hyphen and end == match.end())
            if line is None:
                continue
            if held is not None and _is_pointer(held, line):
                held = replace(held, right=line.right)
                continue
            if held is not None and _goes_on(held, line):
                held = _together(held, line)
                continue
            if held is not None:
                yield held
            held = line
    if held is not None:
        yield held


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code <= 0xDFFF else " "


def _box(texts: pypdfium2.PdfTextPage, index: int) -> tuple[float, float, float, float]:
    """Left, bottom, right, top."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(texts, index, box)
    return box.left, min(box.bottom, box.top), box.right, max(box.bottom, box.top)


def _cells(texts: pypdfium2.PdfTextPage, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A line cut where the gap is wider than one between words: columns and cells of tables."""
    begin = start
    place = text.find(" ", start, end)
    while place > 0:
        if begin < place < end - 1 and text[place - 1] != " " and raw.FPDFText_IsGenerated(texts, place) == 1:
            left, right = _box(texts, place - 1), _box(texts, place + 1)
            if right[0] - left[2] > _GAP * max(left[3] - left[1], 1.0):
                yield begin, place
                begin = place + 1
        place = text.find(" ", place + 1, end)
    yield begin, end


def _line(
    texts: pypdfium2.PdfTextPage, text: str, start: int, end: int, page: int, width: float, height: float, hyphen: bool
) -> Line | None:
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return None
    first = start + len(piece) - len(piece.lstrip())
    last = first + len(bare) - 1
    middle = next((i for i in range((first + last) // 2, last + 1) if not text[i].isspace()), last)
    if bare[:1].isdigit() and len(bare) < 5:
        middle = last
    _, bottom, _, top = _box(texts, middle)
    words, raised = _without_pointers(texts, text, first, last + 1, bottom, top - bottom)
    cleaned = " ".join(_CONTROL.sub(" ", words.translate(_PRINTED)).split())
    return Line(
        text=cleaned, page=page, left=_box(texts, first)[0], right=_box(texts, last)[2], bottom=bottom, top=top,
        width=width, height=height, hyphen=hyphen, pointer=raised,
    )  # fmt: skip


def _without_pointers(
    texts: pypdfium2.PdfTextPage, text: str, start: int, end: int, bottom: float, size: float
) -> tuple[str, str]:
    """The words without raised figures; a raised figure at the front is given apart: it may begin a footnote."""
    piece, front = text[start:end], ""
    kept, place = [], 0
    for match in _POINTER.finditer(piece):
        _, low, _, high = _box(texts, start + match.start())
        if high - low < _SMALL * size and low > bottom + 0.05 * size:
            ended = piece[match.end() : match.end() + 1] in (".", ",", ";", ":")
            kept.append(piece[place : match.start()].rstrip() if ended else piece[place : match.start()])
            place = match.end()
            front = match.group() if match.start() == 0 else front
    return "".join([*kept, piece[place:]]), front


def _goes_on(line: Line, following: Line) -> bool:
    """On the same base line, right behind it: a raised figure had broken it in two."""
    near = abs(line.bottom - following.bottom) < 0.25 * line.size and abs(line.size - following.size) < 0.2 * line.size
    return near and not line.hyphen and -1.0 <= following.left - line.right < 0.6 * line.size


def _is_pointer(line: Line, following: Line) -> bool:
    """A raised figure of its own, right behind a line: it points to a footnote."""
    beside = -1.0 <= following.left - line.right < 0.6 * line.size
    raised = following.size < _SMALL * line.size and line.bottom < following.bottom < line.top
    return beside and raised and following.text.isdigit() and len(following.text) <= 3


def _together(line: Line, following: Line) -> Line:
    glue = "" if following.text[:1] in ".,;:)?!" else " "
    return replace(line, text=f"{line.text}{glue}{following.text}", right=following.right, hyphen=following.hyphen)


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (" and more" if len(numbers) > 10 else "")
