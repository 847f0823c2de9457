"""Dutch number words: cardinals ("vijftien", "anderhalf"), ordinals ("derde", "3e") as numbers.

Only small numbers as they occur in terms (up to 99, and the round ones above); no general arithmetic of words.
"""

from fractions import Fraction

UNITS = "een twee drie vier vijf zes zeven acht negen".split()
TEENS = "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien".split()
TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split()


def _cardinals() -> dict[str, Fraction]:
    words = {word: Fraction(n) for n, word in enumerate(UNITS, 1)}
    words |= {word: Fraction(n) for n, word in enumerate(TEENS, 10)}
    words |= {word: Fraction(10 * n) for n, word in enumerate(TENS, 2)}
    for tens_at, tens in enumerate(TENS, 2):
        for unit, word in enumerate(UNITS, 1):
            words[f"{word}en{tens}"] = Fraction(10 * tens_at + unit)
    for n, word in enumerate(UNITS, 1):
        words |= {f"{word}eneenhalf": n + Fraction(1, 2), f"{word}eneenhalve": n + Fraction(1, 2)}
        words |= {f"{word}enhalf": n + Fraction(1, 2), f"{word}enhalve": n + Fraction(1, 2)}
    words |= dict.fromkeys(("half", "halve"), Fraction(1, 2)) | dict.fromkeys(
        ("anderhalf", "anderhalve"), Fraction(3, 2)
    )
    return words | {"honderd": Fraction(100), "driekwart": Fraction(3, 4), "'n": Fraction(1), "beide": Fraction(2)}


CARDINALS = _cardinals()
ORDINALS = {
    "eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "vijfde": 5, "zesde": 6, "zevende": 7, "achtste": 8,
    "negende": 9, "tiende": 10, "elfde": 11, "twaalfde": 12, "dertiende": 13, "veertiende": 14, "vijftiende": 15,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "ie": 1, "iie": 2, "iiie": 3, "ive": 4,
}  # fmt: skip


def ordinal(word: str) -> int | None:
    """``"derde"``, ``"3e"``, ``"3de"``, ``"1ste"`` -> the number; None for any other word (``"laatste"`` too)."""
    for ending in ("ste", "de", "e"):
        stem = word.removesuffix(ending)
        if stem != word and stem.isascii() and stem.isdecimal() and len(stem) <= 2:
            return int(stem)
    return ORDINALS.get(word)
