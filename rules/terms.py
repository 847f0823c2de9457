"""Words as the matcher compares them: folded, stemmed, cut into parts, with what they mean and how rare they are.

`forms` turns a surface form into its terms: the stem, the stems of the parts when it is a compound
("gegevensbeschermingstoezicht" has "toezicht"), and the concepts of the thesaurus (written ``§landbouw``), so that
"boeren" meets "agrarische sector". `rarity` is the surprise of meeting a term in sixty words of policy prose or in a
title. The lists are data: ``word_statistics`` (made by ``scripts/make_word_statistics.py``) and ``thesaurus.toml``.
Not inside: which texts are compared (`rules.profile`) and what an overlap is worth (`rules.signals`).
"""

import codecs
import math
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import snowballstemmer

from rules.vocabulary import data, table

WINDOW = 60  # words of a passage; the statistics are read as chances to meet a word in that many
WINDOWS = 3_700_000 / WINDOW
TITLES = 9_164
RAREST = 8.0  # an unknown word is no rarer than this: misprints must not outweigh a subject
REMEMBERED = 400_000  # words of which the terms are kept
LONGEST = 40  # letters of a word that is still looked at
PART, CONCEPT = 0.45, 0.6  # a part or a concept counts for less than the word itself
SHORTEST_PART, SHORT_PART, SHORTEST_COMPOUND = 3, 4, 7
LINKS = ("", "s", "en", "e", "n")
COMMON_PART = 40  # a part of three or four letters must be a word that is met at least so often

_FOLDED = "nakoming.folded"
_ASCII = "".join(chr(code).lower() if chr(code).isalnum() else " " for code in range(128))
_PLAIN = _ASCII.encode() + bytes(range(128, 256))  # by byte of a text in UTF-8: small letters, blanks for marks
_stemmer = snowballstemmer.stemmer("dutch")


@dataclass(frozen=True, slots=True)
class Statistics:
    """counts: how often a folded word was met; stems: its stem; shares: the chance to meet a stem in a passage."""

    counts: dict[str, int]
    stems: dict[str, str]
    shares: dict[str, float]


def words(text: str) -> list[str]:
    """The folded words of a text in order; hyphens and apostrophes divide."""
    return text.encode("ascii", _FOLDED).translate(_PLAIN).decode().split()


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """Lower case without accents and ligatures."""
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def _folded(error: UnicodeError) -> tuple[bytes, int]:
    """What stands in the place of letters and marks that are not of ASCII, for `str.encode`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return _fold_marks(error.object[error.start : error.end]), error.end


@lru_cache(maxsize=10_000)
def _fold_marks(marks: str) -> bytes:
    return "".join(fold_word(one) if one.isalnum() else " " for one in marks.lower()).encode()


codecs.register_error(_FOLDED, _folded)


@cache
def statistics() -> Statistics:
    counts: dict[str, int] = {}
    stems: dict[str, str] = {}
    shares: dict[str, float] = {}
    irregular = data("thesaurus")["forms"]
    for word, listed, count, titles in table("word_statistics"):
        stem = irregular.get(word, listed)
        counts[word] = counts.get(word, 0) + int(count)
        stems[word] = stem
        shares[stem] = shares.get(stem, 0.0) + max(int(count) / WINDOWS, int(titles) / TITLES)
    stems.update(irregular)
    return Statistics(counts, stems, shares)


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of a folded word; words of the statistics have theirs from the list."""
    known = statistics().stems.get(word)
    return known if known is not None else str(_stemmer.stemWord(word))


@lru_cache(maxsize=200_000)
def rarity(term: str) -> float:
    """0 for a word that is everywhere, up to `RAREST`. A concept is as common as its words together."""
    share = concept_shares().get(term, 0.0) if term[0] == "§" else statistics().shares.get(term, 0.0)
    return min(RAREST, -math.log(share)) if 0 < share < 1 else 0.0 if share else RAREST


@lru_cache(maxsize=200_000)
def parts(word: str) -> tuple[str, ...]:
    """The parts of a compound, or nothing: the cut with the highest mean frequency, if that beats the whole word's."""
    if not SHORTEST_COMPOUND <= len(word) <= LONGEST or not word.isalpha():
        return ()
    best, score = _cut(word)
    return best if len(best) > 1 and score > math.log(statistics().counts.get(word, 0) + 1) else ()


