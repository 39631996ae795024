"""Answers to several searches: what failed is told as such, in whatever way they are asked."""

from __future__ import annotations

from typing import Any

import pytest
from opensearchpy import NotFoundError

from index.errors import MomentLost
from index.location import ClusterAlias, locate
from index.opensearch.connection import Connection
from index.opensearch.looked_up import articles_with
from index.opensearch.moment import Searched
from tests.nodes import saying

SHARDS = {"total": 2, "successful": 2, "skipped": 0, "failed": 0}
POINT = Searched("berita", "some point")


def connected(node: str) -> Connection:
    cluster = locate(f"opensearch://{node}/berita")
    assert isinstance(cluster, ClusterAlias)
    return Connection(cluster)


def answer(**more: Any) -> tuple[int, object]:
    """How a node answers one search that finds nothing."""
    one = {"timed_out": False, "_shards": SHARDS, "hits": {"hits": []}, "status": 200, **more}
    return 200, {"responses": [one]}


LACKING = answer(_shards={**SHARDS, "successful": 1})


def test_a_point_in_time_that_is_lost_is_not_found() -> None:
    error = {"type": "search_phase_execution_exception", "reason": "all shards failed"}
    with saying([answer(error=error, status=404)]) as (node, asked):
        with pytest.raises(NotFoundError):
            articles_with(connected(node), POINT, ["a1"])
        assert len(asked) == 1


def test_shards_that_a_point_in_time_lacks_are_not_asked_for_again() -> None:
    with saying([LACKING, answer()]) as (node, asked):
        with pytest.raises(MomentLost):
            articles_with(connected(node), POINT, ["a1"])
        assert len(asked) == 1


@pytest.mark.parametrize("lacking", [LACKING, answer(timed_out=True)])
def test_shards_that_an_index_lacks_are_asked_for_again(lacking: tuple[int, object]) -> None:
    with saying([lacking, answer()]) as (node, asked):
        assert articles_with(connected(node), Searched("berita"), ["a1"]) == [None]
        assert len(asked) == 2
