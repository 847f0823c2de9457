"""Lists that one promise opens: "Ik zal: – de Kamer voor de zomer informeren; – een onderzoek laten doen."

The sentence before the list has the doer and the verb, the items have the deeds; each item is read as if the lead
stood before it. Not inside: what is read in it (`rules.extraction`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile(r"\s*(?:[-–—•·*▪‣]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+")
_PROMISING = frozenset("zal zullen ga gaan gaat wil willen voornemens zeg zeggen zegt streef streven".split())
_DOERS = frozenset("ik wij we kabinet regering minister staatssecretaris ministerie".split())
_TOLD = frozenset("heb heeft hebben had is waren werd werden genomen getroffen".split())
_MEASURES = re.compile(
    r"\bvolgende (?:acties|maatregelen|stappen|activiteiten|actiepunten|verbeteringen|wijzigingen)\b"
)
LONGEST_LEAD = 300  # characters
MOST = 40  # items of one list


@dataclass(frozen=True, slots=True)
class Item:
    """lead: number of the line that opens the list; words: what it says, without its colon; bare: where the item's
    own words begin in the text."""

    lead: int
    words: str
    bare: int


def items(text: str, lines: Sequence[tuple[int, int]]) -> dict[int, Item]:
    """The items by the number of their line; lines: where each sentence begins and ends."""
    found: dict[int, Item] = {}
    lead, since = -1, 0
    for i, (start, end) in enumerate(lines):
        marked = _MARK.match(text, start, end)
        if lead >= 0 and marked and since < MOST:
            found[i] = Item(lead, _words(text, lines[lead]), marked.end())
            since += 1
        elif _opens(text[start:end]):
            lead, since = i, 0
        else:
            lead = -1
    return found


def _opens(line: str) -> bool:
    if not line.endswith(":") or len(line) > LONGEST_LEAD:
        return False
    words = frozenset(re.findall(r"\w+", line.lower()))
    if _MEASURES.search(line.lower()) and words.isdisjoint(_TOLD):
        return True
    return not words.isdisjoint(_PROMISING) and not words.isdisjoint(_DOERS)


def _words(text: str, line: tuple[int, int]) -> str:
    return text[slice(*line)].rstrip(" :")
