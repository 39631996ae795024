"""Checksums are the same however bytes come, and whether pieces are summed one by one or not."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.checksums import IN_PIECES, PIECE, Summing, sums_of_pieces
from index.kernels import kernel

compiled = kernel("pieces")

SIZES = st.integers(0, 3 * PIECE) | st.sampled_from(
    [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 9 * PIECE + 5]
)


def data_of(size: int) -> bytes:
    return (bytes(range(251)) * (size // 251 + 1))[:size]


def summed(blocks: Sequence[bytes], like: str | None = None) -> str:
    found = Summing(like)
    for block in blocks:
        found.update(block)
    return found.checksum()


def plain(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


@given(SIZES)
def test_that_of_a_long_file_is_of_the_sums_of_its_pieces(size: int) -> None:
    data = data_of(size)
    if size <= PIECE:
        assert summed([data]) == plain(data).hex()
    else:
        sums = [plain(data[at : at + PIECE]) for at in range(0, size, PIECE)]
        assert summed([data]) == IN_PIECES + plain(b"".join(sums)).hex()


@given(SIZES, st.lists(st.integers(0, 3 * PIECE), max_size=5), st.booleans())
def test_it_is_the_same_however_the_bytes_come(size: int, cuts: list[int], whole: bool) -> None:
    data = data_of(size)
    like = "0" * 32 if whole else None
    blocks = [data[a:b] for a, b in pairwise([0, *sorted(cuts), max([size, *cuts])])]
    assert summed(blocks, like) == summed([data], like)


@given(SIZES)
def test_files_of_before_are_summed_whole(size: int) -> None:
    data = data_of(size)
    assert summed([data], like="0" * 32) == plain(data).hex()
    assert summed([data], like=summed([data])) == summed([data])


@pytest.fixture(params=[False, True], ids=["one by one", "eight at once"])
def road(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Processors with wide vectors take the road of those without them, too."""
    if request.param and (compiled is None or not compiled.THERE):
        pytest.skip("without the kernel, or without vectors of 256 bits")
    if compiled is not None:
        monkeypatch.setattr(compiled, "THERE", request.param)


@pytest.mark.usefixtures("road")
def test_several_pieces_have_the_sums_of_each() -> None:
    for pieces in range(20):
        data = data_of(pieces * PIECE)
        each = [plain(data[at : at + PIECE]) for at in range(0, len(data), PIECE)]
        assert sums_of_pieces(memoryview(data)) == b"".join(each)
