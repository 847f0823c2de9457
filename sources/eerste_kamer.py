"""The Eerste Kamer's register of toezeggingen as a `Source`, from its rappel pages (there is no feed and no API).

A rappel page lists every promise of one ministry whose deadline passed, in full. What leaves a list is no deletion:
its own page is read once more, and says whether it was kept. The pages are read as lines of text, so that a table, a
list or loose blocks make no difference; only the labels and the words between brackets must stay what they are.
Links from page to page are followed, because the keys in their addresses mean nothing and new ones come twice a year.
Not inside: what a status word means (`register_words`) and what a term means (`rules`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from sources.cleaning import clean, day_in, facts, lines, unique
from sources.document import Document, Kind, fold
from sources.http import Fetcher, Response
from sources.pages import soup_of
from sources.place import Place, shape
from sources.references import references_in
from sources.register_words import status_of
from sources.source import ChangedShape, Cursor, Outcome, Page, Probe, Refused, SourceError, Unreachable

LABELS: Mapping[str, str] = {  # as on the page -> our name; the longer of two that begin alike comes first
    "Nummer": "number",
    "Status": "status",
    "Datum toezegging": "made_on",
    "Deadline": "deadline",
    "Voormalige Verantwoordelijke(n)": "former_office",
    "Huidige Verantwoordelijke(n)": "office",
    "Verantwoordelijke(n)": "office",
    "Kamerleden": "members",
    "Commissie": "committee",
    "Soort activiteit": "activity",
    "Categorie": "category",
    "Onderwerpen": "topics",
    "Kamerstukken": "papers",
}
SECTIONS = {"kerngegevens": "core", "uit de stukken": "quotes", "brondocumenten": "sources", "historie": "history"}
MOST_PAGES = 100
_ALWAYS = ("number", "status", "made_on", "deadline")
_HEADING = re.compile(r"^(?:Toezegging\s+)?(?P<title>.+?)\s*\((?P<number>T\d{5})\)$")
_LABEL = re.compile(rf"^({'|'.join(re.escape(label) for label in LABELS)})(?![\w(])\s*[:|]?\s*(.*)$")
_DOSSIER = re.compile(r"(?<![\d.])(\d{2})\.(\d{3})(?:\s?([IVX]+)\b)?(?![\d.])")
_MINISTRY = re.compile(r"^Rappelabele toezeggingen\s+(?P<ministry>.+?)(?:\s*\((?P<rappel>[^()]*)\))?$")
_QUOTED = re.compile(r"(?:Handelingen|Kamerstukken) I{1,2}\s\d{4}")  # the quotes, where their heading is missing
_MOVED = re.compile(r"\b(?:deadline|termijn)\b", re.IGNORECASE)
_NUMBER = re.compile(r"T\d{5}")
_KEY = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One promise as its lines stand on a page. fields: by our names; history: the lines under Historie."""

    number: str
    title: str
    summary: str
    fields: Mapping[str, str]
    quotes: str = ""
    history: tuple[str, ...] = ()


