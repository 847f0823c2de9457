"""What a row of the Tweede Kamer is as a `Document`: papers, questions and meetings.

Pure. The register of toezeggingen is in `tweedekamer_register`; where rows come from, in `tweedekamer_walk`.
A document says only what its rows say: nothing of when or how they were read goes into it, so that a mass re-touch
leaves every fingerprint as it was.
"""

import re

from sources.cleaning import facts, plain, unique
from sources.document import Document, Kind, fold
from sources.references import canonical, references_in
from sources.register_words import PLENARY, kind_of
from sources.tweedekamer_rows import Row, day, is_true, number

SITE = "https://www.tweedekamer.nl"
QUESTIONS = fold("Schriftelijke vragen")
_FIRST = fold("Eerste ondertekenaar")
_WITHDRAWN_QUESTION = re.compile(r"\bingetrokken\b|\bintrekken\b|\bintrekking\b", re.IGNORECASE)


def facts_of(**stated: str) -> dict[str, str]:
    return facts(**{name: plain(value) for name, value in stated.items()})


def key_of(source: str, guid: str) -> str:
    return f"{source}:{guid}"


def tombstone(row: Row, source: str) -> Document:
    """What is left of a removed row: only which one it was, not what. Who stored it knows the rest by its key."""
    return Document(key=key_of(source, row.id), source=source, title="", withdrawn=True, modified_at=row.updated)


def unknown_words(row: Row) -> tuple[str, ...]:
    """The Soort of a paper that no table knows, as a line for the operator."""
    raw = row.one("soort")
    return (f"document kind: {raw}",) if row.entity == "document" and raw and kind_of(raw) is None else ()


def paper(row: Row, source: str) -> Document:
    """A Document of the Kamer; relations zaak, kamerstukdossier, documentactor, huidigedocumentversie come along."""
    subject = plain(row.one("onderwerp")) or plain(row.one("titel")) or plain(row.one("citeertitel"))
    kind = _kind(row, subject)
    signers = _signers(row)
    d_number = canonical(row.one("documentnummer"))
    dossiers = unique(*(_dossier(dossier) for dossier in row.related("kamerstukdossier")))
    cases = unique(*(canonical(case.one("nummer")) for case in row.related("zaak")))
    identifiers = _identifiers(row, kind, d_number)
    parents = unique(*(canonical(parent.one("documentnummer")) for parent in row.related("brondocument")))
    mentioned = (*(f"dossier:{d}" for d in dossiers), *cases, *parents, *references_in(subject))
    return Document(
        key=key_of(source, row.id),
        source=source,
        kind=kind,
        title=subject or d_number,
        url=f"{SITE}/kamerstukken/detail?id={d_number}&did={d_number}" if d_number else "",
        identifiers=identifiers,
        references=tuple(ref for ref in unique(*mentioned) if ref not in identifiers),
        published_on=day(row.one("datum")),
        office=signers[0][0] if signers else "",
        facts=_paper_facts(row, signers, dossiers, cases, parents),
        modified_at=row.updated,
    )


def _kind(row: Row, subject: str) -> Kind:
    raw = row.one("soort")
    if fold(raw) == fold("Mededeling") and "uitstel" in fold(subject):
        return Kind.POSTPONEMENT
    return kind_of(raw) or Kind.OTHER


def _paper_facts(
    row: Row,
    signers: list[tuple[str, str]],
    dossiers: tuple[str, ...],
    cases: tuple[str, ...],
    parents: tuple[str, ...],
) -> dict[str, str]:
    version = next(iter(row.related("huidigedocumentversie")), None)
    withdrawn = fold(row.one("soort")) == fold("Mededeling") and _WITHDRAWN_QUESTION.search(row.one("onderwerp"))
    return facts_of(
        kind=row.one("soort"),
        dossier="|".join(dossiers),
        dossier_title=row.one("titel"),
        case="|".join(cases),
        annex_of="|".join(parents),
        session=row.one("vergaderjaar"),
        sender_reference=row.one("kenmerkafzender"),
        person=signers[0][1] if signers else "",
        cosigners="|".join(office for office, _ in signers[1:]),
        version=version.one("versienummer") if version else "",
        file_type=version.one("extensie").lstrip(".") if version else "",
        question_withdrawn="yes" if withdrawn else "",
    )


def _identifiers(row: Row, kind: Kind, d_number: str) -> tuple[str, ...]:
    """All ids of this very paper. A case is the paper itself only for the questions that opened it."""
    own = [d_number]
    if kind is not Kind.ANNEX:
        own += [_kst(dossier, row) for dossier in row.related("kamerstukdossier")]
    if kind in (Kind.ANSWER, Kind.POSTPONEMENT):
        own.append(_ah(row))
    own += [canonical(version.one("externeidentifier")) for version in row.related("huidigedocumentversie")]
    if fold(row.one("soort")) == QUESTIONS:
        for case in row.related("zaak"):
            own += _question_ids(case)
    return unique(*own)


