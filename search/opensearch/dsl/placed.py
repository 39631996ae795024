"""Where words stand: phrases, words near each other, at fixed steps, early, in one sentence.

What Lucene cannot tell alike is asked for as more: articles that have all of the parts, wherever.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, permutations, product
from math import prod

from whoosh.query import Phrase, Query

from index.analysis import TextAnalysis
from index.fields import EXACT
from index.opensearch.layout import Dsl
from search.opensearch.dsl.clauses import NOTHING, all_of, any_of, phrase, scoreless, size
from search.opensearch.dsl.context import Context, Detail, Kinds, Translated
from search.opensearch.dsl.spans import (
    Run,
    any_rule,
    by_length,
    in_any_order,
    in_one_sentence,
    in_order,
    interval,
    runs_of,
    span,
)
from search.opensearch.dsl.words import scored
from search.query.placed_query import NearQuery, OpeningQuery, RunQuery, SentenceQuery

_MOST_ORDERED = 4
"""Of so many parts every order is tried."""


def _phrase(context: Context, query: Phrase) -> Translated:
    """Where the words are one behind the other, they score as they would apart."""
    if query.slop != 1:
        words = ((query.fieldname, word, query.boost) for word in query.words)
        return Translated(all_of([scored(context, (one,)) for one in words]), exact=False)
    if not query.words:
        return Translated(NOTHING)
    found = phrase(query.fieldname, query.words)
    if context.detail is Detail.WHOLE:
        each = [scored(context, ((query.fieldname, word, query.boost),)) for word in query.words]
        return Translated(all_of([scoreless(found), *each]))
    if context.detail is Detail.TERMS:
        found["match_phrase"][query.fieldname]["boost"] = query.boost
        return Translated(found)
    return Translated(scoreless(found))


def _by_intervals(context: Context, query: NearQuery | SentenceQuery) -> Translated:
    rules = _rules(context, query.fieldname, query)
    if rules is None or size(rules) > context.most_leaves:
        return _all_parts(context, query)
    return Translated(scoreless(any_of([{"intervals": {query.fieldname: one}} for one in rules])))


def _rules(context: Context, name: str, query: Query) -> list[Dsl] | None:
    """Rules of which one finds something inside every span of the query, and nothing but spans.

    None where there are none such.
    """
    if isinstance(query, NearQuery):
        return _near(context, query)
    if isinstance(query, SentenceQuery):
        several = [_rules(context, name, part) for part in query.parts]
        if None in several:
            return None
        # One span may stand for equal parts.
        parts = {repr(rule): rule for one in several if one for rule in (any_rule(one),)}
        return [in_one_sentence([*parts.values()])] if all(several) else []
    runs = runs_of(context, query)
    if runs is None or any(one.has_gaps for one in runs):
        return None
    return [interval(name, runs)] if runs else []


def _near(context: Context, query: NearQuery) -> list[Dsl] | None:
    """As above. Each length that parts may have is asked for by itself."""
    several = [runs_of(context, part) for part in query.parts]
    parts = [one for one in several if one is not None and not any(run.has_gaps for run in one)]
    if len(parts) < len(several):
        return None
    lengths = [by_length(part) for part in parts]
    leaves = sum(run.leaves for part in parts for run in part)
    if leaves * prod(map(len, lengths)) > context.most_leaves:
        return None
    ordered = query.ordered or len(parts) == 1
    apart = ordered or _are_apart(parts, context.searcher.snapshot.analysis)
    if not apart and len(parts) > _MOST_ORDERED:
        return None
    gaps = query.distance - (len(parts) - 1)
    found = []
    for combined in product(*lengths):
        rules = [
            interval(query.fieldname, runs[length])
            for runs, length in zip(lengths, combined, strict=True)
        ]
        if ordered:
            found.append(in_order(rules, gaps))
        elif apart:
            found.append(in_any_order(rules, gaps))
        else:
            found += [in_order(order, gaps) for order in _orders(rules)]
    return found


def _orders(rules: Sequence[Dsl]) -> list[list[Dsl]]:
    """Every order, once: equal rules are not told apart."""
    orders = {repr(order): list(order) for order in permutations(rules)}
    return list(orders.values())


def _are_apart(parts: Sequence[Sequence[Run]], how: TextAnalysis) -> bool:
    """Whether no two parts can have a word in common, so that they are never in each other's way.

    Fields of surface forms have the positions of their stems.
    """
    stems = [
        {
            how.stem(text) if field.endswith(EXACT) else text
            for run in part
            for field, texts in run.slots
            for text in texts
        }
        for part in parts
    ]
    return not any(one & other for one, other in combinations(stems, 2))


def _run(context: Context, query: RunQuery) -> Translated:
    runs = runs_of(context, query)
    return _by_spans(context, query, runs, None)


def _opening(context: Context, query: OpeningQuery) -> Translated:
    (part,) = query.parts
    return _by_spans(context, query, runs_of(context, part), query.words)


def _by_spans(
    context: Context, query: RunQuery | OpeningQuery, runs: Sequence[Run] | None, words: int | None
) -> Translated:
    """What has one of the runs, among the first ``words`` words; None: anywhere."""
    if runs is None or sum(run.leaves for run in runs) > context.most_leaves:
        return _all_parts(context, query)
    if not runs:
        return Translated(NOTHING)
    found = span(query.fieldname, runs)
    return Translated(
        scoreless(found if words is None else {"span_first": {"match": found, "end": words}})
    )


def _all_parts(
    context: Context, query: NearQuery | RunQuery | OpeningQuery | SentenceQuery
) -> Translated:
    """Articles that have all of the parts, wherever: more than those that are asked for."""
    found, _ = context.to_match().each(query.parts)
    return Translated(scoreless(all_of(found)), exact=False)


KINDS: Kinds = {
    Phrase: _phrase,
    NearQuery: _by_intervals,
    RunQuery: _run,
    OpeningQuery: _opening,
    SentenceQuery: _by_intervals,
}
