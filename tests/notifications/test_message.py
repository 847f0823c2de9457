"""A message cannot carry what mail must not carry, and can make itself short."""

import pytest
from notification_examples import AT, BASE, HOSTILE

from notifications.errors import MessageError, NotificationError
from notifications.message import HEADER_LIMIT, SUBJECT_LIMIT, Message, message_id, thread_id


def message(**changes):
    given = {"subject": "Kop", "text": "Tekst.", "message_id": "<d-1@nakoming.example>", "at": AT}
    return Message(**{**given, **changes})


def test_no_line_break_survives_in_subject_or_headers():
    made = message(subject=HOSTILE, headers={"X-Note": HOSTILE})
    for text in (made.subject, made.headers["X-Note"]):
        assert len(text.splitlines()) == 1
        assert "\x00" not in text
        assert "\u202e" not in text


def test_subject_and_headers_are_bounded():
    made = message(subject="woord " * 500, headers={"X-Note": "x" * 5000})
    assert len(made.subject) <= SUBJECT_LIMIT
    assert len(made.headers["X-Note"]) <= HEADER_LIMIT


@pytest.mark.parametrize("name", ["X-A: b\r\nBcc", "", "Bcc:", "X A", "1X", "Ünder"])
def test_a_header_name_is_a_plain_word(name):
    with pytest.raises(MessageError):
        message(headers={name: "x"})


@pytest.mark.parametrize("identity", ["d-1@x", "<a b@x>", "<a@b>\r\nBcc: c", "", "<@x>", "<a@>"])
def test_a_message_id_has_the_form_of_one(identity):
    with pytest.raises(NotificationError):
        message(message_id=identity)
    with pytest.raises(NotificationError):
        message(references=(identity,))


def test_the_same_delivery_has_the_same_id():
    assert message_id("d-17", f"{BASE}/toezeggingen/x") == "<d-17@nakoming.example>"
    strange = message_id("abc:fulfilled:kst-1 op <vrijdag>", BASE)
    assert strange == message_id("abc:fulfilled:kst-1 op <vrijdag>", BASE)
    assert strange != message_id("abc:fulfilled:kst-2 op <vrijdag>", BASE)
    message(message_id=strange)


def test_ids_for_odd_hosts_still_have_the_form_of_one():
    for address in ("http://[::1]:8080", "nonsense", "http://127.0.0.1:8080/x"):
        message(message_id=message_id("d-1", address), references=(thread_id("abc", address),))


def test_a_short_message_keeps_the_link():
    link = f"{BASE}/toezeggingen/abc"
    whole = "Eerste zin van de tekst. " * 40
    short = message(text=whole, link=link).short(200)
    assert len(short) <= 200
    assert short.endswith(f"\n{link}")
    assert "tekst. …" in short


def test_a_message_that_fits_is_left_alone():
    assert message(text="Kort.").short(100) == "Kort."
    assert message(text="Kort.").short(0) == "Kort."


def test_a_limit_smaller_than_the_link_still_holds():
    assert len(message(text="woord " * 50, link="https://example.org/" + "x" * 90).short(60)) <= 60


def test_a_message_cannot_be_changed():
    with pytest.raises(AttributeError):
        message().subject = "a\nb"
