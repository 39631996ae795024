"""Tries inputs one after another, each made of a seed and its number, and counts what became of it.

``python -m tests.fuzz.queries COUNT SEED [--first NUMBER] [--seconds S]``: a failure is printed
with the command that tries that one input again. The last line is a JSON object with the counts.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import random
import re
import resource
import signal
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Generic, TypeVar

MOST_MEMORY = 512 << 20
"""So many bytes more than before the first input may a process take."""

MOST_SECONDS = 10
"""Of processor time for one input."""

_TOLD = 2
"""So many failures that end at the same line are told."""

_SHOWN = 4_000
_Input = TypeVar("_Input")


class TooLong(BaseException):
    """An input takes too long. It is no ``Exception``, so that nothing on the way answers it."""


@dataclass(frozen=True, slots=True)
class Fuzzer(Generic[_Input]):
    """``make`` makes an input by chance; ``attempt`` says what became of it, and raises if wrong.

    ``prepare``, which is called once, gives ``attempt``; what it opens ends with the stack.
    """

    make: Callable[[random.Random], _Input]
    prepare: Callable[[ExitStack], Callable[[_Input], str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """How many inputs to try, from which number on, and for how many seconds at the most."""

    count: int
    seed: int
    first: int
    seconds: float


def main(name: str, fuzzer: Fuzzer[_Input]) -> int:
    """The exit code: 1 where an input was answered otherwise than it should."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("seed", type=int)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    given = parser.parse_args()
    asked = Asked(given.count, given.seed, given.first, given.seconds)
    return 1 if run(name, fuzzer, asked) else 0


def run(name: str, fuzzer: Fuzzer[_Input], asked: Asked) -> int:
    """How many inputs were answered otherwise than they should."""
    faulthandler.enable()
    outcomes: Counter[str] = Counter()
    kinds: Counter[object] = Counter()
    place = place_of(name, asked.seed, asked.first)
    with ExitStack() as stack, place.open("wb", buffering=0) as at:
        attempt = fuzzer.prepare(stack)
        limit = _bound()
        ends = monotonic() + asked.seconds
        for number in range(asked.first, asked.first + asked.count):
            if monotonic() > ends:
                break
            os.pwrite(at.fileno(), b"%d\n" % number, 0)
            made = fuzzer.make(random.Random(f"{asked.seed}/{number}"))
            signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
            try:
                outcomes[attempt(made)] += 1
            except (KeyboardInterrupt, SystemExit):
                raise
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
                outcomes["wrong"] += 1
                last = traceback.extract_tb(error.__traceback__)[-1]
                kind = type(error).__name__, last.filename, last.lineno
                kinds[kind] += 1
                bound = resource.getrlimit(resource.RLIMIT_AS)
                resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, bound[1]))
                if kinds[kind] <= _TOLD:
                    _tell(name, asked.seed, number, made)
                resource.setrlimit(resource.RLIMIT_AS, bound)
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
        grown = _most_memory() - limit
        if grown > 0:
            outcomes["wrong"] += 1
            print(f"{grown:,} bytes more than may be taken", flush=True)
    place.unlink()
    print(json.dumps(outcomes), flush=True)
    return outcomes["wrong"]


def _most_memory() -> int:
    """The most bytes that this process has held. ``ru_maxrss`` begins with its parent's."""
    (line,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(line) * 1024


def place_of(name: str, seed: int, first: int) -> Path:
    """The file with the number of the input that is tried, for a process that dies of it."""
    return Path(tempfile.gettempdir()) / f"warta-fuzz-{name}-{seed}-{first}.at"


def _tell(name: str, seed: int, number: int, made: object) -> None:
    command = f"python -m tests.fuzz.{name} 1 {seed} --first {number}"
    print(command, ascii(made)[:_SHOWN], traceback.format_exc()[-_SHOWN:], sep="\n", flush=True)


def _bound() -> int:
    """No more memory than now and ``MOST_MEMORY``; the most that may be resident, in bytes."""
    pages, resident = map(int, Path("/proc/self/statm").read_text().split()[:2])
    limit = pages * resource.getpagesize() + MOST_MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (limit, resource.RLIM_INFINITY))
    signal.signal(signal.SIGPROF, _too_long)
    return resident * resource.getpagesize() + MOST_MEMORY


def _too_long(*_: object) -> None:
    raise TooLong(f"more than {MOST_SECONDS} seconds of processor time")
