"""How a source stands after polls: the one statement that adds a batch of them says what a replay one by one says."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.store import sources
from monitor.store.sources import PollRecord, SourceState
from notifications.dates import local_day
from sources.source import Cursor

NAMES = ["a", "b", "c"]


def after(state: SourceState, record: PollRecord, url: str, cursor: Cursor | None) -> SourceState:
    """One more poll, in plain words."""
    polled = replace(
        state,
        url=url,
        cursor=cursor or state.cursor,
        polled_at=record.at,
        polls=state.polls + 1,
        documents=state.documents + record.documents,
        set_aside=state.set_aside + record.set_aside,
        outcome=record.outcome,
        error=record.error,
        error_kind=record.error_kind,
    )
    if record.error:
        return replace(polled, broken_since=state.broken_since or record.at, failures=state.failures + 1)
    first = state.news_at is None
    return replace(
        polled,
        good_at=record.at,
        broken_since=None,
        failures=0,
        covered_from=state.covered_from or local_day(record.at),
        news_at=record.at if record.news or first else state.news_at,
    )


def drawn(dice: random.Random, name: str, now) -> tuple[PollRecord, str, Cursor | None]:
    news, error = dice.choice([0, 0, 2]), dice.choice(["", "", "no answer"])
    record = PollRecord(
        source=name,
        at=now,
        outcome="failed" if error else "new" if news else "nothing",
        documents=news + 1,
        news=news,
        set_aside=dice.choice([0, 1]),
        notes=("set aside",),
        error=error,
        error_kind="unreachable" if error else "",
    )
    cursor = dice.choice([None, Cursor({"at": str(dice.random()), "ë": "'"})])
    return record, f"http://{name}.nl/{dice.choice('xy')}", cursor


@pytest.mark.parametrize("seed", range(6))
def test_a_batch_of_polls_is_added_as_one_by_one(house, clock, seed):
    dice = random.Random(seed)
    expected = {name: SourceState(name=name) for name in NAMES}
    for _ in range(12):
        now = clock.forward(hours=7)
        batch = [drawn(dice, name, now) for name in dice.sample(NAMES, dice.randint(1, 3))]
        with house.store.write() as session:
            sources.note_polls(session, batch)
        expected |= {one[0].source: after(expected[one[0].source], *one) for one in batch}
        with house.store.read() as session:
            states, cursors = sources.every(session), sources.cursors(session)
        assert states == {name: state for name, state in expected.items() if state.polls}
        assert cursors == {name: state.cursor for name, state in states.items()}


def test_polls_leave_what_others_wrote_of_the_source(house, clock):
    """A cursor that a page wrote in the meantime, and a period that a back-fill joined."""
    with house.store.write() as session:
        record = PollRecord(source="a", at=clock.now, outcome="nothing")
        sources.note_polls(session, [(record, "http://a.nl", None)])
        day = local_day(clock.now)
        sources.extend_coverage(session, "a", day - timedelta(days=9), day)
        sources.save_cursor(session, "a", "http://a.nl", Cursor({"page": "2"}))
        sources.note_polls(session, [(replace(record, at=clock.forward(hours=1)), "http://a.nl", None)])
        state = sources.get(session, "a")
    assert state.cursor == Cursor({"page": "2"})
    assert state.covered_from == day - timedelta(days=9)
    assert state.polls == 2
