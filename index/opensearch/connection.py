"""One cluster as seen from here: a client, whose failures are told as Warta's own errors."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from index.bilingual import Text
from index.errors import IndexUnreachable
from index.location import ClusterAlias

if TYPE_CHECKING:
    from opensearchpy import OpenSearch

_Value = TypeVar("_Value")

USER, PASSWORD = "WARTA_OPENSEARCH_USER", "WARTA_OPENSEARCH_PASSWORD"
"""The variables that say who asks; never options of the command line, which others can read."""

TIMEOUT = 30.0
"""Seconds that one request may take."""


class Connection:
    """A cluster that is asked when something is needed. Safe under threads; not across forks."""

    def __init__(self, cluster: ClusterAlias) -> None:
        self.cluster = cluster

    @cached_property
    def client(self) -> OpenSearch:
        """What asks the nodes, one after the other where one does not answer."""
        from opensearchpy import OpenSearch

        user = os.environ.get(USER)
        options: dict[str, Any] = {}
        if user is not None:
            options["http_auth"] = (user, os.environ.get(PASSWORD, ""))
        return OpenSearch(
            hosts=[{"host": self.cluster.host, "port": self.cluster.port}],
            timeout=TIMEOUT,
            max_retries=3,
            retry_on_timeout=True,
            **options,
        )

    def asked(self, call: Callable[[OpenSearch], _Value]) -> _Value:
        """What ``call`` gives of the client. Raises ``IndexUnreachable``."""
        from opensearchpy.exceptions import ConnectionError as NotConnected

        try:
            return call(self.client)
        except NotConnected as error:
            reason = Text(str(error.error), str(error.error))
            raise IndexUnreachable(self.cluster.url, self.cluster.node, reason) from None
