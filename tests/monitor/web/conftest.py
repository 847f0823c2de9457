"""A client for the pages of an installation in a temporary folder; the examples come from the folder above."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from starlette.testclient import TestClient
from web_examples import BASE, PASSWORD, fill, token_in

from monitor.web import create_app


@pytest.fixture
def app(house):
    return create_app(house)


@pytest.fixture
def client(app):
    with TestClient(app, base_url=BASE, follow_redirects=False, raise_server_exceptions=False) as made:
        yield made


@pytest.fixture
def filled(house):
    """The installation with promises in every standing; see `web_examples.fill`."""
    fill(house)
    return house


@pytest.fixture
def reviewer(client, filled):
    """A client that is logged in."""
    page = client.get("/inloggen")
    form = {"naam": "Anna de Wit", "wachtwoord": PASSWORD, "token": token_in(page.text), "naar": "/beoordelen"}
    assert client.post("/inloggen", data=form).status_code == 303
    return client
