"""The public pages: overview, list, promise, letter, sources, statistics. Each reads the store once and renders.

What is shown of a promise is made in `monitor.web.shown`; filters are `monitor.web.filters`, words `monitor.web.words`.
"""

from dataclasses import dataclass, replace
from math import ceil
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from monitor.store import Session, commitments, documents, events, evidence, sources, views
from monitor.store.evidence import Version
from monitor.store.sources import Health, SourceState, health
from monitor.store.views import Slice
from monitor.web import charts, shown, statistics
from monitor.web.errors import Trouble
from monitor.web.filters import NONE, PAGE, PASSED, SOON, Asked, BadFilter, asked_in, page_in
from monitor.web.login import Visiting
from monitor.web.standing import Standing, standing
from monitor.web.visit import Visit
from monitor.web.words import ERRORS, EXPLAINED, HEALTH_EXPLAINED, HEALTHS, STANDINGS, source_name
from notifications.comparing import Piece, compare
from notifications.dates import moment_words, month_words
from notifications.step_words import step_name
from notifications.telling import tell, term_words
from notifications.words import PROMISES, STATUSES, STRENGTHS, label
from rules.commitment import Commitment, Place, Status
from rules.steps import NAMES
from rules.tracking import conflict
from sources.document import Document

PER_PAGE = 25
LATEST = 8
MOST_VERSIONS = 20
MOST_TEXT = 300_000
IN_ORDER = (
    Standing.KEPT,
    Standing.PARTLY,
    Standing.IN_PROGRESS,
    Standing.OPEN,
    Standing.SOON,
    Standing.UNREAD,
    Standing.OVERDUE,
    Standing.ASKED,
    Standing.ENDED,
    Standing.PROPOSED,
)
UNWELL = (Health.LATE, Health.SILENT, Health.BROKEN, Health.CHANGED_SHAPE)

router = APIRouter(include_in_schema=False)


def asked_of(visit: Visit) -> Asked:
    """The filters of the address. Raises Trouble with the value that cannot be."""
    query = visit.request.query_params
    several = {name: query.getlist(name) for name in ("status", "toezegging")}
    try:
        return asked_in(query, several)
    except BadFilter as bad:
        raise Trouble(400, bad.word, bad.value) from None


# --- overview and statistics ---------------------------------------------------------------------------------------


def judged(visit: Visit, session: Session) -> list[statistics.Judged]:
    """Every promise with its standing today."""
    return visit.recall("judged", events.last_id(session), lambda: _judged(visit, session))


def _judged(visit: Visit, session: Session) -> list[statistics.Judged]:
    said = views.all_overdue_terms(session)
    policy, today = visit.house.policy, visit.today
    return [(line, standing(line, said.get(line.id, ()), today, policy)) for line in views.lines(session)]


@router.get("/")
def overview(visit: Visiting) -> Response:
    with visit.house.store.read() as session:
        all_judged = judged(visit, session)
        latest = views.happenings(session, Slice(most=LATEST, sources_too=True), visit.house.addresses)
        states = sources.every(session)
    rows = source_rows(visit, states)
    standings = [how for _, how in all_judged]
    followed = [how for how in standings if how is not Standing.PROPOSED]
    counted = [(how, standings.count(how)) for how in IN_ORDER if how in standings]
    whole = max((number for _, number in counted), default=0)
    return visit.page(
        "overview.html.j2",
        total=len(followed),
        numbers=_numbers(visit, standings),
        bars=[
            (STANDINGS[how].in_(visit.language), n, charts.stacked([(charts.group_of(how), n)], whole))
            for how, n in counted
        ],
        months=charts.months(all_judged, visit.today),
        month_words=lambda day: month_words(day, visit.language),
        size=(charts.WIDTH, charts.HEIGHT, charts.FOOT),
        groups=charts.GROUPS,
        latest=[(happening.event, tell(happening, visit.language)) for _, happening in latest],
        undated=sum(line.status.watched and line.due is None for line, _ in all_judged),
        blind=[row.title for row in rows if row.unwell],
        unread=[row.title for row in rows if row.health is Health.NEW],
    )


def _numbers(visit: Visit, standings: list[Standing]) -> list[tuple[int, str, str]]:
    """The tiles: a number, its words and the list behind it."""
    passed = standings.count(Standing.OVERDUE)
    tiles = [
        (len(standings) - standings.count(Standing.PROPOSED), "tracked", {}),
        (standings.count(Standing.KEPT), "kept_number", {"status": Status.FULFILLED.value}),
        (standings.count(Standing.SOON), "soon_number", {"deadline": SOON}),
        (passed, "overdue_number", {"deadline": PASSED}),
        (standings.count(Standing.PROPOSED), "waiting_number", {"status": Status.PROPOSED.value}),
    ]
    return [(number, visit.word(name), visit.link("/toezeggingen", query)) for number, name, query in tiles]


