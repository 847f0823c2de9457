"""Mail to subscribers through a real SMTP server: what arrives, and every way in which a server says no."""

import logging
import socket
from email import message_from_bytes, policy
from email.utils import formataddr, getaddresses, parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_server import LOGIN, Inbox, authenticator, certificate, server_context, smtp
from notification_examples import AT, BASE, HOSTILE, commitment, happening

import notifications.mail as mail_module
from notifications.compose import Links, compose
from notifications.errors import ChannelError
from notifications.mail import MailChannel, MailServer, mail_address, mime
from notifications.message import Message
from notifications.subscription import Subscription, Way
from rules.event import EventKind

TO = "anna@example.org"
SENDER = "Nakoming <nakoming@example.net>"


def message(kind=EventKind.FULFILLED, key="d-1", **changes):
    subscription = Subscription(id="s1", way=Way.MAIL, address=TO, note="omdat")
    links = Links(manage=f"{BASE}/abonnementen/1", unsubscribe=f"{BASE}/abonnementen/1/einde")
    return compose([happening(kind, **changes)], subscription, key=key, now=AT, links=links)


def settings(inbox, **changes):
    given = {"host": "127.0.0.1", "port": inbox.port, "security": "none", "sender": SENDER}
    return MailServer(**{**given, **changes})


def send(inbox, to=TO, made=None, **changes):
    with MailChannel(settings(inbox, **changes)) as channel:
        return channel.send(made or message(), to)


# ---- what arrives


def test_a_mail_arrives_whole():
    with smtp() as inbox:
        assert send(inbox).ok
    (mail,) = inbox.read
    assert inbox.recipients == [TO]
    assert mail["From"] == SENDER
    assert mail["To"] == TO
    assert (
        mail["Subject"]
        == "Volgens ons nagekomen: Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden."
    )
    assert parsedate_to_datetime(mail["Date"]) == AT
    assert mail["Message-ID"] == "<d-1@nakoming.example>"
    assert mail["References"] == mail["In-Reply-To"] == "<toezegging-abc234defg@nakoming.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe"] == f"<{BASE}/abonnementen/1/einde>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    plain, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert "“Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden.”" in plain
    assert "<blockquote>Ik stuur uw Kamer" in page


def test_the_bytes_pass_any_server():
    """RFC 5322 section 2.1.1 and RFC 5321: seven bits, CRLF, lines of at most 998 characters."""
    made = message(promise=commitment(quote="Één brief “die” lang is. " * 200, action="één plan"))
    raw = mime(made, sender=SENDER, to=TO)
    assert raw.isascii()
    lines = raw.split(b"\r\n")
    assert all(len(line) <= 998 and b"\n" not in line for line in lines)
    assert "Één brief “die” lang is." in message_from_bytes(raw, policy=policy.default)["Subject"]


def read(raw):
    mail = message_from_bytes(raw, policy=policy.default)
    assert not [defect for part in mail.walk() for defect in part.defects]
    return mail


@given(st.text(max_size=300), st.text(max_size=2000), st.sampled_from(["", "<p>é</p>", "<p>=_--\n\n.\n</p>" * 40]))
def test_any_text_is_read_back_as_it_was(subject, text, html):
    given = {
        "subject": subject,
        "text": text,
        "html": html,
        "message_id": "<d@x>",
        "at": AT,
        "headers": {"X-A": subject},
    }
    made = Message(**given)
    mail = read(mime(made, sender=SENDER, to=TO))
    plain = mail.get_body(("plain",)).get_content()
    assert (plain.splitlines() or [""]) == (made.text.splitlines() or [""])
    assert mail["Subject"].split() == made.subject.split()
    assert mail["X-A"].split() == made.headers["X-A"].split()
    if html:
        assert mail.get_body(("html",)).get_content().splitlines() == html.splitlines()


@pytest.mark.parametrize("name", ["Nakoming", "Jörg é", "a, b", 'q"uote', "x" * 90])
def test_the_sender_keeps_its_name(name):
    sender = formataddr((name, "nakoming@example.net"))
    assert getaddresses([read(mime(message(), sender=sender, to=TO))["From"]]) == [(name, "nakoming@example.net")]


def test_a_digest_belongs_to_no_thread():
    subscription = Subscription(id="s1", way=Way.MAIL, address=TO)
    told = [happening(), happening(key="b", promise=commitment(id="other"))]
    mail = read(mime(compose(told, subscription, key="d-1", now=AT), sender=SENDER, to=TO))
    assert mail["References"] is None
    assert mail["In-Reply-To"] is None


