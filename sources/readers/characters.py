"""Bytes to characters: which charset, and the repair of letters that somebody decoded wrongly before us (mojibake).

Pure. What is not certain stays as it is. Control characters become blanks one for one, so that offsets hold.
"""

import codecs
import re
from functools import lru_cache

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_BLANKS = {**dict.fromkeys([*range(9), 11, *range(14, 32), 127, 0xFFFE, 0xFFFF], " ")}
_CONTROLS = tuple(map(chr, _BLANKS))
_LEADS = "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0xC2, 0xF5))
_TRAILS = "".join(sorted({*(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xC0)),
                          *map(chr, range(0x80, 0xC0))}))  # fmt: skip
_MANGLED = re.compile(f"[{re.escape(_LEADS)}][{re.escape(_TRAILS)}]{{1,3}}")
_TELLING = frozenset("ÃÂâ")  # nearly all accents, quotation marks and dashes of Dutch begin like this when mangled
_PLAUSIBLE = re.compile(r"[\u00a0-\u024f\u2000-\u22ff\ufeff]+")
_SAMPLE = 4096
_JUDGED = 400_000  # characters at the front that show whether a text is mangled


def decode(data: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Text and notes. declared: a content type or a charset that somebody names; believed only when it fits."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return _blanked(data[len(bom) :].decode(name, "replace")), ()
    wide = _wide(data)
    if wide:
        return _blanked(data.decode(wide, "replace")), (f"read as {wide.upper()}, which the file does not say",)
    try:
        return _blanked(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        return _otherwise(data, declared)


def _otherwise(data: bytes, declared: str) -> tuple[str, tuple[str, ...]]:
    """Not UTF-8 throughout: what was declared, or UTF-8 with a few damaged places, or Windows-1252."""
    match = _DECLARED.search(declared) or re.fullmatch(r"()([\w.:-]{2,40})", declared)
    named = match[match.lastindex or 1] if match else ""
    if named and _known(named) not in ("", "utf-8", "ascii", "iso8859-1"):
        try:
            return _blanked(data.decode(named)), ()
        except UnicodeDecodeError:
            pass
    lenient = data.decode("utf-8", "replace")
    bad = lenient.count("\ufffd")
    good = sum(1 for char in lenient if char > "\x7f") - bad
    if good >= bad * 4 or (bad == 1 and lenient.endswith("\ufffd")):
        return _blanked(lenient), (f"{bad} damaged character{'s' if bad > 1 else ''} in the file",)
    text = data.decode("cp1252", "replace")
    if "\ufffd" in text:
        text = data.decode("latin-1")
    return _blanked(text), ("read as Windows-1252: the file is not UTF-8",)


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name if codecs.lookup(name)._is_text_encoding else ""
    except LookupError:
        return ""


def _wide(data: bytes) -> str:
    """UTF-16 without a mark at the front: every other byte is a zero."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    pairs = len(sample) // 2
    if pairs < 8:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.7 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * pairs and odd < 0.1 * pairs else ""


def _blanked(text: str) -> str:
    return text.translate(_BLANKS) if any(char in text for char in _CONTROLS) else text


def repaired(text: str) -> tuple[str, int]:
    """The text without mojibake, and how many places were mended; nothing is changed unless it is certain."""
    mended, places = text, 0
    for _ in range(2):  # some files went wrong twice
        if not _is_mangled(mended):
            break
        mended, count = _MANGLED.subn(lambda match: _mend(match.group()), mended)
        places = places or count
    return mended, places if mended != text else 0


def _is_mangled(text: str) -> bool:
    """Certain: several places that begin as mangled Dutch does, and they are most of what is not ASCII."""
    if text.isascii() or not any(lead in text for lead in _TELLING):
        return False
    text = text[:_JUDGED]
    found = [run for run in _MANGLED.findall(text) if _mend(run) != run]
    telling = sum(run[0] in _TELLING for run in found)
    others = len(text) - len(text.encode("ascii", "ignore")) - sum(map(len, found))
    return telling > 0 and (telling >= 3 or others == 0) and telling * 2 >= others * 0.5


@lru_cache(maxsize=10_000)
def _mend(run: str) -> str:
    """The letters behind a run of mangled ones; the run itself when they are not such as Dutch texts have."""
    raw = b"".join(_byte(char) for char in run)
    for end in range(len(raw), 1, -1):
        try:
            text = raw[:end].decode("utf-8")
        except UnicodeDecodeError:
            continue
        return text + run[end:] if _PLAUSIBLE.fullmatch(text) else run
    return run


def _byte(char: str) -> bytes:
    try:
        return char.encode("cp1252")
    except UnicodeEncodeError:
        return char.encode("latin-1")
