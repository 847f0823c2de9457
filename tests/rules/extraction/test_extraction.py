"""What counts as a commitment and what does not, in letters of our own making."""

from datetime import date
from pathlib import Path

import pytest

from rules.commitment import Promise, Strength
from rules.doubts import chance
from sources.document import Letter, Section
from tests.rules.extraction.reading import WRITTEN_ON, found, quotes, the_one

SEED = Path(__file__).parents[3] / "seeds" / "letter-2022Z10980.txt"

# --- the ten kinds of sentences that sound like commitments and are none (reading guide §2) ------------------------

NOT_COMMITMENTS = {
    "the letter itself": [
        "Hierbij bied ik u het jaarplan aan.",
        "In deze brief zal ik ingaan op de kosten.",
        "Als bijlage ontvangt u het verslag van de ronde.",
        "Met deze brief informeer ik uw Kamer over de stand van zaken.",
        "Op de planning kom ik in paragraaf 3 terug.",
    ],
    "the past": [
        "Vorig jaar heb ik uw Kamer over de pilot geïnformeerd.",
        "De wet is in 2021 geëvalueerd.",
        "In mijn vorige brief heb ik aangegeven dat ik het loket zou openen.",
    ],
    "questions": [
        "Bent u bereid dit voor de zomer te onderzoeken?",
        "Wanneer ontvangt de Kamer de evaluatie?",
    ],
    "other bodies": [
        "De gemeenten zullen in mei een plan indienen.",
        "Het RIVM zal in juni over de metingen rapporteren.",
        "De inspectie onderzoekt of de regels zijn nageleefd.",
        "De politie heeft gemeld dat zij dit najaar meer zal controleren.",
    ],
    "refusals": [
        "Ik zal de vergunning niet intrekken.",
        "Ik ben niet voornemens de norm aan te passen.",
        "Ik zie geen aanleiding om een onderzoek te laten uitvoeren.",
    ],
    "general willingness and norms": [
        "Ik ben graag bereid met uw Kamer over dit onderwerp te spreken.",
        "Gemeenten moeten de melding binnen een week behandelen.",
    ],
    "expectations": [
        "De maatregel zal niet leiden tot hogere kosten.",
        "Het aantal meldingen zal volgend jaar verder dalen.",
    ],
    "running talks": ["Momenteel voer ik gesprekken met de koepels."],
    "references": ["Verder verwijs ik naar het antwoord op vraag 2.", "Toezegging over de wachtlijsten"],
    "what members say": [
        "De leden van de fractie vragen of het kabinet dit voor de zomer zal regelen.",
    ],
}


@pytest.mark.parametrize("sentence", [s for group in NOT_COMMITMENTS.values() for s in group])
def test_it_is_no_commitment(sentence):
    assert quotes(f"De stand is als volgt. {sentence} Dat is bekend.") == []


# --- who, what, by when ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "office", "written"),
    [
        ("Ik zal de Kamer in mei informeren.", "Minister van Economische Zaken", "ik"),
        ("Wij zullen de Kamer in mei informeren.", "Minister van Economische Zaken; Minister van Financiën", "wij"),
        ("Het kabinet zal in mei een visie opstellen.", "kabinet", "Het kabinet"),
        (
            "Mijn ambtgenoot van Defensie zal u in mei informeren.",
            "ambtgenoot van Defensie",
            "Mijn ambtgenoot van Defensie",
        ),
        ("Daarom onderzoekt de minister voor Klimaat of dit kan.", "minister voor Klimaat", "de minister voor Klimaat"),
        ("De Belastingdienst start in mei met de herbeoordeling.", "Belastingdienst", "De Belastingdienst"),
    ],
)
def test_the_actor_is_named(sentence, office, written):
    one = the_one(
        sentence,
        sender="Minister van Economische Zaken",
        sender_person="A. Jansen",
        cosigners=("Minister van Financiën",),
    )
    assert (one.actor.office, one.actor.as_written) == (office, written)


def test_the_signatory_is_read_from_the_letter_when_the_reader_found_none():
    text = "Ik zal uw Kamer in mei informeren.\n\nDe Minister van Volksgezondheid, Welzijn en Sport,\nB. de Vries\n"
    assert the_one(text.replace(", Welzijn en Sport", "")).actor.person == "B. de Vries"


@pytest.mark.parametrize(
    ("sentence", "latest"),
    [
        ("Ik stuur uw Kamer voor 1 mei 2024 een brief.", date(2024, 4, 30)),
        ("In het tweede kwartaal ontvangt u de evaluatie.", date(2024, 6, 30)),
        ("Zodra het advies er is, zal ik u informeren.", None),
        ("Ik zal uw Kamer zo spoedig mogelijk informeren.", None),
        (
            "In het debat van 3 februari 2024 is hierom gevraagd en ik zal u eind juni informeren.",
            date(2024, 6, 30),
        ),
    ],
)
def test_the_term_belongs_to_the_promise(sentence, latest):
    one = the_one(sentence)
    assert (one.deadline.latest if one.deadline else None) == latest


