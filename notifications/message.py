"""`Message`: what is sent, ready for any channel, and `Sent`: what became of it.

Pure nouns. A message cannot hold a line break in its subject or a header: they are taken out when it is made, whatever
the title of a letter contained. Sending is `notifications.channels`, `notifications.mail`, `notifications.webhook`.
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

from notifications.cleaning import clean, cut_sentences, one_line
from notifications.errors import MessageError
from notifications.happening import Happening
from notifications.words import Language

SUBJECT_LIMIT = 150
HEADER_LIMIT = 900  # RFC 5322 section 2.1.1: a line has at most 998 characters
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")  # a strict part of RFC 5322 section 3.6.8
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._=+-]+@[A-Za-z0-9.-]+>")  # a strict part of RFC 5322 section 3.6.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """text: the whole in plain words. html: the same for mail, "" when there is none. link: where to read on.

    message_id: ``<key@host>``, the same for the same delivery however often it is tried. references: ids of the thread,
    oldest first. headers: further mail headers. at: when it was composed, aware UTC.
    happenings: what it tells, for channels that pass on data instead of words.
    Raises MessageError for a header name or message id that mail does not allow.
    """

    subject: str
    text: str
    html: str = ""
    message_id: str
    references: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    link: str = ""
    language: Language = Language.NL
    at: datetime
    happenings: tuple[Happening, ...] = ()

    def __post_init__(self) -> None:
        for name in self.headers:
            if not _HEADER_NAME.fullmatch(name):
                raise MessageError(f"a mail header cannot be called {one_line(name, 60)!r}")
        for identity in (self.message_id, *self.references):
            if not _MESSAGE_ID.fullmatch(identity):
                raise MessageError(f"{one_line(identity, 60)!r} is no message id")
        headers = {name: one_line(value, HEADER_LIMIT) for name, value in self.headers.items()}
        object.__setattr__(self, "subject", one_line(self.subject, SUBJECT_LIMIT))
        object.__setattr__(self, "headers", headers)
        object.__setattr__(self, "text", clean(self.text))

    def short(self, limit: int) -> str:
        """The text in at most `limit` characters: cut at a sentence, with the link kept at the end."""
        if limit <= 0 or len(self.text) <= limit:
            return self.text
        tail = f"\n{self.link}" if self.link else ""
        if len(tail) >= limit:
            return cut_sentences(self.text, limit)
        return cut_sentences(self.text, limit - len(tail)) + tail


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """ok: the receiver said yes. detail: one plain line without secrets, "" when all went well.

    retry_after: seconds that the receiver asked us to wait, None when it did not say.
    permanent: trying again is of no use (no such address, gone); the subscriber must be asked.
    """

    ok: bool
    detail: str = ""
    retry_after: float | None = None
    permanent: bool = False


class Channel(Protocol):
    """A way out. `name` is masked and safe to show; `send` never raises for what the receiver does."""

    @property
    def name(self) -> str: ...
    def send(self, message: Message) -> Sent: ...


def message_id(key: str, address: str) -> str:
    """``<key@host>`` for a delivery's key and any address of ours; keys of other forms are hashed, so it is stable."""
    local = key if re.fullmatch(r"[A-Za-z0-9._=+-]{1,64}", key) else hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"<{local}@{_host(address)}>"


def thread_id(commitment: str, address: str) -> str:
    """The id that all messages about one promise refer to, so that a mail reader shows them as one thread."""
    return message_id(f"toezegging-{commitment}", address)


def _host(address: str) -> str:
    host = urlsplit(address).hostname or "localhost"
    return host if re.fullmatch(r"[A-Za-z0-9.-]+", host) else "localhost"
