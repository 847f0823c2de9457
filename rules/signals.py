"""The signals of a match: each looks at one thing and gives a number between 0 and 1 with a reason in Dutch.

The numbers become a chance in `rules.matching`, with the weights of ``matching_model.toml``; nothing here knows a
weight. Words are compared in the opening of a paper (its title and first words) or in one passage that holds most of
the promise, so that a long paper that mentions everything does not answer everything. Time and kinds of paper are in
`rules.signals_time` and `rules.signals_kind`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rules import offices
from rules.passages import best_passage
from rules.profile import OPENING, WHOLE, Paper, Pledge
from rules.terms import faint, rarity

MOST = int(0.6 * WHOLE)  # of the promise's words: what a passage outside the opening must hold to be looked at
AROUND = 0.5  # what a word of the letter around the promise counts for in a title
FULL_MASS = 25.0  # rarity in common that counts as much as can be


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a promise and a paper share. Shares of `WHOLE`; terms: shared terms of the quote and its context."""

    quote: int
    context: int
    whole: int
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signal:
    """value 0..1 of one signal and why, in Dutch. A signal that is not given has the value 0."""

    name: str
    value: float
    text: str


def overlap(pledge: Pledge, paper: Paper) -> Overlap:
    """The shared words in the paper's opening, or in its best passage where that holds most of the promise."""
    opening = _shared(pledge, [term for term in pledge.look if term in paper.opening])
    if paper.size <= OPENING:
        return opening
    anywhere = [term for term in pledge.look if term in paper.terms]
    if sum(pledge.look[term] for term in anywhere) < MOST:
        return opening
    within = best_passage(pledge.look, paper, anywhere, MOST)
    passage = _shared(pledge, [term for term in anywhere if term in within])
    return passage if passage.whole >= MOST and passage.whole > opening.whole else opening


def _shared(pledge: Pledge, terms: list[str]) -> Overlap:
    quote = sum(pledge.quote.get(term, 0) for term in terms)
    context = sum(pledge.context.get(term, 0) for term in terms) if pledge.context else 0
    return Overlap(quote, context, sum(pledge.look[term] for term in terms), tuple(terms))


def subject(pledge: Pledge, paper: Paper, shared: Overlap) -> Iterator[Signal]:
    """Words and phrases in common, seen from the promise and from the title."""
    said = sorted(telling(shared.terms), key=lambda term: (-pledge.look[term], term))
    shown = ", ".join(_as_spoken(paper, term) for term in said[:5])
    part = shared.quote / WHOLE
    yield Signal("words", part, f"{part:.0%} van de kenmerkende woorden komt terug: {shown}")
    yield Signal("context", shared.context / WHOLE, "woorden uit de brief rond de toezegging komen terug")
    mass = sum(rarity(term) for term in said if term in pledge.quote)
    yield Signal("mass", min(1.0, mass / FULL_MASS), f"zeldzame woorden gemeen: {shown}")
    yield Signal("title", _title(pledge, paper), "de titel gaat over het onderwerp van de toezegging")
    pairs = pledge.pairs & paper.pairs
    if pairs:
        spoken = ", ".join(" ".join(pair) for pair in sorted(pairs)[:3])
        yield Signal("phrase", min(1.0, len(pairs) / 2), f"zelfde woordgroep: {spoken}")


def telling(terms: Iterable[str]) -> list[str]:
    """Those that say something of the subject by themselves: no concepts, no words of products."""
    return [term for term in terms if term[0] != "§" and term not in faint()]


def _as_spoken(paper: Paper, term: str) -> str:
    """A word of the paper that has this term: people read words, not stems."""
    return min(paper.bearers.get(term) or [term], key=len)


def _title(pledge: Pledge, paper: Paper) -> float:
    """How much of what the title says is in the promise; words of the letter around it count for less."""
    said = sum(worth for term, worth in paper.title.items() if term in pledge.quote)
    around = sum(worth for term, worth in paper.title.items() if term in pledge.context)
    return (said + AROUND * around) / paper.title_worth if said or around else 0.0


def official(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    """References, dossiers, and papers that tell of the promise itself."""
    same = (pledge.references & (paper.ids | paper.references)) | (pledge.own & paper.references)
    if same:
        yield Signal("reference", 1.0, "verwijst naar " + ", ".join(sorted(same)[:3]))
    dossiers = pledge.dossiers & paper.dossiers
    if dossiers:
        yield Signal("dossier", 1.0, "zelfde dossier: " + ", ".join(sorted(dossiers)[:3]))
    if pledge.told & paper.ids:
        yield Signal("told", 1.0, "het stuk noemt deze toezegging zelf")


def office(pledge: Pledge, paper: Paper) -> Iterator[Signal]:
    """Another ministry is no signal: promises are often kept by another one than made them."""
    if offices.related(pledge.ministries, paper.ministries):
        named = ", ".join(sorted(paper.ministries))
        yield Signal("office", 1.0, f"van hetzelfde beleidsterrein of ministerie ({named})")
