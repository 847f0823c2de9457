"""How fast everybody is told: deliveries a second to thousands of subscribers, next to plain smtplib in the same run.

    python -m benchmarks.delivery --json [--quick] [--subscribers 10000] [--rounds 5]

Ours is the real pass of the outbox: claim, compose for each subscriber with links of their own, send, note each one.
The peers only send. ``smtplib``: one connection, a loop, an `EmailMessage` for each recipient with the same text, page
and personal links, `send_message`. ``smtplib_premade``: the same loop over one ready-made block of bytes, the most that
smtplib can do. All talk to one aiosmtpd in a process of its own; rounds are interleaved, figures are medians. Every
round is checked: the receiver counted one mail for each subscriber and the outbox holds each one as sent.
"""

import argparse
import json
import os
import platform
import smtplib
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from monitor import outbox
from monitor.house import House
from monitor.settings import Settings, Smtp
from monitor.store import Store, commitments, deliveries, events, subscriptions
from monitor.subscribing import links_of
from notifications.compose import Links, compose
from notifications.subscription import EVERYTHING, Subscription, Way
from notifications.webhook import new_secret
from rules.calendar import Calendar
from rules.commitment import Actor, Commitment
from rules.deadline import Deadline, Precision
from rules.event import Event, EventKind, event_key
from sources.http import Fetcher

NOW = datetime(2023, 7, 3, 9, 30, tzinfo=UTC)
SENDER = "Nakoming <nakoming@localhost>"


# ---- the receivers, each in a process of its own


class _Counting:
    """Takes every mail and counts it."""

    def __init__(self) -> None:
        self.taken = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken += len(envelope.rcpt_tos)
        return "250 OK"


def _smtp_receiver() -> None:
    handler = _Counting()
    controller = Controller(handler, hostname="127.0.0.1", port=_free_port())
    controller.start()
    _answer_counts(controller.port, lambda: handler.taken)
    controller.stop()


def _web_receiver() -> None:
    taken: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            taken.append(1)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _answer_counts(server.server_address[1], lambda: len(taken))
    server.shutdown()


def _answer_counts(port: int, count: Callable[[], int]) -> None:
    """The port on the first line, then a count for every line that is read."""
    print(port, flush=True)
    for _ in sys.stdin:
        print(count(), flush=True)


def _free_port() -> int:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as probe:
        return int(probe.server_address[1])


class Receiver:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.port = int(self._line())

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()

    def taken(self) -> int:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return int(self._line())


@contextmanager
def receiver(kind: str) -> Iterator[Receiver]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.delivery", "--receiver", kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Receiver(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


# ---- the installation


@contextmanager
def house_with(way: Way, subscribers: int, port: int) -> Iterator[House]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            data_dir=Path(folder),
            smtp=Smtp(host="127.0.0.1", port=port, security="none", sender=SENDER),
            base_url="https://nakoming.example",
            allow_private_networks=True,
        )
        store = Store(settings.database)
        store.upgrade()
        house = House(
            settings=settings,
            store=store,
            calendar=Calendar(),
            policy=settings.policy.policy(),
            fetcher=Fetcher(allow_private=True, pace_per_second=1_000_000),
            sources={},
            clock=lambda: NOW,
        )
        with store.write() as session:
            for number in range(subscribers):
                subscriptions.keep(session, _subscription(number, way, port), NOW)
        yield house
        store.close()


def _subscription(number: int, way: Way, port: int) -> Subscription:
    mail = way is Way.MAIL
    return Subscription(
        id=f"s{number:06}",
        way=way,
        address=f"person{number}@example.org" if mail else f"http://127.0.0.1:{port}/{number}",
        secret="" if mail else new_secret(),
        filter=EVERYTHING,
        note="voor het debat over fietspaden",
    )


def happen(house: House, number: int, now: datetime) -> None:
    """A promise is found: one event, one delivery for every subscriber."""
    promise = Commitment(
        id=f"promise{number:03}",
        quote="Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden langs provinciale wegen.",
        action="een plan voor veilige fietspaden sturen",
        actor=Actor(office="Minister van Infrastructuur en Waterstaat", as_written="Ik"),
        ministry="Infrastructuur en Waterstaat",
        made_on=date(2023, 2, 1),
        deadlines=(Deadline(text="voor het zomerreces", latest=date(2023, 7, 6), precision=Precision.RECESS),),
    )
    made = Event(key=event_key(promise.id, EventKind.MADE, ""), kind=EventKind.MADE, at=now, commitment=promise.id)
    with house.store.write() as session:
        commitments.insert(session, promise, now)
        events.record(session, made, now)


# ---- what is measured


def ours(house: House, number: int, subscribers: int, post: Receiver) -> float:
    """Seconds for one event to reach everybody, every one noted."""
    now = NOW + timedelta(hours=number)
    happen(house, number, now)
    before, start = post.taken(), time.perf_counter()
    done = outbox.deliver(house, now, links_of(house))
    seconds = time.perf_counter() - start
    assert done.sent == subscribers, done
    assert post.taken() - before == subscribers
    with house.store.read() as session:
        assert deliveries.counts(session)[deliveries.PENDING] == 0
    return seconds


