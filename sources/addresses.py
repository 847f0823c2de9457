"""Web addresses: which ones we fetch, how they are written in messages, and which networks are private.

No fetching here (`sources.http`); `public_addresses` is the only function that asks the name server.
"""

import ipaddress
import re
import socket
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from sources.source import Forbidden, Unreachable

_SECRET = re.compile(r"key|token|secret|auth|sig|pass|session|myrssid", re.IGNORECASE)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_MOST_ADDRESSES = 4
REMEMBERED = 4_096  # the same addresses are asked for again and again


@lru_cache(REMEMBERED)
def check(url: str, *, guarded: bool = False) -> str:
    """The address itself when it is one that we fetch; Forbidden otherwise. Guarded ones carry no credentials."""
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise Forbidden("an address holds spaces, control characters or backslashes")
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        raise Forbidden("that is no web address") from None
    if parts.scheme.lower() not in ("http", "https") or not host:
        raise Forbidden(f"{shown(url)}: only http and https addresses are fetched")
    if guarded and parts.username is not None:
        raise Forbidden(f"{shown(url)}: an address with a user name in it is not fetched")
    return url


@lru_cache(REMEMBERED)
def shown(url: str) -> str:
    """The address for messages: no user name, no password, no value that looks like a key."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        query = [(name, "***" if _SECRET.search(name) else value) for name, value in parse_qsl(parts.query, True)]
    except ValueError:
        return "(no web address)"
    hidden = parts.query if all(value != "***" for _, value in query) else urlencode(query, safe="*")
    return urlunsplit((parts.scheme, host, parts.path, hidden, ""))


def origin(url: str) -> tuple[str, str, int]:
    """Scheme, host and port: what must stay the same for a redirect to count as the same place."""
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    return scheme, (parts.hostname or "").lower(), parts.port or (443 if scheme == "https" else 80)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet, also when it wraps an IPv4 address."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def public_addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host, asked once; Forbidden when any of them is private.

    The caller connects to these very addresses, so a name that turns private a moment later changes nothing.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"{host}: the name is not found") from None
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses or not all(map(is_public, addresses)):
        raise Forbidden(f"{host}: lies in a private network")
    return addresses[:_MOST_ADDRESSES]
