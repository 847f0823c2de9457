"""One paper in many places: what brings its publications together, and what must not."""

from datetime import date

import pytest

from sources.document import Document, Kind
from sources.grouping import paper_keys, place_of, same_paper

ANSWER = "Vraag 1\nKent u het bericht?\nAntwoord 1\nJa. " + "Gemeenten voldoen aan de wet waar dat kan. " * 40


def document(key="a:1", kind=Kind.LETTER, **values) -> Document:
    return Document(key=key, source=key.split(":")[0], kind=kind, title=values.pop("title", "Een brief"), **values)


SAME = {
    "the official id": ({"identifiers": ("2024D27797", "kst-32761-304")}, {"identifiers": ("kst-32761-304",)}),
    "an id in another case": ({"identifiers": ("KST-36600-vii-1",)}, {"identifiers": ("kst-36600-VII-1",)}),
    "the id in an address": ({"identifiers": ("kst-32761-304",)}, {"url": "http://zoek.officielebekendmakingen.nl/kst-32761-304.html"}),
    "the Kamer's own address": (
        {"identifiers": ("2024D27797",)},
        {"url": "https://www.tweedekamer.nl/kamerstukken/brieven_regering/detail?did=2024D27797&id=2024D27797"},
    ),
    "the bytes of the file": ({"facts": {"sha256": "AB12"}}, {"facts": {"sha256": "ab12"}}),
    "the place on the web": (
        {"facts": {"weblocatie": "https://www.rijksoverheid.nl/documenten/kamerstukken/2024/06/28/reactie"}},
        {"url": "http://rijksoverheid.nl/documenten/kamerstukken/2024/06/28/reactie/?utm_source=rss#top"},
    ),
    "provisional, then final": (
        {"kind": Kind.ANSWER, "identifiers": ("ah-1271549", "2024Z20000")},
        {"kind": Kind.ANSWER, "identifiers": ("ah-tk-20242025-1028",), "facts": {"case": "2024Z20000"}},
    ),
    "one sent letter, two answers": (
        {"kind": Kind.ANSWER, "identifiers": ("ah-tk-20212022-3854",), "published_on": date(2022, 9, 2),
         "text": "Vragen van het lid Leijten\n" + ANSWER},
        {"kind": Kind.ANSWER, "identifiers": ("ah-tk-20212022-3855",), "published_on": date(2022, 9, 2),
         "text": "Vragen van het lid Bouchallikh\n" + ANSWER.replace(". ", ".\n")},
    ),
    "one report in two places": (
        {"kind": Kind.REPORT, "identifiers": ("wodc:3301", "hdl:20.500.12832/3250")},
        {"kind": Kind.REPORT, "identifiers": ("wodc:3301",)},
    ),
    "an answer at the Kamer and in the Bekendmakingen": (
        {"kind": Kind.ANSWER, "identifiers": ("2022D33920",), "facts": {"case": "2022Z10980"}},
        {"kind": Kind.ANSWER, "identifiers": ("ah-1271549", "answer:2022Z10980")},
    ),
    "questions and their case": (
        {"kind": Kind.QUESTION, "identifiers": ("2022D1", "kv-tk-2022Z10980", "2022Z10980")},
        {"kind": Kind.QUESTION, "identifiers": ("kv-tk-2022Z10980",)},
    ),
}  # fmt: skip

