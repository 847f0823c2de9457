"""Where the letterhead ends and the letter begins. Pure.

A wrong guess costs a promise, so only lines that are surely no sentences belong to the letterhead.
"""

import re

MOST = 6_000  # characters that a letterhead has at most
_SALUTATION = re.compile(
    r"^[ \t]*(?:Geachte|Zeer geachte|Weledelgeleerde|Beste)\b[^\n.?!]{0,80}[,:]?[ \t\r]*$", re.MULTILINE
)
_DATE_LINE = re.compile(r"^[ \t]*(?:Den\sHaag|['’]?s-Gravenhage),[^\n]{4,40}\d{4}[ \t\r]*$", re.MULTILINE)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?![ \t\r]*\n)[^\n]+)*")
_KNOWN = re.compile(
    r"[ \t>|]*(?:Retouradres|Aan\b|Datum|Onderwerp|Betreft|Ons kenmerk|Onze referentie|Uw (?:kenmerk|brief|referentie)|Kenmerk|"
    r"Bijlagen?\b|Pagina|Contactpersoon|Projectnaam|Directoraat|Directie|Bij beantwoording|Ministerie|Postbus|Kamerstuk\b|"
    r"Tweede Kamer|Eerste Kamer|Vergaderjaar|Nr\.|Vragen van h?et lid|Vragen van de leden|Vragen gesteld|Aanhangsel|Zie ook|"
    r"Den Haag|Vastgesteld|Ontvangen|Inlichtingen|Kopie|T\s|F\s|E\s|www\.|\d{2} \d{3}\b|\d{4} [A-Z]{2}\b|\(ingezonden)"
)
_ENDS = (".", "?", "!", ":", ";")
_SHORT = 60


def letterhead_end(text: str, before: int) -> int:
    """The place of the first word of the letter itself; 0 where there is no letterhead. before: where questions begin."""
    limit = min(before, MOST, len(text))
    for pattern in (_SALUTATION, _DATE_LINE):
        match = pattern.search(text, 0, limit)
        if match and not _prose_before(text, match.start()):
            return match.end()
    place = 0
    for paragraph in _PARAGRAPH.finditer(text, 0, limit):
        place = _first_sentence(paragraph)
        if place >= 0:
            return place if _is_head(text[:place]) else 0
    return limit if before == limit and _is_head(text[:limit]) else 0


def _prose_before(text: str, place: int) -> bool:
    return any(_first_sentence(paragraph) >= 0 for paragraph in _PARAGRAPH.finditer(text, 0, place))


def _first_sentence(paragraph: re.Match[str]) -> int:
    """Where running text begins in a paragraph; -1 where all its lines are lines of a letterhead."""
    lines = paragraph.group().split("\n")
    place = paragraph.start()
    known = False
    for number, line in enumerate(lines):
        following = lines[number + 1].lstrip()[:1] if number + 1 < len(lines) else ""
        bare = line.strip()
        if _KNOWN.match(line):
            known = True
        elif bare[:1].islower() and known:
            pass  # the rest of a subject or an addressee
        elif _is_prose(bare, following):
            return place
        else:
            known = len(bare) < _SHORT and known
        place += len(line) + 1
    return -1


def _is_prose(line: str, following: str) -> bool:
    if len(line.split()) < 4 and not following.islower():
        return False
    return len(line) >= _SHORT or line.endswith(_ENDS) or following.islower()


def _is_head(text: str) -> bool:
    return bool(text.strip()) and any(_KNOWN.match(line) for line in text.split("\n"))
