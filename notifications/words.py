"""What we say, in Dutch and in English: every kind of event, every status, every kind of promise, every fixed phrase.

Data and the few functions that read it. Dutch at level B1: short sentences, common words, active voice. Careful by
rule: we say what we found ("volgens ons", "wij vonden geen stuk"), never that somebody failed; a term that we set
ourselves is called ours. A test demands words for every member of every vocabulary.
"""

from dataclasses import dataclass
from enum import StrEnum

from rules.commitment import Promise, Status, Strength
from rules.event import EventKind
from sources.document import Kind


class Language(StrEnum):
    NL = "nl"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing in two languages."""

    nl: str
    en: str

    def in_(self, language: Language) -> str:
        return self.nl if language is Language.NL else self.en


class Tone(StrEnum):
    """How a view may mark a happening; never by colour alone, the word is always there too."""

    GOOD = "good"
    ATTENTION = "attention"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """headline: in subjects and titles. sentence: what happened; may use ``{day} {source} {by}``.

    one/many: for counts, after the number. Where a person decided, `PERSON` has other words.
    """

    headline: Said
    sentence: Said
    one: Said
    many: Said
    tone: Tone = Tone.NEUTRAL


class Notice(StrEnum):
    """What is said about a subscription itself and not about a promise."""

    CONFIRM = "confirm"
    LINK = "link"
    TEST = "test"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeWords:
    """heading: also the subject. sentences: may use ``{days}``. button: the words on the link, where there is one."""

    heading: Said
    sentences: tuple[Said, ...]
    button: Said


E = EventKind
EVENTS: dict[EventKind, EventWords] = {
    E.MADE: EventWords(
        headline=Said("Nieuwe toezegging", "New promise"),
        sentence=Said("Wij vonden een nieuwe toezegging.", "We found a new promise."),
        one=Said("nieuwe toezegging", "new promise"),
        many=Said("nieuwe toezeggingen", "new promises"),
    ),
    E.RESTATED: EventWords(
        headline=Said("Toezegging herhaald", "Promise repeated"),
        sentence=Said(
            "Dezelfde toezegging staat ook in een ander stuk.", "The same promise also stands in another paper."
        ),
        one=Said("herhaalde toezegging", "repeated promise"),
        many=Said("herhaalde toezeggingen", "repeated promises"),
    ),
    E.FOLLOW_UP: EventWords(
        headline=Said("Mogelijk vervolg gevonden", "Possible follow-up found"),
        sentence=Said(
            "Dit stuk hoort misschien bij de toezegging. Wij weten niet of het de toezegging nakomt.",
            "This paper may belong to the promise. We do not know whether it keeps the promise.",
        ),
        one=Said("mogelijk vervolg", "possible follow-up"),
        many=Said("mogelijke vervolgen", "possible follow-ups"),
    ),
    E.PROGRESS: EventWords(
        headline=Said("Voortgang gevonden", "Progress found"),
        sentence=Said(
            "Dit stuk laat voortgang zien. Volgens ons is de toezegging nog niet helemaal nagekomen.",
            "This paper shows progress. In our view the promise has not been fully kept yet.",
        ),
        one=Said("keer voortgang", "sign of progress"),
        many=Said("keer voortgang", "signs of progress"),
    ),
    E.PARTLY: EventWords(
        headline=Said("Volgens ons deels nagekomen", "Partly kept, in our view"),
        sentence=Said(
            "Volgens ons komt dit stuk een deel van de toezegging na. Een deel staat nog open.",
            "In our view this paper keeps part of the promise. Part of it is still open.",
        ),
        one=Said("deels nagekomen", "partly kept"),
        many=Said("deels nagekomen", "partly kept"),
        tone=Tone.GOOD,
    ),
    E.FULFILLED: EventWords(
        headline=Said("Volgens ons nagekomen", "Kept, in our view"),
        sentence=Said("Volgens ons komt dit stuk de toezegging na.", "In our view this paper keeps the promise."),
        one=Said("nagekomen", "kept"),
        many=Said("nagekomen", "kept"),
        tone=Tone.GOOD,
    ),
    E.DUE_SOON: EventWords(
        headline=Said("Termijn loopt bijna af", "Term ends soon"),
        sentence=Said(
            "De termijn loopt tot en met {day}. Wij vonden nog geen stuk dat de toezegging nakomt.",
            "The term runs until {day}. We have not yet found a paper that keeps the promise.",
        ),
        one=Said("termijn loopt bijna af", "term ends soon"),
        many=Said("termijnen lopen bijna af", "terms end soon"),
        tone=Tone.ATTENTION,
    ),
    E.OVERDUE: EventWords(
        headline=Said("Niet binnen de termijn gevonden", "Not found within the term"),
        sentence=Said(
            "De termijn liep tot en met {day}. De termijn is verstreken en wij vonden geen stuk dat de toezegging "
            "nakomt. Dat betekent niet dat er niets is gebeurd: wij zien alleen wat openbaar is.",
            "The term ran until {day}. The term has passed and we found no paper that keeps the promise. "
            "That does not mean that nothing was done: we only see what is public.",
        ),
        one=Said("niet binnen de termijn gevonden", "not found within the term"),
        many=Said("niet binnen de termijn gevonden", "not found within the term"),
        tone=Tone.ATTENTION,
    ),
    E.POSTPONED: EventWords(
        headline=Said("Uitgesteld", "Postponed"),
        sentence=Said("Er is een nieuwe termijn genoemd: tot en met {day}.", "A new term has been named: until {day}."),
        one=Said("uitgesteld", "postponed"),
        many=Said("uitgesteld", "postponed"),
        tone=Tone.ATTENTION,
    ),
    E.LAPSED: EventWords(
        headline=Said("Vervallen", "Lapsed"),
        sentence=Said(
            "De toezegging geldt niet meer. Wij zoeken niet verder.",
            "The promise no longer applies. We have stopped looking.",
        ),
        one=Said("vervallen", "lapsed"),
        many=Said("vervallen", "lapsed"),
    ),
    E.SUPERSEDED: EventWords(
        headline=Said("Vervangen", "Replaced"),
        sentence=Said(
            "Een andere toezegging komt hiervoor in de plaats.", "Another promise takes the place of this one."
        ),
        one=Said("vervangen", "replaced"),
        many=Said("vervangen", "replaced"),
    ),
    E.REOPENED: EventWords(
        headline=Said("Weer open", "Open again"),
        sentence=Said(
            "De toezegging staat weer open. Wij zoeken verder.", "The promise is open again. We go on looking."
        ),
        one=Said("weer open", "open again"),
        many=Said("weer open", "open again"),
        tone=Tone.ATTENTION,
    ),
    E.CONFIRMED: EventWords(
        headline=Said("Bevestigd", "Confirmed"),
        sentence=Said("Na controle: dit is een toezegging.", "After a check: this is a promise."),
        one=Said("bevestigd", "confirmed"),
        many=Said("bevestigd", "confirmed"),
    ),
    E.REJECTED: EventWords(
        headline=Said("Afgewezen", "Rejected"),
        sentence=Said("Na controle: dit is geen toezegging.", "After a check: this is not a promise."),
        one=Said("afgewezen", "rejected"),
        many=Said("afgewezen", "rejected"),
    ),
    E.MERGED: EventWords(
        headline=Said("Samengevoegd", "Merged"),
        sentence=Said(
            "Deze toezegging is dezelfde als een andere. Zij staan nu op één pagina; het oude adres blijft werken.",
            "This promise is the same as another. They now share one page; the old address keeps working.",
        ),
        one=Said("samengevoegd", "merged"),
        many=Said("samengevoegd", "merged"),
    ),
    E.STEP: EventWords(
        headline=Said("Stap aangepast", "Step changed"),
        sentence=Said(
            "{by} heeft een besluit genomen over een stap van de toezegging.",
            "{by} has decided about a step of the promise.",
        ),
        one=Said("stap aangepast", "step changed"),
        many=Said("stappen aangepast", "steps changed"),
    ),
    E.SOURCE_SILENT: EventWords(
        headline=Said("Bron niet te lezen", "Source cannot be read"),
        sentence=Said(
            "Wij konden de bron {source} niet lezen. Daardoor kunnen wij stukken missen. Zolang dat zo is, melden wij "
            "niet dat een termijn is verstreken als het stuk in deze bron had kunnen staan.",
            "We could not read the source {source}. So we may miss papers. While that lasts we do not say that a term "
            "has passed where the paper could have been in this source.",
        ),
        one=Said("bron niet te lezen", "source cannot be read"),
        many=Said("bronnen niet te lezen", "sources cannot be read"),
        tone=Tone.ATTENTION,
    ),
    E.SOURCE_BACK: EventWords(
        headline=Said("Bron weer te lezen", "Source can be read again"),
        sentence=Said(
            "Wij kunnen de bron {source} weer lezen. Wij halen in wat wij misten.",
            "We can read the source {source} again. We are catching up on what we missed.",
        ),
        one=Said("bron weer te lezen", "source can be read again"),
        many=Said("bronnen weer te lezen", "sources can be read again"),
    ),
}

# Other words where a person decided: then it is no longer only "in our view".
PERSON: dict[EventKind, tuple[Said, Said]] = {
    E.FULFILLED: (
        Said("Nagekomen", "Kept"),
        Said("{by} heeft bekeken dat de toezegging is nagekomen.", "{by} has checked that the promise was kept."),
    ),
    E.PARTLY: (
        Said("Deels nagekomen", "Partly kept"),
        Said(
            "{by} heeft bekeken dat een deel van de toezegging is nagekomen.",
            "{by} has checked that part of the promise was kept.",
        ),
    ),
}

# Other words where the decision is about a paper and not about the promise itself.
ABOUT_PAPER: dict[EventKind, tuple[Said, Said]] = {
    E.CONFIRMED: (
        Said("Vervolg bevestigd", "Follow-up confirmed"),
        Said("Na controle: dit stuk hoort bij de toezegging.", "After a check: this paper belongs to the promise."),
    ),
    E.REJECTED: (
        Said("Vervolg afgewezen", "Follow-up rejected"),
        Said(
            "Na controle: dit stuk komt de toezegging niet na. Wij zoeken verder.",
            "After a check: this paper does not keep the promise. We go on looking.",
        ),
    ),
}

# Other words where the term is ours (``event.data["horizon"] == "ours"``): nobody promised that day.
OURS: dict[EventKind, tuple[Said, Said]] = {
    E.DUE_SOON: (
        Said("Bijna tijd om te vragen", "Almost time to ask"),
        Said(
            "Er is geen termijn genoemd. Op {day} vragen wij zelf of er een vervolg is. Die datum is van ons, niet van "
            "de minister.",
            "No term was named. On {day} we ourselves ask whether there is a follow-up. That day is ours, not the "
            "minister's.",
        ),
    ),
    E.OVERDUE: (
        Said("Nog geen vervolg gevonden", "No follow-up found yet"),
        Said(
            "Er is geen termijn genoemd. Wij kijken zelf op {day} of er een vervolg is, en wij vonden geen stuk dat de "
            "toezegging nakomt. Die datum is van ons, niet van de minister.",
            "No term was named. We ourselves look on {day} whether there is a follow-up, and we found no paper that "
            "keeps the promise. That day is ours, not the minister's.",
        ),
    ),
}

# The sentence of a kind whose day is not known.
NO_DAY: dict[EventKind, Said] = {
    E.DUE_SOON: Said(
        "De termijn loopt bijna af. Wij vonden nog geen stuk dat de toezegging nakomt.",
        "The term ends soon. We have not yet found a paper that keeps the promise.",
    ),
    E.OVERDUE: Said(
        "De termijn is verstreken en wij vonden geen stuk dat de toezegging nakomt. Dat betekent niet dat er niets is "
        "gebeurd: wij zien alleen wat openbaar is.",
        "The term has passed and we found no paper that keeps the promise. That does not mean that nothing was done: "
        "we only see what is public.",
    ),
    E.POSTPONED: Said(
        "De termijn is verschoven. Een nieuwe dag is niet genoemd.", "The term was moved. No new day was named."
    ),
}

# The sentence of a decision that rests on no paper that we can show.
NO_PAPER: dict[EventKind, Said] = {
    E.FULFILLED: Said("Volgens ons is de toezegging nagekomen.", "In our view the promise was kept."),
    E.PARTLY: Said(
        "Volgens ons is een deel van de toezegging nagekomen. Een deel staat nog open.",
        "In our view part of the promise was kept. Part of it is still open.",
    ),
    E.FOLLOW_UP: Said(
        "Er is misschien een vervolg. Wij weten niet of het de toezegging nakomt.",
        "There may be a follow-up. We do not know whether it keeps the promise.",
    ),
    E.PROGRESS: Said(
        "Er is voortgang. Volgens ons is de toezegging nog niet helemaal nagekomen.",
        "There is progress. In our view the promise has not been fully kept yet.",
    ),
}

STATUSES: dict[Status, Said] = {
    Status.PROPOSED: Said("nog te beoordelen", "waiting for a check"),
    Status.OPEN: Said("open", "open"),
    Status.IN_PROGRESS: Said("in uitvoering", "in progress"),
    Status.PARTLY: Said("volgens ons deels nagekomen", "partly kept, in our view"),
    Status.FULFILLED: Said("volgens ons nagekomen", "kept, in our view"),
    Status.LAPSED: Said("vervallen", "lapsed"),
    Status.SUPERSEDED: Said("vervangen", "replaced"),
    Status.NOT_MEASURABLE: Said("niet te meten", "not measurable"),
    Status.REJECTED: Said("geen toezegging", "not a promise"),
    Status.MERGED: Said("samengevoegd", "merged"),
}

PROMISES: dict[Promise, Said] = {
    Promise.INFORM: Said("de Kamer informeren", "inform parliament"),
    Promise.PUBLISH: Said("iets publiceren", "publish something"),
    Promise.EVALUATE: Said("evalueren", "evaluate"),
    Promise.RESEARCH: Said("onderzoek doen", "do research"),
    Promise.CONSULT: Said("overleggen", "hold talks"),
    Promise.LEGISLATE: Said("wetgeving maken", "make legislation"),
    Promise.POLICY: Said("beleid maken of uitvoeren", "make or carry out policy"),
    Promise.OTHER: Said("iets anders", "something else"),
}

STRENGTHS: dict[Strength, Said] = {
    Strength.EXPLICIT: Said("duidelijk toegezegd", "promised in so many words"),
    Strength.IMPLICIT: Said("niet letterlijk toegezegd", "promised by implication"),
}

PAPERS: dict[Kind, Said] = {
    Kind.LETTER: Said("Kamerbrief", "letter to parliament"),
    Kind.ANSWER: Said("antwoord op Kamervragen", "answer to parliamentary questions"),
    Kind.POSTPONEMENT: Said("bericht van uitstel", "notice of delay"),
    Kind.QUESTION: Said("Kamervragen", "parliamentary questions"),
    Kind.REPORT: Said("rapport", "report"),
    Kind.ANNEX: Said("bijlage", "annex"),
    Kind.MOTION: Said("motie", "motion"),
    Kind.DEBATE: Said("verslag van een debat", "record of a debate"),
    Kind.BILL: Said("wetsvoorstel", "bill"),
    Kind.REGISTER: Said("register van toezeggingen", "register of promises"),
    Kind.NEWS: Said("nieuwsbericht", "news item"),
    Kind.PAGE: Said("webpagina", "web page"),
    Kind.OTHER: Said("stuk", "paper"),
}

LABELS: dict[str, Said] = {
    "who": Said("Wie", "Who"),
    "to": Said("Aan", "To"),
    "kind": Said("Soort", "Kind"),
    "made": Said("Toegezegd", "Promised"),
    "in": Said("in", "in"),
    "on": Said("op", "on"),
    "term": Said("Termijn", "Term"),
    "old_term": Said("Oude termijn", "Old term"),
    "new_term": Said("Nieuwe termijn", "New term"),
    "margin": Said("Wanneer", "When"),
    "paper": Said("Stuk", "Paper"),
    "source": Said("Bron", "Source"),
    "sureness": Said("Hoe zeker", "How sure"),
    "against": Said("Pleit ertegen: {reason}", "Speaks against it: {reason}"),
    "why": Said("Waarom denken wij dat", "Why we think so"),
    "decided": Said("Beslist door", "Decided by"),
    "machine": Said("automatisch, nog niet door een mens bekeken", "automatically, not yet checked by a person"),
    "note": Said("Toelichting", "Note"),
    "changed": Said("Veranderd in dit stuk", "Changed in this paper"),
    "into": Said("Nu op", "Now at"),
    "state": Said("Stand", "State"),
    "steps": Said("Stappen", "Steps"),
    "look": Said("Bekijk de toezegging", "See the promise"),
    "look_source": Said("Bekijk de bronnen", "See the sources"),
    "read_paper": Said("Lees het stuk", "Read the paper"),
    "no_term": Said("geen termijn genoemd", "no term named"),
    "until": Said("uiterlijk {day}", "by {day} at the latest"),
    "between": Said("van {first} tot en met {day}", "from {first} until {day}"),
    "words": Said("“{text}”", "“{text}”"),
    "our_term": Said("{day} (een datum van ons, niet van de minister)", "{day} (a day of ours, not the minister's)"),
    "recurring": Said("steeds opnieuw", "again and again"),
    "withdrawn": Said("Dit stuk is door de bron ingetrokken.", "The source has withdrawn this paper."),
    "why_you": Said(
        "U krijgt dit bericht omdat u een abonnement hebt", "You get this message because you have a subscription"
    ),
    "manage": Said("Abonnement wijzigen of pauzeren", "Change or pause your subscription"),
    "unsubscribe": Said("Afmelden", "Unsubscribe"),
    "more": Said("Meer", "More"),
    "more_items": Said("En nog {number}, te veel voor dit bericht.", "And {number} more, too many for this message."),
    "digest": Said("Overzicht", "Digest"),
    "blind": Said(
        "Let op: wij konden niet alle bronnen lezen ({sources}). Er kan iets ontbreken.",
        "Please note: we could not read all sources ({sources}). Something may be missing.",
    ),
    "feed_note": Said(
        "Dit is een feed. Zet het adres van deze pagina in uw feedlezer om op de hoogte te blijven.",
        "This is a feed. Put the address of this page into your feed reader to stay informed.",
    ),
    "blind_since": Said("{source} sinds {first}", "{source} since {first}"),
    "blind_on": Said("{source} op {first}", "{source} on {first}"),
    "blind_between": Said("{source} van {first} tot en met {last}", "{source} from {first} until {last}"),
    "caution": Said(
        "Nakoming kijkt alleen naar openbare stukken. Bekijk altijd zelf de bron.",
        "Nakoming only looks at public papers. Always look at the source yourself.",
    ),
}

NOTICES: dict[Notice, NoticeWords] = {
    Notice.CONFIRM: NoticeWords(
        heading=Said("Bevestig uw abonnement", "Confirm your subscription"),
        sentences=(
            Said(
                "Iemand vroeg om berichten van Nakoming op dit adres. Was u dat? Bevestig het dan met de knop.",
                "Somebody asked for messages from Nakoming at this address. Was that you? Then confirm it here.",
            ),
            Said(
                "Was u dat niet? Dan hoeft u niets te doen. U krijgt dan geen berichten van ons.",
                "If it was not you, you need not do anything. You will then get no messages from us.",
            ),
            Said("De link werkt {days} dagen.", "The link works for {days} days."),
        ),
        button=Said("Bevestigen", "Confirm"),
    ),
    Notice.LINK: NoticeWords(
        heading=Said("De link naar uw abonnement", "The link to your subscription"),
        sentences=(
            Said(
                "Met deze link kunt u uw abonnement bekijken, wijzigen, pauzeren of beëindigen.",
                "With this link you can see, change, pause or end your subscription.",
            ),
            Said("Geef de link niet aan anderen.", "Do not pass the link on to others."),
        ),
        button=Said("Naar uw abonnement", "To your subscription"),
    ),
    Notice.TEST: NoticeWords(
        heading=Said("Proefbericht van Nakoming", "Test message from Nakoming"),
        sentences=(
            Said(
                "Dit is een proefbericht. Komt het goed aan, dan komen onze berichten ook aan.",
                "This is a test message. If it arrives well, our messages will arrive too.",
            ),
        ),
        button=Said("Naar Nakoming", "To Nakoming"),
    ),
    Notice.NOTHING: NoticeWords(
        heading=Said("Nog niets voor uw abonnement", "Nothing for your subscription yet"),
        sentences=(
            Said(
                "Wij vonden {days} dagen lang niets dat bij uw abonnement past. Misschien vraagt u om iets te precies.",
                "For {days} days we found nothing that fits your subscription. Perhaps it asks too exactly.",
            ),
            Said(
                "Wij blijven zoeken. Dit bericht sturen wij één keer.",
                "We go on looking. We send this message once.",
            ),
        ),
        button=Said("Naar uw abonnement", "To your subscription"),
    ),
}

# (least score, words): how sure we are that the paper keeps the promise.
SURENESS: tuple[tuple[float, Said], ...] = (
    (0.95, Said("vrijwel zeker", "almost certain")),
    (0.80, Said("zeer waarschijnlijk", "very likely")),
    (0.60, Said("waarschijnlijk", "likely")),
    (0.35, Said("mogelijk", "possible")),
    (0.0, Said("onzeker", "uncertain")),
)


def sureness_words(score: float, language: Language) -> str:
    """``zeer waarschijnlijk (88 %)``. score: 0..1; what lies outside is brought back to it."""
    bounded = min(max(score, 0.0), 1.0)
    words = next(said for least, said in SURENESS if bounded >= least)
    percent = min(int(bounded * 100 + 0.5), 99) if bounded < 1 else 100
    return f"{words.in_(language)} ({percent} %)"


def count_words(kind: EventKind, number: int, language: Language) -> str:
    """``3 nieuwe toezeggingen``."""
    words = EVENTS[kind]
    return f"{number} {(words.one if number == 1 else words.many).in_(language)}"


def label(name: str, language: Language, **values: str) -> str:
    """A fixed phrase by its name in `LABELS`, with its blanks filled in."""
    return LABELS[name].in_(language).format(**values)
