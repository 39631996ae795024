"""Each step of an answer keeps to its own budget, and gives what it holds where that ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from index.build import LocalTarget
from index.kernels import kernel
from index.target import BuildOptions
from search.budget import Work
from search.local import opened as opening
from search.local.engine import LocalEngine
from search.request import SearchRequest
from tests.conftest import LONG, article

WORDS = ("beras", "harga", "minyak", "goreng", "pasar", "induk")
BODIES = ("beras harga minyak goreng pasar", "beras harga", "induk pasar goreng", "minyak") * 5


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("steps") / "index"
    articles = [article(number, f"judul {number}", body) for number, body in enumerate(BODIES)]
    LocalTarget(found).rebuild(articles, BuildOptions())
    return found


def rows_read(engine: LocalEngine) -> int:
    with engine._current.reading() as opened:
        return len(opened.rows._rows._kept)


@pytest.mark.parametrize("typed", [" OR ".join(WORDS), " ".join(WORDS)], ids=["any", "all"])
def test_what_finding_had_no_budget_for_the_page_does_not_read_beyond_its_own(
    path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    request = SearchRequest(typed)
    whole = LocalEngine(path)
    whole.search(request)
    assert rows_read(whole) >= (0 if kernel("scoring") else len(WORDS))
    monkeypatch.setattr(opening, "FINDING", Work(1))
    monkeypatch.setattr(opening, "PAGE", Work(1))
    cut = LocalEngine(path)
    found = cut.search(request)
    assert found.partial
    assert rows_read(cut) == 1
    assert not any(hit.missing for hit in found.hits)
    # Nor does it depend on what was read before.
    with whole._current.reading() as opened:
        whole._current._opened = replace(opened, finding=1, of_page=1)
    assert [hit.id for hit in whole.search(request).hits] == [hit.id for hit in found.hits]


@pytest.mark.skipif(kernel("scoring") is None, reason="without the kernel rows are read")
@pytest.mark.parametrize(
    "typed",
    [
        "beras",
        "beras harga",
        "harga induk",  # no article has both
        "beras harga minyak goreng",
        "siapa harga beras",
        "judul 3 beras",
        "lenyap beras harga",  # no article has the first
    ],
)
def test_no_row_is_read_for_words(path: Path, typed: str) -> None:
    engine = LocalEngine(path)
    asked = SearchRequest(typed), SearchRequest(typed, facets=False, snippets=False)
    for request in (*asked, *asked):
        assert engine.search(request).hits
    assert rows_read(engine) == 0


def test_what_finding_read_counts_no_more_for_the_page(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = SearchRequest(" OR ".join(WORDS), snippets=False)
    expected = LocalEngine(path).search(request)
    # The rows of six words cost more.
    monkeypatch.setattr(opening, "PAGE", Work(10_000))
    found = LocalEngine(path).search(request)
    assert not found.partial
    assert found.hits == expected.hits


@pytest.mark.parametrize("facets", [False, True], ids=["hits alone", "facets"])
@pytest.mark.parametrize("collapse", [False, True], ids=["copies", "none"])
@pytest.mark.parametrize("typed", ["harga induk", "beras harga induk"])
def test_words_that_were_read_are_found_where_the_last_was_not(
    path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, facets: bool, collapse: bool
) -> None:
    request = SearchRequest(typed, facets=facets, collapse=collapse)
    whole = LocalEngine(path).search(request)
    assert whole.total == 0 < whole.partial_total
    totals = set()
    for most in range(0, 40_000, 500 if LONG else 1_600):
        monkeypatch.setattr(opening, "FINDING", Work(most))
        found = LocalEngine(path).search(request)
        totals.add(found.partial_total)
        assert found.total == 0
        assert found.partial or found.partial_total == whole.partial_total
        assert 0 < found.partial_total <= whole.partial_total
        assert len(found.hits) == min(found.partial_total, request.per_page)
    assert len(totals) > 1
