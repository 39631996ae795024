"""Spooled articles to Whoosh segments, on one core or several.

Every worker writes a complete little index in a directory of its own through Whoosh's ordinary
writer; their segments are then moved together under one table of contents. A worker that dies takes
the build with it: nothing is published with articles missing.
"""

from __future__ import annotations

import os
import shutil
from array import array
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from threading import Thread

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from index.analysis import UserWords, use_words
from index.build.documents import document
from index.build.spool import Spool, read
from index.errors import WorkerDied
from index.schema import schema
from index.target import BuildOptions, Progress

INDEX_NAME = "MAIN"
"""Whoosh's default name, so that ``whoosh.index.open_dir`` finds the index."""

_POLL_SECONDS = 0.1
_PROGRESS_EVERY = 25
_ARTICLES_WORTH_A_WORKER = 300

_counter: Synchronized[int] | None = None


def write_segments(
    directory: Path, spool: Spool, words: UserWords, options: BuildOptions, progress: Progress
) -> None:
    """Make ``directory`` a Whoosh index of the spooled articles, analysed with the user's words.

    Raises ``WorkerDied`` where a worker process was killed.
    """
    workers = max(1, min(options.workers, len(spool) // _ARTICLES_WORTH_A_WORKER))
    memory = max(16, options.memory // workers)
    if workers == 1:
        offsets = spool.shares(1)[0]

        def step(done: int) -> None:
            progress("index", done, len(spool))

        _write(directory, spool.path, offsets, words, memory, step)
    else:
        _write_in_parallel(directory, spool, words, workers, memory, progress)


def _write_in_parallel(  # noqa: PLR0917 - what every worker needs
    directory: Path,
    spool: Spool,
    words: UserWords,
    workers: int,
    memory: int,
    progress: Progress,
) -> None:
    context = get_context("spawn")
    counter: Synchronized[int] = context.Value("q", 0)
    parts = [directory / f"part-{number}" for number in range(workers)]
    with ProcessPoolExecutor(workers, context, _start_worker, (counter,)) as pool:
        waiting = set()
        for part, offsets in zip(parts, spool.shares(workers), strict=True):
            part.mkdir()
            waiting.add(pool.submit(_work, part, spool.path, offsets, words, memory))
        try:
            while waiting:
                done, waiting = wait(waiting, _POLL_SECONDS)
                progress("index", counter.value, len(spool))
                for future in done:
                    future.result()
        except BrokenProcessPool:
            raise WorkerDied from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
    _gather(directory, parts, words)


def _start_worker(counter: Synchronized[int]) -> None:
    global _counter  # noqa: PLW0603 - the way a pool hands a shared value to its processes
    _counter = counter
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A pool's process would wait for work for ever after the command was killed."""
    parent = parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _work(directory: Path, spool: Path, offsets: array[int], words: UserWords, memory: int) -> None:
    """What a worker process does with its share."""
    counter = _counter
    assert counter is not None
    last = 0

    def step(done: int) -> None:
        nonlocal last
        with counter.get_lock():
            counter.value += done - last
        last = done

    _write(directory, spool, offsets, words, memory, step)


def _write(  # noqa: PLR0917 - what every worker needs
    directory: Path,
    spool: Path,
    offsets: array[int],
    words: UserWords,
    memory: int,
    step: Callable[[int], None],
) -> None:
    """Write one segment; ``step`` is told now and then how many articles are done."""
    use_words(words)
    index = whoosh_index.create_in(str(directory), schema(words.digest))
    writer = index.writer(limitmb=memory, compound=False)
    done = 0
    for done, found in enumerate(read(spool, offsets), start=1):
        writer.add_document(**document(found))
        if done % _PROGRESS_EVERY == 0:
            step(done)
    writer.commit(merge=False)
    step(done)
    index.close()
    remove_working_files(directory)


def _gather(directory: Path, parts: list[Path], words: UserWords) -> None:
    """Move the parts' segments into ``directory`` under one table of contents."""
    segments = []
    for part in parts:
        toc = TOC.read(FileStorage(str(part)), INDEX_NAME)
        segments.extend(toc.segments)
        for file in part.iterdir():
            if file.suffix != ".toc":
                file.rename(directory / file.name)
        shutil.rmtree(part)
    TOC(schema(words.digest), segments, 1).write(FileStorage(str(directory)), INDEX_NAME)


def remove_working_files(directory: Path) -> None:
    """Take away what Whoosh's writer leaves beside an index: its lock file."""
    (directory / f"{INDEX_NAME}_WRITELOCK").unlink(missing_ok=True)
