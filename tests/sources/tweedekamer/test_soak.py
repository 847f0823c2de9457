"""Ten thousand polls of a Kamer that publishes, changes and removes, over a line that fails in every way.

What the polls brought must in the end be exactly what was published: nothing lost, nothing that should be gone.
"""

import random
from datetime import UTC, datetime

from kamer import BASE, Kamer

from sources.document import Document
from sources.http import Response
from sources.source import Cursor, Refused, SourceError, Unreachable
from sources.tweedekamer import TweedeKamer

NOW = datetime(2024, 7, 1, 9, tzinfo=UTC)
POLLS = 10_000
PAPERS = 60
KINDS = ("Brief regering", "Antwoord schriftelijke vragen", "Motie", "Mededeling (uitstel antwoord)", "Hologram")
STATES = ("Openstaand", "Voldaan", "Deels Afgedaan", "Vervallen", "Onder de loep")
FAULTS = (
    Unreachable("no answer"),
    Refused("500", status=500),
    Refused("503", status=503, retry_after=5),
    Response(url="x", status=200, content=b"<html><body>Guru Meditation</body></html>"),
    Response(url="x", status=200, content=b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>half"),
    Response(url="x", status=200, content=b"<Error><Message>An error has occurred.</Message></Error>"),
    Response(url="x", status=200, content=b'{"error": {"code": "", "message": "An error has occurred."}}'),
    Response(url="x", status=200, content=b""),
)
PLACES = (
    "SyncFeed",
    "Toezegging",
    "category=Document&",
    "category=DocumentActor",
    "category=Zaak&",
    "OData",
    "Entiteiten",
)


class Publisher:
    """Publishes at random; numbers: papers from 100, signatories + 1,000, cases + 2,000, promises + 3,000."""

    def __init__(self, kamer: Kamer, dice: random.Random) -> None:
        self.kamer, self.dice = kamer, dice
        kamer.put("Kamerstukdossier", 1, {"nummer": "32761"})
        kamer.put("Activiteit", 2, {"nummer": "2024A00002", "datum": "2024-03-18T00:00:00", "soort": "Commissiedebat"})

    def act(self) -> None:
        n = 100 + self.dice.randrange(PAPERS)
        self.dice.choices(
            (self.paper, self.signatory, self.case, self.promise, self.remove, self.retouch), (4, 3, 2, 3, 1, 1)
        )[0](n)

    def paper(self, n: int) -> None:
        values = {
            "documentNummer": f"2024D{n:05}",
            "soort": self.dice.choice(KINDS),
            "onderwerp": f"Stuk {self.dice.random()}",
            "datum": "2024-06-28T00:00:00",
            "volgnummer": str(n),
        }
        self.kamer.put("Document", n, values, zaak=n + 2000, kamerstukdossier=1)

    def signatory(self, n: int) -> None:
        values = {"functie": f"minister voor {self.dice.randrange(99)}", "relatie": "Eerste ondertekenaar"}
        self.kamer.put("DocumentActor", n + 1000, values, document=n)

    def case(self, n: int) -> None:
        values = {
            "nummer": f"2024Z{n:05}",
            "soort": "Schriftelijke vragen",
            "onderwerp": "Vragen",
            "afgedaan": str(n % 2 == 0),
        }
        if n + 2000 > 2000 + 100 + PAPERS // 2:
            values["soort"] = "Brief regering"
        self.kamer.put("Zaak", n + 2000, values)
        if _guid(n) in self.kamer.entities:
            self.kamer.touch(n)  # the Kamer publishes a paper again when its cases change

    def promise(self, n: int) -> None:
        values = {
            "nummer": f"TZ202403-{n}",
            "status": self.dice.choice(STATES),
            "tekst": f"Ik stuur brief {self.dice.random()}.",
        }
        self.kamer.put("Toezegging", n + 3000, values, activiteit=2)

    def remove(self, n: int) -> None:
        kind, number = self.dice.choice((("Document", n), ("Toezegging", n + 3000)))
        self.kamer.put(kind, number, deleted=True)

    def retouch(self, n: int) -> None:
        for other in range(n, min(n + 10, 100 + PAPERS)):
            if _guid(other) in self.kamer.entities and not self.kamer.entities[_guid(other)].deleted:
                self.kamer.touch(other)


def _guid(n: int) -> str:
    return f"{n:08x}-0000-4000-8000-{n:012x}"


def read(source: TweedeKamer, cursor: Cursor, store: dict[str, Document], stop: int = 10_000) -> Cursor:
    """Poll as the monitor does: a page's documents first, then its cursor; killed after some pages."""
    try:
        for count, page in enumerate(source.poll(cursor, NOW), 1):
            store |= {document.key: document for document in page.documents}
            cursor = page.cursor
            if count == stop:
                break
    except SourceError:
        pass
    return cursor


def shown(store: dict[str, Document]) -> dict[str, str]:
    return {key: document.fingerprint for key, document in store.items() if not document.withdrawn}


def test_ten_thousand_polls_with_random_faults_end_with_what_was_published():
    dice = random.Random(32761)
    kamer = Kamer(per_page=20)
    publisher = Publisher(kamer, dice)
    source = TweedeKamer(kamer, base_url=BASE, start="1000")
    cursor, store = Cursor(), dict[str, Document]()
    for _ in range(POLLS):
        for _ in range(dice.choice((0, 0, 0, 1, 3))):
            publisher.act()
        kamer.odata_works = dice.random() > 0.1
        kamer.faults = [(dice.choice(PLACES), dice.choice(FAULTS)) for _ in range(dice.choice((0, 0, 0, 1, 2, 6)))]
        if dice.random() < 0.02:
            source = TweedeKamer(kamer, base_url=BASE, start="1000")
        cursor = read(source, cursor, store, dice.choice((1, 2, 10_000, 10_000, 10_000)))
        kamer.asked.clear()
    kamer.faults, kamer.odata_works = [], True
    for _ in range(3):
        cursor = read(source, cursor, store)
    published: dict[str, Document] = {}
    read(TweedeKamer(kamer, base_url=BASE, start="1000"), Cursor(), published)
    assert len(shown(published)) > 100
    assert shown(store) == shown(published)
    live = {e.id for e in kamer.entities.values() if not e.deleted and e.kind in ("Document", "Toezegging")}
    assert live <= {key.partition(":")[2] for key in shown(store)}
    gone = {f"tweedekamer:{e.id}" for e in kamer.entities.values() if e.deleted}
    assert gone <= store.keys()
    assert all(store[key].withdrawn for key in gone)
