"""XML and HTML as trees, safely: no entities, nothing loaded from elsewhere, limits on depth and size (libxml2's own).

Not inside: what the elements mean (`word_file`, `official_xml`, `html_page`).
"""

import html
import re

from lxml import etree

from sources.readers.characters import decode, repaired
from sources.source import Unreadable

_DECLARED = re.compile(rb"""(?:encoding\s*=\s*|charset\s*=\s*)["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARATION = re.compile(r"\A[^<]{0,20}<\?xml[^>]{0,300}\?>")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z]{2,10}\d{0,2});")
_XML_FRONT = 200
_HTML_FRONT = 4096


def parsed(data: bytes, what: str) -> etree._Element:
    """The root of an XML document. Raises Unreadable in one line; what: what is being read, for that line."""
    return root_of(data, what)[0]


def root_of(data: bytes, what: str, content_type: str = "") -> tuple[etree._Element, tuple[str, ...]]:
    """The root of an XML document and notes on its characters."""
    text, notes = characters_of(data, _XML_FRONT, content_type)
    if re.search(r"<!ENTITY", text, re.IGNORECASE):
        raise Unreadable(f"{what} declares entities, which we do not read")
    text = _NAMED.sub(_character, _DECLARATION.sub("", text).lstrip("\ufeff \r\n\t"))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser), notes
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"{what} is damaged or breaks off ({_first_line(error)})") from None


def page_of(data: bytes, content_type: str = "") -> tuple[etree._Element | None, tuple[str, ...]]:
    """The root of an HTML page, however carelessly it was written; None when nothing is left of it."""
    text, notes = characters_of(data, _HTML_FRONT, content_type)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(_DECLARATION.sub("", text).encode("utf-8", "replace"), parser), notes
    except (etree.XMLSyntaxError, etree.ParserError):
        return None, notes


def characters_of(data: bytes, front: int, content_type: str) -> tuple[str, tuple[str, ...]]:
    declared = _DECLARED.search(data[:front])
    text, notes = decode(data, declared[1].decode("ascii", "ignore") if declared else content_type)
    text, places = repaired(text)
    if places:
        notes = (*notes, f"repaired {places} wrongly decoded characters (mojibake)")
    return text, notes


def _character(match: re.Match[str]) -> str:
    """A named character of HTML, which XML does not know."""
    char = html.unescape(match.group())
    return char if char != match.group() else html.escape(match.group())


def _first_line(error: etree.XMLSyntaxError) -> str:
    return " ".join(str(error).split())[:120]
