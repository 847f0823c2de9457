"""Word documents: body, tables, text boxes, footnotes, heads of pages; and archives that mean harm."""

import io
import zipfile
from datetime import date

import pytest
from files_built import note, paragraph, table, word

from sources.readers import read_letter, text_of
from sources.source import Unreadable

LETTER = (
    paragraph("Aan de Voorzitter van de Tweede Kamer")
    + paragraph("Geachte voorzitter,")
    + paragraph("Ik stuur u het ", "<w:r><w:footnoteReference w:id='2'/></w:r>", "plan.")
    + table(("Toezegging", "Stand"), ("Plan voor de paden", "Volgt voor de zomer"))
    + paragraph("het eerste pad;", listed=True)
    + paragraph("het tweede pad.", listed=True)
)
TEXT = """Aan de Voorzitter van de Tweede Kamer

Geachte voorzitter,

Ik stuur u het plan.

Toezegging
Stand

Plan voor de paden
Volgt voor de zomer
het eerste pad;
het tweede pad.

[2] Zie www.voorbeeld.nl."""


def test_body_tables_lists_and_footnotes_are_read_in_order():
    data = word(LETTER, footnotes=note(0, "", "separator") + note(2, "Zie www.voorbeeld.nl."))
    letter = read_letter(data, name="brief.docx")
    assert letter.text == TEXT
    last = letter.sections[-1]
    assert (last.role, last.label, letter.text[last.start : last.end]) == ("footnote", "2", "[2] Zie www.voorbeeld.nl.")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (paragraph("een", "<w:r><w:tab/></w:r>", "twee", "<w:r><w:br/></w:r>", "drie"), "een twee\ndrie"),
        (paragraph("zorg", "<w:r><w:noBreakHyphen/></w:r>", "taak"), "zorg-taak"),
        (
            paragraph(
                "nieuw",
                "<w:del><w:r><w:delText>oud</w:delText></w:r></w:del>",
                "<w:ins><w:r><w:t> woord</w:t></w:r></w:ins>",
            ),
            "nieuw woord",
        ),
        (paragraph("naar hier", "<w:moveFrom><w:r><w:t>van daar</w:t></w:r></w:moveFrom>"), "naar hier"),
        (paragraph("voor ", "<w:r><w:fldSimple><w:instrText>PAGE</w:instrText></w:fldSimple></w:r>", "na"), "voor na"),
        ("<w:sdt><w:sdtContent>" + paragraph("in een veld") + "</w:sdtContent></w:sdt>", "in een veld"),
        (table(("buiten",)).replace("<w:tc>", "<w:tc>" + table(("binnen",)), 1), "binnen\nbuiten"),
        (
            paragraph(
                "tekst",
                "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
                + paragraph("vak")
                + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
                + paragraph("vak")
                + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>",
            ),
            "tekst\n\nvak",
        ),
        (
            paragraph("Kop van het deel", style="Heading1") + paragraph("Wat erin staat."),
            "Kop van het deel\n\nWat erin staat.",
        ),
        (paragraph("  veel\u00a0\u00a0 blanken "), "veel blanken"),
    ],
    ids="tab hyphen deleted moved field control nested box heading blanks".split(),
)
def test_what_a_reader_sees_is_read_once(body, text):
    assert text_of(word(body), name="brief.docx") == text


def test_a_styled_heading_is_one():
    letter = read_letter(word(paragraph("Inleiding", style="Kop2") + paragraph("Ik stuur u het plan.")), name="b.docx")
    assert [section.role for section in letter.sections] == ["heading", "body"]


def test_the_head_of_the_pages_dates_a_letter_that_does_not():
    data = word(paragraph("Ik stuur u het plan."), head=paragraph("Datum") + paragraph("2 september 2024"))
    assert read_letter(data, name="b.docx").written_on == date(2024, 9, 2)


def test_macros_are_not_looked_at_and_said():
    letter = read_letter(word(paragraph("Een brief."), more={"word/vbaProject.bin": b"macro"}), name="b.docm")
    assert letter.text == "Een brief."
    assert any("macros" in remark for remark in letter.notes)


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as part:
        part.write(b"<a>")
        for _ in range(70):
            part.write(b" " * 1_000_000)
    return out.getvalue()


def many_parts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(5_001):
            archive.writestr(f"{number}", b"")
    return out.getvalue()


def encrypted():
    data = bytearray(word(paragraph("geheim")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(mark)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(mark, start + 4)
    return bytes(data)


LAUGHS = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (bomb(), "unpacks to more than"),
        (many_parts(), "parts"),
        (encrypted(), "encrypted"),
        (word(paragraph("brief"))[:-40], "damaged"),
        (word("<w:p><w:r>"), "damaged or breaks off"),
        (word(""), "without text"),
        (word(paragraph("brief"), more={"word/footnotes.xml": LAUGHS}), "entities"),
    ],
    ids="bomb parts encrypted truncated broken empty laughs".split(),
)
def test_archives_that_cannot_be_read_are_refused_in_one_line(data, reason):
    with pytest.raises(Unreadable, match=reason) as refused:
        read_letter(data, name="brief.docx")
    assert str(refused.value).startswith("brief.docx: ")


def test_an_archive_of_something_else_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    with pytest.raises(Unreadable, match="no Word document"):
        text_of(out.getvalue(), name="rekenblad.docx")
