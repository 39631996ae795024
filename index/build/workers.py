"""Segments built by several processes: batches of articles out, finished segments back.

A batch goes to the worker that has the fewest waiting: while one completes a segment, the others go
on. A worker that dies takes the build with it: nothing is published with articles missing.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from ctypes import c_longlong
from dataclasses import fields
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from operator import attrgetter
from pathlib import Path
from queue import Full
from threading import Thread
from typing import Any, NoReturn, Self

from index.analysis import UserWords, use_words
from index.article import Article
from index.build.segment_builder import LEAST_BYTES, PROCESS_BYTES, SegmentBuilder
from index.errors import WorkerDied
from index.segments.segment import ArraySegment
from index.target import Progress

_POLL_SECONDS = 0.1
_BATCHES_AHEAD = 4

_values = attrgetter(*(field.name for field in fields(Article)))


def most_workers(memory: int) -> int:
    """How many workers ``memory`` bytes have room for beside this process, at least 1."""
    return max((memory - PROCESS_BYTES) // (PROCESS_BYTES + LEAST_BYTES), 1)


class Workers:
    """``count`` processes that write segments into ``directory``.

    ``memory``, in bytes, is for all of them and this process. A context manager: at its end every
    process has ended, too. ``batches``: the numbers of those that each worker was given, in order.
    """

    def __init__(self, directory: Path, words: UserWords, count: int, memory: int) -> None:
        context = get_context("spawn")
        # Without a lock, which a worker that is killed might hold: each counts for itself.
        self._done: list[c_longlong] = [context.RawValue(c_longlong) for _ in range(count)]
        self._sent = 0
        self.batches: list[array[int]] = [array("q") for _ in range(count)]
        self._queues: list[Queue[Any]] = []
        self._results: list[Connection] = []
        self._processes: list[BaseProcess] = []
        share = (memory - PROCESS_BYTES) // count
        for done in self._done:
            queue: Queue[Any] = context.Queue(_BATCHES_AHEAD)
            receiving, sending = context.Pipe(duplex=False)
            process = context.Process(
                target=_work,
                args=(directory, words, share, queue, sending, done),
                daemon=True,
            )
            process.start()
            sending.close()
            self._queues.append(queue)
            self._results.append(receiving)
            self._processes.append(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.join()
        for queue in self._queues:
            queue.cancel_join_thread()
            queue.close()

    def add(self, articles: Sequence[Article], progress: Progress) -> None:
        """Hand a batch to a worker, waiting while all have enough.

        Raises ``WorkerDied``, and the OSError of a worker, as soon as one has ended.
        """
        workers = range(len(self._queues))
        item = [_values(article) for article in articles]
        number = sum(map(len, self.batches))
        while True:
            for ended in wait(self._results, 0):
                self._raise_for(self._results.index(ended))  # type: ignore[arg-type]
            worker = min(workers, key=lambda one: self._queues[one].qsize())
            if self._put(worker, item):
                break
        self.batches[worker].append(number)
        self._sent += len(articles)
        progress("index", self._articles_done(), None)

    def _articles_done(self) -> int:
        return sum(done.value for done in self._done)

    def _put(self, worker: int, item: object) -> bool:
        """Whether the worker had room within a moment."""
        try:
            self._queues[worker].put(item, timeout=_POLL_SECONDS)
        except Full:
            return False
        return True

    def finish(self, progress: Progress) -> list[list[ArraySegment]]:
        """The segments of each worker, in their order. Raises ``WorkerDied`` and OSError."""
        for worker in range(len(self._queues)):
            while not self._put(worker, None):
                if self._results[worker].poll():
                    self._raise_for(worker)
        found: dict[int, list[ArraySegment]] = {}
        while len(found) < len(self._results):
            waiting = {
                connection: worker
                for worker, connection in enumerate(self._results)
                if worker not in found
            }
            for ready in wait(list(waiting), _POLL_SECONDS):
                worker = waiting[ready]  # type: ignore[index]
                found[worker] = self._result(worker)
            progress("index", self._articles_done(), self._sent)
        return [found[worker] for worker in sorted(found)]

    def _raise_for(self, worker: int) -> NoReturn:
        """Of a worker that has ended before its work did."""
        self._result(worker)
        raise WorkerDied

    def _result(self, worker: int) -> list[ArraySegment]:
        """What a worker that has ended has sent. Raises its OSError, or ``WorkerDied``."""
        try:
            result = self._results[worker].recv()
        except EOFError:
            raise WorkerDied from None
        if isinstance(result, OSError):
            raise result
        segments: list[ArraySegment] = result
        return segments


def _work(  # noqa: PLR0917 - what every worker needs
    directory: Path,
    words: UserWords,
    memory: int,
    queue: Queue[Any],
    results: Connection,
    done: c_longlong,
) -> None:
    """What a worker process does. A full disk is told to the parent; any other error ends it."""
    Thread(target=_end_with_parent, daemon=True).start()
    use_words(words)
    try:
        builder = SegmentBuilder(directory, words, memory)
        while (batch := queue.get()) is not None:
            builder.add([Article(*values) for values in batch])
            done.value += len(batch)
        builder.flush()
    except OSError as error:
        results.send(OSError(error.errno, error.strerror, error.filename))
    else:
        results.send(builder.segments)


def _end_with_parent() -> None:
    """A process would wait for work for ever after the command was killed."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
