"""The pages of a subscriber: sign up with a look ahead, confirm, change, pause, end. No account, only signed links.

What a link proves and what a sign-up needs is `monitor.subscribing`. A link that only is looked at changes nothing:
programs that check mail open every link, so confirming and ending take a POST. The POST that ends is also the one click
of RFC 8058: it needs no form, no cookie and no answer, and can be repeated.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from monitor import subscribing
from monitor.store import subscriptions
from monitor.store.subscriptions import Kept
from monitor.subscribing import Preview, Purpose, Refusal, Refused
from monitor.ways import Ways
from monitor.web.login import Form, Visiting, check_form, form_page
from monitor.web.subscription_form import KIND, LISTS, BadField, blank, fields_of, subscription_of
from monitor.web.subscription_words import DAYS, FIELDS, HINTS, REFUSALS, RHYTHMS, STATES, WAYS, phrase
from monitor.web.visit import Visit
from notifications.dates import AMSTERDAM, local_day
from notifications.telling import tell
from notifications.webhook import schema
from notifications.words import EVENTS, Language
from rules.deadline import day_of
from rules.event import EventKind

STATUSES = {
    Refusal.TAMPERED: HTTPStatus.FORBIDDEN,
    Refusal.EXPIRED: HTTPStatus.GONE,
    Refusal.GONE: HTTPStatus.GONE,
    Refusal.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
    Refusal.NOT_SENT: HTTPStatus.SERVICE_UNAVAILABLE,
    Refusal.NO_MAIL: HTTPStatus.SERVICE_UNAVAILABLE,
}
LONGEST_PAUSE = timedelta(days=3660)
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Shown:
    """The page of one subscription after something was done. said: a notice; secret: shown this once."""

    said: str = ""
    good: bool = True
    secret: str = ""


@router.get("/api/webhook.schema.json")
def webhook_schema() -> Response:
    """The published form of a webhook's body."""
    return JSONResponse(schema(), media_type="application/schema+json")


# ---- sign up


@router.get("/abonnementen")
def new(visit: Visiting) -> Response:
    return _form(visit, blank(visit.language, dict(visit.request.query_params)))


@router.post("/abonnementen")
def sign_up(visit: Visiting, form: Form) -> Response:
    """First the look ahead; asking for the confirmation is the second button."""
    check_form(visit, form)
    try:
        wanted = subscribing.checked(visit.house, subscription_of(form, subscribing.new_id()))
        if form.get("doe") != "aanmelden":
            return _form(visit, form, seen=subscribing.preview(visit.house, wanted, visit.now))
        with Ways(visit.house.settings, visit.house.fetcher) as ways:
            kept = subscribing.sign_up(visit.house, wanted, visit.now, ways)
    except BadField as bad:
        return _form(visit, form, status=400, wrong=phrase("bad_field", visit.language, name=str(bad)))
    except Refused as refused:
        status = STATUSES.get(refused.reason, HTTPStatus.BAD_REQUEST)
        return _form(visit, form, status=status, wrong=_refusal(visit, refused))
    about = phrase(
        "asked",
        visit.language,
        address=subscribing.shown_address(kept.subscription),
        days=subscribing.CONFIRM_DAYS,
    )
    return _told(visit, "asked_title", about, secret=kept.subscription.secret)


@router.post("/abonnementen/links")
def lost(visit: Visiting, form: Form) -> Response:
    """The same answer whether the address is known or not: who is subscribed is nobody else's business."""
    check_form(visit, form)
    with Ways(visit.house.settings, visit.house.fetcher) as ways:
        subscribing.send_links(visit.house, form.get("adres", ""), visit.now, ways)
    return _told(visit, "lost_title", phrase("lost_done", visit.language))


def _form(
    visit: Visit, fields: dict[str, str], *, status: int = 200, wrong: str = "", seen: Preview | None = None
) -> Response:
    page = form_page(
        visit,
        "subscription_new.html.j2",
        status=status,
        wrong=wrong,
        seen=seen,
        examples=[tell(happening, visit.language) for happening in seen.examples] if seen else [],
        **_choices(visit, fields),
    )
    page.headers["Cache-Control"] = "no-store"
    return page


