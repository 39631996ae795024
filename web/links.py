"""Addresses that pages link to: articles, and this search with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import quote, quote_plus

from flask import url_for

from index.fields import COUNTED, Counted, Period
from search.limits import MAX_QUERY_CHARACTERS
from search.query.lexeme import Kind
from search.query.lexemes import lexemes
from search.request import FacetSort, Partial, SearchRequest, Sort
from web.current import current_request

_DEFAULT = SearchRequest()

_SURVIVES_IN_A_PATH = re.compile(r"(?!/)(?!(?:.*/)?\.{1,2}(?:/|\Z))[^\x00-\x1f\x7f]+")
"""Browsers and proxies resolve dot segments, merge leading slashes and refuse control characters,
even percent-encoded ones; such an id travels as a parameter."""

_SAFE_IN_A_PATH = "!$&'()*+,/:;=@"
"""What stands in a path as it is (RFC 3986, 3.3)."""

_MAY_CHOOSE = re.compile(r"\b(?:or|atau)\b|\||[^\x00-\x7f]", re.IGNORECASE | re.ASCII)
"""What a query has that asks for one thing or another, and few others have."""


def path_to(endpoint: str, **parts: str) -> str:
    """The path of a page, below where the application is mounted.

    Made once for each of few: what varies in a path must not be among the ``parts``.
    """
    return _path(current_request().root_path, endpoint, **parts)


@lru_cache(maxsize=256)
def _path(mounted: str, endpoint: str, **parts: Any) -> str:
    del mounted
    return url_for(endpoint, **parts)


def encoded(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values as the query of an address."""
    return "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in pairs)


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    """As in a query. One page has the same values in dozens of addresses."""
    return quote_plus(value)


def search_address(request: SearchRequest, form: str = "") -> str:
    """The address of the page that answers the request, or of its ``form`` such as ``.rss``."""
    return _with_query(path_to("pages.search") + form, parameters(request))


def export_address(request: SearchRequest, form: str) -> str:
    """The address of a file, ``.csv`` or ``.json``, with the results of all pages."""
    whole = at_page(request, 1)
    if whole.per_page != _DEFAULT.per_page:
        whole = replace(whole, per_page=_DEFAULT.per_page)
    # A table is whole unless a page is asked for, JSON the other way round.
    pairs = [*parameters(whole), ("all", "true")] if form == ".json" else parameters(whole)
    return _with_query(path_to("pages.search") + form, pairs)


def advanced_address(request: SearchRequest) -> str:
    """The address of the advanced form, filled with what the request asks for."""
    return _with_query(path_to("advanced.advanced"), parameters(at_page(request, 1)))


def article_address(article_id: str, request: SearchRequest = _DEFAULT) -> str:
    """The address of an article that leads back to the request it was found by."""
    return article_addresses(request)(article_id)


def article_addresses(request: SearchRequest) -> Callable[[str], str]:
    """The address of each article that the request finds, which leads back to it."""
    way_back = encoded(parameters(request))
    after = f"?{way_back}" if way_back else ""
    before = path_to("pages.article", article_id="x").removesuffix("x")

    def address(article_id: str) -> str:
        if article_id.isascii() and article_id.isalnum():
            return f"{before}{article_id}{after}"
        if _SURVIVES_IN_A_PATH.fullmatch(article_id):
            return before + quote(article_id, safe=_SAFE_IN_A_PATH) + after
        path = _with_query(path_to("pages.article_by_parameter"), [("id", article_id)])
        return f"{path}&{way_back}" if way_back else path

    return address


def parameters(request: SearchRequest) -> list[tuple[str, str]]:
    """The names and values that parse to the request; what is as by default is left out.

    So are cursor, explain and what is said of facets, which are for programs.
    """
    return [*_what(request), *_how(request)]


def _what(request: SearchRequest) -> list[tuple[str, str]]:
    """Those that say what may be found."""
    pairs = [("q", request.query)] if request.query else []
    if request.restricted:
        pairs += _filters(request)
    return pairs


def _how(request: SearchRequest) -> list[tuple[str, str]]:
    """Those that say in which way, and which page of it."""
    pairs = []
    if request.sort is not _DEFAULT.sort:
        pairs.append(("sort", request.sort.value))
    if request.recency:
        pairs.append(("recency", str(request.recency)))
    if request.collapse:
        pairs.append(("collapse", "true"))
    if request.partial is not _DEFAULT.partial:
        pairs.append(("partial", request.partial.value))
    if not request.correct:
        pairs.append(("correct", "off"))
    if request.per_page != _DEFAULT.per_page:
        pairs.append(("per_page", str(request.per_page)))
    if request.page != 1:
        pairs.append(("page", str(request.page)))
    return pairs


def unfielded(request: SearchRequest) -> list[tuple[str, str]]:
    """The parameters for which a form of query, filters and days has no field of its own."""
    fields = {"q", "from", "to", "page", *COUNTED}
    return [pair for pair in parameters(request) if pair[0] not in fields]


