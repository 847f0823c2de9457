"""What is said about one happening: careful, complete, and the same for mail and feeds."""

from dataclasses import replace
from datetime import date

import pytest
from notification_examples import BASE, HOSTILE, TERM, commitment, document, happening, source_happening

from notifications.telling import QUOTE_LIMIT, REASONS, state_words, tell, term_words
from notifications.words import Language
from rules.commitment import Place, Status
from rules.deadline import Deadline, Precision
from rules.event import EventKind, Evidence
from rules.expecting import with_steps
from rules.life import apply

NL, EN = Language.NL, Language.EN
E = EventKind


def facts(told):
    return {fact.name: fact.text for fact in told.facts}


def test_a_fulfilment_says_who_what_when_and_why():
    told = tell(happening(), NL)
    assert told.headline == "Volgens ons nagekomen"
    assert told.sentence == "Volgens ons komt dit stuk de toezegging na."
    assert told.quote.startswith("Ik stuur uw Kamer")
    assert facts(told) == {
        "Stuk": "Plan veilige fietspaden",
        "Bron": "Kamerbrief op 3 juli 2023, Minister van Fietsen",
        "Wie": "Minister van Fietsen (J. de Vries)",
        "Aan": "het lid Jansen (Partij F)",
        "Soort": "de Kamer informeren",
        "Toegezegd": "1 februari 2023, Brief over fietspaden",
        "Termijn": "“voor het zomerreces” (uiterlijk 6 juli 2023)",
        "Wanneer": "3 dagen voor het einde van de termijn",
        "Hoe zeker": "zeer waarschijnlijk (91 %)",
        "Beslist door": "automatisch, nog niet door een mens bekeken",
    }
    assert [fact.link for fact in told.facts if fact.name == "Stuk"] == ["https://example.org/kst-29398-1042"]


def test_reasons_come_weightiest_first_and_counterarguments_last():
    assert tell(happening(), EN).reasons == (
        "zelfde zeldzame woorden: fietspaden",
        "beide in dossier 29398",
        "Speaks against it: andere afzender",
    )


def test_reasons_are_bounded():
    many = tuple(Evidence(signal="s", weight=0.1, text=f"reden {n}") for n in range(40))
    assert len(tell(happening(reasons=many), NL).reasons) == REASONS


def test_a_persons_decision_is_no_longer_only_our_view():
    told = tell(happening(by="Anna de Boer", note="Gelezen en akkoord"), NL)
    assert told.headline == "Nagekomen"
    assert told.sentence == "Anna de Boer heeft bekeken dat de toezegging is nagekomen."
    assert facts(told)["Beslist door"] == "Anna de Boer"
    assert facts(told)["Toelichting"] == "Gelezen en akkoord"
    assert "Hoe zeker" not in facts(told)


def test_overdue_says_that_we_found_nothing_and_counts_the_days():
    late = happening(E.OVERDUE).event.at.replace(day=8)
    told = tell(happening(E.OVERDUE, at=late), NL)
    assert told.headline == "Niet binnen de termijn gevonden"
    assert "tot en met donderdag 6 juli 2023" in told.sentence
    assert "wij vonden geen stuk dat de toezegging nakomt" in told.sentence
    assert facts(told)["Wanneer"] == "2 dagen na het einde van de termijn"


@pytest.mark.parametrize("kind", [E.OVERDUE, E.DUE_SOON])
def test_a_horizon_of_ours_is_called_ours(kind):
    undated = commitment(deadlines=())
    data = {"horizon": "ours", "latest": "2024-02-01"}
    told = tell(happening(kind, promise=undated, subject="2024-02-01", data=data), NL)
    assert "Die datum is van ons, niet van de minister." in told.sentence
    assert "termijn is verstreken" not in told.sentence
    assert facts(told)["Termijn"] == "1 februari 2024 (een datum van ons, niet van de minister)"
    assert "Wanneer" not in facts(told)


def test_an_overdue_event_keeps_its_own_term_after_a_postponement():
    moved = commitment(deadlines=(TERM, replace(TERM, text="dit najaar", latest=date(2023, 12, 20))))
    assert "6 juli 2023" in tell(happening(E.OVERDUE, promise=moved), NL).sentence


def test_a_postponement_shows_the_old_and_the_new_term():
    data = {"latest": "2023-12-20", "term": "in het najaar"}
    for promise in (commitment(), commitment(deadlines=(TERM, replace(TERM, latest=date(2023, 12, 20))))):
        told = tell(happening(E.POSTPONED, promise=promise, data=data), NL)
        assert told.sentence == "Er is een nieuwe termijn genoemd: tot en met woensdag 20 december 2023."
        assert facts(told)["Oude termijn"] == "“voor het zomerreces” (uiterlijk 6 juli 2023)"
        assert facts(told)["Nieuwe termijn"] == "“in het najaar” (uiterlijk 20 december 2023)"


def test_a_postponement_without_a_day_says_so():
    told = tell(happening(E.POSTPONED, data={"latest": "binnenkort"}), NL)
    assert told.sentence == "De termijn is verschoven. Een nieuwe dag is niet genoemd."


