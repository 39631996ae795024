"""Runs a fuzzer in a process of its own, and reads what it counted."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter

from tests.conftest import ROOT
from tests.fuzz.running import place_of


def started(name: str, count: int, seed: int, first: int, seconds: float) -> subprocess.Popen[str]:
    """The process; see ``running`` for what its arguments mean."""
    command = [sys.executable, "-m", f"tests.fuzz.{name}", str(count), str(seed)]
    command += ["--first", str(first), "--seconds", str(seconds)]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def counted(name: str, seed: int, first: int, process: subprocess.Popen[str]) -> Counter[str]:
    """What became of the inputs, and prints those that went wrong; waits for the process.

    A process that dies has "died" of the input whose number is printed.
    """
    said, _ = process.communicate()
    *told, last = said.splitlines() or [""]
    if last.startswith("{"):
        print(*told, sep="\n", end="\n" if told else "")
        return Counter(json.loads(last))
    place = place_of(name, seed, first)
    number = place.read_text().split()[0] if place.exists() else "the first"
    print(said[-5000:], f"{name}: died of input {number} of seed {seed}", sep="\n")
    return Counter(died=1)


def tried(name: str, count: int, seed: int) -> Counter[str]:
    """What becomes of so many inputs in one process."""
    process = started(name, count, seed, 0, float("inf"))
    try:
        return counted(name, seed, 0, process)
    finally:
        process.kill()
        process.wait()
