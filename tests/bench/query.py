"""Querying: the best ten with stored titles and the exact total, all peers in turns in one run."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

from tests.bench.build import build, bytes_of
from tests.bench.peers.peer import Peer, Searcher
from tests.bench.peers.registry import BASE
from tests.bench.tables import milliseconds, ratio, row, size, table_head
from tests.bench.timing import Run, in_turns


@dataclass(frozen=True, slots=True)
class Queried:
    """One peer's answers and the bytes of its index."""

    peer: Peer
    run: Run
    bytes: int


def measure(
    peers: Sequence[Peer],
    indexes: dict[str, Path],
    queries: Sequence[str],
    rounds: int,
    *,
    every: bool,
) -> list[Queried]:
    """Every query to every peer, once cold and then ``rounds`` times."""
    with ExitStack() as stack:
        searchers: dict[str, Searcher] = {
            peer.key: stack.enter_context(closing(peer.open(indexes[peer.index]))) for peer in peers
        }
        runs = in_turns(searchers, queries, rounds, every=every)
    return [Queried(peer, runs[peer.key], bytes_of(indexes[peer.index])) for peer in peers]


def indexes(peers: Sequence[Peer], articles: Path, work: Path, threads: int) -> dict[str, Path]:
    """The directory of each index below ``work``; what is not there yet is built."""
    found = {}
    for peer in peers:
        found[peer.index] = directory = work / index_name(peer, articles, threads)
        if not directory.exists():
            build(peer, articles, 0, directory, threads)
    return found


def index_name(peer: Peer, articles: Path, threads: int) -> str:
    """How the directory of a peer's index is called."""
    return f"{articles.name.split('.')[0]}-{peer.index}-{threads}"


def table(queried: Sequence[Queried]) -> str:
    """The times in milliseconds and how many times faster than stock Whoosh that is."""
    base = next((one.run.warm for one in queried if one.peer.key == BASE), None)
    rows = table_head(
        "peer",
        *("p50 ms", "p95 ms", "p50, stock Whoosh = 1", "p95"),
        *("cold p50", "cold p95", "found, mean", "index MiB"),
    )
    rows += [
        row(
            one.peer.name,
            milliseconds(one.run.warm.median),
            milliseconds(one.run.warm.p95),
            ratio(base.median if base else None, one.run.warm.median),
            ratio(base.p95 if base else None, one.run.warm.p95),
            milliseconds(one.run.cold.median),
            milliseconds(one.run.cold.p95),
            f"{one.run.totals.mean():,.0f}",
            size(one.bytes),
        )
        for one in queried
    ]
    return "\n".join(rows)
