"""A run of wrk, the HTTP load generator: https://github.com/wg/wrk."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson

_SCRIPT = Path(__file__).parent / "wrk.lua"


@dataclass(frozen=True, slots=True)
class Load:
    """What was answered. Times are in milliseconds.

    ``dropped``: connections and requests that got no answer; ``refused``: answers of status 400 or
    above.
    """

    name: str
    per_second: float
    median: float
    p99: float
    longest: float
    requests: int
    refused: int
    dropped: int


class Wrk:
    """A running wrk that asks addresses of a server; its figures when it has ended."""

    def __init__(
        self,
        name: str,
        url: str,
        paths: Sequence[str],
        seconds: int,
        folder: Path,
        *,
        connections: int,
    ) -> None:
        self._name = name
        file = folder / f"{name}.txt"
        file.write_text("\n".join(paths) + "\n", "ascii")
        options = ["-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s"]
        command: list[str | Path] = ["wrk", *options, "-s", _SCRIPT, url, "--", str(file)]
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ,
        )

    def ended(self) -> Load:
        """Wait for it. Raises RuntimeError with what it printed where it failed."""
        printed, _ = self._process.communicate()
        lines = [line for line in printed.splitlines() if line.startswith(b'{"requests"')]
        if self._process.returncode or not lines:
            raise RuntimeError(printed.decode("utf-8", "replace"))
        found = orjson.loads(lines[-1])
        return Load(
            self._name,
            found["requests"] / found["microseconds"] * 1e6,
            found["p50"] / 1e3,
            found["p99"] / 1e3,
            found["longest"] / 1e3,
            found["requests"],
            found["status"],
            found["connect"] + found["read"] + found["write"] + found["timeout"],
        )

    def stop(self) -> None:
        """End it now, however far it is."""
        self._process.kill()
        self._process.wait()
