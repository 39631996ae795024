"""Makes an index of a cluster, if it is not there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from index.opensearch.connection import Connection


def make(connection: Connection, index: str, body: Mapping[str, Any]) -> bool:
    """Make an index with such settings and mappings; whether it was not there.

    Where the cluster gave no answer and is asked again, it may have made it the first time.
    """
    from opensearchpy.exceptions import RequestError

    try:
        connection.asked(lambda client: client.indices.create(index=index, body=body))
    except RequestError as error:
        if error.error != "resource_already_exists_exception":
            raise
        return False
    return True
