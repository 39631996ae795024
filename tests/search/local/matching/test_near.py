"""Spans near each other, against every choice of one span of each part."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.budget import Budget
from search.local.matching.arranged import arranged
from search.local.matching.near import documents_near, spans_near
from search.local.matching.positions import DOCUMENT_SHIFT
from search.local.matching.spans import Spans, spans_of, words_at
from search.query.placed_query import NearQuery
from tests.search.local.twin import Span, near

DOCUMENTS = 2

_words = st.sets(st.tuples(st.integers(0, DOCUMENTS - 1), st.integers(0, 9)), max_size=7).map(
    lambda some: {(document, at, at) for document, at in some}
)
_wide = st.sets(
    st.tuples(st.integers(0, DOCUMENTS - 1), st.integers(0, 9), st.integers(0, 2)), max_size=5
).map(lambda some: {(document, at, at + more) for document, at, more in some})
_parts = st.one_of(
    st.lists(_words, min_size=1, max_size=5),
    st.lists(st.one_of(_words, _wide), min_size=1, max_size=4),
)


def placed(part: set[tuple[int, int, int]]) -> Spans:
    if not part:
        return words_at(np.empty(0, np.int64))
    documents, starts, ends = np.array(sorted(part), np.int64).T
    base = documents << DOCUMENT_SHIFT
    if (starts == ends).all():
        return words_at(base + starts)
    return spans_of(base + starts, base + ends)


def pairs(found: Spans) -> list[tuple[int, Span]]:
    low = (1 << DOCUMENT_SHIFT) - 1
    ends = zip(found.starts.tolist(), found.ends.tolist(), strict=True)
    return [(start >> DOCUMENT_SHIFT, (start & low, end & low)) for start, end in ends]


@settings(max_examples=300, deadline=None)
@given(
    _parts,
    st.lists(st.integers(0, 4), min_size=1, max_size=6),
    st.integers(1, 12),
    st.booleans(),
)
def test_every_span_is_found_and_no_other(
    some: Sequence[set[tuple[int, int, int]]], order: list[int], distance: int, ordered: bool
) -> None:
    numbers = [number % len(some) for number in order]
    query = NearQuery("body", numbers, distance, ordered=ordered)
    expected: list[tuple[int, Span]] = []
    for document in range(DOCUMENTS):
        of_document = [{(s, e) for d, s, e in part if d == document} for part in some]
        spans = set(near([of_document[number] for number in numbers], query))
        expected += [(document, span) for span in sorted(spans)]
    spans_of_parts = [placed(part) for part in some]
    parts, budget = [spans_of_parts[number] for number in numbers], Budget(inf)
    found = documents_near(parts, query.distance, budget, ordered=ordered)
    assert found.tolist() == sorted({document for document, _ in expected})
    assert pairs(spans_near(parts, query.distance, budget, ordered=ordered)) == expected
    if not ordered:
        assert pairs(arranged(parts, query.distance, budget, whole=True)) == expected
        having = arranged(parts, query.distance, budget).documents.tolist()
        assert having == found.tolist()


@pytest.mark.parametrize("count", [2, 3, 6])
@pytest.mark.parametrize("ordered", [False, True])
def test_a_spent_budget_finds_nothing_that_is_not_there(count: int, ordered: bool) -> None:
    part = placed({(number, at, at) for number in range(2) for at in range(0, 60, 2)})
    for most in (0, 10, 100, 1_000, 10_000):
        budget = Budget(inf, most)
        found = documents_near([part] * count, 100, budget, ordered=ordered)
        assert budget.partial or found.tolist() == [0, 1]
        assert {*found.tolist()} <= {0, 1}
