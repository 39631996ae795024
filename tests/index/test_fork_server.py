"""The process that workers are forked from: one, started early where many articles come."""

from __future__ import annotations

import os
import subprocess
import sys
from multiprocessing import forkserver
from pathlib import Path

import pytest

from index import fork_server

_COMMAND = """
import sys
from contextlib import suppress
from multiprocessing import forkserver
from web.cli import main

with suppress(SystemExit):
    main(sys.argv[1:])
print("started" if forkserver._forkserver._forkserver_pid else "not started")
"""


def _pid() -> int | None:
    pid: int | None = vars(forkserver._forkserver)["_forkserver_pid"]
    return pid


def test_there_is_one_server_until_it_is_stopped() -> None:
    fork_server.stop()
    fork_server.start()
    first = _pid()
    assert first is not None
    fork_server.start()
    assert _pid() == first
    fork_server.stop()
    assert _pid() is None
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@pytest.mark.parametrize(
    ("size", "options", "said"),
    [
        (4 << 20, ["--workers", "2"], "started"),
        ((4 << 20) - 1, ["--workers", "2"], "not started"),
        (4 << 20, ["--workers", "1"], "not started"),
        (4 << 20, ["--workers", "2", "--dry-run"], "not started"),
    ],
    ids=["large", "small", "one worker", "nothing is written"],
)
def test_a_command_starts_it_ahead_of_many_articles(
    tmp_path: Path, size: int, options: list[str], said: str
) -> None:
    source = tmp_path / "berita.jsonl"
    # One line that is no article, so that nothing else starts the server.
    source.write_bytes(b" " * (size - 2) + b"1\n")
    command = [sys.executable, "-c", _COMMAND, "rebuild", str(source), *options]
    done = subprocess.run(
        [*command, "--index", str(tmp_path / "index")], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == said
