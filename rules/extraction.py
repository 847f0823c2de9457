"""`extract`: the commitments in a letter, sentence by sentence, with who, what, by when, how sure and why.

The walk: zones the government speaks in → sentences that hold a word of promising → clauses → rows that read a promise
→ doubts → a chance. Word lists and weights are data (``rules/data``); the reading itself is in `rules.clauses`,
`rules.promises` and `rules.doubts`. Not inside: whether a promise was kept (`rules.judging`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import NamedTuple

from rules.actors import actor
from rules.calendar import Calendar
from rules.clauses import Sentence, read
from rules.commitment import Found, Strength
from rules.dating import IF, about, asked_for, awaits, choose, dated, fits, gone, hangs_on_if, terms, told_on
from rules.deadline import Deadline
from rules.delivering import delivers
from rules.doubts import Around, calibrated, reasons, shapes, weigh, with_date
from rules.kinds import kind_of, receives
from rules.listed import Item, items
from rules.promises import Hit, hits
from rules.resolve import Span
from rules.sentences import paragraphs, sentences
from rules.sieve import may_promise
from rules.zones import Zone, zones
from sources.document import Letter
from sources.references import references_in

LEAST = 0.05  # log-odds that must be passed: below, a sentence is more likely no commitment than one
DOUBTED = 4.0  # log-odds below nothing from which on a reading does not support another
DUTCH = frozenset("de het een van en dat ik is in op te aan met voor niet wordt zijn deze naar u".split())
LEAST_DUTCH = 0.08  # share of those words in a text that is Dutch
PUNCTUATION = re.compile(r"[.,;:!?()\[\]«»“”\"‘–]+")
NEXT = 4  # sentences after a promise in which it may be taken back
NEAR = 220  # characters between a promise and the one whose term it takes over
HEADING = 16  # lines that a letter's heading may have
GOES_ON = 5  # lines in which a letter that keeps a promise tells of it
OPENING = 2  # sentences of a letter that says no more than that it is late
HEADLINE = 7  # words of a line that is no sentence
SHORT = 12  # words of a sentence that can only be understood with the one before
BACK = frozenset("dat die daarbij daarin daarmee hierbij daarover hierover deze dit".split())
DONE = frozenset("afgerond gepubliceerd opgeleverd gestart begonnen verschenen vastgesteld ingediend gestuurd".split())
IN_THAT = (["die"], ["deze"], ["dat"], ["dezelfde"], ["diezelfde"])  # "in die brief zal ik"
AT_HEAD = 7  # words at the head of a sentence in which it points back to a paper
SAME_DAY = frozenset(("dag", "termijn", "moment", "tijdstip", "datum"))
BY_THEN = frozenset(("voor", "vóór", "tegen", "rond", "tot", "op", "binnen"))
THAT_TIME = tuple([that, noun] for that in ("die", "dat") for noun in "tijd datum termijn dag moment tijdstip".split())
SAMENESS = frozenset(("dezelfde", "diezelfde", "hetzelfde", "datzelfde"))
THEREWITH = frozenset(("daarbij", "daarin", "daarmee"))
PAPERS = ("brief", "rapportage", "nota", "reactie", "plan", "agenda", "overzicht", "rapport")
LONGEST = 2500  # characters of a sentence; what is longer is a table or noise
SAME = 0.65  # overlap of words from which on two sentences say the same promise
ADDING = frozenset("ook eveneens evenzo tevens daarnaast voorts bovendien verder".split())
ADDING_WORDS = 3  # words at the head of a sentence in which one of those makes it another promise
CONTENT = 5  # letters of a word that counts for that
OPENER = re.compile(r"^(?:\W+|(?:en|maar|ja|dus|want|daarom|ook|verder|tevens|voorts|daarnaast)\b)+", re.IGNORECASE)


class Line(NamedTuple):
    """Where a sentence stands in the letter's text."""

    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """One stretch of a letter with its sentences. delivers: the letter sends something along; opening:
    the number of the line that it opens with, -1 where it does not go on."""

    letter: Letter
    calendar: Calendar
    zone: Zone
    lines: tuple[Line, ...]
    delivers: bool
    opening: int


