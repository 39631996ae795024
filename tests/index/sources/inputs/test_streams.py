"""Bytes from disk to lines."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sources.inputs.packing import unpacked
from index.sources.inputs.streams import LONGEST, Broken, lines, whole
from index.sources.problems import ProblemKind
from index.sources.report import ReadReport
from tests.index.sources.archive import packed as gzipped

CONTENT = b"".join(b"baris ke-%d dari arsip\n" % number for number in range(3000))


def read(data: bytes, *, packed: bool = True) -> tuple[bytes, Broken | None]:
    """What could be read, and what ended it early."""
    got = bytearray()
    try:
        for block in unpacked(BytesIO(data), ReadReport(), packed=packed):
            got += block
    except Broken as broken:
        return bytes(got), broken
    return bytes(got), None


@pytest.mark.parametrize("packed", [False, True])
def test_gzip_is_told_by_its_bytes_whatever_the_name_says(packed: bool) -> None:
    assert read(CONTENT, packed=packed) == (CONTENT, None)
    assert read(gzipped(CONTENT), packed=packed) == (CONTENT, None)


def test_members_of_gzip_follow_each_other_with_or_without_padding() -> None:
    data = gzipped(CONTENT) + gzipped(b"") + bytes(512) + gzipped(b"akhir") + bytes(100_000)
    assert read(data) == (CONTENT + b"akhir", None)


def test_the_bytes_on_disk_are_counted() -> None:
    report = ReadReport()
    data = gzipped(CONTENT)
    assert b"".join(unpacked(BytesIO(data), report)) == CONTENT
    assert report.bytes_read == len(data)


def test_a_byte_order_mark_is_dropped() -> None:
    assert read(b"\xef\xbb\xbfisi") == (b"isi", None)
    assert read(gzipped(b"\xef\xbb\xbfisi")) == (b"isi", None)


@given(st.integers(0, len(gzipped(CONTENT)) - 1))
def test_a_truncated_gzip_gives_what_came_before(size: int) -> None:
    got, broken = read(gzipped(CONTENT)[:size])
    assert CONTENT.startswith(got)
    assert broken is not None
    assert broken.kind is ProblemKind.TRUNCATED_PACKED


def test_the_more_of_a_gzip_is_left_the_more_is_read() -> None:
    data = gzipped(CONTENT)
    sizes = [len(read(data[:size])[0]) for size in range(0, len(data), 500)]
    assert sizes == sorted(sizes)
    assert len(read(data[:-8])[0]) == len(CONTENT)


def test_a_damaged_gzip_gives_what_came_before() -> None:
    data = bytearray(gzip.compress(CONTENT, compresslevel=0, mtime=0))
    data[-4:] = b"\0\0\0\0"
    assert read(bytes(data))[0] == CONTENT
    garbage = gzipped(CONTENT) + b"tambahan"
    got, broken = read(garbage)
    assert got == CONTENT
    assert broken is not None
    assert broken.kind is ProblemKind.DAMAGED_PACKED


@given(st.lists(st.binary(max_size=9)))
def test_lines_are_those_of_split_however_the_content_is_cut(parts: list[bytes]) -> None:
    whole = b"".join(parts)
    expected = list(enumerate(whole.split(b"\n"), start=1))
    if not expected[-1][1]:
        expected.pop()
    assert list(lines(parts)) == expected


def test_a_line_too_long_is_dropped_and_the_next_is_read() -> None:
    content = (part for part in [b"a\n", *[b"x" * 2**20] * 50, b"\nb\n", b"c"])
    assert list(lines(content)) == [(1, b"a"), (2, None), (3, b"b"), (4, b"c")]


def test_the_longest_line_is_kept_and_one_byte_more_is_not() -> None:
    [(_, kept)] = lines([b"x" * LONGEST])
    assert kept is not None
    assert list(lines([b"x" * LONGEST, b"x\n"])) == [(1, None)]
    assert list(lines([b"y\n" + b"x" * LONGEST + b"x\nz"])) == [(1, b"y"), (2, None), (3, b"z")]


def test_a_break_names_the_line_it_happened_in() -> None:
    def content() -> object:
        yield b"satu\ndua\nti"
        raise Broken(ProblemKind.TRUNCATED_PACKED, "")

    with pytest.raises(Broken) as caught:
        list(lines(content()))  # type: ignore[arg-type]
    assert (caught.value.line, caught.value.rest) == (3, b"ti")


@pytest.mark.parametrize("blocks", [[], [b""], [b"ab", b"", b"c"], [b"x" * LONGEST]])
def test_content_of_at_most_an_article_is_whole(blocks: list[bytes]) -> None:
    assert whole(iter(blocks)) == b"".join(blocks)


def test_no_more_of_longer_content_is_taken_than_says_so() -> None:
    blocks = iter([b"x" * LONGEST, b"y", b"z"])
    assert whole(blocks) is None
    assert list(blocks) == [b"z"]
