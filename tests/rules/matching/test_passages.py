"""Passages of sixty words: the best of all promises at once is what trying every passage gives."""

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.passages import CHUNK, NO_PASSAGE, Passage, best_passages
from rules.terms import WINDOW

WORDS = st.sampled_from("een twee drie vier vijf zes zeven acht negen tien".split())
LOOKS = st.lists(st.dictionaries(WORDS, st.integers(1, 9_000), max_size=7), min_size=1, max_size=6)
BEARERS = {word: (word,) for word in "een twee drie vier vijf zes zeven acht negen".split()} | {
    "tien": ("tien", "een"),  # a compound has its part's term, too
    "vulling": (),
}


def _tried(look: dict[str, int], spoken: list[str]) -> Passage:
    best = NO_PASSAGE
    for last in range(len(spoken)):
        passage = spoken[max(0, last + 1 - WINDOW) : last + 1]
        terms = {term for word in passage for term in BEARERS[word]}
        share = sum(worth for term, worth in look.items() if term in terms)
        if share > best.share:
            best = Passage(share, last)
    return best


@settings(max_examples=150, deadline=None)
@given(
    looks=LOOKS,
    text=st.lists(st.tuples(WORDS, st.integers(0, 70)), max_size=12),
)
def test_the_best_passage_is_that_of_trying_all(looks: list[dict[str, int]], text: list[tuple[str, int]]):
    spoken = [one for word, filling in text for one in (word, *["vulling"] * filling)]
    assert best_passages(looks, spoken, BEARERS) == [_tried(look, spoken) for look in looks]


def test_many_promises_are_looked_at_in_turns():
    spoken = ["een", *["vulling"] * 80, "twee", "drie"]
    looks = [{"een": 5, "twee": 4, "drie": number} for number in range(1, 2 * CHUNK + 10)]
    assert best_passages(looks, spoken, BEARERS) == [_tried(look, spoken) for look in looks]


def test_no_promises_have_no_passages():
    assert best_passages([], ["een"], BEARERS) == []
