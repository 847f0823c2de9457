"""A promise and a paper as the matcher compares them: `Pledge` and `Paper`, made once, compared often.

A pledge has its distinctive terms with whole-number shares (they add up to `WHOLE`, so that sums do not depend on the
order of adding), a paper the places where each term stands, so that the best passage of sixty words can be found.
Not inside: what an overlap is worth (`rules.signals`).
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import pairwise

from rules import offices, papers
from rules.commitment import Commitment, Status
from rules.names import Name, names_in
from rules.terms import WINDOW, boilerplate, faint, forms, phrases, rarity, vocabulary, weights, words
from sources.document import Document, fold
from sources.references import canonical, dossier_of, references_in

WHOLE = 65_535
LONGEST_PROMISE = 60_000  # characters of a quote or its context that are read
LONGEST_PAPER = 400_000  # characters of a paper that are read; longer ones are cut, and the match says so
OPENING = 120  # words of the text that belong to a paper's opening
CONTEXT = 0.3  # share of the context's words in what the index looks for

_EDITION = re.compile(r"\b(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBERED = re.compile(r"\b(\d{1,2})(?:e|de|ste)\b")
_SPECIFIC = re.compile(r"kst-|ah-|blg-|kv-|h-|wodc:|TZ\d|T\d|\d{4}[DZ]")
_WORDS_OF_ORDER = "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde".split()
ORDINALS = {word: number for number, word in enumerate(_WORDS_OF_ORDER, start=1)}
_ORDINAL = re.compile(rf"\b({'|'.join(_WORDS_OF_ORDER)})\b(?! kamer)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """What tells one of a series from the next: year pairs ("2024-2028"), years, ordinals ("derde", "22e")."""

    pairs: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()
    ordinals: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """A commitment ready for comparing. quote, context, look: shares of terms, each adding up to `WHOLE` or nothing.

    first, last: the days between which it was made; once it was kept, last is the day of keeping.
    told: addresses of papers that only tell of it. names: of projects and papers, between quotation marks.
    """

    id: str
    quote: dict[str, int]
    context: dict[str, int]
    look: dict[str, int]
    products: frozenset[str]
    own: frozenset[str]
    told: frozenset[str]
    references: frozenset[str]
    dossiers: frozenset[str]
    ministries: frozenset[str]
    first: date | None
    last: date | None
    due: date | None
    recurring: bool
    editions: Editions
    names: tuple[Name, ...]
    pairs: frozenset[tuple[str, str]]
    cut: bool = False


@dataclass(frozen=True, kw_only=True)
class Paper:
    """A document ready for comparing. named: its title; title: the terms' worth; names: in it.

    spoken: the words of the text, in order; vocabulary: each once, with its terms; concepts: of several words, with the
    place of the first; opening: terms of the title and of the first words of the text.
    """

    key: str
    named: str
    title: dict[str, float]
    title_worth: float
    spoken: Sequence[str]
    vocabulary: dict[str, tuple[str, ...]]
    concepts: tuple[tuple[str, int], ...]
    kinds: frozenset[str]
    products: frozenset[str]
    ids: frozenset[str]
    dossiers: frozenset[str]
    references: frozenset[str]
    ministries: frozenset[str]
    published: date | None
    editions: Editions
    names: tuple[Name, ...]
    opening: frozenset[str]
    withdrawn: bool = False
    cut: bool = False

    @property
    def size(self) -> int:
        return len(self.spoken)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Those of the title and of all words of the text."""
        return self.opening.union(*self.vocabulary.values(), (concept for concept, _ in self.concepts))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Neighbouring words of the title and of the opening that say something of the subject."""
        return _pairs(words(self.named)) | _pairs(self.spoken[:OPENING])

    @cached_property
    def bearers(self) -> dict[str, tuple[str, ...]]:
        """The terms that each word has. The first word of a concept of several bears it wherever that word stands."""
        found = dict(self.vocabulary)
        for concept, at in self.concepts:
            if concept not in found[self.spoken[at]]:
                found[self.spoken[at]] += (concept,)
        return found

    @cached_property
    def shortest(self) -> dict[str, str]:
        """For each term the shortest word that has it, the first of equals: people read words, not stems."""
        ordered = [*self.vocabulary]
        ordered.reverse()
        ordered.sort(key=len, reverse=True)
        found = {term: word for word in ordered for term in self.vocabulary[word]}
        for concept, at in self.concepts:
            found[concept] = min(found.get(concept, self.spoken[at]), self.spoken[at], key=len)
        return found

    def within(self, last: int) -> set[str]:
        """The terms of the passage that ends at a place."""
        passage = self.spoken[max(0, last + 1 - WINDOW) : last + 1]
        return set().union(*map(self.bearers.__getitem__, passage))


def pledge_of(commitment: Commitment) -> Pledge:
    quote_text = commitment.quote[:LONGEST_PROMISE]
    context_text = commitment.context[:LONGEST_PROMISE]
    who = _office_words(commitment.actor.as_written)
    quote_words = [word for word in words(quote_text) if word not in who] or words(quote_text)
    quote = worths_of(quote_words)
    context = {term: worth for term, worth in worths_of(words(context_text)).items() if term not in quote}
    ministries = offices.ministries_in(f"{commitment.actor.office} ") or offices.known(commitment.ministry)
    first, last = _made(commitment, ministries)
    last = _kept_on(commitment) or last
    places = {place.url for place in commitment.places if place.url} | {place.document for place in commitment.places}
    named = {ref for place in commitment.places for ref in references_in(place.url)}
    own = frozenset(canonical(one) for one in commitment.own)
    kept_by = references_in(commitment.facts.get("status_paper", ""))
    references = {*commitment.references, *references_in(quote_text), *kept_by}
    return Pledge(
        id=commitment.id,
        quote=shares(quote),
        context=shares(context),
        look=shares(_blend(quote, context)),
        products=papers.promised(quote_words, commitment.kind),
        own=own,
        told=frozenset(places | named),
        references=frozenset(one for one in references if _SPECIFIC.match(one)) - own,
        dossiers=_dossiers({*references, *own, *named}),
        ministries=ministries | offices.known(commitment.ministry),
        first=first,
        last=last,
        due=commitment.deadline.latest if commitment.deadline else None,
        recurring=_recurs(commitment, quote_words),
        editions=editions_in(quote_text),
        names=names_in(quote_text),
        pairs=_pairs(quote_words),
        cut=len(commitment.quote) > LONGEST_PROMISE or len(commitment.context) > LONGEST_PROMISE,
    )


def paper_of(document: Document) -> Paper:
    document = replace(document, title=own_title(document))
    text = document.text[:LONGEST_PAPER]
    title_words, body_words = words(document.title), words(text)
    title = {term: worth for word in title_words for term, worth in weights(word)}
    title.update({concept: rarity(concept) for concept, _ in _concepts(title_words, vocabulary(title_words))})
    spoken = vocabulary(body_words)
    concepts = _concepts(body_words, spoken)
    opening = frozenset(title).union(
        *map(forms, set(body_words[:OPENING])), (concept for concept, at in concepts if at < OPENING)
    )
    ids = (
        {canonical(one) for one in document.identifiers}
        | set(references_in(document.url))
        | {document.url, document.key}
    )
    stated = (document.office, document.facts.get("ministry", ""), document.facts.get("cosigners", ""))
    signed = offices.ministries_in(" | ".join(stated))
    head = " ".join(body_words[:400])
    return Paper(
        key=document.key,
        named=document.title,
        title=title,
        title_worth=sum(title.values()),
        spoken=body_words,
        vocabulary=spoken,
        concepts=tuple(concepts),
        kinds=papers.kinds(document, head),
        products=papers.offered(document, title_words),
        ids=frozenset(one for one in ids if one),
        dossiers=_dossiers({*ids, *document.references, *references_in(document.title)}),
        references=frozenset({*document.references, *references_in(document.title), *references_in(text)}),
        ministries=signed or _signed(document, ids),
        published=document.published_on,
        editions=editions_in(document.title),
        names=names_in(document.title),
        opening=opening,
        withdrawn=document.withdrawn,
        cut=len(document.text) > LONGEST_PAPER,
    )


def own_title(document: Document) -> str:
    """The title without the title of the dossier and the kind of paper, which some sources put before it."""
    known = {fold(document.facts.get(name, "")) for name in ("dossier_title", "kind")} - {""}
    pieces = [piece.strip() for piece in document.title.split(";")]
    return "; ".join(piece for piece in pieces if fold(piece) not in known) or document.title


def shares(worths: Mapping[str, float]) -> dict[str, int]:
    """Whole numbers in proportion to the worths that add up to `WHOLE`; the rarest term takes what rounding leaves."""
    total = sum(worths.values())
    if total <= 0:
        return {}
    ordered = sorted(worths.items(), key=lambda pair: (-pair[1], pair[0]))
    whole = {term: int(worth * WHOLE / total) for term, worth in ordered}
    whole[ordered[0][0]] += WHOLE - sum(whole.values())
    return {term: share for term, share in whole.items() if share}


def editions_in(text: str) -> Editions:
    pairs = frozenset(re.sub(r"\s", "", found.replace("–", "-").replace("/", "-")) for found in _EDITION.findall(text))
    bare = _EDITION.sub(" ", text)
    low = bare.lower()
    ordinals = {int(number) for number in _NUMBERED.findall(low)} | {ORDINALS[word] for word in _ORDINAL.findall(low)}
    years = frozenset(int(year) for year in _YEAR.findall(bare))
    return Editions(pairs=pairs, years=years, ordinals=frozenset(ordinals))


def _office_words(as_written: str) -> frozenset[str]:
    """The words of a minister's office: they tell nothing, every letter of that office has them in its head."""
    spoken = frozenset(words(as_written))
    return spoken if spoken & {"minister", "staatssecretaris"} else frozenset()


