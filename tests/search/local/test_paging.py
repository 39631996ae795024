"""Pages are the same whether they are made at once or step by step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.build import LocalTarget
from index.kernels import kernel
from index.target import BuildOptions
from search.local.engine import LocalEngine
from search.request import Partial, SearchRequest
from search.response import SearchResponse
from tests.conftest import article

_TITLES = (
    "Harga beras naik",
    "Harga beras di Jakarta naik lagi",
    "Banjir di Jakarta",
    "Harga cabai naik",
    "Beras dan cabai",
)
_ASKED = ("harga beras naik", "banjir jakarta", "beras", "harga beras di jakarta naik lagi", "naik")


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("index")
    articles = [
        article(number, title, f"{title}. {_TITLES[number % 3]} isi {number % 7}")
        for number, title in enumerate(_TITLES * 20)
    ]
    LocalTarget(path).rebuild(articles, BuildOptions())
    return path


def _answers(engine: LocalEngine, request: SearchRequest) -> list[SearchResponse]:
    found = [replace(request, page=page) for page in (1, 2, 5)]
    return [replace(engine.search(one), took_ms=0.0, next_cursor=None) for one in found]


@pytest.mark.skipif(kernel("paging") is None, reason="the kernels are not in use")
@pytest.mark.parametrize("partial", list(Partial))
@pytest.mark.parametrize("query", _ASKED)
def test_pages_are_the_same(
    index: Path, query: str, partial: Partial, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = LocalEngine(index)
    request = SearchRequest(query, partial=partial, per_page=7)
    at_once = _answers(engine, request)
    with engine._current.reading() as opened:
        monkeypatch.setitem(vars(opened.snapshot.columns), "paging", None)
    assert _answers(engine, request) == at_once
    engine.close()
