"""Counts, filters, folded texts, ages and pages of a cluster are those of the embedded engine.

Of an archive in which every third article is a copy of another, with another date or headline.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest

from index.article import Article
from index.fields import Facet
from index.target import BuildOptions, open_target
from search.engine import SearchEngine, open_engine
from search.opensearch import sifting
from search.opensearch.dsl.context import Detail
from search.opensearch.order import BLOCK
from search.request import FacetSort, Partial, SearchRequest, Sort
from tests.cluster.indexes import drop
from tests.conftest import ARCHIVE
from tests.search.asking import follow, ids

pytestmark = pytest.mark.cluster

QUERIES = ("", "banjir jakarta", "beras", "harga beras naik", "siapa presiden", "gempa -ambon")
FILTERS: Sequence[dict[str, Any]] = (
    {},
    {"filters": {Facet.CATEGORY: ("ekonomi",)}},
    {"filters": {Facet.SOURCE: ("niaga", "nusa")}, "excluded": {Facet.PLACE: ("Jakarta",)}},
    {"years": ("2023",), "excluded_months": ("2023-06",)},
    {"months": ("2023-06", "2023-07"), "filters": {Facet.CATEGORY: ("ekonomi",)}},
    {"date_from": date(2023, 6, 1), "date_to": date(2023, 6, 30)},
    {"excluded": {Facet.CATEGORY: ("tidak ada",)}, "date_from": date(2023, 1, 1)},
)


@dataclass(frozen=True)
class Both:
    """The embedded engine and that over a cluster, over the same articles."""

    local: SearchEngine
    cluster: SearchEngine


def archive() -> list[Article]:
    """Some 200 articles: of the archive's each again and again, most of them of another text."""
    found = []
    for turn, one in product(range(6), ARCHIVE):
        body = one.body if turn in {0, 3} else f"{one.body} Kabar ke-{turn}."
        title = one.title if turn < 3 else f"{one.title} lagi"
        day = None if one.date is None else one.date - timedelta(days=40 * turn)
        found.append(replace(one, id=f"{one.id}-{turn}", title=title, body=body, date=day))
    return found


