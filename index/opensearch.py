"""An index on an OpenSearch cluster: so far only whether a node of the cluster answers."""

from __future__ import annotations

import http.client
import socket
from typing import NoReturn

from index.bilingual import Text
from index.errors import ClusterUnsupported, IndexUnavailable, IndexUnreachable
from index.location import ClusterAlias

TIMEOUT = 5
"""Seconds that a node has for each step of an answer."""


def why_unavailable(cluster: ClusterAlias) -> IndexUnavailable:
    """Ask the node for its root page; the error that says what came of it.

    ``IndexUnreachable`` where nothing answers, ``ClusterUnsupported`` where anything does.
    """
    connection = http.client.HTTPConnection(cluster.host, cluster.port, timeout=TIMEOUT)
    try:
        connection.request("GET", "/")
        connection.getresponse()
    except OSError as error:
        return IndexUnreachable(cluster.url, cluster.node, _reason(error))
    except http.client.HTTPException:
        pass  # What is no HTTP is an answer, too.
    finally:
        connection.close()
    return ClusterUnsupported(cluster.url, cluster.node)


class OpenSearchTarget:
    """Says of every command why it cannot be done. See ``index.target.IndexTarget``."""

    def __init__(self, cluster: ClusterAlias) -> None:
        self._cluster = cluster

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        """Raise ``IndexUnavailable``."""
        raise why_unavailable(self._cluster)

    rebuild = update = delete = verify = rollback = prune = _refuse
    generations = stored_articles = made_from = _refuse


def _reason(error: OSError) -> Text:
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
