"""What a sentence only tells: chapters of the letter, days that others set, what may be.

Shapes of ``doubts.toml`` that need no more than the hit's clause and its neighbour. Not inside: who else acts and what
is told of the past (`rules.doubts`), and who asks (`rules.framing`).
"""

import re
from collections.abc import Iterator, Sequence

from rules.clauses import DETERMINERS, FIRST, PREPOSITIONS, Clause, Sentence, oblique
from rules.framing import said_words
from rules.kinds import receives
from rules.needs import last_word
from rules.promises import Hit
from rules.tokens import tells_time
from rules.words import lexicon, wordset

CHAPTER = re.compile(r"\((?:zie )?(?:hoofdstuk|paragraaf|onderdeel|deel|§|bijlage)\s*\w{1,4}\)")
CALENDAR = re.compile(  # days that others set
    r"\b\w*(?:reces|vakantie|jaar|kabinetsperiode) (?:start|begint|eindigt|vangt|loopt|duurt)\b|"
    r"\b(?:start|begint|eindigt|vangt) (?:het|de) (?:\w+ )?\w*(?:reces|vakantie|schooljaar|studiejaar)\b"
)
STARTS = ("start", "begint", "eindigt", "vangt", "loopt", "duurt")  # one stands in each
MEETING = re.compile(  # of those who govern elsewhere
    r"\b\w*(?:bijeenkomst|vergadering|top|zitting|conferentie)\b.{0,40}?\b(?:van|der) (?:de |het )?(?:[\w-]+ )?"
    r"(?:ministers|regeringsleiders|staatshoofden|lidstaten|\w*raad|eurogroep|navo|verenigde|europese)\b"
)
HELD = frozenset("gehouden plaats plaatsvinden plaatsvindt plaatsheeft".split())
PARLIAMENT = re.compile(
    r"\b(?:in|tijdens|bij) (?:een|het|dit|dat) (?:\w+ ){0,2}?"
    r"(?:\w*debat|algemeen overleg|wetgevingsoverleg|notaoverleg|ao|wgo)\b"
)
SPEAKING = frozenset("spreken spreek spreekt praten wisselen wissel debatteren debatteer discussiëren".split())
ALONG = frozenset(("waarbij", "waarin"))  # what goes along with what the clause before does
IMPERSONAL = ("will be done", "will take place")
RHYTHM = re.compile(r"\b(?:jaarlijks|halfjaarlijks|maandelijks|(?:elk|ieder) (?:half )?jaar|elke maand)\b")
PUT_DOWN = frozenset(("gepland", "ingepland", "voorzien", "geagendeerd"))
AHEAD = frozenset("komende steeds blijvend doorlopend regelmatig periodiek graag".split())
BUDGETED = ("act at a date", "take on")
PAPERS = frozenset("brief kamerbrief rapportage nota voortgangsrapportage voortgangsbrief schriftelijk".split())
REPORTS = ("report at a time", "reports")
WHEN = frozenset("in voor vóór na binnen rond uiterlijk begin medio eind zodra zo per snel spoedig".split())
BEHIND_BINNEN = frozenset((".", ",", "bij", "over", "van", "die", "op"))  # where it is no preposition
FROM_NOW = frozenset(("voortaan", "jaarlijks", "later", "binnenkort"))
FRONT = 5  # words at the head of a clause
HAPPENS = frozenset(("talks", "into talks"))
TO_YOU = frozenset(("u", "kamer"))
THIS = frozenset(("dit", "deze"))
BUDGET_NOTES = ("najaarsnota", "voorjaarsnota", "slotwet", "miljoenennota", "begrotingswet", "suppletoire")
ALONGSIDE = frozenset(("tevens", "ook", "daarnaast", "voorts", "verder"))
TELLING_NOW = re.compile(
    r"\b(?:informeer|bericht|meld) ik (?:u|uw kamer|de kamer)\b|\bik (?:informeer|bericht|meld) (?:u|uw kamer)\b"
)
HEREWITH = frozenset(("hierbij", "hiermee", "bijgaand"))


def later_half(clause: Clause) -> bool:
    """ "(In deze brief geef ik de stand) en in mei zal ik u het plan sturen": with a time of its own, in the
    future tense or with the time in front."""
    words = clause.words
    if words[0] not in ("en", "maar") or FIRST.isdisjoint(words):
        return False
    fronted = tells_time(" ".join(words[1:FRONT])) and words[1] in PREPOSITIONS
    later = future(clause) and (tells_time(" ".join(words)) or not FROM_NOW.isdisjoint(words))
    return fronted or later


def future(clause: Clause) -> bool:
    """With "zal" or in the passive "hierbij" means "in doing so", not "herewith"."""
    return any(word in ("zal", "zullen", "zult") for word in clause.words)


