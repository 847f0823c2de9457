"""What we say of the steps that a promise expects, in Dutch and in English: their names, how far they are, why we
expect them, what a person decided about one, and the round that begins. All other words are in `notifications.words`.
"""

from notifications.cleaning import one_line
from notifications.dates import day_words
from notifications.words import Language, Said
from rules.commitment import Commitment, Expectation, StepState
from rules.event import Event, EventKind
from rules.steps import ADD, ADDED, DROP, KEEPING, MET, OFFERING, OPEN, REACTION, REPORT

NAME_LIMIT = 80

STEPS: dict[str, Said] = {
    REPORT: Said("het rapport is gepubliceerd", "the report was published"),
    OFFERING: Said("het rapport is aan de Kamer gestuurd", "the report was sent to parliament"),
    REACTION: Said("het kabinet heeft gereageerd", "the cabinet reacted"),
    KEEPING: Said("wat is toegezegd, is gedaan", "what was promised was done"),
}
STATES: dict[StepState, Said] = {
    StepState.OPEN: Said("nog niet gevonden", "not found yet"),
    StepState.MET: Said("volgens ons gevonden", "found, in our view"),
    StepState.NOT_NEEDED: Said("niet nodig", "not needed"),
}
MAYBE = Said("misschien gevonden", "perhaps found")
CHECKED = Said("gevonden", "found")

# Why a step is expected, by the rule of ``rules/data/steps.toml``; `USUAL` where it was not promised.
WHY: dict[str, Said] = {
    "reaction_to": Said("de toezegging noemt een reactie op een rapport", "the promise names a reaction to a report"),
    "study_and_reaction": Said(
        "de toezegging noemt een rapport en een reactie", "the promise names a report and a reaction"
    ),
    "study": Said("de toezegging noemt een onderzoek of evaluatie", "the promise names a study or an evaluation"),
    "promise": Said("de toezegging noemt geen aparte stappen", "the promise names no separate steps"),
    ADDED: Said("toegevoegd door een mens", "added by a person"),
}
USUAL = Said("volgt meestal, niet toegezegd", "usually follows, not promised")

# A later step of a promise that was kept already; whether it is the last one is for people.
LATER_STEPS: dict[str, tuple[Said, Said]] = {
    REACTION: (
        Said("Reactie van het kabinet gevonden", "Cabinet reaction found"),
        Said(
            "Volgens ons is dit de reactie van het kabinet, een volgende stap na de nakoming.",
            "In our view this is the cabinet reaction, a next step after the keeping.",
        ),
    ),
    OFFERING: (
        Said("Aanbieding aan de Kamer gevonden", "Offering to parliament found"),
        Said(
            "Volgens ons biedt dit stuk het rapport aan de Kamer aan.",
            "In our view this paper offers the report to parliament.",
        ),
    ),
}

# What a person decided about a step: `Event.data["do"]`.
DECIDED: dict[str, tuple[Said, Said]] = {
    ADD: (
        Said("Stap toegevoegd", "Step added"),
        Said(
            "{by} heeft bekeken dat bij de toezegging ook deze stap hoort: {step}.",
            "{by} has checked that this step belongs to the promise too: {step}.",
        ),
    ),
    DROP: (
        Said("Stap niet nodig", "Step not needed"),
        Said(
            "{by} heeft bekeken dat deze stap niet nodig is: {step}.",
            "{by} has checked that this step is not needed: {step}.",
        ),
    ),
    MET: (
        Said("Stap gezet", "Step taken"),
        Said(
            "{by} heeft bekeken dat deze stap is gezet: {step}.", "{by} has checked that this step was taken: {step}."
        ),
    ),
    OPEN: (
        Said("Stap staat weer open", "Step open again"),
        Said(
            "{by} heeft bekeken dat deze stap nog niet is gezet: {step}.",
            "{by} has checked that this step has not been taken yet: {step}.",
        ),
    ),
}

NEXT_ROUND = (
    Said("Volgende ronde", "Next round"),
    Said(
        "Deze toezegging komt steeds terug. De vorige ronde is afgerond; ronde {number} staat open.",
        "This promise comes again and again. The last round is done; round {number} is open.",
    ),
)


def step_name(name: str, language: Language) -> str:
    """A step in words; the words of the person who added it where it is none of ours."""
    return STEPS[name].in_(language) if name in STEPS else one_line(name, NAME_LIMIT)


def state_of(one: Expectation, language: Language) -> str:
    """How far a step is, with the day on which it was taken; without "in our view" where a person set it."""
    if one.state is StepState.OPEN:
        return (MAYBE if one.papers and not one.locked else STATES[one.state]).in_(language)
    said = CHECKED if one.state is StepState.MET and one.locked else STATES[one.state]
    return f"{said.in_(language)}, {day_words(one.on, language)}" if one.on else said.in_(language)


def why(one: Expectation, language: Language) -> str:
    """Why the step is expected: ``de toezegging noemt een onderzoek of evaluatie (“evaluatie”)``."""
    reason = WHY[one.rule].in_(language) if one.rule in WHY else ""
    said = f"{reason} (“{one_line(one.words, NAME_LIMIT)}”)" if reason and one.words else reason
    return said if one.needed else "; ".join(part for part in (said, USUAL.in_(language)) if part)


def steps_line(commitment: Commitment, language: Language) -> str:
    """All steps of this round on one line; nothing for a promise with a single one."""
    if len(commitment.steps) < 2:
        return ""
    return "; ".join(f"{step_name(one.step, language)}: {state_of(one, language)}" for one in commitment.steps)


def decided_words(event: Event) -> tuple[Said, Said] | None:
    """Headline and sentence of a decision about a step or of a round that begins; may use ``{by} {step} {number}``."""
    if event.kind is EventKind.STEP:
        return DECIDED.get(event.data.get("do", ""))
    begins = event.kind is EventKind.REOPENED and event.data.get("round") and event.by == "machine"
    return NEXT_ROUND if begins else None
