"""The advanced form: fields that are written as one query, so that nothing needs JavaScript."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from index.fields import Facet
from search.limits import MAX_QUERY_CHARACTERS
from search.query.filled_form import filled
from search.query.form import DISTANCE, Form, Where, written
from search.request import SearchRequest, Sort
from web import links
from web.parameters import MAX_VALUE_CHARACTERS
from web.state import current_engine

blueprint = Blueprint("advanced", __name__)

DISTANCES = (1, 3, 5, 10, 20, 50)
"""How many words apart, to choose from."""


@blueprint.get("/search/advanced")
def advanced() -> str | Response:
    """The form, filled with the query ``q``; once it is sent, the results of what it asks.

    Whatever stands in the address, a form comes of it.
    """
    arguments = request.args
    if "words" in arguments:
        query = written(_form(arguments))
        if query and len(query) <= MAX_QUERY_CHARACTERS:
            sort = next((one for one in Sort if one == arguments.get("sort")), Sort.RELEVANCE)
            return redirect(links.search_address(SearchRequest(query=query, sort=sort)))
        form, long = _form(arguments), bool(query)
    else:
        form, long = filled(arguments.get("q", "")[:MAX_QUERY_CHARACTERS]), False
    distances = sorted({*DISTANCES, form.distance})
    offered = {
        facet: [one.value for one in values if len(one.value) <= MAX_VALUE_CHARACTERS]
        for facet, values in current_engine().statistics().facets.items()
    }
    return render_template(
        "advanced.html", form=form, long=long, distances=distances, offered=offered, Where=Where
    )


def _form(arguments: MultiDict[str, str]) -> Form:
    distance = arguments.get("distance", "")
    return Form(
        words=arguments.get("words", ""),
        phrase=arguments.get("phrase", ""),
        either=arguments.get("either", ""),
        none=arguments.get("none", ""),
        near=arguments.get("near", ""),
        distance=int(distance) if distance in map(str, DISTANCES) else DISTANCE,
        where=next((one for one in Where if one == arguments.get("where")), Where.ANYWHERE),
        since=arguments.get("since", ""),
        until=arguments.get("until", ""),
        facets={facet: value for facet in Facet if (value := arguments.get(facet.value, ""))},
    )
