"""Terms that hang on something that happens: "na ontvangst van het advies", "zodra het onderzoek is afgerond".

They have no day until it happens, unless it is a meeting whose day is said. Tried where `rules.grammar_clauses` has
found no plain time.
"""

from dataclasses import replace

from rules.deadline import Precision
from rules.grammar_clauses import Clause, Prepositions, prepositions, read_clause
from rules.grammar_line import NEAREST, Line, determiner
from rules.grammar_meetings import is_meeting, meeting_noun, read_meeting
from rules.grammar_times import read_time
from rules.grammar_words import (
    AFTER,
    ANY,
    AROUND,
    BEFORE,
    CLAUSE_ENDERS,
    COMING,
    EVENT_OPENERS,
    EVENT_PREPOSITIONS,
    HAPPENINGS,
    IN,
    NEXT,
    OPENERS_IN_TEXT,
    PAPER_ENDINGS,
    THIS,
)

TAIL = 14  # words that may follow "zodra" or "na ontvangst"
MARKS = frozenset(". , ; : ( ) ? !".split())
STRONG_BEFORE = frozenset(
    "begrotingsbehandeling begrotingsbehandelingen begrotingsdebat behandeling inwerkingtreding verkiezingen stemming"
    " stemmingen besluitvorming ingang".split()
)  # after a plain "voor" these are before, not for
OWN_VERBS = frozenset(
    "informeren sturen toesturen toezenden zenden aanbieden berichten rapporteren bezien besluiten terugkomen komen per"
    " toegezegd".split()
)  # the sentence goes on: "na ontvangst toesturen"
TOGETHER = frozenset(
    ("gelijktijdig met", "tegelijk met", "tegelijkertijd met", "bij gelegenheid van", "ter gelegenheid van")
)  # with something that will happen
NO_THING = frozenset("alinea paragraaf vraag vragen hoofdstuk stap stappen manier wijze punten onderdelen gevallen fase"
    " pagina maatregelen generatie generaties kabinet wijzen jaren minuten brieven".split())  # fmt: skip


def read_event(line: Line, i: int, in_text: bool) -> Clause | None:
    """A clause about something that happens. in_text: only wordings that are safe in a running sentence."""
    how = prepositions(line, i)
    if how.kind:
        return _meeting(line, i, how) or _happening(line, i, how, in_text)
    opener = (OPENERS_IN_TEXT if in_text else EVENT_OPENERS).at(line.words, i)
    if opener and not (line.word(i) == "als" and in_text):
        return _event(i, _tail(line, opener[1], MARKS))
    return _meeting(line, i, how) if not in_text else None


def _event(i: int, end: int, spoken: bool = True) -> Clause:
    return Clause(IN, i, end, precision=Precision.EVENT, spoken=spoken)


def _meeting(line: Line, i: int, how: Prepositions) -> Clause | None:
    """A meeting with a day; one without is an event when it lies ahead of the thing or behind it."""
    found = read_meeting(line, how.end)
    if found:
        time, end = found
        if how.kind != BEFORE and time.year is None:
            time = replace(time, which=NEAREST)
        ahead = how.words in ("ten behoeve van", "met het oog op", "ter voorbereiding op")
        return Clause(BEFORE if ahead else how.kind or IN, i, end, time, by=how.by, spoken=bool(how.kind))
    noun = meeting_noun(line, how.end)
    this = how.words == "ten behoeve van" and determiner(line, how.end)[0] is THIS  # for which the letter is written
    if noun is None or this or how.kind not in (BEFORE, AFTER):
        return None
    return _event(i, _tail(line, noun + 1, CLAUSE_ENDERS))


def _happening(line: Line, i: int, how: Prepositions, in_text: bool) -> Clause | None:
    if how.kind == AROUND and in_text:  # "ik rond het onderzoek in mei af"
        return None
    which, j = determiner(line, how.end)
    ahead = which in (NEXT, COMING) and line.word(j - 1) not in ("nieuw", "nieuwe")
    if ahead and not in_text and line.word(j).isalpha() and line.word(j) not in NO_THING | CLAUSE_ENDERS:
        return _event(i, _tail(line, j + 1, CLAUSE_ENDERS))
    for k in range(j, j + 3):
        word = line.word(k)
        if word in CLAUSE_ENDERS or not word:
            return None
        if _happens(how, word) or (ahead and word.endswith(PAPER_ENDINGS)):
            spoken = how.kind in (AFTER, BEFORE) or ahead or not in_text or how.words in TOGETHER
            short = not spoken and _limit(line, k + 1, how.words)
            return _event(i, k + 1 if short else _tail(line, k + 1, CLAUSE_ENDERS), spoken=spoken)
    return None


def _limit(line: Line, k: int, how: str) -> bool:
    """ "Op het rapport voor de zomer reageren": a term by itself, and no part of what is named before it; so is the
    year of "met de evaluatie in 2027 beginnen", "bij de besluitvorming in mei"."""
    limits = line.word(k) in ("voor", "uiterlijk", "nog", "binnen", "eind", "begin", "medio")
    return (limits or (how in ("met", "bij", "tijdens") and line.word(k) == "in")) and _dated(line, k)


def _happens(how: Prepositions, word: str) -> bool:
    if how.words in TOGETHER and word.endswith("en"):  # "bij gelegenheid van het toezenden"
        return True
    if how.words == "voor" and not how.stressed:
        return word in STRONG_BEFORE or is_meeting(word)
    return word in HAPPENINGS or (word.endswith(("ing", "atie", "rapportage")) and how.kind in (AFTER, BEFORE))


def _tail(line: Line, j: int, enders: frozenset[str]) -> int:
    """The end of the words about the happening: a mark, the sentence's own verb, or a term that names days."""
    k = j
    while k < j + TAIL:
        word = line.word(k)
        if not word or word in enders or word in OWN_VERBS or (k > j and word not in ("van", "dd") and _dated(line, k)):
            return k
        of = read_time(line, k + 1) if word in ("van", "dd") else None  # "de brief van 3 maart": part of the name
        k = of[1] if of else k + 1
    return k


def _dated(line: Line, k: int) -> bool:
    found = read_clause(line, k)
    counted = found is not None and found.precision is Precision.EVENT  # "uiterlijk drie maanden na ontvangst"
    return found is not None and found.spoken and (found.time is not None or counted)


def loose_event(line: Line) -> Clause | None:
    """A whole expression that is not known but is plainly about what happens ("na de vergunningafgifte")."""
    first = line.word(0)
    if EVENT_OPENERS.at(line.words, 0) or (first in ("na", "bij", "tot", "vanaf", "tijdens") and len(line.tokens) > 1):
        return _event(0, len(line.tokens))
    known = any(word in HAPPENINGS or is_meeting(word) for word in line.words)
    if first in EVENT_PREPOSITIONS and known:
        return _event(0, len(line.tokens))
    which, _ = determiner(line, 1)
    return _event(0, len(line.tokens)) if first in EVENT_PREPOSITIONS and which is not ANY else None
