"""What stands for many terms: which ones, how many, what each adds to a score."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

import numpy as np
import pytest
from whoosh import query as whoosh_query

from index.article import Article
from search.budget import Budget
from search.local.matching.searcher import Searcher
from search.local.reading.dictionary import MAX_EXPANSIONS
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.placed_query import NearQuery, OpeningQuery, RunQuery
from tests.search.local.archives import write_archive

LETTERS = "abcdefghijklmnopqrst"
MANY = [f"ka{one}{two}ng" for one in LETTERS for two in LETTERS]
"""Words that one pattern fits, and that are like each other: 400."""


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """Two segments; the first words of ``MANY`` are in all articles, the last in one."""
    path = tmp_path_factory.mktemp("pattern") / "index"
    articles = [
        Article(f"a{number}", "judul", " ".join([*MANY[: number * 20], "banjir", MANY[number]]))
        for number in range(1, 21)
    ]
    write_archive(path, [articles[:9], articles[9:]], {3})
    opened = Snapshot(path)
    yield opened
    opened.close()


def searcher(snapshot: Snapshot, most: float = inf) -> Searcher:
    return Searcher(snapshot, Rows(snapshot, BM25()), Budget(inf, most))


def fuzzy(word: str, most: int) -> whoosh_query.Query:
    return whoosh_query.FuzzyTerm("body_exact", word, maxdist=most, prefixlength=0)


CUT = {
    "pattern-cut": whoosh_query.Wildcard("body_exact", "*ng"),
    "fuzzy-cut": fuzzy("kaabng", 2),
    "prefix-cut": whoosh_query.Prefix("body_exact", "ka"),
}


@pytest.mark.parametrize(("code", "query"), CUT.items(), ids=CUT)
def test_only_the_commonest_are_searched_for_and_a_note_says_so(
    snapshot: Snapshot, code: str, query: whoosh_query.Query
) -> None:
    found_by = searcher(snapshot)
    for _ in range(2):  # kept, it is told all the same
        found_by.run(query)
        assert [(note.code, note.facts["limit"]) for note in found_by.notes] == [
            (code, str(MAX_EXPANSIONS))
        ]
        found_by = Searcher(snapshot, found_by.rows, Budget(inf))


def test_the_commonest_of_all_segments(snapshot: Snapshot) -> None:
    expansion = snapshot.dictionary.fitting("body_exact", "k??*ng", Budget(inf))
    assert [text for text, _ in expansion.terms] == sorted(
        MANY,
        key=lambda word: (-snapshot.dictionary.document_frequency("body_exact", word), word),
    )[:MAX_EXPANSIONS]
    assert expansion.count > MAX_EXPANSIONS


def test_of_fuzzy_words_the_nearest_then_the_commonest(snapshot: Snapshot) -> None:
    terms = snapshot.dictionary.edited("body_exact", "kabbng", 2, Budget(inf)).terms
    assert terms[0][0] == "kabbng"
    assert all(
        sum(a != b for a, b in zip(text, "kabbng", strict=True)) == 1 for text, _ in terms[1:39]
    )


@pytest.mark.parametrize(
    "query",
    [
        *CUT.values(),
        NearQuery("body", [CUT["pattern-cut"], whoosh_query.Term("body_exact", "banjir")], 1),
        RunQuery("body", [CUT["fuzzy-cut"], whoosh_query.Term("body_exact", "banjir")], [0, 1]),
        OpeningQuery("body", CUT["prefix-cut"], 1),
    ],
    ids=repr,
)
def test_an_exclusion_is_of_all_terms_however_many(
    snapshot: Snapshot, query: whoosh_query.Query
) -> None:
    excluding = whoosh_query.And([whoosh_query.Every(), whoosh_query.Not(query)])
    last = whoosh_query.Term("body_exact", MANY[-1])
    assert len(searcher(snapshot).run(last)) == 1
    left = searcher(snapshot).run(excluding).documents.tolist()
    far = isinstance(query, RunQuery) or query is CUT["fuzzy-cut"]
    # Of a fuzzy word only those that are near are its terms.
    assert left == [] or far


@pytest.mark.parametrize("query", CUT.values(), ids=CUT)
@pytest.mark.parametrize("most", [0, 1_000, 10_000, 100_000, 10_000_000])
def test_what_is_cut_short_excludes_no_less(
    snapshot: Snapshot, query: whoosh_query.Query, most: int
) -> None:
    whole = whoosh_query.And([whoosh_query.Every(), whoosh_query.Not(query)])
    near = NearQuery("body", [query, whoosh_query.Term("body_exact", "banjir")], 3)
    beside = whoosh_query.And([whoosh_query.Every(), whoosh_query.Not(near)])
    for excluding in (whole, beside):
        right = {*searcher(snapshot).run(excluding).documents.tolist()}
        assert {*searcher(snapshot, most).run(excluding).documents.tolist()} <= right


PARTED = {
    "prefix": whoosh_query.Prefix("body_exact", "kaa", boost=2.0),
    "pattern": whoosh_query.Wildcard("body_exact", "kab?ng"),
    "fuzzy": fuzzy("kaabng", 1),
}


@pytest.mark.parametrize("query", PARTED.values(), ids=PARTED)
def test_the_parts_of_a_score_name_the_terms_and_add_up(
    snapshot: Snapshot, query: whoosh_query.Query
) -> None:
    found = searcher(snapshot).run(query)
    parts = searcher(snapshot).parts(query, found.documents)
    assert parts.mask.all()
    assert {part.held for part in parts.parts} == {query.text}
    assert {part.word for part in parts.parts} <= {*MANY}
    total = sum((part.values for part in parts.parts), np.zeros(len(found)))
    assert total.tolist() == pytest.approx(found.scores.tolist(), rel=1e-5)


def test_of_a_fuzzy_word_one_term_counts_and_an_edit_halves_it(snapshot: Snapshot) -> None:
    query = fuzzy("kaabng", 1)
    everything = searcher(snapshot).run(query).documents
    parts = searcher(snapshot).parts(query, everything).parts
    adding = np.array([part.values > 0 for part in parts])
    assert (adding.sum(axis=0) == 1).all()
    exact = searcher(snapshot).run(whoosh_query.Term("body_exact", "kaabng"))
    assert exact.documents.tolist() == everything.tolist()
    assert searcher(snapshot).run(query).scores == pytest.approx(exact.scores, rel=1e-6)
