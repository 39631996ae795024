"""What of a point in time is lost, and what is only late or busy."""

from __future__ import annotations

from typing import Any

import pytest
from opensearchpy.exceptions import TransportError

from index.errors import MomentLost
from index.location import ClusterAlias, locate
from index.opensearch.connection import Connection
from index.opensearch.moment import Searched


def answer(successful: int, *failures: str) -> dict[str, Any]:
    told = [{"shard": 0, "reason": {"type": one}} for one in failures]
    return {"_shards": {"total": 2, "successful": successful, "failures": told}}


@pytest.fixture
def connection() -> Connection:
    cluster = locate("opensearch://127.0.0.1:9/berita")
    assert isinstance(cluster, ClusterAlias)
    return Connection(cluster)


@pytest.mark.parametrize(
    "one",
    [
        answer(1),
        answer(1, "search_context_missing_exception"),
        answer(0, "circuit_breaking_exception", "search_context_missing_exception"),
    ],
)
def test_a_moment_of_which_a_shard_is_gone_is_lost(
    connection: Connection, one: dict[str, Any]
) -> None:
    with pytest.raises(MomentLost):
        Searched("berita", "point").require(connection, [answer(2), one])
    Searched("berita").require(connection, [one])


def test_a_shard_that_has_too_much_to_do_is_asked_again(connection: Connection) -> None:
    busy = answer(0, "circuit_breaking_exception", "rejected_execution_exception")
    with pytest.raises(TransportError) as caught:
        Searched("berita", "point").require(connection, [busy])
    assert caught.value.status_code == 429
