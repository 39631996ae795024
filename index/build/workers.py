"""Segments built by several processes: batches of articles out, finished segments back.

A batch goes to the worker that has the fewest waiting: while one completes a segment, the others go
on. A worker that dies takes the build with it: nothing is published with articles missing.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Sequence
from dataclasses import fields
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.queues import Queue
from multiprocessing.sharedctypes import Synchronized
from operator import attrgetter
from pathlib import Path
from queue import Full
from threading import Thread
from typing import Any, Self

from index.analysis import UserWords, use_words
from index.article import Article
from index.build.segment import PROCESS_BYTES, SegmentBuilder
from index.codec.segment import ArraySegment
from index.errors import WorkerDied
from index.target import Progress

_POLL_SECONDS = 0.1
_BATCHES_AHEAD = 4

_values = attrgetter(*(field.name for field in fields(Article)))


class Workers:
    """``count`` processes that write segments into ``directory``.

    ``memory``, in bytes, is for all of them and this process. A context manager: at its end every
    process has ended, too. ``batches``: the numbers of those that each worker was given, in order.
    """

    def __init__(self, directory: Path, words: UserWords, count: int, memory: int) -> None:
        context = get_context("spawn")
        self._done: Synchronized[int] = context.Value("q", 0)
        self._sent = 0
        self.batches: list[array[int]] = [array("q") for _ in range(count)]
        self._queues: list[Queue[Any]] = []
        self._results: list[Connection] = []
        self._processes: list[BaseProcess] = []
        share = (memory - PROCESS_BYTES) // count
        for _ in range(count):
            queue: Queue[Any] = context.Queue(_BATCHES_AHEAD)
            receiving, sending = context.Pipe(duplex=False)
            process = context.Process(
                target=_work,
                args=(directory, words, share, queue, sending, self._done),
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
        """Hand a batch to a worker, waiting while all have enough. Raises ``WorkerDied``."""
        workers = range(len(self._queues))
        item = [_values(article) for article in articles]
        number = sum(map(len, self.batches))
        while True:
            worker = min(workers, key=lambda one: self._queues[one].qsize())
            if self._put(worker, item):
                break
        self.batches[worker].append(number)
        self._sent += len(articles)
        progress("index", self._done.value, None)

    def _put(self, worker: int, item: object) -> bool:
        """Whether the worker had room within a moment."""
        try:
            self._queues[worker].put(item, timeout=_POLL_SECONDS)
        except Full:
            if not self._processes[worker].is_alive():
                self._raise_for(worker)
            return False
        return True

    def finish(self, progress: Progress) -> list[list[ArraySegment]]:
        """The segments of each worker, in their order. Raises ``WorkerDied`` and OSError."""
        for worker in range(len(self._queues)):
            while not self._put(worker, None):
                pass
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
            progress("index", self._done.value, self._sent)
        return [found[worker] for worker in sorted(found)]

    def _raise_for(self, worker: int) -> None:
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
    done: Synchronized[int],
) -> None:
    """What a worker process does. A full disk is told to the parent; any other error ends it."""
    Thread(target=_end_with_parent, daemon=True).start()
    use_words(words)
    try:
        builder = SegmentBuilder(directory, words, memory)
        while (batch := queue.get()) is not None:
            builder.add([Article(*values) for values in batch])
            with done.get_lock():
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
