"""How long answering a request may take, and whether that cut the answer short."""

from __future__ import annotations

from math import inf
from time import monotonic


class Budget:
    """Time that may be spent from now on.

    Whoever finds it spent stops, and the answer is ``partial``: it may lack matches, and has none
    that is wrong.
    """

    __slots__ = ("_deadline", "partial")

    def __init__(self, seconds: float) -> None:
        self._deadline = monotonic() + seconds
        self.partial = False

    def spent(self) -> bool:
        """Whether the time is up; the caller then leaves something out, so this is ``partial``."""
        if monotonic() > self._deadline:
            self.partial = True
            return True
        return False

    def part(self, seconds: float = inf) -> Budget:
        """A budget of at most ``seconds`` of this one's time; this one never gets partial by it."""
        part = Budget(seconds)
        part._deadline = min(part._deadline, self._deadline)
        return part
