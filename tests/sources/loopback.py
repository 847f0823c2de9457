"""A real HTTP server on loopback that answers as a test tells it to, politely or not."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TYPES = {"xml": "application/xml", "json": "application/json", "html": "text/html; charset=utf-8", "txt": "text/plain"}


@dataclass
class Asked:
    """A request that came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""


@dataclass
class Reply:
    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wild: Callable[[Any], None] | None = None  # writes to the socket itself


Route = Reply | Callable[[Asked], Reply]


class Loopback:
    """Routes by path; `other` answers everything else. robots.txt is missing unless a route has it."""

    def __init__(self) -> None:
        self.routes: dict[str, Route] = {}
        self.other: Route = Reply(b"niet gevonden", 404)
        self.asked: list[Asked] = []
        self.over = threading.Event()  # ends what would drip for ever
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked if one.path != "/robots.txt"]

    def __enter__(self) -> "Loopback":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if asked.path == "/robots.txt" and asked.path not in self.routes:
            return Reply(b"", 404)
        route = self.routes.get(asked.path, self.other)
        return route(asked) if callable(route) else route

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        loopback = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1

            def log_message(self, *_: object) -> None:
                pass

            def handle(self) -> None:
                try:
                    super().handle()
                except OSError:
                    self.close_connection = True  # a client that hangs up is what these tests are about

            def finish(self) -> None:
                with contextlib.suppress(OSError):
                    super().finish()

            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                headers = {name.lower(): value for name, value in self.headers.items()}
                reply = loopback.answer(Asked(self.command, parts.path, query, headers, body))
                if reply.wild is not None:
                    self.close_connection = True
                    reply.wild(self)
                    return
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(reply.body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

            do_POST = do_GET

        return Handler


def served(body: bytes, kind: str = "xml", **headers: str) -> Reply:
    return Reply(body, headers={"Content-Type": TYPES[kind], **{n.replace("_", "-"): v for n, v in headers.items()}})


def conditional(body: bytes, kind: str = "xml", etag: str = '"een"') -> Callable[[Asked], Reply]:
    """Answers 304 to who has the ETag."""

    def answer(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == etag:
            return Reply(b"", 304, {"ETag": etag})
        return served(body, kind, ETag=etag)

    return answer


def dripping(loopback: Loopback, first: bytes, piece: bytes) -> Callable[[Any], None]:
    """Sends a start and then a piece every few milliseconds, without end."""

    def write(handler: Any) -> None:
        handler.wfile.write(first)
        while not loopback.over.wait(0.02):
            handler.wfile.write(piece)
            handler.wfile.flush()

    return write


def endless(first: bytes, piece: bytes) -> Callable[[Any], None]:
    """Sends a start and then pieces as fast as they are read, until the reader hangs up."""

    def write(handler: Any) -> None:
        handler.wfile.write(first)
        while True:
            handler.wfile.write(piece)
            handler.wfile.flush()

    return write
