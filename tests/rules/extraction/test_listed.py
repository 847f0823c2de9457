"""A promise that opens a list is one promise for each item."""

from datetime import date

import pytest

from rules.calendar import Calendar
from rules.extraction import extract
from rules.listed import items
from sources.document import Letter

DAY = date(2023, 3, 14)


def quotes(text: str) -> list[str]:
    found = extract(Letter(text=text, written_on=DAY), Calendar())
    assert all(text[one.start : one.end] == one.quote for one in found)
    return [one.quote for one in found]


@pytest.mark.parametrize("mark", ["- ", "– ", "• ", "1. ", "a) ", "(2) "])
def test_each_item_is_a_promise(mark):
    text = f"Ik zal daarom:\n{mark}uw Kamer in mei informeren;\n{mark}een onderzoek laten uitvoeren.\n"
    assert quotes(text) == ["uw Kamer in mei informeren;", "een onderzoek laten uitvoeren."]


def test_the_opening_sentence_is_no_promise_of_its_own():
    text = "Het kabinet is voornemens om:\n- de wet te evalueren;\n- met de sector in gesprek te gaan.\n"
    assert quotes(text) == ["de wet te evalueren;", "met de sector in gesprek te gaan."]


def test_an_item_that_promises_by_itself_is_read_by_itself():
    text = "Ik zal het volgende doen:\n- In mei informeer ik uw Kamer over de kosten.\n"
    assert quotes(text) == ["- In mei informeer ik uw Kamer over de kosten."]


@pytest.mark.parametrize("lead", ["De leden vragen:", "Gemeenten zullen:", "De bijlagen zijn:", "Dat is bekend."])
def test_other_lists_promise_nothing(lead):
    assert quotes(f"{lead}\n- uw Kamer in mei informeren;\n- een onderzoek laten uitvoeren.\n") == []


def test_a_list_ends_at_the_first_line_without_a_mark():
    text = "Ik zal:\n- a\nTot slot.\n- b\n"
    lines, at = [], 0
    for line in text.splitlines():
        lines.append((at, at + len(line)))
        at += len(line) + 1
    assert {i: item.lead for i, item in items(text, lines).items()} == {1: 0}
