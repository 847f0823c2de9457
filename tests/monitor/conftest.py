"""Makes the examples of this folder importable by name, and an installation in a temporary folder."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from monitor_examples import OPENED, Clock, FakeSource, make_house


@pytest.fixture(autouse=True)
def _closed_afterwards():
    yield
    while OPENED:
        OPENED.pop().close()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def source():
    return FakeSource("tweedekamer")


@pytest.fixture
def house(tmp_path, clock, source):
    made = make_house(tmp_path, clock, {source.name: source})
    yield made
    made.close()
