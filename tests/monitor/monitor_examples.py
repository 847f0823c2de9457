"""An installation for tests: a clock that is set by hand, a source that publishes what it is told to, a receiver that
notes what it gets. Nothing here touches the network."""

from datetime import UTC, date, datetime, timedelta

from pydantic import SecretStr

from monitor.house import House
from monitor.settings import Settings
from monitor.store import Store, commitments, events, subscriptions
from notifications.message import Sent
from notifications.subscription import EVERYTHING, Subscription, Way
from rules.calendar import Calendar
from rules.commitment import Actor, Commitment, Place
from rules.deadline import Deadline, Precision
from rules.event import Event, EventKind, event_key
from sources.document import Document, Kind
from sources.http import Fetcher
from sources.source import Cursor, Outcome, Page, Probe

START = datetime(2023, 3, 1, 9, tzinfo=UTC)
TERM = Deadline(text="voor het zomerreces", latest=date(2023, 7, 6), precision=Precision.RECESS, rule="recess")


class Clock:
    def __init__(self, now=START):
        self.now = now

    def __call__(self):
        return self.now

    def forward(self, **amount):
        self.now += timedelta(**amount)
        return self.now


class FakeSource:
    """Publishes pages that the test lays ready; an exception among them is raised."""

    def __init__(self, name, every=timedelta(minutes=15), silent_after=timedelta(days=7)):
        self.name, self.every, self.silent_after = name, every, silent_after
        self.url = f"http://127.0.0.1/{name}"
        self.pages, self.texts, self.cursors, self.form = [], {}, [], "abc"

    def publish(self, *documents, cursor="", **page):
        self.pages.append(Page(documents=documents, cursor=Cursor({"at": cursor} if cursor else {}), **page))

    def fail(self, error):
        self.pages.append(error)

    def poll(self, cursor, now):
        self.cursors.append(cursor)
        pages, self.pages = self.pages, []
        for page in pages:
            if isinstance(page, Exception):
                raise page
            yield page
        if not pages:
            yield Page(cursor=cursor, outcome=Outcome.NOTHING)

    def backfill(self, first, last, cursor, now):
        yield from self.poll(cursor, now)

    def probe(self, now):
        if isinstance(self.form, Exception):
            raise self.form
        return Probe(items=1, fingerprint=self.form)

    def fill(self, document):
        text = self.texts.get(document.key)
        if isinstance(text, Exception):
            raise text
        return document if text is None else Document(**{**fields(document), "text": text})


def fields(document):
    return {name: getattr(document, name) for name in Document.__dataclass_fields__}


class Receiver:
    """Takes messages; `answers` are given in turn, a yes when there is none left."""

    def __init__(self, *answers):
        self.answers, self.got = list(answers), []

    def send(self, subscription, message):
        self.got.append((subscription.id, message))
        answer = self.answers.pop(0) if self.answers else Sent(ok=True)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    @property
    def subjects(self):
        return [message.subject for _, message in self.got]

    @property
    def ids(self):
        return [message.message_id for _, message in self.got]


OPENED = []  # stores to close after the test


def make_house(folder, clock, sources=None, **settings):
    made = Settings(data_dir=folder, database_url=SecretStr(f"sqlite:///{folder}/nakoming.db"), **settings)
    store = Store(made.database)
    OPENED.append(store)
    store.upgrade()
    return House(
        settings=made,
        store=store,
        calendar=Calendar(),
        policy=made.policy.policy(),
        fetcher=Fetcher(),
        sources=sources or {},
        clock=clock,
    )


def promise(id_="abc234defg", **changes):
    given = {
        "id": id_,
        "quote": "Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden langs provinciale wegen.",
        "actor": Actor(office="minister van Infrastructuur en Waterstaat", as_written="Ik"),
        "ministry": "Infrastructuur en Waterstaat",
        "made_on": date(2023, 2, 1),
        "places": (Place(document="letter:1", url="https://example.org/1", title="Brief"),),
        "own": ("2023D00001",),
        "references": ("dossier:29398",),
        "deadlines": (TERM,),
    }
    return Commitment(**{**given, **changes})


def document(key="tweedekamer:1", **changes):
    given = {
        "key": key,
        "source": "tweedekamer",
        "kind": Kind.LETTER,
        "title": "Verzamelbrief wegen",
        "text": "De provincies onderhouden hun wegen goed.",
        "url": "https://www.tweedekamer.nl/kamerstukken/brieven_regering/detail?id=2023D00002",
        "published_on": date(2023, 3, 1),
    }
    return Document(**{**given, **changes})


def keeping(key="tweedekamer:plan"):
    """A letter that plainly keeps `promise()`."""
    return document(
        key,
        title="Plan voor veilige fietspaden langs provinciale wegen",
        text="Zoals toegezegd in mijn brief van 1 februari 2023 stuur ik u hierbij het plan voor veilige fietspaden "
        "langs provinciale wegen. Hiermee doe ik mijn toezegging gestand. Kamerstuk 29 398, nr. 12.",
        identifiers=("2023D09999",),
        references=("dossier:29398", "2023D00001"),
        office="minister van Infrastructuur en Waterstaat",
        published_on=date(2023, 3, 2),
    )


def keep(house, *promises):
    with house.store.write() as session:
        for commitment in promises:
            commitments.insert(session, commitment, house.clock())
            events.record(session, happened(EventKind.MADE, commitment.id, at=house.clock()), house.clock())


def subscribe(house, id_="anna", **changes):
    given = {"id": id_, "way": Way.MAIL, "address": f"{id_}@example.org", "filter": EVERYTHING}
    with house.store.write() as session:
        subscriptions.keep(session, Subscription(**{**given, **changes}), house.clock())


def happened(kind, commitment="abc234defg", *, at=START, subject="", document="", by="machine", **data):
    return Event(
        key=event_key(commitment, kind, subject or document or at.isoformat()),
        kind=kind,
        at=at,
        commitment=commitment,
        subject=subject or document,
        document=document,
        by=by,
        data=data,
    )


def record(house, *happenings):
    with house.store.write() as session:
        return [events.record(session, event, house.clock()) for event in happenings]


def history(house, commitment="abc234defg"):
    with house.store.read() as session:
        return [event.kind.value for event in events.history(session, commitment)]


def status(house, commitment="abc234defg"):
    with house.store.read() as session:
        return commitments.get(session, commitment).status.value
