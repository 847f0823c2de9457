"""From reading to remembering: `track` (a sentence of a letter), `tracked_from_register` (a row of a register),
`register_events` (a row that changed), `restates` (is it the same promise?) and `restating` (what follows if so).

Pure. What counts as a promise is `rules.extraction`, what events change is `rules.life`; the words of the registers'
statuses stand here, and a word that is not among them is kept raw and leaves the promise open.
"""

import re
from datetime import date, datetime

from rapidfuzz import fuzz

from rules.calendar import Calendar
from rules.commitment import Actor, Commitment, Found, Place, Status, identity
from rules.deadline import Deadline, Precision, day_of
from rules.event import Event, EventKind, Evidence, event_key
from rules.expecting import with_steps
from rules.offices import ministries_in, related
from rules.policy import Policy
from rules.resolve import find
from sources.document import Document, Letter, Section, fold
from sources.references import canonical, dossier_of, references_in

BEFORE, AFTER = 600, 300  # characters around a quote in which its sentences of context are looked for
SENTENCE_END = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?][)”»]))(?<!\b\w\.)(?<!\b(?:nr|jl|ca|mr|dr)\.)\s+(?=[A-ZÀ-Ý«“\"'(])|\n\s*\n"
)
MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
WRITTEN_DAY = re.compile(r"(\d{1,2})\s+([a-z]+)\s+(\d{4})")

# What a row of a register that changed its state makes happen.
REGISTER_EVENT = {
    Status.OPEN: EventKind.REOPENED,
    Status.IN_PROGRESS: EventKind.PROGRESS,
    Status.PARTLY: EventKind.PARTLY,
    Status.FULFILLED: EventKind.FULFILLED,
    Status.LAPSED: EventKind.LAPSED,
}
REGISTERS = {
    "tweedekamer": "het register van de Tweede Kamer",
    "eerste_kamer": "het register van de Eerste Kamer",
}

# What the ministries of `rules.offices` call themselves.
MINISTRIES = {
    "AZ": "Algemene Zaken",
    "BZK": "Binnenlandse Zaken en Koninkrijksrelaties",
    "VRO": "Volkshuisvesting en Ruimtelijke Ordening",
    "WWI": "Wonen, Wijken en Integratie",
    "VROM": "Volkshuisvesting, Ruimtelijke Ordening en Milieubeheer",
    "BZ": "Buitenlandse Zaken",
    "BHOS": "Buitenlandse Zaken",
    "DEF": "Defensie",
    "EZ": "Economische Zaken",
    "EL&I": "Economische Zaken, Landbouw en Innovatie",
    "EZK": "Economische Zaken en Klimaat",
    "KGG": "Klimaat en Groene Groei",
    "LNV": "Landbouw, Natuur en Voedselkwaliteit",
    "LVVN": "Landbouw, Visserij, Voedselzekerheid en Natuur",
    "FIN": "Financiën",
    "VenW": "Verkeer en Waterstaat",
    "IenM": "Infrastructuur en Milieu",
    "IenW": "Infrastructuur en Waterstaat",
    "Justitie": "Justitie",
    "VenJ": "Veiligheid en Justitie",
    "JenV": "Justitie en Veiligheid",
    "AenM": "Asiel en Migratie",
    "OCW": "Onderwijs, Cultuur en Wetenschap",
    "SZW": "Sociale Zaken en Werkgelegenheid",
    "VWS": "Volksgezondheid, Welzijn en Sport",
}
SIGNATORIES = re.compile(r"[\n;]|,?\s+(?:en|mede namens)\s+(?:de\s+)?(?=minister|staatssecretaris)", re.IGNORECASE)

# Words that any promise may have; what is left tells one promise from another.
COMMON = frozenset(
    "ik wij we het de een kabinet minister ministers staatssecretaris regering zal zullen ga gaan kan kunnen wil zeg"
    " toe toegezegd toezegging uw kamer tweede eerste u hierover daarover over dit dat deze die er van voor na met om"
    " te in op aan en of als dan door bij naar uit per tot ook nog al zo zodra daarbij hierbij daarvoor hiervoor"
    " informeren informeer geinformeerd geïnformeerd stuur sturen zend zenden toesturen ontvangt ontvangen doe toekomen"
    " kom komen terug brief schriftelijk nader nadere verder voorjaar najaar zomer zomerreces kerst kerstreces reces"
    " begin eind einde medio jaar dit volgend komend loop kwartaal januari februari maart april mei juni juli augustus"
    " september oktober november december uiterlijk naar verwachting is zijn wordt worden heb heeft hebben was".split()
)
FEW_WORDS = 4  # a promise with fewer words of its own says the same as many others
ALIKE, ALIKE_ORDER = 92.0, 80.0


# --- a sentence of a letter --------------------------------------------------------------------------------------


def track(
    found: Found, letter: Letter, document: Document, policy: Policy, calendar: Calendar | None = None
) -> Commitment:
    """The promise to remember, PROPOSED when its confidence is below `policy.review_below`."""
    made_on = letter.written_on or document.published_on
    actor = _actor(found, letter, document)
    own = _own(letter, document)
    context = context_of(found, letter)
    place = Place(
        document=document.key,
        url=document.url or letter.url,
        title=document.title or letter.title or letter.subject,
        start=found.start,
        end=found.end,
    )
    commitment = Commitment(
        id=identity(found.quote, made_on, actor.office),
        quote=found.quote,
        context=context,
        actor=actor,
        addressee=found.addressee or letter.addressee,
        ministry=_stated_ministry(document) or ministry_of(actor.office) or ministry_of(letter.sender),
        kind=found.kind,
        strength=found.strength,
        action=found.action,
        made_on=made_on,
        places=(place,),
        own=own,
        references=_references(found, letter, document, context, own),
        deadlines=(found.deadline,) if found.deadline else (),
        status=Status.PROPOSED if found.confidence < policy.review_below else Status.OPEN,
        confidence=found.confidence,
        reasons=found.reasons,
        facts={"section": found.section} if found.section else {},
    )
    return with_steps(commitment, calendar)


def context_of(found: Found, letter: Letter) -> str:
    """The subject of the letter and the sentences around the quote, as far as they stand in the same section."""
    first, last = _bounds(found, letter)
    before = SENTENCE_END.split(letter.text[max(first, found.start - BEFORE) : found.start].strip())[-2:]
    after = SENTENCE_END.split(letter.text[found.end : min(last, found.end + AFTER)].strip())[:1]
    parts = [letter.subject or letter.title, *before, found.quote, *after]
    return "\n".join(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def ministry_of(office: str) -> str:
    """The ministry that an office belongs to, the first one where several sign; empty when none is named."""
    for name in SIGNATORIES.split(office):
        codes = sorted(ministries_in(name))
        if codes:
            return MINISTRIES.get(codes[0], codes[0])
    return ""


def _actor(found: Found, letter: Letter, document: Document) -> Actor:
    """The signatory's name belongs to the promise only where the signatory acts."""
    actor = found.actor
    office = actor.office or letter.sender or document.office
    signs = not actor.office or fold(actor.office) == fold(letter.sender)
    return Actor(
        office=office, person=actor.person or (letter.sender_person if signs else ""), as_written=actor.as_written
    )


def _own(letter: Letter, document: Document) -> tuple[str, ...]:
    numbers = [canonical(letter.reference)] if letter.reference else []
    return tuple(dict.fromkeys([*document.identifiers, *letter.identifiers, *numbers]))


def _references(
    found: Found, letter: Letter, document: Document, context: str, own: tuple[str, ...]
) -> tuple[str, ...]:
    """What the keeping paper may cite: of the sentence and its context first, then questions and dossiers."""
    stated = [f"dossier:{number}" for number in document.facts.get("dossier", "").split("|") if number]
    everywhere = [ref for ref in (*letter.references, *document.references) if ref.startswith("dossier:")]
    near = [*found.references, *references_in(context)]
    dossiers = [dossier for paper in own if (dossier := dossier_of(paper))]
    named = dict.fromkeys([*near, *letter.questions, *dossiers, *stated, *everywhere])
    return tuple(reference for reference in named if reference not in own)


def _bounds(found: Found, letter: Letter) -> tuple[int, int]:
    holding = [s for s in letter.sections if s.start <= found.start and found.end <= s.end]
    inner = min(holding, key=_size, default=None)
    return (inner.start, inner.end) if inner else (0, len(letter.text))


def _size(section: Section) -> int:
    return section.end - section.start


def _stated_ministry(document: Document) -> str:
    """The ministry as the source itself names it, without "Ministerie van"."""
    stated = document.facts.get("ministry", "").split("|")[0]
    bare = re.sub(r"(?i)^\s*ministerie\s+van\s+", "", stated).strip()
    return ministry_of(bare) or bare


# --- a row of a register -----------------------------------------------------------------------------------------


def tracked_from_register(document: Document, calendar: Calendar | None = None) -> Commitment:
    """A row of a register (`Kind.REGISTER`) as a promise. Read from its facts: ``status`` (the register's own word),
    ``state`` (ours for it), ``ministry``, ``person``, ``addressee``, ``members``, ``deadline``, ``earlier_deadlines``,
    ``fulfilled_by``, ``fulfilled_on`` and ``dossier``.

    The raw word stays in ``facts["register"]``; a word without a state leaves the promise open. A term is the
    register's own, else what the words of the promise say (the Tweede Kamer's register keeps no terms).
    """
    quote = document.text.strip() or document.title
    actor = Actor(office=document.office, person=document.facts.get("person", ""))
    number = next(iter(document.identifiers), document.key)
    commitment = Commitment(
        id=identity(f"{number} {quote if number == document.key else ''}", None, "register"),
        quote=quote,
        context="\n".join(dict.fromkeys(part for part in (document.title, quote) if part)),
        actor=actor,
        addressee=document.facts.get("addressee", ""),
        ministry=_stated_ministry(document) or ministry_of(document.office),
        made_on=document.published_on,
        places=(Place(document=document.key, url=document.url, title=document.title, end=len(quote)),),
        own=document.identifiers,
        references=_register_references(document),
        deadlines=_register_terms(document, quote, calendar or Calendar()),
        status=_state(document) or Status.OPEN,
        reasons=(f"staat in {_register_name(document)}",),
        facts=_register_facts(document),
    )
    return with_steps(commitment, calendar)


def _register_facts(document: Document) -> dict[str, str]:
    stated = document.facts
    facts = {**_register_words(document), "register_key": document.key, "member": stated.get("members", "")}
    if _state(document) is Status.FULFILLED:
        facts |= {"status_paper": document.key, "status_on": stated.get("fulfilled_on", "")}
    return {name: value for name, value in facts.items() if value}


def _register_words(document: Document) -> dict[str, str]:
    """What the register says of the keeping: its word, ours for it, the letters that it calls the keeping."""
    stated = document.facts
    words = {"register": "status", "register_state": "state", "fulfilled_by": "fulfilled_by"}
    return {ours: stated.get(theirs, "") for ours, theirs in words.items()}


def _state(document: Document) -> Status | None:
    """The state that the source read in the register's word; None for a word that no table knows."""
    return _status(document.facts.get("state", ""))


def _status(word: str) -> Status | None:
    return Status(word) if word in set(Status) else None


def register_events(commitment: Commitment, document: Document, now: datetime) -> tuple[Event, ...]:
    """What a changed row of a register means for its promise: another status, another term, or only another word."""
    word = document.facts.get("status", "")
    events = []
    if word and fold(word) != fold(commitment.facts.get("register", "")):
        events.append(_register_event(commitment, document, word, now))
    term = _stated_term(document)
    if term and term.latest and all(term.latest != known.latest for known in commitment.deadlines):
        data = {"latest": term.latest.isoformat(), "term": term.text, "precision": Precision.DAY.value}
        events.append(
            _row_event(EventKind.POSTPONED, commitment, document, term.latest.isoformat(), data=data, now=now)
        )
    return tuple(events)


def conflict(commitment: Commitment) -> str:
    """Where the register and we differ: ``register_kept`` (it says kept, we do not), ``register_open`` (the reverse).

    Empty when they agree, when there is no register, or when its word is unknown.
    """
    stated = _status(commitment.facts.get("register_state", ""))
    if stated is Status.FULFILLED and commitment.status.watched:
        return "register_kept"
    if stated in (Status.OPEN, Status.IN_PROGRESS, Status.PARTLY) and commitment.status is Status.FULFILLED:
        return "register_open"
    return ""


def _register_event(commitment: Commitment, document: Document, word: str, now: datetime) -> Event:
    """A status that only the register gave may be taken back by it; ours is left, and the difference is shown."""
    status = _state(document)
    kind = REGISTER_EVENT.get(status, EventKind.RESTATED) if status else EventKind.RESTATED
    rests_on_row = commitment.facts.get("status_paper", document.key) == document.key
    if kind is EventKind.REOPENED and (commitment.status.watched or not rests_on_row):
        kind = EventKind.RESTATED
    data = {name: value for name, value in _register_words(document).items() if value}
    kept_on = day_of(document.facts.get("fulfilled_on", ""))
    if kept_on and kind in (EventKind.FULFILLED, EventKind.PARTLY):
        data["published_on"] = kept_on.isoformat()
    changed = (document.modified_at or now).date().isoformat()
    return _row_event(kind, commitment, document, f"{fold(word)}:{changed}", data=data, now=now)


def _row_event(
    kind: EventKind, commitment: Commitment, document: Document, what: str, *, data: dict[str, str], now: datetime
) -> Event:
    subject = f"{document.key}#{what}"
    word = data.get("register", "")
    text = (
        f"{_register_name(document)} zegt: {word}" if word else f"{_register_name(document)} noemt een nieuwe termijn"
    )
    return Event(
        key=event_key(commitment.id, kind, subject),
        kind=kind,
        at=now,
        commitment=commitment.id,
        subject=subject,
        document=document.key,
        reasons=(Evidence(signal="register", weight=1.0, text=text),),
        data=data,
    )


def _register_name(document: Document) -> str:
    return REGISTERS.get(document.source, "een register van toezeggingen")


def _register_references(document: Document) -> tuple[str, ...]:
    stated = [f"dossier:{number}" for number in document.facts.get("dossier", "").split("|") if number]
    named = dict.fromkeys([*document.references, *references_in(document.text), *stated])
    return tuple(reference for reference in named if reference not in document.identifiers)


def _stated_term(document: Document) -> Deadline | None:
    written = document.facts.get("deadline", "")
    latest = day_of(written) or _written_day(written)
    return Deadline(text=written, latest=latest, precision=Precision.DAY, rule="register") if latest else None


def _register_terms(document: Document, quote: str, calendar: Calendar) -> tuple[Deadline, ...]:
    """The terms that the register names, moved ones first; else the one that the words of the promise mean."""
    stated = _stated_term(document)
    earlier = [day for text in document.facts.get("earlier_deadlines", "").split("|") if (day := day_of(text))]
    moved = [Deadline(text="", latest=day, precision=Precision.DAY, rule="register") for day in earlier]
    if stated or document.published_on is None:
        return (*moved, stated) if stated else ()
    spans = [span.deadline for span in find(quote, document.published_on, calendar)]
    ahead = [term for term in spans if term.latest and term.latest >= document.published_on]
    return tuple((ahead or [term for term in spans if term.recurring])[:1])


def _written_day(text: str) -> date | None:
    match = WRITTEN_DAY.search(fold(text))
    if match is None or match[2] not in MONTHS:
        return None
    return day_of(f"{match[3]}-{MONTHS.index(match[2]) + 1:02}-{int(match[1]):02}")


# --- the same promise elsewhere ----------------------------------------------------------------------------------


def restates(a: Commitment, b: Commitment) -> bool:
    """Whether both are one promise: in summary and body, in two publications of a letter, or repeated in a later one.

    Promises with hardly a word of their own ("ik kom hier schriftelijk op terug") are one only in the same paper or on
    the same day; figures that differ make two promises, however alike the words; so do two offices.
    """
    if a.id == b.id:
        return True
    if not _same_house(a, b):
        return False
    words_a, words_b = _own_words(a), _own_words(b)
    if min(len(words_a), len(words_b)) < FEW_WORDS:
        return words_a == words_b and _together(a, b) and fold(a.quote) == fold(b.quote)
    if _figures(words_a) != _figures(words_b):
        return False
    one, other = " ".join(words_a), " ".join(words_b)
    alike = fuzz.token_set_ratio(one, other) >= ALIKE and fuzz.token_sort_ratio(one, other) >= ALIKE_ORDER
    contained = _together(a, b) and fuzz.token_set_ratio(one, other) >= ALIKE
    return alike or contained


def restating(known: Commitment, again: Commitment, now: datetime) -> tuple[Event, ...]:
    """What follows when a promise is read again: one more place, and a later term where the paper names one."""
    place = again.places[0]
    data = {
        "url": place.url,
        "title": place.title,
        "start": str(place.start),
        "end": str(place.end),
        "own": "|".join(again.own),
        "references": "|".join(again.references),
    }
    found = [_again(EventKind.RESTATED, known, place, data, now)]
    term = again.deadline
    if term and _later_term(known, again):
        days = {"earliest": term.earliest, "latest": term.latest}
        moved = {name: day.isoformat() for name, day in days.items() if day}
        moved |= {"term": term.text, "precision": term.precision.value}
        found.append(_again(EventKind.POSTPONED, known, place, moved, now))
    return tuple(found)


def _again(kind: EventKind, known: Commitment, place: Place, data: dict[str, str], now: datetime) -> Event:
    return Event(
        key=event_key(known.id, kind, place.document),
        kind=kind,
        at=now,
        commitment=known.id,
        subject=place.document,
        document=place.document,
        data={name: value for name, value in data.items() if value},
    )


def _later_term(known: Commitment, again: Commitment) -> bool:
    """A younger paper names a later last day, or the first one. An older paper that is read late moves nothing."""
    if known.made_on is None or again.made_on is None or again.made_on <= known.made_on:
        return False
    old, new = known.deadline, again.deadline
    if new is None or new.latest is None or new.recurring or (old is not None and old.recurring):
        return False
    return old is None or old.latest is None or new.latest > old.latest


def _same_house(a: Commitment, b: Commitment) -> bool:
    """Ministries that look after the same field (they are renamed and split), or one of them unknown."""
    first, second = (ministries_in(one.ministry or one.actor.office) for one in (a, b))
    return not first or not second or related(first, second)


def _together(a: Commitment, b: Commitment) -> bool:
    """In the same paper, or made on the same day."""
    places = {p.document for p in a.places} & {p.document for p in b.places}
    return bool(places or set(a.own) & set(b.own)) or (a.made_on is not None and a.made_on == b.made_on)


def _own_words(commitment: Commitment) -> list[str]:
    """The quote without its terms (a repeated promise may name a new one) and without what any promise says."""
    quote = fold(commitment.quote)
    for term in filter(None, (fold(deadline.text) for deadline in commitment.deadlines)):
        quote = quote.replace(term, " ")
    return [word for word in re.findall(r"\w+", quote) if word not in COMMON]


def _figures(words: list[str]) -> set[str]:
    return {word for word in words if word.isdigit()}
