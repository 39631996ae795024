"""How many connections each worker has, so that a new one is taken by a worker that has few.

All workers listen at the same sockets, and whichever looks first takes what comes. Connections are
kept, so one that takes all of a few at once would answer for all while the others have nothing to
do. So a worker that has more than another leaves it a moment to take a new one (``accepting``).
"""

from __future__ import annotations

from mmap import mmap

MANY = 1_000_000
"""Connections of a worker that leaves all to the others: more than any has."""

_WIDTH = 4


class Shares:
    """Counts of workers in memory that they share, to be made before they are forked.

    By seat, uint32: one more than its connections, 0 where no worker takes any. A seat beyond the
    last is not counted, and leaves nothing to others.
    """

    def __init__(self, seats: int) -> None:
        self._counts = memoryview(mmap(-1, seats * _WIDTH)).cast("I")

    def share(self, seat: int) -> Share:
        """That of the worker in the seat, who writes no other."""
        return Share(self._counts, seat)


class Share:
    """That of one worker."""

    def __init__(self, counts: memoryview, seat: int) -> None:
        self._counts = counts
        self._seat = seat
        self._counted = seat < len(counts)

    def is_of(self, connections: int) -> None:
        """Have the others know how many it has."""
        if self._counted:
            self._counts[self._seat] = connections + 1

    def ends(self) -> None:
        """Have the others know that it takes no more."""
        if self._counted:
            self._counts[self._seat] = 0

    def is_largest(self) -> bool:
        """Whether it has more than another that takes connections."""
        if not self._counted:
            return False
        own = self._counts[self._seat]
        return any(0 < other < own for other in self._counts)
