"""Runs commands in real processes: in peace, recorded, killed, or with system calls that fail."""

from __future__ import annotations

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from tests.conftest import ROOT
from tests.crash.commands import Command
from tests.crash.recording import Recording, recorded

STRACE = "strace"
TRACES = shutil.which(STRACE) is not None and not subprocess.call(
    [STRACE, "-o", os.devnull, "true"]
)
"""Whether the tracer is there and may trace."""
WANTED = os.environ.get("CI") == "true" and shutil.which(STRACE) is None
"""Whether the tracer is missing where nothing may be: tests fail then and do not skip."""

CALLS = {
    "openat": ("EMFILE", "EROFS", "EIO", "ENOSPC", "EACCES"),
    "write": ("ENOSPC", "EIO", "EDQUOT"),
    "fsync": ("EIO", "ENOSPC", "EDQUOT"),
    "rename": ("EIO", "ENOSPC", "EROFS", "EDQUOT"),
    "link": ("EMLINK", "EXDEV", "EPERM", "ENOSPC", "EROFS"),
    "unlink": ("EIO", "EROFS", "EPERM"),
    "unlinkat": ("EIO", "EROFS", "EPERM"),
    "mkdir": ("ENOSPC", "EIO", "EROFS", "EDQUOT"),
    "rmdir": ("EIO", "EROFS"),
    "read": ("EIO",),
    "getdents64": ("EIO",),
    "newfstatat": ("EIO", "EACCES"),
    "mmap": ("ENOMEM",),
    "flock": ("ENOLCK",),
    "close": ("EIO",),
}
"""The system calls that are interrupted, and the errors that each may give."""


_KILLED = "+++ killed by SIGKILL +++"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: ``status``, or minus the signal; all it wrote, the injected calls."""

    status: int
    told: str
    injected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Injection:
    """At the ``when``-th ``call`` (with ``lasting`` at all from then on): ``what`` happens."""

    call: str
    when: int
    what: str
    lasting: bool = False

    def __str__(self) -> str:
        return f"{self.call}:{self.what}:when={self.when}{'+' if self.lasting else ''}"


class Runner:
    """The process that runs commands; ``close`` ends it."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._zygote = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def close(self) -> None:
        assert self._zygote.stdin
        assert self._zygote.stdout
        self._zygote.stdin.close()
        self._zygote.stdout.close()
        try:
            self._zygote.wait(30)
        finally:
            self._zygote.kill()
            self._zygote.wait()

    def run(self, command: Command, root: Path, most: int = resource.RLIM_INFINITY) -> Ended:
        """In peace; no file can have more than ``most`` bytes, as if the disk were full then."""
        pid = self._start(command, root)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
        return self._finish()

    def record(self, command: Command, root: Path) -> Recording:
        """In peace, recorded."""
        path = self._scratch / "recording"
        path.unlink(missing_ok=True)
        self._start(command, root, record=path)
        ended = self._finish()
        assert ended.status == 0, ended.told
        return recorded(path)

    def kill_after(self, command: Command, root: Path, seconds: float) -> Ended:
        """Killed then, unless it has ended."""
        pid = self._start(command, root)
        self._say({})
        time.sleep(seconds)
        # The zygote may have waited for it already; its number is not given to another so soon.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return self._ended()

    def kill_other_after(
        self, command: Command, root: Path, seconds: float, draw: random.Random
    ) -> tuple[Ended, bool]:
        """One of the processes that it has then is killed, if there is one, and whether."""
        pid = self._start(command, root)
        self._say({})
        time.sleep(seconds)
        others = _begun_by(pid)
        if others:
            with suppress(ProcessLookupError):
                os.kill(draw.choice(others), signal.SIGKILL)
        return self._ended(), bool(others)

    def calls(self, command: Command, root: Path) -> dict[str, list[int]]:
        """How often each of ``CALLS`` is made by each process that makes it."""
        _, log = self._traced(command, root, [])
        found: dict[str, list[int]] = {}
        for (_, call), times in Counter(re.findall(r"^(\d+) +(\w+)\(", log, re.MULTILINE)).items():
            found.setdefault(call, []).append(times)
        return found

    def inject(self, command: Command, root: Path, injection: Injection) -> Ended:
        """With that done to it; the calls are named with what is left of their arguments."""
        ended, log = self._traced(command, root, ["-e", f"inject={injection}"])
        calls = _whole(log)
        injected = [call for _, call in calls if "INJECTED" in call]
        if injection.what == "signal=KILL":
            # The system kills workers, too, that a command has no more use for: not at that call.
            for pid in {pid for pid, call in calls if call == _KILLED}:
                own = [call for other, call in calls if other == pid][:-1]
                there = [call for call in own if call.startswith(f"{injection.call}(")]
                if len(there) == injection.when and own[-1:] == there[-1:]:
                    injected.append(there[-1])
        return Ended(ended.status, ended.told, tuple(injected))

    def _traced(self, command: Command, root: Path, options: list[str]) -> tuple[Ended, str]:
        assert TRACES, "strace is missing, or may not trace"
        log = self._scratch / "strace"
        pid = self._start(command, root)
        trace = f"trace={','.join(CALLS)}"
        tracer = subprocess.Popen(
            [STRACE, "-f", "-p", str(pid), "-o", log, "-e", trace, *options],
            stderr=subprocess.PIPE,
        )
        try:
            assert tracer.stderr
            said = tracer.stderr.readline()
            if b"attached" not in said:
                self._finish()
                raise PermissionError(said.decode())
            ended = self._finish()
            tracer.wait(30)
        finally:
            tracer.kill()
            tracer.communicate()
        return ended, log.read_text("utf-8", "replace")

    def _start(self, command: Command, root: Path, record: Path | None = None) -> int:
        asked = {
            "root": str(root),
            "command": command.name,
            "told": str(self._scratch / "told"),
            "record": None if record is None else str(record),
        }
        self._say(asked)
        return int(self._hear()["pid"])

    def _finish(self) -> Ended:
        self._say({})
        return self._ended()

    def _ended(self) -> Ended:
        status = os.waitstatus_to_exitcode(self._hear()["status"])
        return Ended(status, (self._scratch / "told").read_text("utf-8", "replace"))

    def _say(self, what: dict[str, Any]) -> None:
        assert self._zygote.stdin
        self._zygote.stdin.write(orjson.dumps(what) + b"\n")
        self._zygote.stdin.flush()

    def _hear(self) -> dict[str, int]:
        assert self._zygote.stdout
        answer: dict[str, int] = orjson.loads(self._zygote.stdout.readline())
        return answer


def _whole(log: str) -> list[tuple[str, str]]:
    """The lines of a trace, with the process of each; calls that others interrupted are joined."""
    found: list[tuple[str, str]] = []
    begun: dict[str, str] = {}
    for line in log.splitlines():
        pid, _, call = line.partition(" ")
        call = call.strip()
        if call.endswith("<unfinished ...>"):
            begun[pid] = call.removesuffix("<unfinished ...>")
            continue
        if call.startswith("<... "):
            call = begun.pop(pid, "") + call.partition("resumed>")[2]
        elif pid in begun:
            found.append((pid, begun.pop(pid)))
        found.append((pid, call))
    return found


def _begun_by(pid: int) -> list[int]:
    """The processes that one has begun, and those that these have."""
    begun: dict[int, list[int]] = {}
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parent = (process / "stat").read_text().rpartition(")")[2].split()[1]
            begun.setdefault(int(parent), []).append(int(process.name))
    found = [pid]
    for one in found:
        found += begun.get(one, [])
    return found[1:]
