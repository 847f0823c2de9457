"""Who must act: the office and the person behind "ik", "wij", "het kabinet", "mijn ambtgenoot" or a service.

From the letter's own heading and signature where the reader found none. Not inside: whether the sentence is a promise.
"""

import re
from functools import lru_cache

from rules.clauses import Clause, Sentence, head
from rules.commitment import Actor
from sources.document import Letter

_HEADING = re.compile(r"\bBRIEF VAN (?:DE |HET )?(?P<office>(?:MINISTER|STAATSSECRETARIS)[^\n]{0,160})")
_SIGNED = re.compile(
    r"^[ \t]*[Dd]e (?P<office>(?:[Mm]inister|[Ss]taatssecretaris)\b[^\n,.]{3,120})"
    r"(?:,[ \t]*|,?[ \t]*\n(?:[^\n]*\n){0,2}?[ \t]*)"
    r"(?P<person>(?:[A-Z][\w-]+ )?(?:[A-Z]\.[ ]?){1,6}[^\n,]{2,40})[ \t]*$",
    re.MULTILINE,
)
_SPEAKER = re.compile(r"(?P<office>minister-president|minister|staatssecretaris)\s+(?P<person>.+)", re.IGNORECASE)
_OFFICE_WORD = re.compile(r"[\w'’-]+,?$")
_ABBREVIATED = re.compile(r"\s*\((?P<name>[A-Z][A-Za-z&]{1,9})\)")  # "... Documentatiecentrum (WODC)"
GOES_ON = frozenset(
    ("van", "voor", "en", "de", "het", "–", "-", ",")
)  # "minister van Onderwijs, Cultuur en Wetenschap"
LONGEST_NAME = 12  # words of an office


def actor(kind: str, sentence: Sentence, clause: Clause, verb: int, letter: Letter, speaker: str = "") -> Actor:
    """kind: the kind of subject of the verb at word `verb` of the clause."""
    if kind == "cabinet":
        return Actor(office="kabinet", as_written=_written(sentence, clause, verb, kind))
    if kind in ("minister", "ministry", "service"):
        name = _written(sentence, clause, verb, kind)
        return Actor(office=re.sub(r"^(?:de|het|mijn|onze)\s+", "", name, flags=re.IGNORECASE), as_written=name)
    office, person = _speaker(speaker) if speaker else signatory(letter)
    if kind == "we" and letter.cosigners and not speaker:
        office = "; ".join(dict.fromkeys((office, *letter.cosigners)))
    return Actor(office=office, person=person, as_written={"me": "ik", "we": "wij"}.get(kind, ""))


def signatory(letter: Letter) -> tuple[str, str]:
    """Office and person of the one who signs; empty where the letter does not say."""
    if letter.sender:
        return letter.sender, letter.sender_person
    office, person = _read_signature(letter.text)
    return office, person or letter.sender_person


@lru_cache(maxsize=8)
def _read_signature(text: str) -> tuple[str, str]:
    """From the heading in capitals, else the foot; kept because each promise of a letter asks again."""
    top = _HEADING.search(text, 0, 6000)
    if top:
        return _small(top["office"]), ""
    signed = _SIGNED.search(text[-4000:]) or _SIGNED.search(text, 0, 6000)
    return (" ".join(signed["office"].split()), " ".join(signed["person"].split())) if signed else ("", "")


def _small(office: str) -> str:
    """ "MINISTER VAN ECONOMISCHE ZAKEN EN KLIMAAT" as it is written in a sentence."""
    plain = frozenset(
        ("van", "voor", "en", "de", "het", "minister", "staatssecretaris", "ministers", "staatssecretarissen")
    )
    words = office.lower().split()
    return " ".join(word if word in plain else word.capitalize() for word in words)


def _speaker(label: str) -> tuple[str, str]:
    match = _SPEAKER.match(label)
    return (match["office"].lower(), match["person"].strip()) if match else (label, "")


def _written(sentence: Sentence, clause: Clause, verb: int, kind: str) -> str:
    """The subject as the letter has it: "de minister voor Rechtsbescherming"."""
    words = clause.words
    order = [*range(verb - 1, -1, -1), *range(verb + 1, len(words))]
    place = next((j for j in order if head(words, j) == kind), None)
    if place is None:
        return ""
    first = place - 1 if place and words[place - 1] in ("de", "het", "mijn", "onze", "deze", "ons") else place
    last = _end_of_name(sentence, clause, place, verb) if kind in ("minister", "ministry") else place
    begin, end = sentence.spans[clause.at[first]][0], sentence.spans[clause.at[last]][1]
    short = _ABBREVIATED.match(sentence.text, end) if kind == "service" else None
    if short:
        return short["name"]
    return " ".join(sentence.text[begin:end].split())


def _end_of_name(sentence: Sentence, clause: Clause, place: int, verb: int) -> int:
    """ "van Onderwijs, Cultuur en Wetenschap": as long as capitals and joining words follow."""
    words = clause.words
    if place + 1 >= len(words) or words[place + 1] not in ("van", "voor"):
        return place
    last = place
    for j in range(place + 2, min(len(words), place + LONGEST_NAME)):
        capital = sentence.text[sentence.spans[clause.at[j]][0]].isupper()
        if j == verb or not (capital or words[j] in GOES_ON):
            break
        last = j if capital else last
    return last
