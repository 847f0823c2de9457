"""The only door to the network: one `Fetcher` for all sources and threads, polite and bounded.

Every request is paced per host (requests-ratelimiter), repeated by urllib3's `Retry` policy with a ceiling on
Retry-After, bounded in total time and in decoded bytes, and never follows a redirect unseen. Addresses that people
enter are `guarded`: no private networks, whatever the name server or a redirect says. The environment (proxies,
.netrc) is not read and no cookie is kept. Not inside: what the bytes mean, and robots.txt's rules (`sources.robots`).
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin

import requests
from requests.adapters import HTTPAdapter
from requests.structures import CaseInsensitiveDict
from requests_ratelimiter import LimiterMixin
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, InvalidHeader, MaxRetryError, NameResolutionError
from urllib3.util.retry import Retry

from sources.addresses import REMEMBERED, check, origin, public_addresses, shown
from sources.robots import Robots
from sources.source import Forbidden, Refused, SourceError, TooLarge, Unreachable
from sources.time_limits import TimeLimit

MOST_BYTES = 50_000_000
MOST_SECONDS = 60.0
MOST_REDIRECTS = 5
CONNECT_SECONDS = 10.0
SILENT_SECONDS = 30.0  # longest pause between two bytes
LONGEST_RETRY_AFTER = 30.0  # longer waits are left to the schedule
POOLS = 64  # hosts to which connections stay open
_CHUNK = 65_536
_POLICY = Retry(
    total=2, backoff_factor=0.5, backoff_jitter=0.3, status_forcelist=(429, 502, 503, 504), allowed_methods=("GET",)
)
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer that was read whole. url: where it came from in the end, fit to be shown."""

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes = b""
    not_modified: bool = False

    @property
    def etag(self) -> str:
        return self.headers.get("ETag", "")

    @property
    def modified(self) -> str:
        return self.headers.get("Last-Modified", "")

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()


_current = threading.local()


class _Plain(HTTPConnection):
    """A connection that the running fetch can cut."""

    taken_over = False

    def _new_conn(self) -> socket.socket:
        sock = super()._new_conn()
        self._held(sock)
        return sock

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is not None:
            self._held(self.sock)
        super().request(*args, **kwargs)

    def _held(self, sock: socket.socket) -> None:
        run: TimeLimit | None = getattr(_current, "run", None)
        if run is not None:
            run.hold(sock, duplicate=self.taken_over)


class _Secure(_Plain, HTTPSConnection):
    """The same over TLS, which takes the socket over while it greets."""

    taken_over = True


class _Pinned:
    """Connects only to the public addresses that the name had when it was checked."""

    def _new_conn(self: Any) -> socket.socket:
        name = self._dns_host
        failure: Exception | None = None
        try:
            for address in public_addresses(name, self.port):
                self._dns_host = address
                try:
                    return super()._new_conn()  # type: ignore[misc,no-any-return]
                except HTTPError as error:
                    failure = error
        finally:
            self._dns_host = name
        raise failure or Unreachable(f"{name}: has no address")


class _PinnedPlain(_Pinned, _Plain):
    pass


class _PinnedSecure(_Pinned, _Secure):
    pass


