"""Names between quotation marks: is the paper about the project that the promise names, or about its neighbour?

"Vervanging onderzeebootcapaciteit" and "Vervanging M-fregatten" share their first word and are two projects; a brief
about the one says much that a promise about the other says too. Pure; what follows is `rules.matching`'s business.
"""

import re
from collections.abc import Iterable

from rules.terms import forms, rarity, words

Name = frozenset[str]

_QUOTED = re.compile(r"[«“„‘\"']\s?(\w[^«»“”„‘’\"'\n]{3,120}?)\s?[»”“’\"'](?!\w)")
SAME = 0.5  # share of a name's rarity that the other must have for both to be the same


def names_in(text: str) -> tuple[Name, ...]:
    """The terms of each name of two words or more between quotation marks, in order."""
    spoken = (words(found) for found in _QUOTED.findall(text))
    return tuple(frozenset(term for word in one for term in forms(word)) for one in spoken if len(one) > 1)


def neighbours(promised: Iterable[Name], titled: Iterable[Name]) -> bool:
    """True when a title names something that shares a word with what was promised and yet is another thing.

    Never true when one of the names is the same in both.
    """
    ours, theirs = list(promised), list(titled)
    alike = [_alike(one, other) for one in ours for other in theirs]
    return any(share > 0 for share in alike) and all(share < SAME for share in alike)


def _alike(one: Name, other: Name) -> float:
    """The rarity in common as a share of the smaller name's."""
    smaller = min(_worth(one), _worth(other))
    return _worth(one & other) / smaller if smaller else 0.0


def _worth(name: Name) -> float:
    return sum(rarity(term) for term in name)
