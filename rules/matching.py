"""`match`: all reasons that a document keeps a promise, and the chance that it does.

The chance is a logistic sum of the signals with weights that a person can read and a script fits
(``rules/data/matching_model.toml``, ``scripts/fit_matching.py``). A pair that shares too little to speak of gives no
match at all: see `touches`. Not inside: finding the few promises of many (`rules.index`), choosing between documents
(`rules.ranking`) and what follows from a match (`rules.judging`).
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from rules import papers, resolve, signals, signals_kind, signals_time
from rules.calendar import Calendar
from rules.commitment import Commitment
from rules.event import Evidence, Match, Verdict
from rules.names import neighbours
from rules.profile import WHOLE, Paper, Pledge, paper_of, pledge_of
from rules.signals import Held, Overlap, Signal
from rules.vocabulary import data
from sources.document import Document

LEAST = 0.12  # share of the promise's distinctive words that the opening of a paper must hold for a match at all
LEAST_IN_DOSSIER = 0.03  # the same, for papers in the dossier of the promise
LEAST_SCORE = 0.002  # a smaller chance is silence
LEAST_CLAIM = int(0.15 * WHOLE)  # of the promise's own words that a paper must hold to be said to keep it
LEAST_IN_COLLECTION = int(0.3 * WHOLE)  # the same for a letter about many promises: it meets each of them somewhere
MOST_LATE = timedelta(days=366)  # behind its term; a later paper may as well keep a later promise, or the next round
LEAST_SHARE, LEAST_SHARE_IN_DOSSIER = int(LEAST * WHOLE), int(LEAST_IN_DOSSIER * WHOLE)
NEVER = frozenset(  # kinds that keep no promise to parliament by themselves
    {
        "postponement",
        "questions",
        "answers_list",  # answers to what the Kamer asked, seldom to what was promised
        "debate",
        "motion",
        "news",
        "agenda",
        "echo",
        "page",
        "annex",
        "publisher",
        "register",
    }
)
KIND_SIGNALS = frozenset({"postponement", "interim", "same_day", "soon", "late"})
SPARED = frozenset({"postponement", "interim"})  # a paper that postpones or reports progress is about the promise, too
ROUNDING = 0.001  # what rounding the reasons, which `about` takes back, can add to a score
Weighed = tuple[Signal, float]  # what it adds to the log odds
SHOWN = 0.02  # reasons that move the score less than this are left out


@dataclass(frozen=True, slots=True)
class Model:
    """weights by signal; intercept; claim: least score at which a match says "fulfilled"."""

    weights: dict[str, float]
    intercept: float
    claim: float


@cache
def model() -> Model:
    table = data("matching_model")
    return Model(dict(table["weights"]), float(table["intercept"]), float(table["claim"]))


def match(commitment: Commitment, document: Document) -> Match | None:
    """The match of one promise with one document; None when they have nothing to do with each other."""
    return compare(pledge_of(commitment), paper_of(document), document)


def compare(
    pledge: Pledge, paper: Paper, document: Document, held: Held | None = None, least: float = 0.0
) -> Match | None:
    """As `match`, for a pledge and a paper that were prepared before.

    held: what the paper holds, where it is known. least: nothing is lost when pairs are left out that neither score so
    much nor are so surely `about` the promise; most of them are.
    """
    if is_own(pledge, paper):
        return None
    shared = signals.overlap(pledge, paper, held or signals.held(pledge, paper))
    if not touches(pledge, paper, shared):
        return None
    found = _weighed(observe(pledge, paper, shared))
    if chance(found, SPARED) < LEAST_SCORE or _at_best(found) < least - ROUNDING:
        return None
    return _match(pledge, paper, document, found, may_claim(pledge, paper, shared))


def _at_best(found: Sequence[Weighed]) -> float:
    """The larger of the score and how surely the paper is `about` the promise."""
    return chance([(signal, worth) for signal, worth in found if worth > 0 or signal.name not in KIND_SIGNALS])


def _match(pledge: Pledge, paper: Paper, document: Document, found: Sequence[Weighed], claimable: bool) -> Match:
    score = chance(found)
    verdict = _verdict(pledge, paper, score, claimable)
    term, latest = _new_term(document, verdict)
    return Match(
        commitment=pledge.id,
        document=paper.key,
        score=score,
        verdict=verdict,
        reasons=_reasons(found, pledge, paper),
        step=step_of(pledge, paper),
        new_latest=latest,
        new_term=term,
    )


def is_own(pledge: Pledge, paper: Paper) -> bool:
    """True for the letter that made the promise, wherever it is printed, and for what it was told in on that day."""
    if pledge.own & paper.ids:
        return True
    told_then = paper.published is None or (pledge.first is not None and paper.published <= pledge.first)
    return bool(pledge.told & paper.ids) and told_then


def touches(pledge: Pledge, paper: Paper, shared: Overlap) -> bool:
    """True when enough of the words, or an official reference, is in common for a pair to be judged at all."""
    least = LEAST_SHARE_IN_DOSSIER if pledge.dossiers & paper.dossiers else LEAST_SHARE
    return shared.whole >= least or referred(pledge, paper)


def referred(pledge: Pledge, paper: Paper) -> bool:
    known = pledge.references | pledge.told
    return bool(known & paper.ids or pledge.references & paper.references or pledge.own & paper.references)


def observe(pledge: Pledge, paper: Paper, shared: Overlap) -> Iterator[Signal]:
    """All signals of a pair, in a fixed order."""
    yield from signals.subject(pledge, paper, shared)
    yield from signals.official(pledge, paper)
    yield from signals.office(pledge, paper)
    yield from signals_kind.kind(pledge, paper)
    yield from signals_kind.product(pledge, paper)
    yield from signals_kind.series(pledge, paper)
    yield from signals_time.time(pledge, paper)


def _weighed(found: Iterable[Signal]) -> list[Weighed]:
    weights = model().weights
    return [(signal, weights.get(signal.name, 0.0) * signal.value) for signal in found]


def chance(found: Iterable[Weighed], sparing: Collection[str] = ()) -> float:
    """The logistic sum, added in the fixed order of the signals: equal pairs have equal scores to the last digit.

    sparing: signals that do not count.
    """
    total = model().intercept
    for signal, worth in found:
        if signal.name not in sparing:
            total += worth
    return _from_odds(total)


def log_odds(score: float) -> float:
    return math.log(max(score, 1e-12) / max(1.0 - score, 1e-12))


def _from_odds(odds: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, odds))))


def about(match: Match) -> float:
    """How surely the document is about the promise, kept or not: the score without what its kind and day take off."""
    lost = sum(reason.weight for reason in match.reasons if reason.signal in KIND_SIGNALS and reason.weight < 0)
    return _from_odds(log_odds(match.score) - lost)


def _verdict(pledge: Pledge, paper: Paper, score: float, claimable: bool) -> Verdict:
    if "postponement" in paper.kinds:
        return Verdict.POSTPONED
    if is_progress(pledge, paper):
        return Verdict.PROGRESS
    return Verdict.FULFILLED if claimable and score >= model().claim else Verdict.POSSIBLE


def is_progress(pledge: Pledge, paper: Paper) -> bool:
    """An interim report where neither progress nor what the title offers was promised."""
    return "interim" in paper.kinds and "progress" not in pledge.products and not pledge.products & paper.products


def may_claim(pledge: Pledge, paper: Paper, shared: Overlap) -> bool:
    """False for papers that never keep a promise by themselves, whatever the score.

    A paper must share the promise's own words, not only those of the letter around it, or refer to it; a letter about
    many promises more of them. A title that names a neighbour of the promised project is about that one. More than a
    year behind a term a person must say whether it is still this promise. A paper that only repeats an earlier promise
    may as well put it off again: it must offer what was promised, or say that it keeps it.
    """
    early = paper.published is None or (pledge.first is not None and paper.published < pledge.first)
    if early or paper.withdrawn or paper.kinds & NEVER or is_progress(pledge, paper):
        return False
    if neighbours(pledge.names, paper.names):
        return False
    if "report" in paper.kinds and "official" not in paper.kinds:  # published, but not yet sent to parliament
        return False
    if not referred(pledge, paper) and (shared.quote < _least_claim(paper) or _long_over(pledge, paper)):
        return False
    offers = bool(pledge.products & paper.products or paper.kinds & {"collection", "settles"})
    return offers or not pledge.told & paper.ids


def _least_claim(paper: Paper) -> int:
    return LEAST_IN_COLLECTION if "collection" in paper.kinds else LEAST_CLAIM


def _long_over(pledge: Pledge, paper: Paper) -> bool:
    return pledge.due is not None and paper.published is not None and paper.published > pledge.due + MOST_LATE


def _reasons(found: Sequence[Weighed], pledge: Pledge, paper: Paper) -> tuple[Evidence, ...]:
    kept = [Evidence(signal=s.name, weight=round(w, 4), text=s.text) for s, w in found if abs(w) >= SHOWN]
    kept.sort(key=lambda evidence: (-abs(evidence.weight), evidence.signal))
    if pledge.cut or paper.cut:
        kept.append(Evidence(signal="cut", weight=0.0, text="alleen het begin van een zeer lange tekst is vergeleken"))
    return tuple(kept)


def step_of(pledge: Pledge, paper: Paper) -> str:
    """Which step after a promised study a paper is: the report, its offering to parliament, or the reaction to it."""
    if not pledge.products & papers.STUDY:
        return ""
    if "reaction" in paper.products and "reaction" not in pledge.products:
        return "reaction"
    if "report" in paper.kinds:
        return "report"
    return "offering" if paper.products & papers.STUDY else ""


def _new_term(document: Document, verdict: Verdict) -> tuple[str, date | None]:
    """The new term of a postponement: the last one that the text names with a day after its own date."""
    if verdict is not Verdict.POSTPONED or document.published_on is None:
        return "", None
    day = document.published_on
    text = f"{document.title}. {document.text[:20_000]}"
    ahead = [one for one in resolve.find(text, day, Calendar()) if one.deadline.latest and one.deadline.latest > day]
    return (ahead[-1].deadline.text, ahead[-1].deadline.latest) if ahead else ("", None)
