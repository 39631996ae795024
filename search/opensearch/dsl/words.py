"""Words as queries of a cluster: the terms of each, what they gain by their lead, its spellings."""

from __future__ import annotations

from collections import defaultdict

from whoosh.query import DisjunctionMax, Term

from index.fields import LEAD_FIELD
from index.opensearch.layout import LEAD, Dsl
from index.opensearch.leads import lead_name, pivot_of
from search.local.reading.rows import TEXT_FIELDS, Rows
from search.opensearch.dsl.clauses import (
    any_of,
    any_term,
    best_of,
    constant,
    scoreless,
    term,
)
from search.opensearch.dsl.context import Context, Detail, Kinds, Translated
from search.query.word_query import GluedQuery, JoinedQuery, SpellingsQuery, Terms, WordQuery

_APART = 8
"""So many terms of which each may be worth something else are asked for one by one."""

_USUAL = 0.5
"""What a term that is there once is worth of its idf in a text of about the usual length."""


def scored(context: Context, terms: Terms) -> Dsl:
    """The sum of the scores of weighted terms, each with its lead."""
    if context.detail is Detail.MATCHES:
        return scoreless(any_terms(terms))
    rows = context.searcher.rows
    clauses: list[Dsl] = []
    for name, text, weight in terms:
        if name not in TEXT_FIELDS or not weight:
            clauses.append(scoreless(term(name, text)))
            continue
        clauses.append(term(name, text, weight))
        if rows.model.leads(name) and context.detail is Detail.WHOLE:
            clauses += _lead(rows, text, weight)
    return any_of(clauses)


def many(context: Context, terms: Terms) -> Dsl:
    """Any of very many terms, which score as if each was as common as the first."""
    if context.detail is Detail.MATCHES or not terms:
        return scoreless(any_terms(terms))
    name, text, weight = terms[0]
    return constant(any_terms(terms), _USUAL * weight * context.searcher.rows.idf(name, text))


def any_terms(terms: Terms) -> Dsl:
    """Any of some terms, whatever they weigh."""
    of_fields: dict[str, list[str]] = defaultdict(list)
    for name, text, _ in terms:
        of_fields[name].append(text)
    return any_of([any_term(name, texts) for name, texts in of_fields.items()])


def _lead(rows: Rows, stem: str, weight: float) -> list[Dsl]:
    """What a stem gains by where it first stands."""
    lead, worth = rows.model.lead, weight * rows.idf(LEAD_FIELD, stem)
    return [
        {
            "rank_feature": {
                "field": f"{LEAD}.{lead_name(stem)}",
                "saturation": {"pivot": pivot_of(half)},
                "boost": share * worth,
            }
        }
        for share, half in ((lead.near, lead.near_half), (lead.far, lead.far_half))
        if share
    ]


def _word(context: Context, query: WordQuery) -> Translated:
    return Translated(scored(context, query.weighted_terms))


def _term(context: Context, query: Term) -> Translated:
    return Translated(scored(context, ((query.fieldname, query.text, query.boost),)))


def _best(context: Context, query: DisjunctionMax) -> Translated:
    found, exact = context.each(query.subqueries)
    return Translated(best_of(found, query.boost), exact)


def _glued(context: Context, query: GluedQuery) -> Translated:
    """Thousands of words may have *di* glued to them: all but the commonest score alike."""
    own, held = query.own.weighted_terms, query.holders.weighted_terms
    few = context.detail is Detail.WHOLE and len(held) <= _APART
    holders = scored(context, held) if few else many(context, held)
    return Translated(best_of([scored(context, own), holders], query.boost))


KINDS: Kinds = {
    WordQuery: _word,
    Term: _term,
    DisjunctionMax: _best,
    SpellingsQuery: _best,
    JoinedQuery: _best,
    GluedQuery: _glued,
}
