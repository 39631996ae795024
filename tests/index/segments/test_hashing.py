"""Terms as numbers: what arrays tell is what sets and dictionaries of texts tell."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel
from index.segments.hashing import (
    AtAGlance,
    Counts,
    Numbers,
    are_among,
    blob_of,
    counted,
    distinct,
    numbers_of,
    plain_sums,
)

_TEXTS = st.lists(st.binary(max_size=5), max_size=12)


def number(text: bytes) -> int:
    """The number of a text, as its module says."""
    base = 0x9E3779B97F4A7C15
    return sum((byte + 1) * pow(base, at, 1 << 64) for at, byte in enumerate(text)) % (1 << 64)


def ascending(texts: list[bytes]) -> Numbers:
    return distinct(numbers_of(texts))


@given(_TEXTS)
def test_the_numbers_of_texts_are_the_sums_that_are_described(texts: list[bytes]) -> None:
    assert numbers_of(texts).tolist() == list(map(number, texts))


@given(st.binary(max_size=12), st.data())
def test_a_piece_has_the_number_that_it_has_alone(text: bytes, data: st.DataObject) -> None:
    blob, _, _ = blob_of([text])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = blob.numbers(np.array([start]), np.array([end]))
    assert found.tolist() == [number(text[start:end])]


@given(_TEXTS, st.tuples(st.integers(0, 255), st.integers(0, 255)))
def test_the_kernel_tells_what_arrays_tell(texts: list[bytes], ends: tuple[int, int]) -> None:
    blob, starts, stops = blob_of(texts)
    assert blob.numbers(starts, stops).tolist() == blob.plain_numbers(starts, stops).tolist()
    expected = [all(ends[0] <= byte <= ends[1] for byte in text) for text in texts]
    for within in (blob.are_within, blob.plainly_within):
        assert within(starts, stops, *ends).tolist() == expected


@given(
    st.lists(st.one_of(st.integers(0, (1 << 64) - 1), st.integers(0, 40)), max_size=200),
    st.lists(st.one_of(st.integers(0, (1 << 64) - 1), st.integers(0, 40)), max_size=60),
)
def test_the_kernel_finds_places_as_arrays_do(held: list[int], asked: list[int]) -> None:
    kept, numbers = np.sort(np.array(held, np.uint64)), np.array(held[::3] + asked, np.uint64)
    expected = kept.searchsorted(numbers).tolist()
    module = kernel("hashing")
    if module is not None:
        assert module.places(kept, numbers).tolist() == expected
    assert are_among(numbers, kept).tolist() == np.isin(numbers, kept).tolist()


_NUMBERS = st.integers(0, (1 << 64) - 1) | st.integers(0, 9) | st.just((1 << 64) - 1)


@given(st.lists(st.lists(st.tuples(_NUMBERS, st.integers(0, 99))), min_size=1, max_size=4))
def test_texts_are_counted_by_terms_as_dictionaries_count_them(
    fields: list[list[tuple[int, int]]],
) -> None:
    expected: Counter[int] = Counter()
    for term, count in chain(*fields):
        expected[term] += count
    numbers = [np.array([term for term, _ in one], np.uint64) for one in fields]
    texts = [np.array([count for _, count in one], np.int64) for one in fields]
    counts, places = counted(numbers, texts)
    assert dict(zip(counts.numbers.tolist(), counts.counts.tolist(), strict=True)) == expected
    assert counts.numbers.tolist() == sorted(expected)
    assert [counts.numbers[at].tolist() for at in places] == [one.tolist() for one in numbers]
    if any(fields):
        distinct_, sums, where = plain_sums(numbers, texts)
        assert distinct_.tolist() == counts.numbers.tolist()
        assert sums.tolist() == counts.counts.tolist()
        assert where.tolist() == np.concatenate(places).tolist()


def test_terms_of_numbers_that_lie_together_are_counted_too() -> None:
    numbers = np.arange(5000, dtype=np.uint64) // np.uint64(2)
    counts, (places,) = counted([numbers], [np.ones(5000, np.int64)])
    assert counts.numbers.tolist() == [*range(2500)]
    assert counts.counts.tolist() == [2] * 2500
    assert places.tolist() == numbers.tolist()


@pytest.mark.parametrize(
    ("starts", "ends"),
    [([2], [1]), ([0, -1], [1, 1]), ([0], [4]), ([4], [4]), ([0, 1], [1]), ([-2], [-1])],
)
def test_no_piece_lies_outside_its_text_or_ends_before_it_begins(
    starts: list[int], ends: list[int]
) -> None:
    blob, _, _ = blob_of([b"abc"])
    bounds = np.array(starts, np.int64), np.array(ends, np.int64)
    for numbers in (blob.numbers, blob.plain_numbers):
        with pytest.raises(IndexError):
            numbers(*bounds)
    for within in (blob.are_within, blob.plainly_within):
        with pytest.raises(IndexError):
            within(*bounds, 97, 122)


@given(_TEXTS, _TEXTS)
def test_what_is_among_others_is_told(texts: list[bytes], asked: list[bytes]) -> None:
    assert ascending(texts).tolist() == sorted({number(text) for text in texts})
    expected = [text in texts for text in asked]
    assert are_among(numbers_of(asked), ascending(texts)).tolist() == expected
    seen = AtAGlance([numbers_of(texts)]).has(numbers_of(asked)).tolist()
    assert all(there for there, right in zip(seen, expected, strict=True) if right)


@given(st.dictionaries(st.binary(max_size=5), st.integers(1, 9)), _TEXTS)
def test_counts_are_those_of_a_dictionary(having: dict[bytes, int], asked: list[bytes]) -> None:
    numbers = numbers_of(list(having))
    order = numbers.argsort()
    counts = Counts(numbers[order], np.array(list(having.values()), np.int64)[order])
    assert counts.of(numbers_of(asked)).tolist() == [having.get(text, 0) for text in asked]
