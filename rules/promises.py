"""Which clauses of a sentence sound like a promise: the rows of ``promises.toml`` applied.

Not inside: what takes a promise away again (`rules.doubts`), where the sentence stands (`rules.zones`), who acts
(`rules.actors`), which term belongs to it (`rules.extraction`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from rules.clauses import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    Clause,
    Sentence,
    finite,
    head,
    oblique,
    speaker,
    subject,
)
from rules.needs import NEEDS, last_word
from rules.vocabulary import data
from rules.words import lexicon, mask_of, words_like

NOT_DATIVE = frozenset(("van", "dan", "als", "zoals", "die", "dat", "wat", "of", "en", "indien", "wanneer", "waar"))
TO_KAMER = frozenset(("aan", "naar", "met", "richting", "bij"))
KAMER = frozenset(("u", "kamer", "kamers", "staten-generaal"))
PERFECT = frozenset(("heb", "hebt", "heeft", "hebben", "had", "hadden"))
PASSIVE = frozenset(("wordt", "worden"))
FUTURE = frozenset(("zal", "zult", "zullen", "wil", "ga", "gaat"))
SINGULAR = frozenset(
    """zal zult zou zouden ga gaat word wordt ben bent is was waren werd werden heb hebt heeft had hadden kan kunt kon
    konden wil wilt wilde moet moest moesten dient mag mocht blijf blijft laat komt kom doe doet""".split()
)
MODALS = frozenset("moeten kunnen willen mogen zouden laten zullen gaan".split())
FIRST_PERSONS = frozenset(
    "verken teken onderteken open dien verleen bereken reken erken".split()
)  # that look like plurals
VERBAL = ("deed.fin", "deed.inf")
NOUNS = frozenset(  # also verbs
    """bericht besluit antwoord inzet opzet overleg vraag werk onderzoek start begin deel plaats bouw gebruik bezoek
    vervolg herstel toets leer test opvang verkoop""".split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """One way of promising; `near` as alternatives of word groups, `openings` their first words, `need` as masks and
    special tests."""

    name: str
    who: frozenset[str]
    verbs: frozenset[str]
    verb_mask: int
    near: tuple[tuple[tuple[str, ...], ...], ...]
    openings: tuple[frozenset[str], ...]
    need: int
    special: frozenset[str]
    kamer: str
    term: str
    spoken: bool
    past: bool
    strength: str
    weight: float
    reason: str


class Hit(NamedTuple):
    """Row `row` read in clause number `clause`; verb: index in the clause's words; who: the kind of subject."""

    row: Row
    clause: int
    verb: int
    who: str


@cache
def rows() -> tuple[Row, ...]:
    return tuple(_row(raw) for raw in data("promises")["row"])


def _row(raw: dict[str, object]) -> Row:
    words = lexicon()
    needs = [tag for group in raw.get("need", ()) for tag in str(group).split("|")]  # type: ignore[attr-defined]
    verb_tags = [f"{v}.{form}" for v in words_like(raw.get("verb_of", "")) for form in ("fin", "inf")]
    near = tuple(
        tuple(tuple(one.split("_")) for one in str(group).split("|"))
        for group in raw.get("near", ())  # type: ignore[attr-defined]
    )
    return Row(
        name=str(raw["name"]),
        who=words_like(raw["who"]),
        verbs=words_like(raw.get("verb", "")),
        verb_mask=words.mask(verb_tags),
        near=near,
        openings=tuple(frozenset(phrase[0] for phrase in group) for group in near),
        need=words.mask(tag for tag in needs if tag not in NEEDS),
        special=frozenset(tag for tag in needs if tag in NEEDS),
        kamer=str(raw.get("kamer", "")),
        term=str(raw.get("term", "")),
        spoken=bool(raw.get("spoken", False)),
        past=bool(raw.get("past", False)),
        strength=str(raw["strength"]),
        weight=float(str(raw["weight"])),
        reason=str(raw["reason"]),
    )


# --- reading rows -------------------------------------------------------------------------------------------------


def hits(sentence: Sentence, spoken: bool = False) -> Iterator[Hit]:
    """Every row that reads a promise in the sentence; terms are not looked at yet."""
    carried = ""
    for number, clause in enumerate(sentence.clauses):
        candidates = list(_candidates(clause, spoken))
        if not candidates:
            continue
        following = _following(sentence, number)
        said = {*clause.words, *(following.words if following else ())}
        before = sentence.clauses[number - 1] if number else None
        found: dict[int, str] = {}
        for row, verb in candidates:
            if verb not in found:
                kind = subject(clause, verb, before)
                if kind == "shared" and not carried and before is not None:
                    carried = speaker(before)
                if before is not None and kind == "shared" and _impersonal(clause, verb, before):
                    found[verb] = "thing"
                else:
                    found[verb] = carried if kind in ("shared", "thing") and clause.shared and carried else kind
            if found[verb] in row.who and not any(map(said.isdisjoint, row.openings)) and _fits(row, clause, following):
                yield Hit(row, number, verb, found[verb])
        carried = found[min(found)]


