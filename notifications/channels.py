"""The one home of Apprise: a channel is an Apprise URL (mail, Slack, Matrix and some hundred others).

An Apprise URL holds secrets, so nothing here shows one: names are masked by us (Apprise's own masking leaves paths and
extra headers in), Apprise's log is cut off from ours, and what a result says is reduced to a code and our own words.
Not a queue: one attempt and its result. Apprise's own retry stays off unless the URL asks for it: a receiver that was
only slow would get the message twice at once; the outbox that tries again later is the monitor's.
Facts about Apprise 2.2 that this rests on are in its tests: the result per service, ``optional=yes``, several targets.
"""

import logging
import re

from apprise import Apprise, AppriseAsset, NotifyBase, NotifyFormat
from apprise.result import AppriseResult, AppriseResultStatus, NotifyResult

from notifications.errors import ChannelError
from notifications.message import Message, Sent

CONNECT_SECONDS = 10.0
READ_SECONDS = 20.0
SERVICE_SECONDS = 60.0  # for everything that one attempt does
ROOM_FOR_A_PAGE = 32_000  # characters: what mail carries and chat does not
GONE = {401, 403, 404, 410}  # answers of a chat service for a hook that was removed
# Services at one fixed public address: all that people who are not operators may enter. Others could be pointed at
# machines of the operator's own network, and Apprise has no guard against that.
FIXED = frozenset({"slack", "discord", "tgram", "gchat", "pover", "wxteams"})
HOST_IS_PUBLIC = frozenset({"mailto", "mailtos", "json", "jsons", "xml", "xmls", "form", "forms"})
_MENTION = re.compile(r"@(?=(?:everyone|here|channel|all|room)\b)", re.IGNORECASE)
_CODE = re.compile(r"\berror=(\d{3})\b")


def check(url: str, *, anyone: bool = False) -> str:
    """The masked name of the channel, ``Slack`` or ``E-Mail (mail.example.org)``. Nothing is sent.

    anyone: the address comes from somebody who is not the operator, so only services at a fixed public address count.
    Raises ChannelError, without the address in it, for an address that Apprise cannot use.
    """
    return AppriseChannel(url, anyone=anyone).name


class AppriseChannel:
    """One recipient. Raises ChannelError like `check`. The URL is kept inside and is in no repr, log or error."""

    def __init__(self, url: str, *, anyone: bool = False) -> None:
        _cut_off_logs()
        self._service = _load(url, anyone=anyone)
        self._own_headers = dict(getattr(self._service, "headers", None) or {})
        self._apprise = Apprise(asset=_asset())
        self._apprise.add(self._service)
        self.name = _name(self._service)

    def __repr__(self) -> str:
        return f"AppriseChannel({self.name})"

    def send(self, message: Message) -> Sent:
        """Say it once. What does not fit is cut at a sentence, with the link."""
        self._set_headers(message)
        body, body_format = self._body(message)
        title = message.subject if body_format is NotifyFormat.HTML else _calm(message.subject)
        result = self._apprise.notify(body=body, title=title, body_format=body_format)
        return _sent(self.name, result)

    def _body(self, message: Message) -> tuple[str, NotifyFormat]:
        limit = self._service.body_maxlen
        if message.html and _takes_pages(self._service) and len(message.html) <= limit:
            return message.html, NotifyFormat.HTML
        if not self._service.title_maxlen:  # then Apprise puts the title above the body
            limit -= len(message.subject) + 2
        return _calm(message.short(limit)), NotifyFormat.TEXT

    def _set_headers(self, message: Message) -> None:
        """Mail and plain web requests carry headers; the URL's own win. Message-ID is Apprise's to make."""
        if hasattr(self._service, "headers"):
            self._service.headers = {**_headers(self._service, message), **self._own_headers}


def _calm(text: str) -> str:
    """A title that says @everyone wakes nobody up: a zero-width space goes in. Chats know no signature line."""
    return _MENTION.sub("@\u200b", text.replace("\n-- \n", "\n"))


