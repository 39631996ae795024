"""What workers are forked from: a server, or a command at its beginning for many articles."""

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
from web.cli import main

forks = []
sys.addaudithook(lambda event, _: forks.append(event) if event == "os.fork" else None)
with suppress(SystemExit):
    main(sys.argv[1:])
print(f"{len(forks)} started")
"""


def _pid() -> int | None:
    pid: int | None = vars(forkserver._forkserver)["_forkserver_pid"]
    return pid


def _start() -> None:
    process = fork_server.context().Process(target=os.getpid)
    process.start()
    process.join()
    assert process.exitcode == 0


def test_there_is_one_server_until_it_is_stopped() -> None:
    fork_server.stop()
    _start()
    first = _pid()
    assert first is not None
    _start()
    assert _pid() == first
    fork_server.stop()
    assert _pid() is None
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


@pytest.mark.parametrize(
    ("size", "command", "said"),
    [
        (4 << 20, ["rebuild", "--workers", "2"], "2 started"),
        (4 << 20, ["update", "--workers", "2"], "2 started"),
        (4 << 20, ["rebuild", "--workers", "2", "--memory", "64"], "0 started"),
        ((4 << 20) - 1, ["rebuild", "--workers", "2"], "0 started"),
        (4 << 20, ["rebuild", "--workers", "1"], "0 started"),
        (4 << 20, ["rebuild", "--workers", "2", "--dry-run"], "0 started"),
        (4 << 20, ["rebuild", "--workers", "2", "--if-changed"], "0 started"),
        (4 << 20, ["rebuild", "--workers", "2", "--if-needed"], "0 started"),
        (
            4 << 20,
            ["rebuild", "--workers", "2", "--index", "opensearch://127.0.0.1:9/n"],
            "0 started",
        ),
    ],
    ids=[
        "large",
        "an update",
        "no memory for two",
        "small",
        "one worker",
        "nothing is written",
        "perhaps unchanged",
        "perhaps not needed",
        "a cluster",
    ],
)
def test_a_command_starts_workers_ahead_of_many_articles(
    tmp_path: Path, size: int, command: list[str], said: str
) -> None:
    source = tmp_path / "berita.jsonl"
    # One line that is no article, so that those that are started are not used.
    source.write_bytes(b" " * (size - 2) + b"1\n")
    name, *options = command
    if "--index" not in options:
        options += ["--index", str(tmp_path / "index")]
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, name, str(source), *options],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == said