@cache
def _by_verb() -> dict[str, tuple[Row, ...]]:
    named: dict[str, list[Row]] = {}
    for row in rows():
        for verb in row.verbs:
            named.setdefault(verb, []).append(row)
    return {verb: tuple(found) for verb, found in named.items()}


@cache
def _by_class() -> tuple[tuple[Row, ...], int, frozenset[str]]:
    """The rows that take any verb of a class, the tags of all those classes, and the words that have one."""
    classed = tuple(row for row in rows() if row.verb_mask)
    mask = 0
    for row in classed:
        mask |= row.verb_mask
    return classed, mask, lexicon().tagged(mask)


def _candidates(clause: Clause, spoken: bool) -> Iterator[tuple[Row, int]]:
    """Rows with the finite verb that they name; those that need what the clause has not are left out at once."""
    words, named = clause.words, _by_verb()
    for i in [i for i, word in enumerate(words) if word in named]:
        if _auxiliary_is_finite(words, i) and not _hortative(words, i):
            yield from ((row, i) for row in named[words[i]] if spoken or not row.spoken)
    classed, mask, verbs = _by_class()
    if not clause.mask & mask or _perfect(clause):
        return
    for i in [i for i, word in enumerate(words) if word in verbs]:
        bits = _bits(words, i) & mask
        if bits and _verb_is_finite(clause, i):
            yield from ((row, i) for row in classed if row.verb_mask & bits and (spoken or not row.spoken))


def _hortative(words: Sequence[str], verb: int) -> bool:
    """ "Laat ik beginnen met ...", "maar laten we eerlijk zijn"."""
    opens = verb == 0 or (verb == 1 and words[0] in ("maar", "dus", "en", "nou", "want"))
    return words[verb] in ("laat", "laten") and opens and words[verb + 1 : verb + 2] in (["ik"], ["we"], ["wij"])


def _impersonal(clause: Clause, verb: int, before: Clause) -> bool:
    """ "De partijen gaan aan de slag en zal worden toegewerkt naar ...": one verb is plural, the other not."""
    single = clause.words[verb] in ("zal", "wordt") and not PASSIVE.isdisjoint(clause.words)
    verbs = lexicon().plain
    others = next((word for word in before.words if word in AUXILIARIES or verbs.get(word, 0) & mask_of(*VERBAL)), "")
    return single and others.endswith("n") and "ik" not in before.words


def _bits(words: Sequence[str], i: int) -> int:
    bits = lexicon().plain.get(words[i], 0)
    for particle, bit in lexicon().split.get(words[i], ()):
        if particle in words[i:]:
            bits |= bit
    return bits


def _perfect(clause: Clause) -> bool:
    """Told in the perfect tense; "Zoals ik heb gemeld stuur ik ..." is not, "Zoals gemeld heb ik ... gevraagd" is."""
    words = clause.words
    if PERFECT.isdisjoint(words):
        return False
    if words[0] != "zoals":
        return True
    perfect = [i for i, word in enumerate(words) if word in PERFECT]
    return len(perfect) > 1 or words[perfect[-1] + 1 : perfect[-1] + 2] in (["ik"], ["wij"], ["we"])


def _auxiliary_is_finite(words: Sequence[str], i: int) -> bool:
    """Not after "te", and an infinitive only when no other verb of the clause is the finite one."""
    if i and (words[i - 1] == "te" or (words[i - 1] in MODALS and words[i].endswith("n"))):
        return False  # "naar een niveau moeten gaan"
    if i > 1 and words[i].endswith("n") and words[i - 1] == "ik" and words[i - 2] == "en":
        return True  # "de minister en ik streven ..."
    if words[i] in SINGULAR or words[i] == "zullen":
        return words[i] in PERFECT or PERFECT.isdisjoint(words) or words[i] in FUTURE
    if not words[i].endswith("n"):
        return True
    governed = words[i] not in MODALS and not MODALS.isdisjoint(words[:i])  # "wij willen ... komen tot"
    return SINGULAR.isdisjoint(words) and "zullen" not in words and not governed


