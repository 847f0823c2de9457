"""The application put together: routers, headers on every answer, errors as pages (or JSON for programs)."""

import logging
from http import HTTPStatus
from importlib.resources import files
from time import perf_counter

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from monitor.accounts import new_key
from monitor.house import House
from monitor.store import StoreError, users
from monitor.web import api, feeds, health, login, pages, reviewing, subscriptions, taking
from monitor.web.errors import Trouble
from monitor.web.health import Figures
from monitor.web.login import Attempts, visit_of
from monitor.web.remembered import Remembered
from monitor.web.visit import STYLE, Visit, language_of
from monitor.web.words import WORDS
from notifications.cleaning import one_line

log = logging.getLogger("nakoming.web")

ICON = files("monitor.web").joinpath("static/icon.svg").read_bytes()
ROBOTS = b"User-agent: *\nDisallow: /beoordelen\nDisallow: /inloggen\n"
A_YEAR = "public, max-age=31536000, immutable"
POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "img-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OPEN_DATA = ("/api/", "/feeds/")  # may be read by scripts of other sites; everything else stays with its own
NO_PAGES = ("/api/", "/healthz", "/readyz", "/metrics")


def create_app(house: House) -> FastAPI:
    """The application of one installation. Raises StoreError when the store cannot be written."""
    app = FastAPI(
        title="Nakoming",
        version="1",
        summary="Whether the Dutch government does what it promised parliament.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    with house.store.write() as session:
        app.state.key = users.secret(session, "session", new_key())
    app.state.house, app.state.attempts, app.state.figures = house, Attempts(), Figures(house)
    app.state.remembered = Remembered()
    for router in (
        pages.router,
        taking.router,
        login.router,
        reviewing.router,
        subscriptions.router,
        feeds.router,
        api.router,
        api.docs,
        health.router,
    ):
        app.include_router(router)
    _add_files(app)
    _add_errors(app)
    app.add_middleware(Guard, house=house, figures=app.state.figures)
    return app


def _add_files(app: FastAPI) -> None:
    @app.get("/static/style.css", include_in_schema=False)
    def style() -> Response:
        return Response(STYLE, media_type="text/css; charset=utf-8", headers={"Cache-Control": A_YEAR})

    @app.get("/static/icon.svg", include_in_schema=False)
    @app.get("/favicon.ico", include_in_schema=False)
    def icon() -> Response:
        return Response(ICON, media_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})

    @app.get("/robots.txt", include_in_schema=False)
    def robots() -> Response:
        return Response(ROBOTS, media_type="text/plain; charset=utf-8")


def _add_errors(app: FastAPI) -> None:
    @app.exception_handler(Trouble)
    def trouble(request: Request, error: Trouble) -> Response:
        return _error(request, error.status, error.word, error.value)

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        answer = _error(request, error.status_code)
        answer.headers.update(error.headers or {})
        return answer

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return _error(request, 400, value=f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}")

    @app.exception_handler(StoreError)
    def no_store(request: Request, error: StoreError) -> Response:
        log.error("the store failed", extra={"path": request.url.path, "error": str(error)})
        return _error(request, 503)

    @app.exception_handler(Exception)
    def fault(request: Request, error: Exception) -> Response:
        log.error("a page failed", extra={"path": request.url.path}, exc_info=error)
        answer = _error(request, 500)
        answer.headers.update(HEADERS)  # this handler stands outside the middleware
        return answer


def _error(request: Request, status: int, word: str = "", value: str = "") -> Response:
    """The error as JSON for programs, else as a page in the visitor's language."""
    visit = _error_visit(request, status)
    shown = one_line(value, 200)
    what = visit.word(word, value=shown) if word else shown
    if request.url.path.startswith(NO_PAGES):
        return JSONResponse({"error": what or HTTPStatus(status).phrase}, status_code=status)
    known = status if f"error_{status}" in WORDS else 400 if status < 500 else 500
    about = visit.word(f"about_{known}", what=what) if f"about_{known}" in WORDS else what
    return visit.page("error.html.j2", status=status, heading=visit.word(f"error_{known}"), about=about)


def _error_visit(request: Request, status: int) -> Visit:
    """The visit without a look into the store when that is what failed."""
    if status < 500:
        return visit_of(request)
    house: House = request.app.state.house
    language, chosen = language_of(request, house.language)
    return Visit(request=request, house=house, language=language, chosen=chosen, now=house.clock())


class Guard:
    """Headers on every answer, HEAD as GET without a body, and a count. Pure ASGI, so that nothing is buffered."""

    def __init__(self, app: ASGIApp, house: House, figures: Figures) -> None:
        self._app, self._figures = app, figures
        self._secure = house.settings.base_url.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status, head = perf_counter(), 500, scope["method"] == "HEAD"
        if head:  # the framework answers 405, but feed readers and link checkers ask this way
            scope = {**scope, "method": "GET"}

        async def guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(MutableHeaders(scope=message), scope["path"])
            await send({**message, "body": b""} if head and message["type"] == "http.response.body" else message)

        try:
            await self._app(scope, receive, guarded)
        finally:
            self._note(scope, status, perf_counter() - began)

    def _add_headers(self, headers: MutableHeaders, path: str) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        headers.setdefault("Cache-Control", "no-cache")
        if path.startswith(OPEN_DATA):
            headers["Access-Control-Allow-Origin"] = "*"
        else:
            headers["Cross-Origin-Resource-Policy"] = "same-origin"
            headers.add_vary_header("Accept-Language")
            headers.add_vary_header("Cookie")
        if self._secure:
            headers["Strict-Transport-Security"] = "max-age=31536000"

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", "none")
        self._figures.requests.labels(scope["method"], route, str(status)).inc()
        self._figures.seconds.labels(route).observe(seconds)
