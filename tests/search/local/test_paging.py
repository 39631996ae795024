"""Pages are the same whether they are made at once or step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import inf
from pathlib import Path
from typing import Any

import pytest

from index.article import Article
from index.fields import Facet
from index.kernels import kernel
from search.budget import Budget
from search.cursor import Cursor
from search.local.engine import LocalEngine
from search.request import Partial, SearchRequest
from search.response import SearchResponse
from tests.conftest import article
from tests.search.local.archives import write_archive

_TITLES = (
    "Harga beras naik",
    "Harga beras di Jakarta naik lagi",
    "Banjir di Jakarta",
    "Harga cabai naik",
    "Beras dan cabai",
)
_ASKED = (
    *("harga beras naik", "banjir jakarta", "beras", "harga beras di jakarta naik lagi", "naik"),
    *("banjir OR cabai", "harga -cabai", "siapa yang naik di jakarta", "berapa harga beras", ""),
)
_ONLY: tuple[dict[str, Any], ...] = (
    {},
    {"filters": {Facet.CATEGORY: ("Ekonomi",)}},
    {"date_from": date(2024, 1, 5), "date_to": date(2024, 1, 20)},
)


def _articles() -> list[Article]:
    return [
        article(
            number,
            title,
            f"{title}. {_TITLES[number % 3]} isi {number % 7}",
            f"2024-01-{1 + number % 28:02}",
            category=("Ekonomi", "Peristiwa")[number % 2],
        )
        for number, title in enumerate(_TITLES * 20)
    ]


@pytest.fixture(scope="module", params=[set[int](), {0, 3, 40, 62}], ids=["whole", "deleted"])
def index(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Path:
    path = tmp_path_factory.mktemp("index") / "index"
    articles = _articles()
    write_archive(path, [articles[:60], articles[60:]], request.param)
    return path


def _answers(engine: LocalEngine, request: SearchRequest) -> list[tuple[SearchResponse, Any, int]]:
    """Pages, where the next begins, but for the moment of the answer, and the work of each."""
    found = []
    for page in (1, 2, 5):
        budget = Budget(inf)
        response = engine.search(replace(request, page=page), budget)
        cursor = response.next_cursor
        following = None if cursor is None else replace(Cursor.decode(cursor, request.sort), now=0)
        answer = replace(response, took_ms=0.0, next_cursor=None)
        found.append((answer, following, budget.all_work()))
    return found


@pytest.mark.skipif(kernel("paging") is None, reason="the kernels are not in use")
@pytest.mark.parametrize("only", _ONLY, ids=["all", "a category", "some days"])
@pytest.mark.parametrize("partial", list(Partial))
@pytest.mark.parametrize("query", _ASKED)
def test_pages_are_the_same(
    index: Path,
    query: str,
    partial: Partial,
    only: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    request = SearchRequest(query, partial=partial, per_page=7, **only)
    at_once, by_steps = LocalEngine(index), LocalEngine(index)
    with by_steps._current.reading() as opened:
        monkeypatch.setitem(vars(opened.snapshot.columns), "paging", None)
    for _ in range(2):
        assert _answers(at_once, request) == _answers(by_steps, request)
    at_once.close()
    by_steps.close()
