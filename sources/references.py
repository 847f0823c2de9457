"""Official references in Dutch parliamentary text, brought to one canonical form.

Pure. Forms and examples: the identifiers that KOOP and the Tweede Kamer print (see docs/glossary.md).

=====================  ============================  ==========================================
written as             canonical                     what
=====================  ============================  ==========================================
kst-32761-304          kst-32761-304                 Kamerstuk
Kamerstuk 32 761,      kst-32761-304 and
nr. 304                dossier:32761
Kamerstukken II        (the same)
2022/23, 32 761, 304
ah-tk-20212022-3854    ah-tk-20212022-3854           answer to questions (Aanhangsel)
2022D33920             2022D33920                    document number
2022Z10980             2022Z10980                    case (question) number
TZ202412-116           TZ202412-116                  oral toezegging, Tweede Kamer
T01237                 T01237                        toezegging, Eerste Kamer
project(nummer) 3301   wodc:3301                     WODC project
=====================  ============================  ==========================================
"""

import re

_DOSSIER = r"(?P<dossier>\d{2}\s?\d{3})(?:[\s-]*\(?(?P<addition>(?:[IVX]{1,6}|[A-Z])(?![\w]))\)?)?"
_NUMBER = r"(?:nrs?\.?|nummer|ondernummer)\s*(?P<number>[A-Z]{1,3}\b|\d{1,4}(?!\d))"
_KAMERSTUK = re.compile(
    r"\b(?:Kamerstuk(?:ken)?|TK|dossier)?\s*(?:I{1,2}\b)?\s*(?:\d{4}\s?[/–-]\s?\d{2,4}\s*,?\s*)?"
    + r"(?<![\d.])"
    + _DOSSIER
    + r"\s*,?\s*(?:"
    + _NUMBER
    + r")?"
)
_CUE = re.compile(r"\b(?:kamerstuk|dossier|tk\b)", re.IGNORECASE)
_PLAIN = re.compile(
    r"\b(?:kst-\d[\w-]*\w|ah-(?:tk|ek)-\d{8}-\d+|ah-\d+|kv-tk-\d{4}Z\d{5}|blg-\d+|h-(?:tk|ek)-\d{8}-\d+-\d+"
    r"|\d{4}[DZ]\d{5}|TZ\d{6}-\d{1,4}|T\d{5})\b",
    re.IGNORECASE,
)
_WODC = re.compile(r"\b(?:WODC[-\s])?project(?:nummer|nr\.?)?[\s:]*(?P<project>\d{4})\b", re.IGNORECASE)


def canonical(identifier: str) -> str:
    """One identifier in canonical form: lower-case prefixes, upper-case letters in D/Z/TZ/T numbers, no spaces."""
    bare = re.sub(r"\s+", "", identifier)
    if re.match(r"(?i)(kst|ah|kv|blg|h)-", bare):
        prefix, _, rest = bare.partition("-")
        return f"{prefix.lower()}-{_upper_tail(rest)}"
    return bare.upper() if re.match(r"(?i)(\d{4}[dz]|tz|t)\d", bare) else bare


def _upper_tail(rest: str) -> str:
    """``tk-20212022-3854`` stays lower; dossier additions (``36600-vii-1``) are upper-case Roman."""
    parts = rest.split("-")
    if parts[0].lower() in ("tk", "ek"):
        return "-".join([parts[0].lower(), *[p.upper() for p in parts[1:]]])
    return "-".join(p.upper() for p in parts)


def references_in(text: str) -> tuple[str, ...]:
    """Canonical references in order of first appearance, each once. Dossiers as ``dossier:32761``."""
    found: dict[int, list[str]] = {}
    for match in _PLAIN.finditer(text):
        found.setdefault(match.start(), []).append(canonical(match.group()))
    for match in _WODC.finditer(text):
        found.setdefault(match.start(), []).append(f"wodc:{match['project']}")
    for match in _KAMERSTUK.finditer(text):
        if match["number"] is None and not _CUE.search(match.group()):
            continue
        found.setdefault(match.start(), []).extend(_kamerstuk(match))
    return tuple(dict.fromkeys(ref for place in sorted(found) for ref in found[place]))


def _kamerstuk(match: re.Match[str]) -> list[str]:
    dossier = re.sub(r"\s", "", match["dossier"])
    if match["addition"]:
        dossier = f"{dossier}-{match['addition']}"
    papers = [f"kst-{dossier}-{match['number']}"] if match["number"] else []
    return [*papers, f"dossier:{dossier}"]


def dossier_of(identifier: str) -> str:
    """``dossier:32761`` for ``kst-32761-304``; empty for anything else."""
    match = re.fullmatch(r"kst-(\d{5}(?:-[IVXA-Z]+)?)-(?:\d+|[A-Z]+)", identifier)
    return f"dossier:{match[1]}" if match else ""
