"""What names an index: a directory, or a URL of one or of an alias on an OpenSearch cluster.

::

    warta-index                      a directory, as is everything without "://" that does not begin
                                     with one of the schemes below and ":"
    file:///srv/warta%20index        the same as a URL, bytes other than ASCII percent-encoded
    opensearch://search.example:9200/berita     host, port and alias
"""

from __future__ import annotations

import os
import re
from ipaddress import IPv6Address
from pathlib import Path
from urllib.parse import unquote_to_bytes

from index.bilingual import Text
from index.errors import IndexUrlInvalid
from index.light_dataclass import dataclass

_HALF = re.compile(r"(?:file|opensearch):(?!//)", re.IGNORECASE)
# One letter before "://" would be the drive of a path.
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_CLUSTER = re.compile(
    rf"(?P<host>{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{{1,5}})"
    # OpenSearch has more in names of aliases; these need no encoding in its addresses.
    r"/(?P<alias>[A-Za-z0-9][A-Za-z0-9._-]{0,254})"
)

_MALFORMED = Text("the URL is not well formed", "bentuk URL-nya keliru")


@dataclass(frozen=True, slots=True)
class Directory:
    """An index of the embedded engine."""

    path: Path

    @property
    def url(self) -> str:
        """The path, as ``locate`` reads it again."""
        return f"./{self.path}" if _HALF.match(str(self.path)) else str(self.path)


@dataclass(frozen=True, slots=True)
class ClusterAlias:
    """An alias on a cluster, of which ``host`` and ``port`` are one node."""

    host: str
    port: int
    alias: str

    @property
    def node(self) -> str:
        """Host and port as a URL has them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def url(self) -> str:
        return f"opensearch://{self.node}/{self.alias}"


def locate(index: str | Path) -> Directory | ClusterAlias:
    """Where an index is. A ``Path`` is a directory, whatever its name.

    Raises ``IndexUrlInvalid`` for another scheme than these, and for a URL without one of its
    parts, as without its "//", or with others.
    """
    if not isinstance(index, Path) and _HALF.match(index):
        raise IndexUrlInvalid(index, _MALFORMED)
    scheme = None if isinstance(index, Path) else _SCHEME.match(index)
    if scheme is None or isinstance(index, Path):
        return Directory(Path(index))
    rest = index[scheme.end() :]
    found: Directory | ClusterAlias | None
    match scheme[1].lower():
        case "file":
            found = _directory(rest)
        case "opensearch":
            found = _cluster(rest)
        case unknown:
            reason = Text(
                f'the scheme "{unknown}" is not known', f'skema "{unknown}" tidak dikenal'
            )
            raise IndexUrlInvalid(index, reason)
    if found is None:
        raise IndexUrlInvalid(index, _MALFORMED)
    return found


def _directory(rest: str) -> Directory | None:
    path = rest.removeprefix("localhost")
    if not path.startswith("/") or "?" in path or "#" in path:
        return None
    decoded = unquote_to_bytes(os.fsencode(path))
    return None if b"\0" in decoded else Directory(Path(os.fsdecode(decoded)))


def _cluster(rest: str) -> ClusterAlias | None:
    parts = _CLUSTER.fullmatch(rest)
    if parts is None or not 0 < int(parts["port"]) <= 65_535:
        return None
    host = parts["host"]
    if host.startswith("["):
        try:
            host = str(IPv6Address(host[1:-1]))
        except ValueError:
            return None
    return ClusterAlias(host, int(parts["port"]), parts["alias"])
