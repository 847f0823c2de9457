"""Who visits: the session cookie, the form tokens, logging in and out, and reading a form.

The arithmetic of passwords and signatures is `monitor.accounts`. Forms are read here by hand, bounded, because they are
small and have no files.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from monitor.accounts import (
    NOBODY,
    SESSION,
    form_token,
    new_key,
    open_ticket,
    password_fits,
    same,
    seal_ticket,
    ticket_fits,
)
from monitor.house import House
from monitor.store import users
from monitor.store.users import User
from monitor.web.errors import Trouble
from monitor.web.visit import Visit, language_of

SESSION_COOKIE, FORM_COOKIE = "nakoming_session", "nakoming_form"
TOKEN = "token"  # noqa: S105 - the name of a field
MOST_FORM = 64 * 1024
TRIES, TRY_WINDOW = 10, timedelta(minutes=15)  # wrong passwords for one name
HOST_TRIES = 100  # from one address: behind a proxy that is everybody's
MOST_REMEMBERED = 10_000

router = APIRouter(include_in_schema=False)


class Attempts:
    """Failed logins by name and by address, so that passwords cannot be tried without end. In memory, bounded."""

    def __init__(self) -> None:
        self._failed: dict[str, list[datetime]] = {}
        self._lock = Lock()

    def too_many(self, keys: tuple[str, ...], now: datetime) -> bool:
        with self._lock:
            return any(len(self._recent(key, now)) >= _most(key) for key in keys)

    def failed(self, keys: tuple[str, ...], now: datetime) -> None:
        with self._lock:
            if len(self._failed) > MOST_REMEMBERED:
                self._failed.clear()
            for key in keys:
                self._failed[key] = [*self._recent(key, now), now][-_most(key) :]

    def _recent(self, key: str, now: datetime) -> list[datetime]:
        return [at for at in self._failed.get(key, []) if now - at < TRY_WINDOW]


def _most(key: str) -> int:
    return HOST_TRIES if key.startswith("host:") else TRIES


def visit_of(request: Request) -> Visit:
    """The visit of this request. A forged, old or orphaned session is simply no session."""
    house: House = request.app.state.house
    key: str = request.app.state.key
    now = house.clock()
    language, chosen = language_of(request, house.language)
    session = request.cookies.get(SESSION_COOKIE, "")
    user = _user(house, key, session, now) if session else None
    return Visit(
        request=request,
        house=house,
        language=language,
        chosen=chosen,
        now=now,
        user=user,
        bound=session if user else request.cookies.get(FORM_COOKIE, ""),
        form_key=key,
    )


Visiting = Annotated[Visit, Depends(visit_of)]


def _user(house: House, key: str, session: str, now: datetime) -> User | None:
    ticket = open_ticket(key, session, now)
    if ticket is None:
        return None
    with house.store.read() as opened:
        user = users.get(opened, ticket.name)
    return user if user and user.active and ticket_fits(key, ticket, user.password) else None


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a urlencoded form. Raises Trouble for anything else or too much."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise Trouble(400, "bad_form")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_FORM:
            raise Trouble(413)
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=100))
    except ValueError:
        raise Trouble(400, "bad_form") from None


Form = Annotated[dict[str, str], Depends(read_form)]


def check_form(visit: Visit, form: Mapping[str, str]) -> None:
    """Raises Trouble when the form was not made by our own page for this visitor."""
    origin = visit.request.headers.get("origin", "")
    host = visit.request.headers.get("host", "")
    foreign = origin not in ("", "null") and urlsplit(origin).netloc != host
    if foreign or not visit.bound or not same(form.get(TOKEN, ""), form_token(visit.form_key, visit.bound)):
        raise Trouble(403)


def form_page(visit: Visit, template: str, *, status: int = 200, **values: object) -> Response:
    """A page with a form for a visitor who is not logged in: makes sure of the cookie that its token is bound to."""
    if visit.bound:
        return visit.page(template, status=status, token=visit.token, **values)
    bound = new_key()
    page = visit.page(template, status=status, token=form_token(visit.form_key, bound), **values)
    _set_cookie(page, visit, FORM_COOKIE, bound)
    return page


@router.get("/inloggen")
def login_page(visit: Visiting, naar: str = "") -> Response:
    if visit.user:
        return RedirectResponse(visit.link(_ours(naar)), status_code=303)
    return form_page(visit, "login.html.j2", wrong="", name="", to=_ours(naar))


@router.post("/inloggen")
def log_in(visit: Visiting, form: Form) -> Response:
    check_form(visit, form)
    name, to = form.get("naam", "").strip()[:200], _ours(form.get("naar", ""))
    attempts: Attempts = visit.request.app.state.attempts
    keys = (f"name:{name}", f"host:{visit.request.client.host if visit.request.client else ''}")
    if attempts.too_many(keys, visit.now):
        return form_page(visit, "login.html.j2", status=429, wrong="login_wait", name=name, to=to)
    with visit.house.store.read() as session:
        user = users.get(session, name)
    fits = password_fits(form.get("wachtwoord", ""), user.password if user else NOBODY)
    if user is None or not user.active or not fits:
        attempts.failed(keys, visit.now)
        return form_page(visit, "login.html.j2", status=401, wrong="login_wrong", name=name, to=to)
    answer = RedirectResponse(visit.link(to), status_code=303)
    _set_cookie(answer, visit, SESSION_COOKIE, seal_ticket(visit.form_key, name, user.password, visit.now))
    answer.delete_cookie(FORM_COOKIE)
    return answer


@router.post("/uitloggen")
def log_out(visit: Visiting, form: Form) -> Response:
    check_form(visit, form)
    answer = RedirectResponse(visit.link("/"), status_code=303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


def _set_cookie(answer: Response, visit: Visit, name: str, value: str) -> None:
    secure = visit.house.settings.base_url.startswith("https://")
    answer.set_cookie(
        name, value, max_age=int(SESSION.total_seconds()), httponly=True, samesite="lax", secure=secure, path="/"
    )


def _ours(address: str) -> str:
    """A path of ours to go to; anything that could lead elsewhere becomes the review queue."""
    parts = urlsplit(address)
    harmless = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return parts.path if harmless and not parts.netloc else "/beoordelen"
