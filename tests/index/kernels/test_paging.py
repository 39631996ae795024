"""A page that is made at once is that of its steps."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.kernels import kernel
from search.local.candidates import Candidates
from search.local.page.entering import entering
from search.local.page.order import paged
from search.local.scoring.feature_plan import FeaturePlan
from search.local.scoring.features import _lifted, part_of
from search.local.scoring.holding import Holding
from search.local.scoring.ranking import Features
from search.request import SearchRequest
from tests.index.kernels.looking import look_at_all, looked_at
from tests.index.kernels.words import CUTS, SIZE, WORDS, made_of

pytestmark = pytest.mark.skipif(kernel("paging") is None, reason="the kernels are not in use")


_candidates = st.lists(
    st.tuples(st.sampled_from([0.5, 1.0, 2.5]), st.booleans(), st.booleans()), max_size=40
)
_holding = st.lists(
    st.tuples(st.sampled_from(["headline", "verbatim"]), st.sets(st.integers(0, 80), min_size=1)),
    max_size=3,
)


def _paging(dates: NDArray[np.int64]) -> Any:
    """Pages of documents that were read in their order, each the only one with its text."""
    numbers = np.arange(len(dates), dtype=np.uint32)
    return kernel("paging").Paging(dates, numbers, bytes(len(dates)))


@given(
    candidates=_candidates,
    dates=st.lists(st.integers(-1, 1), min_size=82, max_size=82),
    held=_holding,
    most=st.integers(1, 12),
    page=st.integers(1, 4),
    per_page=st.integers(1, 9),
    now=st.integers(0, 1 << 58),
    partial=st.booleans(),
    complete_first=st.booleans(),
    seed=st.integers(0, 99),
)
def test_a_page_is_that_of_its_steps(
    candidates: list[tuple[float, bool, bool]],
    dates: list[int],
    held: list[tuple[str, set[int]]],
    most: int,
    *,
    page: int,
    per_page: int,
    now: int,
    partial: bool,
    complete_first: bool,
    seed: int,
) -> None:
    days = np.array(dates, np.int64)
    numbers = np.random.default_rng(seed).permutation(len(days)).astype(np.uint32)
    documents = np.arange(len(candidates), dtype=np.int32) * 2
    documents += np.array([odd for *_, odd in candidates], np.int32)
    scores = np.array([score for score, *_ in candidates], np.float64)
    complete = np.array([whole for _, whole, _ in candidates], np.bool_) if partial else None
    features = Features(candidates=most)
    holding = tuple(
        Holding(feature, "title_exact", (), np.array(sorted(numbers), np.int32))
        for feature, numbers in held
    )
    plan = FeaturePlan(holding=holding)
    start = (page - 1) * per_page
    alone = bytes(document % 3 == 1 for document in range(len(days)))
    shown, reached, having, entered, following, are_alone = (
        kernel("paging")
        .Paging(days, numbers, alone)
        .page(
            documents,
            scores,
            complete,
            complete_first,
            start,
            per_page,
            now,
            most,
            tuple((one.documents, part_of(one, features)) for one in holding),
        )
    )
    leading = complete if complete_first else None
    expected = Candidates(
        documents, scores.copy(), days[documents], None, leading, numbers[documents]
    )
    if len(documents):
        places = entering(plan, features, expected)
        _lifted(plan, features, expected, places)
        assert entered == len(places)
    request = SearchRequest(page=page, per_page=per_page)
    made = paged(request, expected, complete, None, None, now)
    assert (shown, reached, having) == (made.documents, made.scores, made.complete)
    assert following == made.following
    assert are_alone == all(document % 3 != 1 for document in shown)


_MANY = st.dictionaries(
    st.integers(0, 40) | st.integers(65_530, 65_545), st.integers(1, 40), min_size=15, max_size=30
)


@given(
    words=st.lists(_MANY, min_size=1, max_size=3),
    more=st.one_of(st.just([]), WORDS),
    cuts=CUTS,
    held=st.lists(st.sets(st.integers(0, 99), min_size=1, max_size=30), min_size=2, max_size=3),
    most=st.integers(1, 3),
    page=st.integers(1, 3),
    per_page=st.integers(1, 5),
    some_suffice=st.booleans(),
    complete_first=st.booleans(),
    counted=st.booleans(),
)
def test_a_page_of_words_is_that_of_all_that_they_find(
    words: list[dict[int, int]],
    more: list[dict[int, int]],
    cuts: tuple[int, ...],
    held: list[set[int]],
    most: int,
    *,
    page: int,
    per_page: int,
    some_suffice: bool,
    complete_first: bool,
    counted: bool,
) -> None:
    scorer, every = made_of([*words, *more], cuts, counted=counted)
    made, optional = every[: len(words)], every[len(words) :]
    loose = made if some_suffice else ()
    pages = _paging(np.arange(scorer.size, dtype=np.int64) % 5)
    having_any = np.array(sorted(set().union(*words, *more)), np.int32)
    holding = tuple(
        (np.unique(having_any[np.array([*one]) % len(having_any)]), 1.0) for one in held
    )
    asked = (page - 1) * per_page, per_page, 7, most, holding
    at_once = pages.page_of_words(scorer, made, loose, optional, complete_first, *asked)
    found = scorer.search(made, loose, optional, SIZE, complete_first=complete_first, every=0)
    _, _, documents, scores, complete = found
    graded = complete if some_suffice and not complete.all() else None
    shown, reached, having, entered, following, alone = pages.page(
        documents, scores, graded, complete_first, *asked
    )
    having_all = set.intersection(*map(set, words))
    having_some = set.union(*map(set, words)) - having_all if some_suffice else set[int]()
    assert at_once[:4] == (len(having_all), len(having_some), shown, reached)
    told, *others, lacking = at_once[4:]
    assert others == [entered, following, alone]
    all_have = [True] * len(shown)
    assert (told or all_have) == (having or all_have)
    # Of what a holding adds to the best nobody tells what it lacks.
    may_join = any(having_some.intersection(one.tolist()) for one, _ in holding)
    assert lacking is None if told is None else lacking is not None or may_join
    for document, bits in zip(shown, lacking or (), strict=bool(lacking)):
        assert bits == sum(1 << at for at, one in enumerate(words) if document not in one)


def test_who_is_added_by_one_holding_is_not_among_the_best_for_another() -> None:
    """Of the second holding the best document is not found by score, but another one of both is."""
    scores = {document: 100 - document for document in range(60)}
    scorer, made = made_of([scores])
    pages = _paging(np.zeros(scorer.size, np.int64))
    one, other = np.array([50, 51], np.int32), np.array([40, 51], np.int32)
    shown = pages.page_of_words(
        scorer, made, (), (), False, 0, 4, 0, 1, ((one, 1.0), (other, 1.0))
    )[2]
    assert shown == [40, 50, 0, 1]


@given(
    st.lists(WORDS.map(lambda some: some[0]), min_size=2, max_size=10),
    st.lists(WORDS.map(lambda some: some[0]), max_size=3),
    st.one_of(st.none(), st.integers(0, 9)),
    CUTS,
)
def test_what_is_lacking_is_told_of_up_to_eight_words_that_are_also_the_loose_ones(
    words: list[dict[int, int]],
    more: list[dict[int, int]],
    differing: int | None,
    cuts: tuple[int, ...],
) -> None:
    scorer, made = made_of([*words, *more], cuts)
    must, optional = made[: len(words)], made[len(words) :]
    loose = list(must)
    if differing is not None and differing < len(words):
        loose[differing] = must[differing - 1]
    pages = _paging(np.zeros(scorer.size, np.int64))
    _, _, shown, _, having, *_, lacking = pages.page_of_words(
        scorer, must, tuple(loose), optional, False, 0, 20, 0
    )
    if having is None or tuple(loose) != must or len(made) > 8:
        assert lacking is None
    else:
        assert lacking == [
            sum(1 << at for at, one in enumerate(words) if document not in one)
            for document in shown
        ]


def test_what_does_not_fit_is_refused() -> None:
    pages = _paging(np.zeros(5, np.int64))
    two = np.arange(2, dtype=np.int32)
    with pytest.raises(ValueError, match="score"):
        pages.page(two, np.ones(3), None, False, 0, 1, 0)
    with pytest.raises(ValueError, match="score"):
        pages.page(two, np.ones(2), np.ones(3, np.bool_), False, 0, 1, 0)
    with pytest.raises(ValueError, match="ascend"):
        pages.page(two[::-1].copy(), np.ones(2), None, False, 0, 1, 0)
    for numbers in ([-1, 2], [1, 5]):
        with pytest.raises(IndexError, match="document"):
            pages.page(np.array(numbers, np.int32), np.ones(2), None, False, 0, 1, 0)
    scorer, made = made_of([{1: 1}])
    for start, size in ((-1, 1), (2, 0), (0, -1), (1 << 40, 1), (0, 1 << 40)):
        with pytest.raises(ValueError, match="asked for"):
            pages.page(two, np.ones(2), None, False, start, size, 0)
        with pytest.raises(ValueError, match="asked for"):
            pages.page_of_words(scorer, made, (), (), False, start, size, 0)
    with pytest.raises(ValueError, match="the only one"):
        kernel("paging").Paging(np.zeros(5, np.int64), np.arange(5, dtype=np.uint32), bytes(4))
    with pytest.raises(ValueError, match="other documents"):
        pages.page_of_words(scorer, made, (), (), False, 0, 1, 0)


def test_holdings_that_do_not_ascend_are_refused() -> None:
    pages = _paging(np.zeros(SIZE, np.int64))
    scorer, made = made_of([{1: 1, 2: 2, 3: 1, 4: 1}])
    for numbers in ([3, 3], [3, 1], [-1, 2, 2]):
        holding = ((np.array(numbers, np.int32), 1.0),)
        with pytest.raises(ValueError, match="ascend"):
            pages.page_of_words(scorer, made, (), (), False, 0, 2, 0, 1, holding)
        with pytest.raises(ValueError, match="ascend"):
            pages.page(np.arange(2, dtype=np.int32), np.ones(2), None, False, 0, 2, 0, 1, holding)


def test_how_many_are_held_is_not_asked_of_the_array() -> None:
    """Whose length may be another one than there is room for."""

    class Lying(np.ndarray[tuple[int], np.dtype[np.int32]]):
        def __len__(self) -> int:
            raise AssertionError("an array is asked for its length")

    documents = np.arange(0, 40, 2, dtype=np.int32)
    scorer, made = made_of([{int(one): 50 - int(one) for one in documents}])
    pages = _paging(np.zeros(scorer.size, np.int64))
    holding = ((np.arange(20, 40, dtype=np.int32).view(Lying), 1.0),)
    shown = pages.page_of_words(scorer, made, (), (), False, 0, 4, 0, 2, holding)[2]
    assert shown == [20, 22, 0, 2]
    scores = np.arange(50, 10, -2, dtype=np.float64)
    shown = pages.page(documents, scores, None, False, 0, 4, 0, 2, holding)[0]
    assert shown == [20, 22, 0, 2]


def test_who_writes_to_documents_meanwhile_is_told() -> None:
    documents = np.arange(2, dtype=np.int32)

    class Harm:
        def __float__(self) -> float:
            documents[:] = [1, 2**30]
            return 1.0

    with pytest.raises(IndexError, match="document"):
        _paging(np.zeros(5, np.int64)).page(
            documents, np.ones(2), None, False, 0, 2, 0, 1, ((documents.copy(), Harm()),)
        )


def test_nobody_sees_a_list_that_is_not_filled() -> None:
    documents, scores = np.arange(59, dtype=np.int32), np.arange(59.0)
    paging, complete = _paging(np.zeros(59, np.int64)), np.ones(59, np.bool_)
    page = looked_at(lambda: paging.page(documents, scores, complete, True, 0, 53, 0), 53)
    assert page[0] == [*range(58, 5, -1)]


class _Looking(int):
    """A number that looks at all objects where it is looked up."""

    def __hash__(self) -> int:
        look_at_all(53)
        return int.__hash__(self)

    __eq__ = int.__eq__


def test_nobody_sees_texts_that_are_not_told_yet() -> None:
    lacking = kernel("paging").Lacking(("a", "b"))
    told = lacking.of([_Looking(number % 4) for number in range(53)])
    assert told == [((), ("a",), ("b",), ("a", "b"))[number % 4] for number in range(53)]