def test_a_decision_about_a_paper_is_not_one_about_the_promise():
    about_promise = tell(happening(E.REJECTED, by="Anna"), NL)
    about_paper = tell(happening(E.REJECTED, by="Anna", document="ob:x"), NL)
    assert about_promise.sentence == "Na controle: dit is geen toezegging."
    assert about_paper.sentence == "Na controle: dit stuk komt de toezegging niet na. Wij zoeken verder."


def test_a_decision_without_a_paper_does_not_speak_of_this_paper():
    for kind in (E.FULFILLED, E.PARTLY, E.PROGRESS, E.FOLLOW_UP):
        assert "dit stuk" not in tell(happening(kind, document=""), NL).sentence.lower()


def test_a_merge_points_at_the_promise_that_lives_on():
    told = tell(happening(E.MERGED, by="Anna", data={"into": "zzz999"}), EN)
    assert facts(told)["Now at"] == f"{BASE}/toezeggingen/zzz999"


def test_a_silent_source_is_told_without_blame():
    told = tell(source_happening(), NL)
    assert "Wij konden de bron WODC niet lezen" in told.sentence
    assert told.quote == ""
    assert told.look == "Bekijk de bronnen"
    assert tell(source_happening(E.SOURCE_BACK), EN).sentence.startswith("We can read the source WODC again")


@pytest.mark.parametrize("kind", list(EventKind))
@pytest.mark.parametrize("language", list(Language))
def test_every_kind_can_be_told_with_bare_nouns(kind, language):
    bare = commitment(
        actor=commitment().actor.__class__(), addressee="", ministry="", made_on=None, places=(), deadlines=()
    )
    told = tell(happening(kind, promise=bare, subject="", document="", reasons=(), score=None), language)
    assert told.headline
    assert "{" not in told.sentence
    assert all(fact.text for fact in told.facts)


@pytest.mark.parametrize("kind", list(EventKind))
def test_braces_and_hostile_text_from_outside_stay_text(kind):
    hostile = commitment(quote=HOSTILE + "{by}", action="{day}" + HOSTILE, addressee=HOSTILE)
    paper = document(title=HOSTILE, url="javascript:alert(1)", office=HOSTILE)
    told = tell(happening(kind, promise=hostile, paper=paper, by="{source}", note=HOSTILE), NL)
    every = [told.quote, told.what, told.sentence, *(fact.text for fact in told.facts)]
    assert not any(c in text for text in every for c in "\x00\x1b\r\u202e\ufffe")
    assert not any(fact.link.startswith("javascript") for fact in told.facts)
    assert "{by}" in told.quote


def test_a_long_quote_is_cut_at_a_sentence():
    long = commitment(quote="Wij doen van alles en nog wat. " * 100)
    quote = tell(happening(promise=long), NL).quote
    assert len(quote) <= QUOTE_LIMIT
    assert quote.endswith("wat. …")


def test_a_withdrawn_paper_is_called_so():
    assert "ingetrokken" in facts(tell(happening(paper=document(withdrawn=True)), NL))["Toelichting"]


@pytest.mark.parametrize(
    ("deadline", "expected"),
    [
        (None, "geen termijn genoemd"),
        (Deadline(text="op korte termijn"), "“op korte termijn”"),
        (
            Deadline(text="dit najaar", earliest=date(2023, 9, 21), latest=date(2023, 12, 20)),
            "“dit najaar” (van 21 september 2023 tot en met 20 december 2023)",
        ),
        (
            Deadline(text="jaarlijks", precision=Precision.RECURRING, recurring=True),
            "“jaarlijks” (steeds opnieuw)",
        ),
        (Deadline(text="", latest=date(2023, 1, 2)), "uiterlijk 2 januari 2023"),
        (Deadline(text=""), "geen termijn genoemd"),
    ],
)
def test_a_term_is_its_words_and_its_days(deadline, expected):
    assert term_words(deadline, NL) == expected


def test_a_status_set_by_a_person_is_not_in_our_view():
    assert state_words(commitment(status=Status.FULFILLED), NL) == "volgens ons nagekomen"
    assert state_words(commitment(status=Status.FULFILLED, decided_by="Anna"), NL) == "nagekomen"
    assert state_words(commitment(status=Status.NOT_MEASURABLE), EN) == "not measurable"


def test_the_first_place_is_where_it_was_promised():
    untitled = commitment(places=(Place(document="tk:1", url="", title=""),))
    assert facts(tell(happening(promise=untitled), NL))["Toegezegd"] == "1 februari 2023"


