"""Does a letter send something along: "hierbij bied ik u de nota aan".

A promise to send or to report in the same letter may be kept by it. Not inside: what that takes off (`rules.doubts`).
"""

import re

DELIVERING = (  # "hierbij bied ik u ... aan"
    r"\b[^.]{0,60}?\b(?:vindt|bied|bieden|stuur|sturen|zend|zenden|doe|voldoe|voldoen|geef|geven|kom|informeer|ontvangt|"
    r"treft|ga|wordt)\b"
)
SENT = re.compile(r"\b(?:stuur|zend|bied) (?:ik )?(?:u|uw kamer|de kamer) (?:daartoe|hiertoe)\b")
HEREBY = (
    "hierbij",
    "hiermee",
    "bijgaand",
    "bijgevoegd",
    "als bijlage",
    "met deze brief",
    "in deze brief",
    "in de bijlage bij deze brief",
)
DELIVERY = {  # by words that stand in it: those are many times faster to look for
    **{words: re.compile(rf"{words}(?<=\b{words}){DELIVERING}") for words in HEREBY},
    "daartoe": SENT,
    "hiertoe": SENT,
}


def delivers(small: str) -> bool:
    """Does the letter, in small letters, send something along?"""
    return any(words in small and pattern.search(small) for words, pattern in DELIVERY.items())
