"""KOOP's search service for official publications (SRU 2.0): questions in CQL, pages of records, records as documents.

Asked for: ``GET {base_url}/sru?operation=searchRetrieve&version=2.0&query=…&startRecord=…&maximumRecords=…``.
What the service does that its standard does not say: errors are diagnostics in a 200, counts are estimates, records
from the 10,000th on are never given (the question has to be cut by date), impossible dates are ignored without an
error. Not inside: which questions are asked when (`sources.officielebekendmakingen`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from lxml import etree

from sources.cleaning import clean, facts, unique
from sources.document import Document, Kind
from sources.http import Fetcher
from sources.papers import kind_named, kind_titled
from sources.place import read_xml
from sources.references import canonical, dossier_of, references_in
from sources.source import ChangedShape, Refused

HOSTS = ("repository.overheid.nl", "zoek.officielebekendmakingen.nl", "repository.officiele-overheidspublicaties.nl")
SITE = "https://zoek.officielebekendmakingen.nl"
AREA = "c.product-area==officielepublicaties"
PAGE_SIZE = 100
WINDOW = 9_000  # records of one question; from 10,000 on the service answers 504
_PROVISIONAL = re.compile(r"(?:ah|kst)-\d{6,}")
_NEVER_SAID = "SEARCH-IGNOREDQTEXT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One page. total: an estimate. more: the service says that records follow."""

    records: tuple[etree._Element, ...] = ()
    total: int = 0
    more: bool = False
    root: etree._Element


@dataclass(frozen=True, slots=True)
class Question:
    """A question in CQL over a stretch of days. field: the index that the days are about."""

    clause: str
    first: date
    last: date
    field: str = "dt.available"

    def cql(self) -> str:
        days = f"{self.field}>={self.first} AND {self.field}<={self.last}"
        return " AND ".join(part for part in (AREA, days, self.clause) if part)

    def halves(self) -> "tuple[Question, Question] | None":
        """The same question over the earlier and the later half of its days; None for a single day."""
        if self.first >= self.last:
            return None
        middle = self.first + (self.last - self.first) // 2
        return (
            Question(self.clause, self.first, middle, self.field),
            Question(self.clause, middle + timedelta(days=1), self.last, self.field),
        )


def in_dossier(dossier: str) -> str:
    """Papers in a dossier, without their annexes."""
    return f"w.dossiernummer=={dossier} NOT dt.type==Bijlage"


def answering(question_number: str) -> str:
    """Answers to a set of questions (``2022Z10980``)."""
    return f'w.publicatienaam=="Kamervragen (Aanhangsel)" AND w.vraagnummer=={question_number}'


def annexes_of(identifier: str) -> str:
    return f"w.hoofddocument=={identifier}"


def about(words: str) -> str:
    """Papers in which the words stand together."""
    return 'cql.textAndIndexes="{}"'.format(re.sub(r'["\\]', " ", words))


class Sru:
    """The service at an address."""

    def __init__(self, fetcher: Fetcher, base_url: str) -> None:
        self._fetcher, self._base = fetcher, base_url

    def page(self, cql: str, start: int = 1, size: int = PAGE_SIZE) -> Answer:
        asked = {"operation": "searchRetrieve", "version": "2.0", "query": cql, "startRecord": str(start)}
        query = urlencode({**asked, "maximumRecords": str(size)})
        response = self._fetcher.get(f"{self._base}/sru?{query}", accept="application/xml, text/xml")
        root = read_xml(response)
        told = diagnostics(root)
        if any(_NEVER_SAID in line for line in told):
            raise Refused(f"{self._base}/sru: a part of the question was ignored ({told[0]})", status=response.status)
        count = next(iter(_texts(root, "numberOfRecords")), "")
        if told and not count:
            raise Refused(f"{self._base}/sru: {told[0]}", status=response.status)
        if _name(root) != "searchRetrieveResponse" or not count.isdecimal():
            raise ChangedShape(f"{self._base}/sru: an answer without a number of records")
        records = tuple(node for node in root.iter() if _name(node) == "record")
        return Answer(records=records, total=int(count), more=bool(_texts(root, "nextRecordPosition")), root=root)

    def pages(self, question: Question) -> Iterator[tuple[etree._Element, ...]]:
        """All records, by pages, days in order; a question with too many is cut by date."""
        answer = self.page(question.cql())
        halves = question.halves() if answer.total > WINDOW else None
        if halves:
            for half in halves:
                yield from self.pages(half)
            return
        start = 1
        while answer.records:
            yield answer.records
            start += len(answer.records)
            if start > WINDOW or not (answer.more or len(answer.records) >= PAGE_SIZE):
                return
            answer = self.page(question.cql(), start)


