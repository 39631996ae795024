"""Questions put to several engines in turns, and what their times amount to.

Cold is a question that an engine which has just been opened is asked for the first time, in a
process that has opened none before; the files are in memory. Warm is one that was asked before.
Where all engines are asked others ``before``, a process's own beginning does not count as theirs.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from time import perf_counter, thread_time

import numpy as np
from numpy.typing import NDArray

from index import garbage
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
    """One engine's times: first, again: (rounds, questions) float64 seconds.

    totals: (questions,) int64.
    """

    first: NDArray[np.float64]
    again: NDArray[np.float64]
    totals: NDArray[np.int64]

    @property
    def cold(self) -> Spread:
        """Of each question's median over the rounds in which it was new."""
        return spread(np.median(self.first, axis=0))

    @property
    def warm(self) -> Spread:
        """Of each question's median over the rounds in which it was asked again."""
        return spread(np.median(self.again, axis=0))


CLOCKS: dict[str, Callable[[], float]] = {"wall": perf_counter, "thread": thread_time}
"""What time is taken by. On a busy machine the thread's own says more, where one thread answers."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Engines by their names, how each is opened, and what they are asked."""

    opens: Mapping[str, Callable[[], Searcher]]
    queries: Sequence[str]
    every: bool = False
    clock: str = "wall"
    before: Sequence[str] = ()

    def run(self, rounds: int) -> dict[str, Run]:
        """So many cold rounds, each in a process of its own, and as many warm ones in one."""
        cold = [_apart(self, 1) for _ in range(rounds)]
        warm = _apart(self, rounds + 1)
        found = {}
        for name in self.opens:
            first = np.concatenate([one[name][0] for one in cold])
            seconds, totals = warm[name]
            found[name] = Run(first, seconds[1:], totals)
        return found


_Times = dict[str, tuple[NDArray[np.float64], NDArray[np.int64]]]


def _apart(asking: Asking, rounds: int) -> _Times:
    """What a process of its own finds, which begins as this one is, without any engine."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        return pool.apply(_in_turns, (asking, rounds))


def _in_turns(asking: Asking, rounds: int) -> _Times:
    """Each query to all engines before the next one.

    Who begins changes with every query, so that nobody always follows the same neighbour.
    """
    garbage.look_seldom()
    names = list(asking.opens)
    seconds = {name: np.zeros((rounds, len(asking.queries))) for name in names}
    totals = {name: np.zeros(len(asking.queries), np.int64) for name in names}
    clock = CLOCKS[asking.clock]
    with ExitStack() as stack:
        searchers = {
            name: stack.enter_context(closing(opened())) for name, opened in asking.opens.items()
        }
        for searcher in searchers.values():
            for query in asking.before:
                searcher.search(query, every=asking.every)
        for turn in range(rounds):
            for at, query in enumerate(asking.queries):
                first = at % len(names)
                for name in names[first:] + names[:first]:
                    started = clock()
                    answer = searchers[name].search(query, every=asking.every)
                    took = clock() - started
                    seconds[name][turn, at] = took if answer.seconds is None else answer.seconds
                    totals[name][at] = answer.total
    return {name: (seconds[name], totals[name]) for name in names}
