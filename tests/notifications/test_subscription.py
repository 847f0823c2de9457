"""Who wants what, and when it is told: filters, rhythms, quiet hours, holidays, and the two odd nights of the year."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from notification_examples import commitment, document, happening, source_happening

from notifications.dates import AMSTERDAM
from notifications.subscription import (
    EVERYTHING,
    Filter,
    Rhythm,
    Subscription,
    Way,
    due_at,
    of_channel,
    wants,
    working_day,
)
from notifications.words import Language
from rules.commitment import Status
from rules.event import EventKind

E = EventKind


def subscription(**changes):
    return Subscription(**{"id": "s1", "way": Way.MAIL, "address": "a@example.org", **changes})


def wanted(happened=None, **asked):
    return wants(subscription(filter=Filter(**asked)), happened or happening())


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ({}, True),
        ({"commitments": ("abc234defg",)}, True),
        ({"commitments": ("other",)}, False),
        ({"ministries": ("fietsen",)}, True),
        ({"ministries": ("Fietsen  en wandelen",)}, True),
        ({"ministries": ("Fiets",)}, False),
        ({"ministries": ("Financiën", "Wandelen")}, True),
        ({"office_holders": ("de vries",)}, True),
        ({"office_holders": ("minister van fietsen",)}, True),
        ({"office_holders": ("staatssecretaris",)}, False),
        ({"dossiers": ("29398",)}, True),
        ({"dossiers": ("29 398",)}, True),
        ({"dossiers": ("dossier:29398",)}, True),
        ({"dossiers": ("2939",)}, False),
        ({"letters": ("tk:1",)}, True),
        ({"letters": ("2023D00001",)}, True),
        ({"letters": ("2023D00002",)}, False),
        ({"words": ("fietspad*",)}, True),
        ({"words": ("fietspad",)}, False),
        ({"words": ("veilige   FIETSPADEN",)}, True),
        ({"words": ("c++", "(")}, False),
        ({"kinds": (E.FULFILLED,)}, True),
        ({"kinds": (E.OVERDUE,)}, False),
        ({"members": ("Jansen",)}, True),
        ({"members": ("Jans",)}, False),
        ({"parties": ("partij f",)}, True),
        ({"ministries": ("Fietsen",), "words": ("treinen",)}, False),
        ({"ministries": ("",)}, True),
    ],
)
def test_a_filter_asks_whole_words_and_all_of_its_fields(asked, answer):
    assert wanted(**asked) is answer


def test_member_and_party_are_also_taken_from_the_register():
    stated = commitment(addressee="", facts={"member": "Kamerlid Pietersen", "party": "Partij G", "dossier": "1|31490"})
    happened = happening(promise=stated)
    assert wanted(happened, members=("Pietersen",))
    assert wanted(happened, parties=("Partij G",))
    assert wanted(happened, dossiers=("31490",))


def test_the_paper_counts_for_words_and_dossiers():
    happened = happening(paper=document(title="Nota elektrische steps", references=("dossier:34567",)))
    assert wanted(happened, words=("elektrische steps",))
    assert wanted(happened, dossiers=("34567",))
    assert wanted(happened, dossiers=("29398",))


def test_what_waits_for_a_check_is_only_for_who_asks():
    proposed = happening(E.MADE, promise=commitment(status=Status.PROPOSED))
    assert not wanted(proposed)
    assert wanted(proposed, proposed=True)


def test_news_of_sources_is_only_for_who_asks():
    assert not wanted(source_happening())
    assert wanted(source_happening(), sources=True)
    assert wanted(source_happening(), kinds=(E.SOURCE_SILENT,))
    assert not wanted(source_happening(), kinds=(E.SOURCE_BACK,), sources=True)


@pytest.mark.parametrize("kind", list(EventKind))
def test_a_channel_of_the_settings_is_told_everything(kind):
    channel = of_channel("json://localhost/?secret=x", Language.EN)
    happened = source_happening(kind) if "source" in kind.value else happening(kind)
    assert wants(channel, happened)
    assert channel.filter == EVERYTHING
    assert "secret" not in repr(channel)


@given(st.text(max_size=60), st.text(max_size=200))
def test_no_words_can_break_a_filter(word, text):
    wants(subscription(filter=Filter(words=(word,), ministries=(word,))), happening(promise=commitment(quote=text)))


def at(*parts):
    return datetime(*parts, tzinfo=AMSTERDAM)


def due(now, **changes):
    answer = due_at(subscription(**changes), now)
    assert answer.tzinfo is UTC
    return answer.astimezone(AMSTERDAM)


def test_at_once_is_at_once():
    now = at(2023, 7, 3, 9, 30)
    assert due(now) == now


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(2023, 7, 3, 7, 59), at(2023, 7, 3, 8)),
        (at(2023, 7, 3, 8, 0), at(2023, 7, 4, 8)),
        (at(2023, 7, 3, 23, 30), at(2023, 7, 4, 8)),
        (at(2023, 12, 31, 12, 0), at(2024, 1, 1, 8)),
    ],
)
def test_daily_is_the_next_chosen_hour(now, expected):
    assert due(now, rhythm=Rhythm.DAILY, hour=8) == expected


def test_weekly_is_the_chosen_day():
    assert due(at(2023, 7, 3, 9), rhythm=Rhythm.WEEKLY, weekday=4, hour=16) == at(2023, 7, 7, 16)
    assert due(at(2023, 7, 7, 16), rhythm=Rhythm.WEEKLY, weekday=4, hour=16) == at(2023, 7, 14, 16)


def test_a_weekly_digest_on_a_holiday_comes_the_next_working_day():
    easter_monday = at(2023, 4, 10, 8)
    due_then = due(at(2023, 4, 8, 9), rhythm=Rhythm.WEEKLY, weekday=0, working_days=True)
    assert due_then == easter_monday + timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(2023, 7, 3, 21, 59), at(2023, 7, 3, 21, 59)),
        (at(2023, 7, 3, 22, 0), at(2023, 7, 4, 7)),
        (at(2023, 7, 4, 3, 15), at(2023, 7, 4, 7)),
        (at(2023, 7, 4, 7, 0), at(2023, 7, 4, 7, 0)),
    ],
)
def test_quiet_hours_run_over_midnight(now, expected):
    assert due(now, quiet=(22, 7)) == expected


def test_quiet_hours_within_a_day():
    assert due(at(2023, 7, 3, 12, 30), quiet=(12, 14)) == at(2023, 7, 3, 14)
    assert due(at(2023, 7, 3, 14, 0), quiet=(12, 14)) == at(2023, 7, 3, 14)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(2023, 7, 7, 17), at(2023, 7, 7, 17)),  # Friday
        (at(2023, 7, 8, 9), at(2023, 7, 10, 0)),  # Saturday
        (at(2023, 4, 27, 9), at(2023, 4, 28, 0)),  # King's day
        (at(2023, 12, 23, 9), at(2023, 12, 27, 0)),  # Saturday before two days of Christmas
        (at(2024, 5, 9, 9), at(2024, 5, 10, 0)),  # Ascension
    ],
)
def test_working_days_only(now, expected):
    assert due(now, working_days=True) == expected


def test_the_end_of_a_quiet_night_on_a_weekend_waits_for_monday_and_its_quiet_hours():
    assert due(at(2023, 7, 7, 23), working_days=True, quiet=(22, 7)) == at(2023, 7, 10, 7)


def test_a_pause_holds_everything_back_until_it_ends():
    until = datetime(2023, 8, 1, 6, tzinfo=UTC)
    assert due(at(2023, 7, 3, 9), paused_until=until) == until
    assert due(at(2023, 7, 3, 9), paused_until=until, rhythm=Rhythm.DAILY, hour=8) == at(2023, 8, 2, 8)
    assert due(at(2023, 9, 3, 9), paused_until=until) == at(2023, 9, 3, 9)


@pytest.mark.parametrize(
    ("now", "hour", "expected"),
    [
        # 26 March 2023: 02:00 becomes 03:00; the hour between does not exist and is told when it would have been
        (datetime(2023, 3, 25, 12, tzinfo=UTC), 8, datetime(2023, 3, 26, 6, tzinfo=UTC)),
        (datetime(2023, 3, 25, 12, tzinfo=UTC), 2, datetime(2023, 3, 26, 1, tzinfo=UTC)),
        # 29 October 2023: 02:00 comes twice, the digest once, at the first
        (datetime(2023, 10, 28, 12, tzinfo=UTC), 2, datetime(2023, 10, 29, 0, tzinfo=UTC)),
        (datetime(2023, 10, 29, 0, 30, tzinfo=UTC), 2, datetime(2023, 10, 30, 1, tzinfo=UTC)),
        (datetime(2023, 10, 28, 12, tzinfo=UTC), 8, datetime(2023, 10, 29, 7, tzinfo=UTC)),
    ],
)
def test_the_chosen_hour_is_an_hour_in_amsterdam_the_whole_year(now, hour, expected):
    assert due_at(subscription(rhythm=Rhythm.DAILY, hour=hour), now) == expected


def test_a_night_in_which_the_clock_changes_is_one_night():
    assert due(at(2023, 3, 25, 23), quiet=(22, 7)) == at(2023, 3, 26, 7)
    assert due(at(2023, 10, 28, 23), quiet=(22, 7)) == at(2023, 10, 29, 7)


MOMENTS = st.datetimes(datetime(2022, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))
HOURS = st.integers(0, 23)


@given(
    MOMENTS,
    st.sampled_from(Rhythm),
    HOURS,
    st.integers(0, 6),
    st.none() | st.tuples(HOURS, HOURS),
    st.booleans(),
)
def test_it_is_never_told_in_the_past_nor_long_after_nor_at_a_wrong_time(now, rhythm, hour, weekday, quiet, working):
    asked = subscription(rhythm=rhythm, hour=hour, weekday=weekday, quiet=quiet, working_days=working)
    answer = due_at(asked, now)
    local = answer.astimezone(AMSTERDAM)
    assert now <= answer <= now + timedelta(days=14)
    assert not working or working_day(local.date())
    if rhythm is Rhythm.IMMEDIATE and quiet and quiet[0] < quiet[1]:
        assert not quiet[0] <= local.hour < quiet[1]
    if rhythm is Rhythm.WEEKLY and not working:
        assert local.weekday() == weekday


def test_a_naive_moment_is_refused():
    with pytest.raises(ValueError, match="aware"):
        due_at(subscription(), datetime(2023, 7, 3))


@pytest.mark.parametrize(
    ("day", "answer"),
    [(date(2023, 7, 3), True), (date(2023, 7, 8), False), (date(2023, 4, 7), False), (date(2023, 12, 25), False)],
)
def test_a_working_day(day, answer):
    assert working_day(day) is answer
