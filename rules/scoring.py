"""How good the rules are on labelled data: precision, recall, calibration, terms, ranking. Pure figures.

The ways of counting are those of the labelled data's guide: a prediction is right when the label's words stand inside
its quote (or its quote inside them), labels that reasonable people may read differently count neither way, and silence
is the only right answer where nothing keeps a promise. Labels come in as the rows of the data (`labels_of`,
`pair_of`); what is predicted comes in as `Predicted`, days and `Ranked`. Not inside: running the rules and reading
files (the command does that).
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

CLOSE, NEAR = 1, 10  # days by which a last day may differ: a recess by one, a vague part of a period by ten
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)  # of the calibration table


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    hit: int = 0
    of: int = 0

    @property
    def value(self) -> float | None:
        """None when there was nothing to count."""
        return self.hit / self.of if self.of else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.hit + other.hit, self.of + other.of)


def share(marks: Iterable[bool]) -> Share:
    listed = list(marks)
    return Share(sum(listed), len(listed))


# --- extraction ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A labelled commitment: words that stand in its sentence, what it is, and the last days that are right."""

    keys: tuple[str, ...]
    explicit: bool = True
    kind: str = ""
    ambiguous: bool = False
    latest: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledLetter:
    id: str
    labels: tuple[Label, ...] = ()
    negatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicted:
    """What the rules read in a letter."""

    quote: str
    explicit: bool = True
    kind: str = ""
    confidence: float = 1.0
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A labelled commitment that was not found, and why as far as it can be told."""

    letter: str
    key: str
    explicit: bool
    kind: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """A prediction where no commitment is labelled; `negative`: it is one of the labelled traps."""

    letter: str
    quote: str
    confidence: float
    negative: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongTerm:
    letter: str
    key: str
    wanted: tuple[date, ...]
    got: tuple[date | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Predictions whose confidence lies from `low` up to `high`: how sure they were and how often right."""

    low: float
    high: float
    right: Share
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionScore:
    """found: of the labels. right: of the predictions. The pairs of strengths and kinds are counted the same ways.

    terms: of the found labels that have a last day. traps: labelled non-commitments that were predicted.
    alarms_where_none: predictions in letters without a commitment.
    """

    letters: int
    found: Share
    right: Share
    explicit: Share
    implicit: Share
    explicit_right: Share
    implicit_right: Share
    kinds: Mapping[str, Share]
    kind_right: Share
    terms: Share
    traps: Share
    alarms_where_none: int
    missed: tuple[Miss, ...]
    extras: tuple[Extra, ...]
    wrong_terms: tuple[WrongTerm, ...]
    calibration: tuple[Bin, ...]
    calibration_error: float | None
    brier: float | None

    @property
    def precision(self) -> float | None:
        return self.right.value

    @property
    def recall(self) -> float | None:
        return self.found.value

    @property
    def f1(self) -> float | None:
        p, r = self.right.value, self.found.value
        return 2 * p * r / (p + r) if p and r else None


