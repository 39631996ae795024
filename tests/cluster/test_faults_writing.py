"""A rebuild into a cluster that is cut short: by a node's end or its own. No article is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict
from itertools import count
from threading import Thread, Timer

import pytest

from index.article import Article
from index.errors import IndexUnavailable
from index.target import BuildOptions, open_target
from search.engine import open_engine
from tests.cluster.indexes import asked, drop, listed
from tests.cluster.nodes import Cluster
from tests.conftest import ROOT, article
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


def test_a_rebuild_that_is_killed_leaves_the_old_index_and_is_swept_by_the_next(
    faulty: Cluster, url: str
) -> None:
    alias = url.rpartition("/")[2]
    before = set(listed(faulty.hosts[0], alias))
    command = [sys.executable, "-m", "web.cli", "rebuild", "-", "--index", url]
    reading, writing = os.pipe()  # never closed: the rebuild waits for more
    process = subprocess.Popen(command, cwd=ROOT, stdin=reading, process_group=0)
    os.close(reading)
    given = Thread(target=_give, args=(writing, _articles(NEW, "baru")))
    given.start()
    try:
        begun = _some(
            lambda: _with_articles(faulty, set(listed(faulty.hosts[0], alias)) - before), process
        )
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        given.join()
        os.close(writing)
    assert ask(open_engine(url), "lama").total == OLD
    # The lease of a writer that is gone is waited for.
    published = open_target(url).rebuild(_articles(5, "lagi"), BuildOptions(wait=True))
    assert published.articles == ask(open_engine(url), "lagi").total == 5
    assert not begun & set(listed(faulty.hosts[0], alias))


def _give(pipe: int, articles: Iterator[Article]) -> None:
    """Write articles into a pipe, as long as somebody reads."""
    with suppress(BrokenPipeError):
        for one in articles:
            given = {name: value for name, value in asdict(one).items() if value is not None}
            line = memoryview(json.dumps(given).encode() + b"\n")
            while line:
                line = line[os.write(pipe, line) :]


def _with_articles(cluster: Cluster, names: set[str]) -> set[str]:
    """Those of some indexes that hold articles already, refreshed or not."""
    found = set()
    for name in names:
        got = asked(cluster.hosts[0], f"/{name}/_stats/indexing")
        if got["_all"]["primaries"]["indexing"]["index_total"] > 1_000:
            found.add(name)
    return found


def _some(look: Callable[[], set[str]], process: subprocess.Popen[bytes]) -> set[str]:
    deadline = time.monotonic() + 120
    while not (found := look()):
        assert process.poll() is None
        assert time.monotonic() < deadline, "nothing was begun"
        time.sleep(0.1)
    return found
