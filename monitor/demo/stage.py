"""The loopback server of the demo: all sources under one port, a receiver for webhooks, and a mail server.

It shows only what has appeared by the simulated clock, and answers 503 where the history has an outage.
"""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from monitor.demo.bekendmakingen import Bekendmakingen
from monitor.demo.kamer import Kamer
from monitor.demo.others import NOT_FOUND, News, Repository
from monitor.demo.papers import History

HOST = "127.0.0.1"


class Place(Protocol):
    """Answers a path with its query: status, content type, body."""

    def answer(self, target: str, now: datetime) -> tuple[int, str, bytes]: ...


@dataclass(slots=True)
class Received:
    """What arrived. mails: recipients and bytes; posts: bodies of the webhook."""

    mails: list[tuple[tuple[str, ...], bytes]] = field(default_factory=list)
    posts: list[bytes] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """base: address of the sources; mail_port: of the mail server; hook: address of the receiver."""

    base: str
    mail_port: int
    hook: str
    received: Received

    def sources(self) -> dict[str, dict[str, Any]]:
        """The settings that point every source here and switch the others off."""
        return {
            "tweedekamer": {"base_url": f"{self.base}/tweedekamer"},
            "officielebekendmakingen": {"base_url": f"{self.base}/officielebekendmakingen"},
            "wodc": {"base_url": f"{self.base}/wodc"},
            "autoriteit_persoonsgegevens": {"base_url": f"{self.base}/autoriteit_persoonsgegevens", "article": ""},
            "nieuws": {"kind": "feed", "base_url": f"{self.base}/nieuws/rss.xml", "article": ""},
        }


@contextmanager
def stage(history: History, clock: Callable[[], datetime]) -> Iterator[Stage]:
    """Both servers on free ports of loopback, for as long as the block lasts."""
    received = Received()
    server = ThreadingHTTPServer((HOST, 0), BaseHTTPRequestHandler)
    server.daemon_threads = True
    base = f"http://{HOST}:{server.server_address[1]}"
    server.RequestHandlerClass = _handler(_places(history, base), history, clock, received)
    mail = Controller(_Postbox(received), hostname=HOST, port=_free_port())
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    mail.start()
    try:
        yield Stage(base=base, mail_port=mail.port, hook=f"{base}/webhook", received=received)
    finally:
        mail.stop()
        server.shutdown()
        server.server_close()


def _places(history: History, base: str) -> dict[str, Place]:
    papers = history.papers
    return {
        "tweedekamer": Kamer(papers, f"{base}/tweedekamer"),
        "officielebekendmakingen": Bekendmakingen(papers, f"{base}/officielebekendmakingen"),
        "wodc": Repository(papers),
        "autoriteit_persoonsgegevens": News(papers, "autoriteit_persoonsgegevens", "/feed/article/rss.xml"),
        "nieuws": News(papers, "nieuws", "/rss.xml"),
    }


def _handler(
    places: Mapping[str, Place], history: History, clock: Callable[[], datetime], received: Received
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = 65_536  # one write an answer

        def do_GET(self) -> None:
            now = clock()
            name, _, rest = self.path.lstrip("/").partition("/")
            if any(outage.holds(name, now) for outage in history.outages):
                self._send(503, "text/plain", b"out of order")
            else:
                place = places.get(name)
                self._send(*(place.answer(f"/{rest}", now) if place else NOT_FOUND))

        def do_POST(self) -> None:
            received.posts.append(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
            self._send(204, "text/plain", b"")

        def _send(self, status: int, kind: str, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
            """Nothing: the demo prints what it finds, not what is asked."""

    return Handler


class _Postbox:
    def __init__(self, received: Received) -> None:
        self._received = received

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's form
        content = envelope.content if isinstance(envelope.content, bytes) else (envelope.content or "").encode()
        self._received.mails.append((tuple(envelope.rcpt_tos), content))
        return "250 taken"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
