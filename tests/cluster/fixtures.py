"""One cluster for all tests that need one, begun when the first of them asks for it.

``WARTA_CLUSTER`` is ``start`` (``make test-cluster``) or the hosts of a cluster that runs already
(``python -m tests.cluster`` prints them). Tests that kill nodes always have a cluster of their own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING

import pytest

from index.location import ClusterAlias, locate
from index.opensearch.connection import Connection
from tests.cluster.java import Missing
from tests.cluster.nodes import Cluster, NotUp, scratch
from tests.conftest import in_memory

if TYPE_CHECKING:
    from opensearchpy import OpenSearch


_SOON = 120.0
"""Seconds in which all copies are made again after a test that took nodes away."""


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Three nodes, green, of this run; without Java or Maven its tests skip, in CI they fail."""
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(scratch(in_memory()))
            running = stack.enter_context(Cluster.started(folder))
        except Missing as reason:
            if os.environ.get("CI") == "true":
                pytest.fail(str(reason))
            pytest.skip(str(reason))
        yield running


@pytest.fixture(scope="session")
def hosts(request: pytest.FixtureRequest) -> list[str]:
    """Host and port of each node of a cluster that stays whole, perhaps shared with others."""
    named = os.environ.get("WARTA_CLUSTER", "")
    if named in {"", "start"}:
        running: Cluster = request.getfixturevalue("cluster")
        return running.hosts
    return named.split(",")


@pytest.fixture
def faulty(cluster: Cluster) -> Iterator[Cluster]:
    """The cluster, for a test that takes nodes away: they are brought back after it."""
    yield cluster
    for node in cluster.nodes:
        if not node.runs():
            cluster.start(node)
    try:
        cluster.wait_for("green", _SOON)
    except NotUp:
        # A shard of which OpenSearch makes no copy before the node that holds it is restarted.
        for node in cluster.nodes:
            cluster.stop(node)
            cluster.start(node)
            cluster.wait_for("red")
        cluster.wait_for("green")


@pytest.fixture
def url(hosts: list[str]) -> Iterator[str]:
    """An alias that nobody has yet; all of its indexes are removed after the test."""
    with new_alias(hosts) as url:
        yield url


@contextmanager
def new_alias(hosts: list[str], length: int = 0) -> Iterator[str]:
    """The URL of such an alias, of so many characters at the least."""
    url = f"opensearch://{','.join(hosts)}/{f'test-{token_hex(6)}'.ljust(length, 'a')}"
    connection = connected(url)
    names = f"{connection.cluster.alias}*"
    try:
        yield url
    finally:
        all_of_them = {"expand_wildcards": "all"}
        left = connection.asked(lambda client: client.indices.get(index=names, params=all_of_them))
        for index in left:
            connection.asked(partial(_delete, index))


def _delete(index: str, client: OpenSearch) -> None:
    client.indices.delete(index=index)


def connected(url: str) -> Connection:
    """A connection to the cluster of the alias."""
    cluster = locate(url)
    assert isinstance(cluster, ClusterAlias)
    return Connection(cluster)
