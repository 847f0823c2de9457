"""Whatever the text: no exception, offsets that point at the quotes, bounded time."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.calendar import Calendar
from rules.extraction import extract
from sources.document import Letter

PIECES = [
    "Ik zal uw Kamer in mei informeren.", "Hierbij", "zal ik", "dat", "die", "«", "»", "(", ")", "–", "\n", "\n\n",
    "Vraag 1\n", "Antwoord 1\n", "De voorzitter: ", "Minister Smit: ", "niet", "?", "ontvangt u", "voor de zomer",
    "wordt", "en", ",", "İ", "BRIEF VAN DE MINISTER", "MOTIE VAN HET LID", "31-12-9999", "zoals", "als", "wat", "is",
    "ﬁ", "\u00a0", "zie ik mij",
]  # fmt: skip
DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2100, 12, 31)))


def holds(text: str, day: date | None) -> None:
    for one in extract(Letter(text=text, written_on=day), Calendar()):
        assert text[one.start : one.end] == one.quote
        assert one.quote.strip() == one.quote != ""
        assert 0.35 < one.confidence < 1
        assert one.reasons


@given(st.text(max_size=400), DAYS)
@settings(max_examples=150, deadline=None)
def test_any_text_can_be_read(text, day):
    holds(text, day)


@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join), DAYS)
@settings(max_examples=250, deadline=None)
def test_any_heap_of_parliamentary_words_can_be_read(text, day):
    holds(text, day)


@pytest.mark.parametrize("piece", ["a", "ik zal ", "(", "«", "dat ", "1.", "Minister ", "BRIEF VAN ", ", "])
def test_a_long_line_is_read_in_bounded_time(piece):
    text = piece * (300_000 // len(piece))
    began = time.process_time()
    holds(text, date(2024, 3, 1))
    assert time.process_time() - began < 20
