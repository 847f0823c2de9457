"""The sections of a letter: letterhead, question n, answer n, running text, annex, footnote, speech, signature. Pure.

The sections lie side by side, in order, and cover the text from its first to its last character. What the format
states (`Draft.marks`) wins over what the words show. Where nothing tells, it is running text: a promise there is at
least seen.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sources.document import Section
from sources.readers.letterhead import letterhead_end
from sources.readers.marks import ROUND, Mark, marks_of, numbers_in
from sources.readers.notes import notes_of
from sources.readers.offices import signatures

_SPEAKER = re.compile(
    r"(?:^[ \t]{0,8}|(?<=[.?!…»”\"]\s))"
    r"(?P<name>De\s(?:fungerend\s)?voorzitter|(?:Mevrouw|De\sheer|Het\slid)\s[A-ZÀ-Ý'’]"
    r"(?:(?!\b(?:vraagt|vroeg|zegt|zei|stelt|stelde|noemt)\b)[^:\n.]){1,70}"
    r"|(?:Minister-president|Minister|Staatssecretaris)(?:\s[A-ZÀ-Ý][^:\n.]{1,60})?)[ \t]?:(?=\s)",
    re.MULTILINE,
)
_CHAIR = re.compile(r"De\s(?:fungerend\s)?voorzitter\s?:\s")
_GREETING = re.compile(
    r"^[ \t]{0,8}(?:Hoogachtend|Met\svriendelijke\sgroet(?:en)?|Met\sde\smeeste\shoogachting),?[ \t\r]*$", re.MULTILINE
)
_GREETED = ("Hoogachtend", "vriendelijke", "hoogachting")  # one stands in each
_BLANK = re.compile(r"\n[ \t\r]*\n")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t\r]*\n)[^\n]+)*")
_ASKED = re.compile(r"\?[\s\d)»”’\]]*\Z")
_LINE = re.compile(r"[^\n]+")
_TALK = 200_000  # characters in which a debate shows that it is one


def sections_of(text: str, stated: Iterable[Section] = ()) -> tuple[Section, ...]:
    """stated: stretches whose role the format states."""
    if not text:
        return ()
    above = sorted(stated, key=lambda section: section.start)
    if any(section.role == "speech" for section in above):
        below = [Section(role="body", start=0, end=len(text))]
    elif _is_debate(turns := _turns(text)):
        below = list(_speeches(text, turns))
    else:
        below = list(_worded(text))
    return tuple(_joined(text, _overlaid(below, above)))


def _turns(text: str) -> list[re.Match[str]]:
    """Where somebody begins to speak; none where no chair does."""
    chaired = "oorzitter" in text and _CHAIR.search(text, 0, _TALK)
    return list(_SPEAKER.finditer(text)) if chaired else []


def _is_debate(turns: list[re.Match[str]]) -> bool:
    """A chair who speaks more than once, or gives the floor to another."""
    names = [turn["name"] for turn in turns if turn.end() < _TALK]
    chairs = sum("oorzitter" in name for name in names)
    return chairs > 1 or (chairs == 1 and len(set(names)) > 1)


def _worded(text: str) -> Iterator[Section]:
    marks = marks_of(text)
    first = next((mark.start for mark in marks if mark.role != "annex"), len(text))
    begin = letterhead_end(text, first)
    marks = [mark for mark in marks if mark.start >= begin]
    base = [Section(role="heading", start=0, end=begin)] if begin else []
    ends = [*(mark.start for mark in marks), len(text)]
    spans = zip([Mark(begin, begin, "body"), *marks], ends, [True, *_answered(marks)], strict=True)
    for mark, end, answered in spans:
        base += _stretch(text, mark, end, answered)
    apart = sorted([*_closings(text), *notes_of(text)], key=lambda section: section.start)
    yield from _overlaid(base, apart)


def _stretch(text: str, mark: Mark, end: int, answered: bool) -> Iterator[Section]:
    """One stretch as sections; an answer that follows its question without a heading is told apart from it."""
    if mark.label == ROUND:  # a round without an answer may be one whose answer we do not see: rather read than not
        yield Section(role=mark.role if answered else "body", start=mark.start, end=end)
        return
    label = mark.label
    if mark.role == "question" and label and not answered:
        asked = _end_of_question(text, mark.body, end)
        yield Section(role="question", start=mark.start, end=asked, label=label)
        yield Section(role="answer", start=asked, end=end, label=label)
    else:
        yield Section(role=mark.role, start=mark.start, end=end, label=label)


def _answered(marks: list[Mark]) -> list[bool]:
    """Whether a later heading answers: one that names the question, one right behind it, or a whole round."""
    found: list[bool] = []
    named: set[str] = set()
    follows = rounds = False
    for mark in reversed(marks):
        if mark.role == "question":
            found.append(follows or rounds or not named.isdisjoint(numbers_in(mark.label)))
            continue
        follows = mark.role == "answer" and not mark.label
        if mark.role == "answer":
            rounds = rounds or mark.label == ROUND
            named |= numbers_in(mark.label)
        found.append(True)
    return found[::-1]


def _end_of_question(text: str, begin: int, end: int) -> int:
    """Behind the first paragraphs that ask; without blank lines, behind the first line that ends a question."""
    apart = _BLANK.search(text, begin, end) is not None
    asked = False
    for match in (_PARAGRAPH if apart else _LINE).finditer(text, begin, end):
        if "?" in match.group():
            asked = apart or _ASKED.search(match.group()) is not None
        elif asked:
            return match.start()
    return end


def _speeches(text: str, turns: list[re.Match[str]]) -> Iterator[Section]:
    """What each speaker says; who it was is the label."""
    yield Section(role="heading", start=0, end=turns[0].start("name"))
    ends = [*(turn.start("name") for turn in turns[1:]), len(text)]
    for turn, end in zip(turns, ends, strict=True):
        label = " ".join(turn["name"].split())
        yield Section(role="heading", start=turn.start("name"), end=turn.end(), label=label)
        yield Section(role="speech", start=turn.end(), end=end, label=label)


def _closings(text: str) -> Iterator[Section]:
    """Signatures with the name beside or below, and the greeting above them."""
    last = -1
    for greeting in _GREETING.finditer(text) if any(word in text for word in _GREETED) else ():
        yield Section(role="closing", start=greeting.start(), end=greeting.end())
    for one in signatures(text):
        if one.start >= last:
            yield Section(role="closing", start=one.start, end=one.end)
            last = one.end


def _overlaid(below: Iterable[Section], above: list[Section]) -> Iterator[Section]:
    """The sections below, with those above laid over them."""
    pending = iter(above)
    mark = next(pending, None)
    for section in below:
        place = section.start
        while mark and mark.start < section.end:
            if mark.end > place:
                first, stop = max(mark.start, place), min(mark.end, section.end)
                yield _piece(section, place, first)
                yield _piece(mark, first, stop)
                place = stop
            if mark.end > section.end:
                break
            mark = next(pending, None)
        yield _piece(section, place, max(place, section.end))


def _piece(section: Section, start: int, end: int) -> Section:
    """`dataclasses.replace`, which is too slow for every section of every letter."""
    return Section(role=section.role, start=start, end=end, label=section.label)


def _joined(text: str, sections: Iterable[Section]) -> Iterator[Section]:
    """Without empty ones; blanks belong to the section before; answers without a number take that of their question."""
    last: Section | None = None
    asked = ""
    for section in sections:
        if section.start >= section.end:
            continue
        asked = section.label if section.role == "question" and section.label else asked
        if section.role == "answer" and not section.label:
            section = replace(section, label=asked)  # noqa: PLW2901 - the section as it goes out
        if last and _is_one(text, last, section):
            last = _piece(last, last.start, section.end)
        else:
            if last:
                yield last
            last = section
    if last:
        yield last


def _is_one(text: str, last: Section, section: Section) -> bool:
    if not text[section.start : section.end].strip():
        return True
    return (last.role, last.label) == (section.role, section.label) and last.role != "footnote"
