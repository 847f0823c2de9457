"""The other places of the demo in their real forms: WODC's DSpace, the RSS of the AP and of news sites."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import UUID
from xml.sax.saxutils import escape

from feedgenerator import Rss201rev2Feed

from monitor.demo.papers import MONTHS, Paper

Answer = tuple[int, str, bytes]
JSON = "application/hal+json"
FEED_LENGTH = 10
LIST_PATH = "/actueel"  # the page of teasers that stands beside the AP's feed
NOT_FOUND: Answer = (404, "text/plain", b"not found")


class Repository:
    """WODC: the reports that have appeared, the newest addition first."""

    NAME = "wodc"

    def __init__(self, papers: Iterable[Paper]) -> None:
        mine = [paper for paper in papers if self.NAME in paper.at]
        self._papers = sorted(mine, key=lambda p: p.shown_at(self.NAME), reverse=True)

    def answer(self, target: str, now: datetime) -> Answer:
        parts = urlsplit(target)
        if parts.path.endswith("/server/api/discover/search/objects"):
            asked = parse_qs(parts.query)
            page, size = int(asked.get("page", ["0"])[0]), int(asked.get("size", ["20"])[0])
            return 200, JSON, json.dumps(self._found(page, size, now)).encode()
        if parts.path.endswith("/bundles"):
            return 200, JSON, json.dumps({"_embedded": {"bundles": []}, "page": {"totalElements": 0}}).encode()
        return NOT_FOUND

    def _found(self, page: int, size: int, now: datetime) -> dict[str, Any]:
        shown = [paper for paper in self._papers if paper.shown_at(self.NAME) <= now]
        objects = [{"_embedded": {"indexableObject": _item(p)}} for p in shown[page * size : (page + 1) * size]]
        pages = -(-len(shown) // size)
        counts = {"number": page, "size": size, "totalPages": pages, "totalElements": len(shown)}
        return {"_embedded": {"searchResult": {"_embedded": {"objects": objects}, "page": counts}}}


def _item(paper: Paper) -> dict[str, Any]:
    added = f"{paper.shown_at(Repository.NAME):%Y-%m-%dT%H:%M:%SZ}"
    said = {
        "dc.title": paper.title,
        "dc.type": "Report",
        "dc.date.issued": str(paper.issued or paper.day),
        "dc.date.accessioned": added,
        "dc.date.available": added,
        "dc.identifier.project": paper.project,
        "dc.identifier.uri": f"http://hdl.handle.net/{paper.handle}",
        "dc.publisher": "WODC",
        "dc.description.abstract": " ".join(paper.text.split()),
    }
    metadata = {name: [{"value": value, "language": "nl", "place": 0}] for name, value in said.items() if value}
    identity = str(UUID(int=paper.number))
    return {
        "id": identity,
        "uuid": identity,
        "name": paper.title,
        "handle": paper.handle,
        "type": "item",
        "metadata": metadata,
    }


class News:
    """An RSS feed of the newest items of one source."""

    def __init__(self, papers: Iterable[Paper], name: str, path: str) -> None:
        self._name, self._path = name, path
        mine = [paper for paper in papers if name in paper.at]
        self._papers = sorted(mine, key=lambda p: p.shown_at(name), reverse=True)

    def answer(self, target: str, now: datetime) -> Answer:
        if urlsplit(target).path == LIST_PATH:
            return 200, "text/html; charset=utf-8", self._list(now).encode()
        if urlsplit(target).path != self._path:
            return NOT_FOUND
        feed = Rss201rev2Feed(title=self._name, link="http://127.0.0.1/", description="", language="nl")
        for paper in self._shown(now):
            feed.add_item(
                title=paper.title,
                link=paper.url,
                description=" ".join(paper.text.split()),
                pubdate=paper.shown_at(self._name),
                unique_id=paper.url,
            )
        return 200, "application/rss+xml; charset=utf-8", feed.writeString("utf-8").encode()

    def _shown(self, now: datetime) -> list[Paper]:
        return [paper for paper in self._papers if paper.shown_at(self._name) <= now][:FEED_LENGTH]

    def _list(self, now: datetime) -> str:
        teasers = "".join(_teaser(paper) for paper in self._shown(now))
        return f'<!doctype html><html lang="nl"><title>Actueel</title><main>{teasers}</main></html>'


def _teaser(paper: Paper) -> str:
    day = f"{paper.day.day} {MONTHS[paper.day.month - 1]} {paper.day.year}"
    return (
        f'<article class="node-article-teaser"><div class="node-article-teaser__submitted">{day}</div>'
        f'<h3 class="node-article-teaser__title"><span>{escape(paper.title)}</span></h3>'
        f'<a class="node-article-teaser__action" href="{escape(paper.url)}">Lees meer</a></article>'
    )
