"""How fast a thousand feeds are polled: ours next to urlwatch, on the same loopback server in the same run.

    python -m benchmarks.polling --json [--quick] [--feeds 1000] [--rounds 5]

The server answers each request after 20 milliseconds. Half of the feeds know their ETag and answer 304 when nothing
changed, the other half always send the whole feed; in every round a twentieth of all feeds has a new item. Feeds are
spread over hosts of two feeds each (addresses in 127/8). Ours is the real pass (`nakoming poll`):
`monitor.side_by_side.poll_all` with a SQLite store, at the shipped pace per host. urlwatch runs as it comes, with its
own cache and its own ten threads. Each has a process of its own; the rounds are interleaved and a second apart (so
that none waits for the pace of the one before), the first (cold) one is told apart, figures are medians.
Every round is checked: ours stored exactly the items that were new, nobody skipped a feed, and no host saw more
requests in any second than the pace allows.
"""

import argparse
import asyncio
import json
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, ClassVar
from urllib.request import urlopen

from monitor.house import House, open_house
from monitor.settings import Settings
from monitor.side_by_side import THREADS, poll_all

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATENCY = 0.02
ITEMS = 10
WORDS = "De minister schrijft over het onderzoek. " * 8
FEEDS_A_HOST = 2
PACE = Settings.model_fields["pace_per_second"].default
CHANGING = 20  # one feed in so many has a new item in a round


def host(feed: int) -> str:
    number = feed // FEEDS_A_HOST + 2
    return f"127.0.{number // 250}.{number % 250 + 1}"


def address(feed: int, port: int) -> str:
    return f"http://{host(feed)}:{port}/feed/{feed}"


# ---- the server, in a process of its own


def edition(feed: int, number: int) -> int:
    """How many items the feed has published beyond its first ten, by a round."""
    return sum(feed % CHANGING == turn % CHANGING for turn in range(1, number + 1))


@cache
def body(feed: int, published: int) -> bytes:
    """The newest ten items, as ordinary RSS; made once, so that the server takes little from those it serves.

    published: how many items beyond its first ten.
    """
    newest = published + ITEMS
    items = "".join(
        f"<item><title>Bericht {n} over toezegging en beleid</title><link>https://voorbeeld.nl/{feed}/{n}</link>"
        f"<guid isPermaLink='false'>{feed}-{n}</guid><description>{WORDS}</description>"
        f"<pubDate>Mon, {n % 28 + 1:02d} Dec 2025 08:00:00 GMT</pubDate></item>"
        for n in range(newest, newest - ITEMS, -1)
    )
    head = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Nieuws</title>'
    return f"{head}<link>https://voorbeeld.nl/{feed}</link>{items}</channel></rss>".encode()


class Server(asyncio.Protocol):
    """As much HTTP as this needs. `/round/N` sets the round, `/counts` tells what each host saw since."""

    number = 0
    seen: ClassVar[dict[str, list[float]]] = defaultdict(list)
    statuses: ClassVar[Counter[int]] = Counter()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.received = b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            lines = head.decode("latin-1").split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
            self.answer(lines[0].split(" ")[1], headers)

    def answer(self, path: str, headers: dict[str, str]) -> None:
        kind, _, rest = path.strip("/").partition("/")
        if kind == "round":
            Server.number = int(rest)
            self.tell()
        elif kind == "counts":
            self.tell()
        else:
            self.seen[self.transport.get_extra_info("sockname")[0]].append(time.monotonic())
            status, extra, content = self.feed(int(rest), headers) if kind == "feed" else (404, "", b"")
            Server.statuses[status] += kind == "feed"
            asyncio.get_running_loop().call_later(LATENCY, self.send, status, extra, content)

    def feed(self, feed: int, headers: dict[str, str]) -> tuple[int, str, bytes]:
        if feed % 2:
            return 200, "Content-Type: application/rss+xml\r\n", body(feed, edition(feed, self.number))
        etag = f'"{feed}-{edition(feed, self.number)}"'
        if headers.get("if-none-match") == etag:
            return 304, f"ETag: {etag}\r\n", b""
        return 200, f"Content-Type: application/rss+xml\r\nETag: {etag}\r\n", body(feed, edition(feed, self.number))

    def tell(self) -> None:
        """Requests by status, and the most that one host saw within one second; then forget."""
        most = 0
        for moments in self.seen.values():
            for n, moment in enumerate(moments):
                most = max(most, sum(later - moment < 1.0 for later in moments[n:]))
        told = {"statuses": dict(self.statuses), "most_a_second": most, "hosts": len(self.seen)}
        self.seen.clear()
        Server.statuses.clear()
        self.send(200, "Content-Type: application/json\r\n", json.dumps(told).encode())

    def send(self, status: int, extra: str, content: bytes) -> None:
        length = "" if status == 304 else f"Content-Length: {len(content)}\r\n"
        self.transport.write(f"HTTP/1.1 {status} X\r\n{extra}{length}\r\n".encode() + content)


async def _serve() -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Server, "0.0.0.0", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


# ---- who polls, each in a process of its own: a line in is a round, a line out is what it took


def _rounds(play: Callable[[int], dict[str, Any]]) -> None:
    print("ready", flush=True)
    for line in sys.stdin:
        start = time.perf_counter()
        told = play(int(line))
        seconds = time.perf_counter() - start
        kept = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(json.dumps({**told, "seconds": seconds, "most_kb": kept, "now_kb": _resident_kb()}), flush=True)


def _resident_kb() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() // 1024


