"""What follows from the matches of a document."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from rules.commitment import Commitment, Status
from rules.event import Event, EventKind, Evidence, Match, Verdict
from rules.judging import MOST_CLAIMS, about, expects_reaction, judge
from rules.life import apply
from rules.matching import match
from rules.policy import Policy
from sources.document import Document, Kind

NOW = datetime(2023, 6, 21, 6, 0, tzinfo=UTC)
POLICY = Policy()
STUDY = "Het WODC doet op mijn verzoek onderzoek naar de veerverbinding tussen Harlingen en Terschelling."


def _match(score: float, verdict: Verdict = Verdict.FULFILLED, **changes: Any) -> Match:
    return Match(commitment="veer", document="tk:1", score=score, verdict=verdict, **changes)


def _judge(commitment: Commitment, document: Document, *matches: Match) -> tuple[Event, ...]:
    return judge(matches, document, {commitment.id: commitment}, POLICY, NOW)


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        (_match(0.95), EventKind.FULFILLED),
        (_match(POLICY.auto_fulfil), EventKind.FULFILLED),
        (_match(POLICY.auto_fulfil - 0.01), EventKind.FOLLOW_UP),
        (_match(0.95, Verdict.POSSIBLE), EventKind.FOLLOW_UP),
        (_match(POLICY.propose, Verdict.POSSIBLE), EventKind.FOLLOW_UP),
        (_match(POLICY.propose - 0.01, Verdict.POSSIBLE), None),
        (_match(0.5, Verdict.PROGRESS), EventKind.PROGRESS),
        (_match(0.05, Verdict.PROGRESS), None),
        (_match(0.9, Verdict.POSTPONED, new_latest=date(2023, 12, 15), new_term="half december"), EventKind.POSTPONED),
        (_match(0.9, Verdict.POSTPONED), EventKind.FOLLOW_UP),
        (_match(0.05, Verdict.POSTPONED, new_latest=date(2023, 12, 15)), None),
    ],
)
def test_a_match_becomes_an_event_by_its_verdict_and_score(
    promise: Callable[..., Commitment], paper: Callable[..., Document], found: Match, kind: EventKind | None
):
    events = _judge(promise(), paper("Brief"), found)
    assert [event.kind for event in events] == ([kind] if kind else [])


def test_an_event_carries_its_evidence_and_is_the_same_when_judged_again(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    commitment, document = (
        promise(),
        paper("Evaluatie veerverbinding Harlingen-Terschelling", "Hierbij ontvangt u haar."),
    )
    found = match(commitment, document)
    assert found is not None
    (event,) = _judge(commitment, document, found)
    assert (event.kind, event.by, event.document) == (EventKind.FULFILLED, "machine", document.key)
    assert event.key == "veer:fulfilled:tk:1"
    assert event.reasons == found.reasons
    assert event.data["published_on"] == "2023-06-20"
    assert _judge(commitment, document, found) == (event,)
    assert apply(commitment, event).status is Status.FULFILLED


def test_a_postponement_moves_the_term(promise: Callable[..., Commitment], paper: Callable[..., Document]):
    text = "Toezending voor de zomer is niet haalbaar gebleken; u ontvangt de evaluatie uiterlijk 15 december 2023."
    commitment = promise()
    document = paper("Uitstel evaluatie van de veerverbinding tussen Harlingen en Terschelling", text)
    found = match(commitment, document)
    assert found is not None
    assert found.score < about(found)
    (event,) = _judge(commitment, document, found)
    assert event.kind is EventKind.POSTPONED
    assert event.data["latest"] == "2023-12-15"
    moved = apply(commitment, event)
    assert moved.deadline is not None
    assert moved.deadline.latest == date(2023, 12, 15)
    assert moved.status is Status.OPEN


def test_about_gives_back_what_the_kind_took():
    taken = (Evidence(signal="postponement", weight=-4.0, text=""), Evidence(signal="words", weight=3.0, text=""))
    assert about(_match(0.2, reasons=taken)) > 0.9
    assert about(_match(0.2)) == pytest.approx(0.2)


def test_report_offering_and_reaction_are_one_keeping_and_a_later_step(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    commitment = promise(STUDY, due=None)
    title = "onderzoek naar de veerverbinding tussen Harlingen en Terschelling"
    papers = [
        paper(f"WODC-{title}", key="wodc:1", kind=Kind.REPORT, on=date(2023, 6, 20), office=""),
        paper(f"Aanbieding WODC-{title}", "Hierbij bied ik u het aan.", key="tk:2", on=date(2023, 6, 21)),
        paper(f"Beleidsreactie op het WODC-{title}", "Hierbij.", key="tk:3", on=date(2024, 6, 28)),
        paper(f"Bijdrage over het {title}", key="nieuws", kind=Kind.NEWS, on=date(2024, 6, 29)),
    ]
    happened = []
    for document in papers:
        found = match(commitment, document)
        for event in _judge(commitment, document, *([found] if found else [])):
            happened.append((event.kind, event.data.get("step", ""), event.document))
            commitment = apply(commitment, event)
    assert happened == [
        (EventKind.FOLLOW_UP, "report", "wodc:1"),
        (EventKind.FULFILLED, "offering", "tk:2"),
        (EventKind.FOLLOW_UP, "reaction", "tk:3"),
    ]
    assert commitment.status is Status.FULFILLED
    assert expects_reaction(commitment)


def test_the_report_alone_keeps_half_of_a_promise_of_report_and_reaction(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    both = promise("Ik stuur u het onderzoek naar de veerverbinding met mijn reactie daarop")
    assert [e.kind for e in _judge(both, paper("Brief"), _match(0.9, step="offering"))] == [EventKind.PARTLY]
    assert [e.kind for e in _judge(both, paper("Brief"), _match(0.9, step=""))] == [EventKind.FULFILLED]


@pytest.mark.parametrize(
    "status", [Status.PROPOSED, Status.LAPSED, Status.REJECTED, Status.MERGED, Status.NOT_MEASURABLE]
)
def test_a_promise_that_is_not_watched_stays_silent(
    promise: Callable[..., Commitment], paper: Callable[..., Document], status: Status
):
    assert _judge(promise(status=status), paper("Brief"), _match(0.99)) == ()


def test_a_kept_promise_is_not_kept_again(promise: Callable[..., Commitment], paper: Callable[..., Document]):
    kept = promise(status=Status.FULFILLED, facts={"status_paper": "tk:1"})
    assert _judge(kept, paper("Brief"), _match(0.99)) == ()
    assert _judge(promise(STUDY, status=Status.FULFILLED, facts={"status_paper": "tk:1"}), paper("Brief"),
                  _match(0.99, step="reaction")) == ()  # fmt: skip


def test_a_withdrawn_paper_keeps_nothing(promise: Callable[..., Commitment], paper: Callable[..., Document]):
    assert _judge(promise(), paper("Brief", withdrawn=True), _match(0.99)) == ()


def test_one_letter_can_keep_many_promises_but_not_hundreds_unseen(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    many = {f"c{n}": promise(id=f"c{n}") for n in range(MOST_CLAIMS + 10)}
    matches = [replace(_match(0.99), commitment=name) for name in many]
    events = judge(matches, paper("Verzamelbrief"), many, POLICY, NOW)
    kinds = [event.kind for event in events]
    assert kinds.count(EventKind.FULFILLED) == MOST_CLAIMS
    assert kinds.count(EventKind.FOLLOW_UP) == 10
    assert all(event.note for event in events if event.kind is EventKind.FOLLOW_UP)
    assert len({event.key for event in events}) == len(events)


def test_matches_of_unknown_promises_are_left_out(paper: Callable[..., Document]):
    assert judge([_match(0.99)], paper("Brief"), {}, POLICY, NOW) == ()


def test_a_row_of_a_register_speaks_for_its_own_promise(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    row = paper(
        "Toezegging",
        kind=Kind.REGISTER,
        identifiers=("TZ202303-011",),
        facts={"status": "Voldaan", "state": "fulfilled"},
    )
    tracked, other = promise(own=("TZ202303-011",)), promise(id="ander", own=("TZ202303-012",))
    events = judge((), row, {one.id: one for one in (tracked, other)}, POLICY, NOW)
    assert [(event.commitment, event.kind) for event in events] == [("veer", EventKind.FULFILLED)]


def test_a_later_step_is_reckoned_from_the_keeping_and_known_by_the_paper_that_kept_it(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    kept = promise(
        STUDY,
        due=None,
        status=Status.FULFILLED,
        facts={"status_paper": "officielebekendmakingen:kst-31409-411", "status_on": "2026-06-20"},
    )
    title = "Beleidsreactie op onderzoek naar veerverbinding"
    later = paper(title, "Op 20 juni 2026 bood ik het aan (Kamerstuk 31 409, nr. 411).", on=date(2026, 9, 1))
    found, before = match(kept, later), match(replace(kept, status=Status.OPEN, facts={}), later)
    assert found is not None
    assert before is not None
    assert "reference" in {reason.signal for reason in found.reasons}
    assert found.score > before.score
    (event,) = _judge(kept, later, found)
    assert (event.kind, event.data["step"]) == (EventKind.FOLLOW_UP, "reaction")


def test_a_reaction_to_something_else_is_no_later_step(
    promise: Callable[..., Commitment], paper: Callable[..., Document]
):
    kept = promise(STUDY, due=None, status=Status.FULFILLED, facts={"status_paper": "tk:9", "status_on": "2023-06-20"})
    text = "De veerverbinding tussen Harlingen en Terschelling komt in het advies kort aan de orde."
    other = paper("Reactie op het advies over vaarbewijzen", text, on=date(2023, 9, 1))
    found = match(kept, other)
    assert found is not None
    assert found.step == "reaction"
    assert _judge(kept, other, replace(found, score=0.9)) == ()
