"""Which items of a feed are byte for byte those that were read well before: they need not be parsed again.

Pure. Many feeds change in nothing but the hour in their head, or by one item at the top. An item is known by a mark: a
digest of its bytes and of all that they could be read by (declared charset, root element). Where the form of a feed is
not plain to see there are no marks, and the whole of it is parsed. Not inside: what an item says (`sources.feeds`).
"""

import hashlib
import re
from collections.abc import Container, Sequence
from typing import NamedTuple

MOST = 100  # items; longer feeds are read whole
MARK = 16  # characters of a mark
_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)\b[^>]*>(?:\s*<channel\b[^>]*>)?")
_HEAD = 4_000  # bytes in which the root element begins


class Item(NamedTuple):
    """mark: what it is known by; start, end: where it stands in the feed, in bytes."""

    mark: str
    start: int
    end: int


def marks(content: bytes, content_type: str) -> tuple[Item, ...]:
    """The items as they stand in the feed, each with its mark; none where that cannot be told."""
    root = _ROOT.search(content, 0, _HEAD)
    if root is None or not _plain(content):
        return ()
    frame = hashlib.sha256(content_type.encode() + b"\n" + content[: root.end()])
    found = []
    for start, end in _spans(content):
        mark = frame.copy()
        mark.update(content[start:end])
        found.append(Item(mark.hexdigest()[:MARK], start, end))
    return tuple(found)


def without(content: bytes, marked: Sequence[Item], known: Container[str]) -> bytes:
    """The feed without the items whose marks are known. marked: as `marks` found them in it."""
    kept, at = [], 0
    for mark, start, end in marked:
        if mark in known:
            kept.append(content[at:start])
            at = end
    return b"".join([*kept, content[at:]])


def _plain(content: bytes) -> bool:
    """Whether no guess at the charset is needed, which could come out otherwise for a part of the feed."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _spans(content: bytes) -> list[tuple[int, int]]:
    """Where items begin and end; none when one does not end or there are too many."""
    name = b"item" if b"</item>" in content else b"entry"
    opening, closing = re.compile(b"<" + name + rb"[\s>]"), b"</" + name + b">"
    found: list[tuple[int, int]] = []
    begins = opening.search(content)
    while begins:
        end = content.find(closing, begins.end())
        if end < 0 or len(found) == MOST:
            return []
        found.append((begins.start(), end + len(closing)))
        begins = opening.search(content, found[-1][1])
    return found
