"""The compiled scanner finds, numbers and parts chunks as the one by array operations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.scanning import ArrayScanner, padded, scanner
from index.kernels import kernel
from tests.index.analysis.test_text import texts as words

compiled = kernel("scanning")
pytestmark = pytest.mark.skipif(compiled is None, reason="the kernels are not in use")

SIGNS = st.text("aB. \n\t\0!?\"”’‘(…¦é1-,'\u00a0\u2010\u2013\u2212\u2066日😀\ud800", max_size=40)
TEXTS = st.lists(words | SIGNS | st.text(max_size=20), max_size=5)
LONG = st.text("ab1.", min_size=10, max_size=50)


def scanned(road: Any, texts: list[str]) -> tuple[list[bytes], list[list[int]]]:
    written = [text.encode("utf-8", "surrogatepass") for text in texts]
    ends = np.cumsum([len(text) + 1 for text in written], dtype=np.int64)
    numbers, *others = road.scan(padded(written), ends)
    return [road.distinct[one] for one in numbers.tolist()], [one.tolist() for one in others]


@given(st.lists(TEXTS, max_size=4))
def test_any_texts_are_scanned_alike(calls: list[list[str]]) -> None:
    roads = scanner(), ArrayScanner()
    for call in calls:
        fast, slow = (scanned(road, call) for road in roads)
        assert fast == slow
    distinct, other = (road.distinct for road in roads)
    assert len({*distinct}) == len(distinct) == len(other)


@given(st.lists(st.lists(LONG, max_size=30), max_size=3))
def test_long_chunks_are_told_apart_alike(calls: list[list[str]]) -> None:
    roads = scanner(), ArrayScanner()
    for call in calls:
        fast, slow = (scanned(road, call * 2) for road in roads)
        assert fast == slow


@pytest.mark.parametrize("width", [1, 9, 12, 17, 40])
def test_a_vocabulary_may_outgrow_every_table(width: int) -> None:
    names = [f"{'x' * width}{number}q" for number in range(90_000)]
    one = scanner()
    text = " ".join(names)
    found, _ = scanned(one, [text, text])
    assert found == [name.encode() for name in names] * 2
    assert len(one.distinct) == len(names)


@given(st.binary(max_size=60), st.lists(st.integers(-5, 80), max_size=3).map(sorted))
def test_bytes_that_are_no_text_are_scanned_within_their_bounds(
    raw: bytes, ends: list[int]
) -> None:
    one = scanner()
    numbers, upto, begins, unless = one.scan(padded([raw]), np.array(ends, np.int64))
    assert all(0 <= number < len(one.distinct) for number in numbers.tolist())
    assert all(0 <= number <= len(numbers) for number in upto.tolist())
    assert all(0 < number < len(numbers) for number in begins.tolist())
    assert len(begins) == len(unless)


@pytest.mark.parametrize(
    "buffer",
    [b"", bytes(47), b"a" + bytes(60), bytes(2) + b"a" + bytes(47), bytes(20) + b"a" + bytes(40)],
    ids=["nothing", "too short", "no zero before", "too few behind", "a letter among them"],
)
def test_a_buffer_that_is_not_padded_is_refused(buffer: bytes) -> None:
    with pytest.raises(ValueError, match="zeros"):
        compiled.Scanner(_kinds()).scan(buffer, np.zeros(1, np.int64))


def test_a_zero_byte_that_is_no_separator_is_refused() -> None:
    with pytest.raises(ValueError, match="separator"):
        compiled.Scanner(np.ones(128, np.uint8))


def _kinds() -> Any:
    kinds = np.ones(128, np.uint8)
    kinds[:33] = 0
    return kinds
