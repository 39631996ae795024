"""Articles arrive all the same where a cluster turns requests down, or its answers are lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from index.analysis import NO_WORDS
from index.errors import ArticleUnfit, ClusterBusy, ClusterTroubled
from index.location import ClusterAlias, locate
from index.opensearch import bulk, new_index
from index.opensearch.bulk import MOST_CHANGES
from index.opensearch.fence import Fence
from index.opensearch.loading import Loader, Loading
from index.target import BuildOptions, open_target
from tests.cluster.fixtures import connected
from tests.cluster.turning_down import (
    Answer,
    Bulk,
    Forward,
    in_front_of,
    too_busy,
    turned_down,
    unheard,
)
from tests.conftest import article

pytestmark = pytest.mark.cluster

MANY = [article(n % 1100, f"judul {n}", f"isi {n}") for n in range(1300)]
"""More than two requests hold, some with the ids of others."""

FENCE = Fence("test")


@pytest.mark.parametrize("how", [turned_down, too_busy, unheard])
def test_every_article_arrives_once(url: str, how: Bulk) -> None:
    alias = connected(url).cluster.alias
    with in_front_of(str(node_of(url)), how) as host:
        target = open_target(f"opensearch://{host}/{alias}")
        published = target.rebuild(MANY, BuildOptions())
        assert (published.articles, published.repeated) == (1100, 200)
        assert {one.title for one in target.stored_articles()} == {
            f"judul {n}" for n in range(200, 1300)
        }


def node_of(url: str) -> object:
    cluster = locate(url)
    assert isinstance(cluster, ClusterAlias)
    return cluster.nodes[0]


def test_an_index_is_made_once_where_the_answer_is_lost(url: str) -> None:
    alias = connected(url).cluster.alias

    def first_unheard(number: int, body: bytes, forward: Forward) -> Answer | None:
        answer = forward(body)
        return answer if number else None

    with in_front_of(str(node_of(url)), first_unheard, f"/{alias}-2") as host:
        published = open_target(f"opensearch://{host}/{alias}").rebuild(MANY[:3], BuildOptions())
    assert published.articles == 3
    (only,) = open_target(url).generations()
    assert only.name == published.generation


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "PATIENCE", 1.0)


@pytest.mark.usefixtures("impatient")
def test_a_cluster_that_takes_nothing_for_long_ends_the_command(url: str) -> None:
    connection = connected(url)
    before = open_target(url).rebuild(MANY[:3], BuildOptions()).generation

    def never(_: int, *_of_it: object) -> Answer:
        return 429, b'{"error": {"type": "busy", "reason": "too much"}, "status": 429}'

    with in_front_of(str(node_of(url)), never) as host:
        target = open_target(f"opensearch://{host}/{connection.cluster.alias}")
        with pytest.raises(ClusterBusy, match="too much"):
            target.rebuild(MANY, BuildOptions())
    assert [one.name for one in open_target(url).generations()] == [before]


@pytest.mark.usefixtures("impatient")
def test_that_an_index_takes_nothing_is_not_an_article_s_fault(url: str, index: str) -> None:
    connection = connected(url)
    blocked = {"index.blocks.write": True}
    connection.asked(lambda client: client.indices.put_settings(index=index, body=blocked))
    loader = Loader(Loading(connection.cluster, FENCE.of(index), NO_WORDS))
    loader.add(MANY[:3], 0)
    with pytest.raises(ClusterTroubled, match="index write"):
        loader.finish()


@pytest.fixture
def index(url: str) -> str:
    name = f"{connected(url).cluster.alias}-loaded"
    new_index.create(connected(url), name, 2)
    connected(url).client.indices.put_alias(index=name, name=FENCE.of(name))
    return name


def test_requests_hold_so_many_articles_and_bytes(url: str, index: str) -> None:
    sizes: list[tuple[int, int]] = []

    def counted(_: int, body: bytes, forward: Forward) -> Answer:
        sizes.append((body.count(b"\n") // 2, len(body)))
        return forward(body)

    with in_front_of(str(node_of(url)), counted) as host:
        alias = connected(url).cluster.alias
        cluster = locate(f"opensearch://{host}/{alias}")
        assert isinstance(cluster, ClusterAlias)
        loader = Loader(Loading(cluster, FENCE.of(index), NO_WORDS))
        loader.add(MANY[:1100], 0)
        long = "panjang " * 150_000
        loader.add([article(2000 + n, "judul", long) for n in range(4)], 1100)
        loader.finish()
    assert [count for count, _ in sizes[:2]] == [MOST_CHANGES] * 2
    assert sum(count for count, _ in sizes) == 1104
    assert all(size <= bulk.MOST_BYTES or count == 1 for count, size in sizes)
    new_index.refresh(connected(url), index)
    assert new_index.count(connected(url), index) == 1104


@pytest.mark.parametrize("name", ["id", "title", "body", "url", "source"])
def test_an_article_with_what_is_no_character_is_told(url: str, name: str) -> None:
    wrong: dict[str, Any] = {name: "x\ud800"}
    odd = replace(MANY[0], **wrong)
    with pytest.raises(ArticleUnfit, match=r"surrogate") as caught:
        open_target(url).rebuild([odd, *MANY[1:5]], BuildOptions())
    str(caught.value).encode()


def test_an_update_with_an_article_that_is_unfit_changes_nothing(url: str) -> None:
    target, one = open_target(url), BuildOptions(workers=1)
    before = target.rebuild(MANY[:5], one).generation
    with pytest.raises(ArticleUnfit):
        target.update([replace(MANY[0], body="lain"), replace(MANY[6], source="x\ud800")], one)
    assert [one.name for one in target.generations()] == [before]
    assert {one.body for one in target.stored_articles()} == {one.body for one in MANY[:5]}
    assert target.verify() == []