def at_page(request: SearchRequest, page: int) -> SearchRequest:
    """Another page of the same results."""
    if request.page == page and request.cursor is None:
        return request
    return replace(request, page=page, cursor=None)


_BY_DEFAULT = frozenset(
    {("q", ""), ("page", "1"), ("sort", _DEFAULT.sort.value), ("partial", _DEFAULT.partial.value)}
)
"""What need not be said, of what varies: ``parameters`` leaves it out, too."""


class Variations:
    """The addresses of searches that differ from a request in one thing, from their first page on.

    What stays is encoded once: a page of results has about fifty such links.
    """

    def __init__(self, request: SearchRequest) -> None:
        self.request = request
        self._path = path_to("pages.search")
        self._kept = [(pair[0], encoded([pair])) for pair in parameters(at_page(request, 1))]
        self._names = {name for name, _ in self._kept}
        self._whole = "&".join([text for _, text in self._kept])

    def added(self, name: str, value: str) -> str:
        """With one more value of a parameter that may be repeated."""
        pair = f"{name}={_quoted(value)}"
        return self._address(f"{self._whole}&{pair}" if self._whole else pair)

    def at_page(self, page: int) -> str:
        """Another page of the same results."""
        return self._changed("page", str(page))

    def sorted_by(self, sort: Sort, form: str = "") -> str:
        """The same results in another order."""
        return self._changed("sort", sort, form)

    def with_partial(self, partial: Partial) -> str:
        """The same query, articles with only some of its words taken otherwise."""
        return self._changed("partial", partial)

    def uncorrected(self) -> str:
        """The same query, its words as they were typed."""
        return self._changed("correct", "off")

    def asking(self, query: str) -> str | None:
        """Another query under the same filters; None where it is too long to ask."""
        return self._changed("q", query) if len(query) <= MAX_QUERY_CHARACTERS else None

    def undated(self) -> str | None:
        """Of the same results those without a date; None where that is too long to ask.

        In front, nothing left open in the query counts.
        """
        query = self.request.query
        is_choice = _MAY_CHOOSE.search(query) is not None and any(
            one.kind is Kind.OR for one in lexemes(query)[0]
        )
        return self.asking(f"tanggal:tidak-ada {f'({query})' if is_choice else query}".rstrip())

    def _changed(self, name: str, value: str, form: str = "") -> str:
        """With another value of a parameter that stands once, as a page or its ``form``."""
        pair = "" if (name, value) in _BY_DEFAULT else f"{name}={_quoted(value)}"
        if name not in self._names:
            return self._address("&".join(filter(None, (self._whole, pair))), form)
        texts = [pair if key == name else text for key, text in self._kept]
        if pair not in texts:
            texts.append(pair)
        return self._address("&".join(filter(None, texts)), form)

    def _address(self, query: str, form: str = "") -> str:
        return f"{self._path}{form}?{query}" if query else self._path + form


def between(request: SearchRequest, first: date | None, last: date | None) -> SearchRequest:
    """The results of some days only, or of any day."""
    return replace(at_page(request, 1), date_from=first, date_to=last, typed_from="", typed_to="")


def days_addresses(request: SearchRequest) -> Callable[[date, date], str]:
    """The address of the results of some days, for many of them: all but the days is made once."""
    what = encoded(pair for pair in _what(request) if pair[0] not in {"from", "to"})
    how = encoded(_how(at_page(request, 1)))
    before = f"{path_to('pages.search')}?{what}{'&' if what else ''}"
    after = f"&{how}" if how else ""
    return lambda first, last: f"{before}from={first.isoformat()}&to={last.isoformat()}{after}"


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
    more = [("facet_query", query), ("facet_sort", sort.value), ("facet_offset", str(offset))]
    default = {("facet_query", ""), ("facet_sort", FacetSort.COUNT.value), ("facet_offset", "0")}
    more = [pair for pair in more if pair not in default]
    address = values_addresses(request)(one)
    return f"{address}&{encoded(more)}" if more else address


def values_addresses(request: SearchRequest) -> Callable[[Counted], str]:
    """The address of the page of values of each facet among what the request finds."""
    path, kept = path_to("browsing.values"), encoded(parameters(at_page(request, 1)))
    return lambda one: f"{path}?facet={one}&{kept}" if kept else f"{path}?facet={one}"


def _filters(request: SearchRequest) -> Iterator[tuple[str, str]]:
    for one in COUNTED:
        for value in request.chosen.get(one, ()):
            yield one.value, value
        for value in request.left_out.get(one, ()):
            yield f"exclude_{one}", value
    if first := request.typed_from or request.date_from:
        yield "from", str(first)
    if last := request.typed_to or request.date_to:
        yield "to", str(last)


def _with_query(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{encoded(pairs)}" if pairs else path
