"""From a sentence, or a row of a register, to a promise that is remembered."""

from dataclasses import replace
from datetime import date

import pytest
from life_examples import NOW, QUOTE, STAFF, TEXT, found, letter, paper, promise, row

from rules.commitment import Actor, Place, Status
from rules.deadline import Deadline
from rules.event import EventKind
from rules.life import apply, days_late, replay
from rules.policy import Policy
from rules.tracking import (
    MINISTRIES,
    conflict,
    context_of,
    ministry_of,
    register_events,
    restates,
    restating,
    track,
    tracked_from_register,
)
from rules.vocabulary import data
from sources.document import Section

E, S = EventKind, Status
POLICY = Policy(review_below=0.5)


def tracked(**changes):
    return track(found(**changes), letter(), paper(), POLICY)


def test_a_sentence_becomes_a_promise_with_its_place():
    one = tracked()
    assert (one.quote, one.made_on, one.status) == (QUOTE, date(2023, 2, 1), S.OPEN)
    (place,) = one.places
    assert (place.document, TEXT[place.start : place.end]) == ("tk:1", QUOTE)
    assert (one.actor.office, one.actor.person) == ("minister van Infrastructuur en Waterstaat", "J. de Vries")
    assert one.ministry == "Infrastructuur en Waterstaat"
    assert one.deadline.latest == date(2023, 7, 6)


def test_a_doubtful_promise_waits_for_a_person():
    assert tracked(confidence=0.49).status is S.PROPOSED
    assert tracked(confidence=0.5).status is S.OPEN


def test_the_letters_own_numbers_cannot_keep_it_and_are_no_references():
    one = tracked(references=("kst-29398-11", "kst-30000-1"))
    assert one.own == ("kst-29398-11", "2023D00001")
    assert one.references == ("kst-30000-1", "kst-29398-12", "dossier:29398", "2023Z00002")


def test_the_name_of_the_signatory_is_not_given_to_another_office():
    other = Actor(office="minister voor Rechtsbescherming", as_written="de minister voor Rechtsbescherming")
    one = tracked(actor=other)
    assert (one.actor.person, one.ministry) == ("", "Justitie en Veiligheid")


def test_context_is_the_subject_and_the_sentences_around():
    assert context_of(found(), letter()).split("\n") == [
        "Veilige fietspaden",
        "Het plan is klaar.",
        "De provincies doen mee.",
        QUOTE,
        "Daarin staat ook de fietsbrug (Kamerstuk 29 398, nr. 12).",
    ]


def test_context_stays_within_the_section():
    start = TEXT.index(QUOTE)
    sections = (Section(role="answer", start=start, end=start + len(QUOTE), label="1"),)
    assert context_of(found(), letter(sections=sections)) == f"Veilige fietspaden\n{QUOTE}"


def test_the_same_letter_published_twice_makes_the_same_promise():
    second = track(found(start=99, end=99 + len(QUOTE)), letter(), paper(key="ob:2", url="u"), POLICY)
    assert second.id == tracked().id


def test_every_ministry_of_the_data_has_a_name():
    assert set(MINISTRIES) == set(data("offices")["ministries"])


@pytest.mark.parametrize(
    ("office", "ministry"),
    [
        ("Minister voor Rechtsbescherming", "Justitie en Veiligheid"),
        ("staatssecretaris van Binnenlandse Zaken en Koninkrijksrelaties", "Binnenlandse Zaken en Koninkrijksrelaties"),
        ("Staatssecretaris van Financiën - Fiscaliteit en Belastingdienst", "Financiën"),
        ("minister voor Natuur en Stikstof", "Landbouw, Natuur en Voedselkwaliteit"),
        ("Minister van Defensie en de staatssecretaris van Financiën", "Defensie"),
        ("minister van Defensie, mede namens de minister voor Rechtsbescherming", "Defensie"),
        ("burgemeester van Ons Dorp", ""),
        ("", ""),
    ],
)
def test_offices_belong_to_ministries(office, ministry):
    assert ministry_of(office) == ministry


