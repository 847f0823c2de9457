"""Web pages that hold a letter: zoek.officielebekendmakingen.nl, tweedekamer.nl, rijksoverheid.nl and the like.

The part with the letter is looked for, menus and buttons are left out, footnotes are told apart, figures that point to
footnotes are dropped. Not inside: watching a page for changes (`sources.pages`).
"""

import re
from collections.abc import Iterator

from lxml import etree

from sources.readers.draft import Block, Draft, assemble
from sources.readers.markup import page_of
from sources.readers.recognise import MOST_CHARACTERS
from sources.source import Unreadable

_BLOCKS = frozenset(
    "address article aside blockquote body caption dd details div dl dt fieldset figcaption figure footer form h1 h2 "
    "h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul summary html".split()
)
_UNSEEN = frozenset(
    "script style noscript template svg nav head iframe object embed button select option textarea input form canvas "
    "audio video math dialog".split()
)
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:cookie\w*|breadcrumbs?|broodkruimels?|menu|navigation|navbar|skip-?links?|share|social|toolbar|"
    r"pagination|paginering|sidebar|related|gerelateerd|search-?form|zoekbalk|footer|note-close|screenreader|sr-only|visually-hidden|"
    r"feedback|banner|print|download\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_POINTER = re.compile(
    r"(?:^|[\s_-])(?:nootnum|noot-?nummer|noteref|footnote-?ref\w*|voetnoot-?ref\w*|nootref)(?:$|[\s_-])", re.IGNORECASE
)
_NOTE = re.compile(r"(?:^|[\s_-])(?:noot|voetnoot|footnote|endnote)(?:$|[\s_-])", re.IGNORECASE)
_PLACES = (  # where the letter stands, the surest first
    ".//div[contains(concat(' ', normalize-space(@class), ' '), ' stuk ')]"
    " | .//h1[contains(concat(' ', normalize-space(@class), ' '), ' dossiertitel ')] | .//*[@id='noten']",
    ".//*[@id='broodtekst']",
    ".//*[@id='main-column']",
    ".//div[contains(concat(' ', normalize-space(@class), ' '), ' kamervraag ')]",
    ".//article",
    ".//main",
    ".//*[@role='main']",
    ".//*[@id='content']",
    ".//body",
)
_NUMBERED = re.compile(r"(?:X\s)?(?:Noot\s)?\[?(?P<label>\d{1,3})\]?[.)]?\s+(?P<text>.+)", re.DOTALL)
_SITE = re.compile(
    r"\s(?:[|–-]\s+)(?:Overheid\.nl.*|Officiële bekendmakingen.*|Tweede Kamer der Staten-Generaal|Rijksoverheid\.nl.*|"
    r"Kamerstuk(?:ken)?.*)$"
)
_LEAST = 200  # characters below which a part of the page can hardly be the letter
_MARGIN = 3_000


def read(data: bytes, content_type: str = "") -> Draft:
    """Raises Unreadable for a page without words."""
    root, notes = page_of(data, content_type)
    if root is None:
        raise Unreadable("a page without words")
    blocks = _letter(root)
    if sum(len(block.text) for block in blocks) > MOST_CHARACTERS:
        raise Unreadable(f"more than {MOST_CHARACTERS:,} characters")
    return assemble(blocks, notes=notes, facts=_facts(root))


def _letter(root: etree._Element) -> list[Block]:
    """The blocks of the first place that holds enough; the whole page where none does."""
    best: list[Block] = []
    for path in _PLACES:
        found = [block for node in _outermost(root.xpath(path)) for block in _page(node)]
        if sum(len(block.text) for block in found if block.role != "footnote") >= _LEAST:
            return found
        best = max(best, found, key=lambda blocks: sum(len(block.text) for block in blocks))
    return best


def _outermost(nodes: object) -> list[etree._Element]:
    """Without those that lie inside another of them."""
    found = [node for node in nodes if isinstance(node, etree._Element)] if isinstance(nodes, list) else []
    chosen = set(found)
    return [node for node in found if not any(outer in chosen for outer in node.iterancestors())]


