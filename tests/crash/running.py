"""Runs commands in real processes: in peace, recorded, killed, or with system calls that fail."""

from __future__ import annotations

import os
import pickle
import re
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
from tests.crash.recording import Recording

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

    def run(self, command: Command, root: Path) -> Ended:
        """In peace."""
        self._start(command, root)
        return self._finish()

    def record(self, command: Command, root: Path) -> Recording:
        """In peace, recorded."""
        path = self._scratch / "recording"
        self._start(command, root, record=path)
        ended = self._finish()
        assert ended.status == 0, ended.told
        recording: Recording = pickle.loads(path.read_bytes())
        return recording

    def kill_after(self, command: Command, root: Path, seconds: float) -> Ended:
        """Killed then, unless it has ended."""
        pid = self._start(command, root)
        self._say({})
        time.sleep(seconds)
        # The zygote may have waited for it already; its number is not given to another so soon.
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return self._ended()

    def calls(self, command: Command, root: Path) -> Counter[str]:
        """How often each of ``CALLS`` is made."""
        _, log = self._traced(command, root, [])
        return Counter(re.findall(r"^(\w+)\(", log, re.MULTILINE))

    def inject(self, command: Command, root: Path, injection: Injection) -> Ended:
        """With that done to it; the calls are named with what is left of their arguments."""
        ended, log = self._traced(command, root, ["-e", f"inject={injection}"])
        injected = tuple(line for line in log.splitlines() if "INJECTED" in line)
        if ended.status == -signal.SIGKILL and "SIGKILL" in log:
            injected = tuple(line for line in log.splitlines() if line.startswith(injection.call))
            injected = injected[-1:]
        return Ended(ended.status, ended.told, injected)

    def _traced(self, command: Command, root: Path, options: list[str]) -> tuple[Ended, str]:
        assert TRACES, "strace is missing, or may not trace"
        log = self._scratch / "strace"
        pid = self._start(command, root)
        trace = f"trace={','.join(CALLS)}"
        tracer = subprocess.Popen(
            [STRACE, "-p", str(pid), "-o", log, "-e", trace, *options], stderr=subprocess.PIPE
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
            "arguments": command.arguments,
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
