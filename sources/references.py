"""Official references in Dutch parliamentary text, brought to one canonical form.

Pure. Forms and examples: the identifiers that KOOP and the Tweede Kamer print (see docs/glossary.md).

=============================================  ===============================================
written as                                     canonical
=============================================  ===============================================
kst-32761-304, Kamerstuk 32 761, nr. 304,      kst-32761-304 and dossier:32761
Kamerstukken II 2022/23, 32 761, nr. 304
32 761, nrs. 3 en 4; nrs. 3 t/m 5              one kst- for each
Kamerstuk 36 600 VII, nr. 12; (36600-VII)      kst-36600-VII-12; dossier:36600-VII
Kamerstuk 21 501-02, nr. 3174                  kst-21501-02-3174 and dossier:21501-02
Kamerstukken I 2008/09, 22 112 / 31 544, CK    kst-22112-CK, kst-31544-CK (Eerste Kamer)
Aanhangsel Handelingen II 2021/22, nr. 3854    ah-tk-20212022-3854 (answer to questions)
Handelingen II 2013/14, nr. 31, item 10        h-tk-20132014-31-10
2022D33920, 2022Z10980, 2024A05766             the same (document, case, meeting)
TZ202412-116, T01237                           the same (toezegging in Tweede, Eerste Kamer)
WODC-project 3301, projectnummer 3301          wodc:3301
=============================================  ===============================================

A bare pair of numbers ("32 761") is a dossier only behind a word that says so, before ", nr.", or in brackets as one
word: sums of money, phone numbers and articles are no references.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# What some forms cannot do without: many times faster to look for.
_FIVE, _HYPHENED = re.compile(r"[0-9]{5}"), re.compile(r"-\d(?<=[thkg]-.)", re.IGNORECASE)
_PAIR = re.compile(r"[0-9][0-9][\s.]?[0-9]{3}")
_PLAIN = re.compile(
    r"\b(?:kst-\d[\w-]*\w|ah-(?:tk|ek)-\d{8}-\d+|ah-\d+|kv-tk-\d{4}Z\d{5}|blg-\d+|h-(?:tk|ek)-\d{8}-\d+-\d+"
    r"|\d{4}[ADZ]\d{5}|TZ\d{6}-\d{1,4}|T\d{5})(?![\w])",
    re.IGNORECASE,
)
_WODC = re.compile(
    r"\b(?:WODC[-\s]*(?:project|onderzoek)(?:nummer|nr\.?)?[\s:]*|project(?:nummer|nr\.?)[\s:]*|project\s(?!(?:19|20)\d\d\b))"
    r"(?P<project>\d{4})(?![\d-])",
    re.IGNORECASE,
)
_ADDITION = r"[IVX]{1,6}|[A-HJ-M]"
_DOSSIER = re.compile(
    r"(?<![\d.,/-])(?P<tens>\d{2})(?P<gap>[\s.]?)(?P<rest>\d{3})(?!\d|[.,]\d)(?:\s?\(R\d{4}\))?"
    rf"(?:[\s-](?P<addition>{_ADDITION})(?![\w’'])|\s?\((?P<bracketed>{_ADDITION})\)"
    r"|-(?P<part>\d{2})(?=-\d|\s*,?\s*(?i:nr)))?"
)
_SESSION = r"(?:vergaderjaar\s*)?(?P<session>\d{4}\s?[-/–]\s?\d{2,4})"
_CUE = re.compile(
    r"(?:\b(?i:kamerstuk(?:ken|nummers?)?|kamerbrief|dossier(?:nummers?|s)?)|\b[TE]K)\s*(?:\(?I{1,2}\)?)?\s*,?\s*"
    rf"(?:{_SESSION}\s*,?\s*)?(?:(?i:nr)\.?\s*)?\(?\Z"
)
_JOINED = re.compile(r"\s*(?:/|,|;|en|resp\.)\s*\Z")
_ITEM = r"(?:\d{1,4}(?!\d|\s\d{3}\b|\s*[a-z]{3,9}\s(?:19|20)\d\d)|[A-Z]{1,3}(?!\w))"
_NUMBERED = re.compile(
    rf"\s*[,:;]?\s*(?i:nr|nummer|ondernummer)(?P<plural>(?i:s))?\.?\s*(?P<first>{_ITEM})"
    rf"(?P<more>(?:\s*(?:,\s*en|,|en|t/m|tot\s+en\s+met|-|–)\s*(?:(?i:nr)s?\.?\s*)?{_ITEM})*)"
)
_DASHED = re.compile(r"-(?P<first>\d{1,4})(?![\w-])")
_LETTERED = re.compile(r",\s*(?P<first>[A-Z]{1,3})(?![\w.])")
_STEP = re.compile(rf"(?P<joint>,\s*en|,|en|t/m|tot\s+en\s+met|-|–)\s*(?P<again>(?i:nr)s?\.?\s*)?(?P<item>{_ITEM})")
_AANHANGSEL = re.compile(
    r"\bAanhangsel(?:\s+(?:van\s+de\s+)?Handelingen)?\s*,?\s*(?P<chamber>I{1,2}\b)?\s*,?\s*"
    rf"{_SESSION}\s*,?\s*nr\.?\s*(?P<number>\d{{1,4}})(?!\d)",
    re.IGNORECASE,
)
_DEBATE = re.compile(
    rf"\bHandelingen\s+(?P<chamber>I{{1,2}})\s*,?\s*{_SESSION}\s*,?\s*nr\.?\s*(?P<meeting>\d{{1,3}})\s*,\s*item\s*(?P<item>\d+)"
)
_PATH = re.compile(r"\bkamerstuk/(?P<dossier>\d{5}(?:-[IVXA-Z]+)?)/(?P<number>\d{1,4})(?![\w-])")
_LONGEST_RANGE = 50


def canonical(identifier: str) -> str:
    """One identifier in canonical form: lower-case prefixes, upper-case letters in D/Z/TZ/T numbers, no spaces."""
    bare = re.sub(r"\s+", "", identifier)
    if re.match(r"(?i)(kst|ah|kv|blg|h)-", bare):
        prefix, _, rest = bare.partition("-")
        return f"{prefix.lower()}-{_upper_tail(rest)}"
    return bare.upper() if re.match(r"(?i)(\d{4}[adz]|tz|t)\d", bare) else bare


def _upper_tail(rest: str) -> str:
    """``tk-20212022-3854`` stays lower; dossier additions (``36600-vii-1``) are upper-case Roman."""
    parts = rest.split("-")
    if parts[0].lower() in ("tk", "ek"):
        return "-".join([parts[0].lower(), *[p.upper() for p in parts[1:]]])
    return "-".join(p.upper() for p in parts)


def references_in(text: str) -> tuple[str, ...]:
    """Canonical references in order of first appearance, each once. Dossiers as ``dossier:32761``."""
    if not any(map(text.__contains__, "0123456789")):  # every form has a digit
        return ()
    found: list[tuple[int, list[str]]] = []
    paired = _PAIR.search(text)  # five figures in a row are a pair, too
    if (paired and _FIVE.search(text)) or ("-" in text and _HYPHENED.search(text)):
        found += [(m.start(), [canonical(m.group())]) for m in _PLAIN.finditer(text)]
    for words, pattern, name in _RARE:
        if any(map(text.__contains__, words)):
            found += [(m.start(), [name(m)]) for m in pattern.finditer(text)]
    if paired:
        found += [(cited.start, cited.names()) for cited in _cited(text)]
    found.sort(key=lambda place: place[0])
    return tuple(dict.fromkeys(ref for _, refs in found for ref in refs if ref))


@dataclass(slots=True)
class _Cited:
    """A dossier in running text with the numbers of its papers. shares: the next one has them (22 112 / 31 544, CK)."""

    start: int
    dossier: str
    numbers: tuple[str, ...]
    shares: bool = False

    def names(self) -> list[str]:
        return [*(f"kst-{self.dossier}-{number}" for number in self.numbers), f"dossier:{self.dossier}"]


def _cited(text: str) -> list[_Cited]:
    cited: list[_Cited] = []
    end = -1
    for match in _dossiers(text):
        joint = text[end : match.start()] if end >= 0 and match.start() - end < 12 else "none"
        joined = bool(_JOINED.fullmatch(joint))
        one = _one(text, match, cued=joined or bool(_CUE.search(text, max(0, match.start() - 80), match.start())))
        if one is None:
            continue
        found, end = one
        if joined and "/" in joint and cited and not cited[-1].numbers:
            cited[-1].shares = True
        cited.append(found)
    for earlier, later in zip(reversed(cited[:-1]), reversed(cited[1:]), strict=True):
        earlier.numbers = later.numbers if earlier.shares else earlier.numbers
    return cited


def _dossiers(text: str) -> Iterator[re.Match[str]]:
    """As `_DOSSIER.finditer`, many times faster: only where a pair of numbers stands."""
    pair = _PAIR.search(text)
    while pair:
        match = _DOSSIER.match(text, pair.start())
        if match:
            yield match
        pair = _PAIR.search(text, match.end() if match else pair.start() + 1)


def _one(text: str, match: re.Match[str], *, cued: bool) -> tuple[_Cited, int] | None:
    """The citation that begins at a pair of numbers, and where it ends; None where it is only a pair of numbers."""
    addition = match["addition"] or match["bracketed"] or match["part"]
    dossier = "-".join(part for part in (match["tens"] + match["rest"], addition) if part)
    numbered = _NUMBERED.match(text, match.end())
    if numbered and (cued or match["gap"] != "."):
        return _Cited(match.start(), dossier, tuple(_numbers(numbered))), numbered.end()
    dashed = _DASHED.match(text, match.end()) or (_LETTERED.match(text, match.end()) if cued else None)
    if dashed and (cued or (addition and not match["gap"]) or _is_bracketed(text, match, dashed.end())):
        return _Cited(match.start(), dossier, (dashed["first"],)), dashed.end()
    if cued or _is_bracketed(text, match, match.end()):
        return _Cited(match.start(), dossier, ()), match.end()
    return None


def _is_bracketed(text: str, match: re.Match[str], end: int) -> bool:
    """``(36264)``, ``(31015-197)``, ``(36600-VII)`` and ``(36 600 VII)``: how titles name their dossier or paper."""
    alone = text[match.start() - 1 : match.start()] == "(" and text[end : end + 1] == ")"
    return alone and match["gap"] != "." and bool(match["addition"] or not match["gap"]) and match["tens"] < "40"


def _numbers(match: re.Match[str]) -> Iterator[str]:
    """Numbers of a list. Only a plural, or a repeated ``nr.``, makes a list: else "nr. 304, 28 juni" would be one."""
    last = match["first"]
    yield last
    for step in _STEP.finditer(match["more"]):
        if not (match["plural"] or step["again"]):
            return
        ranged = step["joint"] not in (",", "en") and "en" not in step["joint"].split()[-1:]
        ranged = ranged or step["joint"].startswith("t")
        if ranged and last.isdigit() and step["item"].isdigit() and 0 < int(step["item"]) - int(last) <= _LONGEST_RANGE:
            yield from (str(number) for number in range(int(last) + 1, int(step["item"])))
        last = step["item"]
        yield last


def _chamber(match: re.Match[str]) -> str:
    return "ek" if match["chamber"] == "I" else "tk"


def _years(match: re.Match[str]) -> str:
    """``20212022`` for ``2021/22`` and ``2021–2022``."""
    first, last = re.findall(r"\d+", match["session"])
    return f"{first}{last if len(last) == 4 else int(first) + 1}"


def _ah(match: re.Match[str]) -> str:
    return f"ah-{_chamber(match)}-{_years(match)}-{int(match['number'])}"


def _h(match: re.Match[str]) -> str:
    return f"h-{_chamber(match)}-{_years(match)}-{int(match['meeting'])}-{int(match['item'])}"


def _kst(match: re.Match[str]) -> str:
    return canonical(f"kst-{match['dossier']}-{match['number']}")


def _wodc(match: re.Match[str]) -> str:
    return f"wodc:{match['project']}"


_RARE: tuple[tuple[tuple[str, ...], re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (("roject", "ROJECT", "WODC", "wodc"), _WODC, _wodc),  # looking for a word first is many times faster
    (("anhangsel", "ANHANGSEL"), _AANHANGSEL, _ah),
    (("Handelingen",), _DEBATE, _h),
    (("kamerstuk/",), _PATH, _kst),
)


def dossier_of(identifier: str) -> str:
    """``dossier:32761`` for ``kst-32761-304``; empty for anything else."""
    match = re.fullmatch(r"kst-(\d{5}(?:-(?:[IVXA-Z]+|\d{2}(?=-)))?)-(?:\d+|[A-Z]+)", identifier)
    return f"dossier:{match[1]}" if match else ""
