"""Which stretches of a letter the government speaks in, and in what role.

With the sections of the reader where there are any, else by the marks in the text itself: "Vraag 3", "Antwoord",
speakers in a debate, headings of letters that others wrote. Not inside: what the sentences say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sources.document import Letter, Section

SILENT = frozenset(("question", "footnote", "heading", "closing"))
GOVERNMENT = re.compile(r"\s*(?:de\s+)?(?:minister|staatssecretaris|minister-president)", re.IGNORECASE)
_PAPER = re.compile(  # headings of papers, in capitals as the publisher prints them
    r"\b(?P<kind>BRIEF VAN (?:DE |HET )?[A-Z]+|MOTIE VAN|AMENDEMENT VAN|VOORLOPIG VERSLAG|INBRENG VERSLAG"
    r"|ADVIES (?:VAN DE )?(?:AFDELING|RAAD)"
    r"|MEMORIE VAN|NOTA NAAR|LIJST VAN VRAGEN EN|VERSLAG HOUDENDE)"
)
_PAPERS = ("BRIEF VAN", "MOTIE VAN", "AMENDEMENT", "VERSLAG", "ADVIES", "MEMORIE", "NOTA", "LIJST")  # one in each
_OTHERS = re.compile(
    r"BRIEF VAN (?!(?:DE |HET )?(?:MINISTER|STAATSSECRETARIS|BEWINDSPERSO))|MOTIE|AMENDEMENT|VOORLOPIG|INBRENG|ADVIES"
)
_QUESTION = re.compile(r"^[ \t]*(?:Vraag|Vragen)[ \t]+\d[^\n]{0,40}$", re.MULTILINE)
_ANSWER = re.compile(r"^[ \t]*Antwoord(?:en)?\b[^\n]{0,60}$", re.MULTILINE)
_NOTES = re.compile(r"^[ \t]*(?:X Noot|Noot \d+:|\d{1,2}\)[ \t]|\[\d{1,2}\][ \t])", re.MULTILINE)
_SPEAKER = re.compile(
    r"(?:^|\n|(?<=[.?!…»”\"]\s))\s*(?P<name>De voorzitter|(?:Mevrouw|De heer|Het lid)\s"
    r"(?:(?!\b(?:vraagt|vroeg|zegt|zei|stelt|stelde|noemt)\b)[^:\n.]){2,70}"
    r"|(?:Minister|Staatssecretaris|Minister-president)(?:\s[^:\n.]{2,60})?)\s?:\s"
)
_DEBATE = re.compile(  # the chair, or a member with a party
    r"\bDe voorzitter\s?:\s|\b(?:De heer|[Mm]evrouw|Het lid)\s[^:\n(.]{2,50}\([A-Z][\w+/-]*\)\s?:\s"
)


@dataclass(frozen=True, slots=True)
class Zone:
    """role: body, answer, speech or annex; label: number of the question or the speaker."""

    start: int
    end: int
    role: str = "body"
    label: str = ""


def zones(letter: Letter) -> Iterator[Zone]:
    """In the order of the text; what others wrote or said is left out."""
    told = any(section.role != "body" for section in letter.sections)
    found = _from_sections(letter.sections) if told else _from_text(letter.text)
    silent = tuple(_others(letter.text))
    for zone in found:
        yield from _without(zone, silent)


def _from_sections(sections: tuple[Section, ...]) -> Iterator[Zone]:
    for section in sorted(sections, key=lambda s: s.start):
        if section.role == "speech" and not GOVERNMENT.match(section.label):
            continue
        if section.role not in SILENT:
            yield Zone(section.start, section.end, section.role, section.label)


def _from_text(text: str) -> Iterator[Zone]:
    if _DEBATE.search(text, 0, 20_000) and len(_SPEAKER.findall(text, 0, 200_000)) > 1:
        yield from _speeches(text)
        return
    marks = sorted(
        [(m.start(), m.end(), "answer") for m in _ANSWER.finditer(text)]
        + [(m.start(), m.end(), "question") for m in _QUESTION.finditer(text)]
        + [(m.start(), m.end(), "footnote") for m in _NOTES.finditer(text)]
    )
    begin, role, label = 0, "body", ""
    for first, last, kind in [*marks, (len(text), len(text), "end")]:
        yield from _written(text, begin, first, role, label)
        begin, role = last, kind
        label = " ".join(re.findall(r"\d+", text[first:last])[:1])


def _written(text: str, begin: int, end: int, role: str, label: str) -> Iterator[Zone]:
    if role == "question":
        asked = text.rfind("?", begin, end) + 1
        yield Zone(max(asked, begin), end, "answer", label)
    elif role != "footnote":
        yield Zone(begin, end, role, label)


def _speeches(text: str) -> Iterator[Zone]:
    turns = list(_SPEAKER.finditer(text))
    ends = [turn.start("name") for turn in turns[1:]] + [len(text)]
    for turn, end in zip(turns, ends, strict=False):
        if GOVERNMENT.match(turn["name"]):
            yield Zone(turn.end(), end, "speech", turn["name"].strip())


def _others(text: str) -> Iterator[tuple[int, int]]:
    """Papers inside the text that the government did not write, each until the next paper."""
    if not any(word in text for word in _PAPERS):
        return
    heads = list(_PAPER.finditer(text))
    ends = [here.start() for here in heads[1:]] + [len(text)]
    for here, end in zip(heads, ends, strict=False):
        if _OTHERS.match(here["kind"]):
            yield here.start(), end


def _without(zone: Zone, silent: tuple[tuple[int, int], ...]) -> Iterator[Zone]:
    begin = zone.start
    for first, last in silent:
        if first < zone.end and last > begin:
            if first > begin:
                yield Zone(begin, first, zone.role, zone.label)
            begin = max(begin, last)
    if begin < zone.end:
        yield Zone(begin, zone.end, zone.role, zone.label)
