"""The sieve never holds back a sentence in which a row reads a promise."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.calendar import Calendar
from rules.clauses import Sentence, read
from rules.dating import awaits, terms
from rules.extraction import extract
from rules.promises import Hit, hits, rows
from rules.sentences import paragraphs, sentences
from rules.sieve import may_promise
from rules.vocabulary import data
from rules.words import lexicon
from sources.document import Letter

TESTS = Path(__file__).parents[2]
LETTERS = [
    letter["text"]
    for path in sorted((TESTS / "labelled").glob("*.toml"))
    for letter in tomllib.loads(path.read_text(encoding="utf-8"))["letter"]
]
WAYS = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))
WORDS = sorted(
    {word for row in rows() for word in row.verbs}
    | {word for row in rows() for group in row.telling for word in group}
    | {part for row in rows() for group in row.phrases for phrase in group for part in phrase}
    | set(lexicon().plain)
)
JOINTS = [" ", " ", " ", ", ", " (", ") ", "; ", ": ", " – ", "\n", "/", " «", "» ", " • ", "…", "\u00a0"]


def cut(text: str) -> list[str]:
    return [text[a:b] for begin, end in paragraphs(text) for a, b in sentences(text, begin, end)]


def can_be(hit: Hit, sentence: Sentence) -> bool:
    """Does the row ask for no term, or is there any, or what must be ready first?"""
    return not hit.row.term or awaits(sentence, hit.clause) or bool(terms(sentence, date(2023, 2, 1), Calendar()))


def promises(text: str) -> bool:
    sentence = read(text)
    return any(can_be(hit, sentence) for hit in hits(sentence, spoken=True))


@pytest.mark.parametrize("text", [*LETTERS, "\n\n".join([*WAYS["commitments"], *WAYS["others"]])])
def test_every_sentence_with_a_hit_passes(text):
    missed = [one for one in cut(text) if promises(one) and not may_promise(one)]
    assert not missed


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JOINTS)), min_size=2, max_size=14))
@settings(max_examples=400)
def test_every_heap_of_words_with_a_hit_passes(heap):
    sentence = "".join(word + joint for word, joint in heap)
    if promises(sentence):
        assert may_promise(sentence)


@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(JOINTS)), min_size=2, max_size=14))
@settings(max_examples=400)
def test_no_heap_of_words_is_too_odd_to_be_read(heap):
    extract(Letter(text="".join(word + joint for word, joint in heap), written_on=date(2023, 3, 14)), Calendar())


@pytest.mark.parametrize("row", data("promises")["row"], ids=lambda row: row["name"])
def test_the_example_of_a_row_passes(row):
    assert may_promise(row["example"])


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        ("De regeling wordt in mei gewijzigd.", True),
        ("De regeling wordt gewijzigd als het advies is ontvangen.", True),
        ("De regeling wordt gewijzigd als dat kan.", False),
    ],
)
def test_a_row_that_asks_for_a_term_needs_a_word_of_one(sentence, passes):
    assert may_promise(sentence) is passes


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        ("De wet is in voorbereiding.", True),
        ("De wet is in deze vorm in strijd met het verdrag.", False),
    ],
)
def test_a_phrase_is_looked_for_by_the_word_that_tells_most(sentence, passes):
    assert may_promise(sentence) is passes


def test_most_sentences_of_a_letter_are_held_back():
    every = [one for text in LETTERS for one in cut(text)]
    passed = sum(map(may_promise, every))
    assert 0 < passed < 0.5 * len(every)
