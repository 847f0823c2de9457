"""SyncFeed: the Tweede Kamer's feed of changes (Atom), page by page.

The contract of paging: every entry carries a link ``next`` that continues behind it; the end is a page without
entries with a feed-level link ``resume``. The skiptoken in those links is opaque and is taken only from them.
The addresses are built on the configured base, so a link can never lead the reader to another host.
Which categories are read in what order is not decided here: see `tweedekamer_walk`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs, quote, urlsplit

from lxml import etree

from sources.cleaning import clean
from sources.http import Fetcher, Response
from sources.place import xml_paths
from sources.source import ChangedShape, Refused, Unreachable
from sources.tweedekamer_rows import Row, guid_of, is_true, moment

PATH = "/SyncFeed/2.0"
_GONE = (204, 404, 410)
_NO_XML = re.compile(  # control characters, raw or as references: no XML, and one title with them would block the feed
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|&#(?:x0*(?:[0-8bcef]|1[0-9a-f])|0*(?:[0-8]|1[124-9]|2\d|3[01]));", re.IGNORECASE
)
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """One page of one category. token: where to go on; end: no entry left; bad: entries that cannot be read."""

    rows: tuple[Row, ...] = ()
    token: str = ""
    etag: str = ""
    end: bool = False
    not_modified: bool = False
    bad: tuple[str, ...] = ()


class Feed:
    """SyncFeed behind one base address (``https://gegevensmagazijn.tweedekamer.nl``)."""

    def __init__(self, fetcher: Fetcher, base_url: str) -> None:
        self._fetcher = fetcher
        self.base = base_url.rstrip("/") + PATH

    def address(self, category: str, token: str) -> str:
        rest = f"&skiptoken={quote(token)}" if token else ""
        return f"{self.base}/Feed?category={category}{rest}"

    def file_address(self, guid: str) -> str:
        return f"{self.base}/Resources/{guid}"

    def page(self, category: str, token: str, etag: str = "") -> FeedPage:
        """One page from the token on. A damaged body is asked for once more: seen in practice, and it helps."""
        address = self.address(category, token)
        response = self._get(address, etag)
        if response.not_modified:
            return FeedPage(token=token, etag=etag, end=True, not_modified=True)
        try:
            return read_page(response, category, token)
        except Unreachable:
            return read_page(self._get(address), category, token)

    def _get(self, address: str, etag: str = "") -> Response:
        return self._fetcher.get(address, etag=etag, accept="application/atom+xml, application/xml")

    def envelope(self, category: str) -> tuple[set[str], int]:
        """Where a first page holds something (down to the entity, whose fields come and go), and how many entries."""
        root = parse(self._get(self.address(category, "")))
        if _local(root) != "feed":
            raise ChangedShape(f"{self.base}: no feed but <{_local(root)}>")
        paths = {"/".join(path.split("/")[:5]) for path in xml_paths(root)}
        return paths, sum(1 for _ in _children(root, "entry"))

    def entity(self, guid: str) -> Row | None:
        """The entity as it stands now; None when it is not (yet, or any longer) there."""
        try:
            response = self._fetcher.get(f"{self.base}/Entiteiten/{guid}", accept="application/xml")
        except Refused as refused:
            if refused.status in _GONE:
                return None
            raise
        if not response.content.strip():
            return None
        root = parse(response)
        row = read_entry(root) if _local(root) == "entry" else read_entity(root)
        return None if row is None or row.deleted else row


def parse(response: Response) -> etree._Element:
    """The XML in an answer; entities stay unexpanded, nothing is loaded from elsewhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    start = response.content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not start.startswith(b"<") or b"<!doctype" in start or start.startswith(b"<html"):
        raise ChangedShape(f"{response.url}: no feed but {_what(start)}")
    try:
        root = etree.fromstring(_NO_XML.sub(b"", response.content), parser)
    except etree.XMLSyntaxError as error:
        raise Unreachable(f"{response.url}: the answer breaks off or is damaged ({error.msg})") from error
    if _local(root) == "Error":
        said = " ".join(_words(root).split())
        raise Refused(f"{response.url}: the source answers with an error: {said[:200]}", status=response.status)
    return root


def _what(start: bytes) -> str:
    return "an HTML page" if b"html" in start else "something else"


def read_page(response: Response, category: str, asked: str) -> FeedPage:
    """The page in an answer. asked: the token that it was asked with. An entity of another category is a bad entry."""
    root = parse(response)
    if _local(root) != "feed":
        raise ChangedShape(f"{response.url}: no feed but <{_local(root)}>")
    rows: list[Row] = []
    bad: list[str] = []
    token = ""
    for entry in _children(root, "entry"):
        token = _token(entry, "next") or token
        row = read_entry(entry)
        if row is None or row.entity != category.lower():
            bad.append(
                f"{response.url}: an entry without a readable {category} ({_text(entry, 'title') or 'no title'})"
            )
        else:
            rows.append(row)
    if not rows and not bad:
        return FeedPage(token=_token(root, "resume") or asked, etag=response.etag, end=True)
    if not token or token == asked:
        raise ChangedShape(f"{response.url}: entries without a link to what comes next")
    return FeedPage(rows=tuple(rows), token=token, bad=tuple(bad))


def read_entry(entry: etree._Element) -> Row | None:
    """The entity of an Atom entry, on the clock of its ``updated``."""
    inside = [element for content in _children(entry, "content") for element in content.iterchildren("*")]
    row = read_entity(inside[0]) if inside else None
    if row is None:
        return None
    updated = moment(_text(entry, "updated")) or row.updated
    return Row(entity=row.entity, id=row.id, deleted=row.deleted, updated=updated, values=row.values, refs=row.refs)


def read_entity(element: etree._Element) -> Row | None:
    """The entity of an element, by local names: prefixes differ per category. None without a guid."""
    guid = guid_of(_attribute(element, "id"))
    if not guid:
        return None
    values: dict[str, list[str]] = {}
    refs: dict[str, list[str]] = {}
    for child in element.iterchildren("*"):
        name, ref, text = _local(child).lower(), guid_of(_attribute(child, "ref")), clean(_words(child))
        if ref:
            refs.setdefault(name, []).append(ref)
        elif text and not is_true(child.get(_NIL, "")):
            values.setdefault(name, []).append(text)
    return Row(
        entity=_local(element).lower(),
        id=guid,
        deleted=is_true(_attribute(element, "verwijderd")),
        values={name: tuple(texts) for name, texts in values.items()},
        refs={name: tuple(dict.fromkeys(guids)) for name, guids in refs.items()},
    )


def _words(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element.iterchildren("*") if _local(child) == name)


def _text(element: etree._Element, name: str) -> str:
    return next((_words(child).strip() for child in _children(element, name)), "")


def _attribute(element: etree._Element, name: str) -> str:
    """The attribute, with or without a namespace."""
    return next((str(v) for k, v in element.attrib.items() if etree.QName(k).localname == name), "")


def _token(element: etree._Element, relation: str) -> str:
    for link in _children(element, "link"):
        if link.get("rel") == relation:
            return parse_qs(urlsplit(link.get("href", "")).query).get("skiptoken", [""])[-1]
    return ""
