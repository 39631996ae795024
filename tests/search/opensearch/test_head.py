"""A head is searched as the whole index is: by its counts, its values and the same scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from whoosh.query import Variations

from index.article import Article
from index.build import LocalTarget
from index.fields import COUNTED, Facet
from index.target import BuildOptions
from search.budget import Budget
from search.local.matching.searcher import Searcher
from search.local.plans import Plans
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.scoring.ranking import Ranking
from search.opensearch.head import HeadRows, HeadSnapshot
from tests.conftest import ARCHIVE

LONG = 1e6
QUERIES = (
    "rusia",
    "banjir jakarta",
    '"rumah sakit"',
    "pem*",
    "rusia~",
    "banjir DEKAT jakarta",
    "sumber:antara banjir",
    "sejak:2017 -banjir",
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    path: Path = tmp_path_factory.mktemp("head") / "index"
    LocalTarget(path).rebuild(ARCHIVE, BuildOptions())
    return Snapshot(path)


def articles_of(whole: Snapshot, numbers: Sequence[int]) -> list[Article]:
    return [whole.article(number) for number in numbers]


@pytest.mark.parametrize("query", QUERIES)
def test_scores_are_those_of_the_whole_index(whole: Snapshot, query: str) -> None:
    ranking = Ranking()
    rows = Rows(whole, ranking.model)
    plan = Plans(rows, ranking).plan(query, Budget(LONG))
    assert plan.query is not None
    numbers = range(0, whole.size, 2)
    head = HeadSnapshot(articles_of(whole, numbers), whole)
    here = Searcher(head, HeadRows(head, rows), Budget(LONG)).run(plan.query)
    there = Searcher(whole, rows, Budget(LONG)).run(plan.query)
    wanted = np.isin(there.documents, numbers)
    assert [numbers[one] for one in here.documents.tolist()] == there.documents[wanted].tolist()
    assert here.scores.tolist() == there.scores[wanted].tolist()


def test_what_only_whoosh_can_search_is_searched_in_the_same_articles(whole: Snapshot) -> None:
    rows = Rows(whole, Ranking().model)
    query = Variations("body_exact", "rusia")
    numbers = range(0, whole.size, 2)
    head = HeadSnapshot(articles_of(whole, numbers), whole)
    here = Searcher(head, HeadRows(head, rows), Budget(LONG)).run(query)
    there = Searcher(whole, rows, Budget(LONG)).run(query).documents.tolist()
    found = [numbers[one] for one in here.documents.tolist()]
    assert found == [one for one in there if one in numbers]
    assert found


def test_values_are_numbered_as_in_the_whole_index(whole: Snapshot) -> None:
    numbers = range(1, whole.size, 3)
    head = HeadSnapshot(articles_of(whole, numbers), whole)
    for one in COUNTED:
        column, known = head.columns.counted[one], whole.columns.counted[one]
        assert column.values == known.values
        assert column.ordinals.tolist() == known.ordinals[list(numbers)].tolist()


def test_a_part_of_a_value_stands_for_what_it_does_in_the_whole_index(whole: Snapshot) -> None:
    head = HeadSnapshot([], whole)
    for one in Facet:
        for value in whole.columns.facets[one].values[1:]:
            known = head.columns.facets[one].known
            assert known.filtered(value) == whole.columns.facets[one].known.filtered(value)


def test_undated_articles_are_as_old_as_the_oldest_of_the_whole_index(whole: Snapshot) -> None:
    head = HeadSnapshot(articles_of(whole, [0]), whole)
    assert head.columns.every_date.tolist() == whole.columns.dates.tolist()


def test_what_an_encoder_learned_of_other_heads_changes_nothing(whole: Snapshot) -> None:
    articles = articles_of(whole, range(whole.size))
    ranking = Ranking()
    rows = Rows(whole, ranking.model)
    plan = Plans(rows, ranking).plan("banjir jakarta rusia", Budget(LONG))
    assert plan.relaxed is not None
    found = []
    for _ in range(2):
        for few in (articles[:5], articles[5:9]):
            HeadSnapshot(few, whole)
        head = HeadSnapshot(articles, whole)
        matches = Searcher(head, HeadRows(head, rows), Budget(LONG)).run(plan.relaxed)
        found.append((matches.documents.tolist(), matches.scores.tolist()))
        terms = head.segments[0].fields["body"]
        assert terms.texts(0, terms.terms) == sorted(terms.texts(0, terms.terms))
    assert found[0] == found[1]
    assert found[0][0]
