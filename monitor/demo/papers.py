"""What appears in the demo: the real papers of ``seeds/history.toml`` and some hundred ordinary ones beside them.

Pure but for reading the two seed files. How a paper is shown by which source is `kamer`, `bekendmakingen`, `others`.
"""

import random
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any

MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
ORDINARY = 360
SEED = 20220902  # of the chance that makes the ordinary papers: the same at every run
AT_NOON = time(10, 0)  # UTC: papers appear around noon in Amsterdam
LATER = timedelta(hours=20)  # the official publication follows the Kamer's own the next morning


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One published paper. number: its place among all, for ids. at: names of the sources that show it."""

    number: int
    day: date
    at: tuple[str, ...]
    title: str
    kind: str = ""
    text: str = ""
    d: str = ""
    z: str = ""
    kst: str = ""
    ah: str = ""
    question: str = ""
    dossier_title: str = ""
    office: str = ""
    person: str = ""
    asked_by: str = ""
    project: str = ""
    handle: str = ""
    issued: date | None = None
    url: str = ""

    @property
    def official(self) -> str:
        return self.kst or self.ah

    @property
    def dossier(self) -> str:
        return self.kst.removeprefix("kst-").rpartition("-")[0]

    @property
    def serial(self) -> str:
        return self.kst.rpartition("-")[2]

    def shown_at(self, source: str) -> datetime:
        """When a source shows it, aware UTC."""
        noon = datetime.combine(self.day, AT_NOON, UTC)
        only_official = source == "officielebekendmakingen" and "tweedekamer" in self.at
        return noon + LATER if only_official else noon


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Days on which a source answers 503; both included."""

    source: str
    first: date
    last: date

    def holds(self, source: str, now: datetime) -> bool:
        return source == self.source and self.first <= now.date() <= self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    papers: tuple[Paper, ...]
    outages: tuple[Outage, ...]


def history() -> History:
    """The real papers and the ordinary ones in order of appearance, and the outages."""
    table = tomllib.loads(_seed_file("history.toml"))
    real = [_paper(number, entry) for number, entry in enumerate(table["paper"], 1)]
    ordinary = list(_ordinary(len(real) + 1, table["ordinary"]))
    outages = tuple(Outage(source=o["source"], first=o["from"], last=o["to"]) for o in table.get("outage", ()))
    return History(papers=tuple(sorted(real + ordinary, key=lambda p: (p.day, p.number))), outages=outages)


def _seed_file(name: str) -> str:
    return (files("seeds") / name).read_text(encoding="utf-8")


def _paper(number: int, entry: Mapping[str, Any]) -> Paper:
    known = {name: value for name, value in entry.items() if name in Paper.__dataclass_fields__}
    text = _seed_file("letter-2022Z10980.txt") if entry.get("seed") else entry.get("text", "")
    return Paper(**{**known, "number": number, "at": tuple(entry["at"]), "text": " ".join(text.split(" ")).strip()})


FIRST, LAST = date(2022, 9, 5), date(2025, 7, 28)


def _ordinary(number: int, table: Mapping[str, Any]) -> Iterator[Paper]:
    chance = random.Random(SEED)
    serials: dict[str, int] = {}
    for n in range(number, number + ORDINARY):
        day = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        day -= timedelta(days=max(0, day.weekday() - 4))
        subject, form = chance.choice(table["subject"]), chance.choice(table["forms"])
        text = " ".join(chance.sample(table["sentences"], 4)).format(subject=subject["name"])
        serials[subject["dossier"]] = serials.get(subject["dossier"], 5000) + 1  # numbers that no real paper has
        yield _made_up(n, day, subject, form, text, serials[subject["dossier"]])


def _made_up(
    number: int, day: date, subject: Mapping[str, str], form: Mapping[str, str], text: str, serial: int
) -> Paper:
    answer = form["kind"].startswith("Antwoord")
    return Paper(
        number=number,
        day=day,
        at=("tweedekamer", "officielebekendmakingen"),
        kind=form["kind"],
        title=form["title"].format(subject=subject["name"]),
        text=text,
        d=f"{day.year}D9{number:04d}",
        kst="" if answer else f"kst-{subject['dossier']}-{serial}",
        ah=f"ah-tk-{day.year}{day.year + 1}-9{number:03d}" if answer else "",
        question=f"{day.year}Z9{number:04d}" if answer else "",
        dossier_title=subject["dossier_title"],
        office=subject["office"],
    )
