"""The day of a letter: the ways in which letters, answers, lists and debates date themselves. Pure.

A day that the letter itself states (``Den Haag, 2 september 2022``) is *sure*; the day of its publication, or a lone
date somewhere at the top, is not. Days of other papers ("uw brief van 6 december") are never taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 1815, 2100
HEAD = 8_000  # characters at the top in which a letter says who it is
TAIL = 2_500
_MONTHS = {
    name: number
    for number, names in enumerate(
        "januari jan,februari feb,maart mrt,april apr,mei,juni jun,juli jul,augustus aug,september sept sep,"
        "oktober okt,november nov,december dec".split(","),
        1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?:(?P<d>\d{{1,2}})\.?\s{{1,3}}(?P<m>{_MONTH})\.?\s{{1,3}}(?P<y>\d{{4}})"
    r"|(?P<d2>\d{1,2})[-/.](?P<m2>\d{1,2})[-/.](?P<y2>\d{4})|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2}))(?!\d)"
)
_FIGURE = re.compile(r"\d\d*+(?=\.?\s{1,3}[adfjmnos]|[-/.]\d)")  # with a month or the like behind it
_WEEKDAY = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag,?\s{1,3})?\Z"
_LINE = r"(?:^|\n)[ \t>|]{0,8}"
_PLACE = r"(?:den\s{1,2}haag|['’]?s[- ]{0,2}gravenhage|rijswijk|voorburg|amsterdam|utrecht)"
_SURE = tuple(  # what stands before the day, the surest first; the first only of an answer
    re.compile(pattern)
    for pattern in (
        r"\bontvangen\s{1,3}(?:op\s)?\Z",
        rf"{_LINE}{_PLACE}\s?,\s{{0,3}}{_WEEKDAY}",
        rf"{_LINE}(?:datum|dagtekening)[ \t]{{0,3}}:?\s{{0,12}}{_WEEKDAY}",
        r"beantwoord[^\n.]{0,80}\bbij\sbrief\svan\s{1,3}\Z",
        rf"{_LINE}(?:vastgesteld|ontvangen)\s{{0,3}}(?:op\s)?\Z",
        rf"\d{{1,3}}e\svergadering\b[^\n]{{0,40}},?\s{_WEEKDAY}",
        r"\bdatum:\s?\Z",
    )
)
_AROUND = (  # what stands before and behind the day
    (re.compile(r"bij\sbrief\svan\s{1,3}\Z"), re.compile(r"[^\n.]{0,300}antwoord")),
    (re.compile(r"\b(?:heeft|hebben)\sop\s{1,3}\Z"), re.compile(r"\s{1,3}(?:overleg|een\s\w{0,20}overleg)\b")),
)
_UNSURE = tuple(
    re.compile(pattern)
    for pattern in (
        r"datum\s?(?:van\s)?publicatie[^\d]{0,80}\Z",
        rf"{_LINE}(?:gepubliceerd|publicatiedatum|nieuwsbericht|kamerstuk|brief|kamerbrief)[^\n\d]{{0,60}}\Z",
        rf"{_LINE}{_WEEKDAY}",
    )
)
_ASKING = ("BRIEF VAN DE VOORZITTER", "BRIEF VAN DE GRIFFIER", "BRIEF AAN DE ")
_REPLYING = re.compile(r"BRIEF VAN DE (?:MINISTER|STAATSSECRETARIS)")
_NEAR = 800
_REPLY = re.compile(r"antwoord|mededeling")
_BEFORE = 130
_OF_ANSWER = 800  # characters before "ontvangen" in which it is called an answer
_RANK_OF_AROUND = 3


@dataclass(frozen=True, slots=True)
class Dated:
    """sure: the letter says so itself."""

    day: date | None = None
    sure: bool = False


def dated(text: str, stated: str = "", margin: str = "", published: str = "") -> Dated:
    """stated: a day that the format states of the letter, published: of its publication. margin: heads of pages."""
    if stated and (day := day_in(stated)):
        return Dated(day, sure=True)
    asked = next((place for heading in _ASKING if (place := text.find(heading, 0, HEAD)) >= 0), -1)
    if asked >= 0:  # the questions of a committee and the answer, printed as two letters
        reply = _REPLYING.search(text, asked)
        day = _best(text[reply.start() : reply.end() + _NEAR], _SURE[1:2]) if reply else None
        return Dated(day, sure=True) if day else dated(text[:asked], stated, margin, published)
    sure = (
        _best(text[:HEAD], _SURE),
        _best(text[max(HEAD, len(text) - TAIL) :], _SURE[1:2]),
        _best(margin, _SURE[1:3]),
    )
    day = next((day for day in sure if day), None)
    if day:
        return Dated(day, sure=True)
    return Dated(_best(text[:3000], _UNSURE) or day_in(published) or _best(margin, _UNSURE))


def day_in(text: str) -> date | None:
    """The first day that a short text names."""
    return next((day for _, _, day in _days(text[:200].lower())), None)


def _best(text: str, rules: tuple[re.Pattern[str], ...]) -> date | None:
    """The day behind the words of the first rule that fits any; of several, the first in the text."""
    found: tuple[int, date] | None = None
    small = text.lower()
    small = small if len(small) == len(text) else text
    for start, end, day in _days(small):
        before = small[max(0, start - _BEFORE) : start]
        rank = _rank(before, small[end : end + 400], rules)
        if rank == 0 and rules is _SURE and not _REPLY.search(small, max(0, start - _OF_ANSWER), start):
            rank = None
        if rank is not None and (found is None or rank < found[0]):
            found = (rank, day)
    return found[1] if found else None


def _rank(before: str, after: str, rules: tuple[re.Pattern[str], ...]) -> int | None:
    for rank, rule in enumerate(rules):
        if rule.search(before):
            alone = after.lstrip(" \t\r|")[:1] in ("", "\n")
            return rank if alone or rules is not _UNSURE or rank < len(rules) - 1 else None
    around = rules is _SURE and any(front.search(before) and behind.match(after) for front, behind in _AROUND)
    return _RANK_OF_AROUND if around else None


def _days(text: str) -> Iterator[tuple[int, int, date]]:
    for figure in _FIGURE.finditer(text):  # a search for figures is far faster than one for dates
        match = _DATE.match(text, figure.start())
        day = _day(match) if match else None
        if match and day:
            yield match.start(), match.end(), day


def _day(match: re.Match[str]) -> date | None:
    year = match["y"] or match["y2"] or match["y3"]
    month = _MONTHS[match["m"].lower()] if match["m"] else int(match["m2"] or match["m3"])
    try:
        day = date(int(year), month, int(match["d"] or match["d2"] or match["d3"]))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
