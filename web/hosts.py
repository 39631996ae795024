"""Which names of hosts are well-formed and which of them the operator serves.

Sources: RFC 9110 (Host, section 7.2), RFC 3986 (host and port), RFC 1123 (labels).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address

_HOST = re.compile(
    r"(?P<name>[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.?|\[(?P<address>[0-9a-f:.]{2,45})\])"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?",
    re.IGNORECASE | re.ASCII,
)
_LONGEST = 253
_LAST_PORT = 65_535
_LONGEST_WITH_PORT = _LONGEST + len(f".:{_LAST_PORT}")


def host_name(given: str) -> str | None:
    """The name of a ``host`` or ``host:port`` in lower case, without the port and a last dot.

    None where it is none: no user, path or blank is in one, an address of version 6 stands in
    brackets, and what is punycode can be decoded.
    """
    return _name(given) if len(given) <= _LONGEST_WITH_PORT else None


@lru_cache(maxsize=256)
def _name(given: str) -> str | None:
    found = _HOST.fullmatch(given)
    if found is None or int(found["port"] or 1) > _LAST_PORT:
        return None
    name = found["name"].lower().removesuffix(".")
    if len(name) > _LONGEST:
        return None
    try:
        if found["address"]:
            IPv6Address(found["address"])
        elif "xn--" in name:
            name.encode().decode("idna")
    except (AddressValueError, UnicodeError):
        return None
    return name


def is_served(name: str, trusted: Iterable[str]) -> bool:
    """Whether a name, in lower case, is one of those, or below one with a dot before it."""
    return any(
        name == one.removeprefix(".") or (one.startswith(".") and name.endswith(one))
        for one in trusted
    )
