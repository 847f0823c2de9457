"""How `Told` looks: as a page for mail, as plain text for mail and chat, as a fragment for feeds.

Pure but for the templates, which are read from this package. Everything is escaped here: the environment escapes
whatever a template prints, and links were checked when they were told.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from notifications.telling import Fact, Told
from notifications.words import Language, label

_TEMPLATES = Environment(
    loader=PackageLoader("notifications", "templates"), autoescape=True, undefined=StrictUndefined, auto_reload=False
)
_PAGE = _TEMPLATES.get_template("message.html.j2")
_NOTICE = _TEMPLATES.get_template("notice.html.j2")
_FRAGMENT = _TEMPLATES.get_template("told.html.j2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the items of a message. heading, period, counts, blind, more: "" where they do not apply.

    foot: why you get this and what you can do, as facts without names.
    """

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
    foot: tuple[Fact, ...] = ()


def page_html(frame: Frame, items: Sequence[Told]) -> str:
    """A whole page for mail, readable in light and dark."""
    why = label("why", frame.language)
    return _PAGE.render(frame=frame, items=items, preview=items[0].sentence, full=frame.full, why=why)


def page_text(frame: Frame, items: Sequence[Told]) -> str:
    """The same in plain text; the foot stands below the line that mail readers take for a signature."""
    parts = [", ".join(part for part in (frame.heading, frame.period) if part), frame.counts, frame.blind]
    parts += [item_text(item, frame.language) if frame.full else brief_text(item) for item in items]
    parts += [f"{frame.more} {frame.link}" if frame.more else "", _foot_text(frame)]
    return "\n\n".join(part for part in parts if part)


def notice_html(frame: Frame, sentences: Sequence[str], button: str) -> str:
    """A page for a mail about the subscription itself."""
    return _NOTICE.render(frame=frame, sentences=sentences, button=button, preview=sentences[0])


def notice_text(frame: Frame, sentences: Sequence[str], button: str) -> str:
    link = f"{button}: {frame.link}" if frame.link else ""
    return "\n\n".join(part for part in [*sentences, link, _foot_text(frame)] if part)


def _foot_text(frame: Frame) -> str:
    lines = [f"-- \n{frame.caution}"]
    lines += [f"{fact.text}: {fact.link}" if fact.link else fact.text for fact in frame.foot]
    return "\n\n".join(lines)


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
