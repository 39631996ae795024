"""A rebuild into a cluster that loses a node meanwhile. No article is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from threading import Timer

import pytest

from index.article import Article
from index.errors import IndexUnavailable
from index.target import BuildOptions, open_target
from search.engine import open_engine
from tests.cluster.indexes import drop
from tests.cluster.nodes import Cluster
from tests.conftest import article
from tests.search.asking import ask

pytestmark = pytest.mark.cluster

OLD, NEW = 300, 6_000
NUMBERS = count()
BODY = "Petani memanen padi di desa sejak pagi. Harga beras turun di pasar induk. " * 10


def _articles(number: int, word: str) -> Iterator[Article]:
    for one in range(number):
        yield article(one, f"Kabar {word} {one}", f"{BODY} Desa ke-{one} {word}.")


def _cut(articles: Iterator[Article], at: int, act: Callable[[], object]) -> Iterator[Article]:
    """The articles; before one of them something happens."""
    for number, one in enumerate(articles):
        if number == at:
            act()
        yield one


@pytest.fixture
def url(faulty: Cluster) -> Iterator[str]:
    """An index with the old articles."""
    alias = f"cut-{next(NUMBERS)}"
    address = f"opensearch://{','.join(faulty.hosts)}/{alias}"
    open_target(address).rebuild(_articles(OLD, "lama"), BuildOptions())
    faulty.wait_for("green")
    yield address
    for node in faulty.nodes:
        if not node.runs():
            faulty.start(node)
    faulty.wait_for("green")
    drop(faulty.hosts, alias)


@pytest.mark.parametrize("manager", [False, True], ids=["node", "manager"])
def test_a_node_that_is_killed_while_an_index_is_rebuilt_and_comes_back_loses_no_article(
    faulty: Cluster, url: str, manager: bool
) -> None:
    elected = faulty.manager()
    lost = next(node for node in faulty.nodes if (node is elected) is manager)
    back = Timer(5, lambda: faulty.start(lost))

    def away() -> None:
        faulty.kill(lost)
        back.start()
        assert ask(open_engine(url), "lama").total == OLD

    published = open_target(url).rebuild(
        _cut(_articles(NEW, "baru"), NEW // 2, away), BuildOptions(workers=2)
    )
    back.join()
    faulty.wait_for("green")
    engine = open_engine(url)
    assert published.articles == ask(engine).total == ask(engine, "baru").total == NEW
    assert open_target(url).verify() == []


@pytest.mark.long
def test_a_rebuild_whose_node_stays_away_says_so_and_leaves_the_old_index(
    faulty: Cluster, url: str
) -> None:
    """It waits for minutes, as a machine may take to start again."""
    lost = next(node for node in faulty.nodes if node is not faulty.manager())
    articles = _cut(_articles(NEW, "baru"), NEW // 2, lambda: faulty.kill(lost))
    with pytest.raises(IndexUnavailable, match="shard"):
        open_target(url).rebuild(articles, BuildOptions(workers=2))
    assert ask(open_engine(url), "lama").total == OLD
    faulty.restart(lost)
    assert open_target(url).rebuild(_articles(NEW, "lagi"), BuildOptions()).articles == NEW
    assert ask(open_engine(url), "lagi").total == NEW
