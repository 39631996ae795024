"""Opening: from a closed index to the first answer, and what one more process costs.

Run as ``python -m tests.bench.opening PEER DIRECTORY``, this is such a process: it reads a line
with a JSON list of questions, answers them, prints what it took and holds, and stays until standard
input ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

import orjson

from tests.bench.peers.peer import ROOT, Peer
from tests.bench.peers.registry import PEERS
from tests.bench.processes import memory
from tests.bench.tables import milliseconds, row, size, table_head


@dataclass(frozen=True, slots=True)
class Told:
    """What a process said: seconds to the first answer, bytes added after it and after all."""

    seconds: float
    own_first: int
    own: int
    resident: int


@dataclass(frozen=True, slots=True)
class Opened:
    """One peer: median seconds of a first process, and a second one beside a first."""

    peer: Peer
    seconds: float
    second: Told


def measure(
    peers: Sequence[Peer], indexes: dict[str, Path], queries: Sequence[str], rounds: int
) -> list[Opened]:
    """Start a process and, as long as it has the index open, a second one; ``rounds`` times."""
    found = []
    for peer in peers:
        directory = indexes[peer.index]
        seconds = []
        for _ in range(rounds):
            with _process(peer, directory) as first:
                seconds.append(_ask(first, queries).seconds)
                with _process(peer, directory) as second:
                    told = _ask(second, queries)
        found.append(Opened(peer, median(seconds), told))
    return found


def table(opened: Sequence[Opened], questions: int) -> str:
    """The times, and the memory of the second process."""
    rows = table_head(
        "peer",
        *("first answer ms", "2nd process: own MiB after it"),
        *(f"own MiB after {questions:,} questions", "resident MiB"),
    )
    rows += [
        row(
            one.peer.name,
            milliseconds(one.seconds * 1000),
            size(one.second.own_first),
            size(one.second.own),
            size(one.second.resident),
        )
        for one in opened
    ]
    return "\n".join(rows)


def _process(peer: Peer, directory: Path) -> subprocess.Popen[bytes]:
    """Left as a context it is told to end, and waited for."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.bench.opening", peer.key, str(directory)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )


def _ask(process: subprocess.Popen[bytes], queries: Sequence[str]) -> Told:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(orjson.dumps(list(queries)) + b"\n")
    process.stdin.flush()
    return Told(**orjson.loads(process.stdout.readline()))


def _answer_all(key: str, directory: Path) -> None:
    """The process that is measured."""
    first, *others = orjson.loads(sys.stdin.readline())
    before = memory(os.getpid())
    started = perf_counter()
    searcher = PEERS[key].open(directory)
    searcher.search(first)
    seconds = perf_counter() - started
    after_first = memory(os.getpid())
    for query in others:
        searcher.search(query)
    after = memory(os.getpid())
    told = Told(
        seconds,
        after_first.own - before.own,
        after.own - before.own,
        after.resident - before.resident,
    )
    print(orjson.dumps(asdict(told)).decode(), flush=True)
    sys.stdin.read()
    searcher.close()


if __name__ == "__main__":
    _answer_all(sys.argv[1], Path(sys.argv[2]))
