"""The passage of a paper that holds most of a promise: the title and the sixty words that share most with it.

A window that holds enough must hold one of the promise's terms that stand in few places (its anchors), since the others
together weigh too little. So only what stands near an anchor is looked at, and the answer is that of trying every
window. Pure; what a passage is worth is `rules.signals`'s business.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from rules.profile import Paper
from rules.terms import WINDOW

Hit = tuple[int, str]  # place, term


def best_passage(look: Mapping[str, int], paper: Paper, shared: Sequence[str], least: int) -> set[str]:
    """Terms of the title and of the window that shares most (the earliest of equals), where they weigh enough.

    shared: terms of `look` that stand in the paper; least: what is enough. Where no window has it, the terms that are
    given have not either.
    """
    titled = {term for term in shared if term in paper.title}
    places = {term: paper.places(term) for term in shared if term not in titled}
    need = least - sum(look[term] for term in titled)
    return titled | _best_window(look, sorted(_near(places, _spans(look, places, need))))


def _spans(look: Mapping[str, int], places: Mapping[str, Sequence[int]], need: int) -> list[tuple[int, int]]:
    """The stretches within a window of an anchor, first and last place, in order and apart."""
    left = need
    anchors: list[int] = []
    for term in sorted(places, key=lambda term: (-len(places[term]), term)):
        left -= look[term]
        if left <= 0:
            anchors += places[term]
    spans: list[tuple[int, int]] = []
    for at in sorted(anchors):
        if spans and at - WINDOW <= spans[-1][1]:
            spans[-1] = (spans[-1][0], at + WINDOW - 1)
        else:
            spans.append((at - WINDOW + 1, at + WINDOW - 1))
    return spans


def _near(places: Mapping[str, Sequence[int]], spans: Sequence[tuple[int, int]]) -> list[Hit]:
    return [
        (at, term)
        for term, row in places.items()
        for first, last in spans
        for at in row[bisect_left(row, first) : bisect_right(row, last)]
    ]


def _best_window(look: Mapping[str, int], hits: Sequence[Hit]) -> set[str]:
    inside: dict[str, int] = {}
    first = last = best = now = left = 0
    for right, (place, term) in enumerate(hits):
        while hits[left][0] <= place - WINDOW:
            old = hits[left][1]
            inside[old] -= 1
            now -= 0 if inside[old] else look[old]
            left += 1
        inside[term] = inside.get(term, 0) + 1
        now += look[term] if inside[term] == 1 else 0
        if now > best:
            first, last, best = left, right + 1, now
    return {term for _, term in hits[first:last]}
