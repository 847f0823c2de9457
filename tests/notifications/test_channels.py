"""Apprise against real receivers on loopback: what arrives, what counts as delivered, and what is never shown."""

import logging
import socket

import pytest
from apprise.plugins.slack import NotifySlack
from mail_server import smtp
from notification_examples import AT, BASE, HOSTILE, commitment, happening
from web_server import Receiver, listening

from notifications import channels
from notifications.channels import AppriseChannel, check
from notifications.compose import compose
from notifications.errors import ChannelError
from notifications.subscription import Subscription, Way
from rules.event import EventKind

SLACK = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#kamer"
SECRET = "hushhush"


def message(kind=EventKind.FULFILLED, number=1, **changes):
    subscription = Subscription(id="s1", way=Way.APPRISE, address="x")
    told = [happening(kind, key=f"k{n}", **changes) for n in range(number)]
    return compose(told, subscription, key="d-1", now=AT)


@pytest.fixture
def slack(monkeypatch):
    """Slack's own plug-in, its public address replaced by a loopback one."""
    with listening(Receiver()) as receiver:
        monkeypatch.setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{receiver.port}/services")
        yield receiver


# ---- what arrives


def test_a_json_receiver_gets_the_whole_text_and_the_idempotency_key():
    with listening(Receiver()) as receiver:
        assert AppriseChannel(f"json://127.0.0.1:{receiver.port}/in").send(message()).ok
    ((path, headers, _),) = receiver.got
    (body,) = receiver.bodies
    assert path == "/in"
    assert headers["Idempotency-Key"] == "d-1@nakoming.example"
    assert (
        body["title"]
        == "Volgens ons nagekomen: Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden."
    )
    assert f"{BASE}/toezeggingen/abc234defg" in body["message"]
    assert "Ik stuur uw Kamer" in body["message"]


def test_slack_gets_text_that_it_can_show(slack):
    assert AppriseChannel(SLACK).send(message()).ok
    ((path, _, raw),) = slack.got
    text = raw.decode()
    assert path.startswith("/services/T1JJ3T3L2/A1BRTD4JD/")
    for part in ("Volgens ons nagekomen", "Ik stuur uw Kamer", f"{BASE}/toezeggingen/abc234defg"):
        assert part in text
    assert "<blockquote>" not in text
    assert "-- \\n" not in text


@pytest.mark.parametrize("call", ["<!channel>", "<!everyone>", "@here", "@channel", "@everyone", "<@U123>"])
def test_no_title_can_call_a_whole_channel(slack, call):
    evil = commitment(quote=f"Ik kom {call} terug.", action=f"{call} sturen")
    assert AppriseChannel(SLACK).send(message(promise=evil)).ok
    assert call not in slack.got[0][2].decode().replace("\\u200b", "\u200b")


def test_a_long_message_is_cut_at_a_sentence_with_the_link(slack):
    long = message(EventKind.MADE, number=45, promise=commitment(quote="Ik stuur een brief. " * 300))
    channel = AppriseChannel("discord://123456789012345678/" + "a" * 60)
    limit = channel._service.body_maxlen
    body, _ = channel._body(long)
    assert len(long.text) > limit
    assert len(body) <= limit
    assert body.endswith(f"…\n{BASE}/toezeggingen")
    assert AppriseChannel(SLACK).send(long).ok
    assert len(slack.got) == 1


def test_mail_through_apprise_keeps_page_headers_and_thread():
    with smtp() as inbox:
        url = f"mailto://127.0.0.1:{inbox.port}/?mode=insecure&from=n@example.net&to=anna@example.org"
        assert AppriseChannel(url).send(message()).ok
    (mail,) = inbox.read
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["References"] == "<toezegging-abc234defg@nakoming.example>"
    assert "Volgens ons nagekomen" in mail["Subject"]
    assert "<blockquote>" in mail.get_body(("html",)).get_content()


def test_headers_in_the_address_win_and_do_not_pile_up():
    with listening(Receiver()) as receiver:
        channel = AppriseChannel(f"json://127.0.0.1:{receiver.port}/?+Idempotency-Key=own&+X-Token=t")
        assert channel.send(message()).ok
        assert channel.send(message()).ok
    for _, headers, _ in receiver.got:
        assert headers["Idempotency-Key"] == "own"
        assert headers["X-Token"] == "t"


# ---- what counts as delivered


@pytest.mark.parametrize(
    ("status", "permanent"), [(500, False), (429, False), (502, False), (403, True), (404, True), (410, True)]
)
def test_a_refusal_is_no_delivery(status, permanent):
    with listening(Receiver((status, {}))) as receiver:
        told = AppriseChannel(f"json://127.0.0.1:{receiver.port}/{SECRET}").send(message())
    assert (told.ok, told.permanent) == (False, permanent)
    assert told.detail == f"JSON (127.0.0.1): answered with status {status}"
    assert len(receiver.got) == 1  # trying again is the outbox's


