"""`Visit`: one request with all that a page needs of it: the house, the language, the moment, who is logged in.

Also the one way in which pages become answers: `Visit.page` renders a template in the visitor's language. Words are
`monitor.web.words`, cookies and passwords `monitor.web.login`.
"""

import hashlib
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from monitor.accounts import form_token
from monitor.house import House
from monitor.store.users import User
from monitor.web.remembered import Made, Remembered
from monitor.web.words import source_name, word
from notifications.cleaning import harmless, web_link
from notifications.dates import day_words, local_day, moment_words
from notifications.words import Language

LANGUAGE = "taal"  # the one query name that every link of a page carries on
STYLE = files("monitor.web").joinpath("static/style.css").read_bytes()
STYLE_MARK = hashlib.sha256(STYLE).hexdigest()[:12]


def _printable(value: Any) -> Any:
    """Text from outside without control characters; what the templates made themselves is left alone."""
    return harmless(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("monitor.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["style_mark"] = STYLE_MARK
    made.filters["web_link"] = web_link
    return made


TEMPLATES = _environment()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """language: of the page. chosen: the visitor asked for it by `LANGUAGE`, so links keep it. now: aware UTC.

    bound: the cookie that form tokens are bound to. form_key: the key that signs them.
    """

    request: Request
    house: House
    language: Language
    chosen: bool
    now: datetime
    user: User | None = None
    bound: str = ""
    form_key: str = ""

    def recall(self, name: Hashable, newest: int, make: Callable[[], Made]) -> Made:
        """An answer that follows from the history up to its event `newest` and from today, if possible from memory."""
        remembered: Remembered = self.request.app.state.remembered
        return remembered.recall(name, newest, self.today, make)

    @property
    def today(self) -> date:
        return local_day(self.now)

    @property
    def token(self) -> str:
        """What every form must send back."""
        return form_token(self.form_key, self.bound)

    def word(self, name: str, /, **values: Any) -> str:
        return word(name, self.language, **values)

    def link(self, path: str, query: Mapping[str, Any] | None = None, **more: Any) -> str:
        """An address of ours with its query; empty values are left out, a chosen language is kept."""
        given = {**(query or {}), **({LANGUAGE: self.language.value} if self.chosen else {}), **more}
        named = [(name, value) for name, value in given.items() if value not in ("", None, ())]
        text = urlencode(named, doseq=True)
        return f"{path}?{text}" if text else path

    def switched(self, language: Language) -> str:
        """This same page in another language."""
        pairs = [(k, v) for k, v in self.request.query_params.multi_items() if k != LANGUAGE]
        return f"{self.request.url.path}?{urlencode([*pairs, (LANGUAGE, language.value)])}"

    def page(self, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
        """The template in the visitor's language. Reads nothing: all it shows is given."""
        text = TEMPLATES.get_template(template).render(
            visit=self,
            language=self.language,
            languages=tuple(Language),
            t=self.word,
            link=self.link,
            day=partial(day_words, language=self.language),
            moment=partial(moment_words, language=self.language),
            source_name=partial(source_name, language=self.language),
            path=self.request.url.path,
            **values,
        )
        return HTMLResponse(text, status_code=status, headers={"Content-Language": self.language.value})


def language_of(request: Request, otherwise: Language) -> tuple[Language, bool]:
    """The language asked for by the address, else the first that the browser prefers and we speak, else `otherwise`."""
    asked = request.query_params.get(LANGUAGE, "").lower()
    if asked in set(Language):
        return Language(asked), True
    for spoken in _preferred(request.headers.get("accept-language", "")):
        if spoken in set(Language):
            return Language(spoken), False
    return otherwise, False


def _preferred(header: str) -> list[str]:
    """Primary language tags by falling preference; what is malformed is left out."""
    ranked: list[tuple[float, int, str]] = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        if tag and quality > 0:
            ranked.append((-quality, place, tag.split("-")[0].lower()))
    return [tag for _, _, tag in sorted(ranked)]