@router.get("/statistiek")
def statistics_page(visit: Visiting) -> Response:
    with visit.house.store.read() as session:
        counted = [(line, how) for line, how in judged(visit, session) if how is not Standing.PROPOSED]
    return visit.page(
        "statistics.html.j2",
        everyone=statistics.figures("", counted, len(counted)),
        tables=[
            (
                "by_ministry",
                "ministry",
                "ministerie",
                statistics.grouped(counted, statistics.ministry, statistics.ministry),
            ),
            (
                "by_holder",
                "holder",
                "bewindspersoon",
                statistics.grouped(counted, statistics.holder, statistics.holder_asked),
            ),
        ],
        groups=charts.GROUPS,
    )


# --- list ------------------------------------------------------------------------------------------------------------


@router.get("/toezeggingen")
def list_page(visit: Visiting) -> Response:
    asked = asked_of(visit)
    try:
        page = page_in(visit.request.query_params)
    except BadFilter as bad:
        raise Trouble(400, bad.word, bad.value) from None
    wanted = asked.wanted(visit.today, visit.house.policy)
    with visit.house.store.read() as session:
        total = commitments.count(session, wanted)
        pages = max(1, ceil(total / PER_PAGE))
        part = commitments.listed(session, _part(wanted, page))
        shown_cards = shown.cards(visit, session, part)
        ministries = views.names(session)
    if page > pages:
        raise Trouble(404)
    return visit.page(
        "list.html.j2",
        asked=asked,
        cards=shown_cards,
        total=total,
        page=page,
        pages=pages,
        page_name=PAGE,
        ministries=ministries,
        statuses=[(status.value, STATUSES[status].in_(visit.language)) for status in Status],
        terms=[
            ("", visit.word("all")),
            (SOON, visit.word("term_soon")),
            (PASSED, visit.word("term_passed")),
            (str(visit.today.year), visit.word("term_this_year")),
            (NONE, visit.word("term_none")),
        ],
        feeds=feed_links(visit, asked),
    )


def _part(wanted: commitments.Wanted, page: int) -> commitments.Wanted:
    return replace(wanted, skip=(page - 1) * PER_PAGE, most=PER_PAGE)


def feed_links(visit: Visit, asked: Asked) -> list[tuple[str, str, str]]:
    """The feeds of the same list: name, media type, address."""
    query = asked.query()
    return [
        ("RSS", "application/rss+xml", visit.link("/feeds/rss.xml", query)),
        ("Atom", "application/atom+xml", visit.link("/feeds/atom.xml", query)),
        ("JSON Feed", "application/feed+json", visit.link("/feeds/feed.json", query)),
        (visit.word("calendar"), "text/calendar", visit.link("/feeds/termijnen.ics", query)),
    ]


# --- one promise -----------------------------------------------------------------------------------------------------


@router.get("/toezeggingen/{id_}")
def promise_page(visit: Visiting, id_: str) -> Response:
    with visit.house.store.read() as session:
        commitment = commitments.get(session, id_)
        if commitment is None:
            raise Trouble(404)
        lives_on = commitments.merged_into(session, id_)
        if lives_on != id_:
            return RedirectResponse(visit.link(f"/toezeggingen/{lives_on}"), status_code=308)
        (card,) = shown.cards(visit, session, [commitment])
        explained = _explained(visit, card)
        return visit.page("promise.html.j2", **_promise(visit, session, commitment), card=card, explained=explained)


def _explained(visit: Visit, card: shown.Card) -> str:
    """What the status means; where a person decided, who."""
    commitment = card.commitment
    if card.standing in (Standing.KEPT, Standing.PARTLY) and commitment.decided_by != "machine":
        return visit.word("decided_by", name=commitment.decided_by)
    return EXPLAINED[card.standing].in_(visit.language)


def _promise(visit: Visit, session: Session, commitment: Commitment) -> dict[str, Any]:
    language, term = visit.language, shown.term_now(visit, commitment)
    papers = shown.papers(visit, session, commitment)
    return {
        "commitment": commitment,
        "context": _context(commitment),
        "facts": _facts(visit, commitment),
        "terms": [term_words(deadline, language) for deadline in reversed(commitment.deadlines)],
        "our_day": term.last if term.ours and commitment.status.watched else None,
        "places": commitment.places,
        "papers": papers,
        "rounds": shown.rounds(visit, commitment, papers),
        "step_names": [(one.step, step_name(one.step, language)) for one in commitment.steps],
        "other_steps": _other_steps(visit, commitment),
        "moments": shown.time_line(visit, session, commitment),
        "conflict": conflict(commitment),
        "register": commitment.facts.get("register", ""),
        "named": [(key, _held(session, key)) for key in commitment.facts.get("fulfilled_by", "").split("|") if key],
        "feeds": feed_links(visit, Asked(toezegging=(commitment.id,))),
        "into": commitment.facts.get("into", "") if commitment.status is Status.SUPERSEDED else "",
    }


def _other_steps(visit: Visit, commitment: Commitment) -> list[tuple[str, str]]:
    """The steps that we have a name for and that the promise does not expect."""
    held = {one.step for one in commitment.steps}
    return [(name, step_name(name, visit.language)) for name in NAMES if name not in held]


