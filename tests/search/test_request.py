"""What a request refuses, and what it leaves out."""

from __future__ import annotations

import copy
import inspect
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fields import Facet, Period
from search.errors import OutOfRange, PageTooDeep, QueryTooLong
from search.limits import MAX_DEPTH, MAX_FACET_OFFSET, MAX_FACET_VALUES, MAX_QUERY_CHARACTERS
from search.request import FacetSort, Partial, SearchRequest, Sort


def test_a_query_that_is_too_long_is_refused() -> None:
    SearchRequest("a" * MAX_QUERY_CHARACTERS)
    with pytest.raises(QueryTooLong, match="501"):
        SearchRequest("a" * (MAX_QUERY_CHARACTERS + 1))


def test_a_page_beyond_the_depth_is_refused_where_no_cursor_takes_its_place() -> None:
    SearchRequest(page=MAX_DEPTH // 10)
    SearchRequest(page=MAX_DEPTH, cursor="x")
    with pytest.raises(PageTooDeep, match="next_cursor"):
        SearchRequest(page=MAX_DEPTH // 10 + 1)


def test_a_query_is_a_text_and_no_more() -> None:
    class Text(str):
        __slots__ = ()

    for request in (SearchRequest(Text("a b")), replace(SearchRequest("c"), query=Text("a b"))):
        assert type(request.query) is str
        assert request == SearchRequest("a b")
    for odd in (None, 1, b"a", ["a"]):
        with pytest.raises(TypeError):
            SearchRequest(odd)  # type: ignore[arg-type]


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


_values: st.SearchStrategy[Any] = st.one_of(
    st.sampled_from(("", "a", ["a"], None, True, 1.5, 0, -1, 1, 2, 10, 100, 101, 2**64)),
    st.sampled_from((MAX_DEPTH, MAX_FACET_VALUES, MAX_FACET_VALUES + 1, MAX_FACET_OFFSET + 1)),
    st.sampled_from(("a" * MAX_QUERY_CHARACTERS, "a" * (MAX_QUERY_CHARACTERS + 1))),
)
_filters = st.sampled_from(({}, {Facet.PLACE: ()}, {Facet.PLACE: ("Ambon",)}, {"colour": ("red",)}))
_periods = st.sampled_from(((), ("2017",), ("2017", "2018")))
_days = st.sampled_from((None, date(2020, 1, 1)))
_flags = st.booleans()
_given = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("query", "page", "per_page", "recency"), _values),
        **dict.fromkeys(("facet_limit", "facet_offset"), _values),
        **dict.fromkeys(("filters", "excluded"), _filters),
        **dict.fromkeys(("years", "excluded_months"), _periods),
        **dict.fromkeys(("date_from", "date_to"), _days),
        **dict.fromkeys(("collapse", "correct", "facets", "offers", "explain", "snippets"), _flags),
        "cursor": st.sampled_from((None, "x")),
        "sort": st.sampled_from(Sort),
        "partial": st.sampled_from(Partial),
        "facet_sort": st.sampled_from(FacetSort),
        "today": st.just(date(2021, 2, 3)),
        **dict.fromkeys(("restricted", "asks_more", "other"), st.just(1)),
    },
)


def _told(act: Any) -> object:
    """All fields of a request, or the type and text of what is raised."""
    try:
        one = act()
    except Exception as error:  # noqa: BLE001 - whatever it is
        return type(error), str(error)
    return [getattr(one, each.name) for each in fields(SearchRequest)], one.asked, one.offering


def _in_python(*args: Any, **given: Any) -> SearchRequest:
    """A request as the function of the class makes it, which looks at all fields."""
    one = object.__new__(SearchRequest)
    SearchRequest.__init__(one, *args, **given)
    return one


@given(st.lists(_values, max_size=4), _given)
def test_a_request_is_the_same_whoever_fills_it(args: list[Any], given: dict[str, Any]) -> None:
    assert _told(lambda: SearchRequest(*args, **given)) == _told(lambda: _in_python(*args, **given))


@given(_given, _given)
def test_a_request_that_comes_from_another_is_as_if_it_were_asked(
    first: dict[str, Any], second: dict[str, Any]
) -> None:
    try:
        one = SearchRequest(**first)
    except Exception:  # noqa: BLE001 - which is tried above
        return
    assert copy.copy(one) == replace(one) == one
    assert _told(lambda: copy.copy(one)) == _told(lambda: one)
    if set(second) <= set(inspect.signature(SearchRequest).parameters):
        both = {"today": one.today, **first, **second}
        assert _told(lambda: replace(one, **second)) == _told(lambda: SearchRequest(**both))


@given(_given)
def test_a_request_says_whether_it_may_offer_and_asks_more(given: dict[str, Any]) -> None:
    try:
        one = SearchRequest(**given)
    except Exception:  # noqa: BLE001 - which is tried above
        return
    assert one.offering == bool(one.offers and one.page == 1 and one.cursor is None)
    plain = one.sort is Sort.RELEVANCE and one.correct and not one.collapse
    assert one.asks_more == bool(one.asked)
    assert one.asks_more == (one.restricted or not plain or one.recency is not None)


class _Named(str):
    """A text that is more than that."""

    __slots__ = ("name",)


def test_a_query_is_a_text_and_nothing_more() -> None:
    for query in (SearchRequest(_Named("bali")).query, _in_python(query=_Named("bali")).query):
        assert (query, type(query)) == ("bali", str)
    with pytest.raises(QueryTooLong):
        SearchRequest(_Named("a" * (MAX_QUERY_CHARACTERS + 1)))


def test_a_request_cannot_change() -> None:
    one = SearchRequest("a", filters={Facet.PLACE: ("Ambon",)})
    with pytest.raises(FrozenInstanceError):
        one.query = "b"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del one.query
    for mapping in (one.filters, one.excluded, one.chosen, one.left_out, SearchRequest().filters):
        with pytest.raises(TypeError):
            mapping[Facet.PLACE] = ()  # type: ignore[index]


def test_a_request_is_one_of_data() -> None:
    match SearchRequest("a", 2):
        case SearchRequest(query, page, per_page=per_page):
            assert (query, page, per_page) == ("a", 2, 10)
    told = repr(SearchRequest("a", facets=False))
    assert told.startswith("SearchRequest(query='a', page=1, per_page=10, cursor=None, sort=")
    assert "facets=False" in told
    assert "offering" not in told
    one, two = SearchRequest("a", today=date.max), SearchRequest(query="a", typed_to="lusa")
    assert one == two != SearchRequest("b")
    signature = inspect.signature(SearchRequest)
    assert list(signature.parameters) == [each.name for each in fields(SearchRequest) if each.init]
    with pytest.raises(TypeError, match=r"SearchRequest.__init__\(\) got an unexpected .* 'wrod'"):
        SearchRequest(wrod="a")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="multiple values for argument 'query'"):
        SearchRequest("a", query="b")  # type: ignore[misc]
