"""Small files in the formats that letters come in, built in code: PDF, Word, official XML, a web page.

Everything in them is invented.
"""

import io
import zipfile
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

Print = tuple[float, float, float, str]  # left, base line, size, words
A4 = (595, 842)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*pages: Sequence[Print], encrypted: bool = False) -> bytes:
    """A PDF with the words where they are wanted, in Helvetica; byte 1 of a text is the ligature fi."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONT]
    kids = []
    for page in pages:
        kids.append(len(objects) + 1)
        stream = b"BT\n" + b"".join(_shown(one) for one in page) + b"ET"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (*A4, len(objects) + 2)
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    extra = b""
    if encrypted:
        key = b"<" + b"5a" * 32 + b">"
        extra = b" /Encrypt << /Filter /Standard /V 1 /R 2 /O %b /U %b /P -4 >> /ID [<aa> <aa>]" % (key, key)
    return _written(objects, extra)


_FONT = (
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
    b" /Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi] >> >>"
)


def _shown(one: Print) -> bytes:
    left, base, size, words = one
    raw = words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"/F1 %.1f Tf 1 0 0 1 %.1f %.1f Tm (%b) Tj\n" % (size, left, base, raw)


def _written(objects: list[bytes], extra: bytes) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R%b >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, extra, start)
    return bytes(out)


def column(lines: Iterable[str], left: float = 70, top: float = 780, size: float = 10, step: float = 13) -> list[Print]:
    """Lines under each other."""
    return [(left, top - number * step, size, line) for number, line in enumerate(lines)]


def word(body: str, *, footnotes: str = "", head: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """A Word document around the XML of its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", _part("document", f"<w:body>{body}</w:body>"))
        if footnotes:
            archive.writestr("word/footnotes.xml", _part("footnotes", footnotes))
        if head:
            archive.writestr("word/header1.xml", _part("hdr", head))
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def _part(root: str, inner: str) -> str:
    compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    return f'<?xml version="1.0"?><w:{root} xmlns:w="{W}" xmlns:mc="{compatibility}">{inner}</w:{root}>'


