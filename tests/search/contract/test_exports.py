"""All hits of a request: as many as are counted, in the order of pages, of one generation."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace

import pytest

from index.target import BuildOptions
from search.engine import SearchEngine
from search.errors import ExportUnfinished
from search.export import export
from search.limits import MAX_EXPORTED, MAX_PER_PAGE
from search.request import Partial, SearchRequest, Sort
from search.response import Hit
from tests.conftest import article
from tests.search.asking import ask, follow, ids
from tests.search.conftest import Index, Make

ARTICLES = [
    article(
        number,
        f"Kabar {'gempa' if number % 3 == 0 else 'beras'} {number}",
        f"{'Lombok ' if number % 2 == 0 else ''}berita {'naik ' * (number % 5)}",
        None if number % 11 == 0 else f"2023-{number % 12 + 1:02}-15",
        source=("Antara", "Kompas")[number % 2],
    )
    for number in range(700)
]
"""117 of them are about gempa and Lombok, 350 about one of both."""

QUERIES = ("", "gempa lombok", "beras", "gempa -lombok", '"kabar gempa"', "tiada", "gempa tiada")


@pytest.fixture(scope="module")
def many(make: Make) -> SearchEngine:
    return make(ARTICLES)


def exported(engine: SearchEngine, request: SearchRequest) -> list[Hit]:
    return [hit for batch in export(engine, request).batches() for hit in batch.hits]


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("query", QUERIES)
def test_there_are_as_many_rows_as_are_counted(many: SearchEngine, query: str, sort: Sort) -> None:
    for partial in Partial:
        request = SearchRequest(query, sort=sort, partial=partial)
        counted = many.search(request)
        hits = exported(many, request)
        assert len(hits) == export(many, request).first.listed
        assert len({hit.id for hit in hits}) == len(hits)
        if partial is Partial.WITH:
            assert len(hits) == counted.total + counted.partial_total
        elif partial is Partial.OFF or counted.total:
            assert len(hits) == counted.total
            assert not any(hit.missing for hit in hits)
        else:
            assert len(hits) == counted.partial_total
            assert all(hit.missing for hit in hits)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("query", QUERIES)
def test_the_rows_are_those_of_pages_in_their_order(
    many: SearchEngine, query: str, sort: Sort
) -> None:
    request = SearchRequest(query, sort=sort, per_page=7, facets=False)
    pages = [hit for page in follow(many, request) for hit in page.hits]
    complete = [hit for hit in pages if not hit.missing]
    names = [hit.id for hit in complete or pages]
    assert [hit.id for hit in exported(many, request)] == names


def test_the_first_batch_tells_what_the_request_asks_for(many: SearchEngine) -> None:
    request = SearchRequest("gempa lombok", page=3, per_page=5)
    first, asked = export(many, request).first, many.search(request)
    assert (first.page, first.per_page, len(first.hits)) == (1, MAX_PER_PAGE, MAX_PER_PAGE)
    for name in ("query", "total", "partial_total", "facets", "histogram", "undated", "notes"):
        assert getattr(first, name) == getattr(asked, name)
    assert not export(many, SearchRequest("gempa", facets=False)).first.facets


def test_an_export_goes_on_from_a_cursor(many: SearchEngine) -> None:
    whole = exported(many, SearchRequest("gempa"))
    cursor = ask(many, "gempa", per_page=30).next_cursor
    assert exported(many, SearchRequest("gempa", cursor=cursor)) == whole[30:]


@pytest.mark.parametrize("most", [1, 99, 100, 150, 200, 233, 234, 10_000, None])
@pytest.mark.parametrize("begun", [0, 30])
def test_an_export_has_at_most_what_is_allowed_and_says_whether_that_is_all(
    many: SearchEngine, most: int | None, begun: int
) -> None:
    whole = exported(many, SearchRequest("gempa"))
    cursor = ask(many, "gempa", per_page=begun).next_cursor if begun else None
    found = export(many, SearchRequest("gempa", cursor=cursor), most)
    batches = list(found.batches())
    expected = whole[begun:][:most]
    assert [hit for batch in batches for hit in batch.hits] == expected
    assert found.ends_early == (begun + len(expected) < len(whole))
    assert (batches[-1].next_cursor is not None) == found.ends_early


@pytest.mark.parametrize("partial", list(Partial))
@pytest.mark.parametrize("size", [7, 100])
def test_an_export_from_any_page_knows_how_much_is_left(
    many: SearchEngine, partial: Partial, size: int
) -> None:
    request = SearchRequest("gempa lombok", partial=partial, per_page=size)
    for page in follow(many, request):
        if page.next_cursor is None:
            return
        later = replace(request, cursor=page.next_cursor)
        left = len(exported(many, later))
        for most in (left - 1, left):
            assert export(many, later, most).ends_early == (most < left)


def test_an_export_ends_at_its_limit_with_the_cursor_that_leads_on(index: Index) -> None:
    beyond = 50
    articles = [article(number, "Kabar", "Beras.") for number in range(MAX_EXPORTED + beyond)]
    index.target.rebuild(articles, BuildOptions())
    request = SearchRequest("beras", sort=Sort.NEWEST, snippets=False)
    batches = list(export(index.engine, request).batches())
    found = [name for batch in batches for name in ids(batch)]
    assert len(found) == MAX_EXPORTED
    rest = list(
        export(
            index.engine, SearchRequest("beras", sort=Sort.NEWEST, cursor=batches[-1].next_cursor)
        ).batches()
    )
    assert rest[-1].next_cursor is None
    found += [name for batch in rest for name in ids(batch)]
    assert found == [one.id for one in articles]


def test_what_is_published_meanwhile_changes_nothing(index: Index) -> None:
    options = BuildOptions()
    published = index.target.rebuild(ARTICLES, options)
    batches = export(index.engine, SearchRequest("berita", sort=Sort.OLDEST)).batches()
    found = [next(batches)]
    for _ in range(5):
        # More generations than are kept beside the one in use.
        index.target.delete([hit.id for hit in found[0].hits[:10]], options)
        index.target.rebuild(ARTICLES[:10], options)
    found += batches
    assert {batch.generation for batch in found} == {published.generation}
    assert sorted(name for batch in found for name in ids(batch)) == sorted(
        one.id for one in ARTICLES
    )
    assert ask(index.engine).total == 10


def test_a_pinned_engine_answers_from_its_generation(index: Index) -> None:
    index.target.rebuild(ARTICLES[:3], BuildOptions())
    with closing(index.engine.pinned()) as pinned:
        before = pinned.generation()
        index.target.rebuild(ARTICLES[3:5], BuildOptions())
        assert pinned.generation() == pinned.statistics().generation == before
        assert (ask(pinned).total, ask(index.engine).total) == (3, 2)
        assert pinned.article("a1") == ARTICLES[1]
        assert index.engine.article("a1") is None


@pytest.mark.parametrize("sort", list(Sort))
def test_updates_meanwhile_change_nothing(index: Index, sort: Sort) -> None:
    options = BuildOptions()
    published = index.target.rebuild(ARTICLES[:300], options)
    batches = export(index.engine, SearchRequest("berita", sort=sort)).batches()
    found = [next(batches)]
    index.target.delete([one.id for one in ARTICLES[:300:7]], options)
    index.target.update(ARTICLES[300:320], options)
    found += batches
    assert {batch.generation for batch in found} == {published.generation}
    names = [name for batch in found for name in ids(batch)]
    assert sorted(names) == sorted(one.id for one in ARTICLES[:300])
    assert ask(index.engine).total == 300 - 43 + 20


def test_what_time_cut_short_is_no_export(many: SearchEngine) -> None:
    with pytest.raises(ExportUnfinished):
        exported(many, SearchRequest("gem* OR ber* lombok -tiada", budget_ms=0))
