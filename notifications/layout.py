"""How `Told` looks: as a page for mail, as plain text for mail and chat, as a fragment for feeds.

Pure but for the templates, which are read from this package. Everything is escaped here: the environment escapes
whatever a template prints, and links were checked when they were told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import escape

from notifications.telling import Fact, Told
from notifications.words import Language, label

_TEMPLATES = Environment(
    loader=PackageLoader("notifications", "templates"), autoescape=True, undefined=StrictUndefined, auto_reload=False
)
_PAGE = _TEMPLATES.get_template("message.html.j2")
_NOTICE = _TEMPLATES.get_template("notice.html.j2")
_FRAGMENT = _TEMPLATES.get_template("told.html.j2")


MARK = "\x00"  # where the foot comes; no text that was cleaned can hold it
_FOOT = f"<p>{MARK}</p>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the items of a message. heading, period, counts, blind, more: "" where they do not apply."""

    language: Language
    full: bool
    subject: str
    heading: str = ""
    period: str = ""
    counts: str = ""
    blind: str = ""
    more: str = ""
    link: str
    caution: str


def page_html(frame: Frame, items: Sequence[Told]) -> tuple[str, str]:
    """A whole page for mail, readable in light and dark: what comes before its foot, and what after it."""
    why = label("why", frame.language)
    page = _PAGE.render(frame=frame, items=items, preview=items[0].sentence, full=frame.full, why=why, foot=MARK)
    return _around_foot(page)


def page_text(frame: Frame, items: Sequence[Told]) -> str:
    """The same in plain text; the foot comes below the line that mail readers take for a signature."""
    parts = [", ".join(part for part in (frame.heading, frame.period) if part), frame.counts, frame.blind]
    parts += [item_text(item, frame.language) if frame.full else brief_text(item) for item in items]
    parts += [f"{frame.more} {frame.link}" if frame.more else "", _signature(frame)]
    return "\n\n".join(part for part in parts if part)


def notice_html(frame: Frame, sentences: Sequence[str], button: str) -> tuple[str, str]:
    """A page for a mail about the subscription itself, around its foot."""
    page = _NOTICE.render(frame=frame, sentences=sentences, button=button, preview=sentences[0], foot=MARK)
    return _around_foot(page)


def notice_text(frame: Frame, sentences: Sequence[str], button: str) -> str:
    link = f"{button}: {frame.link}" if frame.link else ""
    return "\n\n".join(part for part in [*sentences, link, _signature(frame)] if part)


def foot_html(lines: Sequence[Fact]) -> str:
    """Why you get this and what you can do."""
    return "\n".join(_foot_line(fact) for fact in lines)


def foot_text(lines: Sequence[Fact]) -> list[str]:
    return [f"{fact.text}: {fact.link}" if fact.link else fact.text for fact in lines]


def _foot_line(fact: Fact) -> str:
    text = escape(fact.text)
    return f'<p><a href="{escape(fact.link)}">{text}</a></p>' if fact.link else f"<p>{text}</p>"


def _around_foot(page: str) -> tuple[str, str]:
    before, _, after = page.partition(_FOOT)
    return before, after


def _signature(frame: Frame) -> str:
    return f"-- \n{frame.caution}"


def item_html(told: Told, language: Language) -> str:
    """A fragment for feeds: no styles, no scripts."""
    return _FRAGMENT.render(told=told, why=label("why", language))


def brief_text(told: Told) -> str:
    return f"{told.headline}: {told.what}\n{told.sentence}\n{told.look}: {told.address}"


def item_text(told: Told, language: Language) -> str:
    parts = [told.headline.upper(), told.sentence]
    if told.quote:
        parts.append(f"  “{told.quote}”")
    if told.facts:
        parts.append("\n".join(_fact(fact) for fact in told.facts))
    if told.reasons:
        reasons = "\n".join(f"- {reason}" for reason in told.reasons)
        parts.append(f"{label('why', language)}:\n{reasons}")
    return "\n\n".join([*parts, f"{told.look}: {told.address}"])


def _fact(fact: Fact) -> str:
    link = f"\n  {fact.link}" if fact.link and fact.link != fact.text else ""
    return f"{fact.name}: {fact.text}{link}"
