"""The query that finds articles about the same matter as a given one."""

from __future__ import annotations

from collections import Counter

from whoosh import query as whoosh_query

from index.article import Article
from search.limits import MARKED_CHARACTERS
from search.local.snapshot import Snapshot
from search.local.weighting import BM25

TERMS = 25
"""How many of an article's most telling terms are searched for."""

_MIN_LENGTH = 3
_TITLE_WEIGHT = 3


def similar_query(snapshot: Snapshot, model: BM25, article: Article) -> whoosh_query.Query:
    """An OR of the article's terms with the highest frequency times idf, weighted by it.

    Terms that no other article has, and those of one or two letters, are left out.
    """
    counts: Counter[str] = Counter(
        token.stem for token in snapshot.analysis.tokens(article.body[:MARKED_CHARACTERS])
    )
    for token in snapshot.analysis.tokens(article.title[:MARKED_CHARACTERS]):
        counts[token.stem] += _TITLE_WEIGHT
    worth = {}
    for term, count in counts.items():
        frequency = snapshot.document_frequency("body", term)
        if frequency > 1 and len(term) >= _MIN_LENGTH:
            worth[term] = count * model.idf_of(snapshot.size, frequency)
    best = sorted(worth, key=lambda term: (-worth[term], term))[:TERMS]
    if not best:
        return whoosh_query.NullQuery
    top = worth[best[0]]
    return whoosh_query.Or(
        [
            whoosh_query.Term(field, term, boost=worth[term] / top)
            for term in best
            for field in ("title", "body")
        ]
    )
