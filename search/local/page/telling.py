"""What an answer says beside its hits and counts: notes, what else may be meant."""

from __future__ import annotations

from itertools import chain

from search.local.find import Found
from search.local.matching.searcher import Searcher
from search.query.day_offers import offers_within
from search.request import SearchRequest
from search.response import Note, Offer

Told = tuple[str | None, tuple[Note, ...], bool, tuple[Offer, ...]]
"""``corrected``, ``notes``, ``partial`` and ``offers`` of a ``SearchResponse``."""


def told(request: SearchRequest, searcher: Searcher, found: Found, *, unmarked: bool) -> Told:
    """What is said; ``unmarked``: whether marking was cut short."""
    plan, partial = found.plan, searcher.budget.partial
    question = plan.question
    offers: tuple[Offer, ...] = ()
    corrected = question.text if question.text != request.query else None
    if plan.offers:
        offers = offers_within(plan.offers, request.date_from, request.date_to)
    said = request.notes, searcher.notes, question.notes
    if found.total and not (partial or unmarked):
        return corrected, tuple(chain(*said)) if any(said) else (), False, offers
    notes = list(chain(*said))
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
    return corrected, tuple(notes), partial or unmarked, offers