def _page(node: etree._Element) -> list[Block]:
    """Text and footnotes; the footnotes last."""
    notes: list[Block] = []
    loose: list[str] = []
    blocks = [block for block in _walk(node, notes, loose) if block.text]
    rest = _line("".join(loose))
    return [*blocks, *([Block(rest)] if rest else []), *notes]


def _walk(node: etree._Element, notes: list[Block], loose: list[str]) -> Iterator[Block]:
    """Paragraphs in order. loose: words that wait for the end of their paragraph."""
    loose.append(node.text or "")
    for child in node:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag == "br":
            loose.append("\x00")
        elif not tag or tag in _UNSEEN or _is_aside(child):
            pass
        elif _is_note(child):
            notes += _note(child)
        elif tag in _BLOCKS:
            yield _flushed(loose, node)
            yield from _walk(child, notes, loose)
            yield _flushed(loose, child)
        else:
            yield from _walk(child, notes, loose)
        loose.append(child.tail or "")


def _flushed(loose: list[str], node: etree._Element) -> Block:
    text = _line("".join(loose))
    loose.clear()
    tag = node.tag if isinstance(node.tag, str) else ""
    role = "heading" if tag in ("h1", "h2", "h3", "h4", "h5", "h6") and not text.endswith(".") else ""
    return Block(text, role, close=tag in ("li", "td", "th") and _is_following(node))


def _is_following(node: etree._Element) -> bool:
    """Not the first entry of its list, or cell of its row."""
    return node.getprevious() is not None


def _is_aside(node: etree._Element) -> bool:
    if not node.attrib:
        return node.tag == "footer" or (node.tag == "sup" and node.find(".//a") is not None)
    if node.get("hidden") is not None or node.get("aria-hidden") == "true" or _POINTER.search(node.get("class") or ""):
        return True
    if node.tag == "sup" and (node.find(".//a") is not None or _NOTE.search(node.get("class") or "")):
        return True
    words = f"{node.get('class') or ''} {node.get('id') or ''} {node.get('role') or ''}"
    return node.tag in ("footer",) or bool(_ASIDE.search(words))


def _is_note(node: etree._Element) -> bool:
    return bool(_NOTE.search(f"{node.get('class') or ''}")) and node.tag in ("div", "p", "li", "aside", "section", "dd")


def _note(node: etree._Element) -> list[Block]:
    loose: list[str] = []
    inner: list[Block] = []
    parts = [block.text for block in _walk(node, inner, loose) if block.text] + [_line("".join(loose))]
    text = "\n".join(part for part in parts if part)
    marks = [mark for mark in node.iter() if _POINTER.search(mark.get("class") or "")]
    label = "".join(str(text) for mark in marks[:1] for text in mark.itertext())
    if label.strip().isdigit():
        return [Block(text, "footnote", label.strip()), *inner] if text else inner
    match = _NUMBERED.match(text)
    found = [Block(match["text"], "footnote", match["label"]) if match else Block(text, "footnote")] if text else []
    return found + inner


def _line(text: str) -> str:
    """Blanks of the page's code are one blank; only a ``br`` ends a line."""
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\x00")) if line)


def _front(root: etree._Element) -> Iterator[str]:
    """What stands at the top of the page, boilerplate included: the day of publication is there."""
    length = 0
    for body in root.iter("body"):
        for part in body.itertext():
            line = " ".join(str(part).split())
            length += len(line)
            if length > _MARGIN:
                return
            if line:
                yield line


def _facts(root: etree._Element) -> dict[str, str]:
    meta = {
        (node.get("name") or node.get("property") or "").lower(): node.get("content") or ""
        for node in root.iter("meta")
    }
    title = next((" ".join((node.text or "").split()) for node in root.iter("title")), "")
    whole = "\n".join(line for line in _front(root))
    return {
        "title": _SITE.sub("", title),
        "identifier": meta.get("dcterms.identifier", ""),
        "published": meta.get("dcterms.issued", "") or meta.get("dcterms.available", ""),
        "margin": f"{title}\n{whole}",
    }
