"""Signals of what sort of paper it is: does it offer what was promised, or is it a kind that never keeps a promise?

A postponement, a list of questions, a motion, a report of a debate or a news item about the subject is no fulfilment;
a progress report is one only where progress was promised. Not inside: the words of the kinds (`rules.papers`).
"""

from collections.abc import Iterator

from rules.profile import Editions, Paper, Pledge
from rules.signals import Signal

AGAINST = {  # kind -> why it speaks against
    "postponement": "het stuk stelt uit of meldt vertraging",
    "questions": "het zijn vragen, geen antwoord van het kabinet",
    "debate": "het is een verslag van een debat of overleg",
    "motion": "het is een motie of amendement",
    "news": "het is een bericht van buiten de officiële publicaties",
    "agenda": "het is een agenda of planning",
    "echo": "het is een reactie van anderen",
    "bill": "het is een wetsvoorstel",
    "european": "het is een stuk over een Europese vergadering",
}


def kind(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    """Every kind that speaks against is a signal of its own."""
    for name, why in AGAINST.items():
        asked = name == "bill" and "bill" in pledge.products
        yield Signal(name, float(name in paper.kinds and not asked), why)
    yield Signal("answered", float("answered" in paper.kinds), "het is een antwoord op Kamervragen")
    interim = "interim" in paper.kinds and "progress" not in pledge.products
    yield Signal("interim", float(interim), "het is een tussenstand")
    letter = "letter" in paper.kinds or ("official" in paper.kinds and not paper.kinds & set(AGAINST))
    yield Signal("letter", float(letter), "het is een brief aan de Kamer")
    yield Signal("collection", float("collection" in paper.kinds), "het stuk doet toezeggingen af")
    yield Signal("settles", float("settles" in paper.kinds), "het stuk zegt dat het een toezegging nakomt")


def product(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    """What was promised (a reaction, a report, a plan, …) against what the title offers."""
    both = pledge.products & paper.products
    named = ", ".join(PRODUCTS[one] for one in sorted(both))
    yield Signal("product", len(both) / len(pledge.products) if both else 0.0, f"biedt wat is toegezegd: {named}")
    differs = bool(pledge.products and paper.products and not both)
    yield Signal("other_product", float(differs), "biedt iets anders dan is toegezegd")


PRODUCTS = {
    "reaction": "een reactie", "research": "een onderzoek of rapport", "evaluation": "een evaluatie",
    "progress": "een voortgangsbericht", "plan": "een plan of visie", "bill": "wetgeving",
    "overview": "een overzicht of toelichting", "talks": "gesprekken of afspraken", "decision": "een besluit",
}  # fmt: skip


def series(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    """The same edition of a series, or the one before or after."""
    mine, its = pledge.editions, paper.editions
    same = bool(mine.pairs & its.pairs or mine.years & its.years or (mine.ordinals & its.ordinals and its.ordinals))
    yield Signal("edition", float(same), "zelfde jaar of volgnummer van de reeks")
    yield Signal("other_edition", float(_differs(mine, its)), "een ander jaar of volgnummer van de reeks")


def _differs(mine: Editions, its: Editions) -> bool:
    pairs = bool(mine.pairs and its.pairs and not mine.pairs & its.pairs)
    ordinals = bool(mine.ordinals and its.ordinals and not mine.ordinals & its.ordinals)
    return pairs or ordinals
