"""The backtest on labelled data: its figures follow from the rules, its page from the figures."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from monitor.backtest_report import chart, write_report
from monitor.backtesting import NoLabels, backtest
from rules.calendar import Calendar
from rules.scoring import Bin, Share

OWN = Path(__file__).parents[1] / "labelled"
TERMS = [
    {"id": "a", "expression": "eind dit jaar", "earliest": "2023-10-01", "latest": "2023-12-31"},
    {"id": "b", "expression": "morgen", "earliest": "2023-02-02", "latest": "2023-02-09"},
]
TERMS = [{**row, "document_date": "2023-02-01"} for row in TERMS]
PAIR = {
    "id": "M1",
    "commitment_text": "Ik stuur de Kamer een plan voor veilige fietspaden langs provinciale wegen.",
    "made_on": "2023-02-01",
    "by": "minister van Infrastructuur en Waterstaat",
    "ministry": "IenW",
    "url": "https://zoek.officielebekendmakingen.nl/kst-29398-1.html",
    "fulfilled_by": {
        "url": "https://zoek.officielebekendmakingen.nl/kst-29398-9.html",
        "title": "Plan voor veilige fietspaden langs provinciale wegen",
        "date": "2023-06-01",
        "first_300_words_key_terms": ["plan", "veilige fietspaden", "provinciale wegen"],
    },
    "near_misses": [{"url": "https://example.org/x", "title": "Jaarverslag Belastingdienst", "date": "2023-06-01"}],
}


@pytest.fixture
def gold(tmp_path):
    (tmp_path / "deadlines-x.jsonl").write_text("\n".join(map(json.dumps, TERMS)))
    (tmp_path / "matching-x.jsonl").write_text(json.dumps(PAIR))
    letter = {"id": "l", "date": "2023-02-01", "commitments": [{"key": "voor 1 juli een plan", "strength": "explicit"}]}
    rows = [letter, {**letter, "id": "no-text"}]
    (tmp_path / "extraction-x.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "l.txt").write_text(
        "Geachte voorzitter, ik stuur uw Kamer voor 1 juli een plan voor fietsers."
    )
    return tmp_path


def test_every_part_is_measured_and_what_has_no_text_is_counted(gold):
    measured = backtest(gold, Calendar())
    assert measured.extraction["extraction-x"].found == Share(1, 1)
    assert measured.deadlines["deadlines-x"].last_day == Share(1, 2)
    assert [label.id for label, *_ in measured.deadlines["deadlines-x"].wrong] == ["b"]
    assert measured.matching["matching-x"].first == Share(1, 1)
    assert measured.without_text == 1


def test_a_wrong_label_lowers_the_figures(gold):
    row = {
        "id": "l",
        "date": "2023-02-01",
        "commitments": [{"key": "woorden die er niet staan", "strength": "explicit"}],
    }
    (gold / "extraction-x.jsonl").write_text(json.dumps(row))
    score = backtest(gold, Calendar()).extraction["extraction-x"]
    assert (score.recall, score.precision) == (0.0, 0.0)


def test_the_page_holds_the_figures_and_a_chart_that_is_xml(gold, tmp_path):
    page, *charts = write_report(backtest(gold, Calendar()), tmp_path / "report.md")
    text = page.read_text()
    assert "| last day right | 50.0% (1 of 2) |" in text
    assert len(charts) == 2
    for picture in charts:
        assert ET.fromstring(picture.read_text()).tag.endswith("svg")
        assert f"({picture.name})" in text


def test_a_chart_shows_a_circle_a_bin():
    bins = (
        Bin(low=0.5, high=0.6, right=Share(1, 2), confidence=0.55),
        Bin(low=0.9, high=1.0, right=Share(9, 9), confidence=0.97),
    )
    assert chart(bins).count("<circle") == 2
    assert chart(()).count("<circle") == 0


@pytest.mark.parametrize("content", ["{", '{"id": 1}\nnonsense'])
def test_a_broken_line_is_named(tmp_path, content):
    (tmp_path / "deadlines-x.jsonl").write_text(content)
    with pytest.raises(ValueError, match=r"deadlines-x.jsonl, line \d"):
        backtest(tmp_path, Calendar())


def test_a_folder_without_labels_is_refused(tmp_path):
    with pytest.raises(NoLabels):
        backtest(tmp_path, Calendar())
    with pytest.raises(NoLabels):
        backtest(tmp_path / "none", Calendar())


def test_our_own_letters_are_read_well():
    """A floor, not a goal: figures of the day are in docs/accuracy.md."""
    score = backtest(OWN, Calendar()).extraction["own letters"]
    assert score.letters >= 40
    assert score.f1 >= 0.8
    assert score.explicit.value >= 0.75
