"""PDF files: paragraphs, columns, running heads, footnotes, broken words, and files that cannot be read."""

import pytest
from files_built import column, pdf

from sources.readers import read_letter, text_of
from sources.readers.pdf_layout import Line, blocks_of
from sources.source import Unreadable

WIDE = [
    "Geachte voorzitter, hierbij informeer ik uw Kamer over de stand van zaken van de fietspaden in",
    "het bos en over de wijze waarop gemeenten daar in de komende jaren mee aan de slag zullen gaan",
    "met steun van het Rijk.",
]
NEXT = [
    "In het najaar stuur ik uw Kamer een tweede brief, waarin ik zal ingaan op de bruggen, op de paden",
    "naar de hei en op de vraag hoe het onderhoud daarvan wordt betaald.",
]


def paragraphs(data):
    return text_of(data, name="brief.pdf").split("\n\n")


def test_lines_become_paragraphs():
    page = [*column(WIDE), *column(NEXT, top=780 - 3 * 13 - 12)]
    assert paragraphs(pdf(page)) == [" ".join(WIDE), " ".join(NEXT)]


def test_a_paragraph_goes_on_over_the_page():
    text = text_of(pdf(column(WIDE[:2]), column([*WIDE[2:], *NEXT])), name="brief.pdf")
    assert text.split("\n") == [" ".join(WIDE), " ".join(NEXT)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            ["De gemeente gaat over de gegevensbescher-", "ming en het Rijk over de rest van alle dingen die er zijn."],
            "gegevensbescherming en",
        ),
        (
            [
                "Dit gaat over de privacy-, milieu- en zorg-",
                "taken die er zijn. De zorgtaken zijn er dus nog steeds wel.",
            ],
            "en zorgtaken die",
        ),
        (
            ["De Kamer heeft over dit onderwerp de motie-", "Grinwis aangenomen, en ook nog een andere motie daarna."],
            "motie-Grinwis",
        ),
        (
            ["Er komen nieuwe regels voor al onze AI-", "systemen, en ook voor andere systemen van de overheid."],
            "AI-systemen",
        ),
        (
            ["De overheid heeft hier te maken met zorg-", "en welzijnstaken van alle gemeenten in het hele land."],
            "zorg- en welzijnstaken",
        ),
        (
            [
                "Dat past niet bij het algemene rechtsbeginsel van non-",
                "discriminatie, dat voor iedereen in het land geldt, en meer.",
            ],
            "non-discriminatie",
        ),
        (["De of\x01ci\xeble re\x01ectie op het \x01etspad staat in de brief."], "ofﬁciële".replace("ﬁ", "fi")),
    ],
)
def test_broken_words_are_whole_again_and_hyphens_of_their_own_stay(lines, expected):
    assert expected in " ".join(paragraphs(pdf(column(lines))))


def test_running_heads_and_page_numbers_are_left_out():
    pages = [
        [
            (70, 815, 8, "Ministerie van Bos en Hei"),
            *column(
                [f"Op bladzijde {word} staat een zin die lang genoeg is om een hele regel van de bladzijde te vullen."]
            ),
            (520, 30, 8, f"Pagina {number} van 4"),
            (70, 30, 8, f"Tweede Kamer, vergaderjaar 2023-2024, 39 999, nr. 12 {number}"),
        ]
        for number, word in enumerate(("een", "twee", "drie", "vier"), 1)
    ]
    text = text_of(pdf(*pages))
    assert text.count("Ministerie van Bos en Hei") <= 1
    assert "Pagina" not in text
    assert "vergaderjaar" not in text
    assert text.count("Op bladzijde") == 4


def test_the_particulars_of_the_sender_stand_apart_from_the_text():
    aside = column(["DG Bos", "Boslaan 1", "Ons kenmerk", "2024-0000123456"], left=450, size=7, top=700)
    body = column([line[:70] for line in WIDE + NEXT], top=700)
    mixed = [one for pair in zip(body, aside, strict=False) for one in pair] + body[len(aside) :]
    letter = read_letter(pdf([*column(["Aan de Voorzitter", "Datum 2 september 2024"]), *mixed]), name="b.pdf")
    assert letter.reference == "2024-0000123456"
    assert "kenmerk" not in letter.text[letter.text.index("Geachte voorzitter") :]


