"""The Tweede Kamer of the demo: SyncFeed over the papers that have appeared, in the form of the real one.

Entities get a token in the order in which they appear; a category is read from a token on, and the end is a page
without entries with a link ``resume``. OData answers 404, so the reader looks relations up one by one, as it does when
the real OData is down. The words are those of the official XSD (docs/glossary.md).
"""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from monitor.demo.papers import Paper

NS = "http://www.tweedekamer.nl/xsd/tkData/v1-0"
PAGE = 50
NAME = "tweedekamer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    token: int
    category: str
    id: str
    at: datetime
    values: dict[str, str]
    refs: dict[str, str] = field(default_factory=dict)
    paper: Paper | None = None


class Kamer:
    """base: the address under which it is asked, without a slash at the end."""

    def __init__(self, papers: Iterable[Paper], base: str) -> None:
        self._base = base
        mine = sorted((p for p in papers if NAME in p.at), key=lambda p: (p.shown_at(NAME), p.number))
        self._entities = list(_numbered(mine))
        self._by_id = {entity.id: entity for entity in self._entities}

    def answer(self, target: str, now: datetime) -> tuple[int, str, bytes]:
        """Status, content type and body for a path with query."""
        parts = urlsplit(target)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        last = parts.path.rsplit("/", 1)[-1]
        if parts.path.endswith("/SyncFeed/2.0/Feed"):
            body = self._feed(asked.get("category", ""), int(asked.get("skiptoken", "0")), now)
            return 200, "application/atom+xml; charset=utf-8", body
        entity = self._by_id.get(last)
        if entity is None or entity.at > now:
            return 404, "text/plain", b"not found"
        if "/SyncFeed/2.0/Entiteiten/" in parts.path:
            return 200, "application/xml; charset=utf-8", _element(entity).encode()
        if "/SyncFeed/2.0/Resources/" in parts.path and entity.paper:
            return 200, DOCX, docx(f"{entity.paper.title}\n\n{entity.paper.text}")
        return 404, "text/plain", b"not found"

    def _feed(self, category: str, after: int, now: datetime) -> bytes:
        visible = [entity for entity in self._entities if entity.at <= now]
        mine = [entity for entity in visible if entity.category == category and entity.token > after][:PAGE]
        newest = max([after, *(entity.token for entity in visible)])
        address = f"{self._base}/SyncFeed/2.0/Feed?category={category}&amp;skiptoken="
        end = "" if mine else f'<link rel="resume" href="{address}{newest}"/>'
        entries = "".join(self._entry(entity, address) for entity in mine)
        head = '<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        return f"{head}<title>{category}</title>{end}{entries}</feed>".encode()

    def _entry(self, entity: Entity, address: str) -> str:
        return (
            f"<entry><title>{entity.id}</title><id>{self._base}/SyncFeed/2.0/Entiteiten/{entity.id}</id>"
            f"<updated>{entity.at:%Y-%m-%dT%H:%M:%SZ}</updated><category term='{entity.category.lower()}'/>"
            f'<link rel="next" href="{address}{entity.token}"/>'
            f'<content type="application/xml">{_element(entity)}</content></entry>'
        )


def _element(entity: Entity) -> str:
    name = entity.category[0].lower() + entity.category[1:]
    values = "".join(f"<{key}>{escape(value)}</{key}>" for key, value in entity.values.items() if value)
    refs = "".join(f'<{key} ref="{ref}"/>' for key, ref in entity.refs.items())
    return f'<{name} xmlns="{NS}" id="{entity.id}" verwijderd="false">{values}{refs}</{name}>'


def _numbered(papers: Iterable[Paper]) -> Iterator[Entity]:
    token = 100_000
    for paper in papers:
        for make in (_dossier, _case, _version, _document, _signatory, _asker):
            token += 7
            entity = make(paper, token)
            if entity is not None:
                yield entity


def _guid(paper: Paper, part: int) -> str:
    return f"{paper.number:08x}-0000-4000-8000-{part:012x}"


def _entity(paper: Paper, token: int, category: str, part: int, values: dict[str, str], **refs: int) -> Entity:
    return Entity(
        token=token,
        category=category,
        id=_guid(paper, part),
        at=paper.shown_at(NAME),
        values=values,
        refs={name: _guid(paper, ref) for name, ref in refs.items()},
        paper=paper,
    )


def _dossier(paper: Paper, token: int) -> Entity | None:
    if not paper.kst:
        return None
    number, _, addition = paper.dossier.partition("-")
    values = {"nummer": number, "toevoeging": addition, "titel": paper.dossier_title}
    return _entity(paper, token, "Kamerstukdossier", 1, values)


def _case(paper: Paper, token: int) -> Entity | None:
    number = paper.z or paper.question
    if not number:
        return None
    values = {
        "nummer": number,
        "soort": "Schriftelijke vragen",
        "onderwerp": paper.title,
        "gestartOp": f"{paper.day}T00:00:00",
    }
    return _entity(paper, token, "Zaak", 2, values)


def _version(paper: Paper, token: int) -> Entity | None:
    if paper.z:
        return None
    values = {"versienummer": "1", "extensie": ".docx", "externeIdentifier": paper.official}
    return _entity(paper, token, "DocumentVersie", 3, values, document=4)


def _document(paper: Paper, token: int) -> Entity | None:
    if paper.z:
        return None
    values = {
        "documentNummer": paper.d,
        "soort": paper.kind,
        "titel": paper.dossier_title,
        "onderwerp": paper.title,
        "datum": f"{paper.day}T00:00:00",
        "volgnummer": paper.serial,
    }
    refs = {"huidigeDocumentVersie": 3}
    refs |= {"kamerstukdossier": 1} if paper.kst else {}
    refs |= {"zaak": 2} if paper.question else {}
    return _entity(paper, token, "Document", 4, values, **refs)


def _signatory(paper: Paper, token: int) -> Entity | None:
    if paper.z or not paper.office:
        return None
    values = {"actorNaam": paper.person, "functie": paper.office, "relatie": "Eerste ondertekenaar"}
    return _entity(paper, token, "DocumentActor", 5, values, document=4)


def _asker(paper: Paper, token: int) -> Entity | None:
    if not paper.asked_by:
        return None
    values = {"actorNaam": paper.asked_by, "functie": "Tweede Kamerlid", "relatie": "Indiener"}
    return _entity(paper, token, "ZaakActor", 6, values, zaak=2)


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    f'ContentType="{DOCX}.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(text: str) -> bytes:
    """A Word file with one paragraph a line."""
    lines = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in text.split("\n")
    )
    body = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{_WORD}"><w:body>{lines}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", body),
        ):
            packed.writestr(name, content)
    return out.getvalue()