def folded(text: str) -> str:
    """Text as quotes are compared: NFC, single blanks, case ignored."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text).replace("\u00a0", " ")).strip().casefold()


def labels_of(row: Mapping[str, Any]) -> LabelledLetter:
    """A labelled letter from a row of the data (JSON Lines of the gold set, TOML of our own letters)."""
    return LabelledLetter(
        id=str(row["id"]),
        labels=tuple(_label(one) for one in row.get("commitments", ())),
        negatives=tuple(str(one["key"]) for one in row.get("hard_negatives", ())),
    )


def _label(row: Mapping[str, Any]) -> Label:
    days = [row.get("deadline_latest"), *(row.get("deadline_latest_all") or ())]
    return Label(
        keys=(row["key"], *row.get("alt_keys", ())),
        explicit=row.get("strength") == "explicit",
        kind=row.get("kind", ""),
        ambiguous=bool(row.get("ambiguous")),
        latest=tuple(dict.fromkeys(_day(day) for day in days if day)),
    )


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


@dataclass(frozen=True, slots=True)
class _Read:
    """One letter compared: for each label the predictions that hit it; the predictions that hit none."""

    letter: LabelledLetter
    predictions: Sequence[Predicted]
    unsure: Sequence[Predicted]
    hits: tuple[tuple[int, ...], ...]

    @property
    def spare(self) -> list[int]:
        used = {i for hit in self.hits for i in hit}
        return [i for i in range(len(self.predictions)) if i not in used]

    @property
    def judged(self) -> list[tuple[Predicted, bool]]:
        """Predictions that count, with whether they are right: one that only hits ambiguous labels does not."""
        sure = {i for label, hit in self.pairs for i in hit}
        counted = [(i, True) for i in sorted(sure)] + [(i, False) for i in self.spare]
        return [(self.predictions[i], right) for i, right in counted]

    @property
    def pairs(self) -> list[tuple[Label, tuple[int, ...]]]:
        return [(label, hit) for label, hit in zip(self.letter.labels, self.hits, strict=True) if not label.ambiguous]


def score_extraction(
    letters: Iterable[tuple[LabelledLetter, Sequence[Predicted]]],
    unsure: Mapping[str, Sequence[Predicted]] | None = None,
) -> ExtractionScore:
    """The score of predictions against labels. unsure: by letter, what was read but held too doubtful to be told.

    A true label counts once, however many predictions hit it; precision counts labels found against predictions that
    hit nothing, as the guide does.
    """
    reads = [_read(letter, predictions, (unsure or {}).get(letter.id, ())) for letter, predictions in letters]
    pairs = [(label, hit) for read in reads for label, hit in read.pairs]
    found = share(bool(hit) for _, hit in pairs)
    extras = tuple(extra for read in reads for extra in _extras(read))
    judged = [one for read in reads for one in read.judged]
    bins = calibration((one.confidence, right) for one, right in judged)
    return ExtractionScore(
        letters=len(reads),
        found=found,
        right=Share(found.hit, found.hit + len(extras)),
        explicit=share(bool(hit) for label, hit in pairs if label.explicit),
        implicit=share(bool(hit) for label, hit in pairs if not label.explicit),
        explicit_right=share(right for one, right in judged if one.explicit),
        implicit_right=share(right for one, right in judged if not one.explicit),
        kinds={kind: share(bool(hit) for label, hit in pairs if label.kind == kind) for kind in _kinds(pairs)},
        kind_right=sum((_kind_right(read) for read in reads), Share()),
        terms=sum((_terms(read) for read in reads), Share()),
        traps=sum((_traps(read) for read in reads), Share()),
        alarms_where_none=sum(len(read.predictions) for read in reads if not read.letter.labels),
        missed=tuple(miss for read in reads for miss in _missed(read)),
        extras=extras,
        wrong_terms=tuple(wrong for read in reads for wrong in _wrong_terms(read)),
        calibration=bins,
        calibration_error=_calibration_error(bins),
        brier=_mean([(one.confidence - right) ** 2 for one, right in judged]),
    )


def _read(letter: LabelledLetter, predictions: Sequence[Predicted], unsure: Sequence[Predicted]) -> _Read:
    quotes = [folded(one.quote) for one in predictions]
    return _Read(letter, predictions, unsure, tuple(_where(label, quotes) for label in letter.labels))


def _where(label: Label, quotes: Sequence[str]) -> tuple[int, ...]:
    keys = [folded(key) for key in label.keys]
    return tuple(i for i, quote in enumerate(quotes) if any(key in quote or (quote and quote in key) for key in keys))


def _kinds(pairs: Sequence[tuple[Label, tuple[int, ...]]]) -> list[str]:
    return sorted({label.kind for label, _ in pairs if label.kind})


def _kind_right(read: _Read) -> Share:
    with_kind = [(label, hit) for label, hit in read.pairs if hit and label.kind]
    return share(any(read.predictions[i].kind == label.kind for i in hit) for label, hit in with_kind)


def _terms(read: _Read) -> Share:
    due = [(label, hit) for label, hit in read.pairs if hit and label.latest]
    return share(any(read.predictions[i].latest in label.latest for i in hit) for label, hit in due)


def _wrong_terms(read: _Read) -> Iterable[WrongTerm]:
    for label, hit in read.pairs:
        got = tuple(read.predictions[i].latest for i in hit)
        if hit and label.latest and not set(label.latest) & set(got):
            yield WrongTerm(letter=read.letter.id, key=label.keys[0], wanted=label.latest, got=got)


def _traps(read: _Read) -> Share:
    spare = [folded(read.predictions[i].quote) for i in read.spare]
    return share(any(folded(key) in quote for quote in spare) for key in read.letter.negatives)


def _extras(read: _Read) -> Iterable[Extra]:
    traps = [folded(key) for key in read.letter.negatives]
    for one in (read.predictions[i] for i in read.spare):
        negative = any(trap in folded(one.quote) for trap in traps)
        yield Extra(letter=read.letter.id, quote=one.quote, confidence=one.confidence, negative=negative)


def _missed(read: _Read) -> Iterable[Miss]:
    for label, hit in read.pairs:
        if not hit:
            yield Miss(
                letter=read.letter.id,
                key=label.keys[0],
                explicit=label.explicit,
                kind=label.kind,
                why=_why(label, read.unsure),
            )


def _why(label: Label, unsure: Sequence[Predicted]) -> str:
    where = _where(label, [folded(one.quote) for one in unsure])
    if not where:
        return "no wording of a promise was recognised in the sentence"
    return f"held too doubtful: chance {max(unsure[i].confidence for i in where):.2f}"


# --- calibration -----------------------------------------------------------------------------------------------


def calibration(judged: Iterable[tuple[float, bool]], edges: Sequence[float] = EDGES) -> tuple[Bin, ...]:
    """Chances that were said against how often they came true, in bins; empty bins are left out."""
    listed = list(judged)
    bins = []
    for low, high in pairwise(edges):
        inside = [(c, right) for c, right in listed if low <= c < high or (c == high == edges[-1])]
        mean = _mean([c for c, _ in inside])
        if mean is not None:
            bins.append(Bin(low=low, high=high, right=share(right for _, right in inside), confidence=mean))
    return tuple(bins)


def _calibration_error(bins: Sequence[Bin]) -> float | None:
    """The mean distance between what was said and what came true, weighed by the size of the bins."""
    of = sum(one.right.of for one in bins)
    gaps = sum(abs(one.right.hit - one.confidence * one.right.of) for one in bins)
    return gaps / of if of else None


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


# --- terms -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLabel:
    """A labelled expression of time; None for no day."""

    id: str
    expression: str
    written_on: date
    earliest: date | None = None
    latest: date | None = None
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsScore:
    """last_day: the last day is exactly right (no day where there is none). interval: both ends are.

    within_one, within_ten: the last day is at most that many days off.
    """

    last_day: Share
    interval: Share
    within_one: Share
    within_ten: Share
    groups: Mapping[str, Share]
    wrong: tuple[tuple[TermLabel, date | None, date | None], ...]


def term_label_of(row: Mapping[str, Any]) -> TermLabel:
    return TermLabel(
        id=str(row["id"]),
        expression=row["expression"],
        written_on=_day(row["document_date"]),
        earliest=_day(row["earliest"]) if row.get("earliest") else None,
        latest=_day(row["latest"]) if row.get("latest") else None,
        group=row.get("class", ""),
    )


def score_terms(answers: Iterable[tuple[TermLabel, date | None, date | None]]) -> TermsScore:
    """Labels with the earliest and latest day that were read."""
    listed = list(answers)
    groups = sorted({label.group for label, _, _ in listed if label.group})
    right = [(label, latest == label.latest) for label, _, latest in listed]
    return TermsScore(
        last_day=share(ok for _, ok in right),
        interval=share((earliest, latest) == (label.earliest, label.latest) for label, earliest, latest in listed),
        within_one=share(_off(label.latest, latest, CLOSE) for label, _, latest in listed),
        within_ten=share(_off(label.latest, latest, NEAR) for label, _, latest in listed),
        groups={group: share(ok for label, ok in right if label.group == group) for group in groups},
        wrong=tuple(answer for answer in listed if answer[2] != answer[0].latest),
    )


def _off(wanted: date | None, got: date | None, most: int) -> bool:
    return wanted == got if wanted is None or got is None else abs((wanted - got).days) <= most


# --- matching --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLabel:
    """A commitment with the document that keeps it (None: none does) and those that only seem to."""

    id: str
    fulfilled_by: str | None
    near_misses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """A document that was proposed for a commitment. fulfilled: the machine itself says that it keeps the promise."""

    document: str
    score: float
    fulfilled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchingScore:
    """fulfilled: of the claims of "fulfilled" those that are true. said: of the true pairs those that were claimed.

    silent: of the commitments that nothing keeps those for which nothing was claimed.
    """

    first: Share
    five: Share
    reciprocal_rank: float | None
    fulfilled: Share
    said: Share
    near_misses_accepted: int
    silent: Share
    missed: tuple[tuple[str, int | None], ...]
    calibration: tuple[Bin, ...]


def pair_of(row: Mapping[str, Any]) -> PairLabel:
    by = row.get("fulfilled_by")
    misses = tuple(one["url"] for one in row.get("near_misses", ()))
    return PairLabel(id=str(row["id"]), fulfilled_by=by["url"] if by else None, near_misses=misses)


def score_matching(labels: Iterable[PairLabel], ranked: Mapping[str, Sequence[Ranked]]) -> MatchingScore:
    """Labels against the documents that were proposed, by commitment, in any order."""
    asked = [(label, _best_first(ranked.get(label.id, ()))) for label in labels]
    kept = [(label, mine) for label, mine in asked if label.fulfilled_by]
    places = [(label.id, _place(label, mine)) for label, mine in kept]
    claims = [(label, one) for label, mine in asked for one in mine if one.fulfilled]
    scores = ((one.score, one.document == label.fulfilled_by) for label, mine in asked for one in mine)
    return MatchingScore(
        first=share(place == 1 for _, place in places),
        five=share(place is not None and place <= 5 for _, place in places),
        reciprocal_rank=_mean([1 / place if place else 0.0 for _, place in places]),
        fulfilled=share(one.document == label.fulfilled_by for label, one in claims),
        said=share(any(one.fulfilled and one.document == label.fulfilled_by for one in mine) for label, mine in kept),
        near_misses_accepted=sum(one.document in label.near_misses for label, one in claims),
        silent=share(not any(one.fulfilled for one in mine) for label, mine in asked if not label.fulfilled_by),
        missed=tuple((id_, place) for id_, place in places if place != 1),
        calibration=calibration((min(max(score, 0.0), 1.0), right) for score, right in scores),
    )


def _best_first(proposed: Sequence[Ranked]) -> list[Ranked]:
    return sorted(proposed, key=lambda one: -one.score)


def _place(label: PairLabel, mine: Sequence[Ranked]) -> int | None:
    """The rank of the document that keeps the promise; None when it was not proposed."""
    return next((rank for rank, one in enumerate(mine, 1) if one.document == label.fulfilled_by), None)
