"""Signed JSON webhooks, in the form of the Standard Webhooks specification (version 1, symmetric signatures).

Headers: ``webhook-id`` (the same for every try of one delivery, so a receiver can drop doubles; also sent as
``Idempotency-Key``), ``webhook-timestamp`` (Unix seconds) and ``webhook-signature``: ``v1,`` and the base64 of
HMAC-SHA256 over ``id.timestamp.body``. The form of the body is published: `schema`. While a secret is being rotated the
subscription holds two, and a request carries a signature for each. Pure but for `secrets`: the request itself is made
by the `Post` that is handed in (the fetcher of the bottom floor, with its guard against private networks).
"""

import base64
import binascii
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from importlib.resources import files
from typing import Any, Protocol
from urllib.parse import urlsplit

from notifications.cleaning import web_link
from notifications.errors import ChannelError
from notifications.happening import Happening
from notifications.message import Message, Sent
from notifications.telling import tell
from notifications.words import Language
from rules.commitment import Commitment
from rules.event import Evidence
from sources.document import Document
from sources.source import SourceError

VERSION = 1  # of the payload; grows when a name changes its meaning or goes away
PREFIX = "whsec_"
SECRET_BYTES = 32
TOLERANCE_SECONDS = 300  # how old or new a timestamp may be for a receiver (the specification's advice)
LONGEST_WAIT = 86_400.0
GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver said: the status and its headers, names in any case."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)


class Answered(Protocol):
    """`Answer`, or any answer that has what it has."""

    @property
    def status(self) -> int: ...
    @property
    def headers(self) -> Mapping[str, str]: ...


