"""Which ministry an office belongs to, what became of ministries, and when a person was in office.

Ministries are renamed, split and joined with every cabinet; each keeps fields ("wonen", "energie"), and two ministries
that share a field can answer each other's promises. A named minister bounds the day of an undated promise. The facts
are data (``offices.toml``). Not inside: who signed a given paper (the sources say that, or its head does).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from rules.terms import words
from rules.vocabulary import data


@dataclass(frozen=True, slots=True)
class Tenure:
    """A person at a ministry, both days inclusive; last None while in office."""

    ministry: str
    first: date
    last: date | None


@lru_cache(maxsize=1_024)
def ministries_in(text: str) -> frozenset[str]:
    """Ministries that a text names in full or by abbreviation; of names inside each other the longest counts."""
    spoken = words(text)
    plain, present = f" {' '.join(spoken)} ", set(spoken)
    found: set[str] = set()
    for name, first, code in _names():
        if first in present and name in plain:
            found.add(code)
            plain = plain.replace(name, " # ")
    return frozenset(found)


@lru_cache(maxsize=1_024)
def related(one: frozenset[str], other: frozenset[str]) -> bool:
    """True when some ministry of each look after the same field."""
    return bool(fields(one) & fields(other))


def fields(codes: frozenset[str]) -> frozenset[str]:
    return frozenset(field for code in codes for field in _ministries()[code]["fields"].split("|"))


def ministry_of_chapter(identifier: str) -> frozenset[str]:
    """The ministry of a budget paper: ``kst-34775-X-66`` is of Defensie."""
    match = re.fullmatch(r"kst-\d{5}-([IVX]+)-\w+", identifier)
    found = [code for code, row in _ministries().items() if match and row["chapter"] == match[1]]
    return frozenset(found)


def known(code: str) -> frozenset[str]:
    """The ministry of an abbreviation ("JenV", "lnv"), or nothing."""
    return ministries_in(code) if code else frozenset()


def tenures(text: str) -> tuple[Tenure, ...]:
    """Tenures of the people that a text names by surname ("Minister van LNV (Staghouwer)"), the longest name only."""
    spoken = words(text)
    longest = min(4, len(spoken))
    for size in range(longest, 0, -1):
        for at in range(len(spoken) - size + 1):
            found = _people().get(" ".join(spoken[at : at + size]))
            if found:
                return found
    return ()


@lru_cache(maxsize=1_024)
def in_office(text: str, ministries: frozenset[str]) -> tuple[date | None, date | None]:
    """First and last day on which the office in a text can have promised anything; None where nothing is known."""
    named = tenures(text)
    fitting = [one for one in named if not ministries or related(frozenset([one.ministry]), ministries)] or list(named)
    if fitting:
        lasts = [one.last for one in fitting]
        return min(one.first for one in fitting), None if None in lasts else max(last for last in lasts if last)
    return _existed(ministries)


def _existed(ministries: frozenset[str]) -> tuple[date | None, date | None]:
    rows = [_ministries()[code] for code in ministries]
    firsts = [row.get("first", "") for row in rows]
    lasts = [row.get("last", "") for row in rows]
    first = date.fromisoformat(min(firsts)) if firsts and all(firsts) else None
    last = date.fromisoformat(max(lasts)) if lasts and all(lasts) else None
    return first, last


@cache
def _ministries() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = data("offices")["ministries"]
    return found


@cache
def _names() -> tuple[tuple[str, str, str], ...]:
    """(folded name in blanks, its first word, code), longest first. A ministry's first owner of a name keeps it."""
    named: dict[str, str] = {}
    for code, row in _ministries().items():
        for name in [*row["names"].split("|"), code]:
            named.setdefault(" ".join(words(name)), code)
    ordered = sorted(named.items(), key=lambda pair: (-len(pair[0]), pair))
    return tuple((f" {name} ", name.partition(" ")[0], code) for name, code in ordered)


@cache
def _people() -> dict[str, tuple[Tenure, ...]]:
    return {
        " ".join(words(name)): tuple(_tenure(row) for row in rows.split(", "))
        for name, rows in data("offices")["people"].items()
    }


def _tenure(row: str) -> Tenure:
    ministry, when = row.split(" ")
    first, last = data("offices")["cabinets"].get(when) or when.split("..")
    return Tenure(ministry, date.fromisoformat(first), date.fromisoformat(last) if last else None)
