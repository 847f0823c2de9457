"""Marks in the text of a letter that say what follows: "Vraag 3", "Antwoord op vragen 4 en 5", "Bijlage 1", the rounds
of a written consultation, the numbers of a list of questions. Pure.

Not inside: what the stretches between the marks become (`parts`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

MOST = 10_000  # marks of a kind; the longest list of questions has some hundreds
ROUND = "round"  # the label of all questions, and all answers, of a written consultation
_MORE = r"(?:\s?(?:,\s?en|,|en|&|/|t/m|tot\sen\smet|[-–])\s?\d{1,3}[a-z]?)"
_NUMBERS = rf"\d{{1,3}}[a-z]?{_MORE}{{0,30}}"
_END = r"[ \t]{0,3}(?P<end>[:.)]|(?=[\r\n]|\Z)|(?=[A-ZÀ-Ý«“‘]))"
_ASKED = re.compile(rf"(?:Vraag|Vragen|VRAAG|VRAGEN)[ \t]{{0,3}}(?:nr\.?[ \t]|nummer[ \t])?(?P<label>{_NUMBERS}){_END}")
_ANSWERED = re.compile(
    r"(?:Antwoord(?:en)?|ANTWOORD(?:EN)?|Reactie)"
    r"(?:[ \t]{1,3}(?:op|bij)?[ \t]{0,3}(?:de[ \t])?(?:[Vv]raag|[Vv]ragen|VRAAG|VRAGEN)?"
    rf"[ \t]{{0,3}}(?P<label>{_NUMBERS}))?{_END}"
)
_ANSWERS = ("Antwoord", "ANTWOORD", "Reactie")  # one stands in each
_ANNEX = re.compile(
    r"(?:Bijlagen?|BIJLAGEN?)(?:[ \t]{1,3}(?P<label>[\dIVX]{1,4}|[A-H]))?[ \t]{0,3}(?:[:.–-][^\n]{0,150})?(?=[\r\n]|\Z)"
)
_COUNTED = re.compile(  # "Bijlagen: 2" of a letterhead
    r"\s{1,6}(?:\d{1,2}|geen|div\w{0,6}|-)[ \t\r]{0,8}(?:\n|\Z)", re.IGNORECASE
)
_EXPLAINED = re.compile(r"Toelichting[ \t]*:?\s{1,4}Deze vragen")
_ROUND = re.compile(
    r"^[ \t]{0,8}(?:[IVX]{1,4}|[A-D1-9])?[.)]?[ \t]{0,3}"
    r"(?:(?P<ask>(?:vragen|inbreng|opmerkingen)\sen\s(?:vragen|opmerkingen)\s(?:vanuit|van)\b|inbreng\svan\sde\sfracties)"
    r"|(?P<reply>(?:antwoord|reactie)(?:\s/\s(?:antwoord|reactie))?\svan\s(?:de\s|het\s)?"
    r"(?:minister|staatssecretaris|bewindsperso|kabinet)))"
    r"[^\n]{0,120}$",
    re.MULTILINE | re.IGNORECASE,
)
_LISTED = re.compile(r"^[ \t]{0,8}(?P<label>\d{1,3})[.)]?(?=[ \t]{0,3}\r?$|[.)]?[ \t]{1,3}[A-ZÀ-Ý«“‘])", re.MULTILINE)
_LISTS = ("lijst van vragen", "vragen en antwoorden\n", "vragen en antwoorden zijn hierna")
_TOP = 5_000
_SKIPPED = 3  # numbers of a list that may be missing
_STOPS = (". ", "? ", "! ", "» ", "” ", ") ")


@dataclass(frozen=True, slots=True)
class Mark:
    """From start on the role is another; body: where the words behind the heading begin."""

    start: int
    body: int
    role: str
    label: str = ""


def marks_of(text: str) -> list[Mark]:
    """In the order of the text."""
    kinds = (_questions(text), _answers(text), _annexes(text), _rounds(text), _list(text))
    found = [mark for kind in kinds for mark in islice(kind, MOST)]
    found.sort(key=lambda mark: (mark.start, mark.body))
    return found


def _questions(text: str) -> Iterator[Mark]:
    for match in _ASKED.finditer(text):
        if _stands(text, match.start(), inline=True):
            yield Mark(match.start(), match.end(), "question", _plain(match["label"]))
    for match in _EXPLAINED.finditer(text):
        if _stands(text, match.start()):
            yield Mark(match.start(), match.end(), "question")


def _answers(text: str) -> Iterator[Mark]:
    for match in _ANSWERED.finditer(text) if any(map(text.__contains__, _ANSWERS)) else ():
        label, alone = match["label"], match["end"] == ":" or text[match.end() : match.end() + 1] in ("", "\r", "\n")
        after_question = text[max(0, match.start() - 2) : match.start()] == "? "
        if (label or alone or after_question) and _stands(text, match.start(), inline=bool(label) or after_question):
            yield Mark(match.start(), match.end(), "answer", _plain(label or ""))


def _annexes(text: str) -> Iterator[Mark]:
    for match in _ANNEX.finditer(text):
        if _stands(text, match.start()) and not _COUNTED.match(text, match.end()):
            yield Mark(match.start(), match.end(), "annex", match["label"] or "")


def _rounds(text: str) -> Iterator[Mark]:
    for match in _ROUND.finditer(text) if "fractie" in text else ():
        yield Mark(match.start(), match.end(), "question" if match["ask"] else "answer", ROUND)


def _list(text: str) -> Iterator[Mark]:
    """Questions of a list that have only a number: each a little higher than the one before."""
    top = text[:_TOP].lower()
    if not any(words in top for words in _LISTS):
        return
    last = 0
    for match in _LISTED.finditer(text):
        number = int(match["label"])
        if last < number <= last + _SKIPPED:
            last = number
            yield Mark(match.start(), match.end(), "question", match["label"])


def _stands(text: str, place: int, *, inline: bool = False) -> bool:
    """At the start of a line; inline: behind a sentence will do, for texts whose lines were lost."""
    begin = text.rfind("\n", max(0, place - 9), place) + 1 or max(0, place - 9)
    before = text[begin:place]
    if not before.strip(" \t>*|\u00a0") and (begin == 0 or text[begin - 1] == "\n" or not before):
        return True
    return inline and text[max(0, place - 2) : place] in _STOPS


def numbers_in(label: str) -> frozenset[str]:
    """The numbers in ``3 en 4`` and ``3 t/m 6``."""
    numbers = re.findall(r"\d{1,3}[a-z]?", label)
    whole = [int(re.sub(r"\D", "", number)) for number in numbers]
    if re.search(r"t/m|tot en met|[-–]", label) and len(whole) >= 2 and whole[0] < whole[-1] <= whole[0] + 200:
        numbers += [str(number) for number in range(whole[0], whole[-1] + 1)]
    return frozenset(numbers)


def _plain(label: str) -> str:
    return " ".join(label.split())