DIFFERENT = {
    "one dossier": (
        {"identifiers": ("kst-32761-304", "dossier:32761")}, {"identifiers": ("kst-32761-305", "dossier:32761")},
    ),
    "a question and its answer": (
        {"kind": Kind.QUESTION, "identifiers": ("2022Z10980",)},
        {"kind": Kind.ANSWER, "identifiers": ("2022Z10980", "2022D33920"), "facts": {"case": "2022Z10980"}},
    ),
    "an answer and the notice that it will be late": (
        {"kind": Kind.POSTPONEMENT, "identifiers": ("2022D2",), "facts": {"case": "2022Z10980"}},
        {"kind": Kind.ANSWER, "identifiers": ("2022D3",), "facts": {"case": "2022Z10980"}},
    ),
    "two notices of delay": (
        {"kind": Kind.POSTPONEMENT, "identifiers": ("2022D2",), "facts": {"case": "2022Z10980"}},
        {"kind": Kind.POSTPONEMENT, "identifiers": ("2022D3",), "facts": {"case": "2022Z10980"}},
    ),
    "an answer and a further answer": (
        {"kind": Kind.ANSWER, "identifiers": ("2022D2",), "facts": {"case": "2022Z10980"}},
        {"kind": Kind.ANSWER, "identifiers": ("2022D3",),
         "facts": {"case": "2022Z10980", "kind": "Antwoord schriftelijke vragen (nader)"}},
    ),
    "two short answers in the same words": (
        {"kind": Kind.ANSWER, "published_on": date(2022, 9, 2), "text": "Antwoord 1\nZie het antwoord op vraag 2."},
        {"kind": Kind.ANSWER, "published_on": date(2022, 9, 2), "text": "Antwoord 1\nZie het antwoord op vraag 2."},
    ),
    "the same words in another year": (
        {"kind": Kind.ANSWER, "published_on": date(2022, 9, 2), "text": ANSWER},
        {"kind": Kind.ANSWER, "published_on": date(2023, 9, 2), "text": ANSWER},
    ),
    "two promises of one meeting": (
        {"kind": Kind.REGISTER, "identifiers": ("TZ202403-1",), "url": "https://www.tweedekamer.nl/d/v?id=2024A05766"},
        {"kind": Kind.REGISTER, "identifiers": ("TZ202403-2",), "url": "https://www.tweedekamer.nl/d/v?id=2024A05766"},
    ),
    "items that all point at the front page": ({"url": "https://www.vng.nl/"}, {"url": "https://vng.nl/nieuws"}),
    "the same front page": ({"url": "https://www.vng.nl/nieuws/"}, {"url": "https://vng.nl/nieuws"}),
    "a watched page and a letter on it": (
        {"kind": Kind.PAGE, "url": "https://www.vng.nl/nieuws/avg/brief"}, {"url": "https://www.vng.nl/nieuws/avg/brief"},
    ),
    "a project's announcement and its report": (
        {"kind": Kind.PAGE, "identifiers": ("wodc:3301",)},
        {"kind": Kind.REPORT, "identifiers": ("wodc:3301",)},
    ),
    "the same title": ({"title": "Agenda van de JBZ-raad"}, {"title": "Agenda van de JBZ-raad"}),
    "the answer and the further one, by question only": (
        {"kind": Kind.ANSWER, "identifiers": ("ah-tk-20212022-1", "answer:2022Z10980")},
        {
            "kind": Kind.ANSWER,
            "identifiers": ("ah-tk-20212022-2", "answer:2022Z10980"),
            "title": "Nader antwoord op vragen over de privacywet",
        },
    ),
    "a withdrawn row": ({"identifiers": ("2024D27797",), "withdrawn": True}, {"identifiers": ("2024D27797",)}),
}  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_publications_of_one_paper_find_each_other(one, other):
    assert same_paper(document("a:1", **one), document("b:2", **other))
    assert same_paper(document("b:2", **other), document("a:1", **one))


@pytest.mark.parametrize(("one", "other"), DIFFERENT.values(), ids=DIFFERENT)
def test_different_papers_stay_apart(one, other):
    assert not same_paper(document("a:1", **one), document("b:2", **other))


def test_a_document_is_itself_whatever_it_says():
    assert same_paper(document("a:1"), document("a:1"))
    assert paper_keys(document("a:1")) == ()


def test_keys_are_stable_and_each_stands_once():
    one = document(
        identifiers=("2024D27797", "kst-32761-304", "KST-32761-304", "dossier:32761", ""),
        url="https://zoek.officielebekendmakingen.nl/kst-32761-304.html",
        facts={
            "sha256": "ab",
            "weblocatie": "https://www.rijksoverheid.nl/documenten/x/y|https://vng.nl/brieven/z",
        },
    )
    assert paper_keys(one) == (
        "2024D27797",
        "kst-32761-304",
        "file:ab",
        "at:rijksoverheid.nl/documenten/x/y",
        "at:vng.nl/brieven/z",
    )


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://www.vng.nl/nieuws/avg/", "vng.nl/nieuws/avg"),
        ("HTTP://VNG.nl/nieuws/avg#deel", "vng.nl/nieuws/avg"),
        ("https://vng.nl/?p=12&utm_source=x", "vng.nl?p=12"),
        ("https://vng.nl", ""),
        ("", ""),
        ("niet een adres", ""),
        ("http://[::1", ""),
    ],
)
def test_an_address_as_a_place(url, place):
    assert place_of(url) == place
