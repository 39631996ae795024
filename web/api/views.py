"""The JSON API's views."""

from __future__ import annotations

from typing import cast

import orjson
from flask import Blueprint, Response, abort, render_template, request

from index.analysis import explain
from search.request import SearchRequest
from search.response import SearchResponse
from web.api import answers, catalogue
from web.api.document import openapi as openapi_document
from web.api.endpoints import serve
from web.language import reader_language
from web.parameters import AnalyzeParameters, Parameters, SimilarParameters, SuggestParameters
from web.problems import KINDS
from web.state import current_engine

blueprint = Blueprint("api", __name__)


@serve(blueprint, catalogue.SEARCH_JSON)
@serve(blueprint, catalogue.SEARCH)
def search(question: SearchRequest) -> Response:
    """One page of hits. Raises ``RequestError`` and ``IndexDirectoryError``."""
    return _searched(current_engine().search(question))


@serve(blueprint, catalogue.ARTICLE)
def article(_: Parameters, article_id: str) -> Response:
    """A stored article."""
    found = current_engine().article(article_id)
    if found is None:
        abort(404)
    return _json(answers.article_answer(found))


@serve(blueprint, catalogue.SIMILAR)
def similar(parameters: SimilarParameters, article_id: str) -> Response:
    """Articles about the same matter."""
    found = current_engine().similar(article_id, parameters.limit)
    if found is None:
        abort(404)
    return _searched(found)


@serve(blueprint, catalogue.SUGGEST)
def suggest(parameters: SuggestParameters) -> Response:
    """Completions of a query."""
    found = current_engine().suggest(parameters.q, parameters.limit)
    return _json(answers.suggestions_answer(found))


@serve(blueprint, catalogue.ANALYZE)
def analyze(parameters: AnalyzeParameters) -> Response:
    """The words of a text and their stems."""
    return _lasting(_json(answers.analysis_answer(explain(parameters.text))))


@serve(blueprint, catalogue.STATISTICS)
def stats(_: Parameters) -> Response:
    """What the index holds."""
    return _json(answers.statistics_answer(current_engine().statistics()))


@serve(blueprint, catalogue.OPENAPI)
def openapi(_: Parameters) -> Response:
    """The document that describes all this."""
    return _lasting(_json(openapi_document(reader_language())))


@blueprint.get("/api")
def documentation() -> Response:
    """The same document as a page."""
    language = reader_language()
    page = render_template(
        "api.html",
        document=openapi_document(language),
        kinds=KINDS,
        language=language,
        address=request.host_url.rstrip("/"),
    )
    return _lasting(Response(page))


def _searched(found: SearchResponse) -> Response:
    response = _json(answers.search_answer(found, reader_language()))
    if found.partial:
        # A later answer to the same question may be complete.
        response.cache_control.no_store = True
    return response


def _json(document: object) -> Response:
    return Response(orjson.dumps(document), mimetype="application/json")


def _lasting(response: Response) -> Response:
    """An answer without the index: its body names it."""
    response.add_etag(weak=True)
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.vary.update(("Accept-Encoding", "Accept-Language", "Cookie"))
    return cast("Response", response.make_conditional(request))
