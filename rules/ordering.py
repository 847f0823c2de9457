"""The order of a debate or a text: what its speaker or writer will come to before it ends, and no deed.

"Dan zal ik de vragen beantwoorden", "daarna zal een overzicht worden gegeven". Not inside: that a day or another paper
makes it a promise (`rules.doubts.with_date`, `rules.doubts`).
"""

from collections.abc import Sequence

from rules.clauses import Clause
from rules.framing import said_words
from rules.kinds import receives
from rules.promises import Hit

ELSEWHERE_IN = ("brief", "rapportage", "verslag", "evaluatie", "nota", "begroting", "monitor", "website", "notitie")
LEAVE = ("welnemen", "permissie", "goedvinden", "toestemming", "verlof")
SPOKEN_ON = ("motie", "moties", "amendement", "amendementen", "vraag", "vragen", "blokje", "beantwoording")
COLLEAGUES = frozenset(("heer", "mevrouw", "voorzitter", "kamerlid"))


def tells_the_order(hit: Hit, clause: Clause) -> bool:
    """ "Dan zal ik de vragen beantwoorden": what the speaker will say in this very debate."""
    words = clause.words
    if "termijn" in words and not {"eerste", "tweede"}.isdisjoint(words):
        return True
    if _divides(words):
        return True
    first = hit.who in ("me", "we") or (hit.who == "minister" and hit.row.name == "will do")
    said = first and not said_words("speech").isdisjoint(words)
    elsewhere = said_words("speech_elsewhere") - ({"met"} if "beginnen" in words else frozenset())
    return said and elsewhere.isdisjoint(_without_leave(words))


def _without_leave(words: Sequence[str]) -> Sequence[str]:
    """The words without "met uw welnemen", which names nobody to speak with."""
    polite = [i for i, word in enumerate(words) if word in LEAVE and words[max(i - 2, 0) : i] == ["met", "uw"]]
    return [*words[: polite[0] - 2], *words[polite[0] + 1 :]] if polite else words


def _divides(words: Sequence[str]) -> bool:
    """ "Die motie zal mijn collega voor zijn rekening nemen": who of the ministers speaks on it."""
    takes = "rekening" in words and not {"nemen", "neemt", "neem", "nam"}.isdisjoint(words)
    return takes and any(word in SPOKEN_ON or word.endswith("vragen") for word in words)


def tells_the_text(clause: Clause) -> bool:
    """ "Daarna zal een overzicht worden gegeven": further on in this paper, when no other is named."""
    words = clause.words
    remarks = not said_words("remarks").isdisjoint(words) and not {"gegeven", "gemaakt"}.isdisjoint(words)
    return remarks and not receives(clause) and not any(word.endswith(ELSEWHERE_IN) for word in words)


def asks_member(hit: Hit, clause: Clause) -> bool:
    """ "Ik wil de heer De Vries vragen zijn motie aan te houden"."""
    asks = hit.row.name == "want to act" and "vragen" in clause.words
    return asks and not COLLEAGUES.isdisjoint(clause.words)
