"""A Whoosh query as a query of a cluster: one case a kind, as ``search.local.matching`` has them.

It matches the same articles, and scores nearly as the embedded engine does: Lucene rounds the
lengths of texts. Where Lucene cannot ask the same, the cluster is asked for more articles, and
whoever asked sifts them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from whoosh.query import Query

from index.opensearch.layout import MOST_PARTS
from search.budget import Budget
from search.local.matching.searcher import Searcher
from search.local.reading.rows import Rows
from search.opensearch.dsl import boolean, patterns, placed, values, words
from search.opensearch.dsl.clauses import EVERYTHING, size
from search.opensearch.dsl.context import Context, Detail, Kinds, Translated
from search.response import Note

MOST = MOST_PARTS * 2 // 5
"""So many clauses of terms one query has, as two of them and filters make up a request."""

_STEPS = (
    (Detail.WHOLE, 256),
    (Detail.TERMS, 64),
    (Detail.MATCHES, 64),
    (Detail.MATCHES, 8),
)
"""What is tried, one after the other: how much of scores, and how many terms of which it is asked
where they stand."""

_KINDS: Kinds = {
    **words.KINDS,
    **boolean.KINDS,
    **values.KINDS,
    **patterns.KINDS,
    **placed.KINDS,
}


@dataclass
class Translation:
    """Translates the queries of one question. ``rows``: of the companion, which counts terms.

    ``notes`` say what was searched for otherwise than asked. Raises ``FileDamaged``.
    """

    rows: Rows
    budget: Budget
    notes: list[Note] = field(default_factory=list)

    def of(self, query: Query, *, scored: bool = True) -> Translated:
        """The query of the cluster; where it is not ``scored``, smaller, and with scores of 0.

        One of very many terms scores more roughly, or not at all, and finds more than it should,
        since a node takes only so many.
        """
        searcher = Searcher(self.rows.snapshot, self.rows, self.budget, self.notes)
        for detail, leaves in _STEPS:
            if scored or detail is Detail.MATCHES:
                found = _translate(Context(searcher, detail, leaves, _translate), query)
                if size(found.query) <= MOST:
                    return found
        return Translated(EVERYTHING, exact=False)


def _translate(context: Context, query: Query) -> Translated:
    """Of what no engine of ours compiles to, every article is looked at."""
    kind = _KINDS.get(type(query))
    return Translated(EVERYTHING, exact=False) if kind is None else kind(context, query)
