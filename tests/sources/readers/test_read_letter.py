"""What a letter says of itself, from whatever form it comes in; and a letter as a document."""

from datetime import date

import pytest
from files_built import AANHANGSEL, ANSWERS, HANDELINGEN, KAMERSTUK, PAGE, VLOS

from sources.document import Kind
from sources.readers import as_document, read_letter, text_of
from sources.readers.days import dated
from sources.readers.offices import signed

DAY = date(2024, 9, 2)


def read(text, **more):
    return read_letter(text.encode(), **{"name": "brief.txt", **more})


def test_a_letter_tells_who_wrote_what_to_whom_and_when():
    letter = read(ANSWERS)
    assert letter.text == ANSWERS
    assert letter.written_on == DAY
    assert letter.reference == "2024-0000123456"
    assert letter.sender == "Staatssecretaris van Infrastructuur en Waterstaat"
    assert letter.sender_person == "L.M. van der Linde"
    assert letter.cosigners == ("Minister van Financiën", "Minister voor Rechtsbescherming")
    assert letter.addressee == "Voorzitter van de Tweede Kamer der Staten-Generaal"
    assert letter.subject == letter.title == "Antwoorden op vragen over gaten in fietspaden"
    assert letter.questions == ("2024Z12345",)
    assert "kst-39999-11" in letter.references
    assert letter.language == "nl"
    assert letter.notes == ()


@pytest.mark.parametrize(
    ("source", "identifier", "sender", "others", "day"),
    [
        (KAMERSTUK, "kst-39999-12", "Minister voor Klimaat en Energie", ("Minister van Financiën",), date(2024, 6, 28)),
        (PAGE, "kst-39999-12", "Minister voor Klimaat en Energie", (), date(2024, 6, 28)),
        (
            AANHANGSEL,
            "ah-tk-20242025-123",
            "Minister van Justitie en Veiligheid",
            ("Staatssecretaris Rechtsbescherming",),
            date(2024, 10, 1),
        ),
        (HANDELINGEN, "h-tk-20232024-9-4", "", (), None),
        (VLOS, "", "", (), date(2023, 10, 3)),
    ],
    ids=["kamerstuk", "page", "aanhangsel", "handelingen", "report"],
)
def test_official_papers_name_themselves(source, identifier, sender, others, day):
    letter = read_letter(source.encode())
    assert next(iter(letter.identifiers), "") == identifier
    assert (letter.sender, letter.cosigners, letter.written_on) == (sender, others, day)


@pytest.mark.parametrize(
    ("text", "day", "sure"),
    [
        ("Den Haag, 2 september 2024\n\nGeachte voorzitter,", DAY, True),
        ("'s-Gravenhage, maandag 2 september 2024", DAY, True),
        ("Datum 2 september 2024", DAY, True),
        ("Datum\n\n   2 sept. 2024\nOnderwerp", DAY, True),
        ("Datum: 2-9-2024", DAY, True),
        (
            "Antwoord van Minister Beuk (Defensie), mede namens\nde Minister van Financiën (ontvangen 2 "
            "september 2024)",
            DAY,
            True,
        ),
        ("Vastgesteld 2 september 2024", DAY, True),
        (
            "Vastgesteld 9 september 2024\n\nBij brief van 2 september 2024 zijn ze door de Minister beantwoord.",
            DAY,
            True,
        ),
        ("De Minister heeft deze vragen beantwoord bij brief van 2 september 2024.", DAY, True),
        ("De vaste commissie heeft op 2 september 2024 overleg gevoerd met de Minister.", DAY, True),
        ("Vastgesteld2 september 2024", DAY, True),
        (
            "De vragen zijn met de bij brief van 2 september 2024 toegezonden antwoorden afgedrukt.",
            DAY,
            True,
        ),
        (
            "Vastgesteld 9 september 2024"
            "\n\nBRIEF VAN DE VOORZITTER VAN DE VASTE COMMISSIE\n\nDen Haag, 1 mei 2024\n\nVragen."
            "\n\nBRIEF VAN DE MINISTER VAN FINANCIËN\n\nDen Haag, 2 september 2024\n\nAntwoorden.",
            DAY,
            True,
        ),
        ("Vastgesteld 2 september 2024\n\nBRIEF VAN DE VOORZITTER\n\nDen Haag, 1 mei 2024\n\nVragen.", DAY, True),
        ("14e vergadering, maandag 2 september 2024", DAY, True),
        ("Nummer: 2024D12345, datum: 2024-09-02, bijgewerkt: 2024-10-03 12:00", DAY, True),
        ("Kamerstuk 33529 nr. 521 | Datum publicatie 02-09-2024", DAY, False),
        ("Datum publicatie\n\n2 september 2024", DAY, False),
        ("Kamerbrief | 02-09-2024", DAY, False),
        ("2 september 2024\n\nGeachte voorzitter,", DAY, False),
        ("Vragen van het lid Eik (ingezonden 2 september 2024)", None, False),
        ("In antwoord op uw brief van 2 september 2024, nr. 2024Z12345, deel ik u mede", None, False),
        ("In de vergadering van 2 september 2024 heb ik toegezegd", None, False),
        ("Datum 31 november 2024", None, False),
        ("Datum 1 januari 2999", None, False),
        ("De looptijd is 2024-2025", None, False),
    ],
)
def test_a_letter_dates_itself(text, day, sure):
    assert (dated(text).day, dated(text).sure) == (day, sure)