def _held(session: Session, key: str) -> bool:
    """Whether we have the paper with this key or number."""
    return documents.get(session, key) is not None or documents.by_identifier(session, key) is not None


def _facts(visit: Visit, commitment: Commitment) -> list[tuple[str, str]]:
    language = visit.language
    facts = [
        (label("who", language), shown.who_of(commitment)),
        (label("to", language), commitment.addressee),
        (visit.word("ministry"), commitment.ministry),
        (label("kind", language), PROMISES[commitment.kind].in_(language)),
        (visit.word("strength"), STRENGTHS[commitment.strength].in_(language)),
        (visit.word("references"), ", ".join(commitment.references)),
    ]
    return [(name, text) for name, text in facts if text]


def _context(commitment: Commitment) -> tuple[str, str, str] | None:
    """What stands before the quote, the quote, and what stands after it; None when there is nothing around it."""
    quote = " ".join(commitment.quote.split())
    before, found, after = commitment.context.partition(quote)
    around = before.strip() or after.strip()
    return (before.strip(), quote, after.strip()) if found and around else None


# --- a letter --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a letter's text; promise: the id of the promise that stands here."""

    text: str
    promise: str = ""


@router.get("/brieven/{key:path}")
def letter_page(visit: Visiting, key: str) -> Response:
    with visit.house.store.read() as session:
        document = documents.get(session, key) or documents.by_identifier(session, key)
        if document is None:
            raise Trouble(404)
        places = views.publications_of(session, document.key)
        keys = [document.key, *(place.key for place in places)]
        made = views.made_in(session, keys)
        shown_cards = shown.cards(visit, session, made)
        versions = evidence.versions(session, document.key)
    return visit.page(
        "letter.html.j2",
        document=document,
        about=shown.about_paper(document, visit.language),
        places=[place for place in places if place.key != document.key],
        cards=shown_cards,
        stretches=stretches(document, made, keys),
        cut=len(document.text) > MOST_TEXT,
        versions=compared(versions),
    )


def compared(versions: tuple[Version, ...]) -> list[tuple[Version, tuple[Piece, ...]]]:
    """Each version, the newest first, with what changed in it; nothing for the first and for forgotten texts."""
    before = ("", *(version.text for version in versions))
    pairs = zip(versions, before, strict=False)
    found = [(version, compare(old, version.text) if old and version.text else ()) for version, old in pairs]
    return found[::-1][:MOST_VERSIONS]


def stretches(document: Document, made: tuple[Commitment, ...], keys: list[str]) -> list[Stretch]:
    """The text cut at its promises, so that each can be pointed at."""
    text = document.text[:MOST_TEXT]
    marks = sorted(
        (place.start, place.end, commitment.id)
        for commitment in made
        for place in commitment.places
        if place.document in keys and _stands_there(text, place, commitment)
    )
    parts, at = [], 0
    for start, end, id_ in marks:
        if start < at:
            continue
        parts += [Stretch(text[at:start]), Stretch(text[start:end], id_)]
        at = end
    return [part for part in [*parts, Stretch(text[at:])] if part.text]


def _stands_there(text: str, place: Place, commitment: Commitment) -> bool:
    return " ".join(text[place.start : place.end].split()) == " ".join(commitment.quote.split())


# --- sources ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLine:
    """A source in plain words. error: what went wrong; technical: the message as the source's reader had it."""

    name: str
    title: str
    url: str
    state: SourceState
    health: Health
    words: str
    explained: str
    error: str
    technical: str
    minutes: int
    unwell: bool


def source_rows(visit: Visit, states: dict[str, SourceState]) -> list[SourceLine]:
    """The sources that are switched on; those that need attention first."""
    rows = [_source_row(visit, name, states.get(name) or SourceState(name=name)) for name in visit.house.sources]
    return sorted(rows, key=lambda row: (not row.unwell, row.title.casefold()))


def _source_row(visit: Visit, name: str, state: SourceState) -> SourceLine:
    source = visit.house.sources[name]
    how = health(state, visit.now, source.every, source.silent_after)
    since = {Health.LATE: state.good_at, Health.SILENT: state.news_at}.get(how, state.broken_since)
    moment = moment_words(since, visit.language) if since else ""
    broken = how in (Health.BROKEN, Health.CHANGED_SHAPE)
    error = ERRORS.get(state.error_kind, ERRORS["broken"]).in_(visit.language) if broken else ""
    return SourceLine(
        name=name,
        title=source_name(name, visit.language),
        url=source.url,
        state=state,
        health=how,
        words=HEALTHS[how].in_(visit.language),
        explained=HEALTH_EXPLAINED[how].in_(visit.language).format(moment=moment),
        error=error,
        technical=state.error if broken else "",
        minutes=int(source.every.total_seconds() // 60),
        unwell=how in UNWELL,
    )


@router.get("/bronnen")
def sources_page(visit: Visiting) -> Response:
    with visit.house.store.read() as session:
        rows = source_rows(visit, sources.every(session))
    return visit.page("sources.html.j2", rows=rows, unwell=sum(row.unwell for row in rows))
