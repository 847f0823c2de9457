"""Readers: a file in any of the forms in which letters come, as a `Letter`.

`read_letter` and `text_of` take bytes and say `Unreadable` in one line for what cannot be read; `as_document` makes a
letter a `Document`. One module for each format, `days`, `offices`, `head` and `parts` for what the words say. Pure but
for the parsers: nothing is fetched, no clock is read. Not inside: what a sentence promises (`rules.extraction`).
"""

import hashlib
import re
from collections.abc import Callable
from datetime import date

from sources.cleaning import identifiers_in_address, unique
from sources.document import Document, Kind, Letter, Section
from sources.papers import kind_titled
from sources.readers import html_page, official_xml, pdf_file, text_file, word_file
from sources.readers.days import HEAD, TAIL, Dated, dated
from sources.readers.draft import Draft
from sources.readers.head import Head, head_of
from sources.readers.language import language_of
from sources.readers.offices import signed
from sources.readers.parts import sections_of
from sources.readers.recognise import Format, recognise
from sources.source import Unreadable

__all__ = ["Unreadable", "as_document", "read_letter", "text_of"]

FAR = 200  # days between the letter's own day and the caller's from which on one of them must be wrong
_CASE = re.compile(r"\d{4}Z\d{5}")  # the number of the questions, or of another case: never of the letter itself
_LATE = re.compile(
    r"\bniet\b[^.]{0,120}\bbinnen\sde\s(?:gebruikelijke|gestelde|daarvoor\sgestelde)\s(?:termijn|drie\sweken)"
    r"[^.]{0,120}\bbeantwoord|\bbeantwoord[^.]{0,160}\bniet\b[^.]{0,60}\bbinnen\sde\s(?:gebruikelijke|gestelde)\s"
)
_READERS: dict[Format, Callable[[bytes, str], Draft]] = {
    Format.TEXT: text_file.read,
    Format.WORD: lambda data, _: word_file.read(data),
    Format.PDF: lambda data, _: pdf_file.read(data),
    Format.PAGE: html_page.read,
    Format.XML: official_xml.read,
}


def text_of(data: bytes, *, name: str = "", content_type: str = "") -> str:
    """The clean text of a file. Raises Unreadable."""
    return _draft(data, name, content_type).text


def read_letter(
    data: bytes,
    *,
    name: str = "",
    content_type: str = "",
    url: str = "",
    written_on: date | None = None,
    sender: str = "",
    today: date | None = None,
) -> Letter:
    """A file as a letter. Raises Unreadable.

    written_on: used when the letter does not date itself; sender: who sent it, where the caller knows. today: given by
    callers that have a clock, so that a day in the future is noticed.
    """
    draft = _draft(data, name, content_type)
    text = draft.text
    named = unique(draft.facts.get("identifier", ""), *identifiers_in_address(url), *identifiers_in_address(name))
    head = head_of(text, tuple(one for one in named if not _CASE.fullmatch(one)))
    day, remarks = _day(
        dated(text, draft.facts.get("date", ""), draft.facts.get("margin", ""), draft.facts.get("published", "")),
        written_on,
    )
    signatory = signed(text, HEAD, TAIL)
    sections = sections_of(text, draft.marks)
    language = language_of(text)
    if day and today and day > today:
        remarks.append(f"dated {day}, which is still to come")
    notes = [*draft.notes, *remarks, *_remarks(language, head, signatory.office or sender, sections)]
    subject = head.subject or draft.facts.get("subject", "")
    return Letter(
        text=text,
        title=draft.facts.get("title", "") or subject or head.dossier_title,
        written_on=day,
        reference=head.reference or draft.facts.get("reference", ""),
        sender=sender or signatory.office or draft.facts.get("sender", ""),
        sender_person=signatory.person,
        cosigners=signatory.others,
        addressee=head.addressee,
        subject=subject,
        questions=head.questions,
        identifiers=head.identifiers,
        references=head.references,
        sections=sections,
        url=url,
        language=language,
        notes=tuple(notes),
    )


def as_document(letter: Letter, *, key: str, source: str, url: str = "") -> Document:
    """The letter as a published thing. key: empty to name it by its own number, or else by its text."""
    digest = hashlib.sha256(letter.text.encode("utf-8", "replace")).hexdigest()[:16]
    own = next(iter(letter.identifiers), "") or digest
    cited = (*letter.questions, *letter.references)
    dossiers = [ref.removeprefix("dossier:") for ref in letter.references[:20] if ref.startswith("dossier:")]
    facts = {
        "addressee": letter.addressee,
        "cosigners": "|".join(letter.cosigners),
        "person": letter.sender_person,
        "reference": letter.reference,
        "dossier": "|".join(dossiers[:1]),
    }
    return Document(
        key=key or f"{source}:{own}",
        source=source,
        kind=_kind(letter),
        title=letter.title or letter.subject or _by_sender(letter) or _first_line(letter.text),
        text=letter.text,
        url=url or letter.url,
        identifiers=letter.identifiers,
        references=tuple(ref for ref in unique(*cited) if ref not in letter.identifiers),
        published_on=letter.written_on,
        office=letter.sender,
        facts={name: value for name, value in facts.items() if value},
    )


def _by_sender(letter: Letter) -> str:
    """What to call a letter that names no subject, in Dutch as its pages are."""
    return f"Brief van de {letter.sender[:1].lower()}{letter.sender[1:]}" if letter.sender else ""


def _draft(data: bytes, name: str, content_type: str) -> Draft:
    kind = recognise(data, name, content_type)
    try:
        draft = _READERS[kind](data, content_type)
    except Unreadable as error:
        raise Unreadable(f"{name}: {error}" if name else str(error)) from None
    if not draft.text.strip():
        raise Unreadable(f"{name}: holds no text" if name else "the file holds no text")
    return draft


def _day(own: Dated, given: date | None) -> tuple[date | None, list[str]]:
    """The letter's own day; the caller's where the letter is not sure, or so far off that it must be another's."""
    if own.day and given and own.sure and abs((own.day - given).days) > FAR:
        return given, [f"the text is dated {own.day}, taken as of {given}"]
    if own.sure or not given:
        day = own.day
        return day, [] if day else ["no date found: terms such as 'binnen zes weken' cannot be reckoned"]
    return given, []


def _remarks(language: str, head: Head, sender: str, sections: tuple[Section, ...]) -> list[str]:
    remarks = []
    if language != "nl":
        name = "a language we do not know" if language == "und" else f"language {language}"
        remarks.append(f"not Dutch ({name}): nothing will be extracted")
    roles = {section.role for section in sections}
    if not (sender or head.addressee or head.identifiers or head.questions or roles & {"answer", "speech", "closing"}):
        remarks.append("this does not look like a letter: no sender, addressee or number found")
    return remarks


def _kind(letter: Letter) -> Kind:
    roles = {section.role for section in letter.sections}
    titled = kind_titled(letter.title or letter.subject)
    if titled is not Kind.OTHER:
        return titled
    if "speech" in roles:
        return Kind.DEBATE
    if "answer" not in roles and _LATE.search(letter.text, 0, HEAD):
        return Kind.POSTPONEMENT
    if "answer" in roles or any(name.startswith("ah-") for name in letter.identifiers):
        return Kind.ANSWER
    return Kind.LETTER if letter.sender or letter.addressee else Kind.OTHER


def _first_line(text: str) -> str:
    line = next((line.strip() for line in text.split("\n") if line.strip()), "")
    return line if len(line) <= 200 else f"{line[:199]}…"
