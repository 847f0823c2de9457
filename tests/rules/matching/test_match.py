"""What `match` says of one promise and one paper, and why."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rules.commitment import Actor, Commitment, Place, Promise
from rules.event import Match, Verdict
from rules.matching import match, model
from sources.document import Document, Kind

Promises = Callable[..., Commitment]
Papers = Callable[..., Document]
TITLE = "Evaluatie veerverbinding Harlingen-Terschelling"
OFFERS = (
    "Zoals toegezegd ontvangt u hierbij de evaluatie van de veerverbinding en van de dienstregeling van de veerboten."
)


def _found(commitment: Commitment, document: Document) -> Match:
    found = match(commitment, document)
    assert found is not None
    return found


def _signals(found: Match) -> dict[str, float]:
    return {reason.signal: reason.weight for reason in found.reasons}


def test_the_promised_paper_is_found_and_explained(promise: Promises, paper: Papers):
    found = _found(promise(), paper(TITLE, OFFERS))
    assert found.verdict is Verdict.FULFILLED
    assert found.score > 0.9
    assert {"words", "title", "product", "office", "settles"} <= _signals(found).keys()
    assert all(reason.text for reason in found.reasons)
    heaviest = [abs(reason.weight) for reason in found.reasons]
    assert heaviest == sorted(heaviest, reverse=True)


def test_the_reasons_add_up_to_the_score(promise: Promises, paper: Papers):
    found = _found(promise(), paper(TITLE, OFFERS))
    total = model().intercept + sum(_signals(found).values())
    assert 1 / (1 + 2.718281828459045**-total) == pytest.approx(found.score, abs=0.01)


@pytest.mark.parametrize(
    ("title", "text", "changes", "verdict"),
    [
        ("Uitstel evaluatie veerverbinding Harlingen-Terschelling", "", {}, Verdict.POSTPONED),
        (TITLE, "De evaluatie van de veerverbinding kost meer tijd dan gedacht.", {}, Verdict.POSTPONED),
        ("Stand van zaken veerverbinding Harlingen-Terschelling", "", {}, Verdict.PROGRESS),
        ("Lijst van vragen over de evaluatie van de veerverbinding", "", {"kind": Kind.QUESTION}, Verdict.POSSIBLE),
        (
            "Motie van het lid Jansen over de evaluatie van de veerverbinding",
            "",
            {"kind": Kind.MOTION},
            Verdict.POSSIBLE,
        ),
        (TITLE, "", {"kind": Kind.DEBATE}, Verdict.POSSIBLE),
        ("Evaluatie veerverbinding naar Kamer", "", {"kind": Kind.NEWS, "office": ""}, Verdict.POSSIBLE),
        (TITLE, OFFERS, {"kind": Kind.REPORT}, Verdict.POSSIBLE),
        (TITLE, OFFERS, {"kind": Kind.ANNEX}, Verdict.POSSIBLE),
        (TITLE, OFFERS, {"withdrawn": True}, Verdict.POSSIBLE),
        (TITLE, OFFERS, {"published_on": date(2022, 6, 20)}, Verdict.POSSIBLE),
        (TITLE, OFFERS, {"published_on": None}, Verdict.POSSIBLE),
    ],
)
def test_what_is_no_keeping_is_never_called_one(
    promise: Promises, paper: Papers, title: str, text: str, changes: dict[str, Any], verdict: Verdict
):
    found = match(promise(), replace(paper(title, text), **changes))
    assert found is None or found.verdict is verdict


@pytest.mark.parametrize(
    ("on", "verdict"), [(date(2024, 7, 6), Verdict.FULFILLED), (date(2024, 7, 8), Verdict.POSSIBLE)]
)
def test_more_than_a_year_behind_its_term_a_person_must_say(promise: Promises, paper: Papers, on: date, verdict: str):
    assert _found(promise(), paper(TITLE, OFFERS, on=on)).verdict is verdict


def test_long_behind_its_term_a_paper_that_names_it_still_keeps_it(promise: Promises, paper: Papers):
    cites = paper(TITLE, OFFERS, on=date(2025, 2, 1), references=("kst-31409-400",))
    assert _found(promise(), cites).verdict is Verdict.FULFILLED


def test_an_undated_promise_is_kept_however_late(promise: Promises, paper: Papers):
    assert _found(promise(due=None), paper(TITLE, OFFERS, on=date(2024, 12, 1))).verdict is Verdict.FULFILLED


def test_a_letter_about_many_promises_must_hold_more_of_its_words(promise: Promises, paper: Papers):
    near = "Toezeggingen over de evaluatie van de veerverbinding Harlingen-Terschelling"
    far = "Toezeggingen over de evaluatie van onder meer de veerboten"
    assert _found(promise(), paper(near, OFFERS)).verdict is Verdict.FULFILLED
    assert _found(promise(), paper(far, "De evaluatie van de veerboten is gereed.")).verdict is Verdict.POSSIBLE


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Besluit uitbreiding vaccinatie tegen HPV", "De Gezondheidsraad adviseert jongens te vaccineren."),
        ("Normen voor de acute zorg", "De spoedeisende hulp en de aanrijtijden van ambulances."),
        ("Evaluatie", ""),
    ],
)
def test_another_subject_is_no_match_or_a_faint_one(promise: Promises, paper: Papers, title: str, text: str):
    found = match(promise(), paper(title, text))
    assert found is None or found.score < 0.1


def test_another_edition_of_a_series_scores_lower_and_says_why(promise: Promises, paper: Papers):
    asked = promise("Ik stuur u de stand van de spreiding van veerdiensten 2024-2028 toe", due=None)
    right = _found(asked, paper("Stand spreiding veerdiensten 2024-2028"))
    wrong = _found(asked, paper("Stand spreiding veerdiensten 2025-2029"))
    assert right.score > wrong.score
    assert "edition" in _signals(right)
    assert _signals(wrong)["other_edition"] < 0


def test_the_letter_that_made_the_promise_does_not_keep_it(promise: Promises, paper: Papers):
    assert match(promise(), paper(TITLE, OFFERS, identifiers=("kst-31409-400",))) is None


def test_a_paper_that_tells_of_an_older_promise_may_answer_it(promise: Promises, paper: Papers):
    url = "https://zoek.officielebekendmakingen.nl/kst-31409-420.html"
    told = promise(own=(), places=(Place(document="x", url=url),))
    later, then = paper(TITLE, OFFERS, url=url), paper(TITLE, OFFERS, url=url, on=date(2023, 3, 1))
    assert "told" in _signals(_found(told, later))
    assert match(told, then) is None


def test_a_paper_that_only_repeats_the_promise_is_not_claimed(promise: Promises, paper: Papers):
    url = "https://zoek.officielebekendmakingen.nl/kst-31409-420.html"
    told = promise(own=(), places=(Place(document="x", url=url),))
    found = _found(told, paper("Veerverbinding Harlingen-Terschelling en dienstregeling veerboten", url=url))
    assert found.verdict is Verdict.POSSIBLE


@pytest.mark.parametrize(
    ("reference", "where"),
    [("TZ202303-011", "text"), ("wodc:3301", "references"), ("2023Z01234", "text"), ("kst-31409-388", "text")],
)
def test_an_official_reference_is_enough_to_be_judged(promise: Promises, paper: Papers, reference: str, where: str):
    asked = promise("Ik kom hierop terug", references=(reference,), due=None)
    written = reference.replace("wodc:", "project ")
    cited = paper("Brief", f"In reactie op {written}.") if where == "text" else paper("Brief", references=(reference,))
    assert "reference" in _signals(_found(asked, cited))
    assert match(asked, paper("Brief", "Geen verwijzing.")) is None


def test_the_same_dossier_speaks_for_a_paper(promise: Promises, paper: Papers):
    inside = _found(promise(), paper(TITLE, identifiers=("kst-31409-410",)))
    outside = _found(promise(), paper(TITLE, identifiers=("kst-29984-410",)))
    assert inside.score > outside.score
    assert "dossier" in _signals(inside)


def test_nearer_to_the_promise_is_likelier(promise: Promises, paper: Papers):
    scores = [_found(promise(), paper(TITLE, OFFERS, on=date(year, 6, 20))).score for year in (2023, 2026, 2032)]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] > scores[2]


def test_an_undated_promise_is_bounded_by_the_days_in_office(promise: Promises, paper: Papers):
    asked = promise(made_on=None, due=None, actor=Actor(office="Minister van IenW (Harbers)"))
    early, later = (match(asked, paper(TITLE, OFFERS, on=date(year, 6, 20))) for year in (2019, 2023))
    assert later is not None
    assert later.verdict is Verdict.FULFILLED
    assert early is None or early.verdict is Verdict.POSSIBLE


def test_other_words_of_the_same_subject_and_the_letter_around_help(promise: Promises, paper: Papers):
    asked = promise("Ik zal de boeren een plan sturen met meer perspectief", due=None)
    answer = paper("Toekomst van de agrarische sector", "Plan voor tuinders en veehouders.")
    alone = match(asked, answer)
    around = match(replace(asked, context="De toekomst van de agrarische sector is onzeker voor tuinders."), answer)
    assert around is not None
    assert around.score > (alone.score if alone else 0.0)


def test_the_steps_after_a_promised_study(promise: Promises, paper: Papers):
    asked = promise("Het WODC doet onderzoek naar de veerverbinding tussen Harlingen en Terschelling", due=None)
    steps = {
        "report": paper("Onderzoek naar de veerverbinding Harlingen-Terschelling", kind=Kind.REPORT),
        "offering": paper("Aanbieding onderzoek naar de veerverbinding Harlingen-Terschelling"),
        "reaction": paper("Beleidsreactie op het onderzoek naar de veerverbinding Harlingen-Terschelling"),
    }
    assert {name: _found(asked, document).step for name, document in steps.items()} == {name: name for name in steps}


def test_the_kind_of_promise_counts_when_its_words_name_no_product(promise: Promises, paper: Papers):
    quote = "Ik kom terug op de veerverbinding tussen Harlingen en Terschelling"
    plain = _found(promise(quote, due=None), paper(TITLE))
    evaluation = _found(promise(quote, due=None, kind=Promise.EVALUATE), paper(TITLE))
    assert evaluation.score > plain.score


def test_a_postponement_names_its_new_term(promise: Promises, paper: Papers):
    text = "Toezending voor de zomer is niet haalbaar gebleken; u ontvangt de evaluatie uiterlijk 15 december 2023."
    found = _found(promise(), paper("Uitstel evaluatie veerverbinding Harlingen-Terschelling", text))
    assert found.new_latest == date(2023, 12, 15)
    assert "15 december 2023" in found.new_term


def test_a_passage_deep_in_a_long_letter_is_found(promise: Promises, paper: Papers):
    filling = "De haven van Den Helder krijgt een kade. " * 80
    passage = (
        "De evaluatie van de veerverbinding tussen Harlingen en Terschelling en de dienstregeling van de veerboten."
    )
    deep = match(promise(), paper("Verzamelbrief scheepvaart", f"{filling}{passage} {filling}"))
    spread = " ".join(f"{word} {filling}" for word in passage.split())
    scattered = match(promise(), paper("Verzamelbrief scheepvaart", spread))
    assert deep is not None
    assert scattered is None or scattered.score < deep.score


def test_the_title_of_the_dossier_does_not_dilute_the_title(promise: Promises, paper: Papers):
    facts = {"dossier_title": "Zeehavenbeleid en scheepvaart in de Waddenzee", "kind": "Brief regering"}
    long = f"{facts['dossier_title']}; {facts['kind']}; {TITLE}"
    assert _found(promise(), paper(long, OFFERS, facts=facts)) == _found(promise(), paper(TITLE, OFFERS))
    assert match(promise(), paper(facts["dossier_title"], facts=facts)) is None


def test_a_cosigner_speaks_for_its_ministry(promise: Promises, paper: Papers):
    other = "Minister van Financiën"
    alone = _found(promise(), paper(TITLE, office=other))
    together = _found(promise(), paper(TITLE, office=other, facts={"cosigners": "Minister van IenW"}))
    assert together.score > alone.score