@pytest.mark.parametrize(
    ("status", "score", "step", "headline"),
    [
        (Status.FULFILLED, 0.9, "reaction", "Reactie van het kabinet gevonden"),
        (Status.FULFILLED, 0.9, "offering", "Aanbieding aan de Kamer gevonden"),
        (Status.FULFILLED, 0.5, "reaction", "Mogelijk vervolg gevonden"),
        (Status.OPEN, 0.9, "reaction", "Mogelijk vervolg gevonden"),
        (Status.FULFILLED, 0.9, "report", "Mogelijk vervolg gevonden"),
        (Status.FULFILLED, 0.9, "", "Mogelijk vervolg gevonden"),
    ],
)
def test_a_later_step_is_named_only_when_we_are_sure_of_it_and_the_promise_was_kept(status, score, step, headline):
    made = happening(E.FOLLOW_UP)
    event = replace(made.event, score=score, data={"step": step} if step else {})
    assert tell(replace(made, event=event, commitment=commitment(status=status)), NL).headline == headline


def test_what_changed_in_a_paper_is_a_fact_of_its_own():
    made = happening(E.PROGRESS)
    changed = replace(made, event=replace(made.event, data={"changed": "“mei” → “juni”"}))
    assert facts(tell(changed, NL))["Veranderd in dit stuk"] == "“mei” → “juni”"
    assert "Veranderd in dit stuk" not in facts(tell(made, NL))


STUDY = with_steps(commitment(quote="Ik stuur u het onderzoek naar fietspaden met mijn reactie daarop."))


def stepped(kind, promise=STUDY, **changes):
    made = happening(kind, promise=promise)
    return replace(made, event=replace(made.event, **changes))


def test_what_is_told_of_a_part_says_how_far_the_steps_are():
    part = stepped(E.PARTLY, data={"step": "offering", "published_on": "2023-07-03"})
    told = replace(part, commitment=apply(STUDY, part.event))
    dutch, english = facts(tell(told, NL))["Stappen"], facts(tell(told, EN))["Steps"]
    assert "het rapport is aan de Kamer gestuurd: volgens ons gevonden, 3 juli 2023" in dutch
    assert "het kabinet heeft gereageerd: nog niet gevonden" in dutch
    assert "the cabinet reacted: not found yet" in english
    assert "Stappen" not in facts(tell(stepped(E.MADE), NL))
    assert "Stappen" not in facts(tell(happening(E.PARTLY, promise=with_steps(commitment())), NL))


@pytest.mark.parametrize(
    ("do", "headline", "sentence"),
    [
        ("add", "Stap toegevoegd", "Anna heeft bekeken dat bij de toezegging ook deze stap hoort: het kabinet heeft"),
        ("drop", "Stap niet nodig", "Anna heeft bekeken dat deze stap niet nodig is"),
        ("met", "Stap gezet", "Anna heeft bekeken dat deze stap is gezet"),
        ("open", "Stap staat weer open", "Anna heeft bekeken dat deze stap nog niet is gezet"),
        ("undo", "Stap aangepast", "Anna heeft een besluit genomen over een stap"),
    ],
)
def test_what_a_person_decided_about_a_step_is_told_with_the_name(do, headline, sentence):
    told = tell(stepped(E.STEP, by="Anna", data={"step": "reaction", "do": do}), NL)
    assert told.headline == headline
    assert told.sentence.startswith(sentence)


def test_a_next_round_is_told_as_one_and_not_as_a_change_of_mind():
    opens = stepped(E.REOPENED, data={"round": "2", "latest": "2024-07-01"})
    assert tell(opens, NL).headline == "Volgende ronde"
    assert "round 2 is open" in tell(opens, EN).sentence
    assert tell(stepped(E.REOPENED, by="Anna", data={}), NL).headline == "Weer open"


def test_the_end_of_a_steps_own_term_is_told_with_that_term():
    promise = with_steps(commitment(quote="Het rapport is voor de zomer gereed en in het najaar volgt mijn reactie."))
    late = stepped(E.OVERDUE, promise, data={"latest": "2023-12-21", "steps": "reaction", "term": "in het najaar"})
    assert facts(tell(late, NL))["Termijn"].startswith("“in het najaar”")
    assert facts(tell(stepped(E.OVERDUE, promise, data={"latest": "2023-07-06"}), NL))["Termijn"].startswith("“voor")


def test_a_part_and_an_earlier_round_are_held_against_their_own_term():
    promise = with_steps(commitment(quote="Het rapport is voor de zomer gereed en in het najaar volgt mijn reactie."))
    part = stepped(E.PARTLY, promise, data={"step": "offering", "published_on": "2023-07-03"})
    told = facts(tell(replace(part, commitment=apply(promise, part.event)), NL))
    assert (told["Termijn"][:18], told["Wanneer"]) == ("“voor de zomer” (u", "3 dagen voor het einde van de termijn")
    yearly = with_steps(commitment(deadlines=(replace(TERM, recurring=True),)))
    kept = stepped(E.FULFILLED, yearly, data={"published_on": "2023-07-03"})
    opens = replace(kept.event, kind=E.REOPENED, key="next", data={"round": "2", "latest": "2024-07-06"})
    now = replace(kept, commitment=apply(apply(yearly, kept.event), opens))
    assert facts(tell(now, NL))["Wanneer"] == "3 dagen voor het einde van de termijn"
