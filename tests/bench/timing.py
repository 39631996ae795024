"""Questions put to several engines in turns, and what their times amount to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from tests.bench.peers.peer import Searcher


@dataclass(frozen=True, slots=True)
class Spread:
    """Milliseconds: the median question and the one that 95 of 100 do not exceed."""

    median: float
    p95: float


def spread(seconds: NDArray[np.float64]) -> Spread:
    """Of (questions,) seconds."""
    median, p95 = np.quantile(seconds, [0.5, 0.95]) * 1000
    return Spread(float(median), float(p95))


@dataclass(frozen=True, slots=True)
class Run:
    """One engine's times. seconds: (rounds, questions) float64; totals: (questions,) int64."""

    seconds: NDArray[np.float64]
    totals: NDArray[np.int64]

    @property
    def cold(self) -> Spread:
        """Of the first round."""
        return spread(self.seconds[0])

    @property
    def warm(self) -> Spread:
        """Of each question's median over the later rounds."""
        return spread(np.median(self.seconds[1:], axis=0))


def in_turns(
    searchers: Mapping[str, Searcher], queries: Sequence[str], rounds: int, *, every: bool
) -> dict[str, Run]:
    """Each query to all engines before the next one, first one cold round, then ``rounds``.

    Who begins changes with every query, so that nobody always follows the same neighbour.
    """
    names = list(searchers)
    seconds = {name: np.zeros((rounds + 1, len(queries))) for name in names}
    totals = {name: np.zeros(len(queries), np.int64) for name in names}
    for turn in range(rounds + 1):
        for at, query in enumerate(queries):
            first = at % len(names)
            for name in names[first:] + names[:first]:
                started = perf_counter()
                answer = searchers[name].search(query, every=every)
                took = perf_counter() - started
                seconds[name][turn, at] = took if answer.seconds is None else answer.seconds
                totals[name][at] = answer.total
    return {name: Run(seconds[name], totals[name]) for name in names}
