"""An answer of its hits and counts, and what it says beside: notes, what else may be meant."""

from __future__ import annotations

from time import perf_counter

from search.local.find import Found
from search.local.matching.searcher import Searcher
from search.local.page.spread import Spread
from search.query.day_offers import offers_within
from search.request import SearchRequest
from search.response import Hit, Note, SearchResponse


def told(  # noqa: PLR0917 - what an answer is made of
    request: SearchRequest,
    searcher: Searcher,
    found: Found,
    hits: tuple[Hit, ...],
    counts: Spread,
    page: int,
    following: str | None,
    suggestion: str | None,
    started: float,
    *,
    unmarked: bool,
) -> SearchResponse:
    """The answer; ``following``: the cursor of the next page; ``started``: by ``perf_counter``.

    ``unmarked``: whether marking was cut short.
    """
    question, partial = found.plan.question, searcher.budget.partial
    notes = [*request.notes, *searcher.notes, *question.notes]
    if not found.total and found.partial_total:
        notes.insert(0, Note("relaxed" if found.listed else "none-with-all"))
    nothing = not (found.total or found.partial_total)
    if nothing and not (request.restricted or partial):
        must = question.insisted_on
        if must:
            words = ", ".join(one.as_typed() for one in must)
            notes.insert(0, Note("not-together", {"words": words}))
    if partial:
        notes.append(Note("partial"))
    if unmarked:
        notes.append(Note("unmarked"))
    offers = found.plan.offers
    return SearchResponse(
        query=request.query,
        corrected=question.text if question.text != request.query else None,
        total=found.total,
        partial_total=found.partial_total,
        listed=found.listed,
        page=page,
        per_page=request.per_page,
        next_cursor=following,
        hits=hits,
        facets=counts.facets,
        facet_totals=counts.totals,
        histogram=counts.histogram,
        undated=counts.undated,
        suggestion=suggestion,
        notes=tuple(notes),
        question=question,
        partial=partial or unmarked,
        generation=searcher.snapshot.name,
        offers=offers_within(offers, request.date_from, request.date_to) if offers else (),
        took_ms=(perf_counter() - started) * 1000,
    )
