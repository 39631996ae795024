"""Whoosh queries that ask where words stand in one field: near each other, early, in a sentence.

They only hold facts and score nothing; an engine finds what matches by positions. Their parts are
``Term``, ``Prefix``, ``Wildcard``, ``FuzzyTerm``, ``Phrase``, an ``Or`` of parts, or one of these
again. A part is of the field itself or of its twin of surface forms, as both have the same
positions. Where a part stands is a *span*: its first and its last position.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from whoosh.query import Query


class _Placed(Query):  # type: ignore[misc]
    """What all of them have; equal facts make equal queries."""

    def __init__(self, fieldname: str, parts: Sequence[Query]) -> None:
        self.fieldname = fieldname
        self.parts = tuple(parts)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        facts = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        return f"{type(self).__name__}({facts})"

    def field(self) -> str:
        """The field, or the one whose positions it shares."""
        return self.fieldname

    def children(self) -> Iterator[Any]:
        """The parts."""
        return iter(self.parts)


class NearQuery(_Placed):
    """A span of every part, no two in each other's way, at most ``distance`` apart.

    How far apart: from the first span's beginning to the last one's end, less what each span takes
    beyond one word; so of two words the difference of their positions. No less than they need side
    by side. ``ordered``: in the order of the parts.
    """

    def __init__(
        self, fieldname: str, parts: Sequence[Query], distance: int, *, ordered: bool = False
    ) -> None:
        super().__init__(fieldname, parts)
        self.distance = max(distance, len(self.parts) - 1)
        self.ordered = ordered


class RunQuery(_Placed):
    """Parts of one word each at fixed ``offsets`` from the first: ``"presiden * widodo"``."""

    def __init__(self, fieldname: str, parts: Sequence[Query], offsets: Sequence[int]) -> None:
        super().__init__(fieldname, parts)
        self.offsets = tuple(offsets)


class OpeningQuery(_Placed):
    """A span of the one part among the first ``words`` words, as if the field had no more.

    So of a sentence each part has to stand there, wherever else in the sentence it stands again.
    """

    def __init__(self, fieldname: str, part: Query, words: int) -> None:
        super().__init__(fieldname, (part,))
        self.words = words


class SentenceQuery(_Placed):
    """A span of every part in one sentence."""
