"""Chunks of texts become terms and sentences as by arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.scanning import encoded, encoded_by_arrays
from index.kernels import kernel

terms = kernel("terms")
pytestmark = pytest.mark.skipif(terms is None, reason="the kernels are not in use")


@given(
    st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=6),
    st.lists(st.lists(st.integers(0, 5), max_size=9), max_size=6),
    st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=9),
)
def test_terms_and_sentences_are_as_by_arrays(
    known: list[tuple[int, bool]], texts: list[list[int]], begins: list[tuple[int, bool]]
) -> None:
    counts, are_short = zip(*known, strict=True)
    first = np.cumsum([0, *counts]).astype(np.int32)
    ids = np.arange(2 * sum(counts), dtype=np.uint32).reshape(-1, 2)
    of = np.array([one % len(counts) for text in texts for one in text], np.int32)
    upto = np.cumsum([*map(len, texts)], dtype=np.int64)
    sentences = sorted((at, unless) for at, unless in begins if 0 < at < len(of))
    given: tuple[Any, ...] = (
        *(of, upto, np.array([at for at, _ in sentences], np.int64)),
        *(np.array([unless for _, unless in sentences], np.bool_), first, ids),
        np.array(are_short, np.bool_),
    )
    found: tuple[Any, ...] = encoded(*given)
    expected: tuple[Any, ...] = encoded_by_arrays(*given)
    for ours, theirs in zip(found, expected, strict=True):
        assert ours.dtype == theirs.dtype
        assert ours.tolist() == theirs.tolist()
    assert found[0].tolist() == [
        2 * (first[one] + place) for one in of.tolist() for place in range(counts[one])
    ]


SOME = {
    "chunks": np.array([0, 1, 0], np.int32),
    "upto": np.array([1, 3]),
    "begins": np.array([2]),
    "unless": np.zeros(1, np.uint8),
    "first": np.array([0, 1, 2], np.int32),
    "terms": np.zeros((2, 2), np.uint32),
    "are_short": np.zeros(2, np.uint8),
}


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        *(("chunks", [0, one, 0]) for one in (-1, 2, 2**31 - 1)),
        *(("first", one) for one in ([0, 1], [0, -1, 2], [0, 2, 1], [0, 1, 3], [])),
        *(("upto", one) for one in ([3, 1], [-1, 3], [1, 2], [1, 4], [])),
        *(("begins", one) for one in ([0], [3], [-1], [2**62], [])),
        *(("are_short", one) for one in ([0], [])),
        ("unless", [0, 0]),
        ("terms", [[0, 0, 0], [0, 0, 0]]),
        ("terms", [[0, 0]]),
    ],
)
def test_numbers_that_do_not_fit_are_refused(part: str, wrong: list[int]) -> None:
    assert [len(one) for one in terms.encoded(*SOME.values())] == [3, 3, 2, 2, 1]
    given = SOME | {part: np.array(wrong, SOME[part].dtype)}
    with pytest.raises(IndexError):
        terms.encoded(*given.values())


def test_of_no_texts_there_is_nothing() -> None:
    nothing = {name: one[:0] for name, one in SOME.items()}
    assert [len(one) for one in terms.encoded(*nothing.values())] == [0] * 5
