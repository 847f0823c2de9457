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
    first = first_runs(house, works(house), clock())
    assert {name for name, moment in first.items() if moment > clock()} == {"recheck:tweedekamer"}, (
        "this is for the night"
    )


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


def polls_in_a_day(house, source, fails):
    replay = Replay(house, (named(house, "poll:tweedekamer"),), house.clock())
    end, count = house.clock() + timedelta(days=1), 0
    while replay.next_at < end:
        if fails:
            source.fail(Unreachable("no answer"))
        replay.step()
        count += 1
    return count


def test_a_source_is_asked_at_its_rhythm_without_drifting(house, source):
    assert 95 <= polls_in_a_day(house, source, fails=False) <= 97


def test_a_failing_source_is_asked_less_often_but_never_given_up(house, source):
    assert 14 <= polls_in_a_day(house, source, fails=True) <= 22


def test_no_poll_leaves_the_sources_alone(house):
    assert [p.name for p in works(house, poll=False) if p.name.startswith("poll:")] == []


def test_the_replay_runs_what_is_due_first(tmp_path, clock):
    house = make_house(tmp_path, clock, {n: FakeSource(n, every=timedelta(hours=h)) for n, h in (("a", 2), ("b", 3))})
    planned = tuple(p for p in works(house) if p.name.startswith("poll:"))
    replay = Replay(house, planned, clock())
    runs = [replay.step() for _ in range(10)]
    assert [moment for _, moment in runs] == sorted(moment for _, moment in runs)
    hours = {name: [moment.hour for n, moment in runs if n == name] for name in ("poll:a", "poll:b")}
    assert hours == {"poll:a": [9, 10, 12, 14, 16, 18], "poll:b": [9, 12, 15, 18]}
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