def test_two_columns_that_were_printed_across_are_read_one_after_the_other():
    left = [f"links regel {n} van een kolom die breed genoeg" for n in "abcdefghijkl"]
    right = [f"rechts regel {n} van een kolom die breed ook" for n in "abcdefghijkl"]
    page = [one for pair in zip(column(left, left=60), column(right, left=330), strict=True) for one in pair]
    text = text_of(pdf(page)).replace("\n", " ")
    assert text.index("links regel l") < text.index("rechts regel a")


def test_rows_of_a_table_stay_rows():
    rows = [(f"Toezegging {n}", f"kwartaal {n}") for n in "abcdefghij"]
    page = [one for n, (a, b) in enumerate(rows) for one in ((60, 700 - 14 * n, 10, a), (330, 700 - 14 * n, 10, b))]
    text = text_of(pdf(page)).split()
    assert text.index("Toezegging") < text.index("kwartaal")
    assert " ".join(text).index("kwartaal a") < " ".join(text).index("Toezegging b")


def test_the_last_column_of_a_wide_table_stays_in_its_row():
    rows = [(f"Toezegging {n}", f"van maand {n}", f"klaar in {n}") for n in "abcdefgh"]
    page = [
        (left, 700 - 14 * number, 10, cell)
        for number, row in enumerate(rows)
        for left, cell in zip((60, 230, 430), row, strict=True)
    ]
    text = " ".join(text_of(pdf(page)).split())
    assert text.index("klaar in a") < text.index("Toezegging b")


def test_footnotes_stand_at_the_end_and_figures_that_point_to_them_are_dropped():
    body = column([*WIDE[:2], "met steun van het Rijk"])
    page = [
        *body,
        (180, body[2][1] + 4, 6, "1"),
        *column(NEXT, top=700),
        *column(["1 Kamerstuk 39 999, nr. 11.", "2 Zie www.voorbeeld.nl."], size=7, top=80, step=9),
    ]
    letter = read_letter(pdf(page), name="b.pdf")
    notes = [(s.label, letter.text[s.start : s.end].strip()) for s in letter.sections if s.role == "footnote"]
    assert notes == [("1", "[1] Kamerstuk 39 999, nr. 11."), ("2", "[2] Zie www.voorbeeld.nl.")]
    assert "Rijk1" not in letter.text
    assert "Rijk 1" not in letter.text


def test_questions_and_answers_keep_their_headings():
    lines = ["Vraag 1", "Kent u de gaten in de paden?", "Antwoord op vraag 1", "Ja. Ik laat ze dichten."]
    letter = read_letter(pdf(column(lines)), name="b.pdf")
    assert [(s.role, s.label) for s in letter.sections] == [("question", "1"), ("answer", "1")]


def test_pages_without_text_are_named():
    letter = read_letter(pdf(column(WIDE), []), name="b.pdf")
    assert "no text on page 2: perhaps scanned" in letter.notes


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([], [], []), r"a scan without a text layer \(3 pages\)"),
        (pdf(column(WIDE), encrypted=True), "encrypted"),
        (b"%PDF-1.7\nniets", "damaged"),
        (b"%PDF-1.4\n" + bytes(range(256)) * 20, "damaged"),
    ],
    ids=["scan", "encrypted", "nothing", "noise"],
)
def test_files_that_cannot_be_read_are_refused_in_one_line(data, reason):
    with pytest.raises(Unreadable, match=reason) as refused:
        read_letter(data, name="brief.pdf")
    assert str(refused.value).startswith("brief.pdf: ")
    assert "\n" not in str(refused.value)


def line(text, *, left=70.0, bottom=700.0, size=12.0, page=0, right=500.0, **more):
    return Line(
        text=text, page=page, left=left, right=right, bottom=bottom, top=bottom + size, width=595, height=842, **more
    )


def test_a_raised_figure_in_front_begins_a_footnote():
    body = [line("De brief gaat over paden en over bruggen in het bos.", bottom=700 - 14 * n) for n in range(4)]
    feet = [line("Zie de site.", bottom=60, size=8, pointer="7"), line("en de bijlage daarbij.", bottom=50, size=8)]
    found = [(block.role, block.label, block.text) for block in blocks_of([[*body, *feet]])]
    assert found[-1] == ("footnote", "7", "Zie de site. en de bijlage daarbij.")


def test_an_empty_document_has_no_blocks():
    assert blocks_of([[], []]) == []