class Post(Protocol):
    """Sends a body and follows no redirects. Raises SourceError when no answer came or the address is forbidden."""

    def __call__(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answered: ...


class WebhookChannel:
    """One receiver. secret: one, or several with spaces between them while it changes (`rotated`).

    Raises ChannelError for an address or secret that cannot work; neither is in a repr or an error.
    """

    def __init__(self, url: str, secret: str, post: Post) -> None:
        if not web_link(url) or "@" in urlsplit(url).netloc:
            raise ChannelError("a webhook needs a plain http or https address, without a password in it")
        self._url = web_link(url)
        self._keys = [_key(one) for one in secret.split()] or [_key("")]
        self._post = post
        self.name = f"webhook ({urlsplit(self._url).hostname})"

    def __repr__(self) -> str:
        return f"WebhookChannel({self.name})"

    def send(self, message: Message) -> Sent:
        """One try. permanent: the receiver says 410, gone for good."""
        body = payload(message)
        try:
            answer = self._post(self._url, body, _headers(self._keys, message, body))
        except SourceError as error:
            return Sent(ok=False, detail=f"{self.name}: {error.kind}")
        if 200 <= answer.status < 300:
            return Sent(ok=True)
        return Sent(
            ok=False,
            detail=f"{self.name}: answered with status {answer.status}",
            retry_after=_retry_after(answer, message.at),
            permanent=answer.status == GONE,
        )


def new_secret() -> str:
    """A fresh signing secret, ``whsec_`` and base64, to be shown to the subscriber once."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def rotated(secret: str, fresh: str) -> str:
    """The secrets after a change: the fresh one first, the last one still valid beside it, older ones gone."""
    return " ".join([fresh, *secret.split()[:1]])


def retired(secret: str) -> str:
    """Only the newest secret: the receiver knows it, the older one no longer signs."""
    return next(iter(secret.split()), "")


def schema() -> dict[str, Any]:
    """The published JSON Schema (2020-12) of the body, also for receivers that want to check what they get."""
    text = files("notifications").joinpath("webhook.schema.json").read_text(encoding="utf-8")
    published: dict[str, Any] = json.loads(text)
    return published


def sign(secret: str, identity: str, timestamp: int, body: bytes) -> str:
    """The value of ``webhook-signature``. Raises ChannelError for a secret that is empty or no base64."""
    return _signature(_key(secret), identity, timestamp, body)


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: datetime) -> bool:
    """What a receiver does: True when a signature fits and the timestamp is within five minutes of `now`."""
    given = {name.lower(): value for name, value in headers.items()}
    stamp = given.get("webhook-timestamp", "")
    if not re.fullmatch(r"[0-9]{1,12}", stamp) or abs(now.timestamp() - int(stamp)) > TOLERANCE_SECONDS:
        return False
    identity = given.get("webhook-id", "")
    expected = [sign(one, identity, int(stamp), body).encode() for one in secret.split()]
    offered = given.get("webhook-signature", "").encode().split()
    return any(hmac.compare_digest(right, one) for right in expected for one in offered)


def payload(message: Message) -> bytes:
    """The JSON of a message: the happenings as data, with the names that the API and the command line use."""
    data = {
        "type": "nakoming.events" if message.happenings else "nakoming.notice",
        "version": VERSION,
        "id": _identity(message),
        "timestamp": _time(message.at),
        "language": message.language.value,
        "subject": message.subject,
        "text": message.text,
        "address": message.link,
        "events": [_event(happening, message.language) for happening in message.happenings],
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def _headers(keys: Sequence[bytes], message: Message, body: bytes) -> dict[str, str]:
    identity, timestamp = _identity(message), int(message.at.timestamp())
    return {
        "Content-Type": "application/json",
        "Idempotency-Key": identity,
        "webhook-id": identity,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_signature(key, identity, timestamp, body) for key in keys),
    }


def _identity(message: Message) -> str:
    return message.message_id.strip("<>")


def _signature(key: bytes, identity: str, timestamp: int, body: bytes) -> str:
    digest = hmac.new(key, f"{identity}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _key(secret: str) -> bytes:
    """The bytes of a ``whsec_`` secret; any other text stands for its own UTF-8 bytes."""
    try:
        key = base64.b64decode(secret[len(PREFIX) :], validate=True) if secret.startswith(PREFIX) else secret.encode()
    except binascii.Error:
        key = b""
    if not key:
        raise ChannelError("a webhook needs a secret: whsec_ and base64, or plain text")
    return key


def _retry_after(answer: Answered, now: datetime) -> float | None:
    """Seconds from a Retry-After header in either form (RFC 9110 section 10.2.3), at most a day; None without one."""
    value = next((text.strip() for name, text in answer.headers.items() if name.lower() == "retry-after"), "")
    if value.isascii() and value.isdigit():
        return min(float(value), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((aware - now).total_seconds(), 0.0), LONGEST_WAIT)


def _event(happening: Happening, language: Language) -> dict[str, Any]:
    event = happening.event
    return {
        "kind": event.kind.value,
        "key": event.key,
        "at": _time(event.at),
        "by": event.by,
        "words": tell(happening, language).sentence,
        "address": happening.address,
        "commitment": _commitment(happening.commitment) if happening.commitment else None,
        "document": _document(happening.document) if happening.document else None,
        "score": event.score,
        "reasons": [_reason(reason) for reason in event.reasons],
        "note": event.note,
        "data": dict(event.data),
    }


def _commitment(commitment: Commitment) -> dict[str, Any]:
    deadline, actor = commitment.deadline, commitment.actor
    return {
        "id": commitment.id,
        "quote": commitment.quote,
        "status": commitment.status.value,
        "actor": {"office": actor.office, "person": actor.person, "as_written": actor.as_written},
        "made_on": _day(commitment.made_on),
        "due": {"earliest": _day(deadline.earliest), "latest": _day(deadline.latest)} if deadline else None,
    }


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.key,
        "identifiers": list(document.identifiers),
        "title": document.title,
        "published_on": _day(document.published_on),
        "url": document.url,
    }


def _reason(reason: Evidence) -> dict[str, Any]:
    return {"signal": reason.signal, "weight": reason.weight, "text": reason.text}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
