"""The words that the two chambers use for papers and for the state of a toezegging, as tables.

Data only. A word that is missing here is never an error: it passes through as the register wrote it and is reported,
and a row in this file makes it known. Statuses are the words of `rules.commitment.Status`, without importing it.
"""

from collections.abc import Mapping

from sources.document import Kind, fold

STATUSES: Mapping[str, str] = {  # as written by a register (case ignored) -> our word
    "openstaand": "open",
    "open": "open",
    "in behandeling": "in_progress",  # lists of the ministries
    "afgehandeld": "fulfilled",
    "voldaan": "fulfilled",  # official XSD of 2023
    "afgedaan": "fulfilled",  # rows seen since 2025
    "nagekomen": "fulfilled",
    "deels voldaan": "partly",
    "deels afgedaan": "partly",
    "vervallen": "lapsed",
    "afgevoerd": "lapsed",
    "niet nagekomen": "open",  # a judgement, not an end: the promise still stands
}

PAPERS: Mapping[str, Kind] = {  # Soort of a Document of the Tweede Kamer, as spelled there
    "Aanbiedingsbrief": Kind.LETTER,
    "Aanhangsel van de Handelingen": Kind.ANSWER,
    "Advies aan Presidium": Kind.OTHER,
    "Agenda plenaire vergadering": Kind.OTHER,
    "Agenda procedurevergadering": Kind.OTHER,
    "Amendement": Kind.MOTION,
    "Antwoord schriftelijke vragen": Kind.ANSWER,
    "Antwoord schriftelijke vragen (nader)": Kind.ANSWER,
    "Begrotingstoelichting": Kind.BILL,
    "Besluitenlijst procedurevergadering": Kind.OTHER,
    "Bijgewerkte tekst": Kind.BILL,
    "Bijlage": Kind.ANNEX,
    "Brief commissie": Kind.OTHER,
    "Brief commissie aan bewindspersoon": Kind.OTHER,
    "Brief Eerste Kamer": Kind.OTHER,
    "Brief Kamer": Kind.OTHER,
    "Brief lid / fractie": Kind.OTHER,
    "Brief Presidium": Kind.OTHER,
    "Brief regering": Kind.LETTER,
    "Convocatie commissieactiviteit": Kind.OTHER,
    "Convocatie inbreng": Kind.OTHER,
    "EU-voorstel": Kind.OTHER,
    "Eindtekst": Kind.BILL,
    "Geleidende brief": Kind.LETTER,
    "Groenboek/witboek": Kind.OTHER,
    "Initiatiefnota": Kind.OTHER,
    "Interpellatievragen": Kind.QUESTION,
    "Jaarverslag": Kind.REPORT,
    "Koninklijke boodschap": Kind.BILL,
    "Lijst met EU-voorstellen": Kind.OTHER,
    "Lijst van ingekomen stukken": Kind.OTHER,
    "Lijst van vragen": Kind.QUESTION,
    "Lijst van vragen en antwoorden": Kind.ANSWER,
    "Mededeling": Kind.OTHER,
    "Mededeling (uitstel antwoord)": Kind.POSTPONEMENT,
    "Mondelinge vragen": Kind.QUESTION,
    "Motie": Kind.MOTION,
    "Motie (gewijzigd/nader)": Kind.MOTION,
    "Nader rapport": Kind.BILL,
    "Nota": Kind.REPORT,
    "Nota van verbetering": Kind.BILL,
    "Nota van wijziging": Kind.BILL,
    "Onderzoeksvoorstel": Kind.OTHER,
    "Oorspronkelijke tekst": Kind.BILL,
    "Overig": Kind.OTHER,
    "Position paper": Kind.OTHER,
    "Raming van de uitgaven": Kind.BILL,
    "Schriftelijke vragen": Kind.QUESTION,
    "Sprekerslijst": Kind.OTHER,
    "Stemmingslijst": Kind.OTHER,
    "Stemmingsuitslagen": Kind.OTHER,
    "Stenogram": Kind.DEBATE,
    "Verslag houdende een lijst van vragen en antwoorden": Kind.ANSWER,
    "Verslag van een schriftelijk overleg": Kind.ANSWER,
    "Voordracht": Kind.OTHER,
    "Wetenschappelijke factsheet": Kind.REPORT,
}

FAMILIES: tuple[tuple[str, Kind], ...] = (  # beginnings, for words of which new ones keep coming
    ("Advies ", Kind.OTHER),
    ("Adviesaanvraag ", Kind.OTHER),
    ("Brief ", Kind.OTHER),
    ("Inbreng verslag", Kind.QUESTION),
    ("Memorie van toelichting", Kind.BILL),
    ("Nota n.a.v. het", Kind.BILL),
    ("Nota van wijziging", Kind.BILL),
    ("Rapport", Kind.REPORT),
    ("Reactie initiatiefnemer", Kind.OTHER),
    ("Verslag van een", Kind.DEBATE),
    ("Verslag ", Kind.OTHER),
    ("Voorlichting ", Kind.OTHER),
    ("Voorstel ", Kind.BILL),
    ("Wijzigingen voorgesteld", Kind.BILL),
)

PLENARY = frozenset(  # kinds of meeting with a page under plenaire_vergaderingen; all others are meetings of committees
    fold(word)
    for word in (
        "Plenair debat", "Interpellatiedebat", "Vragenuur", "Stemmingen", "Hamerstukken", "Regeling van werkzaamheden",
        "Beëdiging", "Herdenking", "Afscheid", "Opening", "Sluiting", "Mededelingen", "Constituerende vergadering",
    )
)  # fmt: skip

_STATUSES = {fold(word): status for word, status in STATUSES.items()}
_PAPERS = {fold(word): kind for word, kind in PAPERS.items()}


def status_of(raw: str) -> str | None:
    """Our word for a register's status; None for a word that no row knows."""
    return _STATUSES.get(fold(raw))


def kind_of(raw: str) -> Kind | None:
    """Our kind for a Soort, by its own row or its family; None for a word that neither knows."""
    word = fold(raw)
    family = (kind for start, kind in FAMILIES if word.startswith(fold(start)))
    return _PAPERS.get(word) or next(family, None)
