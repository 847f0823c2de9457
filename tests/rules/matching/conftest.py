"""Promises and papers for the tests of matching: all texts are made up for them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from rules.commitment import Actor, Commitment
from rules.deadline import Deadline, Precision
from sources.document import Document, Kind

MADE = date(2023, 3, 1)
PROMISE = (
    "Ik zal uw Kamer voor de zomer de evaluatie van de veerverbinding tussen Harlingen en Terschelling toesturen, "
    "met de gevolgen voor de dienstregeling van de veerboten."
)


@pytest.fixture
def promise() -> Callable[..., Commitment]:
    def make(quote: str = PROMISE, *, due: date | None = date(2023, 7, 6), **changes: Any) -> Commitment:
        deadline = Deadline(text="voor de zomer", latest=due, precision=Precision.RECESS)
        given: dict[str, Any] = {
            "id": "veer",
            "quote": quote,
            "actor": Actor(office="Minister van Infrastructuur en Waterstaat"),
            "made_on": MADE,
            "own": ("kst-31409-400",),
            "deadlines": (deadline,) if due else (),
        }
        return Commitment(**{**given, **changes})

    return make


@pytest.fixture
def paper() -> Callable[..., Document]:
    def make(title: str, text: str = "", *, on: date | None = date(2023, 6, 20), **changes: Any) -> Document:
        given: dict[str, Any] = {
            "key": "tk:1",
            "source": "tweedekamer",
            "kind": Kind.LETTER,
            "title": title,
            "text": text,
            "published_on": on,
            "office": "Minister van Infrastructuur en Waterstaat",
        }
        return Document(**{**given, **changes})

    return make
