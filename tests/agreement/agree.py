"""What a query's answers say of the number of articles, compared with the articles themselves.

Totals, facets, histogram, cursor and CSV of one query speak of the same articles, and so do answers
in another order. Every sentence of ``disagreements`` is about two of them that do not.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from flask.testing import FlaskClient

from index.analysis import fold_value
from index.fields import Facet
from search.engine import SearchEngine
from search.limits import MAX_EXPORTED, MAX_FACET_VALUES, MAX_PER_PAGE
from search.request import Partial, SearchRequest, Sort
from search.response import Hit, SearchResponse

_BUDGET_MS = 60_000


def disagreements(engine: SearchEngine, client: FlaskClient, query: str) -> Iterator[str]:
    """What does not agree in the answers to a query, in every order and kind of listing."""
    totals = set()
    for partial in Partial:
        for sort in Sort:
            request = SearchRequest(
                query=query,
                sort=sort,
                partial=partial,
                per_page=MAX_PER_PAGE,
                snippets=False,
                budget_ms=_BUDGET_MS,
            )
            answer = engine.search(request)
            totals.add((answer.total, answer.partial_total))
            where = f"{query!r} {sort} {partial}: "
            for said in _of_listing(engine, client, request, answer):
                yield where + said
    if len(totals) > 1:
        yield f"{query!r}: totals differ: {sorted(totals)}"


def _of_listing(
    engine: SearchEngine, client: FlaskClient, request: SearchRequest, answer: SearchResponse
) -> Iterator[str]:
    walked = list(_walk(engine, request, answer))
    complete = [hit for hit in walked if not hit.missing]
    some = len(walked) - len(complete)
    if len({hit.id for hit in walked}) != len(walked):
        yield "the cursor goes twice to an article"
    if len(walked) != answer.listed:
        yield f"listed {answer.listed}, walked {len(walked)}"
    if len(complete) != answer.total:
        yield f"total {answer.total}, walked {len(complete)} with all words"
    if some and some != answer.partial_total:
        yield f"partial_total {answer.partial_total}, walked {some} with some words"
    follow = request.sort is Sort.RELEVANCE and request.partial is not Partial.OFF
    if follow and some != answer.partial_total:
        yield f"partial_total {answer.partial_total}, but {some} follow"
    counted = walked
    if request.partial is not Partial.WITH and answer.total:
        counted = complete
    yield from _of_counts(answer, counted)
    rows = _rows(client, request)
    if len(rows) != min(len(counted), MAX_EXPORTED):
        yield f"{len(counted)} articles counted, {len(rows)} rows of CSV"
    if len(counted) <= MAX_EXPORTED and set(rows) != {hit.id for hit in counted}:
        yield "the CSV has other articles"


def _of_counts(answer: SearchResponse, counted: list[Hit]) -> Iterator[str]:
    bars = sum(one.count for one in answer.histogram)
    undated = sum(hit.date is None for hit in counted)
    if (bars + undated, answer.undated) != (len(counted), undated):
        yield f"histogram {bars} + undated {answer.undated}, articles {len(counted)}"
    for facet in Facet:
        # Values that differ in nothing but case are one.
        having = (hit.facets[facet] for hit in counted if facet in hit.facets)
        true = Counter(map(fold_value, having))
        given = {fold_value(one.value): one.count for one in answer.facets[facet]}
        expected = true if len(true) <= MAX_FACET_VALUES else {v: true[v] for v in given}
        if given != expected:
            yield f"facet {facet}: {given}, articles have {dict(expected)}"


def _walk(engine: SearchEngine, request: SearchRequest, answer: SearchResponse) -> Iterator[Hit]:
    while True:
        yield from answer.hits
        if answer.next_cursor is None:
            return
        answer = engine.search(replace(request, facets=False, cursor=answer.next_cursor))


def _rows(client: FlaskClient, request: SearchRequest) -> list[str]:
    """The ids in the CSV of a request."""
    address = "/search.csv"
    asked = {"q": request.query, "sort": request.sort, "partial": request.partial}
    response = client.get(address, query_string=asked)
    assert response.status_code == 200, response.status
    return [row["id"] for row in csv.DictReader(io.StringIO(response.get_data(as_text=True)))]
