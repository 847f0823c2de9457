"""Kills the process that tells people, again and again, and counts what the receivers got.

    python -m tests.kill_harness --kills 300 [--seed 1] [--json]

Every job is a process of its own over the same database: it lets a few things happen, runs one pass of the outbox over
real SMTP and HTTP on loopback, and is killed with SIGKILL, at a named step or at a random moment. Simulated time goes
on between the jobs, so that claims run out. At the end some jobs are left alone. Then it must be true that

- every event has a delivery for everybody who wants it, and each was received: nothing is lost;
- no event came in two different messages; a message that came twice has the same id, and every copy but the last came
  from a job that was killed after the receiver's yes: doubles happen in that window only.

Jobs are forked from a process that has loaded everything and has no threads, so that a kill costs milliseconds.
"""

import argparse
import itertools
import json
import os
import random
import signal
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "monitor"), str(ROOT / "tests" / "notifications")]

from mail_server import Inbox, smtp  # noqa: E402 - the folders are on the path only now
from monitor_examples import happened, promise  # noqa: E402
from sqlmodel import select  # noqa: E402
from web_server import Receiver, listening  # noqa: E402

from monitor import outbox  # noqa: E402
from monitor.house import House  # noqa: E402
from monitor.settings import Settings, Smtp  # noqa: E402
from monitor.store import Store, commitments, deliveries, events, subscriptions  # noqa: E402
from monitor.store.rows import DeliveryRow, EventRow  # noqa: E402
from monitor.subscribing import links_of  # noqa: E402
from notifications.message import Sent, message_id  # noqa: E402
from notifications.subscription import EVERYTHING, Rhythm, Subscription, Way  # noqa: E402
from notifications.webhook import WebhookChannel  # noqa: E402
from rules.calendar import Calendar  # noqa: E402
from rules.event import EventKind  # noqa: E402
from sources.http import Fetcher  # noqa: E402

BASE = "https://nakoming.example"
START = datetime(2023, 3, 1, 9, tzinfo=UTC)
TICK = deliveries.CLAIM + timedelta(minutes=1)  # between two jobs: what a dead job had claimed is free again
EVENTS = 2  # in a job
MAILS, HOOKS, DIGESTS = 6, 2, 2
REFUSALS = 0.15  # of the jobs meet a receiver that says "later" to somebody

# name of a step: what is called there, whether death comes before or after it, how often a job surely comes to it
STEPS: dict[str, tuple[object, str, str, int]] = {
    "before the event is written": (events, "record", "before", EVENTS),
    "event and deliveries written, not committed": (events, "record", "after", EVENTS),
    "before a claim": (deliveries, "claim", "before", 1),
    "claimed, not committed": (deliveries, "claim", "after", 1),
    "claim committed, nothing composed": (outbox.Round, "_serve", "before", MAILS),
    "composed, nothing sent": (outbox, "addressed", "after", MAILS),
    "half of a mail": (smtplib.SMTP, "data", "before", MAILS - 1),
    "a mail was taken, not noted": (smtplib.SMTP, "data", "after", MAILS - 1),
    "before a webhook": (WebhookChannel, "send", "before", HOOKS),
    "a webhook was taken, not noted": (WebhookChannel, "send", "after", HOOKS),
    "before the note": (deliveries, "note_sent", "before", 1),
    "noted, not committed": (deliveries, "note_sent", "after", 1),
    "note committed": (outbox.Notes, "_write", "after", 1),
}


# ---- the job: what dies


def open_house(order: dict) -> House:
    settings = Settings(
        data_dir=Path(order["folder"]),
        smtp=Smtp(host="127.0.0.1", port=order["smtp"], security="none"),
        base_url=BASE,
        allow_private_networks=True,
    )
    return House(
        settings=settings,
        store=Store(settings.database),
        calendar=Calendar(),
        policy=settings.policy.policy(),
        fetcher=Fetcher(allow_private=True, pace_per_second=1_000_000),
        sources={},
        clock=lambda: START,
    )


def job(order: dict) -> None:
    """Let things happen and tell them, as one pass of the schedule does."""
    house, now = open_house(order), datetime.fromisoformat(order["now"])
    if order.get("sabotage"):
        outbox.Round._serve = _note_first
    if order.get("step"):
        _arm(order["step"], order["nth"])
    for number in order["events"]:
        with house.store.write() as session:
            one = promise(f"promise{number:05}")
            if commitments.get(session, one.id) is None:
                commitments.insert(session, one, now)
            events.record(session, happened(EventKind.MADE, one.id, at=now, subject="made"), now)
    outbox.deliver(house, now, links_of(house))


