"""Ministries, what became of them, and who was in office when."""

from datetime import date

import pytest

from rules import offices


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Minister van Economische Zaken en Klimaat", {"EZK"}),
        ("de staatssecretaris van Economische Zaken", {"EZ"}),
        ("MINISTERS VAN BUITENLANDSE ZAKEN EN VAN DEFENSIE", {"BZ", "DEF"}),
        ("Minister voor Rechtsbescherming", {"JenV"}),
        ("Financiën", {"FIN"}),
        ("IenW", {"IenW"}),
        ("de burgemeester van Gouda", set()),
    ],
)
def test_ministries_are_read_from_their_names(text: str, codes: set[str]):
    assert offices.ministries_in(text) == codes


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("IenM", "IenW", True),
        ("EL&I", "LNV", True),
        ("WWI", "VRO", True),
        ("VenJ", "JenV", True),
        ("DEF", "VWS", False),
        ("LNV", "KGG", False),
    ],
)
def test_a_successor_can_answer_for_a_ministry_that_is_gone(one: str, other: str, related: bool):
    assert offices.related(frozenset({one}), frozenset({other})) is related


def test_a_budget_chapter_names_its_ministry():
    assert offices.ministry_of_chapter("kst-34775-X-66") == {"DEF"}
    assert offices.ministry_of_chapter("kst-34775-66") == frozenset()


def test_a_named_minister_bounds_the_day_of_a_promise():
    first, last = offices.in_office("Minister van LNV (Staghouwer)", frozenset({"LNV"}))
    assert (first, last) == (date(2022, 1, 10), date(2022, 9, 5))


def test_of_people_who_held_two_offices_the_ministry_decides():
    text = "Visser"
    assert offices.in_office(text, frozenset({"DEF"}))[0] == date(2017, 10, 26)
    assert offices.in_office(text, frozenset({"IenW"}))[0] == date(2021, 8, 31)


def test_an_office_without_a_name_is_bounded_by_the_life_of_its_ministry():
    assert offices.in_office("Minister", frozenset({"IenM"})) == (date(2010, 10, 14), date(2017, 10, 26))
    assert offices.in_office("Minister", frozenset()) == (None, None)


def test_every_person_belongs_to_a_known_ministry_for_a_real_time():
    for name, tenures in offices._people().items():
        for tenure in tenures:
            assert tenure.ministry in offices._ministries(), name
            assert tenure.last is None or tenure.first < tenure.last, name
