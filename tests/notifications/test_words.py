"""Every vocabulary has words in both languages, and the words accuse nobody."""

import string
from datetime import UTC, date, datetime

import pytest

from notifications import step_words, words
from notifications.dates import day_words, days_words, local_day, margin_words, month_words, period_words
from notifications.words import EVENTS, LABELS, Language, Said, count_words, label, sureness_words
from rules.commitment import Promise, Status, StepState, Strength
from rules.event import EventKind
from rules.steps import ADDED, DONE, NAMES
from rules.vocabulary import data
from sources.document import Kind

NL, EN = Language.NL, Language.EN


def all_said():
    """Every `Said` of the module, found by looking, so that a new table is checked as well."""
    found = []

    def look(thing):
        if isinstance(thing, Said):
            found.append(thing)
        elif isinstance(thing, words.EventWords):
            found.extend([thing.headline, thing.sentence, thing.one, thing.many])
        elif isinstance(thing, words.NoticeWords):
            found.extend([thing.heading, *thing.sentences, thing.button])
        elif isinstance(thing, dict):
            [look(value) for value in thing.values()]
        elif isinstance(thing, tuple):
            [look(value) for value in thing]

    for name, thing in [*vars(words).items(), *vars(step_words).items()]:
        if name.isupper():
            look(thing)
    return found


def blanks(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("table", "vocabulary"),
    [
        (words.EVENTS, EventKind),
        (words.STATUSES, Status),
        (words.PROMISES, Promise),
        (words.STRENGTHS, Strength),
        (words.PAPERS, Kind),
        (words.NOTICES, words.Notice),
        (step_words.STEPS, NAMES),
        (step_words.STATES, StepState),
        (step_words.DECIDED, DONE),
        (step_words.WHY, [ADDED, *(rule["name"] for rule in data("steps")["rules"])]),
    ],
)
def test_every_member_has_words(table, vocabulary):
    assert set(table) == set(vocabulary)


def test_both_languages_say_something_and_leave_the_same_blanks():
    said = all_said()
    assert len(said) > 120
    for one in said:
        assert one.nl.strip(), one
        assert one.en.strip(), one
        assert blanks(one.nl) == blanks(one.en), one


def test_no_words_accuse():
    """Overdue is something that we did not find, never something that somebody did not do."""
    blame = ["te laat", "niet nagekomen", "verzuim", "gefaald", "broken", "failed", "not kept", "too late", "verbroken"]
    for one in all_said():
        for word in blame:
            assert word not in one.nl.lower(), one
            assert word not in one.en.lower(), one


def test_overdue_says_that_we_found_no_paper():
    said = EVENTS[EventKind.OVERDUE].sentence
    assert "De termijn is verstreken en wij vonden geen stuk dat de toezegging nakomt" in said.nl
    assert "we found no paper that keeps the promise" in said.en


def test_a_machines_yes_is_in_our_view():
    for kind in (EventKind.FULFILLED, EventKind.PARTLY):
        assert "Volgens ons" in EVENTS[kind].headline.nl
        assert "in our view" in EVENTS[kind].headline.en


def test_sentences_are_short_enough_for_b1():
    for one in all_said():
        for sentence in one.nl.replace(":", ".").split("."):
            assert len(sentence.split()) <= 26, sentence


@pytest.mark.parametrize(
    ("language", "expected"),
    [(NL, "2 september 2022"), (EN, "2 September 2022")],
)
def test_a_day_is_written_out(language, expected):
    assert day_words(date(2022, 9, 2), language) == expected


def test_a_day_can_have_its_weekday():
    assert day_words(date(2022, 9, 2), NL, weekday=True) == "vrijdag 2 september 2022"
    assert month_words(date(2022, 9, 2), EN) == "September 2022"


def test_a_moment_belongs_to_the_amsterdam_day():
    assert local_day(datetime(2022, 9, 1, 22, 30, tzinfo=UTC)) == date(2022, 9, 2)
    assert local_day(datetime(2022, 12, 1, 22, 30, tzinfo=UTC)) == date(2022, 12, 1)


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        (date(2023, 7, 6), "op de laatste dag van de termijn"),
        (date(2023, 7, 7), "1 dag na het einde van de termijn"),
        (date(2023, 7, 1), "5 dagen voor het einde van de termijn"),
    ],
)
def test_a_margin_counts_days(happened, expected):
    assert margin_words(date(2023, 7, 6), happened, NL) == expected


def test_days_and_periods():
    assert days_words(-1, EN) == "1 day"
    assert days_words(12, NL) == "12 dagen"
    assert period_words(date(2023, 7, 3), date(2023, 7, 3), NL) == "3 juli 2023"
    assert period_words(date(2023, 7, 3), date(2023, 7, 9), EN) == "3 July 2023 to 9 July 2023"


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (1.0, "vrijwel zeker (100 %)"),
        (0.999, "vrijwel zeker (99 %)"),
        (0.85, "zeer waarschijnlijk (85 %)"),
        (0.6, "waarschijnlijk (60 %)"),
        (0.4, "mogelijk (40 %)"),
        (0.0, "onzeker (0 %)"),
        (-3.0, "onzeker (0 %)"),
    ],
)
def test_a_score_is_words_and_a_percentage(score, expected):
    assert sureness_words(score, NL) == expected


def test_counts_know_singular_and_plural():
    assert count_words(EventKind.MADE, 1, NL) == "1 nieuwe toezegging"
    assert count_words(EventKind.MADE, 2, EN) == "2 new promises"


def test_a_label_fills_its_blanks():
    assert label("until", NL, day="6 juli 2023") == "uiterlijk 6 juli 2023"
    assert set(LABELS) >= {"who", "term", "why"}
