"""What Whoosh query objects mean, an article at a time, over Python lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from math import log

from whoosh import query as whoosh_query

from index.analysis import fold_value
from index.article import Article
from index.fields import Facet
from search.query.facet_query import FacetQuery
from search.query.placed_query import NearQuery, OpeningQuery, RunQuery, SentenceQuery
from tests.index.analysis.witness import witness
from tests.search.values_twin import meant

Span = tuple[int, int]


class Twin:
    """All articles written and not merged away, deleted ones included, as numbered."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.fields = [
            {
                "title": [token.stem for token in witness().tokens(one.title)],
                "title_exact": [token.surface for token in witness().tokens(one.title)],
                "body": [token.stem for token in witness().tokens(one.body)],
                "body_exact": [token.surface for token in witness().tokens(one.body)],
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
            case whoosh_query.Wildcard():
                name = query.fieldname
                found = [
                    self.term(number, name, one, query.boost) for one in sorted(self.terms(query))
                ]
                return _sum(found)
            case whoosh_query.FuzzyTerm():
                return self._fuzzy(query, number)
            case NearQuery() | RunQuery() | OpeningQuery() | SentenceQuery():
                return 0.0 if self.spans(query, number) else None
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

    def _fuzzy(self, query: whoosh_query.FuzzyTerm, number: int) -> float | None:
        """The best of its terms: half for every edit, and no more idf than the first one has."""
        name = query.fieldname
        edits = {one: osa(one, query.text) for one in self.terms(query)}
        having = {one: self.statistics(name, one)[0] for one in edits}
        order = sorted(edits, key=lambda one: (edits[one], -having[one], one))
        size = len(self.articles)
        idf = {one: log(1 + (size - n + 0.5) / (n + 0.5)) for one, n in having.items()}
        scores = [
            self.term(
                number,
                name,
                one,
                query.boost * 0.5 ** edits[one] * min(1, idf[order[0]] / idf[one]),
            )
            for one in order
        ]
        return max((one for one in scores if one is not None), default=None)

    def terms(self, query: whoosh_query.Query) -> set[str]:
        """The terms of all articles that a pattern stands for."""
        words = {word for one in self.fields for word in one[query.fieldname]}
        match query:
            case whoosh_query.Prefix():
                return {one for one in words if one.startswith(query.text)}
            case whoosh_query.Wildcard():
                signs = {"*": ".*", "?": "."}
                fits = re.compile("".join(signs.get(x) or re.escape(x) for x in query.text))
                return {one for one in words if fits.fullmatch(one)}
            case whoosh_query.FuzzyTerm():
                return {one for one in words if osa(one, query.text) <= query.maxdist}
            case _:
                return {query.text}

    def spans(self, query: whoosh_query.Query, number: int, words: int | None = None) -> set[Span]:
        """Where a query of places stands in an article: the first and the last position of each.

        As if the field had no more than so many ``words``.
        """
        match query:
            case whoosh_query.Or():
                return {one for part in query.subqueries for one in self.spans(part, number, words)}
            case OpeningQuery():
                (part,) = query.parts
                return self.spans(part, number, min(query.words, words or query.words))
            case SentenceQuery():
                return set(self._in_sentences(query, number, words))
            case NearQuery():
                return set(near([self.spans(one, number, words) for one in query.parts], query))
            case RunQuery() | whoosh_query.Phrase():
                terms, offsets = _steps(query)
                places = [{at for at, _ in self.spans(one, number, words)} for one in terms]
                return {
                    (at, at + offsets[-1])
                    for at in places[0]
                    if all(at + off in of for off, of in zip(offsets, places, strict=True))
                }
            case _:
                known = self.terms(query)
                there = self.fields[number][query.fieldname][:words]
                return {(at, at) for at, word in enumerate(there) if word in known}

    def _in_sentences(self, query: SentenceQuery, number: int, words: int | None) -> Iterator[Span]:
        """Of each sentence that has a span of every part, from the first to the last word."""
        parts = [self.spans(one, number, words) for one in query.parts]
        begins = [0]
        for sentence in self.articles[number].body.split(". "):
            begins.append(begins[-1] + len(witness().tokens(sentence)))
        for first, after in pairwise(begins):
            inside = [{(s, e) for s, e in part if first <= s and e < after} for part in parts]
            if all(inside):
                every = set().union(*inside)
                yield min(start for start, _ in every), max(end for _, end in every)

    def _scores(self, queries: Sequence[whoosh_query.Query], number: int) -> list[float | None]:
        return [self.score(one, number) for one in queries]


def near(parts: Sequence[set[Span]], query: NearQuery) -> Iterator[Span]:
    """From the first to the last word of a span of every part, none in another's way."""

    def chosen(taken: list[Span]) -> Iterator[Span]:
        if len(taken) == len(parts):
            if query.ordered and taken != sorted(taken):
                return
            first, last = min(one for one, _ in taken), max(one for _, one in taken)
            if last - first - sum(end - start for start, end in taken) <= query.distance:
                yield first, last
            return
        for span in parts[len(taken)]:
            if all(span[1] < start or end < span[0] for start, end in taken):
                yield from chosen([*taken, span])

    return chosen([])


def _steps(
    query: RunQuery | whoosh_query.Phrase,
) -> tuple[Sequence[whoosh_query.Query], Sequence[int]]:
    if isinstance(query, RunQuery):
        return query.parts, query.offsets
    words = [whoosh_query.Term(query.fieldname, word) for word in query.words]
    return words, range(len(words))


@cache
def osa(one: str, other: str) -> int:
    """How many edits: letters inserted, deleted, substituted, or neighbours transposed."""
    if not one or not other:
        return len(one) + len(other)
    least = min(
        osa(one[1:], other) + 1,
        osa(one, other[1:]) + 1,
        osa(one[1:], other[1:]) + (one[0] != other[0]),
    )
    if one[:2] == other[1::-1]:
        least = min(least, osa(one[2:], other[2:]) + 1)
    return least


def _sum(scores: Sequence[float | None]) -> float | None:
    known = [score for score in scores if score is not None]
    return sum(known) if known else None


def _times(score: float | None, boost: float) -> float | None:
    return None if score is None else score * boost
