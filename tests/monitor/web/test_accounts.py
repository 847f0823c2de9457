"""Passwords, sessions and form tokens, without a database and without a web."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.accounts import (
    NOBODY,
    SESSION,
    BadAccount,
    check_account,
    form_token,
    hash_password,
    new_key,
    open_ticket,
    password_fits,
    seal_ticket,
    ticket_fits,
)

NOW = datetime(2023, 7, 10, 7, tzinfo=UTC)
KEY = "a key for tests"
STORED = hash_password("een lang wachtwoord", salt=b"0123456789abcdef")


def test_a_password_fits_only_its_own_hash():
    assert password_fits("een lang wachtwoord", STORED)
    assert not password_fits("een lang wachtwoorD", STORED)
    assert not password_fits("", STORED)


def test_the_same_password_has_another_hash_each_time_and_is_never_in_it():
    one, other = hash_password("een lang wachtwoord"), hash_password("een lang wachtwoord")
    assert one != other
    assert "wachtwoord" not in one


@pytest.mark.parametrize("stored", ["", "x", "scrypt$1$2", "md5$16384$8$1$AAAA$AAAA", "scrypt$x$8$1$AAAA$AAAA", NOBODY])
def test_a_hash_that_is_none_fits_nothing(stored):
    assert not password_fits("een lang wachtwoord", stored)


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [
        ("", "reviewer", "een lang wachtwoord"),
        ("  ", "reviewer", "een lang wachtwoord"),
        ("Machine", "reviewer", "een lang wachtwoord"),
        ("Anna\n", "reviewer", "een lang wachtwoord"),
        ("a" * 101, "reviewer", "een lang wachtwoord"),
        ("Anna", "koning", "een lang wachtwoord"),
        ("Anna", "reviewer", "kort"),
        ("Anna", "reviewer", "a" * 2000),
    ],
)
def test_accounts_that_cannot_be(name, role, password):
    with pytest.raises(BadAccount) as error:
        check_account(name, role, password)
    assert password not in str(error.value)


def test_a_good_account_is_accepted():
    check_account("Anna de Wit", "admin", "een lang wachtwoord")


def test_a_session_opens_until_it_is_over():
    sealed = seal_ticket(KEY, "Anna", STORED, NOW)
    ticket = open_ticket(KEY, sealed, NOW + SESSION - timedelta(seconds=1))
    assert (ticket.name, ticket_fits(KEY, ticket, STORED)) == ("Anna", True)
    assert open_ticket(KEY, sealed, NOW + SESSION) is None


def test_a_new_password_ends_old_sessions():
    ticket = open_ticket(KEY, seal_ticket(KEY, "Anna", STORED, NOW), NOW)
    assert not ticket_fits(KEY, ticket, hash_password("een ander wachtwoord"))


def test_a_session_cannot_be_forged():
    sealed = seal_ticket(KEY, "Anna", STORED, NOW)
    packed, _, signature = sealed.partition(".")
    other = seal_ticket("another key", "Anna", STORED, NOW)
    for forged in (
        "",
        ".",
        "x.y",
        packed,
        f"{packed}.",
        f"{packed}x.{signature}",
        f"{packed}.{signature}x",
        other,
        "é.é",
    ):
        assert open_ticket(KEY, forged, NOW) is None


def test_form_tokens_belong_to_one_visitor_and_are_no_sessions():
    assert form_token(KEY, "one") != form_token(KEY, "other")
    assert form_token(KEY, "one") != form_token("another key", "one")
    assert open_ticket(KEY, f"one.{form_token(KEY, 'one')}", NOW) is None


def test_keys_are_random():
    assert len({new_key() for _ in range(50)}) == 50
