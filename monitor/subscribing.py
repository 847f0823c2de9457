"""Consent: sign up, confirm by a link, change, pause, end, and what to do with an address that no longer works.

Nobody needs an account. A subscriber holds links that are signed with a key of this installation: one to manage, one
that can only end (it stands in mail headers and may travel), and one to confirm, which runs out. A subscription is told
nothing before it is confirmed where it points: by mail, in the chat, or at the web address. Here is no web and no
command line; choosing what is told is `notifications.subscription`, telling it `monitor.outbox`.
"""

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlencode, urlsplit

from monitor.accounts import new_key, same, sign
from monitor.house import House
from monitor.outbox import AT_ONCE, DIGEST, Sender
from monitor.store import deliveries, events, subscribers, subscriptions, users
from monitor.store.events import Asked
from monitor.store.subscriptions import ACTIVE, BOUNCED, ENDED, WAITING, Kept
from notifications.bounces import bounces
from notifications.channels import check
from notifications.compose import Links
from notifications.errors import ChannelError
from notifications.happening import Happening
from notifications.mail import mail_address
from notifications.message import Sent
from notifications.notices import notice
from notifications.subscription import Rhythm, Subscription, Way, due_at, wants
from notifications.webhook import WebhookChannel, new_secret, retired, rotated
from notifications.words import Notice

KEY = "subscriptions"  # the name of the key that signs links
CONFIRM_DAYS = 7
ASKS_A_DAY = 3  # questions to confirm that one address can be made to get
ASKS_AN_HOUR = 200  # such questions in all: nobody sends mail to the world through our form
MOST = 50  # subscriptions of one address, and words in one field of a filter
LONGEST_WORD, LONGEST_NOTE = 200, 500
YEAR = timedelta(days=365)
LOOK_BACK = 90  # days
EXAMPLES = 5
BATCH = 500
MASKED_NAME = 2  # characters of a mail address that stay readable


class Refusal(StrEnum):
    """Why something was not done; the pages have words for each in both languages."""

    TAMPERED = "tampered"
    EXPIRED = "expired"
    GONE = "gone"
    ADDRESS = "address"
    NO_MAIL = "no_mail"
    TOO_MANY = "too_many"
    NOT_SENT = "not_sent"
    VALUE = "value"


WORDS = {
    Refusal.TAMPERED: "this link is not one of ours, or a part of it is missing",
    Refusal.EXPIRED: "this link has run out; sign up again to get a fresh one",
    Refusal.GONE: "this subscription does not exist any more",
    Refusal.ADDRESS: "this address cannot be used",
    Refusal.NO_MAIL: "no mail server is set (smtp), so nobody can be asked to confirm",
    Refusal.TOO_MANY: "too many sign-ups wait for a confirmation; try again tomorrow",
    Refusal.NOT_SENT: "the question to confirm could not be sent; try again later",
    Refusal.VALUE: "a value cannot be used",
}


class Refused(ValueError):
    """Not done, and why. detail: plain English without secrets, "" when the reason says it all."""

    def __init__(self, reason: Refusal, detail: str = "") -> None:
        super().__init__(f"{WORDS[reason]}: {detail}" if detail else WORDS[reason])
        self.reason = reason
        self.detail = detail


class Purpose(StrEnum):
    MANAGE = "manage"
    END = "end"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a subscription would have sent in the last `days` days. examples: the newest happenings that fit."""

    days: int
    events: int
    messages: int
    examples: tuple[Happening, ...]


# ---- links


def links_of(house: House) -> Callable[[Subscription], Links]:
    """The links of a subscriber's messages. A channel of the settings has none: it is the operator's."""
    key, base = _key(house), house.settings.base_url

    def links(subscription: Subscription) -> Links:
        if subscription.id.startswith("channel-"):
            return Links()
        return Links(
            manage=_address(base, key, subscription.id, Purpose.MANAGE),
            unsubscribe=_address(base, key, subscription.id, Purpose.END),
        )

    return links


def _key(house: House) -> str:
    with house.store.write() as session:
        return users.secret(session, KEY, new_key())


PATHS = {Purpose.MANAGE: "", Purpose.END: "/einde", Purpose.CONFIRM: "/bevestigen"}


def _address(base: str, key: str, id_: str, purpose: Purpose, until: int | None = None) -> str:
    ends = {} if until is None else {"tot": str(until)}
    query = urlencode({**ends, "s": _signature(key, id_, purpose, until)})
    return f"{base}/abonnementen/{id_}{PATHS[purpose]}?{query}"


def _signature(key: str, id_: str, purpose: Purpose, until: int | None) -> str:
    return sign(key, f"subscription:{purpose}:{id_}:{'' if until is None else until}")


def opened(house: House, id_: str, purpose: Purpose, signature: str, now: datetime, until: int | None = None) -> Kept:
    """The subscription that a link is for. Raises Refused: tampered, expired, gone."""
    if not same(signature, _signature(_key(house), id_, purpose, until)):
        raise Refused(Refusal.TAMPERED)
    if purpose is Purpose.CONFIRM and (until is None or until < now.timestamp()):
        raise Refused(Refusal.EXPIRED)
    return _held(house, id_)


def _held(house: House, id_: str) -> Kept:
    with house.store.read() as session:
        kept = subscriptions.get(session, id_)
    if kept is None:
        raise Refused(Refusal.GONE)
    return kept


# ---- sign up


def new_id() -> str:
    """An id that cannot be guessed; it is part of the subscriber's links."""
    return secrets.token_hex(10)


