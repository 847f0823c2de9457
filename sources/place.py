"""`Place`: what the sources of this folder have in common, and the fingerprint of an answer's form.

Not inside: fetching (`sources.http`) and which sources there are (`sources.catalogue`).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from lxml import etree

from sources.addresses import origin
from sources.document import Document
from sources.http import Fetcher, Response
from sources.source import ChangedShape, Cursor, NoHistory, Page, Refused, Unreachable

_ERROR_WORDS = ("message", "detail", "error", "title")


class Place:
    """A source that has no text to fetch and no history, until a class below it says otherwise."""

    def __init__(
        self, fetcher: Fetcher, *, name: str, base_url: str, every: timedelta, silent_after: timedelta
    ) -> None:
        self.name, self.url, self.every, self.silent_after = name, base_url.rstrip("/"), every, silent_after
        self._fetcher = fetcher

    def fill(self, document: Document) -> Document:
        return document

    def backfill(self, first: date, last: date, cursor: Cursor, now: datetime) -> Iterator[Page]:
        raise NoHistory(f"{self.name}: shows only what is new")


def moved(url: str, base_url: str, *hosts: str) -> str:
    """An address on one of a place's own hosts, under the address that the settings name for the place.

    So one setting moves all of a source: its lists, its pages and its files. Other addresses stay as they are.
    """
    own, parts = urlsplit(base_url), urlsplit(url)
    if parts.netloc.lower().removeprefix("www.") not in hosts or own.netloc.removeprefix("www.") in hosts:
        return url
    return urlunsplit((own.scheme, own.netloc, f"{own.path.rstrip('/')}{parts.path}", parts.query, ""))


def same_place(url: str, base_url: str) -> bool:
    """Whether an address from outside lies at the place itself; others are fetched under guard."""
    try:
        return origin(url) == origin(base_url)
    except ValueError:
        return False


def shape(paths: Iterable[str]) -> str:
    """A short fingerprint of the field names in an answer; values and their number do not count."""
    return hashlib.sha256("\n".join(sorted(set(paths))).encode()).hexdigest()[:12]


def json_paths(value: Any, path: str = "") -> Iterator[str]:
    """Every place in a JSON value that holds something, lists and their items being one place."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from json_paths(inner, f"{path}.{name}")
    elif isinstance(value, list):
        for inner in value:
            yield from json_paths(inner, f"{path}[]")
    else:
        yield path


def xml_paths(root: etree._Element, path: str = "") -> Iterator[str]:
    """Every element's path by local names."""
    here = f"{path}/{etree.QName(root).localname}"
    yield here
    for child in root:
        if isinstance(child.tag, str):
            yield from xml_paths(child, here)


def read_json(response: Response) -> dict[str, Any]:
    """The JSON object in an answer; an error inside a 200 is an error, a page instead of data a changed shape."""
    try:
        answer = json.loads(response.content)
    except (ValueError, RecursionError):
        if response.content.lstrip()[:1] in (b"{", b"["):
            raise Unreachable(f"{response.url}: the answer breaks off or is damaged") from None
        what = "a page" if response.content.lstrip()[:1] == b"<" else "something else"
        raise ChangedShape(f"{response.url}: no JSON but {what}") from None
    if not isinstance(answer, dict):
        raise ChangedShape(f"{response.url}: JSON without an object")
    status = answer.get("status")
    if isinstance(status, int) and status >= 400:
        said = next((str(answer[word]) for word in _ERROR_WORDS if answer.get(word)), "")
        raise Refused(
            f"{response.url}: the source answers with an error: {' '.join(said.split())[:200]}", status=status
        )
    return answer


def read_xml(response: Response) -> etree._Element:
    """The XML in an answer. Entities stay unexpanded, nothing is loaded from elsewhere, a page is a changed shape."""
    start = response.content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not start.startswith(b"<") or b"<!doctype html" in start or start.startswith(b"<html"):
        raise ChangedShape(f"{response.url}: no XML but {'a page' if b'html' in start else 'something else'}")
    if b"<!entity" in response.content[:100_000].lower():
        raise ChangedShape(f"{response.url}: declares entities, which we do not read")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(response.content, parser)
    except etree.XMLSyntaxError:
        raise Unreachable(f"{response.url}: the answer breaks off or is damaged") from None
