"""Packed files: four formats, broken ones, and bombs."""

from __future__ import annotations

import bz2
import gzip
import lzma
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from index.sources import ProblemKind, ReadReport
from index.sources.inputs.packing import Limits, unpacked
from index.sources.inputs.streams import LONGEST, Broken
from tests.conftest import ROOT
from tests.index.sources.archive import json_lines, kinds, packed, read, read_file

CONTENT = b"".join(b"baris ke-%d dari arsip\n" % number for number in range(3000))
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": packed,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}
PACKED = {ending: pack(CONTENT) for ending, pack in PACKERS.items()}
SMALL = Limits(ratio=20, unpacked=2**20)
DAMAGES = {
    ProblemKind.DAMAGED_PACKED,
    ProblemKind.TRUNCATED_PACKED,
    ProblemKind.UNPACKS_TOO_FAR,  # what is damaged may unpack to anything
}
each_packer = pytest.mark.parametrize("ending", PACKERS)


def unpack(data: bytes, limits: Limits = SMALL) -> tuple[bytes, ProblemKind | None]:
    got = bytearray()
    try:
        for block in unpacked(BytesIO(data), ReadReport(), packed=True, limits=limits):
            got += block
    except Broken as broken:
        return bytes(got), broken.kind
    return bytes(got), None


@each_packer
def test_content_comes_back(ending: str) -> None:
    assert unpack(PACKERS[ending](CONTENT)) == (CONTENT, None)
    assert unpack(PACKERS[ending](b"")) == (b"", None)


@each_packer
def test_parts_follow_each_other(ending: str) -> None:
    pack = PACKERS[ending]
    assert unpack(pack(CONTENT) + pack(b"") + pack(b"akhir")) == (CONTENT + b"akhir", None)


@each_packer
@given(share=st.floats(0, 1, exclude_max=True))
def test_a_file_that_ends_too_early_gives_what_came_before(ending: str, share: float) -> None:
    data = PACKED[ending]
    got, kind = unpack(data[: int(len(data) * share)])
    assert CONTENT.startswith(got)
    assert kind is ProblemKind.TRUNCATED_PACKED


@each_packer
@given(at=st.floats(0.05, 0.95), flip=st.integers(1, 255))
def test_damage_is_told_and_costs_nothing_before_it(ending: str, at: float, flip: int) -> None:
    data = bytearray(PACKED[ending] * 3)
    data[int(at * len(data))] ^= flip
    got, kind = unpack(bytes(data))
    if kind is None:  # a byte that nothing depends on, as the time in gzip's header
        assert got == CONTENT * 3
    else:
        assert kind in DAMAGES


@each_packer
def test_an_archive_of_articles_is_read_whatever_packs_it(tmp_path: Path, ending: str) -> None:
    content = json_lines({"id": 1, "isi": "Satu."}, {"id": 2, "isi": "Dua."})
    for name in (f"a.jsonl{ending}", f"b.JSONL{ending.upper()}", "c.jsonl", f"d{ending}"):
        articles, report = read_file(tmp_path, name, PACKERS[ending](content))
        assert ([article.id for article in articles], kinds(report)) == (["1", "2"], {})
    (tmp_path / f"d{ending}").unlink()  # in a folder the name must tell the format
    assert len(read(tmp_path)[0]) == 6


@each_packer
def test_a_text_may_begin_like_a_packed_file(tmp_path: Path, ending: str) -> None:
    begin = PACKERS[ending](b"")[:3].decode("latin-1")
    if begin.isprintable():
        [article], _ = read_file(tmp_path, "a.txt", begin.encode() + b"9 adalah kode kapal.")
        assert article.body.endswith("kode kapal.")


@each_packer
def test_a_bomb_is_left_and_what_came_before_is_kept(tmp_path: Path, ending: str) -> None:
    before = json_lines(*({"id": n, "isi": f"Isi {n}."} for n in range(5)))
    bomb = PACKERS[ending](before + b'{"isi": "' + b"x" * 2**23 + b'"}')
    (tmp_path / f"a.jsonl{ending}").write_bytes(bomb)
    (tmp_path / "b.jsonl").write_bytes(json_lines({"id": "b", "isi": "Sesudah."}))
    articles, report = read(tmp_path, limits=SMALL)
    assert [article.id for article in articles] == ["0", "1", "2", "3", "4", "b"]
    assert kinds(report) == {ProblemKind.UNPACKS_TOO_FAR: 1}
    assert report.examples[0].line == 6


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.txt", "a"])
def test_a_bomb_is_told_in_every_format(tmp_path: Path, name: str) -> None:
    before = b'{"isi": "' if "json" in name else b'isi\n"'
    bomb = packed(before + b"x" * 2**22)
    articles, report = read_file(tmp_path, f"{name}.gz", bomb, limits=SMALL)
    assert (articles, kinds(report)) == ([], {ProblemKind.UNPACKS_TOO_FAR: 1})


