"""What a request refuses, and what it leaves out."""

from __future__ import annotations

import pytest

from index.fields import Facet
from search.errors import PageTooDeep, QueryTooLong
from search.limits import MAX_DEPTH, MAX_QUERY_CHARACTERS
from search.request import SearchRequest


def test_a_query_that_is_too_long_is_refused() -> None:
    SearchRequest("a" * MAX_QUERY_CHARACTERS)
    with pytest.raises(QueryTooLong, match="501"):
        SearchRequest("a" * (MAX_QUERY_CHARACTERS + 1))


def test_a_page_beyond_the_depth_is_refused_where_no_cursor_takes_its_place() -> None:
    SearchRequest(page=MAX_DEPTH // 10)
    SearchRequest(page=MAX_DEPTH, cursor="x")
    with pytest.raises(PageTooDeep, match="next_cursor"):
        SearchRequest(page=MAX_DEPTH // 10 + 1)


def test_a_filter_without_values_is_no_filter() -> None:
    assert SearchRequest(filters={Facet.PLACE: ()}) == SearchRequest()
    some = SearchRequest(filters={Facet.PLACE: (), Facet.SOURCE: ("Antara",)})
    assert some.filters == {Facet.SOURCE: ("Antara",)}
