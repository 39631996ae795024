"""Frames are unpacked as the library does it, or left to it."""

from __future__ import annotations

import sys
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.kernels import kernel

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

frames = kernel("frames")
pytestmark = pytest.mark.skipif(frames is None, reason="the kernels are not in use")

WORDS = (b"harga ", b"beras ", b"naik, ", b"kata menteri itu.\n", b"10.000 ", "café ".encode())
LEVELS = st.sampled_from([-7, -1, 1, 3, 9, 19, 22])
SEEDS = st.integers(0, 1 << 32)


def _words(chance: Random, size: int) -> bytes:
    return b"".join(chance.choices(WORDS, k=size))


def _noise(chance: Random, size: int) -> bytes:
    return chance.randbytes(size * 20)


def _uneven(chance: Random, size: int) -> bytes:
    """Bytes of which some are much commoner: codes of many lengths."""
    return bytes(min(int(chance.expovariate(0.05)), 255) for _ in range(size))


def _of_two(chance: Random, size: int) -> bytes:
    return bytes(chance.choices(b"ab", k=size * 30))


def _repeated(chance: Random, size: int) -> bytes:
    return chance.randbytes(chance.randrange(1, 20)) * size * 20


KINDS = st.sampled_from([_words, _noise, _uneven, _of_two, _repeated])


@settings(max_examples=300)
@given(KINDS, SEEDS, st.integers(0, 3) | st.integers(0, 20_000), LEVELS)
def test_what_the_library_packs_is_unpacked(kind: object, seed: int, size: int, level: int) -> None:
    text = kind(Random(seed), size)  # type: ignore[operator]
    assert frames.unpacked(zstd.compress(text, level), len(text)) == text


def _by_the_library(frame: bytes, size: int) -> bytes | None:
    unpacking = zstd.ZstdDecompressor()
    try:
        text = unpacking.decompress(frame, size + 1)
    except zstd.ZstdError:
        return None
    whole = unpacking.eof and not unpacking.unused_data and len(text) == size
    return text if whole else None


@settings(max_examples=300)
@given(KINDS, SEEDS, st.integers(1, 300), LEVELS)
def test_a_damaged_frame_gives_what_the_library_gives_or_nothing(
    kind: object, seed: int, size: int, level: int
) -> None:
    chance = Random(seed)
    text = kind(chance, size)  # type: ignore[operator]
    packed = zstd.compress(text, level)
    for _ in range(20):
        frame = bytearray(packed)
        for _ in range(chance.randrange(1, 4)):
            frame[chance.randrange(len(frame))] = chance.randrange(256)
        harmed = bytes(frame[: chance.choice([len(frame), chance.randrange(len(frame))])])
        found = frames.unpacked(harmed, len(text))
        assert found is None or found == _by_the_library(harmed, len(text))


def test_a_frame_of_another_length_is_left_to_the_library() -> None:
    packed = zstd.compress(b"harga beras " * 9)
    for size in (0, 107, 109, 1 << 39, 1 << 62, -1):
        try:
            assert frames.unpacked(packed, size) is None
        except MemoryError:
            assert size > 1 << 32
    assert frames.unpacked(packed + b"\0", 108) is None
    assert frames.unpacked(packed[:-1], 108) is None
    assert frames.unpacked(packed, 108) == b"harga beras " * 9


def test_frames_with_a_checksum_or_without_a_length_are_left_to_the_library() -> None:
    text = b"harga beras " * 9
    options = zstd.CompressionParameter
    with_checksum = zstd.compress(text, options={options.checksum_flag: 1})
    without_size = zstd.compress(text, options={options.content_size_flag: 0})
    assert frames.unpacked(with_checksum, len(text)) is None
    assert frames.unpacked(without_size, len(text)) is None