class Judged(NamedTuple):
    """A hit with its features and the term that belongs to it."""

    hit: Hit
    features: tuple[tuple[str, float], ...]
    term: Span | None
    weight: float


def extract(letter: Letter, calendar: Calendar) -> tuple[Found, ...]:
    """In the order of the text; the same promise said twice is found once. Nothing in a text that is not Dutch."""
    small = letter.text.lower()
    if letter.language != "nl" or not _dutch(small):
        return ()
    sends = delivers(small)
    found: list[Found] = []
    for zone in zones(letter):
        lines = tuple(_lines(letter.text, zone))
        found += _in_zone(Reading(letter, calendar, zone, lines, sends, _opening(letter.text, zone, lines)))
    return tuple(_once(_with_inherited_terms(found)))


def _in_zone(reading: Reading) -> Iterator[Found]:
    """What each sentence promises; the sentence that opens a list only when its items do not."""
    text, lines = reading.letter.text, reading.lines
    listed = items(text, [(line.start, line.end) for line in lines])
    by_line = {i: _of(reading, i) for i, line in enumerate(lines) if _worth(text, line)}
    kept: set[int] = set()
    for i, item in listed.items():
        by_line[i] = by_line.get(i) or _of_item(reading, i, item)
        kept |= {item.lead} if by_line[i] else set()
    for i in sorted(by_line.keys() - kept):
        yield from by_line[i]


def _dutch(small: str) -> bool:
    words = small[:6000].split()
    return len(words) < 40 or sum(map(DUTCH.__contains__, words)) >= LEAST_DUTCH * len(words)


def _lines(text: str, zone: Zone) -> Iterator[Line]:
    for begin, end in paragraphs(text, zone.start, zone.end):
        still_open = 0
        for start, stop in sentences(text, begin, end):
            piece = text[start:stop]
            yield Line(start, stop, still_open > 0 or piece[0] in "«“")
            still_open = max(0, still_open + piece.count("«") - piece.count("»"))


def _worth(text: str, line: Line) -> bool:
    return line.end - line.start <= LONGEST and may_promise(text[line.start : line.end])


def _of(reading: Reading, i: int) -> list[Found]:
    """The promises of one sentence: none, one, or one per clause where the clauses have terms of their own."""
    line = reading.lines[i]
    sentence = read(reading.letter.text[line.start : line.end], line.start)
    chosen = _several(_judge(sentence, _around(reading, i), reading.letter, reading.calendar), sentence)
    if not chosen:
        return []
    parts = _parts(sentence, chosen)
    return [_lent(_found(one, sentence, reading, part), reading, i) for one, part in zip(chosen, parts, strict=True)]


def _lent(one: Found, reading: Reading, i: int) -> Found:
    """With the term of the sentence before ("Voor die tijd zal ik ..."), or of one behind about the same paper ("...
    in de nota. Die nota is voorzien voor mei"), where it has none."""
    if one.deadline is not None or reading.letter.written_on is None:
        return one
    words = _bare(one.quote)
    k = i - 1 if _by_then(words) else i + 1
    if not 0 <= k < len(reading.lines):
        return one
    text = reading.letter.text[reading.lines[k].start : reading.lines[k].end]
    head = _bare(text)
    same_paper = head[:1] and head[0] in BACK and head[1:2] and head[1].endswith(PAPERS) and head[1] in words
    if k > i and not same_paper:
        return one
    found = [span.deadline for span in terms(read(text), reading.letter.written_on, reading.calendar) if dated(span)]
    which = "before" if k < i else "behind"
    why = f"takes over the term of the sentence {which}"
    return replace(one, deadline=found[-1], reasons=(*one.reasons, why)) if found else one


