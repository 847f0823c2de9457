"""What changed between two texts, as people read it."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.comparing import Change, compare, summary

LONG = " ".join(f"woord{n}" for n in range(300))


def shown(before, after):
    marks = {Change.SAME: "{}", Change.GONE: "[-{}-]", Change.NEW: "[+{}+]", Change.LEFT_OUT: "{}"}
    return " ".join(marks[p.change].format(p.text.strip()) for p in compare(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("Een brief.", "Een brief.", "Een brief."),
        ("Ik kom in mei.", "Ik kom in juni.", "Ik kom in [-mei.-] [+juni.+]"),
        ("Ik kom in mei.", "Ik kom vast in mei.", "Ik kom [+vast+] in mei."),
        ("Ik kom vast in mei.", "Ik kom in mei.", "Ik kom [-vast-] in mei."),
        ("", "Een nieuwe brief.", "[+Een nieuwe brief.+]"),
        ("Twee  blanks\nen meer", "Twee blanks en meer", "Twee blanks en meer"),
    ],
)
def test_words_that_came_and_went_are_marked(before, after, expected):
    assert shown(before, after) == expected


def test_unchanged_words_far_from_a_change_are_left_out():
    found = shown(LONG, LONG.replace("woord150", "nieuw"))
    assert found.count("…") == 2
    assert "[-woord150-] [+nieuw+]" in found
    assert len(found.split()) < 40


def test_a_message_says_it_in_one_line():
    said = summary("Klaar in mei 2023. Voor iedereen.", "Klaar in juni 2023. Voor wie wil.", 200)
    assert said == "“mei” → “juni”; “iedereen.” → “wie wil.”"
    assert summary("a b", "a", 200) == "“b” → –"
    assert summary("a", "a", 200) == ""
    assert len(summary(LONG, LONG.upper(), 80)) <= 80


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_of_the_new_text_is_invented_or_lost(before, after):
    pieces = compare(before, after)
    if any(p.change is Change.LEFT_OUT for p in pieces):
        return
    kept = "".join(p.text for p in pieces if p.change is not Change.GONE)
    assert kept.split() == after.split()


def test_a_rewritten_book_takes_no_long_time():
    one, other = " ".join(str(n) for n in range(60_000)), " ".join(str(-n) for n in range(60_000))
    began = time.process_time()
    assert [p.change for p in compare(one, other)][-2:] == [Change.GONE, Change.NEW]
    assert time.process_time() - began < 20