def _arm(step: str, nth: int) -> None:
    """Death at the nth time that the step is reached."""
    owner, name, moment, _ = STEPS[step]
    original, calls = getattr(owner, name), itertools.count(1)

    def deadly(*given, **named):
        fatal = next(calls) == nth
        if fatal and moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        answer = original(*given, **named)
        if fatal and moment == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return answer

    setattr(owner, name, deadly)


def _note_first(self, sender, subscription, messages) -> None:
    """What must never be: noted before it is sent. The harness has to notice."""
    for claimed in messages:
        self._notes.take(claimed, Sent(ok=True))
        self._notes.flush()
        self._send(sender, subscription, claimed)


def zygote() -> None:
    """Forks a job for each line of standard input; says its process id, and how it ended."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                job(json.loads(line))
            except BaseException:  # noqa: BLE001 - the job must never come back into this loop
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        print(child, flush=True)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


# ---- the harness: who kills and counts


@dataclass
class Report:
    """lost: deliveries that nobody received, and events without their deliveries. doubles: copies beyond the first.

    unexplained: copies from a job that was not killed, and events that came in two different messages.
    """

    jobs: int = 0
    kills: int = 0
    steps: Counter = field(default_factory=Counter)
    events: int = 0
    deliveries: int = 0
    messages: int = 0
    lost: int = 0
    doubles: int = 0
    unexplained: int = 0
    failed_jobs: int = 0

    def shown(self) -> dict:
        return {**self.__dict__, "steps": dict(sorted(self.steps.items()))}


class Harness:
    def __init__(self, folder: Path, seed: int, sabotage: bool = False) -> None:
        self.random, self.folder, self.sabotage = random.Random(seed), folder, sabotage
        self.report, self.now, self.number = Report(), START, 0
        self.inbox, self.web = Inbox(), Receiver((204, {}))
        self.killed: set[int] = set()
        self.mails: list[tuple[int, str, bytes]] = []  # job, recipient, mail
        self.hooks: list[tuple[int, str, str, bytes]] = []  # job, path, webhook-id, body
        self.lasted: list[float] = []

    def run(self, kills: int) -> Report:
        with smtp(self.inbox), listening(self.web):
            self.order = {"folder": str(self.folder), "smtp": self.inbox.port, "sabotage": self.sabotage}
            self._prepare()
            self.zygote = subprocess.Popen(
                [sys.executable, str(Path(__file__)), "--zygote"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            try:
                self._kill_and_kill(kills)
                self._leave_alone()
            finally:
                self.zygote.stdin.close()
                self.zygote.stdout.close()
                self.zygote.wait(30)
        self._judge()
        return self.report

    def _prepare(self) -> None:
        house = open_house(self.order)
        house.store.upgrade()
        with house.store.write() as session:
            for n in range(MAILS):
                subscriptions.keep(session, _wants(f"mail{n}", Way.MAIL), START)
            for n in range(DIGESTS):
                subscriptions.keep(session, _wants(f"digest{n}", Way.MAIL, rhythm=Rhythm.DAILY, hour=8 + 6 * n), START)
            for n in range(HOOKS):
                address = f"http://127.0.0.1:{self.web.port}/hook{n}"
                subscriptions.keep(session, _wants(f"hook{n}", Way.WEBHOOK, address=address, secret="s"), START)
        house.store.close()

    def _kill_and_kill(self, kills: int) -> None:
        for _ in range(2):  # the first one waits until everything is loaded; the second tells how long a job takes
            self.lasted.clear()
            self._job()
        names = list(STEPS)
        while self._goes_on(kills):
            turn = self.report.jobs
            if turn % 2:
                step = names[(turn // 2) % len(names)]
                self._job(step=step, nth=self.random.randint(1, STEPS[step][3]))
            else:
                self._job(after=self.random.uniform(0, 1.3) * statistics.median(self.lasted))

    def _goes_on(self, kills: int) -> bool:
        """Until there were enough kills and every step was among them; a job may end before it comes to its step."""
        every_step = kills < len(STEPS) or set(STEPS) <= set(self.report.steps)
        return (self.report.kills < kills or not every_step) and self.report.jobs < 5 * kills + 50

    def _leave_alone(self) -> None:
        """Until nothing waits any more; then a day, for the digests."""
        self.inbox.rcpt = {}
        for _ in range(4):
            self._job(events=0)
        self.now += timedelta(days=1)
        for _ in range(4):
            self._job(events=0)

    def _job(self, step: str = "", nth: int = 0, after: float = 0.0, events: int = EVENTS) -> None:
        number, self.report.jobs = self.report.jobs, self.report.jobs + 1
        self.now += TICK
        new = list(range(self.number, self.number + events))
        if events:
            self._be_moody()
        order = {**self.order, "now": self.now.isoformat(), "events": new, "step": step, "nth": nth}
        began = time.monotonic()
        self._say(order)
        child = int(self.zygote.stdout.readline())
        if after:
            _kill_after(child, after)
        status = int(self.zygote.stdout.readline())
        if status == 0 and not after:
            self.lasted.append(time.monotonic() - began)
        if status == 0:
            self.number += events  # a job that died may not have come to all of them: the next one does
        self.report.failed_jobs += status not in (0, -signal.SIGKILL)
        if status == -signal.SIGKILL:
            self.killed.add(number)
            self.report.kills += 1
            self.report.steps[step or "at a random moment"] += 1
        self._collect(number)

    def _say(self, order: dict) -> None:
        self.zygote.stdin.write(json.dumps(order) + "\n")
        self.zygote.stdin.flush()

    def _be_moody(self) -> None:
        refused = f"mail{self.random.randrange(MAILS)}@example.org"
        moody = self.random.random() < REFUSALS
        self.inbox.rcpt = {refused: "451 4.3.0 try later"} if moody else {}

    def _collect(self, number: int) -> None:
        """What was received during this job. A mail counts when it was taken, whether or not the job heard the yes."""
        time.sleep(0.01)
        mails, self.inbox.mails = self.inbox.mails, []
        to, self.inbox.recipients = self.inbox.recipients, []
        self.mails += [(number, address, mail) for address, mail in zip(to, mails, strict=True)]
        got, self.web.got = self.web.got, []
        self.hooks += [(number, path, headers["webhook-id"], body) for path, headers, body in got]

    # ---- what must be true

    def _judge(self) -> None:
        received = self._received()
        house = open_house(self.order)
        with house.store.read() as session:
            held = session.exec(select(DeliveryRow)).all()
            happened_ = session.exec(select(EventRow)).all()
            wanting = [kept.subscription.id for kept in subscriptions.listed(session)]
        house.store.close()
        self.report.events, self.report.deliveries = len(happened_), len(held)
        self.report.messages = sum(len(jobs) for jobs in received.values())
        self.report.lost += len(happened_) * len(wanting) - len(held)
        there = {row.commitment for row in happened_}
        self.report.lost += sum(f"promise{number:05}" not in there for number in range(self.number))
        for row in held:
            identity = message_id(row.message, BASE) if row.message else ""
            told = received.get((row.subscription, identity))
            self.report.lost += not told or row.state != deliveries.SENT
        for jobs in received.values():
            self.report.doubles += len(jobs) - 1
            self.report.unexplained += sum(job not in self.killed for job in jobs[:-1])
        self.report.unexplained += self._told_twice()

    def _received(self) -> dict[tuple[str, str], list[int]]:
        """Jobs by receiver and message id."""
        found: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, address, mail in self.mails:
            found[address.partition("@")[0], _header(mail, b"Message-ID")].append(number)
        for number, path, identity, _ in self.hooks:
            found[path.strip("/"), f"<{identity}>"].append(number)
        return found

    def _told_twice(self) -> int:
        """Promises that one receiver met in two different messages."""
        met: dict[tuple[str, str], set[str]] = defaultdict(set)
        for _, address, mail in self.mails:
            for promised in set(_promises(mail)):
                met[address, promised].add(_header(mail, b"Message-ID"))
        for _, path, identity, body in self.hooks:
            for event in json.loads(body)["events"]:
                met[path, event["commitment"]["id"]].add(identity)
        return sum(len(ids) - 1 for ids in met.values())


def _wants(id_: str, way: Way, **changes) -> Subscription:
    given = {"id": id_, "way": way, "address": f"{id_}@example.org", "filter": EVERYTHING, "full": False}
    return Subscription(**{**given, **changes})


def _header(mail: bytes, name: bytes) -> str:
    (line,) = [line for line in mail.split(b"\r\n") if line.startswith(name + b": ")]
    return line.partition(b": ")[2].decode()


def _promises(mail: bytes) -> list[str]:
    text = mail.replace(b"=\r\n", b"").decode()
    return [part[:12] for part in text.split("/toezeggingen/promise")[1:] if part[:5].isdigit()]


def _kill_after(child: int, seconds: float) -> None:
    """By a handle on that very process, so that no other can be hit when it has ended already."""
    try:
        handle = os.pidfd_open(child)
    except ProcessLookupError:
        return
    try:
        time.sleep(seconds)
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        os.close(handle)


def run(kills: int, seed: int, sabotage: bool = False, say: Callable[[str], None] = print) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        report = Harness(Path(folder), seed, sabotage).run(kills)
    say(json.dumps(report.shown()))
    return report


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--zygote", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.zygote:
        zygote()
        return
    report = run(given.kills, given.seed, say=print if given.json else lambda _: None)
    if not given.json:
        for name, value in report.shown().items():
            print(f"{name:12} {value}")
    sys.exit(bool(report.lost or report.unexplained or report.failed_jobs))


if __name__ == "__main__":
    main()
