"""A promise, a paper and events made up for these tests; nothing here is a real letter."""

from datetime import UTC, date, datetime

from notifications.happening import Happening
from rules.commitment import Actor, Commitment, Place, Promise, Status
from rules.deadline import Deadline, Precision
from rules.event import Event, EventKind, Evidence
from sources.document import Document, Kind

BASE = "https://nakoming.example"
AT = datetime(2023, 7, 3, 9, 30, tzinfo=UTC)
HOSTILE = '<script>alert("x")</script>\r\nBcc: all@example.org\x00\x1b \u202e\ufffe@everyone & <b>'
TERM = Deadline(
    text="voor het zomerreces", earliest=None, latest=date(2023, 7, 6), precision=Precision.RECESS, rule="recess"
)


def commitment(**changes):
    given = {
        "id": "abc234defg",
        "quote": "Ik stuur uw Kamer voor het zomerreces een plan voor veilige fietspaden.",
        "action": "een plan voor veilige fietspaden sturen",
        "actor": Actor(office="Minister van Fietsen", person="J. de Vries", as_written="ik"),
        "addressee": "het lid Jansen (Partij F)",
        "ministry": "Fietsen en Wandelen",
        "kind": Promise.INFORM,
        "made_on": date(2023, 2, 1),
        "places": (
            Place(document="tk:1", url="https://example.org/brief-1", title="Brief over fietspaden", start=0, end=9),
        ),
        "own": ("2023D00001", "kst-29398-1000"),
        "references": ("dossier:29398", "2023Z00002"),
        "deadlines": (TERM,),
        "status": Status.OPEN,
    }
    return Commitment(**{**given, **changes})


def document(**changes):
    given = {
        "key": "ob:kst-29398-1042",
        "source": "officielebekendmakingen",
        "kind": Kind.LETTER,
        "title": "Plan veilige fietspaden",
        "text": "Hierbij stuur ik u het plan.",
        "url": "https://example.org/kst-29398-1042",
        "identifiers": ("kst-29398-1042",),
        "references": ("dossier:29398",),
        "published_on": date(2023, 7, 3),
        "office": "Minister van Fietsen",
    }
    return Document(**{**given, **changes})


def event(kind=EventKind.FULFILLED, **changes):
    about_paper = kind in (EventKind.FULFILLED, EventKind.PARTLY, EventKind.PROGRESS, EventKind.FOLLOW_UP)
    subject = "ob:kst-29398-1042" if about_paper else "2023-07-06"
    given = {
        "key": f"abc234defg:{kind}:{subject}",
        "kind": kind,
        "at": AT,
        "commitment": "abc234defg",
        "subject": subject,
        "document": "ob:kst-29398-1042" if about_paper else "",
        "score": 0.91 if about_paper else None,
        "reasons": (
            Evidence(signal="dossier", weight=0.2, text="beide in dossier 29398"),
            Evidence(signal="words", weight=0.6, text="zelfde zeldzame woorden: fietspaden"),
            Evidence(signal="office", weight=-0.3, text="andere afzender"),
        )
        if about_paper
        else (),
    }
    return Event(**{**given, **changes})


def happening(kind=EventKind.FULFILLED, *, promise=None, paper=None, **changes):
    happened = event(kind, **changes)
    if paper is None and happened.document:
        paper = document()
    return Happening(
        event=happened,
        commitment=promise or commitment(),
        document=paper,
        address=f"{BASE}/toezeggingen/{(promise or commitment()).id}",
    )


def source_happening(kind=EventKind.SOURCE_SILENT):
    happened = Event(key=f":{kind}:wodc:2023-07-03", kind=kind, at=AT, subject="wodc", data={"source": "WODC"})
    return Happening(event=happened, address=f"{BASE}/bronnen")
