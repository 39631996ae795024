"""The query of a facet's values, which each engine looks up among those that its articles have."""

from __future__ import annotations

from collections.abc import Iterator

from whoosh.query import Query

from index.fields import Facet

WHOLE = "="
"""Before a value it says that the whole value is meant, no part of it."""


class FacetQuery(Query):  # type: ignore[misc]
    """Articles whose value of ``facet`` fits ``text``: a part of it or, if ``whole``, all of it.

    What fits is defined by ``search.values``. ``written`` and ``position`` say for notes how and
    where it stands in the query.
    """

    def __init__(
        self, facet: Facet, text: str, *, whole: bool, written: str, position: int | None
    ) -> None:
        self.facet = facet
        self.text = text
        self.whole = whole
        self.written = written
        self.position = position

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FacetQuery) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"FacetQuery({self.facet.value!r}, {self.text!r}, whole={self.whole})"

    def __str__(self) -> str:
        return self.written

    def field(self) -> str:
        """The name of the facet."""
        return self.facet.value

    def _key(self) -> tuple[Facet, str, bool]:
        return self.facet, self.text, self.whole


def facet_queries(query: Query) -> Iterator[FacetQuery]:
    """Those in a query, excluded ones too, in its order."""
    if isinstance(query, FacetQuery):
        yield query
    for child in query.children():
        yield from facet_queries(child)
