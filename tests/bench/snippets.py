"""What ten snippets cost: the same search without and with them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from tests.bench.peers.peer import Peer
from tests.bench.tables import milliseconds, row, table_head
from tests.bench.timing import spread


@dataclass(frozen=True, slots=True)
class Snipped:
    """One peer's times. without, with_them: (rounds, questions) float64 seconds."""

    peer: Peer
    without: NDArray[np.float64]
    with_them: NDArray[np.float64]


def measure(
    peers: Sequence[Peer], indexes: dict[str, Path], queries: Sequence[str], rounds: int
) -> list[Snipped]:
    """Every query to every peer in both ways, after a first round that does not count.

    Before both it is asked once more, so that neither finds what the other has just read.
    """
    shape = (rounds + 1, len(queries))
    found = [Snipped(peer, np.zeros(shape), np.zeros(shape)) for peer in peers]
    with ExitStack() as stack:
        searchers = [stack.enter_context(closing(peer.open(indexes[peer.index]))) for peer in peers]
        for turn in range(rounds + 1):
            for at, query in enumerate(queries):
                for one, searcher in zip(found, searchers, strict=True):
                    searcher.search(query)
                    started = perf_counter()
                    searcher.search(query)
                    between = perf_counter()
                    searcher.page(query)
                    one.without[turn, at] = between - started
                    one.with_them[turn, at] = perf_counter() - between
    return [Snipped(one.peer, one.without[1:], one.with_them[1:]) for one in found]


def table(snipped: Sequence[Snipped]) -> str:
    """Medians over rounds; the snippets are the difference of the two, query by query."""
    rows = table_head("peer", "search p50 ms", "with snippets", "snippets p50", "snippets p95")
    for one in snipped:
        difference = spread(np.median(one.with_them - one.without, axis=0))
        rows.append(
            row(
                one.peer.name,
                *(
                    milliseconds(spread(np.median(times, axis=0)).median)
                    for times in (one.without, one.with_them)
                ),
                milliseconds(difference.median),
                milliseconds(difference.p95),
            )
        )
    return "\n".join(rows)
