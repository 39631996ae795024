"""The advanced form: fields that are written as one query, so that nothing needs JavaScript."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from index.fields import Facet
from search.errors import RequestError
from search.limits import MAX_QUERY_CHARACTERS
from search.query.filled_form import filled
from search.query.form import DISTANCE, Form, Where, standing_alone, written
from search.query.nearness import MOST
from search.request import SearchRequest, Sort
from web import links
from web.arguments import BadParameters
from web.filter_lists import fits_filter
from web.page_question import read_question
from web.state import current_engine
from web.templating import render

blueprint = Blueprint("advanced", __name__)

DISTANCES = (1, 3, 5, 10, 20, 50)
"""How many words apart, to choose from."""

_ALLOWED = frozenset(map(str, range(1, MOST + 1)))


@blueprint.get("/search/advanced")
def advanced() -> str | Response:
    """The form, filled with the query ``q`` and its filters; once it is sent, the results.

    Whatever stands in the address, a form comes of it.
    """
    arguments = request.args
    sort = next((one for one in Sort if one == arguments.get("sort")), Sort.RELEVANCE)
    if "words" in arguments:
        query = written(_form(arguments))
        if query and len(query) <= MAX_QUERY_CHARACTERS:
            return redirect(links.search_address(SearchRequest(query=query, sort=sort)))
        form, long = _form(arguments), bool(query)
    else:
        form, long = _asked_already(), False
    distances = sorted({*DISTANCES, form.distance})
    offered = {
        facet: [one.value for one in values if fits_filter(one.value)]
        for facet, values in current_engine().statistics().facets.items()
    }
    return render(
        "advanced.html",
        form=form,
        long=long,
        distances=distances,
        offered=offered,
        chosen_sort=sort,
        Where=Where,
    )


def _asked_already() -> Form:
    """The form of the search that led here, its filters as part of the query."""
    try:
        question, _ = read_question()
    except (BadParameters, RequestError):
        return filled(request.args.get("q", "")[:MAX_QUERY_CHARACTERS])
    facets = {
        facet: ", ".join(
            [*(f'"{one}"' for one in question.filters.get(facet, ()))]
            + [f'-"{one}"' for one in question.excluded.get(facet, ())]
        )
        for facet in Facet
    }
    days = [
        f"{sign}({' OR '.join(f'tanggal:{one}' for one in values)})"
        for sign, values in (
            ("", question.years),
            ("", question.months),
            ("-", (*question.excluded_years, *question.excluded_months)),
        )
        if values
    ]
    query = written(
        Form(
            words=" ".join([standing_alone(question.query), *days]),
            facets=facets,
            since=str(question.date_from or ""),
            until=str(question.date_to or ""),
        )
    )
    return filled(query)


def _form(arguments: MultiDict[str, str]) -> Form:
    distance = arguments.get("distance", "")
    return Form(
        words=arguments.get("words", ""),
        phrase=arguments.get("phrase", ""),
        either=arguments.get("either", ""),
        none=arguments.get("none", ""),
        near=arguments.get("near", ""),
        distance=int(distance) if distance in _ALLOWED else DISTANCE,
        where=next((one for one in Where if one == arguments.get("where")), Where.ANYWHERE),
        since=arguments.get("since", ""),
        until=arguments.get("until", ""),
        facets={facet: value for facet in Facet if (value := arguments.get(facet.value, ""))},
    )
