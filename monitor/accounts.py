"""Reviewers' accounts: passwords as salted scrypt hashes, signed session tickets, and tokens that guard forms.

Standard library only; no database and no web here. Who the users are is `monitor.store.users`, cookies and forms are
`monitor.web.login`. Every moment is an argument, every comparison takes the same time whatever is compared.
"""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

ROLES = ("reviewer", "admin")
LEAST_PASSWORD, MOST_PASSWORD, MOST_NAME = 12, 1024, 100
SESSION = timedelta(hours=12)
SCRYPT = {"n": 2**14, "r": 8, "p": 1}  # 16 MiB, about 50 ms: RFC 7914 and OWASP's lowest advice for interactive logins
NOBODY = "scrypt$16384$8$1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


class BadAccount(ValueError):
    """A name, role or password that cannot be used; the message says why and never repeats the password."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A session as the cookie holds it: who, until when, and a mark of the password it was opened with."""

    name: str
    until: datetime
    mark: str


def check_account(name: str, role: str, password: str) -> None:
    """Raises BadAccount."""
    if not name.strip() or len(name) > MOST_NAME or not name.isprintable():
        raise BadAccount(f"a name has 1 to {MOST_NAME} printable characters")
    if name.casefold() == "machine":
        raise BadAccount("'machine' is not a person's name")
    if role not in ROLES:
        raise BadAccount(f"unknown role {role!r}; known are {', '.join(ROLES)}")
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise BadAccount(f"a password has {LEAST_PASSWORD} to {MOST_PASSWORD} characters")


def hash_password(password: str, salt: bytes | None = None) -> str:
    """``scrypt$n$r$p$salt$hash``. salt: random unless given."""
    salt = salt or secrets.token_bytes(16)
    digest = _scrypt(password, salt, **SCRYPT)
    return "$".join(["scrypt", *(str(SCRYPT[name]) for name in ("n", "r", "p")), _text(salt), _text(digest)])


def password_fits(password: str, stored: str) -> bool:
    """Whether the password is the stored one. A hash that cannot be read fits nothing."""
    try:
        kind, n, r, p, salt, digest = stored.split("$")
        found = _scrypt(password[:MOST_PASSWORD], _bytes(salt), n=int(n), r=int(r), p=int(p))
        return kind == "scrypt" and hmac.compare_digest(found, _bytes(digest))
    except (ValueError, TypeError, MemoryError):
        return False


def new_key() -> str:
    """A fresh random key or nonce, 256 bits, safe in a cookie."""
    return secrets.token_urlsafe(32)


def seal_ticket(key: str, name: str, stored_password: str, now: datetime) -> str:
    """A signed session for the cookie; valid for `SESSION`."""
    body = {"name": name, "until": int((now + SESSION).timestamp()), "mark": _mark(key, stored_password)}
    packed = _text(json.dumps(body, separators=(",", ":")).encode())
    return f"{packed}.{sign(key, f'ticket:{packed}')}"


def open_ticket(key: str, sealed: str, now: datetime) -> Ticket | None:
    """The session in a cookie; None when it is forged, damaged or over."""
    packed, _, signature = sealed.partition(".")
    if not same(signature, sign(key, f"ticket:{packed}")):
        return None
    try:
        body: dict[str, Any] = json.loads(_bytes(packed))
        ticket = Ticket(str(body["name"]), datetime.fromtimestamp(int(body["until"]), UTC), str(body["mark"]))
    except (ValueError, KeyError, TypeError, OverflowError):
        return None
    return ticket if ticket.until > now else None


def ticket_fits(key: str, ticket: Ticket, stored_password: str) -> bool:
    """False after the password was changed: old sessions end with it."""
    return same(ticket.mark, _mark(key, stored_password))


def form_token(key: str, bound_to: str) -> str:
    """The token that a form must carry; bound to the visitor's cookie, so another site cannot know it."""
    return sign(key, f"form:{bound_to}")


def sign(key: str, text: str) -> str:
    return _text(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest())


def same(one: str, other: str) -> bool:
    """Equal, compared in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())


def _mark(key: str, stored_password: str) -> str:
    return sign(key, f"password:{stored_password}")[:16]


def _scrypt(password: str, salt: bytes, *, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=64 * 1024 * 1024, dklen=32)


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
