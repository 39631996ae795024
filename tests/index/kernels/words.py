"""A scorer over one field of one segment or more, for what kernels refuse."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import strategies as st

from index.kernels import kernel

SIZE = 70_000
"""More than a chunk has."""
WORDS = st.lists(
    st.dictionaries(
        st.one_of(st.integers(0, 12), st.integers(65_530, 65_545), st.integers(0, SIZE - 1)),
        st.integers(1, 40),
        min_size=1,
        max_size=25,
    ),
    min_size=1,
    max_size=4,
)
"""Of each word what it scores, in quarters, by documents."""
CUTS = st.sampled_from(((), (9, 3_000, 65_537, 65_540)))
"""Where segments begin but the first: one of two chunks, or five of one each."""


def scorer_of(name: str, field: Any, size: int, segments: int = 1) -> Any:
    """Every segment of ``size`` documents has the field."""
    return kernel("scoring").Scorer(
        [(number * size, size) for number in range(segments)],
        {name: kernel("postings").Lookup([field] * segments)},
        {name: np.ones(size * segments, np.float32)},
        name,
        np.ones(65_536, np.float32),
        (np.float32(1),) * 4,
        None,
    )


def made_of(
    words: list[dict[int, int]],
    cuts: tuple[int, ...] = (),
    *,
    counted: bool = True,
    size: int = SIZE,
) -> tuple[Any, tuple[Any, ...]]:
    """A scorer of ``size`` documents, and words of known scores: of each by documents, in quarters.

    ``cuts``: where segments begin but the first. Unless words are ``counted``, nobody knows how
    many documents have them before they are searched for.
    """
    segments = [(at, end - at) for at, end in pairwise((0, *cuts, size))]
    scorer = kernel("scoring").Scorer(
        segments, {}, {}, None, np.zeros(65_536, np.float32), (np.float32(1),) * 4, None
    )
    made = []
    for word in words:
        documents = np.array(sorted(word), np.int32)
        row = scorer.row(documents, np.array([word[one] / 4 for one in sorted(word)]))
        made.append(row if counted else scorer.word(((row,), (row,))))
    return scorer, tuple(made)
