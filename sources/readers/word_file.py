"""Word documents (.docx): body, tables, text boxes once, footnotes and endnotes at the end; deleted words left out.

The archive is opened with limits before anything of it is unpacked, and its XML is read without entities. Macros are
never looked at; that there are some is said.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from sources.readers.draft import Block, Draft, assemble
from sources.readers.markup import parsed
from sources.source import Unreadable

MOST_UNPACKED = 60_000_000  # bytes of one part of the archive
MOST_PARTS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # the same text box once more
_UNSEEN = frozenset((_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText"))
_WRITTEN = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
_STYLED = re.compile(r"(?i)heading\d*|kop\d*")
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_HEADS = re.compile(r"word/header\d*\.xml")


def read(data: bytes) -> Draft:
    """Raises Unreadable for archives that are no document, damaged, encrypted, or bombs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise Unreadable(f"a damaged archive: {str(error)[:100]}") from None
    except RuntimeError:  # zipfile's word for a password
        raise Unreadable("the document is encrypted") from None


def _read(archive: zipfile.ZipFile) -> Draft:
    names = archive.namelist()
    if len(names) > MOST_PARTS:
        raise Unreadable(f"an archive of {len(names):,} parts, which no letter has")
    if "word/document.xml" not in names:
        raise Unreadable("an archive, but no Word document")
    blocks = list(_paragraphs(_part(archive, "word/document.xml")))
    for name in _NOTES:
        if name in names:
            blocks += _footnotes(_part(archive, name))
    macros = any(name.endswith("vbaProject.bin") for name in names)
    notes = ["the document holds macros, which were not looked at"] if macros else []
    draft = assemble(blocks, notes=notes, facts={"margin": _margin(archive, names)})
    if not draft.text.strip():
        raise Unreadable("a Word document without text: perhaps a scan")
    return draft


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """One part, unpacked no further than the limit: what the archive says of its size may be a lie."""
    with archive.open(name) as part:
        data = part.read(MOST_UNPACKED + 1)
    if len(data) > MOST_UNPACKED:
        raise Unreadable(f"{name} unpacks to more than {MOST_UNPACKED:,} bytes")
    return parsed(data, name)


def _margin(archive: zipfile.ZipFile, names: list[str]) -> str:
    """What stands at the head of the pages: often the date and the reference, when the body has none."""
    heads = [name for name in names if _HEADS.fullmatch(name)]
    lines = [block.text for name in sorted(heads)[:8] for block in _paragraphs(_part(archive, name))]
    return "\n".join(dict.fromkeys(line for line in lines if line))


def _paragraphs(node: etree._Element, close: bool = False) -> Iterator[Block]:
    """Paragraphs in the order of the page. Cells of a row stand under each other, rows apart."""
    for child in node:
        if child.tag == f"{_W}p":
            yield from _paragraph(child, close)
        elif child.tag == f"{_W}tr":
            yield from _row(child)
        elif child.tag not in _UNSEEN:
            yield from _paragraphs(child, close)


def _row(row: etree._Element) -> Iterator[Block]:
    cells = [block for cell in row for block in _paragraphs(cell, close=True)]
    for number, block in enumerate(cells):
        yield Block(block.text, block.role, block.label, close=number > 0)


def _paragraph(node: etree._Element, close: bool) -> Iterator[Block]:
    inner: list[etree._Element] = []
    text = "\n".join(_SPACES.sub(" ", line).strip() for line in "".join(_words(node, inner)).split("\n")).strip()
    if text:
        yield Block(text, "heading" if _is_heading(node) else "", close=close or _is_entry(node))
    for box in inner:
        yield from _paragraphs(box)


def _words(node: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for child in node:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        elif child.tag == f"{_W}txbxContent":
            boxes.append(child)
        elif child.tag not in _UNSEEN and child.tag != f"{_W}pPr":
            yield from _words(child, boxes)


def _is_heading(node: etree._Element) -> bool:
    style = node.find(f"{_W}pPr/{_W}pStyle")
    return style is not None and bool(_STYLED.fullmatch(style.get(f"{_W}val") or ""))


def _is_entry(node: etree._Element) -> bool:
    """An entry of a list stands under the one before it."""
    return node.find(f"{_W}pPr/{_W}numPr") is not None


def _footnotes(root: etree._Element) -> Iterator[Block]:
    for note in root:
        if note.get(f"{_W}type") in (None, "normal"):
            lines = [block.text for block in _paragraphs(note)]
            if lines:
                yield Block("\n".join(lines), "footnote", note.get(f"{_W}id") or "")
