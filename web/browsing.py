"""The page of all values of a facet among what a search finds: to look through and to choose from.

It needs no JavaScript: a field finds values by any part of them, links choose and exclude.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, request

from index.fields import COUNTED, Counted, Period
from index.light_dataclass import dataclass
from search.errors import RequestError
from search.request import FacetSort
from web import filter_lists, links, pages
from web.arguments import BadParameters
from web.asking import ask
from web.language import gettext
from web.page_question import read_question
from web.templating import render

blueprint = Blueprint("browsing", __name__)
blueprint.register_error_handler(BadParameters, pages.not_understood)
blueprint.register_error_handler(RequestError, pages.not_understood)

ON_A_PAGE = 200
"""Values on one page."""

_OWN = frozenset({"facet", "facet_query", "facet_sort", "facet_offset"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Which of the values a page shows, from the ``first``-th, and the addresses around it."""

    first: int
    last: int
    total: int
    before: str | None
    after: str | None


@blueprint.get("/search/values")
def values() -> str:
    """Values of a facet. Raises ``RequestError`` and ``BadParameters``."""
    one = _facet()
    question, swapped = read_question(_OWN)
    asked = replace(
        question, page=1, per_page=1, snippets=False, offers=False, facet_limit=ON_A_PAGE
    )
    answer = ask(asked)
    total, first = answer.facet_totals[one], asked.facet_offset
    query, sort = asked.facet_query.strip(), asked.facet_sort

    def at(offset: int) -> str:
        return links.values_address(question, one, query, sort, offset)

    all_values = links.values_addresses(question)
    shown = answer.facets[one][:ON_A_PAGE]
    stretch = Stretch(
        first + 1,
        first + len(shown),
        total,
        at(max(0, min(first, total) - ON_A_PAGE)) if first else None,
        at(first + ON_A_PAGE) if first + ON_A_PAGE < total else None,
    )
    return render(
        "values.html",
        counted=one,
        question=question,
        answer=answer,
        notes=list(pages.notes(answer, swapped=swapped)),
        uncorrected=links.values_address(replace(question, correct=False), one, query, sort),
        chips=filter_lists.chips(question),
        choices=filter_lists.choices(one, links.Variations(question), shown),
        facet_query=query,
        stretch=stretch,
        sorts=[
            (name, links.values_address(question, one, query, other), other is sort)
            for other, name in _sorts(one)
        ],
        sort=sort,
        kept=[("facet", one.value), *links.parameters(links.at_page(question, 1))],
        others=[(other, all_values(other)) for other in COUNTED],
        all_values=all_values(one),
    )


def _facet() -> Counted:
    """The facet or period that the address names; none is a page that is not there."""
    name = request.args.get("facet", "")
    found = next((one for one in COUNTED if one.value == name), None)
    if found is None:
        abort(404)
    return found


def _sorts(one: Counted) -> list[tuple[FacetSort, str]]:
    if isinstance(one, Period):
        return [(FacetSort.COUNT, gettext("Newest")), (FacetSort.NAME, gettext("Oldest"))]
    return [(FacetSort.COUNT, gettext("Most articles")), (FacetSort.NAME, gettext("A to Z"))]
