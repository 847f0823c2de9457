"""The nouns of a promise: `Actor`, `Place`, `Found` (as read in one letter), `Expectation` (a step that it expects) and
`Commitment` (as tracked).

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


class StepState(StrEnum):
    OPEN = "open"
    MET = "met"
    NOT_NEEDED = "not_needed"  # a person said: this step need not be taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Expectation:
    """A step that a promise expects. One paper can take several steps, and a promise can need several.

    step: a name of ``rules/data/steps.toml``, or the words of the person who added it. needed: the promise is not kept
    without it; else it follows as a rule. round: of a recurring promise, from 1. rule, words: why it is expected.
    deadline: its own term; None where that of the promise counts. papers: keys of papers that may have taken it.
    document, on, event: the paper that took it, the day of it, and the key of the event that set the present state.
    by, note: who set or checked that state, and why. locked: a person set it, no machine changes it.
    """

    step: str
    needed: bool = True
    state: StepState = StepState.OPEN
    round: int = 1
    rule: str = ""
    words: str = ""
    deadline: Deadline | None = None
    papers: tuple[str, ...] = ()
    document: str = ""
    on: date | None = None
    event: str = ""
    by: str = "machine"
    note: str = ""
    locked: bool = False

    @property
    def counts(self) -> bool:
        """True when the promise is not kept without this step."""
        return self.needed and self.state is not StepState.NOT_NEEDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A promise (toezegging) that is tracked.

    id: permanent, made from the promise itself (`identity`), part of its address.
    context: sentences around the quote and the letter's subject: words the quote itself leaves out.
    own: identifiers of the letter(s) that made it; a document with one of these cannot keep it.
    references: canonical ids that the keeping paper may cite (questions, dossiers, WODC project).
    deadlines: history, the newest last; empty when no term was given.
    expectations: the steps that it expects, of every round, the oldest round first.
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

    expectations: tuple[Expectation, ...] = ()

    @property
    def steps(self) -> tuple[Expectation, ...]:
        """The steps of the round that runs now."""
        newest = max((one.round for one in self.expectations), default=1)
        return tuple(one for one in self.expectations if one.round == newest)

    @property
    def deadline(self) -> Deadline | None:
        """The term that counts now: the newest, unless steps have terms of their own. Then it is the nearest term of
        the steps that are open, and when none is open the last one."""
        general = self.deadlines[-1] if self.deadlines else None
        asked = [one for one in self.steps if one.counts]
        if not any(one.deadline for one in asked):
            return general
        waiting = [one for one in asked if one.state is StepState.OPEN]
        terms = [term for one in waiting or asked if (term := one.deadline or general)]
        return (min if waiting else max)(terms, key=lambda term: term.latest or date.max)


def identity(quote: str, made_on: date | None, office: str) -> str:
    """The permanent id: the same sentence by the same office on the same day is one promise, wherever it is printed."""
    words = re.findall(r"\w+", fold(quote))
    seed = " ".join([*words, str(made_on or ""), fold(office)])
    return base64.b32encode(hashlib.sha256(seed.encode()).digest()).decode().lower()[:10]
