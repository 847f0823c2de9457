"""Web pages and official XML: the letter without the website, speakers, footnotes; and files that mean harm."""

import pytest
from files_built import HANDELINGEN, KAMERSTUK, PAGE, VLOS

from sources.readers import read_letter, text_of
from sources.source import Unreadable

SENTENCE = (
    "Ik zal uw Kamer voor het herfstreces informeren over de paden naar de hei en over het onderhoud van de brug. "
)


def test_a_page_is_read_without_the_website():
    assert text_of(PAGE.encode()).split("\n\n") == [
        "39 999 Fietspaden in het bos",
        "Nr. 12 BRIEF VAN DE MINISTER VOOR KLIMAAT EN ENERGIE",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Den Haag, 28 juni 2024",
        "Hierbij zend ik u het plan. Ik zal uw Kamer voor het herfstreces informeren over de\npaden naar de hei.",
        "het eerste pad;\nhet tweede pad.",
        "De Minister voor Klimaat en Energie,\nA.B. Voorbeeld",
        "[1] Te lezen op www.voorbeeld.nl.",
    ]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (f"<main><p>{SENTENCE * 3}</p></main><aside>Reclame</aside>", SENTENCE.strip()),
        (f"<article><h1>Kop</h1><p>{SENTENCE * 3}</p></article>", "Kop"),
        (f"<div id='content'><p>{SENTENCE * 3}</p></div>", SENTENCE.strip()),
        (f"<p>{SENTENCE * 3}</p><div class='cookie-banner'>Koekjes</div>", SENTENCE.strip()),
        (f"<p>{SENTENCE * 3}</p><ul class='menu'><li>Menu</li></ul>", SENTENCE.strip()),
        (f"<p hidden>weg</p><div aria-hidden='true'>weg</div><p>{SENTENCE * 3}</p>", SENTENCE.strip()),
        ("<main><p>Kort bericht.</p></main>", "Kort bericht."),
        ("<table><tr><td>een</td><td>twee</td></tr><tr><td>drie</td></tr></table>", "een\ntwee\n\ndrie"),
        ("losse woorden<p>en een alinea", "losse woorden\n\nen een alinea"),
    ],
)
def test_the_letter_is_found_on_the_page(inner, text):
    found = text_of(f"<!doctype html><html><body>{inner}</body></html>".encode())
    assert found.startswith(text)
    assert not any(word in found for word in ("Reclame", "Koekjes", "Menu", "weg"))


def test_the_page_of_the_tweede_kamer_is_cut_into_questions_and_answers():
    page = """<html><head><title>Antwoord op vragen over gaten | Tweede Kamer der Staten-Generaal</title></head>
    <body><main>
    <h1>Antwoord schriftelijke vragen : gaten in paden</h1><p>Vragen van het lid Eik (Bos) (ingezonden 2 mei 2024).</p>
    <p>Antwoord van Minister Beuk (Financiën) (ontvangen 3 juni 2024).</p><h2>Vraag 1</h2><p>Kent u ze?</p>
    <h2>Antwoord 1</h2><p>Ja, en ik laat ze dit najaar dichten, samen met de gemeenten en provincies in het land.</p>
    <h2>Vraag 2</h2><p>Wanneer is dat klaar? Kunt u de Kamer daar bericht van sturen?</p><h2>Antwoord 2</h2>
    <p>Zodra ik daar meer van weet.</p></main></body></html>"""
    letter = read_letter(page.encode())
    assert letter.title == "Antwoord op vragen over gaten"
    assert letter.sender == "Minister van Financiën"
    assert str(letter.written_on) == "2024-06-03"
    assert [(s.role, s.label) for s in letter.sections if s.role in ("question", "answer")] == [
        ("question", "1"),
        ("answer", "1"),
        ("question", "2"),
        ("answer", "2"),
    ]


