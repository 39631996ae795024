"""The JSON API's views."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import cast
from urllib.parse import quote, urljoin

import orjson
from flask import Blueprint, Response, abort, request
from werkzeug.urls import iri_to_uri

from index.analysis import analysis
from index.errors import IndexUnavailable
from search import answers
from search.export import Export
from search.members import Members, UnknownMembers, hit_names, narrowed, read_members
from search.request import SearchRequest
from search.response import Hit, SearchResponse
from search.table import table
from web import feeds
from web.api import catalogue
from web.api.document import openapi as openapi_document
from web.api.endpoints import Endpoint, route
from web.asking import ask, ask_for_all, ask_several
from web.audience import CORRECTED, CUT_SHORT, PARTIAL_TOTAL, TOTAL
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
from web.several import SeveralQuestions
from web.state import current_engine
from web.templating import render

blueprint = Blueprint("api", __name__)


@route(blueprint, catalogue.SEARCH_JSON)
@route(blueprint, catalogue.SEARCH)
def search(question: ExportQuestion) -> Response:
    """One page of hits or all. Raises ``RequestError`` and ``IndexUnavailable``."""
    if not question.everything or not question.members.hits:
        return _search_json(ask(question.request), question.members)
    found = ask_for_all(question.request)
    pieces = answers.export_answer(found, reader_language(), question.members)
    return _as_file(_exported(found, pieces, catalogue.JSON), "warta.json")


@route(blueprint, catalogue.SEARCHES)
def searches(questions: SeveralQuestions) -> Response:
    """Totals and first hits for several queries. Raises as ``search`` does."""
    found = ask_several(questions.requests)
    response = _json(answers.many_answer(found, reader_language(), questions.members))
    if found.partial:
        response.cache_control.no_store = True
    return response


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
    return _similar_json(article_id, parameters)


@route(blueprint, catalogue.SIMILAR_BY_ID)
def similar_by_id(parameters: SimilarToParameters) -> Response:
    """Articles about the same matter as one whose id may not survive in a path."""
    return _similar_json(parameters.id, parameters)


@route(blueprint, catalogue.SUGGEST)
def suggest(parameters: SuggestParameters) -> Response:
    """Completions of a query."""
    found = current_engine().suggest(parameters.q, parameters.limit)
    return _written(answers.suggestions_text(found))


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
    found = ask(_without_offers(question))
    feed = feeds.rss(found, _entries(found), _channel(question))
    return _searched(found, Response(feed, mimetype=catalogue.SEARCH_RSS.media_type))


@route(blueprint, catalogue.SEARCH_ATOM)
def search_atom(question: SearchRequest) -> Response:
    """A page of hits as Atom."""
    found = ask(_without_offers(question))
    feed = feeds.atom(found, _entries(found), _channel(question))
    return _searched(found, Response(feed, mimetype=catalogue.SEARCH_ATOM.media_type))


@route(blueprint, catalogue.SEARCH_CSV)
def search_csv(question: ExportQuestion) -> Response:
    """All hits as a table, unless a page of them is asked for."""
    columns = _of_rows(question.members).of_hits
    response = _rows(question, catalogue.SEARCH_CSV, lambda batches: table(batches, columns))
    return _as_file(response, "warta.csv")


@route(blueprint, catalogue.SEARCH_JSONL)
def search_jsonl(question: ExportQuestion) -> Response:
    """All hits as lines of JSON, unless a page of them is asked for."""
    members, language = _of_rows(question.members), reader_language()
    response = _rows(
        question,
        catalogue.SEARCH_JSONL,
        lambda batches: (answers.hit_lines(hits, language, members) for hits in batches),
    )
    return _as_file(response, "warta.jsonl")


@blueprint.get("/api")
def documentation() -> Response:
    """The same document as a page."""
    page = render(
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


def _of_rows(members: Members) -> Members:
    """The members where each hit is a row. Raises ``UnknownMembers`` for those of the answer."""
    if members.of_answer:
        raise UnknownMembers(members.of_answer, hit_names())
    return members


def _rows(
    question: ExportQuestion,
    endpoint: Endpoint,
    written: Callable[[Iterable[tuple[Hit, ...]]], Iterator[bytes]],
) -> Response:
    """All hits, unless a page of them is asked for, each written as a row."""
    if question.paged if question.everything is None else not question.everything:
        found = ask(_without_offers(question.request))
        body = b"".join(written([found.hits]))
        return _searched(found, Response(body, mimetype=endpoint.media_type))
    whole = ask_for_all(_without_offers(question.request))
    pieces = written(batch.hits for batch in whole.batches())
    return _exported(whole, pieces, endpoint.media_type)


def _without_offers(request: SearchRequest) -> SearchRequest:
    """The request where the answer has no place for what may have been meant."""
    return replace(request, offers=False)


def _exported(found: Export, pieces: Iterator[bytes], media_type: str) -> Response:
    """The pieces as they are made; what needs no further search at once, with its length."""
    streamed = found.first.next_cursor is not None
    body = pieces if streamed else b"".join(pieces)
    response = _searched(found.first, Response(body, mimetype=media_type))
    response.call_on_close(found.close)  # Who asked may not hear all of it.
    if found.ends_early:
        response.headers[CUT_SHORT] = "true"
    return response


def _as_file(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _searched(found: SearchResponse, response: Response) -> Response:
    add = response.headers.add  # none of them is there yet
    add(TOTAL, str(found.total))
    add(PARTIAL_TOTAL, str(found.partial_total))
    if found.corrected is not None:
        add(CORRECTED, quote(found.corrected, errors="replace"))
    if found.partial:
        add(CUT_SHORT, "true")
        # A later answer to the same question may be complete.
        response.cache_control.no_store = True
    return response


def _search_json(found: SearchResponse, members: Members) -> Response:
    text = answers.search_text(found, reader_language(), members)
    return _searched(found, _written(text))


def _article_json(article_id: str) -> Response:
    found = current_engine().article(article_id)
    if found is None:
        abort(404)
    return _json(answers.article_answer(found))


def _similar_json(article_id: str, parameters: SimilarParameters) -> Response:
    members = read_members(parameters.fields or "")
    snippets = narrowed(SearchRequest(), members).snippets
    found = current_engine().similar(article_id, parameters.limit, snippets=snippets)
    if found is None:
        abort(404)
    return _search_json(found, members)


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
    return _written(orjson.dumps(document))


def _written(text: bytes) -> Response:
    return Response(text, mimetype="application/json")


def _lasting(response: Response) -> Response:
    """An answer that few things change: its body names it."""
    response.add_etag(weak=True)
    response.cache_control.public = True
    response.cache_control.no_cache = True
    response.vary.update(("Accept-Encoding", "Accept-Language", "Cookie"))
    return cast("Response", response.make_conditional(request))
