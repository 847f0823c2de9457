"""The Tweede Kamer's register of oral toezeggingen, row by row as `Document`s of kind ``REGISTER``.

Pure. The register knows no deadline: that stands in the words of the promise. ``datumnakoming`` is the day of
keeping (it is filled exactly where a letter is), never a term. Its status is the clerk's: "something was sent".
"""

from sources.cleaning import plain, unique
from sources.document import Document, Kind
from sources.references import canonical, references_in
from sources.register_words import status_of
from sources.tweedekamer_papers import facts_of, key_of, meeting_address, office_of
from sources.tweedekamer_rows import Row, day, guid_of

LETTERS = "kamerbriefnakoming"
LINKS = {"isherhalingvan": "repeats", "iswijzigingvan": "amends", "isaanvullingop": "supplements"}


def unknown_words(row: Row) -> tuple[str, ...]:
    """A status that no table knows, as a line for the operator."""
    raw = row.one("status") if row.entity == "toezegging" else ""
    return (f"register status: {raw}",) if raw and status_of(raw) is None else ()


def promise(row: Row, source: str) -> Document:
    """One row of the register; letters and other promises that came along or stand in it are named by number.

    facts: ``status`` is the register's own word, ``state`` ours for it (absent when no table knows the word).
    """
    number = canonical(row.one("nummer"))
    meetings = row.related("activiteit")
    meeting = meetings[0] if meetings else None
    text = plain(row.one("tekst"))
    letters = fulfilled_by(row, source)
    links = {name: "|".join(_numbers(row, relation, source)) for relation, name in LINKS.items()}
    made_on = (day(meeting.one("datum")) if meeting else None) or day(row.one("aanmaakdatum"))
    kept_on = day(row.one("datumnakoming"))
    a_number = canonical(row.one("activiteitnummer")) or (canonical(meeting.one("nummer")) if meeting else "")
    subject = plain(meeting.one("onderwerp")) if meeting else ""
    linked = [ref for joined in links.values() for ref in joined.split("|")]
    return Document(
        key=key_of(source, row.id),
        source=source,
        kind=Kind.REGISTER,
        title=f"Toezegging {number}" + (f": {subject}" if subject else ""),
        text=text,
        url=meeting_address(a_number, meeting.one("soort") if meeting else ""),
        identifiers=unique(number),
        references=unique(*letters, *linked, *references_in(text)),
        published_on=made_on,
        office=office_of(row.one("functie")),
        facts=facts_of(
            kind="Toezegging",
            status=row.one("status"),
            state=status_of(row.one("status")) or "",
            person=person(row),
            addressee="Tweede Kamer",
            ministry=row.one("ministerie"),
            meeting=a_number,
            fulfilled_by="|".join(letters),
            fulfilled_on=kept_on.isoformat() if kept_on else "",
            notes=row.one("notities"),
            **links,
        ),
        modified_at=row.updated,
    )


def fulfilled_by(row: Row, source: str) -> tuple[str, ...]:
    """The letters that the clerk calls the keeping: numbers where known, else the key of the document in our store."""
    named = row.many(LETTERS)
    written = [canonical(text) for text in named if not guid_of(text)]
    bare = _keys(row, LETTERS, [guid for text in named if (guid := guid_of(text))], source)
    return unique(*written, *_numbers(row, LETTERS, source), *bare)


def _numbers(row: Row, relation: str, source: str) -> tuple[str, ...]:
    """Numbers of related rows; a related row that did not come along is named by its key."""
    numbers = [canonical(other.one("documentnummer") or other.one("nummer")) for other in row.related(relation)]
    return unique(*numbers, *_keys(row, relation, list(row.refs.get(relation, ())), source))


def _keys(row: Row, relation: str, guids: list[str], source: str) -> list[str]:
    named = {o.id for o in row.related(relation) if o.one("documentnummer") or o.one("nummer")}
    return [key_of(source, guid) for guid in guids if guid not in named]


def person(row: Row) -> str:
    """``drs. F.M. Wiersma``; the name as the register sorts it when its parts are missing."""
    if not row.one("achternaam"):
        return plain(row.one("naam"))
    parts = ("titulatuur", "initialen", "tussenvoegsel", "achternaam", "achtervoegsel")
    return plain(" ".join(row.one(part) for part in parts if row.one(part)))
