"""Whole commands: how long they took and how much memory their processes held."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator
from compileall import compile_dir
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter

from tests.bench.peers.peer import ROOT

_EVERY = 0.1  # seconds between two looks at the peaks that the kernel keeps
_SUM_EVERY = 5  # looks; a sum over the three processes of a build costs 14 ms of a core


class CommandFailed(Exception):
    """A command did not end well; the message has the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A command from its start to its end.

    ``processor`` are the seconds that all its processes computed; on a busy machine they say more
    than ``seconds``. ``largest`` is the peak RSS of its largest process. ``together`` is the
    highest sum over its processes that was seen, what they share counted once.
    """

    seconds: float
    processor: float
    largest: int
    together: int


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes that one process holds: ``resident`` with what it shares, ``own`` without.

    ``anonymous`` is what is in no file.
    """

    resident: int
    own: int
    anonymous: int


@cache
def _compile() -> None:
    """Compile the modules of this program, as an installation does.

    Where Python is told to write no bytecode, every command would compile them anew: 0.15 s.
    """
    for package in ("index", "search", "web", "tests/bench"):
        compile_dir(ROOT / package, quiet=2)


def run(command: list[str]) -> Finished:
    """Run a command to its end. Raises ``CommandFailed``."""
    _compile()
    processor = _processor()
    started = perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    watch = _Watch(process.pid)
    watch.start()
    try:
        assert process.stdout is not None
        printed = process.stdout.read()
        process.wait()
        seconds = perf_counter() - started
    except BaseException:
        process.kill()
        process.wait()
        raise
    finally:
        watch.stop()
    if process.returncode:
        end = printed.decode(errors="replace")[-2_000:]
        raise CommandFailed(f"{command} ended with {process.returncode}:\n{end}")
    return Finished(
        seconds,
        _processor() - processor,
        watch.largest,
        max(watch.largest, watch.together),
    )


def memory(process: int) -> Memory:
    """What a process holds now."""
    fields = _fields(process, "smaps_rollup")
    own = fields["Private_Clean"] + fields["Private_Dirty"]
    return Memory(fields["Rss"], own, fields["Anonymous"])


def _processor() -> float:
    """Seconds of all commands that have ended."""
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


class _Watch(threading.Thread):
    """Looks at the processes of a session, again and again.

    The peak of ``wait4`` will not do: it begins with what the parent held when it forked.
    """

    def __init__(self, session: int) -> None:
        super().__init__(daemon=True)
        self._session = session
        self._stopped = threading.Event()
        self.largest = 0
        self.together = 0

    def run(self) -> None:
        looks = 0
        while not self._stopped.wait(_EVERY):
            total = 0
            for process in _session(self._session):
                with suppress(ProcessLookupError, FileNotFoundError):  # where it has just ended
                    self.largest = max(self.largest, _fields(process, "status").get("VmHWM", 0))
                    if looks % _SUM_EVERY == 0:
                        total += _fields(process, "smaps_rollup")["Pss"]
            self.together = max(self.together, total)
            looks += 1

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def _session(session: int) -> Iterator[int]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(ProcessLookupError):
                if os.getsid(int(folder.name)) == session:
                    yield int(folder.name)


def _fields(process: int, file: str) -> dict[str, int]:
    """What a file of /proc says in kB, as bytes by name."""
    lines = Path(f"/proc/{process}/{file}").read_text(encoding="utf-8").splitlines()
    parts = [line.split() for line in lines]
    return {one[0][:-1]: int(one[1]) * 1024 for one in parts if len(one) == 3 and one[2] == "kB"}
