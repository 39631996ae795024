"""Spans that stand near each other, one of every part: by sorted arrays, not pair by pair.

What ``NearQuery`` measures is the sum of the steps from the end of each span to the beginning of
the next one, in their order in the text. So parts in order are a shortest path: a span is reached
from the spans of the part before that end before it begins, and of these the one with the least
``cost - end`` is best, a running minimum. Of an earlier document that is never less than
``distance``, as places of documents lie far apart.

In any order there are as many paths as orders. Words that never share a place need none: in a
window of ``distance`` words from the first of them on, each stands as often as it is asked for.
Other parts, if they are many, are taken one span after the other (``arranged``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import permutations

import numpy as np

from index.segments import runs
from search.budget import POSITION, Budget
from search.local.matches import are_in
from search.local.matching.arranged import arranged
from search.local.matching.positions import DOCUMENT_SHIFT
from search.local.matching.spans import (
    Numbers,
    Spans,
    documents_of,
    nowhere,
    union,
    words_at,
)

_STEP = POSITION // 3
"""A position that is compared with the next one, when both are read."""

_MOST_ORDERED = 4
"""Of so many parts every order is tried: 24."""


def documents_near(
    parts: Sequence[Spans], distance: int, budget: Budget, *, ordered: bool
) -> Numbers:
    """The documents that have a span of every part, at most ``distance`` apart: (k,) ascending.

    Equal parts are the same object. Where the budget is spent some, or all, may be missing.
    """
    if ordered or len(parts) == 1:
        return _in_order(parts, distance, budget)
    in_windows = len(parts) > 2 and all(part.of_one_word for part in parts)
    if not in_windows and len(parts) <= _MOST_ORDERED:
        in_any = [_in_order(order, distance, budget) for order in _orders(parts)]
        return np.unique(np.concatenate(in_any))
    if not in_windows:
        return arranged(parts, distance, budget).documents
    found, shared = _in_windows(parts, distance, budget)
    doubtful = are_in(found, shared)
    if not doubtful.any():
        return found
    few = {id(part): words_at(_inside(part.starts, found[doubtful])) for part in parts}
    sure = arranged([few[id(part)] for part in parts], distance, budget).documents
    return np.sort(np.concatenate([found[~doubtful], sure]))


def spans_near(parts: Sequence[Spans], distance: int, budget: Budget, *, ordered: bool) -> Spans:
    """Every span from the first to the last word of parts that are near: see ``documents_near``.

    All of them, the longer ones too: what stands beside a longer one is nearer to it.
    """
    if ordered or len(parts) == 1:
        return _all_in_order(parts, distance, budget)
    if len(parts) > _MOST_ORDERED:
        return arranged(parts, distance, budget, whole=True)
    return union([_all_in_order(order, distance, budget) for order in _orders(parts)])


def _orders(parts: Sequence[Spans]) -> list[tuple[Spans, ...]]:
    """Every order of the parts; equal ones are not told apart."""
    places = {id(part): part for part in parts}
    return [
        tuple(places[one] for one in order)
        for order in dict.fromkeys(permutations([id(part) for part in parts]))
    ]


def _in_order(parts: Sequence[Spans], distance: int, budget: Budget) -> Numbers:
    """The documents that have the parts in this order."""
    first, *others = parts
    ends, costs = first.ends, np.zeros(len(first), np.int64)
    for left, part in zip(range(len(others) - 1, -1, -1), others, strict=True):
        budget.work += _STEP * (len(ends) + len(part))
        if budget.spent() or not len(ends):
            return np.empty(0, np.int64)
        if not first.of_one_word:
            order = ends.argsort(kind="stable")
            ends, costs = ends[order], costs[order]
        best = np.minimum.accumulate(costs - ends)
        before = ends.searchsorted(part.starts) - 1
        reached = part.starts + best[before]
        kept = (before >= 0) & (reached <= distance - left)
        first, ends, costs = part, part.ends[kept], reached[kept]
    return documents_of(ends)


def _all_in_order(parts: Sequence[Spans], distance: int, budget: Budget) -> Spans:
    """The spans that have the parts in this order."""
    found, *others = parts
    costs = np.zeros(len(found), np.int64)
    for left, part in zip(range(len(others) - 1, -1, -1), others, strict=True):
        lows = part.starts.searchsorted(found.ends, "right")
        highs = part.starts.searchsorted(found.ends + (distance - left - costs), "right")
        counts = np.maximum(highs - lows, 0)
        if not budget.takes(POSITION * (len(found) + 2 * int(counts.sum()))):
            return nowhere()
        at, of = runs.places(lows, counts), np.arange(len(found)).repeat(counts)
        starts, ends = found.starts[of], part.ends[at]
        costs = costs[of] + part.starts[at] - found.ends[of]
        order = np.lexsort((costs, ends, starts))
        starts, ends, costs = starts[order], ends[order], costs[order]
        kept = np.ones(len(starts), np.bool_)
        kept[1:] = (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])
        found, costs = Spans(starts[kept], ends[kept]), costs[kept]
    return found


def _in_windows(parts: Sequence[Spans], distance: int, budget: Budget) -> tuple[Numbers, Numbers]:
    """The documents that have parts of one word near each other, if none share a place.

    And the documents in which some do.
    """
    groups = {id(part): part.starts for part in parts}
    wanted = Counter(map(id, parts))
    begins = np.sort(np.concatenate(list(groups.values())))
    shared = documents_of(begins[1:][begins[1:] == begins[:-1]])
    for group in sorted(groups, key=lambda one: len(groups[one])):
        budget.work += _STEP * len(begins)
        places, more = groups[group], wanted[group] - 1
        if budget.spent() or len(places) <= more:
            return nowhere().starts, shared
        last = places.searchsorted(begins) + more
        inside = last < len(places)
        begins, last = begins[inside], last[inside]
        begins = begins[places[last] <= begins + distance]
    return documents_of(begins), shared


def _inside(places: Numbers, documents: Numbers) -> Numbers:
    return places[are_in(places >> DOCUMENT_SHIFT, documents)]
