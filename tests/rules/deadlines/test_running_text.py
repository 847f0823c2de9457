"""`find`: which words of a running text are terms, where they stand, and which are not."""

from datetime import date

import pytest

from rules.grammar_gate import Beginning, beginnings
from rules.resolve import find
from rules.tokens import tokens

WRITTEN = date(2023, 2, 1)

FOUND = [
    (
        "Het programma is in november 20221 begonnen en loopt in mei 202312 af.",  # figures of notes behind the years
        ["in november 20221|2022-11-30", "in mei 202312|2023-05-31"],
    ),
    (
        "Ik informeer uw Kamer voor het zomerreces over de voortgang.",
        ["voor het zomerreces|2023-07-06"],
    ),
    (
        "De evaluatie stuur ik u naar verwachting begin volgend jaar toe.",
        ["naar verwachting begin volgend jaar|2024-03-31"],
    ),
    (
        "Ik zal u voor de zomer, maar uiterlijk in september, berichten.",
        ["voor de zomer, maar uiterlijk in september|2023-09-30"],
    ),
    (
        "Het rapport volgt eind maart of begin april.",
        ["eind maart of begin april|2023-04-10"],
    ),
    (
        "In het najaar ontvangt u de brief en in december het wetsvoorstel.",
        ["In het najaar|2023-12-21", "in december|2023-12-31"],
    ),
    (
        "U ontvangt dit binnen zes weken.",
        ["binnen zes weken|2023-03-15"],
    ),
    (
        "U ontvangt dit vóór het commissiedebat van 8 maart.",
        ["vóór het commissiedebat van 8 maart|2023-03-07"],
    ),
    (
        "Ik rapporteer jaarlijks over de stand van zaken.",
        ["jaarlijks|-"],
    ),
    (
        "U kunt de reactie verwachten binnen de wettelijke termijn, zoals bedoeld in artikel 24 van de Kaderwet "
        "adviescolleges.",
        ["binnen de wettelijke termijn, zoals bedoeld in artikel 24 van de Kaderwet|2023-05-01"],
    ),
    (
        "De Kaderwet adviescolleges noemt een termijn, en in juni volgt de brief.",
        ["in juni|2023-06-30"],
    ),
    (
        "Ik kom hier op korte termijn op terug.",
        ["op korte termijn|-"],
    ),
    (
        "Zodra het onderzoek is afgerond, informeer ik u.",
        ["Zodra het onderzoek is afgerond|-"],
    ),
    (
        "Uiterlijk 1 juli 2023 is de monitor gereed.",
        ["Uiterlijk 1 juli 2023|2023-07-01"],
    ),
    (
        "Dat doe ik in de volgende voortgangsrapportage.",
        ["in de volgende voortgangsrapportage|-"],
    ),
    (
        "Ik stuur de brief in de week van 13 maart.",
        ["in de week van 13 maart|2023-03-19"],
    ),
    (
        "Het debat staat voor maart gepland.",
        ["voor maart|2023-03-31"],
    ),
    (
        "Ik verwacht dit in Q2 af te ronden.",
        ["in Q2|2023-06-30"],
    ),
    (
        "Den Haag, 1 februari 2023\n\nOp 16 maart 2023 spreek ik de Kamer.",
        ["1 februari 2023|2023-02-01", "Op 16 maart 2023|2023-03-16"],
    ),
    (
        "Tijdens het overleg van 3 maart\nkom ik hierop terug.",
        ["Tijdens het overleg van 3 maart|2023-03-03"],
    ),
    (
        "Ik doe dat na de zomer, en dus niet nu.",
        ["na de zomer|2023-12-21"],
    ),
]

NOTHING = [
    "Kamerstukken II 2025/26, 32 761, nr. 12.",
    "Zie artikel 1.5 van de wet en artikel 12, derde lid.",
    "Er is 1,5 miljoen euro en daarna 2000 euro uitgegeven aan 1950 woningen.",
    "Bel 070 340 79 11 of 06-12345678.",
    "In mijn brief van 15 december 2022 heb ik dit gemeld.",
    "De motie van 3 maart is aangenomen.",
    "De begroting van 2023 is vastgesteld.",
    "De middelen staan op de begroting.",
    "De kosten voor 2025 zijn geraamd.",
    "De rapportage over 2022 is openbaar.",
    "Circa 2000 mensen namen deel.",
    "Het gaat om het jaar van de vrijwilliger.",
    "Daar is tot op heden niets van gebleken.",
    "De jaarlijkse rapportage is bekend.",
    "Gedurende twee jaar liep een proef.",
    "Dit is mogelijk en dat is nodig.",
    "Een nieuwe aanpak is in ontwikkeling over nieuwe regels.",
    "De Kamer heeft vragen gesteld over de aanpak.",
    "",
]


def seen(text, calendar, written_on=WRITTEN):
    return [f"{text[s.start : s.end]}|{s.deadline.latest or '-'}" for s in find(text, written_on, calendar)]


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[text[:50] for text, _ in FOUND])
def test_the_terms_of_a_sentence_are_found_with_their_words(text, expected, calendar):
    assert seen(text, calendar) == expected


@pytest.mark.parametrize("text", NOTHING, ids=[text[:50] for text in NOTHING])
def test_what_only_looks_like_a_term_is_left_alone(text, calendar):
    assert seen(text, calendar) == []


def test_the_words_before_a_term_do_not_move_it(calendar):
    term = "Ik informeer u voor het zomerreces."
    for padding in ("", "Woord. " * 300, "Woord\n\n" * 50, "é" * 1000 + " ", "İ" * 10 + ". ", "1 " * 400):
        text = padding + term
        assert [text[s.start : s.end] for s in find(text, WRITTEN, calendar)][-1] == "voor het zomerreces"


def test_looking_only_where_a_clause_can_begin_misses_nothing(calendar, monkeypatch):
    text = " ".join(text for text, _ in FOUND) + " " + " ".join(NOTHING)
    gated = seen(text, calendar)
    monkeypatch.setattr("rules.resolve.beginnings", lambda found: map(Beginning, range(len(found))))
    assert seen(text, calendar) == gated


def test_few_words_can_begin_a_clause():
    words = tokens("De aanpak van stikstof is een goed plan dat boeren helpt bij hun keuzes over grond en water. " * 20)
    assert len(list(beginnings(words))) < len(words) / 20
    assert beginnings(tokens("Ik kom daar in maart op terug.")) == [
        Beginning(3, named=True, happens=True),
        Beginning(4, named=True, happens=False),
    ]
    assert beginnings(tokens("Dat kan na de evaluatie.")) == [Beginning(2, named=False, happens=True)]
    assert not beginnings(tokens("De wet, de evaluatie en het advies."))


@pytest.mark.parametrize(
    "hostile",
    ["1 " * 50_000, "maart " * 20_000, "in " * 50_000, "van " * 50_000, "(" * 100_000, "-" * 100_000, "1-" * 50_000,
     "eind " * 30_000, "eerste " * 30_000, "zodra " * 30_000, "na de " * 30_000, "een week of " * 20_000,
     "tussen 1 mei en " * 10_000, "\n\n" * 50_000, "'" * 100_000, "2023" * 30_000, "é" * 200_000],
    ids=lambda text: text[:6],
)  # fmt: skip
@pytest.mark.timeout(60)
def test_a_hostile_text_takes_bounded_time(hostile, calendar):
    assert all(hostile[s.start : s.end] for s in find(hostile, WRITTEN, calendar))
