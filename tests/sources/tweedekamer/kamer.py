"""A stand-in for the Tweede Kamer's servers: SyncFeed, OData and files over one set of entities.

It answers like `Fetcher.get`. The forms are those of the facts sheet: prefixes per category, an opaque growing token
shared by all categories, compaction, naive local times, an empty last page with a link ``resume``; OData rows with
`null`s, ``_Id`` fields and relations on request. Faults are put in by the tests.
"""

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

from sources.http import Response
from sources.source import Refused

BASE = "https://gegevensmagazijn.tweedekamer.nl"
NS = "http://www.tweedekamer.nl/xsd/tkData/v1-0"
NS1 = {"Toezegging", "Vergadering", "Verslag"}


def guid(n: int) -> str:
    return f"{n:08x}-0000-4000-8000-{n:012x}"


@dataclass
class Entity:
    kind: str
    id: str
    values: dict
    refs: dict
    deleted: bool
    token: int
    updated: str


@dataclass
class Kamer:
    per_page: int = 3
    odata_works: bool = True
    entities: dict[str, Entity] = field(default_factory=dict)
    by_kind: dict[str, list[Entity]] = field(default_factory=dict)  # in the order of the feed
    files: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    token: int = 1000
    asked: list[str] = field(default_factory=list)
    faults: list = field(default_factory=list)  # (substring of the address, Response | Exception), each used once
    etags: bool = False

    def put(self, kind, number, values=None, deleted=False, updated="2024-06-28T12:00:00Z", **refs):
        """Publish or re-publish an entity: the older entry goes away and it stands at the end again."""
        self.token += 7
        one = number if isinstance(number, str) else guid(number)
        refs = {name: [guid(n) for n in (ref if isinstance(ref, list) else [ref])] for name, ref in refs.items()}
        self._stand_last(Entity(kind, one, values or {}, refs, deleted, self.token, updated))
        return one

    def _stand_last(self, entity):
        older = self.entities.get(entity.id)
        if older:
            self.by_kind[older.kind].remove(older)
        self.entities[entity.id] = entity
        self.by_kind.setdefault(entity.kind, []).append(entity)

    def touch(self, number, updated="2024-07-19T10:56:00Z"):
        old = self.entities[guid(number)]
        self.token += 7
        self._stand_last(Entity(old.kind, old.id, old.values, old.refs, old.deleted, self.token, updated))

    def get(self, url, *, etag="", modified="", accept="", **limits):
        self.asked.append(url)
        for fault in list(self.faults):
            if fault[0] in url:
                self.faults.remove(fault)
                if isinstance(fault[1], Exception):
                    raise fault[1]
                return fault[1]
        parts = urlsplit(url)
        options = {name: values[0] for name, values in parse_qs(parts.query.replace("+", "%20")).items()}
        if "/SyncFeed/2.0/Feed" in parts.path:
            return self._feed(url, options, etag)
        last = parts.path.rsplit("/", 1)[-1]
        if "/SyncFeed/2.0/Entiteiten/" in parts.path:
            return self._entity(url, last)
        if "/SyncFeed/2.0/Resources/" in parts.path:
            if last not in self.files:
                raise Refused(f"{url}: 404", status=404)
            content, kind = self.files[last]
            return Response(url=url, status=200, headers={"Content-Type": kind}, content=content)
        if "/OData/" in parts.path and self.odata_works:
            return self._odata(url, last, options, "v5" if "/v5" in parts.path else "v4")
        raise Refused(f"{url}: 404", status=404)

    # SyncFeed

    def _feed(self, url, options, etag):
        category, after = options["category"], int(options.get("skiptoken", 0))
        mine = self.by_kind.get(category, [])
        mine = mine[bisect_right(mine, after, key=lambda e: e.token) :]
        tag = f'"{category}-{self.token}"' if self.etags else ""
        if etag and etag == tag and not mine:
            return Response(url=url, status=304, not_modified=True)
        entries = "".join(self.entry(e) for e in mine[: self.per_page])
        resume = (
            "" if mine else f'<link rel="resume" href="{BASE}/SyncFeed/2.0/Feed?skiptoken={max(after, self.token)}"/>'
        )
        body = (
            f'<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom">{resume}{entries}</feed>'
        )
        headers = {"Content-Type": "application/atom+xml", "ETag": tag} if tag else {}
        return Response(url=url, status=200, headers=headers, content=body.encode())

    def entry(self, e):
        enclosure = f'<link rel="enclosure" href="{BASE}/SyncFeed/2.0/Resources/{e.id}"/>'
        return (
            f"<entry><title>{e.id}</title><id>{BASE}/SyncFeed/2.0/Entiteiten/{e.id}</id><updated>{e.updated}</updated>"
            f'<category term="{e.kind.lower()}"/>{enclosure if e.kind == "Document" else ""}'
            f'<link rel="next" href="{BASE}/SyncFeed/2.0/Feed?skiptoken={e.token}&amp;category={e.kind}"/>'
            f'<content type="application/xml">{self.element(e)}</content></entry>'
        )

    def element(self, e):
        p = "ns1" if e.kind in NS1 else "tk"
        own = "ns1:" if p == "ns1" else ""
        name = e.kind[0].lower() + e.kind[1:]
        inner = "".join(
            f'<{p}:{k} xsi:nil="true"/>' if v is None else f"<{p}:{k}>{escape(str(v))}</{p}:{k}>"
            for k, vs in e.values.items()
            for v in (vs if isinstance(vs, list) else [vs])
        )
        inner += "".join(f'<{p}:{k} {own}ref="{g}"/>' for k, gs in e.refs.items() for g in gs)
        return (
            f'<{p}:{name} xmlns:{p}="{NS}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" {own}id="{e.id}"'
            f' {own}bijgewerkt="2019-06-28T23:59:41.5570000" {own}verwijderd="{"True" if e.deleted else "false"}">'
            f"{'' if e.deleted else inner}</{p}:{name}>"
        )

    def _entity(self, url, one):
        e = self.entities.get(one)
        if e is None:
            raise Refused(f"{url}: 404", status=404)
        return Response(url=url, status=200, content=self.element(e).encode())

    # OData

    def _odata(self, url, name, options, version):
        chosen = unquote(options.get("$filter", ""))
        rows = [e for e in self.by_kind.get(name, []) if self._fits(e, chosen)]
        rows.sort(key=lambda e: (e.updated if "ApiGewijzigdOp" in options.get("$orderby", "") else "", e.id))
        skip, top = int(options.get("$skip", 0)), int(options.get("$top", 250))
        if version == "v5" and top > 100 and "$top" in options:
            raise Refused(f"{url}: 400", status=400)
        expand = options.get("$expand", "").split(",") if options.get("$expand") else []
        body = {"value": [self.record(e, version, expand) for e in rows[skip : skip + top]]}
        if options.get("$count") == "true":
            body["@odata.count"] = len(rows)
        return Response(url=url, status=200, content=json.dumps(body).encode())

    def _fits(self, e, chosen):
        if not chosen:
            return True
        if ids := re.match(r"Id in \(([^)]*)\)", chosen):
            return e.id in ids[1].split(",")
        if since := re.match(r"ApiGewijzigdOp ge (\S+)$", chosen):
            return e.updated.rstrip("Z") >= since[1].rstrip("Z")[:19]
        days = re.match(r"(\w+) ge (\S+) and \1 lt (\S+) and Verwijderd eq false", chosen)
        assert days, chosen
        at = str(e.values.get(days[1][0].lower() + days[1][1:], ""))
        narrowed = "Soort eq" not in chosen or e.values.get("soort") == "Schriftelijke vragen"
        return not e.deleted and narrowed and days[2][:10] <= at[:10] < days[3][:10]

    def record(self, e, version, expand):
        record = {"Id": e.id, "Verwijderd": e.deleted, "GewijzigdOp": e.updated, "ApiGewijzigdOp": e.updated}
        renamed = (
            {"documentNummer": "Nummer", "volgnummer": "Ondernummer"}
            if version == "v5" and e.kind == "Document"
            else {}
        )
        for key, value in e.values.items():
            shown = renamed.get(key, key[0].upper() + key[1:])
            record[shown] = None if e.deleted else value
        for relation in expand:
            record[relation] = [self.record(o, version, []) for o in self._related(e, relation)]
        return record

    def _related(self, e, relation):
        if relation in ("DocumentActor", "ZaakActor"):
            back = relation.removesuffix("Actor").lower()
            return [o for o in self.by_kind.get(relation, []) if e.id in o.refs.get(back, [])]
        named = relation[0].lower() + relation[1:]
        return [self.entities[g] for g in e.refs.get(named, []) if g in self.entities]


