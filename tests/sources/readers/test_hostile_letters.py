"""Whatever comes in: an answer within bounded time, `Unreadable` or a letter that holds together, and nothing else."""

import time
from contextlib import suppress
from itertools import pairwise

import pytest
from files_built import ANSWERS, HANDELINGEN, KAMERSTUK, PAGE, column, paragraph, pdf, word
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.readers import as_document, read_letter
from sources.source import Unreadable

SIZE = 300_000
SLOWEST = 3.0  # seconds of the processor; an honest letter of this size takes a twentieth of one

REPEATED = {
    "one word": "a",
    "capitals": "A",
    "initials": "A. ",
    "line ends": "x\n\n\n\n\n\n\n\n",
    "blank lines": "woord \n \n",
    "questions": "Vraag 1\n",
    "long labels": "Vraag 1, 2, 3 en 4, 5 t/m 6, ",
    "answers": "Antwoord\n",
    "questions and answers": "Vraag 1\nMag dit?\nAntwoord\nJa.\n",
    "signatures": "De minister van Financiën\n",
    "offices": "De minister van Aap, Noot en Mies en van ",
    "on behalf": "mede namens de minister van Financiën, ",
    "dates": "Datum 1 mei 2024 ",
    "answered on": "antwoord ontvangen 1 mei 2024 ",
    "places": "Den Haag, ",
    "subjects": "Onderwerp\n",
    "dossiers": "32 761 Titel\n",
    "papers": "Kamerstukken II 2021/22, 32 761, nrs. 3, 4 en 5, ",
    "footnotes": "X Noot\n1\n\nnoot\n",
    "marked notes": "[1] http://voorbeeld.nl\n",
    "speakers": "De voorzitter: ja. ",
    "annexes": "Bijlage 1\n",
    "mojibake": "Ã©",
    "half mojibake": "Ã©é",
    "rounds": "de fractie\nI Vragen en opmerkingen van ",
    "questions' numbers": "vraag 2022Z10980 ",
    "tags": "<p>",
    "open tags": "<b>a",
    "cells": "<tr><td>a",
    "ampersands": "& ",
    "comments": "<!-- a ",
}


@pytest.mark.parametrize("piece", REPEATED.values(), ids=REPEATED)
@pytest.mark.parametrize("front", ["", "<html><body>"], ids=["text", "page"])
def test_a_mass_of_anything_is_read_in_time(piece, front):
    data = (front + piece * (SIZE // len(piece.encode()))).encode()
    begun = time.process_time()
    try:
        letter = read_letter(data)
        holds_together(letter)
    except Unreadable as error:
        says_one_line(error)
    assert time.process_time() - begun < SLOWEST


@pytest.mark.parametrize("piece", ["a", "Vraag 1 ", "De minister van Aap en ", "Datum ", "mede namens "])
def test_twice_the_text_takes_no_more_than_about_twice_the_time(piece):
    def seconds(size):
        data = (piece * (size // len(piece))).encode()
        begun = time.process_time()
        read_letter(data)
        return time.process_time() - begun

    seconds(SIZE)
    assert seconds(4 * SIZE) < 12 * max(seconds(SIZE), 0.02)


def says_one_line(error):
    assert str(error)
    assert "\n" not in str(error)


def holds_together(letter):
    places = [(section.start, section.end) for section in letter.sections]
    assert all(0 <= start < end <= len(letter.text) for start, end in places)
    assert all(before[1] == after[0] for before, after in pairwise(places))
    assert "\x00" not in letter.text


def survives(data, **more):
    try:
        letter = read_letter(data, **more)
    except Unreadable as error:
        says_one_line(error)
        return
    holds_together(letter)
    assert as_document(letter, key="", source="x").title


ENDINGS = st.sampled_from(["", "a.txt", "a.pdf", "a.docx", "a.html", "a.xml"])
WORDS = st.sampled_from(
    "Vraag|Antwoord|1|2 en 3|\n|\n\n| |:|?|.|De minister van Financiën|mede namens|Den Haag, 1 mei "
    "2024|Datum|Bijlage|[1] |"
    "X Noot|De voorzitter:|Minister Beuk:|"
    "Aan de Voorzitter|Onderwerp|LIJST VAN VRAGEN|32 761, nr. 3|A. Eik|ik zal|Ã©|«|\r\n".split("|")
)
patient = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(st.binary(max_size=400), ENDINGS)
@patient
def test_arbitrary_bytes_are_a_letter_or_unreadable(data, name):
    survives(data, name=name)


@given(st.text(max_size=400))
@patient
def test_arbitrary_text_is_a_letter_or_unreadable(text):
    survives(text.encode("utf-8", "surrogatepass"), name="a.txt")


@given(st.lists(WORDS, max_size=60))
@patient
def test_words_of_letters_in_any_order_hold_together(words):
    text = "".join(words)
    survives(text.encode(), name="a.txt")
    if text.strip() and "Ã©" not in text:
        with suppress(Unreadable):  # hardly any words
            assert read_letter(text.encode(), name="a.txt").text == text


WHOLE = [
    pdf(column(["Geachte voorzitter,", "Ik stuur u het plan."]), column(["Slot."])),
    word(paragraph("Geachte voorzitter,") + paragraph("Ik stuur u het plan.")),
    KAMERSTUK.encode(),
    HANDELINGEN.encode(),
    PAGE.encode(),
    ANSWERS.encode(),
]


@given(st.sampled_from(WHOLE), st.integers(0, 4000), st.binary(max_size=8), st.booleans())
@patient
def test_damaged_files_are_a_letter_or_unreadable(data, place, noise, cut):
    place %= len(data)
    survives(data[:place] + noise + (b"" if cut else data[place + len(noise) :]))


PRINT = st.tuples(
    st.floats(-50, 700), st.floats(-50, 900), st.floats(0, 60), st.text("aZé1. -?:\x01", min_size=1, max_size=30)
)


@given(st.lists(st.lists(PRINT, max_size=40), min_size=1, max_size=3))
@patient
def test_words_anywhere_on_the_page_are_read(pages):
    survives(pdf(*pages), name="a.pdf")


GRID = st.tuples(st.sampled_from([60, 70, 330, 335, 450]), st.sampled_from([820, 700, 686, 672, 60, 30]), st.just(10))


@given(st.lists(st.lists(st.tuples(GRID, WORDS), max_size=60), min_size=1, max_size=3))
@patient
def test_columns_tables_and_margins_of_any_kind_are_read(pages):
    survives(pdf(*[[(*place, words.replace("\n", " ")) for place, words in page] for page in pages]), name="a.pdf")
