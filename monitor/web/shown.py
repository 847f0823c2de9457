"""What the pages show of a promise: cards for lists, the time line, the papers found. Nouns in, small nouns out.

Reads the store, writes nothing; no HTML here. The words come from `notifications.telling` and `monitor.web.words`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.store import Session, documents, events, views
from monitor.store.events import Addresses
from monitor.web.standing import Standing, Term, days_late, line_of, standing, term_of
from monitor.web.visit import Visit
from monitor.web.words import STANDINGS as STANDING_WORDS
from notifications.cleaning import clean, cut_sentences, one_line, web_link
from notifications.dates import day_words, days_words
from notifications.happening import Happening
from notifications.step_words import state_of, step_name, why
from notifications.telling import Fact, Told, state_words, tell, term_words
from notifications.words import PAPERS, Language, Tone, label, sureness_words
from rules.commitment import Commitment, Expectation, StepState
from rules.event import MACHINE, Event, EventKind
from sources.document import Document

QUOTE_LIMIT = 320
TITLE_LIMIT = 150
OFFICES = ("minister", "staatssecretaris")
ABOUT_PAPERS = (
    EventKind.FULFILLED,
    EventKind.PARTLY,
    EventKind.PROGRESS,
    EventKind.FOLLOW_UP,
    EventKind.POSTPONED,
    EventKind.CONFIRMED,
    EventKind.REJECTED,
    EventKind.STEP,
)
OF_A_MOMENT = ("paper", "old_term", "new_term", "margin", "decided", "note")
TONES = {
    Standing.KEPT: Tone.GOOD,
    Standing.PARTLY: Tone.GOOD,
    Standing.SOON: Tone.ATTENTION,
    Standing.UNREAD: Tone.ATTENTION,
    Standing.OVERDUE: Tone.ATTENTION,
    Standing.ASKED: Tone.ATTENTION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A promise as lists show it. state: its standing in words; margin: how the keeping lay to the term.

    quote: the sentence, cut for lists; title: a heading that says who promised.
    """

    commitment: Commitment
    standing: Standing
    state: str
    tone: Tone
    quote: str
    title: str
    who: str
    term: str
    margin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper that may belong to a promise, with all that was said of it."""

    document: Document | None
    key: str
    title: str
    about: str
    link: str
    headline: str
    sentence: str
    tone: Tone
    sureness: str
    reasons: tuple[str, ...]
    checked_by: str
    rejected: bool
    places: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a time line. facts: those of `told` that belong to this moment and not to the whole promise."""

    event: Event
    told: Told
    facts: tuple[Fact, ...]


def cards(visit: Visit, session: Session, found: Sequence[Commitment]) -> list[Card]:
    ids = [commitment.id for commitment in found]
    said = views.overdue_terms(session, ids)
    return [card(visit, one, said.get(one.id, set())) for one in found]


def card(visit: Visit, commitment: Commitment, said: Iterable[str]) -> Card:
    line = line_of(commitment)
    how = standing(line, set(said), visit.today, visit.house.policy)
    late = days_late(line)
    return Card(
        commitment=commitment,
        standing=how,
        state=standing_words(visit, how, commitment),
        tone=TONES.get(how, Tone.NEUTRAL),
        quote=cut_sentences(clean(commitment.quote), QUOTE_LIMIT),
        title=title_of(visit, commitment),
        who=who_of(commitment),
        term=term_words(commitment.deadline, visit.language),
        margin=_margin(visit, late),
    )


def standing_words(visit: Visit, how: Standing, commitment: Commitment) -> str:
    """The calendar's word where it has one, else the status, with "in our view" where no person decided."""
    plain = how in (Standing.KEPT, Standing.PARTLY, Standing.ENDED)
    return state_words(commitment, visit.language) if plain else STANDING_WORDS[how].in_(visit.language)


def title_of(visit: Visit, commitment: Commitment) -> str:
    office = one_line(commitment.actor.office or commitment.ministry, TITLE_LIMIT)
    if office.lower().startswith(OFFICES):
        return visit.word("promise_of_the", who=office[:1].lower() + office[1:])
    return visit.word("promise_of", who=office) if office else visit.word("a_promise")


def who_of(commitment: Commitment) -> str:
    actor = commitment.actor
    office = one_line(actor.office or commitment.ministry or actor.as_written)
    return f"{office} ({one_line(actor.person)})" if office and actor.person else office or one_line(actor.person)


def term_now(visit: Visit, commitment: Commitment) -> Term:
    return term_of(line_of(commitment), visit.house.policy)


