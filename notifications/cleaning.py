"""Text from outside made safe to pass on: no control characters, one-line headers, bounded lengths, safe links.

Pure. Escaping for HTML and XML is not here: the templates and the feed generators escape.
"""

import re
from urllib.parse import urlsplit

# What XML 1.0 (production 2, "Char") does not allow, plus DEL and the C1 range, which no text needs.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Characters that turn the direction of what follows: a title could make an address read as another one.
_DIRECTION = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)]*(?=\s)")
ELLIPSIS = "…"


def clean(text: str) -> str:
    """The text without control and direction characters; line breaks become ``\\n``, tabs stay."""
    return harmless(text).strip()


def harmless(text: str) -> str:
    """The same with its blanks at both ends, for a piece of a text."""
    return _DIRECTION.sub("", _FORBIDDEN.sub("", _BREAKS.sub("\n", text)))


def one_line(text: str, limit: int = 0) -> str:
    """The text on one line with single spaces, at most `limit` characters (0: no limit), cut between words."""
    line = re.sub(r"\s+", " ", clean(text))
    return cut_words(line, limit) if limit else line


def cut_words(text: str, limit: int) -> str:
    """At most `limit` characters, ending in "…" after a whole word when something had to go."""
    if len(text) <= limit:
        return text
    head = text[: max(limit - 1, 0)]
    at = head.rfind(" ")
    if at > limit // 2:
        head = head[:at]
    return head.rstrip(" ,;:-") + ELLIPSIS if limit > 0 else ""


def cut_sentences(text: str, limit: int) -> str:
    """At most `limit` characters, cut after the last sentence or line that fits; between words when none does."""
    if len(text) <= limit:
        return text
    ends = [m.end() for m in _SENTENCE_END.finditer(text[: limit - 1])]
    ends += [m.start() for m in re.finditer(r"\n", text[:limit])]
    fitting = [end for end in ends if limit // 3 < end < limit - 1]
    return text[: max(fitting)].rstrip() + " " + ELLIPSIS if fitting else cut_words(text, limit)


def web_link(url: str) -> str:
    """The address when it is a plain web address, else "": ``javascript:`` and the like never become links."""
    bare = clean(url)
    if re.search(r"[\s<>\"\\]", bare):
        return ""
    try:
        parts = urlsplit(bare)
    except ValueError:
        return ""
    return bare if parts.scheme in ("http", "https") and parts.hostname else ""