def worths_of(spoken: Iterable[str]) -> dict[str, float]:
    listed = list(spoken)
    found: dict[str, float] = {}
    for word in dict.fromkeys(listed):
        for term, worth in weights(word):
            if worth > 0 and not term.isdigit():
                found[term] = max(found.get(term, 0.0), worth)
    for concept, _ in _concepts(listed, vocabulary(listed)):
        found[concept] = max(found.get(concept, 0.0), rarity(concept) * 0.6)
    return found


def _blend(quote: Mapping[str, float], context: Mapping[str, float]) -> dict[str, float]:
    if not context:
        return dict(quote)
    inside, around = sum(quote.values()) or 1.0, sum(context.values()) or 1.0
    part = CONTEXT if quote else 1.0
    blended = {term: worth / inside * (1 - part) for term, worth in quote.items()}
    blended.update({term: worth / around * part for term, worth in context.items()})
    return blended


def _concepts(spoken: Sequence[str], known: Mapping[str, Sequence[str]]) -> list[tuple[str, int]]:
    """Concepts of phrases of several words, with the place of their first word."""
    table = phrases()
    begun = {word: _begun(word) for word, own in known.items() if own and own[0] in table}
    heads = [at for at, word in enumerate(spoken[:-1]) if word in begun]
    return [
        (concept, at)
        for at in heads
        for entry, concept in begun[spoken[at]].get(_stem(spoken[at + 1]), ())
        if len(entry) == 2 or tuple(map(_stem, spoken[at : at + len(entry)])) == entry
    ]