def _headers(service: NotifyBase, message: Message) -> dict[str, str]:
    if _schemas(service) & {"mailto", "mailtos"}:
        thread = {"References": " ".join(message.references), "In-Reply-To": " ".join(message.references[-1:])}
        return {**message.headers, **{name: value for name, value in thread.items() if value}}
    return {"Idempotency-Key": message.message_id.strip("<>")} if _schemas(service) & HOST_IS_PUBLIC else {}


def _cut_off_logs() -> None:
    """Apprise logs whole URLs and bodies, urllib3 whole paths (a path is the secret of a chat hook): not in our log."""
    logger = logging.getLogger("apprise")
    if logger.propagate:
        logger.propagate = False
        logger.addHandler(logging.NullHandler())
    logging.getLogger("urllib3.connectionpool").setLevel(logging.INFO)


def _asset() -> AppriseAsset:
    """Our name instead of Apprise's, no pictures from elsewhere, no redirects: a redirected POST arrives as a GET."""
    return AppriseAsset(
        app_id="Nakoming",
        app_desc="Nakoming",
        app_url="",
        image_url_mask="",
        image_url_logo="",
        http_redirects=False,
        default_service_retry=0,
        service_timeout=SERVICE_SECONDS,
        storage_mode="memory",
        allow_templates=False,
        secure_logging=True,
    )


def _load(url: str, *, anyone: bool) -> NotifyBase:
    schema = _schema(url)
    service = Apprise.instantiate(url.strip(), asset=_asset()) if schema else None
    if service is None:
        kind = f"{schema}://…" if schema else "an address without scheme://"
        raise ChannelError(f"{kind} is not an address that Apprise can use")
    if anyone and not _schemas(service) & FIXED:
        raise ChannelError(f"{service.service_name} is not open to subscribers; open are {', '.join(sorted(FIXED))}")
    if not re.search(r"[?&]cto=", url):
        service.socket_connect_timeout = CONNECT_SECONDS
    if not re.search(r"[?&]rto=", url):
        service.socket_read_timeout = READ_SECONDS
    return service


def _schema(url: str) -> str:
    match = re.match(r"\s*([a-z][a-z0-9]{1,20})://", url, re.IGNORECASE)
    return match[1].lower() if match else ""


def _schemas(service: NotifyBase) -> set[str]:
    found: set[str] = set()
    for names in (service.protocol, service.secure_protocol):
        found |= {names} if isinstance(names, str) else set(names or ())
    return found


def _name(service: NotifyBase) -> str:
    """The host is told only for services where it is a host; elsewhere that place holds a token."""
    host = getattr(service, "host", "") if _schemas(service) & HOST_IS_PUBLIC else ""
    return f"{service.service_name} ({host})" if host else str(service.service_name)


def _takes_pages(service: NotifyBase) -> bool:
    """True for mail and the like: HTML comes first there, and there is room for a page."""
    formats = service.notify_format
    first = formats[0] if isinstance(formats, tuple) else formats
    return first == NotifyFormat.HTML and service.body_maxlen >= ROOM_FOR_A_PAGE


def _sent(name: str, result: AppriseResult) -> Sent:
    """Delivered only when something was matched and the last attempt at every service was a yes.

    `AppriseResult` itself says success where nothing was delivered but the URL has ``optional=yes``.
    """
    if not result.results:
        return Sent(ok=False, detail=f"{name}: nothing was sent")
    failed = [service for service in result.results if not _delivered(service)]
    if not failed:
        return Sent(ok=True)
    code = _code(failed[0])
    return Sent(ok=False, detail=f"{name}: {_reason(failed[0], code)}", permanent=code in GONE)


def _delivered(service: NotifyResult) -> bool:
    return bool(service.attempts) and bool(service.attempts[-1])


def _code(service: NotifyResult) -> int:
    codes = [int(m[1]) for entry in service.logs() for m in _CODE.finditer(entry.message)]
    return codes[-1] if codes else 0


def _reason(service: NotifyResult, code: int) -> str:
    if code:
        return f"answered with status {code}"
    if any(attempt.status == AppriseResultStatus.TIMEOUT for attempt in service.attempts):
        return "did not answer in time"
    if any("onnection error" in entry.message for entry in service.logs()):
        return "no connection, or no answer in time"
    return "did not take the message"
