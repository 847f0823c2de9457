"""A Dutch sentence cut into clauses: which words belong together, of which kind the clause is, who its subject is.

A shallow reading, not a parse: subordinate clauses begin at their first word, main clauses at a comma, "en" or "maar"
before a finite verb; what stands between brackets is set aside. The subject of a finite verb is the pronoun beside it
or else the nearest noun that no preposition governs. Not inside: which clauses promise something.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rules.words import WORD, lexicon, wordset

AUXILIARIES = frozenset(
    """zal zult zullen zou zouden ga gaat gaan word wordt worden ben bent is zijn was waren werd werden heb hebt heeft
    hebben had hadden kan kunt kunnen kon konden wil wilt willen wilde moet moeten mag mogen blijf blijft blijven
    laat laten komt komen doet doe verwacht streeft streef zeg zet acht achten zie ziet""".split()
)
ASKING = frozenset(
    """vragen vraagt vroeg vroegen gevraagd afgevraagd horen hoort vernemen verneemt weten
    kijken kijk kijkt bezien bezie bekijk benieuwd nagaan onderzoeken onderzoekt""".split()
)
COORDINATORS = frozenset(("en", "maar", "want", "dus", "of", "evenals"))
NOT_BEFORE_RELATIVE = frozenset(
    """zal zullen wil willen kan kunnen ga gaan wordt worden is zijn ben bent heb heeft hebben ik wij we u
    en maar of want ook niet om al juist zoals alle""".split()
)
ROLES = frozenset(
    """onderdeel bijlage gevolg reactie basis leidraad minister kabinet zodanig eerste ook volgt ondersteuning steun
    aansporing aanmoediging uitnodiging opdracht uitgangspunt vertrekpunt voorbeeld kans opvolger
    aanvulling alternatief tegenprestatie vervanging vervolg resultaat sluitstuk""".split()
)  # "als onderdeel van", "als volgt"
SAYING = frozenset("voornemen besluit bericht feit uitgangspunt streven plan antwoord standpunt oordeel idee".split())
OPEN, CLOSE = ("(", "["), (")", "]")
ASIDE = frozenset((*OPEN, *CLOSE, "–", "—"))
STOPS = frozenset(';:–—«»“”"„|')
CONDITIONS, REASONS = wordset("small", "conditions"), wordset("small", "reasons") - {"daar"}
# words behind "dat" that make it open a clause although the word before could stand before a "dat" that only points:
# "vertrouwen in dat ik ...", "wat ik toezeg, is dat ik ...", "beschrijf ik dat ik ...", "ik wijs er op dat de ..."
_PERSONS, _NAMED = frozenset("ik wij we u er".split()), wordset("small", "determiners")
DOERS_AFTER_DAT = {
    **dict.fromkeys(("in", "op", "u"), _PERSONS | _NAMED),
    **dict.fromkeys(("is", "ik", "wij", "we", "voor"), _PERSONS),
}
POINTING = frozenset("deze die dat daarna daarover vervolgens".split())
RELATIVES, PREPOSITIONS = wordset("small", "relatives"), wordset("small", "prepositions")
DETERMINERS = wordset("small", "determiners")
OPENERS = CONDITIONS | REASONS | RELATIVES | STOPS | COORDINATORS | {"dat", "die", "of", "zoals"}
PRONOUNS = {"ik": "me", "wij": "we", "we": "we", "u": "kamer", "men": "other", "zij": "other", "hij": "other"}
FIRST = frozenset(("ik", "wij", "we"))
INVERTED = frozenset("ik wij we het de mijn".split())  # words behind a verb that comes before its doer
HEADS = ("cabinet", "minister", "ministry", "country", "service", "other")
NOTED, LONGEST_NOTE = 4, 3  # letters of a word that can have a note behind it, and the note with its full stop
LEN_PAIR = 2  # dashes that set something aside
FRONTED = 8  # words from "en" to the first person behind its verb
FAR = 14  # words between a noun and the verb whose subject it is


@dataclass(slots=True)
class Clause:
    """words: small letters, in order; at: their index in the sentence's tokens. kind: main, that, relative,
    condition or reason. opener: the word that opens a subordinate clause. mask: tags of all its words."""

    words: list[str]
    at: list[int]
    kind: str
    opener: str = ""
    mask: int = 0
    shared: bool = False  # goes on after "en" with the subject of the clause before

    def has(self, *phrase: str) -> bool:
        """Do these words stand here one after the other?"""
        size = len(phrase)
        if size == 1 or phrase[0] not in self.words:
            return phrase[0] in self.words
        return any(tuple(self.words[i : i + size]) == phrase for i in range(len(self.words) - size + 1))


@dataclass
class Sentence:
    """text, and where it stands in the letter; small: in small letters; words: every token, in small letters."""

    text: str
    small: str
    start: int
    words: list[str]
    clauses: list[Clause]

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Of every token, counted in `text`; most sentences are done with before anybody asks."""
        return [match.span(1) for match in WORD.finditer(self.text)]


