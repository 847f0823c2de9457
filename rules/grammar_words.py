"""The vocabulary of the deadline grammar: which Dutch words name a time, and which say how it is meant.

Names of times are tables here; the long lists of phrases are rows of ``rules/data/times.toml``. `Phrases` looks a run
of words up. A new wording is a row and a case in the tests.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from rules.tokens import SHORT_MONTHS
from rules.vocabulary import data

Value = TypeVar("Value")


class Phrases(Generic[Value]):
    """Runs of words -> a value; the longest run that stands at a place wins."""

    def __init__(self, rows: Mapping[str, Value]) -> None:
        runs = sorted(((tuple(text.split()), value) for text, value in rows.items()), key=lambda row: -len(row[0]))
        self._single = {run[0]: value for run, value in runs if len(run) == 1}
        self._longer: dict[str, dict[str, list[tuple[tuple[str, ...], Value]]]] = {}  # by the first and second word
        for run, value in runs:
            if len(run) > 1:
                self._longer.setdefault(run[0], {}).setdefault(run[1], []).append((run, value))

    def runs(self) -> Iterator[tuple[str, ...]]:
        """All runs of words, in no order that matters."""
        yield from ((word,) for word in self._single)
        yield from (run for begun in self._longer.values() for options in begun.values() for run, _ in options)

    def at(self, words: Sequence[str], i: int) -> tuple[Value, int] | None:
        """The value of the longest run that begins at `i`, and where it ends. `i`: within `words`, and not the last."""
        first = words[i]
        if first in self._longer:
            for run, value in self._longer[first].get(words[i + 1], ()):
                if tuple(words[i : i + len(run)]) == run:
                    return value, i + len(run)
        return (self._single[first], i + 1) if first in self._single else None


def each(value: Value, rows: str | Iterable[str]) -> dict[str, Value]:
    """All rows (one string: rows divided by ``;``) with the same value."""
    listed = rows.split(";") if isinstance(rows, str) else rows
    return {row.strip(): value for row in listed if row.strip()}


MONTH_NAMES = "januari februari maart april mei juni juli augustus september oktober november december".split()
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)}
WEEKDAYS = {
    day: n for n, day in enumerate("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split())
}  # as date.weekday()
SEASON_WORDS = {
    **each("spring", "voorjaar;lente"), **each("summer", "zomer;zomerperiode;zomermaanden"),
    **each("autumn", "najaar;herfst"), **each("winter", "winter;winterperiode;wintermaanden"),
}  # fmt: skip
RECESS_WORDS = {
    **each("summer", "zomerreces;zomervakantie"), **each("christmas", "kerstreces;kerstvakantie;winterreces"),
    **each("autumn", "herfstreces;herfstvakantie"), **each("may", "meireces;meivakantie"),
    **each("spring", "voorjaarsreces;krokusreces;voorjaarsvakantie;krokusvakantie"),
    **each("any", "reces;kamerreces"),
}  # fmt: skip
DAY_WORDS = {
    **each(0, "vandaag;heden;vanavond;vanmiddag;vanochtend;vanmorgen;vannacht"),
    **each(1, "morgen;morgenavond;morgenmiddag;morgenochtend"),
    "overmorgen": 2, "gisteren": -1, "gisteravond": -1, "eergisteren": -2,
}  # fmt: skip

THIS, COMING, NEXT, PAST, ANY = "this", "coming", "next", "past", "any"
DETERMINERS = {
    **each(ANY, "de;het;'t;parlementaire"),
    **each(THIS, "dit;deze;huidig;huidige;lopend;lopende"),
    **each(COMING, "komend;komende;aankomend;aankomende;aanstaand;aanstaande;eerstkomend;eerstkomende"
                   ";eerstvolgende;eerstvolgend"),
    **each(NEXT, "volgend;volgende;nieuw;nieuwe"),
    **each(PAST, "vorig;vorige;afgelopen;verleden;voorbije;voorgaande"),
}  # fmt: skip

# How a time is meant; the words are in times.toml under [how]. BY drops the first day.
IN, BEFORE, BY, AFTER, FROM = "in", "before", "by", "after", "from"
AROUND, WITHIN, AHEAD, UNTIL, SINCE = "around", "within", "ahead", "until", "since"

_TIMES = data("times")


def _phrases(section: str) -> Phrases[str]:
    """The rows of a section, each with the name of its list."""
    return Phrases({row: name for name, rows in _TIMES[section].items() for row in rows})


def _listed(section: str, *names: str) -> Phrases[None]:
    return Phrases({row: None for name in names for row in _TIMES[section][name]})


def _words(section: str, name: str) -> frozenset[str]:
    return frozenset(_TIMES[section][name])


PARTS = _phrases("part")
MODIFIERS = _phrases("how")
HEDGES, DEADLINE_NOUNS = _listed("around", "hedges"), _listed("around", "deadlines")
ABOUT, NOW_ANCHORS = _listed("around", "amounts"), _listed("around", "today")
VAGUE, VAGUE_ONLY_ALONE = _listed("vague", "always", "alone"), _words("vague", "alone")
RHYTHMS, RHYTHM_ONLY_ALONE = _listed("rhythm", "always", "alone"), _words("rhythm", "alone")
MEETINGS, HAPPENINGS = _words("event", "meetings"), _words("event", "happenings")
EVENT_OPENERS, OPENERS_IN_TEXT = _listed("event", "openers"), _listed("event", "in_text")
EVENT_PREPOSITIONS, CLAUSE_ENDERS = _words("event", "prepositions"), _words("event", "enders")
QUANTITIES, NUMBERED = _words("count", "quantities"), _words("count", "numbered")

MEETING_ENDINGS = ("debat", "overleg", "-raad", "vergadering", "behandeling", "gesprek", "zitting", "bijeenkomst")
PAPER_ENDINGS = tuple(
    "rapportage rapport brief agenda verslag monitor evaluatie update nota notitie begroting overzicht actieplan "
    " bericht balans verkenning editie ronde tranche wijziging herziening actualisatie".split()
)  # "in de volgende voortgangsrapportage"
FEW = "een paar;enkele;enige;wat;een aantal;meerdere;een handvol;verscheidene;diverse;aantal;luttele".split(";")
TIMES_WORDS = frozenset("eens eenmaal tweemaal driemaal viermaal meermaals meermalen".split())
EVERY = frozenset("elk elke ieder iedere alle".split())
PAST_VERBS = frozenset("was waren werd werden had hadden verstreken verlopen verliep liep vond vonden".split())
UNIT_WORDS = {
    **each("day", "dag;dagen;etmaal;etmalen;kalenderdagen;dgn"), **each("workday", "werkdag;werkdagen"),
    **each("hour", "uur;uren"), **each("week", "week;weken;weekjes;wk;wkn"),
    **each("month", "maand;maanden;kalendermaanden;mnd"), **each("quarter", "kwartaal;kwartalen"),
    **each("half", "halfjaar"), **each("year", "jaar;jaren"),
}  # fmt: skip

BUDGET_WORDS = {
    **each("voorjaarsnota", "voorjaarsnota;voorjaarsbesluitvorming;voorjaarsnota's"),
    **each("najaarsnota", "najaarsnota"),
    **each("prinsjesdag", "prinsjesdag"),
    **each("budget", "begroting;begrotingen;rijksbegroting;ontwerpbegroting;ontwerpbegrotingen"
                     ";miljoenennota;belastingplan;begrotingswet;begrotingsstukken;departementsbegroting"),
    **each("verantwoordingsdag", "verantwoordingsdag"),
    **each("slotwet", "slotwet;slotwetten"),
    **each("augustus", "augustusbesluitvorming"),
}  # fmt: skip
CIRCULARS = {
    f"{MONTH_NAMES[number - 1]}circulaire": number for number in (3, 5, 6, 9, 12)
}  # the letters on the fund of municipalities
SCHOOL_YEARS = {
    **each("school", "schooljaar;cursusjaar"),
    **each("study", "studiejaar;collegejaar;academiejaar"),
    **each("session", "vergaderjaar;zittingsjaar;parlementair jaar"),
}
FEAST_WORDS = {
    **each("kerst", "kerst;kerstmis;kerstdagen;kerstperiode"), **each("pasen", "pasen;paasdagen;paasweekend"),
    **each("pinksteren", "pinksteren;pinksterdagen"), **each("hemelvaart", "hemelvaart;hemelvaartsdag"),
    **each("nieuwjaar", "nieuwjaar;nieuwjaarsdag"), **each("feestdagen", "feestdagen"),
    **each("jaarwisseling", "jaarwisseling;oud-en-nieuw;jaareinde;oudejaarsdag"), **each("koningsdag", "koningsdag"),
    **each("bevrijdingsdag", "bevrijdingsdag"), **each("sinterklaas", "sinterklaas"),
}  # fmt: skip

# Words that begin the name of a time, or are one; without such a word, a number or an ordinal there is no name.
HEADS = frozenset(
    [*MONTHS, *SHORT_MONTHS, *WEEKDAYS, *SEASON_WORDS, *RECESS_WORDS, *BUDGET_WORDS, *CIRCULARS, *FEAST_WORDS,
     *SCHOOL_YEARS, *DAY_WORDS, *UNIT_WORDS, *EVERY, *TIMES_WORDS,
     *"kalenderjaar begrotingsjaar weekend werkweek trimester tertaal viermaandsperiode semester jaarhelft".split(),
     *"periode tijd fase middag ochtend avond nazomer oud half helft laatste vroege late vroeg laat".split(),
     *"suppletoire jaarverslag jaarverslagen departementaal departementale".split(),
     *"academisch parlementair parlementaire".split()]
)  # fmt: skip