@pytest.mark.parametrize("charset", ["utf-8", "cp1252", "utf-16"])
def test_a_page_in_another_charset_is_read(charset):
    named = "windows-1252" if charset == "cp1252" else charset
    page = f'<html><head><meta charset="{named}"></head><body><p>Eén coördinatie van financiën.</p></body></html>'
    assert text_of(page.encode(charset)) == "Eén coördinatie van financiën."


def test_official_xml_is_read_in_order():
    assert text_of(KAMERSTUK.encode()).split("\n\n")[1:] == [
        "39 999 Fietspaden in het bos",
        "Nr. 12 BRIEF VAN DE MINISTER VOOR KLIMAAT EN ENERGIE",
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Den Haag, 28 juni 2024",
        "Hierbij zend ik u, mede namens de Minister van Financiën, het plan.",
        "1. Wat volgt",
        "Ik zal uw Kamer voor het herfstreces informeren.\n– het eerste pad;\n– het tweede pad.",
        "Pad naar de hei\n2025",
        "De Minister voor Klimaat en Energie,\nA.B. Voorbeeld",
        "Bijlage 1",
        "Een lijst van paden.",
        "[1] Te lezen op www.voorbeeld.nl.",
    ]


def test_a_debate_names_its_speakers_on_lines_of_their_own():
    assert text_of(HANDELINGEN.encode()).split("\n\n")[2:] == [
        "Aan de orde is het debat over fietspaden.",
        "De heer Eik (Bos):",
        "Wanneer komt het plan?",
        "Motie",
        "verzoekt de regering paden aan te leggen,",
        "De voorzitter:",
        "Deze motie is voorgesteld.",
        "Het woord is aan de minister.",
        "Minister Beuk:",
        "Ik zeg toe dat het plan voor de kerst komt.",
    ]


def test_the_chair_is_the_chair_whoever_it_is():
    letter = read_letter(VLOS.encode())
    assert [s.label for s in letter.sections if s.role == "speech"] == [
        "De voorzitter",
        "Minister Beuk",
        "De heer Eik (Bos)",
    ]


def test_elements_that_nobody_knows_are_read_too():
    assert text_of(b"<?xml version='1.0'?><nieuw>los<vak>een<b>twee</b></vak>slot</nieuw>") == "los\n\neentwee\n\nslot"


def test_accents_that_a_collector_mangled_are_mended():
    mangled = "\ufeff\n" + HANDELINGEN.replace("paden", "paden in coördinatie, één voor één, met financiën")
    letter = read_letter(mangled.encode().decode("cp1252").encode())
    assert "coördinatie, één voor één, met financiën" in letter.text
    assert any("mojibake" in note for note in letter.notes)


def test_named_characters_of_html_are_read_in_xml():
    assert text_of(b"<?xml version='1.0'?><a><al>E&eacute;n &amp; &onbekend;</al></a>") == "Eén & &onbekend;"


def test_what_xml_loads_from_elsewhere_is_not_loaded(tmp_path):
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim")
    data = f'<?xml version="1.0"?><!DOCTYPE a SYSTEM "{secret.as_uri()}"><a>Een brief.</a>'
    assert text_of(data.encode()) == "Een brief."


LAUGHS = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (LAUGHS.encode(), "entities"),
        (LAUGHS.encode("utf-16"), "entities"),
        (OUTSIDE.encode(), "entities"),
        (KAMERSTUK[:900].encode(), "damaged or breaks off"),
        (b"<?xml version='1.0'?>" + b"<a>" * 100_000, "damaged or breaks off"),
        (b"<?xml version='1.0'?><a/>", "no text"),
        (b"<html><body><script>alert(1)</script></body></html>", "no text"),
        (b"<!doctype html>", "without words|no text"),
    ],
    ids="laughs wide outside truncated deep empty script nothing".split(),
)
def test_markup_that_means_harm_or_breaks_off_is_refused(data, reason):
    with pytest.raises(Unreadable, match=reason) as refused:
        read_letter(data, name="stuk.xml")
    assert str(refused.value).startswith("stuk.xml: ")
    assert "\n" not in str(refused.value)
