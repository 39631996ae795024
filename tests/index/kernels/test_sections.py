"""Views and strings of sections give what arrays give, and nothing that is not verified."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import FileDamaged
from index.kernels import kernel
from index.segments.container import BLOCK
from tests.index.kernels.memory import apart

sections, strings = kernel("sections"), kernel("strings")
pytestmark = pytest.mark.skipif(sections is None, reason="the kernels are not in use")

WIDTHS = pytest.mark.parametrize("dtype", ["|u1", "<u2", "<u4", "<u8"])


@WIDTHS
@given(st.lists(st.integers(0, 255), max_size=20), st.integers(-3, 25), st.integers(-3, 25))
def test_items_are_those_of_the_array(dtype: str, items: list[int], start: int, stop: int) -> None:
    section = apart("x", np.array(items, dtype))
    view = sections.View(section)
    assert (len(view), view.width) == (len(items), np.dtype(dtype).itemsize)
    if 0 <= start <= stop <= len(items):
        assert view.items(start, stop) == items[start:stop]
    else:
        with pytest.raises(FileDamaged, match="has no items"):
            view.items(start, stop)


@WIDTHS
def test_a_block_is_verified_before_it_is_read(dtype: str) -> None:
    count = 2 * BLOCK // np.dtype(dtype).itemsize + 1
    section = apart("x", np.ones(count, dtype))
    section.checksums[1] += 1
    view = sections.View(section)
    first = BLOCK // view.width
    assert view.items(first - 2, first) == [1, 1]
    assert view.items(count - 1, count) == [1]
    assert view.items(first, first) == []
    for start, stop in ((first - 1, first + 1), (first, first + 1), (0, count)):
        with pytest.raises(FileDamaged, match=r"checksum in x does not fit \(block 1\)"):
            view.items(start, stop)


@pytest.mark.parametrize("dtype", ["<i4", "<f4", "<f8"])
def test_only_unsigned_integers_are_read(dtype: str) -> None:
    with pytest.raises(TypeError):
        sections.View(apart("x", np.zeros(2, dtype)))


@pytest.mark.parametrize("dtype", ["<u2", "<u4", "<u8"])
def test_numbers_between_the_places_of_numbers_are_refused(dtype: str) -> None:
    section = apart("x", np.ones(4, dtype))
    memory = bytearray(section.array.nbytes + 8)
    section._blocks = memoryview(memory)[1 : 1 + section.array.nbytes]
    with pytest.raises(ValueError, match="where a processor reads"):
        sections.View(section)


def test_checksums_between_the_places_of_numbers_are_refused() -> None:
    section = apart("x", np.ones(4, np.uint8))
    section.checksums = np.frombuffer(bytes(9), "<u4", 1, 1)
    with pytest.raises(ValueError, match="where a processor reads"):
        sections.View(section)


@given(st.lists(st.binary(max_size=6), max_size=8))
def test_strings_are_told_by_their_numbers(texts: list[bytes]) -> None:
    begins = np.cumsum([0, *map(len, texts)])
    joined = np.frombuffer(b"".join(texts), np.uint8)
    found = strings.Strings(apart("texts", joined), apart("places", begins.astype("<u4")))
    assert [found.get(number) for number in range(len(texts))] == texts
    for number in (-1, len(texts), 2**40):
        with pytest.raises(FileDamaged):
            found.get(number)


@pytest.mark.parametrize("places", [[0, 9], [3, 2], [2**64 - 1, 2], [2**63, 2**63 + 1], [0, 2**63]])
def test_strings_that_lie_outside_are_damage(places: list[int]) -> None:
    texts = apart("texts", np.zeros(4, np.uint8))
    found = strings.Strings(texts, apart("places", np.array(places, "<u8")))
    with pytest.raises(FileDamaged):
        found.get(0)
    with pytest.raises(TypeError):
        strings.Strings(apart("texts", np.zeros(4, "<u2")), texts)
