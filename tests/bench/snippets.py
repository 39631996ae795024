"""What ten snippets cost: the same search without and with them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.bench.peers.peer import Peer
from tests.bench.peers.registry import NATIVE
from tests.bench.tables import milliseconds, part, row, table_head
from tests.bench.timing import CLOCKS, Spread, spread


@dataclass(frozen=True, slots=True)
class Snipped:
    """One peer's times. without, with_them: (rounds, questions) float64 seconds."""

    peer: Peer
    without: NDArray[np.float64]
    with_them: NDArray[np.float64]

    def amounts(self) -> list[Spread]:
        """Of a search with snippets, and of the snippets alone, query by query."""
        alone = self.with_them - self.without
        return [spread(np.median(times, axis=0)) for times in (self.with_them, alone)]


def measure(
    peers: Sequence[Peer],
    indexes: dict[str, Path],
    queries: Sequence[str],
    rounds: int,
    clock: str = "wall",
) -> list[Snipped]:
    """Every query to every peer in both ways, after a first round that does not count.

    Before both it is asked once more, so that neither finds what the other has just read.
    """
    now = CLOCKS[clock]
    shape = (rounds + 1, len(queries))
    found = [Snipped(peer, np.zeros(shape), np.zeros(shape)) for peer in peers]
    with ExitStack() as stack:
        searchers = [stack.enter_context(closing(peer.open(indexes[peer.index]))) for peer in peers]
        for turn in range(rounds + 1):
            for at, query in enumerate(queries):
                for one, searcher in zip(found, searchers, strict=True):
                    searcher.search(query)
                    started = now()
                    searcher.search(query)
                    between = now()
                    searcher.page(query)
                    one.without[turn, at] = between - started
                    one.with_them[turn, at] = now() - between
    return [Snipped(one.peer, one.without[1:], one.with_them[1:]) for one in found]


def table(snipped: Sequence[Snipped]) -> str:
    """Medians over rounds, and how many times tantivy's they are."""
    native = next((one.amounts() for one in snipped if one.peer.key == NATIVE), None)
    rows = table_head(
        "peer",
        *("search p50 ms", "with snippets", "p95", "snippets alone", "p95"),
        *("tantivy = 1: with snippets", "p95", "alone", "p95"),
    )
    for one in snipped:
        figures = [figure for each in one.amounts() for figure in (each.median, each.p95)]
        beside = [figure for each in native for figure in (each.median, each.p95)] if native else []
        search = spread(np.median(one.without, axis=0)).median
        rows.append(
            row(
                one.peer.name,
                *map(milliseconds, [search, *figures]),
                *(
                    part(beside[at] if beside else None, figure)
                    for at, figure in enumerate(figures)
                ),
            )
        )
    return "\n".join(rows)
