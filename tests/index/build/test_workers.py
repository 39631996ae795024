"""Worker processes that build segments, and what becomes of a build when one of them ends early.

No test depends on how fast a process is: workers are stopped and killed, and waited for.
"""

from __future__ import annotations

import errno
import os
import pickle
import resource
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import active_children, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import pytest
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.article import Article
from index.build.processes import at_work
from index.build.share import SegmentsOf, Written
from index.build.tiers import MERGE_AT
from index.build.workers import Workers
from index.derived import told_by_segments
from index.errors import WorkerDied
from index.manifest import file_checksum
from index.segments.reader import open_segment
from index.target import no_progress
from tests.conftest import article

MEMORY = 1 << 27

Building = Workers[Written]


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Building]:
    """Two of them."""
    with started(tmp_path) as workers:
        yield workers


def started(directory: Path, count: int = 2) -> Building:
    return Workers(SegmentsOf(directory, NO_WORDS, MEMORY), count)


def batch(number: int, body: str = "isi") -> list[Article]:
    """Four articles, with ids that no other batch has."""
    return [article(4 * number + place, "judul", body) for place in range(4)]


def stored_ids(directory: Path, written: Written) -> list[str]:
    storage = FileStorage(str(directory))
    stored = [open_segment(storage, segment).documents for segment in written.segments]
    return [documents.hit(number)["id"] for documents in stored for number in range(documents.size)]


def add_for_ever(workers: Building) -> None:
    # Larger than a pipe holds: a worker that does nothing has room for a few.
    for number in range(1000):
        workers.add(batch(number, "isi " * 10_000), no_progress)
    pytest.fail("nobody has noticed")


def finish(workers: Building) -> None:
    workers.finish(no_progress)


def complete(workers: Building) -> None:
    workers.finish(no_progress)
    workers.complete()


def stopped() -> list[BaseProcess]:
    """The workers, neither of which does anything any more."""
    processes = active_children()
    for process in processes:
        assert process.pid is not None
        os.kill(process.pid, signal.SIGSTOP)
    return processes


def test_segments_hold_the_batches_that_their_worker_was_given(
    workers: Building, tmp_path: Path
) -> None:
    told: list[tuple[int, int | None]] = []

    def progress(phase: str, done: int, total: int | None) -> None:
        assert phase == "index"
        told.append((done, total))

    for number in range(30):
        workers.add(batch(number), progress)
    found = workers.finish(progress)
    assert sorted(number for numbers in workers.batches for number in numbers) == list(range(30))
    for written, numbers in zip(found, workers.batches, strict=True):
        expected = [one.id for number in numbers for one in batch(number)]
        assert stored_ids(tmp_path, written) == expected
    assert told == sorted(told, key=lambda one: one[0])
    assert told[-1] == (120, 120)


def test_others_go_on_while_some_are_at_an_end(workers: Building, tmp_path: Path) -> None:
    workers.add(batch(0), no_progress)
    with started(tmp_path) as others:
        others.add(batch(1), no_progress)
        others.finish(no_progress)
    workers.add(batch(2), no_progress)
    found = workers.finish(no_progress)
    assert sum(len(stored_ids(tmp_path, written)) for written in found) == 8


def test_a_slow_worker_holds_up_nobody(workers: Building, tmp_path: Path) -> None:
    slow, _ = active_children()
    assert slow.pid is not None
    os.kill(slow.pid, signal.SIGSTOP)
    for number in range(100):
        workers.add(batch(number, "isi " * 10_000), no_progress)
    os.kill(slow.pid, signal.SIGCONT)
    found = workers.finish(no_progress)
    assert sum(len(stored_ids(tmp_path, written)) for written in found) == 400
    assert min(map(len, workers.batches)) < 20


def test_what_is_learned_is_the_same_before_and_after_it_is_written(
    workers: Building, tmp_path: Path
) -> None:
    for number in range(30):
        workers.add(batch(number, "Kata JakartaKita dan kecilkecil"), no_progress)
    found = workers.finish(no_progress)
    workers.complete()
    for written in found:
        (segment,) = written.segments
        cases = written.cases[segment.segment_id()]
        reader = open_segment(FileStorage(str(tmp_path)), segment, cases)
        complete = open_segment(FileStorage(str(tmp_path)), segment)
        assert reader.derived.sections.keys() < complete.derived.sections.keys()
        for name, section in reader.derived.sections.items():
            assert section.all().tolist() == complete.derived[name].all().tolist()
        told = told_by_segments([reader]), told_by_segments([complete])
        assert told[0].capitals == told[1].capitals == {"jakartakita": 0b10000001}
        assert told[0].cases.small.tolist() == told[1].cases.small.tolist()


@pytest.mark.parametrize("count", [2, MERGE_AT])
def test_workers_sum_what_is_not_to_be_merged(tmp_path: Path, count: int) -> None:
    with Workers(SegmentsOf(tmp_path, NO_WORDS, MEMORY, workers=count), 2) as workers:
        workers.add(batch(0), no_progress)
        workers.finish(no_progress)
        known = {key[-1]: told for some in workers.complete() for (key, _), told in some.items()}
    files = [*tmp_path.iterdir()]
    assert len(files) == 3
    sums = {file.name: file_checksum(file) for file in files}
    assert known == (sums if count < MERGE_AT else {})


def test_a_worker_killed_after_its_result_is_noticed(workers: Building) -> None:
    workers.add(batch(0), no_progress)
    processes = stopped()
    for process in processes:
        process.kill()
    with pytest.raises(WorkerDied):
        complete(workers)