def _of_item(reading: Reading, i: int, item: Item) -> list[Found]:
    """The promise of an item of a list, read behind the sentence that opens the list; its quote is the item."""
    text, line = reading.letter.text, reading.lines[i]
    bare = text[item.bare : line.end]
    sentence = read(f"{item.words} {bare}", line.start)
    chosen = _several(_judge(sentence, _around(reading, i), reading.letter, reading.calendar), sentence)[:1]
    found = [_found(one, sentence, reading, (0, len(sentence.text))) for one in chosen]
    action = " ".join(bare.split()).rstrip(" .;,:")
    return [replace(one, quote=bare, start=item.bare, end=line.end, action=action) for one in found if bare]


def _around(reading: Reading, i: int) -> Around:
    text, lines = reading.letter.text, reading.lines
    return Around(
        before=text[lines[i - 1].start : lines[i - 1].end] if i else "",
        after=text[lines[i].end : lines[min(i + NEXT, len(lines) - 1)].end],
        delivers=reading.delivers,
        quoted=lines[i].quoted,
        spoken=reading.zone.role == "speech",
        opens=i == reading.opening,
    )


def _opening(text: str, zone: Zone, lines: Sequence[Line]) -> int:
    """The number of the first line that is a sentence, when enough more follow; -1 for none."""
    if zone.role != "body":
        return -1
    first = next((i for i, line in enumerate(lines[:HEADING]) if _is_said(text, line)), -1)
    follow = sum(_is_said(text, line) for line in lines[first + 1 : first + GOES_ON])
    return first if follow >= OPENING else -1


def _is_said(text: str, line: Line) -> bool:
    piece = text[line.start : line.end]
    return piece.rstrip().endswith((".", "»", "”")) and len(piece.split()) > HEADLINE


def _judge(sentence: Sentence, around: Around, letter: Letter, calendar: Calendar) -> list[Judged]:
    """All readings of the sentence that a row and its doubts leave standing."""
    hopeful, ways = [], 0
    for hit in hits(sentence, around.spoken):
        undated = tuple(weigh(hit, sentence, around))
        ways += hit.row.weight + _sum(undated) > -DOUBTED
        surest = hit.row.weight + (max(_sum(undated), _sum(with_date(undated))) if undated else 0) + _most_added()
        if surest > LEAST:  # else no term could make it one, and none is reckoned
            hopeful.append((hit, undated))
    if not hopeful:
        return []
    found = terms(sentence, letter.written_on, calendar)
    made = []
    for hit, undated in hopeful:
        ahead = [span for span in found if not _of_something_else(hit, sentence, span, letter)]
        term = choose(sentence, hit.clause, ahead, announced=hit.who in ("thing", "other"))
        if term is None and len(ahead) < len(found):  # it was decided on a day, and no other is named
            continue
        if (hit.row.term and not _in_time(hit, sentence, term)) or _of_the_past(hit, sentence, term, letter):
            continue
        doubts = with_date(undated) if term is not None and dated(term) else undated
        features = ((hit.row.name, hit.row.weight), *doubts, *_extra(hit, sentence, term, ways))
        made.append(Judged(hit, features, term, _sum(features)))
    return [one for one in made if one.weight > LEAST]


def _of_something_else(hit: Hit, sentence: Sentence, span: Span, letter: Letter) -> bool:
    """Does the term say when it was decided, by when others are asked to act, or when an older promise was due?"""
    if not hit.row.past:
        return (hit.who != "kamer" and asked_for(sentence, hit.clause, span)) or about(sentence, hit.clause, span)
    return told_on(sentence, hit.clause, span) or gone(span, letter.written_on)


def _in_time(hit: Hit, sentence: Sentence, term: Span | None) -> bool:
    """Is there the term that the row asks for, or what must be ready first, where any term will do?"""
    if hit.row.term == IF:
        return hangs_on_if(sentence, hit.clause)
    if term is not None and fits(hit.row.term, term):
        return True
    return hit.row.term in ("any", "event") and awaits(sentence, hit.clause)


