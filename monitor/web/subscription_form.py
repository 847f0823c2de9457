"""The form of a subscription: fields of a page to a `Subscription` and back. Pure: no web, no store, no clock.

Whether what was filled in can work is `monitor.subscribing`; here a field that cannot be read is refused by name.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from notifications.subscription import Filter, Rhythm, Subscription, Way
from notifications.words import Language
from rules.event import EventKind

Fields = Mapping[str, str]
Choice = TypeVar("Choice", Way, Rhythm, Language)

# field of the form: field of the filter
LISTS = {
    "toezeggingen": "commitments",
    "ministeries": "ministries",
    "bewindspersonen": "office_holders",
    "leden": "members",
    "partijen": "parties",
    "dossiers": "dossiers",
    "brieven": "letters",
    "woorden": "words",
}
# name in the addresses of lists: field of the form, so that a list can lead to a subscription on what it shows
FROM_LISTS = {
    "toezegging": "toezeggingen",
    "ministerie": "ministeries",
    "bewindspersoon": "bewindspersonen",
    "dossier": "dossiers",
    "q": "woorden",
}
KIND = "soort_"
ON = "ja"


class BadField(ValueError):
    """A field that cannot be read; its message is the name of the field."""


def subscription_of(fields: Fields, id_: str) -> Subscription:
    """What was filled in. Raises BadField."""
    lists = {name: _list(fields.get(field, "")) for field, name in LISTS.items()}
    return Subscription(
        id=id_,
        way=_chosen(Way, fields, "weg", Way.MAIL),
        address=fields.get("adres", "").strip(),
        filter=Filter(
            kinds=tuple(kind for kind in EventKind if fields.get(KIND + kind.value) == ON),
            proposed=fields.get("voorstellen") == ON,
            sources=fields.get("bronnen") == ON,
            **lists,
        ),
        rhythm=_chosen(Rhythm, fields, "ritme", Rhythm.IMMEDIATE),
        hour=_hour(fields, "uur", 8),
        weekday=_hour(fields, "dag", 0),
        quiet=_quiet(fields),
        working_days=fields.get("werkdagen") == ON,
        language=_chosen(Language, fields, "berichttaal", Language.NL),
        full=fields.get("kort") != ON,
        note=fields.get("notitie", "").strip(),
    )


def fields_of(subscription: Subscription) -> dict[str, str]:
    """The same the other way round: what the form shows of a subscription."""
    asked = subscription.filter
    fields = {field: ", ".join(getattr(asked, name)) for field, name in LISTS.items()}
    fields |= {KIND + kind.value: ON for kind in asked.kinds}
    ticks = {
        "voorstellen": asked.proposed,
        "bronnen": asked.sources,
        "werkdagen": subscription.working_days,
        "kort": not subscription.full,
    }
    fields |= {name: ON for name, ticked in ticks.items() if ticked}
    begins, ends = subscription.quiet or ("", "")
    return fields | {
        "weg": subscription.way.value,
        "adres": subscription.address,
        "ritme": subscription.rhythm.value,
        "uur": str(subscription.hour),
        "dag": str(subscription.weekday),
        "stil_van": str(begins),
        "stil_tot": str(ends),
        "berichttaal": subscription.language.value,
        "notitie": subscription.note,
    }


def blank(language: Language, query: Fields) -> dict[str, str]:
    """The fields of a new subscription, with what a list was filtered on filled in."""
    empty = Subscription(id="", way=Way.MAIL, address="", language=language)
    given = {field: query[name][:200] for name, field in FROM_LISTS.items() if query.get(name)}
    return fields_of(replace(empty, filter=Filter())) | given


def _list(text: str) -> tuple[str, ...]:
    """``a, b; c`` and one on each line: all the same."""
    parts = (re.sub(r"\s+", " ", part).strip() for part in re.split(r"[,;\n]", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def _chosen(kind: type[Choice], fields: Fields, name: str, otherwise: Choice) -> Choice:
    given = fields.get(name, "")
    if given and given not in set(kind):
        raise BadField(name)
    return kind(given) if given else otherwise


def _hour(fields: Fields, name: str, otherwise: int) -> int:
    given = fields.get(name, "").strip()
    if given and not re.fullmatch(r"[0-9]{1,2}", given):
        raise BadField(name)
    return int(given) if given else otherwise


def _quiet(fields: Fields) -> tuple[int, int] | None:
    """Both hours, or none of them."""
    given = [fields.get(name, "").strip() for name in ("stil_van", "stil_tot")]
    if not any(given):
        return None
    if not all(given):
        raise BadField("stil_tot" if given[0] else "stil_van")
    return _hour(fields, "stil_van", 0), _hour(fields, "stil_tot", 0)
