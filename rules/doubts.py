"""What takes a promise away again or makes it surer: the rows and shapes of ``doubts.toml`` applied to a hit.

The reading guide names ten kinds of sentences that sound like commitments and are none (the letter itself, the past,
questions, others' deeds, refusals ...). Each doubt found is a feature with log-odds; nothing is thrown away here.
"""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from rules.aiming import AMBITIONS, aimed
from rules.clauses import Clause, Sentence, head, oblique
from rules.framing import framed, said_words
from rules.kinds import receives
from rules.ordering import asks_member, tells_the_order, tells_the_text
from rules.promises import PERFECT, Hit
from rules.telling import about_itself, future, later_half, scenery, told_along
from rules.vocabulary import data
from rules.words import lexicon, mask_of, wordset

TOLD = frozenset(
    ("toegezegd", "aangegeven", "gemeld", "aangekondigd", "geschreven", "medegedeeld", "bericht", "beloofd", "weten")
)
OWN_CLAUSE = (
    "this letter itself",
    "herewith",
    "further down",
)  # "Met deze brief meld ik dat ik ... zal" tells of something to come
SPARED = {  # doubts that a row has no ear for: "hierbij zeg ik toe", "het CPB zal worden gevraagd op ... in te gaan"
    "promise": frozenset(OWN_CLAUSE[:2]),
    "another will be asked": frozenset(("exposition",)),
    "told in the paper to come": frozenset(("exposition",)),
    "waits with it until": frozenset(("awaits",)),
}
MEMBERS = frozenset(("indieners", "initiatiefnemers", "leden", "lid", "fractie"))
UNDATED_PAST = "told before, and no term"
UNDATED_DECISION = "decided, and not yet done"
UNDATED = ("a list of practice", "this paper", "told along with it", "keeps a monitor")  # that a day makes deeds of
ORDER = "order of the answer"
NEEDS_EARLIER = "moved to"  # the row that only says when
IN_THAT_PAPER = "report in that paper"  # the row that needs a paper announced before
AGREED = frozenset(("afgesproken", "overeengekomen"))
HOLDS_OFF = "holds off"  # the row whose promise is a denial
EARLIER = re.compile(
    r"\b(?:toegezegd|toezegging|aangekondigd|verwacht|voorzien|gepland|planning|termijn|uitstel|vertrag|tijdig|"
    r"beantwoord|informeren|toesturen|toezenden|aanbieden|sturen)"
)
WOULD = frozenset(("zou", "zouden"))
STILL = frozenset(f"still {made}" for made in ("promised", "promised by one", "announced by one", "agreed by one"))
HANDED = ("inform.inf", "inform.fin", "send.inf", "send.fin")  # promises that a letter which sends something may keep
PASSIVE_PAST = frozenset(("is", "zijn", "werd", "was"))
REPORTING_RELATIVES = frozenset(("waarover", "waarna", "waarbij", "waarvoor", "waarvan"))
QUOTES = '«“"'
SHORT = 3  # letters of a last word that stands for no longer one
BEGINNING = 3  # letters of a word by which phrases are looked up, as in `BEGINS`
BEGINS = re.compile(r"\b\w{1,3}")
INDEFINITE = 8  # words before a comma in which "een" makes new what the relative clause behind it is about
BEGUN = {  # participles that tell, with "is" or "zijn", that it is so already
    "takes effect": frozenset(("gegaan", "getreden", "gekomen", "begonnen")),
    "own service studies": frozenset(("uitgevoerd", "afgerond", "gedaan", "verricht", "gepubliceerd", "opgeleverd")),
}
AGENTS = frozenset(("door", "namens", "volgens"))
BODIES = ("commissie-", "werkgroep-", "taskforce-", "adviescommissie-", "staatscommissie-", "onderzoekscommissie-")
AGENT_SPAN = 6  # words after those in which an agent is looked for
WITHDRAWAL = re.compile(
    r"\b(?:niet (?:vast|mogelijk|haalbaar|gehaald|gelukt|lukken|nakomen|langer|tijdig|meer)|nog niet (?:vast|gereed)|"
    r"vertraging|uitgesteld|uitstel|later dan|meer tijd|langer duren|extra tijd|helaas)"
)
NEWER = re.compile(  # a promise to the Kamer that takes the place of the older one
    r"\b(?:zal|zullen|kan|kunnen|streef|streven|verwacht|verwachten|hoop|hopen|denk|denken|wordt|worden|ontvangt) "
    r"(?:[\w,’']+ ){0,7}?(?:u|uw kamer|de kamer)\b"
)
ELSEWHERE = re.compile(  # where others decide
    r"\b(?:in|tijdens|op) (?:de|het) (?:\w+ )?(?:(?!minister|onder)\w*raad|europees parlement|eurotop)\b"
)
OTHER_PAPER = re.compile(
    r"\b(?:mijn|die|een|dezelfde|volgende|komende|eerstvolgende|aparte|nieuwe|toegezegde)\s+(?:\w+\s)?"
    r"(?:kamer|voortgangs|beleids|verzamel)?(?:brief|rapportage|kabinetsreactie|beleidsreactie|evaluatie|nota)\b"
)
ANNOUNCED_LETTER = re.compile(  # in the sentence before, and not this letter
    r"^(?!.*\b(?:deze|hierbij|hiermee|bijgaand)\b).*\b(?:kom|komt|stuur|sturen|gestuurd|zend|zenden|ontvangt|ontvangen|zal|zullen)\b"
    r".*\b(?:een|de|deze|nieuwe)\s(?:\w+\s)?\w*(?:brief|rapportage|nota|sreactie)\b",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Doubt:
    name: str
    scope: str
    phrases: tuple[str, ...]
    spared: tuple[str, ...]
    pattern: re.Pattern[str]
    only_present: bool
    unless: str
    weight: float
    reason: str


class Around(NamedTuple):
    """What stands near the sentence: the sentence before and those after; delivers: the whole letter delivers
    something; quoted: the sentence stands between quotation marks; spoken: said in debate."""

    before: str = ""
    after: str = ""
    delivers: bool = False
    quoted: bool = False
    spoken: bool = False
    opens: bool = False


@cache
def doubts() -> tuple[Doubt, ...]:
    return tuple(_doubt(raw) for raw in data("doubts")["row"])


def _doubt(raw: dict[str, object]) -> Doubt:
    words = [word.strip() for word in str(raw["words"]).replace("\n", "").split("|") if word.strip()]
    phrases = tuple(word.rstrip("*") for word in words)
    spared = tuple(word.strip() for word in str(raw.get("except", "")).split("|") if word.strip())
    return Doubt(
        name=str(raw["name"]),
        scope=str(raw["scope"]),
        phrases=phrases,
        spared=spared,
        pattern=re.compile(rf"\b(?:{'|'.join(map(_ending, words))})"),
        only_present=raw.get("only_verbs") == "present",
        unless=str(raw.get("unless", "")),
        weight=float(str(raw["weight"])),
        reason=str(raw["reason"]),
    )


def _ending(phrase: str) -> str:
    """The phrase as a pattern: a short last word ends there ("vragen u", not "vragen uiterlijk")."""
    short = len(phrase.rsplit(maxsplit=1)[-1]) <= SHORT
    return re.escape(phrase.rstrip("*")) + (r"\b" if short and not phrase.endswith("*") else "")


@cache
def shapes() -> dict[str, float]:
    return {name: float(weight) for name, weight in data("doubts")["shape"].items()}


@cache
def reasons() -> dict[str, str]:
    return {doubt.name: doubt.reason for doubt in doubts()}


def chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(min(log_odds, 30.0), -30.0)))


