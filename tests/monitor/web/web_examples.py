"""Promises in every standing, a letter with its text, papers, and a reviewer: what the pages are tested with."""

import re
from datetime import UTC, date, datetime

from monitor_examples import START, document, happened, keep, keeping, promise, record

from monitor.accounts import hash_password
from monitor.store import documents, users
from monitor.store.users import User
from rules.commitment import Actor, Place, Status
from rules.deadline import Deadline, Precision
from rules.event import EventKind, Evidence
from sources.document import Kind

BASE = "http://127.0.0.1:8080"
PASSWORD = "een lang wachtwoord"
HASHED = hash_password(PASSWORD)
QUOTE = "Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden langs provinciale wegen."
LETTER = f"Geachte voorzitter,\n\nHet is druk.\n{QUOTE}\n\nHoogachtend"
EVIL = '<script>alert("x")</script>\x00 & "quote\''
LATER = datetime(2023, 7, 10, 7, tzinfo=UTC)


def until(*day):
    return {"deadlines": (Deadline(text="uiterlijk", latest=date(*day), precision=Precision.DAY, rule="day"),)}


def letter():
    return document(
        "letter:1", source="letter", kind=Kind.ANSWER, title="Brief over fietspaden", text=LETTER,
        identifiers=("2023D00001",), published_on=date(2023, 2, 1), url="https://example.org/1",
    )  # fmt: skip


def others():
    """One promise for each standing that a list can show, seen on `LATER`."""
    finance = {"ministry": "Financiën", "actor": Actor(office="minister van Financiën", person="C. Bakker")}
    evil = {"actor": Actor(office=EVIL, person=EVIL), "addressee": EVIL, "ministry": EVIL, "deadlines": ()}
    told = [
        ("overdue222", "Ik stuur u voor 1 april de evaluatie van de bankenwet.", until(2023, 3, 31) | finance),
        ("soon222222", "Ik stuur u voor 15 juli de nota over de schatkist.", until(2023, 7, 15) | finance),
        ("unread2222", "Ik stuur u voor 9 juli de lijst van subsidies.", until(2023, 7, 8) | finance),
        ("undated222", "Ik ga in gesprek over bruggen.", {"deadlines": (), "references": ("dossier:32761",)}),
        ("proposed22", "Wellicht kom ik hierop terug.", {"status": Status.PROPOSED, "confidence": 0.3}),
        ("evil222222", EVIL, evil),
    ]
    return [promise(id_, quote=quote, **given) for id_, quote, given in told]


def fill(house):
    start = START.replace(month=2, day=1)
    with house.store.write() as session:
        user = User(name="Anna de Wit", role="reviewer", password=HASHED)
        users.keep(session, user, start)
        for paper in (letter(), keeping(), document("tweedekamer:echo", title="Nieuws over fietspaden")):
            documents.see(session, documents.Arrival(document=paper), start)
    start_at(house, start)
    quote_at = LETTER.index(QUOTE)
    place = Place(
        document="letter:1", url="https://example.org/1", title="Brief over fietspaden", start=quote_at,
        end=quote_at + len(QUOTE),
    )  # fmt: skip
    keep(house, promise(places=(place,), context=LETTER.replace("\n", " ")), *others())
    reasons = (Evidence(signal="words", weight=0.6, text="zelfde zeldzame woorden: fietspaden"),)
    kept = happened(EventKind.FULFILLED, document="tweedekamer:plan", at=START, published_on="2023-03-02")
    follow = happened(EventKind.FOLLOW_UP, "undated222", document="tweedekamer:echo", at=START)
    made = happened(EventKind.MADE, document="letter:1", at=start)
    record(
        house,
        made,
        scored(kept, 0.93, reasons),
        scored(follow, 0.5, reasons),
        happened(EventKind.OVERDUE, "overdue222", subject="2023-03-31", at=START, latest="2023-03-31"),
    )
    start_at(house, LATER)


def start_at(house, moment):
    house.clock.now = moment


def scored(event, score, reasons):
    fields = {name: getattr(event, name) for name in type(event).__dataclass_fields__}
    return type(event)(**{**fields, "score": score, "reasons": reasons})


def token_in(page):
    return re.search(r'name="token" value="([^"]+)"', page)[1]
