"""What kind of paper a title or a ministry's word names, for sources that give no better. A table, no fetching."""

import re
from collections.abc import Mapping

from sources.document import Kind, fold
from sources.register_words import kind_of

WORDS: Mapping[str, Kind] = {  # a document type as open.overheid.nl, rijksoverheid.nl and KOOP write it
    "aanhangsel van de handelingen": Kind.ANSWER,
    "amendement": Kind.MOTION,
    "antwoord": Kind.ANSWER,
    "beleidsnota": Kind.REPORT,
    "beslisnota": Kind.ANNEX,
    "bijlage": Kind.ANNEX,
    "brief": Kind.LETTER,
    "brief regering": Kind.LETTER,
    "brief van een bewindspersoon": Kind.LETTER,
    "evaluatierapport": Kind.REPORT,
    "handeling": Kind.DEBATE,
    "handelingen": Kind.DEBATE,
    "jaarverslag": Kind.REPORT,
    "kamerbrief": Kind.LETTER,
    "kamerstuk": Kind.LETTER,
    "kamervragen (aanhangsel)": Kind.ANSWER,
    "kamervragen zonder antwoord": Kind.QUESTION,
    "lijst van vragen": Kind.QUESTION,
    "lijst van vragen en antwoorden": Kind.ANSWER,
    "memorie van toelichting": Kind.BILL,
    "motie": Kind.MOTION,
    "nieuwsbericht": Kind.NEWS,
    "nota": Kind.REPORT,
    "nota naar aanleiding van het verslag": Kind.BILL,
    "onderzoeksrapport": Kind.REPORT,
    "rapport": Kind.REPORT,
    "verslag van een commissiedebat": Kind.DEBATE,
    "verslag van een schriftelijk overleg": Kind.ANSWER,
    "verslag van een wetgevingsoverleg": Kind.DEBATE,
    "voorstel van wet": Kind.BILL,
    "wetsvoorstel": Kind.BILL,
}
_TITLES: tuple[tuple[re.Pattern[str], Kind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\buitstel\w*\b.{0,60}\b(antwoord|beantwoord|vragen)|\bmededeling over uitstel", Kind.POSTPONEMENT),
        (r"^(nader[e]? )?(antwoord|beantwoording)\w* (op|van)\b|^antwoorden kamervragen", Kind.ANSWER),
        (r"^(kamer|verzamel|stand van zaken)?brief\b|^kamerbrief|^(aanbiedings|verzamel)brief", Kind.LETTER),
        (r"^beslisnota|^bijlage\b", Kind.ANNEX),
        (r"^(gewijzigde |nader gewijzigde )?motie\b|^(nader |gewijzigd )?amendement", Kind.MOTION),
        (r"^(eind|onderzoeks|evaluatie|voortgangs|advies)?rapport\w*\b|^(onderzoek|evaluatie) naar\b", Kind.REPORT),
        (r"^verslag van een (commissiedebat|algemeen overleg|notaoverleg)", Kind.DEBATE),
    )
)


def kind_named(word: str) -> Kind | None:
    """The kind that a source's own word names; None for a word that neither this table nor the Kamer's knows."""
    return WORDS.get(fold(word)) or kind_of(word)


def kind_titled(title: str) -> Kind:
    """The kind that a title gives away; OTHER when it gives nothing away."""
    return next((kind for pattern, kind in _TITLES if pattern.search(title)), Kind.OTHER)