@pytest.mark.parametrize("kind", list(EventKind))
def test_hostile_titles_add_no_header_and_no_recipient(kind):
    evil = commitment(quote=HOSTILE, action=HOSTILE, addressee=HOSTILE)
    raw = mime(message(kind, promise=evil, note=HOSTILE), sender=SENDER, to=TO)
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail["Bcc"] is None
    assert getaddresses([mail["To"]]) == [("", TO)]
    assert mail.get_body(("html",)) is not None
    assert not mail.defects


@pytest.mark.parametrize(
    "to",
    ["a@example.org\r\nBcc: b@example.org", "a@example.org, b@example.org", "a b@example.org", "@example.org", "anna",
     "a@", "a..b@example.org", "<a@example.org>", "a@exa mple.org", "a@-x.org ;", "a\x00@example.org", "",
     "é@example.org", "a@" + "x" * 300 + ".org", "a@" + "é" * 80 + ".org"],
)  # fmt: skip
def test_an_address_that_is_no_address_is_never_sent(to):
    with smtp() as inbox:
        told = send(inbox, to)
    assert not told.ok
    assert told.permanent
    assert inbox.commands == []
    with pytest.raises(ChannelError):
        mail_address(to)


def test_a_host_with_accents_is_written_as_smtp_wants_it():
    assert mail_address(" anna@gemeente-skarsterlân.nl ") == "anna@xn--gemeente-skarsterln-svb.nl"


def test_one_connection_carries_many_mails():
    with smtp() as inbox, MailChannel(settings(inbox)) as channel:
        assert all(channel.send(message(key=f"d-{n}"), f"a{n}@example.org").ok for n in range(20))
    assert len(inbox.mails) == 20
    assert len(inbox.peers) == 1


def test_a_connection_that_fell_asleep_is_opened_again():
    with smtp() as inbox:
        channel = MailChannel(settings(inbox))
        assert channel.send(message(), TO).ok
        channel._smtp.sock.shutdown(socket.SHUT_RDWR)
        assert channel.send(message(key="d-2"), TO).ok
        channel.close()
        channel.close()
    assert len(inbox.peers) == 2


# ---- every no


@pytest.mark.parametrize(
    ("answer", "permanent"),
    [
        ("550 5.1.1 <anna@example.org> no such user", True),
        ("553 5.1.3 bad address", True),
        ("550 5.2.1 mailbox disabled", True),
        ("551 user not local", True),
        ("550 no such user here", True),
        ("550 5.7.1 your network is on a list", False),
        ("554 5.7.1 relay denied", False),
        ("552 5.2.2 mailbox full", False),
        ("450 4.2.1 greylisted, come back", False),
        ("452 too many recipients", False),
    ],
)
def test_only_a_bad_address_is_given_up(answer, permanent):
    inbox = Inbox()
    inbox.rcpt = {TO: answer}
    with smtp(inbox), MailChannel(settings(inbox)) as channel:
        told = channel.send(message(), TO)
        assert channel.send(message(key="d-2"), "bert@example.org").ok  # the session is still good
    assert not told.ok
    assert told.permanent is permanent
    assert answer[:3] in told.detail
    assert TO not in told.detail
    assert len(inbox.peers) == 1


@pytest.mark.parametrize("answer", ["554 5.6.0 looks like spam", "451 4.3.0 try later", "552 5.3.4 too big"])
def test_a_mail_that_is_refused_says_nothing_about_the_address(answer):
    inbox = Inbox()
    inbox.data = answer
    with smtp(inbox):
        told = send(inbox)
    assert (told.ok, told.permanent) == (False, False)
    assert answer[:3] in told.detail


@pytest.mark.parametrize("where", ["rcpt", "data", "mail"])
def test_after_421_a_new_session_is_opened(where):
    inbox = Inbox()
    setattr(inbox, where, {TO: "421 4.3.2 closing"} if where == "rcpt" else "421 4.3.2 closing")
    with smtp(inbox), MailChannel(settings(inbox)) as channel:
        told = channel.send(message(), TO)
        setattr(inbox, where, {} if where == "rcpt" else "")
        assert channel.send(message(key="d-2"), TO).ok
    assert (told.ok, told.permanent) == (False, False)
    assert "421" in told.detail
    assert len(inbox.peers) == 2


def test_a_server_that_hangs_up_is_tried_again_later():
    inbox = Inbox()
    inbox.data = "hang up"
    with smtp(inbox), MailChannel(settings(inbox)) as channel:
        told = channel.send(message(), TO)
        inbox.data = ""
        assert channel.send(message(key="d-1"), TO).ok
    assert told.detail == "mail (127.0.0.1): cannot be reached or broke the connection off"
    assert not told.permanent
    assert inbox.read[0]["Message-ID"] == "<d-1@nakoming.example>"


