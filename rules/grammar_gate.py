"""Where in a running text a clause of time can begin: a cheap look before the readers of the grammar run.

Most words of a letter begin no term. `beginnings` marks the few that can, for `read_clause` and `read_event` apart: the
word is one that opens a clause, and a word without which there is no clause follows soon enough. The lists are made
from the vocabulary, so a new wording needs nothing here; a test compares with reading everywhere.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from rules.grammar_words import (
    ABOUT,
    DEADLINE_NOUNS,
    DETERMINERS,
    FEW,
    HAPPENINGS,
    HEADS,
    HEDGES,
    MEETING_ENDINGS,
    MEETINGS,
    MODIFIERS,
    OPENERS_IN_TEXT,
    PAPER_ENDINGS,
    PARTS,
    RHYTHMS,
    VAGUE,
)
from rules.numbers import CARDINALS, ORDINALS
from rules.tokens import Token

REACH, TO_THING = 9, 7  # words from the beginning of a clause to the word that makes it one

_ANY = ""  # stands for whatever follows
_LAST_WORDS = frozenset(run[-1] for table in (VAGUE, RHYTHMS) for run in table.runs())
_TIMES = HEADS | ORDINALS.keys() | _LAST_WORDS
_RUNS = [run for table in (HEDGES, MODIFIERS, PARTS, ABOUT, DEADLINE_NOUNS, VAGUE, RHYTHMS) for run in table.runs()]
_COUNTS = frozenset([*CARDINALS, *ORDINALS, *(few.split()[0] for few in FEW), "om", "niet", "minimaal", "ten"])
_OPENERS = HEADS | _COUNTS | frozenset([*DETERMINERS, "tussen", "van"] + [run[0] for run in _RUNS])
_WHOLE = frozenset(run[0] for table in (PARTS, VAGUE, RHYTHMS) for run in table.runs() if len(run) == 1)
_LEADING = _OPENERS - HEADS - _COUNTS - _WHOLE  # only lead to a time: articles, prepositions, "naar verwachting"
_HAPPENS = HAPPENINGS | MEETINGS
_HAPPENS_ENDINGS = tuple(dict.fromkeys(("ing", "atie", *PAPER_ENDINGS, *MEETING_ENDINGS)))
_CONJUNCTIONS = tuple(OPENERS_IN_TEXT.runs())
_BEFORE_THINGS = (*MODIFIERS.runs(), ("niet", "eerder"), ("niet", "vroeger"))


class Beginning(NamedTuple):
    """A place where a clause may begin: one with a time, a duration or a phrase (named), or an event (happens)."""

    place: int
    named: bool = True
    happens: bool = True


def beginnings(tokens: Sequence[Token]) -> Sequence[Beginning]:
    """The places of the tokens that may begin a clause, in order."""
    marked = []
    time = thing = len(tokens) + REACH + 1  # the next word of a time, and the next thing that can happen
    following, follows = "", False  # the word behind, and whether a clause can begin there
    for i in range(len(tokens) - 1, -1, -1):
        token, can = tokens[i], _can_be(tokens[i].word)
        if can.odd or can.time:
            time = i
        if can.thing:
            thing = i
        leads = (can.odd or can.opener) and (follows or can.alone or following in can.then)
        named = leads and time - i <= REACH
        to_thing = named or thing - i <= TO_THING  # behind a time, the thing may stand further on
        seconds = can.events if to_thing else can.conjoins
        happens = _ANY in seconds or following in seconds
        following, follows = token.word, leads
        if named or happens:
            marked.append(Beginning(i, named, happens))
    marked.reverse()
    return marked


class _Can(NamedTuple):
    """What a word can be here. odd: written with figures or marks. alone: needs no word behind it that can open a
    clause as well; then: the words that do as well, because they go on a phrase. events: the words that must follow for
    it to open an event; conjoins: one that needs no thing. `_ANY` among them: it does so by itself."""

    odd: bool
    time: bool
    thing: bool
    opener: bool
    alone: bool
    then: frozenset[str]
    events: frozenset[str]
    conjoins: frozenset[str]


@lru_cache(maxsize=8192)
def _can_be(word: str) -> _Can:
    return _Can(
        odd=word == "#" or word.isdecimal() or (len(word) > 1 and not word.isalpha()),
        time=word in _TIMES,
        thing=word in _HAPPENS or word.endswith(_HAPPENS_ENDINGS),
        opener=word in _OPENERS,
        alone=word not in _LEADING,
        then=_seconds(word, _RUNS) - {_ANY},
        events=_seconds(word, (*_BEFORE_THINGS, *_CONJUNCTIONS)),
        conjoins=_seconds(word, _CONJUNCTIONS),
    )


def _seconds(word: str, runs: Iterable[tuple[str, ...]]) -> frozenset[str]:
    """The second words of the runs that begin with the word; `_ANY` for a run of no other word."""
    return frozenset((*run, _ANY)[1] for run in runs if run[0] == word)
