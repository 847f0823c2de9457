"""What sort of paper a document is, and what sort of paper a promise asks for.

`kinds` reads the source's own kind, the address and the title; `promised` and `offered` read the products (a reaction,
a report, an evaluation, …). The words are data (``papers.toml``). Not inside: what a kind is worth (`rules.signals`).
"""

import re
from collections.abc import Iterable
from functools import cache

from rules.commitment import Promise
from rules.terms import forms, words
from rules.vocabulary import data
from sources.document import Document, Kind

RECURRING = frozenset(
    "jaarlijks jaarlijkse halfjaarlijks halfjaarlijkse periodiek periodieke voortaan kwartaalrapportage "
    "halfjaarsrapportage tweejaarlijks maandelijks tussentijds".split()
)
STUDY = frozenset({"research", "evaluation"})  # products that are studies, and may be reacted to
OF_SOURCE = {
    Kind.LETTER: "letter", Kind.ANSWER: "answered", Kind.POSTPONEMENT: "postponement", Kind.QUESTION: "questions",
    Kind.MOTION: "motion", Kind.DEBATE: "debate", Kind.BILL: "bill", Kind.NEWS: "news", Kind.REPORT: "report",
    Kind.REGISTER: "register", Kind.PAGE: "page", Kind.ANNEX: "annex",
}  # fmt: skip
OF_PROMISE = {
    Promise.EVALUATE: "evaluation", Promise.RESEARCH: "research", Promise.CONSULT: "talks", Promise.LEGISLATE: "bill",
}  # fmt: skip
_CASE = re.compile(r"\d{4}Z\d{5}")


def kinds(document: Document, head: str) -> frozenset[str]:
    """All kinds that fit; a case of the Tweede Kamer without a paper ("2021Z00023") counts as questions."""
    title = f"^{' '.join(words(document.title))} $"
    found = {kind for kind, patterns in _phrases("kinds") if any(phrase in title for phrase in patterns)}
    found |= {kind for kind, patterns in _phrases("head") if any(phrase in head for phrase in patterns)}
    if document.kind in OF_SOURCE:
        found.add(OF_SOURCE[document.kind])
    found |= _of_address(document)
    if _CASE.fullmatch(document.key.rpartition(":")[2]):
        found.add("questions")
    return frozenset(found)


def _of_address(document: Document) -> set[str]:
    """What the address says; a place that nobody knows counts as news, unless its source says what it publishes."""
    if not document.url:
        return set()
    found = {kind for kind, parts in _hosts() if any(part in document.url for part in parts)}
    placed = found & {"official", "publisher", "news"} or document.kind is not Kind.OTHER
    return found if placed else found | {"news"}


@cache
def _hosts() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((kind, tuple(parts.split("|"))) for kind, parts in data("papers")["hosts"].items())


def promised(spoken: Iterable[str], kind: Promise) -> frozenset[str]:
    """The products that a promise names, and the one that its kind stands for."""
    named = _named(spoken, "promise")
    return named | {OF_PROMISE[kind]} if kind in OF_PROMISE else named


def offered(document: Document, title: Iterable[str]) -> frozenset[str]:
    """The products that a title names; a report is one, whatever its title."""
    named = _named(title, "paper")
    return named | {"research"} if document.kind is Kind.REPORT else named


def _named(spoken: Iterable[str], side: str) -> frozenset[str]:
    table = _products(side)
    return frozenset(product for word in spoken for term in forms(word) for product in table.get(term, ()))


@cache
def _phrases(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Folded phrases of each kind; "^" stands for the beginning of the title, "$" for its end."""
    return tuple(
        (kind, tuple(_folded(phrase) for phrase in row.split("|"))) for kind, row in data("papers")[name].items()
    )


def _folded(phrase: str) -> str:
    opening = "^" if phrase.startswith("^") else ""
    closing = " $" if phrase.endswith("$") else " " if phrase.endswith(" ") else ""
    return f"{opening}{' '.join(words(phrase))}{closing}"


@cache
def _products(side: str) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for product, row in data("papers")["products"].items():
        for word in words(row[side]):
            term = forms(word)[0]
            table[term] = tuple(dict.fromkeys((*table.get(term, ()), product)))
    return table
