"""What an adapter builds on: ready tokens in a field analysed at white space, positions kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from opensearchpy import OpenSearch

pytestmark = pytest.mark.cluster

TOKENS = "gempa_ guncang_ ambon mengguncang warga_mengungsi"


@pytest.fixture
def client(hosts: list[str]) -> Iterator[OpenSearch]:
    with OpenSearch([f"http://{host}" for host in hosts], timeout=30) as client:
        name = "tokens"
        client.indices.delete(index=name, ignore_unavailable=True)
        field = {"type": "text", "analyzer": "whitespace"}
        body = {
            "settings": {"number_of_shards": 2, "number_of_replicas": 1},
            "mappings": {"properties": {"body": field}},
        }
        client.indices.create(index=name, body=body, wait_for_active_shards="all")
        client.index(index=name, id="a1", body={"body": TOKENS}, refresh=True)
        yield client
        client.indices.delete(index=name)


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ({"match": {"body": "gempa_"}}, 1),
        ({"term": {"body": "warga_mengungsi"}}, 1),
        ({"match_phrase": {"body": "guncang_ ambon"}}, 1),
        ({"match_phrase": {"body": "ambon guncang_"}}, 0),
        ({"term": {"body": "gempa"}}, 0),
        ({"term": {"body": "mengungsi"}}, 0),
    ],
    ids=["token", "underscore", "phrase", "other order", "part of a token", "end of a token"],
)
def test_tokens_are_found_as_they_were_sent(
    client: OpenSearch, query: dict[str, Any], total: int
) -> None:
    answer = client.search(
        index="tokens", body={"query": query}, params={"search_type": "dfs_query_then_fetch"}
    )
    assert answer["_shards"]["successful"] == answer["_shards"]["total"] == 2
    assert answer["hits"]["total"]["value"] == total
