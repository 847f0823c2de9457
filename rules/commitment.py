"""The nouns of a promise: `Actor`, `Place`, `Found` (as read in one letter) and `Commitment` (as tracked).

`Found` is what `rules.extraction` makes of a sentence; `Commitment` is what the monitor remembers of it over
the years. Neither knows where it is stored.
"""

import base64
import hashlib
import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rules.deadline import Deadline
from sources.document import fold


class Strength(StrEnum):
    EXPLICIT = "explicit"
    IMPLICIT = "implicit"


class Promise(StrEnum):
    """What sort of thing was promised (the labelled data's vocabulary, in order of preference when several fit)."""

    INFORM = "informeren"
    PUBLISH = "publicatie"
    EVALUATE = "evaluatie"
    RESEARCH = "onderzoek"
    CONSULT = "overleg"
    LEGISLATE = "wetgeving"
    POLICY = "beleid"
    OTHER = "overig"


class Status(StrEnum):
    """The life of a commitment. *Overdue* and *due soon* follow from the calendar and are never stored."""

    PROPOSED = "proposed"  # found with low confidence, waits for a person
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    PARTLY = "partly"
    FULFILLED = "fulfilled"
    LAPSED = "lapsed"
    SUPERSEDED = "superseded"
    NOT_MEASURABLE = "not_measurable"
    REJECTED = "rejected"  # a person said: this is no commitment
    MERGED = "merged"  # lives on under another address

    @property
    def watched(self) -> bool:
        """True while the keeping of the promise is still looked for and its term still counts."""
        return self in (Status.OPEN, Status.IN_PROGRESS, Status.PARTLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who must act: office ("staatssecretaris van BZK") and person apart, and the words of the letter ("ik")."""

    office: str = ""
    person: str = ""
    as_written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One commitment as read in one letter: `letter.text[start:end] == quote`.

    action: what will be done, in the letter's words. reasons: why this is a commitment, one plain line each.
    confidence: 0..1, meant as the chance that a jurist agrees.
    """

    quote: str
    start: int
    end: int
    section: str = ""
    actor: Actor = Actor()
    addressee: str = ""
    kind: Promise = Promise.OTHER
    strength: Strength = Strength.EXPLICIT
    action: str = ""
    deadline: Deadline | None = None
    references: tuple[str, ...] = ()
    confidence: float = 0.5
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a promise stands: the letter's document key, its url, and the offsets of the quote in the clean text."""

    document: str
    url: str = ""
    title: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise (toezegging) that is tracked.

    id: permanent, made from the promise itself (`identity`), part of its address.
    context: sentences around the quote and the letter's subject: words the quote itself leaves out.
    own: identifiers of the letter(s) that made it; a document with one of these cannot keep it.
    references: canonical ids that the keeping paper may cite (questions, dossiers, WODC project).
    deadlines: history, the newest last; empty when no term was given.
    """

    id: str
    quote: str
    context: str = ""
    actor: Actor = Actor()
    addressee: str = ""
    ministry: str = ""
    kind: Promise = Promise.OTHER
    strength: Strength = Strength.EXPLICIT
    action: str = ""
    made_on: date | None = None
    places: tuple[Place, ...] = ()
    own: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    status: Status = Status.OPEN
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    decided_by: str = "machine"  # who set the present status; a person's decision is never overturned by a machine
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def deadline(self) -> Deadline | None:
        return self.deadlines[-1] if self.deadlines else None


def identity(quote: str, made_on: date | None, office: str) -> str:
    """The permanent id: the same sentence by the same office on the same day is one promise, wherever it is printed."""
    words = re.findall(r"\w+", fold(quote))
    seed = " ".join([*words, str(made_on or ""), fold(office)])
    return base64.b32encode(hashlib.sha256(seed.encode()).digest()).decode().lower()[:10]
