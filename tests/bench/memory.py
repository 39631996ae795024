"""Memory: what a process holds that has answered ten thousand different questions.

Run as ``python -m tests.bench.memory PEER DIRECTORY``, this is such a process: it reads a line with
a JSON list of lists of questions, and prints after each of the lists what it holds.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import orjson

from tests.bench.corpora import texts
from tests.bench.peers.peer import ROOT, Peer
from tests.bench.peers.registry import PEERS
from tests.bench.processes import Memory, memory
from tests.bench.tables import row, size, table_head


@dataclass(frozen=True, slots=True)
class Held:
    """What a peer's process held when it had answered so many questions."""

    peer: Peer
    questions: int
    memory: Memory


def questions(typed: Sequence[str], articles: Path, number: int, seed: int) -> list[str]:
    """So many different ones: those that were typed, then two or three words of a headline."""
    rng = random.Random(seed)
    found = dict.fromkeys(typed)
    titles = [one.title.split() for one in texts(articles)]
    longest = [words for words in titles if len(words) > 3]
    while len(found) < number:
        words = rng.choice(longest)
        found[" ".join(rng.sample(words, rng.randint(2, 3)))] = None
    return list(found)[:number]


def measure(peers: Sequence[Peer], indexes: dict[str, Path], asked: Sequence[str]) -> list[Held]:
    """A process for each peer; looked at when it has opened, after 100, 1,000 and all."""
    ends = [0, *(end for end in (1, 100, 1000) if end < len(asked)), len(asked)]
    lists = orjson.dumps([asked[start:end] for start, end in pairwise(ends)])
    found = []
    for peer in peers:
        done = subprocess.run(
            [sys.executable, "-m", "tests.bench.memory", peer.key, str(indexes[peer.index])],
            cwd=ROOT,
            input=lists,
            stdout=subprocess.PIPE,
            check=True,
        )
        held = [Memory(**orjson.loads(line)) for line in done.stdout.splitlines()]
        found += [Held(peer, end, one) for end, one in zip(ends[1:], held, strict=True)]
    return found


def table(held: Sequence[Held]) -> str:
    """MiB. Pages of mapped files are given up where memory is short, what is its own is not."""
    rows = table_head("peer", "different questions", "resident MiB", "of these no file's")
    rows += [
        row(
            one.peer.name,
            f"{one.questions:,}",
            size(one.memory.resident),
            size(one.memory.anonymous),
        )
        for one in held
    ]
    return "\n".join(rows)


def _answer_all(key: str, directory: Path) -> None:
    """The process that is measured."""
    lists = orjson.loads(sys.stdin.buffer.read())
    with closing(PEERS[key].open(directory)) as searcher:
        for some in lists:
            for query in some:
                searcher.search(query)
            print(orjson.dumps(asdict(memory(os.getpid()))).decode(), flush=True)


if __name__ == "__main__":
    _answer_all(sys.argv[1], Path(sys.argv[2]))