def test_a_ratio_alone_is_no_bomb_and_a_size_alone_is_none() -> None:
    assert unpack(packed(bytes(2**20)))[1] is None
    large = b"".join(b"%d," % (number * 7919 % 1_000_003) for number in range(400_000))
    assert len(large) > 2 * 2**20
    assert unpack(packed(large)) == (large, None)


def test_a_bomb_in_a_bomb_is_unpacked_once(tmp_path: Path) -> None:
    articles, report = read_file(tmp_path, "a.jsonl.gz", packed(packed(bytes(2**24))))
    assert (articles, kinds(report)) == ([], {ProblemKind.NOT_TEXT: 1})
    assert "bongkar dulu" in report.examples[0].indonesian


def test_a_frame_that_wants_too_much_memory_is_refused() -> None:
    # Its window descriptor (RFC 8878, 3.1.1.1.2) asks for 2 GiB.
    frame = b"\x28\xb5\x2f\xfd" + bytes([0, 21 << 3]) + b"\x01\0\0"
    assert unpack(frame) == (b"", ProblemKind.DAMAGED_PACKED)
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 1, "dict_size": 2**29}]
    assert unpack(lzma.compress(b"x", filters=filters)) == (b"", ProblemKind.DAMAGED_PACKED)


_PEAK = """
import re, sys
from index.sources import ReadReport, read_articles
report = ReadReport()
ids = [article.id for article in read_articles(sys.argv[1:], report)]
peak = int(re.search("VmHWM:\\s*(\\d+)", open("/proc/self/status").read())[1]) // 1024
print(peak, ",".join(ids), *sorted(report.kinds))
"""
HUGE = {
    "a.jsonl": (b'{"id": 1, "isi": "satu"}\n{"isi": "', b"x", b'"}\n{"id": 3, "isi": "tiga"}'),
    "a.csv": (b'id,isi\n1,satu\n2,"', b"x", b'"\n3,tiga\n'),
    "b.csv": (b"id,isi\n1,satu\n2,", b"x,", b"\n3,tiga\n"),
    "a.json": (b'[{"id": 1, "isi": "satu"}, {"isi": "', b"x", b'"}, {"id": 3, "isi": "tiga"}]'),
    "a.txt": (b"", b"x ", b""),
    "a": (b"", b"x", b""),
}


def peak(path: Path) -> tuple[int, list[str]]:
    """The most memory that reading takes, in MiB, and what is read and told."""
    done = subprocess.run(
        [sys.executable, "-c", _PEAK, path],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    memory, *others = done.stdout.split(" ")
    return int(memory), " ".join(others).split()


@pytest.mark.parametrize("name", HUGE)
@pytest.mark.parametrize("size", [3 * LONGEST, pytest.param(300 * 2**20, marks=pytest.mark.long)])
@pytest.mark.parametrize("pack", [False, True])
def test_a_huge_line_costs_little_memory_and_the_rest_goes_on(
    tmp_path: Path, name: str, size: int, pack: bool
) -> None:
    before, filling, after = HUGE[name]
    path = tmp_path / (f"{name}.gz" if pack else name)
    block = filling * (2**20 // len(filling))
    with gzip.open(path, "wb", 1) if pack else path.open("wb") as file:
        file.write(before)
        for _ in range(size // len(block)):
            file.write(block)
        file.write(after)
    memory, told = peak(path)
    assert memory < 200
    if pack and size > Limits().unpacked and before:
        assert told in (["1", "unpacks-too-far"], ["1", "line-too-long", "unpacks-too-far"])
    else:
        assert told == (["1,3", "line-too-long"] if before else ["line-too-long"])


@pytest.mark.parametrize("name", ["a.jsonl", "a.txt", "a.csv", "a"])
def test_a_sparse_file_is_told_at_once(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(10 * 2**30)
    memory, told = peak(tmp_path / name)
    assert memory < 200
    assert told == ["unknown-format" if name == "a" else "not-text"]
