"""Similar articles: an OR of an article's terms with the highest frequency times idf."""

from __future__ import annotations

from collections import Counter

from whoosh import query as whoosh_query

from index.analysis.tokenizer import chunk_texts
from index.article import Article
from search.limits import MARKED_CHARACTERS
from search.local.find import Found, all_of
from search.local.matching.searcher import Searcher
from search.local.plan import Plan
from search.local.queries import Queries
from search.local.scoring.ranking import Ranking
from search.marking import Work
from search.question import Question

TERMS = 25
"""How many of an article's terms are searched for."""

_MIN_LENGTH = 3
_TITLE_WEIGHT = 3
_WORK = 60_000
"""For the words of one article; those of the longest news take half of it."""


def similar_to(searcher: Searcher, number: int) -> tuple[Plan, Found]:
    """The plan that finds articles like the document, and what it found without the document."""
    query = similar_query(searcher, searcher.snapshot.article(number))
    matches = searcher.run(query)
    plan = plan_of(query)
    return plan, all_of(plan, matches.where(matches.documents != number))


def plan_of(query: whoosh_query.Query) -> Plan:
    """The plan of a query that was made of no question."""
    return Plan(Queries(Question("", None), Ranking(), made=query))


def similar_query(searcher: Searcher, article: Article) -> whoosh_query.Query:
    """An OR of the article's terms with the highest frequency times idf, weighted by it.

    Terms that no other article has, and those of one or two letters, are left out. Of a very long
    article the beginning counts.
    """
    analysis = searcher.snapshot.analysis
    work = Work(_WORK)
    counts: Counter[str] = Counter()
    for text, weight in ((article.title, _TITLE_WEIGHT), (article.body, 1)):
        for chunk in chunk_texts(text[:MARKED_CHARACTERS]):
            if work.looks_into(chunk):
                for token in analysis.chunk(chunk):
                    counts[token.stem] += weight
    worth = {}
    for term, count in counts.items():
        frequency = searcher.snapshot.dictionary.document_frequency("body", term)
        if frequency > 1 and len(term) >= _MIN_LENGTH:
            worth[term] = count * searcher.rows.idf("body", term)
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