def _ours(port: int, feeds: int, folder: Path) -> None:
    catalogue = folder / "sources.toml"
    catalogue.write_text(
        "".join(f'[feed{n}]\nkind = "feed"\nbase_url = "{address(n, port)}"\nrobots = false\n' for n in range(feeds))
    )
    house = open_house(Settings(data_dir=folder, sources_file=catalogue), lambda: NOW)

    def play(number: int) -> dict[str, Any]:
        now = NOW + timedelta(hours=number)
        records = poll_all(house, house.sources, now)
        failed = [record.error for record in records if record.error]
        assert not failed, failed[0]
        return {"news": sum(record.news for record in records)}

    _rounds(play)
    _close(house)


def _close(house: House) -> None:
    house.close()
    house.fetcher.close()


def _urlwatch(port: int, feeds: int, folder: Path) -> None:
    from urlwatch.config import BaseConfig  # a peer that may not be installed
    from urlwatch.main import Urlwatch
    from urlwatch.storage import CacheMiniDBStorage, UrlsYaml, YamlConfigStorage

    urls, config, cache = (folder / name for name in ("urls.yaml", "config.yaml", "cache.db"))
    urls.write_text("\n---\n".join(f"url: {address(n, port)}" for n in range(feeds)))
    YamlConfigStorage.write_default_config(str(config))
    given = BaseConfig("urlwatch", str(folder), str(config), str(urls), str(cache), str(folder / "hooks.py"), False)
    given.joblist, given.tags, given.tag_set, given.idx_set, given.edit_hooks, given.edit = (
        [],
        [],
        set(),
        set(),
        False,
        False,
    )
    storage = CacheMiniDBStorage(str(cache))

    def play(_: int) -> dict[str, Any]:
        watch = Urlwatch(given, YamlConfigStorage(str(config)), storage, UrlsYaml(str(urls)))
        start = time.perf_counter()
        watch.run_jobs()
        verbs = Counter(state.verb for state in watch.report.job_states)
        assert not verbs["error"], verbs
        return {"verbs": dict(verbs), "run": time.perf_counter() - start}

    _rounds(play)
    storage.close()


class Worker:
    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.first = self.line()

    def line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def play(self, number: int) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{number}\n")
        self._process.stdin.flush()
        return dict(json.loads(self.line()))


@contextmanager
def worker(*arguments: object) -> Iterator[Worker]:
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.polling", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Worker(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(20)


def _control(port: int, path: str) -> dict[str, Any]:
    with urlopen(f"http://127.0.0.1:{port}{path}") as answer:
        return dict(json.load(answer))


# ---- the run


def measure(feeds: int, rounds: int) -> dict[str, list[dict[str, Any]]]:
    names = ["ours", *(["urlwatch"] if _installed("urlwatch") else [])]
    told: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    with ExitStack() as stack:
        port = int(stack.enter_context(worker("--role", "server")).first)
        players = {}
        for name in names:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            players[name] = stack.enter_context(
                worker("--role", name, "--port", port, "--feeds", feeds, "--folder", folder)
            )
        for number in range(rounds + 1):
            for name in names if number % 2 else reversed(names):
                _control(port, f"/round/{number}")
                time.sleep(1)
                result = {**players[name].play(number), **_control(port, "/counts")}
                assert sum(result["statuses"].values()) == feeds, (name, result)
                told[name].append(result)
                if name == "ours":
                    _check(result, feeds, number)
    return told


def _check(result: dict[str, Any], feeds: int, number: int) -> None:
    new = feeds * ITEMS if number == 0 else sum(feed % CHANGING == number % CHANGING for feed in range(feeds))
    assert result["news"] == new, (number, result["news"], new)
    assert result["most_a_second"] <= PACE, result


def report(feeds: int, rounds: int) -> dict[str, Any]:
    told = measure(feeds, rounds)
    figures = {name: _figures(rows, feeds) for name, rows in told.items()}
    peers = {name: rows for name, rows in figures.items() if name != "ours"}
    missing = [] if peers else ["urlwatch"]
    return {
        "what": "feeds polled per second: half 304, half 200, one in twenty with a new item, 20 ms latency",
        "sizes": {
            "feeds": feeds,
            "items": ITEMS,
            "rounds": rounds,
            "hosts": told["ours"][0]["hosts"],
            "pace": PACE,
            "threads": THREADS,
        },
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("requests", "feedparser", *peers)},
        },
        "ours": figures["ours"],
        "peers": peers,
        "ratios": {
            name: round(figures["ours"]["feeds_per_second"] / rows["feeds_per_second"], 2)
            for name, rows in peers.items()
        },
        "not_installed": missing,
    }


def _figures(rows: list[dict[str, Any]], feeds: int) -> dict[str, Any]:
    warm = rows[1:]
    return {
        "feeds_per_second": round(feeds / statistics.median(row.get("run", row["seconds"]) for row in warm), 1),
        "cold_feeds_per_second": round(feeds / rows[0].get("run", rows[0]["seconds"]), 1),
        "answers": warm[-1]["statuses"],
        "most_requests_a_second_to_one_host": max(row["most_a_second"] for row in rows),
        "memory_kb": warm[-1]["now_kb"],
        "grown_kb": warm[-1]["now_kb"] - warm[0]["now_kb"],
    }


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--quick", action="store_true", help="end within 50 seconds")
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--role", choices=("server", "ours", "urlwatch"), help=argparse.SUPPRESS)
    parser.add_argument("--port", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.role == "server":
        asyncio.run(_serve())
    elif given.role:
        {"ours": _ours, "urlwatch": _urlwatch}[given.role](given.port, given.feeds, given.folder)
    else:
        result = report(150 if given.quick else given.feeds, given.rounds)
        print(json.dumps(result) if given.json else json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