def _verb_is_finite(clause: Clause, i: int) -> bool:
    """The first person stands beside its "ik" (or after it in a subordinate clause); "overleg", "vraag" and "bericht"
    are nouns otherwise, and a plural form is an infinitive unless its subject stands beside it; the only verb at the
    end of a subordinate clause is a finite one."""
    words = clause.words
    beside = {words[j] for j in (i - 1, i + 1) if 0 <= j < len(words)}
    if (i and words[i - 1] == "te") or (clause.shared and i == 1):
        return words[i - 1] != "te"
    last = clause.kind != "main" and words[i] == last_word(clause) and AUXILIARIES.isdisjoint(words)
    if words[i].endswith("en") and words[i] not in FIRST_PERSONS:
        if _after_modal(words, i):
            return False
        return (
            bool(beside & {"wij", "we"})
            or words[max(i - 2, 0) : i] == ["en", "ik"]
            or (last and not {"wij", "we"}.isdisjoint(words))
        )
    if "ik" in beside or (words[i].endswith("t") and (words[i] not in NOUNS or _by_government(words, i))):
        return True
    return clause.kind != "main" and "ik" in words[:i] and (last or words[i] not in NOUNS or _only_verb(clause, i))


def _only_verb(clause: Clause, i: int) -> bool:
    """ "dat ik u in het najaar opnieuw bericht over de stand": no noun, for nothing else can be the verb."""
    words = clause.words
    others = (word for j, word in enumerate(words) if j != i)
    noun = words[i - 1] in DETERMINERS or words[i - 1] in PREPOSITIONS
    return not noun and AUXILIARIES.isdisjoint(words) and not any(finite(word) for word in others)


def _after_modal(words: Sequence[str], i: int) -> bool:
    """ "Daarna moeten wij bezien ...", "laten wij evalueren": the modal is the finite verb."""
    return i > 1 and words[i - 1] in ("wij", "we") and words[i - 2] in MODALS


def _by_government(words: Sequence[str], i: int) -> bool:
    """ "besluit het kabinet", "het kabinet besluit": the third person of a verb that is a noun as well."""
    after = head(words, i + 2) if i + 2 < len(words) and words[i + 1] in ("het", "de", "mijn") else ""
    before = head(words, i - 1) if i else ""
    if words[i + 1 : i + 2] in (["u"], ["uw"]):  # "De minister van Financiën bericht u ..."
        before = next((head(words, k) for k in range(i) if head(words, k) and not oblique(words, k)), before)
    beside = head(words, i + 1) if i + 1 < len(words) else ""  # "start OCW"
    return bool({after, before} & {"cabinet", "minister"}) or beside == "ministry"


def _fits(row: Row, clause: Clause, reach: Clause | None) -> bool:
    """reach: what hangs on the clause, where a need or a word may stand as well."""
    if row.need or row.special:
        mask = clause.mask | (reach.mask if reach else 0)
        if not (mask & row.need) and not any(NEEDS[name](clause) for name in row.special):
            return False
    if any(not _says(group, clause, reach) for group in row.near):
        return False
    return not row.kamer or _kamer(clause, row.kamer) or bool(reach and _kamer(reach, row.kamer))


def _following(sentence: Sentence, number: int) -> Clause | None:
    """What hangs on the clause, or goes on behind a condition in its midst: "ik zal u, als dat kan, informeren"."""
    rest = sentence.clauses[number + 1 :]
    if not rest or rest[0].kind in ("that", "relative"):
        return rest[0] if rest and not _passive_itself(sentence.clauses[number], rest[0]) else None
    if rest[0].kind != "condition" or sentence.clauses[number].words[-1] != ",":
        return None
    aside = list(takewhile(lambda clause: clause.kind != "main", rest))
    words, mask = [word for clause in aside for word in clause.words], 0
    for clause in aside:
        mask |= clause.mask
    return Clause(words, [], "relative", rest[0].opener, mask) if "," in words else None


def _passive_itself(clause: Clause, relative: Clause) -> bool:
    """ "Er wordt een plan opgesteld, dat wordt uitgewerkt in een wet": each passive has its own participle."""
    return bool(PASSIVE & {*clause.words} and PASSIVE & {*relative.words})


def _says(group: Sequence[tuple[str, ...]], clause: Clause, beside: Clause | None) -> bool:
    """One of the phrases of the group; a particle may stand behind a clause in between: "neem wat ... mee"."""
    return any(clause.has(*phrase) or (beside is not None and beside.has(*phrase)) for phrase in group)


def _before_u(words: Sequence[str], i: int) -> str:
    """The preposition of "aan u"; a pronoun has its own beside it, and "om u te informeren" has none."""
    before = words[i - 1] if i else ""
    return before if before in PREPOSITIONS and before != "om" else ""


def _kamer(clause: Clause, how: str) -> bool:
    """Is the Kamer named in the clause ("any"), or as the one that receives ("to")?"""
    words = clause.words
    if KAMER.isdisjoint(words):
        return False
    for i, word in enumerate(words):
        if word in KAMER and (word in ("u", "kamers") or head(words, i)):
            governed = oblique(words, i) if word != "u" else _before_u(words, i)
            if how == "any" and governed not in ("van", "uit", "tijdens", "in"):
                return True
            if governed in TO_KAMER or (not governed and (i == 0 or words[i - 1] not in NOT_DATIVE)):
                return True
    return False
