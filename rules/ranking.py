"""`rank`: for each commitment the documents that may keep it, best first; and the plain rows that come in from files.

In a batch a claim must also win: of all documents only the best can be said to fulfil a promise, and only when the next
one is clearly worse. A document that is the letter in which the promise was made lends its words as context.
Not inside: reading files (the command line does) and the signals themselves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from rules.commitment import Actor, Commitment, Place, Promise
from rules.deadline import Deadline, Precision
from rules.event import Match, Verdict
from rules.expecting import with_steps
from rules.index import Index
from rules.papers import STUDY, kinds, offered
from rules.steps import OFFERING, REACTION
from rules.terms import words
from sources.document import Document, Kind
from sources.references import references_in

AHEAD = 1.6  # the odds of the best must be so many times those of the next for a claim
CONTEXT_LETTERS = 1500  # of the letter around the promise


def read_commitment(row: Mapping[str, Any]) -> Commitment:
    """A commitment from one row of ``nakoming match --commitments``. ValueError names what is wrong."""
    latest = _day(row, "deadline_latest")
    deadline = Deadline(text=str(latest), latest=latest, precision=Precision.DAY) if latest else None
    url = _text(row, "source_url")
    return Commitment(
        id=_required(row, "id"),
        quote=_text(row, "text"),
        actor=Actor(office=_text(row, "by")),
        ministry=_text(row, "ministry"),
        kind=_promise(_text(row, "kind")),
        made_on=_day(row, "made_on"),
        places=(Place(document=url, url=url),) if url else (),
        references=tuple(row.get("references") or ()),
        deadlines=(deadline,) if deadline else (),
    )


def read_document(row: Mapping[str, Any]) -> Document:
    """A document from one row of ``nakoming match --documents``. ValueError names what is wrong."""
    url = _text(row, "url")
    kind = _text(row, "kind")
    return Document(
        key=_required(row, "id"),
        source="file",
        kind=Kind(kind) if kind in list(Kind) else Kind.OTHER,
        title=_text(row, "title"),
        text=_text(row, "text"),
        url=url,
        identifiers=references_in(url),
        references=tuple(row.get("references") or ()),
        published_on=_day(row, "published_on"),
        office=_text(row, "office"),
    )


def rank(
    commitments: Sequence[Commitment], documents: Sequence[Document], top: int | None = None
) -> dict[str, tuple[Match, ...]]:
    """Matches by commitment id, best first, at most `top` each. Every commitment has an entry, perhaps an empty one."""
    index = Index(with_context(commitments, documents))
    found: dict[str, list[Match]] = {commitment.id: [] for commitment in commitments}
    for document in documents:
        for match in index.matches(document):
            found[match.commitment].append(match)
    papers = {document.key: document for document in documents}
    whole = {one.id: _whole(one, settle(found[one.id]), papers) for one in commitments}
    return {one: matches[:top] for one, matches in whole.items()}


def _whole(commitment: Commitment, matches: tuple[Match, ...], papers: Mapping[str, Document]) -> tuple[Match, ...]:
    """Without the claim of a paper that only offers the report where a reaction to it was promised."""
    claim = next((one for one in matches if one.verdict is Verdict.FULFILLED), None)
    if claim is None or claim.step != OFFERING or not _is_bare(papers[claim.document]):
        return matches
    reaction = any(one.step == REACTION and one.needed for one in with_steps(commitment).steps)
    return tuple(map(_unclaimed, matches)) if reaction else matches


def _is_bare(document: Document) -> bool:
    """True for a report alone: without a reaction, a plan of the cabinet, or a word that it settles a promise."""
    return offered(document, words(document.title)) <= STUDY and not kinds(document, "") & {"collection", "settles"}


def settle(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Best first (equal scores by document); of several claims only a clear winner's stands."""
    ordered = sorted(matches, key=lambda match: (-match.score, match.document))
    rivals = [match for match in ordered if match.verdict in (Verdict.FULFILLED, Verdict.POSSIBLE, Verdict.PROGRESS)]
    winner = rivals[0] if rivals and (len(rivals) == 1 or _odds(rivals[0]) >= AHEAD * _odds(rivals[1])) else None
    return tuple(match if match is winner else _unclaimed(match) for match in ordered)


def _odds(match: Match) -> float:
    return match.score / max(1e-12, 1.0 - match.score)


def _unclaimed(match: Match) -> Match:
    return replace(match, verdict=Verdict.POSSIBLE) if match.verdict is Verdict.FULFILLED else match


def with_context(commitments: Sequence[Commitment], documents: Iterable[Document]) -> list[Commitment]:
    """The commitments with the words of the letter that made them, where that letter is among the documents."""
    wanted = {place.url for commitment in commitments for place in commitment.places if place.url}
    letters = {document.url: document for document in documents if document.url in wanted}
    return [_with_letter(commitment, letters) for commitment in commitments]


def _with_letter(commitment: Commitment, letters: Mapping[str, Document]) -> Commitment:
    for place in commitment.places:
        letter = letters.get(place.url)
        if letter and commitment.made_on and letter.published_on and letter.published_on <= commitment.made_on:
            around = f"{commitment.context} {letter.title}. {letter.text[:CONTEXT_LETTERS]}"
            return replace(commitment, context=around.strip())
    return commitment


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is no text: {value!r}")
    return value


def _required(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    if value is None or value == "":
        raise ValueError(f"a row has no {name}")
    return str(value)


def _day(row: Mapping[str, Any], name: str) -> date | None:
    value = _text(row, name)
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        raise ValueError(f"{name} is no day (YYYY-MM-DD): {value!r}") from None


def _promise(kind: str) -> Promise:
    return Promise(kind) if kind in list(Promise) else Promise.OTHER
