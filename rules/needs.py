"""What a row of ``promises.toml`` can need of a clause that no single tag says: `NEEDS`, by the name used in ``need``.

"product" a paper, plan or law; "other.paper" one to come, "other.paper.told" with what is told in it; "unknown.inf" and
"unknown.pp" a verb that the word lists do not have; "effect" words of taking effect; "taken.up", "particle.last" and
"out.last" particles of verbs; "bare" no deed at all beside the verb. Not inside: the rows and how they are applied
(`rules.promises`).
"""

import re
from collections.abc import Callable, Sequence

from rules.clauses import DETERMINERS, PREPOSITIONS, Clause
from rules.words import lexicon, mask_of, wordset

LATER = tuple(
    """volgend volgende komende eerstvolgende nieuwe aparte separate afzonderlijke toegezegde aangekondigde""".split()
)
SAID = {  # words of which one must stand there
    "other.paper": LATER,
    "other.paper.told": LATER,
    "see.coming": ("tegemoet", "tegemoetzien"),
    "dispose": ("beschikken",),
    "bereiken": ("bereiken", "toegaan", "toekomen", "toegaat", "toekomt"),
    "worked.out": ("uitgewerkt", "ingevuld"),
}
EFFECT = frozenset(
    """werking ingaan ingang volgt volgen start starten begint plaats plaatsvinden beschikbaar verschijnt
    verschijnen omlaag omhoog""".split()
)
GOES_INTO = re.compile(r"\bingaan op (?!\d|(?:de |het |een )?(?:\d|eerste|moment|dag|tijdstip|datum|nader))")
COMPOUND = tuple(  # endings of verbs made from others: "verdergaan", "tegemoetkomen"
    """eren gaan staan komen nemen stellen brengen houden geven zetten leggen voeren maken vatten werken sluiten zoeken
    dragen bieden wijzen trekken""".split()
)
PARTICIPLE = re.compile(r"(?:\w*ge|be|ver|ont|her)\w{3,}(?:d|t|en)")
PAPER_ENDINGS = tuple(
    """brief rapport rapportage programma plan agenda visie nota reactie evaluatie wetsvoorstel aanpak strategie
    onderzoek verkenning overeenkomst verslag monitor analyse regeling wet besluit kader""".split()
)
FUTURE = frozenset(("zal", "zullen"))
WITH = frozenset("met in samen over waarin voor".split())
NEAR_PARTICLE = 4  # words before a particle
TO_PAPER = 3  # words between one of those and its paper


def _takes_effect(clause: Clause) -> bool:
    """ "treedt in werking", "gaat per 1 juli in", "gaat in op 1 juli": not the preposition of a time, and no paper that
    "zal ingaan op de vraag"."""
    if not EFFECT.isdisjoint(clause.words):
        return EFFECT & {*clause.words} != {"ingaan"} or not GOES_INTO.search(" ".join(clause.words))
    return last_word(clause) == "in" or any(clause.has("in", word) for word in ("op", "per", "vanaf", "met", "zodra"))


def last_word(clause: Clause) -> str:
    return next((word for word in reversed(clause.words) if word[0].isalpha()), "")


def _unknown_participle(clause: Clause) -> bool:
    """A participle that the word lists do not have, at the end of its clause."""
    last = last_word(clause)
    return bool(PARTICIPLE.fullmatch(last)) and not lexicon().plain.get(last, 0)


def _product(words: Sequence[str]) -> bool:
    """A paper, plan or law, also at the end of a longer word ("voortgangsbrief", "milieuprogramma")."""
    products = wordset("marks", "products")
    return any(word in products or (len(word) > 7 and word.endswith(PAPER_ENDINGS)) for word in words)


def _unknown_infinitive(clause: Clause) -> bool:
    """A verb that the word lists do not have: at the end of its clause, where Dutch puts it, or a known one's kin."""
    words = lexicon()
    if clause.mask & mask_of("be.inf", "expose.inf"):
        return False
    last = last_word(clause)
    if len(last) > 4 and last.endswith(("en", "aan", "zien", "doen")) and not words.plain.get(last, 0):
        return True
    if any(len(word) > 6 and word.endswith(COMPOUND) and not words.plain.get(word, 0) for word in clause.words):
        return True
    return not FUTURE.isdisjoint(clause.words) and _before_its_phrase(clause)


def _before_its_phrase(clause: Clause) -> bool:
    """ "Ik zal de scholen helpen met een draaiboek": something is done, and no known verb says what."""
    plain = lexicon().plain
    if any(plain.get(word, 0) & mask_of("deed.inf") for word in clause.words):
        return False
    return any(
        len(word) > 4 and word.endswith("en") and not plain.get(word, 0) and following in PREPOSITIONS
        for before, word, following in zip(clause.words, clause.words[1:], clause.words[2:], strict=False)
        if before not in PREPOSITIONS and before not in DETERMINERS
    )


def _on_product(clause: Clause) -> bool:
    return "aan" in clause.words and _product(clause.words[clause.words.index("aan") :])


def _later_paper(clause: Clause) -> bool:
    """ "In de volgende voortgangsbrief", "in een aparte brief"."""
    words = clause.words
    return any(word in LATER and _product(words[i + 1 : i + 1 + TO_PAPER]) for i, word in enumerate(words))


def _taken_up(clause: Clause) -> bool:
    """ "Dit neem ik op met de sector": the particle, and not "op in de begroting"."""
    return last_word(clause) == "op" or clause.has("op", "met") or clause.has("op", "bij")


def _drawn_up(clause: Clause) -> bool:
    """ "Ik stel een leidraad op met de scholen", "... op in overleg met de sector": the particle before a phrase."""
    words = clause.words
    return any(
        word == "op" and words[i + 1] in WITH and _product(words[max(i - NEAR_PARTICLE, 0) : i])
        for i, word in enumerate(words[:-1])
    )


def _bare(clause: Clause) -> bool:
    return (
        clause.kind == "main"
        and not clause.mask & mask_of("deed.inf", "deed.pp", "expose.inf", "expose.pp")
        and not _unknown_participle(clause)
    )


def _one_of(words: Sequence[str]) -> Callable[[Clause], bool]:
    wanted = frozenset(words)
    return lambda clause: not wanted.isdisjoint(clause.words)


NEEDS: dict[str, Callable[[Clause], bool]] = {
    **{name: _one_of(words) for name, words in SAID.items()},
    "effect": _takes_effect,
    "in.kennis": lambda clause: clause.has("in", "kennis") or clause.has("op", "de", "hoogte"),
    "product": lambda clause: _product(clause.words),
    "on.product": _on_product,
    "bare": _bare,
    "other.paper": _later_paper,
    "other.paper.told": lambda clause: bool(clause.mask & mask_of("expose.pp")) and _later_paper(clause),
    "taken.up": _taken_up,
    "drawn.up": _drawn_up,
    "there.comes": lambda clause: clause.has("er", "komt") or clause.has("er", "komen"),
    "particle.last": lambda clause: last_word(clause) in ("in", "op", "aan"),
    "out.last": lambda clause: last_word(clause) == "uit",
    "unknown.inf": _unknown_infinitive,
    "unknown.pp": _unknown_participle,
}