def smtplib_loop(house: House, number: int, subscribers: int, post: Receiver) -> float:
    """One connection, an EmailMessage for each recipient."""
    told, links = _last(house), links_of(house)
    text, page = compose(told, _subscription(0, Way.MAIL, 0), key="x", now=NOW, links=Links()), ""
    page = text.html
    before, start = post.taken(), time.perf_counter()
    with smtplib.SMTP("127.0.0.1", post.port) as smtp:
        for at in range(subscribers):
            subscription = _subscription(at, Way.MAIL, 0)
            own = links(subscription)
            mail = EmailMessage()
            mail["From"], mail["To"], mail["Subject"] = SENDER, subscription.address, text.subject
            mail["Message-ID"] = f"<{number}-{at}@nakoming.example>"
            mail["List-Unsubscribe"] = f"<{own.unsubscribe}>"
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
            mail.set_content(f"{text.text}\n\n{own.manage}\n{own.unsubscribe}\n")
            mail.add_alternative(page.replace("</body>", f'<a href="{own.unsubscribe}">x</a></body>'), subtype="html")
            smtp.send_message(mail)
    seconds = time.perf_counter() - start
    assert post.taken() - before == subscribers
    return seconds


def smtplib_premade(house: House, _number: int, subscribers: int, post: Receiver) -> float:
    """One connection, the same bytes for everybody: nothing is made, nothing is noted."""
    message = compose(_last(house), _subscription(0, Way.MAIL, 0), key="x", now=NOW)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = SENDER, "undisclosed@example.org", message.subject
    mail.set_content(message.text)
    mail.add_alternative(message.html, subtype="html")
    raw = mail.as_bytes(policy=policy.SMTP)
    before, start = post.taken(), time.perf_counter()
    with smtplib.SMTP("127.0.0.1", post.port) as smtp:
        for at in range(subscribers):
            smtp.sendmail("nakoming@localhost", [f"person{at}@example.org"], raw)
    seconds = time.perf_counter() - start
    assert post.taken() - before == subscribers
    return seconds


def _last(house: House) -> list[Any]:
    with house.store.read() as session:
        ((_, happening),) = events.happenings(session, events.Asked(most=1), house.addresses)
    return [happening]


def measure_mail(subscribers: int, rounds: int) -> tuple[dict[str, list[float]], int]:
    """Seconds of every round, interleaved, and by how many kB the process grew after the first round."""
    taken: dict[str, list[float]] = {"ours": [], "smtplib": [], "smtplib_premade": []}
    runs = {"ours": ours, "smtplib": smtplib_loop, "smtplib_premade": smtplib_premade}
    grown = 0
    with receiver("smtp") as post, house_with(Way.MAIL, subscribers, post.port) as house:
        happen(house, 999, NOW - timedelta(days=1))
        outbox.deliver(house, NOW, links_of(house))
        first = _resident_kb()
        for number in range(rounds):
            for name, run in runs.items():
                taken[name].append(run(house, number, subscribers, post))
            grown = max(grown, _resident_kb() - first)
    return taken, grown


def measure_webhooks(subscribers: int, rounds: int) -> list[float]:
    with receiver("web") as post, house_with(Way.WEBHOOK, subscribers, post.port) as house:
        return [ours(house, number, subscribers, post) for number in range(rounds)]


def _resident_kb() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1024


def report(subscribers: int, rounds: int) -> dict[str, Any]:
    taken, grown = measure_mail(subscribers, rounds)
    hooks = max(50, subscribers // 10)
    webhooks = measure_webhooks(hooks, max(2, rounds // 2))
    speed = {name: round(subscribers / statistics.median(seconds), 1) for name, seconds in taken.items()}
    ratios = {name: round(speed["ours"] / speed[name], 3) for name in ("smtplib", "smtplib_premade")}
    return {
        "what": "deliveries a second: one event to every subscriber, each with links of their own, each one noted",
        "sizes": {"subscribers": subscribers, "rounds": rounds, "webhooks": hooks},
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("aiosmtpd", "sqlalchemy", "requests")},
        },
        "ours": {
            "mail_per_second": speed["ours"],
            "webhooks_per_second": round(hooks / statistics.median(webhooks), 1),
            "grown_kb": grown,
        },
        "peers": {name: {"mail_per_second": speed[name]} for name in ratios},
        "ratios": ratios,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="end within 50 seconds")
    parser.add_argument("--subscribers", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--receiver", choices=("smtp", "web"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.receiver:
        (_smtp_receiver if given.receiver == "smtp" else _web_receiver)()
        return
    result = report(500 if given.quick else given.subscribers, given.rounds)
    if given.json:
        print(json.dumps(result))
        return
    print(f"{result['what']}\n{result['sizes']}")
    for name, figures in {"ours": result["ours"], **result["peers"]}.items():
        print(f"{name:16} {figures}")
    print(f"ratios           {result['ratios']}")


if __name__ == "__main__":
    main()