def diagnostics(root: etree._Element) -> list[str]:
    """What the service says went wrong, one line each."""
    said = [node for node in root.iter() if _name(node) == "diagnostic"]
    return [clean(" ".join(str(text) for text in node.itertext()))[:300] for node in said]


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def _texts(root: etree._Element, name: str) -> list[str]:
    return [text for node in root.iter() if _name(node) == name and (text := clean("".join(map(str, node.itertext()))))]


class Record:
    """One record, read by the local names of its elements: prefixes differ between answers."""

    def __init__(self, node: etree._Element) -> None:
        self.values: dict[str, list[str]] = {}
        self.types: dict[str, str] = {}
        self.files: dict[str, str] = {}
        for part in node.iter():
            self._take(part)

    def _take(self, part: etree._Element) -> None:
        name, text = _name(part), clean(part.text or "")
        if not name or not text:
            return
        if name == "itemUrl":
            self.files.setdefault(part.get("manifestation", ""), text)
        elif name == "type":
            self.types.setdefault((part.get("scheme") or "").rpartition(".")[2], text)
        self.values.setdefault(name, []).append(text)

    def one(self, name: str) -> str:
        return next(iter(self.values.get(name, [])), "")

    def many(self, name: str) -> list[str]:
        return list(dict.fromkeys(self.values.get(name, [])))


def document_of(node: etree._Element, source: str, unknown: list[str]) -> Document | None:
    """The record as a document; None when it has no identifier."""
    record = Record(node)
    identifier = canonical(record.one("identifier"))
    if not identifier:
        return None
    title = record.one("documenttitel") or record.one("title") or identifier
    kind, word = _kind(record, identifier, title)
    if kind is None:
        unknown.append(f"type of paper: {word}")
    dossiers = unique(*(part for value in record.many("dossiernummer") for part in re.split(r"[;|\s]+", value)))
    questions = [canonical(number) for number in record.many("vraagnummer")]
    cited = [*record.many("hoofddocument"), *record.many("behandeldDossier")]
    return Document(
        key=f"{source}:{identifier}",
        source=source,
        kind=kind or Kind.OTHER,
        title=title,
        url=record.one("preferredUrl") or f"{SITE}/{identifier}.html",
        identifiers=_identifiers(identifier, kind, questions),
        references=_references(identifier, dossiers, questions, cited, title),
        published_on=_day(record.one("date")) or _day(record.one("issued")) or _day(record.one("available")),
        facts=facts(
            kind=word,
            dossier="|".join(dossiers),
            dossier_title=record.one("dossiertitel"),
            submitted_by="|".join(record.many("indiener")),
            addressee="|".join(record.many("ontvanger")),
            session=record.one("vergaderjaar"),
            meeting_on=record.one("datumVergadering"),
            topics="|".join(record.many("subject")),
            provisional="yes" if _PROVISIONAL.fullmatch(identifier) else "",
            file=_file(record),
        ),
    )


def _kind(record: Record, identifier: str, title: str) -> tuple[Kind | None, str]:
    """The kind and the word that named it; a Kamerstuk is what its sub-type says, or else its title."""
    finer = record.one("subrubriek") or record.types.get("KamerstukTypen", "")
    series = record.one("publicatienaam") or next(iter(record.types.values()), "")
    if identifier.startswith("blg-") or "Bijlage" in record.types.values():
        return Kind.ANNEX, "Bijlage"
    if kind_titled(title) is Kind.POSTPONEMENT:
        return Kind.POSTPONEMENT, finer or series
    titled = kind_titled(title)
    if not finer and titled is not Kind.OTHER:
        return titled, series
    return kind_named(finer or series), finer or series


def _identifiers(identifier: str, kind: Kind | None, questions: list[str]) -> tuple[str, ...]:
    """The official id; questions carry their number too, and so that a provisional answer (``ah-1271549``) and its
    final form (``ah-tk-20212022-3854``) are one paper, answers are also known by the question they answer."""
    if kind is Kind.QUESTION:
        numbers = questions or re.findall(r"\d{4}Z\d{5}", identifier)
        return unique(identifier, *numbers)
    if kind is Kind.ANSWER and identifier.startswith("ah-"):
        return unique(identifier, *(f"answer:{number}" for number in questions))
    return (identifier,)


def _references(
    identifier: str, dossiers: tuple[str, ...], questions: list[str], cited: list[str], title: str
) -> tuple[str, ...]:
    own = {identifier, *(questions if identifier.startswith("kv-") else [])}
    papers = [canonical(part) for value in cited for part in re.split(r"[;|,\s]+", value) if part]
    named = [f"dossier:{part}" if re.fullmatch(r"\d{5}(?:-[\w()]+)?", part) else part for part in papers]
    filed = [f"dossier:{number}" for number in dossiers]
    found = unique(*filed, dossier_of(identifier), *questions, *named, *references_in(title))
    return tuple(reference for reference in found if reference not in own)


def _file(record: Record) -> str:
    """The address of the paper's text: official XML, or else a page, or else PDF."""
    return next((record.files[form] for form in ("xml", "html", "pdf") if record.files.get(form)), "")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
