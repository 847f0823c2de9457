"""Mail to single subscribers over SMTP: proper headers, text and HTML, one connection for many mails.

The only file that knows `smtplib`. Who gets what is not here; neither is trying again later: that is the outbox, which
keeps the same Message-ID, so that a mail that comes twice is known as one. (Operators' channels go through Apprise,
which cannot set References or a stable Message-ID; that is why subscribers' mail has its own way out.)
"""

import base64
import binascii
import hashlib
import re
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from ipaddress import ip_address
from types import TracebackType

from notifications.errors import ChannelError
from notifications.message import Message, Sent

SECONDS = 30.0  # for each answer of the server
IN_A_ROW = 3  # failures of the server itself after which this channel asks it no more
LINE = 78  # characters of a header line (RFC 5322 section 2.1.1)
CLOSING = 421  # the server ends the session (RFC 5321 section 3.8): ours to open a new one
OK = 250
LOGGED_IN = 235
TAKEN = (250, 251)
REFUSED = range(500, 600)
# Refusals that say "this address does not exist or takes no mail" (RFC 3463 sections 3.2 and 3.3; RFC 5321 4.2.3 where
# a server gives no enhanced code). A refusal for another reason, such as our own bad name, says nothing about it.
NO_SUCH_ADDRESS = ("5.1.", "5.2.1")
NO_SUCH_BARE = {550, 551, 553}
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_ENHANCED = re.compile(rb"\b([245]\.\d{1,3}\.\d{1,3})\b")  # RFC 3463


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """security: ``starttls``, ``tls`` or ``none``. sender: ``name@host`` or ``Name <name@host>``.

    authorities: a file of certificates to trust instead of the system's, for a server with a private one.
    """

    host: str
    port: int = 587
    username: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"
    sender: str = "nakoming@localhost"
    authorities: str = ""


def mail_address(text: str) -> str:
    """The address as SMTP takes it: the host in IDNA form. Raises ChannelError for what is not one plain address."""
    name, at, host = text.strip().rpartition("@")
    try:
        address = f"{name}{at}{host.encode('idna').decode()}"
    except UnicodeError:
        raise ChannelError("the host of the mail address is not a name") from None
    if not _ADDRESS.fullmatch(address) or ".." in address:
        raise ChannelError("this is not a mail address that we can use")
    return address


class MailChannel:
    """A mail server, for one thread at a time; ``with`` closes the connection, and so does `close`.

    A server that fails several times in a row is not asked again by this channel: ten thousand mails that each wait
    half a minute for nothing would hold up everything else. A channel lives for one pass of delivering.
    Raises ChannelError for settings that cannot work or would send a password in the clear.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._name, sender = parseaddr(server.sender)
        self._sender = mail_address(sender)
        if server.security not in ("starttls", "tls", "none"):
            raise ChannelError(f"mail security is starttls, tls or none, not {server.security!r}")
        if server.security == "none" and server.username and not _loopback(server.host):
            raise ChannelError(f"a password would go to {server.host} in the clear; set security to starttls or tls")
        self._context = _context(server)
        self._smtp: smtplib.SMTP | None = None
        self._failures = 0
        self.name = f"mail ({server.host})"

    def __repr__(self) -> str:
        return f"MailChannel({self.name})"

    def __enter__(self) -> "MailChannel":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Leave politely; what goes wrong then no longer matters."""
        smtp, self._smtp = self._smtp, None
        if smtp is None:
            return
        try:
            smtp.quit()
        except (smtplib.SMTPException, OSError):
            smtp.close()

    def send(self, message: Message, to: str) -> Sent:
        """Hand the mail to the server for one address. permanent: the server says that the address is no good."""
        try:
            address = mail_address(to)
        except ChannelError as error:
            return Sent(ok=False, detail=str(error), permanent=True)
        payload = mime(message, sender=formataddr((self._name, self._sender)), to=address)
        return self._guarded(lambda: self._deliver(address, payload))

    def _guarded(self, deliver: Callable[[], Sent]) -> Sent:
        """Every way in which a mail server can fail, as words. A connection that failed is never used again."""
        if self._failures >= IN_A_ROW:
            return Sent(ok=False, detail=f"{self.name}: failed {IN_A_ROW} times in a row, not asked again now")
        try:
            answer = deliver()
            self._failures = 0
            return answer
        except smtplib.SMTPAuthenticationError as error:
            detail = f"refused the login ({error.smtp_code})"
        except smtplib.SMTPNotSupportedError:
            detail = "does not offer what the settings ask for (starttls, login)"
        except smtplib.SMTPResponseException as error:
            detail = f"answered {error.smtp_code}"
        except ssl.SSLError:
            detail = "has no certificate that we can trust"
        except TimeoutError:
            detail = "did not answer in time"
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            slow = isinstance(error.__context__, TimeoutError)  # smtplib says "disconnected" for a slow answer
            detail = "did not answer in time" if slow else "cannot be reached or broke the connection off"
        except smtplib.SMTPException:
            detail = "did not take the mail"
        self._failures += 1
        self._drop()
        return Sent(ok=False, detail=f"{self.name}: {detail}")

    def _deliver(self, to: str, payload: bytes) -> Sent:
        smtp = self._begin()
        code, reply = smtp.rcpt(to)
        hopeless = _no_such_address(code, reply)
        if code in TAKEN:
            code, reply = smtp.data(payload)
        if code in TAKEN:
            return Sent(ok=True)
        self._reset(code)
        return Sent(ok=False, detail=f"{self.name}: {_answer(code, reply)}", permanent=hopeless)

    def _begin(self) -> smtplib.SMTP:
        """A session in which the server has taken our sender. One that fell asleep is opened anew, before any mail."""
        if self._smtp is not None:
            try:
                if self._smtp.mail(self._sender)[0] == OK:
                    return self._smtp
            except (smtplib.SMTPServerDisconnected, OSError):
                pass
            self._drop()
        self._smtp = self._open()
        code, reply = self._smtp.mail(self._sender)
        if code != OK:
            raise smtplib.SMTPResponseException(code, reply)
        return self._smtp

    def _open(self) -> smtplib.SMTP:
        server, us = self._server, self._sender.rpartition("@")[2]
        if server.security == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, us, timeout=SECONDS, context=self._context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, us, timeout=SECONDS)
        self._smtp = smtp
        if server.security == "starttls":
            smtp.starttls(context=self._context)
        if server.username:
            _login(smtp, server.username, server.password)
        else:
            smtp.ehlo_or_helo_if_needed()
        return smtp

    def _reset(self, code: int) -> None:
        """After a refusal the session can be used again, unless the server is closing it."""
        if self._smtp is None or code == CLOSING:
            self._drop()
            return
        try:
            self._smtp.rset()
        except (smtplib.SMTPServerDisconnected, OSError):
            self._drop()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _login(smtp: smtplib.SMTP, username: str, password: str) -> None:
    """smtplib's own login takes ASCII only; others go as PLAIN in UTF-8 (RFC 4616 section 2)."""
    if (username + password).isascii():
        smtp.login(username, password)
        return
    smtp.ehlo_or_helo_if_needed()
    if "PLAIN" not in smtp.esmtp_features.get("auth", "").split():
        raise smtplib.SMTPNotSupportedError
    response = base64.b64encode(f"\0{username}\0{password}".encode()).decode()
    code, reply = smtp.docmd("AUTH", f"PLAIN {response}")
    if code != LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, reply)


