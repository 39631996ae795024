"""Articles to new segments: read in batches, indexed in this process or by several workers.

Articles are numbered as they are read. Of those with one id the last counts, wherever the others
went: they are deleted when all segments are there.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from itertools import chain, islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS, UserWords, analysis, use_words
from index.article import Article
from index.build.deletion import delete_superseded
from index.build.processes import ahead, end, fork_ahead, take_ahead
from index.build.segment_builder import LEAST_BYTES, PROCESS_BYTES, SegmentBuilder
from index.build.share import SegmentsOf, Share, Written, load_and_work
from index.build.workers import Workers
from index.glued import load_glued
from index.segments.runs import places
from index.store.ahead import SumKey, Sums
from index.target import BuildOptions, Progress

_BATCH = 256
_FIRST_BATCH = 32
"""The first one for workers that wait; the next are as large as all before. None waits for long."""

_GROWING = (_BATCH // _FIRST_BATCH).bit_length()
"""So many batches are one of ``_BATCH`` together. One worker has them, so that few articles do not
become a segment for each worker."""

_BATCH_CHARACTERS = 1 << 22
"""A batch ends at so many characters of text, too: several wait for every worker."""

_WORTH_WORKERS = 8
"""Batches from which on processes are worth their start."""

_WORTH_USE = 2
"""The same of processes that are there."""

_MEBIBYTE = 1 << 20


_Part = tuple[Written, NDArray[np.int64]]
"""What one process wrote, and the numbers of the batches that it was given: (b,)."""


class NewSegments:
    """New segments; of articles with one id all but the last are deleted in them.

    ``ids``: those of the articles that count. ``repeated``: how many articles were superseded.
    ``cases``, ``unfinished``: see ``Written``. Before ``complete`` was called segments can be
    opened, but not merged, removed or published.
    """

    def __init__(
        self, parts: Sequence[Written], reader: _BatchReader, workers: Workers[Written] | None
    ) -> None:
        self.segments = [segment for part in parts for segment in part.segments]
        self.ids = reader.ids.keys()
        self.repeated = reader.superseded
        left = parts if workers is not None else ()
        self.cases = {name: known for part in left for name, known in part.cases.items()}
        self.unfinished = {name for part in left for name in part.unfinished}
        self._workers = workers

    @property
    def articles(self) -> int:
        return len(self.ids)

    def complete(self) -> Sums:
        """Wait until all is written; the sums of files that their writers have flushed.

        Raises ``WorkerDied``, and the error of a worker.
        """
        sums: dict[SumKey, str] = {}
        if self._workers is not None:
            for some in self._workers.complete():
                sums |= some
            self.cases.clear()
            self.unfinished.clear()
        return sums


@contextmanager
def build_segments(  # noqa: PLR0917 - what a build is made of
    directory: Path,
    articles: Iterable[Article],
    words: UserWords,
    options: BuildOptions,
    progress: Progress,
    first: int | None = 0,
) -> Iterator[NewSegments]:
    """Write the articles as segments into ``directory``, analysed with the user's words.

    A context: at its end no process writes there any more.

    ``first``: the place of the first in the order of reading, of which there may be articles
    already; None where the places of these are not known.

    Few articles are indexed here, many by ``options.workers`` processes while more are read, or by
    as many as ``options.memory`` has room for.
    Raises ``WorkerDied`` where one of them was killed.
    """
    use_words(words)
    memory = options.memory * _MEBIBYTE
    count = _workers(options.workers, options.memory)
    are_waiting = ahead() >= count > 1
    reader = _BatchReader(articles, _FIRST_BATCH if are_waiting else _BATCH)
    incoming = reader.batches()
    enough = _WORTH_USE if are_waiting else _WORTH_WORKERS
    begun = deque(islice(incoming, enough)) if count > 1 else deque()
    many = len(begun) == enough
    # Whoever held a batch that was handed over would hold its articles in memory.
    waiting = chain((begun.popleft() for _ in range(len(begun))), incoming)
    with ExitStack() as context:
        if many:
            share = (memory - PROCESS_BYTES) // count
            work = SegmentsOf(directory, words, share, first, count)
            workers = context.enter_context(Workers(work, count))
            growing = _GROWING if are_waiting else 0
            parts = _by_workers(workers, waiting, growing, progress, words)
        else:
            workers = None
            end(take_ahead(ahead()))  # All memory is the builder's.
            with closing(SegmentBuilder(directory, words, memory)) as builder:
                parts = [_in_this_process(Share(builder, first, 0), waiting, progress)]
        last = {one: reader.ids[one] for one in reader.repeated}
        storage = FileStorage(str(directory))
        for written, batches in parts:
            delete_superseded(storage, written.segments, reader.numbers(batches), last)
        yield NewSegments([written for written, _ in parts], reader, workers)


def fork_workers_ahead(workers: int, memory: int) -> None:
    """Fork the workers of a build now. See ``processes.fork_ahead``.

    What this process needs, too, when it decides glued words, is loaded once, before.
    """
    count = _workers(workers, memory)
    if count > 1:
        analysis(NO_WORDS)
        fork_ahead(count, load_and_work)


def _workers(workers: int, memory: int) -> int:
    """How many of so many workers there is room for, in mebibytes."""
    return min(workers, most_workers(memory * _MEBIBYTE))


def most_workers(memory: int) -> int:
    """How many workers ``memory`` bytes have room for beside this process, at least 1."""
    return max((memory - PROCESS_BYTES) // (PROCESS_BYTES + LEAST_BYTES), 1)


def _in_this_process(share: Share, batches: Iterable[list[Article]], progress: Progress) -> _Part:
    done = count = 0
    for batch in batches:
        share.add(batch, done)
        done += len(batch)
        count += 1
        progress("index", done, None)
    written = share.finish()
    share.complete()
    progress("index", done, done)
    return written, np.arange(count)


def _by_workers(
    workers: Workers[Written],
    batches: Iterable[list[Article]],
    growing: int,
    progress: Progress,
    words: UserWords,
) -> list[_Part]:
    """``growing``: so many batches are for the first worker."""
    for number, batch in enumerate(batches):
        workers.add(batch, progress, to_first=number < growing)
    by_worker = workers.finish(progress, lambda: load_glued(analysis(words)))
    given = [np.array(numbers, np.int64) for numbers in workers.batches]
    return list(zip(by_worker, given, strict=True))


class _BatchReader:
    """Reads articles in batches and numbers them; ``first``: how many the first has.

    ``ids``: of each id that was read the number of its last article; ``repeated``: those read more
    than once; ``superseded``: how many articles have a later one of their id.
    """

    def __init__(self, articles: Iterable[Article], first: int) -> None:
        self._articles = articles
        self._size = first
        self._starts = array("q", [0])  # where each batch begins, and the next
        self.ids: dict[str, int] = {}
        self.repeated: set[str] = set()
        self.superseded = 0

    def batches(self) -> Iterator[list[Article]]:
        """The articles in batches of ``_BATCH``, less at first and where their texts are long."""
        batch: list[Article] = []
        characters = 0
        ids = self.ids
        for number, article in enumerate(self._articles):
            known = len(ids)
            ids[article.id] = number
            if len(ids) == known:
                self.repeated.add(article.id)
                self.superseded += 1
            batch.append(article)
            characters += len(article.body)
            if len(batch) == self._size or characters >= _BATCH_CHARACTERS:
                self._starts.append(number + 1)
                self._size = min(max(number + 1, self._size), _BATCH)
                yield batch
                batch = []
                characters = 0
        if batch:
            self._starts.append(self._starts[-1] + len(batch))
            yield batch

    def numbers(self, batches: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the articles of some batches, one batch's after the other's: (n,).

        ``batches``: (b,) numbers of batches.
        """
        starts = np.array(self._starts, np.int64)
        return places(starts[batches], np.diff(starts)[batches])
