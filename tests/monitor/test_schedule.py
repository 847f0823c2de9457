"""The schedule: no run is lost by a restart, a late night or a failing work; the same works on both clocks."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from monitor_examples import START, FakeSource, make_house

from monitor.schedule import Daemon, Planned, Replay, first_runs, run_once, works
from monitor.store import work
from sources.source import Unreachable


def named(house, name, **options):
    return next(p for p in works(house, **options) if p.name == name)


def counting(log, name="count", every=timedelta(hours=6)):
    return Planned(name=name, do=log.append, after=lambda now: now + every)


def test_a_new_installation_does_everything_at_once(house, clock):
    assert set(first_runs(house, works(house), clock()).values()) == {clock()}


def test_a_restart_resets_no_clock(house, clock):
    log = []
    for _ in range(8):  # a process that is restarted every five hours, with a work every six
        replay = Replay(house, (counting(log),), clock())
        end = clock() + timedelta(hours=5)
        while replay.next_at < end:
            replay.step()
        clock.forward(hours=5)
    assert [(moment - START) / timedelta(hours=1) for moment in log] == [0, 6, 12, 18, 24, 30, 36]


def test_what_was_missed_while_the_house_was_closed_runs_once_at_once(house, clock):
    log = []
    Replay(house, (counting(log),), clock()).step()
    clock.forward(days=30)
    replay = Replay(house, (counting(log),), clock())
    assert replay.next_at == clock()
    replay.step()
    assert replay.next_at == clock() + timedelta(hours=6)


def test_a_work_that_fails_is_noted_and_planned_again(house, clock):
    def breaks(_now):
        raise ZeroDivisionError("no sources")

    planned = Planned(name="breaks", do=breaks, after=lambda now: now + timedelta(hours=1))
    assert run_once(house, planned, clock()) == clock() + timedelta(hours=1)
    with house.store.read() as session:
        noted = work.get(session, "breaks")
    assert (noted.error, noted.runs, noted.next_at) == ("ZeroDivisionError: no sources", 1, START + timedelta(hours=1))


@pytest.mark.parametrize(
    ("now", "following"),
    [
        ("2023-03-25T04:00", "2023-03-25T05:30"),  # 6.30 in winter time
        ("2023-03-25T06:00", "2023-03-26T04:30"),  # the night that loses an hour
        ("2023-10-28T06:00", "2023-10-29T05:30"),  # the night that has one twice
        ("2023-07-01T04:30", "2023-07-02T04:30"),
    ],
)
def test_the_morning_is_a_morning_in_amsterdam(house, now, following):
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert named(house, "review").after(moment).isoformat()[:16] == following


def test_a_failing_source_is_asked_less_often(house, clock, source):
    planned = named(house, "poll:tweedekamer")
    first = run_once(house, planned, clock()) - clock()
    assert timedelta(minutes=15) <= first <= timedelta(minutes=16)
    waits = []
    for _ in range(8):
        source.fail(Unreachable("no answer"))
        waits.append((run_once(house, planned, clock()) - clock()) // timedelta(minutes=14))
    assert waits == sorted(waits)
    assert waits[-1] == waits[-2] == 6


def test_no_poll_leaves_the_sources_alone(house):
    assert [p.name for p in works(house, poll=False) if p.name.startswith("poll:")] == []


def test_the_replay_runs_what_is_due_first(tmp_path, clock):
    house = make_house(tmp_path, clock, {n: FakeSource(n, every=timedelta(hours=h)) for n, h in (("a", 2), ("b", 3))})
    planned = tuple(p for p in works(house) if p.name.startswith("poll:"))
    replay = Replay(house, planned, clock())
    order = [replay.step()[0] for _ in range(7)]
    assert order == ["poll:a", "poll:b", "poll:a", "poll:b", "poll:a", "poll:a", "poll:b"]
    house.close()


def test_the_daemon_runs_a_work_in_its_own_thread_and_stops_cleanly(house):
    done = threading.Event()
    house = type(house)(
        **{n: getattr(house, n) for n in house.__dataclass_fields__} | {"clock": lambda: datetime.now(UTC)}
    )
    planned = Planned(name="once", do=lambda _now: done.set(), after=lambda now: now + timedelta(hours=1))
    daemon = Daemon(house, (planned,))
    daemon.start()
    assert done.wait(30)
    daemon.stop()
    with house.store.read() as session:
        assert work.get(session, "once").runs == 1