def test_a_letter_without_a_date_gives_promises_without_days():
    assert the_one("U ontvangt het plan voor de zomer.", written_on=None).deadline is None


def test_a_term_is_taken_over_from_the_sentence_before():
    first, second = found("Ik stuur u in mei een brief over de bruggen. Daarbij neem ik de vraag over de sluizen mee.")
    assert first.deadline == second.deadline
    assert "takes over the term" in " ".join(second.reasons)


def test_two_promises_with_two_terms_in_one_sentence_are_two():
    one, two = found("Ik stuur uw Kamer in april het plan en ik zal u in september over de uitkomst informeren.")
    assert (one.deadline.latest, two.deadline.latest) == (date(2024, 4, 30), date(2024, 9, 30))
    assert one.end <= two.start


@pytest.mark.parametrize("adding", ["Ook daarover zal ik u", "Daarnaast zal ik u"])
def test_a_promise_that_is_added_in_the_same_words_is_another_one(adding):
    first = "Over de uitkomsten van het onderzoek zal ik u begin volgend jaar informeren."
    text = f"{first} {adding} begin volgend jaar informeren."
    assert len(found(text)) == 2


def test_the_same_promise_in_summary_and_body_is_found_once():
    said = "Ik zal uw Kamer in mei over de herziening van het toezicht informeren."
    text = f"Samenvatting\n\n{said}\n\nToelichting\n\nDe aanleiding is bekend.\n\n{said}"
    assert "said again" in " ".join(the_one(text).reasons)


@pytest.mark.parametrize(
    ("sentence", "kind", "strength"),
    [
        ("Ik zal uw Kamer in mei informeren.", Promise.INFORM, Strength.EXPLICIT),
        ("Het rapport wordt in mei aan uw Kamer gestuurd.", Promise.PUBLISH, Strength.EXPLICIT),
        ("De regeling wordt in 2026 geëvalueerd.", Promise.EVALUATE, Strength.IMPLICIT),
        ("Ik ga hierover in gesprek met de koepels.", Promise.CONSULT, Strength.EXPLICIT),
        ("Ik zal het besluit aanpassen.", Promise.LEGISLATE, Strength.EXPLICIT),
        ("Ik laat onderzoeken hoe groot de groep is.", Promise.RESEARCH, Strength.IMPLICIT),
    ],
)
def test_kind_and_strength(sentence, kind, strength):
    one = the_one(sentence)
    assert (one.kind, one.strength) == (kind, strength)


def test_references_in_the_sentence_are_kept():
    one = the_one("Ik zal u in mei informeren over de motie (Kamerstuk 31 936, nr. 12).")
    assert one.references == ("kst-31936-12", "dossier:31936")


def test_reasons_are_plain_lines_with_the_dutch_cue():
    one = the_one("Ik zal uw Kamer in mei informeren.")
    assert "“ik zal uw”" in one.reasons[0]
    assert 0.5 < one.confidence < 1


def test_a_surer_wording_has_a_higher_chance():
    sure = the_one("Ik zeg u toe dat ik de Kamer in mei zal informeren.")
    plan = the_one("De route wordt in mei nader uitgewerkt.")
    assert sure.confidence > plan.confidence


def test_a_chance_lies_between_nothing_and_certainty():
    assert chance(0) == 0.5
    assert 0 < chance(-1e9) < chance(1) < chance(1e9) <= 1


# --- where the government speaks -------------------------------------------------------------------------------------

DEBATE = """De voorzitter: Ik geef het woord aan mevrouw Bakker.
Mevrouw Bakker (D66): Ik zal de minister een brief sturen. Wij zullen dit in mei bespreken.
Minister Smit: Die brief krijgt u in mei. Dat zeg ik graag toe.
De heer De Wit (CDA): Dan ga ik dat in mei bekijken.
De voorzitter: Dank u wel."""


def test_in_a_debate_only_ministers_promise():
    assert quotes(DEBATE) == ["Die brief krijgt u in mei.", "Dat zeg ik graag toe."]


def test_a_debate_on_one_line_is_read_alike():
    assert quotes(DEBATE.replace("\n", " ")) == quotes(DEBATE)


def test_the_speaker_is_the_actor():
    assert {one.actor.person for one in found(DEBATE)} == {"Smit"}


QUESTIONS = """Vraag 1
Bent u bekend met het bericht? Wij zullen de minister hierover in mei bevragen.
Wanneer zal het kabinet de wet aanpassen?
Antwoord op vraag 1
Ja. Ik zal de wet in 2025 aanpassen.
"""


def test_questions_are_left_out_without_sections():
    (one,) = found(QUESTIONS)
    assert (one.quote, one.section) == ("Ik zal de wet in 2025 aanpassen.", "answer 1")


