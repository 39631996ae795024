"""Searches are asked for as long as a question may wait, and one that failed fails all of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from opensearchpy import NotFoundError

from index.location import ClusterAlias, locate
from index.opensearch.connection import Connection
from index.opensearch.moment import Searched
from index.opensearch.several import is_whole
from search.budget import Budget
from search.opensearch import waiting
from search.opensearch.settling import Settling
from tests.nodes import saying

QUERY = {"term": {"body": "beras"}}
SHARDS = {"total": 2, "successful": 2, "skipped": 0, "failed": 0}


def counted(number: int, **more: object) -> dict[str, object]:
    """How a node answers a search that counts what one query finds."""
    counts = {"each": {"buckets": {"0": {"doc_count": number}}}}
    return {"timed_out": False, "_shards": SHARDS, "aggregations": counts, "status": 200, **more}


def failed(status: int, kind: str) -> dict[str, object]:
    return {"error": {"type": kind, "reason": "a reason"}, "status": status}


def together(*answers: object) -> tuple[int, object]:
    return 200, {"responses": answers}


def connected(*nodes: str) -> Connection:
    cluster = locate(f"opensearch://{','.join(nodes)}/berita")
    assert isinstance(cluster, ClusterAlias)
    return Connection(cluster)


def count(node: str, budget: Budget) -> int:
    """How many articles a query finds, by what the node says, 7 by a guess."""
    by = Settling(connected(node), Searched("berita"))
    return by.settled(lambda: by.count(QUERY, 7, budget), Budget(60.0))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_count_that_failed_for_now_is_asked_for_again(status: int) -> None:
    answers = [together(failed(status, "rejected_execution_exception")), together(counted(3))]
    budget = Budget(60.0)
    with saying(answers) as (node, asked):
        assert count(node, budget) == 3
        assert len(asked) == 2


def test_counts_of_an_index_that_is_gone_are_no_counts() -> None:
    missing = together(failed(404, "index_not_found_exception"))
    with saying([missing]) as (node, _), pytest.raises(NotFoundError):
        count(node, Budget(60.0))


@pytest.mark.parametrize(
    "cut", [{"timed_out": True}, {"_shards": {**SHARDS, "successful": 1}}], ids=str
)
def test_what_some_shard_has_not_counted_is_taken_and_never_kept(cut: dict[str, object]) -> None:
    budget = Budget(60.0)
    with saying([together(counted(3, **cut)), together(counted(5))]) as (node, asked):
        by = Settling(connected(node), Searched("berita"))
        assert by.settled(lambda: by.count(QUERY, 7, budget), Budget(60.0)) == 3
        assert (budget.partial, budget.late) == (True, True)
        assert len(asked) == 1
        assert by.settled(lambda: by.count(QUERY, 7, Budget(60.0)), Budget(60.0)) == 5


def test_an_answer_of_all_shards_in_time_is_whole() -> None:
    assert is_whole(counted(3))
    assert not is_whole(counted(3, timed_out=True))
    assert not is_whole(counted(3, _shards={**SHARDS, "successful": 1}))


def test_limits_grow_with_the_time_that_is_left_in_steps() -> None:
    limits = [waiting._limit(tenths / 10) for tenths in range(-10, 40)]
    assert set(limits) == {0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0}
    assert all(one <= other for one, other in pairwise(limits))
    assert waiting._limit(2.0) == 2.0
    assert waiting._limit(float("inf")) == 3600.0
