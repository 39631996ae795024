"""What an answer says beside its hits and counts: notes, what else may be meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.dressed import typed_place, undressed
from search.local.plan import Plan
from search.query.day_offers import offers_within
from search.request import SearchRequest
from search.response import Note, Offer

Totals = tuple[int, int, int]
"""``total``, ``partial_total`` and ``listed`` of a ``SearchResponse``."""

Told = tuple[str | None, tuple[Note, ...], bool, tuple[Offer, ...]]
"""``corrected``, ``notes``, ``partial`` and ``offers`` of a ``SearchResponse``."""


def told(
    request: SearchRequest,
    plan: Plan,
    totals: Totals,
    notes: Sequence[Note],
    *,
    partial: bool,
    unmarked: bool,
) -> Told:
    """What is said; ``notes``: of the search, ``unmarked``: whether marking was cut short.

    A query in ligatures and the like is searched as ``undressed``; it is not corrected by that, and
    the notes' positions are those of what was typed.
    """
    question, (total, partial_total, listed) = plan.question, totals
    offers: tuple[Offer, ...] = ()
    read = request.query if request.query.isascii() else undressed(request.query)
    corrected = question.text if question.text not in {request.query, read} else None
    if plan.offers and request.offering:
        offers = offers_within(plan.offers, request.date_from, request.date_to)
    said = (*request.notes, *notes, *question.notes)
    if len(read) != len(request.query):
        said = tuple(_placed(one, request.query) for one in said)
    if said and (total or partial):
        # Of words that mean the same, or where articles were not looked at, some may fit.
        said = tuple(one for one in said if one.code != "asked-and-excluded")
    if total and not (partial or unmarked):
        return corrected, said, False, offers
    first: list[Note] = []
    if not total and partial_total:
        first.append(Note("relaxed" if listed else "none-with-all"))
    elif not (total or request.restricted or partial):
        must = question.insisted_on
        if must:
            words = ", ".join(one.as_typed() for one in must)
            first.append(Note("not-together", {"words": words}))
    last = [Note("partial")] if partial else []
    if unmarked:
        last.append(Note("unmarked"))
    return corrected, (*first, *said, *last), partial or unmarked, offers


def _placed(note: Note, query: str) -> Note:
    """A note on the plain letters of a query, at its place among those that were typed."""
    if note.position is None:
        return note
    return replace(note, position=typed_place(query, note.position))
