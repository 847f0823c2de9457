"""Logging in and out: only with the password, only from our own form, not without end."""

from datetime import timedelta

import pytest
from web_examples import HASHED, PASSWORD, token_in

from monitor.accounts import SESSION, hash_password, seal_ticket
from monitor.store import users
from monitor.store.users import User
from monitor.web.login import Attempts


def log_in(client, name="Anna de Wit", password=PASSWORD, to="/beoordelen", **headers):
    token = token_in(client.get("/inloggen").text)
    form = {"naam": name, "wachtwoord": password, "token": token, "naar": to}
    return client.post("/inloggen", data=form, headers=headers)


def change(house, **changes):
    with house.store.write() as session:
        given = {"name": "Anna de Wit", "role": "reviewer", "password": HASHED}
        users.keep(session, User(**{**given, **changes}), house.clock())


def test_a_reviewer_gets_in_and_out(client, filled):
    answer = log_in(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "/beoordelen")
    page = client.get("/beoordelen")
    assert page.status_code == 200
    assert "Ingelogd als Anna de Wit" in page.text
    out = client.post("/uitloggen", data={"token": token_in(page.text)})
    assert out.status_code == 303
    assert client.get("/beoordelen").status_code == 303


def test_the_cookie_is_not_for_scripts_or_other_sites(client, filled):
    cookie = next(c for c in log_in(client).headers.get_list("set-cookie") if c.startswith("nakoming_session"))
    for mark in ("HttpOnly", "SameSite=lax", "Path=/"):
        assert mark in cookie
    assert PASSWORD not in cookie


@pytest.mark.parametrize(
    ("name", "password"), [("Anna de Wit", "fout wachtwoord"), ("Niemand", PASSWORD), ("", ""), ("Anna de Wit", "")]
)
def test_a_wrong_name_or_password_gets_the_same_answer(client, filled, name, password):
    answer = log_in(client, name, password)
    assert answer.status_code == 401
    assert "Naam of wachtwoord klopt niet." in answer.text
    assert client.get("/beoordelen").status_code == 303


def test_an_account_that_was_switched_off_cannot_get_in_or_stay_in(client, filled):
    log_in(client)
    change(filled, active=False)
    assert client.get("/beoordelen").status_code == 303
    assert log_in(client).status_code == 401


def test_a_new_password_ends_the_session(client, filled):
    log_in(client)
    change(filled, password=hash_password("een ander wachtwoord"))
    assert client.get("/beoordelen").status_code == 303


def test_a_session_ends_by_itself(client, filled):
    log_in(client)
    filled.clock.now += SESSION + timedelta(minutes=1)
    assert client.get("/beoordelen").status_code == 303


def test_a_session_signed_with_another_key_is_no_session(client, filled):
    client.cookies.set("nakoming_session", seal_ticket("guessed", "Anna de Wit", HASHED, filled.clock()))
    assert client.get("/beoordelen").status_code == 303
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("token", ["", "x", "a" * 43])
def test_a_form_without_our_token_is_refused(client, filled, token):
    client.get("/inloggen")
    answer = client.post("/inloggen", data={"naam": "Anna de Wit", "wachtwoord": PASSWORD, "token": token})
    assert answer.status_code == 403


def test_a_form_of_another_site_is_refused(client, filled):
    assert log_in(client, origin="https://evil.example").status_code == 403
    assert log_in(client, origin="http://127.0.0.1:8080").status_code == 303


def test_passwords_cannot_be_tried_without_end(client, filled):
    for _ in range(10):
        assert log_in(client, password="verkeerd").status_code == 401
    assert log_in(client).status_code == 429
    filled.clock.now += timedelta(minutes=16)
    assert log_in(client).status_code == 303


def test_one_address_cannot_try_many_names_without_end(client, filled):
    attempts, now = Attempts(), filled.clock()
    for n in range(100):
        assert not attempts.too_many((f"name:{n}", "host:1"), now)
        attempts.failed((f"name:{n}", "host:1"), now)
    assert attempts.too_many(("name:new", "host:1"), now)
    assert not attempts.too_many(("name:new", "host:2"), now)
    assert not attempts.too_many(("name:new", "host:1"), now + timedelta(minutes=16))


@pytest.mark.parametrize(
    ("to", "goes"),
    [
        ("/statistiek", "/statistiek"),
        ("https://evil.example/", "/beoordelen"),
        ("//evil.example", "/beoordelen"),
        ("/\\evil.example", "/beoordelen"),
        ("/a\r\nSet-Cookie: x", "/beoordelen"),
        ("javascript:alert(1)", "/beoordelen"),
        ("", "/beoordelen"),
    ],
)
def test_after_login_one_stays_with_us(client, filled, to, goes):
    assert log_in(client, to=to).headers["location"] == goes


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b'{"naam": "x"}', "application/json", 400),
        (b"naam=x", "text/plain", 400),
        (b"a=" + b"x" * 70_000, "application/x-www-form-urlencoded", 413),
        (b"&".join(b"a=1" for _ in range(200)), "application/x-www-form-urlencoded", 400),
        (b"\xff\xfe=1", "application/x-www-form-urlencoded", 400),
        (b"", "application/x-www-form-urlencoded", 403),
    ],
)
def test_a_body_that_is_no_form_of_ours(client, filled, content, media_type, status):
    answer = client.post("/inloggen", content=content, headers={"content-type": media_type})
    assert answer.status_code == status


def test_who_is_logged_in_need_not_log_in_again(reviewer):
    assert reviewer.get("/inloggen").headers["location"] == "/beoordelen"