def paragraph(*runs: str, style: str = "", listed: bool = False) -> str:
    """A paragraph of Word; runs that begin with ``<`` go in as they are."""
    inner = "".join(
        run if run.startswith("<") else f'<w:r><w:t xml:space="preserve">{escape(run)}</w:t></w:r>' for run in runs
    )
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + ("<w:numPr/>" if listed else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def table(*rows: Sequence[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def note(number: int, words: str, kind: str = "") -> str:
    marked = f' w:type="{kind}"' if kind else ""
    return f'<w:footnote w:id="{number}"{marked}>{paragraph(words)}</w:footnote>'


KAMERSTUK = """<?xml version="1.0" encoding="utf-8"?>
<officiele-publicatie><metadata>
 <meta name="OVERHEIDop.externMetadataRecord"
  content="https://zoek.officielebekendmakingen.nl/kst-39999-12/metadata.xml"/>
</metadata><kamerstuk>
 <kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2023-2024</tekstregel></kamerstukkop>
 <dossier><dossiernummer><dossiernr>39 999</dossiernr></dossiernummer><titel>Fietspaden in het bos</titel></dossier>
 <stuk><stuknr>Nr. <ondernummer>12</ondernummer></stuknr><titel>BRIEF VAN DE MINISTER VOOR KLIMAAT EN ENERGIE</titel>
  <algemeen><vrije-tekst><tekst>
   <al>Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</al>
   <al>Den Haag, 28 juni 2024</al>
   <al>Hierbij zend ik u, mede namens de Minister van Financiën, het plan.<noot id="a" type="voet"><noot.nr>1</noot.nr>
    <noot.al>Te lezen op www.voorbeeld.nl.</noot.al></noot></al>
   <divisie><kop><nr>1.</nr><titel>Wat volgt</titel></kop>
    <al>Ik zal uw Kamer <nadruk type="cur">voor het herfstreces</nadruk> informeren.</al>
    <lijst><li><li.nr>–</li.nr><al>het eerste pad;</al></li><li><li.nr>–</li.nr><al>het tweede pad.</al></li></lijst>
    <table><tgroup><tbody><row><entry><al>Pad naar de hei</al></entry>
     <entry><al>2025</al></entry></row></tbody></tgroup></table>
   </divisie>
   <ondertekening><functie>De Minister voor Klimaat en Energie,</functie>
    <naam><voornaam>A.B.</voornaam> <achternaam>Voorbeeld</achternaam></naam></ondertekening>
  </tekst></vrije-tekst></algemeen></stuk>
 <bijlage><kop><titel>Bijlage 1</titel></kop><al>Een lijst van paden.</al></bijlage>
</kamerstuk></officiele-publicatie>"""

AANHANGSEL = """<officiele-publicatie><kamervragen>
 <kamervraagkop><tekstregel inhoud="kameraanduiding">Tweede Kamer</tekstregel>
  <tekstregel inhoud="vergaderjaar">Vergaderjaar 2024-2025</tekstregel></kamervraagkop>
 <kamervraagnummer>123</kamervraagnummer>
 <kamervraagomschrijving type="vraag">Vragen van het lid <naam><achternaam>Eik</achternaam></naam> (Bos) over
  <kamervraagonderwerp>gaten in fietspaden</kamervraagonderwerp> (ingezonden <datum isodatum="2024-09-02">2 september
  2024</datum>, nr. 2024Z12345).</kamervraagomschrijving>
 <kamervraagomschrijving type="antwoord">Antwoord van Minister <naam><achternaam>Beuk</achternaam></naam> (Justitie en
  Veiligheid), mede namens de Staatssecretaris Rechtsbescherming (ontvangen <datum isodatum="2024-10-01">1 oktober
  2024</datum>).</kamervraagomschrijving>
 <vraag><nr>Vraag 1</nr><al>Kent u de gaten?</al></vraag>
 <vraag><nr>Vraag 2</nr><al>Wat doet u eraan?</al></vraag>
 <antwoord><nr>Antwoord 1 en 2</nr><al>Ja. Ik laat ze dit najaar dichten.</al></antwoord>
</kamervragen></officiele-publicatie>"""

HANDELINGEN = """<?xml version="1.0" encoding="utf-8"?>
<officiele-publicatie><metadata><meta content="https://zoek.officielebekendmakingen.nl/h-tk-20232024-9-4/metadata.xml"/>
</metadata><handelingen><agendapunt><nr>4</nr><item-titel>Fietspaden</item-titel>
 <onderwerp><al-groep><al>Aan de orde is het
   <nadruk type="vet">debat</nadruk>
   over fietspaden
   .</al></al-groep></onderwerp>
 <spreekbeurt><spreker><voorvoegsels>De heer</voorvoegsels><naam><achternaam>
    Eik</achternaam></naam>
    (
    <politiek>Bos</politiek>
    ):</spreker><tekst><al-groep><al>Wanneer komt het plan?</al></al-groep>
   <motie><kop><titel>Motie</titel></kop><al>verzoekt de regering paden aan te leggen,</al>
    <motie-info><spreker><voorvoegsels>De</voorvoegsels><naam><achternaam>voorzitter</achternaam></naam>:</spreker>
     <al>Deze motie is voorgesteld.</al></motie-info></motie></tekst></spreekbeurt>
 <tekst><al-groep><al>Het woord is aan de minister.</al></al-groep></tekst>
 <spreekbeurt><spreker><voorvoegsels>Minister</voorvoegsels><naam><achternaam>Beuk</achternaam></naam>:</spreker>
  <tekst><al-groep><al>Ik zeg toe dat het plan voor de kerst komt.</al></al-groep></tekst></spreekbeurt>
</agendapunt></handelingen></officiele-publicatie>"""

VLOS = """<?xml version="1.0" encoding="UTF-8"?>
<vlosCoreDocument xmlns="http://www.tweedekamer.nl/ggm/vergaderverslag/v1.0">
<vergadering><titel>9e vergadering, dinsdag 3 oktober 2023</titel><datum>2023-10-03T00:00:00</datum>
<activiteit><titel>Fietspaden</titel><activiteithoofd><activiteitdeel><activiteititem>
<woordvoerder><spreker><aanhef>Mevrouw</aanhef><verslagnaam>Linde</verslagnaam><fractie>Bos</fractie></spreker>
 <isvoorzitter>true</isvoorzitter><tekst><alinea><alineaitem>De <nadruk>voorzitter</nadruk>:</alineaitem>
 <alineaitem>Het woord is aan de minister.</alineaitem></alinea></tekst></woordvoerder>
<woordvoerder><spreker><aanhef>Minister</aanhef><verslagnaam>Beuk</verslagnaam></spreker>
 <isvoorzitter>false</isvoorzitter>
 <tekst><alinea><alineaitem>Minister <nadruk>Beuk</nadruk>:</alineaitem>
 <alineaitem>Ik stuur de brief morgen.</alineaitem></alinea></tekst>
 <interrumpant><spreker><aanhef>De heer</aanhef><verslagnaam>Eik</verslagnaam><fractie>Bos</fractie></spreker>
 <isvoorzitter>false</isvoorzitter><tekst><alinea><alineaitem>De heer <nadruk>Eik</nadruk> (Bos):</alineaitem>
 <alineaitem>Echt waar?</alineaitem></alinea></tekst></interrumpant></woordvoerder>
</activiteititem></activiteitdeel></activiteithoofd></activiteit></vergadering></vlosCoreDocument>"""

PAGE = """<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8">
<title>Kamerstuk 39999, nr. 12 | Overheid.nl &gt; Officiële bekendmakingen</title>
<meta name="DCTERMS.identifier" content="kst-39999-12"><script>var menu = "niet lezen";</script></head><body>
<header><nav><a href="/">Naar de startpagina</a></nav></header><div class="breadcrumb">U bent hier</div>
<main><h1>Kamerstuk</h1><table><tr><th>Datum publicatie</th><td>30-06-2024 09:00</td></tr></table>
<div class="stuk broodtekst-container">
<h1 class="stuktitel">39 999 Fietspaden in het bos</h1><h2>Nr. 12 BRIEF VAN DE MINISTER VOOR KLIMAAT EN ENERGIE</h2>
<p>Aan de Voorzitter van de Tweede Kamer der Staten-Generaal</p><p>Den Haag, 28 juni 2024</p>
<p>Hierbij zend ik u het plan<sup><a class="nootnum" href="#n1">1</a></sup>. Ik zal uw Kamer voor het herfstreces
 informeren over de<br>paden naar de hei.</p><ul><li>het eerste pad;</li><li>het tweede pad.</li></ul>
<p>De Minister voor Klimaat en Energie,<br>A.B. Voorbeeld</p>
<div class="voet noot"><h5 class="note-close"><a class="note-close">X</a> Noot</h5><sup><a class="nootnum">1</a></sup>
<p>Te lezen op www.voorbeeld.nl.</p></div>
</div></main><footer>Over deze website</footer></body></html>"""

ANSWERS = """> Retouradres Postbus 1 2500 EA Den Haag
Aan de Voorzitter van de Tweede Kamer
der Staten-Generaal
Postbus 20018
2500 EA Den Haag

Datum 2 september 2024
Betreft Antwoorden op vragen over gaten in fietspaden
Ons kenmerk
2024-0000123456

Geachte voorzitter,

Hierbij beantwoord ik, mede namens de minister van Financiën en de minister voor Rechtsbescherming, de vragen
van het lid Eik (Bos) met kenmerk 2024Z12345 over gaten in fietspaden.

De staatssecretaris van Infrastructuur en Waterstaat,

L.M. van der Linde

Vraag 1
Kent u de gaten in de paden?

Antwoord op vraag 1
Ja.

Vraag 2
Wat gaat u doen?

Vraag 3
Wanneer is het klaar? Zo nee, waarom niet?

Antwoord op vragen 2 en 3
Ik laat de gaten dit najaar dichten en informeer uw Kamer daarna.

Bijlage 1: lijst van paden
Het pad naar de hei.

[1] Zie www.voorbeeld.nl/paden.
[2] Kamerstuk 39 999, nr. 11
"""
