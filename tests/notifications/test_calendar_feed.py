"""The calendar of terms, read back by icalendar: one event for each promise, moved and cancelled by its sequence."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from notification_examples import AT, BASE, HOSTILE, TERM, commitment

from notifications.calendar_feed import Term, ics, term_uid
from notifications.words import Language
from rules.commitment import Status
from rules.deadline import Deadline, Precision

NL = Language.NL


def term(revision=3, changed_at=AT, **changes):
    promise = commitment(**changes)
    return Term(
        commitment=promise, address=f"{BASE}/toezeggingen/{promise.id}", revision=revision, changed_at=changed_at
    )


def written(*terms, title="Nakoming: termijnen", language=NL):
    return ics(terms, title=title, language=language)


def read(*terms, **given):
    calendar = Calendar.from_ical(written(*terms, **given))
    return calendar, list(calendar.walk("VEVENT"))


def test_a_term_is_an_all_day_event_on_its_last_day():
    calendar, (event,) = read(term())
    assert event.decoded("dtstart") == date(2023, 7, 6)
    assert event.decoded("dtend") == date(2023, 7, 7)
    assert event["summary"] == "Termijn: Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden."
    assert event["url"] == f"{BASE}/toezeggingen/abc234defg"
    assert event["status"] == "CONFIRMED"
    assert event["transp"] == "TRANSPARENT"
    assert "“Ik stuur uw Kamer voor het zomerreces een plan" in event["description"]
    assert "uiterlijk 6 juli 2023" in event["description"]
    assert calendar["version"] == "2.0"
    assert calendar["x-wr-calname"] == "Nakoming: termijnen"


def test_a_postponed_term_moves_the_same_event():
    _, (before,) = read(term(revision=1))
    moved = (TERM, replace(TERM, text="dit najaar", latest=date(2023, 12, 20)))
    _, (after,) = read(term(revision=2, deadlines=moved, changed_at=AT + timedelta(days=1)))
    assert before["uid"] == after["uid"] == term_uid("abc234defg")
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert after.decoded("dtstart") == date(2023, 12, 20)
    assert after.decoded("last-modified") > before.decoded("last-modified")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.OPEN, "CONFIRMED"),
        (Status.IN_PROGRESS, "CONFIRMED"),
        (Status.PARTLY, "CONFIRMED"),
        (Status.FULFILLED, "CANCELLED"),
        (Status.LAPSED, "CANCELLED"),
        (Status.SUPERSEDED, "CANCELLED"),
        (Status.MERGED, "CANCELLED"),
        (Status.REJECTED, "CANCELLED"),
    ],
)
def test_what_is_kept_or_gone_is_cancelled_and_not_dropped(status, expected):
    _, (event,) = read(term(status=status))
    assert event["status"] == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"deadlines": ()},
        {"deadlines": (Deadline(text="op korte termijn", precision=Precision.VAGUE),)},
        {"status": Status.PROPOSED},
    ],
)
def test_what_has_no_day_or_waits_for_a_check_is_left_out(changes):
    _, events = read(term(**changes))
    assert events == []


def test_the_earliest_term_comes_first_and_the_same_terms_give_the_same_bytes():
    late, early = term(id="late"), term(id="early", deadlines=(replace(TERM, latest=date(2023, 1, 9)),))
    _, events = read(late, early)
    assert [event.decoded("dtstart").month for event in events] == [1, 7]
    assert written(late, early) == written(early, late)


def test_lines_are_folded_and_end_as_the_rfc_says():
    """RFC 5545 section 3.1: CRLF, at most 75 octets."""
    raw = written(term(quote="Ik zeg toe dat ik één brief stuur, met komma's; en puntkomma's. " * 40))
    lines = raw.split(b"\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)


def test_words_from_outside_make_no_lines_of_their_own():
    evil = f"x\r\nEND:VEVENT\r\nBEGIN:VALARM {HOSTILE}"
    calendar, events = read(term(action=evil, quote=evil, ministry=evil), title=evil)
    assert len(events) == 1
    assert not list(calendar.walk("VALARM"))
    assert "\n" not in events[0]["summary"]


def test_required_properties_are_there_once():
    """RFC 5545 section 3.6.1: UID and DTSTAMP, in UTC; no DTEND before DTSTART."""
    raw = written(term(changed_at=datetime(2023, 7, 3, 11, 30, tzinfo=UTC)))
    for line in (b"UID:", b"DTSTAMP:20230703T113000Z", b"DTSTART;VALUE=DATE:20230706", b"SEQUENCE:3"):
        assert raw.count(b"\r\n" + line) == 1, line


def test_english_has_english_words():
    _, (event,) = read(term(), language=Language.EN)
    assert event["summary"].startswith("Term: ")
    assert "by 6 July 2023 at the latest" in event["description"]
