"""What a paper is and what a promise asks for."""

from collections.abc import Callable

import pytest

from rules import papers
from rules.commitment import Promise
from rules.terms import words
from sources.document import Document, Kind


def _kinds(document: Document) -> frozenset[str]:
    return papers.kinds(document, " ".join(words(document.text)))


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Uitstel toezending evaluatie veerverbinding", "postponement"),
        ("Rapport over de haven niet tijdig gereed", "postponement"),
        ("Lijst van vragen over het jaarverslag", "questions"),
        ("Lijst van vragen en antwoorden over het jaarverslag", "answered"),
        ("Verslag van een commissiedebat, gehouden op 3 mei 2023", "debate"),
        ("Motie van het lid Jansen over veerboten", "motion"),
        ("Gewijzigde motie van het lid Jansen over veerboten", "motion"),
        ("Stand van zaken veerverbinding", "interim"),
        ("Verzamelbrief scheepvaart", "collection"),
        ("Agenda procedurevergadering", "agenda"),
        ("Fiche: verordening veerdiensten", "european"),
    ],
)
def test_a_title_says_what_a_paper_is(paper: Callable[..., Document], title: str, kind: str):
    assert kind in _kinds(paper(title, kind=Kind.OTHER))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Beantwoording lukt niet binnen de gebruikelijke termijn, omdat afstemming meer tijd kost.", "postponement"),
        ("Zoals toegezegd ontvangt u hierbij het rapport.", "settles"),
    ],
)
def test_the_first_words_say_it_too(paper: Callable[..., Document], text: str, kind: str):
    assert kind in _kinds(paper("Veerverbinding", text))


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://zoek.officielebekendmakingen.nl/kst-31409-410.html", "official"),
        ("https://www.tweedekamer.nl/kamerstukken/brieven_regering/detail?did=2023D1", "letter"),
        ("https://zoek.officielebekendmakingen.nl/ah-tk-20222023-1.html", "answered"),
        ("https://www.wodc.nl/onderzoek/3301", "publisher"),
        ("https://krant.example/artikel/1", "news"),
    ],
)
def test_an_address_says_where_a_paper_comes_from(paper: Callable[..., Document], url: str, kind: str):
    assert kind in _kinds(paper("Veerverbinding", kind=Kind.OTHER, url=url))


def test_a_source_that_knows_its_kind_is_believed_over_the_address(paper: Callable[..., Document]):
    found = _kinds(paper("Veerverbinding", kind=Kind.LETTER, url="http://127.0.0.1:9000/1"))
    assert "letter" in found
    assert "news" not in found


def test_a_case_without_a_paper_is_a_question(paper: Callable[..., Document]):
    assert "questions" in _kinds(paper("De veerboten", kind=Kind.OTHER, key="2023Z01234"))


@pytest.mark.parametrize(
    ("promise", "products"),
    [
        ("Ik laat onderzoek doen en stuur een kabinetsreactie", {"research", "reaction"}),
        ("De wet wordt geëvalueerd", {"evaluation", "bill"}),
        ("Ik informeer u jaarlijks over de voortgang", {"progress"}),
        ("Ik kom hierop terug", set()),
    ],
)
def test_a_promise_names_its_products(promise: str, products: set[str]):
    assert papers.promised(words(promise), Promise.OTHER) == products


def test_the_kind_of_promise_names_a_product_when_its_words_do_not():
    assert papers.promised(words("Ik kom hierop terug"), Promise.RESEARCH) == {"research"}


def test_a_report_offers_research_whatever_its_title(paper: Callable[..., Document]):
    report = paper("De veerboot en de regels", kind=Kind.REPORT)
    assert papers.offered(report, words(report.title)) == {"research"}
