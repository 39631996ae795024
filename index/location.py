"""What names an index: a directory, or a URL of one or of an alias on an OpenSearch cluster.

::

    warta-index                      a directory, as is everything without "://" that does not begin
                                     with one of the schemes below and ":"
    file:///srv/warta%20index        the same as a URL, bytes other than ASCII percent-encoded
    opensearch://search.example:9200/berita     host, port and alias
    opensearchs://a.example:9200,b.example:9200/berita     several nodes of one cluster, by TLS
"""

from __future__ import annotations

import os
import re
from ipaddress import IPv6Address
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from index.bilingual import Text
from index.errors import IndexUrlInvalid
from index.light_dataclass import dataclass
from index.patterns import on_use

_HALF = on_use(r"(?:file|opensearchs?):(?!//)", re.IGNORECASE)
# One letter before "://" would be the drive of a path.
_SCHEME = on_use(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_NODE = on_use(rf"(?P<host>{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:.]+\]):(?P<port>[0-9]{{1,5}})")

_LONGEST_INDEX = 255
"""Bytes of the name of an index on a cluster."""

FENCE_MARK = "-writer-"
"""What is between an index's name and a token in the names by which writers name it."""

_ADDED = len(f"-20260101t000000000000-abcdef-companion{FENCE_MARK}0123456789abcdef")
"""What the names of an alias's indexes, and those by which writers name them, have more than it."""

# OpenSearch has more in names of aliases; these need no encoding in its addresses.
_ALIAS = on_use(rf"[a-z0-9][a-z0-9._-]{{0,{_LONGEST_INDEX - _ADDED - 1}}}")

LOCK_SUFFIX = "-lock"
"""What the name of the index with an alias's lock has more than it; no alias ends so."""

_MALFORMED = Text("the URL is not well formed", "bentuk URL-nya keliru")
_SECRET = Text(
    "a user and a password do not belong in a URL, which others may read; put them into the "
    "environment: WARTA_OPENSEARCH_USER and WARTA_OPENSEARCH_PASSWORD",
    "pengguna dan kata sandi tidak boleh ada di URL, yang dapat terbaca orang lain; taruh di "
    "lingkungan: WARTA_OPENSEARCH_USER dan WARTA_OPENSEARCH_PASSWORD",
)
_CAPITALS = Text(
    "the name of an alias has no capital letters", "nama alias tidak boleh memuat huruf besar"
)


@dataclass(frozen=True, slots=True)
class Directory:
    """An index of the embedded engine."""

    path: Path

    @property
    def url(self) -> str:
        """The path, as ``locate`` reads it again."""
        return f"./{self.path}" if _HALF.match(str(self.path)) else str(self.path)


class Node(NamedTuple):
    """A node of a cluster: a name or an address without brackets, and the port."""

    host: str
    port: int

    def __str__(self) -> str:
        """Host and port as a URL has them."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class ClusterAlias:
    """An alias on a cluster, which is asked at any of ``nodes``; ``tls``: by encrypted connections.

    ``nodes`` are one or more, none of them twice.
    """

    nodes: tuple[Node, ...]
    alias: str
    tls: bool = False

    @property
    def node(self) -> str:
        """The nodes as a URL has them."""
        return ",".join(map(str, self.nodes))

    @property
    def url(self) -> str:
        return f"{'opensearchs' if self.tls else 'opensearch'}://{self.node}/{self.alias}"


def locate(index: str | Path) -> Directory | ClusterAlias:
    """Where an index is. A ``Path`` is a directory, whatever its name.

    Raises ``IndexUrlInvalid`` for another scheme than these, and for a URL without one of its
    parts, as without its "//", or with others. No error repeats a user or password of the URL.
    """
    if isinstance(index, Path):
        return Directory(index)
    if _HALF.match(index):
        raise IndexUrlInvalid(_without_user(index), _MALFORMED)
    scheme = _SCHEME.match(index)
    if scheme is None:
        return Directory(Path(index))
    rest = index[scheme.end() :]
    found: Directory | ClusterAlias | Text
    match scheme[1].lower():
        case "file":
            found = _directory(rest)
        case "opensearch" | "opensearchs" as known:
            found = _cluster(rest, tls=known.endswith("s"))
        case unknown:
            found = Text(f'the scheme "{unknown}" is not known', f'skema "{unknown}" tidak dikenal')
    if isinstance(found, Text):
        raise IndexUrlInvalid(_without_user(index), found)
    return found


def _without_user(url: str) -> str:
    """The URL with ``***`` for all that may be a user and password."""
    beginning, colon, rest = url.partition(":")
    if beginning.lower() == "file" or "@" not in rest:
        return url
    slashes = "//" if rest.startswith("//") else ""
    return f"{beginning}{colon}{slashes}***@{rest.rpartition('@')[2]}"


def _directory(rest: str) -> Directory | Text:
    path = rest.removeprefix("localhost")
    if not path.startswith("/") or "?" in path or "#" in path:
        return _MALFORMED
    decoded = unquote_to_bytes(os.fsencode(path))
    return _MALFORMED if b"\0" in decoded else Directory(Path(os.fsdecode(decoded)))


def _cluster(rest: str, *, tls: bool) -> ClusterAlias | Text:
    """The alias, or what is wrong."""
    if "@" in rest:
        return _SECRET
    places, _, alias = rest.partition("/")
    nodes = [_node(place) for place in places.split(",")]
    known = tuple(dict.fromkeys(node for node in nodes if node is not None))
    if None in nodes or not _ALIAS.fullmatch(alias.lower()) or alias.endswith(LOCK_SUFFIX):
        return _MALFORMED
    return ClusterAlias(known, alias, tls) if alias == alias.lower() else _CAPITALS


def _node(place: str) -> Node | None:
    parts = _NODE.fullmatch(place)
    if parts is None or not 0 < int(parts["port"]) <= 65_535:
        return None
    host = parts["host"]
    if host.startswith("["):
        try:
            host = str(IPv6Address(host[1:-1]))
        except ValueError:
            return None
    return Node(host, int(parts["port"]))
