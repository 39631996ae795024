"""Processes that build segments, when one of them ends before its work does."""

from __future__ import annotations

import os
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from index.analysis import NO_WORDS
from index.build.workers import Workers
from index.errors import WorkerDied
from index.target import no_progress
from tests.conftest import article

MEMORY = 1 << 28
BATCH = [article(number, "judul", "isi") for number in range(4)]


def die_with_locks(*arguments: Any) -> None:
    """Killed while it counts what it did."""
    done = arguments[-1]
    if hasattr(done, "get_lock"):
        done.get_lock().acquire()
    os.kill(os.getpid(), 9)


def fill_the_disk(*arguments: Any) -> None:
    arguments[4].send(OSError(28, "No space left on device"))


def test_a_worker_killed_while_it_counts_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.build.workers._work", die_with_locks)
    with Workers(tmp_path, NO_WORDS, 2, MEMORY) as workers:
        for process in workers._processes:
            process.join(30)
        with pytest.raises(WorkerDied):
            workers.add(BATCH, no_progress)


@pytest.mark.parametrize(("end", "error"), [(die_with_locks, WorkerDied), (fill_the_disk, OSError)])
def test_a_worker_that_ended_is_noticed_while_articles_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: Any, error: type[Exception]
) -> None:
    monkeypatch.setattr("index.build.workers._work", end)
    read = 0

    def add_slowly(workers: Workers) -> None:
        nonlocal read
        while read < 7:  # fewer than the queues hold
            read += 1
            workers.add(BATCH, no_progress)
            sleep(1)

    with Workers(tmp_path, NO_WORDS, 2, MEMORY) as workers, pytest.raises(error):
        add_slowly(workers)
    assert read < 7
