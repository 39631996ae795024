"""Indexes and engines for the contract, whose tests run once for every kind of engine."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pytest

from index.article import Article
from index.target import BuildOptions, IndexTarget, open_target
from search.engine import SearchEngine, open_engine
from tests.cluster.indexes import drop
from tests.conftest import ARCHIVE
from tests.search.contract.differences import DIFFERENCES

ENGINES = ("local", pytest.param("cluster", marks=pytest.mark.cluster))
"""``local`` is the embedded engine, ``cluster`` that over OpenSearch: ``make test-cluster``."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index by its two boundaries: where it is written and where it is searched."""

    target: IndexTarget
    engine: SearchEngine


NewIndex = Callable[[], Index]
Make = Callable[[Sequence[Article]], SearchEngine]


@pytest.fixture(scope="module", params=ENGINES)
def new_index(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[NewIndex]:
    """Gives another index with each call; nothing is published in it."""
    if request.param == "local":
        yield lambda: _index(str(tmp_path_factory.mktemp("contract") / "index"))
        return
    hosts: list[str] = request.getfixturevalue("hosts")
    beginning = f"contract-{secrets.token_hex(4)}"
    with pytest.MonkeyPatch.context() as patch:
        # Else what is published is seen within a second, which is a row of docs/scaling.md.
        patch.setattr("search.opensearch.current.LOOKED_AFTER", 0.0)
        yield lambda: _index(f"opensearch://{','.join(hosts)}/{beginning}-{secrets.token_hex(4)}")
    drop(hosts, beginning)


def _index(url: str) -> Index:
    return Index(open_target(url), open_engine(url))


@pytest.fixture
def index(new_index: NewIndex) -> Index:
    """An index in which nothing is published."""
    return new_index()


@pytest.fixture(scope="module")
def make(new_index: NewIndex) -> Make:
    """Gives the engine over an index of some articles, which is not to be changed.

    Cases of one test share it, as on a cluster an index takes seconds to make. It has no copies
    there, which take as long as all else: ``engine`` and ``index`` have them.
    """
    made: dict[tuple[Article, ...], SearchEngine] = {}

    def of(articles: Sequence[Article]) -> SearchEngine:
        key = tuple(articles)
        if key not in made:
            made[key] = _rebuilt(new_index(), articles, BuildOptions(replicas=0))
        return made[key]

    return of


@pytest.fixture(scope="module")
def engine(new_index: NewIndex) -> SearchEngine:
    """The engine over ``ARCHIVE``; its index is not to be changed."""
    return _rebuilt(new_index(), ARCHIVE, BuildOptions())


def _rebuilt(index: Index, articles: Sequence[Article], how: BuildOptions) -> SearchEngine:
    index.target.rebuild(articles, how)
    return index.engine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a cluster answers otherwise is expected to fail there, and has to."""
    for item in items:
        if item.get_closest_marker("cluster"):
            for one in DIFFERENCES:
                if item.nodeid.partition("[")[0].endswith(f"contract/{one.test}"):
                    item.add_marker(
                        pytest.mark.xfail(reason=one.why, strict=True)
                        if one.always
                        else pytest.mark.skip(reason=one.why)
                    )
