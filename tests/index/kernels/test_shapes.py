"""What the letters of words do not rule out, and what is near, is the same by kernel and arrays."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.derived.words import WordShapes
from index.kernels import kernel
from search.local.reading.vocabulary import (
    _compiled,
    _fitting,
    _in_arrays,
    _Words,
    _words_compiled,
    _words_in_arrays,
)

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


@pytest.mark.parametrize("fewest", [(1,), (2,), (1, 1), (2, 3)])
@pytest.mark.parametrize("word", [b"abca", b"abcab", b"ccccc"])
def test_as_many_are_of_more_words_than_are_looked_at_together(
    word: bytes, fewest: tuple[int, ...]
) -> None:
    texts = [bytes(one) for size in (4, 5, 6) for one in product(b"abc", repeat=size)]
    words = words_of([(text, at % 5 + 1) for at, text in enumerate(texts)])
    arrays, looked_at = _fitting(words, word, fewest)
    assert _compiled(words).fitting(word, fewest) == (arrays.tolist(), looked_at)


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


class Terms:
    """Terms as a segment's field has them, with how many documents have each."""

    def __init__(self, texts: dict[bytes, int], kind: type[np.integer[Any]]) -> None:
        self.of = dict(sorted(texts.items()))
        self.terms = len(texts)
        self.places = np.cumsum([0, *self.of.values()]).astype(kind)
        ends = np.cumsum([0, *map(len, self.of)]).astype(kind)
        self.arrays = {"text": np.frombuffer(b"".join(self.of), np.uint8), "text_at": ends}
        letters = [
            sum(1 << one - 97 for one in set(text)) if text.isalpha() else 1 << 31
            for text in self.of
        ]
        firsts = np.array([text[0] for text in self.of], np.uint8)
        lengths = np.array([min(len(text), 255) for text in self.of], np.uint8)
        self.shapes = WordShapes(lengths, firsts, np.array(letters, np.uint32))

    def all_of(self, name: str) -> Any:
        return self.arrays[name]

    def all_postings(self) -> Any:
        return self.places

    def document_frequencies(self, start: int, stop: int) -> Any:
        return np.diff(self.places.astype(np.int64)[start : stop + 1])


_term = st.text("abcz1", min_size=1, max_size=6).map(str.encode)
_counts = st.integers(1, 3) | st.sampled_from([1, 2047, 2048, 2049, 5_000_000])


@given(
    st.dictionaries(_term, _counts, min_size=1, max_size=40),
    st.integers(0, 3),
    st.sampled_from([np.uint32, np.uint64]),
)
def test_words_are_put_in_order_alike(
    texts: dict[bytes, int], least: int, kind: type[np.integer[Any]]
) -> None:
    terms: Any = Terms(texts, kind)
    one = _words_compiled(terms, terms.shapes, least)
    other = _words_in_arrays(terms, terms.shapes, least)
    for name in ("begins", "ordinals", "counts", "letters", "heads", "tails"):
        found, expected = getattr(one, name), getattr(other, name)
        assert found.dtype == expected.dtype, name
        assert found.tolist() == expected.tolist(), name


def test_terms_that_do_not_fit_each_other_are_an_index_error() -> None:
    terms = Terms({b"ab": 1, b"abc": 5, b"b": 2}, np.uint32)
    text, ends = terms.arrays["text"], terms.arrays["text_at"]
    sound = (
        *(terms.places.view(np.uint8), 4, terms.shapes.lengths, terms.shapes.letters, text),
        *(ends.view(np.uint8), 4, 1, 1 << 31),
    )
    assert len(shapes.by_length(*sound)[1]) == 3
    for at, odd in (
        *((0, sound[0][4:]), (1, 3), (1, 8), (2, sound[2][1:]), (3, sound[3][1:])),
        *((4, text[:3]), (4, text[:0]), (5, sound[5][4:]), (6, 2), (7, -1)),
        *((5, ends[::-1].copy().view(np.uint8)), (5, (ends + np.uint32(1)).view(np.uint8))),
    ):
        with pytest.raises(IndexError):
            shapes.by_length(*sound[:at], odd, *sound[at + 1 :])
