"""Where the letterhead ends and the letter begins. Pure.

A wrong guess costs a promise, so only lines that are surely no sentences belong to the letterhead.
"""

import re

MOST = 6_000  # characters that a letterhead has at most
_SALUTATION = re.compile(
    r"^[ \t]*(?:Geachte|Zeer geachte|Weledelgeleerde|Beste)\b[^\n.?!]{0,80}[,:]?[ \t\r]*$", re.MULTILINE
)
_DATE_LINE = re.compile(r"^[ \t]*(?:Den\sHaag|['’]?s-Gravenhage),[^\n]{4,40}\d{4}[ \t\r]*$", re.MULTILINE)
_LABELS = (
    "Datum|Onderwerp|Betreft|Ons kenmerk|Onze referentie|Uw kenmerk|Uw brief|Uw referentie|Kenmerk|Bijlagen?|Pagina|"
    "Contactpersoon|Projectnaam|Inlichtingen|Kopie aan|Van|Aan"
)
_LABEL = re.compile(rf"[ \t>|]*(?:{_LABELS})[ \t]*:?[ \t\r]*")
_KNOWN = re.compile(
    rf"[ \t>|]*(?:(?:{_LABELS})\b|Retouradres|Directoraat|Directie|Bij beantwoording|Ministerie|Postbus|Kamerstuk\b|"
    r"Tweede Kamer|Eerste Kamer|Vergaderjaar|Nr\.|Vragen van het lid|Vragen van de leden|Vragen gesteld|Aanhangsel|"
    r"Zie ook|Den Haag|Vastgesteld|Ontvangen|T\s|F\s|E\s|www\.|\d{2} \d{3}\b|\d{4} [A-Z]{2}\b|\(ingezonden)"
)
_ENDS = (".", "?", "!", ":", ";")
_SHORT = 60


def letterhead_end(text: str, before: int) -> int:
    """The place of the first word of the letter itself; 0 without a letterhead. before: where questions begin."""
    limit = min(before, MOST, len(text))
    begin = _first_sentence(text, limit)
    stop = _line_end(text, _line_end(text, begin, limit) + 1, limit)  # none of them is longer than two lines
    for pattern in (_SALUTATION, _DATE_LINE):
        match = pattern.search(text, 0, stop)
        if match and match.start() <= begin:
            return match.end()
    known = any(_KNOWN.match(line) for line in text[:begin].split("\n"))
    return begin if known and (begin < limit or before == limit < len(text)) else 0


def _line_end(text: str, place: int, limit: int) -> int:
    stop = text.find("\n", place, limit)
    return limit if stop < 0 else stop


def _first_sentence(text: str, limit: int) -> int:
    """The start of the first line that is no line of a letterhead."""
    place, known, labelled = 0, False, False
    while place < limit:
        stop = _line_end(text, place, limit)
        line = text[place:stop]
        following = text[stop + 1 : stop + 40].lstrip(" \t")[:1] if stop < limit else ""
        bare = line.strip()
        if bare:
            if _KNOWN.match(line):
                known = True
            elif not labelled and not (known and bare[0].islower()) and _is_prose(bare, following):
                return place
            labelled = bool(_LABEL.fullmatch(line)) or (labelled and following.islower())
        else:
            known = known and labelled
        place = stop + 1
    return limit


def _is_prose(line: str, following: str) -> bool:
    if len(line.split()) < 4 and not following.islower():
        return False
    return len(line) >= _SHORT or line.endswith(_ENDS) or following.islower()
