"""How a letter is cut: side by side, in order, nothing left out, every stretch in its role."""

from itertools import pairwise

import pytest
from files_built import AANHANGSEL, ANSWERS, HANDELINGEN, KAMERSTUK, PAGE, VLOS

from sources.readers import read_letter

SPOKEN = """Fietspaden

De voorzitter:
Het woord is aan de heer Eik.

De heer Eik (Bos):
Wanneer komt het plan?

Minister Beuk:
Ik zeg toe dat het plan voor de kerst komt.

De voorzitter:
Dank u wel.
"""


def cut(text):
    """(role, label, the stretch on one line) of every section."""
    letter = read_letter(text.encode(), name="brief.txt" if not text.startswith("<") else "")
    return [(s.role, s.label, " ".join(letter.text[s.start : s.end].split())) for s in letter.sections]


def roles(text):
    return [(role, label) for role, label, _ in cut(text)]


def test_an_answer_to_questions_is_cut_into_its_parts():
    assert cut(ANSWERS) == [
        ("heading", "", " ".join(ANSWERS[: ANSWERS.index("Hierbij")].split())),
        ("body", "", " ".join(ANSWERS[ANSWERS.index("Hierbij") : ANSWERS.index("De staatssec")].split())),
        ("closing", "", "De staatssecretaris van Infrastructuur en Waterstaat, L.M. van der Linde"),
        ("question", "1", "Vraag 1 Kent u de gaten in de paden?"),
        ("answer", "1", "Antwoord op vraag 1 Ja."),
        ("question", "2", "Vraag 2 Wat gaat u doen?"),
        ("question", "3", "Vraag 3 Wanneer is het klaar? Zo nee, waarom niet?"),
        (
            "answer",
            "2 en 3",
            "Antwoord op vragen 2 en 3 Ik laat de gaten dit najaar dichten en informeer uw Kamer daarna.",
        ),
        ("annex", "1", "Bijlage 1: lijst van paden Het pad naar de hei."),
        ("footnote", "1", "[1] Zie www.voorbeeld.nl/paden."),
        ("footnote", "2", "[2] Kamerstuk 39 999, nr. 11"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Vraag 1\nMag dit?\n\nAntwoord\nJa.\n\nVraag 2\nEn dat?\n\nAntwoord\nNee.",
            [("question", "1"), ("answer", "1"), ("question", "2"), ("answer", "2")],
        ),
        (
            "Vraag 1: Mag dit?\nAntwoord 1: Ja.\nVraag 2: En dat?\nAntwoord 2: Nee.",
            [("question", "1"), ("answer", "1"), ("question", "2"), ("answer", "2")],
        ),
        (
            "Vraag 1 Mag dit? Antwoord 1 Ja. Vraag 2 En dat? Antwoord 2 Nee.",
            [("question", "1"), ("answer", "1"), ("question", "2"), ("answer", "2")],
        ),
        ("Vraag van het lid Eik: Mag dit? Antwoord De minister laat dit toe.", [("body", ""), ("answer", "")]),
        (
            "Vraag 1\nMag dit?\n\nVraag 2\nEn dat?\n\nAntwoord op de vragen 1 t/m 2\nJa.",
            [("question", "1"), ("question", "2"), ("answer", "1 t/m 2")],
        ),
        (
            "Vraag 1\nMag dit?\nVraag 2\nEn dat?\n\nAntwoord 1\nJa.\nAntwoord 2\nNee.",
            [("question", "1"), ("question", "2"), ("answer", "1"), ("answer", "2")],
        ),
        ("VRAAG 3\nMag dit?\n\nANTWOORD OP VRAAG 3\nJa.", [("question", "3"), ("answer", "3")]),
        ("Vraag 1\nMag dit?\nToelichting?\n\nJa, dat mag. Ik zal het regelen.", [("question", "1"), ("answer", "1")]),
        (
            "Vraag 1\nMag dit?\n\nAntwoord 1\nJa.\n\nVraag 2\nEn dat?\n\nDat regel ik voor de zomer.",
            [("question", "1"), ("answer", "1"), ("question", "2"), ("answer", "2")],
        ),
        (
            "Vraag 1\nMag dit?\n\nAntwoord 1\nJa.\n\nToelichting:\nDeze vragen dienen ter aanvulling.",
            [("question", "1"), ("answer", "1"), ("question", "")],
        ),
        (
            "LIJST VAN VRAGEN EN ANTWOORDEN\n\n1\n\nWat kost dit?\n\nEen euro.\n\n2. Wat kost dat?\n\nTwee "
            "euro in 2024.",
            [("body", ""), ("question", "1"), ("answer", "1"), ("question", "2"), ("answer", "2")],
        ),
        (
            "De fracties vroegen veel.\n\nI Vragen en opmerkingen vanuit de fracties\n\nWanneer komt het "
            "plan?\n\nII Reactie van de Minister\n\nIk stuur het plan voor de zomer.",
            [("body", ""), ("question", ""), ("answer", "")],
        ),
        (
            "Ik verwijs naar het antwoord op vraag 2.\nVraag 3 gaat daar ook over, net als\nvraag 4 en 5.",
            [("body", "")],
        ),
        (
            "Vragen en opmerkingen vanuit de fracties\n\nWanneer komt het plan?\n\nWat de minister zegt\n\nSpoedig.",
            [("body", "")],
        ),
        (
            "Vraag 1\nMag dit? Zo nee,\nwaarom is dat dan\nniet zo?\nJa, dat mag.\nVraag 2\nEn dat?2\nNee.",
            [("question", "1"), ("answer", "1"), ("question", "2"), ("answer", "2")],
        ),
        ("Ik stuur uw Kamer de brief voor de zomer.", [("body", "")]),
        ("Ik noem drie punten:\n1) de paden;\n2) de bruggen;\n3) de hekken.", [("body", "")]),
        ("Naar aanleiding van uw verzoek stuur ik u de brief over het\nonderzoek voor het zomerreces.", [("body", "")]),
        (
            "Tekst.\n\nX Noot\n1\n\nTe lezen op de site.\n\nX Noot\n2\n\nZie bijlage.",
            [("body", ""), ("footnote", "1"), ("footnote", "2")],
        ),
        ("Bijlagen\n2\n\nGeachte voorzitter,\n\nIk stuur u de stukken.", [("heading", ""), ("body", "")]),
        ("Hoogachtend,\n\nDe minister van Defensie,\nA.B. Eik", [("closing", "")]),
        (
            "Eerst dit. De voorzitter: Het woord is aan u. Minister Beuk: Ik zeg dat toe. De voorzitter: Dank u.",
            [
                ("heading", ""),
                ("heading", "De voorzitter"),
                ("speech", "De voorzitter"),
                ("heading", "Minister Beuk"),
                ("speech", "Minister Beuk"),
                ("heading", "De voorzitter"),
                ("speech", "De voorzitter"),
            ],
        ),
        (  # the beginning of a debate: the chair gives the floor, and one speaks
            "De voorzitter:\n\nIk geef de minister het woord.\n\nMinister Beuk:\n\nDan zal ik de vragen beantwoorden.",
            [
                ("heading", "De voorzitter"),
                ("speech", "De voorzitter"),
                ("heading", "Minister Beuk"),
                ("speech", "Minister Beuk"),
            ],
        ),
        ("De voorzitter: nee.\n\nEen brief, en geen debat.", [("body", "")]),
    ],
)
def test_the_words_tell_the_parts(text, expected):
    assert roles(text) == expected


