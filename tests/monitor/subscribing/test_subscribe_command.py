"""``nakoming subscribe``: one clear line for what cannot be, no secret in what it prints."""

import io
import json
import sys
from datetime import UTC, datetime

import pytest
from monitor_examples import START, keep, make_house, promise
from pydantic import SecretStr

from monitor.commands import run
from monitor.commands.door import Door
from monitor.settings import Settings, Smtp
from monitor.store import subscriptions

WEBHOOK = "https://hooks.example.org/in?token=hush"


@pytest.fixture
def settings(tmp_path):
    made = make_house(tmp_path, lambda: START)
    keep(made, promise())
    made.close()
    return {"data_dir": tmp_path, "database_url": SecretStr(f"sqlite:///{tmp_path}/nakoming.db")}


@pytest.fixture
def nakoming(settings, capsys):
    """Runs a command; its exit status, what it printed and what it complained of."""

    def call(*arguments, **more):
        door = Door(clock=lambda: START, load=lambda **_: Settings(**{**settings, **more}))
        status = run(["subscribe", *arguments], door)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.fixture
def held(tmp_path):
    """What the store has of a subscription."""

    def get(id_):
        house = make_house(tmp_path, lambda: START)
        with house.store.read() as session:
            kept = subscriptions.get(session, id_)
        house.close()
        return kept

    return get


def added(nakoming, *arguments):
    status, out, err = nakoming("add", *arguments, "--confirmed", "--json")
    assert status == 0, err
    return json.loads(out)


def test_a_subscription_is_added_and_listed_without_its_secrets(nakoming, held):
    made = added(nakoming, WEBHOOK, "--ministry", "Justitie", "--word", "privacy*", "--word", "avg", "--quiet", "22-7")
    assert made["state"] == "active"
    assert made["receiver"] == "webhook (hooks.example.org)"
    assert made["filter"] == {"ministries": ["Justitie"], "words": ["privacy*", "avg"]}
    assert held(made["id"]).subscription.address == WEBHOOK
    status, out, _ = nakoming("list", "--json")
    assert status == 0
    assert json.loads(out)["id"] == made["id"]
    assert "hush" not in out
    assert "whsec" not in out
    assert "webhook" in nakoming("list")[1]


def test_it_says_before_what_it_would_have_sent(nakoming):
    status, out, _ = nakoming("add", "anna@example.org", "--try")
    assert status == 0
    assert "in the last 90 days this would have sent 1 messages about 1 events" in out
    assert nakoming("list", "--json")[1] == ""


def test_the_secret_of_a_webhook_is_shown_once(nakoming, held):
    _, out, _ = nakoming("add", WEBHOOK, "--confirmed")
    (shown,) = [line.rpartition(" ")[2] for line in out.splitlines() if "whsec_" in line]
    id_ = json.loads(nakoming("list", "--json")[1])["id"]
    assert held(id_).subscription.secret == shown
    fresh = nakoming("secret", id_)[1].split()[-1]
    assert held(id_).subscription.secret == f"{fresh} {shown}"
    assert nakoming("secret", id_, "--retire")[0] == 0
    assert held(id_).subscription.secret == fresh


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("anna@example.org", "mail"),
        (WEBHOOK, "webhook"),
        ("slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/", "apprise"),
    ],
)
def test_the_way_follows_from_the_form_of_the_address(nakoming, address, way):
    assert added(nakoming, address)["way"] == way


def test_pause_resume_end(nakoming, held):
    id_ = added(nakoming, "anna@example.org")["id"]
    assert nakoming("pause", id_, "2023-09-01")[0] == 0
    assert held(id_).subscription.paused_until == datetime(2023, 8, 31, 22, tzinfo=UTC)
    assert nakoming("resume", id_)[0] == 0
    assert held(id_).subscription.paused_until is None
    assert nakoming("end", id_)[0] == nakoming("end", id_)[0] == 0
    assert held(id_).state == "ended"
    status, _, err = nakoming("resume", id_)
    assert (status, err) == (1, "nakoming: this subscription does not exist any more\n")


def test_a_preview_of_what_exists(nakoming):
    id_ = added(nakoming, "anna@example.org", "--kind", "overdue")["id"]
    status, out, _ = nakoming("preview", id_, "--days", "30", "--json")
    assert (status, json.loads(out)) == (0, {"preview": {"days": 30, "events": 0, "messages": 0}})


@pytest.mark.parametrize(
    ("arguments", "status", "complaint"),
    [
        (("add", "nonsense"), 1, "this address cannot be used"),
        (("add", "anna@example.org"), 1, "no mail server is set"),
        (("add", "json://127.0.0.1/hush"), 1, "not open to subscribers"),
        (("add", "anna@example.org", "--quiet", "late"), 2, "two hours such as 22-7"),
        (("add", "anna@example.org", "--hour", "25"), 2, "hour"),
        (("add", "anna@example.org", "--kind", "party"), 2, "party"),
        (("end", "nobody"), 1, "does not exist"),
        (("preview", "nobody"), 1, "no subscription"),
        (("pause", "nobody", "soon"), 2, "not a day"),
        (("bounce", "/no/such/file"), 1, "/no/such/file"),
        (("bounce", "https://example.org"), 1, "standard input"),
    ],
)
def test_what_cannot_be_is_one_clear_line(nakoming, arguments, status, complaint):
    code, _, err = nakoming(*arguments)
    assert code == status
    assert complaint in err
    assert "hush" not in err
    assert "Traceback" not in err


def test_mail_waits_for_its_confirmation_and_a_dead_server_is_said(nakoming):
    nobody = Smtp(host="127.0.0.1", port=1, security="none")
    status, _, err = nakoming("add", "anna@example.org", smtp=nobody)
    assert status == 1
    assert "could not be sent" in err
    assert nakoming("list", "--json")[1] == ""


def test_a_test_message_that_does_not_arrive_is_said(nakoming):
    id_ = added(nakoming, "anna@example.org")["id"]
    status, _, err = nakoming("test", id_, smtp=Smtp(host="127.0.0.1", port=1, security="none"))
    assert status == 1
    assert "did not arrive" in err


def test_a_bounce_is_read_from_standard_input(nakoming, held, monkeypatch):
    id_ = added(nakoming, "anna@example.org")["id"]
    report = (
        b"Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"
        b"Reporting-MTA: dns; mx\n\nFinal-Recipient: rfc822; anna@example.org\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
    )
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(report)))
    assert nakoming("bounce", "-")[1] == f"stopped: {id_}\n"
    assert held(id_).state == "bounced"
    assert "mail came back" in nakoming("list", "--state", "bounced", "--json")[1]


def test_every_command_has_help_with_an_example(nakoming):
    for name in ("add", "list", "pause", "resume", "end", "test", "preview", "secret", "bounce"):
        status, out, _ = nakoming(name, "--help")
        assert status == 0
        assert "Example" in out
