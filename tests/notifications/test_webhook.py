"""Signed webhooks: what a receiver can check, what we make of its answers, and how a secret is changed."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta

import jsonschema
import pytest
from notification_examples import AT, BASE, HOSTILE, commitment, document, happening, source_happening

from notifications.compose import compose
from notifications.errors import ChannelError
from notifications.notices import notice
from notifications.subscription import Subscription, Way
from notifications.webhook import (
    TOLERANCE_SECONDS,
    VERSION,
    Answer,
    WebhookChannel,
    new_secret,
    payload,
    retired,
    rotated,
    schema,
    sign,
    verify,
)
from notifications.words import Language, Notice
from rules.event import EventKind
from sources.source import Forbidden, Unreachable

URL = "https://hooks.example.org/in?token=hush"
SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
SUBSCRIPTION = Subscription(id="s1", way=Way.WEBHOOK, address=URL, secret=SECRET)


class Receiver:
    """Keeps what it was sent and answers what it was told to."""

    def __init__(self, answer=None, error=None):
        self.answer, self.error, self.got = answer or Answer(204), error, []

    def __call__(self, url, body, headers):
        self.got.append((url, body, dict(headers)))
        if self.error:
            raise self.error
        return self.answer


def message(happenings=None, language=Language.NL):
    subscription = Subscription(id="s1", way=Way.WEBHOOK, address=URL, language=language)
    return compose(happenings or [happening()], subscription, key="d-1", now=AT)


def sent(receiver, secret=SECRET, made=None):
    return WebhookChannel(URL, secret, receiver).send(made or message())


def check(body):
    jsonschema.Draft202012Validator(schema()).validate(json.loads(body))


def test_a_receiver_can_verify_what_it_gets():
    receiver = Receiver()
    assert sent(receiver).ok
    ((url, body, headers),) = receiver.got
    assert url == URL
    assert headers["Content-Type"] == "application/json"
    assert headers["webhook-id"] == headers["Idempotency-Key"] == "d-1@nakoming.example"
    assert verify(SECRET, headers, body, AT)


def test_the_signature_is_that_of_the_specification():
    """Written out here by hand: base64 of HMAC-SHA256 over id.timestamp.body with the decoded secret."""
    digest = hmac.new(b"0123456789abcdef0123456789abcdef", b"msg_1.1700000000.{}", hashlib.sha256).digest()
    assert sign(SECRET, "msg_1", 1700000000, b"{}") == "v1," + base64.b64encode(digest).decode()


@pytest.mark.parametrize(
    ("change", "seconds"),
    [
        ({"webhook-id": "other"}, 0),
        ({"webhook-timestamp": str(int(AT.timestamp()) + 1)}, 0),
        ({"webhook-timestamp": "-1"}, 0),
        ({"webhook-timestamp": "١٢٣"}, 0),
        ({"webhook-timestamp": ""}, 0),
        ({"webhook-signature": ""}, 0),
        ({"webhook-signature": "v1,AAAA v2,zzz"}, 0),
        ({}, TOLERANCE_SECONDS + 1),
        ({}, -TOLERANCE_SECONDS - 1),
    ],
)
def test_what_was_changed_or_replayed_later_is_refused(change, seconds):
    receiver = Receiver()
    sent(receiver)
    ((_, body, headers),) = receiver.got
    assert not verify(SECRET, {**headers, **change}, body, AT + timedelta(seconds=seconds))


def test_another_body_or_secret_is_refused():
    receiver = Receiver()
    sent(receiver)
    ((_, body, headers),) = receiver.got
    assert not verify(SECRET, headers, body + b" ", AT)
    assert not verify(new_secret(), headers, body, AT)
    assert verify(SECRET, {name.upper(): value for name, value in headers.items()}, body, AT)


def test_while_a_secret_changes_both_are_good_and_then_only_the_new_one():
    fresh = new_secret()
    both = rotated(SECRET, fresh)
    receiver = Receiver()
    sent(receiver, both)
    ((_, body, headers),) = receiver.got
    assert verify(SECRET, headers, body, AT)
    assert verify(fresh, headers, body, AT)
    assert verify(both, headers, body, AT)
    assert rotated(both, "third").split() == ["third", fresh]
    sent(receiver, retired(both))
    _, body, headers = receiver.got[-1]
    assert verify(fresh, headers, body, AT)
    assert not verify(SECRET, headers, body, AT)
    assert retired("") == ""


@pytest.mark.parametrize("kind", list(EventKind))
@pytest.mark.parametrize("language", list(Language))
def test_every_body_keeps_the_published_schema(kind, language):
    odd = happening(kind, promise=commitment(quote=HOSTILE, deadlines=(), made_on=None), note=HOSTILE)
    check(payload(message([happening(kind), odd, source_happening()], language)))


def test_a_notice_keeps_it_too_and_has_no_events():
    body = payload(notice(Notice.TEST, SUBSCRIPTION, key="n-1", now=AT, link=f"{BASE}/"))
    check(body)
    assert json.loads(body)["type"] == "nakoming.notice"
    assert json.loads(body)["events"] == []


def test_the_schema_can_tell_wrong_from_right():
    data = json.loads(payload(message()))
    for broken in (
        {**data, "version": VERSION + 1},
        {**data, "events": [{}]},
        {**data, "type": "other"},
        {name: value for name, value in data.items() if name != "id"},
    ):
        with pytest.raises(jsonschema.ValidationError):
            check(json.dumps(broken))
    jsonschema.Draft202012Validator.check_schema(schema())


def test_the_body_names_what_the_api_names():
    (event,) = json.loads(payload(message()))["events"]
    assert event["kind"] == "fulfilled"
    assert event["commitment"]["id"] == "abc234defg"
    assert event["commitment"]["due"] == {"earliest": None, "latest": "2023-07-06"}
    assert event["document"]["identifiers"] == ["kst-29398-1042"]
    assert event["words"] == "Volgens ons komt dit stuk de toezegging na."
    assert event["reasons"][1] == {"signal": "words", "weight": 0.6, "text": "zelfde zeldzame woorden: fietspaden"}


def test_the_same_delivery_is_the_same_body():
    assert payload(message()) == payload(message())


@pytest.mark.parametrize(
    ("answer", "ok", "retry_after", "permanent"),
    [
        (Answer(200), True, None, False),
        (Answer(202), True, None, False),
        (Answer(302, {"Location": "http://10.0.0.1/"}), False, None, False),
        (Answer(400), False, None, False),
        (Answer(404), False, None, False),
        (Answer(410), False, None, True),
        (Answer(429, {"retry-after": "120"}), False, 120.0, False),
        (Answer(429, {"Retry-After": "99999999"}), False, 86400.0, False),
        (Answer(503, {"Retry-After": "Mon, 03 Jul 2023 09:31:00 GMT"}), False, 60.0, False),
        (Answer(503, {"Retry-After": "Mon, 03 Jul 2023 09:00:00 GMT"}), False, 0.0, False),
        (Answer(503, {"Retry-After": "soon"}), False, None, False),
        (Answer(500, {"Retry-After": "-5"}), False, None, False),
    ],
)
def test_every_answer_has_its_meaning(answer, ok, retry_after, permanent):
    told = sent(Receiver(answer))
    assert (told.ok, told.retry_after, told.permanent) == (ok, retry_after, permanent)
    assert ok or str(answer.status) in told.detail


@pytest.mark.parametrize("error", [Forbidden("10.0.0.1 token=hush"), Unreachable("token=hush")])
def test_no_answer_is_said_without_the_address(error):
    told = sent(Receiver(error=error))
    assert not told.ok
    assert not told.permanent
    assert "hush" not in told.detail
    assert "hooks.example.org" in told.detail


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("ftp://example.org/x", SECRET),
        ("https://user:pass@example.org/x", SECRET),
        ("javascript:alert(1)", SECRET),
        ("https://example.org/a b", SECRET),
        (URL, ""),
        (URL, "  "),
        (URL, "whsec_"),
        (URL, "whsec_no base64!"),
    ],
)
def test_what_cannot_work_is_refused_without_showing_it(url, secret):
    with pytest.raises(ChannelError) as refused:
        WebhookChannel(url, secret, Receiver())
    assert "pass" not in str(refused.value).replace("password", "")
    assert url not in str(refused.value)
    assert "no base64" not in str(refused.value)
    assert SECRET not in str(refused.value)


def test_nothing_secret_is_shown():
    channel = WebhookChannel(URL, SECRET, Receiver())
    assert repr(channel) == "WebhookChannel(webhook (hooks.example.org))"
    assert SECRET not in repr(SUBSCRIPTION)
    assert "hush" not in repr(SUBSCRIPTION)


def test_new_secrets_differ_and_are_long():
    assert new_secret() != new_secret()
    assert len(base64.b64decode(new_secret().removeprefix("whsec_"))) == 32


def test_a_paper_without_a_day_is_a_null():
    body = json.loads(payload(message([happening(paper=document(published_on=None))])))
    assert body["events"][0]["document"]["published_on"] is None
    assert datetime.fromisoformat(body["timestamp"]) == AT.astimezone(UTC)
