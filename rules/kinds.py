"""Of which kind a promise is, by the reading guide's order of preference: inform, publish, evaluate, study, consult,
legislate, policy, other. Decided by the words of the clause; nothing else is looked at.
"""

from rules.clauses import Clause, head, oblique
from rules.commitment import Promise
from rules.words import lexicon

PAPERS = frozenset(
    """rapport eindrapport onderzoeksrapport evaluatierapport plan actieplan nota visie strategie agenda werkagenda
    routekaart handreiking leidraad overzicht monitor evaluatie verkenning advies rapportage voortgangsrapportage
    cijfers notitie programma""".split()
)
LAWS = frozenset(("wetsvoorstel", "wet", "amvb", "besluit", "regeling", "wetgeving", "wettelijke", "wetgevingstraject",
                  "regelgeving", "wetboek", "verordening", "verdrag", "wettelijk"))  # fmt: skip
EVALUATION = ("evalu", "doorlicht")
STUDY = frozenset(("onderzoek", "verkenning", "analyse", "inventarisatie", "studie", "monitor"))
TALK = frozenset(("gesprek", "gesprekken", "overleg", "tafel", "gedachten", "aandacht"))


def receives(clause: Clause) -> bool:
    """Does the Kamer get something here (and not only "op verzoek van uw Kamer")?"""
    words = clause.words
    for i, word in enumerate(words):
        if word == "u" or (word in ("kamer", "kamers") and head(words, i) != ""):
            governed = oblique(words, i)
            if governed in ("", "aan", "naar", "met", "richting"):
                return True
    return False


def kind_of(clause: Clause, who: str) -> Promise:
    words, tags = set(clause.words), lexicon()
    reports = bool(clause.mask & tags.mask(("inform", "send", "receive"))) or "tegemoet" in words
    if reports and (receives(clause) or who == "kamer"):
        return _report(words, who)
    for kind, fits in (
        (Promise.PUBLISH, bool(clause.mask & tags.mask(("publish",)))),
        (Promise.EVALUATE, any(word.startswith(EVALUATION) or "geëvalueerd" in word for word in words)),
        (Promise.RESEARCH, bool(clause.mask & tags.mask(("research",))) or bool(words & STUDY)),
        (Promise.CONSULT, bool(clause.mask & tags.mask(("talk",))) or bool(words & TALK)),
        (Promise.LEGISLATE, bool(words & LAWS)),
        (Promise.INFORM, "terug" in words and "kom" in words),
        (Promise.POLICY, bool(clause.mask & tags.mask(("act", "send")))),
    ):
        if fits:
            return kind
    return Promise.OTHER


def _report(words: set[str], who: str) -> Promise:
    if "wetsvoorstel" in words:
        return Promise.LEGISLATE
    return Promise.PUBLISH if words & PAPERS and who in ("thing", "kamer", "other") else Promise.INFORM
