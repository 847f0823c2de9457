"""Where the sentences of a Dutch letter begin and end, as exact offsets.

sentencex cuts, a short list of our own mends what it gets wrong in parliamentary Dutch (abbreviations such as "o.a.",
figures of footnotes glued to a full stop, "jl." at the end of a sentence). It is given one paragraph at a time:
an unbalanced quotation mark must not swallow the rest of the letter, and lines that a PDF broke are one paragraph.
Not inside: what a sentence means.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex

LONGEST = 20_000  # characters of one paragraph; a longer one is cut at a blank
NARROW = 45  # a line shorter than this was not broken by a margin: the author ended it
_LINE = re.compile(r"[^\n]*\n?")
_HEAD = re.compile(
    r"\s*(?:(?:Vraag|Vragen|Antwoord|Antwoorden|Toelichting|Bijlage)\b|[-–—•·*▪]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s|\d{1,3}\s*$|>)"
)
_ENDS = (".", "!", "?", ":", ";", "»", "”")
_NOTED = re.compile(r"[.!?](?<=[\w)»”\]].)\d{1,3}\s+(?=[A-ZÀ-Ý«“])")  # a note's figure after the full stop
_LATE = re.compile(  # other ends that sentencex does not see; what comes next is a new sentence
    r"\bjl\.\d{0,2}\s+(?=(?:De|Het|Een|Ik|Wij|We|In|Op|Dit|Deze|Dat|Die|Daar\w*|Hier\w*|Met|Voor|Naar|Uw|U)\b)"
    r"|\.nl\.\s+(?=[A-Z])"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:o\.a|o\.m|e\.a|e\.d|m\.b\.t|m\.n|i\.v\.m|i\.h\.b|t\.a\.v|t\.o\.v|n\.a\.v|m\.i\.v|c\.q|c\.s|d\.d|dd|a\.s|jl|"
    r"mln|mld|nr|nrs|art|artt|blz|p|pp|bijv|bv|resp|incl|excl|ca|evt|zgn|noot|min|stas|drs|mr|dr|ir|ing|prof|jhr|mw|dhr)"
    r"|\b\d{1,2})\.\s*$",
    re.IGNORECASE,
)


def paragraphs(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """Stretches between blank lines and lines that the author ended; none longer than `LONGEST`."""
    end = len(text) if end is None else end
    begin, before = start, ""
    for match in _LINE.finditer(text, start, end):
        line = match.group()
        if match.start() == match.end():
            break
        if match.start() > begin and not _goes_on(before, line):
            yield from _pieces(text, begin, match.start())
            begin = match.start()
        before = line
    yield from _pieces(text, begin, end)


def _goes_on(line: str, following: str) -> bool:
    """Is the line end only a margin's doing?"""
    line, bare = line.rstrip(), following.strip()
    if not line.strip() or not bare or _HEAD.match(following):
        return False
    if " | " in line or " | " in following:  # rows of a table
        return False
    if bare[0].islower():
        return True
    return len(line) >= NARROW and len(line) <= 110 and not line.endswith(_ENDS)


def _pieces(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    while end - begin > LONGEST:
        cut = text.rfind(". ", begin + LONGEST // 2, begin + LONGEST) + 2
        if cut < begin + 2:
            cut = text.rfind(" ", begin + 1, begin + LONGEST) + 1 or begin + LONGEST
        yield begin, cut
        begin = cut
    if begin < end:
        yield begin, end


def sentences(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph without the blanks around them."""
    flat = text[begin:end].replace("\n", " ").replace("\u00a0", " ")
    for first, last in pairwise(_cuts(flat)):
        here = flat[first:last]
        if bare := here.strip():
            skip = len(here) - len(here.lstrip())
            yield begin + first + skip, begin + first + skip + len(bare)


def _cuts(flat: str) -> list[int]:
    """Where sentences begin, and the end of the text."""
    within = flat.rstrip()[:-1]
    if flat.isascii() and not any(map(within.__contains__, ".?!")):
        return [0, len(flat)]  # no end but its own
    cuts = [0]
    for piece in sentencex.segment("nl", flat):
        cuts.append(cuts[-1] + len(piece))
    return _late(flat, _mended(flat, cuts))


def _mended(flat: str, cuts: list[int]) -> list[int]:
    """Without the cuts after an abbreviation, before a small letter and inside brackets."""
    kept = cuts[:1]
    for cut in cuts[1:-1]:
        following = flat[cut : cut + 1]
        here = flat[kept[-1] : cut]
        joined = following.islower() or (following.isdigit() and _ABBREVIATION.search(here[-12:]))
        if not joined and not (len(here) < 12 and _ABBREVIATION.search(here)):
            kept.append(cut)
    return [*kept, len(flat)] if len(flat) > kept[-1] else kept


def _late(flat: str, cuts: list[int]) -> list[int]:
    found = [match.end() for match in _NOTED.finditer(flat)]
    if "jl." in flat or ".nl." in flat:
        found += [match.end() for match in _LATE.finditer(flat)]
    return sorted({*cuts, *found}) if found else cuts