@lru_cache(maxsize=200_000)
def _begun(word: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases of several words that begin with a word, by their second stem."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry, concept in phrases().get(_stem(word), ()):
        found.setdefault(entry[1], []).append((entry, concept))
    return found


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    return next(iter(forms(word)), "")


def _pairs(spoken: Sequence[str]) -> frozenset[tuple[str, str]]:
    """Neighbouring words that both say something of the subject."""
    return frozenset(pair for pair in pairwise(map(_telling, spoken)) if all(pair))


@lru_cache(maxsize=200_000)
def _telling(word: str) -> str:
    """The stem of a word that says something of the subject; empty for others."""
    term = _stem(word)
    common = not term or term in boilerplate() or term in faint() or term.isdigit() or rarity(term) <= 1.5
    return "" if common else term


def _dossiers(references: Iterable[str]) -> frozenset[str]:
    found = {one if one.startswith("dossier:") else dossier_of(one) for one in references}
    return frozenset(one for one in found if one)


def _signed(document: Document, ids: Iterable[str]) -> frozenset[str]:
    """The ministry as the paper's head has it, or as the chapter of the budget it belongs to."""
    chapters = [offices.ministry_of_chapter(one) for one in ids]
    chapter = frozenset(code for found in chapters for code in found)
    return offices.ministries_in(f"{document.title} {document.text[:3000]}") | chapter


def _made(commitment: Commitment, ministries: frozenset[str]) -> tuple[date | None, date | None]:
    if commitment.made_on:
        return commitment.made_on, commitment.made_on
    first, last = offices.in_office(f"{commitment.actor.office} {commitment.actor.person}", ministries)
    due = commitment.deadline.latest if commitment.deadline else None
    if due and (last is None or due < last):
        last = due
    if due and (first is None or first < due - timedelta(days=1100)):
        first = due - timedelta(days=1100)
    return first, last


def _kept_on(commitment: Commitment) -> date | None:
    """The day on which the promise was kept: a later step, such as the reaction to a report, is reckoned from it."""
    written = commitment.facts.get("status_on", "") if commitment.status is Status.FULFILLED else ""
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        return None


def _recurs(commitment: Commitment, spoken: list[str]) -> bool:
    said = bool(commitment.deadline and commitment.deadline.recurring)
    return said or any(word in papers.RECURRING for word in spoken)
