"""The filters of the list, as they stand in an address: read, checked, and written back in one fixed form.

The same names serve the list, every feed and the API: ``status ministerie bewindspersoon dossier q deadline
toezegging``. A value that cannot be is refused with a word for the visitor; an empty one asks nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.store.commitments import Wanted
from rules.commitment import Status
from rules.policy import Policy

NAMES = ("status", "ministerie", "bewindspersoon", "dossier", "q", "deadline", "toezegging")
PAGE = "pagina"
MOST_TEXT = 200
MOST_IDS = 50
LAST_PAGE = 100_000
ID = re.compile(r"[a-z2-7]{6,20}")
DOSSIER = re.compile(r"(?:dossier:)?(\d{2})\s?(\d{3})(?:[- ]([IVXA-Z]{1,6}))?", re.IGNORECASE)
PERIOD = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
PASSED, SOON, NONE = "voorbij", "binnenkort", "geen"
TERMS = (PASSED, SOON, NONE)
WATCHED = tuple(status for status in Status if status.watched)
STATUS_WORDS = {
    "open": Status.OPEN,
    "in_uitvoering": Status.IN_PROGRESS,
    "deels": Status.PARTLY,
    "nagekomen": Status.FULFILLED,
    "vervallen": Status.LAPSED,
    "vervangen": Status.SUPERSEDED,
    "niet_meetbaar": Status.NOT_MEASURABLE,
    "te_beoordelen": Status.PROPOSED,
    "afgewezen": Status.REJECTED,
    "samengevoegd": Status.MERGED,
}
SHOWN = tuple(status for status in Status if status not in (Status.REJECTED, Status.MERGED))


class BadFilter(ValueError):
    """A value in an address that cannot be. word: the name of the phrase that says so; value: cut for showing."""

    def __init__(self, word: str, value: str) -> None:
        self.word, self.value = word, value[:60]
        super().__init__(f"{word}: {self.value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an address asks for, checked."""

    status: tuple[Status, ...] = ()
    ministerie: str = ""
    bewindspersoon: str = ""
    dossier: str = ""
    q: str = ""
    deadline: str = ""
    toezegging: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """True when some filter is set."""
        return self != Asked()

    def query(self) -> dict[str, str | tuple[str, ...]]:
        """The one form in which these filters are written in addresses."""
        given: dict[str, str | tuple[str, ...]] = {
            "status": tuple(status.value for status in self.status),
            "ministerie": self.ministerie,
            "bewindspersoon": self.bewindspersoon,
            "dossier": self.dossier,
            "q": self.q,
            "deadline": self.deadline,
            "toezegging": self.toezegging,
        }
        return {name: value for name, value in given.items() if value}

    def wanted(self, today: date, policy: Policy) -> Wanted:
        """The same as a question to the store. Without a status or ids: all but what is rejected or merged."""
        asked = Wanted(
            statuses=self.status or (() if self.toezegging else SHOWN),
            ids=self.toezegging,
            ministry=self.ministerie,
            holder=self.bewindspersoon,
            dossier=self.dossier,
            words=self.q,
        )
        return _with_term(asked, self.deadline, today, policy)


def asked_in(query: Mapping[str, str], several: Mapping[str, list[str]] | None = None) -> Asked:
    """The filters of an address. several: all values of names that may occur more than once. Raises BadFilter."""
    texts = {name: _text(query.get(name, "")) for name in NAMES}
    statuses = (several or {}).get("status", [query.get("status", "")])
    ids = (several or {}).get("toezegging", [query.get("toezegging", "")])
    return Asked(
        status=_statuses(statuses),
        ministerie=texts["ministerie"],
        bewindspersoon=texts["bewindspersoon"],
        dossier=_dossier(texts["dossier"]),
        q=texts["q"],
        deadline=_deadline(texts["deadline"]),
        toezegging=_ids(ids),
    )


def page_in(query: Mapping[str, str]) -> int:
    """The number of the page, from 1. Raises BadFilter."""
    given = query.get(PAGE, "") or "1"
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(LAST_PAGE)) and 1 <= int(given) <= LAST_PAGE):
        raise BadFilter("bad_page", given)
    return int(given)


def number_in(query: Mapping[str, str], name: str) -> int | None:
    """A place in the history (``voor``, ``na``); None when it is not given. Raises BadFilter."""
    given = query.get(name, "")
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 18):
        raise BadFilter("bad_cursor", given)
    return int(given)


def period(text: str) -> tuple[date, date] | None:
    """First and last day of ``2023``, ``2023-07`` or ``2023-07-06``; None for anything else."""
    match = PERIOD.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day:
            return first, first
        after = date(first.year + (month in (None, 12)), 1 if month in (None, 12) else (month or 0) + 1, 1)
        return first, after - timedelta(days=1)
    except ValueError:
        return None


def _with_term(asked: Wanted, deadline: str, today: date, policy: Policy) -> Wanted:
    running = tuple(status for status in asked.statuses if status.watched) or WATCHED
    if deadline == PASSED:
        return replace(asked, statuses=running, due_to=today - timedelta(days=policy.grace_days + 1))
    if deadline == SOON:
        return replace(asked, statuses=running, due_from=today, due_to=today + timedelta(days=policy.due_soon_days))
    if deadline == NONE:
        return replace(asked, undated=True)
    between = period(deadline)
    return replace(asked, due_from=between[0], due_to=between[1]) if between else asked


def _text(given: str) -> str:
    if len(given) > MOST_TEXT:
        raise BadFilter("too_long", given)
    return " ".join("".join(c if c.isprintable() else " " for c in given).split())


def _statuses(given: list[str]) -> tuple[Status, ...]:
    words = [word.strip().lower() for text in given for word in text.split(",") if word.strip()]
    found = []
    for word in words:
        if word not in STATUS_WORDS and word not in set(Status):
            raise BadFilter("bad_status", word)
        found.append(STATUS_WORDS.get(word) or Status(word))
    return tuple(dict.fromkeys(found))


def _ids(given: list[str]) -> tuple[str, ...]:
    ids = [id_.strip() for text in given for id_ in text.split(",") if id_.strip()]
    for id_ in ids[: MOST_IDS + 1]:
        if not ID.fullmatch(id_):
            raise BadFilter("bad_id", id_)
    if len(ids) > MOST_IDS:
        raise BadFilter("too_long", ",".join(ids))
    return tuple(dict.fromkeys(ids))


def _dossier(given: str) -> str:
    if not given:
        return ""
    match = DOSSIER.fullmatch(given)
    if match is None:
        raise BadFilter("bad_dossier", given)
    return f"{match[1]}{match[2]}" + (f"-{match[3].upper()}" if match[3] else "")


def _deadline(given: str) -> str:
    if given and given not in TERMS and period(given) is None:
        raise BadFilter("bad_term", given)
    return given
