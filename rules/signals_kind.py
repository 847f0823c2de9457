"""Signals of what sort of paper it is: does it offer what was promised, or is it a kind that never keeps a promise?

A postponement, a list of questions, a motion, a report of a debate or a news item about the subject is no fulfilment;
a progress report is one only where progress was promised. Not inside: the words of the kinds (`rules.papers`).
"""

from collections.abc import Iterator
from functools import lru_cache

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
FOR_KINDS = {
    "collection": "het stuk doet toezeggingen af",
    "settles": "het stuk zegt dat het een toezegging nakomt",
}
PROMISED = {"bill": "bill", "interim": "progress"}  # kind -> what must not have been promised for it to be a signal


def kind(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    """Every kind that speaks against is a signal of its own."""
    return (signal for signal in of_kinds(paper.kinds) if PROMISED.get(signal.name) not in pledge.products)


@lru_cache(maxsize=1_024)
def of_kinds(kinds: frozenset[str]) -> tuple[Signal, ...]:
    """What the kinds of a paper say, where the promise did not ask for that very kind."""
    found = [(name, AGAINST[name]) for name in sorted(kinds & AGAINST.keys())]
    found += [(name, why) for name, why in FOR_KINDS.items() if name in kinds]
    if "interim" in kinds:
        found.append(("interim", "het is een tussenstand"))
    if "letter" in kinds or ("official" in kinds and not kinds & AGAINST.keys()):
        found.append(("letter", "het is een brief aan de Kamer"))
    return tuple(Signal(name, 1.0, why) for name, why in found)


def product(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    """What was promised (a reaction, a report, a plan, …) against what the title offers."""
    both = pledge.products & paper.products
    if both:
        named = ", ".join(PRODUCTS[one] for one in sorted(both))
        yield Signal("product", len(both) / len(pledge.products), f"biedt wat is toegezegd: {named}")


PRODUCTS = {
    "reaction": "een reactie", "research": "een onderzoek of rapport", "evaluation": "een evaluatie",
    "progress": "een voortgangsbericht", "plan": "een plan of visie", "bill": "wetgeving",
    "overview": "een overzicht of toelichting", "talks": "gesprekken of afspraken", "decision": "een besluit",
}  # fmt: skip


def series(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    """The same edition of a series, or the one before or after."""
    mine, its = pledge.editions, paper.editions
    if mine.pairs & its.pairs or mine.years & its.years or mine.ordinals & its.ordinals:
        yield Signal("edition", 1.0, "zelfde jaar of volgnummer van de reeks")
    if _differs(mine, its):
        yield Signal("other_edition", 1.0, "een ander jaar of volgnummer van de reeks")


def _differs(mine: Editions, its: Editions) -> bool:
    pairs = bool(mine.pairs and its.pairs and not mine.pairs & its.pairs)
    ordinals = bool(mine.ordinals and its.ordinals and not mine.ordinals & its.ordinals)
    return pairs or ordinals