# --- the same promise elsewhere ----------------------------------------------------------------------------------

FULL = "Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden langs provinciale wegen."


def said(quote, **changes):
    return promise(**{"id": f"{quote}{changes}", "quote": quote, "own": ("x" + quote[:9],), "places": (), **changes})


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (said(FULL.upper(), made_on=date(2023, 5, 1)), True),
        (said("Voor het zomerreces zal ik een plan voor veilige fietspaden langs provinciale wegen zenden."), True),
        (said(FULL.replace("voor het zomerreces", "eind 2024"), deadlines=(Deadline(text="eind 2024"),)), True),
        (said("Ik stuur een plan voor veilige vliegvelden langs drukke kusten."), False),
        (said(FULL, ministry="Financiën"), False),
        (said(FULL, ministry="", actor=Actor(), made_on=None), True),
        (said("Ik stuur uw Kamer een evaluatie van de Wet open overheid."), False),
    ],
)
def test_restated_or_another_promise(other, same):
    assert restates(said(FULL), other) is same
    assert restates(other, said(FULL)) is same


def test_figures_make_two_promises():
    first, second = (
        said(f"Ik stuur u de voortgangsrapportage {year} over veilige fietspaden in provincies.")
        for year in (2023, 2024)
    )
    assert not restates(first, second)


def test_a_sentence_that_any_letter_has_is_the_same_only_in_the_same_letter():
    come_back = "Ik kom hier schriftelijk op terug."
    first = said(come_back)
    assert not restates(first, replace(first, id="other", own=("b",), made_on=date(2023, 5, 1)))
    assert restates(first, replace(first, id="other", places=(Place(document="tk:9"),)))


LATER_LETTER = {"made_on": date(2023, 6, 1), "places": (Place(document="tk:9", url="u9", title="Later"),)}
AUTUMN = Deadline(text="in het najaar", earliest=date(2023, 9, 1), latest=date(2023, 11, 30))


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({}, [E.RESTATED]),
        ({"deadlines": (AUTUMN,)}, [E.RESTATED, E.POSTPONED]),
        ({"deadlines": (Deadline(text="nog in mei", latest=date(2023, 5, 31)),)}, [E.RESTATED]),
        ({"deadlines": (Deadline(text="spoedig"),)}, [E.RESTATED]),
        ({"deadlines": (AUTUMN,), "made_on": date(2022, 6, 1)}, [E.RESTATED]),  # an older letter, read late
        ({"deadlines": (AUTUMN,), "made_on": None}, [E.RESTATED]),
    ],
)
def test_a_promise_in_a_later_letter_has_one_more_place_and_maybe_a_later_term(changes, kinds):
    followed = restating(promise(), promise(**{**LATER_LETTER, **changes}), NOW)
    assert [event.kind for event in followed] == kinds
    assert len({event.key for event in followed}) == len(followed)
    after = replay(promise(), followed)
    assert [place.document for place in after.places] == ["tk:1", "tk:9"]
    assert after.deadline == promise().deadline or after.deadline.latest == AUTUMN.latest


def test_a_promise_without_a_day_gets_the_first_one_that_is_named():
    followed = restating(promise(deadlines=()), promise(**LATER_LETTER, deadlines=(AUTUMN,)), NOW)
    assert replay(promise(deadlines=()), followed).deadline.text == "in het najaar"


# --- registers -----------------------------------------------------------------------------------------------------


def test_a_row_of_a_register_is_a_promise_with_its_raw_word():
    one = tracked_from_register(row())
    assert (one.status, one.facts["register"], one.ministry) == (S.OPEN, "Openstaand", "Justitie en Veiligheid")
    assert (one.actor.person, one.own) == ("A. Jansen", ("TZ202302-001",))
    assert one.deadline.latest == date(2023, 6, 30)


