"""The kernel that inflates gives what zlib gives, of damaged members, too, and says the same."""

from __future__ import annotations

import gzip
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.kernels import kernel
from index.sources.inputs.gzipped import ByKernel, ByZlib, Damaged

pytestmark = pytest.mark.skipif(kernel("inflating") is None, reason="there is no kernel")

LEAST = 300
IN_A_BYTE = 8 * 258
"""The most that is unpacked of one byte: eight matches."""
WORDS = b"pemerintah mengatakan bahwa harga beras di pasar induk naik lagi. ".split(b" ")
STRATEGIES = (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FIXED, zlib.Z_HUFFMAN_ONLY, zlib.Z_RLE)
HEAD = b"\x1f\x8b\x08\0\0\0\0\0\0\xff"


def text(seed: int, size: int) -> bytes:
    """Words, bytes at random, and runs, which match near and far."""
    told = random.Random(seed)
    parts: list[bytes] = []
    while sum(map(len, parts)) < size:
        match told.randrange(4):
            case 0:
                parts.append(told.randbytes(told.randrange(80)))
            case 1:
                parts.append(told.randbytes(told.randrange(1, 20)) * told.randrange(60))
            case _:
                parts.extend(told.choice(WORDS) + b" " for _ in range(told.randrange(200)))
    return b"".join(parts)[:size]


def member(content: bytes, level: int, strategy: int, flushed: int) -> bytes:
    pack = zlib.compressobj(level, zlib.DEFLATED, 31, 9, strategy)
    packed = b""
    for at in range(0, len(content), flushed):
        packed += pack.compress(content[at : at + flushed]) + pack.flush(zlib.Z_FULL_FLUSH)
    return packed + pack.flush()


def unpacked(
    one: ByZlib | ByKernel, data: bytes, sizes: list[int], most: int
) -> tuple[bytes, str, bytes]:
    """The content, what is wrong, and what is behind it: as ``packing`` asks for it."""
    got = b""
    at = turn = 0
    try:
        while at < len(data) or not one.needs_input:
            size = 0
            if one.needs_input:
                size = sizes[turn % len(sizes)]
                turn += 1
            piece = one.decompress(data[at : at + size], most)
            assert len(piece) <= most
            got += piece
            at += size
            if one.eof:
                return got, "", one.unused_data + data[at:]
    except Damaged as damaged:
        return got + damaged.rest, str(damaged), b""
    return got, "cut", b""


def assert_same(data: bytes, sizes: list[int], most: int = 1 << 18) -> tuple[bytes, str, bytes]:
    content, wrong, behind = unpacked(ByZlib(), data, sizes, most)
    ours = unpacked(ByKernel(), data, sizes, most)
    assert ours[1:] == (wrong, behind)
    assert ours[0][: len(content)] == content
    more = len(ours[0]) - len(content)
    assert more == 0 or (wrong.startswith("Error") and more <= IN_A_BYTE)
    return ours


sizes_of_input = st.lists(st.integers(1, 5000), min_size=1, max_size=5)


@given(
    seed=st.integers(0, 1 << 30),
    size=st.integers(0, 100_000),
    level=st.integers(0, 9),
    strategy=st.sampled_from(STRATEGIES),
    flushed=st.integers(50, 200_000),
    sizes=sizes_of_input,
    most=st.integers(LEAST, 1 << 17),
)
@settings(max_examples=60)
def test_content_comes_back_however_it_was_packed(  # noqa: PLR0917 - given by Hypothesis
    seed: int, size: int, level: int, strategy: int, flushed: int, sizes: list[int], most: int
) -> None:
    content = text(seed, size)
    data = member(content, level, strategy, flushed) + b"behind"
    assert assert_same(data, sizes, most) == (content, "", b"behind")


@given(
    seed=st.integers(0, 1 << 30),
    level=st.sampled_from([0, 1, 6]),
    strategy=st.sampled_from(STRATEGIES),
    sizes=sizes_of_input,
    data=st.data(),
)
@settings(max_examples=150)
def test_of_what_is_damaged_or_cut_comes_what_zlib_gives(
    seed: int, level: int, strategy: int, sizes: list[int], data: st.DataObject
) -> None:
    whole = bytearray(member(text(seed, 3000), level, strategy, 1000))
    for _ in range(data.draw(st.integers(0, 3))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at] ^= 1 << data.draw(st.integers(0, 7))
    cut = data.draw(st.integers(0, len(whole)))
    assert_same(bytes(whole), sizes)
    assert_same(bytes(whole[:cut]), sizes)


@given(st.binary(max_size=400), st.integers(0, 7), sizes_of_input)
@settings(max_examples=300)
def test_any_bits_are_taken_as_zlib_takes_them(data: bytes, begin: int, sizes: list[int]) -> None:
    first = bytes([begin | (data[0] & 0xF8 if data else 0)])  # each kind of block
    assert_same(HEAD + first + data[1:], sizes)


