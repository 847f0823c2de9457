"""The steps of a promise as data: one form for the command line, the API and the evidence (docs/command-line.md)."""

from typing import Any

from notifications.step_words import why
from notifications.words import Language
from rules.commitment import Commitment, Expectation


def steps_shape(commitment: Commitment) -> list[dict[str, Any]]:
    """Every step of every round, the oldest round first."""
    return [_shape(one) for one in commitment.expectations]


def _shape(one: Expectation) -> dict[str, Any]:
    """due: the step's own term, null where that of the promise counts. by: who set the state; reason: in Dutch."""
    names = ("step", "needed", "state", "round", "rule", "document", "on", "papers", "by", "note")
    term = one.deadline
    due = {"earliest": term.earliest, "latest": term.latest, "text": term.text} if term else None
    return {**{name: getattr(one, name) for name in names}, "due": due, "reason": why(one, Language.NL)}
