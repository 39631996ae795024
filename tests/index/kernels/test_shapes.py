"""What the letters of words do not rule out, and what is near, is the same by kernel and arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from search.local.reading.vocabulary import _compiled, _fitting, _in_arrays, _Words

shapes = kernel("shapes")
pytestmark = pytest.mark.skipif(shapes is None, reason="the kernels are not in use")


def words_of(texts: list[tuple[bytes, int]]) -> _Words:
    """As the vocabulary keeps them: by length, the commonest first."""
    ordered = sorted(texts, key=lambda one: (len(one[0]), -one[1]))
    lengths = np.array([len(text) for text, _ in ordered], np.uint16)
    ends = [np.frombuffer(text[:2] + text[-2:], np.uint16) for text, _ in ordered]
    return _Words(
        lengths.searchsorted(np.arange(257, dtype=np.uint16)).astype(np.int64),
        np.arange(len(ordered), dtype=np.int32),
        np.array([-count for _, count in ordered], np.int32),
        np.array([sum(1 << one - 97 for one in set(text)) for text, _ in ordered], np.uint32),
        np.array([one[0] for one in ends], np.uint16),
        np.array([one[1] for one in ends], np.uint16),
        memoryview(b"".join(text for text, _ in ordered)),
        np.cumsum([0, *(len(text) for text, _ in ordered)]),
    )


_text = st.text("abcd", min_size=2, max_size=9).map(str.encode)


@given(
    st.lists(st.tuples(_text, st.integers(1, 5)), max_size=60),
    _text,
    st.lists(st.integers(1, 4), min_size=1, max_size=2).map(sorted).map(tuple),
)
def test_as_many_words_are_left(
    texts: list[tuple[bytes, int]], word: bytes, fewest: tuple[int, ...]
) -> None:
    words = words_of(texts)
    arrays, looked_at = _fitting(words, word, fewest)
    kernel = _compiled(words)
    compiled, looked = kernel.fitting(word, fewest)
    assert compiled == arrays.tolist()
    assert looked == looked_at
    near, looked = kernel.near(word, fewest)
    assert sorted(near) == sorted(_in_arrays(words, word, fewest)[0])
    assert looked == looked_at


def arrays_of(words: _Words) -> tuple[Any, ...]:
    """What the kernel takes."""
    arrays = words.letters, words.heads, words.tails, words.counts, words.begins, words.ordinals
    return *arrays, np.frombuffer(words.text, np.uint8), words.ends.view(np.uint8), 8


def test_what_is_outside_the_arrays_is_an_index_error() -> None:
    words = words_of([(b"ab", 1)])
    letters, heads, tails, counts, begins, *more = arrays_of(words)
    sound = letters, heads, tails, counts, begins
    for odd, word, fewest in (
        ((*sound[:4], begins + 1), b"ab", (1,)),
        ((*sound[:4], -begins), b"ab", (1,)),
        ((*sound[:4], begins[:100]), b"ab", (1,)),
        ((*sound[:3], counts[:0], begins), b"ab", (1,)),
        (sound, b"", (1,)),
        (sound, b"a" * 256, (1,)),
        (sound, b"aB", (1,)),
        (sound, b"ab", ()),
        (sound, b"ab", (1, 1, 1)),
    ):
        with pytest.raises(IndexError):
            shapes.Shapes(*odd, *more).fitting(word, fewest)


def test_a_term_outside_the_texts_is_an_index_error() -> None:
    words = words_of([(b"ab", 1), (b"abc", 1)])
    for ordinals, ends in (
        ([2, 0], [0, 2, 5]),
        ([-1, 0], [0, 2, 5]),
        ([0], [0, 2, 5]),
        ([0, 1], [0, 2, 6]),
        ([0, 1], [3, 2, 5]),
        ([0, 1], [0, 2]),
    ):
        some = np.array(ordinals, np.int32), words.text, np.array(ends).view(np.uint8), 8
        with pytest.raises(IndexError):
            shapes.Shapes(*arrays_of(words)[:5], *some).near(b"ab", (1,))