def read(text: str, start: int = 0) -> Sentence:
    words = [_without_note(word.lower()) for word in WORD.findall(text)]
    return Sentence(text, text.lower(), start, words, [_tagged(clause) for clause in _cut(words)])


def _without_note(word: str) -> str:
    """Without the figure of a note that the publisher put right behind it: "gestuurd.3", "bijgevoegd2"."""
    if not word[-1].isdecimal() or not word[:NOTED].isalpha():
        return word
    bare = word.rstrip("0123456789").rstrip(".")
    return bare if bare.isalpha() and len(word) - len(bare) <= LONGEST_NOTE else word


def _cut(words: Sequence[str]) -> Iterator[Clause]:
    current = Clause([], [], "main")
    for i in _outside_brackets(words):
        word = words[i]
        if word in OPENERS or (i and words[i - 1] == ",") or (current.kind != "main" and _resumes(words, i, current)):
            opened = _opened(words, i, current)
            if opened and current.words:
                yield current
            current = opened or current
            if word in STOPS:
                continue
        current.words.append(word)
        current.at.append(i)
    if current.words:
        yield current


def _outside_brackets(words: Sequence[str]) -> Iterable[int]:
    """The places of the words that are not set aside by brackets or a pair of dashes."""
    return _unbracketed(words) if not ASIDE.isdisjoint(words) else range(len(words))


def _unbracketed(words: Sequence[str]) -> Iterator[int]:
    depth, closed_later = 0, [0] * (len(words) + 1)
    dashes = [i for i, word in enumerate(words) if word in ("–", "—")][:2]
    aside = range(dashes[0], dashes[1] + 1) if len(dashes) == LEN_PAIR else range(0)
    for i in range(len(words) - 1, -1, -1):
        closed_later[i] = closed_later[i + 1] + (words[i] in CLOSE)
    for i, word in enumerate(words):
        if word in OPEN and closed_later[i]:
            depth += 1
        elif word in CLOSE:
            depth = max(depth - 1, 0)
        elif not depth and i not in aside:
            yield i


def _opened(words: Sequence[str], i: int, current: Clause) -> Clause | None:
    """The clause that begins at word `i`, if one does."""
    word = words[i]
    before = words[i - 1] if i else ""
    if word in STOPS:
        return Clause([], [], "main") if current.words else None
    kind = _subordinate(word, before, words[i + 1] if i + 1 < len(words) else "")
    if word == "dat" and before == "u" and not kind and _reports(words, i):
        kind = "that"
    if kind == "that" and current.words[-2:-1] == ["het"] and current.words[-1] not in SAYING:
        kind = "relative"
    if word == "of" and not kind and not ASKING.isdisjoint(current.words):
        kind = "relative"
    if kind and not (i == 0 and kind == "relative"):
        return Clause([], [], kind, word)
    if not current.words or i + 1 >= len(words):
        return None
    if _resumes(words, i, current):
        return Clause([], [], "main")
    if before == "," and _main_after_comma(words, i, current):
        return Clause([], [], "main")
    return _coordinated(words, i, current) if word in COORDINATORS else None


def _reports(words: Sequence[str], i: int) -> bool:
    """ "Bericht ik u dat op 10 juni ...": what is reported begins with when or where."""
    near = words[max(i - 3, 0) : i - 1]
    verb = any(lexicon().plain.get(word, 0) & _INFORM for word in near)
    return verb and not FIRST.isdisjoint(near) and not PREPOSITIONS.isdisjoint(words[i + 1 : i + 2])