def calibrated(log_odds: float) -> float:
    """The chance that a jurist agrees, as first looks at unseen letters showed it."""
    fitted = data("doubts")["calibration"]
    return chance(float(fitted["intercept"]) + float(fitted["slope"]) * log_odds)


def with_date(features: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """The features of a hit that has a dated term: what a date makes a deed is no announcement of the text itself."""
    spared = _spared_by_date()
    return tuple([feature for feature in features if feature[0] not in spared])


@cache
def _spared_by_date() -> frozenset[str]:
    return frozenset(doubt.name for doubt in doubts() if doubt.unless) | {UNDATED_PAST, ORDER, *AMBITIONS, *UNDATED}


def weigh(hit: Hit, sentence: Sentence, around: Around) -> Iterator[tuple[str, float]]:
    """The features of a hit with their log-odds; the row's own is not among them, nor what the term adds."""
    clause = sentence.clauses[hit.clause]
    for number in _said(sentence, clause):
        doubt = doubts()[number]
        if doubt.name in SPARED.get(hit.row.name, ()) and MEMBERS.isdisjoint(clause.words):
            continue
        if doubt.name == OWN_CLAUSE[0] and (
            _of_another_letter(sentence, around) or number not in _raised_but_aside(sentence, hit.clause)
        ):
            continue
        if (doubt.only_present and future(clause)) or (doubt.unless == "elsewhere" and _elsewhere(clause)):
            continue
        yield doubt.name, doubt.weight
    for name in _shape(hit, sentence, clause, around):
        yield name, shapes()[name]


def _said(sentence: Sentence, clause: Clause) -> list[int]:
    """The doubts whose words stand where their scope wants them, by their number."""
    words = " ".join(clause.words)
    whole = _raised(_stretch(sentence, clause), "sentence")
    if _on_its_own(clause):
        own = _numbers(OWN_CLAUSE)
        whole = (whole - own) | (_raised(words, "sentence") & own)
    return sorted(whole | _raised(words, "clause"))


@cache
def _numbers(names: tuple[str, ...]) -> frozenset[int]:
    return frozenset(number for number, doubt in enumerate(doubts()) if doubt.name in names)


def _stretch(sentence: Sentence, clause: Clause) -> str:
    """The sentence, or its part between semicolons when no colon makes a list of them, in small letters."""
    said = sentence.small
    if ";" not in said or ":" in said:
        return said
    at = sentence.spans[clause.at[0]][0]
    end = said.find(";", at)
    return said[said.rfind(";", 0, at) + 1 : end if end >= 0 else len(said)]


def _raised_but_aside(sentence: Sentence, number: int) -> frozenset[int]:
    """The doubts of the sentence without what stands aside before its clause: "de groep die ik hieronder noem",
    "zoals in deze brief beschreven"."""
    clauses = sentence.clauses
    aside = {k for k, clause in enumerate(clauses[:number]) if clause.kind == "relative" or clause.words[0] == "zoals"}
    if not aside:
        return _raised(_stretch(sentence, clauses[number]), "sentence")
    said = " ".join(word for k, clause in enumerate(clauses) if k not in aside for word in clause.words)
    return _raised(said, "sentence")


def _on_its_own(clause: Clause) -> bool:
    """Does the clause tell of something else than this letter does: "met deze brief meld ik dat ...", "..., waarna" """
    if clause.kind == "main":
        return later_half(clause)
    return clause.kind == "that" or (clause.kind == "relative" and clause.opener in ("waarover", "waarna"))


@lru_cache(maxsize=256)
def _raised(text: str, scope: str) -> frozenset[int]:
    """The doubts of a scope whose words stand in the text, by their number."""
    words = text.split()
    text = " ".join(words)
    near = {number for word in words for phrase, number in _phrases_with(word, scope) if phrase in text}
    return frozenset([number for number in near if _stands(doubts()[number], text)])


@lru_cache(maxsize=8192)
def _phrases_with(word: str, scope: str) -> tuple[tuple[str, int], ...]:
    """The phrases of a scope, with the number of their doubt, whose longest word begins as this one or a part of it."""
    starts = set(BEGINS.findall(word))
    return tuple(pair for start in starts for pair in _by_beginning(scope).get(start, ()))


def _stands(doubt: Doubt, text: str) -> bool:
    for phrase in doubt.spared:
        text = text.replace(phrase, " ")
    return bool(doubt.pattern.search(text))


@cache
def _by_beginning(scope: str) -> dict[str, tuple[tuple[str, int], ...]]:
    """The phrases of a scope with the number of their doubt, by the first letters of their longest word."""
    made: dict[str, list[tuple[str, int]]] = {}
    for number, doubt in enumerate(doubts()):
        for phrase in doubt.phrases if doubt.scope == scope else ():
            made.setdefault(max(phrase.split(), key=len)[:BEGINNING], []).append((phrase, number))
    return {start: tuple(found) for start, found in made.items()}


def _of_another_letter(sentence: Sentence, around: Around) -> bool:
    """ "In mei stuur ik u een brief. In deze brief zal ik ...": the letter that was just announced."""
    said = sentence.small
    return ("deze brief" in said or "die brief" in said) and bool(ANNOUNCED_LETTER.search(around.before.lower()))


def _elsewhere(clause: Clause) -> bool:
    """Does the clause name another paper: "in mijn brief", "in de volgende rapportage"?"""
    text = " ".join(clause.words)
    return bool(OTHER_PAPER.search(text))


def _shape(hit: Hit, sentence: Sentence, clause: Clause, around: Around) -> Iterator[str]:
    if sentence.text.rstrip().endswith("?"):
        yield "a question"
    if around.quoted or _within_quotes(sentence, clause, hit.verb):
        yield "quoted"
    if _denied(clause, hit.verb) and hit.row.name != HOLDS_OFF:
        yield "denied"
    if around.spoken:
        yield from _in_debate(hit, clause)
    if told_along(hit, clause, around.before):
        yield "told along with it"
    yield from _loosely(hit, sentence, clause)
    yield from framed(hit, sentence)
    yield from aimed(hit, clause)
    yield from scenery(hit, sentence, clause)
    if hit.row.name == IN_THAT_PAPER and not ANNOUNCED_LETTER.search(f"{around.before.lower()} {sentence.small}"):
        yield "nothing promised before"
    if hit.row.name == NEEDS_EARLIER and not EARLIER.search(f"{around.before.lower()} {sentence.small}"):
        yield "nothing promised before"
    yield from _place(hit, sentence, clause)
    yield from _earlier(hit, sentence, clause, around)


def _in_debate(hit: Hit, clause: Clause) -> Iterator[str]:
    if hit.row.name == "want to act":
        yield "a wish in debate"
    if hit.row.name in ("act at a date", "ask another", "will do", "going to") and about_itself(clause, hit.verb):
        yield "what it is about"
    if hit.row.name == "come back to it" and not _elsewhere(clause):
        yield "back to it in debate"
    if tells_the_order(hit, clause):
        yield ORDER


def _loosely(hit: Hit, sentence: Sentence, clause: Clause) -> Iterator[str]:
    """What the verb or its company makes less of a promise: a wish, a duty, a deed of others, an "if"."""
    row, words = hit.row.name, clause.words
    if row == "paper comes" and "met" in words:
        yield "brought by a thing"
    if _ready_elsewhere(row, clause) or _awaits_answer(hit, clause):
        yield "another's paper"
    if _begun_or_done(row, words) or (row == UNDATED_DECISION and _told_of_old(clause)):
        yield "done before"
    if row in ("will do", "will be done") and "moeten" in words:
        yield "must"
    if asks_member(hit, clause) or (row == "will be done" and tells_the_text(clause)):
        yield ORDER
    if hit.who == "thing":
        yield from _by_another(clause)
        if row == "on its course" and "uitbrengen" in words:  # "De Commissie-Jansen zal in mei een advies uitbrengen"
            yield "by others"
    if not WOULD.isdisjoint(words) and not clause.has("verwacht", "mogen"):
        yield "only would"
    if any(other.kind == "condition" for other in sentence.clauses):
        yield "conditional"


def _by_another(clause: Clause) -> Iterator[str]:
    """What happens to a thing is somebody else's doing, or is decided where others meet."""
    if _where_others_meet(" ".join(clause.words)):
        yield "in another's meeting"
    if _agent(clause) or _before_us(clause.words) or _body(clause.words):
        yield "by others"


def _before_us(words: Sequence[str]) -> bool:
    """ "Het wordt aan mij voorgelegd": who gets it does not do it."""
    return "worden" in words and any(before == "aan" and word in ("mij", "ons") for before, word in pairwise(words))


def _body(words: Sequence[str]) -> bool:
    """ "De commissie-Jansen start in mei": a body named after who leads it."""
    return any(word.startswith(BODIES) and not oblique(words, i) for i, word in enumerate(words))


def _where_others_meet(said: str) -> bool:
    return any(map(said.__contains__, ("raad", "parlement", "eurotop"))) and bool(ELSEWHERE.search(said))


def _within_quotes(sentence: Sentence, clause: Clause, verb: int) -> bool:
    """Does the verb stand behind a quotation mark that is still open?"""
    if not any(map(sentence.text.__contains__, QUOTES)):
        return False
    said = sentence.text[: sentence.spans[clause.at[verb]][0]]
    return said.count("«") > said.count("»") or said.count("“") > said.count("”") or said.count('"') % 2 == 1


def _earlier(hit: Hit, sentence: Sentence, clause: Clause, around: Around) -> Iterator[str]:
    """Does the sentence tell of an older promise, and is that one kept or taken back here?"""
    if hit.row.name == "Kamer receives" and around.delivers and not clause.mask & lexicon().bits["further"]:
        yield "delivered"
    if hit.row.name not in STILL and not _told_before(hit, sentence):
        return
    if hit.row.name not in STILL:
        yield "told before"
        yield UNDATED_PAST
    after = around.after.lower()
    if WITHDRAWAL.search(after) or NEWER.search(after) or WITHDRAWAL.search(sentence.small):
        yield "withdrawn"
    handed = receives(clause) or clause.mask & mask_of(*HANDED)
    if around.delivers and (hit.row.name in STILL or handed):
        yield "delivered"
    elif around.opens and handed and hit.row.name in STILL:
        yield "the occasion of the letter"


def _place(hit: Hit, sentence: Sentence, clause: Clause) -> Iterator[str]:
    if clause.kind == "condition":
        yield "in a condition"
    if clause.kind == "reason":
        yield "in a reason"
    if clause.kind == "relative" and clause.opener not in REPORTING_RELATIVES:
        yield _beside(hit, sentence)
    if clause.kind == "that" and hit.who == "thing":
        yield "told, without a doer"
    if clause.kind in ("that", "relative") and hit.clause:
        above = sentence.clauses[hit.clause - 1]
        if _by_others(above):
            yield "told by others"
        if clause.kind == "that" and _denied(above, 0):
            yield "denied"


def _beside(hit: Hit, sentence: Sentence) -> str:
    """ "de maatregelen die ik zal nemen" only names them; ", een agenda, die ik zal opstellen" announces it."""
    clause, above = sentence.clauses[hit.clause], sentence.clauses[hit.clause - 1].words
    manner = clause.opener == "waarop" and above[-1] in ("wijze", "manier", "moment", "dag", "datum")
    if clause.opener == "waarop" and not manner and clause.mask & mask_of("inform.inf"):
        return "beside, announced"  # "aanbevelingen waarop ik zal terugkomen"
    if receives(clause) and not manner:
        return "beside, to the Kamer"
    announces = hit.who in ("me", "we") and hit.clause and above[-1] == "," and "een" in above[-INDEFINITE:]
    return "beside, announced" if announces and clause is sentence.clauses[-1] else "beside the point"


def _of_others(clause: Clause) -> bool:
    """ "Het onderzoek van het RIVM is in juni gereed"."""
    words, papers = clause.words, said_words("their_papers")
    owners = (range(i + 2, min(i + 5, len(words))) for i, word in enumerate(words[:-1]) if word in papers)
    return any(words[places.start - 1] == "van" and head(words, j) == "other" for places in owners for j in places)


def _ready_elsewhere(row: str, clause: Clause) -> bool:
    """Is it others who have their paper ready? What is done with it may be the government's."""
    comes_out = row == "planned at a date" and not said_words("coming_out").isdisjoint(clause.words)
    return (row in ("ready at a date", "ready soon") or comes_out) and _of_others(clause)


def _awaits_answer(hit: Hit, clause: Clause) -> bool:
    """ "Ik verwacht hun reactie in mei te ontvangen": others write it."""
    words = clause.words
    comes = hit.row.name == "expect a result" and not {"ontvangen", "krijgen"}.isdisjoint(words)
    return comes and (not said_words("answers").isdisjoint(words) or _of_others(clause))


def _begun_or_done(row: str, words: Sequence[str]) -> bool:
    """ "De pilot is in januari van start gegaan"."""
    return row in BEGUN and not BEGUN[row].isdisjoint(words) and not PASSIVE_PAST.isdisjoint(words)


def _told_of_old(clause: Clause) -> bool:
    """ "Destijds heeft het kabinet besloten", "in 2021 besloten", "van 1 maart tot 1 mei"."""
    made_over = clause.has("beschikbaar", "te", "stellen") and not said_words("money").isdisjoint(clause.words)
    return made_over or any(word[0].isdigit() or word in said_words("of_old") for word in clause.words)


def _told_before(hit: Hit, sentence: Sentence) -> bool:
    """ "heb ik toegezegd dat ik ... zal": the promise was made earlier."""
    if sentence.clauses[hit.clause].kind not in ("that", "relative") and not _behind_colon(sentence, hit.clause):
        return False
    told = ({*clause.words} for clause in sentence.clauses[: hit.clause])
    return any(TOLD & words and (PERFECT | PASSIVE_PAST) & words for words in told)


def _behind_colon(sentence: Sentence, number: int) -> bool:
    """ "In mijn brief heb ik geschreven: het kabinet wil ..."."""
    begins = sentence.clauses[number].at[0]
    return ":" in sentence.words[max(0, begins - 2) : begins]


def _by_others(clause: Clause) -> bool:
    """Does somebody else say it, and not "het Rijk en de provincies" together?"""
    bits, words = lexicon().bits, clause.words
    if clause.mask & (bits["me"] | bits["we"]):
        return False
    if not AGREED.isdisjoint(words) and "met" in words:
        return False  # "met de VNG is afgesproken dat ...": the government agreed it
    heads = [head(words, i) for i in range(len(words))]
    acting = {kind for i, kind in enumerate(heads) if kind and not oblique(words, i)}
    together = "other" in acting and not acting.isdisjoint(("cabinet", "ministry"))
    return "other" in heads and not together


def _denied(clause: Clause, verb: int) -> bool:
    words, soft, negations = clause.words, wordset("marks", "soft_negations"), wordset("marks", "negations")
    if negations.isdisjoint(words):
        return False
    for i, word in enumerate(words):
        if word in negations:
            following = words[i + 1] if i + 1 < len(words) else ""
            before = words[i - 1] if i else ""
            if following in soft or "maar" in words[i:] or before in ("dan", "of", "wel", "zo") or abs(i - verb) > 25:
                continue
            return True
    return False


def _agent(clause: Clause) -> bool:
    """ "door de gemeenten": somebody else does it."""
    words = clause.words
    if AGENTS.isdisjoint(words):
        return False
    for i, word in enumerate(words):
        if word in AGENTS:
            span = range(i + 1, min(i + AGENT_SPAN, len(words)))
            if any(head(words, j) == "other" for j in span):
                return True
    return False
