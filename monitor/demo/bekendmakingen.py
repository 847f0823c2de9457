"""The official publications of the demo: SRU answers and XML files in the form of the real service.

Of a question in CQL only the days and the index they are about are understood; everything shown is of parliament.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from monitor.demo.others import NOT_FOUND, Answer
from monitor.demo.papers import MONTHS, Paper

NAME = "officielebekendmakingen"
REPOSITORY = "https://repository.overheid.nl"
XML = "application/xml; charset=utf-8"
_DAYS = re.compile(r"dt\.(?P<field>\w+)>=(?P<first>\S+) AND dt\.\w+<=(?P<last>\S+)")
_SPACES = (
    'xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse" xmlns:gzd="http://standaarden.overheid.nl/sru" '
    'xmlns:overheidwetgeving="http://standaarden.overheid.nl/wetgeving/" xmlns:dcterms="http://purl.org/dc/terms/"'
)


class Bekendmakingen:
    """base: the address under which it is asked, without a slash at the end."""

    def __init__(self, papers: Iterable[Paper], base: str) -> None:
        self._base = base
        mine = [paper for paper in papers if NAME in paper.at and paper.official]
        self._papers = sorted(mine, key=lambda p: (p.shown_at(NAME), p.number))
        self._by_id = {paper.official: paper for paper in self._papers}

    def answer(self, target: str, now: datetime) -> Answer:
        parts = urlsplit(target)
        if parts.path == "/sru":
            asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
            return 200, XML, self._records(asked, now).encode()
        paper = self._by_id.get(parts.path.rsplit("/", 1)[-1].removesuffix(".xml"))
        if paper is None or paper.shown_at(NAME) > now:
            return NOT_FOUND
        return 200, XML, _file(paper).encode()

    def _records(self, asked: dict[str, str], now: datetime) -> str:
        days = _DAYS.search(asked.get("query", ""))
        if days is None:
            return _diagnostic("the question names no days")
        first, last = date.fromisoformat(days["first"]), date.fromisoformat(days["last"])
        shown = [p for p in self._papers if p.shown_at(NAME) <= now and first <= _day(p, days["field"]) <= last]
        start, size = int(asked.get("startRecord", "1")), int(asked.get("maximumRecords", "10"))
        part = shown[start - 1 : start - 1 + size]
        more = (
            f"<sru:nextRecordPosition>{start + size}</sru:nextRecordPosition>" if start - 1 + size < len(shown) else ""
        )
        records = "".join(_record(paper) for paper in part)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><sru:searchRetrieveResponse {_SPACES}>'
            f"<sru:version>2.0</sru:version><sru:numberOfRecords>{len(shown)}</sru:numberOfRecords><sru:records>{records}</sru:records>{more}"
            f"</sru:searchRetrieveResponse>"
        )


def _day(paper: Paper, field: str) -> date:
    """``available`` and ``modified`` are the day on which it became visible, ``date`` is the day on the paper."""
    return paper.day if field == "date" else paper.shown_at(NAME).date()


def _diagnostic(message: str) -> str:
    inner = f"<uri>info:srw/diagnostic/1/10</uri><message>{message}</message>"
    return f"<diagnostics><diagnostic>{inner}</diagnostic></diagnostics>"


def _record(paper: Paper) -> str:
    visible = _day(paper, "available")
    core = _tags("dcterms", identifier=paper.official, title=paper.title, creator="Tweede Kamer der Staten-Generaal")
    cover = _tags("dcterms", available=str(visible), modified=str(visible), date=str(paper.day), issued=str(paper.day))
    answer = bool(paper.ah)
    special = _tags(
        "overheidwetgeving",
        documenttitel=paper.title,
        dossiertitel=paper.dossier_title,
        indiener=paper.person,
        organisatietype="staten generaal",
        publicatienaam="Kamervragen (Aanhangsel)" if answer else "Kamerstuk",
        vraagnummer=paper.question,
        dossiernummer=paper.dossier,
        ondernummer=paper.serial,
        subrubriek="" if answer else paper.kind,
    )
    address = f"{REPOSITORY}/frbr/officielepublicaties/{paper.official}/1/xml/{paper.official}.xml"
    page = f"https://zoek.officielebekendmakingen.nl/{paper.official}.html"
    return (
        f"<sru:record><sru:recordData><gzd:gzd><gzd:originalData><overheidwetgeving:meta>{core}{cover}{special}"
        f"</overheidwetgeving:meta></gzd:originalData><gzd:enrichedData><gzd:preferredUrl>{page}</gzd:preferredUrl>"
        f'<gzd:itemUrl manifestation="xml">{address}</gzd:itemUrl></gzd:enrichedData></gzd:gzd></sru:recordData>'
        "</sru:record>"
    )


def _tags(prefix: str, **values: str) -> str:
    return "".join(f"<{prefix}:{n}>{escape(v)}</{prefix}:{n}>" for n, v in values.items() if v)


def _file(paper: Paper) -> str:
    """The official XML: paragraphs in ``al`` elements."""
    head = f"BRIEF VAN DE {paper.office.upper()}" if paper.office and not paper.ah else paper.title
    place = f"Den Haag, {paper.day.day} {MONTHS[paper.day.month - 1]} {paper.day.year}"
    lines = [head, "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal", place, *paper.text.split("\n")]
    body = "".join(f"<al>{escape(line.strip())}</al>" for line in lines if line.strip())
    sign = f"<functie>De {escape(paper.office)},</functie><naam>{escape(paper.person)}</naam>"
    return (
        '<?xml version="1.0" encoding="UTF-8"?><officiele-publicatie><kamerstuk><stuk>'
        f"<titel>{escape(paper.title)}</titel><algemeen><vrije-tekst><tekst>{body}</tekst></vrije-tekst></algemeen>"
        f"<ondertekening>{sign}</ondertekening></stuk></kamerstuk></officiele-publicatie>"
    )