def test_an_error_after_the_result_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("index.build.share.sums_of", no_room)
    start_here = get_context("fork")
    monkeypatch.setattr("index.build.processes.fork_server.context", lambda: start_here)
    with Workers(SegmentsOf(tmp_path, NO_WORDS, MEMORY), 2) as workers:
        workers.add(batch(0), no_progress)
        with pytest.raises(OSError, match="No space") as caught:
            complete(workers)
    assert caught.value.errno == errno.ENOSPC


def test_a_killed_worker_is_noticed_with_the_next_batch(workers: Building) -> None:
    process = active_children()[0]
    process.kill()
    process.join()
    with pytest.raises(WorkerDied):
        workers.add(batch(0), no_progress)


def test_a_worker_killed_while_all_have_enough_is_noticed(workers: Building) -> None:
    # Mostly when no worker has room, and if not, the test is right all the same.
    killing = threading.Timer(0.5, stopped()[0].kill)
    killing.start()
    with pytest.raises(WorkerDied):
        add_for_ever(workers)
    killing.join()


def test_a_worker_killed_before_it_is_finished_is_noticed(workers: Building) -> None:
    workers.add(batch(0), no_progress)
    killing = threading.Timer(0.5, stopped()[1].kill)
    killing.start()
    with pytest.raises(WorkerDied):
        workers.finish(no_progress)
    killing.join()


def die_while_reporting(*arguments: Any) -> None:
    """A worker's work: the length of a report, and no more than its first byte."""
    reports: Connection = arguments[-1]
    os.write(reports.fileno(), (1000).to_bytes(4, "big") + b"x")
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_worker_killed_in_the_middle_of_a_report_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.workers.do_work", die_while_reporting)
    with started(tmp_path) as workers, pytest.raises(WorkerDied):
        workers.finish(no_progress)


@pytest.mark.parametrize("go_on", [add_for_ever, finish])
def test_a_full_disk_is_told_with_its_number(
    workers: Building, go_on: Callable[[Building], None]
) -> None:
    for process in active_children():
        assert process.pid is not None
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
    workers.add(batch(0), no_progress)
    with pytest.raises(OSError, match="File too large") as caught:
        go_on(workers)
    assert caught.value.errno == errno.EFBIG


def test_an_error_without_a_number_keeps_its_words(workers: Building) -> None:
    workers.add([_raising(OSError("tidak ada nomor"))], no_progress)
    with pytest.raises(OSError, match="tidak ada nomor") as caught:
        workers.finish(no_progress)
    assert caught.value.strerror == "tidak ada nomor"


def test_a_mistake_of_ours_is_told_with_the_place_where_it_was_made(workers: Building) -> None:
    workers.add([replace(batch(0)[0], id=7)], no_progress)  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="AttributeError: 'int' object") as caught:
        workers.finish(no_progress)
    assert "segment_builder.py" in caught.value.__notes__[0]


def test_a_worker_without_memory_is_as_good_as_killed(workers: Building) -> None:
    workers.add([_raising(MemoryError())], no_progress)
    with pytest.raises(WorkerDied):
        workers.finish(no_progress)


def _raising(error: Exception) -> Article:
    """An article that a worker cannot unpickle for an error."""

    class Raising(str):
        __slots__ = ()

        def __reduce__(self) -> tuple[Any, ...]:
            return _throw, (error,)

    return replace(batch(0)[0], body=Raising())


def _throw(error: Exception) -> None:
    raise error


def test_an_error_while_articles_are_read_ends_the_workers(tmp_path: Path) -> None:
    def read_badly() -> None:
        with started(tmp_path) as workers:
            workers.add(batch(0, "isi " * 10_000), no_progress)
            workers.add(batch(1 // 0), no_progress)

    with pytest.raises(ZeroDivisionError):
        read_badly()


def test_workers_end_where_the_system_has_no_room_for_all(tmp_path: Path) -> None:
    with few_descriptors(20), pytest.raises(OSError, match="Too many open files"):
        started(tmp_path, 50)


def test_workers_end_where_their_work_cannot_be_pickled(tmp_path: Path) -> None:
    class Local(SegmentsOf):
        """Only a class of a module can be."""

    with pytest.raises((AttributeError, pickle.PicklingError)):
        Workers(Local(tmp_path, NO_WORDS, MEMORY), 2)
    assert not active_children()
    assert not at_work


def test_workers_end_where_a_thread_cannot_be_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, started_so_far = threading.Thread.start, []

    def start_one(thread: threading.Thread) -> None:
        started_so_far.append(thread)
        if len(started_so_far) > 1:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_one)
    with pytest.raises(RuntimeError, match="new thread"):
        started(tmp_path)
    assert not active_children()
    assert not at_work


def test_a_worker_that_can_have_no_thread_is_as_good_as_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    start, parent = threading.Thread.start, os.getpid()

    def start_in_parent(thread: threading.Thread) -> None:
        if os.getpid() != parent:
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", start_in_parent)
    start_here = get_context("fork")
    monkeypatch.setattr("index.build.processes.fork_server.context", lambda: start_here)
    with started(tmp_path) as workers, pytest.raises(WorkerDied):
        complete(workers)
    assert capfd.readouterr().err == ""


@contextmanager
def few_descriptors(free: int) -> Iterator[None]:
    """So many that this process can open, and no more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken: list[int] = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (500, hard))
    try:
        with suppress(OSError):
            while True:
                taken.append(os.dup(0))
        for descriptor in taken[:free]:
            os.close(descriptor)
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        for descriptor in taken[free:]:
            os.close(descriptor)
