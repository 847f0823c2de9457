"""The same Kamer behind a real server and the real fetcher: addresses, encodings, statuses, redirects and pace."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from kamer import BASE, Kamer, guid, seed

from sources.catalogue import build
from sources.http import Fetcher
from sources.source import ChangedShape, Cursor, Forbidden, Refused, Unreachable
from sources.tweedekamer import TweedeKamer

NOW = datetime(2024, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def kamer() -> Kamer:
    kamer = Kamer(per_page=4)
    seed(kamer)
    kamer.files[guid(8)] = (b"Geachte voorzitter,\n\nHierbij de beleidsreactie.\n", "text/plain; charset=utf-8")
    return kamer


@pytest.fixture
def address(kamer: Kamer) -> Iterator[str]:
    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kamer.heard = [*getattr(kamer, "heard", []), (self.path, dict(self.headers))]
            status, kind, body = kamer.front(self) if hasattr(kamer, "front") else (0, "", b"")
            if not status:
                try:
                    answer = kamer.get(BASE + self.path, etag=self.headers.get("If-None-Match", ""))
                    status, kind, body = (
                        answer.status,
                        answer.headers.get("Content-Type", "application/xml"),
                        answer.content,
                    )
                except Refused as refused:
                    status, kind, body = refused.status, "text/html", b"<html>nee</html>"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            for name, value in getattr(kamer, "headers", {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    fetcher = Fetcher(contact="redactie@voorbeeld.nl", pace_per_second=10_000, sleep=lambda _: None)
    yield fetcher
    fetcher.close()


def documents(source: TweedeKamer) -> dict:
    return {d.key.partition(":")[2]: d for page in source.poll(Cursor(), NOW) for d in page.documents}


@pytest.mark.parametrize("odata_works", [True, False])
def test_a_poll_over_the_wire_is_the_poll_in_memory(kamer, address, fetcher, odata_works):
    kamer.odata_works = odata_works
    over_the_wire = documents(TweedeKamer(fetcher, base_url=address, start="1000"))
    in_memory = documents(TweedeKamer(kamer, base_url=BASE, start="1000"))
    assert {k: d.fingerprint for k, d in over_the_wire.items()} == {k: d.fingerprint for k, d in in_memory.items()}
    assert len(over_the_wire) == 5


def test_history_and_files_over_the_wire(kamer, address, fetcher):
    source = TweedeKamer(fetcher, base_url=address)
    pages = source.backfill(date(2024, 6, 28), date(2024, 6, 28), Cursor(), NOW)
    (letter,) = (d for page in pages for d in page.documents)
    assert letter.identifiers == ("2024D27797", "kst-32761-304")
    assert "beleidsreactie" in source.fill(letter).text
    asked = [path for path, _ in kamer.heard if "Document?" in path]
    assert "$filter=Datum%20ge%202024-06-28T00:00:00%2B02:00" in asked[0]


def test_who_asks_says_so(kamer, address, fetcher):
    documents(TweedeKamer(fetcher, base_url=address))
    assert all("redactie@voorbeeld.nl" in headers["User-Agent"] for _, headers in kamer.heard)


def test_a_redirect_to_another_private_host_is_not_followed(kamer, address, fetcher):
    kamer.front = lambda door: (302, "text/html", b"")
    kamer.headers = {"Location": "http://169.254.169.254/latest/meta-data"}
    with pytest.raises(Forbidden):
        documents(TweedeKamer(fetcher, base_url=address))


@pytest.mark.parametrize(
    ("front", "error"),
    [
        ((503, "text/html", b"<html>Guru Meditation</html>"), Refused),
        ((200, "text/html", b"<!doctype html><html>onderhoud</html>"), ChangedShape),
        ((200, "application/xml", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>"), Unreachable),
    ],
)
def test_a_front_that_fails_is_an_error_in_words(kamer, address, fetcher, front, error):
    kamer.front = lambda door: front
    with pytest.raises(error) as raised:
        documents(TweedeKamer(fetcher, base_url=address))
    assert "SyncFeed" in str(raised.value)


def test_a_source_that_is_not_there_is_unreachable(fetcher):
    with pytest.raises(Unreachable):
        documents(TweedeKamer(fetcher, base_url="http://127.0.0.1:9"))


def test_the_catalogue_makes_both_chambers_with_their_options(fetcher):
    table = {"tweedekamer": {"every": "PT30M", "odata": "v4"}, "eerste_kamer": {"pages": ["a/b", "c/d"]}}
    made = build(table, {"tweedekamer": {"base_url": "http://127.0.0.1:9"}}, fetcher)
    assert made["tweedekamer"].every.total_seconds() == 1800
    assert made["tweedekamer"].url == "http://127.0.0.1:9"
    for table, named in (({"tweedekamer": {"odata": "v9"}}, "odata"), ({"eerste_kamer": {"pages": ["x"]}}, "pages")):
        with pytest.raises(ValueError, match=f"sources.{next(iter(table))}.{named}"):
            build(table, {}, fetcher)
