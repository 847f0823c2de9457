"""Which day a promise is due, when a sentence names more than one time: each alone in a letter of 14 March 2023."""

from datetime import date

import pytest

from tests.rules.extraction.reading import found

WRITTEN = date(2023, 3, 14)
DUE = [
    (
        "Op 3 maart heb ik u toegezegd de Kamer voor het meireces te informeren over de studie die in april eindigt.",
        "2023-04-20",
    ),
    ("Ik zal u in mei informeren over het onderzoek dat in april wordt afgerond.", "2023-05-31"),
    ("Ik zal u voor de zomer informeren over de uitkomsten van het overleg van 20 april.", "2023-07-06"),
    ("Naar aanleiding van het debat van 20 april 2022 zal ik u in juni een brief sturen.", "2023-06-30"),
    ("Na het overleg met de provincies in april zal ik u in juni een brief sturen.", "2023-06-30"),
    ("De evaluatie over de periode 2018–2022 ontvangt u in het najaar van 2023.", "2023-12-21"),
    ("Het jaarverslag over 2022 zend ik u in mei toe.", "2023-05-31"),
    ("De begroting 2024 bied ik u op Prinsjesdag aan.", "2023-09-19"),
    ("De regeling die op 1 januari 2024 afloopt, zal ik voor het einde van het jaar verlengen.", "2023-12-31"),
    ("In de brief van 1 februari 2023 is gemeld dat de nota in april aan uw Kamer wordt gestuurd.", "2023-04-30"),
    ("Ik streef ernaar dit zo spoedig mogelijk, maar uiterlijk 1 juli 2023 te doen.", "2023-07-01"),
    ("Ik zal u zo spoedig mogelijk, doch uiterlijk in het tweede kwartaal, informeren.", "2023-06-30"),
    ("U ontvangt de brief niet voor de zomer, maar in september.", "2023-09-30"),
    ("In plaats van in mei zal de nota in september aan uw Kamer worden gezonden.", "2023-09-30"),
    ("De nota zal later dan gepland, namelijk in september, aan uw Kamer worden gezonden.", "2023-09-30"),
    ("De termijn van 1 april wordt niet gehaald; u ontvangt de nota in juni.", "2023-06-30"),
    ("Ik verwacht het onderzoek in april te ontvangen en zal u voor de zomer mijn reactie sturen.", "2023-07-06"),
    ("Het onderzoek is naar verwachting in april gereed, waarna ik u voor de zomer zal informeren.", "2023-07-06"),
    ("In april wordt het onderzoek opgeleverd, zodat ik u in juni kan informeren.", "2023-06-30"),
    ("In de voortgangsbrief, die u in juni ontvangt, ga ik hierop in.", "2023-06-30"),
    ("Ik kom hierop terug in de brief die ik u in juni zal sturen.", "2023-06-30"),
    ("De wet wordt in 2025 geëvalueerd.", "2025-12-31"),
    ("De evaluatie van de wet is voorzien voor 2025.", "2025-12-31"),
    ("Per 1 juli 2023 stel ik de regeling open.", "2023-07-01"),
    ("De wet treedt op 1 juli 2023 in werking.", "2023-07-01"),
    ("Twee weken voor het debat van 20 april ontvangt u de brief.", "2023-04-06"),
    ("Voor het debat op 20 april ontvangt u de brief.", "2023-04-19"),
    ("Uiterlijk 18 april, dus voor het debat van 20 april, ontvangt u de brief.", "2023-04-18"),
    ("Nog deze week ontvangt u de brief.", "2023-03-19"),
    ("Eind volgende week ontvangt u de brief.", "2023-03-26"),
    ("Deze maand nog ontvangt u de brief.", "2023-03-31"),
    ("In de eerste helft van volgend jaar ontvangt u de nota.", "2024-06-30"),
    ("In het eerste halfjaar van 2024 ontvangt u de nota.", "2024-06-30"),
    ("Dit kalenderjaar ontvangt u de nota nog.", "2023-12-31"),
    ("Uiterlijk eind dit jaar zal ik de Kamer hierover informeren.", "2023-12-31"),
    ("In de tweede helft van dit jaar zal ik de Kamer hierover informeren.", "2023-12-31"),
    ("Over circa drie maanden zal ik de Kamer hierover informeren.", "2023-06-14"),
    ("Binnen zes weken na heden zal ik de Kamer hierover informeren.", "2023-04-25"),
    ("Komend najaar zal ik de Kamer hierover informeren.", "2023-12-21"),
    ("In de loop van het voorjaar zal ik de Kamer hierover informeren.", "2023-06-21"),
    ("Vlak voor het zomerreces zal ik de Kamer hierover informeren.", "2023-07-06"),
    ("Uiterlijk bij de Miljoenennota zal ik de Kamer hierover informeren.", "2023-09-19"),
    ("Gelijktijdig met de Voorjaarsnota zal ik de Kamer hierover informeren.", "2023-06-01"),
    ("Ik zal uw Kamer, zoals toegezegd in het debat van 1 maart jl., voor 1 mei informeren.", "2023-04-30"),
    ("Zoals ik op 1 maart heb toegezegd, zal ik uw Kamer voor 1 mei informeren.", "2023-04-30"),
    ("Op uw brief van 10 maart 2023 bericht ik u dat ik de vragen voor 1 mei zal beantwoorden.", "2023-04-30"),
    ("Ik zal de vragen voor 1 mei beantwoorden.", "2023-04-30"),
    ("Ik zal de vragen uiterlijk 20 april beantwoorden.", "2023-04-20"),
    ("Ik zal de motie nog voor de zomer uitvoeren.", "2023-07-06"),
    ("Ik zal op het rapport voor de zomer reageren.", "2023-07-06"),
    ("U ontvangt de nota voor het einde van het zomerreces.", "2023-09-03"),
    ("De keuze zal worden opgenomen in de Najaarsnota die vóór 20 november bij u wordt ingediend.", "2023-11-19"),
    ("Gezien de fasering start ik met de evaluatie in 2024.", "2024-12-31"),
    ("De uitkomst wordt in een ingelast overleg op 3 mei 2023 besproken.", "2023-05-03"),
    ("Ter voorbereiding op het debat op 20 april zal ik u op 7 april een briefing geven.", "2023-04-07"),
    ("Ten behoeve van het overleg op 20 april stuur ik u uiterlijk 3 april een overzicht.", "2023-04-03"),
    ("Ter voorbereiding op het debat op 20 april stuur ik u een overzicht.", "2023-04-19"),
    ("Bij de besluitvorming in het najaar zal ik nader ingaan op de gevolgen.", "2023-12-21"),
]


