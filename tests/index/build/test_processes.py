"""Processes that were forked ahead are as good as those that the server forks."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

_BUILD = """
import os, signal, sys
from pathlib import Path
from index.analysis import NO_WORDS
from index.article import Article
from index.build.new_segments import SegmentsOf, fork_workers_ahead
from index.build.processes import ahead
from index.build.workers import Workers
from index.errors import WorkerDied
from index.target import no_progress
from multiprocessing import active_children

fork_workers_ahead(2, 256)
assert ahead() == 2
forked = sorted(one.pid for one in active_children())
if sys.argv[2] == "unused":
    print(*forked, flush=True)
    sys.exit()
if sys.argv[2] == "left":
    print(*forked, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "killed":
    for one in active_children():
        one.kill()
        one.join()
with Workers(SegmentsOf(Path(sys.argv[1]), NO_WORDS, 1 << 27), 3) as workers:
    assert ahead() == 0
    now = sorted(one.pid for one in active_children())
    assert set(forked) <= set(now) or sys.argv[2] == "killed"
    assert len(now) == (1 if sys.argv[2] == "killed" else 3)
    try:
        for number in range(30):
            workers.add([Article(f"a{number}", "judul", "isi berita " * 50)], no_progress)
        print(sum(one.doc_count() for some in workers.finish(no_progress) for one in some))
    except WorkerDied:
        print("died")
assert not active_children()
"""


def _run(directory: Path, how: str, status: int = 0) -> list[str]:
    command = [sys.executable, "-W", "error", "-c", _BUILD, str(directory), how]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == status, done.stderr
    return done.stdout.split()


def test_those_that_wait_are_used_first(tmp_path: Path) -> None:
    assert _run(tmp_path, "used") == ["30"]


def test_one_that_was_killed_while_it_waited_is_noticed(tmp_path: Path) -> None:
    assert _run(tmp_path, "killed") == ["died"]


@pytest.mark.parametrize(("how", "status"), [("unused", 0), ("left", -signal.SIGKILL)])
def test_those_that_wait_end_with_the_process_that_forked_them(
    tmp_path: Path, how: str, status: int
) -> None:
    # They hold its standard output, too, whose end is waited for.
    assert len(_run(tmp_path, how, status)) == 2
