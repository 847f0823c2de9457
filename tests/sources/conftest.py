"""A real loopback server for every test of a source, and a fetcher that does not wait."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from loopback import Loopback

from sources.http import Fetcher


@pytest.fixture
def server():
    with Loopback() as loopback:
        yield loopback


@pytest.fixture
def waits():
    """How long the fetcher would have slept, in order."""
    return []


@pytest.fixture
def fetcher(waits):
    made = Fetcher(contact="beheer@voorbeeld.nl", pace_per_second=10_000, sleep=waits.append)
    yield made
    made.close()


@pytest.fixture
def recording():
    """The bytes of a recording, written after the forms that the sources really answer in."""
    return lambda name: (Path(__file__).parent / "recordings" / name).read_bytes()
