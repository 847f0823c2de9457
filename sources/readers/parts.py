"""The sections of a letter: letterhead, question n, answer n, running text, annex, footnote, speech, signature. Pure.

The sections lie side by side, in order, and cover the text from its first to its last character. What the format states
(`Draft.marks`) wins over what the words show. Where nothing tells, it is running text: a promise there is at least seen.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from sources.document import Section
from sources.readers.letterhead import letterhead_end
from sources.readers.notes import notes_of

_NUMBERS = r"\d{1,3}[a-z]?(?:\s?(?:,\s?en|,|en|&|/|t/m|tot\sen\smet|[-–])\s?\d{1,3}[a-z]?){0,20}"
_ASKED = re.compile(
    rf"^[ \t>*|]{{0,8}}(?:Vraag|Vragen|VRAAG|VRAGEN)[ \t]{{0,3}}(?:nr\.?[ \t]|nummer[ \t])?(?P<label>{_NUMBERS})[ \t]{{0,3}}(?P<end>[:.)]|$|(?=[A-ZÀ-Ý«“]))",
    re.MULTILINE,
)
_ANSWERED = re.compile(
    r"^[ \t>*|]{0,8}(?:Antwoord(?:en)?|Reactie|ANTWOORD(?:EN)?)"
    rf"(?:[ \t]{{1,3}}(?:op|bij)?[ \t]{{0,3}}(?:de[ \t])?(?:vraag|vragen|Vraag|Vragen)?[ \t]{{0,3}}(?P<label>{_NUMBERS}))?[ \t]{{0,3}}(?P<end>[:.)]|$|(?=[A-ZÀ-Ý«“]))",
    re.MULTILINE,
)
_ANNEX = re.compile(
    r"^[ \t]{0,8}(?:Bijlagen?|BIJLAGEN?)(?:[ \t]{1,3}(?P<label>[\dIVX]{1,4}|[A-H]))?[ \t]{0,3}(?:[:.–-][^\n]{0,150})?$",
    re.MULTILINE,
)
_COUNTED = re.compile(
    r"\s{1,6}(?:\d{1,2}|geen|div\w*|-)[ \t\r]*(?:\n|$)", re.IGNORECASE
)  # "Bijlagen: 2" of a letterhead
_ROUND = re.compile(  # a written consultation: first the fractions ask, then the minister answers
    r"^[ \t]{0,8}(?:(?:[IVX]{1,4}|[A-D1-9])\.?[ \t]{1,3})?"
    r"(?P<ask>(?:Vragen|Inbreng|Opmerkingen)\sen\s(?:vragen|opmerkingen)\s(?:van(?:uit)?|van\sde)\b[^\n]{0,120}|Inbreng\svan\sde\sfracties[^\n]{0,60})$"
    r"|^[ \t]{0,8}(?:[IVX]{1,4}|[A-D1-9])?\.?[ \t]{0,3}(?P<reply>(?:Antwoord|Reactie)(?:\s/\s(?:Antwoord|Reactie))?\svan\s(?:de\s|het\s)?(?:minister|staatssecretaris|bewindsperso|kabinet)[^\n]{0,120})$",
    re.MULTILINE | re.IGNORECASE,
)
_LISTED = re.compile(r"^[ \t]{0,8}(?P<label>\d{1,3})[.)]?[ \t]{0,3}$", re.MULTILINE)
_LIST = ("lijst van vragen", "vragen en antwoorden\n", "vragen en antwoorden zijn hierna")
_SPEAKER = re.compile(
    r"(?:^[ \t]{0,8}|(?<=[.?!…»”\"]\s))(?P<name>De\s(?:fungerend\s)?voorzitter|(?:Mevrouw|De\sheer|Het\slid)\s[A-ZÀ-Ý'’][^:\n.]{1,70}"
    r"|(?:Minister|Staatssecretaris|Minister-president)(?:\s[A-ZÀ-Ý][^:\n.]{1,60})?)[ \t]?:(?=\s)",
    re.MULTILINE,
)
_CHAIR = re.compile(r"\bDe\s(?:fungerend\s)?voorzitter\s?:\s")
_SIGNED = re.compile(
    r"^[ \t]*(?:(?:Hoogachtend|Met\s(?:de\smeeste\s|vriendelijke\s)\w+),?[ \t]*$|(?:[Mm]ede\snamens\s[^\n]{3,150},[ \t]*\n[ \t]*)?"
    r"[Dd]e\s(?:[Mm]inister|[Ss]taatssecretaris|[Mm]inister-president)\b[^\n.;:?!]{0,140}$)",
    re.MULTILINE,
)
_INLINE_SIGNED = re.compile(
    r"^[ \t]*De\s(?:[Mm]inister|[Ss]taatssecretaris)[^\n.;:?!]{3,140},[ \t]?(?:[A-Z]\.[ ]?){1,6}[^\n]{2,40}$",
    re.MULTILINE,
)
_BLANK = re.compile(r"\n[ \t\r]*\n")
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t\r]*\n)[^\n]+)*")


@dataclass(frozen=True, slots=True)
class _Turn:
    """From here on the role is another. body: where the words after the heading begin."""

    start: int
    body: int
    role: str
    label: str = ""


def sections_of(text: str, marks: Iterable[Section] = ()) -> tuple[Section, ...]:
    """Side by side, in order, over the whole text."""
    if not text:
        return ()
    stated = sorted(marks, key=lambda mark: mark.start)
    spoken = any(mark.role == "speech" for mark in stated)
    worded = [Section(role="body", start=0, end=len(text))] if spoken else list(_worded(text))
    return tuple(_joined(text, _overlaid(worded, stated)))


def _worded(text: str) -> list[Section]:
    """What the words show."""
    if "oorzitter" in text and len(_CHAIR.findall(text, 0, 200_000)) > 1:
        return list(_speeches(text))
    turns = sorted(_turns(text), key=lambda turn: (turn.start, turn.body))
    first = next((turn.start for turn in turns if turn.role != "annex"), len(text))
    begin = letterhead_end(text, first)
    turns = [turn for turn in turns if turn.start >= begin]
    base: list[Section] = [Section(role="heading", start=0, end=begin)] if begin else []
    for turn, following in zip(
        [_Turn(begin, begin, "body"), *turns], [*turns, _Turn(len(text), len(text), "")], strict=True
    ):
        base += _stretch(text, turn, following, turns)
    return [*_overlaid(base, sorted([*_closings(text), *notes_of(text)], key=lambda s: s.start))]


def _turns(text: str) -> Iterator[_Turn]:
    if _any(text, "Vra", "VRA"):
        for match in _ASKED.finditer(text):
            yield _Turn(match.start(), match.end(), "question", _plain(match["label"]))
    if _any(text, "Antwoord", "Reactie", "ANTWOORD"):
        for match in _ANSWERED.finditer(text):
            if match["label"] or match["end"] in (":", ""):
                yield _Turn(match.start(), match.end(), "answer", _plain(match["label"] or ""))
    if _any(text, "Bijlage", "BIJLAGE"):
        for match in _ANNEX.finditer(text):
            if not _COUNTED.match(text, match.end()):
                yield _Turn(match.start(), match.end(), "annex", match["label"] or "")
    if "fractie" in text:
        for match in _ROUND.finditer(text):
            yield _Turn(match.start(), match.end(), "question" if match["ask"] else "answer", "round")
    top = text[:5000].lower()
    if any(words in top for words in _LIST):
        for match in _LISTED.finditer(text):
            yield _Turn(match.start(), match.end(), "question", match["label"])


def _any(text: str, *words: str) -> bool:
    """A look that costs nothing before an expression runs over a whole text."""
    return any(word in text for word in words)


def _plain(label: str) -> str:
    return " ".join(label.split())


def _stretch(text: str, turn: _Turn, following: _Turn, turns: list[_Turn]) -> Iterator[Section]:
    """One stretch as sections; an answer that follows its question without a heading is told apart from it."""
    end = following.start
    if turn.start >= end:
        return
    label = "" if turn.label == "round" else turn.label
    if (
        turn.role == "question"
        and turn.label != "round"
        and following.role != "answer"
        and not _answered_later(turn, turns)
    ):
        asked = _end_of_question(text, turn.body, end)
        yield Section(role="question", start=turn.start, end=asked, label=label)
        if asked < end:
            yield Section(role="answer", start=asked, end=end, label=label)
        return
    yield Section(role=turn.role, start=turn.start, end=end, label=label)


def _answered_later(turn: _Turn, turns: list[_Turn]) -> bool:
    """Another heading answers this question: one that names it, or the first one behind a row of questions."""
    number = turn.label
    for other in turns:
        if other.start > turn.start and other.role == "answer":
            if not other.label or other.label == "round" or number in _named(other.label):
                return True
    return False


def _named(label: str) -> frozenset[str]:
    """The numbers in ``3 en 4`` and ``3 t/m 6``."""
    numbers = re.findall(r"\d{1,3}[a-z]?", label)
    whole = [int(re.sub(r"\D", "", number)) for number in numbers]
    if re.search(r"t/m|tot en met|[-–]", label) and len(whole) >= 2 and whole[0] < whole[-1] <= whole[0] + 200:
        numbers += [str(number) for number in range(whole[0], whole[-1] + 1)]
    return frozenset(numbers)


def _end_of_question(text: str, begin: int, end: int) -> int:
    """Behind the first paragraphs that ask."""
    asked = False
    unit = _PARAGRAPH if _BLANK.search(text, begin, end) else re.compile(r"[^\n]+")
    for match in unit.finditer(text, begin, end):
        if "?" in match.group():
            asked = True
        elif asked:
            return match.start()
    return end


def _speeches(text: str) -> Iterator[Section]:
    """One section for each turn of a speaker; who it was is the label."""
    starts = list(_SPEAKER.finditer(text))
    if starts[0].start("name") > 0:
        yield Section(role="heading", start=0, end=starts[0].start("name"))
    ends = [turn.start("name") for turn in starts[1:]] + [len(text)]
    for turn, end in zip(starts, ends, strict=True):
        yield Section(role="speech", start=turn.start("name"), end=end, label=" ".join(turn["name"].split()))


def _closings(text: str) -> Iterator[Section]:
    """Signatures: the line of the office and the few short lines with the name below it."""
    last = -1
    for match in sorted([*_SIGNED.finditer(text), *_INLINE_SIGNED.finditer(text)], key=lambda m: m.start()):
        if match.start() < last:
            continue
        end = match.end() if _INLINE_SIGNED.match(match.group()) else _end_of_names(text, match.end())
        if end > match.end() or match.group().lstrip()[:1] in "HM" or _INLINE_SIGNED.match(match.group()):
            yield Section(role="closing", start=match.start(), end=end)
            last = end


_NAME_LINE = re.compile(
    r"[ \t]*(?:\(?(?:[A-Z]\.|[A-ZÀ-Ý][\w’'-]+)[^\n.?!:;]{0,15}[^\n?!:;]{0,60}|[Dd]e\s(?:minister|staatssecretaris)[^\n.]{0,120})?[ \t\r]*(?:\n|$)",
    re.IGNORECASE,
)


def _end_of_names(text: str, place: int) -> int:
    """Behind at most six short lines that are no sentences."""
    here = text.find("\n", place)
    if here < 0:
        return place
    end, place = place, here + 1
    for _ in range(6):
        stop = text.find("\n", place)
        stop = len(text) if stop < 0 else stop
        line = text[place:stop].strip()
        if (
            len(line) > 70
            or line.endswith((".", "?", ":"))
            or line[:1].islower()
            and not line.startswith(("de ", "mede "))
        ):
            break
        if re.match(r"(?:Vraag|Vragen|Antwoord|Bijlage|\d)", line):
            break
        if line:
            end = stop
        place = stop + 1
        if place >= len(text):
            break
    return end


def _overlaid(below: list[Section], above: list[Section]) -> Iterator[Section]:
    """The sections below, with those above laid over them."""
    pending = iter(above)
    mark = next(pending, None)
    for section in below:
        place = section.start
        while mark and mark.start < section.end:
            if mark.end <= place:
                mark = next(pending, None)
                continue
            first = max(mark.start, place)
            if first > place:
                yield replace(section, start=place, end=first)
            stop = min(mark.end, section.end)
            yield replace(mark, start=first, end=stop)
            place = stop
            if mark.end <= section.end:
                mark = next(pending, None)
            else:
                break
        if place < section.end:
            yield replace(section, start=place)


def _joined(text: str, sections: Iterable[Section]) -> Iterator[Section]:
    """Neighbours of one role and label as one; speeches and footnotes stay apart."""
    last: Section | None = None
    for section in sections:
        if section.start >= section.end:
            continue
        if last and not text[section.start : section.end].strip():
            last = replace(last, end=section.end)
            continue
        if last and (last.role, last.label) == (section.role, section.label) and last.role not in ("footnote",):
            last = replace(last, end=section.end)
            continue
        if last:
            yield last
        last = section
    if last:
        yield last
