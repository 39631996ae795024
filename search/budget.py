# ruff: noqa: SLF001 - a budget makes others of its class
"""How much answering a request may cost, and whether that cut the answer short.

Cost is counted, not timed: postings read, terms expanded, positions compared. So the same question
gives the same answer on an idle machine and on a busy one, whoever asked before. What was kept from
earlier questions counts as if it were read anew.

The clock only bounds what counting does not foresee. It is that of the thread's own processor time:
by the clock on the wall, a worker whose threads wait for each other would cut short answers that
cost nothing. Waiting for another machine takes none of it, and is bounded apart (``patience``).
Reading the processor's clock is a system call, slower than most of the steps between two readings.
A thread uses no more processor time than passes on the wall, so this clock is read first, and the
other only when it says that the time may be up. So, too, where one question follows the other: a
reading that is younger than a hundredth of a budget's time serves it, which then lasts too long by
that hundredth at the most.
"""

from __future__ import annotations

import os
from collections.abc import Hashable
from math import floor, inf
from threading import local
from time import monotonic, thread_time
from typing import TYPE_CHECKING, Any

from index.kernels import kernel
from index.light_dataclass import dataclass

POSTING = 1
"""The unit of work: a posting read and scored, or compared.

Of 27,091 articles a unit of the worst questions took 4 to 31 ns of processor time when they were
asked first, and 1 to 28 ns when asked again: it bounds what a question costs, and is no clock.
"""

LOOKED_UP = 400
"""A term looked up in a segment, whether it is there or not."""

TERM = 1_000
"""A term of a segment of which something is read, however few articles have it."""

EXPANDED = 80
"""A term that begins with a prefix: read, counted and compared with others that do."""

NODE = 3_000
"""A part of a query that is asked about documents, however few they are."""

COMPARED = 2
"""A document that is asked about, or that is merged with others."""

POSITION = 6
"""A position of a word in an article, compared with those of other words."""

SHAPE = 1
"""A word of the index whose letters are compared with those of a misspelt one."""

HIT = 20_000
"""A hit that is read and shown, whatever is marked in it."""

VALUE = 20
"""A name among the values of a facet, compared with one that no article has."""

_YOUNG = 0.01
"""The share of a budget's time by which a reading of the processor's clock may be older."""

_threads = local()
_new = object.__new__

_ALL = 1 << 62
"""More than any budget has."""


def waited() -> float:
    """Seconds that this thread has waited for other machines, for all budgets that it ever had."""
    seconds: float = getattr(_threads, "waited", 0.0)
    return seconds


def wait(budget: Budget, seconds: float) -> None:
    """Take so many from what may be waited for another machine, as they were waited for."""
    budget.patience -= seconds
    _threads.waited = waited() + seconds


_kernel = kernel("budgets")


def _forget() -> None:
    _threads.read = None
    if _kernel is not None:
        _kernel.forget()


os.register_at_fork(after_in_child=_forget)  # the thread goes on by a clock that begins anew


def _processor_time(now: float, seconds: float) -> float:
    """The thread's, now by the clock on the wall; too large by up to ``_YOUNG`` of the seconds."""
    read: tuple[float, float] | None = getattr(_threads, "read", None)
    if read is not None and 0.0 <= now - read[0] <= _YOUNG * seconds:
        return read[1] + now - read[0]
    found = thread_time()
    _threads.read = now, found
    return found


@dataclass(frozen=True, slots=True)
class Work:
    """What a step of an answer may cost at the most, as counted here."""

    least: int
    a_document: int = 0

    def of(self, documents: int) -> int:
        """In an index of so many documents."""
        return self.least + self.a_document * documents


class PythonBudget:
    """What may be spent from now on: ``seconds`` of the thread's processor time, and work.

    ``late``: whether it was the clock that cut it short, so that the next answer may be another.
    Whoever works adds to ``work``; ``counted`` has what was read whole, by its key, so that it
    counts once, however often it is asked for. Whoever finds the budget spent stops, and the answer
    is ``partial``: it may lack matches, and has none that is wrong. Of one thread.

    ``patience``: seconds by the clock on the wall for which another machine may still be waited
    for, at first as many as ``seconds``; whoever waits takes them off (``wait``). What ``part`` and
    ``apart`` give has none: whoever waits needs the budget of the question itself.

    ``Budget`` is this, or where kernels are their own, of which this is the witness.
    """

    __slots__ = (
        *("_before", "_deadline", "_earliest", "_last", "_most"),
        *("counted", "late", "partial", "patience", "work"),
    )

    def __init__(self, seconds: float, most: float = inf) -> None:
        # When its time ends by the processor's clock, and the earliest moment by that on the wall.
        now = monotonic()
        self._deadline = _processor_time(now, seconds) + seconds
        self._earliest = now + seconds
        self._most = most
        # The last of its parts, and of a part the one that was made before.
        self._last: PythonBudget | None = None
        self._before: PythonBudget | None = None
        self.patience = seconds
        self.work = 0
        self.counted: dict[Hashable, Any] = {}
        self.partial = False
        self.late = False

    def spent(self) -> bool:
        """Whether nothing is left; the caller then leaves something out, so this is ``partial``."""
        if self.work > self._most:
            self.partial = True
            return True
        if self._is_late():
            self.partial = self.late = True
            return True
        return False

    def _is_late(self) -> bool:
        """Whether the time is up."""
        now = monotonic()
        if now < self._earliest:
            return False
        left = self._deadline - thread_time()
        self._earliest = now + left
        return left < 0.0

    def lasts(self, work: int) -> bool:
        """Whether so much more work leaves it unspent all the while; it never gets partial by it.

        What is kept from earlier questions is taken where this lasts for what it cost. Else it is
        found once more, up to where the budget is spent, as if nobody had asked before.
        """
        if self.work + work > self._most:
            return False
        return monotonic() < self._earliest or not self._is_late()

    def left(self) -> int:
        """The work that is left, less than nothing where the time is up."""
        if monotonic() >= self._earliest and self._is_late():
            return -1
        if self._most - self.work >= _ALL:
            return _ALL
        return floor(self._most) - self.work

    def takes(self, work: int) -> bool:
        """Count work that is to be done at once; False where it is not left: then it is spent."""
        if self.lasts(work):
            self.work += work
            return True
        if self.work + work > self._most:
            self.work = max(self.work, floor(self._most) + 1)
        return not self.spent()

    def part(self, most: float = inf) -> PythonBudget:
        """A budget of its own work, of this one's time; this one never gets partial by it.

        Its work is none of this one's, so that what is asked first takes nothing from the rest.
        """
        found = _new(PythonBudget)
        found._deadline = self._deadline
        found._earliest = self._earliest
        found._most = most
        found._last = None
        found._before = self._last
        found.patience = 0.0
        found.work = 0
        found.counted = {}
        found.partial = found.late = False
        self._last = found
        return found

    def apart(self) -> PythonBudget:
        """A budget of as much, none of it spent; this one never knows what it is spent on."""
        before = self._last
        found = self.part(self._most)
        self._last, found._before = before, None
        return found

    def all_work(self) -> int:
        """The work of this one and of its parts."""
        work, part = self.work, self._last
        while part is not None:
            work += part.all_work()
            part = part._before
        return work


if TYPE_CHECKING:
    from index.kernels.budgets import Budget as Budget  # noqa: PLC0414, so that it is exported
else:
    Budget = PythonBudget if _kernel is None else _kernel.Budget