def _choices(visit: Visit, fields: dict[str, str]) -> dict[str, Any]:
    """What the form needs: its values and the words of every choice."""
    language = visit.language
    return {
        "w": _words(visit),
        "fields": fields,
        "ways": [(way.value, said.in_(language)) for way, said in WAYS.items()],
        "rhythms": [(rhythm.value, said.in_(language)) for rhythm, said in RHYTHMS.items()],
        "days": [(str(number), said.in_(language)) for number, said in enumerate(DAYS)],
        "spoken": [(one.value, visit.word(one.value)) for one in Language],
        "lists": [(name, FIELDS[name].in_(language), HINTS[name].in_(language)) for name in LISTS],
        "kinds": [(KIND + kind.value, EVENTS[kind].headline.in_(language)) for kind in EventKind],
    }


def _words(visit: Visit) -> Callable[..., str]:
    return partial(_phrase, visit.language)


def _phrase(language: Language, name: str, **values: object) -> str:
    return phrase(name, language, **values)


# ---- confirm and end: a page with one button


@router.get("/abonnementen/{id_}/bevestigen")
def confirming(visit: Visiting, id_: str, s: str = "", tot: int = 0) -> Response:
    return _with_link(visit, lambda: _ask(visit, "confirm", _opened(visit, id_, Purpose.CONFIRM, s, tot)))


@router.post("/abonnementen/{id_}/bevestigen")
def confirmed(visit: Visiting, id_: str, s: str = "", tot: int = 0) -> Response:
    def done() -> Response:
        kept = subscribing.confirm(visit.house, id_, tot, s, visit.now)
        address = subscribing.shown_address(kept.subscription)
        return _told(visit, "confirmed_title", phrase("confirmed", visit.language, address=address))

    return _with_link(visit, done)


@router.get("/abonnementen/{id_}/einde")
def ending(visit: Visiting, id_: str, s: str = "") -> Response:
    return _with_link(visit, lambda: _ask(visit, "end", _opened(visit, id_, Purpose.END, s)))


@router.post("/abonnementen/{id_}/einde")
def ended(visit: Visiting, id_: str, s: str = "") -> Response:
    """Whatever the body holds: mail readers post ``List-Unsubscribe=One-Click`` in either encoding of a form."""

    def done() -> Response:
        _opened(visit, id_, Purpose.END, s)
        subscribing.end(visit.house, id_)
        return _told(visit, "ended_title", phrase("ended", visit.language))

    return _with_link(visit, done)


def _opened(visit: Visit, id_: str, purpose: Purpose, signature: str, until: int | None = None) -> Kept:
    return subscribing.opened(visit.house, id_, purpose, signature, visit.now, until)


def _with_link(visit: Visit, answer: Callable[[], Response]) -> Response:
    """The answer, or a page that says what is wrong with the link. Neither is kept by anybody on the way."""
    try:
        page = answer()
    except Refused as refused:
        status = STATUSES.get(refused.reason, HTTPStatus.BAD_REQUEST)
        page = _told(visit, "refused_title", _refusal(visit, refused), status=status)
    page.headers.update(PRIVATE)
    return page


def _refusal(visit: Visit, refused: Refused) -> str:
    said = REFUSALS[refused.reason].in_(visit.language)
    return f"{said} ({refused.detail})" if refused.detail else said


def _ask(visit: Visit, what: str, kept: Kept) -> Response:
    about = phrase(f"{what}_about", visit.language, address=subscribing.shown_address(kept.subscription))
    title, button = phrase(f"{what}_title", visit.language), phrase(what, visit.language)
    return visit.page("subscription_ask.html.j2", title=title, about=about, button=button)


def _told(visit: Visit, title: str, about: str, *, status: int = 200, secret: str = "") -> Response:
    page = visit.page(
        "subscription_told.html.j2",
        status=status,
        title=phrase(title, visit.language),
        about=about,
        secret=secret,
        secret_about=phrase("secret", visit.language),
    )
    page.headers["Cache-Control"] = "no-store"
    return page


# ---- the page of one subscription


