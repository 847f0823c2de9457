"""One pass over many sources: the same as a poll of each, whatever one of them does."""

import pytest
from monitor_examples import FakeSource, document, history, keep, keeping, make_house, promise

from monitor import side_by_side
from monitor.side_by_side import poll_all
from monitor.store import documents, sources
from sources.source import Unreachable

NAMES = [f"bron{n}" for n in range(7)]


@pytest.fixture
def places():
    return {name: FakeSource(name) for name in NAMES}


@pytest.fixture
def house(tmp_path, clock, places, monkeypatch):
    monkeypatch.setattr(side_by_side, "BATCH", 3)
    return make_house(tmp_path, clock, places)


def states(house):
    with house.store.read() as session:
        return sources.every(session)


def test_every_source_is_read_once_and_told_in_order(house, places):
    places["bron2"].publish(document("bron2:1"), cursor="7")
    records = poll_all(house, [*NAMES, "bron1"], house.clock())
    assert [record.source for record in records] == NAMES
    assert [record.news for record in records] == [0, 0, 1, 0, 0, 0, 0]
    assert {name: state.polls for name, state in states(house).items()} == dict.fromkeys(NAMES, 1)
    assert states(house)["bron2"].cursor.get("at") == "7"
    assert all(state.good_at == house.clock() for state in states(house).values())


def test_cursors_of_quiet_pages_are_kept_and_given_to_the_next_pass(house, places):
    for place in places.values():
        place.publish(cursor="3")
    poll_all(house, NAMES, house.clock())
    poll_all(house, NAMES, house.clock())
    assert {place.cursors[-1].get("at") for place in places.values()} == {"3"}
    assert {state.polls for state in states(house).values()} == {2}


def test_a_failing_source_holds_nobody_up(house, places, clock):
    places["bron0"].fail(Unreachable("no answer"))
    places["bron4"].fail(RuntimeError("a fault"))
    keep(house, promise())
    places["bron6"].publish(keeping("bron6:plan"))
    records = poll_all(house, NAMES, house.clock())
    assert [record.source for record in records if record.error] == ["bron0", "bron4"]
    assert "fulfilled" in history(house)
    assert states(house)["bron0"].broken_since == clock.now
    poll_all(house, NAMES, clock.forward(hours=1))
    assert states(house)["bron0"].broken_since is None


def test_late_texts_are_fetched_in_a_pass_too(house, places):
    place = places["bron5"]
    place.texts["bron5:1"] = Unreachable("later")
    place.publish(document("bron5:1", source="bron5", text=""))
    poll_all(house, NAMES, house.clock())
    place.texts["bron5:1"] = "De hele tekst."
    poll_all(house, NAMES, house.clock())
    with house.store.read() as session:
        assert documents.get(session, "bron5:1").text == "De hele tekst."


def test_nobody_to_ask_is_no_pass(house):
    assert poll_all(house, [], house.clock()) == []
