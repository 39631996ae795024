"""Words are of the scorer that made them, candidates of the arrays that they lead into."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from math import inf
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from index.fields import LEAD_FIELD
from index.kernels import kernel
from search.budget import Budget, PythonBudget
from tests.index.kernels.calls_of_plain import (
    _cutter,
    asked_of,
    compiled_field,
    composer_of,
    facts_of,
    ready,
    speller_of,
    texts_of,
)
from tests.index.kernels.test_hostile import SIZE, TERMS, TWO_WORDS, _field
from tests.index.kernels.words import scorer_of

pytestmark = pytest.mark.skipif(kernel("scoring") is None, reason="the kernels are not in use")

WAY = ((LEAD_FIELD, TERMS[0].decode(), 1.0),)


@pytest.fixture(scope="module")
def field() -> Any:
    return _field({}).compiled


def _sought(scorer: Any, field: Any) -> Any:
    stem = TERMS[0].decode()
    return kernel("candidates").Sought(scorer, [field], ((stem, stem, 1, 1.0),), 1.0)


def _raised(sought: Any, places: list[int], words: tuple[Any, ...]) -> Any:
    return sought.raised(np.arange(4, dtype=np.int32), np.ones(4), np.array(places), words, 1e-6)


@pytest.mark.parametrize("kind", ["of a term", "of known scores", "of nobody"])
def test_a_word_of_another_scorer_is_refused(field: Any, kind: str) -> None:
    one, other = (scorer_of(LEAD_FIELD, field, SIZE) for _ in range(2))
    word = {
        "of a term": lambda: other.word((WAY,)),
        "of known scores": lambda: other.row(np.arange(3, dtype=np.int32), np.ones(3)),
        "of nobody": kernel("word").Word,
    }[kind]()
    for words in (((word,), (word,), ()), ((word,), (), ()), ((), (), (word,))):
        with pytest.raises(ValueError, match="another index"):
            one.search(*words, 10, complete_first=False, every=0)
    with pytest.raises(ValueError, match="another index"):
        one.word(((word,),))
    with pytest.raises(ValueError, match="another index"):
        one.both(((word,),))
    with pytest.raises(ValueError, match="another index"):
        one.word_scores((word,), np.arange(3, dtype=np.int32))
    with pytest.raises(ValueError, match="another index"):
        _raised(_sought(one, field), [0, 1], (word,))


def test_a_word_of_known_scores_is_of_those_that_it_was_made_of(field: Any) -> None:
    scorer = scorer_of(LEAD_FIELD, field, SIZE)
    documents, scores = np.arange(3, dtype=np.int32), np.ones(3)
    word = scorer.row(documents, scores)
    asked = np.arange(3, dtype=np.int32)
    before = [one.tolist() for one in scorer.word_scores((word,), asked)]
    documents += 2**30
    scores[:] = 9.0
    assert [one.tolist() for one in scorer.word_scores((word,), asked)] == before


def test_a_word_of_known_scores_tells_what_it_keeps() -> None:
    scorer = scorer_of(LEAD_FIELD, None, 10_000)
    tracemalloc.start()
    words = [scorer.row(np.arange(9_000, dtype=np.int32), np.ones(9_000)) for _ in range(20)]
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 0.9 * held < sum(word.nbytes for word in words) < 1.2 * held


def test_no_word_is_refused(field: Any) -> None:
    with pytest.raises(TypeError, match="a word"):
        scorer_of(LEAD_FIELD, field, SIZE).search(
            (None,), (None,), (), 10, complete_first=False, every=0
        )


@pytest.mark.parametrize("places", [[0, 10**9, 3], [0, -1, 3], [0, 2, 1], [1, 1], [4]])
def test_candidates_that_are_not_there_or_do_not_ascend_are_refused(
    field: Any, places: list[int]
) -> None:
    sought = _sought(scorer_of(LEAD_FIELD, field, SIZE), field)
    assert _raised(sought, [0, 1, 3], ())[0].shape == (2, 3)
    with pytest.raises(IndexError, match="a candidate"):
        _raised(sought, places, ())


@pytest.mark.parametrize("length", [0, 1, 4, 6])
def test_each_candidate_is_held_or_not(length: int) -> None:
    lifted = kernel("candidates").lifted
    assert len(lifted(np.ones(5), None, np.arange(5), np.ones(5, np.uint8), 0.1)) == 5
    with pytest.raises(ValueError, match="held or not"):
        lifted(np.ones(5), None, np.arange(5), np.ones(length, np.uint8), 0.1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: kernel("inversion").Sorter().sort(None, None),
        lambda: kernel("pairs").count_pairs(None, None, 3, 1, 0),
        lambda: kernel("runs").put_next(
            np.zeros(1, np.uint8), None, None, None, np.zeros(1, np.uint8), 0, False
        ),
        lambda: kernel("in_order").Postings(_field({})).put(None, None, None, 1),
        lambda: kernel("candidates").lifted(None, None, None, None, 0.1),
    ],
    ids=["sort", "count_pairs", "put_next", "put", "lifted"],
)
def test_none_is_no_array(call: Callable[[], object]) -> None:
    with pytest.raises(TypeError):
        call()


def test_documents_that_do_not_ascend_are_refused(field: Any) -> None:
    scorer = scorer_of(LEAD_FIELD, field, SIZE)
    word = scorer.word((WAY,))
    for odd in ([3, 1], [1, 2, 1], [9, 4, 5, 20]):
        documents = np.array(odd, np.int32)
        with pytest.raises(ValueError, match="do not ascend"):
            scorer.word_scores((word,), documents)
        count = len(odd)
        with pytest.raises(ValueError, match="do not ascend"):
            _sought(scorer, field).raised(
                documents, np.ones(count), np.arange(count), (word,), 1e-6
            )


@pytest.mark.parametrize("odd", [[-1, 3], [3, SIZE], [3, 2**31 - 1]])
def test_documents_that_are_not_there_are_refused(field: Any, odd: list[int]) -> None:
    scorer = scorer_of(LEAD_FIELD, field, SIZE)
    word, documents = scorer.word((WAY,)), np.array(odd, np.int32)
    with pytest.raises(IndexError, match="no such document"):
        scorer.word_scores((word,), documents)
    with pytest.raises(IndexError, match="no such document"):
        _sought(scorer, field).raised(documents, np.ones(2), np.arange(2), (word,), 1e-6)


@pytest.mark.parametrize("start", [-1, -SIZE, 1, SIZE])
def test_titles_of_other_documents_are_refused(field: Any, start: int) -> None:
    standing = kernel("verbatim").Standing([field], [(start, SIZE, None)], (1,) * 4)
    with pytest.raises(IndexError, match="other documents"):
        standing.titles(TWO_WORDS, np.ones(SIZE, np.float32), False, 1 << 40)
    with pytest.raises(IndexError, match="other documents"):
        kernel("headlines").inside(standing, TWO_WORDS * 2, np.ones(SIZE, np.float32), 2, 1 << 40)


@pytest.mark.parametrize("start", [-SIZE, SIZE])
def test_phrases_of_other_documents_are_refused(field: Any, start: int) -> None:
    standing = kernel("verbatim").Standing([field], [(start, SIZE, None)], (1,) * 4)
    scorer = scorer_of(LEAD_FIELD, field, SIZE)
    for terms in (TWO_WORDS, TWO_WORDS[:1]):
        with pytest.raises(IndexError, match="other documents"):
            kernel("beside").beside(scorer, (), ((standing, terms),), 1 << 40)


def test_words_of_another_index_do_not_stand_beside_others(field: Any) -> None:
    standing = kernel("verbatim").Standing([field], [(0, SIZE, None)], (1,) * 4)
    scorer, other = (scorer_of(LEAD_FIELD, field, SIZE) for _ in range(2))
    with pytest.raises(ValueError, match="another index"):
        kernel("beside").beside(scorer, (other.word((WAY,)),), ((standing, TWO_WORDS),), 1 << 40)


@pytest.fixture(scope="module")
def asked() -> Any:
    return asked_of(9, 5, 4, 30, 1, 1, 1)


@pytest.mark.parametrize("odd", [None, "kota", ()])
@pytest.mark.parametrize("place", ["made", "alike"])
def test_what_is_no_word_made_ready_is_not_composed(asked: Any, place: str, odd: Any) -> None:
    compound = ready(asked.words, TWO_WORDS[0])
    assert compound.made is not None
    none = compound.made._replace(word=odd)
    compound.terms = ((),)
    if place == "made":
        compound.made = none
    else:
        compound.alike = (none,)
    facts = [facts_of(asked, one) for one in TWO_WORDS]
    assert composer_of(asked, 1).of(facts).surfaces == tuple(TWO_WORDS)
    with pytest.raises(TypeError):
        composer_of(asked, 1, compound).of(facts)


@pytest.mark.parametrize("odd", [None, 1, "kota", object(), int, list])
def test_compounds_are_made_of_classes_that_have_their_slots(asked: Any, odd: Any) -> None:
    for name in ("beside", "spellings", "made", "key"):
        with pytest.raises(TypeError):
            speller_of(asked, **{name: odd})
    if not isinstance(odd, type):
        with pytest.raises(TypeError):
            speller_of(asked, sought=odd)


@pytest.mark.parametrize("odd", [None, 1, (), (None,), (1, 2, 3), [None, 1], ("kota", 1)])
def test_what_is_known_of_two_words_is_a_compound_and_its_work(asked: Any, odd: Any) -> None:
    memo, words = kernel("memos").Memo(5000), tuple(TWO_WORDS)
    pairs = {words: odd}
    spelt = kernel("spelt").Spelt(
        speller_of(asked), memo, {}, pairs, lambda _: None, of_one=1, of_term=1
    )
    lookup = kernel("postings").Lookup([compiled_field()])
    composer = kernel("composing").Composer(
        *(pairs, _cutter(97, 1000, 3, 6, 30, 8), None, spelt, 1, True, asked.words, lookup),
        *(1.0, True, 2),
    )
    with pytest.raises((TypeError, ValueError, AttributeError)):
        composer.of([facts_of(asked, one) for one in TWO_WORDS])


def test_facts_that_nobody_was_asked_for_are_not_composed(asked: Any) -> None:
    for odd in (kernel("facts").Facts(), None, "kota", ("kota",)):
        with pytest.raises(TypeError):
            composer_of(asked, 2).of([facts_of(asked, "kota"), odd])
    with pytest.raises(TypeError):
        composer_of(asked, 2).of((facts_of(asked, "kota"),))
    with pytest.raises(TypeError):
        composer_of(asked, 2).of([facts_of(asked, "kota")], SimpleNamespace(budget=None))


@pytest.mark.parametrize("odd", [1, "kota", ("kota",), [None], object()])
def test_what_is_kept_in_the_place_of_facts_is_refused(asked: Any, odd: Any) -> None:
    memo = kernel("memos").Memo(5000)
    texts = texts_of(asked, memo, 4, 100, 10)
    memo.put("kota", odd, 1)
    with pytest.raises(TypeError):
        texts.of("kota", Budget(inf))


def test_texts_are_cut_in_a_budget_of_kernels_alone(asked: Any) -> None:
    texts = texts_of(asked, kernel("memos").Memo(5000), 4, 100, 10)
    for text in (None, b"kota", 1):
        with pytest.raises(TypeError):
            texts.of(text, Budget(inf))
    for budget in (None, 1, PythonBudget(inf)):
        with pytest.raises(TypeError):
            texts.of("kota", budget)
