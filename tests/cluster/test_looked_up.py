"""Articles are found by their ids, whatever these hold, of the shards that have them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest
from opensearchpy import OpenSearch

from index.analysis import analysis
from index.errors import IndexDamaged
from index.opensearch import generations
from index.opensearch.documents import Documents
from index.opensearch.looked_up import articles_with
from index.opensearch.moment import Searched
from index.opensearch.stored import stored_articles
from index.target import BuildOptions, open_target
from search.engine import open_engine
from search.request import SearchRequest
from tests.cluster.fixtures import connected
from tests.conftest import ARCHIVE, article

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
    assert articles_with(connection, Searched(facts.index), asked) == expected
    for one, held in zip(asked, expected, strict=True):
        assert articles_with(connection, Searched(facts.index), [one]) == [held]
    assert articles_with(connection, Searched(facts.index), []) == []


@pytest.mark.parametrize("stored", [None, "AAAA"])
def test_an_index_with_a_document_without_an_article_is_damaged(
    url: str, stored: str | None
) -> None:
    open_target(url).rebuild(ARCHIVE[:5], BuildOptions(replicas=0))
    connection, engine = connected(url), open_engine(url)
    (document,) = Documents(analysis()).of(ARCHIVE[:1], 0)
    altered = {**document.source, "article": stored}
    connection.asked(
        lambda client: client.index(
            index=connection.cluster.alias, id=document.id, body=altered, refresh=True
        )
    )
    with pytest.raises(IndexDamaged, match="stores no article"):
        engine.search(SearchRequest(ARCHIVE[0].title))
    with pytest.raises(IndexDamaged, match="stores no article"):
        engine.article(document.id)


def test_articles_of_a_layout_before_are_read_for_a_rebuild(url: str) -> None:
    connection = connected(url)
    index = f"{connection.cluster.alias}-before"
    kept = {"article": {"type": "object", "enabled": False}, "number": {"type": "long"}}
    told: list[dict[str, Any]] = [
        {"id": "a", "title": "k", "body": "b", "date": "2017-05-31T17:00:00+00:00"}
    ]
    told.append({"id": "b", "title": "", "body": "c", "derived_title": True})
    connection.asked(
        lambda client: client.indices.create(index=index, body={"mappings": {"properties": kept}})
    )
    for number, one in enumerate(told):
        body = {"article": one, "number": number}
        connection.asked(partial(_put, index=index, body=body))
    found = list(stored_articles(connection, generations.Facts(index, {})))
    assert [(one.id, one.body, one.derived_title) for one in found] == [
        ("a", "b", False),
        ("b", "c", True),
    ]
    assert found[0].date == datetime(2017, 5, 31, 17, tzinfo=UTC)


def _put(client: OpenSearch, *, index: str, body: dict[str, Any]) -> None:
    client.index(index=index, body=body, refresh=True)
