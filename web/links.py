"""Addresses that pages link to: articles, and this search with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from urllib.parse import urlencode

from flask import url_for

from index.fields import COUNTED, Counted, Period
from search.limits import MAX_QUERY_CHARACTERS
from search.query.lexemes import Kind, lexemes
from search.request import FacetSort, Partial, SearchRequest, Sort

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


def advanced_address(request: SearchRequest) -> str:
    """The address of the advanced form, filled with what the request asks for."""
    return _with_query(url_for("advanced.advanced"), parameters(at_page(request, 1)))


def article_address(article_id: str, request: SearchRequest = _DEFAULT) -> str:
    """The address of an article that leads back to the request it was found by."""
    return article_addresses(request)(article_id)


def article_addresses(request: SearchRequest) -> Callable[[str], str]:
    """The address of each article that the request finds, which leads back to it."""
    way_back = urlencode(parameters(request))

    def address(article_id: str) -> str:
        if _SURVIVES_IN_A_PATH.fullmatch(article_id):
            path = url_for("pages.article", article_id=article_id)
            return f"{path}?{way_back}" if way_back else path
        path = _with_query(url_for("pages.article_by_parameter"), [("id", article_id)])
        return f"{path}&{way_back}" if way_back else path

    return address


def parameters(request: SearchRequest) -> list[tuple[str, str]]:
    """The names and values that parse to the request; what is as by default is left out.

    So are cursor, explain and what is said of facets, which are for programs.
    """
    return [pair for pair in _all_parameters(request) if pair not in _default_parameters()]


@cache
def _default_parameters() -> frozenset[tuple[str, str]]:
    return frozenset(_all_parameters(_DEFAULT))


def unfielded(request: SearchRequest) -> list[tuple[str, str]]:
    """The parameters for which a form of query, filters and days has no field of its own."""
    fields = {"q", "from", "to", "page", *COUNTED}
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
    return replace(at_page(request, 1), date_from=first, date_to=last, typed_from="", typed_to="")


def days_addresses(request: SearchRequest) -> Callable[[date, date], str]:
    """The address of the results of some days, for many of them: all but the days is made once."""
    any_days = search_address(between(request, date.min, date.max))
    # What is typed has no such signs in an address.
    before, _, after = any_days.partition(f"from={date.min}&to={date.max}")
    return lambda first, last: f"{before}from={first}&to={last}{after}"


def asking_address(request: SearchRequest, query: str) -> str | None:
    """The address of another query under the same filters; None where it is too long to ask."""
    if len(query) > MAX_QUERY_CHARACTERS:
        return None
    return search_address(asking(request, query))


def undated_address(request: SearchRequest) -> str | None:
    """Of the same results those without a date; None where that is too long to ask.

    In front, nothing left open in the query counts.
    """
    is_choice = any(one.kind is Kind.OR for one in lexemes(request.query)[0])
    query = f"({request.query})" if is_choice else request.query
    return asking_address(request, f"tanggal:tidak-ada {query}".rstrip())


def including(request: SearchRequest, one: Counted, value: str) -> SearchRequest:
    """The results that have the value, too, where others of the facet are chosen."""
    chosen = (*_but(request.chosen.get(one, ()), value), value)
    left_out = _but(request.left_out.get(one, ()), value)
    return _filtered(request, one, chosen, left_out)


def excluding(request: SearchRequest, one: Counted, value: str) -> SearchRequest:
    """The results that have not the value."""
    left_out = (*_but(request.left_out.get(one, ()), value), value)
    return _filtered(request, one, _but(request.chosen.get(one, ()), value), left_out)


def without(request: SearchRequest, one: Counted, *values: str) -> SearchRequest:
    """The results without some values among those that are chosen and those that are excluded."""
    chosen, left_out = (
        _but(request.chosen.get(one, ()), *values),
        _but(request.left_out.get(one, ()), *values),
    )
    return _filtered(request, one, chosen, left_out)


def _but(values: tuple[str, ...], *dropped: str) -> tuple[str, ...]:
    return tuple(value for value in values if value not in dropped)


def _filtered(
    request: SearchRequest, one: Counted, chosen: tuple[str, ...], left_out: tuple[str, ...]
) -> SearchRequest:
    first = at_page(request, 1)
    match one:
        case Period.YEAR:
            return replace(first, years=chosen, excluded_years=left_out)
        case Period.MONTH:
            return replace(first, months=chosen, excluded_months=left_out)
    filters, excluded = {**request.filters, one: chosen}, {**request.excluded, one: left_out}
    return replace(first, filters=filters, excluded=excluded)


def unfiltered(request: SearchRequest) -> SearchRequest:
    """The query alone, in the order that was chosen."""
    return SearchRequest(query=request.query, sort=request.sort, per_page=request.per_page)


def values_address(
    request: SearchRequest,
    one: Counted,
    query: str = "",
    sort: FacetSort = FacetSort.COUNT,
    offset: int = 0,
) -> str:
    """The address of the page of a facet's values among what the request finds."""
    pairs = [("facet", one.value), *parameters(at_page(request, 1))]
    more = [("facet_query", query), ("facet_sort", sort.value), ("facet_offset", str(offset))]
    default = {("facet_query", ""), ("facet_sort", FacetSort.COUNT.value), ("facet_offset", "0")}
    return _with_query(
        url_for("browsing.values"), pairs + [one for one in more if one not in default]
    )


def _all_parameters(request: SearchRequest) -> Iterator[tuple[str, str]]:
    yield "q", request.query
    for one in COUNTED:
        for value in request.chosen.get(one, ()):
            yield one.value, value
        for value in request.left_out.get(one, ()):
            yield f"exclude_{one}", value
    yield "from", request.typed_from or str(request.date_from or "")
    yield "to", request.typed_to or str(request.date_to or "")
    yield "sort", request.sort.value
    yield "recency", str(request.recency or "")
    yield "collapse", str(request.collapse).lower()
    yield "partial", request.partial.value
    yield "correct", "on" if request.correct else "off"
    yield "per_page", str(request.per_page)
    yield "page", str(request.page)


def _with_query(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path
