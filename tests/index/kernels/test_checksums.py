"""Checksums are zlib's."""

from __future__ import annotations

import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.kernels import kernel

checksums = kernel("checksums")
pytestmark = pytest.mark.skipif(checksums is None, reason="the kernels are not in use")

BYTES = random.Random(16).randbytes(1 << 16)


@given(st.integers(0, 400), st.integers(0, 1200), st.integers(0, 2**32 - 1))
def test_any_bytes_after_any_others(start: int, size: int, before: int) -> None:
    part = BYTES[start : start + size]
    assert checksums.crc32(part, before) == zlib.crc32(part, before)
    assert checksums.crc32(memoryview(BYTES)[start : start + size]) == zlib.crc32(part)


@pytest.mark.parametrize(
    "size", [0, 1, 63, 64, 65, 79, 80, 255, 256, 272, 320, 511, 512, 528, 4096, 65_535, 65_536]
)
def test_blocks(size: int) -> None:
    for part in (BYTES[:size], bytes(size), b"\xff" * size):
        assert checksums.crc32(part) == zlib.crc32(part)


@given(st.integers(0, 700), st.sampled_from([1, 15, 16, 48, 64, 65, 80, 128]))
def test_blocks_one_after_the_other(size: int, block: int) -> None:
    found = checksums.crc32_of_blocks(BYTES[:size], block)
    assert found.tolist() == [
        zlib.crc32(BYTES[:size][at : at + block]) for at in range(0, size, block)
    ]


@pytest.mark.parametrize("block", [0, -4096])
def test_blocks_of_no_bytes_are_refused(block: int) -> None:
    with pytest.raises(ValueError, match="blocks have bytes"):
        checksums.crc32_of_blocks(b"", block)
