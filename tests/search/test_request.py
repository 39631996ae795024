"""What a request refuses, and what it leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from index.fields import Facet, Period
from search.errors import OutOfRange, PageTooDeep, QueryTooLong
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


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": 0},
        {"page": -1},
        {"per_page": 0},
        {"per_page": 101},
        {"facet_limit": -1},
        {"facet_limit": 1001},
        {"facet_offset": -1},
        {"recency": 0.0},
        {"recency": float("nan")},
        {"recency": 1e9},
    ],
)
def test_numbers_out_of_range_are_refused_by_name(wrong: dict[str, Any]) -> None:
    (name,) = wrong
    with pytest.raises(OutOfRange) as caught:
        SearchRequest(**wrong)
    assert caught.value.parameter == name
    assert name in caught.value.english
    assert name in caught.value.indonesian


def test_what_was_given_may_change_without_the_request() -> None:
    given = {Facet.PLACE: ("Ambon",)}
    request = SearchRequest(filters=given)
    given.clear()
    assert request.filters == {Facet.PLACE: ("Ambon",)}
    with pytest.raises(ValueError, match="colour"):
        SearchRequest(filters={"colour": ("red",)})  # type: ignore[dict-item]


def test_a_request_knows_what_it_chooses_and_excludes() -> None:
    request = SearchRequest(
        filters={Facet.PLACE: ("Ambon",), Facet.SOURCE: ()},
        years=("2017",),
        excluded={Facet.AUTHOR: ("Sari",)},
        excluded_months=("2017-05",),
    )
    assert request.chosen == {Facet.PLACE: ("Ambon",), Period.YEAR: ("2017",)}
    assert request.left_out == {Facet.AUTHOR: ("Sari",), Period.MONTH: ("2017-05",)}
    assert replace(request, years=()).chosen == {Facet.PLACE: ("Ambon",)}
    some: tuple[dict[str, Any], ...] = (
        {"years": ("1",)},
        {"excluded": {Facet.PLACE: ("a",)}},
        {"date_to": date.max},
    )
    for restricted in some:
        assert SearchRequest(**restricted).restricted
    assert not SearchRequest("a", excluded={Facet.PLACE: ()}).restricted
