"""Whether a text is Dutch, by its commonest words. Pure.

A guess is only made where there is enough text; a language that is not listed here is called ``und``.
"""

from collections import Counter
from collections.abc import Iterator

_COMMON = {
    "nl": "de het een van en dat ik is op te aan met voor niet wordt zijn deze naar u bij "
    "ook door als om dit worden in over zal heeft hebben uit dan of kan was tot wij er uw nog meer maar",
    "en": "the of and to a in that is for it with as be this on by are was which not have from or at an will has",
    "de": "der die das und von zu mit den ist auf für nicht ein eine dem im des sich werden auch es an als bei oder",
    "fr": "le la les de des et à en un une du que est pour dans qui par sur pas au ne plus ce il avec sont",
    "fy": "de it in fan en dat is op foar net wurdt mei oan om ek troch as dy te hat wy jo yn fan't",
    "es": "el la los de y que en un una del se por con para las es no al lo como más su",
    "it": "il di che e la per un in del è della con le una sono non si da come alla dei",
    "pap": "di i na e ta un ku pa ku no a nos por mas den tin esaki pueblo",
    "tr": "ve bir bu için ile da de olarak çok gibi daha olan en ne",
    "pl": "i w na z do się nie to jest że o jak przez od dla po za oraz",
}
_SETS = {code: frozenset(words.split()) for code, words in _COMMON.items()}
_SAMPLES = 5
_SAMPLE = 1200
_FEW = 25  # words below which nothing is said
_SURELY = 0.3  # of these words only Dutch has as many
_SHARE = 0.1  # of common words that a text in a language has at the least


def language_of(text: str) -> str:
    """ISO 639-1 code; ``nl`` where it cannot be told."""
    said = [word for piece in _pieces(text) for word in piece.lower().split()]
    total = len(said)
    if total < _FEW or sum(map(_SETS["nl"].__contains__, said)) >= _SURELY * total:
        return "nl"
    words = Counter(said)
    shares = {code: sum(words[word] for word in common) / total for code, common in _SETS.items()}
    best = max(shares, key=lambda code: (shares[code], code == "nl"))
    if shares["nl"] >= _SHARE and shares["nl"] >= shares[best] * 0.7:
        return "nl"
    return best if shares[best] >= _SHARE else "und"


def _pieces(text: str) -> Iterator[str]:
    """Stretches spread over the text: a Dutch letter may begin with a page of names."""
    if len(text) <= _SAMPLES * _SAMPLE:
        yield text
        return
    for number in range(_SAMPLES):
        start = (len(text) - _SAMPLE) * number // (_SAMPLES - 1)
        yield text[start : start + _SAMPLE]
