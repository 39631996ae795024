"""What tests of an alias begin with: a connection, an index of a few articles, or of many."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.opensearch.connection import Connection
from index.target import BuildOptions, IndexTarget, open_target
from search.opensearch import OpenSearchEngine
from tests.cluster import moments
from tests.cluster.fixtures import connected, new_alias
from tests.conftest import ARCHIVE


@pytest.fixture
def connection(url: str) -> Connection:
    """One to the cluster of the alias."""
    return connected(url)


@pytest.fixture
def target(url: str) -> IndexTarget:
    """Writes the alias, which holds ``ARCHIVE``."""
    target = open_target(url)
    target.rebuild(ARCHIVE, BuildOptions())
    return target


@pytest.fixture
def engine(url: str, monkeypatch: pytest.MonkeyPatch) -> OpenSearchEngine:
    """Searches the alias, which holds several batches; sees at once what is published."""
    monkeypatch.setattr("search.opensearch.current.LOOKED_AFTER", 0.0)
    open_target(url).rebuild(moments.ARTICLES, moments.ONE)
    return OpenSearchEngine(connected(url).cluster)


@pytest.fixture(scope="module")
def archive(hosts: list[str]) -> Iterator[str]:
    """The URL of the same index, which no test changes."""
    with new_alias(hosts) as url:
        open_target(url).rebuild(moments.ARTICLES, moments.ONE)
        yield url
