"""Which expression of time belongs to a promise: the one in its own clause, else one beside it, else a neighbour's.

`rules.resolve` finds and reckons the expressions; here one is chosen. A day that is past is a memory, not a term, and
the date of a debate in which something was said is none either.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from rules.calendar import Calendar
from rules.clauses import AUXILIARIES, Clause, Sentence, finite
from rules.deadline import Precision
from rules.kinds import receives
from rules.needs import last_word
from rules.resolve import Span, find

COMPLETED = frozenset(
    "afgerond bekend beschikbaar ontvangen gereed klaar binnen verschenen gepubliceerd duidelijk vastgesteld".split()
)
AWAITED = frozenset(("zodra", "wanneer", "nadat", "voordat", "alvorens"))  # open what must come first or comes next
DECIDED = frozenset(
    "besloten toegezegd beloofd afgesproken gemeld bericht aangegeven aangekondigd geschreven gevraagd verzocht gegeven"
    " verstrekt verleend".split()
)
ASKED = frozenset("verzocht gevraagd opgeroepen uitgenodigd".split())
IF = "if"  # the term of a row that asks for a condition instead
IFS = frozenset(("als", "indien", "mocht", "wanneer"))
LEAST_CONDITION = 2  # words of a condition that is no bare "als laatste"
NEARLY_A_YEAR = timedelta(days=270)
_YEAR = re.compile(r"\d{4}|volgend|\bjaar\b")
UNKNOWN = date(2020, 1, 1)  # stands in for the date of a letter without one: terms are recognised, none is reckoned
_MEETING = re.compile(
    r"(?:debat|overleg|ao|vao|vergadering|raad|behandeling|bijeenkomst|brief|kamerbrief|motie|kabinetsreactie)"
    r"(?:\s+\S+){0,5}\s*$",
    re.IGNORECASE,
)
_NEW_MEETING = re.compile(  # that is not known yet, and in which something will be done
    r"\b(?:in|tijdens|op) een (?:\w+ ){0,2}(?:overleg|debat|vergadering|bijeenkomst)(?: op)?\s+$", re.IGNORECASE
)
_REQUESTED = re.compile(r"\b(?:uw|het|dit|een) verzoek om (?:(?!zal|zullen|ik|wij|kan)\w+ ){0,4}$", re.IGNORECASE)
_IN_A_YEAR = re.compile(r"in (?:het jaar |de jaren )?\d{4}(?: (?:en|tot|t/m) \d{4})?", re.IGNORECASE)
_LASTING = re.compile(r"(?:in|voor|over|gedurende) de (?:periode|jaren) (?:van )?(?:\d{4}|\d{1,2} )", re.IGNORECASE)
_BECAUSE = re.compile(r"(?:in verband|te maken|samenhang|rekening|vanwege|wegens)\s*$", re.IGNORECASE)
_EVENT = re.compile(r"(?:zodra|nadat|na|wanneer|als|indien)\b", re.IGNORECASE)
_BEFORE_IT = re.compile(r"^(?:vóór|voor|uiterlijk|voorafgaand|na|binnen|in|eind|begin|medio|rond|per)\b", re.IGNORECASE)


def terms(sentence: Sentence, written_on: date | None, calendar: Calendar) -> tuple[Span, ...]:
    """The expressions of time in the sentence that can be a term of something to come."""
    day = written_on or UNKNOWN
    return tuple(span for span in find(sentence.text, day, calendar) if _to_come(span, day, sentence.text))


def _to_come(span: Span, day: date, text: str) -> bool:
    if span.deadline.precision is Precision.VAGUE and span.deadline.text.lower().startswith(("voor ", "over ", "van ")):
        return False  # "plannen voor de komende periode": what it is about, not when
    before = text[max(0, span.start - 60) : span.start]
    if _LASTING.match(span.deadline.text) or _BECAUSE.search(before) or _REQUESTED.search(before):
        return False  # "in de periode 2022–2026": how long it lasts; "in verband met het reces": why; what was asked
    last = span.deadline.latest or span.deadline.earliest
    if last is not None and last <= day and not span.deadline.recurring:
        return False
    said = span.deadline.text.lower()
    begun = span.deadline.earliest is not None and span.deadline.earliest < day
    if said.startswith("sinds ") or (begun and said.startswith(("van ", "vanaf "))):
        return False  # "van 1 maart tot en met 1 mei", written on 3 March: it is so already
    if span.deadline.precision is not Precision.DAY or _BEFORE_IT.match(span.deadline.text):
        return True
    return not _MEETING.search(before) or bool(_NEW_MEETING.search(before))


def dated(span: Span) -> bool:
    return span.deadline.latest is not None or span.deadline.earliest is not None


def fits(wanted: str, span: Span) -> bool:
    """Is the term of the sort that a row asks for?"""
    if wanted == "event":
        return span.deadline.precision is Precision.EVENT and bool(_EVENT.match(span.deadline.text))
    return wanted == "any" or dated(span)


def told_on(sentence: Sentence, number: int, span: Span) -> bool:
    """Is it the day on which something was decided or promised ("heeft in mei besloten te ...")?"""
    clause = sentence.clauses[number]
    decided = max((i for i, word in enumerate(clause.words) if word in DECIDED), default=None)
    if decided is None or "te" not in clause.words[decided:]:
        return False
    return span.start < sentence.spans[clause.at[decided]][0] and clause_at(sentence, span) == number


def asked_for(sentence: Sentence, number: int, span: Span) -> bool:
    """Is it the day by which somebody else is asked to act ("hem wordt verzocht in mei te adviseren")?"""
    words, at = sentence.clauses[number].words, sentence.clauses[number].at
    asked = next((i for i, word in enumerate(words) if word in ASKED), None)
    if asked is None or {"wordt", "worden"}.isdisjoint(words) or "zal" in words or "zullen" in words:
        return False
    return span.start > sentence.spans[at[asked]][0]


def about(sentence: Sentence, number: int, span: Span) -> bool:
    """Is it the year of what is told ("ik informeer u over de voortgang in 2027"), and not when?"""
    clause = sentence.clauses[number]
    if "over" not in clause.words or not {"zal", "zullen"}.isdisjoint(clause.words):
        return False
    over = sentence.spans[clause.at[clause.words.index("over")]][0]
    last = max(sentence.spans[k][1] for k, word in zip(clause.at, clause.words, strict=True) if word[0].isalnum())
    return bool(_IN_A_YEAR.fullmatch(span.deadline.text)) and over < span.start and span.end >= last


def gone(span: Span, day: date | None) -> bool:
    """Told of the past, a term without a year that only comes round again next year was due this year."""
    last = span.deadline.latest
    if day is None or last is None or _YEAR.search(span.deadline.text):
        return False
    return last - day > NEARLY_A_YEAR


def awaits(sentence: Sentence, number: int) -> bool:
    """Does a clause beside say what must be ready first: "wanneer het onderzoek is afgerond, ..."?"""
    beside = (sentence.clauses[n] for n in (number - 1, number + 1) if 0 <= n < len(sentence.clauses))
    return any(c.kind == "condition" and (c.opener in AWAITED or not COMPLETED.isdisjoint(c.words)) for c in beside)


def hangs_on_if(sentence: Sentence, number: int) -> bool:
    """Does a clause beside make a condition with a verb: "mocht dit veranderen", "als daar reden toe is"?"""
    beside = (sentence.clauses[n] for n in (number - 1, number + 1) if 0 <= n < len(sentence.clauses))
    return any(c.kind == "condition" and c.opener in IFS and (c.opener == "mocht" or _ends_in_verb(c)) for c in beside)


def _ends_in_verb(clause: Clause) -> bool:
    last = last_word(clause)
    return last in AUXILIARIES or finite(last) or (len(clause.words) > LEAST_CONDITION and last.endswith(("t", "en")))


def choose(sentence: Sentence, number: int, found: Sequence[Span], announced: bool = False) -> Span | None:
    """The term of the promise in clause `number`: dated before undated, near before far, first before later.

    announced: the promise is told of a thing ("er wordt een commissie ingesteld, die in mei advies geeft"), so that a
    relative clause at the end tells when; so does one that goes to the Kamer ("een brief die u in mei ontvangt")."""
    if not found:
        return None
    places = [number, *_neighbours(sentence, number)]
    if _hangs_on(sentence, number) and (announced or receives(sentence.clauses[number + 1])):
        places.append(number + 1)
    ranked = sorted(
        found, key=lambda span: (_rank(sentence, span, places), not dated(span), _after_it(span), span.start)
    )
    best = ranked[0]
    if _rank(sentence, best, places) >= len(places) * 2:
        return None
    if "budget" in best.deadline.rule and _hangs_on(sentence, number):  # "in de Najaarsnota, die voor 1 december ..."
        return next((span for span in ranked if dated(span) and clause_at(sentence, span) == number + 1), best)
    return best


def _after_it(span: Span) -> bool:
    """ "Na het overleg in april zal ik u in juni ...": what comes first, not when it is due."""
    return span.deadline.text.lower().startswith(("na ", "nadat "))


def _neighbours(sentence: Sentence, number: int) -> list[int]:
    """Clauses whose term may be the promise's: its conditions and what hangs on it, not relative clauses aside."""
    clauses = sentence.clauses
    after = [n for n in range(number + 1, len(clauses)) if clauses[n].kind != "relative"]
    before = [n for n in range(number - 1, -1, -1) if clauses[n].kind != "relative"]
    return [*after[:2], *before[:2]]