def _of_the_past(hit: Hit, sentence: Sentence, term: Span | None, letter: Letter) -> bool:
    """ "Is op 1 maart begonnen": of what has begun already."""
    if term is None:
        return False
    words, begun = sentence.clauses[hit.clause].words, term.deadline.earliest
    done = words[hit.verb] in ("is", "zijn") and not DONE.isdisjoint(words)
    if not done or begun is None or letter.written_on is None:
        return False
    return begun < letter.written_on or gone(term, letter.written_on)


def _sum(features: Sequence[tuple[str, float]]) -> float:
    return sum([weight for _, weight in features])


@cache
def _most_added() -> float:
    """Log-odds that a term and what else `_extra` sees can add at most."""
    return shapes()["with a date"] + shapes()["to the Kamer"] + shapes()["more than one way"]


def _extra(hit: Hit, sentence: Sentence, term: Span | None, ways: int) -> Iterator[tuple[str, float]]:
    if term is not None:
        name = "with a date" if dated(term) else "with a vague term"
        yield name, shapes()[name]
    if receives(sentence.clauses[hit.clause]):
        yield "to the Kamer", shapes()["to the Kamer"]
    if ways > 1:
        yield "more than one way", shapes()["more than one way"]


def _several(judged: Sequence[Judged], sentence: Sentence) -> list[Judged]:
    """The surest reading; a second one only from another clause with another dated term, or before a "waarna"."""
    best: dict[object, Judged] = {}
    for one in sorted(judged, key=lambda one: -one.weight):
        key = one.term.deadline.latest if one.term else None
        clauses = {other.hit.clause for other in best.values()}
        apart = None not in best or sentence.clauses[best[None].hit.clause].opener == "waarna"
        if not best or (key is not None and key not in best and one.hit.clause not in clauses and apart):
            best[key] = one
    return sorted(best.values(), key=lambda one: one.hit.clause)


def _parts(sentence: Sentence, chosen: Sequence[Judged]) -> list[tuple[int, int]]:
    """The quote of each promise: the sentence, or its part up to the clause of the next one."""
    begins = [0]
    for one in chosen[1:]:
        begins.append(sentence.spans[sentence.clauses[one.hit.clause].at[0]][0])
    ends = [len(sentence.text[:begin].rstrip(" ,;\n")) for begin in begins[1:]] + [len(sentence.text)]
    return list(zip(begins, ends, strict=True))


def _found(one: Judged, sentence: Sentence, reading: Reading, part: tuple[int, int]) -> Found:
    letter, zone = reading.letter, reading.zone
    clause = sentence.clauses[one.hit.clause]
    deadline = one.term.deadline if one.term and letter.written_on else None
    return Found(
        quote=sentence.text[part[0] : part[1]],
        start=sentence.start + part[0],
        end=sentence.start + part[1],
        section=f"{zone.role} {zone.label}".strip(),
        actor=actor(one.hit.who, sentence, clause, one.hit.verb, letter, zone.label if zone.role == "speech" else ""),
        addressee=(letter.addressee or "Kamer") if receives(clause) or one.hit.who == "kamer" else "",
        kind=kind_of(sentence, one.hit.clause, one.hit.who),
        strength=Strength(one.hit.row.strength),
        action=_action(one, sentence, part),
        deadline=deadline,
        references=references_in(sentence.text),
        confidence=round(calibrated(one.weight), 3),
        reasons=tuple(_reasons(one, sentence)),
    )


def _action(one: Judged, sentence: Sentence, part: tuple[int, int]) -> str:
    """What will be done, in the letter's words: from the clause that promises on, on one line, without its opener."""
    begin = sentence.spans[sentence.clauses[one.hit.clause].at[0]][0]
    said = " ".join(sentence.text[max(begin, part[0]) : part[1]].split())
    return OPENER.sub("", said).rstrip(" .;,:")


