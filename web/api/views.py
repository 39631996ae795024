"""The JSON API's views."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast
from urllib.parse import quote, urljoin

import orjson
from flask import Blueprint, Response, abort, render_template, request
from werkzeug.urls import iri_to_uri

from index.analysis import analysis
from index.errors import IndexUnavailable
from search import answers
from search.export import Export
from search.request import SearchRequest
from search.response import SearchResponse
from search.table import table
from web import feeds
from web.api import catalogue
from web.api.document import openapi as openapi_document
from web.api.endpoints import route
from web.asking import ask, ask_for_all
from web.audience import PARTIAL_TOTAL, TOTAL
from web.formatting import web_link
from web.language import reader_language
from web.links import article_address, search_address
from web.parameters import (
    AnalyzeParameters,
    ArticleParameters,
    ExportQuestion,
    Parameters,
    SimilarParameters,
    SimilarToParameters,
    SuggestParameters,
)
from web.problems import PROBLEM_TYPES
from web.state import current_engine

blueprint = Blueprint("api", __name__)


@route(blueprint, catalogue.SEARCH_JSON)
@route(blueprint, catalogue.SEARCH)
def search(question: ExportQuestion) -> Response:
    """One page of hits or all. Raises ``RequestError`` and ``IndexUnavailable``."""
    if not question.everything:
        return _search_json(ask(question.request))
    found = ask_for_all(question.request)
    pieces = answers.export_answer(found, reader_language())
    return _as_file(_exported(found, pieces, catalogue.JSON), "warta.json")


@route(blueprint, catalogue.ARTICLE)
def article(_: Parameters, article_id: str) -> Response:
    """A stored article."""
    return _article_json(article_id)


@route(blueprint, catalogue.ARTICLE_BY_ID)
def article_by_id(parameters: ArticleParameters) -> Response:
    """A stored article whose id may not survive in a path."""
    return _article_json(parameters.id)


@route(blueprint, catalogue.SIMILAR)
def similar(parameters: SimilarParameters, article_id: str) -> Response:
    """Articles about the same matter, or the article whose id ends like this address."""
    if namesake := current_engine().article(f"{article_id}/similar"):
        return _json(answers.article_answer(namesake))
    return _similar_json(article_id, parameters.limit)


@route(blueprint, catalogue.SIMILAR_BY_ID)
def similar_by_id(parameters: SimilarToParameters) -> Response:
    """Articles about the same matter as one whose id may not survive in a path."""
    return _similar_json(parameters.id, parameters.limit)


@route(blueprint, catalogue.SUGGEST)
def suggest(parameters: SuggestParameters) -> Response:
    """Completions of a query."""
    found = current_engine().suggest(parameters.q, parameters.limit)
    return _json(answers.suggestions_answer(found))


@route(blueprint, catalogue.ANALYZE)
def analyze(parameters: AnalyzeParameters) -> Response:
    """The words of a text and their stems."""
    try:
        tokens = current_engine().analyze(parameters.text)
    except IndexUnavailable:
        # All but the user's words is known without the index.
        tokens = analysis().explain(parameters.text)
    return _lasting(_json(answers.analysis_answer(tokens)))


@route(blueprint, catalogue.STATISTICS)
def stats(_: Parameters) -> Response:
    """What the index holds."""
    return _json(answers.statistics_answer(current_engine().statistics()))


@route(blueprint, catalogue.OPENAPI)
def openapi(_: Parameters) -> Response:
    """The document that describes all this."""
    document = openapi_document(reader_language())
    return _lasting(_json({**document, "servers": [{"url": f"{request.root_path}/"}]}))


@route(blueprint, catalogue.SEARCH_RSS)
def search_rss(question: SearchRequest) -> Response:
    """A page of hits as RSS."""
    found = ask(question)
    feed = feeds.rss(found, _entries(found), _channel(question))
    return _searched(found, Response(feed, mimetype=catalogue.SEARCH_RSS.media_type))


@route(blueprint, catalogue.SEARCH_ATOM)
def search_atom(question: SearchRequest) -> Response:
    """A page of hits as Atom."""
    found = ask(question)
    feed = feeds.atom(found, _entries(found), _channel(question))
    return _searched(found, Response(feed, mimetype=catalogue.SEARCH_ATOM.media_type))


@route(blueprint, catalogue.SEARCH_CSV)
def search_csv(question: ExportQuestion) -> Response:
    """All hits as a table, unless a page of them is asked for."""
    media_type = catalogue.SEARCH_CSV.media_type
    if question.paged if question.everything is None else not question.everything:
        found = ask(question.request)
        response = _searched(found, Response(b"".join(table([found.hits])), mimetype=media_type))
    else:
        whole = ask_for_all(question.request)
        pieces = table(batch.hits for batch in whole.batches())
        response = _exported(whole, pieces, media_type)
    return _as_file(response, "warta.csv")


@blueprint.get("/api")
def documentation() -> Response:
    """The same document as a page."""
    page = render_template(
        "api.html",
        document=openapi_document(reader_language()),
        kinds=PROBLEM_TYPES,
        address=request.root_url.rstrip("/"),
        example_id=_example_id(),
    )
    return _lasting(Response(page))


def _example_id() -> str:
    try:
        newest = current_engine().search(SearchRequest(per_page=1, facets=False)).hits
    except IndexUnavailable:
        return "ID"
    return quote(newest[0].id, safe="") if newest else "ID"


def _exported(found: Export, pieces: Iterator[bytes], media_type: str) -> Response:
    """The pieces as they are made; what needs no further search at once, with its length."""
    streamed = found.first.next_cursor is not None
    body = pieces if streamed else b"".join(pieces)
    return _searched(found.first, Response(body, mimetype=media_type))


def _as_file(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _searched(found: SearchResponse, response: Response) -> Response:
    response.headers[TOTAL] = str(found.total)
    response.headers[PARTIAL_TOTAL] = str(found.partial_total)
    if found.partial:
        # A later answer to the same question may be complete.
        response.cache_control.no_store = True
    return response


def _search_json(found: SearchResponse) -> Response:
    return _searched(found, _json(answers.search_answer(found, reader_language())))


def _article_json(article_id: str) -> Response:
    found = current_engine().article(article_id)
    if found is None:
        abort(404)
    return _json(answers.article_answer(found))


def _similar_json(article_id: str, limit: int) -> Response:
    found = current_engine().similar(article_id, limit)
    if found is None:
        abort(404)
    return _search_json(found)


def _absolute(address: str) -> str:
    # Werkzeug decodes the host and the address of a request for display; feeds want them encoded.
    return urljoin(iri_to_uri(request.host_url), address)


def _channel(question: SearchRequest) -> feeds.Channel:
    return feeds.Channel(
        address=iri_to_uri(request.url),
        page=_absolute(search_address(question)),
        published=current_engine().statistics().published,
        language=reader_language(),
    )


def _entries(found: SearchResponse) -> list[feeds.Entry]:
    entries = []
    for hit in found.hits:
        here = _absolute(article_address(hit.id))
        entries.append(feeds.Entry(hit, here, web_link(hit.url) or here))
    return entries


def _json(document: object) -> Response:
    return Response(orjson.dumps(document), mimetype="application/json")


def _lasting(response: Response) -> Response:
    """An answer that few things change: its body names it."""
    response.add_etag(weak=True)
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.vary.update(("Accept-Encoding", "Accept-Language", "Cookie"))
    return cast("Response", response.make_conditional(request))
