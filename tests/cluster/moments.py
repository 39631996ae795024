"""An index to be read in parts, and the points in time of it that the cluster keeps.

Contexts are told apart by the index that their ids name, as others may use the cluster.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator

from index.opensearch.connection import Connection
from index.target import BuildOptions
from search.limits import MAX_PER_PAGE
from search.opensearch import OpenSearchEngine
from search.request import SearchRequest
from search.response import SearchResponse
from tests.cluster.fixtures import connected
from tests.cluster.relay import Relay
from tests.conftest import article

ONE = BuildOptions(workers=1)
ARTICLES = [
    article(number, f"Kabar {number}", f"Harga beras naik {number}.", "2023-06-01")
    for number in range(3 * MAX_PER_PAGE)
]
BERAS = SearchRequest("beras", facets=False, snippets=False)
AS_WRITTEN = sorted(one.id for one in ARTICLES)


def moments(url: str) -> int:
    """How many points in time of the alias's indexes the cluster keeps."""
    connection = connected(url)
    return sum(_is_of(connection, one) for one in listed(connection))


def listed(connection: Connection) -> list[str]:
    answer = connection.asked(lambda client: client.get_all_pits())
    return [one["pit_id"] for one in answer.get("pits", [])]


def _is_of(connection: Connection, moment: str) -> bool:
    return connection.cluster.alias.encode() in base64.urlsafe_b64decode(moment)


def through(relay: Relay, url: str) -> OpenSearchEngine:
    """The engine that asks the relay in the nodes' place."""
    cluster = connected(url).cluster
    return OpenSearchEngine(connected(f"opensearch://{relay.host}/{cluster.alias}").cluster)


def forget(url: str) -> None:
    """As a node that ends does: what it keeps of the alias's moments is gone."""
    connection = connected(url)
    mine = [one for one in listed(connection) if _is_of(connection, one)]
    assert mine
    connection.asked(lambda client: client.delete_pit(body={"pit_id": mine}))


def ids(batches: Iterator[SearchResponse]) -> list[str]:
    return [hit.id for batch in batches for hit in batch.hits]
