"""The project's own labelled letters: their form, and how well they are read.

A file holds ``[[letter]]``: id, date, text, ``commitments`` (key, strength, kind, deadline_text, deadline_latest and
flags) and ``hard_negatives`` (key, why), as the guide of the labelled data has it. Keys stand exactly once in the text.
"""

import tomllib
from pathlib import Path

import pytest

from rules.calendar import calendar_from
from rules.commitment import Promise, Strength
from rules.extraction import extract
from rules.resolve import resolve
from rules.scoring import Predicted, folded, labels_of, score_extraction
from sources.readers import read_letter

HERE = Path(__file__).parent
LETTERS = [
    letter
    for path in sorted(HERE.glob("*.toml"))
    for letter in tomllib.loads(path.read_text(encoding="utf-8"))["letter"]
]
BY_ID = {letter["id"]: letter for letter in LETTERS}
FLAGS = {"restated", "recurring", "conditional", "deadline_inherited", "actor_is_other_minister", "ambiguous"}
FIELDS = {"key", "alt_keys", "strength", "kind", "deadline_text", "deadline_latest", *FLAGS}


@pytest.fixture(scope="module")
def calendar():
    return calendar_from(tomllib.loads((HERE.parents[1] / "seeds" / "recess.toml").read_text(encoding="utf-8")))


def test_there_are_letters_of_all_kinds():
    commitments = [one for letter in LETTERS for one in letter.get("commitments", ())]
    assert len(LETTERS) >= 40
    assert len(BY_ID) == len(LETTERS)
    assert sum("commitments" not in letter for letter in LETTERS) >= 5
    assert {one["strength"] for one in commitments} == {"explicit", "implicit"}
    assert {one["kind"] for one in commitments} >= set(Promise) - {Promise.OTHER}
    assert len(commitments) >= 75
    assert sum(len(letter["hard_negatives"]) for letter in LETTERS) >= 120


@pytest.mark.parametrize("letter", LETTERS, ids=BY_ID)
def test_every_label_points_at_one_place(letter):
    text = folded(letter["text"])
    for label in [*letter.get("commitments", ()), *letter["hard_negatives"]]:
        for key in (label["key"], *label.get("alt_keys", ())):
            assert text.count(folded(key)) == 1, key
    for commitment in letter.get("commitments", ()):
        assert set(commitment) <= FIELDS
        assert commitment["strength"] in list(Strength)
        assert commitment["kind"] in list(Promise)
    assert all(negative["why"] for negative in letter["hard_negatives"])


@pytest.mark.parametrize("letter", LETTERS, ids=BY_ID)
def test_the_labelled_terms_are_those_of_the_grammar(letter, calendar):
    for commitment in letter.get("commitments", ()):
        words = commitment.get("deadline_text")
        if words:
            assert words in letter["text"]
            deadline = resolve(words, letter["date"], calendar)
            assert deadline is not None
            assert deadline.latest == commitment.get("deadline_latest"), words


@pytest.fixture(scope="module")
def score(calendar):
    answers = []
    for letter in LETTERS:
        read = read_letter(letter["text"].encode(), name=f"{letter['id']}.txt", written_on=letter["date"])
        predictions = [
            Predicted(
                quote=found.quote,
                explicit=found.strength is Strength.EXPLICIT,
                kind=found.kind,
                confidence=found.confidence,
                latest=found.deadline and found.deadline.latest,
            )
            for found in extract(read, calendar)
        ]
        answers.append((labels_of(letter), predictions))
    return score_extraction(answers)


# The bars follow what the rules reach on letters they were not made for; they only go up.


def test_the_letters_are_read_well(score):
    assert score.f1 >= 0.90, (score.missed, score.extras)
    assert score.explicit.value >= 0.95, score.missed


def test_the_terms_of_what_is_found_are_right(score):
    assert score.terms.value >= 0.9, score.wrong_terms


def test_few_traps_are_fallen_into(score):
    assert score.traps.value <= 0.08, [extra.quote for extra in score.extras if extra.negative]
