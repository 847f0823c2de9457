"""Words of a text as the deadline grammar sees them, and a cheap look for words of time.

A `Token` is folded (lower case, no accents) and knows where it stood. Numbers, written days ("15-03-2024") and pairs
of years ("2024/2025") are recognised here, so that "nr. 12", "1.5" or "2022Z10980" can never look like a date.
What the words mean is the business of the grammar modules.
"""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

PARAGRAPH = "¶"  # the word of a blank line: nothing is read across it
LEFT, RIGHT, STEP = 220, 260, 120  # characters around a word of time that are read; the step bounds repeated hits

ABBREVIATIONS = {
    "as": "aanstaande", "jl": "jongstleden", "ll": "jongstleden", "ca": "circa", "zsm": "zsm", "tzt": "tzt",
    "miv": "vanaf", "dd": "dd", "mrt": "mrt", "tm": "t/m", "ivm": "ivm", "nr": "nr", "art": "art",
    "blz": "blz", "pag": "blz", "eerstv": "eerstvolgende",
}  # fmt: skip
SHORT_MONTHS = {
    "jan": "januari", "feb": "februari", "febr": "februari", "mrt": "maart", "apr": "april", "aug": "augustus",
    "sep": "september", "sept": "september", "okt": "oktober", "nov": "november", "dec": "december",
    "jun": "juni", "jul": "juli",
}  # fmt: skip

_SCAN = re.compile(  # first what most words are: letters with a blank or a comma behind them
    r"""(?P<plain>(?-i:[A-Za-z]++)(?=[ ,]))
    |(?P<para>\n[ \t\r]*\n\s*)
    |(?P<iso>\b\d{4}-\d{2}-\d{2}\b)
    |(?P<dmy>\b\d{1,2}(?P<sep>[-/.])\d{1,2}(?P=sep)\d{4}\b)
    |(?P<years>\b(?:19|20)\d\d[ ]?[-–/][ ]?(?:(?:19|20)\d\d|\d\d)\b(?![-/]))
    |(?P<tick>['‘’]\d\d\b)
    |(?P<dots>\b[A-Za-z](?:\.[A-Za-z]){1,4}\b\.?)
    |(?P<short>\b(?:jl|ll|ca|nr|art|jan|febr?|mrt|apr|aug|sept?|okt|nov|dec|jun|jul|blz|pag|eerstv|kw|mnd|wk)\.)
    |(?P<slash>\bt/m\b)
    |(?P<num>\d++(?:[.,]\d++)*+(?![\w]|-[a-z]))
    |(?P<word>[\w\u0300-\u036f]++(?:[-'’][\w\u0300-\u036f]++)*+)
    |(?P<mark>[^\w\s])""",
    re.VERBOSE | re.IGNORECASE,
)


class Token(NamedTuple):
    """One word, number, written day or mark. word: folded; number: a whole number; day, years: when it is one."""

    word: str
    start: int
    end: int
    number: int | None = None
    day: date | None = None
    years: tuple[int, int] | None = None
    stressed: bool = False  # "vóór": before, and never "for"
    glued: int | None = None  # "20182": a year with the figure of a note behind it; only a month before it tells


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text[start:end]`` with offsets in `text`."""
    stop = len(text) if end is None else end
    return [
        Token(found[0].lower(), *found.span()) if found.lastgroup == "plain" else _token(found)
        for found in _SCAN.finditer(text, start, stop)
    ]


def _token(found: re.Match[str]) -> Token:
    kind, raw, start, end = found.lastgroup, found.group(), found.start(), found.end()
    if kind == "word":
        if raw.isascii():
            return Token(raw.lower(), start, end)
        folded = fold(raw)
        return Token(folded, start, end, stressed=folded == "voor")
    if kind == "para":
        return Token(PARAGRAPH, start, end)
    if kind == "mark":
        return Token("-" if raw in "–—-" else raw, start, end)
    return _special(kind or "", raw, start, end)


def _special(kind: str, raw: str, start: int, end: int) -> Token:
    if kind == "num":
        whole = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= 4 else None
        return Token("#" if whole is None else raw, start, end, number=whole, glued=_with_note(raw))
    if kind in ("iso", "dmy"):
        return Token("#", start, end, day=_written(kind, raw))
    if kind == "years":
        return Token("#", start, end, years=_pair(raw))
    if kind == "tick":  # '24
        return Token(f"20{raw[1:]}", start, end, number=2000 + int(raw[1:]))
    bare = raw.replace(".", "").lower() if kind in ("dots", "short") else raw.lower()
    return Token(ABBREVIATIONS.get(bare, bare), start, end)


def _with_note(raw: str) -> int | None:
    """The year in "20182" and "201812": the publisher's notes stand right behind the word they belong to."""
    plain = raw.isascii() and raw.isdecimal() and len(raw) in (5, 6)
    return int(raw[:4]) if plain and raw[4] != "0" and 1900 <= int(raw[:4]) <= 2100 else None


def _written(kind: str, raw: str) -> date | None:
    parts = [int(part) for part in re.split(r"[-/.]", raw)]
    year, month, day = parts if kind == "iso" else reversed(parts)
    try:
        return date(year, month, day) if 1900 <= year <= 2100 else None
    except ValueError:  # 31-02-2024, or a reference number in the shape of a day
        return None


def _pair(raw: str) -> tuple[int, int] | None:
    """The years of ``2024/25`` or ``2022-2025``; None when they do not run forward."""
    first, last = (int(part) for part in re.split(r"[-–/]", raw))
    last = last if last > 99 else first // 100 * 100 + last
    return (first, last) if first < last else None


def fold(word: str) -> str:
    """Lower case without accents; apostrophes straight."""
    decomposed = unicodedata.normalize("NFD", word.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


# Pieces of words that every expression of time contains at least one of. Looked for with str.find: no grammar runs,
# and no token is made, where none of these stands. The commonest come first.
CUES = (
    *"20 jaar mei uur zomer januari februari maart april juni juli augustus september oktober november december mrt"
    " zondag maandag dinsdag woensdag donderdag vrijdag zaterdag vandaag morgen gisteren"
    " voorjaar najaar winter herfst lente reces vakantie kerst pasen pinksteren hemelvaart koningsdag feestdagen"
    " prinsjesdag verantwoordingsdag jaarsnota miljoenennota slotwet begroting circulaire besluitvorming belastingplan"
    " suppletoire week weken weekend maand jaren dagen uren etmaal werkdag kwarta trimester tertaal"
    " spoedig binnenkort termijn mogelijk stadium moment zijner afzienbare toekomst eerdaags weldra onverwijld omgaand"
    " zodra nadat wanneer ontvangst afronding afloop ommekomst periodiek regelma debat overleg ministerraad volgende"
    " gelijktijdig tegelijk aansluitend periode deadline heden oplevering publicatie inwerkingtreding evaluatie"
    " behandeling invoering 19 a.s jl j.l zsm z.s.m tzt t.z.t jan. feb. apr. aug. sep okt. nov. dec."
    " komende voordat alvorens gelegenheid q1 q2 q3 q4 h1 h2".split(),
    " ao ",
    "per direct",
)


def tells_time(small: str) -> bool:
    """Does a word of time stand in the text, which is in small letters?"""
    return any(map(small.__contains__, CUES))
