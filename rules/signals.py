"""The signals of a match: each looks at one thing and gives a number between 0 and 1 with a reason in Dutch.

The numbers become a chance in `rules.matching`, with the weights of ``matching_model.toml``; nothing here knows a
weight. Words are compared in the opening of a paper (its title and first words) or in one passage that holds most of
the promise, so that a long paper that mentions everything does not answer everything. Time and kinds of paper are in
`rules.signals_time` and `rules.signals_kind`.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rules import offices
from rules.passages import best_passages
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


@dataclass(frozen=True, slots=True)
class Held:
    """What a paper holds of a promise. last: where the passage that holds it ends; None: the opening holds it."""

    share: int
    last: int | None = None


def held(pledge: Pledge, paper: Paper) -> Held:
    """What the opening holds of a promise, or the best passage where that holds most of it."""
    if paper.size > OPENING and _share(pledge, paper.terms) >= MOST:
        return passages([pledge], paper)[0] or opened(pledge, paper)
    return opened(pledge, paper)


def opened(pledge: Pledge, paper: Paper) -> Held:
    return Held(_share(pledge, paper.opening))


def passages(pledges: Sequence[Pledge], paper: Paper) -> list[Held | None]:
    """For each promise the best passage, where it holds most of the promise and more than the opening, else None.

    The terms of the title belong to every passage.
    """
    titled = [_share(pledge, paper.title) for pledge in pledges]
    looks = [
        {term: share for term, share in pledge.look.items() if term not in paper.title} if inside else pledge.look
        for pledge, inside in zip(pledges, titled, strict=True)
    ]
    best = best_passages(looks, paper.spoken, paper.bearers)
    found = [Held(inside + passage.share, passage.last) for inside, passage in zip(titled, best, strict=True)]
    return [
        one if one.share >= MOST and one.share > _share(pledge, paper.opening) else None
        for one, pledge in zip(found, pledges, strict=True)
    ]


def _share(pledge: Pledge, terms: Container[str]) -> int:
    return sum([share for term, share in pledge.look.items() if term in terms])


def overlap(pledge: Pledge, paper: Paper, found: Held) -> Overlap:
    """The shared words in the title and the passage, or in the opening."""
    inside = paper.opening if found.last is None else paper.within(found.last) | paper.title.keys()
    terms = [term for term in pledge.look if term in inside]
    quote = sum([pledge.quote.get(term, 0) for term in terms])
    context = sum([pledge.context.get(term, 0) for term in terms]) if pledge.context else 0
    return Overlap(quote, context, found.share, tuple(terms))


def subject(pledge: Pledge, paper: Paper, shared: Overlap) -> Iterator[Signal]:
    """Words and phrases in common, seen from the promise and from the title."""
    said = sorted(telling(shared.terms), key=lambda term: (-pledge.look[term], term))
    shown = ", ".join(paper.shortest.get(term, term) for term in said[:5])
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