def bits(*fields: tuple[int, int]) -> bytes:
    """Fields of so many bits each, the lowest first."""
    value = at = 0
    for field, size in fields:
        value |= field << at
        at += size
    return value.to_bytes(-(-at // 8), "little")


def codes(
    literals: dict[int, int], distances: dict[int, int], counts: tuple[int, int] = (257, 1)
) -> list[tuple[int, int]]:
    """A block's header with codes of these sizes, each told with a size of four bits."""
    fields = [(1, 1), (2, 2), (counts[0] - 257, 5), (counts[1] - 1, 5), (15, 4)]
    fields += [(0 if each < 3 else 4, 3) for each in range(19)]
    for of, count in ((literals, counts[0]), (distances, counts[1])):
        fields += [(int(f"{of.get(one, 0):04b}"[::-1], 2), 4) for one in range(count)]
    return fields


@pytest.mark.parametrize(
    "fields",
    [
        [(1, 1), (3, 2)],  # no kind of block
        [(1, 1), (0, 2), (0, 5), (5, 16), (5, 16)],  # a stored block whose size is not told twice
        [(1, 1), (2, 2), (31, 5), (0, 5), (0, 4)],
        [(1, 1), (2, 2), (0, 5), (31, 5), (0, 4)],
        [(1, 1), (2, 2), (0, 5), (0, 5), (15, 4), *[(1, 3)] * 19],  # too many sizes
        [(1, 1), (2, 2), (0, 5), (0, 5), (0, 4), (0, 12), (0, 400)],  # sizes without a code
        [(1, 1), (2, 2), (0, 5), (0, 5), (0, 4), (1, 3), (1, 3), (0, 6), (0, 9)],  # a repeat first
        codes({65: 1}, {}),  # no end of the block
        [*codes({256: 1}, {}), (0, 1)],  # nothing but an end
        [*codes({256: 1}, {}), (1, 1), (0, 20)],  # a code that none has
        codes({65: 1, 66: 1, 256: 1}, {}),
        codes({65: 2, 256: 2}, {}),
        codes({65: 1, 256: 1}, {0: 2}),
        [*codes({256: 1, 257: 1}, {0: 1}, (258, 1)), (1, 1), (0, 20)],  # a match before all
        [*codes({256: 1, 257: 1}, {}, (258, 1)), (1, 1), (0, 20)],  # a match without distances
        [*codes({65: 1, 256: 2, 257: 2}, {0: 1}, (258, 1)), (0, 1), (3, 2), (0, 1), (1, 2)],
        [*codes({65: 1, 256: 2, 257: 2}, {0: 1}, (258, 1)), (0, 1), (3, 2), (1, 1), (1, 20)],
        codes({65: 15, 256: 1, **dict(zip(range(66, 79), range(2, 15), strict=True)), 79: 15}, {}),
        [(1, 1), (1, 2), (0b01100011, 8), (0b111111, 20)],  # fixed, a symbol that is none
        [(1, 1), (1, 2), (0, 7)],
    ],
)
@pytest.mark.parametrize("behind", [0, 40])
def test_odd_blocks_are_taken_as_zlib_takes_them(
    fields: list[tuple[int, int]], behind: int
) -> None:
    packed = HEAD + bits(*fields) + bytes(behind)
    for sizes in ([1], [7], [100], [1000]):
        assert_same(packed, sizes)


@pytest.mark.parametrize("flags", range(256))
def test_headers_are_read_as_zlib_reads_them(flags: int) -> None:
    head = b"\x1f\x8b\x08" + bytes([flags]) + bytes(6)
    head += b"\3\0abc" if flags & 4 else b""
    head += b"nama berkas\0" if flags & 8 else b""
    head += b"\0" if flags & 16 else b""
    content = b"isi berita"
    pack = zlib.compressobj(6, zlib.DEFLATED, -15)
    end = struct.pack("<II", zlib.crc32(content), len(content))
    for sum_ in (zlib.crc32(head) & 0xFFFF, 1):
        told = struct.pack("<H", sum_) if flags & 2 else b""
        data = head + told + pack.copy().compress(content) + _flushed(pack, content) + end
        for size in (1, 3, 1000):
            assert_same(data, [size])


def _flushed(pack: zlib._Compress, content: bytes) -> bytes:
    one = pack.copy()
    one.compress(content)
    return one.flush()


@pytest.mark.parametrize("at", [0, 1, 2, -1, -4, -5, -8])
def test_what_is_around_the_content_is_compared(at: int) -> None:
    data = bytearray(gzip.compress(b"isi berita"))
    data[at] ^= 0xFF
    found = assert_same(bytes(data), [5])
    assert found[1].startswith("Error -3 while decompressing data: ")


def test_a_match_reaches_back_over_pieces() -> None:
    far = random.Random(1).randbytes(1 << 15)
    assert assert_same(gzip.compress(far * 30), [1 << 15])[0] == far * 30
    assert assert_same(gzip.compress(bytes(5_000_000)), [1 << 15])[0] == bytes(5_000_000)
