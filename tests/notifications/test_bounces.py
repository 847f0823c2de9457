"""Mail that came back, in the form of RFC 3464; everything else is no bounce, and nothing breaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.bounces import bounces

REPORT = """\
From: MAILER-DAEMON@mx.example.net
To: nakoming@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

This is the mail system. I could not deliver your message.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net
Arrival-Date: Mon, 3 Jul 2023 09:30:00 +0000

{recipients}
--b1
Content-Type: {returned}

Return-Path: <nakoming@example.org>
Message-ID: <d-17@nakoming.example>
Subject: Volgens ons nagekomen

--b1--
"""
RECIPIENT = """\
Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{address}>: no such user

"""


def report(*recipients, returned="text/rfc822-headers"):
    groups = "".join(RECIPIENT.format(address=a, action=b, status=c) for a, b, c in recipients)
    return REPORT.format(recipients=groups, returned=returned).encode()


@pytest.mark.parametrize(
    ("status", "hard"),
    [("5.1.1", True), ("5.1.10", True), ("5.2.1", True), ("5.2.2", False), ("5.7.1", False), ("4.4.1", False)],
)
def test_only_an_address_that_is_no_good_is_hard(status, hard):
    (bounce,) = bounces(report(("Anna@Example.org", "failed", status)))
    assert (bounce.address, bounce.status, bounce.hard) == ("anna@example.org", status, hard)


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_it_names_the_mail_that_came_back(returned):
    (bounce,) = bounces(report(("anna@example.org", "failed", "5.1.1"), returned=returned))
    assert bounce.original == "<d-17@nakoming.example>"


def test_each_failed_recipient_counts_and_a_delay_does_not():
    found = bounces(
        report(
            ("a@example.org", "failed", "5.1.1"),
            ("b@example.org", "delayed", "4.4.1"),
            ("c@example.org", "Failed", "5.2.1"),
            ("d@example.org", "delivered", "2.0.0"),
        )
    )
    assert [bounce.address for bounce in found] == ["a@example.org", "c@example.org"]


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\x00\xff\xfe",
        b"Subject: Afwezig\nAuto-Submitted: auto-replied\n\nIk ben er niet. 5.1.1 anna@example.org",
        b"Content-Type: multipart/report; boundary=x\n\n--x\n",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nStatus: 5.1.1\n",
        report(("nobody", "failed", "5.1.1")),
        report(("a@example.org", "failed", "weird")),
    ],
)
def test_any_other_mail_is_no_bounce(mail):
    assert bounces(mail) == ()


@given(st.binary(max_size=2000), st.integers(0, len(report(("a@example.org", "failed", "5.1.1")))))
def test_a_broken_report_never_breaks_us(noise, at):
    whole = report(("a@example.org", "failed", "5.1.1"))
    for mail in (noise, whole[:at], whole[:at] + noise + whole[at:]):
        assert all("@" in bounce.address for bounce in bounces(mail))