@lru_cache(maxsize=200_000)
def _cut(word: str) -> tuple[tuple[str, ...], float]:
    """Best parts and the mean of the logarithms of their counts (the geometric mean of Koehn and Knight)."""
    own = _part_count(word)
    best: tuple[str, ...] = (word,) if own else ()
    score = math.log(own) if own else 0.0
    for at in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        head = _head(word[:at])
        if not head:
            continue
        rest, mean = _cut(word[at:])
        if rest:
            joined = (math.log(_part_count(head)) + mean * len(rest)) / (len(rest) + 1)
            if joined > score or not best:
                best, score = (head, *rest), joined
    return best, score


def _head(piece: str) -> str:
    """The word in a first part with or without its linking letters; empty when it is none."""
    for link in LINKS:
        if piece.endswith(link):
            word = piece[: len(piece) - len(link)]
            if len(word) >= SHORTEST_PART and _part_count(word):
                return word
    return ""


def _part_count(word: str) -> int:
    """How often a word was met that may be part of a compound, else 0."""
    count = statistics().counts.get(word, 0)
    if word in _no_parts() or len(word) < SHORTEST_PART or (len(word) <= SHORT_PART and count < COMMON_PART):
        return 0
    return count


@cache
def _no_parts() -> frozenset[str]:
    return frozenset(data("thesaurus")["no_parts"]["words"].split())


@cache
def concepts() -> dict[str, tuple[str, ...]]:
    """Concepts by stem. Entries of several words are in `phrases`."""
    found: dict[str, tuple[str, ...]] = {}
    for name, entry in _entries():
        if len(entry) == 1:
            found[entry[0]] = (*found.get(entry[0], ()), f"§{name}")
    return found


@cache
def phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Entries of several words by their first stem: (stems, concept)."""
    found: dict[str, tuple[tuple[tuple[str, ...], str], ...]] = {}
    for name, entry in _entries():
        if len(entry) > 1:
            found[entry[0]] = (*found.get(entry[0], ()), (entry, f"§{name}"))
    return found


def _entries() -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, entries in data("thesaurus")["concepts"].items():
        for entry in entries.split(","):
            yield name, tuple(stem(word) for word in words(entry))


@cache
def concept_shares() -> dict[str, float]:
    shares: dict[str, float] = {}
    for name, entry in _entries():
        rarest = min(statistics().shares.get(word, 1 / WINDOWS) for word in entry)
        shares[f"§{name}"] = shares.get(f"§{name}", 0.0) + rarest
    return shares


def forms(word: str) -> tuple[str, ...]:
    """All terms of a folded word, the stem first. Empty for single letters; digits stay as they are."""
    return _known[word]


def vocabulary(spoken: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each word once, in order, with its terms."""
    own = dict.fromkeys(spoken)
    return dict(zip(own, map(_known.__getitem__, own), strict=True))


class _Known(dict[str, tuple[str, ...]]):
    """The terms of words, remembered; begins anew when it is full. Every word of every paper is looked up in it."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= REMEMBERED:
            self.clear()
        found = self[word] = _forms(word)
        return found


_known = _Known()


def _forms(word: str) -> tuple[str, ...]:
    if len(word) < 2 or len(word) > LONGEST:
        return ()
    if not word.isalpha():
        return (word,)
    own = stem(word)
    pieces = [stem(part) for part in parts(word)]
    meant = [concept for one in (own, *pieces) for concept in concepts().get(one, ())]
    return tuple(dict.fromkeys((own, *pieces, *meant)))


@lru_cache(maxsize=200_000)
def weights(word: str) -> tuple[tuple[str, float], ...]:
    """The terms of a word with what each is worth in a promise: its rarity, less for parts and concepts."""
    return tuple((term, _worth(at, term)) for at, term in enumerate(forms(word)))


def _worth(at: int, term: str) -> float:
    if term in boilerplate():
        return 0.0
    share = CONCEPT if term[0] == "§" else 1.0 if at == 0 else PART
    return share * rarity(term) * (FAINT if term in faint() else 1.0)


FAINT = 0.35


@cache
def boilerplate() -> frozenset[str]:
    """Stems that every promise and every letter has: they say nothing of the subject."""
    return frozenset(stem(word) for word in data("thesaurus")["boilerplate"]["words"].split())


@cache
def faint() -> frozenset[str]:
    """Stems of products ("onderzoek", "evaluatie"): compared as kinds, so they count little as words."""
    return frozenset(stem(word) for word in data("thesaurus")["faint"]["words"].split())
