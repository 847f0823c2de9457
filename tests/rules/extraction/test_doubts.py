"""What a whole letter says of itself, and that every phrase of a doubt is seen in a sentence."""

import pytest

from rules.clauses import Clause, Sentence
from rules.delivering import delivers
from rules.doubts import Around, doubts, weigh
from rules.promises import Hit, rows

PHRASES = [(doubt, phrase) for doubt in doubts() for phrase in doubt.phrases]


@pytest.mark.parametrize(
    ("text", "sends"),
    [
        ("hierbij bied ik u de nota aan.", True),
        ("met deze brief informeer ik u.", True),
        ("ik stuur u daartoe het rapport.", True),
        ("daartoe is besloten.", False),
        ("de dithierbij stuur ik.", False),
        ("hierbij. ik stuur u later een brief.", False),
    ],
)
def test_a_letter_that_sends_something_along(text, sends):
    assert delivers(text) is sends


@pytest.mark.parametrize(("doubt", "phrase"), PHRASES, ids=[f"{doubt.name}: {phrase}" for doubt, phrase in PHRASES])
def test_every_phrase_of_a_doubt_is_seen(doubt, phrase):
    words = ["woord", *phrase.split()]
    sentence = Sentence(" ".join(words), " ".join(words), 0, words, [Clause(words, list(range(len(words))), "main")])
    raised = {name for name, _ in weigh(Hit(rows()[0], 0, 0, "me"), sentence, Around())}
    assert doubt.name in raised
