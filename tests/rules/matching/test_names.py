"""Names between quotation marks: the promised project and its neighbours."""

from collections.abc import Callable

import pytest

from rules.commitment import Commitment
from rules.event import Verdict
from rules.matching import match
from rules.names import names_in, neighbours
from rules.ranking import rank
from sources.document import Document

NAMED = (
    "De Kamer ontvangt de resultaten van de onderzoeksfase van het project «Vernieuwing veerboten» "
    "tussen Harlingen en Terschelling."
)


@pytest.mark.parametrize(
    ("promised", "title", "other"),
    [
        ("het project «Vernieuwing veerboten»", "Project ‘Vernieuwing sluisdeuren’", True),
        ('het programma "Schoon water"', "Programma “Schoon gebouw”", True),
        ("het project «Vernieuwing veerboten»", "Voortgang «Vernieuwing veerboten Waddenzee»", False),
        ("het project «Vernieuwing veerboten»", "Nota «Varen met beleid»", False),  # another sort of name altogether
        ("het project «Vernieuwing veerboten»", "Vernieuwing van de sluisdeuren", False),  # no name in the title
        ("de vernieuwing van de veerboten", "Project ‘Vernieuwing sluisdeuren’", False),
        ("de «Vernieuwing veerboten» en de «Vernieuwing sluisdeuren»", "‘Vernieuwing sluisdeuren’", False),
    ],
)
def test_neighbours_share_a_word_and_are_another_thing(promised: str, title: str, other: bool):
    assert neighbours(names_in(promised), names_in(title)) is other


def test_apostrophes_open_no_name():
    assert names_in("de auto's van het ministerie en de foto's daarvan") == ()


def test_a_paper_on_the_neighbour_of_the_promised_project_is_never_claimed(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    text = "Hierbij ontvangt u de resultaten van de onderzoeksfase van het project tussen Harlingen en Terschelling."
    right = match(promise(NAMED), paper("Resultaten onderzoeksfase ‘Vernieuwing veerboten’", text))
    other = match(promise(NAMED), paper("Resultaten onderzoeksfase ‘Vernieuwing sluisdeuren’", text))
    assert right is not None
    assert right.verdict is Verdict.FULFILLED
    assert other is not None
    assert other.verdict is Verdict.POSSIBLE


@pytest.mark.parametrize(
    ("title", "verdict"),
    [
        ("Aanbieding rapport veerverbinding Harlingen-Terschelling", Verdict.POSSIBLE),
        ("Reactie op het rapport veerverbinding Harlingen-Terschelling", Verdict.FULFILLED),
    ],
)
def test_a_report_alone_is_not_claimed_where_a_reaction_to_it_was_promised(
    promise: Callable[..., Commitment], paper: Callable[..., Document], title: str, verdict: Verdict
):
    asked = promise("Na het rapport over de veerverbinding Harlingen-Terschelling stuur ik u mijn reactie.")
    found = rank([asked], [paper(title, "Hierbij bied ik u aan wat over de veerverbinding is geschreven.")])[asked.id]
    assert [match.verdict for match in found] == [verdict]
    assert found[0].score > 0.5
