"""Addresses that pages link to: articles, and this search with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode

from flask import url_for

from index.fields import Facet
from search.query.lexemes import Kind, lexemes
from search.request import Partial, SearchRequest, Sort

_DEFAULT = SearchRequest()

_SURVIVES_IN_A_PATH = re.compile(r"(?!/)(?!(?:.*/)?\.{1,2}(?:/|\Z))[^\x00-\x1f\x7f]+")
"""Browsers and proxies resolve dot segments, merge leading slashes and refuse control characters,
even percent-encoded ones; such an id travels as a parameter."""


def search_address(request: SearchRequest, form: str = "") -> str:
    """The address of the page that answers the request, or of its ``form`` such as ``.rss``."""
    return _with_query(url_for("pages.search") + form, parameters(request))


def export_address(request: SearchRequest, form: str) -> str:
    """The address of a file, ``.csv`` or ``.json``, with the results of all pages."""
    whole = replace(at_page(request, 1), per_page=_DEFAULT.per_page)
    # A table is whole unless a page is asked for, JSON the other way round.
    pairs = [*parameters(whole), ("all", "true")] if form == ".json" else parameters(whole)
    return _with_query(url_for("pages.search") + form, pairs)


def article_address(article_id: str, request: SearchRequest = _DEFAULT) -> str:
    """The address of an article that leads back to the request it was found by."""
    pairs = parameters(request)
    if _SURVIVES_IN_A_PATH.fullmatch(article_id):
        return _with_query(url_for("pages.article", article_id=article_id), pairs)
    return _with_query(url_for("pages.article_by_parameter"), [("id", article_id), *pairs])


def parameters(request: SearchRequest) -> list[tuple[str, str]]:
    """The names and values that parse to the request; what is as by default is left out.

    So are cursor, explain and facets, which are for programs.
    """
    default = set(_all_parameters(_DEFAULT))
    return [pair for pair in _all_parameters(request) if pair not in default]


def unfielded(request: SearchRequest) -> list[tuple[str, str]]:
    """The parameters for which a form of query, filters and days has no field of its own."""
    fields = {"q", "from", "to", "page", *Facet}
    return [pair for pair in parameters(request) if pair[0] not in fields]


def at_page(request: SearchRequest, page: int) -> SearchRequest:
    """Another page of the same results."""
    return replace(request, page=page, cursor=None)


def asking(request: SearchRequest, query: str) -> SearchRequest:
    """Another query under the same filters."""
    return replace(at_page(request, 1), query=query)


def sorted_by(request: SearchRequest, sort: Sort) -> SearchRequest:
    """The same results in another order."""
    return replace(at_page(request, 1), sort=sort)


def with_partial(request: SearchRequest, partial: Partial) -> SearchRequest:
    """The same query, articles with only some of its words taken otherwise."""
    return replace(at_page(request, 1), partial=partial)


def uncorrected(request: SearchRequest) -> SearchRequest:
    """The same query, its words as they were typed."""
    return replace(at_page(request, 1), correct=False)


def between(request: SearchRequest, first: date | None, last: date | None) -> SearchRequest:
    """The results of some days only, or of any day."""
    return replace(at_page(request, 1), date_from=first, date_to=last)


def undated(request: SearchRequest) -> SearchRequest:
    """Of the same results those without a date; in front, nothing left open in the query counts."""
    is_choice = any(one.kind is Kind.OR for one in lexemes(request.query)[0])
    query = f"({request.query})" if is_choice else request.query
    return asking(request, f"tanggal:tidak-ada {query}".rstrip())


def without(request: SearchRequest, facet: Facet, value: str) -> SearchRequest:
    """The results without one value of a filter."""
    kept = tuple(other for other in request.filters.get(facet, ()) if other != value)
    return replace(at_page(request, 1), filters={**request.filters, facet: kept})


def unfiltered(request: SearchRequest) -> SearchRequest:
    """The query alone, in the order that was chosen."""
    return SearchRequest(query=request.query, sort=request.sort, per_page=request.per_page)


def _all_parameters(request: SearchRequest) -> Iterator[tuple[str, str]]:
    yield "q", request.query
    for facet in Facet:
        for value in request.filters.get(facet, ()):
            yield facet.value, value
    yield "from", str(request.date_from or "")
    yield "to", str(request.date_to or "")
    yield "sort", request.sort.value
    yield "recency", str(request.recency or "")
    yield "collapse", str(request.collapse).lower()
    yield "partial", request.partial.value
    yield "correct", "on" if request.correct else "off"
    yield "per_page", str(request.per_page)
    yield "page", str(request.page)


def _with_query(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path
