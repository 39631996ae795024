"""Querying: the best ten with stored titles and the exact total, all peers in turns in one run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.bench.build import build, bytes_of
from tests.bench.peers.ours import Default, Plain
from tests.bench.peers.peer import Peer, Searcher
from tests.bench.peers.registry import BASE, NATIVE
from tests.bench.tables import milliseconds, part, ratio, row, size, table_head
from tests.bench.timing import Asking, Run


@dataclass(frozen=True, slots=True)
class Queried:
    """One peer's answers and the bytes of its index."""

    peer: Peer
    run: Run
    bytes: int

    def amounts(self) -> list[float]:
        """Milliseconds: warm median and 95 of 100, cold ones."""
        warm, cold = self.run.warm, self.run.cold
        return [warm.median, warm.p95, cold.median, cold.p95]


def measure(
    peers: Sequence[Peer],
    indexes: dict[str, Path],
    queries: Sequence[str],
    rounds: int,
    *,
    every: bool,
    clock: str = "wall",
    before: Sequence[str] = (),
    served: bool = False,
) -> list[Queried]:
    """Every query to every peer, so many times cold and as many times warm; others ``before``.

    ``served``: Warta is opened as a server's worker opens it.
    """
    opens = {peer.key: partial(_opened, peer.open, indexes[peer.index], served) for peer in peers}
    runs = Asking(opens, queries, every, clock, before).run(rounds)
    return [Queried(peer, runs[peer.key], bytes_of(indexes[peer.index])) for peer in peers]


def _opened(opens: Callable[[Path], Searcher], directory: Path, served: bool) -> Searcher:
    searcher = opens(directory)
    if served and isinstance(searcher, (Default, Plain)):
        searcher.prepare()
    return searcher


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
    """Milliseconds, how many times tantivy's they are, and how much faster than stock Whoosh."""
    base = next((one.amounts() for one in queried if one.peer.key == BASE), None)
    rows = table_head(
        "peer",
        *("p50 ms", "p95 ms", "cold p50", "cold p95"),
        *("tantivy = 1: p50", "p95", "cold p50", "cold p95"),
        *("stock Whoosh = 1: p50", "p95", "found, mean", "index MiB"),
    )
    for one in queried:
        amounts = one.amounts()
        faster = [ratio(base[at] if base else None, amounts[at]) for at in (0, 1)]
        rows.append(
            row(
                one.peer.name,
                *map(milliseconds, amounts),
                *beside_native(queried, one),
                *faster,
                f"{one.run.totals.mean():,.0f}",
                size(one.bytes),
            )
        )
    return "\n".join(rows)


def beside_native(queried: Sequence[Queried], one: Queried) -> list[str]:
    """How many times those of tantivy in the same run a peer's amounts are."""
    native = next((each.amounts() for each in queried if each.peer.key == NATIVE), None)
    amounts = one.amounts()
    return [part(native[at] if native else None, amounts[at]) for at in range(len(amounts))]
