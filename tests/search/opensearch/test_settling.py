"""Answers of which something is not known yet are made anew; nothing is asked twice."""

from __future__ import annotations

from math import inf

import pytest

from index.errors import IndexUnreachable
from index.location import ClusterAlias, locate
from index.opensearch.connection import Connection
from index.opensearch.moment import Searched
from search.budget import Budget
from search.opensearch.settling import Settling
from tests.nodes import closed_port

QUERY = {"term": {"body": "beras"}}


@pytest.fixture
def settling() -> Settling:
    """Of a cluster that nobody reaches."""
    cluster = locate(f"opensearch://{closed_port()}/berita")
    assert isinstance(cluster, ClusterAlias)
    return Settling(Connection(cluster), Searched("berita"))


def test_an_answer_that_asks_nothing_is_made_once_and_without_the_cluster(
    settling: Settling,
) -> None:
    answers = iter(["an answer", "another"])
    assert settling.settled(lambda: next(answers), Budget(inf)) == "an answer"
    assert next(answers) == "another"


def test_outside_of_an_answer_there_are_guesses_and_no_samples(settling: Settling) -> None:
    budget = Budget(inf)
    assert settling.count(QUERY, 7, budget) == 7
    assert settling.sample(QUERY, 3, budget) == ()
    assert (budget.partial, budget.late) == (True, True)
    assert settling.guesses == 0


def test_guesses_of_an_answer_are_counted_and_then_asked_for(settling: Settling) -> None:
    seen = []

    def answer() -> None:
        settling.count(QUERY, 1, Budget(inf))
        settling.settled(lambda: settling.count(QUERY, 1, Budget(inf)), Budget(inf))
        seen.append(settling.guesses)

    with pytest.raises(IndexUnreachable):
        settling.settled(answer, Budget(inf))
    assert seen == [2]
    assert settling.guesses == 0


def test_who_may_wait_no_longer_asks_nothing(settling: Settling) -> None:
    budget, waiting = Budget(inf), Budget(0.0)
    assert settling.settled(lambda: settling.count(QUERY, 7, budget), waiting) == 7
    assert (budget.partial, budget.late) == (True, True)


def test_a_vain_wait_counts_too(settling: Settling) -> None:
    waiting = Budget(60.0)
    with pytest.raises(IndexUnreachable):
        settling.settled(lambda: settling.count(QUERY, 7, Budget(inf)), waiting)
    assert 0 < waiting.patience < 60.0
