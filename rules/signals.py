"""The signals of a match: each looks at one thing and gives a number between 0 and 1 with a reason in Dutch.

The numbers become a chance in `rules.matching`, with the weights of ``matching_model.toml``; nothing here knows a
weight. Words are compared in the title and the best passage of sixty words, so that a long paper that mentions
everything does not answer everything. Time and kinds of paper are in `rules.signals_time` and `rules.signals_kind`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rules import offices
from rules.profile import OPENING, WHOLE, Paper, Pledge
from rules.terms import WINDOW, concepts, faint, rarity

FULL_MASS = 25.0  # rarity in common that counts as much as can be


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a promise and a paper share. Shares of `WHOLE`; terms: shared terms of the quote and its context."""

    quote: int
    context: int
    whole: int
    terms: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """value 0..1 of one signal and why, in Dutch; an empty text is not shown."""

    name: str
    value: float
    text: str


def overlap(pledge: Pledge, paper: Paper) -> Overlap:
    """The shared words in the title together with the best passage."""
    shared = [term for term in pledge.look if term in paper.places or term in paper.title]
    within = _passage(pledge, paper, shared)
    kept = tuple(term for term in shared if term in within)
    quote = sum(pledge.quote.get(term, 0) for term in kept)
    context = sum(pledge.context.get(term, 0) for term in kept)
    whole = sum(pledge.look[term] for term in kept)
    missing = tuple(term for term in pledge.quote if term not in within and term[0] != "§")
    return Overlap(quote, context, whole, kept, missing)


def _passage(pledge: Pledge, paper: Paper, shared: list[str]) -> set[str]:
    """Terms of the title and of the sixty words that share most with the promise (the earliest of equals)."""
    within = {term for term in shared if term in paper.title}
    rest = [term for term in shared if term not in within]
    if paper.size <= OPENING:
        return within | set(rest)
    hits = sorted((place, term) for term in rest for place in paper.places[term])
    return within | _best_window(pledge, hits)


def _best_window(pledge: Pledge, hits: list[tuple[int, str]]) -> set[str]:
    inside: dict[str, int] = {}
    best, best_sum, now, left = set(), 0, 0, 0
    for place, term in hits:
        inside[term] = inside.get(term, 0) + 1
        now += pledge.look[term] if inside[term] == 1 else 0
        while hits[left][0] <= place - WINDOW:
            old = hits[left][1]
            inside[old] -= 1
            now -= pledge.look[old] if inside[old] == 0 else 0
            left += 1
        if now > best_sum:
            best, best_sum = {one for one, count in inside.items() if count}, now
    return best


def subject(pledge: Pledge, paper: Paper, shared: Overlap) -> Iterator[Signal]:
    """Words, names and phrases in common, seen from the promise and from the title."""
    telling = [term for term in shared.terms if term[0] != "§" and term not in faint()]
    shown = ", ".join(sorted(telling, key=lambda term: (-pledge.look[term], term))[:5])
    yield Signal(
        "words", shared.quote / WHOLE, f"{shared.quote / WHOLE:.0%} van de kenmerkende woorden komt terug: {shown}"
    )
    yield Signal("context", shared.context / WHOLE, "woorden uit de brief rond de toezegging komen terug")
    mass = sum(rarity(term) for term in telling if term in pledge.quote)
    yield Signal("mass", min(1.0, mass / FULL_MASS), f"zeldzame woorden gemeen: {shown}")
    yield Signal("title", _title(pledge, paper), "de titel gaat over het onderwerp van de toezegging")
    yield Signal("concept", _concepts(pledge, shared), "hetzelfde beleidsterrein in andere woorden")
    yield from _names(pledge, paper)
    pairs = pledge.pairs & paper.pairs
    yield Signal(
        "phrase",
        min(1.0, len(pairs) / 2),
        "zelfde woordgroep: " + ", ".join(" ".join(pair) for pair in sorted(pairs)[:3]),
    )


def _title(pledge: Pledge, paper: Paper) -> float:
    """How much of what the title says is in the promise or the letter around it."""
    total = sum(paper.title.values())
    said = sum(worth for term, worth in paper.title.items() if term in pledge.quote or term in pledge.context)
    return said / total if total else 0.0


def _concepts(pledge: Pledge, shared: Overlap) -> float:
    """1 when all concepts of the promise are met, though perhaps in other words."""
    meant = [term for term in pledge.look if term[0] == "§"]
    met = [term for term in shared.terms if term[0] == "§"]
    return sum(rarity(term) for term in met) / sum(rarity(term) for term in meant) if met else 0.0


def _names(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    met = [name for name in pledge.names if name in paper.places or name in paper.title]
    total = sum(rarity(name) for name in pledge.names)
    value = sum(rarity(name) for name in met) / total if total else 0.0
    yield Signal("names", value, "zelfde namen of afkortingen: " + ", ".join(sorted(met)))


def official(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    """References, dossiers, and papers that tell of the promise itself."""
    same = (pledge.references & (paper.ids | paper.references)) | (pledge.own & paper.references)
    yield Signal("reference", float(bool(same)), "verwijst naar " + ", ".join(sorted(same)[:3]))
    dossiers = pledge.dossiers & paper.dossiers
    yield Signal("dossier", float(bool(dossiers)), "zelfde dossier: " + ", ".join(sorted(dossiers)[:3]))
    yield Signal("told", float(bool(pledge.told & paper.ids)), "het stuk noemt deze toezegging zelf")


def office(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    known = bool(pledge.ministries and paper.ministries)
    fits = known and offices.related(pledge.ministries, paper.ministries)
    named = ", ".join(sorted(paper.ministries))
    yield Signal("office", float(fits), f"van hetzelfde beleidsterrein of ministerie ({named})")
    yield Signal("other_office", float(known and not fits), f"van een ander ministerie ({named})")


def means_something(term: str) -> bool:
    """True for terms that the thesaurus knows."""
    return bool(concepts().get(term))
