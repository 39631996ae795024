"""Articles with a question in their headline, and those with it in their body, overlap."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.article import Article
from search.local.engine import LocalEngine
from search.request import SearchRequest
from search.response import SearchResponse
from tests.search.local.archives import write_archive

QUERY = "gempa guncang pantai selatan"
REVERSED = "selatan pantai guncang gempa"
OFTEN, BOTH, TITLE = 150, 40, 46
"""With the words in another order, but often; in a row in title and body; in the title alone."""
FILLED = 300
FIRST = datetime(2023, 1, 1, tzinfo=UTC)


def _dated(number: int, title: str, body: str) -> Article:
    return Article(f"a{number}", title, body, FIRST + timedelta(hours=number))


def _filler(words: int, seed: int) -> str:
    return " ".join(f"kata{chr(97 + (seed * 7 + at * at) % 26)}n" for at in range(words))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> LocalEngine:
    texts = [
        (f"{REVERSED} {REVERSED}", f"{f'{REVERSED} ' * 4}{_filler(20, at)}") for at in range(OFTEN)
    ]
    texts += [
        (f"{QUERY} {_filler(12, at)}", f"{_filler(150, at)} {QUERY} {_filler(250 + at, at)}")
        for at in range(BOTH)
    ]
    texts += [
        (
            f"{QUERY} {_filler(12, at)}",
            f"{_filler(20, at)} pantai {_filler(3, at)} gempa {_filler(10, at)}",
        )
        for at in range(TITLE)
    ]
    texts += [(_filler(6, at), _filler(60, at)) for at in range(FILLED)]
    path: Path = tmp_path_factory.mktemp("held") / "index"
    write_archive(path, [[_dated(at, *one) for at, one in enumerate(texts)]], set())
    return LocalEngine(path)


def _told(response: SearchResponse) -> list[tuple[str, float | None]]:
    return [(hit.id, hit.score and round(hit.score, 9)) for hit in response.hits]


@pytest.mark.parametrize("per_page", [10, 40, 50])
def test_pages_are_the_same_whatever_else_is_asked(engine: LocalEngine, per_page: int) -> None:
    request = SearchRequest(QUERY, per_page=per_page, facets=False, snippets=False)
    told = _told(engine.search(request))
    assert told == _told(engine.search(replace(request, explain=True)))
    assert told == _told(engine.search(replace(request, facets=True)))


def test_all_pages_have_every_article_once(engine: LocalEngine) -> None:
    request = SearchRequest(QUERY, per_page=50, facets=False, snippets=False)
    response, found = engine.search(request), []
    while True:
        found += [hit.id for hit in response.hits]
        if response.next_cursor is None:
            break
        response = engine.search(replace(request, cursor=response.next_cursor))
    assert sorted(found) == sorted(f"a{at}" for at in range(OFTEN + BOTH + TITLE))