def _resumes(words: Sequence[str], i: int, current: Clause) -> bool:
    """ "Op de punten die niet passen zal ik terugkomen": only a main clause has its verb before its doer."""
    if current.kind == "main" or i + 1 >= len(words) or words[i + 1] not in INVERTED:
        return False
    if words[i + 1] in PRONOUNS:
        return len(current.words) > 1 and (words[i] in AUXILIARIES or finite(words[i]))
    return words[i] in ("zal", "zullen") and i + 2 < len(words) and head(words, i + 2) in ("cabinet", "minister")


def _main_after_comma(words: Sequence[str], i: int, current: Clause) -> bool:
    """ "..., zal ik", "..., dan stuur ik": unless the clause before still waits for its own verb."""
    if words[i] == "dan":
        return _begins(words, i + 1)
    if not _begins(words, i) or (words[i] == "is" and current.words[0] == "wat"):  # "Wat ik wil, is ..."
        return False
    inverted = words[i + 1] in ("ik", "wij", "we")
    waits = current.kind != "main" or current.words[0] == "zoals"
    return inverted or not waits or _has_verb(current)


def _coordinated(words: Sequence[str], i: int, current: Clause) -> Clause | None:
    """ "en zal ...", "maar ik ga ...": with a subject of its own or that of the clause before."""
    following = words[i + 1]
    after = words[i + 2] if i + 2 < len(words) else ""
    plural = following in ("wij", "we") and after.endswith("en")  # "maar wij nemen dit mee"
    if following in ("ik", "wij", "we", "u") and (plural or after in AUXILIARIES or _is_finite(words, i + 2)):
        return Clause([], [], "main")
    if current.kind == "main" and _has_verb(current) and _fronted(words, i):
        return Clause([], [], "main")
    if words[i] in ("maar", "want") and following in ("het", "er", "dat", "dit") and after in AUXILIARIES:
        return Clause([], [], "main")  # "..., maar het is ..."
    if current.kind != "main" and "ik" in words[:i] and _first_form(following):
        return Clause([], [], "main", shared=True)  # "ik kijk of dit kan, en kom hierop terug"
    goes_on = following in AUXILIARIES and following not in ("zijn", "hebben")
    if goes_on or (finite(following) and _has_verb(current)):
        return Clause([], [], current.kind, current.opener, shared=True)
    return None


def _fronted(words: Sequence[str], i: int) -> bool:
    """ "en in het voorjaar stuur ik ...", "maar deze motie moet ik ...": a phrase, the verb, and its first person."""
    if words[i + 1] not in PREPOSITIONS | POINTING:
        return False
    near = range(i + 2, min(i + FRONTED, len(words)))
    at = next((k for k in near if words[k] in FIRST), 0)
    verb = words[at - 1]
    return at > 0 and "," not in words[i:at] and (verb in AUXILIARIES or finite(verb))


def _first_form(word: str) -> bool:
    """Can only "ik" be the subject of this verb ("stuur", "kom", not "komt", "zal")?"""
    return finite(word) and not word.endswith(("t", "en", "d"))


def _is_finite(words: Sequence[str], i: int) -> bool:
    """As `finite`, where a separable verb has its particle behind it: not "de minister en ik bereid te bezien"."""
    if i >= len(words):
        return False
    parts = lexicon().split.get(words[i], ())
    return bool(lexicon().plain.get(words[i], 0) & _FIN) or any(part in words[i + 1 :] for part, _ in parts)


def _has_verb(clause: Clause) -> bool:
    return any(word in AUXILIARIES or finite(word) for word in clause.words)


def _subordinate(word: str, before: str, following: str) -> str:
    """The kind of the clause that `word` opens, "" when it opens none."""
    if word in CONDITIONS:
        return "" if word == "als" and _comparison(before, following) else "condition"
    if word in REASONS:
        return "reason"
    if word in ("dat", "die"):
        return _pointing_or_opening(word, before, following)
    asks = word in ("hoe", "wat", "wie") and before in ("over", "naar", "van")  # "bericht over hoe de motie ..."
    governed = not asks and (not before or before in PREPOSITIONS)
    relative = word in RELATIVES and not governed
    asked = word == "of" and following in ("er", "het", "de", "deze", "dit", "dat", "een", "ook") and _knows(before)
    return "relative" if relative or asked or (word == "zoals" and before == ",") else ""


