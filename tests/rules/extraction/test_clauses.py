"""Clauses, subjects and actors: the shallow reading of a sentence."""

import pytest

from rules.clauses import read, subject
from rules.words import lexicon


def kinds(text: str) -> list[tuple[str, str]]:
    return [(clause.kind, clause.words[0]) for clause in read(text).clauses]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Ik zeg toe dat ik u zal informeren.", [("main", "ik"), ("that", "dat")]),
        ("Zodra het rapport er is, zal ik u informeren.", [("condition", "zodra"), ("main", "zal")]),
        ("Het rapport wordt afgerond en zal worden gedeeld.", [("main", "het"), ("main", "en")]),
        ("Ik neem de punten die zij noemden mee.", [("main", "ik"), ("relative", "die")]),
        ("Ik stuur die brief in mei.", [("main", "ik")]),
        ("Ik zal, als onderdeel van het plan, de wet wijzigen.", [("main", "ik")]),
        ("Wat ik wil, is in mei met een plan komen.", [("main", "wat")]),
        ("Dat is zo (en dat blijft zo) in 2024.", [("main", "dat")]),
    ],
)
def test_a_sentence_falls_into_clauses(text, clauses):
    assert kinds(text) == clauses


@pytest.mark.parametrize(
    ("text", "verb", "who"),
    [
        ("Ik zal u informeren.", "zal", "me"),
        ("In mei zal ik u informeren.", "zal", "me"),
        ("Ik verwacht u in mei te informeren.", "verwacht", "me"),
        ("In mei ontvangt u de brief.", "ontvangt", "kamer"),
        ("Uw Kamer wordt in mei geïnformeerd.", "wordt", "kamer"),
        ("Het kabinet zal dit regelen.", "zal", "cabinet"),
        ("Het vorige kabinet zal dit niet regelen.", "zal", "thing"),
        ("Aan de minister zal de gemeente dit melden.", "zal", "other"),
        ("Via een verslag zal de gemeente mij inlichten.", "zal", "other"),
        ("Het Openbaar Ministerie zal dit melden.", "zal", "other"),
        ("De Belastingdienst zal dit melden.", "zal", "service"),
        ("Deze stukken zullen u spoedig worden toegezonden.", "zullen", "thing"),
    ],
)
def test_the_subject_of_a_verb(text, verb, who):
    clause = read(text).clauses[0]
    assert subject(clause, clause.words.index(verb)) == who


def test_tags_follow_the_particle():
    bits = lexicon().bits
    together, apart = read("Ik werk dit uit.").clauses[0], read("Ik werk graag.").clauses[0]
    assert together.mask & bits["act.fin"]
    assert apart.mask & bits["act.fin"]
    assert read("Ik leg dit vast.").clauses[0].mask & bits["act.fin"]
    assert not read("Ik leg dit weg.").clauses[0].mask & bits["send.fin"]


def test_an_unknown_tag_in_a_row_is_an_error():
    with pytest.raises(KeyError):
        lexicon().mask(["no such verb"])
