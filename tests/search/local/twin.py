"""What Whoosh query objects mean, an article at a time, over Python lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log

from whoosh import query as whoosh_query

from index.analysis import analysis, fold_value
from index.article import Article
from index.fields import Facet
from search.query.facet_query import FacetQuery
from tests.search.values_twin import meant


class Twin:
    """All articles written and not merged away, deleted ones included, as numbered."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.fields = [
            {
                "title": [token.stem for token in analysis().tokens(one.title)],
                "title_exact": [token.surface for token in analysis().tokens(one.title)],
                "body": [token.stem for token in analysis().tokens(one.body)],
                "body_exact": [token.surface for token in analysis().tokens(one.body)],
                "source": [] if one.source is None else [fold_value(one.source)],
            }
            for one in articles
        ]
        self.counts = [{name: Counter(words) for name, words in one.items()} for one in self.fields]
        self.statistics = cache(self._statistics)
        self.meant = cache(self._meant)

    def _meant(self, facet: Facet, text: str, whole: bool) -> set[str]:
        """The values of all articles that a text stands for, folded."""
        known = {value for one in self.articles if (value := getattr(one, facet))}
        return meant(text, known, whole=whole)

    def _statistics(self, field: str, term: str) -> tuple[int, float]:
        """In how many articles the term is, and the field's mean length."""
        having = sum(term in one[field] for one in self.counts)
        return having, sum(len(one[field]) for one in self.fields) / len(self.articles)

    def term(self, number: int, field: str, term: str, weight: float) -> float | None:
        """BM25 and, in bodies, the lead; None where the article does not have the term."""
        frequency = self.counts[number][field][term]
        if not frequency:
            return None
        if field == "source":
            return 0.0
        having, average = self.statistics(field, term)
        idf = log(1 + (len(self.articles) - having + 0.5) / (having + 0.5))
        length = len(self.fields[number][field])
        norm = 1.2 * (1 - 0.75 + 0.75 * length / average)
        score = frequency / (frequency + norm)
        if field == "body":
            first = self.fields[number][field].index(term)
            score += 0.6 / (1 + first / 8) + 2 / (1 + first / 128)
        return weight * idf * score

    def score(  # noqa: PLR0912 - one case a query type
        self, query: whoosh_query.Query, number: int
    ) -> float | None:
        """What the query gives the article, None where it does not match."""
        match query:
            case whoosh_query.NullQuery.__class__():
                return None
            case whoosh_query.Every():
                return 0.0
            case whoosh_query.Term():
                return self.term(number, query.fieldname, query.text, query.boost)
            case FacetQuery():
                value = getattr(self.articles[number], query.facet)
                fitting = self.meant(query.facet, query.text, query.whole)
                return 0.0 if value and fold_value(value) in fitting else None
            case whoosh_query.Phrase():
                words, text = query.words, self.fields[number][query.fieldname]
                starts = range(len(text) - len(words) + 1)
                if not any(text[at : at + len(words)] == words for at in starts):
                    return None
                found = [self.term(number, query.fieldname, w, query.boost) for w in words]
                return sum(one for one in found if one is not None)
            case whoosh_query.Prefix():
                name, prefix = query.fieldname, query.text
                terms = {w for one in self.fields for w in one[name] if w.startswith(prefix)}
                return _sum([self.term(number, name, one, query.boost) for one in sorted(terms)])
            case whoosh_query.DateRange():
                date = self.articles[number].date
                naive = None if date is None else date.replace(tzinfo=None)
                if naive is None or (query.startdate and naive < query.startdate):
                    return None
                return None if query.enddate and naive > query.enddate else 0.0
            case whoosh_query.ConstantScoreQuery():
                return None if self.score(query.child, number) is None else query.score
            case whoosh_query.Or():
                return _times(_sum(self._scores(query.subqueries, number)), query.boost)
            case whoosh_query.DisjunctionMax():
                known = [one for one in self._scores(query.subqueries, number) if one is not None]
                return _times(max(known, default=None), query.boost)
            case whoosh_query.And():
                found = self._scores(query.subqueries, number)
                return _times(None if None in found else _sum([0.0, *found]), query.boost)
            case whoosh_query.AndMaybe():
                required, more = self._scores([query.a, query.b], number)
                return None if required is None else required + (more or 0.0)
            case whoosh_query.Not():
                return 0.0 if self.score(query.query, number) is None else None
            case _:
                raise AssertionError(query)

    def _scores(self, queries: Sequence[whoosh_query.Query], number: int) -> list[float | None]:
        return [self.score(one, number) for one in queries]


def _sum(scores: Sequence[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return sum(known) if known else None


def _times(score: float | None, boost: float) -> float | None:
    return None if score is None else score * boost
