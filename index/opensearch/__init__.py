"""An index on an OpenSearch cluster: so far only whether a node of the cluster answers."""

from __future__ import annotations

import socket
import threading
from time import monotonic
from typing import NoReturn

from index.bilingual import Text
from index.errors import ClusterUnsupported, IndexUnavailable, IndexUnreachable
from index.location import ClusterAlias

TIMEOUT = 3
"""Seconds that a node has from the first step of connecting to the first byte of its answer.

Looking up its host's address comes before that, and the system alone bounds it.
"""

KEPT = 10
"""Seconds that what came of asking a node is told without asking it again."""


class OutOfUse:
    """Says why nothing can be done with a cluster. Safe under threads.

    One thread asks the node at a time. Where it was asked before, the others do not wait for that:
    a node that is slow to answer would hold up a server's every thread.
    """

    def __init__(self, cluster: ClusterAlias) -> None:
        self._cluster = cluster
        self._asking = threading.Lock()
        self._told: tuple[float, Text | None] | None = None

    def refuse(self, *_: object, **__: object) -> NoReturn:
        """Raise ``IndexUnreachable`` where no node answers, or ``ClusterUnsupported``."""
        raise self._why()

    def _why(self) -> IndexUnavailable:
        cluster, reason = self._cluster, self._reason()
        if reason is None:
            return ClusterUnsupported(cluster.url, cluster.node)
        return IndexUnreachable(cluster.url, cluster.node, reason)

    def _reason(self) -> Text | None:
        """Why the node was not reached when it was last asked; None where it answered."""
        told = self._told
        if told is not None and monotonic() - told[0] < KEPT:
            return told[1]
        if not self._asking.acquire(blocking=told is None):
            return told[1] if told is not None else None
        try:
            if self._told is told:  # No other thread has asked while this one waited.
                self._told = monotonic(), _unreached(self._cluster)
            told = self._told
        finally:
            self._asking.release()
        return None if told is None else told[1]


class OpenSearchTarget(OutOfUse):
    """Says of every command why it cannot be done. See ``index.target.IndexTarget``."""

    rebuild = update = delete = verify = rollback = prune = OutOfUse.refuse
    generations = stored_articles = made_from = held_articles = OutOfUse.refuse


def _unreached(cluster: ClusterAlias) -> Text | None:
    try:
        _ask(cluster)
    except OSError as error:
        return _said(error)
    return None


def _ask(cluster: ClusterAlias) -> None:
    """Ask for the root page until a first byte comes, of HTTP or not. Raises ``OSError``."""
    found = socket.getaddrinfo(cluster.host, cluster.port, type=socket.SOCK_STREAM)
    deadline = monotonic() + TIMEOUT
    refused: OSError | None = None
    for *_, address in found:
        try:
            place = str(address[0]), cluster.port
            connection = socket.create_connection(place, _left(deadline))
        except OSError as error:
            refused = refused or error
            continue
        with connection:
            connection.sendall(f"GET / HTTP/1.1\r\nHost: {cluster.node}\r\n\r\n".encode("ascii"))
            connection.settimeout(_left(deadline))
            if not connection.recv(1):
                raise ConnectionResetError
            return
    raise refused or TimeoutError


def _left(deadline: float) -> float:
    """Seconds until then, more than none. Raises ``TimeoutError``."""
    left = deadline - monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _said(error: OSError) -> Text:
    match error:
        case ConnectionRefusedError():
            return Text("nothing listens there", "tidak ada yang melayani di sana")
        case socket.gaierror():
            return Text("its host's address is not found", "alamat inangnya tidak ditemukan")
        case TimeoutError():
            return Text(
                f"no answer within {TIMEOUT} seconds", f"tidak ada jawaban dalam {TIMEOUT} detik"
            )
        case ConnectionResetError():
            return Text("it hung up without an answer", "sambungan diputus tanpa jawaban")
    reason = error.strerror or str(error)
    return Text(reason, reason)
