"""Finds the articles that have all of a query's words, and those that have only some of them.

Both are counted exactly, after the filters. Which of them are listed, and which of them facets and
the histogram are over, is ``Partial``'s to say. Where nothing but the first pages is asked for,
only those of the latter that may stand there are looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.query import NullQuery, Query

from index.fields import Counted
from search.local.filters import masks as masks_of
from search.local.matches import Documents, Mask, Matches, Scores, added, are_in, nothing
from search.local.matching.compiled import compiled
from search.local.matching.date_range import in_range
from search.local.matching.flat import FlatQuery
from search.local.matching.graded import Gradable, Listed, WordRows, merged, word_rows
from search.local.matching.searcher import Searcher
from search.local.matching.term import row
from search.local.matching.top_k import TopK, disjunction_of, number_of_any, top_of, top_of_any
from search.local.plan import Plan
from search.local.scoring.ranking import Ranking
from search.query.syntax.filters import DateRange
from search.request import Partial, SearchRequest, Sort

_NONE: Documents = np.empty(0, np.int32)

_FEW = 8
"""So many documents are looked for among others sooner without arrays."""

Asked = tuple[Mask, Mask, Scores]
"""Which of some documents have all words, which have any, and their scores: (k,) each."""


class Found(NamedTuple):
    """What was found, before the second stage and the order.

    ``with_some``: whether what matches ``plan.relaxed`` only is listed, too. ``matches``: the
    articles that are listed, with the scores that they have in ``plan.query`` or, where not
    ``complete``, in ``plan.relaxed``. All of them; or, where not ``whole``, those that may
    be among the first of a page that asks for nothing but them, and among the candidates of the
    second stage. ``complete``: which of them, (n,), have all words; None: all.

    ``total``, ``partial_total`` and ``listed`` as in ``SearchResponse``. ``counted``: over which
    documents facets and histogram are, and for every facet or period that is filtered, ``masks``,
    which of them pass its filter. ``with_all``: which of them have all words, (n,), where those
    that have only some are counted for want of others; None where that is no matter. A facet counts
    as if it were not filtered, and then there may be others. ``words``: those of ``plan.flat``,
    where the articles were found by these.
    """

    plan: Plan
    with_some: bool
    matches: Matches
    complete: Mask | None
    whole: bool
    total: int
    partial_total: int
    listed: int
    counted: Documents
    masks: Mapping[Counted, Mask]
    with_all: Mask | None = None
    words: Gradable | None = None

    @property
    def query(self) -> Query:
        """What must match."""
        query = self.plan.query
        return NullQuery if query is None else query

    @property
    def relaxed(self) -> Query | None:
        """The same where some of the words suffice; None where that is not listed."""
        return self.plan.relaxed if self.with_some else None


def all_of(plan: Plan, matches: Matches) -> Found:
    """All matches of a plan as found, without filters."""
    total = len(matches)
    return Found(plan, False, matches, None, True, total, 0, total, matches.documents, {})


def find(plan: Plan, searcher: Searcher, request: SearchRequest, ranking: Ranking) -> Found:
    """What matches all words, and some of them.

    What is cut short for want of time has fewer matches.
    """
    if plan.question.nothing:
        return all_of(plan, nothing())
    count = _first(request, ranking, plan)
    flat = plan.flat
    if flat is not None:
        ready = compiled(searcher, flat)
        words: Gradable = ready or word_rows(searcher, flat)
        if ready is not None and _lists_what_passes(request):
            count = _candidates(request, ranking, plan)
            words = replace(ready, mask=_passing(searcher, request))
        found = None if _stopped(searcher) else _flat(plan, flat, words, searcher, request, count)
        if found is not None:
            return found
    assert plan.query is not None
    strict, some = searcher.run(plan.query), None
    if plan.relaxed is not None and not _stopped(searcher):
        found = None if count is None else _with_top(plan, searcher, request, strict, count)
        if found is not None:
            return found
        some = searcher.run(plan.relaxed)
    if _stopped(searcher) and len(strict):
        # What was cut short may lack the very articles that have all the words.
        some = None
    elif _stopped(searcher) and flat is not None and isinstance(words, WordRows) and flat.words:
        # Nothing more is read, but what was read before is not lost.
        some = added(words.loose, searcher.snapshot.size) if words.loose else None
    complete = None
    if some is not None:
        strict, complete = merged(strict, some)
    return _sifted(plan, searcher, request, strict, complete)


def _first(request: SearchRequest, ranking: Ranking, plan: Plan) -> int | None:
    """How many of the first articles are needed; None where all of them may be."""
    if (
        request.cursor is not None
        or request.recency is not None
        or request.collapse
        or request.restricted
    ):
        return None
    return _candidates(request, ranking, plan)


def _lists_what_passes(request: SearchRequest) -> bool:
    """Whether nothing is asked of what passes the filters but how many these are and the first."""
    more = request.facets or request.collapse or request.sort is not Sort.RELEVANCE
    more = more or request.cursor is not None or request.recency is not None
    return request.restricted and not more


def _passing(searcher: Searcher, request: SearchRequest) -> Mask:
    """Which documents pass the filters: (N,), kept."""
    size, kept = searcher.snapshot.size, searcher.rows.passing
    filters = *request.chosen.items(), None, *request.left_out.items()
    key = request.date_from, request.date_to, filters
    known = kept.get(key)
    if known is not None:
        return known
    passing: Mask = np.ones(size, np.bool_)
    if request.date_from is not None or request.date_to is not None:
        days = DateRange(request.date_from, request.date_to).in_days()
        passing = in_range(searcher, days, slice(None))
    if request.chosen or request.left_out:
        for mask in masks_of(request, searcher.snapshot.columns, slice(None)).values():
            passing &= mask
    kept.put(key, passing, size)
    return passing


def _candidates(request: SearchRequest, ranking: Ranking, plan: Plan) -> int:
    """How many of the first articles are needed."""
    candidates = 0 if plan.features is None else ranking.features.candidates
    if plan.features is not None and plan.features.holding:
        # The best that no holding has in the second stage is one of these: how far those are lifted
        # is no matter of how many are listed.
        entering = (min(len(one.documents), candidates) for one in plan.features.holding)
        candidates += sum(entering) + 1
    return max(request.page * request.per_page + 1, candidates)


def _top(searcher: Searcher, query: Query, count: int) -> TopK | None:
    """The top ``count`` of an OR of words, None of anything else."""
    words = disjunction_of(query)
    if words is None:
        return None
    return top_of_any(
        [row(searcher, terms) for terms in words.words],
        [row(searcher, terms) for terms in words.optional],
        searcher.snapshot.size,
        count,
    )


def _held(
    plan: Plan, top: Matches, complete: Mask | None, at: Callable[[Documents], Asked]
) -> tuple[Matches, Mask | None]:
    """The top with the articles that have the query as it was typed, ``complete``: which have all.

    They come first by what the second stage adds, wherever they stand by the first. Those whose
    headline is in the query lack what stands around it there. ``at``: see ``Gradable.at``.
    """
    for holding in plan.features.holding if plan.features is not None else ():
        few = len(holding.documents) <= _FEW
        if few and set(holding.documents.tolist()).issubset(top.documents.tolist()):
            continue
        lacking = holding.documents[~are_in(holding.documents, top.documents)]
        if len(lacking):
            having_all, found, scores = at(lacking)
            documents = np.concatenate([top.documents, lacking[found]])
            order = documents.argsort()
            scores = np.concatenate([top.scores, scores[found]], dtype=np.float64)
            top = Matches(documents[order], scores[order])
            if complete is not None or not having_all[found].all():
                before = np.ones(len(order), np.bool_) if complete is None else complete
                before = before[: len(order) - np.count_nonzero(found)]
                complete = np.concatenate([before, having_all[found]])[order]
    return top, complete


def _only_complete(plan: Plan, top: Matches, words: Gradable) -> Matches:
    """The top, which has all words, with the articles of ``_held`` that have them."""
    held, complete = _held(plan, top, None, words.at)
    return held if complete is None else held.where(complete)


def _asked(plan: Plan, searcher: Searcher, documents: Documents) -> Asked:
    """As ``Gradable.at``, of any plan."""
    assert plan.query is not None
    complete, scores = searcher.probe(plan.query, documents)
    if plan.relaxed is None:
        return complete, complete, scores
    some, others = searcher.probe(plan.relaxed, documents)
    return complete, complete | some, np.where(complete, scores, others)


def _flat(  # noqa: PLR0917 - what is asked, of what, for which page
    plan: Plan,
    flat: FlatQuery,
    words: Gradable,
    searcher: Searcher,
    request: SearchRequest,
    count: int | None,
) -> Found | None:
    """What matches a query of words; None where the budget was spent on it."""
    loose = bool(flat.words and flat.loose)
    more = request.facets or request.sort is not Sort.RELEVANCE
    listed = Listed.EVERY
    if count is not None and not (more and (not loose or request.partial is Partial.WITH)):
        listed = Listed.COMPLETE if more else Listed.TOP
    # Where what has some of the words is never listed, it must not take the place of what has all.
    first = plan.complete_first or request.partial is Partial.OFF
    found = words.graded(count or 1, listed, complete_first=first)
    if more and loose and listed is not Listed.EVERY and listing(request, found.total)[0]:
        listed = Listed.EVERY
        found = words.graded(1, listed, complete_first=plan.complete_first)
    if _stopped(searcher):
        return None
    matches = found.listed
    complete = None if not loose or _all(found.complete) else found.complete
    if listed is Listed.EVERY:
        complete = found.complete if loose else None
        return _sifted(plan, searcher, request, matches, complete, words)
    if not loose:
        total = found.total or found.partial_total
        matches, _ = _held(plan, matches, None, words.at)
        return Found(plan, False, matches, None, False, total, 0, total, _NONE, {}, words=words)
    assert count is not None
    counted, (_, follow) = _NONE, listing(request, found.total)
    having_all = matches
    if more or not follow:
        having_all = matches if complete is None else matches.where(complete)
        counted = having_all.documents if more else _NONE
    if not follow:
        complete = None
        matches = having_all if more else _only_complete(plan, having_all, words)
    else:
        if more and plan.complete_first and found.total >= count:
            matches, complete = top_of(having_all, count).matches, None
        matches, complete = _held(plan, matches, complete, words.at)
    return Found(
        plan,
        follow,
        matches,
        complete,
        not follow and listed is Listed.COMPLETE,
        found.total,
        found.partial_total,
        found.total + found.partial_total if follow else found.total,
        counted,
        {},
        words=words,
    )


def _with_top(
    plan: Plan, searcher: Searcher, request: SearchRequest, strict: Matches, count: int
) -> Found | None:
    """What has all words, and the best of what has some; None where all of that is needed."""
    assert plan.relaxed is not None
    total = len(strict)
    both, follow = listing(request, total)
    if both and (request.facets or request.sort is not Sort.RELEVANCE):
        return None
    if not follow or (plan.complete_first and total >= count):
        number = _number(searcher, plan.relaxed)
        if _stopped(searcher):
            return None
        number = max(number - total, 0)
        listed = total + number if follow else total
        documents = strict.documents
        whole = not follow
        return Found(plan, follow, strict, None, whole, total, number, listed, documents, {})
    # Those that have all words may be the best of these, too.
    top = _top(searcher, plan.relaxed, count + total if plan.complete_first else count)
    if top is None or _stopped(searcher):
        return None
    matches, complete = _held(plan, *merged(strict, top.matches), partial(_asked, plan, searcher))
    return Found(
        plan,
        True,
        matches,
        complete,
        False,
        total,
        top.total - total,
        top.total,
        strict.documents,
        {},
    )


def listing(request: SearchRequest, total: int) -> tuple[bool, bool]:
    """Whether articles with some words are counted by facets and days, and whether they are listed.

    ``total``: how many have all words.
    """
    if request.partial is Partial.FOLLOW:
        return not total, not total or request.sort is Sort.RELEVANCE
    both = request.partial is Partial.WITH
    return both, both


def _all(mask: Mask) -> bool:
    """Whether all are set; ``mask.all()`` takes thrice as long."""
    return bool(np.count_nonzero(mask) == len(mask))


def _flags(numbers: NDArray[np.int32], size: int) -> Mask:
    """Which of the numbers below ``size`` are among some: (size,). Sorting them takes longer."""
    flags = np.zeros(size, np.bool_)
    flags[numbers] = True
    return flags


def _stopped(searcher: Searcher) -> bool:
    """Whether something was cut short so far."""
    return searcher.budget.partial


def _number(searcher: Searcher, query: Query) -> int:
    """How many documents match."""
    words = disjunction_of(query)
    if words is None:
        return len(searcher.run(query))
    return number_of_any([row(searcher, terms) for terms in words.words], searcher.snapshot.size)


def _sifted(  # noqa: PLR0917 - what was found, by what
    plan: Plan,
    searcher: Searcher,
    request: SearchRequest,
    matches: Matches,
    complete: Mask | None,
    words: Gradable | None = None,
) -> Found:
    """What of all matches passes the filters; ``complete``: which have all words; None: all."""
    if request.date_from is not None or request.date_to is not None:
        days = DateRange(request.date_from, request.date_to).in_days()
        passing = in_range(searcher, days, matches.documents)
        matches = matches.where(passing)
        complete = None if complete is None else complete[passing]
    masks: Mapping[Counted, Mask] = {}
    if request.chosen or request.left_out:
        masks = masks_of(request, searcher.snapshot.columns, matches.documents)
    everything = np.ones(len(matches), np.bool_)
    if masks:
        everything = np.logical_and.reduce(list(masks.values()))
    with_all = everything if complete is None else everything & complete
    with_some = everything & ~with_all
    groups = searcher.snapshot.columns.same_text.of if request.collapse else None
    if groups is not None:
        # Of equal texts those that have all words stand for the others.
        folded = groups[matches.documents]
        having_all = _flags(folded[with_all], len(groups))
        with_some &= ~having_all[folded]
        having_some = _flags(folded[with_some], len(groups))
        total, partial_total = (int(np.count_nonzero(one)) for one in (having_all, having_some))
    else:
        total, partial_total = int(with_all.sum()), int(with_some.sum())
    both, follow = listing(request, total)
    listed = total + partial_total if follow else total
    shown = with_all | with_some if follow else with_all
    documents = matches.documents
    if not both and complete is not None:
        documents = documents[complete]
        masks = {one: mask[complete] for one, mask in masks.items()}
    return Found(
        plan,
        complete is not None,
        matches.where(shown),
        None if complete is None else complete[shown],
        True,
        total,
        partial_total,
        listed,
        documents,
        masks,
        complete if both and request.partial is Partial.FOLLOW else None,
        words,
    )
