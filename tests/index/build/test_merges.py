"""Merges are the same whoever does them, and leave nothing when one fails."""

from __future__ import annotations

import errno
import os
import signal
from collections.abc import Iterator
from multiprocessing import active_children
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.build import merges, merging, processes, tasks
from index.build.local import LocalTarget
from index.build.merges import merge_tiers
from index.build.processes import at_work
from index.build.segment_builder import SegmentBuilder
from index.errors import FileDamaged, WorkerDied
from index.segments.reader import open_segment
from index.segments.segment import ArraySegment
from index.target import BuildOptions
from tests.conftest import article

TWO = BuildOptions(workers=2)


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Merges of a few documents are worth processes, and of eight they are the largest."""
    monkeypatch.setattr(merges, "_WORTH_PROCESSES", 1)
    monkeypatch.setattr("index.build.tiers.LARGEST", 8)
    yield
    assert not at_work
    assert not active_children()


def written(directory: Path, sizes: tuple[int, ...] = (3, 3, 2, 3, 2, 3)) -> list[ArraySegment]:
    segments: list[ArraySegment] = []
    for size in sizes:
        builder = SegmentBuilder(directory, NO_WORDS, 1 << 26)
        first = 9 * len(segments)
        builder.add([article(first + at, f"judul {at}", "isi berita") for at in range(size)])
        builder.flush()
        segments += builder.segments
    return segments


def ids(directory: Path, segments: list[ArraySegment]) -> list[list[str]]:
    storage = FileStorage(str(directory))
    readers = [open_segment(storage, one) for one in segments]
    return [[one.documents.hit(number)["id"] for number in range(one.size)] for one in readers]


def names(directory: Path, segments: list[ArraySegment]) -> tuple[set[str], set[str]]:
    """The files that there are, and those that there are to be."""
    kept = {one.make_filename(end) for one in segments for end in (".inv", ".doc", ".der")}
    return {path.name for path in directory.iterdir()}, kept


def test_processes_merge_as_one_does(tmp_path: Path) -> None:
    found = []
    for workers in (1, 2, 5):
        directory = tmp_path / str(workers)
        directory.mkdir()
        storage, segments = FileStorage(str(directory)), written(directory)
        left = merge_tiers(storage, segments, NO_WORDS, BuildOptions(workers=workers))
        there, kept = names(directory, left)
        assert there == kept
        found.append(ids(directory, left))
    assert found[0] == found[1] == found[2]
    assert sorted(map(len, found[0])) == [3, 6, 7]


def test_what_would_be_merged_twice_is_merged_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.tiers.LARGEST", 64)
    monkeypatch.setattr("index.build.tiers._SMALLEST", 1)
    done: list[int] = []
    real = merging.merged

    def counted(storage: Any, segments: Any, words: Any) -> ArraySegment:
        done.append(len(segments))
        return real(storage, segments, words)

    monkeypatch.setattr(merges, "merged", counted)
    segments = written(tmp_path, (1,) * 16)
    (left,) = merge_tiers(FileStorage(str(tmp_path)), segments, NO_WORDS, BuildOptions())
    assert done == [16]
    assert left.doc_count() == 16


def test_memory_bounds_how_many_merge_at_a_time() -> None:
    sizes = [200_000, 200_000, 150_000]
    for memory, expected in ((10_000, 3), (500, 2), (480, 1), (250, 1), (1, 1)):
        options = BuildOptions(workers=4, memory=memory)
        assert merges._processes(sizes, options) == expected


def test_this_process_merges_where_no_others_can_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage, segments = FileStorage(str(tmp_path)), written(tmp_path)
    begun: list[ForkServerProcess] = []
    real = ForkServerProcess.start

    def start(process: ForkServerProcess) -> None:
        begun.append(process)
        if len(begun) > 1:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        real(process)

    monkeypatch.setattr(ForkServerProcess, "start", start)
    left = merge_tiers(storage, segments, NO_WORDS, BuildOptions(workers=5))
    assert len(begun) == 2
    there, kept = names(tmp_path, left)
    assert there == kept
    assert sorted(one.doc_count() for one in left) == [3, 6, 7]


def test_damage_that_a_process_finds_is_told(tmp_path: Path) -> None:
    segments = written(tmp_path)
    for one in segments:
        file = tmp_path / one.make_filename(".inv")
        file.write_bytes(file.read_bytes()[:-9])
    with pytest.raises(FileDamaged, match=r"\.inv"):
        merge_tiers(FileStorage(str(tmp_path)), segments, NO_WORDS, TWO)


def test_a_process_that_is_killed_leaves_what_is_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.new_segments._BATCH", 3)
    monkeypatch.setattr("index.build.segment_builder.LARGEST", 3)
    target = LocalTarget(tmp_path)
    target.rebuild([article(number, "judul", "isi") for number in range(3)], BuildOptions())
    before = {path.name for path in (tmp_path / "generations").iterdir()}
    more = [article(number, "judul", "isi") for number in range(1, 15)]
    killed: list[int] = []
    real = processes.start

    def start(*arguments: Any) -> None:
        real(*arguments)
        for one in active_children():
            assert one.pid is not None
            os.kill(one.pid, signal.SIGKILL)
            killed.append(one.pid)

    monkeypatch.setattr(tasks, "start", start)
    with pytest.raises(WorkerDied):
        target.update(more, TWO)
    assert len(killed) == 2
    assert {path.name for path in (tmp_path / "generations").iterdir()} == before
    assert target.verify() == []
    monkeypatch.setattr(tasks, "start", real)
    assert target.update(more, TWO).articles == 15
    assert target.verify() == []


def test_an_interrupt_ends_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = processes.start

    def start(*arguments: Any) -> None:
        real(*arguments)
        for one in active_children():
            assert one.pid is not None
            os.kill(one.pid, signal.SIGSTOP)
        Thread(target=os.kill, args=(os.getpid(), signal.SIGINT)).start()

    monkeypatch.setattr(tasks, "start", start)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored behind a shell's &
    try:
        with pytest.raises(KeyboardInterrupt):
            merge_tiers(FileStorage(str(tmp_path)), written(tmp_path), NO_WORDS, TWO)
    finally:
        signal.signal(signal.SIGINT, before)