def mime(message: Message, *, sender: str, to: str) -> bytes:
    """The mail as bytes for SMTP: multipart text and HTML, threaded by References (RFC 5322 section 3.6.4).

    Written out here: `email.message.EmailMessage` makes the same mail at a tenth of the speed, and an event can have
    ten thousand subscribers. A test reads the bytes back with that module and demands no defects.
    """
    thread = {"In-Reply-To": " ".join(message.references[-1:]), "References": " ".join(message.references)}
    headers = {
        "From": sender,
        "To": to,
        "Subject": message.subject,
        "Date": format_datetime(message.at),
        "Message-ID": message.message_id,
        **(thread if message.references else {}),
        **message.headers,
        "MIME-Version": "1.0",
    }
    head = "".join(_header(name, value) for name, value in headers.items())
    if not message.html:
        return head.encode() + _part("plain", message.text)
    mark = hashlib.sha256(f"{message.message_id}\n{message.text}\n{message.html}".encode()).hexdigest()[:32]
    edge = f"--=_{mark}".encode()  # "=_" cannot stand in a quoted-printable part (RFC 2045 section 6.7)
    parts = [_part("plain", message.text), _part("html", message.html)]
    body = b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts)
    kind = f'Content-Type: multipart/alternative;\r\n boundary="=_{mark}"\r\n\r\n'
    return head.encode() + kind.encode() + body + edge + b"--\r\n"


def _header(name: str, value: str) -> str:
    """One header, folded; words that are not ASCII in encoded words (RFC 2047)."""
    fits = len(name) + len(value) + 2 <= LINE or " " not in value  # an address cannot be folded
    text = value if fits and value.isascii() else _folded(name, value)
    return f"{name}: {text}\r\n"


@lru_cache(maxsize=1024)
def _folded(name: str, value: str) -> str:
    charset = None if value.isascii() else "utf-8"
    return Header(value, charset, LINE, name).encode(linesep="\r\n")


@lru_cache(maxsize=16)
def _part(subtype: str, text: str) -> bytes:
    """The text as a part: UTF-8 in quoted-printable, which passes every server (RFC 2045 section 6.7)."""
    lines = text.replace("\r\n", "\n").rstrip("\n").replace("\n", "\r\n").encode()
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return head.encode() + binascii.b2a_qp(lines, istext=True) + b"\r\n"


def _context(server: MailServer) -> ssl.SSLContext | None:
    if server.security == "none":
        return None
    try:
        return ssl.create_default_context(cafile=server.authorities or None)
    except OSError:
        raise ChannelError("the file of certificates for the mail server cannot be read") from None


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _no_such_address(code: int, reply: bytes) -> bool:
    enhanced = _ENHANCED.search(reply)
    if enhanced is None:
        return code in NO_SUCH_BARE
    return code in REFUSED and enhanced[1].decode().startswith(NO_SUCH_ADDRESS)


def _answer(code: int, reply: bytes) -> str:
    """Only the codes: the words of a server often repeat the address."""
    enhanced = _ENHANCED.search(reply)
    what = "refused the mail" if code in REFUSED else "asked us to try again later"
    return f"{what} ({code}{' ' + enhanced[1].decode() if enhanced else ''})"
