"""Plain text. The text stays exactly the file's own, so that offsets count in the file."""

import codecs

from sources.readers.characters import decode, repaired
from sources.readers.draft import Draft
from sources.readers.recognise import MOST_CHARACTERS
from sources.source import Unreadable

LONG_LINE = 1_000_000
_SAMPLE = 4_000
_CONTROL = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_WIDE = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_LEAST_LETTERS = 0.4  # share of letters among what is not blank; tables of figures and programs have less


def read(data: bytes, content_type: str = "") -> Draft:
    if _is_binary(data[:_SAMPLE]):
        raise Unreadable("no text but data that only a program can read")
    text, notes = decode(data, content_type)
    text, places = repaired(text)
    if places:
        notes = (*notes, f"repaired {places} wrongly decoded characters (mojibake); offsets count in the repaired text")
    check(text)
    longest = _longest_line(text)
    if longest > LONG_LINE:
        notes = (*notes, f"a line of {longest:,} characters: this does not look like a letter")
    return Draft(text, notes=notes)


def _is_binary(sample: bytes) -> bool:
    """Control characters that no text has; in UTF-16 every other byte may be a zero."""
    odd = len(sample) - len(sample.translate(None, _CONTROL)) - sample.count(0)
    return odd * 50 > len(sample) + 500 or (b"\x00\x00\x00" in sample and not sample.startswith(_WIDE))


def check(text: str) -> None:
    """Raises Unreadable for what is no writing, or far too much of it."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable(f"{len(text):,} characters; the longest letter that we read has {MOST_CHARACTERS:,}")
    sample = "".join(text.lstrip()[:_SAMPLE].split())
    if not sample:
        raise Unreadable("the file holds no text")
    if sample.count("\ufffd") > len(sample) // 10:
        raise Unreadable("no text but data that only a program can read")
    if len(sample) > 200 and not _has_letters(sample):
        raise Unreadable("no letter: hardly any words in it")


def _has_letters(sample: str) -> bool:
    """Most samples have enough of those without accents, which are the quickest to count."""
    least = _LEAST_LETTERS * len(sample)
    plain = len(sample.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    return plain >= least or sum(map(str.isalpha, sample)) >= least


def _longest_line(text: str) -> int:
    """0 unless some line is longer than `LONG_LINE`; the ends of lines are looked for in leaps."""
    place, longest = 0, 0
    while len(text) - place > LONG_LINE:
        end = text.rfind("\n", place, place + LONG_LINE)
        if end < 0:
            here = text.find("\n", place)
            end = len(text) if here < 0 else here
            longest = max(longest, end - place)
        place = end + 1
    return longest
