"""What a letter says of itself: reference, addressee, subject, dossier, numbers of questions, its own ids. Pure.

The day is read in `days`, the offices in `offices`, the sections in `parts`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.readers.days import HEAD
from sources.references import canonical, references_in

_LABELS = (
    r"(?:Datum|Onderwerp|Betreft|Uw\s(?:kenmerk|brief|referentie)|Ons\skenmerk|Onze\sreferentie|Kenmerk|Bijlagen?|Pagina|"
    r"Contactpersoon|Projectnaam|Aan\b|Directoraat|Bij\sbeantwoording|Geachte|Inlichtingen|Kopie\saan|BRIEF|Nr\.)"
)
_REFERENCE = re.compile(
    r"^[ \t>|]*(?:[Oo]ns\s[Kk]enmerk|[Oo]nze\s[Rr]eferentie|Kenmerk|Referentie|Nummer)[ \t]*:?[ \t]*(?:\n[ \t]*){0,2}"
    r"(?P<value>[A-Z0-9][\w./-]{3,40}(?:[ ]?[/-][ ]?[\w.-]{1,30}){0,3})",
    re.MULTILINE,
)
_SUBJECT = re.compile(
    r"^[ \t>|]*(?:Onderwerp|Betreft)\b[ \t]*:?[ \t]*(?P<value>(?:\n[ \t]*){0,2}[^\n]{3,300}"
    rf"(?:\n(?![ \t]*(?:{_LABELS}|\n))[ \t]*[a-z(“«][^\n]{{1,200}}){{0,4}})",
    re.MULTILINE,
)
_ADDRESSEE = re.compile(
    r"^[ \t>|]*Aan\s{1,3}(?:de\s|het\s)?(?P<value>(?:heer\s|mevrouw\s)?[Vv]oorzitters?[^\n.;]{0,120}"
    r"(?:\n[ \t]*(?:der\s|van\s)[^\n.;]{0,80})?)",
    re.MULTILINE,
)
_PAPER = re.compile(  # dossier, its name, and the number of the paper: "32 761 Verwerking …", "Nr. 304 BRIEF VAN …"
    r"^[ \t|]*(?P<dossier>\d{2}\s?\d{3}(?:[ \t]?-[ \t]?\d{2}(?=\s)|\s[IVX]{1,6}(?=\s)|\s[A-HJ-M](?=\s))?)"
    r"(?:\s\(R\d{4}\))?[ \t]+(?P<title>[^\n]{3,400}(?:\n(?!\s*Nr\b)[^\n]{1,300}){0,3}?)\s{1,6}"
    r"(?:Nr\.?\s{1,3}(?P<number>\d{1,4}|[A-Z]{1,3})\b|(?P<letter>[A-Z]{1,3})\d?\s(?=[A-Z]{4}))",
    re.MULTILINE,
)
_PAGE_TITLE = re.compile(
    r"^[ \t|]{0,4}Kamerstuk(?:ken)?\s(?:I{1,2}\s)?(?P<dossier>\d{2}\s?\d{3}(?:[ -][IVX\d]{1,6})?)[,]?\s"
    r"nr\.?\s(?P<number>\d{1,4}|[A-Z]{1,3})\b(?=\s*(?:\||\n|$))",
    re.MULTILINE,
)
_OWN_NUMBER = re.compile(r"^[ \t]*(?:Nummer|Document(?:nummer)?)[ \t]*:[ \t]*(?P<value>\d{4}D\d{5})\b", re.MULTILINE)
_OWN_ANSWER = re.compile(
    r"^[ \t|]*Aanhangsel van de Handelingen\s{1,4}(?:Vergaderjaar\s)?(?P<session>\d{4}[-–]\d{4})[\s,|]{1,6}"
    r"(?:nr\.?\s)?(?P<number>\d{1,4})\b",
    re.MULTILINE | re.IGNORECASE,
)
_QUESTION = re.compile(r"\d{4}Z\d{5}(?!\w)")
_Z = re.compile(r"Z\d{5}(?!\w)")  # begins with a letter: ten times as fast to look for
_ASKED = re.compile(r"vra(?:ag|gen)|kenmerk|beantwoord", re.IGNORECASE)
_FIGURES = re.compile(r"\d\d[ .\u00a0]?\d\d")
_AROUND = 160
_NEAR = 300
_FEW_REFERENCES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """As the fields of `sources.document.Letter`; dossier_title is the name of the dossier it lies in."""

    reference: str = ""
    addressee: str = ""
    subject: str = ""
    dossier_title: str = ""
    questions: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


def head_of(text: str, stated: tuple[str, ...] = ()) -> Head:
    """stated: identifiers that the format or the address state."""
    top = text[:HEAD]
    paper = _PAPER.search(top)
    own = tuple(dict.fromkeys([*map(canonical, stated), *_own(top, paper)]))
    questions = tuple(dict.fromkeys(_questions(top)))
    cited = tuple(reference for reference in _cited(text) if reference not in own)
    dossiers = [f"dossier:{ref.split('-')[1]}" for ref in own if ref.startswith("kst-")]
    return Head(
        reference=_value(_REFERENCE, top, ("enmerk", "eferentie", "Nummer"), digits=True),
        addressee=_value(_ADDRESSEE, top, ("oorzitter",)),
        subject=_value(_SUBJECT, top, ("Onderwerp", "Betreft")),
        dossier_title=" ".join(paper["title"].split()) if paper else "",
        questions=questions,
        identifiers=own,
        references=tuple(dict.fromkeys([*dossiers, *cited]))[:_FEW_REFERENCES],
    )


def _cited(text: str) -> Iterator[str]:
    """`references_in`, but only around figures: every official reference has at least four of them in a row."""
    begin = end = 0
    for match in _FIGURES.finditer(text):
        if match.start() - _AROUND > end:
            yield from references_in(text[begin:end])
            begin = max(end, _blank_before(text, match.start() - _AROUND))
        end = min(len(text), match.end() + _AROUND)
    yield from references_in(text[begin:end])


def _blank_before(text: str, place: int) -> int:
    return text.rfind(" ", 0, max(place, 0)) + 1 if place > 0 else 0


def _value(pattern: re.Pattern[str], text: str, words: tuple[str, ...], *, digits: bool = False) -> str:
    """words: one of them stands in whatever fits the pattern, and is found many times faster."""
    for match in pattern.finditer(text) if any(word in text for word in words) else ():
        value = " ".join(match["value"].split()).rstrip(" ,|")
        if not digits or (any(char.isdigit() for char in value) and not _QUESTION.fullmatch(value)):
            return value
    return ""


def _own(top: str, paper: re.Match[str] | None) -> list[str]:
    """Ids of the letter itself, from its heading or from the title of its page."""
    found: list[str] = []
    titled = _PAGE_TITLE.search(top[:400])
    for match, number in (
        (titled, titled and titled["number"]),
        (paper, paper and (paper["number"] or paper["letter"])),
    ):
        if match and number:
            found += [ref for ref in references_in(f"Kamerstuk {match['dossier']}, nr. {number}") if "kst-" in ref]
    answer = _OWN_ANSWER.search(top[:1500])
    if answer:
        found += references_in(f"Aanhangsel Handelingen II {answer['session']}, nr. {answer['number']}")
    numbered = "Nummer" in top or "Document" in top  # one stands in each
    return found + [match["value"] for match in (_OWN_NUMBER.finditer(top[:3000]) if numbered else ())]


def _questions(top: str) -> list[str]:
    """Numbers of questions: Z-numbers near a word of asking or answering; others are cases of another kind."""
    found = []
    for tail in _Z.finditer(top, 4):
        match = _QUESTION.match(top, tail.start() - 4)
        if match is None:
            continue
        near = top[max(0, match.start() - _NEAR) : match.end() + 60]
        if _ASKED.search(near):
            found.append(canonical(match.group()))
    return found