def _reasons(one: Judged, sentence: Sentence) -> Iterator[str]:
    clause, verb = sentence.clauses[one.hit.clause], one.hit.verb
    first, last = max(verb - 1, 0), min(verb + 1, len(clause.words) - 1)
    cue = " ".join(clause.words[first : last + 1]).strip(" ,")
    yield f"{one.hit.row.reason} (“{cue}”)"
    if one.term:
        yield (
            f"names a term (“{one.term.deadline.text}”)"
            if dated(one.term)
            else f"names a vague term (“{one.term.deadline.text}”)"
        )
    for name, weight in one.features:
        if weight < 0:
            yield f"less sure: {reasons().get(name, name)}"


def _with_inherited_terms(found: Sequence[Found]) -> list[Found]:
    """ "Dat zeg ik graag toe": the term of the promise that it points back to, when that stands close before."""
    made: list[Found] = []
    for one in found:
        before = next((f for f in reversed(made) if f.deadline and one.start - f.end < NEAR), None)
        inherits = before is not None and one.deadline is None and _points_back(one.quote)
        made.append(_with_term_of(before, one) if before and inherits else one)
    return made


def _with_term_of(before: Found, one: Found) -> Found:
    return replace(one, deadline=before.deadline, reasons=(*one.reasons, "takes over the term of the sentence before"))


def _points_back(quote: str) -> bool:
    words = _bare(quote)
    if words[0] in BACK or "dan" in words[:12] or not THEREWITH.isdisjoint(words[:4]):
        return True
    return ("dat" in words[:6] and len(words) <= SHORT) or _in_that_paper(words) or _same_day(words)


def _bare(quote: str) -> list[str]:
    """The words in small letters, without marks."""
    return PUNCTUATION.sub(" ", quote.lower()).split()


def _in_that_paper(words: Sequence[str]) -> bool:
    """ "In die brief zal ik ...", "Tevens zal ik in die brief ..."."""
    return any(
        words[i] in ("in", "met", "bij") and words[i + 1 : i + 2] in IN_THAT and words[i + 2].endswith(PAPERS)
        for i in range(min(AT_HEAD, len(words) - 2))
    )


def _same_day(words: Sequence[str]) -> bool:
    """ "Op dezelfde dag", "binnen dezelfde termijn", "voor die tijd"."""
    same = not SAME_DAY.isdisjoint(words[:9]) and not SAMENESS.isdisjoint(words[:8])
    return same or _by_then(words)


def _by_then(words: Sequence[str]) -> bool:
    """ "Voor die tijd", "binnen die termijn"."""
    return words[0] in BY_THEN and words[1:3] in THAT_TIME


def _once(found: Sequence[Found]) -> Iterator[Found]:
    """Without promises that are said again: the surer wording stays, a term is taken over from the other."""
    kept: list[Found] = []
    for one in found:
        for k, other in enumerate(kept):
            if _same(one, other):
                kept[k] = _joined(other, one)
                break
        else:
            kept.append(one)
    yield from kept


def _same(one: Found, other: Found) -> bool:
    if one.kind != other.kind or one.start == other.start or _adds(one.quote):
        return False
    if _last(one) and _last(other) and _last(one) != _last(other):
        return False
    first, second = _content(one.quote), _content(other.quote)
    return (
        bool(first and second)
        and len(first & second) >= SAME * min(len(first), len(second))
        and len(first & second) > 1
    )


def _adds(quote: str) -> bool:
    """ "Ook daarover zal ik u ... informeren": in the same words, and about something else."""
    return not ADDING.isdisjoint(_bare(quote)[:ADDING_WORDS])


def _last(one: Found) -> object:
    return one.deadline.latest if one.deadline else None


@lru_cache(maxsize=512)
def _content(quote: str) -> frozenset[str]:
    return frozenset(word for word in _bare(quote) if len(word) >= CONTENT)


def _joined(one: Found, again: Found) -> Found:
    deadline: Deadline | None = one.deadline
    if again.deadline and (deadline is None or deadline.latest is None):
        deadline = again.deadline
    return replace(one, deadline=deadline, reasons=(*one.reasons, "said again further on"))
