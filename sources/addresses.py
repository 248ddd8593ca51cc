"""Where a host name leads: the address is resolved once, judged, and is the one that is connected to."""

import socket
from collections.abc import Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from sources.errors import SourceError

_NAT64 = IPv6Network("64:ff9b::/96")

Resolve = Callable[[str, int], Sequence[str]]
"""Host and port to addresses. Raises OSError."""


def resolved(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def public_address(host: str, port: int, resolve: Resolve, *, private: bool) -> str:
    """The address to connect to. All that a name leads to must be public unless private ones are allowed.

    Raises SourceError: a name that is not known, or that leads into a network of our own (SSRF).
    """
    try:
        found = resolve(host, port)
    except OSError:
        found = []
    if not found:
        raise SourceError(
            "network", f"{host}: 주소를 찾지 못했습니다: 인터넷 연결과 이름 서버를 살펴 주십시오"
        )
    inside = [one for one in found if not _is_public(one)]
    if inside and not private:
        raise SourceError("blocked", f"{host}: 내부망 주소({inside[0]})로 이어져 부르지 않았습니다")
    return found[0]


def _is_public(address: str) -> bool:
    """An IPv6 address that stands for one of IPv4 is judged as that."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        inner = IPv4Address(int(ip) & 0xFFFF_FFFF) if ip in _NAT64 else ip.ipv4_mapped or ip.sixtofour
        ip = inner or ip
    return ip.is_global and not ip.is_multicast
