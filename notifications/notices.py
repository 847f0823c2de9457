"""Messages about a subscription itself: confirm it, the link to it, a test, and "nothing in a whole year".

Pure. They tell no happening, so digests, feeds and the webhook's events do not know them. When one is due and what its
link proves is the monitor's.
"""

from datetime import datetime

from notifications.compose import Links, foot, list_headers
from notifications.layout import Frame, foot_html, foot_text, notice_html, notice_text
from notifications.message import Message, message_id
from notifications.subscription import Subscription
from notifications.words import NOTICES, Notice, label


def notice(
    kind: Notice,
    subscription: Subscription,
    *,
    key: str,
    now: datetime,
    link: str,
    links: Links = Links(),
    days: int = 0,
) -> Message:
    """The notice in the subscriber's language. link: where its button leads. days: for the words that count days.

    links: of our own making, as those of `monitor.subscribing` are.

    A request to confirm carries no unsubscribe header: there is nothing to end yet.
    """
    words, language = NOTICES[kind], subscription.language
    sentences = [said.in_(language).format(days=days) for said in words.sentences]
    heading, button = words.heading.in_(language), words.button.in_(language)
    frame = Frame(
        language=language,
        full=subscription.full,
        subject=heading,
        heading=heading,
        link=link,
        caution=label("caution", language),
    )
    own = Links() if kind is Notice.CONFIRM else links
    lines = () if kind is Notice.CONFIRM else foot(subscription, own)
    before, after = notice_html(frame, sentences, button)
    return Message(
        subject=frame.subject,
        text="\n\n".join([notice_text(frame, sentences, button), *foot_text(lines)]),
        html=f"{before}{foot_html(lines)}{after}",
        message_id=message_id(key, link),
        headers=list_headers(subscription, own, link),
        link=link,
        language=language,
        at=now,
    )
