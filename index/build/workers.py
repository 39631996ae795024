"""Segments built by several processes: batches of articles out, finished segments back.

Every worker has two pipes. Batches go in through one; through the other it reports each batch that
is done and, at the end, its segments or the error that ended it. A batch goes to the worker with
the fewest to do: while one completes a segment, the others go on. A worker that ends before its
work is done takes the build with it: nothing is published with articles missing.

There are no locks and no semaphores, which a process that is killed would hold or leave behind.
Workers are forked from a process that has imported what they need and has done nothing else (see
``index.fork_server``): this process may have threads, locks and open files.
"""

from __future__ import annotations

import os
import pickle
from array import array
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from operator import attrgetter
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from traceback import format_exception
from typing import Self

from index import fork_server
from index.analysis import UserWords, use_words
from index.article import Article
from index.build.segment_builder import LEAST_BYTES, PROCESS_BYTES, SegmentBuilder
from index.errors import WorkerDied
from index.segments.segment import ArraySegment
from index.target import Progress

_MOST_UNFINISHED = 5
"""Batches that a worker is given ahead, the one that it works on included."""

_values = attrgetter(*(field.name for field in fields(Article)))


def most_workers(memory: int) -> int:
    """How many workers ``memory`` bytes have room for beside this process, at least 1."""
    return max((memory - PROCESS_BYTES) // (PROCESS_BYTES + LEAST_BYTES), 1)


@dataclass(eq=False)
class _Worker:
    """A process, this process's ends of its pipes, and what it has been given and has done.

    ``batches``: the numbers of those that it was given, ``unfinished`` how many of them it has not
    done; ``done``: articles.
    """

    process: BaseProcess
    reports: Connection
    waiting: SimpleQueue[bytes | None]
    feeder: Thread
    batches: array[int] = field(default_factory=lambda: array("q"))
    unfinished: int = 0
    done: int = 0
    segments: list[ArraySegment] | None = None

    def receive(self) -> None:
        """Take in a report. Raises the error that it tells of, and ``WorkerDied``."""
        try:
            report: int | list[ArraySegment] | Exception = self.reports.recv()
        except (EOFError, OSError):  # It ended without a word, or in the middle of one.
            raise WorkerDied from None
        if isinstance(report, Exception):
            raise report
        if isinstance(report, int):
            self.unfinished -= 1
            self.done += report
        else:
            self.segments = report


class Workers:
    """``count`` processes that write segments into ``directory``.

    ``memory``, in bytes, is for all of them and this process. A context manager: at its end every
    process has ended, too.
    """

    def __init__(self, directory: Path, words: UserWords, count: int, memory: int) -> None:
        self._workers: list[_Worker] = []
        self._batches = 0
        self._articles = 0
        share = (memory - PROCESS_BYTES) // count
        try:
            with fork_server.interrupts_blocked():
                for _ in range(count):
                    self._workers.append(_start(directory, words, share))
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.waiting.put(None)
            worker.feeder.join()
            worker.reports.close()
        fork_server.stop()

    @property
    def batches(self) -> list[array[int]]:
        """The numbers of the batches that each worker was given, in order."""
        return [worker.batches for worker in self._workers]

    def add(self, articles: Sequence[Article], progress: Progress) -> None:
        """Hand a batch to a worker, waiting while all have enough.

        Raises ``WorkerDied``, and the error of a worker, as soon as one has ended.
        """
        packed = pickle.dumps([_values(article) for article in articles], pickle.HIGHEST_PROTOCOL)
        self._receive(0)
        while (worker := self._least_busy()).unfinished == _MOST_UNFINISHED:
            self._receive()
        worker.batches.append(self._batches)
        worker.unfinished += 1
        worker.waiting.put(packed)
        self._batches += 1
        self._articles += len(articles)
        progress("index", self._done(), None)

    def finish(self, progress: Progress) -> list[list[ArraySegment]]:
        """The segments of each worker, in their order. Raises the same as ``add``."""
        for worker in self._workers:
            worker.waiting.put(None)
        while any(worker.segments is None for worker in self._workers):
            self._receive()
            progress("index", self._done(), self._articles)
        return [worker.segments or [] for worker in self._workers]

    def _least_busy(self) -> _Worker:
        return min(self._workers, key=lambda worker: worker.unfinished)

    def _done(self) -> int:
        return sum(worker.done for worker in self._workers)

    def _receive(self, seconds: float | None = None) -> None:
        """Take in the reports that are there, or wait so long for the first (None: for ever)."""
        workers = {worker.reports: worker for worker in self._workers if worker.segments is None}
        for reports in wait(list(workers), seconds):
            workers[reports].receive()  # type: ignore[index]  # only connections were given


def _start(directory: Path, words: UserWords, memory: int) -> _Worker:
    """Start a worker. Raises OSError where the system has no room for it, and ``WorkerDied``."""
    context = fork_server.context()
    batches, feeding = context.Pipe(duplex=False)
    reading, reports = context.Pipe(duplex=False)
    process = context.Process(
        target=_work, args=(directory, words, memory, batches, reports), daemon=True
    )
    with batches, reports:  # Were they open here, too, nothing would tell that the worker ended.
        try:
            process.start()
        except (BrokenPipeError, EOFError):
            raise WorkerDied from None
    waiting: SimpleQueue[bytes | None] = SimpleQueue()
    feeder = Thread(target=_feed, args=(waiting, feeding), daemon=True)
    feeder.start()
    return _Worker(process, reading, waiting, feeder)


def _feed(waiting: SimpleQueue[bytes | None], batches: Connection) -> None:
    """Write to a worker's pipe, which holds less than a batch, what waits for it; None is the end.

    A thread of its own, so that articles are read meanwhile.
    """
    # That a worker has ended is seen in its reports.
    with batches, suppress(BrokenPipeError):
        while (packed := waiting.get()) is not None:
            batches.send_bytes(packed)
        batches.send(None)


def _work(
    directory: Path, words: UserWords, memory: int, batches: Connection, reports: Connection
) -> None:
    """What a worker process does."""
    Thread(target=_end_with_parent, daemon=True).start()
    result: list[ArraySegment] | Exception
    try:
        use_words(words)
        builder = SegmentBuilder(directory, words, memory)
        while (batch := batches.recv()) is not None:
            builder.add([Article(*values) for values in batch])
            reports.send(len(batch))
        builder.flush()
        result = builder.segments
    except MemoryError:
        return  # To the parent it is as if the system had killed this process for its memory.
    except Exception as error:  # noqa: BLE001 - the outermost edge of this process
        result = _reported(error)
    # A parent that has ended asks no more.
    with suppress(BrokenPipeError):
        reports.send(result)


def _reported(error: Exception) -> Exception:
    """The error as the parent can unpickle and raise it, with this process's traceback as a note.

    An OSError remains one, since the operator can do something about it; others are our mistakes.
    """
    reported = (
        OSError(error.errno, error.strerror or str(error), error.filename)
        if isinstance(error, OSError)
        else RuntimeError(f"{type(error).__name__}: {error}")
    )
    reported.add_note("".join(["In a worker process:\n", *format_exception(error)]))
    return reported


def _end_with_parent() -> None:
    """A worker that goes on would write into a directory that the next command sweeps away."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
