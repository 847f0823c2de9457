"""`Told`: one happening in words of one language, laid out by nobody yet.

Pure. Mail, chat, RSS, Atom and JSON Feed are all made of `Told`, so they say the same. Layout is
`notifications.compose`, `notifications.feeds` and the templates; the words themselves are `notifications.words`.
"""

from dataclasses import dataclass
from datetime import date

from notifications.cleaning import clean, cut_sentences, one_line, web_link
from notifications.dates import day_words, local_day, margin_words
from notifications.happening import Happening
from notifications.step_words import LATER_STEPS, decided_words, step_name, steps_line
from notifications.words import (
    ABOUT_PAPER,
    EVENTS,
    NO_DAY,
    NO_PAPER,
    OURS,
    PAPERS,
    PERSON,
    PROMISES,
    STATUSES,
    Language,
    Tone,
    label,
    sureness_words,
)
from rules.commitment import Commitment, Status
from rules.deadline import Deadline
from rules.event import Event, EventKind, Evidence
from rules.steps import SURE

QUOTE_LIMIT = 1200  # a promise is a sentence; longer is a register's whole entry
TITLE_LIMIT = 250
REASON_LIMIT = 300
CHANGE_LIMIT = 600
REASONS = 6
PAPER_DECIDES = (EventKind.FULFILLED, EventKind.PARTLY)
STEP_KINDS = (*PAPER_DECIDES, EventKind.STEP, EventKind.DUE_SOON, EventKind.OVERDUE)
PAPER_KINDS = (*PAPER_DECIDES, EventKind.FOLLOW_UP, EventKind.PROGRESS, EventKind.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a table: a name, its words and, where there is one, a web address behind the words."""

    name: str
    text: str
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """All text is clean (no control characters) and not escaped.

    headline: the sort of news in two or three words; what: the promised sentence, cut; sentence: what happened.
    quote: the promised sentence, "" for a source. reasons: why we think so, weightiest first, what speaks against last.
    """

    kind: EventKind
    tone: Tone
    headline: str
    what: str
    sentence: str
    quote: str
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]
    address: str
    look: str


def tell(happening: Happening, language: Language) -> Told:
    """The happening in words. Bounded: quote, titles and reasons are cut at a sentence or a word."""
    event, commitment = happening.event, happening.commitment
    headline, sentence = _words(happening, language)
    return Told(
        kind=event.kind,
        tone=EVENTS[event.kind].tone,
        headline=headline,
        what=_what(happening),
        sentence=sentence,
        quote=cut_sentences(clean(commitment.quote), QUOTE_LIMIT) if commitment else "",
        facts=tuple(fact for fact in _facts(happening, language) if fact.text),
        reasons=_reasons(event, language),
        address=happening.address,
        look=label("look" if commitment else "look_source", language),
    )


def term_day(happening: Happening) -> date | None:
    """The last day of the term that this event is about: as the event says, else the promise's term now."""
    stated = _iso_day(happening.event.data.get("latest", ""))
    if stated or happening.event.kind is EventKind.POSTPONED:
        return stated
    subject = _iso_day(happening.event.subject)
    if subject and happening.event.kind in (EventKind.OVERDUE, EventKind.DUE_SOON):
        return subject
    deadline = _own_term(happening) or (happening.commitment.deadline if happening.commitment else None)
    return deadline.latest if deadline else None


def ours(happening: Happening) -> bool:
    """True when the term is our own horizon and nobody promised that day."""
    return happening.event.data.get("horizon") == "ours"


def term_words(deadline: Deadline | None, language: Language) -> str:
    """The words of the letter and the days they mean: ``“voor het zomerreces” (uiterlijk 6 juli 2023)``."""
    if deadline is None:
        return label("no_term", language)
    said = label("words", language, text=one_line(deadline.text, TITLE_LIMIT)) if deadline.text.strip() else ""
    days = _interval(deadline, language)
    if deadline.recurring:
        days = "; ".join(part for part in (days, label("recurring", language)) if part)
    if said and days:
        return f"{said} ({days})"
    return said or days or label("no_term", language)


def state_words(commitment: Commitment, language: Language) -> str:
    """The status in words; where a person set it, without "in our view"."""
    person = {Status.FULFILLED: EventKind.FULFILLED, Status.PARTLY: EventKind.PARTLY}.get(commitment.status)
    if person and commitment.decided_by != "machine":
        return PERSON[person][0].in_(language).lower()
    return STATUSES[commitment.status].in_(language)


def _interval(deadline: Deadline, language: Language) -> str:
    if deadline.latest is None:
        return ""
    last = day_words(deadline.latest, language)
    if deadline.earliest is None or deadline.earliest == deadline.latest:
        return label("until", language, day=last)
    return label("between", language, first=day_words(deadline.earliest, language), day=last)


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _what(happening: Happening) -> str:
    commitment = happening.commitment
    if commitment is None:
        return one_line(_source(happening.event), TITLE_LIMIT)
    return one_line(commitment.quote or commitment.action, TITLE_LIMIT)


def _source(event: Event) -> str:
    return event.data.get("source", "") or event.subject


def _words(happening: Happening, language: Language) -> tuple[str, str]:
    """Headline and sentence: by a person, about a paper, for a term of ours, or the plain ones."""
    event, day = happening.event, term_day(happening)
    headline, sentence = EVENTS[event.kind].headline, EVENTS[event.kind].sentence
    told = decided_words(event)
    if told:
        headline, sentence = told
    elif event.by != "machine" and event.kind in PERSON:
        headline, sentence = PERSON[event.kind]
    elif _later_step(happening) in LATER_STEPS:
        headline, sentence = LATER_STEPS[_later_step(happening)]
    elif event.document and event.kind in ABOUT_PAPER:
        headline, sentence = ABOUT_PAPER[event.kind]
    elif ours(happening) and event.kind in OURS:
        headline, sentence = OURS[event.kind]
    elif not event.document and event.kind in NO_PAPER:
        sentence = NO_PAPER[event.kind]
    if day is None and event.kind in NO_DAY:
        sentence = NO_DAY[event.kind]
    values = {
        "day": day_words(day, language, weekday=True) if day else "",
        "source": one_line(_source(event), TITLE_LIMIT),
        "by": one_line(event.by, TITLE_LIMIT),
        "step": step_name(event.data.get("step", ""), language),
        "number": one_line(event.data.get("round", ""), TITLE_LIMIT),
    }
    return headline.in_(language), sentence.in_(language).format(**values)


def _later_step(happening: Happening) -> str:
    """Which later step of a promise that was kept this paper is; "" when it is none, or when we are not sure of it."""
    event, commitment = happening.event, happening.commitment
    kept = commitment is not None and commitment.status is Status.FULFILLED
    sure = kept and event.kind is EventKind.FOLLOW_UP and event.score is not None and event.score >= SURE
    return event.data.get("step", "") if sure else ""


def _facts(happening: Happening, language: Language) -> list[Fact]:
    if happening.commitment is None:
        return _note(happening.event, language)
    return [
        *_paper(happening, language),
        *_promise(happening.commitment, language),
        *_term(happening, happening.commitment, language),
        *_steps(happening.event, happening.commitment, language),
        *_decision(happening, language),
        *_changed(happening.event, language),
        *_note(happening.event, language),
    ]


def _paper(happening: Happening, language: Language) -> list[Fact]:
    document = happening.document
    if document is None:
        return []
    kind = PAPERS[document.kind].in_(language)
    day = f" {label('on', language)} {day_words(document.published_on, language)}" if document.published_on else ""
    office = f", {one_line(document.office, TITLE_LIMIT)}" if document.office.strip() else ""
    title = one_line(document.title, TITLE_LIMIT) or kind
    facts = [
        Fact(label("paper", language), title, web_link(document.url)),
        Fact(label("source", language), f"{kind}{day}{office}"),
    ]
    if document.withdrawn:
        facts.append(Fact(label("note", language), label("withdrawn", language)))
    return facts


def _promise(commitment: Commitment, language: Language) -> list[Fact]:
    actor = commitment.actor
    office = one_line(actor.office or commitment.ministry or actor.as_written, TITLE_LIMIT)
    person = one_line(actor.person, TITLE_LIMIT)
    day = day_words(commitment.made_on, language) if commitment.made_on else ""
    place = commitment.places[0] if commitment.places else None
    title = one_line(place.title, TITLE_LIMIT) if place else ""
    made = ", ".join(part for part in (day, title) if part)
    return [
        Fact(label("who", language), f"{office} ({person})" if office and person else office or person),
        Fact(label("to", language), one_line(commitment.addressee, TITLE_LIMIT)),
        Fact(label("kind", language), PROMISES[commitment.kind].in_(language)),
        Fact(label("made", language), made, web_link(place.url) if place else ""),
    ]


def _term(happening: Happening, commitment: Commitment, language: Language) -> list[Fact]:
    day = term_day(happening)
    if happening.event.kind is EventKind.POSTPONED:
        return _moved(happening.event, commitment, day, language)
    if ours(happening) and day:
        return [Fact(label("term", language), label("our_term", language, day=day_words(day, language)))]
    facts = [Fact(label("term", language), term_words(_own_term(happening) or commitment.deadline, language))]
    happened = _happened(happening)
    if day and happened:
        facts.append(Fact(label("margin", language), margin_words(day, happened, language)))
    return facts


def _own_term(happening: Happening) -> Deadline | None:
    """The term of the steps that it is about, where they have one: those that it took, or whose term ends."""
    event = happening.event
    of_term = event.kind in (EventKind.OVERDUE, EventKind.DUE_SOON)
    named = event.data.get("steps", "").split("|") if of_term else []
    last = _iso_day(event.data.get("latest", ""))
    steps = happening.commitment.expectations if happening.commitment else ()
    terms = ((one.step, one.deadline) for one in steps if one.deadline and (of_term or one.event == event.key))
    return next((term for step, term in terms if not of_term or (step in named and term.latest == last)), None)


def _steps(event: Event, commitment: Commitment, language: Language) -> list[Fact]:
    """How far the steps are, where what happened is about them."""
    named = event.kind is EventKind.FOLLOW_UP and event.data.get("step")
    wanted = named or event.kind in STEP_KINDS
    return [Fact(label("steps", language), steps_line(commitment, language))] if wanted else []


def _happened(happening: Happening) -> date | None:
    """The day to hold against the term: the keeping paper's own day, or for an overdue term the day of saying so."""
    event = happening.event
    if event.kind is EventKind.OVERDUE:
        return local_day(event.at)
    if event.kind in PAPER_DECIDES:
        document = happening.document
        return (document.published_on if document else None) or local_day(event.at)
    return None


def _moved(event: Event, commitment: Commitment, day: date | None, language: Language) -> list[Fact]:
    """The old term and the new one; the promise may hold the new one already."""
    before = [term for term in commitment.deadlines if day is None or term.latest != day]
    new = Deadline(text=event.data.get("term", ""), earliest=_iso_day(event.data.get("earliest", "")), latest=day)
    return [
        Fact(label("old_term", language), term_words(before[-1] if before else None, language)),
        Fact(label("new_term", language), term_words(new, language)),
    ]


def _decision(happening: Happening, language: Language) -> list[Fact]:
    event = happening.event
    facts = []
    if event.kind in PAPER_KINDS and event.score is not None and event.by == "machine":
        facts.append(Fact(label("sureness", language), sureness_words(event.score, language)))
    if event.by != "machine":
        facts.append(Fact(label("decided", language), one_line(event.by, TITLE_LIMIT)))
    elif event.kind in PAPER_DECIDES:
        facts.append(Fact(label("decided", language), label("machine", language)))
    if event.kind is EventKind.MERGED and event.data.get("into"):
        address = f"{happening.address.rsplit('/', 1)[0]}/{event.data['into']}"
        facts.append(Fact(label("into", language), address, web_link(address)))
    return facts


def _changed(event: Event, language: Language) -> list[Fact]:
    """What became different in a paper that we knew already."""
    changed = one_line(event.data.get("changed", ""), CHANGE_LIMIT)
    return [Fact(label("changed", language), changed)] if changed else []


def _note(event: Event, language: Language) -> list[Fact]:
    return [Fact(label("note", language), one_line(event.note, QUOTE_LIMIT))]


def _reasons(event: Event, language: Language) -> tuple[str, ...]:
    ranked = sorted(event.reasons, key=lambda reason: (reason.weight < 0, -abs(reason.weight)))
    return tuple(_reason(reason, language) for reason in ranked if reason.text or reason.signal)[:REASONS]


def _reason(reason: Evidence, language: Language) -> str:
    text = one_line(reason.text or reason.signal, REASON_LIMIT)
    return label("against", language, reason=text) if reason.weight < 0 else text