def scenery(hit: Hit, sentence: Sentence, clause: Clause) -> Iterator[str]:
    """What the letter does with itself or only tells about things: its chapters, others' calendars, what may be."""
    said = " ".join(clause.words)
    if CHAPTER.search(sentence.small):
        yield "a chapter of this letter"
    if clause.opener in ALONG and hit.clause and _now(sentence.clauses[hit.clause - 1]):
        yield "done along with it"
    if hit.who == "thing" and (_theirs(said) or _debate_ahead(clause.words) or _they_meet(clause)):
        yield "their calendar"
    if hit.row.name in REPORTS and _tells_that(sentence, hit):
        yield "told with these words"
    yield from _facts(hit, clause)
    yield from _only_says(clause, hit.verb)
    yield from _stands(hit, sentence, clause)
    if hit.row.name in IMPERSONAL:
        yield from _impersonal(clause, sentence)
    if hit.row.name == "planned at a date" and not future(clause) and RHYTHM.search(said):
        yield "a rhythm"


def _facts(hit: Hit, clause: Clause) -> Iterator[str]:
    """What is so, is told here, or was told before."""
    row = hit.row.name
    if row == "take along" and _tells_you(clause, hit.verb):
        yield "told here"
    if row in ("intention", "the aim is") and _about_it(clause.words):
        yield "told about"
    if _goes_into(clause, hit.verb):
        yield "goes into it"
    if not SPEAKING.isdisjoint(clause.words) and _in_parliament(clause):
        yield "with the Kamer"
    if row == "there will be" and _come_in(clause.words):
        yield "a habit"
    if row in BUDGETED and hit.who != "me" and _spends(clause):
        yield "a sum of the budget"
    if row == "planned at a date" and _always(clause, hit.verb):
        yield "a habit"
    if row == "put into a paper" and clause.has("te", "worden"):
        yield "what it is for"


def _stands(hit: Hit, sentence: Sentence, clause: Clause) -> Iterator[str]:
    """What is done all along, is handed over here, is proposed in a bill, or is a rule of the budget."""
    row, words = hit.row.name, clause.words
    if row in HAPPENS and not future(clause) and _practice(sentence, hit.clause):
        yield "a list of practice"
    if row == "want to act" and _hands_this(words, hit.verb):
        yield "this paper"
    if row in BUDGETED and words[hit.verb] in ("stel", "stellen", "stelt") and "voor" in _particles(words, hit.verb):
        yield "proposes"
    if hit.who == "thing" and _budget_rule(words):
        yield "a rule of the budget"
    if row == "has it studied" and _known_monitor(words[hit.verb + 1 : hit.verb + 3]):
        yield "keeps a monitor"


def _known_monitor(words: Sequence[str]) -> bool:
    """ "De Veiligheidsmonitor", "deze monitor"."""
    return len(words) > 1 and words[0].startswith("de") and words[1].endswith("monitor")


def told_along(hit: Hit, clause: Clause, before: str) -> bool:
    """ "Ik informeer u over de kosten. Tevens wordt u op de hoogte gebracht van het werk": both here."""
    along = hit.row.name == "Kamer is informed" and clause.words[0] in ALONGSIDE and not future(clause)
    return along and not clause.mask & lexicon().bits["further"] and bool(TELLING_NOW.search(before.lower()))


def _practice(sentence: Sentence, number: int) -> bool:
    """ "Hiervoor verstrek ik informatie, ga ik in gesprek met ...": beside what goes on, and nothing to come."""
    others = [clause for k, clause in enumerate(sentence.clauses) if k != number]
    if any(future(clause) or receives(clause) for clause in others):
        return False
    return any(clause.kind == "main" and not said_words("supporting").isdisjoint(clause.words) for clause in others)


def _hands_this(words: Sequence[str], verb: int) -> bool:
    """ "Ik wil u dit rapport ter beschikking stellen": the paper at hand."""
    there = next((i for i in range(verb, min(verb + 5, len(words) - 1)) if words[i] in TO_YOU), -1)
    points = (
        there >= 0
        and words[there + 1] in THIS
        and words[there + 2 : there + 3] not in (["jaar"], ["najaar"], ["voorjaar"])
    )
    return points and not said_words("handing_over").isdisjoint(words[there:])


def _particles(words: Sequence[str], verb: int) -> Sequence[str]:
    """Where the particle of a verb that opens a main clause can stand: behind it, or before "om", or last."""
    end = words.index("om") if "om" in words[verb:] else len(words)
    while end and not words[end - 1].isalnum():
        end -= 1
    return (*words[verb + 1 : verb + 4], *words[max(end - 1, verb) : end])


def _budget_rule(words: Sequence[str]) -> bool:
    """ "Bij de Najaarsnota worden mutaties aan de Kamer gemeld": whatever they are, for no word points."""
    notes = any(word.startswith(BUDGET_NOTES) for word in words)
    changes = said_words("changes")
    bare = (i for i, word in enumerate(words) if word in changes and not oblique(words, i))
    return notes and any(_points_to_none(words, i) for i in bare)


def _points_to_none(words: Sequence[str], noun: int) -> bool:
    """No "de" or "deze" before it, nor before its adjective."""
    return DETERMINERS.isdisjoint(words[max(noun - 2, 0) : noun])