def _hangs_on(sentence: Sentence, number: int) -> bool:
    """Is the next clause a relative one that ends the sentence?"""
    rest = sentence.clauses[number + 1 :]
    return len(rest) == 1 and rest[0].kind == "relative" and rest[0].opener in ("die", "dat", "waarna", "welke")


def _rank(sentence: Sentence, span: Span, places: Sequence[int]) -> int:
    """Own clause first; a dated term elsewhere goes before an undated one in the own clause only by a place."""
    number = clause_at(sentence, span)
    place = places.index(number) if number in places else len(places)
    return place * 2 + (0 if dated(span) or place else 1) * (place == 0) * 1


def clause_at(sentence: Sentence, span: Span) -> int:
    """The clause in which the expression begins; behind the comma that closes an aside ("zoals toegezegd in mei, in
    juni") it belongs to the clause before."""
    for number, clause in enumerate(sentence.clauses):
        if _begin(sentence, clause) <= span.start < _end(sentence, clause):
            closed = clause.opener == "zoals" and number and sentence.text[: span.start].rstrip().endswith(",")
            return number - 1 if closed else number
    starts = [n for n, clause in enumerate(sentence.clauses) if _begin(sentence, clause) <= span.start]
    return starts[-1] if starts else 0


def _begin(sentence: Sentence, clause: Clause) -> int:
    return sentence.spans[clause.at[0]][0]


def _end(sentence: Sentence, clause: Clause) -> int:
    return sentence.spans[clause.at[-1]][1]
