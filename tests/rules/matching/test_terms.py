"""Words: folded, stemmed, cut into parts, with their concepts and rarity."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import terms


def test_words_are_folded_and_divided_at_hyphens_and_apostrophes():
    assert terms.words("De FINANCIËLE chroom-6-aanpak, auto’s & ﬁetsen") == [
        "de", "financiele", "chroom", "6", "aanpak", "auto", "s", "fietsen",
    ]  # fmt: skip


LETTERS = st.characters(categories=("Lu", "Ll", "Nd", "Po", "Pd", "Pi", "Pf", "Sc", "Zs", "Cc"), max_codepoint=0x36F)


@settings(max_examples=300, deadline=None)
@given(st.text(st.one_of(st.sampled_from("aZ9_ \n’“–éËœß²½µİ€"), LETTERS), max_size=60))
def test_words_are_the_runs_of_letters_and_figures_each_folded(text: str):
    assert terms.words(text) == [terms.fold_word(word) for word in re.findall(r"[^\W_]+", text.lower())]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("toezegging", "toezeggingen"),
        ("kind", "kinderen"),
        ("grens", "grenzen"),
        ("evalueren", "evaluatie"),
        ("onderzocht", "onderzoeken"),
        ("gemeentelijke", "gemeenten"),
        ("rapport", "rapporten"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str):
    assert terms.stem(one) == terms.stem(other)


@pytest.mark.parametrize(("one", "other"), [("zorg", "zorgen"), ("overheid", "over"), ("gegevens", "geven")])
def test_words_that_only_look_alike_stay_apart(one: str, other: str):
    assert terms.stem(one) != terms.stem(other)


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("gegevensbeschermingstoezicht", ("gegevensbescherming", "toezicht")),
        ("belastingdienst", ("belasting", "dienst")),
        ("woningbouwopgave", ("woning", "bouw", "opgave")),
        ("leesvaardigheidsonderzoek", ("lees", "vaardigheid", "onderzoek")),
        ("gemeente", ()),
        ("overheid", ()),
        ("functionaris", ()),
        ("minister", ()),
        ("x" * 60, ()),
    ],
)
def test_compounds_are_cut_where_their_parts_are_words(compound: str, parts: tuple[str, ...]):
    assert terms.parts(compound) == parts


def test_a_compound_meets_its_description():
    compound = set(terms.forms("gegevensbeschermingstoezicht"))
    described = {term for word in terms.words("toezicht op gegevensbescherming") for term in terms.forms(word)}
    assert {terms.stem("toezicht"), terms.stem("gegevensbescherming")} <= compound & described


@pytest.mark.parametrize(
    ("one", "other"), [("boeren", "agrarische"), ("fg", "avg"), ("huurder", "verhuurder"), ("zzp", "zelfstandigen")]
)
def test_different_words_of_one_subject_share_a_concept(one: str, other: str):
    shared = set(terms.forms(one)) & set(terms.forms(other))
    assert any(term.startswith("§") for term in shared)


def test_rarity_grows_as_words_get_rare_and_is_bounded():
    common, known, unknown = (terms.rarity(terms.stem(word)) for word in ("de", "gemeenten", "qzxvwk"))
    assert common == 0.0
    assert 0.0 < known < unknown == terms.RAREST


def test_words_of_every_promise_weigh_nothing_and_products_little():
    assert all(worth == 0.0 for _, worth in terms.weights("kamer")[:1])
    (_, product), (_, subject) = terms.weights("evaluatie")[0], terms.weights("veerboot")[0]
    assert 0.0 < product < subject / 2


def test_single_letters_and_endless_words_have_no_terms():
    assert terms.forms("s") == ()
    assert terms.forms("a" * 41) == ()
    assert terms.forms("2024") == ("2024",)
