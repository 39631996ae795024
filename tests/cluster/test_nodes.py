"""The cluster that the tests have is a real one: its nodes can be lost and brought back."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError

import pytest

from tests.cluster.nodes import Cluster, Node, NotUp, scratch
from tests.conftest import ROOT

pytestmark = pytest.mark.cluster

ARTICLES = 40


def indexed(cluster: Cluster, name: str) -> None:
    """Articles on every node: three shards, each of them twice."""
    node = cluster.nodes[0]
    shards = {"number_of_shards": 3, "number_of_replicas": 1}
    node.ask(f"/{name}", {"settings": shards}, method="PUT")
    for number in range(ARTICLES):
        node.ask(f"/{name}/_doc/{number}", {"title": f"beras {number}"}, method="PUT")
    node.ask(f"/{name}/_refresh", method="POST")
    cluster.wait_for("green")


def found(node: Node, name: str) -> int:
    answer = node.ask(f"/{name}/_search?q=title:beras&allow_partial_search_results=false")
    return int(answer["hits"]["total"]["value"])


def test_three_nodes_are_green_each_its_own_process(cluster: Cluster) -> None:
    for node in cluster.nodes:
        health = node.ask("/_cluster/health")
        assert (health["status"], health["number_of_nodes"]) == ("green", 3)
    nodes = cluster.nodes[0].ask("/_nodes/process")["nodes"].values()
    pids = {one["name"]: one["process"]["id"] for one in nodes}
    assert pids == {one.name: one.process.pid for one in cluster.nodes if one.process}


@pytest.mark.parametrize("leave", [Cluster.kill, Cluster.stop], ids=["killed", "stopped"])
def test_a_node_that_is_gone_is_noticed_and_comes_back(
    faulty: Cluster, leave: Callable[[Cluster, Node], None]
) -> None:
    name = f"back-{leave.__name__}"
    indexed(faulty, name)
    manager = faulty.manager()
    lost = next(node for node in faulty.nodes if node is not manager)
    leave(faulty, lost)
    faulty.wait_for("yellow")
    assert [found(node, name) for node in faulty.running] == [ARTICLES] * 2
    faulty.restart(lost)
    assert [found(node, name) for node in faulty.nodes] == [ARTICLES] * 3


def test_another_manager_is_elected_where_it_is_killed(faulty: Cluster) -> None:
    indexed(faulty, "manager")
    before = faulty.manager()
    faulty.kill(before)
    faulty.wait_for("yellow")
    assert faulty.manager() is not before
    assert [found(node, "manager") for node in faulty.running] == [ARTICLES] * 2


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda one: one.name
)
def test_no_node_outlives_what_started_it(number: signal.Signals) -> None:
    with scratch() as folder:
        command = [sys.executable, "-m", "tests.cluster", "--data", str(folder)]
        run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            pids = _waited(lambda: _three(_children(run.pid)))
            run.send_signal(number)
            run.wait(60)
            _waited(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))
        finally:
            run.kill()
            run.wait()


def test_an_error_tells_the_end_of_the_log_of_a_node_that_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENSEARCH_JAVA_OPTS", "-XX:+NoSuchOption")
    with scratch() as folder, pytest.raises(NotUp, match="Unrecognized VM option 'NoSuchOption'"):
        Cluster.started(folder, ["n1"]).__enter__()


def test_a_wrong_question_is_an_error_that_can_be_caught(cluster: Cluster) -> None:
    with pytest.raises(HTTPError, match="404"):
        cluster.nodes[0].ask("/no-such-index/_search")


def _children(pid: int) -> list[int]:
    """Of every thread; those that are Java already, and so past setpriv, which binds them."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    found = [int(child) for one in tasks for child in one.read_text().split()]
    return [one for one in found if Path(f"/proc/{one}/comm").read_text() == "java\n"]


def _three(pids: list[int]) -> list[int]:
    return pids if len(pids) == 3 else []


def _waited(look: Callable[[], object], seconds: float = 60) -> list[int]:
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return seen if isinstance(seen, list) else []
