"""The account that reading keeps: how many records, what was wrong, which columns were used."""

from __future__ import annotations

from collections import Counter
from dataclasses import field

from index.light_dataclass import dataclass
from index.sources.columns.account import ColumnAccount
from index.sources.problems import InputProblem, ProblemKind

EXAMPLES = 10
"""So many problems are kept in full."""

PLACES = 3
"""In so many files the first problem of a kind is kept in full."""


@dataclass(slots=True)
class ReadReport:
    """The account of a reading, kept while it goes on; ``read == accepted + skipped``.

    ``files`` counts the files that were opened, ``read`` the records met, ``accepted`` the articles
    handed on, ``repaired`` those of them that lost something, and ``skipped`` the records not kept.
    A file, or the rest of one, that cannot be read at all counts as one record. ``kinds`` counts
    every problem, of which one article may have several, ``in_files`` the files that have a kind;
    ``examples`` holds the first ten, ``places`` of every kind the first in each of three files.
    ``bytes_read`` are bytes on disk. ``columns`` tells what was taken from which column.
    """

    files: int = 0
    read: int = 0
    accepted: int = 0
    repaired: int = 0
    skipped: int = 0
    kinds: Counter[ProblemKind] = field(default_factory=Counter)
    in_files: Counter[ProblemKind] = field(default_factory=Counter)
    examples: list[InputProblem] = field(default_factory=list)
    places: dict[ProblemKind, list[InputProblem]] = field(default_factory=dict)
    bytes_read: int = 0
    columns: ColumnAccount = field(default_factory=ColumnAccount)
    _last: dict[ProblemKind, str] = field(default_factory=dict)

    def by_effect(self) -> dict[str, dict[str, int]]:
        """The counts of ``kinds`` of what was ``skipped`` and of what was ``repaired``."""
        kinds = sorted(self.kinds.items())
        return {
            "skipped": {kind.value: count for kind, count in kinds if kind.skipped},
            "repaired": {kind.value: count for kind, count in kinds if kind.repaired},
        }

    def count(self, problem: InputProblem) -> None:
        """Takes a problem into the account; one that loses an article also as a record."""
        kind = problem.kind
        self.kinds[kind] += problem.articles
        if self._last.get(kind) != problem.file:
            self._last[kind] = problem.file
            self.in_files[kind] += 1
            places = self.places.setdefault(kind, [])
            if len(places) < PLACES:
                places.append(problem)
        if len(self.examples) < EXAMPLES:
            self.examples.append(problem)
        if kind.skipped:
            self.read += problem.articles
            self.skipped += problem.articles
