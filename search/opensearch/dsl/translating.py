"""A Whoosh query as a query of a cluster: one case a kind, as ``search.local.matching`` has them.

It matches the same articles, and scores nearly as the embedded engine does: what Lucene rounds are
lengths of texts, and leads are in steps. Where Lucene cannot ask the same, the cluster is asked for
more articles, and whoever asked sifts them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from whoosh import query as whoosh_query
from whoosh.query import Query

from index.clock import microseconds
from index.opensearch.layout import DATE
from search.budget import Budget
from search.local.reading.dictionary import MAX_EXPANSIONS, Expansion
from search.local.reading.rows import Rows
from search.opensearch.dsl.words import all_of, any_of, best_of, nothing, one_of_many, weighted
from search.query.facet_query import FacetQuery
from search.query.placed_query import NearQuery, OpeningQuery, RunQuery, SentenceQuery
from search.query.word_query import GluedQuery, JoinedQuery, SpellingsQuery, WordQuery
from search.response import Note

Dsl = dict[str, Any]

_EVERY: Dsl = {"match_all": {"boost": 0.0}}


@dataclass(frozen=True, slots=True)
class Translated:
    """A query of the cluster. ``exact``: it finds what the other does; else that and more."""

    query: Dsl
    exact: bool


@dataclass
class Translation:
    """Translates the queries of one question. ``rows``: of the companion, which counts terms.

    ``notes`` say what was searched for otherwise than asked. Raises ``FileDamaged``.
    """

    rows: Rows
    budget: Budget
    notes: list[Note] = field(default_factory=list)

    def of(self, query: Query, *, excluding: bool = False) -> Translated:
        """The query of the cluster. ``excluding``: what matches is to be left out."""
        return _KINDS[type(query)](self, query, excluding)

    def each(self, queries: Sequence[Query], *, excluding: bool) -> tuple[list[Dsl], bool]:
        """Several, and whether all of them are exact."""
        found = [self.of(one, excluding=excluding) for one in queries]
        return [one.query for one in found], all(one.exact for one in found)

    def expanded(self, query: Query) -> tuple[str, ...]:
        """The terms that a pattern or a fuzzy word stands for; a note says where more would."""
        dictionary, name, text = self.rows.snapshot.dictionary, query.fieldname, query.text
        if isinstance(query, whoosh_query.FuzzyTerm):
            found = dictionary.edited(name, text, query.maxdist, self.budget)
            self._tell(found, "fuzzy-cut", word=text)
        elif isinstance(query, whoosh_query.Wildcard):
            found = dictionary.fitting(name, text, self.budget)
            self._tell(found, "pattern-cut", pattern=text)
        else:
            found = dictionary.commonest(name, text, self.budget)
            self._tell(found, "prefix-cut", prefix=text)
        return tuple(term for term, _ in found.terms)

    def _tell(self, found: Expansion, code: str, **facts: str) -> None:
        note = Note(code, {**facts, "limit": str(MAX_EXPANSIONS)})
        if found.count > MAX_EXPANSIONS and note not in self.notes:
            self.notes.append(note)


def _word(asking: Translation, query: WordQuery, _: bool) -> Translated:
    return Translated(weighted(asking.rows, query.weighted_terms), exact=True)


def _term(asking: Translation, query: whoosh_query.Term, _: bool) -> Translated:
    terms = ((query.fieldname, query.text, query.boost),)
    return Translated(weighted(asking.rows, terms), exact=True)


def _all(asking: Translation, query: whoosh_query.And, excluding: bool) -> Translated:
    required, exact = asking.each(
        [one for one in query.subqueries if not isinstance(one, whoosh_query.Not)],
        excluding=excluding,
    )
    left_out = []
    for one in query.subqueries:
        if isinstance(one, whoosh_query.Not):
            found = asking.of(one.query, excluding=True)
            exact &= found.exact
            if found.exact:  # else it would leave out too many
                left_out.append(found.query)
    return Translated(all_of(required, left_out, query.boost), exact)


def _maybe(asking: Translation, query: whoosh_query.AndMaybe, excluding: bool) -> Translated:
    required = asking.of(query.a, excluding=excluding)
    if excluding:
        return required
    more = asking.of(query.b)
    found = {"bool": {"must": [required.query], "should": [more.query]}}
    return Translated(found, required.exact)


def _any(asking: Translation, query: whoosh_query.Or, excluding: bool) -> Translated:
    found, exact = asking.each(query.subqueries, excluding=excluding)
    return Translated(any_of(found, query.boost), exact)


def _best(asking: Translation, query: whoosh_query.DisjunctionMax, excluding: bool) -> Translated:
    found, exact = asking.each(query.subqueries, excluding=excluding)
    return Translated(best_of(found, query.boost), exact)


def _glued(asking: Translation, query: GluedQuery, _: bool) -> Translated:
    own = weighted(asking.rows, query.own.weighted_terms)
    holders = one_of_many(query.holders.weighted_terms)
    return Translated(best_of([own, holders], query.boost), exact=True)


def _not(asking: Translation, query: whoosh_query.Not, _: bool) -> Translated:
    found = asking.of(query.query, excluding=True)
    left_out = [found.query] if found.exact else []
    return Translated(all_of([_EVERY], left_out), found.exact)


def _every(*_: object) -> Translated:
    return Translated(_EVERY, exact=True)


def _nothing(*_: object) -> Translated:
    return Translated(nothing(), exact=True)


def _constant(
    asking: Translation,
    query: whoosh_query.ConstantScoreQuery,
    excluding: bool,
) -> Translated:
    found = asking.of(query.child, excluding=excluding)
    score = max(float(query.score), 0.0)
    return Translated({"constant_score": {"filter": found.query, "boost": score}}, found.exact)


def _dates(_: Translation, query: whoosh_query.DateRange, __: bool) -> Translated:
    bounds = {"gte": 0 if query.startdate is None else microseconds(query.startdate)}
    if query.enddate is not None:
        bounds["lte"] = microseconds(query.enddate)
    return Translated({"range": {DATE: bounds}}, exact=True)


def _facet(asking: Translation, query: FacetQuery, _: bool) -> Translated:
    column = asking.rows.snapshot.columns.facets[query.facet]
    numbers = column.known.meant(query.text, whole=query.whole).numbers
    return Translated(
        having(query.facet.value, [column.values[one] for one in numbers]), exact=True
    )


def having(name: str, values: Sequence[str]) -> Dsl:
    """What has one of some values of a facet, as they are shown."""
    from index.analysis import fold_value

    return {"terms": {name: [fold_value(value) for value in values]}}


def _phrase(_: Translation, query: whoosh_query.Phrase, __: bool) -> Translated:
    words = " ".join(query.words)
    found = {"match_phrase": {query.fieldname: {"query": words, "boost": query.boost}}}
    return Translated(found if words else nothing(), exact=True)


def _pattern(asking: Translation, query: Query, excluding: bool) -> Translated:
    name, text = query.fieldname, query.text
    if excluding and isinstance(query, whoosh_query.Prefix):
        return Translated({"prefix": {name: {"value": text}}}, exact=True)
    terms = tuple((name, one, query.boost) for one in asking.expanded(query))
    exact = not excluding or len(terms) < MAX_EXPANSIONS
    if isinstance(query, whoosh_query.FuzzyTerm):
        return Translated(best_of([one_of_many(terms)], 1.0), exact)
    return Translated(weighted(asking.rows, terms), exact)


def _placed(asking: Translation, query: Query, excluding: bool) -> Translated:
    """Articles that have all of the parts, wherever."""
    found, _ = asking.each(query.parts, excluding=excluding)
    return Translated(all_of(found), exact=False)


_KINDS: Mapping[type[Query], Callable[[Translation, Any, bool], Translated]] = {
    WordQuery: _word,
    whoosh_query.Term: _term,
    whoosh_query.And: _all,
    whoosh_query.AndMaybe: _maybe,
    whoosh_query.Or: _any,
    whoosh_query.DisjunctionMax: _best,
    SpellingsQuery: _best,
    JoinedQuery: _best,
    GluedQuery: _glued,
    whoosh_query.Not: _not,
    whoosh_query.Every: _every,
    type(whoosh_query.NullQuery): _nothing,
    whoosh_query.ConstantScoreQuery: _constant,
    whoosh_query.DateRange: _dates,
    FacetQuery: _facet,
    whoosh_query.Phrase: _phrase,
    whoosh_query.Prefix: _pattern,
    whoosh_query.Wildcard: _pattern,
    whoosh_query.FuzzyTerm: _pattern,
    NearQuery: _placed,
    RunQuery: _placed,
    OpeningQuery: _placed,
    SentenceQuery: _placed,
}
