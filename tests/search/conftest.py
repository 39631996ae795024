"""Indexes and engines for the contract, whose tests run once for every kind of engine."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.article import Article
from index.target import BuildOptions, IndexTarget, open_target
from search.engine import SearchEngine, open_engine
from tests.conftest import ARCHIVE

_CLUSTER = os.environ.get("WARTA_CLUSTER", "").split(",")[0]


def _alias(path: Path) -> str:
    """A new alias on the cluster that the tests use."""
    return f"opensearch://{_CLUSTER}/contract-{secrets.token_hex(6)}"


ENGINES: Mapping[str, Callable[[Path], str]] = {"local": str} | (
    {"cluster": _alias} if _CLUSTER else {}
)
"""For each kind of engine the address of a new index; the path is one where nothing is yet."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index by its two boundaries: where it is written and where it is searched."""

    target: IndexTarget
    engine: SearchEngine


NewIndex = Callable[[], Index]
Make = Callable[[Sequence[Article]], SearchEngine]


@pytest.fixture(scope="session", params=ENGINES)
def new_index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewIndex:
    """Gives another index with each call; nothing is published in it."""

    def new() -> Index:
        url = ENGINES[request.param](tmp_path_factory.mktemp("contract") / "index")
        return Index(open_target(url), open_engine(url))

    return new


@pytest.fixture
def index(new_index: NewIndex) -> Index:
    """An index in which nothing is published."""
    return new_index()


@pytest.fixture(scope="session")
def make(new_index: NewIndex) -> Make:
    """Gives the engine over an index of some articles."""

    def made(articles: Sequence[Article]) -> SearchEngine:
        one = new_index()
        one.target.rebuild(articles, BuildOptions())
        return one.engine

    return made


@pytest.fixture(scope="session")
def engine(make: Make) -> SearchEngine:
    """The engine over ``ARCHIVE``; its index is not to be changed."""
    return make(ARCHIVE)