def test_questions_are_left_out_with_sections():
    cut = QUESTIONS.index("Antwoord")
    sections = (
        Section(role="question", start=0, end=cut, label="1"),
        Section(role="answer", start=cut, end=len(QUESTIONS), label="1"),
    )
    assert quotes(QUESTIONS, sections=sections) == ["Ik zal de wet in 2025 aanpassen."]


@pytest.mark.parametrize(
    "head",
    ["BRIEF VAN DE VOORZITTER VAN DE COMMISSIE", "MOTIE VAN HET LID JANSEN", "INBRENG VERSLAG VAN EEN OVERLEG"],
)
def test_papers_of_others_hold_no_commitments(head):
    assert quotes(f"Nr. 3 {head}\n\nHet kabinet zal de Kamer in mei informeren.") == []


def test_a_letter_of_the_government_after_one_of_the_committee_is_read():
    text = "BRIEF VAN DE VOORZITTER\n\nWij zullen u bevragen.\n\nBRIEF VAN DE MINISTER\n\nIk zal u in mei informeren."
    assert quotes(text) == ["Ik zal u in mei informeren."]


def test_quotations_are_not_the_sender_s():
    assert (
        quotes("In het stuk staat het volgende. «Wij zullen dit in mei regelen. Ik zal u informeren.» Dat is bekend.")
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "I will inform parliament before the summer and I will send the report to the House in May. " * 5,
        "Ich werde das Parlament vor dem Sommer informieren und den Bericht im Mai an den Bundestag senden. " * 5,
    ],
)
def test_another_language_gives_nothing(text):
    assert quotes(text) == []
    assert quotes("Ik zal u in mei informeren.", language="en") == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "?", "1", "\u00a0"])
def test_nothing_in_nothing(text):
    assert quotes(text) == []


# --- an earlier promise ----------------------------------------------------------------------------------------------


def test_an_earlier_promise_whose_term_is_ahead_still_stands():
    assert len(quotes("In een vorige brief is toegezegd een overzicht voor Prinsjesdag te delen.")) == 1


@pytest.mark.parametrize(
    "after",
    [
        "Helaas is dit niet haalbaar.",
        "Door ziekte is vertraging ontstaan.",
    ],
)
def test_an_earlier_promise_that_is_taken_back_does_not_stand(after):
    assert quotes(f"In een vorige brief is toegezegd een overzicht voor Prinsjesdag te delen. {after}") == []


def test_an_earlier_promise_that_is_kept_here_does_not_stand():
    kept = "In het overleg is toegezegd het plan voor 1 april 2024 te delen. Hierbij bied ik u het plan aan."
    assert quotes(kept) == []


OPENING = "In het debat van 6 februari heb ik toegezegd u voor het zomerreces te informeren over de woonlasten."
SITUATION = "De woonlasten zijn in acht jaar flink gestegen. Voor huurders was de stijging veruit het grootst."


def test_what_a_letter_opens_with_is_kept_by_what_follows():
    assert quotes(f"{OPENING} {SITUATION}") == []


@pytest.mark.parametrize(
    "text",
    [
        OPENING,
        f"{OPENING} Dat blijft zo.",
        f"{SITUATION} {OPENING} {SITUATION}",
        f"Op 6 februari heb ik toegezegd het stelsel voor de zomer te herzien. {SITUATION}",
    ],
)
def test_an_earlier_promise_stands_where_nothing_follows_or_it_is_no_opening(text):
    assert len(quotes(text)) == 1


@pytest.mark.parametrize(
    "newer",
    [
        "Daarom denk ik de Kamer op zijn laatst in september meer te kunnen melden.",
        "De uitkomsten worden u in september voorgelegd.",
        "In september ontvangt uw Kamer de cijfers.",
    ],
)
def test_a_newer_promise_takes_the_place_of_the_older(newer):
    older = "In een eerdere brief is toegezegd de cijfers voor het zomerreces te delen."
    assert quotes(f"{SITUATION} {older} De gesprekken daarover zijn gevoerd. {newer}") == [newer]


# --- the seed letter -------------------------------------------------------------------------------------------------


def test_the_seed_letter_holds_its_five_promises():
    letter = found(SEED.read_text(encoding="utf-8"), written_on=date(2022, 9, 2))
    cues = [
        "(WODC)",
        "ga ik in gesprek met de Vereniging",
        "onderzoekt de minister",
        "werkagenda",
        "Vereniging van Raadsleden",
    ]
    assert len(letter) == len(cues)
    assert all(cue in " ".join(one.quote.split()) for cue, one in zip(cues, letter, strict=True))
    assert letter[0].actor.office == "WODC"
    assert letter[2].actor.office == "minister voor Rechtsbescherming"


def test_the_day_of_the_letter_is_an_argument():
    assert Letter(text="").written_on is None
    assert date(2024, 3, 1) == WRITTEN_ON
