"""Sentences of parliamentary Dutch: where they begin and end, as offsets."""

from itertools import pairwise

import pytest

from rules.sentences import LONGEST, paragraphs, sentences


def cut(text: str) -> list[str]:
    spans = [span for begin, end in paragraphs(text) for span in sentences(text, begin, end)]
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Ik kom, o.a. vanwege de wet, terug. Wij ook.", ["Ik kom, o.a. vanwege de wet, terug.", "Wij ook."]),
        ("Dat kost 3 mln. euro per jaar. Dat is veel.", ["Dat kost 3 mln. euro per jaar.", "Dat is veel."]),
        ("Op 3 mei jl. Ik zal dat doen.", ["Op 3 mei jl.", "Ik zal dat doen."]),
        ("Zie de brief van 3 mei jl. over vee.", ["Zie de brief van 3 mei jl. over vee."]),
        ("Dat is bekend.12 Daarna volgt meer.", ["Dat is bekend.12", "Daarna volgt meer."]),
        ("Zie www.voorbeeld.nl. Daar staat het.", ["Zie www.voorbeeld.nl.", "Daar staat het."]),
        ("Zij zei: «Dat kan. Dat mag.» Wij niet.", ["Zij zei: «Dat kan. Dat mag.»", "Wij niet."]),
        ("Een regel\nzonder punt loopt door. Klaar.", ["Een regel\nzonder punt loopt door.", "Klaar."]),
        ("Vraag 3\nBent u bereid?\nAntwoord\nJa.", ["Vraag 3", "Bent u bereid?", "Antwoord", "Ja."]),
        ("Kop\n\nTekst.", ["Kop", "Tekst."]),
    ],
)
def test_where_sentences_end(text, pieces):
    assert cut(text) == pieces


def test_a_line_that_a_margin_broke_goes_on_before_a_capital():
    text = "Naar aanleiding van het rapport spreek ik met de Vereniging\nNederlandse Gemeenten over het vervolg."
    assert cut(text) == [text]


def test_an_endless_line_is_cut_at_blanks():
    text = "woord " * LONGEST
    spans = list(paragraphs(text))
    assert all(end - begin <= LONGEST for begin, end in spans)
    assert spans[0][0] == 0
    assert all(before[1] == after[0] for before, after in pairwise(spans))


def test_an_unbalanced_quotation_mark_swallows_one_paragraph_at_most():
    assert cut("Hij zei: «ja. Dat was het.\n\nIk ga. Jij ook.")[-2:] == ["Ik ga.", "Jij ook."]
