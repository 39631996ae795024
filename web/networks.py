"""Which peers a name such as ``10.0.0.0/8`` stands for, and which of them are one client."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from index.light_dataclass import dataclass

UNIX = "unix"
"""Stands for peers that connect through a socket in the file system."""


_CLIENT_BITS = 64
"""Of an IPv6 address, that tell clients apart."""


@dataclass(frozen=True, slots=True)
class Network:
    """Addresses of peers; without ``addresses`` those that have none, as through a Unix socket."""

    addresses: IPv4Network | IPv6Network | None

    def __contains__(self, peer: str) -> bool:
        """Whether it has the peer, as ``REMOTE_ADDR`` names it: empty for a Unix socket."""
        if not peer or self.addresses is None:
            return not peer and self.addresses is None
        try:
            address = ip_address(peer.split("%", maxsplit=1)[0])
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return (mapped or address) in self.addresses

    def __str__(self) -> str:
        return UNIX if self.addresses is None else str(self.addresses)


def network(text: str) -> Network:
    """The network of an address, of one with a prefix length, or ``unix``. Raises ValueError."""
    return Network(None if text.lower() == UNIX else ip_network(text, strict=False))


@lru_cache(4096)
def client_of(peer: str | None) -> str:
    """Whom requests of a peer's address are counted for; the peer may be empty, as for a socket."""
    if not peer:
        return "unix"
    try:
        address = ip_address(peer.partition("%")[0])
    except ValueError:
        return peer
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return f"{IPv6Address(int(address) >> _CLIENT_BITS << _CLIENT_BITS)}/{_CLIENT_BITS}"
