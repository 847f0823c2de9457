"""The Autoriteit Persoonsgegevens (AP, the Dutch data protection authority) as a `Source`: its RSS of ten items, with
the page ``/actueel`` as a fallback and, once a day, as a cross-check.

Asked for: ``GET {base_url}/feed/article/rss.xml``, ``GET {base_url}/actueel``. An item is known by the slug of its
address: the feed's own ids change with the site. Everything else of feeds and lists is in `sources.feeds`, `.pages`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from sources.document import Document
from sources.feeds import Feed, distinct, oldest_first, with_article
from sources.http import Fetcher
from sources.pages import ListPage
from sources.place import Place, moved
from sources.source import Cursor, Outcome, Page, Probe, SourceError

HOST = "autoriteitpersoonsgegevens.nl"
SITE = f"https://{HOST}"
OFFICE = "Autoriteit Persoonsgegevens"
_FEED = "/feed/article/rss.xml"
_LIST = "/actueel"
_REMEMBERED = 60  # slugs; the feed shows ten and the list page seven to twenty


class AutoriteitPersoonsgegevens(Place):
    """See `sources.source.Source`. article: a CSS selector for the text of an item's page (empty: do not fetch it)."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        name: str = "autoriteit_persoonsgegevens",
        base_url: str = SITE,
        every: timedelta = timedelta(hours=6),
        silent_after: timedelta = timedelta(days=30),
        article: str = "main",
    ) -> None:
        super().__init__(fetcher, name=name, base_url=base_url, every=every, silent_after=silent_after)
        self._article = article
        self._feed = Feed(
            fetcher,
            name=name,
            base_url=self.url + _FEED,
            office=OFFICE,
            robots=True,
            every=every,
            silent_after=silent_after,
        )
        self._list = ListPage(
            fetcher,
            name=name,
            base_url=self.url + _LIST,
            item="article.node-article-teaser",
            link="a.node-article-teaser__action",
            title=".node-article-teaser__title span",
            date=".node-article-teaser__submitted",
            office=OFFICE,
            robots=True,
            every=every,
            silent_after=silent_after,
        )

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """The feed; the list page where the feed cannot be read, and once a day beside it."""
        known = cursor.get("slugs").split()
        try:
            page = next(self._feed.poll(cursor, now))
        except SourceError as error:
            listed, bad = self._listed(known, error)
            yield self._page(listed, cursor, known, (f"the feed could not be read ({error}): the list page was", *bad))
            return
        found, doubles = distinct([self._canonical(one) for one in page.documents])
        kept = page.cursor.with_(checked=cursor.get("checked"), oldest=cursor.get("oldest"), slugs=" ".join(known))
        bad = (*page.bad, *doubles)
        if cursor.get("checked") != now.date().isoformat():
            days = [one.published_on for one in found if one.published_on]
            kept = kept.with_(checked=now.date().isoformat(), oldest=min(days).isoformat() if days else "")
            missed, told = self._cross_check([*known, *(_slug(one) for one in found)], kept.get("oldest"))
            found, bad = [*missed, *found], (*bad, *told)
        outcome = page.outcome if not found else Outcome.NEW
        yield self._page(found, kept, known, bad, outcome)

    def fill(self, document: Document) -> Document:
        if not self._article or not document.url or document.withdrawn:
            return document
        at = moved(document.url, self.url, HOST)
        return with_article(self._fetcher, document, self._article, home=self.url, robots=True, at=at)

    def probe(self, now: datetime) -> Probe:
        """Reads the feed once."""
        return self._feed.probe(now)

    def _page(
        self,
        found: list[Document],
        cursor: Cursor,
        known: list[str],
        bad: tuple[str, ...],
        outcome: Outcome | None = None,
    ) -> Page:
        slugs = dict.fromkeys([*known, *(_slug(one) for one in oldest_first(found))])
        kept = cursor.with_(slugs=" ".join(list(slugs)[-_REMEMBERED:]))
        return Page(
            documents=oldest_first(found),
            cursor=kept,
            outcome=outcome or (Outcome.NEW if found else Outcome.NOTHING),
            bad=bad,
        )

    def _listed(self, known: list[str], failure: SourceError) -> tuple[list[Document], tuple[str, ...]]:
        """What the list page shows and the feed never did; the feed's failure where the list fails as well."""
        try:
            page = self._list.look(Cursor())
        except SourceError:
            raise failure from None
        found, doubles = distinct([self._canonical(one) for one in page.documents])
        return [one for one in found if _slug(one) not in known], (*page.bad, *doubles)

    def _cross_check(self, known: list[str], oldest: str) -> tuple[list[Document], tuple[str, ...]]:
        """Items on the list page that the feed leaves out although they are no older than what it shows."""
        try:
            page = self._list.look(Cursor())
        except SourceError as error:
            return [], (f"cross-check: the list page could not be read ({error})",)
        since = date.fromisoformat(oldest) if oldest else date.max
        listed, _ = distinct([self._canonical(one) for one in page.documents])
        missed = [one for one in listed if _slug(one) not in known and (one.published_on or date.min) >= since]
        told = f"cross-check: {len(missed)} on the list page and not in the feed"
        return missed, ((told,) if missed else ())

    def _canonical(self, document: Document) -> Document:
        """The same item under one key and one address, whichever of the two showed it and with or without ``www.``."""
        parts = urlsplit(document.url)
        host = parts.netloc.removeprefix("www.")
        slug = _slug(document) or document.key.partition(":")[2]
        return replace(document, key=f"{self.name}:{slug}", url=f"{parts.scheme}://{host}{parts.path}".rstrip("/"))


def _slug(document: Document) -> str:
    return urlsplit(document.url).path.rstrip("/").rpartition("/")[2].lower()
