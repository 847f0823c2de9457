"""Which sources there are: the catalogue (``seeds/sources.toml``, editable) made into `Source`s.

One table per source, by its name. ``kind`` names the class in `KINDS` (left out: the source's own name); every other
entry is an argument of that class, and so is every setting ``sources.NAME.…``, which wins. Durations are ISO 8601
(``PT15M``), lists are lists (in the environment: JSON). ``enabled = false`` leaves a source out.

The convention for a class of sources: ``Cls(fetcher, *, name, base_url, every, silent_after, **options)``, with
defaults for all but the fetcher where the place is a fixed one. Adding one: docs/add-a-source.md.
"""

import inspect
import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from sources.autoriteit_persoonsgegevens import AutoriteitPersoonsgegevens
from sources.eerste_kamer import EersteKamer
from sources.feeds import Feed
from sources.http import Fetcher
from sources.officielebekendmakingen import OfficieleBekendmakingen
from sources.open_overheid import OpenOverheid
from sources.pages import ListPage, Watched
from sources.rijksoverheid import Rijksoverheid
from sources.source import Source
from sources.tweedekamer import TweedeKamer
from sources.wodc import Wodc

KINDS: Mapping[str, Callable[..., Source]] = {
    "autoriteit_persoonsgegevens": AutoriteitPersoonsgegevens,
    "eerste_kamer": EersteKamer,
    "feed": Feed,
    "list": ListPage,
    "officielebekendmakingen": OfficieleBekendmakingen,
    "open_overheid": OpenOverheid,
    "page": Watched,
    "rijksoverheid": Rijksoverheid,
    "tweedekamer": TweedeKamer,
    "wodc": Wodc,
}
_NAME = re.compile(r"[a-z][a-z0-9_]{1,39}")
_SHORTEST = timedelta(seconds=1)


def build(table: Mapping[str, Any], overrides: Mapping[str, Mapping[str, Any]], fetcher: Fetcher) -> dict[str, Source]:
    """The enabled sources by name, in the catalogue's order. ValueError names the entry or setting that is wrong.

    A setting may also add a source that the catalogue does not have, when it says of what kind it is.
    """
    entries = {name: _table(name, entry) for name, entry in table.items()}
    for name, settings in overrides.items():
        if name not in entries and name not in KINDS and "kind" not in settings:
            raise ValueError(f"sources.{name}: there is no such source; known are {', '.join(sorted(entries))}")
        entries[name] = {**entries.get(name, {}), **settings}
    made = {name: _made(name, dict(entry), fetcher) for name, entry in entries.items()}
    return {name: source for name, source in made.items() if source is not None}


def _table(name: str, entry: Any) -> Mapping[str, Any]:
    if not isinstance(entry, Mapping):
        raise ValueError(f"sources.{name}: has to be a table")
    return entry


def _made(name: str, entry: dict[str, Any], fetcher: Fetcher) -> Source | None:
    """One source, or None when it is not enabled; it is checked all the same."""
    if not _NAME.fullmatch(name):
        raise ValueError(f"sources.{name}: a name is 2 to 40 small letters, digits and underscores")
    kind = str(entry.pop("kind", name))
    if kind not in KINDS:
        raise ValueError(f"sources.{name}.kind: {kind!r} is not one of {', '.join(sorted(KINDS))}")
    enabled = _value(f"sources.{name}.enabled", bool, entry.pop("enabled", True))
    options = _options(name, KINDS[kind], entry)
    try:
        source = KINDS[kind](fetcher, name=name, **options)
    except ValueError as error:
        raise ValueError(f"sources.{name}.{error}") from None
    if source.every < _SHORTEST:
        raise ValueError(f"sources.{name}.every: has to be longer than nothing")
    return source if enabled else None


def _options(name: str, cls: Callable[..., Source], entry: Mapping[str, Any]) -> dict[str, Any]:
    """The entry's values as the class wants them."""
    signature = inspect.signature(cls).parameters
    wanted = {n: p for n, p in signature.items() if p.kind is p.KEYWORD_ONLY and n != "name"}
    hints = get_type_hints(cls.__init__)
    for option in entry:
        if option not in wanted:
            raise ValueError(f"sources.{name}.{option}: unknown; known are enabled, kind, {', '.join(sorted(wanted))}")
    for option, parameter in wanted.items():
        if parameter.default is parameter.empty and option not in entry:
            raise ValueError(f"sources.{name}.{option}: is missing")
    return {option: _value(f"sources.{name}.{option}", hints[option], value) for option, value in entry.items()}


def _value(name: str, hint: Any, value: Any) -> Any:
    if get_origin(hint) in (tuple, Sequence) and isinstance(value, str):
        value = _listed(value)
    try:
        return TypeAdapter(hint).validate_python(value)
    except ValidationError as error:
        hint_text = " (a duration is written like PT15M or P1D)" if hint is timedelta else ""
        raise ValueError(f"{name}: {error.errors()[0]['msg']}{hint_text}") from None


def _listed(text: str) -> list[Any]:
    """A list from the environment: JSON, or one value."""
    try:
        read = json.loads(text)
    except ValueError:
        return [text]
    return read if isinstance(read, list) else [text]
