"""Feeds of events (RSS, Atom, JSON Feed) and the calendar of terms, for everything and for every filter of the list.

The bytes are made by `notifications.feeds` and `notifications.calendar_feed`; here are the addresses, the paging and
the validators by which a reader that knows the feed already gets a 304.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial

from fastapi import APIRouter, Request, Response

from monitor.store import Session, commitments, events, views
from monitor.store.commitments import Wanted
from monitor.store.views import Slice
from monitor.web.errors import Trouble
from monitor.web.filters import Asked, BadFilter, number_in
from monitor.web.login import Visiting
from monitor.web.pages import asked_of
from monitor.web.visit import Visit
from notifications import feeds
from notifications.calendar_feed import CALENDAR_TYPE, Term, ics
from notifications.dates import day_words
from notifications.feeds import Archive
from notifications.happening import Happening

ON_A_PAGE = 100
BEFORE = "voor"  # the number of the event that the page ends before
BLOCK = "archief"  # the number of a full block of the history, from 1
STYLE = "/feeds/feed.css"
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)

router = APIRouter(include_in_schema=False)
Written = Callable[..., bytes]


@router.get("/feeds/rss.xml")
def rss(visit: Visiting) -> Response:
    return _feed(visit, "/feeds/rss.xml", feeds.rss, feeds.RSS_TYPE, style_url=STYLE)


@router.get("/feeds/atom.xml")
def atom(visit: Visiting) -> Response:
    return _feed(visit, "/feeds/atom.xml", feeds.atom, feeds.ATOM_TYPE, style_url=STYLE)


@router.get("/feeds/feed.json")
def json_feed(visit: Visiting) -> Response:
    return _feed(visit, "/feeds/feed.json", feeds.json_feed, feeds.JSON_TYPE)


@router.get(STYLE)
def style(visit: Visiting) -> Response:
    return conditional(visit.request, feeds.stylesheet(), feeds.STYLE_TYPE, None)


@router.get("/feeds/termijnen.ics")
def terms(visit: Visiting) -> Response:
    """The terms of the list from the beginning of last year on; with a filter on the term, just those."""
    visit = in_feed_language(visit)
    asked = asked_of(visit)
    with visit.house.store.read() as session:
        name = ("ics", visit.language, asked)
        body, changed = visit.recall(name, events.last_id(session), lambda: _calendar(visit, session, asked))
    return conditional(visit.request, body, CALENDAR_TYPE, changed)


def _calendar(visit: Visit, session: Session, asked: Asked) -> tuple[bytes, datetime | None]:
    wanted = _wanted(visit, asked)
    everything = not (asked.deadline or asked.toezegging)
    since = date(visit.today.year - 1, 1, 1)
    found = commitments.listed(session, replace(wanted, due_from=since) if everything else wanted)
    known = views.revisions(session, [one.id for one in found])
    title = _title(visit, asked, "ics_all")
    if everything:
        title = visit.word("ics_since", what=title, day=day_words(since, visit.language))
    base = visit.house.settings.base_url
    dated = [
        Term(commitment=one, address=f"{base}/toezeggingen/{one.id}", revision=number, changed_at=at)
        for one in found
        for number, at in [known.get(one.id, (0, LONG_AGO))]
    ]
    changed = max((term.changed_at for term in dated), default=None)
    return ics(dated, title=title, language=visit.language), changed


def in_feed_language(visit: Visit) -> Visit:
    """In the language that the address names, else the installation's: a feed must not change with who reads it."""
    return visit if visit.chosen else replace(visit, language=visit.house.language)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of the history on one page of a feed, and the addresses of what comes before and after it."""

    happenings: tuple[tuple[int, Happening], ...]
    self_url: str
    next_url: str = ""
    archive: Archive = field(default_factory=Archive)


def _feed(visit: Visit, path: str, write: Written, media_type: str, **more: str) -> Response:
    """A filtered feed and JSON Feed are paged (RFC 5005, section 3); a feed of everything is archived (section 4)."""
    visit = in_feed_language(visit)
    asked = asked_of(visit)
    archived = not asked.anything and write is not feeds.json_feed
    part = _archived(visit, path) if archived else _paged(visit, path, asked)
    base, query = visit.house.settings.base_url, asked.query()
    body = write(
        [happening for _, happening in part.happenings],
        title=_title(visit, asked, "feed_all"),
        self_url=part.self_url,
        site_url=base + visit.link("/toezeggingen" if asked.anything else "/", query),
        language=visit.language,
        description=visit.word("feed_about", number=ON_A_PAGE),
        next_url=part.next_url,
        **({"archive": part.archive} if archived else {}),
        **{name: base + value for name, value in more.items()},
    )
    changed = max((happening.event.at for _, happening in part.happenings), default=None)
    return conditional(visit.request, body, media_type, changed)


def _paged(visit: Visit, path: str, asked: Asked) -> Part:
    """The newest that the filters fit, or those before an event, with the address of older ones."""
    before = _number(visit, BEFORE)
    slice_ = Slice(wanted=_wanted(visit, asked), before_id=before, most=ON_A_PAGE + 1, sources_too=not asked.anything)
    with visit.house.store.read() as session:
        found = views.happenings(session, slice_, visit.house.addresses)
    address = partial(_address, visit, path, asked)
    next_url = address(**{BEFORE: found[ON_A_PAGE - 1][0]}) if len(found) > ON_A_PAGE else ""
    return Part(found[:ON_A_PAGE], address(**{BEFORE: before or ""}), next_url)


def _archived(visit: Visit, path: str) -> Part:
    """The newest of everything, or a full block of the history: what stands in a block stays in it for ever."""
    block = _number(visit, BLOCK)
    address = partial(_address, visit, path, Asked())
    with visit.house.store.read() as session:
        full = events.last_id(session) // ON_A_PAGE
        if block is not None and not 1 <= block <= full:
            raise Trouble(404)
        last = None if block is None else block * ON_A_PAGE + 1
        first = None if block is None else (block - 1) * ON_A_PAGE
        slice_ = Slice(before_id=last, after_id=first, most=ON_A_PAGE, sources_too=True)
        found = views.happenings(session, slice_, visit.house.addresses)
    if block is None:
        return Part(found, address(), archive=Archive(previous=address(**{BLOCK: full}) if full else ""))
    archive = Archive(
        previous=address(**{BLOCK: block - 1}) if block > 1 else "",
        current=address(),
        next=address(**{BLOCK: block + 1}) if block < full else "",
    )
    return Part(found, address(**{BLOCK: block}), archive=archive)


def _address(visit: Visit, path: str, asked: Asked, **more: object) -> str:
    return visit.house.settings.base_url + visit.link(path, asked.query(), **more)


def _number(visit: Visit, name: str) -> int | None:
    try:
        return number_in(visit.request.query_params, name)
    except BadFilter as bad:
        raise Trouble(400, bad.word, bad.value) from None


def _wanted(visit: Visit, asked: Asked) -> Wanted:
    """Without a filter everything, also what was rejected or merged since: its events happened."""
    return asked.wanted(visit.today, visit.house.policy) if asked.anything else Wanted()


def _title(visit: Visit, asked: Asked, everything: str) -> str:
    if not asked.anything:
        return visit.word(everything)
    parts = [value if isinstance(value, str) else ", ".join(value) for value in asked.query().values()]
    return visit.word("feed_part", what="; ".join(parts))


def conditional(request: Request, body: bytes, media_type: str, changed: datetime | None) -> Response:
    """The body, or 304 when the reader has it: by ETag first, else by Last-Modified (RFC 9110, section 13.2.2)."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "public, max-age=60"}
    if changed is not None:
        headers["Last-Modified"] = format_datetime(changed.astimezone(UTC).replace(microsecond=0), usegmt=True)
    if _known(request, tag, changed):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type=media_type, headers=headers)


def _known(request: Request, tag: str, changed: datetime | None) -> bool:
    asked = request.headers.get("if-none-match")
    if asked is not None:
        held = [part.strip().removeprefix("W/") for part in asked.split(",")]
        return tag in held or "*" in held
    since = _moment(request.headers.get("if-modified-since", ""))
    return since is not None and changed is not None and changed.replace(microsecond=0) <= since


def _moment(header: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