def test_a_server_that_says_nothing_is_given_up_in_time(monkeypatch):
    monkeypatch.setattr(mail_module, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        inbox = Inbox()
        inbox.port = silent.getsockname()[1]
        told = send(inbox)
    assert (told.ok, told.permanent) == (False, False)
    assert told.detail == "mail (127.0.0.1): did not answer in time"


def test_a_server_that_keeps_failing_is_left_alone_for_this_pass(monkeypatch):
    monkeypatch.setattr(mail_module, "SECONDS", 0.05)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        inbox = Inbox()
        inbox.port = silent.getsockname()[1]
        channel = MailChannel(settings(inbox))
        told = [channel.send(message(), TO).detail for _ in range(mail_module.IN_A_ROW + 50)]
    assert told.count("mail (127.0.0.1): did not answer in time") == mail_module.IN_A_ROW
    assert set(told[mail_module.IN_A_ROW :]) == {"mail (127.0.0.1): failed 3 times in a row, not asked again now"}


def test_a_refused_address_is_no_failure_of_the_server():
    inbox = Inbox()
    inbox.rcpt = {TO: "550 5.1.1 no such user"}
    with smtp(inbox), MailChannel(settings(inbox)) as channel:
        for _ in range(mail_module.IN_A_ROW + 2):
            assert not channel.send(message(), TO).ok
        assert channel.send(message(), "bert@example.org").ok


def test_no_server_is_no_reason_to_give_up():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        inbox = Inbox()
        inbox.port = taken.getsockname()[1]
    told = send(inbox)
    assert (told.ok, told.permanent) == (False, False)
    assert "cannot be reached" in told.detail


# ---- TLS and login


@pytest.fixture(scope="session")
def cert(tmp_path_factory):
    made = certificate(tmp_path_factory.mktemp("cert"))
    if made is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    return made


@pytest.fixture
def guarded(cert):
    """A server that wants STARTTLS and a login, as a real one does."""
    with smtp(
        tls_context=server_context(*cert), require_starttls=True, auth_required=True, authenticator=authenticator
    ) as inbox:
        yield inbox


def secured(cert, **changes):
    given = {"security": "starttls", "username": LOGIN[0], "password": LOGIN[1], "authorities": str(cert[0])}
    return {**given, **changes}


def test_starttls_and_login(guarded, cert):
    assert send(guarded, **secured(cert)) == send(guarded, **secured(cert, host="localhost"))
    assert len(guarded.mails) == 2


def test_tls_from_the_first_byte(cert):
    with smtp(tls=server_context(*cert)) as inbox:
        assert send(inbox, security="tls", authorities=str(cert[0])).ok
    assert len(inbox.mails) == 1


def test_a_certificate_that_nobody_signed_is_refused(guarded, cert):
    told = send(guarded, **secured(cert, authorities=""))
    assert told.detail == "mail (127.0.0.1): has no certificate that we can trust"
    assert guarded.mails == []


def test_a_wrong_password_is_said_and_not_shown(guarded, cert):
    told = send(guarded, **secured(cert, password="mis"))
    assert "refused the login (535)" in told.detail
    assert (told.ok, told.permanent) == (False, False)


def test_a_server_without_starttls_gets_no_password():
    with smtp(authenticator=authenticator, auth_require_tls=False) as inbox:
        told = send(inbox, security="starttls", username=LOGIN[0], password=LOGIN[1])
    assert "does not offer what the settings ask for" in told.detail
    assert inbox.commands == []


@pytest.mark.parametrize(
    "changes",
    [
        {"security": "ssl"},
        {"sender": "nobody"},
        {"host": "mail.example.org", "security": "none", "username": "u", "password": "p"},
        {"security": "tls", "authorities": "/no/such/file"},
    ],
)
def test_settings_that_cannot_work_are_refused_at_once(changes):
    with pytest.raises(ChannelError):
        MailChannel(MailServer(**{"host": "localhost", "sender": SENDER, **changes}))


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_a_login_in_the_clear_is_only_for_this_machine(host):
    server = MailServer(host=host, security="none", username="u", password="pässword!", sender=SENDER)
    assert "pässword!" not in repr(MailChannel(server)) + repr(server)


def test_no_log_holds_a_password_an_address_or_a_text(guarded, cert, caplog):
    caplog.set_level(logging.DEBUG)
    send(guarded, **secured(cert))
    send(guarded, **secured(cert, password="an0ther-secret"))
    ours = [record for record in caplog.records if not record.name.startswith("mail.log")]  # that is the test's server
    text = "\n".join(record.getMessage() for record in ours)
    for secret in (LOGIN[1], "an0ther-secret", TO, "fietspaden"):
        assert secret not in text
