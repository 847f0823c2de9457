"""Odd promises and papers: bounded time, sensible silence, a note where something was cut."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from rules.commitment import Commitment
from rules.event import Verdict
from rules.index import Index
from rules.matching import match
from rules.profile import LONGEST_PAPER, LONGEST_PROMISE
from sources.document import Document

TITLE = "Evaluatie veerverbinding Harlingen-Terschelling"


@pytest.mark.parametrize(
    "quote",
    ["", " ", "…", "Ja.", "Onderzoek", "§§§ ��� 1234 5678", "We shall report on the ferry before the summer recess.",
     "a" * 100_000, "🚢 " * 2_000],
)  # fmt: skip
def test_a_promise_that_says_nothing_claims_nothing(
    promise: Callable[..., Commitment], paper: Callable[..., Document], quote: str
):
    found = match(promise(quote), paper(TITLE))
    assert found is None or found.verdict is not Verdict.FULFILLED


def test_a_promise_of_five_thousand_words_is_compared(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    found = match(promise(" ".join([promise().quote] * 200)), paper(TITLE))
    assert found is not None
    assert found.verdict is Verdict.FULFILLED


def test_a_promise_that_is_cut_says_so(promise: Callable[..., Commitment], paper: Callable[..., Document]):
    found = match(promise(promise().quote + " veerboot" * LONGEST_PROMISE), paper(TITLE))
    assert found is not None
    assert "cut" in {reason.signal for reason in found.reasons}


@pytest.mark.timeout(20)
def test_a_paper_of_five_megabytes_is_cut_and_says_so(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    text = "De veerboot naar Terschelling vaart volgens de dienstregeling. " * (5_000_000 // 63)
    assert len(text) > LONGEST_PAPER
    found = match(promise(), paper(TITLE, text))
    assert found is not None
    assert "cut" in {reason.signal for reason in found.reasons}


@pytest.mark.parametrize("text", ["", "\x00\x01\x02", "<script>alert(1)</script>", "x" * 50_000, "1 " * 5_000])
def test_a_paper_without_words_is_judged_by_its_title(
    promise: Callable[..., Commitment], paper: Callable[..., Document], text: str
):
    assert match(promise(), paper(TITLE, text)) is not None
    assert match(promise(), paper("", text)) is None


@pytest.mark.parametrize(("year", "verdict"), [(1900, Verdict.POSSIBLE), (2100, None)])
def test_impossible_dates_are_survived(
    promise: Callable[..., Commitment], paper: Callable[..., Document], year: int, verdict: Verdict | None
):
    found = match(promise(), paper(TITLE, on=date(year, 1, 1)))
    assert found is None or verdict is None or found.verdict is verdict
    postponed = match(promise(), paper(f"Uitstel {TITLE}", "Voor 1 mei.", on=date(year, 1, 1)))
    assert postponed is None or postponed.verdict is Verdict.POSTPONED


def test_a_thousand_identical_papers_have_identical_scores(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    index = Index([promise()])
    document = paper(TITLE)
    scores = {index.matches(replace(document, key=f"d{n}"))[0].score for n in range(1_000)}
    assert len(scores) == 1
