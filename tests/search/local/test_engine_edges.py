"""What is at the edges of an engine's answers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from time import monotonic, thread_time

import pytest

from index.build import LocalTarget
from index.target import BuildOptions
from search import budget
from search.local.engine import LocalEngine
from search.request import SearchRequest
from tests.conftest import ARCHIVE, article

QUESTIONS = ("beras", "harga beras", "har*", '"harga beras"', "-beras", "")


def test_an_index_without_articles_finds_nothing(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE, BuildOptions())
    target.delete([one.id for one in ARCHIVE], BuildOptions())
    engine = LocalEngine(tmp_path)
    for question in QUESTIONS:
        assert engine.search(SearchRequest(question)).total == 0
    assert engine.statistics().articles == 0


@pytest.mark.parametrize("snippets", [False, True])
def test_very_long_values_are_in_lists_of_hits(tmp_path: Path, snippets: bool) -> None:
    long = replace(article(1, "gempa " * 300, "isi"), url="https://x/" + "y" * 3000)
    LocalTarget(tmp_path).rebuild([long], BuildOptions())
    (hit,) = LocalEngine(tmp_path).search(SearchRequest("gempa", snippets=snippets)).hits
    assert (hit.title, hit.url) == (long.title, long.url)


@pytest.mark.parametrize("late", range(2, 15))
def test_time_that_is_up_at_any_moment_gives_part_of_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: int
) -> None:
    """The clocks jump at their ``late``-th reading; the first one begins the budget."""
    path = tmp_path / "index"
    parts = [article(n, f"judul {n}", "beras naik" if n < 3 else "beras") for n in range(20)]
    LocalTarget(path).rebuild(parts, BuildOptions())
    request = SearchRequest("beras naik yang", facets=False)
    whole = {hit.id for hit in LocalEngine(path).search(replace(request, per_page=50)).hits}
    readings = 0

    def wall() -> float:
        nonlocal readings
        readings += 1
        return monotonic() + (1e6 if readings >= late else 0)

    def clock() -> float:
        return thread_time() + (1e6 if readings >= late else 0)

    engine = LocalEngine(path)
    engine.search(request)
    monkeypatch.setattr(budget, "thread_time", clock)
    monkeypatch.setattr(budget, "monotonic", wall)
    found = engine.search(request)
    assert {hit.id for hit in found.hits} <= whole
    assert all(hit.similar_count >= 0 for hit in found.hits)
    assert found.partial == (readings >= late)
