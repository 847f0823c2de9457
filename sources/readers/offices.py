"""Offices and names as letters write them: who sends, and on whose behalf as well. Pure.

``BRIEF VAN DE MINISTER VAN …``, ``Antwoord van Staatssecretaris Heijnen (Infrastructuur en Waterstaat)``, the lines of
a signature, ``mede namens de Ministers voor … en van …``. Not inside: which ministry an office belongs to
(`rules.offices`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz.fuzz import ratio

_CAP = r"(?!(?:De|Het|Ik|Hierbij|Mede|In|Op|Aan|Dit|Deze|Met|Wij|Naar|Hoogachtend)\b)[A-ZÀ-Ý][\w'’-]*"
_FIELD = rf"{_CAP}(?:(?:,\s|\s{{1,2}}en\s|\s(?:&\s|–\s|-\s|voor\s)?){_CAP}){{0,9}}"
_TITLE = r"(?:viceminister-president|minister-president|ministers?|staatssecretaris(?:sen)?|[Bb]ewindspersonen)"
_OFFICE = re.compile(
    rf"(?P<title>(?i:{_TITLE}))(?:\s{{1,2}}(?P<prep>van|voor)\s{{1,2}}(?P<field>{_FIELD})"
    r"|\s(?P<person>[A-ZÀ-Ý][\w'’ -]{1,40}?)\s\((?P<of>[^()\n\d]{3,90})\)"
    rf"|(?<=secretaris)\s(?P<bare>{_FIELD}))?"  # since 2024 "Staatssecretaris Rechtsbescherming"
)
_NEXT = re.compile(
    rf"\s{{0,2}}(?:,|,?\s{{0,2}}en|,?\s{{0,2}}alsmede)\s{{1,2}}(?:(?P<prep>van|voor)\s{{1,2}})(?P<field>{_FIELD})"
)
_BEHALF = re.compile(r"[Mm]ede\s{1,3}namens\b")
_HEADING = re.compile(
    r"BRIEF VAN (?:DE |HET )?(?P<offices>(?:MINISTER|STAATSSECRETARIS|VICEMINISTER|BEWINDSPERSO)[^\na-z]{0,300})"
)
_ANSWERED = re.compile(
    r"\b(?:[Aa]ntwoord(?:en)?|Mededeling)\s(?:van|op vragen)\s(?:de\s)?(?=(?i:minister|staatssecretaris))"
)
_SIGNED = re.compile(  # from the end of the line before: ten times as fast to look for as a beginning
    r"\n[ \t]{0,8}(?:[Dd]e\s)?"
    r"(?P<office>(?:[Vv]iceminister-president|[Mm]inister-president|[Mm]inister|[Ss]taatssecretaris)\b"
    r"[^\n.;:?!]{0,160})"
)
_LINES_OF_NAME = 5
_LONGEST = 160
_NAME = re.compile(
    r"(?P<name>(?:(?:drs|dr|mr|ir|ing|prof)\.\s){0,3}"
    r"(?:(?:[A-Z][a-z]?\.[ ]?){1,6}(?:\([A-Z][\w-]+\)\s)?|[A-ZÀ-Ý][\w-]{1,15}\s(?:[A-Z]\.\s)?)"
    r"(?:(?:van|de|der|den|ten|ter|el|in|het|'t|’t|la|von)\s){0,3}"
    r"[A-ZÀ-Ý][\w'’-]{1,30}(?:[ -](?:van |de |der )?[A-ZÀ-Ý][\w'’-]{1,30}){0,2})"
)
_JOINT = re.compile(
    r"[ \t]{0,3}(?:\n[ \t]{0,3})?(?:,\s?en|,|en|alsmede)?\s{0,2}(?:de|het|mijn)?\s{0,2}"
    r"(?:ambtgenoot|ambtgenote|collega|ambtsgenoot)?\s{0,2}(?:van|,)?\s{0,2}"
    r"(?=(?i:minister|staatssecretaris|viceminister))"
)
_VOOR = frozenset(  # ministers without a ministry of their own are "voor", the others "van"
    "rechtsbescherming|medische zorg|medische zorg en sport|langdurige zorg en sport|jeugd en gezin|"
    "wonen en rijksdienst|wonen, wijken en integratie|volkshuisvesting en ruimtelijke ordening|"
    "klimaat en energie|natuur en stikstof|"
    "primair en voortgezet onderwijs|basis- en voortgezet onderwijs en media|milieu en wonen|immigratie en asiel|"
    "immigratie, integratie en asiel|armoedebeleid, participatie en pensioenen|ontwikkelingssamenwerking|"
    "buitenlandse handel en ontwikkelingssamenwerking|vreemdelingenzaken en integratie|bestuurlijke vernieuwing".split(
        "|"
    )
)
_SMALL = frozenset("van voor en de het minister ministers staatssecretaris staatssecretarissen".split())
_WINDOW = 500
_SAME = 94  # of 100: the same office with a slip of the pen


@dataclass(frozen=True, slots=True)
class Signature:
    """An office and the name that signs for it. start and end: the lines of both."""

    office: str
    person: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Signed:
    """Who sends: office and person; others: the offices that sign as well or on whose behalf it is sent."""

    office: str = ""
    person: str = ""
    others: tuple[str, ...] = ()


def signed(text: str, head: int, tail: int) -> Signed:
    """Empty where the letter does not say. head and tail: how many characters of the text to look at."""
    top, bottom = text[:head], text[max(head, len(text) - tail) :]
    offices, person = _senders(top, bottom)
    if not offices and (heading := _HEADING.search(text, head)):  # the answer behind the questions of a committee
        offices = _headed(heading)
    behalf = [office for part in (top, bottom) for office in _behalf(part)]
    others: list[str] = []
    for office in [*offices[1:], *behalf]:
        if not any(ratio(office.casefold(), known.casefold()) > _SAME for known in [*offices[:1], *others]):
            others.append(office)
    return Signed(offices[0] if offices else "", person, tuple(others))


def _senders(top: str, bottom: str) -> tuple[list[str], str]:
    heading = _HEADING.search(top)
    if heading:
        offices = _headed(heading)
        return offices, _person(offices[0], top, bottom)
    answered = _ANSWERED.search(top) if "ntwoord" in top or "Mededeling" in top else None
    match = _OFFICE.match(top, answered.end()) if answered else None
    if match and (match["of"] or match["field"]):
        return [_named(match)], (match["person"] or "").strip() or _person(_named(match), top, bottom)
    for part in (top, bottom):
        for one in reversed(list(signatures(part))):
            return [one.office], one.person
    return [], ""


def _headed(heading: re.Match[str]) -> list[str]:
    written = _lowered(" ".join(heading["offices"].split()).rstrip(" ,1234567890"))
    return list(_offices(written)) or [_capital(written)]


def _person(office: str, *parts: str) -> str:
    """The name below that office; with another wording of the office, the last name that signs."""
    names = [one for part in parts for one in signatures(part)]
    own = [one.person for one in names if ratio(one.office.casefold(), office.casefold()) > _SAME]
    return next(iter(own), "") or next((one.person for one in reversed(names)), "")


def _behalf(text: str) -> Iterator[str]:
    """The offices behind ``mede namens``."""
    for match in _BEHALF.finditer(text) if "namens" in text else ():
        yield from _offices(text[match.end() : match.end() + _WINDOW])


def _offices(text: str) -> Iterator[str]:
    """The offices in a row that a text begins with."""
    place = 0
    while (step := _JOINT.match(text, place)) and (match := _OFFICE.match(text, step.end())):
        yield _named(match)
        place, title = match.end(), _single(match["title"])
        while more := _NEXT.match(text, place):
            yield _capital(f"{title} {more['prep']} {_flat(more['field'])}")
            place = more.end()


def _named(match: re.Match[str]) -> str:
    title = _single(match["title"])
    if match["field"]:
        return _capital(f"{title} {match['prep']} {_flat(match['field'])}")
    if match["bare"]:
        return _capital(f"{title} {_flat(match['bare'])}")
    if match["of"]:
        field = _flat(match["of"])
        return _capital(f"{title} {'voor' if field.casefold() in _VOOR else 'van'} {field}")
    return _capital(title)


def signatures(text: str) -> Iterator[Signature]:
    """Offices that stand on a line of their own, with the name beside or below them."""
    for match in _SIGNED.finditer(f"\n{text}"):  # so that places in the text are one less
        stop = _line_end(text, match.end() - 1)
        written = text[match.start("office") - 1 : stop]
        office, comma, rest = written.rpartition(",")
        beside = _NAME.fullmatch(rest.strip(" \t\r")) if comma else None
        office = office if beside or not rest.strip() else written
        name, end = (beside["name"], stop) if beside else _name_below(text, stop)
        if name and len(office) <= _LONGEST and _OFFICE.match(office.strip()):
            yield Signature(_capital(_flat(office)), _flat(name), match.start(), end)


def _name_below(text: str, place: int) -> tuple[str, int]:
    """The name in the lines below, and where its line ends."""
    for _ in range(_LINES_OF_NAME):
        if place >= len(text):
            break
        stop = _line_end(text, place + 1)
        line = text[place + 1 : stop].strip(" \t\r,")
        if name := _NAME.fullmatch(line):
            return name["name"], stop
        if line.endswith((".", "?", ":")) or len(line) > 90:
            break
        place = stop
    return "", place


def _line_end(text: str, place: int) -> int:
    stop = text.find("\n", place)
    return len(text) if stop < 0 else stop


def _single(title: str) -> str:
    plain = title.lower()
    return {"ministers": "minister", "staatssecretarissen": "staatssecretaris"}.get(plain, plain)


def _lowered(offices: str) -> str:
    """``MINISTER VAN ECONOMISCHE ZAKEN`` as it is written in a sentence."""
    return " ".join(
        word.lower() if word.lower().strip(",") in _SMALL else "-".join(map(_title, word.split("-")))
        for word in offices.split()
    )


def _title(word: str) -> str:
    return word[:1].upper() + word[1:].lower()


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _flat(text: str) -> str:
    return " ".join(text.split()).rstrip(" ,")
