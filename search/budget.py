"""How long evaluating a request may take, and whether that cut its answer short."""

from __future__ import annotations

from math import inf
from time import monotonic


class Budget:
    """Time that may be spent from now on.

    What finds it spent does no more, and the answer is ``partial``: it may lack matches, and has
    none that is wrong.
    """

    __slots__ = ("_deadline", "partial")

    def __init__(self, seconds: float) -> None:
        self._deadline = monotonic() + seconds
        self.partial = False

    def spent(self) -> bool:
        """Whether the time is up; who asks leaves something out then."""
        if monotonic() > self._deadline:
            self.partial = True
            return True
        return False

    def part(self, seconds: float = inf) -> Budget:
        """At most ``seconds`` of this one's time, for what may be left out without a word."""
        part = Budget(seconds)
        part._deadline = min(part._deadline, self._deadline)
        return part
