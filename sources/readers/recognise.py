"""Which format a file has: by its first bytes, then by its name and by what the server said of it.

Pure. A file that is none of the formats of letters is refused by name. Not inside: reading it.
"""

import re
from enum import StrEnum

from sources.source import Unreadable

MOST_BYTES = 100_000_000
MOST_CHARACTERS = 20_000_000  # the longest report ever sent to parliament has some millions


class Format(StrEnum):
    TEXT = "text"
    PDF = "pdf"
    WORD = "docx"
    PAGE = "html"
    XML = "xml"


_OTHERS = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Excel file (.doc, .xls); save it as .docx or PDF"),
    (b"{\\rtf", "an RTF file; save it as .docx or PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"7z\xbc\xaf", "an archive (7z)"),
    (b"Rar!", "an archive (rar)"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
)
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body", b"<div", b"<p>", b"<meta", b"<main", b"<article")
_FRONT = 1024
_ROOT = re.compile(rb"<([a-z][\w.:-]{0,80})[\s>]")


def recognise(data: bytes, name: str = "", content_type: str = "") -> Format:
    """Raises Unreadable for an empty file, one that is far too large, and formats that hold no letter."""
    if not data.strip():
        raise Unreadable(_said(name, "the file is empty"))
    if len(data) > MOST_BYTES:
        raise Unreadable(_said(name, f"{len(data):,} bytes; we read at most {MOST_BYTES:,}"))
    for mark, what in _OTHERS:
        if data.startswith(mark):
            raise Unreadable(_said(name, f"no letter but {what}"))
    if b"%PDF-" in data[:_FRONT]:
        return Format.PDF
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Format.WORD
    return _written(data, name, content_type)


def _written(data: bytes, name: str, content_type: str) -> Format:
    """Formats that are text: what a person wrote that begins with ``<`` is still no page."""
    front = _narrow(data[: _FRONT * 4]).lstrip().lower()[:_FRONT]
    if front.startswith(_HTML) or (b"<html" in front and front.startswith(b"<")):
        return Format.PAGE
    if front.startswith(b"<?xml") or (b"\n<?xml" in front[:20]):
        return Format.PAGE if b"<html" in front else Format.XML
    return _tagged(data, front, name, content_type) if front.startswith(b"<") else Format.TEXT


def _tagged(data: bytes, front: bytes, name: str, content_type: str) -> Format:
    """Markup that does not say what it is: by its name, by what the server said, by a last tag that fits the first."""
    ending = name.lower().rpartition(".")[2]
    kind = content_type.lower().partition(";")[0].strip()
    if ending in ("html", "htm", "xhtml") or kind.endswith("html"):
        return Format.PAGE
    root = _ROOT.match(front)
    whole = root is not None and data.rstrip()[-100:].lower().endswith(b"</%b>" % root[1])
    if ending == "xml" or kind.endswith("xml") or whole:
        return Format.XML
    return Format.PAGE if front.startswith((b"<!--", b"<!doctype")) else Format.TEXT


def _narrow(front: bytes) -> bytes:
    """The first bytes without marks of a charset and, in UTF-16, without the zeros between."""
    for mark in (b"\xef\xbb\xbf", b"\xc3\xaf\xc2\xbb\xc2\xbf", b"\xff\xfe", b"\xfe\xff"):
        front = front.removeprefix(mark)
    return front.replace(b"\x00", b"") if front[:20].count(0) > 5 else front


def _said(name: str, what: str) -> str:
    return f"{name}: {what}" if name else what