@pytest.fixture(scope="module")
def both(hosts: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    alias = f"searching-{secrets.token_hex(4)}"
    urls = [str(tmp_path_factory.mktemp("searching") / "index"), f"opensearch://{hosts[0]}/{alias}"]
    for url in urls:
        open_target(url).rebuild(archive(), BuildOptions())
    yield Both(*map(open_engine, urls))
    drop(hosts, alias)


def require_same_counts(both: Both, request: SearchRequest) -> None:
    local, cluster = both.local.search(request), both.cluster.search(request)
    for name in ("total", "partial_total", "listed", "facets", "facet_totals"):
        assert getattr(cluster, name) == getattr(local, name), (name, request)
    for name in ("histogram", "undated", "notes", "partial", "page"):
        assert getattr(cluster, name) == getattr(local, name), (name, request)
    if request.sort is not Sort.RELEVANCE and not request.collapse:
        assert ids(cluster) == ids(local), request
    assert len(cluster.hits) == len(local.hits), request
    assert (cluster.next_cursor is None) == (local.next_cursor is None), request


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("query", QUERIES)
def test_counts_are_the_same_under_filters(both: Both, query: str, filters: dict[str, Any]) -> None:
    for partial, collapse in product(Partial, (False, True)):
        sort = Sort.NEWEST if partial is Partial.WITH else Sort.RELEVANCE
        request = SearchRequest(query, partial=partial, collapse=collapse, sort=sort, **filters)
        require_same_counts(both, request)


@pytest.mark.parametrize("order", FacetSort)
def test_the_values_that_are_asked_for_are_the_same(both: Both, order: FacetSort) -> None:
    for offset, part, limit in product((0, 1), ("", "a", "2023", "jak"), (1, 20)):
        asked: dict[str, Any] = {"facet_sort": order, "facet_offset": offset, "facet_limit": limit}
        filters = {Facet.CATEGORY: ("ekonomi",)}
        require_same_counts(both, SearchRequest("", facet_query=part, **asked))
        require_same_counts(both, SearchRequest("", facet_query=part, filters=filters, **asked))


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("query", ["", "harga beras naik", "siapa presiden"])
def test_pages_of_any_size_give_every_article_once_in_one_order(
    both: Both, query: str, sort: Sort
) -> None:
    first = SearchRequest(query, sort=sort, facets=False, snippets=False, partial=Partial.WITH)
    listed = {
        one for answer in follow(both.local, replace(first, per_page=100)) for one in ids(answer)
    }
    orders = set()
    for size in (23, BLOCK, 100):
        by_cursor = tuple(
            one
            for answer in follow(both.cluster, replace(first, per_page=size))
            for one in ids(answer)
        )
        pages = -(-len(listed) // size)
        by_number = tuple(
            one
            for page in range(1, pages + 2)
            for one in ids(both.cluster.search(replace(first, per_page=size, page=page)))
        )
        assert by_cursor == by_number
        assert len(by_cursor) == len(listed)
        assert set(by_cursor) == listed
        orders.add(by_cursor)
    assert len(orders) == 1


@pytest.mark.parametrize("sort", Sort)
def test_each_text_comes_once_where_equal_ones_are_folded(both: Both, sort: Sort) -> None:
    request = SearchRequest("", sort=sort, collapse=True, per_page=50, facets=False)
    texts = {one.id: one.body for one in archive()}
    shown = [texts[one] for answer in follow(both.cluster, request) for one in ids(answer)]
    assert len(shown) == len(set(shown)) == len(set(texts.values()))


def test_hits_say_how_many_others_have_their_text(both: Both) -> None:
    for collapse in (False, True):
        request = SearchRequest("gempa", collapse=collapse, per_page=100)
        counts = [
            {hit.id: hit.similar_count for hit in engine.search(request).hits}
            for engine in (both.local, both.cluster)
        ]
        same = counts[0].keys() & counts[1].keys()
        assert same
        assert any(counts[1].values())
        assert {one: counts[0][one] for one in same} == {one: counts[1][one] for one in same}


@pytest.mark.parametrize("half_life", [1.0, 30.0, 10_000.0])
def test_old_articles_fall_behind_as_they_do_in_the_embedded_engine(
    both: Both, half_life: float
) -> None:
    for query in QUERIES[1:]:
        request = SearchRequest(query, recency=half_life, partial=Partial.OFF, snippets=False)
        local, cluster = both.local.search(request), both.cluster.search(request)
        assert ids(cluster) == ids(local), query
        for one, other in zip(cluster.hits, local.hits, strict=True):
            assert one.score == pytest.approx(other.score, rel=1e-6)


@pytest.mark.parametrize("buckets", [1, 70])
def test_texts_that_are_too_many_for_one_search_are_folded_by_several(
    both: Both, monkeypatch: pytest.MonkeyPatch, buckets: int
) -> None:
    monkeypatch.setattr("search.opensearch.counts._COPIES_AT_ONCE", buckets)
    for query, filters, facets in product(("", "harga beras naik"), FILTERS[:4], (True, False)):
        request = SearchRequest(query, collapse=True, facets=facets, **filters)
        local, cluster = both.local.search(request), both.cluster.search(request)
        assert ids(cluster) == ids(local), request
        for name in ("total", "partial_total", "listed", "facets", "histogram", "undated"):
            assert getattr(cluster, name) == getattr(local, name), (name, request)


def test_what_is_sifted_is_found_as_what_is_asked_exactly(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A node is said to take two terms: of nearly everything more is found, and is sifted."""
    requests = [
        SearchRequest(query, sort=sort, **filters)
        for query, sort, filters in product(
            ("harga beras naik", '"guncang ambon"', "gempa DEKAT ambon"),
            (Sort.RELEVANCE, Sort.NEWEST),
            FILTERS[:4],
        )
    ]
    monkeypatch.setattr("search.opensearch.dsl.translating.MOST", 2)
    for request in requests:
        local, cluster = both.local.search(request), both.cluster.search(request)
        assert not cluster.partial
        assert ids(cluster) == ids(local), request
        for name in ("total", "partial_total", "listed", "facets", "histogram", "undated"):
            assert getattr(cluster, name) == getattr(local, name), (name, request)


def test_what_is_too_much_to_be_sifted_is_partial(
    both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.opensearch.dsl.translating.MOST", 0)
    monkeypatch.setattr(sifting, "MOST_SIFTED", 10)
    monkeypatch.setattr(sifting, "_BATCH", 5)
    answer = both.cluster.search(SearchRequest("beras"))
    assert answer.partial
    assert [note.code for note in answer.notes].count("partial") == 1


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("half_life", [None, 30.0])
def test_of_too_much_to_be_sifted_the_first_are_looked_at(
    both: Both, monkeypatch: pytest.MonkeyPatch, sort: Sort, half_life: float | None
) -> None:
    """Where words stand is not asked."""
    steps = ((Detail.WHOLE, 0), (Detail.MATCHES, 0))
    monkeypatch.setattr("search.opensearch.dsl.translating._STEPS", steps)
    monkeypatch.setattr(sifting, "MOST_SIFTED", 10)
    monkeypatch.setattr(sifting, "_BATCH", 5)
    for query in ("beras OR (gempa DEKAT ambon)", "harga beras (gempa DEKAT ambon)"):
        request = SearchRequest(query, sort=sort, recency=half_life, per_page=3)
        answer = both.cluster.search(request)
        assert answer.partial
        assert ids(answer) == ids(both.local.search(request)), query
