"""From happenings to a `Message`: one of them, or a digest with counts, in the subscriber's language and length.

What is said about each happening is `notifications.telling`, how it looks `notifications.layout`; carrying it is a
channel's. A message about a promise always holds its address.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from notifications.cleaning import one_line, web_link
from notifications.dates import day_words, local_day, period_words
from notifications.errors import MessageError
from notifications.happening import Happening
from notifications.layout import Frame, foot_html, foot_text, page_html, page_text
from notifications.message import Message, message_id, thread_id
from notifications.subscription import Subscription
from notifications.telling import Fact, Told, tell
from notifications.words import Language, count_words, label
from rules.event import EventKind

ITEMS = 50  # in one digest; the rest is on the page that the digest links to
WHAT_LIMIT = 100  # of a promise in a subject
NOTE_LIMIT = 200
# The order in a digest: what changed for good first, then what asks for a look, then what is new.
ORDER = (
    EventKind.OVERDUE,
    EventKind.FULFILLED,
    EventKind.PARTLY,
    EventKind.POSTPONED,
    EventKind.DUE_SOON,
    EventKind.LAPSED,
    EventKind.SUPERSEDED,
    EventKind.REOPENED,
    EventKind.PROGRESS,
    EventKind.STEP,
    EventKind.FOLLOW_UP,
    EventKind.MADE,
    EventKind.RESTATED,
    EventKind.CONFIRMED,
    EventKind.REJECTED,
    EventKind.MERGED,
    EventKind.SOURCE_SILENT,
    EventKind.SOURCE_BACK,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where a subscriber goes to change or end the subscription; absolute addresses, "" where there is none.

    unsubscribe also takes the one-click POST of RFC 8058.
    """

    manage: str = ""
    unsubscribe: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blind:
    """A source that could not be read, and from when until when; until: None while it still cannot."""

    name: str
    since: datetime
    until: datetime | None = None

    def words(self, language: Language) -> str:
        """``WODC van 3 juli 2023 tot en met 5 juli 2023``, in Amsterdam days."""
        first, last = local_day(self.since), local_day(self.until) if self.until else None
        kind = "blind_since" if last is None else "blind_on" if last == first else "blind_between"
        days = {"first": day_words(first, language), "last": day_words(last, language) if last else ""}
        return label(kind, language, source=one_line(self.name, WHAT_LIMIT), **days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All of a message but whom it is for: told once for all its subscribers. html: before the foot, and after it."""

    happenings: tuple[Happening, ...]
    language: Language
    subject: str
    text: str
    html: tuple[str, str]
    link: str
    references: tuple[str, ...]


def compose(
    happenings: Sequence[Happening],
    subscription: Subscription,
    *,
    key: str,
    now: datetime,
    links: Links = Links(),
    blind: Sequence[Blind] = (),
) -> Message:
    """The message that tells these happenings: one as a letter of its own, more as a digest with counts.

    key: names the delivery; the same key gives the same Message-ID, so a mail that arrives twice is known as one.
    blind: the sources that could not be read, said in a digest. Raises MessageError when there is nothing to tell.
    """
    return addressed(
        draft(happenings, subscription.language, full=subscription.full, blind=blind),
        subscription,
        key=key,
        now=now,
        links=links,
    )


def draft(happenings: Sequence[Happening], language: Language, *, full: bool, blind: Sequence[Blind] = ()) -> Draft:
    """What `compose` says, for everybody who reads this language at this length. Raises MessageError."""
    if not happenings:
        raise MessageError("a message needs at least one happening")
    ordered = sorted(happenings, key=lambda h: (ORDER.index(h.event.kind), h.event.at, h.event.key))
    told = [tell(happening, language) for happening in ordered[:ITEMS]]
    frame = _frame(ordered, told, language, full, blind)
    return Draft(
        happenings=tuple(ordered),
        language=language,
        subject=frame.subject,
        text=page_text(frame, told),
        html=page_html(frame, told),
        link=frame.link,
        references=_thread(ordered),
    )


def addressed(
    drafted: Draft, subscription: Subscription, *, key: str, now: datetime, links: Links = Links()
) -> Message:
    """The draft as a message to one subscriber: with an id, the links and the note of their own."""
    own = Links(manage=web_link(links.manage), unsubscribe=web_link(links.unsubscribe))
    lines = foot(subscription, own)
    before, after = drafted.html
    return Message(
        subject=drafted.subject,
        text="\n\n".join([drafted.text, *foot_text(lines)]),
        html=f"{before}{foot_html(lines)}{after}",
        message_id=message_id(key, drafted.link),
        references=drafted.references,
        headers=list_headers(subscription, own, drafted.link),
        link=drafted.link,
        language=drafted.language,
        at=now,
        happenings=drafted.happenings,
    )


def _frame(
    ordered: Sequence[Happening], told: Sequence[Told], language: Language, full: bool, blind: Sequence[Blind]
) -> Frame:
    single = len(ordered) == 1
    counts = "" if single else digest_counts(ordered, language)
    days = sorted(local_day(happening.event.at) for happening in ordered)
    left = len(ordered) - len(told)
    unread = "; ".join(one.words(language) for one in blind)
    return Frame(
        language=language,
        full=full,
        subject=_subject(told[0]) if single else f"Nakoming: {counts}",
        heading="" if single else label("digest", language),
        period="" if single else period_words(days[0], days[-1], language),
        counts=counts,
        blind=label("blind", language, sources=unread) if unread else "",
        more=label("more_items", language, number=str(left)) if left else "",
        link=ordered[0].address if single else _common_page(ordered),
        caution=label("caution", language),
    )


def digest_counts(happenings: Sequence[Happening], language: Language) -> str:
    """``2 nagekomen, 1 uitgesteld, 3 nieuwe toezeggingen``."""
    counts = Counter(happening.event.kind for happening in happenings)
    return ", ".join(count_words(kind, counts[kind], language) for kind in ORDER if counts[kind])


def _subject(told: Told) -> str:
    return f"{told.headline}: {one_line(told.what, WHAT_LIMIT)}"


def _common_page(happenings: Sequence[Happening]) -> str:
    """The list that the addresses have in common: ``BASE_URL/toezeggingen`` where a promise is among them."""
    promise = next((h for h in happenings if h.commitment), None)
    return promise.address.rsplit("/", 1)[0] if promise else happenings[0].address


def _thread(happenings: Sequence[Happening]) -> tuple[str, ...]:
    """One promise is one thread; a digest of several belongs to none."""
    threads = {thread_id(h.commitment.id, h.address) if h.commitment else "" for h in happenings}
    return tuple(threads - {""}) if len(threads) == 1 else ()


def list_headers(subscription: Subscription, links: Links, address: str) -> dict[str, str]:
    """Auto-Submitted: RFC 3834 section 5. List-Id: RFC 2919. List-Unsubscribe: RFC 2369, one click: RFC 8058."""
    domain = message_id("toezeggingen", address)[1:-1].replace("@", ".")
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Id": f"Nakoming <{domain}>",
        "Content-Language": subscription.language.value,
    }
    if links.unsubscribe:
        headers["List-Unsubscribe"] = f"<{links.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def foot(subscription: Subscription, links: Links) -> tuple[Fact, ...]:
    """Why you get this and how to change it; nothing for a channel of the settings, which has neither note nor link.

    links: checked before; nothing else may become a link or a header.
    """
    language, note = subscription.language, one_line(subscription.note, NOTE_LIMIT)
    facts = []
    if note or links.manage or links.unsubscribe:
        why = label("why_you", language)
        facts.append(Fact("", f"{why}: {note}" if note else f"{why}."))
    for name, address in (("manage", links.manage), ("unsubscribe", links.unsubscribe)):
        if address:
            facts.append(Fact("", label(name, language), address))
    return tuple(facts)
