"""Headlines within a query: the kernel finds what bits of titles do, for the same counted work."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from math import inf
from pathlib import Path

import pytest

from index.article import Article
from search.budget import Budget
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring import holding
from search.local.weighting import BM25
from tests.search.local.archives import write_archive

_DAY = datetime(2024, 1, 1, tzinfo=UTC)
_WORDS = ("harga", "emas", "antam", "turun", "naik", "emasnya", "hari")
_CHANCE = random.Random("headlines")
_TITLES = [
    " ".join(_CHANCE.choices(_WORDS, k=_CHANCE.choice((1, 3, 4, 4, 5, 5, 6, 7))))
    for _ in range(400)
]


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Short titles of few words, in three segments, some deleted; one of more than 64 words."""
    articles = [
        Article(f"a{number}", title, "isi", _DAY)
        for number, title in enumerate((*_TITLES, "lain " * 70 + "harga emas"))
    ]
    path: Path = tmp_path_factory.mktemp("headlines") / "index"
    write_archive(path, [articles[:150], articles[150:160], articles[160:]], {3, 155, 200, 201})
    return Rows(Snapshot(path), BM25())


@pytest.mark.skipif(holding._compiled is None, reason="without kernels")
def test_a_headline_within_a_query_is_found_by_both(
    rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, found = random.Random("queries"), 0
    queries = [
        tuple(chance.choices((*_WORDS, "emasn", "tiada"), k=chance.randint(5, 9)))
        for _ in range(300)
    ]
    for title in chance.choices(_TITLES, k=300):  # with more around it, or cut
        before, behind = chance.choices(_WORDS, k=chance.randint(0, 1)), chance.choices(_WORDS)
        whole = (*before, *title.split(), *behind)
        queries.append((*whole[:-1], whole[-1][:3]) if chance.random() < 0.5 else whole)
    queries = [words for words in queries if len(words) > holding.LONG]
    most = [chance.choice((inf, inf, 500, 1500, 4000)) for _ in queries]
    budgets = [Budget(inf, one) for one in most]
    answers = [
        holding.inside(rows, words, budget) for words, budget in zip(queries, budgets, strict=True)
    ]
    monkeypatch.setattr(holding, "_compiled", None)
    for at, (run, documents) in enumerate(answers):
        words, budget, again = queries[at], budgets[at], Budget(inf, most[at])
        expected_run, expected = holding.inside(rows, words, again)
        assert (run, documents.tolist()) == (expected_run, expected.tolist())
        assert (budget.work, budget.partial) == (again.work, again.partial)
        found += len(expected) > 0
    assert found > 50
