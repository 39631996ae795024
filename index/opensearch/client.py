"""The client of a cluster: opensearch-py, quiet, and told who asks and whom to trust."""

from __future__ import annotations

import logging
import ssl
from base64 import b64encode
from typing import Any

import orjson
from opensearchpy import JSONSerializer, OpenSearch, SerializationError, Urllib3HttpConnection
from urllib3 import Timeout

from index.bilingual import Text
from index.errors import AccessInvalid
from index.location import ClusterAlias
from index.opensearch.access import Access
from index.settings import CA
from index.system_errors import reason

TO_CONNECT = 3.0
"""Seconds in which a node must take a connection."""

SKIPPED = 30.0
"""Seconds for which a node that failed is not asked, twice as long with each failure."""

_MOST_DOUBLINGS = 3

_KEPT_OPEN = 16
"""Connections to a node that are kept for the next requests: one a thread that asks at once."""

# What fails is told once, as an error of ours; this logger would add tracebacks, and at its lowest
# level the texts of all requests.
logging.getLogger("opensearch").setLevel(logging.CRITICAL + 1)


class _Node(Urllib3HttpConnection):
    """Connections to one node."""

    def perform_request(self, *given: Any, **more: Any) -> Any:
        """As the base, but that the limit of one request is for its answer alone."""
        limit = more.get("timeout")
        if limit:
            more["timeout"] = Timeout(connect=min(limit, TO_CONNECT), read=limit)
        return super().perform_request(*given, **more)

    def _raise_warnings(self, *_: Any, **__: Any) -> None:
        """Nothing: OpenSearch warns of what its next versions will do otherwise."""


class _Json(JSONSerializer):
    """JSON by orjson, several times as fast as the standard library's."""

    def dumps(self, data: Any) -> Any:
        if isinstance(data, str):
            return data
        try:
            return orjson.dumps(data, default=self.default).decode()
        except TypeError as error:
            raise SerializationError(data, error) from None

    def loads(self, s: str) -> Any:
        try:
            return orjson.loads(s)
        except ValueError as error:
            raise SerializationError(s, error) from None


def new_client(cluster: ClusterAlias, access: Access, to_answer: float) -> OpenSearch:
    """A client that asks the nodes in turn, each request once; it skips those that failed.

    A node has ``to_answer`` seconds for an answer. Raises ``AccessInvalid`` where the authorities
    cannot be read.
    """
    options: dict[str, Any] = {}
    if cluster.tls:
        options = {"use_ssl": True, "ssl_context": _trusting(cluster, access)}
    if access.user is not None:
        # The library takes the name and password for Latin-1, OpenSearch for UTF-8.
        both = b64encode(f"{access.user}:{access.password}".encode()).decode()
        options["headers"] = {"authorization": f"Basic {both}"}
    return OpenSearch(
        hosts=[one._asdict() for one in cluster.nodes],
        connection_class=_Node,
        serializer=_Json(),
        timeout=Timeout(connect=TO_CONNECT, read=to_answer),
        pool_maxsize=_KEPT_OPEN,
        # ``Connection.asked`` asks again; these say that a node without an answer is skipped.
        max_retries=0,
        retry_on_timeout=True,
        retry_on_status=(),
        dead_timeout=SKIPPED,
        timeout_cutoff=_MOST_DOUBLINGS,
        **options,
    )


def _trusting(cluster: ClusterAlias, access: Access) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=access.authorities)
    except ssl.SSLError:
        why = Text("it has no certificate (PEM)", "tidak memuat sertifikat (PEM)")
    except OSError as error:
        why = reason(error)
    told = Text(f"{access.authorities}: {why.english}", f"{access.authorities}: {why.indonesian}")
    raise AccessInvalid(cluster.url, CA, told)
