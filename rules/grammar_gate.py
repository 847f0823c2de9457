"""Where in a running text a clause of time can begin: a cheap look before the readers of the grammar run.

Most words of a letter begin no term. `beginnings` marks the few that can: the word is one that opens a clause, and a
word without which there is no clause follows soon enough. Both lists are made from the vocabulary, so a new wording
needs nothing here; a test compares with reading everywhere.
"""

from collections.abc import Sequence

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

_LAST_WORDS = frozenset(run[-1] for table in (VAGUE, RHYTHMS) for run in table.runs())
_TIMES = HEADS | ORDINALS.keys() | _LAST_WORDS
_OPENERS = HEADS | frozenset(
    [*DETERMINERS, *CARDINALS, *ORDINALS, "tussen", "van", "om", "niet", "minimaal", "ten"]
    + [run[0] for table in (HEDGES, MODIFIERS, PARTS, ABOUT, DEADLINE_NOUNS, VAGUE, RHYTHMS) for run in table.runs()]
    + [few.split()[0] for few in FEW]
)
_HAPPENS = HAPPENINGS | MEETINGS
_HAPPENS_ENDINGS = tuple(dict.fromkeys(("ing", "atie", *PAPER_ENDINGS, *MEETING_ENDINGS)))
_EVENT_OPENERS = frozenset(run[0] for table in (MODIFIERS, OPENERS_IN_TEXT, HEDGES) for run in table.runs())
_CONJUNCTIONS = frozenset(run[0] for run in OPENERS_IN_TEXT.runs())


def beginnings(tokens: Sequence[Token]) -> Sequence[int]:
    """The places of the tokens that may begin a clause, in order."""
    marked = []
    time = thing = len(tokens) + REACH + 1  # the next word of a time, and the next thing that can happen
    for i in range(len(tokens) - 1, -1, -1):
        token, word = tokens[i], tokens[i].word
        odd = token.number is not None or (len(word) > 1 and not word.isalpha()) or token.day or token.years
        if odd or word in _TIMES:
            time = i
        if word in _HAPPENS or word.endswith(_HAPPENS_ENDINGS):
            thing = i
        names = (odd or word in _OPENERS) and time - i <= REACH
        if names or word in _CONJUNCTIONS or (word in _EVENT_OPENERS and thing - i <= TO_THING):
            marked.append(i)
    marked.reverse()
    return marked
