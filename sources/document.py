"""The nouns of the bottom floor: `Document`, `Letter` and `Section`.

Pure and importable by every floor above. No requests, no parsing of formats: the readers in
`sources.readers` and the sources themselves make these nouns, this module only says what they are.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    """What sort of paper a document is, in one vocabulary for all sources.

    The source's own word is kept in `Document.facts["kind"]`; a word that no source module
    knows becomes `OTHER`, never an error (registers grow new words without notice).
    """

    LETTER = "letter"  # Kamerbrief, Brief regering
    ANSWER = "answer"  # antwoord op Kamervragen, lijst van vragen en antwoorden
    POSTPONEMENT = "postponement"  # mededeling: uitstel van antwoord
    QUESTION = "question"  # Kamervragen, lijst van vragen
    REPORT = "report"  # rapport, onderzoek, evaluatie
    ANNEX = "annex"  # bijlage
    MOTION = "motion"  # motie, amendement
    DEBATE = "debate"  # Handelingen, verslag van een commissiedebat
    BILL = "bill"  # wetsvoorstel, memorie van toelichting
    REGISTER = "register"  # a row of a register of toezeggingen
    NEWS = "news"  # nieuwsbericht
    PAGE = "page"  # a watched web page
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One published thing, as one source shows it.

    key: stable within and across runs: ``"<source>:<the source's own id>"``.
    identifiers: canonical ids of this very paper (``kst-32761-304``, ``2024D27797``, ``TZ202412-116``,
        ``wodc:3301``), as `sources.references` writes them; two documents that share one are the same paper.
    references: canonical ids of other papers, dossiers (``dossier:32761``) and projects it mentions.
    published_on: the business date, an Amsterdam calendar day; None when the source gives none.
    office: the office that signed (``Minister voor Rechtsbescherming``), not the person.
    facts: what the source itself states, by name (``status``, ``fulfils``, ``ministry``, ``kind``, ``dossier``);
        several values are joined by ``"|"``.
    withdrawn: the source says that it is gone; such a document is news too.
    modified_at: when it became visible in this form, aware UTC.
    """

    key: str
    source: str
    kind: Kind = Kind.OTHER
    title: str
    text: str = ""
    url: str = ""
    identifiers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    published_on: date | None = None
    office: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    withdrawn: bool = False
    modified_at: datetime | None = None

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over what a reader sees; layout, letter case and times of re-publication do not count."""
        seen = [self.title, self.text, self.kind, str(self.published_on or ""), self.office, str(self.withdrawn)]
        seen += [f"{name}={value}" for name, value in sorted(self.facts.items()) if value]
        folded = "\x1f".join(fold(part) for part in seen)
        return hashlib.sha256(folded.encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of a letter's text. start/end count characters in `Letter.text`.

    role: ``heading`` (letterhead, subject), ``question``, ``answer``, ``body``, ``footnote``, ``annex``,
        ``speech`` or ``closing``.
    label: the number as written (``"3"``, ``"3 en 4"``) or the speaker.
    """

    role: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A document read as a letter: who wrote what to whom and when, and its text cut into sections.

    text: the clean text; every offset of a commitment counts in it. For a .txt file it is the file's own text.
    written_on: the day that terms are reckoned from; None when neither the letter nor the caller names one.
    sender: office(s) and person as the letter has them; cosigners: "mede namens" offices.
    questions: numbers of the parliamentary questions (``2022Z10980``); identifiers/references as in `Document`.
    language: ``nl`` or another ISO 639-1 code when the text is clearly not Dutch.
    notes: what a reader must know of the reading ("repaired mojibake", "no date found"), in plain English.
    """

    text: str
    title: str = ""
    written_on: date | None = None
    reference: str = ""
    sender: str = ""
    sender_person: str = ""
    cosigners: tuple[str, ...] = ()
    addressee: str = ""
    subject: str = ""
    questions: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    url: str = ""
    language: str = "nl"
    notes: tuple[str, ...] = ()


def fold(text: str) -> str:
    """The text as a reader compares it: NFKC, one space between words, case ignored."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()