def _pointing_or_opening(word: str, before: str, following: str) -> str:
    """ "dat" and "die" point ("die brief") or open a clause ("de brief die ...", "ik verwacht dat ...")."""
    if word == "dat" and following in DOERS_AFTER_DAT.get(before, ()):
        return "that"
    if word == "die" and before in PREPOSITIONS and following in ("de", "het", "een", "er", "zich"):
        return "relative"  # "ik stel een commissie in die de zaak onderzoekt"
    if not before or before in NOT_BEFORE_RELATIVE or before in PREPOSITIONS:
        return ""
    if word == "dat":
        return "that"
    return "" if finite(before) or following == "," else "relative"


def _comparison(before: str, following: str) -> bool:
    """ "als" that compares or names a role: "als onderdeel van", "zowel ... als", "evenals"."""
    return before in ("zowel", "net", "zoals", "evenals") or following in ROLES


def _knows(before: str) -> bool:
    return before in (",", "na", "nagaan", "onderzoeken", "bezien", "bekijken", "verkennen") or finite(before)


def finite(word: str) -> bool:
    """Can the word be the finite verb of a clause?"""
    words = lexicon()
    return bool(words.plain.get(word, 0) & _FIN) or bool(words.split.get(word) and not word.endswith("en"))


_HEAD = lexicon().mask(HEADS)
_INFORM = lexicon().mask(("inform.fin", "inform.inf"))
_FIN = lexicon().mask(f"{verb}.fin" for verb in ("inform", "send", "receive", "publish", "research", "talk", "act"))


def _begins(words: Sequence[str], i: int) -> bool:
    """Is this word the finite verb with which a main clause goes on after a comma ("..., stuur ik u")?"""
    if words[i] in AUXILIARIES:
        return True
    following = words[i + 1] if i + 1 < len(words) else ""
    if following in ("we", "wij") and words[i].endswith("en"):  # "..., streven we"
        return True
    return finite(words[i]) and (following in PRONOUNS or following in DETERMINERS)


def _tagged(clause: Clause) -> Clause:
    """All tags of the clause; a separable verb counts when its particle is there too."""
    words, mask = lexicon(), 0
    here = set(clause.words)
    if "vragen" in here and _only_nouns(clause.words):
        here.discard("vragen")
    for word in words.plain.keys() & here:
        mask |= words.plain[word]
    for word in words.split.keys() & here:
        for particle, bit in words.split[word]:
            if particle in here:
                mask |= bit
    clause.mask = mask
    return clause


def _only_nouns(words: Sequence[str]) -> bool:
    """ "Ik ga naar de vragen van de fracties": is every "vragen" a noun?"""
    return all(i and words[i - 1] in DETERMINERS for i, word in enumerate(words) if word == "vragen")


# --- who ---------------------------------------------------------------------------------------------------------


def subject(clause: Clause, i: int, before: Clause | None = None) -> str:
    """The kind of subject of the finite verb at word `i`: me, we, kamer, one of the heads, thing, or "" for none."""
    words = clause.words
    beside = _beside(words, i)
    if beside == "kamer" and clause.shared and words[i] in ("zal", "kan", "wil") and before and speaker(before):
        return "shared"  # "Ik wacht het advies af en zal u ..."
    if beside and not (beside == "kamer" and clause.kind != "main" and not FIRST.isdisjoint(words[:i])):
        return beside  # and not "dat ik de nota aan u zal sturen"
    if clause.kind != "main":
        return _of_subordinate(clause, i)
    left = _noun(words, range(i - 1, -1, -1))
    if left:
        return left
    if clause.shared and before is not None and i == 1:
        return "me" if before.kind != "main" and _first_form(words[i]) else "shared"
    named = _noun(words, range(i + 1, min(len(words), i + FAR)))
    return named or ("we" if words[i].endswith("n") and clause.has("en", "ik") else "thing")  # "zullen de ... en ik"


def speaker(clause: Clause) -> str:
    """Who of the government does it in a clause: a first person, else the cabinet or a minister; "" for nobody."""
    words = clause.words
    person = next((PRONOUNS[word] for word in words if word in FIRST), "")
    named = (head(words, i) for i in range(len(words)) if not oblique(words, i))
    return person or next((kind for kind in named if kind in ("cabinet", "minister", "ministry")), "")


