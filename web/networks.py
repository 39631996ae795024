"""Which peers a name such as ``10.0.0.0/8`` stands for."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

UNIX = "unix"
"""Stands for peers that connect through a socket in the file system."""


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