def test_a_receiver_that_hangs_is_given_up_in_time():
    with listening(Receiver(None)) as receiver:
        told = AppriseChannel(f"json://127.0.0.1:{receiver.port}/?rto=0.2").send(message())
    assert (told.ok, told.permanent) == (False, False)
    assert told.detail == "JSON (127.0.0.1): no connection, or no answer in time"


def test_nobody_there_is_no_delivery():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    told = AppriseChannel(f"json://127.0.0.1:{port}/?optional=yes").send(message())
    assert (told.ok, told.permanent) == (False, False)


def test_a_redirect_is_not_followed():
    with listening(Receiver()) as other, listening(Receiver((302, {"Location": "/x"}))) as receiver:
        receiver.answers = [(302, {"Location": f"http://127.0.0.1:{other.port}/"})]
        told = AppriseChannel(f"json://127.0.0.1:{receiver.port}/").send(message())
    assert not told.ok
    assert other.got == []


def test_the_address_can_ask_for_a_retry_of_its_own():
    with listening(Receiver((500, {}), (200, {}))) as receiver:
        assert AppriseChannel(f"json://127.0.0.1:{receiver.port}/?retry=1&wait=0").send(message()).ok
    assert len(receiver.got) == 2


# ---- what is refused, and what is never shown


@pytest.mark.parametrize(
    "url",
    ["", "hello", "nosuch://x/y", f"slack://{SECRET}", f"https://{SECRET}", f"discord://{SECRET}", "mailto://", "://"],
)
def test_an_address_that_cannot_work_is_refused_without_showing_it(url):
    with pytest.raises(ChannelError) as refused:
        check(url)
    assert SECRET not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"json://user:{SECRET}@example.org/{SECRET}?+X={SECRET}", "JSON (example.org)"),
        (f"mailtos://user:{SECRET}@example.org", "E-Mail (example.org)"),
        (SLACK, "Slack"),
        (f"discord://123456789012345678/{SECRET * 8}", "Discord"),
    ],
)
def test_a_channel_has_a_name_without_secrets(url, name):
    assert check(url) == name
    assert repr(AppriseChannel(url)) == f"AppriseChannel({name})"


@pytest.mark.parametrize("url", ["json://127.0.0.1/", "mailto://u:p@example.org", "syslog://", "form://localhost"])
def test_what_strangers_may_enter_cannot_reach_our_own_network(url):
    with pytest.raises(ChannelError):
        check(url, anyone=True)


def test_strangers_may_enter_services_at_a_fixed_address():
    assert check(SLACK, anyone=True) == "Slack"


@pytest.fixture
def our_log():
    """Everything that reaches the root logger, where ours writes, at the most talkative level of every logger."""
    records, handler = [], logging.Handler(logging.DEBUG)
    handler.emit = records.append
    loggers = [logging.getLogger(name) for name in ("", "apprise", "requests", "urllib3")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    loggers[0].addHandler(handler)
    yield records
    loggers[0].removeHandler(handler)
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


def test_no_log_holds_a_secret(our_log, monkeypatch):
    """Loading, sending, refusal, time-out: every record that reaches our log is looked through."""
    logging.getLogger("elsewhere").debug("heard")
    with listening(Receiver((500, {}))) as receiver:
        monkeypatch.setattr(NotifySlack, "webhook_url", f"http://127.0.0.1:{receiver.port}/services")
        for url in (
            f"json://user:{SECRET}@127.0.0.1:{receiver.port}/{SECRET}?+X-Token={SECRET}",
            f"json://127.0.0.1:1/{SECRET}",
            SLACK.replace("TIiajkdnlazkcOXrIdevi7FQ", SECRET * 3),
        ):
            assert SECRET not in AppriseChannel(url).send(message(note="geheimpje")).detail
    for url in (f"discord://{SECRET}", f"slack://{SECRET}", f"json://{SECRET}:{SECRET}"):
        with pytest.raises(ChannelError):
            check(url)
    text = "\n".join(f"{record.name} {record.getMessage()} {record.exc_text or ''}" for record in our_log)
    assert "heard" in text
    assert SECRET not in text
    assert "geheimpje" not in text


def test_hostile_words_reach_a_chat_as_words(slack):
    assert AppriseChannel(SLACK).send(message(promise=commitment(quote=HOSTILE, action=HOSTILE))).ok
    assert "<script>" not in slack.got[0][2].decode()


def test_time_limits_are_set_where_the_address_sets_none():
    service = AppriseChannel("json://localhost/")._service
    assert (service.socket_connect_timeout, service.socket_read_timeout) == (
        channels.CONNECT_SECONDS,
        channels.READ_SECONDS,
    )
    assert AppriseChannel("json://localhost/?rto=3")._service.socket_read_timeout == 3.0
