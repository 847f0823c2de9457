"""What docs/pages.md says of addresses and filters is so."""

import re
from pathlib import Path

import pytest

from monitor.web.filters import NAMES, STATUS_WORDS

TEXT = (Path(__file__).parents[3] / "docs/pages.md").read_text(encoding="utf-8")
ADDRESSES = sorted(set(re.findall(r"`(/[^`\s]*)`", TEXT)))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers(reviewer, address):
    assert reviewer.get(address).status_code == 200


def test_every_filter_and_status_is_named():
    for word in (*NAMES, *STATUS_WORDS):
        assert re.search(rf"[`\s]{word}[`\s]", TEXT), word


def test_all_events_can_be_followed_as_described(client, filled):
    numbers = []
    after = 0
    while found := client.get(f"/api/v1/events?after={after}&limit=2").json()["items"]:
        numbers += [event["number"] for event in found]
        after = numbers[-1]
    assert numbers == sorted(numbers)
    assert len(numbers) == len(set(numbers)) == client.get("/readyz").json()["events"]
