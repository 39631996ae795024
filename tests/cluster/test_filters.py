"""Filters that stand for very many values: what is cut short says so, and is never wrong."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.fields import Facet
from index.target import BuildOptions, open_target
from search.engine import SearchEngine, open_engine
from search.request import SearchRequest
from tests.cluster.fixtures import new_alias
from tests.conftest import article
from tests.search.asking import ids

pytestmark = pytest.mark.cluster

ANI = SearchRequest("kabar", excluded={Facet.AUTHOR: ("ani",)}, per_page=100)


@pytest.fixture(scope="module")
def engine(hosts: list[str]) -> Iterator[SearchEngine]:
    """60 articles: 30 authors of the name of Ani, 10 of that of Budi, and 20 without one."""
    authors = [*(f"Ani {n}" for n in range(30)), *(f"Budi {n}" for n in range(10)), *[None] * 20]
    with new_alias(hosts) as url:
        articles = [article(n, "Kabar", f"Isi {n}.", author=one) for n, one in enumerate(authors)]
        open_target(url).rebuild(articles, BuildOptions(workers=1))
        yield open_engine(url)


@pytest.mark.parametrize("most", [29, 10, 9])
def test_excluding_very_many_values_lets_none_of_them_pass(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    whole = {f"a{number}" for number in range(30, 60)}
    assert {*ids(engine.search(ANI))} == whole
    monkeypatch.setattr("search.opensearch.filters.MOST_NAMED", most)
    found = engine.search(ANI)
    assert found.partial is (most < 10)
    assert {*ids(found)} <= whole
    assert found.total == len(found.hits) == 20 + min(most, 10)


def test_what_is_filtered_here_by_all_values_is_whole(
    engine: SearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.opensearch.filters.MOST_NAMED", 2)
    monkeypatch.setattr("search.opensearch.dsl.translating.MOST", 0)
    found = engine.search(ANI)
    assert not found.partial
    assert found.total == 30
