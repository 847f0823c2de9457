"""Offices and names as letters write them: who sends, and on whose behalf as well. Pure.

``BRIEF VAN DE MINISTER VAN …``, ``Antwoord van Staatssecretaris Heijnen (Infrastructuur en Waterstaat)``, the lines of a
signature, ``mede namens de Ministers voor … en van …``. Not inside: which ministry an office belongs to (`rules.offices`).
"""

import re
from collections.abc import Iterator

_CAP = r"(?!(?:De|Het|Ik|Hierbij|Mede|In|Op|Aan|Dit|Deze|Met|Wij|Naar|Hoogachtend)\b)[A-ZÀ-Ý][\w'’-]*"
_FIELD = rf"{_CAP}(?:(?:,\s|\s{{1,2}}en\s|\s(?:&\s|–\s|-\s|voor\s)?){_CAP}){{0,9}}"
_TITLE = r"(?:viceminister-president|minister-president|ministers?|staatssecretaris(?:sen)?|[Bb]ewindspersonen)"
_OFFICE = re.compile(
    rf"(?P<title>(?i:{_TITLE}))(?:\s{{1,2}}(?P<prep>van|voor)\s{{1,2}}(?P<field>{_FIELD})|\s(?P<person>[A-ZÀ-Ý][\w'’ -]{{1,40}}?)\s\((?P<of>[^()\n]{{3,90}})\))?"
)
_NEXT = re.compile(rf"\s{{0,2}}(?:,|,?\s{{0,2}}en|,?\s{{0,2}}alsmede)\s{{1,2}}(?:(?P<prep>van|voor)\s{{1,2}})(?P<field>{_FIELD})")
_BEHALF = re.compile(r"\bmede\s{1,3}namens\b", re.IGNORECASE)
_HEADING = re.compile(
    r"\bBRIEF VAN (?:DE |HET )?(?P<offices>(?:MINISTER|STAATSSECRETARIS|VICEMINISTER|BEWINDSPERSO)[^\na-z]{0,300})"
)
_ANSWERED = re.compile(r"\b(?:Nader\s)?[Aa]ntwoord(?:en)?\s(?:van|op vragen)\s(?:de\s)?(?=(?i:minister|staatssecretaris))")
_SIGNED = re.compile(
    r"^[ \t]{0,8}(?:[Dd]e\s)?(?P<office>(?:[Vv]iceminister-president|[Mm]inister-president|[Mm]inister|[Ss]taatssecretaris)\b[^\n.;:?!]{0,160})",
    re.MULTILINE,
)
_LINES_OF_NAME = 5
_NAME = re.compile(
    r"(?P<name>(?:(?:drs|dr|mr|ir|ing|prof)\.\s){0,3}(?:(?:[A-Z][a-z]?\.[ ]?){1,6}(?:\([A-Z][\w-]+\)\s)?|[A-ZÀ-Ý][\w-]{1,15}\s(?:[A-Z]\.\s)?)"
    r"(?:(?:van|de|der|den|ten|ter|el|in|het|'t|’t|la|von)\s){0,3}[A-ZÀ-Ý][\w'’-]{1,30}(?:[ -](?:van |de |der )?[A-ZÀ-Ý][\w'’-]{1,30}){0,2})"
)
_JOINT = re.compile(
    r"[ \t]{0,3}(?:\n[ \t]{0,3})?(?:,\s?en|,|en|alsmede)?\s{0,2}(?:de|het|mijn)?\s{0,2}(?:ambtgenoot|ambtgenote|collega|ambtsgenoot)?"
    r"\s{0,2}(?:van|,)?\s{0,2}(?=(?i:minister|staatssecretaris|viceminister))"
)
_VOOR = frozenset(  # ministers without a ministry of their own are "voor", the others "van"
    "rechtsbescherming|medische zorg|medische zorg en sport|langdurige zorg en sport|jeugd en gezin|wonen en rijksdienst|"
    "wonen, wijken en integratie|volkshuisvesting en ruimtelijke ordening|klimaat en energie|natuur en stikstof|"
    "primair en voortgezet onderwijs|basis- en voortgezet onderwijs en media|milieu en wonen|immigratie en asiel|"
    "immigratie, integratie en asiel|armoedebeleid, participatie en pensioenen|ontwikkelingssamenwerking|"
    "buitenlandse handel en ontwikkelingssamenwerking|vreemdelingenzaken en integratie|bestuurlijke vernieuwing".split("|")
)
_SMALL = frozenset("van voor en de het minister ministers staatssecretaris staatssecretarissen".split())
_WINDOW = 500


def sender_of(text: str, head: int, tail: int) -> tuple[str, str]:
    """Office and person that sign; empty where the letter does not say. head and tail: characters to look at."""
    top = text[:head]
    heading = _HEADING.search(top)
    if heading:
        offices = " ".join(heading["offices"].split()).rstrip(" ,1234567890")
        return _capital(_lowered(offices)), _signature(text[-tail:])[1] or _signature(top)[1]
    answered = _ANSWERED.search(top)
    match = _OFFICE.match(top, answered.end()) if answered else None
    if match and (match["of"] or match["field"]):
        return _named(match), (match["person"] or "").strip() or _signature(text)[1]
    return _signature(top) if _signature(top)[0] else _signature(text[-tail:])


def cosigners_of(text: str) -> tuple[str, ...]:
    """The offices behind ``mede namens``, in order, each once."""
    found: dict[str, str] = {}
    for match in _BEHALF.finditer(text):
        for office in _offices(text[match.end() : match.end() + _WINDOW]):
            found.setdefault(office.casefold(), office)
    return tuple(found.values())


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
    if match["of"]:
        field = _flat(match["of"])
        return _capital(f"{title} {'voor' if field.casefold() in _VOOR else 'van'} {field}")
    return _capital(title)


def _signature(text: str) -> tuple[str, str]:
    """The last office that stands on a line of its own, with the name beside or below it."""
    best = ("", "")
    for match in _SIGNED.finditer(text):
        stop = _line_end(text, match.end())
        office, comma, rest = text[match.start("office") : stop].partition(",")
        beside = _NAME.fullmatch(rest.strip(" \t\r,")) if comma else None
        if comma and not beside and rest.strip():
            office = text[match.start("office") : stop]  # "Onderwijs, Cultuur en Wetenschap"
            *parts, last = office.split(",")
            beside = _NAME.fullmatch(last.strip()) if parts else None
            office = ",".join(parts) if beside else office
        name = beside or _name_below(text, stop)
        if name and len(office) <= 160 and _OFFICE.match(office.strip()):
            best = (_capital(_flat(office)), _flat(name["name"]))
    return best


def _name_below(text: str, place: int) -> re.Match[str] | None:
    for _ in range(_LINES_OF_NAME):
        if place >= len(text):
            return None
        stop = _line_end(text, place + 1)
        line = text[place + 1 : stop].strip(" \t\r,")
        name = _NAME.fullmatch(line)
        if name:
            return name
        if line.endswith((".", "?", ":")) or len(line) > 90:
            return None
        place = stop
    return None


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
