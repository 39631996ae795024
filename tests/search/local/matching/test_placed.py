"""Queries of places, patterns and fuzzy words, against the brute-force twin."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import query as whoosh_query

from index.analysis import analysis
from index.article import Article
from search.local.matching.searcher import _KINDS
from search.local.reading.snapshot import Snapshot
from search.query.placed_query import OpeningQuery, SentenceQuery
from search.query.syntax.boolean import AllOf, AnyOf, Exclude
from search.query.syntax.near import InSentence, Near, Opening
from search.query.syntax.node import Node
from search.query.syntax.pattern import Fuzzy, Pattern, PatternPhrase, Prefix
from search.query.syntax.phrase import Phrase
from search.query.syntax.word import Word
from tests.search.local.archives import write_archive
from tests.search.local.asking import compiled, searcher
from tests.search.local.queries import archives, deletions, placed_trees
from tests.search.local.twin import Twin

AGAIN = OpeningQuery("body", SentenceQuery("body", [whoosh_query.Term("body", "beras")]), 2)
"""Of a sentence that goes on behind the opening, with the word again."""


@settings(max_examples=20, deadline=None)
@example([[Article("a1", "", "beras beras beras beras.")]], [AGAIN], set())
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


def word(surface: str, scope: str | None = None) -> Word:
    return Word(surface, analysis().stem(surface), scope)


BERAS, TANI, CEPAT = word("beras"), word("petani"), word("cepat")
NODES: dict[str, Node] = {
    "near": Near((BERAS, TANI), 2),
    "near in order": Near((BERAS, TANI, CEPAT), 6, ordered=True),
    "near in a title": Near((word("beras", "title"), word("petani", "title")), 3, scope="title"),
    "near within near": Near((Near((BERAS, TANI), 2), CEPAT), 4),
    "alternatives": Near((AnyOf((BERAS, TANI)), Phrase(("kereta", "cepat"))), 5),
    "words of a pattern": Near((Pattern("*as"), Prefix("pet"), Fuzzy("cepet", 1)), 9),
    "early": Opening(word("beras", "body")),
    "early, near": Opening(Near((word("beras", "body"), word("petani", "body")), 3, scope="body")),
    "early, a sentence": Opening(InSentence((word("beras", "body"), word("cepat", "body")))),
    "a sentence": InSentence((word("beras", "body"), word("petani", "body"))),
    "a pattern": Pattern("?era*", "body"),
    "a fuzzy word": Fuzzy("keretta", 1),
    "a gap": PatternPhrase(("beras", "*", "pet*")),
    "excluded": AllOf((CEPAT, Exclude(Near((TANI, CEPAT), 1)), Exclude(Pattern("*mbaw?")))),
}
TEXTS = (
    "beras petani cepat kereta cepat",
    "petani. Beras kereta, cepat dan beras lama petani",
    "kereta cepat itu membawa beras dan gula petani",
    "cepat",
    "Beras petani. Kereta cepat",
)


@pytest.mark.parametrize("node", NODES.values(), ids=NODES)
def test_nodes_find_and_score_what_their_queries_mean(
    tmp_path_factory: pytest.TempPathFactory, node: Node
) -> None:
    articles = [Article(f"a{at}", TEXTS[-at], text) for at, text in enumerate(TEXTS, start=1)]
    path = tmp_path_factory.mktemp("nodes") / "index"
    live = write_archive(path, [articles[:2], articles[2:]], set())
    twin, snapshot, query = Twin(articles), Snapshot(path), compiled(node)
    scores = {number: twin.score(query, number) for number in live}
    expected = {number: score for number, score in scores.items() if score is not None}
    found = searcher(snapshot).run(query)
    assert len(found)
    assert found.documents.tolist() == [*expected]
    assert found.scores.tolist() == pytest.approx([*expected.values()], rel=1e-5)
    waiting = [query]
    while waiting:
        one = waiting.pop()
        assert type(one) in _KINDS, one
        waiting += [*one.children(), *([one.child] if hasattr(one, "child") else [])]
    snapshot.close()