def checked(house: House, wanted: Subscription) -> Subscription:
    """The subscription with its address in its one form. Raises Refused for anything that cannot work."""
    _check_values(wanted)
    try:
        if wanted.way is Way.MAIL:
            return replace(wanted, address=mail_address(wanted.address), secret="")
        if wanted.way is Way.WEBHOOK:
            with_secret = replace(wanted, secret=wanted.secret or new_secret())
            WebhookChannel(with_secret.address, with_secret.secret, house.fetcher.post)
            return with_secret
        check(wanted.address, anyone=not house.settings.allow_private_networks)
    except ChannelError as error:
        raise Refused(Refusal.ADDRESS, str(error)) from None
    return replace(wanted, secret="")


def _check_values(wanted: Subscription) -> None:
    asked = wanted.filter
    for name in (
        "commitments", "ministries", "office_holders", "dossiers", "letters", "words", "kinds", "members", "parties"
    ):  # fmt: skip
        values = getattr(asked, name)
        if len(values) > MOST or any(len(value) > LONGEST_WORD for value in values):
            raise Refused(Refusal.VALUE, f"{name}: at most {MOST} of at most {LONGEST_WORD} characters")
    if len(wanted.note) > LONGEST_NOTE:
        raise Refused(Refusal.VALUE, f"note: at most {LONGEST_NOTE} characters")
    hours = (wanted.hour, *(wanted.quiet or ()))
    if any(not 0 <= hour <= 23 for hour in hours) or not 0 <= wanted.weekday <= 6:
        raise Refused(Refusal.VALUE, "hours are 0 to 23, days of the week 0 (Monday) to 6")


def contact_of(subscription: Subscription) -> str:
    """What subscriptions of the same receiver have in common; for others than mail a mark that shows no secret."""
    if subscription.way is Way.MAIL:
        return subscription.address.lower()
    return hashlib.sha256(subscription.address.encode()).hexdigest()[:24]


def sign_up(house: House, wanted: Subscription, now: datetime, sender: Sender) -> Kept:
    """Keep it as waiting, and ask at the address itself to confirm it. Raises Refused.

    A question that cannot be sent leaves nothing behind.
    """
    subscription = checked(house, wanted)
    if subscription.way is Way.MAIL and house.settings.smtp is None:
        raise Refused(Refusal.NO_MAIL)
    contact = contact_of(subscription)
    with house.store.write() as session:
        day, hour = now - timedelta(days=1), now - timedelta(hours=1)
        many = subscribers.asked_since(session, day, contact) >= ASKS_A_DAY
        if many or subscribers.asked_since(session, hour) >= ASKS_AN_HOUR or subscribers.held(session, contact) >= MOST:
            raise Refused(Refusal.TOO_MANY)
        subscriptions.keep(session, subscription, now, state=WAITING, contact=contact)
    answer = _ask(house, subscription, now, sender)
    if not answer.ok:
        with house.store.write() as session:
            subscribers.forget(session, subscription.id)
        raise Refused(Refusal.NOT_SENT, answer.detail)
    return _held(house, subscription.id)


def adopt(house: House, wanted: Subscription, now: datetime) -> Kept:
    """Keep it as active at once: for an operator, who knows that the receiver wants it. Raises Refused."""
    subscription = checked(house, wanted)
    with house.store.write() as session:
        subscriptions.keep(session, subscription, now, contact=contact_of(subscription))
    return _held(house, subscription.id)