def test_the_day_of_the_caller_counts_where_the_letter_is_not_sure():
    assert read("Beste lezer, dit is een bericht.", written_on=DAY).written_on == DAY
    assert read("Kamerbrief | 03-03-2023\n\nDe brief zelf.", written_on=DAY).written_on == DAY
    assert read("Den Haag, 30 augustus 2024\n\nDe brief zelf.", written_on=DAY).written_on == date(2024, 8, 30)


def test_a_day_that_is_far_from_what_the_caller_knows_is_anothers():
    letter = read("Den Haag, 3 mei 2012\n\nDe brief zelf.", written_on=DAY)
    assert letter.written_on == DAY
    assert letter.notes[0] == "the text is dated 2012-05-03, taken as of 2024-09-02"


def test_a_letter_without_a_date_says_so():
    assert any("no date found" in note for note in read("De minister stuurt de brief.").notes)


def test_a_day_that_is_still_to_come_is_noticed_where_the_caller_knows_the_day():
    text = "Den Haag, 2 september 2024\n\nGeachte voorzitter, ik stuur u het plan."
    assert "dated 2024-09-02, which is still to come" in read(text, today=date(2024, 9, 1)).notes
    assert read(text, today=DAY).notes == read(text).notes


@pytest.mark.parametrize(
    ("text", "office", "person", "others"),
    [
        (
            "BRIEF VAN DE MINISTER VAN FINANCIËN\n\nDe Minister van Financiën, A.B. Eik",
            "Minister van Financiën",
            "A.B. Eik",
            (),
        ),
        (
            "BRIEF VAN DE MINISTERS VOOR BUITENLANDSE HANDEL EN ONTWIKKELINGSSAMENWERKING EN VAN DEFENSIE\n\n"
            "De Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking, A. Eik\n\nDe Minister van "
            "Defensie, B. Beuk",
            "Minister voor Buitenlandse Handel en Ontwikkelingssamenwerking",
            "A. Eik",
            ("Minister van Defensie",),
        ),
        (
            "Antwoord van Minister Eik (Medische Zorg), mede namens de Ministers van Onderwijs, Cultuur en "
            "Wetenschap en voor "
            "Rechtsbescherming (ontvangen 2 mei 2024)",
            "Minister voor Medische Zorg",
            "Eik",
            ("Minister van Onderwijs, Cultuur en Wetenschap", "Minister voor Rechtsbescherming"),
        ),
        (
            "Hoogachtend,\nde minister van Landbouw, Natuur en Voedselkwaliteit\n\n\nP. Eik\n",
            "Minister van Landbouw, Natuur en Voedselkwaliteit",
            "P. Eik",
            (),
        ),
        (
            "De staatssecretaris van Defensie,\n\nAnna C. van Eik",
            "Staatssecretaris van Defensie",
            "Anna C. van Eik",
            (),
        ),
        (
            "mede namens mijn ambtgenoot van Financiën\n\nDe minister van Defensie\nen ik zullen uw Kamer "
            "spoedig informeren.",
            "",
            "",
            (),
        ),
        ("Dit stuk ondertekent niemand.", "", "", ()),
        (
            "VERSLAG VAN EEN SCHRIFTELIJK OVERLEG\n\n"
            + "De leden vragen veel. " * 500
            + "\n\nBRIEF VAN DE MINISTER VAN DEFENSIE\n\n"
            + "De minister antwoordt. " * 500,
            "Minister van Defensie",
            "",
            (),
        ),
    ],
)
def test_offices_and_names_are_kept_apart(text, office, person, others):
    found = signed(text, 8000, 2500)
    assert (found.office, found.person, found.others) == (office, person, others)


