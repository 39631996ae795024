"""What planning and suggesting ask of the postings of bodies, and who answers.

A snapshot that has these postings is asked itself; of a light one, ``Snapshot.bodies`` is: there
the whole index is somewhere else.
"""

from __future__ import annotations

from typing import Protocol, Self

from search.budget import Budget
from search.local.completing.company import having
from search.local.completing.together import stand_beside, together
from search.local.reading.snapshot import Snapshot
from search.query.rewrite.archive import Together


class Articles(Protocol):
    """The articles that have a word, those that are deleted apart."""

    @property
    def count(self) -> int:
        """How many they are."""

    def both(self, other: Self) -> int:
        """How many of them have another word, too."""


class Bodies(Protocol):
    """How often stems stand in the same articles. Methods raise ``FileDamaged``."""

    def together(self, first: str, second: str, budget: Budget) -> Together:
        """How often bodies have both; estimated, and ``beside`` is 0 only where none has it so."""

    def stand_beside(self, first: str, second: str, budget: Budget) -> bool:
        """Whether a body has one behind the other, or very many have both."""

    def having(self, stem: str, budget: Budget) -> Articles:
        """The articles with a stem in title or body."""


class PostingsBodies:
    """The bodies of a snapshot that has their postings."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def together(self, first: str, second: str, budget: Budget) -> Together:
        return together(self._snapshot, first, second, budget)

    def stand_beside(self, first: str, second: str, budget: Budget) -> bool:
        return stand_beside(self._snapshot, first, second, budget)

    def having(self, stem: str, budget: Budget) -> Articles:
        return having(self._snapshot, stem, budget)


def bodies_of(snapshot: Snapshot) -> Bodies:
    """What answers for the bodies of a snapshot's articles."""
    return PostingsBodies(snapshot) if snapshot.bodies is None else snapshot.bodies
