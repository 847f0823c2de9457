"""The seed letter's promises against every paper of its history (``seeds/history.toml``), judged one by one.

No rule knows this letter; what is right for it must follow from rules that are right for all. The words around a
promise (its context) help to recognise a paper, but a paper that shares only the context does not keep the promise.
"""

import tomllib
from datetime import UTC, datetime, time
from importlib.resources import files

import pytest

from monitor.demo.papers import history
from monitor.letters import seed_letter
from rules.calendar import Calendar
from rules.extraction import extract
from rules.index import Index
from rules.judging import judge
from rules.life import apply
from rules.policy import Policy
from rules.tracking import track
from sources.document import Document
from sources.papers import kind_named

POLICY = Policy()
NAMES = {
    "Wetenschappelijk": "research",
    "Gemeenten (VNG)": "talks",
    "register": "register",
    "werkagenda": "agenda",
    "Raadsleden": "council",
}


def address(paper):
    if paper.project:
        return f"https://repository.wodc.nl/handle/{paper.handle}"
    return f"https://zoek.officielebekendmakingen.nl/{paper.official}.html"


def document(paper, *, with_text=True):
    own = tuple(i for i in (paper.official, paper.d) if i)
    return Document(
        key=f"x:{paper.official or paper.d or paper.z or paper.url or paper.project}",
        source=paper.at[0],
        kind=kind_named(paper.kind) or "other" if paper.kind else "news" if paper.url else "report",
        title=paper.title,
        text=paper.text if with_text else "",
        url=paper.url or address(paper),
        identifiers=own or ((f"wodc:{paper.project}",) if paper.project else ()),
        references=(f"dossier:{paper.dossier}",) if paper.dossier else (),
        published_on=paper.day,
        office=paper.office[:1].upper() + paper.office[1:],
        facts={"dossier": paper.dossier, "dossier_title": paper.dossier_title} if paper.dossier else {},
    )


@pytest.fixture(scope="module")
def events():
    """(promise, kind of event, paper, step) for the whole history, first with the title only, then with the text."""
    entry = tomllib.loads((files("seeds") / "letters.toml").read_text(encoding="utf-8"))["letter"][0]
    letter, own = seed_letter(entry)
    held = {c.id: c for c in (track(found, letter, own, POLICY) for found in extract(letter, Calendar()))}
    names = {id_: next(name for word, name in NAMES.items() if word in c.quote) for id_, c in held.items()}
    index, seen, happened = Index(held.values()), set(), []
    for paper in history().papers:
        for with_text in (False, True):
            told = document(paper, with_text=with_text)
            now = datetime.combine(paper.day, time(12), UTC)
            for event in judge(index.matches(told), told, held, POLICY, now):
                if event.key in seen:
                    continue
                seen.add(event.key)
                held[event.commitment] = apply(held[event.commitment], event)
                index.add(held[event.commitment])
                happened.append((names[event.commitment], event.kind.value, told.key[2:], event.data.get("step", "")))
    return happened


def of(events, *kinds):
    return [(name, paper) for name, kind, paper, _ in events if kind in kinds]


def test_what_was_kept_is_said_and_nothing_else(events):
    assert of(events, "fulfilled", "partly") == [("agenda", "kst-26643-940"), ("research", "kst-32761-261")]


def test_the_reaction_is_a_later_step_of_the_promise_that_was_kept(events):
    assert ("research", "kst-32761-304", "reaction") in [
        (name, paper, step) for name, kind, paper, step in events if kind in ("follow_up", "progress")
    ]


def test_nothing_postpones_a_promise_that_it_is_not_about(events):
    assert of(events, "postponed") == []


def test_people_are_not_asked_about_ordinary_papers(events):
    asked = of(events, "follow_up", "progress")
    ordinary = [(name, paper) for name, paper in asked if "-50" in paper or "-9" in paper]
    assert len(ordinary) <= 3, ordinary
    assert len(asked) <= 10, asked
