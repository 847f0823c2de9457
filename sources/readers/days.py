"""The day of a letter: the ways in which letters, answers, lists and debates date themselves. Pure.

A day that the letter itself states (``Den Haag, 2 september 2022``) is *sure*; the day of its publication, or a lone
date somewhere at the top, is not. Days of other papers ("uw brief van 6 december") are never taken.
"""

import re
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 1815, 2100
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
_DAY = rf"(?:(?P<d>\d{{1,2}})\.?\s{{1,3}}(?P<m>{_MONTH})\.?\s{{1,3}}(?P<y>\d{{4}})|(?P<d2>\d{{1,2}})[-/.](?P<m2>\d{{1,2}})[-/.](?P<y2>\d{{4}})|(?P<y3>\d{{4}})-(?P<m3>\d{{2}})-(?P<d3>\d{{2}}))(?!\d)"
_WEEKDAY = r"(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag,?\s{1,3})?"
_PLACE = r"(?:Den\s{1,2}Haag|['’]?s-?Gravenhage|Bezuidenhoutseweg\s\d+|Rijswijk|Voorburg|Amsterdam|Utrecht)"
_SURE = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"\bantwoord\b[^\n]{{0,400}}(?:\n[^\n]{{0,200}}){{0,4}}?\(?\bontvangen\s{{1,3}}(?:op\s)?{_DAY}",
        rf"^[ \t>|]*{_PLACE}\s?,\s{{0,3}}{_WEEKDAY}{_DAY}",
        rf"^[ \t>|]*(?:datum|dagtekening)(?![ \t]*publicatie)[ \t]*:?\s{{0,12}}{_WEEKDAY}{_DAY}",
        rf"\b(?:beantwoord\b[^\n.]{{0,80}}|antwoorden?\b[^\n.]{{0,80}}?)bij\sbrief\svan\s{{1,3}}{_DAY}",
        rf"\bbij\sbrief\svan\s{{1,3}}{_DAY}\s[^\n.]{{0,300}}?\bbeantwoord\b",
        rf"^[ \t|]*(?:vastgesteld|ontvangen)\s{{1,3}}(?:op\s)?{_DAY}",
        rf"\bvergadering\b[^\n]{{0,40}}?,?\s{_WEEKDAY}{_DAY}",
        rf"\bdatum:\s?{_DAY}",
    )
)
_UNSURE = tuple(
    re.compile(pattern, re.IGNORECASE | re.MULTILINE)
    for pattern in (
        rf"\bdatum\s?(?:van\s)?publicatie\s?:?\s{{0,4}}{_DAY}",
        rf"^[ \t>|]*(?:gepubliceerd|publicatiedatum|nieuwsbericht|kamerstuk|brief|kamerbrief)\b[^\n\d]{{0,60}}?{_DAY}",
        rf"^[ \t>|]*{_WEEKDAY}{_DAY}[ \t]*$",
    )
)
HEAD = 8_000  # characters at the top in which a letter says who it is
TAIL = 2_500


@dataclass(frozen=True, slots=True)
class Dated:
    """sure: the letter says so itself."""

    day: date | None = None
    sure: bool = False


def dated(text: str, stated: str = "", margin: str = "") -> Dated:
    """stated: a day that the format states beside the text; margin: what stands at the head of the pages."""
    top, bottom = text[:HEAD], text[max(HEAD, len(text) - TAIL) :]
    if stated and (day := day_in(stated)):
        return Dated(day, sure=True)
    for pattern in _SURE:
        if day := _first(pattern, top):
            return Dated(day, sure=True)
    if day := _first(_SURE[1], bottom) or _first(_SURE[2], margin):
        return Dated(day, sure=True)
    for pattern in _UNSURE:
        if day := _first(pattern, top[:3000]):
            return Dated(day)
    return Dated()


def day_in(text: str) -> date | None:
    """The day that a short text begins with or holds."""
    return _first(_ANY, text[:200])


_ANY = re.compile(rf"(?<!\d){_DAY}", re.IGNORECASE)


def _first(pattern: re.Pattern[str], text: str) -> date | None:
    return next((day for match in pattern.finditer(text) if (day := _day(match))), None)


def _day(match: re.Match[str]) -> date | None:
    year = match["y"] or match["y2"] or match["y3"]
    month = _MONTHS[match["m"].lower()] if match["m"] else int(match["m2"] or match["m3"])
    try:
        day = date(int(year), month, int(match["d"] or match["d2"] or match["d3"]))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