def time_line(visit: Visit, session: Session, commitment: Commitment) -> list[Moment]:
    """Everything that happened to the promise, oldest first."""
    asked = events.Asked(commitment=commitment.id, oldest_first=True)
    found = events.happenings(session, asked, visit.house.addresses)
    names = {label(name, visit.language) for name in OF_A_MOMENT}
    moments = []
    for _, happening in found:
        told = tell(happening, visit.language)
        moments.append(Moment(happening.event, told, tuple(fact for fact in told.facts if fact.name in names)))
    return moments


def papers(visit: Visit, session: Session, commitment: Commitment) -> list[Paper]:
    """The papers of all events about the promise; the deciding ones first, what a person turned down last."""
    told: dict[str, list[Event]] = {}
    for event in events.history(session, commitment.id):
        if event.document and event.kind in ABOUT_PAPERS:
            told.setdefault(event.document, []).append(event)
    known = documents.many(session, list(told))
    found = [_paper(visit, session, commitment, known.get(key), said) for key, said in told.items()]
    return sorted(found, key=lambda paper: (paper.rejected, paper.tone is not Tone.GOOD))


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step in words. found: it was taken. paper: took it, or may have. term: its own. who: the person who set it."""

    name: str
    words: str
    state: str
    found: bool
    paper: Paper | None
    term: str
    why: str
    who: str
    note: str


def rounds(visit: Visit, commitment: Commitment, found: Sequence[Paper]) -> list[tuple[int, list[Step]]]:
    """The steps of each round, the newest round first; nothing where there is only the promise itself."""
    papers_by_key = {paper.key: paper for paper in found if not paper.rejected}
    by_round: dict[int, list[Step]] = {}
    for one in commitment.expectations:
        by_round.setdefault(one.round, []).append(_step(visit, one, papers_by_key))
    plain = len(commitment.expectations) == 1 and commitment.expectations[0].by == MACHINE
    return [] if plain else sorted(by_round.items(), reverse=True)


def _step(visit: Visit, one: Expectation, known: Mapping[str, Paper]) -> Step:
    maybe = (known[key] for key in one.papers if key in known)
    return Step(
        name=one.step,
        words=step_name(one.step, visit.language),
        state=state_of(one, visit.language),
        found=one.state is StepState.MET,
        paper=known.get(one.document) if one.document else next(maybe, None),
        term=term_words(one.deadline, visit.language) if one.deadline else "",
        why=why(one, visit.language),
        who="" if one.by == MACHINE else one.by,
        note=one.note.rstrip("."),
    )


def _paper(
    visit: Visit, session: Session, commitment: Commitment, document: Document | None, said: Sequence[Event]
) -> Paper:
    """What was said first of a paper has the reasons; what a person said last decides."""
    decided = [event for event in said if event.by != "machine"]
    shown = next((e for e in reversed(said) if e.kind not in (EventKind.CONFIRMED, EventKind.REJECTED)), said[-1])
    address = Addresses(base=visit.house.settings.base_url).of(shown)
    told = tell(Happening(event=shown, commitment=commitment, document=document, address=address), visit.language)
    reasoned = next((e for e in said if e.reasons), shown)
    reasons = tell(
        Happening(event=reasoned, commitment=commitment, document=document, address=address), visit.language
    ).reasons
    score = next((e.score for e in reversed(said) if e.score is not None and e.by == "machine"), None)
    rejected = bool(decided) and decided[-1].kind is EventKind.REJECTED
    return Paper(
        document=document,
        key=shown.document,
        title=one_line(document.title, 250) if document and document.title.strip() else shown.document,
        about=about_paper(document, visit.language) if document else "",
        link=web_link(document.url) if document else "",
        headline=told.headline,
        sentence=told.sentence,
        tone=Tone.NEUTRAL if rejected else told.tone,
        sureness=sureness_words(score, visit.language) if score is not None else "",
        reasons=reasons,
        checked_by=decided[-1].by if decided else "",
        rejected=rejected,
        places=views.publications_of(session, shown.document),
    )


def about_paper(document: Document, language: Language) -> str:
    """``Kamerbrief, 4 november 2022, Staatssecretaris …``"""
    day = day_words(document.published_on, language) if document.published_on else ""
    return ", ".join(part for part in (PAPERS[document.kind].in_(language), day, one_line(document.office)) if part)


def _margin(visit: Visit, late: int | None) -> str:
    if late is None:
        return ""
    return visit.word("late_days", days=days_words(late, visit.language)) if late > 0 else visit.word("in_time")
