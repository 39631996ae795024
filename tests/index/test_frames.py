"""Frames come back whole, and nothing that a frame tells of itself is believed."""

from __future__ import annotations

import os
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from index.frames import FrameDamaged, packed, quick_packing, told_bytes, unpacked

TEXT = b"harga beras " * 9
LEVELS = st.sampled_from([1, 3, 19])
QUICK = 0
TEXTS = st.binary(max_size=300) | st.builds(
    lambda seed, size: b"".join(Random(seed).choices([b"harga ", b"beras ", b"naik. "], k=size)),
    st.integers(0, 1 << 32),
    st.integers(0, 20_000),
)


@given(TEXTS, st.just(QUICK) | LEVELS)
def test_what_is_packed_comes_back(text: bytes, level: int) -> None:
    frame = quick_packing()(text) if level == QUICK else packed(text, level)
    assert told_bytes(frame) == len(text)
    assert unpacked(frame, len(text)) == text
    assert unpacked(memoryview(b"x" + frame)[1:], len(text)) == text


@given(TEXTS.filter(bool), st.data())
def test_damage_is_told_or_alters_nothing_but_letters(text: bytes, data: st.DataObject) -> None:
    frame = bytearray(quick_packing()(text))
    for place in data.draw(st.lists(st.integers(0, len(frame) - 1), min_size=1, max_size=3)):
        frame[place] = data.draw(st.integers(0, 255))
    del frame[data.draw(st.integers(1, len(frame))) :]
    try:
        found = unpacked(bytes(frame), len(text))
    except FrameDamaged:
        return
    assert len(found) == len(text)


@pytest.mark.parametrize("size", [0, 107, 109, 1 << 39, 1 << 62, -1])
def test_a_frame_of_another_size_is_damage(size: int) -> None:
    with pytest.raises(FrameDamaged):
        unpacked(packed(TEXT, 1), size)


@pytest.mark.parametrize(
    "frame",
    [
        packed(TEXT, 1)[:-1],
        packed(TEXT, 1) + b"\0",
        packed(TEXT, 1) * 2,
        b"\x50\x2a\x4d\x18\0\0\0\0" + packed(TEXT, 1),
        TEXT,
        b"",
        zstandard.ZstdCompressor(write_content_size=False).compress(TEXT),
    ],
)
def test_what_is_not_one_frame_that_tells_its_size_is_damage(frame: bytes) -> None:
    with pytest.raises(FrameDamaged):
        unpacked(frame, len(TEXT))
    assert unpacked(packed(TEXT, 1), len(TEXT)) == TEXT


def test_a_frame_may_have_a_checksum_which_must_fit() -> None:
    frame = zstandard.ZstdCompressor(write_checksum=True).compress(TEXT)
    assert unpacked(frame, len(TEXT)) == TEXT
    with pytest.raises(FrameDamaged):
        unpacked(frame[:-1] + bytes([frame[-1] ^ 1]), len(TEXT))


def _telling(size: int, frame: bytes) -> bytes:
    """A frame that tells another size, in 8 bytes."""
    head = zstandard.frame_header_size(frame)
    return frame[:4] + b"\xe0" + size.to_bytes(8, "little") + frame[head:]


def test_no_more_is_unpacked_than_there_is_to_be() -> None:
    zeros = bytes(1 << 26)
    bomb = packed(zeros, 1)
    assert unpacked(_telling(1 << 26, bomb), 1 << 26) == zeros
    del zeros
    tracemalloc.start()
    try:
        for size in (1 << 20, (1 << 26) - 1, (1 << 26) + 1, 1 << 40, (1 << 64) - 1):
            with pytest.raises(FrameDamaged):
                unpacked(_telling(size, bomb), 1 << 20)
        assert tracemalloc.get_traced_memory()[1] < 3 << 20
    finally:
        tracemalloc.stop()


def test_a_size_that_is_not_told_is_none() -> None:
    frame = zstandard.ZstdCompressor(write_content_size=False).compress(TEXT)
    assert told_bytes(frame) is None
    with pytest.raises(FrameDamaged):
        told_bytes(b"")


def test_threads_pack_and_unpack_side_by_side() -> None:
    texts = [Random(seed).randbytes(40) * (seed * 40) for seed in range(1, 60)]

    def there_and_back(text: bytes) -> bool:
        return all(unpacked(packed(text, 1), len(text)) == text for _ in range(20))

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(there_and_back, texts))


def test_a_fork_has_its_own() -> None:
    frame = packed(TEXT, 1)
    child = os.fork()
    if not child:
        same = packed(TEXT, 1) == frame and unpacked(frame, len(TEXT)) == TEXT
        os._exit(0 if same else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert unpacked(frame, len(TEXT)) == TEXT
