"""Articles are found by their ids, whatever these hold, of the shards that have them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.opensearch import generations
from index.opensearch.looked_up import articles_with
from index.target import BuildOptions, open_target
from tests.cluster.fixtures import connected
from tests.conftest import article

pytestmark = pytest.mark.cluster

IDS = ("", "a", "b", "a,b", "b,a", "a,", ",", "*", "_all", "x/y", "é 🙂", "p" * 600, "p" * 601)


def test_articles_are_found_by_their_ids(url: str) -> None:
    articles = [replace(article(number, "k", "b"), id=one) for number, one in enumerate(IDS)]
    open_target(url).rebuild(articles, BuildOptions(shards=5, replicas=0))
    connection = connected(url)
    facts = generations.current(connection)
    assert facts is not None
    asked = [*IDS[::-1], "nobody", "\ud800", "a"]
    expected = [*articles[::-1], None, None, articles[1]]
    assert articles_with(connection, facts.index, asked) == expected
    for one, held in zip(asked, expected, strict=True):
        assert articles_with(connection, facts.index, [one]) == [held]
    assert articles_with(connection, facts.index, []) == []
