"""Batches of articles shared by several processes: what is made of them comes back at the end.

Every worker has two pipes. Batches go in through one; through the other it reports each batch that
is done and, at the end, its result, then that it has done what was left beside it, or the error
that ended it. A batch goes to the worker with the least to do, so that all end about together;
while one completes a segment, the others go on. A worker that ends before its work is done takes
the build with it: nothing is published with articles missing.

There are no locks and no semaphores, which a process that is killed would hold or leave behind.
Workers are forked from a process that has imported what they need, and has no threads, locks and
open files (see ``processes``): this one may have all of them.
"""

from __future__ import annotations

import os
import pickle
from array import array
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import field, fields
from multiprocessing.connection import Connection, wait
from operator import attrgetter
from queue import SimpleQueue
from threading import Thread
from typing import Any, Generic, Protocol, Self, TypeVar

from index.article import Article
from index.build.processes import (
    Started,
    at_work,
    end,
    end_soon,
    end_with_parent,
    let_go,
    reported,
    start,
    take_ahead,
)
from index.errors import WorkerDied
from index.kernels import kernel
from index.light_dataclass import dataclass
from index.target import Progress

Result = TypeVar("Result")
Made_co = TypeVar("Made_co", covariant=True)

_MOST_UNFINISHED = 5
"""Batches that a worker is given ahead, the one that it works on included."""

_ADDING = 2
"""How many times longer it takes to add an article than to complete a segment for it (measured)."""

_BEHIND = 5
"""By so much a worker steps back when its result is there: the parent has more to do then."""

_NAMES = tuple(field.name for field in fields(Article))
_values = attrgetter(*_NAMES)
_compiled = kernel("slotted")
_maker = _compiled and _compiled.Maker(Article, _NAMES, tuple(range(len(_NAMES))))


class Job(Protocol[Made_co]):
    """What one worker does with the batches that it is given, in their order."""

    def add(self, articles: Sequence[Article], first: int) -> None:
        """Do a batch; ``first``: the number of its first article among all that were added."""
        ...

    def finish(self) -> Made_co:
        """Complete what is left; the worker's result, which can be pickled."""
        ...

    def complete(self) -> object:
        """Do what the result does not need, while it is used already; what came of it, if any."""
        ...


class Work(Protocol[Made_co]):
    """What workers are to do; it can be pickled."""

    def begin(self) -> Job[Made_co]:
        """Called once in each worker."""
        ...


@dataclass(eq=False)
class _Worker(Generic[Result]):
    """What is written to a process and read from it, and what it has been given and has done.

    ``batches``: the numbers of those that it was given; ``unfinished``: the bytes of each that it
    has not done, in order, and ``given`` those of all: articles differ in length, so that their
    number would not tell how long they take. ``done``: articles; ``results``: its one, when it has
    finished; ``completed``: what came of the rest, when it has nothing to do any more.
    """

    reports: Connection
    waiting: SimpleQueue[bytes | None]
    feeder: Thread
    batches: array[int] = field(default_factory=lambda: array("q"))
    unfinished: deque[int] = field(default_factory=deque)
    given: int = 0
    done: int = 0
    results: list[Result] = field(default_factory=list)
    completed: list[Any] = field(default_factory=list)

    def left(self) -> int:
        """How much it has to do, by bytes: articles to add, and the segment of all to complete."""
        return _ADDING * sum(self.unfinished) + self.given

    def receive(self) -> None:
        """Take in a report. Raises the error that it tells of, and ``WorkerDied``."""
        try:
            report: int | tuple[Result] | list[Any] | Exception = self.reports.recv()
        except (EOFError, OSError):  # It ended without a word, or in the middle of one.
            raise WorkerDied from None
        if isinstance(report, Exception):
            raise report
        if isinstance(report, int):
            self.unfinished.popleft()
            self.done += report
        elif isinstance(report, tuple):
            self.results += report
        else:
            self.completed += report


