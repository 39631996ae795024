"""The embedded engine beyond the contract of all engines, which is ``tests/search/contract``."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from whoosh import columns

from index.build import LocalTarget
from index.fields import FACETS
from index.schema import schema
from index.target import BuildOptions
from search.cursor import Cursor
from search.errors import BadCursor, ForeignCursor
from search.local import LocalEngine
from search.local.scoring.ranking import Ranking
from search.request import SearchRequest, Sort
from tests.conftest import article
from tests.search.asking import ask, codes, ids


@pytest.fixture
def engine(sample_index: Path) -> Iterator[LocalEngine]:
    opened = LocalEngine(sample_index)
    yield opened
    opened.close()


def test_a_spent_budget_gives_a_partial_answer_that_says_so(engine: LocalEngine) -> None:
    response = ask(engine, "beras", budget_ms=-1)
    assert response.partial
    assert codes(response) == ["partial"]


def test_without_time_prefixes_spellings_and_explanations_are_left_out(
    engine: LocalEngine,
) -> None:
    for query in ("ber*", "-ber*", "tidaakk ada", '"kereta cepat"'):
        response = ask(engine, query, budget_ms=-1, explain=True)
        assert response.partial
        assert response.hits == ()
        assert response.suggestion is None


def test_a_generation_is_counted_once(engine: LocalEngine) -> None:
    # The start page and metrics ask for it each time; distinct terms take long to count.
    assert engine.statistics() is engine.statistics()


def test_statistics_tell_what_the_files_hold(engine: LocalEngine) -> None:
    found = engine.statistics()
    assert found.segments == 1
    assert (found.terms or 0) > 50
    assert (found.bytes or 0) > 1000


def test_a_closed_engine_opens_again_for_whoever_asks(engine: LocalEngine) -> None:
    queries = ["beras", "gempa", '"kereta cepat"', "per*", "", "harga beras", "-gempa"] * 12
    alone = [(ids(ask(engine, query)), ask(engine, query).total) for query in queries]
    engine.close()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: ask(engine, query), queries))
    assert [(ids(one), one.total) for one in together] == alone


class Named(str):
    """A text that is more than that."""

    __slots__ = ("name",)


@pytest.mark.parametrize("query", ["beras", "beras mahal", '"kereta cepat" beras'])
def test_texts_of_a_subclass_are_asked_as_any(engine: LocalEngine, query: str) -> None:
    for snippets in (False, True):
        expected = ask(engine, query, snippets=snippets, facets=False)
        assert ids(ask(engine, Named(query), snippets=snippets, facets=False)) == ids(expected)
    text = "Harga beras dan kereta cepat"
    assert engine.marker(Named(query)).html(text) == engine.marker(query).html(text)


def test_numbers_of_a_cursor_that_cannot_grow_are_refused(engine: LocalEngine) -> None:
    for page, passed in ((0, 0), (2**32 - 1, 0), (2, 2**32 - 1)):
        cursor = Cursor(Sort.RELEVANCE, page, 1e300, 0, 0, 0, passed=passed).encode()
        with pytest.raises(BadCursor):
            engine.search(SearchRequest(cursor=cursor))


def test_a_cursor_of_another_ranking_is_refused(sample_index: Path) -> None:
    cursor = ask(LocalEngine(sample_index), "gempa", per_page=1).next_cursor
    assert ask(LocalEngine(sample_index), "gempa", per_page=1, cursor=cursor).page == 2
    other = LocalEngine(sample_index, Ranking(most_lacking=1))
    with pytest.raises(ForeignCursor, match="ranking"):
        ask(other, "gempa", per_page=1, cursor=cursor)


def test_huge_articles_are_looked_at_in_part(tmp_path: Path) -> None:
    LocalTarget(tmp_path).rebuild(
        [article(1, "x " * 500_000, "kata " * 200_000 + "beras")], BuildOptions()
    )
    engine = LocalEngine(tmp_path)
    (hit,) = ask(engine, "beras").hits
    assert len(hit.title_html) < 400
    assert hit.snippet_html.startswith("kata kata")
    assert engine.similar("a1", 3) is not None
    engine.close()


def test_no_column_of_a_facet_loses_values() -> None:
    """Whoosh's RefBytesColumn would drop those after the 65,535th of a segment."""
    for name in FACETS:
        assert not isinstance(schema()[name].column_type, columns.RefBytesColumn)
