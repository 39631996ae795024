"""What stands for many terms of a field: a prefix, a pattern with ``*`` and ``?``, a fuzzy word.

Which terms these are the companion's dictionary says, as it does of the embedded engine's index:
the commonest, or where they are excluded all of them.
"""

from __future__ import annotations

from whoosh.query import FuzzyTerm, Prefix, Wildcard

from search.local.matching.pattern import Expanding, every_ordinal, expanded, ways
from search.opensearch.dsl.clauses import best_of, scoreless
from search.opensearch.dsl.context import Context, Detail, Kinds, Translated
from search.opensearch.dsl.words import any_terms, many, scored
from search.query.word_query import Terms


def texts_of(context: Context, query: Expanding) -> tuple[str, ...]:
    """The terms that it stands for."""
    if not context.excluding:
        return expanded(context.searcher, query)
    found: dict[str, None] = {}
    for segment in context.searcher.snapshot.segments:
        ordinals = every_ordinal(context.searcher, segment, query).tolist()
        if ordinals:
            text = segment.fields[query.fieldname].text
            found.update((text(one).decode("utf-8", "surrogatepass"), None) for one in ordinals)
    return tuple(found)


def _pattern(context: Context, query: Prefix | Wildcard) -> Translated:
    name = query.fieldname
    if context.excluding and isinstance(query, Prefix):
        return Translated(scoreless({"prefix": {name: {"value": query.text}}}))
    terms = tuple((name, text, query.boost) for text in texts_of(context, query))
    if context.detail is Detail.WHOLE:
        return Translated(scored(context, terms))
    return Translated(many(context, terms))


def _fuzzy(context: Context, query: FuzzyTerm) -> Translated:
    if context.detail is Detail.WHOLE:
        found = [scored(context, way.weighted_terms) for way in ways(context.searcher, query)]
        return Translated(best_of(found))
    terms: Terms = tuple((query.fieldname, text, query.boost) for text in texts_of(context, query))
    if context.excluding:
        return Translated(scoreless(any_terms(terms)))
    return Translated(many(context, terms))


KINDS: Kinds = {Prefix: _pattern, Wildcard: _pattern, FuzzyTerm: _fuzzy}
