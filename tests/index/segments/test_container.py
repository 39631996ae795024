"""The file of arrays: what was written is read, and nothing that was altered."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import Any
from zlib import crc32

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from whoosh.filedb.filestore import RamStorage

from index.errors import FileDamaged, FileMissing
from index.segments.container import BLOCK, Container, ContainerWriter, Section

_TYPES = st.sampled_from(["|u1", "<u2", "<u4", "<u8", "|i1", "<i2", "<i4", "<i8", "<f4", "<f8"])
_sections = st.dictionaries(
    st.text(max_size=5),
    _TYPES.flatmap(lambda kind: arrays.arrays(kind, st.integers(0, 50))),
    max_size=5,
)


def _write(sections: Mapping[str, np.ndarray[Any, Any]], **facts: Any) -> RamStorage:
    storage = RamStorage()
    writer = ContainerWriter(storage, "file", "kind")
    for name, items in sections.items():
        writer.add(name, items)
    writer.finish(facts)
    return storage


def _equal(section: Section, items: np.ndarray[Any, Any]) -> bool:
    found = section.all()
    return found.dtype == items.dtype and found.tobytes() == items.tobytes()


@given(_sections, st.dictionaries(st.text(), st.integers(0, 9)))
def test_what_was_written_is_read(
    sections: Mapping[str, np.ndarray[Any, Any]], facts: Mapping[str, int]
) -> None:
    container = Container(_write(sections, facts=facts), "file", "kind")
    assert container.facts == {"facts": facts}
    assert container.sections.keys() == sections.keys()
    for name, items in sections.items():
        assert _equal(container[name], items)
    container.verify()
    with pytest.raises(FileDamaged, match="no section"):
        container["another name"]


@pytest.mark.parametrize("size", range(1, 9))
def test_checksums_are_read_where_a_processor_reads_numbers(size: int) -> None:
    """They stand behind the last section, wherever that ends."""
    container = Container(_write({"last": np.ones(size, np.uint8)}), "file", "kind")
    assert container["last"].checksums.flags.aligned
    assert container["last"].checksums.tolist() == [crc32(bytes([1]) * size)]


@given(st.lists(st.tuples(st.booleans(), st.binary(max_size=300)), max_size=20))
def test_sections_are_written_piece_by_piece_beside_each_other(
    pieces: list[tuple[bool, bytes]],
) -> None:
    storage = RamStorage()
    writer = ContainerWriter(storage, "file", "kind")
    whole = [b"".join(piece for side, piece in pieces if side is one) for one in (True, False)]
    first = writer.reserve("first", np.dtype("|u1"), len(whole[0]))
    second = writer.stream("second", np.dtype("|u1"))
    for side, piece in pieces:
        (first if side else second).write(piece)
    writer.add("third", np.arange(3, dtype=np.uint32))
    writer.finish({})
    container = Container(storage, "file", "kind")
    assert [container[name].all().tobytes() for name in ("first", "second")] == whole
    assert container["third"].all().tolist() == [0, 1, 2]


def test_parts_are_verified_block_by_block() -> None:
    items = np.arange(3 * BLOCK // 4 + 5, dtype=np.uint32)
    storage = _write({"a": items})
    content = bytearray(storage.files["file"])
    content[64 + BLOCK + 9] ^= 1
    storage.files["file"] = bytes(content)
    section = Container(storage, "file", "kind")["a"]
    quarter = BLOCK // 4
    assert section.part(0, quarter).tolist() == list(range(quarter))
    assert section.part(2 * quarter, len(items)).tolist() == list(range(2 * quarter, len(items)))
    assert section.item(len(items) - 1) == len(items) - 1
    for start, stop in ((0, quarter + 1), (quarter, quarter + 1), (0, len(items))):
        with pytest.raises(FileDamaged, match="checksum"):
            section.part(start, stop)
    with pytest.raises(FileDamaged, match="checksum"):
        section.item(quarter)
    for start, stop in ((-1, 2), (3, 2), (0, len(items) + 1)):
        with pytest.raises(FileDamaged, match="no items"):
            section.part(start, stop)
    with pytest.raises(FileDamaged, match="no item"):
        section.item(len(items))


@pytest.mark.parametrize("altered", range(12))
def test_many_blocks_are_verified_at_once(altered: int) -> None:
    items = np.arange(11 * BLOCK // 4 + 5, dtype=np.uint32)  # the last of twelve is short
    storage = _write({"a": items})
    content = bytearray(storage.files["file"])
    content[64 + altered * BLOCK + 9] ^= 1
    storage.files["file"] = bytes(content)
    section = Container(storage, "file", "kind")["a"]
    for _ in range(2):
        with pytest.raises(FileDamaged, match=rf"block {altered}\)"):
            section.all()
    sound = altered * BLOCK // 4
    assert section.part(0, sound).tolist() == list(range(sound))
    assert list(section.seen()) == [1] * altered + [0] * (12 - altered)
    behind = section.part((altered + 1) * BLOCK // 4, len(items)) if altered < 11 else items[:0]
    assert behind.tolist() == items[(altered + 1) * BLOCK // 4 :].tolist()


def test_many_sound_blocks_are_seen_by_one_look() -> None:
    items = np.arange(11 * BLOCK // 4 + 5, dtype=np.uint32)
    section = Container(_write({"a": items}), "file", "kind")["a"]
    assert section.part(1, 9 * BLOCK // 4).tolist() == items[1 : 9 * BLOCK // 4].tolist()
    assert list(section.seen()) == [1] * 9 + [0] * 3
    assert section.all().tolist() == items.tolist()
    assert all(section.seen())


def _as_before(content: bytes) -> bytes:
    """A file of one section as version 1 had it, a checksum for every 64 KiB."""
    start, number, size, *_ = struct.unpack_from("<QQQII8s", content, len(content) - 40)
    directory = content[start + 4 * number : start + 4 * number + size]
    (_, dtype, first, count), *_ = orjson.loads(directory)["sections"]
    items = content[first : first + count * np.dtype(dtype).itemsize]
    sums = [crc32(items[at : at + (1 << 16)]) for at in range(0, len(items), 1 << 16)]
    end = struct.pack(f"<{len(sums)}I", *sums) + directory
    end += struct.pack("<QQQ", start, len(sums), size)
    head = content[:8] + struct.pack("<I", 1) + content[12:start]
    return head + end + struct.pack("<II8s", crc32(end), 1, content[:8])


def test_files_with_blocks_of_64_kib_are_read_and_verified() -> None:
    items = np.arange(50_000, dtype=np.uint32)
    storage = _write({"a": items})
    storage.files["file"] = content = _as_before(storage.files["file"])
    Container(storage, "file", "kind").verify()
    assert _equal(Container(storage, "file", "kind")["a"], items)
    altered = bytearray(content)
    altered[64 + (1 << 16) + 9] ^= 1
    storage.files["file"] = bytes(altered)
    section = Container(storage, "file", "kind")["a"]
    assert section.item(1 << 15) == 1 << 15
    with pytest.raises(FileDamaged, match="checksum"):
        section.item(1 << 14)


_SMALL: Mapping[str, np.ndarray[Any, Any]] = {
    "a": np.arange(70, dtype=np.uint32),
    "empty": np.zeros(0, np.uint8),
    "b": np.arange(5, dtype=np.float64),
}


def _open(content: bytes) -> Container:
    storage = RamStorage()
    storage.files["file"] = content
    container = Container(storage, "file", "kind")
    container.verify()
    return container


def test_every_altered_byte_is_found_or_is_between_sections() -> None:
    content = _write(_SMALL, fact=1).files["file"]
    starts = {"a": 64, "b": 64 + 5 * 64}
    held = {
        place
        for name, start in starts.items()
        for place in range(start, start + _SMALL[name].nbytes)
    }
    # Behind the last section, the directory begins at once.
    padding = set(range(12, starts["b"])) - held
    for place in range(len(content)):
        for bit in range(8):
            altered = bytearray(content)
            altered[place] ^= 1 << bit
            if place in padding:
                container = _open(bytes(altered))
                assert all(_equal(container[name], items) for name, items in _SMALL.items())
            else:
                with pytest.raises(FileDamaged):
                    _open(bytes(altered))


def test_every_cut_is_found() -> None:
    content = _write(_SMALL, fact=1).files["file"]
    for size in range(len(content)):
        with pytest.raises(FileDamaged):
            _open(content[:size])
        with pytest.raises(FileDamaged):
            _open(content[size + 1 :])
    with pytest.raises(FileDamaged):
        _open(content + b"\0")


def test_another_kind_and_a_missing_file_are_named() -> None:
    storage = _write({})
    with pytest.raises(FileDamaged, match="kind, not other"):
        Container(storage, "file", "other")
    with pytest.raises(FileMissing, match="another: it is missing"):
        Container(storage, "another", "kind")


def test_items_of_another_type_are_refused() -> None:
    """70,000 would become 4,464 in two bytes."""
    writer = ContainerWriter(RamStorage(), "file", "kind")
    section = writer.reserve("numbers", np.dtype("<u2"), 1)
    for items in (np.array([70_000]), np.zeros(0), b"ab"):
        with pytest.raises(TypeError, match="numbers"):
            section.write(items)
    section.write(np.array([7], "<u2"))


def test_sections_that_cannot_be_are_named() -> None:
    writer = ContainerWriter(RamStorage(), "file", "kind")
    writer.add("a", np.zeros(2, np.uint8))
    with pytest.raises(ValueError, match="section a comes twice"):
        writer.add("a", np.zeros(2, np.uint8))
    with pytest.raises(ValueError, match="section b cannot be of complex128"):
        writer.add("b", np.zeros(2, np.complex128))
    writer.reserve("c", np.dtype("|u1"), 2).write(b"x")
    with pytest.raises(ValueError, match="section c"):
        writer.finish({})