def test_the_sender_of_the_caller_counts():
    assert read(ANSWERS, sender="Minister van Defensie").sender == "Minister van Defensie"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Geachte voorzitter, hierbij informeer ik u over de voortgang van het onderzoek naar de paden in het bos. "
            * 3,
            "nl",
        ),
        (
            "Dear Speaker, please find enclosed the report of the committee on the state of the paths in our forests. "
            * 3,
            "en",
        ),
        (
            "Sehr geehrte Frau Präsidentin, hiermit übersende ich Ihnen den Bericht über die Wege in den "
            "Wäldern und die Kosten. " * 3,
            "de",
        ),
        (
            "Madame la Présidente, je vous prie de trouver ci-joint le rapport de la commission sur les "
            "chemins dans la forêt. " * 3,
            "fr",
        ),
        ("Ja.", "nl"),
    ],
)
def test_another_language_is_noticed(text, language):
    letter = read(text)
    assert letter.language == language
    assert any("not Dutch" in note for note in letter.notes) == (language != "nl")


def test_a_text_that_is_no_letter_is_read_with_a_note():
    letter = read("Neem twee eieren en een pond bloem, roer alles goed door en bak het een half uur in een hete oven.")
    assert any("does not look like a letter" in note for note in letter.notes)


def test_a_letter_becomes_a_document():
    document = as_document(read(ANSWERS, url="https://voorbeeld.nl/brief"), key="", source="letter")
    assert document.key.startswith("letter:")
    assert document.kind is Kind.ANSWER
    assert document.title == "Antwoorden op vragen over gaten in fietspaden"
    assert document.published_on == DAY
    assert document.office == "Staatssecretaris van Infrastructuur en Waterstaat"
    assert document.url == "https://voorbeeld.nl/brief"
    assert "2024Z12345" in document.references
    assert document.facts["cosigners"] == "Minister van Financiën|Minister voor Rechtsbescherming"


@pytest.mark.parametrize(
    ("source", "key", "kind"),
    [
        (KAMERSTUK, "kamer:kst-39999-12", Kind.LETTER),
        (AANHANGSEL, "kamer:ah-tk-20242025-123", Kind.ANSWER),
        (HANDELINGEN, "kamer:h-tk-20232024-9-4", Kind.DEBATE),
    ],
)
def test_a_paper_with_a_number_is_named_by_it(source, key, kind):
    document = as_document(read_letter(source.encode()), key="", source="kamer")
    assert (document.key, document.kind) == (key, kind)
    assert not set(document.references) & set(document.identifiers)


@pytest.mark.parametrize(
    "text",
    [
        "Mededeling van Minister Beuk (Financiën) (ontvangen 2 september 2024)\n\nHierbij deel ik u mee dat de vragen "
        "van het lid Eik (Bos) over paden niet binnen de gebruikelijke termijn kunnen worden beantwoord.",
        "Geachte voorzitter,\n\nDe vragen worden beantwoord, maar dat lukt niet binnen de gestelde termijn.",
    ],
)
def test_a_message_that_answers_will_be_late_is_no_answer(text):
    assert as_document(read(text), key="", source="x").kind is Kind.POSTPONEMENT


def test_a_message_that_answers_will_be_late_is_signed_and_dated():
    letter = read("Mededeling van Minister Beuk (Financiën) (ontvangen 2 september 2024)\n\nHet wordt later.")
    assert (letter.sender, letter.sender_person, letter.written_on) == ("Minister van Financiën", "Beuk", DAY)


def test_the_same_text_has_the_same_key_and_a_given_key_stays():
    assert (
        as_document(read("Een brief."), key="", source="x").key
        == as_document(read("Een brief."), key="", source="x").key
    )
    assert as_document(read("Een brief."), key="x:1", source="x").key == "x:1"


def test_the_address_names_the_paper():
    assert read("Een brief.", url="https://zoek.officielebekendmakingen.nl/kst-39999-7.html").identifiers == (
        "kst-39999-7",
    )


def test_the_number_of_the_questions_is_not_the_letters_own():
    letter = read(ANSWERS, name="2024Z12345.txt", url="https://tweedekamer.nl/detail?id=2024Z12345&did=2024D54321")
    assert letter.identifiers == ("2024D54321",)
    assert letter.questions == ("2024Z12345",)


def test_the_text_alone_is_the_same():
    assert text_of(PAGE.encode()) == read_letter(PAGE.encode()).text