def _ask(house: House, subscription: Subscription, now: datetime, sender: Sender) -> Sent:
    until = int((now + timedelta(days=CONFIRM_DAYS)).timestamp())
    link = _address(house.settings.base_url, _key(house), subscription.id, Purpose.CONFIRM, until)
    key = f"confirm-{subscription.id}"
    return sender.send(
        subscription, notice(Notice.CONFIRM, subscription, key=key, now=now, link=link, days=CONFIRM_DAYS)
    )


def confirm(house: House, id_: str, until: int, signature: str, now: datetime) -> Kept:
    """From now on it is told. Confirming again does no harm; a subscription that ended does not come back by it."""
    kept = opened(house, id_, Purpose.CONFIRM, signature, now, until)
    if kept.state == ENDED:
        raise Refused(Refusal.GONE)
    if kept.state == WAITING:
        _set(house, id_, ACTIVE)
    return _held(house, id_)


# ---- change, pause, end (who may do it was decided by `opened`, or is the operator)


def change(house: House, id_: str, wanted: Subscription, now: datetime) -> Kept:
    """Other wishes for the same receiver; another receiver is another subscription. Raises Refused."""
    kept = _living(house, id_)
    was = kept.subscription
    fixed = replace(wanted, id=was.id, way=was.way, address=was.address, secret=was.secret)
    _check_values(fixed)
    with house.store.write() as session:
        subscriptions.keep(session, replace(fixed, said_nothing_at=None), now, state=kept.state)
    return _held(house, id_)


def pause(house: House, id_: str, until: datetime | None, now: datetime) -> Kept:
    """Nothing before `until`; what happens meanwhile comes then. None: go on, also after a bounce."""
    kept = _living(house, id_)
    paused = until if until and until > now else None
    back = kept.state == BOUNCED and paused is None
    with house.store.write() as session:
        state = ACTIVE if back else kept.state
        subscriptions.keep(session, replace(kept.subscription, paused_until=paused), now, state=state)
        if back:
            subscriptions.set_state(session, id_, ACTIVE)  # clears the error
            deliveries.retry(session, subscribers.undeliverable(session, id_), now)
    return _held(house, id_)


def end(house: House, id_: str) -> Kept:
    """Nothing more, ever. What was queued is dropped. Ending again is no error: mail readers post twice."""
    kept = _held(house, id_)
    with house.store.write() as session:
        if kept.state != ENDED:
            subscriptions.set_state(session, id_, ENDED)
        deliveries.cancel(session, id_)
    return _held(house, id_)


def _living(house: House, id_: str) -> Kept:
    kept = _held(house, id_)
    if kept.state == ENDED:
        raise Refused(Refusal.GONE)
    return kept


def _set(house: House, id_: str, state: str, error: str = "") -> None:
    with house.store.write() as session:
        subscriptions.set_state(session, id_, state, error)


def rotate_secret(house: House, id_: str, now: datetime) -> str:
    """A fresh secret for a webhook, to be shown once; the last one stays good beside it until `retire_secret`."""
    kept, fresh = _living(house, id_), new_secret()
    if kept.subscription.way is not Way.WEBHOOK:
        raise Refused(Refusal.VALUE, "only webhooks have a secret")
    _keep_secret(house, kept, rotated(kept.subscription.secret, fresh), now)
    return fresh


def retire_secret(house: House, id_: str, now: datetime) -> None:
    """Only the newest secret of a webhook is good from now on."""
    kept = _living(house, id_)
    _keep_secret(house, kept, retired(kept.subscription.secret), now)


def _keep_secret(house: House, kept: Kept, secret: str, now: datetime) -> None:
    with house.store.write() as session:
        subscriptions.keep(session, replace(kept.subscription, secret=secret), now, state=kept.state)


# ---- look before, test, look after


def preview(house: House, wanted: Subscription, now: datetime, days: int = LOOK_BACK) -> Preview:
    """What it would have sent in the last days, computed from the history; promises count as they are now."""
    _check_values(wanted)
    asking = replace(wanted, paused_until=None)
    moments: Counter[datetime] = Counter()
    examples: list[Happening] = []
    before: int | None = None
    while True:
        asked = Asked(since=now - timedelta(days=days), before_id=before, most=BATCH)
        with house.store.read() as session:
            found = events.happenings(session, asked, house.addresses)
        for before, happening in found:  # noqa: B007 - the last number is where the next batch begins
            if wants(asking, happening):
                moments[due_at(asking, happening.event.at)] += 1
                examples += [happening] if len(examples) < EXAMPLES else []
        if len(found) < BATCH:
            break
    messages = sum(_messages(asking, number) for due, number in moments.items() if due <= now)
    return Preview(days=days, events=moments.total(), messages=messages, examples=tuple(examples))


