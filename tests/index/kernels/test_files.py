"""Files are mapped as the standard library maps them, and what is cut is found."""

from __future__ import annotations

import gc
import mmap
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from index.kernels import kernel

files = kernel("files")
pytestmark = pytest.mark.skipif(files is None, reason="the kernels are not in use")


def written(directory: Path, size: int, name: str = "x") -> Path:
    path = directory / name
    path.write_bytes(Random(size).randbytes(size))
    return path


def mapped(path: Path) -> Any:
    with path.open("rb") as stream:
        return files.Map(stream.fileno())


def descriptors(directory: Path) -> list[int]:
    """Those of this process that are of files in a directory; others come and go."""
    found = []
    for one in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # that of the listing itself
            if str(one.readlink()).startswith(f"{directory}/"):
                found.append(int(one.name))
    return found


@pytest.mark.parametrize("size", [1, 4095, 4096, 4097, 100_000])
def test_a_map_has_the_bytes_of_its_file(tmp_path: Path, size: int) -> None:
    path = written(tmp_path, size)
    found = mapped(path)
    with path.open("rb") as stream:
        stock = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    assert (len(found), found.size()) == (len(stock), stock.size()) == (size, size)
    assert memoryview(found) == memoryview(stock)
    assert memoryview(found).format == memoryview(stock).format == "B"
    assert memoryview(found).readonly


def test_it_is_there_as_long_as_any_view(tmp_path: Path) -> None:
    path = written(tmp_path, 5000)
    before = len(descriptors(tmp_path))
    content = path.read_bytes()
    view = np.frombuffer(mapped(path), np.uint8)[10:20]
    path.unlink()
    gc.collect()
    assert view.tobytes() == content[10:20]
    assert len(descriptors(tmp_path)) == before + 1
    del view
    gc.collect()
    assert len(descriptors(tmp_path)) == before


def test_it_cannot_be_written_to(tmp_path: Path) -> None:
    found = mapped(written(tmp_path, 10))
    with Path("/dev/zero").open("rb", buffering=0) as zeros, pytest.raises(TypeError):
        zeros.readinto(found)
    with pytest.raises(TypeError, match="read-only"):
        memoryview(found)[0] = 1


def test_what_cannot_be_mapped_leaves_nothing_open(tmp_path: Path) -> None:
    before = len(descriptors(tmp_path))
    with pytest.raises(ValueError, match="empty"):
        mapped(written(tmp_path, 0))
    for odd in (-1, 1 << 20):
        with pytest.raises(OSError, match="Bad file descriptor"):
            files.Map(odd)
    writing = os.open(written(tmp_path, 10), os.O_WRONLY)
    with pytest.raises(PermissionError):
        files.Map(writing)
    os.close(writing)
    reading, other = os.pipe()
    with pytest.raises(OSError, match="Illegal seek"):
        files.Map(reading)
    os.close(reading)
    os.close(other)
    assert len(descriptors(tmp_path)) == before


def test_the_first_that_is_cut_is_told(tmp_path: Path) -> None:
    sizes = Random(3).sample(range(1, 20_000), 60)
    paths = [written(tmp_path, size, str(size)) for size in sizes]
    watch = files.Watch(map(mapped, paths))
    assert watch.first_cut() == -1
    with paths[7].open("ab") as stream:
        stream.write(b"more")
    assert watch.first_cut() == -1
    for place in (50, 20, 20, 3, 0):
        os.truncate(paths[place], sizes[place] - 1)
        assert watch.first_cut() == place
    os.truncate(paths[0], sizes[0])
    assert watch.first_cut() == 3


def test_nothing_is_looked_after_and_nothing_but_maps() -> None:
    assert files.Watch([]).first_cut() == -1
    for odd in ([None], [1], [b"x"], None):
        with pytest.raises(TypeError):
            files.Watch(odd)


def test_files_are_looked_at_while_others_are_mapped(tmp_path: Path) -> None:
    paths = [written(tmp_path, size, str(size)) for size in range(1, 40)]
    watch = files.Watch([mapped(path) for path in paths])

    def look(number: int) -> int:
        assert files.Watch([mapped(paths[number % 39])]).first_cut() == -1
        found: int = watch.first_cut()
        return found

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(look, range(2000))) == {-1}


def test_a_program_that_is_started_inherits_none(tmp_path: Path) -> None:
    path = written(tmp_path, 10)
    found = mapped(path)
    own = descriptors(tmp_path)
    assert [os.get_inheritable(one) for one in own] == [False]
    assert found.size() == 10


def test_a_file_is_told_from_what_takes_its_name(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    path = os.fsencode(one)
    assert files.stamp(path) is None
    one.write_bytes(b"a")
    told = files.stamp(path)
    assert files.stamp(path) == told
    status = one.stat()
    numbers = np.frombuffer(told, np.int64).tolist()
    assert numbers == [status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size]
    other.write_bytes(b"b")
    other.replace(one)
    assert files.stamp(path) != told


def test_a_path_with_a_zero_byte_is_of_no_file(tmp_path: Path) -> None:
    path = os.fsencode(written(tmp_path, 1))
    assert files.stamp(path) is not None
    assert files.stamp(path + b"\0x") is None


def test_a_file_is_as_it_was_seen_until_it_is_written_to(tmp_path: Path) -> None:
    paths = [written(tmp_path, 90, name) for name in "xy"]
    watch, name = files.Watch([mapped(paths[0])]), os.fsencode(paths[1])
    seen = files.stamp(name)
    assert watch.as_seen(name, seen)
    for odd in (b"", seen[:-1], seen + b"\0", b"\0" * len(seen)):
        assert not watch.as_seen(name, odd)
    for other in (b"", b"\0", name + b"z", os.fsencode(paths[0])):
        assert not watch.as_seen(other, seen)
    for arguments in ((None, seen), (name, None), (str(paths[1]), seen), (name, 1)):
        with pytest.raises(TypeError):
            watch.as_seen(*arguments)
    os.truncate(paths[0], 9)
    assert not watch.as_seen(name, seen)
    assert files.Watch([]).as_seen(name, seen)
    paths[1].write_bytes(b"others")
    assert not files.Watch([]).as_seen(name, seen)