@router.get("/abonnementen/{id_}")
def manage(visit: Visiting, id_: str, s: str = "") -> Response:
    return _with_link(visit, lambda: _manage(visit, _opened(visit, id_, Purpose.MANAGE, s), Shown()))


@router.post("/abonnementen/{id_}")
def managed(visit: Visiting, id_: str, form: Form, s: str = "") -> Response:
    def done() -> Response:
        kept = _opened(visit, id_, Purpose.MANAGE, s)
        if form.get("doe") == "stoppen":
            subscribing.end(visit.house, id_)
            return _told(visit, "ended_title", phrase("ended", visit.language))
        shown = _carried_out(visit, kept, form)
        return _manage(visit, _opened(visit, id_, Purpose.MANAGE, s), shown)

    return _with_link(visit, done)


def _carried_out(visit: Visit, kept: Kept, form: dict[str, str]) -> Shown:
    """Do what the button says. What cannot be is a notice on the same page."""
    does = {
        "bewaren": _save,
        "pauzeren": _pause,
        "verder": _resume,
        "proef": _test,
        "geheim": _new_secret,
        "intrekken": _retire,
    }
    do = does.get(form.get("doe", ""))
    if do is None:
        return Shown(phrase("bad_field", visit.language, name="doe"), good=False)
    try:
        return do(visit, kept, form)
    except BadField as bad:
        return Shown(phrase("bad_field", visit.language, name=str(bad)), good=False)
    except Refused as refused:
        if refused.reason is Refusal.GONE:
            raise
        return Shown(_refusal(visit, refused), good=False)


def _save(visit: Visit, kept: Kept, form: dict[str, str]) -> Shown:
    subscribing.change(visit.house, kept.subscription.id, subscription_of(form, kept.subscription.id), visit.now)
    return Shown(phrase("saved", visit.language))


def _pause(visit: Visit, kept: Kept, form: dict[str, str]) -> Shown:
    day = day_of(form.get("tot", ""))
    if day is None or not visit.today < day <= visit.today + LONGEST_PAUSE:
        raise BadField("tot")
    subscribing.pause(visit.house, kept.subscription.id, _morning(day), visit.now)
    return Shown(phrase("saved", visit.language))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM)


def _resume(visit: Visit, kept: Kept, _: dict[str, str]) -> Shown:
    subscribing.pause(visit.house, kept.subscription.id, None, visit.now)
    return Shown(phrase("saved", visit.language))


def _test(visit: Visit, kept: Kept, _: dict[str, str]) -> Shown:
    with Ways(visit.house.settings, visit.house.fetcher) as ways:
        answer = subscribing.send_test(visit.house, kept.subscription.id, visit.now, ways)
    if answer.ok:
        return Shown(phrase("tested", visit.language))
    return Shown(phrase("not_tested", visit.language, why=answer.detail), good=False)


def _new_secret(visit: Visit, kept: Kept, _: dict[str, str]) -> Shown:
    return Shown(secret=subscribing.rotate_secret(visit.house, kept.subscription.id, visit.now))


def _retire(visit: Visit, kept: Kept, _: dict[str, str]) -> Shown:
    subscribing.retire_secret(visit.house, kept.subscription.id, visit.now)
    return Shown(phrase("retired", visit.language))


def _manage(visit: Visit, kept: Kept, shown: Shown) -> Response:
    if kept.state == subscriptions.ENDED:
        raise Refused(Refusal.GONE)
    wanted, language = kept.subscription, visit.language
    address = subscribing.shown_address(wanted)
    pause = wanted.paused_until
    paused = visit.language and pause is not None and pause > visit.now
    return visit.page(
        "subscription_manage.html.j2",
        kept=kept,
        about=phrase("manage_about", language, address=address, state=STATES[kept.state].in_(language)),
        paused_until=local_day(pause) if pause is not None and paused else None,
        webhook=bool(wanted.secret),
        stopped=kept.state == subscriptions.BOUNCED,
        shown=shown,
        earliest=(visit.today + timedelta(days=1)).isoformat(),
        **_choices(visit, fields_of(wanted)),
    )
