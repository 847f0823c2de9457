"""A promise, letters and events made up for these tests; nothing here is a real letter."""

from datetime import UTC, date, datetime

from rules.commitment import Actor, Commitment, Found, Place, Status
from rules.deadline import Deadline, Precision
from rules.event import Event, EventKind, event_key
from sources.document import Document, Kind, Letter, Section

NOW = datetime(2023, 3, 1, 9, tzinfo=UTC)
TERM = Deadline(text="voor het zomerreces", latest=date(2023, 7, 6), precision=Precision.RECESS, rule="recess")
YEARLY = Deadline(text="jaarlijks", precision=Precision.RECURRING, recurring=True, rule="recurring")
STAFF = "Anna de Wit"


def promise(**changes):
    given = {
        "id": "abc234defg",
        "quote": "Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden.",
        "actor": Actor(office="minister van Infrastructuur en Waterstaat", as_written="Ik"),
        "ministry": "Infrastructuur en Waterstaat",
        "made_on": date(2023, 2, 1),
        "places": (Place(document="tk:1", url="https://example.org/1", title="Brief"),),
        "own": ("2023D00001",),
        "deadlines": (TERM,),
    }
    return Commitment(**{**given, **changes})


def event(kind, *, at=NOW, by="machine", document="", **data):
    subject = document or at.isoformat()
    return Event(
        key=event_key("abc234defg", kind, subject),
        kind=kind,
        at=at,
        commitment="abc234defg",
        subject=subject,
        document=document,
        by=by,
        data=data,
    )


def kept(document="ob:kst-1", **changes):
    return event(EventKind.FULFILLED, document=document, **changes)


TEXT = (
    "Het plan is klaar. De provincies doen mee.\nIk stuur uw Kamer voor het zomerreces een plan voor veilige "
    "fietspaden. Daarin staat ook de fietsbrug (Kamerstuk 29 398, nr. 12). Verder heb ik geen nieuws."
)
QUOTE = "Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden."


def letter(**changes):
    given = {
        "text": TEXT,
        "written_on": date(2023, 2, 1),
        "reference": "2023d00001",
        "sender": "minister van Infrastructuur en Waterstaat",
        "sender_person": "J. de Vries",
        "addressee": "de Tweede Kamer",
        "subject": "Veilige fietspaden",
        "questions": ("2023Z00002",),
        "sections": (Section(role="body", start=0, end=len(TEXT)),),
    }
    return Letter(**{**given, **changes})


def found(**changes):
    start = TEXT.index(QUOTE)
    given = {
        "quote": QUOTE,
        "start": start,
        "end": start + len(QUOTE),
        "section": "body",
        "actor": Actor(as_written="Ik"),
        "deadline": TERM,
        "confidence": 0.9,
        "reasons": ("“ik stuur uw Kamer”",),
    }
    return Found(**{**given, **changes})


def paper(**changes):
    given = {
        "key": "tk:1",
        "source": "tweedekamer",
        "kind": Kind.LETTER,
        "title": "Brief over fietspaden",
        "url": "https://example.org/1",
        "identifiers": ("kst-29398-11",),
        "published_on": date(2023, 2, 2),
    }
    return Document(**{**given, **changes})


def row(**changes):
    facts = {
        "status": "Openstaand",
        "state": "open",
        "ministry": "Ministerie van Justitie en Veiligheid",
        "person": "A. Jansen",
    }
    given = {
        "key": "tweedekamer:toezegging-1",
        "source": "tweedekamer",
        "kind": Kind.REGISTER,
        "title": "TZ202302-001",
        "text": "De minister stuurt voor 1 juli 2023 een brief over de tolken.",
        "identifiers": ("TZ202302-001",),
        "published_on": date(2023, 2, 1),
        "office": "Minister van Justitie en Veiligheid",
        "facts": {**facts, **changes.pop("facts", {})},
    }
    return Document(**{**given, **changes})


def statuses_by_person():
    return [status for status in Status if status is not Status.OPEN]
