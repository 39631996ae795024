"""How much may be looked at to mark the texts of one answer.

That is counted and not timed, so the same request over the same index always has the same marks,
however busy the machine is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

MARKING_WORK = 150_000
"""What one answer may cost, in units of about a microsecond."""

_SCANNED = 1_000
"""Characters that are searched for one string at the cost of a unit."""

_BESIDE = 8
"""Searches of a text that no string of the query causes."""

_LOOK = 2
_NEW_PLAIN = 2
_NEW_OTHER = 3
"""What a look into a chunk costs, and each character of one that was not seen before."""

_MARK = 3
"""What a mark costs until it is HTML."""

LONGEST_CHUNK = 4_096
"""No longer chunk is looked into, in characters; nobody reads one as a word."""


@dataclass(slots=True)
class Work:
    """What is left of the work of one answer; ``partial``: whether something was left undone."""

    left: int = MARKING_WORK
    partial: bool = False
    _seen: set[str] = field(default_factory=set)

    def spent(self, kept: int = 0) -> bool:
        """Whether no more is left than is kept for something else.

        The caller then leaves something out, so this is ``partial``.
        """
        if self.left <= kept:
            self.partial = True
            return True
        return False

    def scanned(self, characters: int, strings: int, places: int) -> None:
        """Count a search of so many characters for so many strings, found at so many places."""
        self.left -= characters * (strings + _BESIDE) // _SCANNED + places

    def looks_into(self, chunk: str) -> bool:
        """Count a look into a chunk; whether there is enough left, and it is no monster.

        What was not seen before costs by its length, whatever other requests have seen.
        """
        if self.left <= 0 or len(chunk) > LONGEST_CHUNK:
            self.partial = True
            return False
        self.left -= _LOOK
        if chunk not in self._seen:
            self._seen.add(chunk)
            plain = chunk.isalnum() and chunk.isascii()
            self.left -= len(chunk) * (_NEW_PLAIN if plain else _NEW_OTHER)
        return True

    @property
    def half(self) -> int:
        """What one who may use half of the rest has to keep."""
        return max(self.left, 0) // 2

    def marked(self, count: int) -> None:
        """Count marks."""
        self.left -= _MARK * count
