"""What stands in the place of postings that a companion does not have: whoever reads them is told.

Without it a field without frequencies would look like one whose frequencies are all 1.
"""

from __future__ import annotations

from typing import NoReturn

from index.errors import PostingsAbsent
from index.segments.container import Section


class Absent(Section):
    """A section of which everything raises ``PostingsAbsent``."""

    __slots__ = ("_field", "_file")

    def __init__(self, file: str, field: str) -> None:
        self._file = file
        self._field = field

    def __getattr__(self, name: str) -> NoReturn:
        # All that a section does begins with one of its attributes, of which this one has none.
        raise PostingsAbsent(self._file, self._field)
