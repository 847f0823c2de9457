"""Mail that came back: a delivery status notification (RFC 3464) read as `Bounce`.

Pure: bytes in, nouns out. How the returned mail gets here (a pipe of the mail server, a file) and what a bounce does to
a subscription is the monitor's. Automatic replies and delays are no bounces.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message as Mail
from email.policy import compat32

BIGGEST = 10_000_000  # bytes; a returned mail holds at most the mail that we sent
NO_SUCH_ADDRESS = re.compile(r"5\.(?:1\.\d{1,3}|2\.1)")  # RFC 3463: bad destination address, mailbox disabled
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ADDRESS = re.compile(r"[^\s;<>@]{1,64}@[^\s;<>@]{1,255}")
_IDENTITY = re.compile(r"^message-id:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """address: who did not get it. status: the enhanced code. hard: the address is no good, trying again is of no use.

    original: the Message-ID of the mail that came back, "" when the report does not hold it.
    """

    address: str
    status: str
    hard: bool
    original: str = ""


def bounces(mail: bytes) -> tuple[Bounce, ...]:
    """Every failed recipient of a delivery status notification; nothing for any other mail, however broken."""
    message = message_from_bytes(mail[:BIGGEST], policy=compat32)
    if message.get_content_type() != "multipart/report" or not message.is_multipart():
        return ()
    original = _original(message)
    return tuple(bounce for part in message.walk() for bounce in _failed(part, original))


def _failed(part: Mail, original: str) -> Iterator[Bounce]:
    """A delivery-status part holds one group of fields for the message and one for each recipient."""
    if part.get_content_type() != "message/delivery-status":
        return
    groups = part.get_payload()
    for group in groups if isinstance(groups, list) else []:
        if not isinstance(group, Mail) or str(group.get("Action", "")).strip().lower() != "failed":
            continue
        address = _ADDRESS.search(str(group.get("Original-Recipient") or group.get("Final-Recipient") or ""))
        status = _STATUS.search(str(group.get("Status", "")))
        if address and status:
            hard = NO_SUCH_ADDRESS.fullmatch(status[1]) is not None
            yield Bounce(address=address[0].lower(), status=status[1], hard=hard, original=original)


def _original(message: Mail) -> str:
    """From the returned mail or its headers (RFC 6522 section 3), wherever in the report they stand."""
    for part in message.walk():
        if part.get_content_type() in ("text/rfc822-headers", "message/rfc822"):
            found = _IDENTITY.search(part.as_string().partition("\n\n")[2])
            if found:
                return found[1]
    return ""
