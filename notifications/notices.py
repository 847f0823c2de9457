"""Messages about a subscription itself: confirm it, the link to it, a test, and "nothing in a whole year".

Pure. They tell no happening, so digests, feeds and the webhook's events do not know them. When one is due and what its
link proves is the monitor's.
"""

from datetime import datetime

from notifications.compose import Links, foot, list_headers
from notifications.layout import Frame, notice_html, notice_text
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
        foot=() if kind is Notice.CONFIRM else foot(subscription, links),
    )
    return Message(
        subject=frame.subject,
        text=notice_text(frame, sentences, button),
        html=notice_html(frame, sentences, button),
        message_id=message_id(key, link),
        headers=list_headers(subscription, Links() if kind is Notice.CONFIRM else links, link),
        link=link,
        language=language,
        at=now,
    )
