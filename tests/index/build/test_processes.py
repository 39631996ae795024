"""Processes that were forked ahead are as good as those that the server forks."""

from __future__ import annotations

import os
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
from index.build.new_segments import fork_workers_ahead
from index.build.share import SegmentsOf
from index.build.processes import ahead
from index.build.workers import Workers
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
    one = active_children()[0]
    one.kill()
    one.join()
    forked.remove(one.pid)
    assert ahead() == 1
with Workers(SegmentsOf(Path(sys.argv[1]), NO_WORDS, 1 << 27), 3) as workers:
    assert ahead() == 0
    now = sorted(one.pid for one in active_children())
    assert set(forked) <= set(now)
    assert len(now) == 3
    for number in range(30):
        workers.add([Article(f"a{number}", "judul", "isi berita " * 50)], no_progress)
    print(sum(one.doc_count() for some in workers.finish(no_progress) for one in some.segments))
assert not active_children()
"""


_ENDED = """
import os, sys, threading
from multiprocessing import active_children
from pathlib import Path
from index.analysis import NO_WORDS
from index.article import Article
from index.build.new_segments import fork_workers_ahead
from index.build.share import SegmentsOf
from index.build.workers import Workers
from index.target import no_progress

fork_workers_ahead(2, 256)
forked = [one.pid for one in active_children()]
with Workers(SegmentsOf(Path(sys.argv[1]), NO_WORDS, 1 << 27), 2) as workers:
    for number in range(30):
        workers.add([Article(f"a{number}", "judul", "isi berita " * 50)], no_progress)
    workers.finish(no_progress)
    workers.complete()
for one in threading.enumerate():
    if one is not threading.main_thread():
        one.join()
print(*[Path(f"/proc/{one}").exists() for one in forked])
"""


_FEW = """
import sys
from pathlib import Path
from index.analysis import NO_WORDS
from index.article import Article
from index.build.new_segments import build_segments, fork_workers_ahead
from index.target import BuildOptions
from multiprocessing import active_children

def progress(phase, done, total):
    counts.append(len(active_children()))

counts = []
articles = [Article(f"a{number}", "judul", "isi") for number in range(int(sys.argv[2]))]
options = BuildOptions(workers=2, memory=256)
fork_workers_ahead(2, 256)
with build_segments(Path(sys.argv[1]), articles, NO_WORDS, options, progress) as built:
    built.complete()
    print(max(counts), len(built.segments))
"""

_THREADS = """
from pathlib import Path
from threading import Event, Thread
from time import sleep
from index.build.new_segments import fork_workers_ahead
from index.build.processes import ahead

ended = Event()
one = Thread(target=ended.wait)
one.start()
fork_workers_ahead(2, 256)
print(ahead())
ended.set()
one.join()
while len([*Path("/proc/self/task").iterdir()]) > 1:  # the system may have it for a moment longer
    sleep(0.001)
fork_workers_ahead(2, 256)
print(ahead())
"""


def _run(directory: Path, how: str = "", status: int = 0, script: str = _BUILD) -> list[str]:
    command = [sys.executable, "-W", "error", "-c", script, str(directory), how]
    alone = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # As a command has it.
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, timeout=60, env=alone
    )
    assert done.returncode == status, done.stderr
    return done.stdout.split()


def test_those_that_wait_are_used_first(tmp_path: Path) -> None:
    assert _run(tmp_path, "used") == ["30"]


def test_another_takes_the_place_of_one_that_was_killed_while_it_waited(tmp_path: Path) -> None:
    assert _run(tmp_path, "killed") == ["30"]


def test_those_that_have_no_work_any_more_are_waited_for(tmp_path: Path) -> None:
    """By a thread: no entry of one stays with the system."""
    assert _run(tmp_path, script=_ENDED) == ["False", "False"]


@pytest.mark.parametrize(("articles", "at_work"), [(32, "0"), (33, "2"), (256, "2")])
def test_those_that_wait_end_where_one_batch_is_all(
    tmp_path: Path, articles: int, at_work: str
) -> None:
    """So few articles are one segment either way."""
    assert _run(tmp_path, str(articles), script=_FEW) == [at_work, "1"]


def test_none_are_forked_where_there_are_threads(tmp_path: Path) -> None:
    assert _run(tmp_path, script=_THREADS) == ["0", "2"]


@pytest.mark.parametrize(("how", "status"), [("unused", 0), ("left", -signal.SIGKILL)])
def test_those_that_wait_end_with_the_process_that_forked_them(
    tmp_path: Path, how: str, status: int
) -> None:
    # They hold its standard output, too, whose end is waited for.
    assert len(_run(tmp_path, how, status)) == 2


def test_a_command_has_no_threads_of_linear_algebra() -> None:
    script = (
        "import os, web.cli, numpy; print(os.environ['OPENBLAS_NUM_THREADS']);"
        "print(len(os.listdir('/proc/self/task')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "8"},
    )
    assert done.stdout.split() == ["1", "1"]
