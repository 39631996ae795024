"""What translating needs to know, and what it makes of each query."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from whoosh.query import Query

from index.light_dataclass import dataclass
from index.opensearch.layout import Dsl
from search.local.matching.searcher import Searcher


class Detail(Enum):
    """How much of the scores a query has: the less, the fewer clauses."""

    WHOLE = "scores as the embedded engine's"
    TERMS = "of words BM25 alone; of what stands for many terms as much for each"
    MATCHES = "none"


@dataclass(frozen=True, slots=True)
class Translated:
    """A query of the cluster. ``exact``: it finds what the other does; else that and more."""

    query: Dsl
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Context:
    """What one question is translated with.

    ``searcher``: over the companion, which counts terms and says what patterns stand for.
    ``most_leaves``: a query about places asks for so many terms, else for its parts wherever they
    are. ``translate``: of any kind of query. ``excluding``: what matches is to be left out, so that
    patterns stand for all of their terms.
    """

    searcher: Searcher
    detail: Detail
    most_leaves: int
    translate: Callable[[Context, Query], Translated]
    excluding: bool = False

    def of(self, query: Query) -> Translated:
        """A query below another one."""
        return self.translate(self, query)

    def each(self, queries: Sequence[Query]) -> tuple[list[Dsl], bool]:
        """Several, and whether all of them are exact."""
        found = [self.of(one) for one in queries]
        return [one.query for one in found], all(one.exact for one in found)

    def to_exclude(self) -> Context:
        """For what is to be left out."""
        return replace(self, detail=Detail.MATCHES, excluding=True)

    def to_match(self) -> Context:
        """For what adds nothing to scores."""
        return replace(self, detail=Detail.MATCHES)


Kinds = dict[type[Query], Callable[[Context, Any], Translated]]
