"""What is searched for in a word's place is what the general road compiles of its node."""

from __future__ import annotations

import pickle
from math import inf
from pathlib import Path

import pytest

from index.kernels import kernel
from search.budget import Budget
from search.local.completing.spellings import Known, Spellings
from search.local.matching.flattened import flat_word
from search.local.plain.compound import of_compound
from search.local.plain.sought import SoughtWord, of_word
from search.local.queries import terms_in
from search.local.reading.holders import Holders
from search.local.reading.made import Made
from search.local.reading.rows import Rows
from search.local.reading.snapshot import Snapshot
from search.local.weighting import BM25
from search.query.syntax.boolean import loosened
from search.query.syntax.word import Word
from search.query.weights import Weights
from search.query.words import word_of
from tests.conftest import article
from tests.search.local.archives import write_archive

BODIES = ["liga sepak bola seru", "liga sepakbola seru", "berita persepakbolaan"] * 12
WEIGHTS = Weights()


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> Rows:
    path: Path = tmp_path_factory.mktemp("sought") / "index"
    write_archive(path, [[article(at, "k", body) for at, body in enumerate(BODIES)]], set())
    return Rows(Snapshot(path), BM25())


def _words(rows: Rows, text: str) -> tuple[Word, ...]:
    return tuple(word_of(one, text, None) for one in rows.snapshot.analysis.tokens(text))


@pytest.mark.parametrize("text", ["liga", "seru", "tiada", "persepakbolaan"])
def test_a_word_is_its_own_node(rows: Rows, text: str) -> None:
    (word,) = _words(rows, text)
    found = of_word(word, WEIGHTS)
    query = word.compile(WEIGHTS)
    assert found.node is word
    assert found.flat == found.loose
    assert found.flat.ways == word.ways(WEIGHTS)
    assert found.terms == terms_in(query)


@pytest.mark.parametrize("text", ["sepak bola", "sepakbola"])
def test_the_query_of_all_spellings_can_be_pickled(rows: Rows, text: str) -> None:
    spellings = Spellings(Known(rows), Budget(inf))
    words = _words(rows, text)
    found = of_compound(words, rows.snapshot.analysis, spellings, Holders(rows), WEIGHTS)
    assert found is not None
    query = found.node.compile(WEIGHTS)
    again = pickle.loads(pickle.dumps(query))
    assert again == query
    assert again.subqueries == query.subqueries


@pytest.mark.parametrize("text", ["sepak bola", "sepakbola"])
def test_words_that_are_one_are_searched_for_in_all_their_spellings(rows: Rows, text: str) -> None:
    spellings = Spellings(Known(rows), Budget(inf))
    words = _words(rows, text)
    found = of_compound(words, rows.snapshot.analysis, spellings, Holders(rows), WEIGHTS)
    assert found is not None
    query = found.node.compile(WEIGHTS)
    assert found.flat == flat_word(query)
    assert found.terms == terms_in(query)
    assert found.loose == flat_word(loosened(found.node).compile(WEIGHTS))


@pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")
@pytest.mark.parametrize("text", ["sepak bola", "sepakbola"])
def test_what_words_are_by_themselves_makes_no_other_compound(rows: Rows, text: str) -> None:
    spellings, holders = Spellings(Known(rows), Budget(inf)), Holders(rows)
    words = _words(rows, text)
    ready = [of_word(word, WEIGHTS) for word in words]
    for one in ready:
        one.make(rows)
    how = rows.snapshot.analysis
    found = of_compound(words, how, spellings, holders, WEIGHTS, ready=ready)
    expected = of_compound(words, how, spellings, holders, WEIGHTS)
    assert found is not None
    assert expected is not None
    assert found.make(rows) == expected.make(rows)
    assert (found.node, found.flat, found.loose) == (expected.node, expected.flat, expected.loose)
    assert (found.terms, found.beside) == (expected.terms, expected.beside)
    assert (found.apart is None) == (expected.apart is None) == (len(words) == 1)
    for made, other in zip(_made(found), _made(expected), strict=True):
        assert made[1:] == other[1:]
        assert made.word.documents == other.word.documents


def _made(found: SoughtWord) -> list[Made]:
    assert found.made is not None
    return [found.made, *(() if found.apart is None else (found.apart,)), *found.alike]


@pytest.mark.parametrize("text", ["liga seru", "liga", "seru sepak"])
def test_words_that_are_none_are_no_compound(rows: Rows, text: str) -> None:
    spellings = Spellings(Known(rows), Budget(inf))
    words = _words(rows, text)
    assert of_compound(words, rows.snapshot.analysis, spellings, Holders(rows), WEIGHTS) is None
