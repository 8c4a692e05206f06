"""Where a web hook may lead: never back into our own networks.

The name is resolved here, every address it has is judged, and the connection goes to the address
that was judged: a name that answers differently a moment later changes nothing.
"""

import asyncio
import ipaddress
import socket
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from verify.errors import WebhookRefused

LONGEST = 500
_PORTS = (443, 8443)
_DEFAULT_PORTS = {"https": 443, "http": 80}
# Each carries an IPv4 address inside, which its own flags do not speak of.
_CARRIERS = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
)


class Target(NamedTuple):
    """One request's aim: the URL with the address in it, and the name the certificate must bear."""

    url: str
    host: str
    authority: str


@dataclass(frozen=True)
class AddressRules:
    """``private`` lets plain http and private addresses pass: in development alone."""

    private: bool = False

    def accept(self, url: str) -> SplitResult:
        """Return the parts of a URL; raise ``WebhookRefused`` for one that may not be used."""
        try:
            parts = urlsplit(url)
            port = parts.port or _DEFAULT_PORTS.get(parts.scheme, 0)
        except ValueError as error:
            raise WebhookRefused from error
        plain = url.isascii() and url.isprintable() and " " not in url and len(url) <= LONGEST
        bare = parts.username is None and parts.password is None and not parts.fragment
        if not plain or not bare or not parts.hostname:
            raise WebhookRefused
        if self.private and parts.scheme in _DEFAULT_PORTS:
            return parts
        if parts.scheme != "https" or port not in _PORTS or _is_address(parts.hostname):
            raise WebhookRefused
        return parts

    async def aim(self, url: str, *, attempt: int = 0) -> Target:
        """Return where a request to ``url`` goes; raise ``WebhookRefused`` or ``OSError``.

        One private address among many is enough to refuse the name. Each attempt takes the next
        of its addresses.
        """
        parts = self.accept(url)
        host = str(parts.hostname)
        port = parts.port or _DEFAULT_PORTS[parts.scheme]
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(one[4][0]) for one in found))
        if not self.private and not all(is_public(one) for one in addresses):
            raise WebhookRefused("这个通知地址指向内部网络。")
        address = addresses[attempt % len(addresses)]
        shown = f"[{address}]" if ":" in address else address
        query = f"?{parts.query}" if parts.query else ""
        where = f"{parts.scheme}://{shown}:{port}{parts.path or '/'}{query}"
        return Target(where, host, parts.netloc)


def is_public(text: str) -> bool:
    """Tell whether an address belongs to the public internet, whatever it carries inside."""
    address = ipaddress.ip_address(text.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return is_public(str(address.ipv4_mapped))
        if any(address in network for network in _CARRIERS):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_address(host: str) -> bool:
    """Tell whether a host is written as an address, in any of the forms a resolver takes."""
    try:
        socket.inet_aton(host)
    except OSError:
        return ":" in host
    return True