class EersteKamer(Place):
    """pages: where to begin, as ``ministry/rappel`` keys of the addresses; pages that those link to are read too."""

    def __init__(
        self,
        fetcher: Fetcher,
        *,
        name: str = "eerste_kamer",
        base_url: str = "https://www.eerstekamer.nl",
        every: timedelta = timedelta(days=7),
        silent_after: timedelta = timedelta(days=250),
        pages: tuple[str, ...] = ("vghyngkof7kr/vmqtf141wdrz",),
    ) -> None:
        super().__init__(fetcher, name=name, base_url=base_url, every=every, silent_after=silent_after)
        wrong = [page for page in pages if not re.fullmatch(r"[\w-]+/[\w-]+", page)]
        if wrong or not pages:
            raise ValueError(f"pages: {wrong[0] if wrong else 'empty'!r} is not a pair of keys (ministry/rappel)")
        self._pages = tuple(pages)

    def poll(self, cursor: Cursor, now: datetime) -> Iterator[Page]:
        """Every rappel page, then the promises that left the lists. The cursor moves with the last page only."""
        waiting, read = list(dict.fromkeys(self._pages)), dict[str, Listed]()
        while waiting and len(read) < MOST_PAGES:
            key = waiting.pop(0)
            read[key] = listed = self._read(key, cursor)
            waiting += [other for other in listed.links if other not in (*read, *waiting)]
            yield Page(documents=listed.documents, cursor=cursor, outcome=listed.outcome, bad=listed.bad,
                       unknown=_unknown(listed.documents))  # fmt: skip
        here = {number: own for listed in read.values() for number, own in listed.own.items()}
        before = {
            n: own for value in ("left", *_named(cursor, "items")) for n, own in _pairs(cursor.get(value)).items()
        }
        documents, left, bad = self._gone({number: own for number, own in before.items() if number not in here})
        values = {name: value for key, listed in read.items() for name, value in listed.kept(key).items() if value}
        values |= {"left": _written(left)} if left else {}
        untouched = all(listed.outcome is Outcome.NOT_MODIFIED for listed in read.values())
        quiet = Outcome.NOT_MODIFIED if untouched else Outcome.NOTHING
        outcome = Outcome.NEW if documents else quiet
        yield Page(documents=documents, cursor=Cursor(values), outcome=outcome, bad=bad, unknown=_unknown(documents))

    def probe(self, now: datetime) -> Probe:
        response = self._fetcher.get(self._address(self._pages[0]))
        items = items_of(response)
        always = [name for name in _ALWAYS if all(name in item.fields for item in items)]
        return Probe(items=len(items), fingerprint=shape(always))

    def _address(self, key: str) -> str:
        ministry, _, rappel = key.partition("/")
        return f"{self.url}/rappel?ministerie={ministry}&rappel={rappel}"

    def _read(self, key: str, cursor: Cursor) -> "Listed":
        etag, modified = cursor.get(f"etag {key}"), cursor.get(f"modified {key}")
        response = self._fetcher.get(self._address(key), etag=etag, modified=modified)
        if response.not_modified:
            links = tuple(cursor.get(f"links {key}").split())
            return Listed(
                own=_pairs(cursor.get(f"items {key}")), links=links, etag=etag, modified=modified,
                outcome=Outcome.NOT_MODIFIED,
            )  # fmt: skip
        items = items_of(response)
        soup = soup_of(response)
        own = _own_pages(soup, response.url)
        bad = tuple(f"{response.url}: {item.number} has no status" for item in items if not item.fields.get("status"))
        if items and len(bad) == len(items):
            raise ChangedShape(f"{response.url}: promises without any status")
        ministry = _ministry(soup)
        documents = [
            self._document(item, urljoin(response.url, own.get(item.number, "")), ministry)
            for item in items
            if item.fields.get("status")
        ]
        return Listed(
            documents=tuple({document.key: document for document in documents}.values()),
            own={item.number: own.get(item.number, "") for item in items},
            links=_links(soup),
            etag=response.etag,
            modified=response.modified,
            outcome=Outcome.NEW if items else Outcome.NOTHING,
            bad=bad,
        )

    def _gone(self, own: Mapping[str, str]) -> tuple[tuple[Document, ...], dict[str, str], tuple[str, ...]]:
        """What left the lists, from its own page; what is still open, or cannot be read now, is looked at again."""
        documents: list[Document] = []
        left: dict[str, str] = {}
        bad: list[str] = []
        for number, page in own.items():
            if not page:
                bad.append(f"{number} left the list and has no page of its own")
                continue
            try:
                document = self._single(number, page)
            except SourceError as error:
                left[number] = page
                bad.append(f"{number} left the list: {error}")
                continue
            documents.append(document)
            if not document.withdrawn and document.facts.get("state") not in ("fulfilled", "lapsed"):
                left[number] = page
        return tuple(documents), left, tuple(bad)

    def _single(self, number: str, page: str) -> Document:
        try:
            response = self._fetcher.get(urljoin(f"{self.url}/", page))
        except Refused as refused:
            if refused.status not in (404, 410):
                raise
            key = f"{self.name}:{number}"
            return Document(key=key, source=self.name, title="", withdrawn=True)
        item = next((item for item in items_of(response) if item.number == number), None)
        if item is None:
            raise ChangedShape(f"{response.url}: does not show {number}")
        return self._document(item, response.url, "")

    def _document(self, item: Item, url: str, ministry: str) -> Document:
        stated = item.fields
        made_on, deadline = day_in(stated.get("made_on", "")), day_in(stated.get("deadline", ""))
        dossiers = dossiers_in(f"{item.title} {stated.get('papers', '')}")
        return Document(
            key=f"{self.name}:{item.number}",
            source=self.name,
            kind=Kind.REGISTER,
            title=f"Toezegging {item.number}: {item.title}",
            text=item.summary,
            url=url,
            identifiers=(item.number,),
            references=unique(*dossiers, *references_in(f"{item.summary}\n{item.quotes}")),
            published_on=made_on,
            office=stated.get("office", ""),
            facts=facts(
                kind="Toezegging Eerste Kamer",
                status=stated.get("status", ""),
                state=status_of(stated.get("status", "")) or "",
                addressee="Eerste Kamer",
                dossier="|".join(dossier.removeprefix("dossier:") for dossier in dossiers),
                deadline=deadline.isoformat() if deadline else "",
                earlier_deadlines="|".join(day.isoformat() for day in shifts(item.history) if day != deadline),
                ministry=ministry,
                former_office=stated.get("former_office", ""),
                committee=stated.get("committee", ""),
                activity=stated.get("activity", ""),
                category=stated.get("category", ""),
                topics=stated.get("topics", ""),
                members=stated.get("members", ""),
                history="|".join(item.history),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What one rappel page lists. own: the page of each promise by its number, empty where it has none."""

    documents: tuple[Document, ...] = ()
    own: Mapping[str, str]
    links: tuple[str, ...] = ()
    etag: str = ""
    modified: str = ""
    outcome: Outcome
    bad: tuple[str, ...] = ()

    def kept(self, key: str) -> dict[str, str]:
        """What the cursor is to remember of the page."""
        return {
            f"etag {key}": self.etag,
            f"modified {key}": self.modified,
            f"items {key}": _written(self.own),
            f"links {key}": " ".join(self.links),
        }


def items_of(response: Response) -> tuple[Item, ...]:
    """The promises on a page. None is fine on a page that says it is a rappel page, and a changed shape elsewhere."""
    soup = soup_of(response)
    for cell in soup(["td", "th", "dt", "dd"]):
        cell.append("\n")  # a label and its value are two lines, whatever stands between their cells
    main = soup.find("main") or soup.find("body")
    written = lines(main).split("\n") if isinstance(main, Tag) else []
    heads = [
        (n, match) for n, line in enumerate(written) if (match := _HEADING.match(line)) and _heads(written, n, match)
    ]
    if not heads and (_NUMBER.search("\n".join(written)) or not any("rappel" in fold(line) for line in written)):
        raise ChangedShape(f"{response.url}: no promises in a form that we know")
    if heads and b"</html>" not in response.content[-2000:].lower():
        raise Unreachable(f"{response.url}: the page breaks off")
    ends = [*(n for n, _ in heads[1:]), len(written)][: len(heads)]
    return tuple(_item(match, written[n + 1 : end]) for (n, match), end in zip(heads, ends, strict=True))


def _heads(written: Sequence[str], n: int, heading: re.Match[str]) -> bool:
    """A heading is followed, within a few lines, by the label of its number and that number."""
    for at, line in enumerate(written[n + 1 : n + 12], n + 1):
        if line.startswith("Nummer"):
            return heading["number"] in " ".join(written[at : at + 2])
        if _HEADING.match(line) and line.startswith("Toezegging"):
            return False
    return False


def _item(heading: re.Match[str], written: Sequence[str]) -> Item:
    stretches: dict[str, list[str]] = {"": [], "core": [], "quotes": [], "sources": [], "history": []}
    where = ""
    for line in written:
        section = SECTIONS.get(fold(line).rstrip(":"))
        if section is None and where == "" and line.startswith("Nummer"):
            where = "core"
        if where == "core" and _QUOTED.match(line):
            where = "quotes"
        where = section or where
        if section is None:
            stretches[where].append(line)
    return Item(
        number=heading["number"],
        title=heading["title"],
        summary=" ".join(stretches[""]),
        fields=_fields(stretches["core"]),
        quotes="\n".join(stretches["quotes"]),
        history=tuple(stretches["history"]),
    )


def _fields(written: Sequence[str]) -> dict[str, str]:
    """Values by our names: on the label's own line or on those below it; several are joined by ``|``."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in written:
        label = _LABEL.match(line)
        if label and LABELS[label[1]] not in fields:
            name = LABELS[label[1]]
            fields[name] = [label[2]] if label[2] else []
        elif name:
            fields[name].append(line)
    return {name: "|".join(values) for name, values in fields.items() if values}


def shifts(history: Sequence[str]) -> tuple[date, ...]:
    """The deadlines that the history names, in its order, each once: the day behind the word in a line."""
    named = (day_in(line[match.end() :]) for line in history if (match := _MOVED.search(line)))
    return tuple(dict.fromkeys(day for day in named if day))


def dossiers_in(text: str) -> tuple[str, ...]:
    """Dossiers as this chamber writes them: ``(22.112 / 31.544, CK)``."""
    return unique(*("dossier:" + "-".join(p for p in (a + b, add) if p) for a, b, add in _DOSSIER.findall(text)))


def _ministry(soup: BeautifulSoup) -> str:
    titles = (clean(tag.get_text(" ")) for tag in soup.find_all(["h1", "h2", "title"]))
    return next((match["ministry"] for title in titles if (match := _MINISTRY.match(title))), "")


def _links(soup: BeautifulSoup) -> tuple[str, ...]:
    """Keys of the other rappel pages that the page links to."""
    queries = (parse_qs(urlsplit(str(a["href"])).query) for a in soup.find_all("a", href=re.compile(r"/rappel\?")))
    pairs = ((q.get("ministerie", [""])[0], q.get("rappel", [""])[0]) for q in queries)
    return unique(
        *(f"{ministry}/{rappel}" for ministry, rappel in pairs if _KEY.fullmatch(ministry) and _KEY.fullmatch(rappel))
    )


def _own_pages(soup: BeautifulSoup, base: str) -> dict[str, str]:
    """The path of each promise's own page, by its number: a link to ``/toezegging/`` that names it."""
    own: dict[str, str] = {}
    for link in soup.find_all("a", href=re.compile("/toezegging/")):
        parts = urlsplit(urljoin(base, str(link["href"])))
        number = _NUMBER.search(f"{link.get_text()} {parts.path.upper()}")
        if number and parts.netloc == urlsplit(base).netloc:
            own.setdefault(number.group(), parts.path)
    return own


def _unknown(documents: Sequence[Document]) -> tuple[str, ...]:
    raw = (document.facts.get("status", "") for document in documents if not document.facts.get("state"))
    return tuple(f"register status: {word}" for word in unique(*raw))


def _named(cursor: Cursor, first: str) -> tuple[str, ...]:
    return tuple(name for name in cursor.values if name.startswith(f"{first} "))


def _written(own: Mapping[str, str]) -> str:
    return " ".join(f"{number}={page}" for number, page in own.items())


def _pairs(written: str) -> dict[str, str]:
    return {number: page for number, _, page in (pair.partition("=") for pair in written.split())}
