"""Which steps a promise expects (`expected`), and which of them a paper takes (`taken`).

Read from the words of the promise and from the title of the paper, by the rows of ``steps.toml``. Pure. What becomes of
a step is `rules.steps`; whether the paper is about the promise at all is `rules.matching`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from rules import papers
from rules.calendar import Calendar
from rules.commitment import Commitment, Expectation, Promise, Status, StepState
from rules.deadline import Deadline, day_of
from rules.resolve import find
from rules.steps import ADDED, NAMES, OFFERING, REACTION, with_included
from rules.terms import words
from rules.vocabulary import data
from sources.document import Document

REGISTER = "register"  # `Deadline.rule` of a term that a register states
NEAR = 8  # words between a reaction and the report that it is about


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of ``steps.toml``: the groups that a sentence names, and the steps that follow from it."""

    name: str
    says: tuple[str, ...]
    about: tuple[str, ...]
    needed: tuple[str, ...]
    usual: tuple[str, ...]


def expected(
    quote: str, kind: Promise, made_on: date | None = None, calendar: Calendar | None = None
) -> tuple[Expectation, ...]:
    """The steps of the first round, in their order; always at least one that is needed.

    made_on: the day from which terms are reckoned; without it no step has a term of its own.
    """
    spoken = words(quote)
    named = _named(spoken, kind)
    rule = next(rule for rule in _rules() if _fits(rule, named, spoken))
    said = ", ".join(spoken[named[group]] for group in rule.says if named[group] >= 0)
    found = [Expectation(step=step, rule=rule.name, words=said) for step in rule.needed]
    found += [Expectation(step=step, needed=False, rule=rule.name, words=said) for step in rule.usual]
    terms = _own_terms(quote, named, made_on, calendar) if made_on and len(rule.needed) > 1 else {}
    return tuple(
        replace(one, deadline=terms.get(one.step)) for one in sorted(found, key=lambda one: NAMES.index(one.step))
    )


def with_steps(commitment: Commitment, calendar: Calendar | None = None) -> Commitment:
    """The promise with the steps that its words expect. What begins as kept was kept in all that it needs.

    Where a register states the term, no step has one of its own.
    """
    stated = any(term.rule == REGISTER for term in commitment.deadlines)
    found = expected(commitment.quote, commitment.kind, None if stated else commitment.made_on, calendar)
    if commitment.status is Status.FULFILLED:
        found = tuple(_kept(one, commitment) if one.needed else one for one in found)
    return replace(commitment, expectations=found)


def _kept(one: Expectation, commitment: Commitment) -> Expectation:
    paper, on = (commitment.facts.get(fact, "") for fact in ("status_paper", "status_on"))
    return replace(one, state=StepState.MET, document=paper, on=day_of(on))


def taken(commitment: Commitment, document: Document, step: str) -> tuple[str, ...]:
    """The steps that a paper takes, when it is about the promise.

    step: what the match calls the paper; "" when it may be all that the words promise. A step that a person added is
    taken only by a paper whose title offers it.
    """
    names = {one.step for one in commitment.steps if one.counts}
    reacts = REACTION in names and REACTION in papers.offered(document, words(document.title))
    if step == OFFERING and reacts:
        return (*with_included(OFFERING), REACTION) if _brings(document) and OFFERING in names else (REACTION,)
    if step:
        return with_included(step)
    added = {one.step for one in commitment.steps if one.rule == ADDED}
    return (REACTION,) if reacts and REACTION in added else tuple(sorted(names - added))


def _named(spoken: Sequence[str], kind: Promise) -> dict[str, int]:
    """By group: the place of the first word that names it, -1 where only the kind of the promise stands for it."""
    implied = papers.promised([], kind)
    found: dict[str, int] = {}
    for group, products in _groups().items():
        places = [at for at, word in enumerate(spoken) if products & papers.promised([word], Promise.OTHER)]
        if places or products & implied:
            found[group] = places[0] if places else -1
    return found


def _fits(rule: Rule, named: dict[str, int], spoken: Sequence[str]) -> bool:
    if not set(rule.says) <= set(named):
        return False
    if not rule.about:
        return True
    first, second = (named[group] for group in rule.says)
    between = spoken[first + 1 : second]
    return (
        0 <= first < second <= first + NEAR and between[:1] != [] and between[0] in rule.about and "en" not in between
    )


def _own_terms(quote: str, named: dict[str, int], made_on: date, calendar: Calendar | None) -> dict[str, Deadline]:
    """The terms of a report and of the reaction to it, where the sentence names both things and two days in order."""
    spans = find(quote, made_on, calendar or Calendar())
    ahead = [one.deadline for one in spans if one.deadline.latest and one.deadline.latest > made_on]
    if len(ahead) != 2 or named["study"] > named["reaction"]:
        return {}
    first, second = ahead
    in_order = (first.latest or date.max) <= (second.latest or date.max)
    return {OFFERING: first, REACTION: second} if in_order else {}


def _brings(document: Document) -> bool:
    title = f" {' '.join(words(document.title))} "
    return any(f" {phrase} " in title for phrase in data("steps")["papers"]["brings"].split("|"))


@cache
def _groups() -> dict[str, frozenset[str]]:
    return {group: frozenset(products.split("|")) for group, products in data("steps")["groups"].items()}


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(
            row["name"],
            tuple(row["says"]),
            tuple(row["about"].split("|")) if "about" in row else (),
            tuple(row["needed"]),
            tuple(row["usual"]),
        )
        for row in data("steps")["rules"]
    )