class Workers(Generic[Result]):
    """``count`` processes that share ``work``.

    A context manager: at its end every process has ended, too, or has nothing to do any more.
    """

    def __init__(self, work: Work[Result], count: int) -> None:
        at_work.append(self)
        self._workers: list[_Worker[Result]] = []
        self._batches = 0
        self._articles = 0
        self._started = take_ahead(count)
        self._are_ours = len(self._started) == count
        try:
            start(count - len(self._started), do_work, self._started)
            packed = pickle.dumps(work)
            for one in self._started:
                self._workers.append(_worker(one, packed))
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        if self._are_ours and all(worker.completed for worker in self._workers):
            end_soon(self._started)  # They have nothing to do any more.
        else:
            end(self._started)
        for worker in self._workers:
            worker.waiting.put(None)
            worker.feeder.join()
        for one in self._started:
            one.to.close()
            one.of.close()
        let_go(self)

    @property
    def batches(self) -> list[array[int]]:
        """The numbers of the batches that each worker was given, in order."""
        return [worker.batches for worker in self._workers]

    def add(
        self, articles: Sequence[Article], progress: Progress, *, to_first: bool = False
    ) -> None:
        """Hand a batch to the worker with the least to do, or to the first, when it has room.

        Raises ``WorkerDied``, and the error of a worker, as soon as one has ended.
        """
        values = [_values(article) for article in articles]
        packed = pickle.dumps((self._articles, values), pickle.HIGHEST_PROTOCOL)
        self._receive(0)
        while (worker := self._next(to_first=to_first)) is None:
            self._receive()
        worker.batches.append(self._batches)
        worker.unfinished.append(len(packed))
        worker.given += len(packed)
        worker.waiting.put(packed)
        self._batches += 1
        self._articles += len(articles)
        progress("index", self._done(), None)

    def finish(
        self, progress: Progress, meanwhile: Callable[[], None] | None = None
    ) -> list[Result]:
        """What each worker has made, in their order, as soon as all have. Raises as ``add``.

        ``meanwhile`` is called when the first has: no worker needs its processor as much then.
        """
        for worker in self._workers:
            worker.waiting.put(None)
        while not all(worker.results for worker in self._workers):
            self._receive()
            progress("index", self._done(), self._articles)
            if meanwhile is not None and any(worker.results for worker in self._workers):
                meanwhile()
                meanwhile = None
        return [worker.results[0] for worker in self._workers]

    def complete(self) -> list[Any]:
        """What came of all that was left beside results, when it is done. Raises as ``add``.

        After ``finish``.
        """
        while not all(worker.completed for worker in self._workers):
            self._receive()
        return [worker.completed[0] for worker in self._workers]

    def _next(self, *, to_first: bool) -> _Worker[Result] | None:
        """Who is to have the next batch; None while whoever may have it has enough."""
        some = self._workers[:1] if to_first else self._workers
        free = [worker for worker in some if len(worker.unfinished) < _MOST_UNFINISHED]
        return min(free, key=_Worker.left, default=None)

    def _done(self) -> int:
        return sum(worker.done for worker in self._workers)

    def _receive(self, seconds: float | None = None) -> None:
        """Take in the reports that are there, or wait so long for the first (None: for ever)."""
        workers = {worker.reports: worker for worker in self._workers if not worker.completed}
        for reports in wait(list(workers), seconds):
            workers[reports].receive()  # type: ignore[index]  # only connections were given


def _worker(started: Started, work: bytes) -> _Worker[Any]:
    waiting: SimpleQueue[bytes | None] = SimpleQueue()
    waiting.put(work)
    feeder = Thread(target=_feed, args=(waiting, started.to), daemon=True)
    feeder.start()
    return _Worker(started.of, waiting, feeder)


def _feed(waiting: SimpleQueue[bytes | None], batches: Connection) -> None:
    """Write to a worker's pipe, which holds a batch at most, what waits for it; None is the end.

    A thread of its own, so that articles are read meanwhile.
    """
    # That a worker has ended is seen in its reports.
    with batches, suppress(BrokenPipeError):
        while (packed := waiting.get()) is not None:
            batches.send_bytes(packed)
        batches.send(None)


def _articles(values: list[tuple[Any, ...]]) -> Sequence[Article]:
    """The articles of their values."""
    if _maker is None:
        return [Article(*one) for one in values]
    made: tuple[Article, ...] = _maker.of_rows(values, ())
    return made


def do_work(batches: Connection, reports: Connection) -> None:
    """What a worker process does: its work comes first, then batches."""
    end_with_parent()
    last: list[Any] | Exception
    try:
        work: Work[Any] = batches.recv()
        job = work.begin()
        while (batch := batches.recv()) is not None:
            first, values = batch
            job.add(_articles(values), first)
            reports.send(len(values))
        reports.send((job.finish(),))
        os.nice(_BEHIND)
        last = [job.complete()]
    except MemoryError:
        return  # To the parent it is as if the system had killed this process for its memory.
    except Exception as error:  # noqa: BLE001 - the outermost edge of this process
        last = reported(error)
    # A parent that has ended asks no more.
    with suppress(BrokenPipeError):
        reports.send(last)
