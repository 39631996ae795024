"""What marking the texts of one answer may cost.

How much may be looked at is counted and not timed, so the same request over the same index always
has the same marks, however busy the machine is.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

from index.light_dataclass import dataclass
from search.limits import LONGEST_CHUNK

WINDOW = 1 << 12
"""Characters that are searched before what is found in them is looked into."""

MARKING_WORK = 150_000
"""What one answer may cost, in units of about a microsecond."""

SCANNED = 1_000
"""Characters that are searched for one string at the cost of a unit."""

BESIDE = 8
"""Searches of a text that no string of the query causes."""

LOOK = 2
NEW_PLAIN = 2
NEW_OTHER = 3
"""What a look into a chunk costs, and each character of one that was not seen before."""

MARK = 3
"""What a mark costs until it is HTML."""


@dataclass(slots=True)
class Work:
    """What is left of the work of one answer; ``partial``: whether something was left undone.

    ``seen``: the chunks that were looked into, but for those of ``finder``: what marks its texts
    where that is compiled, of the query that was marked last.
    """

    left: int = MARKING_WORK
    partial: bool = False
    seen: set[str] = field(default_factory=set)
    finder: Any = field(default=None, compare=False, repr=False)

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
        self.left -= characters * (strings + BESIDE) // SCANNED + places

    def told(self) -> None:
        """Have the finder tell which chunks it has seen, and let it go."""
        if self.finder is not None:
            self.finder.tell()
            self.finder = None

    def looks_into(self, chunk: str) -> bool:
        """Count a look into a chunk; whether there is enough left, and it is no monster.

        What was not seen before costs by its length, whatever other requests have seen.
        """
        if self.left <= 0 or len(chunk) > LONGEST_CHUNK:
            self.partial = True
            return False
        self.left -= LOOK
        self.told()
        if chunk not in self.seen:
            self.seen.add(chunk)
            plain = chunk.isalnum() and chunk.isascii()
            self.left -= len(chunk) * (NEW_PLAIN if plain else NEW_OTHER)
        return True

    @property
    def half(self) -> int:
        """What one who may use half of the rest has to keep."""
        return max(self.left, 0) // 2

    def marked(self, count: int) -> None:
        """Count marks."""
        self.left -= MARK * count
