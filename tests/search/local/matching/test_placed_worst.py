"""What the heaviest queries of places and patterns cost, in counted work: no clock is read."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import pytest
from whoosh import query as whoosh_query
from whoosh.query import FuzzyTerm, Or, Phrase, Prefix, Query, Term, Wildcard

from search.budget import Budget
from search.limits import FINDING
from search.local.matching.searcher import Searcher
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.placed_query import NearQuery, OpeningQuery, RunQuery, SentenceQuery
from tests.search.local.archives import write_archive
from tests.search.test_worst import STOP, archive

OVER = 1.3
"""How far over the limit a query may get before it looks again: the places of a part."""

WORDS = [Term("body_exact", one) for one in STOP]
LETTERS = [Wildcard("body_exact", f"*{one}*") for one in "aeiou"]


def near(*parts: Query, distance: int = 100, ordered: bool = False) -> NearQuery:
    return NearQuery("body", parts, distance, ordered=ordered)


def deep(parts: list[Term]) -> Query:
    found: Query = parts[0]
    for part in parts[1:]:
        found = near(found, part)
    return found


WORST: dict[str, Query] = {
    "two stop words": near(*WORDS[:2]),
    "one word, many times": near(*[WORDS[0]] * 32),
    "stop words": near(*WORDS),
    "stop words in order": near(*WORDS, ordered=True),
    "near within near": deep(WORDS[:10]),
    "alternatives that share places": near(*(Or([WORDS[0], one]) for one in WORDS[1:8])),
    "phrases": near(*(Phrase("body_exact", [one, two]) for one in STOP[:3] for two in STOP[:2])),
    "patterns": near(*LETTERS),
    "prefixes": near(*(Prefix("body_exact", one) for one in "bdghjklm")),
    "a pattern": Wildcard("body_exact", "*a*e*i*o*"),
    "fuzzy words": near(*(FuzzyTerm("body_exact", one, maxdist=2) for one in STOP[:4])),
    "steps": RunQuery("body", [LETTERS[0], *WORDS[:3], LETTERS[1]], [0, 2, 4, 6, 8]),
    "openings": OpeningQuery("body", near(*LETTERS), 64),
    "a sentence": SentenceQuery("body", [*LETTERS, *WORDS]),
}
EXCLUDED = {
    f"{name}, excluded": whoosh_query.And([whoosh_query.Every(), whoosh_query.Not(query)])
    for name, query in WORST.items()
}
ALL = WORST | EXCLUDED


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    path = tmp_path_factory.mktemp("placed-worst") / "index"
    articles = archive(600)
    write_archive(path, [articles[:400], articles[400:]], set())
    opened = Snapshot(path)
    yield opened
    opened.close()


@pytest.mark.parametrize("query", ALL.values(), ids=ALL.keys())
def test_it_stays_within_its_work_and_costs_the_same_twice(
    snapshot: Snapshot, query: Query
) -> None:
    rows = Rows(snapshot, BM25())
    most = FINDING.of(snapshot.size) // 4  # so small an archive has more to offer to few articles
    answers = []
    for _ in range(2):
        budget = Budget(inf, most)
        found = Searcher(snapshot, rows, budget).run(query)
        assert budget.work <= OVER * most
        answers.append((found.documents.tolist(), budget.work, budget.partial))
    assert answers[0] == answers[1]