def test_a_row_keeps_its_address_when_its_words_are_mended():
    assert tracked_from_register(row()).id == tracked_from_register(row(text="Andere woorden.")).id
    assert tracked_from_register(row()).id != tracked_from_register(row(identifiers=("TZ202302-002",))).id


@pytest.mark.parametrize("state", [S.OPEN, S.IN_PROGRESS, S.PARTLY, S.FULFILLED, S.LAPSED])
def test_the_state_that_the_source_read_in_the_word(state):
    assert tracked_from_register(row(facts={"status": "Woord", "state": state.value})).status is state


@pytest.mark.parametrize("state", ["", "onzin"])
def test_a_word_without_a_state_leaves_the_promise_open(state):
    one = tracked_from_register(row(facts={"status": "Iets nieuws", "state": state}))
    assert (one.status, one.facts["register"]) == (S.OPEN, "Iets nieuws")


def test_a_row_that_was_kept_before_we_came_knows_its_day():
    kept = {"status": "Voldaan", "state": "fulfilled", "fulfilled_on": "2023-06-10", "fulfilled_by": "2023D00009"}
    one = tracked_from_register(row(facts=kept))
    assert (one.facts["fulfilled_by"], days_late(one)) == ("2023D00009", -20)


def test_terms_that_the_register_moved_are_its_history():
    one = tracked_from_register(row(facts={"deadline": "2024-07-01", "earlier_deadlines": "2023-07-01|2024-01-01"}))
    assert [term.latest for term in one.deadlines] == [date(2023, 7, 1), date(2024, 1, 1), date(2024, 7, 1)]


@pytest.mark.parametrize("written", ["2024-01-01", "1 januari 2024"])
def test_the_registers_own_term_wins(written):
    assert tracked_from_register(row(facts={"deadline": written})).deadline.latest == date(2024, 1, 1)


def test_a_changed_word_changes_the_status_once():
    one = tracked_from_register(row())
    changed = row(facts={"status": "Voldaan", "state": "fulfilled", "fulfilled_on": "2023-05-02"})
    (said_kept,) = register_events(one, changed, NOW)
    assert (said_kept.kind, said_kept.reasons[0].signal) == (E.FULFILLED, "register")
    after = apply(one, said_kept)
    assert (after.status, after.facts["register"], after.facts["status_on"]) == (S.FULFILLED, "Voldaan", "2023-05-02")
    assert register_events(after, changed, NOW) == ()


def test_a_register_takes_back_only_its_own_word():
    one = tracked_from_register(row())
    done = replay(one, register_events(one, row(facts={"status": "Voldaan", "state": "fulfilled"}), NOW))
    assert replay(done, register_events(done, row(), NOW)).status is S.OPEN
    ours = replace(done, facts={**done.facts, "status_paper": "ob:kst-1"})
    (noted,) = register_events(ours, row(), NOW)
    assert noted.kind is E.RESTATED
    after = apply(ours, noted)
    assert (after.status, conflict(after)) == (S.FULFILLED, "register_open")


def test_a_person_is_not_overruled_by_a_register_and_the_difference_shows():
    opened = replace(tracked_from_register(row()), decided_by=STAFF)
    after = replay(opened, register_events(opened, row(facts={"status": "Voldaan", "state": "fulfilled"}), NOW))
    assert (after.status, conflict(after)) == (S.OPEN, "register_kept")


def test_an_unknown_word_is_kept_and_changes_nothing():
    one = tracked_from_register(row())
    (noted,) = register_events(one, row(facts={"status": "Doorgeschoven"}), NOW)
    after = apply(one, noted)
    assert (after.status, after.facts["register"], conflict(after)) == (S.OPEN, "Doorgeschoven", "")


def test_a_moved_term_of_a_register_is_a_postponement():
    one = tracked_from_register(row(facts={"deadline": "2023-07-01"}))
    (moved,) = register_events(one, row(facts={"deadline": "2024-01-01"}), NOW)
    after = apply(one, moved)
    assert [term.latest for term in after.deadlines] == [date(2023, 7, 1), date(2024, 1, 1)]