def _messages(subscription: Subscription, number: int) -> int:
    """How many messages the outbox makes of so many happenings that are due at the same moment."""
    if subscription.rhythm is Rhythm.IMMEDIATE and number <= AT_ONCE:
        return number
    return -(-number // DIGEST)


def send_test(house: House, id_: str, now: datetime, sender: Sender) -> Sent:
    """One test message, at once."""
    subscription = _living(house, id_).subscription
    key = f"test-{id_}-{int(now.timestamp())}"
    link = f"{house.settings.base_url}/"
    made = notice(Notice.TEST, subscription, key=key, now=now, link=link, links=links_of(house)(subscription))
    return sender.send(subscription, made)


def send_links(house: House, address: str, now: datetime, sender: Sender) -> int:
    """Mail somebody the links to what they have; says nothing of it to who asks. How many were sent.

    At most one such mail for each subscription a day: the question can be asked by anybody.
    """
    try:
        contact = mail_address(address).lower()
    except ChannelError:
        return 0
    with house.store.read() as session:
        found = [kept for kept in subscriptions.of_contact(session, contact) if kept.state in (ACTIVE, BOUNCED)]
    links, day, sent = links_of(house), now.date(), 0
    for kept in found[:MOST]:
        wanted = kept.subscription
        if wanted.way is Way.MAIL and wanted.links_sent_on != day:
            own = links(wanted)
            key = f"links-{wanted.id}-{day}"
            made = notice(Notice.LINK, wanted, key=key, now=now, link=own.manage, links=own)
            sent += sender.send(wanted, made).ok
            with house.store.write() as session:
                subscriptions.keep(session, replace(wanted, links_sent_on=day), now, state=kept.state)
    return sent


def take_bounce(house: House, mail: bytes) -> tuple[str, ...]:
    """Read a mail that came back. The ids of the subscriptions that stop for it: the address is no good any more."""
    stopped = []
    with house.store.write() as session:
        for bounce in bounces(mail):
            for kept in subscriptions.of_contact(session, bounce.address):
                if bounce.hard and kept.state in (ACTIVE, WAITING):
                    error = f"mail came back ({bounce.status})"
                    subscriptions.set_state(session, kept.subscription.id, BOUNCED, error)
                    stopped.append(kept.subscription.id)
    return tuple(stopped)


def tidy(house: House, now: datetime, sender: Sender) -> int:
    """Nightly: forget sign-ups that nobody confirmed; say once, after a year, that nothing fits. How many were told."""
    with house.store.write() as session:
        subscribers.forget_unconfirmed(session, now - timedelta(days=CONFIRM_DAYS + 1))
    links, told, after = links_of(house), 0, ""
    while True:
        with house.store.read() as session:
            ids = subscribers.told_nothing_since(session, now - YEAR, after, BATCH)
        for id_ in ids:
            told += _say_nothing(house, id_, links, now, sender)
        if len(ids) < BATCH:
            return told
        after = ids[-1]


def _say_nothing(house: House, id_: str, links: Callable[[Subscription], Links], now: datetime, sender: Sender) -> bool:
    kept = _held(house, id_)
    subscription = kept.subscription
    if subscription.said_nothing_at or id_.startswith("channel-"):
        return False
    own = links(subscription)
    made = notice(
        Notice.NOTHING, subscription, key=f"nothing-{id_}", now=now, link=own.manage, links=own, days=YEAR.days
    )
    if not sender.send(subscription, made).ok:
        return False
    with house.store.write() as session:
        subscriptions.keep(session, replace(subscription, said_nothing_at=now), now, state=kept.state)
    return True


def shown_address(subscription: Subscription) -> str:
    """The receiver for a page or a list: enough to know it by, without a secret."""
    if subscription.way is Way.MAIL:
        name, _, host = subscription.address.partition("@")
        return f"{name[:MASKED_NAME]}…@{host}"
    if subscription.way is Way.WEBHOOK:
        return f"webhook ({urlsplit(subscription.address).hostname})"
    try:
        return check(subscription.address)
    except ChannelError:  # an operator's channel keeps its address in the settings
        return subscription.id
