"""The review queue and the decisions of reviewers; both only for those who are logged in.

What a decision means is `rules.deciding`, carrying it out `monitor.decisions`; here are the page and its forms.
"""

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from monitor.decisions import Choice, decide
from monitor.store import commitments, views
from monitor.store.commitments import Wanted
from monitor.store.users import User
from monitor.store.views import Proposal
from monitor.web import shown
from monitor.web.errors import Trouble
from monitor.web.login import Form, Visiting, check_form
from monitor.web.visit import Visit
from notifications.happening import Happening
from notifications.telling import tell
from rules.commitment import Status
from rules.deadline import day_of
from rules.deciding import Undecidable
from rules.event import Verdict

SHOWN = 30  # of each part of the queue

router = APIRouter(include_in_schema=False)


@router.get("/beoordelen")
def queue(visit: Visiting) -> Response:
    if visit.user is None:
        return RedirectResponse(visit.link("/inloggen", naar="/beoordelen"), status_code=303)
    with visit.house.store.read() as session:
        waiting = Wanted(statuses=(Status.PROPOSED,), newest_first=True, most=SHOWN)
        proposed = commitments.listed(session, waiting)
        cards = shown.cards(visit, session, proposed)
        papers = views.proposals(session, SHOWN)
        unchecked = views.unchecked(session, SHOWN)
        total = commitments.count(session, Wanted(statuses=(Status.PROPOSED,)))
    return visit.page(
        "queue.html.j2",
        cards=cards,
        total=total,
        papers=[_told(visit, one) for one in papers],
        unchecked=[_told(visit, one) for one in unchecked],
        done="klaar" in visit.request.query_params,
    )


def _told(visit: Visit, one: Proposal) -> dict[str, object]:
    address = visit.house.addresses.of(one.event)
    happening = Happening(event=one.event, commitment=one.commitment, document=one.document, address=address)
    return {
        "commitment": one.commitment,
        "title": shown.title_of(visit, one.commitment),
        "who": shown.who_of(one.commitment),
        "event": one.event,
        "document": one.document,
        "about": shown.about_paper(one.document, visit.language) if one.document else "",
        "told": tell(happening, visit.language),
        "until": _proposed_term(one),
    }


def _proposed_term(one: Proposal) -> date | None:
    """The new last day that the paper names, where it may be a postponement."""
    return day_of(one.event.data.get("latest", "")) if one.event.data.get("verdict") == Verdict.POSTPONED else None


@router.post("/beoordelen/{id_}")
def decision(visit: Visiting, id_: str, form: Form) -> Response:
    user = _reviewer(visit)
    check_form(visit, form)
    try:
        decide(
            visit.house,
            id_,
            _choice(form),
            by=user.name,
            reason=form.get("reden", ""),
            now=visit.now,
            document=form.get("stuk", ""),
            until=_day(form),
            into=form.get("in", "").strip(),
            step=form.get("stap", ""),
        )
    except Undecidable as wrong:
        raise Trouble(409, f"cannot_{wrong.why}") from None
    back = form.get("terug", "") == "toezegging"
    address = visit.link(f"/toezeggingen/{id_}") if back else visit.link("/beoordelen", klaar="1")
    return RedirectResponse(address, status_code=303)


def _reviewer(visit: Visit) -> User:
    if visit.user is None:
        raise Trouble(403)
    return visit.user


def _choice(form: Mapping[str, str]) -> Choice:
    given = form.get("besluit", "")
    if given not in set(Choice):
        raise Trouble(400, "bad_choice", given[:60])
    return Choice(given)


def _day(form: Mapping[str, str]) -> date | None:
    given = form.get("tot", "").strip()
    if given and day_of(given) is None:
        raise Trouble(400, "bad_day", given[:60])
    return day_of(given)
