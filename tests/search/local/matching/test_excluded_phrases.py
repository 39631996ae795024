"""Phrases that are left out cost no more than twice what they cost where they are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh.query import Not, Or, Phrase, Query

from index.article import Article
from search.local.reading.snapshot import Snapshot
from search.query.word_query import JoinedQuery
from tests.search.local.archives import write_archive
from tests.search.local.asking import searcher

_ARTICLES = 6_000


_END = {0: "di jakarta", 1: "di jakartab", 2: "ke jakarta"}


def _phrase(*words: str) -> Query:
    return Or([Phrase(field, list(words)) for field in ("title_exact", "body_exact")])


_SEVERAL_WAYS = JoinedQuery(
    [_phrase("di", "jakarta"), *(_phrase("di", f"jakarta{glued}") for glued in "abcdefghij")],
    "di jakarta",
)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    articles = [
        Article(
            id=str(number),
            title="",
            body=f"di sini dan di sana {_END.get(number % 50, '')}",
        )
        for number in range(_ARTICLES)
    ]
    write_archive(tmp_path, [articles[:4_000], articles[4_000:]], {50, 5_051})
    return Snapshot(tmp_path)


@pytest.mark.parametrize("query", [_phrase("di", "jakarta"), _SEVERAL_WAYS], ids=["one", "several"])
def test_a_phrase_is_left_out_at_the_cost_of_finding_it(snapshot: Snapshot, query: Query) -> None:
    finding, leaving = searcher(snapshot), searcher(snapshot)
    found = finding.run(query).documents
    left = leaving.run(Not(query)).documents
    live = [number for number in range(_ARTICLES) if number not in {50, 5_051}]
    assert sorted([*found.tolist(), *left.tolist()]) == live
    assert leaving.budget.work < 2 * finding.budget.work