def _pools(plain: type[HTTPConnection], secure: type[HTTPSConnection]) -> dict[str, type[HTTPConnectionPool]]:
    return {
        "http": type("HTTPPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("HTTPSPool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }


_OPEN = _pools(_Plain, _Secure)
_GUARDED = _pools(_PinnedPlain, _PinnedSecure)


class _Timed(HTTPAdapter):
    """Starts the clock of the fetch when the pace has let it through."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        _current.run.start()
        return super().send(request, *args, **kwargs)

    def get_connection_with_tls_context(self, request: Any, verify: Any, proxies: Any = None, cert: Any = None) -> Any:
        """The connections to the place of the request; only when there are none yet, all that new ones need is made."""
        return self.poolmanager.pools.get(request.known.place) or super().get_connection_with_tls_context(
            request, verify, proxies, cert
        )

    def request_url(self, request: Any, proxies: Any) -> str:
        """What the first line of the request asks for; there is never a proxy."""
        return str(request.known.line)

    def build_response(self, req: requests.PreparedRequest, resp: Any) -> requests.Response:
        """What we use of an answer: no cookies are looked for, no charset is guessed."""
        answer = requests.Response()
        answer.status_code, answer.headers, answer.raw = resp.status, CaseInsensitiveDict(resp.headers), resp
        answer.url, answer.request = str(req.url), req
        return answer


class _Paced(LimiterMixin, _Timed):  # type: ignore[misc] # the mixin's own signature is looser
    """Waits for the pace of the host first; `pools` says what the connections may reach."""

    def __init__(self, pools: dict[str, type[HTTPConnectionPool]], **kwargs: Any) -> None:
        super().__init__(per_host=True, max_retries=0, pool_connections=POOLS, pool_maxsize=2, **kwargs)
        self.poolmanager.pool_classes_by_scheme = pools
        self.poolmanager.key_fn_by_scheme = {"http": _place, "https": _place}


def _place(context: Mapping[str, Any]) -> tuple[str, str, int]:
    """What tells our pools of connections apart, as `origin` does; all else is the same for each of them."""
    return context["scheme"], context["host"].lower(), context["port"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    """What requests makes of an address. line: path and query; place: whose connections serve it."""

    url: str
    line: str
    place: tuple[str, str, int]
    headers: Mapping[str, str]


class _Request(requests.PreparedRequest):
    known: _Address


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ask:
    """One request and its limits, the same for every hop and try."""

    method: str = "GET"
    headers: Mapping[str, str]
    body: bytes | None = None
    most_bytes: int
    run: TimeLimit
    retries: Retry


class Fetcher:
    """Fetches for everybody. Raises the `SourceError` tree only; messages never hold credentials.

    contact: an address for the User-Agent; pace_per_second: per host; allow_private: lifts the guard;
    sleep: how to wait before a retry.
    """

    def __init__(
        self,
        *,
        contact: str = "",
        pace_per_second: float = 2.0,
        allow_private: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.agent = f"Nakoming/{version('nakoming')}" + (f" (+{contact})" if contact else "")
        self._allow_private = allow_private
        self._sleep = sleep
        self._open = _Paced(_OPEN, per_second=pace_per_second)
        self._guarded = _Paced(_GUARDED, limiter=self._open.limiter)
        self._robots = Robots(self.agent, self._robots_text, sleep)

    def close(self) -> None:
        self._guarded.close()
        self._open.close()

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        modified: str = "",
        accept: str = "",
        guarded: bool = False,
        robots: bool = False,
        most_bytes: int | None = None,
        most_seconds: float | None = None,
    ) -> Response:
        """Fetch an address, following redirects by hand. guarded: a person entered it; robots: obey robots.txt."""
        asked = {"User-Agent": self.agent, "Accept": accept or "*/*", "Accept-Encoding": "gzip, deflate"}
        asked |= {"If-None-Match": etag} if etag else {}
        asked |= {"If-Modified-Since": modified} if modified else {}
        ask = _Ask(
            headers=asked,
            most_bytes=MOST_BYTES if most_bytes is None else most_bytes,
            run=TimeLimit(MOST_SECONDS if most_seconds is None else most_seconds),
            retries=_POLICY,
        )
        return self._follow(url, ask, guarded=guarded and not self._allow_private, robots=robots)

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str], *, guarded: bool = True, most_bytes: int = 0
    ) -> Response:
        """Send a body once: no retry, no redirect, any status is an answer. most_bytes: 0 leaves its body unread."""
        sent = {"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate", **headers}
        run = TimeLimit(MOST_SECONDS / 2)
        ask = _Ask(method="POST", headers=sent, body=body, most_bytes=most_bytes, run=run, retries=Retry(total=0))
        guarded = guarded and not self._allow_private
        check(url, guarded=guarded)
        with self._tried(url, ask, guarded=guarded) as answer:
            content = _read(answer, ask) if most_bytes else b""
            return Response(url=shown(url), status=answer.status_code, headers=answer.headers, content=content)

    def _follow(self, url: str, ask: _Ask, *, guarded: bool, robots: bool) -> Response:
        place, hop = url, url
        for _ in range(MOST_REDIRECTS + 1):
            check(hop, guarded=guarded)
            if robots:
                self._robots.obey(hop, guarded=guarded)
            with self._tried(hop, ask, guarded=guarded) as answer:
                target = answer.headers.get("Location") if answer.status_code in _REDIRECTS else None
                if not target:
                    return _finish(hop, answer, ask)
            hop = _joined(hop, target)
            guarded = not self._allow_private and (guarded or _origin(hop) != _origin(place))
        raise Refused(f"{shown(url)}: redirects without end", status=answer.status_code)

    @contextlib.contextmanager
    def _tried(self, url: str, ask: _Ask, *, guarded: bool) -> Iterator[requests.Response]:
        """The first answer that is worth reading, after at most the retries of the policy; closed at the end."""
        answer = None
        _current.run = ask.run
        try:
            answer = self._answer(url, ask, guarded=guarded)
            yield answer
        finally:
            ask.run.stop()
            _current.run = None
            if answer is not None:
                answer.close()

    def _answer(self, url: str, ask: _Ask, *, guarded: bool) -> requests.Response:
        retries = ask.retries
        while True:
            failure, answer = None, None
            try:
                answer = self._send(url, ask, guarded=guarded)
            except Unreachable as error:
                failure = error
            if answer is not None and not _worth_another_try(answer, ask):
                return answer
            ask.run.stop()
            try:
                retries = retries.increment(ask.method, url, error=failure)
            except MaxRetryError:
                if answer is not None:
                    return answer
                raise failure or Unreachable(f"{shown(url)}: no answer") from None
            wait = retries.get_backoff_time()
            if answer is not None:
                wait = _asked_wait(answer, url, ask, wait)
                answer.close()
            ask.run.left -= wait
            self._sleep(wait)

    def _send(self, url: str, ask: _Ask, *, guarded: bool) -> requests.Response:
        adapter = self._guarded if guarded else self._open
        timeout = (min(CONNECT_SECONDS, max(ask.run.left, 0.1)), min(SILENT_SECONDS, max(ask.run.left, 0.1)))
        try:
            return adapter.send(_prepared(url, ask), stream=True, timeout=timeout, verify=True)
        except (requests.RequestException, HTTPError, OSError, ValueError) as error:
            raise _translated(error, url, ask) from None

    def _robots_text(self, url: str, guarded: bool) -> str | None:
        """robots.txt of a host; None when it has none. Raises SourceError when that cannot be known."""
        try:
            found = self.get(url, guarded=guarded, most_bytes=500_000, most_seconds=20)
        except Refused as refused:
            if 400 <= refused.status < 500 and refused.status != 429:
                return None
            raise
        return found.content.decode("utf-8", errors="replace")


def _prepared(url: str, ask: _Ask) -> _Request:
    """The request as requests would prepare it; what follows from the address alone is worked out once."""
    request = _Request()
    request.known = _address(ask.method, url)
    request.method, request.url = ask.method, request.known.url
    request.headers = CaseInsensitiveDict({**request.known.headers, **ask.headers})
    request.prepare_body(ask.body, None)
    return request


@lru_cache(REMEMBERED)
def _address(method: str, url: str) -> _Address:
    bare = requests.Request(method, url).prepare()
    known = str(bare.url)
    return _Address(url=known, line=bare.path_url, place=origin(known), headers=dict(bare.headers))


def _joined(hop: str, target: str) -> str:
    try:
        return urljoin(hop, target)
    except ValueError:
        raise Refused(f"{shown(hop)}: redirects to something that is no address") from None


def _origin(url: str) -> tuple[str, str, int]:
    try:
        return origin(url)
    except ValueError:
        raise Forbidden("a redirect leads to something that is no web address") from None


def _finish(url: str, answer: requests.Response, ask: _Ask) -> Response:
    conditional = "If-None-Match" in ask.headers or "If-Modified-Since" in ask.headers
    if answer.status_code == 304 and conditional:
        answer.raw.drain_conn()  # it has no body; the connection can be used again
        return Response(url=shown(url), status=304, headers=answer.headers, not_modified=True)
    if not 200 <= answer.status_code < 300:
        raise Refused(
            f"{shown(url)}: answered with status {answer.status_code}",
            status=answer.status_code,
            retry_after=_retry_after(answer),
        )
    content = _read(answer, ask, url)
    return Response(url=shown(url), status=answer.status_code, headers=answer.headers, content=content)


def _read(answer: requests.Response, ask: _Ask, url: str = "") -> bytes:
    """The decoded body, never more than allowed of it in memory."""
    name = shown(url or str(answer.url))
    declared = answer.headers.get("Content-Length", "")
    if declared.isdecimal() and len(declared) < 20 and int(declared) > ask.most_bytes:
        raise TooLarge(f"{name}: announces {declared} bytes; at most {ask.most_bytes} are read")
    pieces: list[bytes] = []
    size = 0
    try:
        while piece := answer.raw.read1(_CHUNK, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > ask.most_bytes:
                raise TooLarge(f"{name}: more than {ask.most_bytes} bytes")
    except (HTTPError, OSError, ValueError) as error:
        raise _translated(error, url or str(answer.url), ask) from None
    if ask.run.expired:
        raise TooLarge(f"{name}: took longer than allowed")
    return b"".join(pieces)


def _worth_another_try(answer: requests.Response, ask: _Ask) -> bool:
    return ask.retries.is_retry(ask.method, answer.status_code, "Retry-After" in answer.headers)


def _asked_wait(answer: requests.Response, url: str, ask: _Ask, wait: float) -> float:
    """How long to wait before the next try; a server that asks for more than we would wait is left alone."""
    asked = _retry_after(answer)
    if asked is not None and asked > min(LONGEST_RETRY_AFTER, ask.run.left):
        status = answer.status_code
        answer.close()
        raise Refused(f"{shown(url)}: status {status}, asks us to wait", status=status, retry_after=asked)
    return max(asked or 0, wait)


def _retry_after(answer: requests.Response) -> float | None:
    try:
        return _POLICY.get_retry_after(answer.raw)
    except (InvalidHeader, ValueError, OverflowError):
        return None


def _translated(error: Exception, url: str, ask: _Ask) -> SourceError:
    """The house's error for a foreign one, in words of our own: theirs would repeat the address."""
    name = shown(url)
    if ask.run.expired:
        return TooLarge(f"{name}: took longer than allowed")
    if isinstance(error, requests.exceptions.InvalidURL | requests.exceptions.InvalidSchema | UnicodeError):
        return Forbidden(f"{name}: is no web address")
    words = {
        requests.exceptions.SSLError: "no trusted TLS connection",
        requests.exceptions.ConnectTimeout: "no connection in time",
        requests.exceptions.Timeout: "no answer in time",
    }
    said = next((text for kind, text in words.items() if isinstance(error, kind)), "")
    if not said and isinstance(_reason(error), NameResolutionError):
        said = "the name is not found"
    if not said and isinstance(error, requests.exceptions.ConnectionError):
        said = "no connection"
    return Unreachable(f"{name}: {said or 'the answer breaks off or is damaged'}")


def _reason(error: Exception) -> object:
    inner = error.args[0] if error.args else None
    return getattr(inner, "reason", None)
