"""A rebuild into a cluster that is cut short: by a node's end or its own. No article is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from itertools import count

import pytest

from index.article import Article
from index.errors import IndexUnavailable
from index.target import BuildOptions, open_target
from search.engine import open_engine
from tests.cluster.indexes import asked, drop, listed
from tests.cluster.nodes import Cluster
from tests.cluster.reporting import report
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
def test_a_node_that_is_killed_while_an_index_is_rebuilt_loses_no_article(
    faulty: Cluster, url: str, manager: bool, request: pytest.FixtureRequest
) -> None:
    elected = faulty.manager()
    lost = next(node for node in faulty.nodes if (node is elected) is manager)
    articles = _cut(_articles(NEW, "baru"), NEW // 2, lambda: faulty.kill(lost))
    told, holds = "", (NEW, "baru")
    try:
        open_target(url).rebuild(articles, BuildOptions(workers=2))
    except IndexUnavailable as error:
        told, holds = error.english, (OLD, "lama")
    report(request, told or "the rebuild went on to its end")
    engine = open_engine(url)
    assert (ask(engine).total, ask(engine, holds[1]).total) == (holds[0], holds[0])
    faulty.start(lost)
    faulty.wait_for("green")
    assert open_target(url).rebuild(_articles(NEW, "lagi"), BuildOptions()).articles == NEW
    faulty.wait_for("green")
    engine = open_engine(url)
    assert (ask(engine).total, ask(engine, "lagi").total) == (NEW, NEW)
    assert open_target(url).verify() == []


def test_a_rebuild_that_is_killed_leaves_the_old_index_and_is_swept_by_the_next(
    faulty: Cluster, url: str
) -> None:
    alias = url.rpartition("/")[2]
    before = set(listed(faulty.hosts[0], alias))
    command = [sys.executable, "-m", "web.cli", "rebuild", "-", "--index", url]
    process = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, process_group=0
    )
    try:
        assert process.stdin is not None
        for one in _articles(NEW, "baru"):  # not closed: the rebuild waits for more
            given = {name: value for name, value in asdict(one).items() if value is not None}
            process.stdin.write(json.dumps(given).encode() + b"\n")
        process.stdin.flush()
        begun = _some(lambda: _with_articles(faulty, set(listed(faulty.hosts[0], alias)) - before))
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdin is not None:
            process.stdin.close()
    assert ask(open_engine(url), "lama").total == OLD
    # The lease of a writer that is gone is waited for.
    published = open_target(url).rebuild(_articles(5, "lagi"), BuildOptions(wait=True))
    assert published.articles == ask(open_engine(url), "lagi").total == 5
    assert not begun & set(listed(faulty.hosts[0], alias))


def _with_articles(cluster: Cluster, names: set[str]) -> set[str]:
    """Those of some indexes that hold articles already, refreshed or not."""
    found = set()
    for name in names:
        got = asked(cluster.hosts[0], f"/{name}/_stats/indexing")
        if got["_all"]["primaries"]["indexing"]["index_total"] > 1_000:
            found.add(name)
    return found


def _some(look: Callable[[], set[str]]) -> set[str]:
    deadline = time.monotonic() + 120
    while not (found := look()):
        assert time.monotonic() < deadline, "nothing was begun"
        time.sleep(0.1)
    return found
