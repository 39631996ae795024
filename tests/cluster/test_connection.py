"""A real cluster's troubles: waited out where they pass, told where they do not."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from secrets import token_hex
from time import monotonic, sleep
from typing import Any

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.errors import ClusterBusy, ClusterTroubled
from index.location import ClusterAlias, locate
from index.opensearch.connection import Connection
from tests.cluster.nodes import Cluster
from tests.nodes import closed_port

pytestmark = pytest.mark.cluster

BERAS = {"title": "beras"}


def connected(*nodes: str) -> Connection:
    cluster = locate(f"opensearch://{','.join(nodes)}/connection")
    assert isinstance(cluster, ClusterAlias)
    return Connection(cluster)


@pytest.fixture
def connection(hosts: list[str]) -> Connection:
    return connected(*hosts)


@pytest.fixture
def index(connection: Connection) -> Iterator[str]:
    """An index with one document."""
    name = f"connection-{token_hex(4)}"
    shards = {"number_of_shards": 1, "number_of_replicas": 1}
    connection.asked(lambda client: client.indices.create(index=name, body={"settings": shards}))
    connection.asked(lambda client: write(client, name))
    yield name
    connection.asked(lambda client: client.indices.delete(index=name))


def write(client: OpenSearch, index: str) -> Any:
    return client.index(index=index, id="1", body=BERAS, params={"refresh": "true"})


def set_to(connection: Connection, index: str, **settings: object) -> None:
    body = {name.replace("__", "."): value for name, value in settings.items()}
    connection.asked(lambda client: client.indices.put_settings(index=index, body=body))


@contextmanager
def soon(do: Callable[[], None]) -> Iterator[None]:
    """What happens a second later."""
    timer = threading.Timer(1, do)
    timer.start()
    yield
    timer.join()


def test_a_full_disk_is_waited_for_and_then_told(connection: Connection, index: str) -> None:
    full = "index__blocks__read_only_allow_delete"
    set_to(connection, index, **{full: True})
    with soon(lambda: set_to(connection, index, **{full: None})):
        assert connection.asked(lambda client: write(client, index))["result"] == "updated"
    set_to(connection, index, **{full: True})
    with pytest.raises(ClusterBusy, match="flood-stage watermark"):
        connection.asked(lambda client: write(client, index), patience=0.3)
    set_to(connection, index, **{full: None})


def test_an_index_that_is_closed_to_writes_is_no_matter_of_rights(
    connection: Connection, index: str
) -> None:
    set_to(connection, index, index__blocks__write=True)
    with pytest.raises(ClusterTroubled, match="index write"):
        connection.asked(lambda client: write(client, index))


def test_shards_that_are_nowhere_are_waited_for_and_then_told(connection: Connection) -> None:
    name = f"connection-{token_hex(4)}"
    nowhere = "index.routing.allocation.require._name"
    body = {"settings": {nowhere: "nobody", "number_of_shards": 1, "number_of_replicas": 0}}
    connection.asked(
        lambda client: client.indices.create(
            index=name, body=body, params={"wait_for_active_shards": "0"}
        )
    )

    def search(client: OpenSearch) -> Any:
        return client.search(index=name)

    try:
        with pytest.raises(ClusterTroubled, match="all shards failed"):
            connection.asked(search, patience=0.3)
        with soon(lambda: set_to(connection, name, **{nowhere.replace(".", "__"): None})):
            assert connection.asked(search, patience=30)["hits"]["hits"] == []
    finally:
        connection.asked(lambda client: client.indices.delete(index=name))


def test_a_node_that_is_down_from_the_start_is_passed_over(hosts: list[str], index: str) -> None:
    connection = connected(closed_port(), *hosts, closed_port())
    began = monotonic()
    for _ in range(50):
        assert connection.asked(lambda client: client.get(index=index, id="1"))["found"]
    assert monotonic() - began < 20


def test_what_is_not_there_is_left_to_who_asks(connection: Connection, index: str) -> None:
    with pytest.raises(NotFoundError):
        connection.asked(lambda client: client.get(index=index, id="2"))
    with pytest.raises(NotFoundError):
        connection.asked(lambda client: client.search(index=f"{index}-2"))


@pytest.mark.parametrize("lost", ["a node", "the manager"])
def test_no_question_fails_while_a_node_is_lost(faulty: Cluster, lost: str) -> None:
    connection = connected(*faulty.hosts)
    shards = {"number_of_shards": 3, "number_of_replicas": 1}
    name = f"connection-{token_hex(4)}"
    connection.asked(lambda client: client.indices.create(index=name, body={"settings": shards}))
    lines = [part for number in range(30) for part in ({"index": {"_id": number}}, BERAS)]
    connection.asked(lambda client: client.bulk(index=name, body=lines))
    connection.asked(lambda client: client.indices.refresh(index=name))
    faulty.wait_for("green")
    manager = faulty.manager()
    node = manager if lost == "the manager" else next(n for n in faulty.nodes if n is not manager)
    ended = threading.Event()
    failures: list[Exception] = []
    answers: list[int] = []

    def ask() -> None:
        while not ended.is_set():
            try:
                found = connection.asked(lambda client: client.search(index=name, q="title:beras"))
            except Exception as error:  # noqa: BLE001 - whatever it is, it fails the test
                failures.append(error)
                return
            answers.append(found["hits"]["total"]["value"])

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    sleep(1)
    faulty.kill(node)
    faulty.wait_for("yellow")
    seen = len(answers)
    while len(answers) < seen + 40 and not failures:
        sleep(0.05)
    ended.set()
    for thread in threads:
        thread.join()
    connection.asked(lambda client: client.indices.delete(index=name))
    assert failures == []
    assert set(answers[-20:]) == {30}