def _only_says(clause: Clause, verb: int) -> Iterator[str]:
    """What is done by saying so: to share a worry, to call upon others."""
    words = clause.words
    shares = words[verb] in ("deel", "deelt", "delen") and not receives(clause)
    if shares and not said_words("opinions").isdisjoint(words[verb + 1 : verb + 5]):
        yield "told with these words"
    if words[verb] in ("roep", "roept", "roepen") and "op" in words[verb:]:
        yield "calls upon others"


def _theirs(said: str) -> bool:
    return any(map(said.__contains__, STARTS)) and bool(CALENDAR.search(said))


def _impersonal(clause: Clause, sentence: Sentence) -> Iterator[str]:
    words = clause.words
    if "pas" in words and any(other.kind == "condition" for other in sentence.clauses):
        yield "only if others do"
    if "gesproken" in words and ("met" not in words or clause.has("met", "inachtneming")):
        yield "talk of nobody"
    if "kunnen" in words:
        yield "could be"


def _tells_you(clause: Clause, verb: int) -> bool:
    """ "Ik neem uw Kamer mee in de keuzes die zijn gemaakt": now, unless it says otherwise."""
    you = {"u", "uw"}.intersection(clause.words[verb + 1 : verb + 3]) and "mee" in clause.words
    return bool(you) and not clause.mask & lexicon().bits["further"] and AHEAD.isdisjoint(clause.words)


def _tells_that(sentence: Sentence, hit: Hit) -> bool:
    """ "Ik bericht u dat op 10 juni de Raad bijeenkomt": now, and the day is that of what is told, unless that is a
    paper handed over."""
    clause, following = sentence.clauses[hit.clause], sentence.clauses[hit.clause + 1 : hit.clause + 2]
    if not following or following[0].kind != "that" or future(clause):
        return False
    says_when = not WHEN.isdisjoint(clause.words) or clause.mask & lexicon().bits["further"]
    handed = not wordset("marks", "handing").isdisjoint(following[0].words) or receives(following[0])
    return not says_when and not handed


def _spends(clause: Clause) -> bool:
    """ "Het ministerie reserveert in 2024 30 miljoen": the budget tells it, in the present tense."""
    words = {*clause.words}
    spent = words & said_words("spending") and words & said_words("money")
    return bool(spent) and not future(clause) and not receives(clause)


def _come_in(words: Sequence[str]) -> bool:
    """ "Er komen steeds meer meldingen binnen bij ...": no term."""
    if "binnen" not in words:
        return False
    following = words[words.index("binnen") + 1 :]
    return not following or following[0] in BEHIND_BINNEN


def _always(clause: Clause, verb: int) -> bool:
    """ "Klachten worden binnen zes weken afgehandeld": all of them, for no word points."""
    words = clause.words
    return verb == 1 and words[:2] == [words[0], "worden"] and "binnen" in words and words[0].endswith(("en", "s"))


def _about_it(words: Sequence[str]) -> bool:
    """ "Ik heb u in 2021 bericht over mijn voornemen om ...": told, and not had."""
    return "voornemen" in words and oblique(words, words.index("voornemen")) in ("over", "van", "met", "aan", "naar")


def _debate_ahead(words: Sequence[str]) -> bool:
    """ "Op 20 april staat een debat gepland": the Kamer's own day."""
    debates = any(word.endswith("debat") and not oblique(words, i) for i, word in enumerate(words))
    return debates and not PUT_DOWN.isdisjoint(words)


def _in_parliament(clause: Clause) -> bool:
    return "met" not in clause.words and bool(PARLIAMENT.search(" ".join(clause.words)))


def _they_meet(clause: Clause) -> bool:
    """ "Op 10 juni vindt een bijeenkomst van de ministers plaats"."""
    return not HELD.isdisjoint(clause.words) and bool(MEETING.search(" ".join(clause.words)))


def _goes_into(clause: Clause, verb: int) -> bool:
    """ "Ik ga netjes op al uw vragen in": in so many words, and in no other paper."""
    words = clause.words
    goes = words[verb] in ("ga", "gaan", "gaat") and last_word(clause) == "in" and "op" in words[verb:]
    return goes and PAPERS.isdisjoint(words)


def _now(clause: Clause) -> bool:
    """Is it "herewith", in the present tense?"""
    return not HEREWITH.isdisjoint(clause.words) and not future(clause)


def about_itself(clause: Clause, verb: int) -> bool:
    """ "We spreken over de toeslag in 2013": this debate, and nobody to talk with."""
    words = clause.words
    if "met" in words:
        return False
    speaks = words[verb] in ("spreken", "spreek", "praten", "debatteren", "overleggen")
    in_turn = future(clause) and not SPEAKING.isdisjoint(words) and not {"we", "wij"}.isdisjoint(words)
    return in_turn or (speaks and "over" in words[verb + 1 : verb + 3])
