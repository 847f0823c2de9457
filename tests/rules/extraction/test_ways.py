"""Many ways of promising, and many that sound like one: each alone in a letter of 14 March 2023."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from rules.calendar import calendar_from
from rules.extraction import extract
from sources.document import Letter

WAYS = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text(encoding="utf-8"))
SEEDS = Path(__file__).parents[3] / "seeds"


@pytest.fixture(scope="module")
def found():
    calendar = calendar_from(tomllib.loads((SEEDS / "recess.toml").read_text(encoding="utf-8")))

    def read(sentence):
        text = (
            "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\nDen Haag, 14 maart 2023\n\n"
            f"{sentence}\n\nDe Minister van Volksgezondheid, Welzijn en Sport,\nJ. de Boer\n"
        )
        return [one.quote for one in extract(Letter(text=text, written_on=date(2023, 3, 14)), calendar)]

    return read


@pytest.mark.parametrize("sentence", WAYS["commitments"])
def test_it_is_a_commitment(sentence, found):
    quotes = found(sentence)
    assert quotes
    assert all(quote in sentence for quote in quotes)


@pytest.mark.parametrize("sentence", WAYS["others"])
def test_it_is_none(sentence, found):
    assert found(sentence) == []


def said(sentence):
    """The sentence in a minister's turn."""
    return (
        f"De voorzitter:\n\nHet woord is aan de minister.\n\nMinister Jansen:\n\nVoorzitter. {sentence}\n\n"
        "De heer De Vries (VVD):\n\nDank u wel.\n\nMinister Jansen:\n\nJa.\n"
    )


@pytest.mark.parametrize("sentence", WAYS["spoken"])
def test_it_is_a_commitment_in_debate(sentence, found):
    assert [quote for quote in found(said(sentence)) if quote in sentence]


@pytest.mark.parametrize("sentence", WAYS["spoken_others"])
def test_it_is_none_in_debate(sentence, found):
    assert found(said(sentence)) == []


def test_there_are_many_of_both():
    assert len(WAYS["commitments"]) >= 180
    assert len(WAYS["others"]) >= 140