def seed(kamer: Kamer) -> None:
    """The seed letter's neighbourhood: questions, an answer, a policy letter, a dossier, a promise and a meeting."""
    kamer.put("Kamerstukdossier", 1, {"nummer": "32761", "toevoeging": None, "titel": "Verwerking persoonsgegevens"})
    kamer.put(
        "Zaak",
        2,
        {
            "nummer": "2022Z10980",
            "soort": "Schriftelijke vragen",
            "onderwerp": "Vragen over de privacywet",
            "gestartOp": "2022-06-02T00:00:00+02:00",
            "vergaderjaar": "2021-2022",
            "afgedaan": "true",
        },
    )
    kamer.put("Zaak", 3, {"nummer": "2024Z11111", "soort": "Brief regering", "onderwerp": "Beleidsreactie"})
    kamer.put(
        "ZaakActor", 4, {"actorNaam": "R.M. Leijten", "functie": "Tweede Kamerlid", "relatie": "Indiener"}, zaak=2
    )
    kamer.put(
        "ZaakActor",
        5,
        {
            "actorNaam": "H.G.J. Bruins Slot",
            "relatie": "Gericht aan",
            "functie": "minister van Binnenlandse Zaken en Koninkrijksrelaties",
        },
        zaak=2,
    )
    kamer.put(
        "DocumentVersie",
        6,
        {"versienummer": "3", "extensie": ".pdf", "externeIdentifier": "ah-tk-20212022-3854"},
        document=7,
    )
    kamer.put(
        "Document",
        7,
        {
            "soort": "Antwoord schriftelijke vragen",
            "documentNummer": "2022D33920",
            "titel": None,
            "onderwerp": "Antwoord op vragen over de <i>privacywet</i>",
            "datum": "2022-09-02T00:00:00",
            "volgnummer": "-1",
            "vergaderjaar": "2021-2022",
            "aanhangselnummer": "212203854",
        },
        zaak=2,
        huidigeDocumentVersie=6,
    )
    kamer.put(
        "Document",
        8,
        {
            "soort": "Brief regering",
            "documentNummer": "2024D27797",
            "titel": "Verwerking persoonsgegevens",
            "onderwerp": "Beleidsreactie op het onderzoek naar naleving van de AVG",
            "volgnummer": "304",
            "datum": "2024-06-28T00:00:00+02:00",
            "vergaderjaar": "2023-2024",
            "kenmerkAfzender": "5503321",
        },
        zaak=3,
        kamerstukdossier=1,
    )
    kamer.put(
        "DocumentActor",
        9,
        {"actorNaam": "A.Z. Medeondertekenaar", "functie": "staatssecretaris van BZK", "relatie": "Mede ondertekenaar"},
        document=8,
    )
    kamer.put(
        "DocumentActor",
        10,
        {"actorNaam": "F.M. Weerwind", "functie": "minister voor Rechtsbescherming", "relatie": "Eerste ondertekenaar"},
        document=8,
    )
    kamer.put(
        "Activiteit",
        11,
        {
            "nummer": "2024A05766",
            "soort": "Commissiedebat",
            "onderwerp": "Digitale grondrechten",
            "datum": "2024-03-18T00:00:00",
            "status": "Uitgevoerd",
            "voortouwnaam": "Digitale Zaken",
        },
    )
    kamer.put(
        "Toezegging",
        12,
        {
            "nummer": "TZ202403-116",
            "status": "Openstaand",
            "functie": "minister voor Rechtsbescherming",
            "naam": "Weerwind, F.M.",
            "achternaam": "Weerwind",
            "initialen": "F.M.",
            "ministerie": "JenV",
            "aanmaakdatum": "2024-03-20T17:42:13.69+01:00",
            "datumNakoming": "0001-01-01T00:00:00Z",
            "activiteitNummer": "2024A05766",
            "toegezegdAan": ["", ""],
            "tekst": "De minister stuurt de beleidsreactie voor de zomer.",
        },
        activiteit=11,
    )
