"""Tries 100,000 inputs of every kind: ``python -m tests.fuzz [NAME ...]``.

It prints what became of them, and fails where one went wrong or not all were tried in the time that
there is.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from itertools import pairwise
from time import monotonic

from tests.fuzz.processes import counted, started

SHARES = {"queries": 1.0, "readers": 1.0, "requests": 1.0, "sockets": 0.05, "index_files": 1.0}
"""Of every fuzzer the part of the inputs that it tries: real sockets are slow."""


def main() -> int:
    """The exit code: 0 where all were tried and none went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(SHARES))
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=14)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--minutes", type=float, default=120.0, help="for all together")
    given = parser.parse_args()
    ends = monotonic() + 60 * given.minutes
    failed = 0
    for name in given.names or SHARES:
        wanted = max(1, round(given.count * SHARES[name]))
        began = monotonic()
        outcomes = _all(name, wanted, given.seed, given.processes, ends - began)
        inputs = outcomes.total()
        wrong = outcomes["wrong"] + outcomes["died"]
        failed += wrong > 0 or inputs < wanted
        print(
            f"{name}: {inputs:,} of {wanted:,} inputs, {wrong} wrong, "
            f"{monotonic() - began:,.0f} s: {dict(outcomes.most_common())}",
            flush=True,
        )
    return 1 if failed else 0


def _all(name: str, count: int, seed: int, processes: int, seconds: float) -> Counter[str]:
    bounds = [count * part // processes for part in range(processes + 1)]
    parts = [
        (first, started(name, last - first, seed, first, seconds))
        for first, last in pairwise(bounds)
    ]
    outcomes: Counter[str] = Counter()
    try:
        for first, process in parts:
            outcomes += counted(name, seed, first, process)
    finally:
        for _, process in parts:
            process.kill()
            process.wait()
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