def _question_ids(case: Row) -> list[str]:
    z_number = canonical(case.one("nummer"))
    return [f"kv-tk-{z_number}", z_number] if z_number and fold(case.one("soort")) == QUESTIONS else []


def _dossier(dossier: Row) -> str:
    """``36600-VII``; an addition in brackets (a bill of the realm) is no part of official ids."""
    addition = dossier.one("toevoeging")
    return "-".join(part for part in (dossier.one("nummer"), "" if "(" in addition else addition) if part)


def _kst(dossier: Row, row: Row) -> str:
    name, serial = _dossier(dossier), number(row.one("volgnummer"))
    return canonical(f"kst-{name}-{serial}") if name and serial else ""


def _ah(row: Row) -> str:
    """``ah-tk-20212022-3854``, from the session and the last four digits of the number in the Aanhangsel."""
    session = re.sub(r"\D", "", row.one("vergaderjaar"))
    serial = re.sub(r"\D", "", row.one("aanhangselnummer"))[-4:].lstrip("0")
    return f"ah-tk-{session}-{serial}" if serial and len(session) == 8 else ""


def office_of(function: str) -> str:
    """An office with a capital, as on the letter: ``Minister voor Rechtsbescherming``."""
    bare = plain(function)
    return bare[:1].upper() + bare[1:]


def _signers(row: Row) -> list[tuple[str, str]]:
    """(office, person) of who signed, the first one first."""
    actors = [actor for actor in row.related("documentactor") if actor.one("functie")]
    actors.sort(key=lambda actor: (fold(actor.one("relatie")) != _FIRST, actor.one("functie"), actor.one("actornaam")))
    return [(office_of(actor.one("functie")), plain(actor.one("actornaam"))) for actor in actors]


def is_question(row: Row) -> bool:
    return row.entity == "zaak" and fold(row.one("soort")) == QUESTIONS


def question(row: Row, source: str) -> Document:
    """A case of written questions: who asks whom, the term, and whether the Kamer calls it answered."""
    actors = sorted(row.related("zaakactor"), key=lambda actor: (actor.one("relatie"), actor.one("actornaam")))
    by_role: dict[str, list[str]] = {}
    for actor in actors:
        by_role.setdefault(fold(actor.one("relatie")), []).append(plain(actor.one("actornaam")))
    asked = [actor for actor in actors if fold(actor.one("relatie")) == "gericht aan"]
    term = day(row.one("termijn"))
    z_number = canonical(row.one("nummer"))
    return Document(
        key=key_of(source, row.id),
        source=source,
        kind=Kind.QUESTION,
        title=plain(row.one("onderwerp")) or plain(row.one("titel")) or z_number,
        url=f"{SITE}/kamerstukken/kamervragen/detail?id={z_number}" if z_number else "",
        identifiers=unique(*_question_ids(row)),
        published_on=day(row.one("gestartop")),
        facts=facts_of(
            kind=row.one("soort"),
            answered=str(is_true(row.one("afgedaan"))).lower() if row.one("afgedaan") else "",
            term=term.isoformat() if term else "",
            session=row.one("vergaderjaar"),
            asked_by="|".join(by_role.get("indiener", []) + by_role.get("medeindiener", [])),
            addressee="|".join(by_role.get("gericht aan", [])),
            addressee_office="|".join(unique(*(office_of(actor.one("functie")) for actor in asked))),
        ),
        modified_at=row.updated,
    )


def meeting_address(a_number: str, kind: str) -> str:
    if not a_number:
        return ""
    page = "plenaire_vergaderingen/details/activiteit" if fold(kind) in PLENARY else "commissievergaderingen/details"
    return f"{SITE}/debat_en_vergadering/{page}?id={a_number}"


def meeting(row: Row, source: str) -> Document:
    """A meeting, planned or held: promises name debates as terms ("voor het commissiedebat")."""
    a_number = canonical(row.one("nummer"))
    held_on = day(row.one("datum")) or day(row.one("aanvangstijd"))
    subject = plain(row.one("onderwerp"))
    identifiers = unique(a_number)
    return Document(
        key=key_of(source, row.id),
        source=source,
        kind=Kind.DEBATE,
        title=subject or a_number,
        url=meeting_address(a_number, row.one("soort")),
        identifiers=identifiers,
        references=references_in(subject),
        published_on=held_on,
        facts=facts_of(
            kind=row.one("soort"),
            status=row.one("status"),
            meeting_on=held_on.isoformat() if held_on else "",
            committee=row.one("voortouwnaam"),
            session=row.one("vergaderjaar"),
            closed="yes" if is_true(row.one("besloten")) else "",
        ),
        modified_at=row.updated,
    )
