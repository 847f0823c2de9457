"""Words, days and addresses as outsiders write them, made plain. Pure, no fetching.

Not inside: official references (`sources.references`) and the terms that letters name (`rules`).
"""

import html
import re
import unicodedata
from datetime import UTC, date, datetime
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit
from zoneinfo import ZoneInfo

from bs4 import BeautifulSoup
from bs4.element import Tag

from sources.references import canonical

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\ufeff\ufffe\uffff]")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
_UNSEEN = ("script", "style", "noscript", "template", "svg")
_BLOCKS = ("p", "div", "li", "br", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "dt", "dd", "table")
_MONTHS = {
    **{m: n for n, m in enumerate("jan feb mrt apr mei jun jul aug sep okt nov dec".split(), 1)},
    **{m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)},
    "maa": 3,
}
_WRITTEN = re.compile(r"\b(\d{1,2})(?:\s*(?:st|nd|rd|th|e))?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b", re.IGNORECASE)
_DASHED = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?!\d)")
_IN_ADDRESS = re.compile(
    r"(?<![\w-])(kst-[\w-]+?|ah-[\w-]+?|kv-tk-\w+|blg-\d+|h-[te]k-[\w-]+?|\d{4}[DZ]\d{5})(?=[./?&#]|$)", re.IGNORECASE
)
_TRACKING = re.compile(r"utm_|fbclid|gclid|mc_|pk_|piwik", re.IGNORECASE)


def clean(text: str) -> str:
    """One line of plain words: no control characters, no double spaces, composed letters."""
    return " ".join(_CONTROL.sub(" ", unicodedata.normalize("NFC", text)).split())


def plain(markup: str) -> str:
    """The words in a piece of HTML on one line; text that holds no markup stays as it is."""
    if not _MARKUP.search(markup):
        return clean(html.unescape(markup))
    soup = BeautifulSoup(markup, "html.parser")
    for tag in soup(_UNSEEN):
        tag.decompose()
    return clean(soup.get_text(" "))


def lines(tag: Tag) -> str:
    """The words of an element, a line for each block, as a reader sees them."""
    for unseen in tag(_UNSEEN):
        unseen.decompose()
    for block in tag(_BLOCKS):
        block.insert_before("\n")
        block.append("\n")
    written = (clean(line) for line in tag.get_text().split("\n"))
    return "\n".join(line for line in written if line)


def day_in(text: str) -> date | None:
    """The first day that a text names: ``24 juni 2026``, ``24-06-2026``, ``2026-06-24``, ``3 May 2026``."""
    for pattern in (_ISO, _WRITTEN, _DASHED):
        match = pattern.search(text)
        found = _day(pattern, match) if match else None
        if found:
            return found
    return None


def _day(pattern: re.Pattern[str], match: re.Match[str]) -> date | None:
    first, middle, last = match.groups()
    year, number = (first, last) if pattern is _ISO else (last, first)
    month = _MONTHS.get(middle[:3].lower(), 0) if pattern is _WRITTEN else int(middle)
    try:
        return date(int(year), month, int(number))
    except ValueError:
        return None


def day_of(moment: datetime | None) -> date | None:
    """The Amsterdam calendar day of a moment."""
    return moment.astimezone(AMSTERDAM).date() if moment else None


def moment_of(text: str) -> datetime | None:
    """An ISO time as aware UTC; a time without a zone is UTC; None for anything else."""
    try:
        read = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)


def address(url: str) -> str:
    """An address without fragment and without what only counts visitors; host and scheme in lower case."""
    try:
        parts = urlsplit(clean(url).replace(" ", "%20"))
        query = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.match(name)]
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return ""
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", urlencode(query), ""))


def identifiers_in_address(url: str) -> tuple[str, ...]:
    """Canonical ids that stand in an address: ``…/kst-32761-304.html``, ``…?id=2024D27797``."""
    return tuple(dict.fromkeys(canonical(match) for match in _IN_ADDRESS.findall(unquote(url))))


def unique(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def facts(**stated: str) -> dict[str, str]:
    """Only the facts that are stated."""
    return {name: value for name, value in stated.items() if value}
