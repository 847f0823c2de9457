"""When two documents are publications of one paper: the same letter at the Kamer, in the Bekendmakingen, at a ministry.

Pure. Two documents that share a key are the same paper; the store groups by the keys. So a key is something that two
different papers cannot share: an identifier of the paper itself, the bytes of its file, its own address, or for
answers the question. Never a dossier, a title or a date: hundreds of papers share those.
"""

import hashlib
import re
from urllib.parse import unquote, urlsplit

from sources.cleaning import address, identifiers_in_address
from sources.document import Document, Kind, fold
from sources.references import canonical

_OWN_PAGE = frozenset(Kind) - {Kind.PAGE, Kind.REGISTER}  # rows of a register share a page; a watched page is no paper
_QUESTION = re.compile(r"(?:kv-tk-|answer:)?(\d{4}Z\d{5})")
_BODY = re.compile(r"^\s*(?:\d+\s*)?(?:Antwoord|Vraag)\b.*$", re.IGNORECASE | re.MULTILINE)
_FURTHER = re.compile(r"\(nader\)|^nadere? antwoord", re.IGNORECASE | re.MULTILINE)
_SHORTEST_BODY = 1_000  # characters; shorter answers ("zie mijn brief van …") are not alike by chance only


def paper_keys(document: Document) -> tuple[str, ...]:
    """The keys by which publications of one paper find each other, most telling first; each is stable text.

    Provisional and final official ids (``ah-1271549`` and then ``ah-tk-20242025-1028``) meet in the question number;
    one sent letter that is published as two answers meets in the text of the answers.
    """
    if document.withdrawn:
        return ()
    keys = [canonical(i) for i in document.identifiers if i and not i.startswith("dossier:")]
    keys = [key for key in keys if _is_its_own(key, document.kind)]
    keys += _reply_keys(document)
    if digest := document.facts.get("sha256"):
        keys.append(f"file:{digest.lower()}")
    keys += _address_keys(document)
    return tuple(dict.fromkeys(keys))


def same_paper(one: Document, other: Document) -> bool:
    """True when both are publications of one paper."""
    return one.key == other.key or bool(set(paper_keys(one)) & set(paper_keys(other)))


def _is_its_own(identifier: str, kind: Kind) -> bool:
    """A question number is its answer's too, and a project's announcement is not yet its report."""
    if _QUESTION.fullmatch(identifier):
        return kind is Kind.QUESTION
    return kind is Kind.REPORT if identifier.startswith("wodc:") else True


def _reply_keys(document: Document) -> list[str]:
    """The answer to these questions; a further answer to them is another paper, and so is a second postponement."""
    if document.kind is not Kind.ANSWER:
        return []
    reply = "further" if _FURTHER.search(f"{document.facts.get('kind', '')}\n{document.title}") else "answer"
    questions = {m[1] for i in (*document.identifiers, *_asked(document)) if (m := _QUESTION.fullmatch(i))}
    return [f"{reply}:{question}" for question in sorted(questions)] + _body_keys(document)


def _asked(document: Document) -> tuple[str, ...]:
    """The questions that a reply names as its own, not those that it merely refers to."""
    return tuple(canonical(case) for case in document.facts.get("case", "").split("|") if case)


def _body_keys(document: Document) -> list[str]:
    """What the answers say, from the first question on, on the day that they were sent; letters and digits only."""
    start = _BODY.search(document.text)
    body = re.sub(r"[\W_]+", "", fold(document.text[start.start() :])) if start else ""
    if len(body) < _SHORTEST_BODY or document.published_on is None:
        return []
    return [f"said:{document.published_on}:{hashlib.sha256(body.encode()).hexdigest()[:32]}"]


def _address_keys(document: Document) -> list[str]:
    """Its own page; an official id in an address counts as that id."""
    keys: list[str] = []
    for url in (document.url, *document.facts.get("weblocatie", "").split("|")):
        official = identifiers_in_address(url)
        keys += [i for i in official if _is_its_own(i, document.kind)]
        if not official and document.kind in _OWN_PAGE and (place := place_of(url)):
            keys.append(f"at:{place}")
    return keys


def place_of(url: str) -> str:
    """An address as one place: no scheme, ``www.`` or anchor, nothing that counts visitors; empty for a front page."""
    parts = urlsplit(address(url))
    path = unquote(parts.path).rstrip("/")
    if path.count("/") < 2 and not parts.query:
        return ""
    return f"{parts.netloc.removeprefix('www.')}{path}" + (f"?{parts.query}" if parts.query else "")
