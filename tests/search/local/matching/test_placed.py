"""Queries of places, patterns and fuzzy words, against the brute-force twin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import query as whoosh_query

from index.article import Article
from search.local.reading.snapshot import Snapshot
from tests.search.local.archives import write_archive
from tests.search.local.asking import searcher
from tests.search.local.queries import archives, deletions, placed_trees
from tests.search.local.twin import Twin


@settings(max_examples=20, deadline=None)
@given(archives, st.lists(placed_trees, min_size=2, max_size=6), deletions)
def test_arrays_agree_with_the_twin(
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[list[Article]],
    queries: list[whoosh_query.Query],
    deleted: set[int],
) -> None:
    """Documents and scores; of all documents, of some, and of what is to be left out."""
    path = tmp_path_factory.mktemp("placed") / "index"
    live = write_archive(path, parts, deleted)
    twin = Twin([one for part in parts for one in part])
    snapshot = Snapshot(path)
    some = np.array(live[::2], np.int32)
    for query in queries:
        scores = {number: twin.score(query, number) for number in live}
        expected = {number: score for number, score in scores.items() if score is not None}
        found = searcher(snapshot).run(query)
        assert found.documents.tolist() == sorted(expected), query
        wanted = [expected[number] for number in found.documents.tolist()]
        assert found.scores.tolist() == pytest.approx(wanted, rel=1e-5), query
        mask, given_ = searcher(snapshot).probe(query, some)
        assert some[mask].tolist() == [one for one in live[::2] if one in expected], query
        probed = [expected.get(number, 0.0) for number in some.tolist()]
        assert given_.tolist() == pytest.approx(probed, rel=1e-5), query
        excluded, _ = searcher(snapshot).probe(query, some, excluding=True)
        assert excluded.tolist() == mask.tolist(), query
    snapshot.close()