@pytest.mark.parametrize(("sentence", "last_day"), DUE)
def test_the_last_day(sentence, last_day):
    days = [str(one.deadline.latest) for one in found(sentence, written_on=WRITTEN) if one.deadline]
    assert last_day in days


def test_a_later_sentence_takes_over_the_term_of_the_paper_it_speaks_of():
    text = "Begin mei kom ik met een beleidsbrief. In deze brief zal ik een reactie op het advies geven."
    first, second = found(text, written_on=WRITTEN)
    assert str(first.deadline.latest) == str(second.deadline.latest) == "2023-05-10"


def test_a_later_sentence_on_the_same_day():
    text = "Het kabinet zal de stand van zaken op 12 mei bespreken. Ik zal u dezelfde dag over de uitkomst informeren."
    assert [str(one.deadline.latest) for one in found(text, written_on=WRITTEN)] == ["2023-05-12", "2023-05-12"]


@pytest.mark.parametrize(
    ("text", "last_day"),
    [
        ("De inspraak loopt tot en met 20 april. Vóór die tijd zet ik geen onomkeerbare stappen.", "2023-04-20"),
        ("Het college adviseert uiterlijk 12 mei. Tot dat moment zal ik het besluit aanhouden.", "2023-05-12"),
        ("Ik zal dit meenemen in de energienota. Die energienota is voorzien voor oktober.", "2023-10-31"),
        ("Ik zal hierop ingaan in de kabinetsreactie. Deze kabinetsreactie is toegezegd voor juni.", "2023-05-31"),
        ("In mei stuur ik u een brief. Ook zal ik in die brief ingaan op de kosten.", "2023-05-31"),
        ("Ik zal de cijfers voor 1 juni sturen. Binnen dezelfde termijn zal ik de leden berichten.", "2023-05-31"),
    ],
)
def test_a_term_that_a_sentence_beside_names(text, last_day):
    assert str(found(text, written_on=WRITTEN)[-1].deadline.latest) == last_day


@pytest.mark.parametrize(
    "text",
    [
        "De inspraak loopt tot en met 20 april. Ik zal de zorgen van bewoners meenemen.",
        "Ik zal dit meenemen in de energienota. De gemeente komt in oktober met haar energienota.",
        "Ik zal hierop ingaan in de kabinetsreactie. Deze motie is toegezegd voor juni.",
    ],
)
def test_a_term_beside_that_is_about_something_else(text):
    assert [one.deadline for one in found(text, written_on=WRITTEN)][:1] == [None]


def test_a_newer_promise_takes_the_place_of_the_older():
    text = (
        "In mijn vorige brief heb ik aangegeven dat ik de Kamer in april de visie zal sturen. "
        "Ik heb meer overleg nodig. Ik zal uw Kamer de visie in juni doen toekomen."
    )
    assert [str(one.deadline.latest) for one in found(text, written_on=WRITTEN)] == ["2023-06-30"]


def test_an_announcement_that_stands_is_told_again():
    (one,) = found("In mijn vorige brief heb ik aangegeven dat ik de Kamer in april de visie zal sturen.")
    assert str(one.deadline.latest) == "2024-04-30"


def test_a_day_before_after_which_and_a_vague_term_behind_it_are_two_promises():
    text = "Dat gesprek zal op 12 mei plaatsvinden, waarna ik de Kamer spoedig zal inlichten."
    assert [str(one.deadline.latest) for one in found(text, written_on=WRITTEN)] == ["2023-05-12", "None"]


@pytest.mark.parametrize(
    ("before", "count"),
    [
        ("Over de meting ontvangt u een separate brief.", 2),
        ("In mei stuur ik u een nieuwe rapportage.", 2),
        ("Bijgaand vindt u mijn brief aan de gemeenten.", 0),
        ("Hierbij bied ik u de voortgangsrapportage aan.", 0),
    ],
)
def test_what_is_told_in_a_paper_is_a_promise_when_the_paper_is_one(before, count):
    assert len(found(f"{before} Daarin informeer ik u ook over mijn plannen.", written_on=WRITTEN)) == count


def test_a_term_of_an_older_promise_that_has_passed_does_not_come_round_again():
    told = "In mijn vorige brief heb ik gemeld de Kamer voor {} een plan te sturen."
    assert found(told.format("1 mei"), written_on=WRITTEN)
    assert not found(told.format("1 maart"), written_on=WRITTEN)
    assert found(told.format("1 maart 2024"), written_on=WRITTEN)