def test_a_question_that_goes_on_over_its_lines_is_not_cut_short():
    text = "Vraag 1\nMag dit? Zo nee,\nwaarom is dat dan\nniet zo?\nJa, dat mag. Ik zal het regelen.\n"
    assert cut(text) == [
        ("question", "1", "Vraag 1 Mag dit? Zo nee, waarom is dat dan niet zo?"),
        ("answer", "1", "Ja, dat mag. Ik zal het regelen."),
    ]


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        (
            "39 999 Fietspaden\n\nNr. 12 BRIEF VAN DE MINISTER\n\nDen Haag, 28 juni 2024\n\nIk stuur u het plan.",
            "39 999 Fietspaden Nr. 12 BRIEF VAN DE MINISTER Den Haag, 28 juni 2024",
        ),
        (
            "Aan de Voorzitter\n\nOnderwerp\nEen lang onderwerp over het pad naar de hei en de bruggen "
            "daar\n\nIn antwoord op uw brief stuur ik u het plan.",
            "Aan de Voorzitter Onderwerp Een lang onderwerp over het pad naar de hei en de bruggen daar",
        ),
        ("Geachte voorzitter,\n\nIk stuur u het plan.", "Geachte voorzitter,"),
        ("Datum 1 mei 2024\nBetreft Paden\n\nIk stuur u het plan voor de zomer.", "Datum 1 mei 2024 Betreft Paden"),
    ],
)
def test_the_letterhead_ends_where_the_letter_begins(text, heading):
    assert cut(text)[0] == ("heading", "", heading)
    assert cut(text)[1][0] == "body"


@pytest.mark.parametrize("source", [KAMERSTUK, AANHANGSEL, HANDELINGEN, VLOS, PAGE], ids=range(5))
def test_the_text_alone_shows_the_same_questions_answers_speeches_and_notes(source):
    """Stored documents are read again from their text."""
    telling = ("question", "answer", "speech", "footnote", "closing")
    again = cut(read_letter(source.encode()).text)
    assert [one for one in again if one[0] in telling] == [one for one in cut(source) if one[0] in telling]


def test_speakers_of_a_debate_are_told_apart():
    for source in (HANDELINGEN, VLOS, SPOKEN):
        said = [(label, words) for role, label, words in cut(source) if role == "speech"]
        assert any(label == "Minister Beuk" and words.startswith("Ik ") for label, words in said)
        assert any(label == "De heer Eik (Bos)" for label, _ in said)
        assert any(label == "De voorzitter" for label, _ in said)


def test_what_the_format_states_wins():
    found = cut(KAMERSTUK)
    assert ("heading", "", "1. Wat volgt") in found
    assert ("footnote", "1", "[1] Te lezen op www.voorbeeld.nl.") in found
    assert ("closing", "", "De Minister voor Klimaat en Energie, A.B. Voorbeeld") in found
    assert found[-2][0] == "annex"
    assert [(role, label) for role, label, _ in cut(AANHANGSEL)][-3:] == [
        ("question", "1"),
        ("question", "2"),
        ("answer", "1 en 2"),
    ]


@pytest.mark.parametrize("text", [ANSWERS, KAMERSTUK, AANHANGSEL, HANDELINGEN, VLOS, PAGE, SPOKEN, "Ja."])
def test_sections_lie_side_by_side_over_the_whole_text(text):
    letter = read_letter(text.encode())
    places = [(section.start, section.end) for section in letter.sections]
    assert places[0][0] == 0
    assert places[-1][1] == len(letter.text)
    assert all(before[1] == after[0] for before, after in pairwise(places))
    assert all(start < end for start, end in places)