def _beside(words: Sequence[str], i: int) -> str:
    """The pronoun at the side of the verb at word `i`, as a kind of subject."""
    beside = [words[near] for near in (i + 1, i - 1) if 0 <= near < len(words) and words[near] in PRONOUNS]
    for pronoun in sorted(beside, key=lambda word: word == "u"):  # "Ik verwacht u": u is no subject
        if pronoun != "u":
            return PRONOUNS[pronoun]
        if _u_form(words[i]):  # "Mijn ambtgenoot zal u informeren": the noun before goes first
            named = _noun(words, range(i - 1, -1, -1)) if words[i + 1 : i + 2] == ["u"] else ""
            return named if named in ("cabinet", "minister", "ministry", "service", "other") else "kamer"
    after = head(words, i + 1) if i + 1 < len(words) else ""
    if words[i] in ("zal", "gaat") and words[i + 1 : i + 2] == ["het"]:  # "dan zal het lukken"
        alone = "" if i + 2 < len(words) and head(words, i + 2) else "thing"
        return alone and (_noun(words, range(i - 1, -1, -1)) or alone)
    return after if after == "ministry" else ""  # "In mei start OCW ..."


def _of_subordinate(clause: Clause, i: int) -> str:
    for word in clause.words[1:i]:
        if word in ("ik", "wij", "we"):
            return PRONOUNS[word]
    return _noun(clause.words, range(1, i)) or ("kamer" if "u" in clause.words[1:3] else "thing")


def _u_form(verb: str) -> bool:
    """Can this verb have "u" as its subject? "zullen u" has it as its object."""
    return not verb.endswith("en") and verb not in ("ik", "stuur", "zend", "bied", "informeer", "bericht", "zeg")


def _noun(words: Sequence[str], order: range) -> str:
    """The first noun in this order that can be a subject."""
    for j in order:
        kind = head(words, j)
        if kind and not oblique(words, j):
            return kind
        if (
            words[j] in ("dit", "deze", "dat", "het", "er")
            and (j + 1 >= len(words) or order.step > 0)
            and order.step < 0
        ):
            return "thing"
    return ""


def head(words: Sequence[str], j: int) -> str:
    """Of which kind of actor is word `j` the name? "" when of none."""
    word = words[j]
    if word == "kamer" or (word == "staten-generaal" and words[j - 1] in ("de", "beide")):
        return "kamer"
    if word == "ministerie" and j and words[j - 1] == "openbaar":
        return "other"
    bits, plain = lexicon().bits, lexicon().plain.get(word, 0)
    if not plain & _HEAD:
        return ""
    for kind in HEADS:
        if plain & bits[kind]:
            return kind if _is_name(words, j, kind) else ""
    return ""


def _is_name(words: Sequence[str], j: int, kind: str) -> bool:
    before = words[j - 1] if j else ""
    if kind == "cabinet":
        return before not in ("vorige", "vorig", "volgend", "volgende", "nieuw", "nieuwe", "een")
    if kind == "country":  # and not the end of a name: "Sportbond Nederland"
        return not before or before in AUXILIARIES or before in (",", "en", "dat", "die", "waarin", "waarbij")
    if kind == "minister" and _ministers_abroad(words, j):
        return False  # "de ministers spreken": those of the Union
    if kind == "minister":
        return before not in ("een", "canadese", "duitse", "belgische", "franse", "britse", "toenmalige", "toenmalig")
    return True


def _ministers_abroad(words: Sequence[str], j: int) -> bool:
    """Ministers without an office: "de ministers van Financiën en ..." are ours."""
    following = words[j + 1] if j + 1 < len(words) else ""
    talking = words[j + 1 : j + 3] == ["van", "gedachten"]
    return (
        words[j] == "ministers"
        and (talking or following not in ("van", "voor", "en"))
        and words[max(j - 1, 0)] not in ("beide", "onze")
    )


def oblique(words: Sequence[str], j: int) -> str:
    """The preposition that governs the noun at `j`, "" when none: "aan de vaste commissie voor"."""
    k = j - 1
    while k >= 0 and j - k <= 4:
        word = words[k]
        if word in PREPOSITIONS:
            return word
        if word in DETERMINERS:
            return words[k - 1] if k and words[k - 1] in PREPOSITIONS else ""
        if word in AUXILIARIES or word in (",", "en", "ik", "wij"):
            return ""
        k -= 1
    return ""
