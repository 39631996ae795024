"""Addresses lead to what they were made from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask, request
from hypothesis import example, given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.fields import Facet
from search.limits import (
    LONGEST_RECENCY,
    MAX_DEPTH,
    MAX_PER_PAGE,
    MAX_QUERY_CHARACTERS,
    SHORTEST_RECENCY,
)
from search.request import Partial, SearchRequest, Sort
from web import links
from web.parameters import search_request

TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
VALUES = st.lists(TEXT, max_size=3).map(tuple)
YEARS = st.lists(st.sampled_from(["0001", "2017", "9999"]), max_size=2).map(tuple)
MONTHS = st.lists(st.sampled_from(["0001-01", "2017-05", "9999-12"]), max_size=2).map(tuple)
REQUESTS = st.builds(
    SearchRequest,
    query=st.just("") | TEXT,
    page=st.integers(1, MAX_DEPTH // MAX_PER_PAGE),
    per_page=st.integers(1, 100),
    sort=st.sampled_from(Sort),
    filters=st.fixed_dictionaries(dict.fromkeys(Facet, VALUES)),
    excluded=st.fixed_dictionaries(dict.fromkeys(Facet, VALUES)),
    years=YEARS,
    months=MONTHS,
    excluded_years=YEARS,
    excluded_months=MONTHS,
    date_from=st.none() | st.dates(date(1900, 1, 1), date(2000, 1, 1)),
    date_to=st.none() | st.dates(date(2000, 1, 2), date(2100, 1, 1)),
    recency=st.none() | st.floats(SHORTEST_RECENCY, LONGEST_RECENCY),
    collapse=st.booleans(),
    partial=st.sampled_from(Partial),
    correct=st.booleans(),
)


@given(question=REQUESTS)
def test_the_parameters_of_a_request_parse_to_it(question: SearchRequest) -> None:
    assert search_request(MultiDict(links.parameters(question))) == question


def test_what_is_for_programs_is_left_out() -> None:
    question = SearchRequest(query="beras", cursor="abc", explain=True, facets=False)
    assert links.parameters(question) == [("q", "beras")]


def test_what_is_as_by_default_is_left_out() -> None:
    assert links.parameters(SearchRequest()) == []
    assert links.parameters(SearchRequest(query="a&b", page=2)) == [("q", "a&b"), ("page", "2")]
    assert links.parameters(SearchRequest(date_from=date(2023, 6, 1))) == [("from", "2023-06-01")]
    assert links.parameters(SearchRequest(date_to=date(2023, 6, 1))) == [("to", "2023-06-01")]


@given(article_id=TEXT)
@example("https://example.com/a//b?c=d#e")
@example("../x")
@example("x/..")
@example("..")
@example("/x")
@example("a\nb")
@example("2024/b.jsonl:1")
@example("100%25")
def test_the_address_of_an_article_leads_to_it(app: Flask, article_id: str) -> None:
    with app.test_request_context():
        address = links.article_address(article_id, SearchRequest(query="beras"))
    path = urlsplit(address).path
    assert not {".", ".."} & set(path.split("/"))
    with app.test_request_context(address):
        assert (request.view_args or {}).get("article_id", request.args.get("id")) == article_id
        assert request.args["q"] == "beras"


def _asked(address: str | None) -> SearchRequest:
    assert address is not None
    return search_request(MultiDict(parse_qsl(urlsplit(address).query, keep_blank_values=True)))


@given(
    question=REQUESTS,
    query=st.just("") | TEXT,
    sort=st.sampled_from(Sort),
    partial=st.sampled_from(Partial),
)
def test_a_variation_differs_in_one_thing_and_starts_on_the_first_page(
    app: Flask, question: SearchRequest, query: str, sort: Sort, partial: Partial
) -> None:
    first = links.at_page(question, 1)
    with app.test_request_context():
        addresses = links.Variations(question)
        assert _asked(addresses.asking(query)) == replace(first, query=query)
        assert _asked(addresses.sorted_by(sort)) == replace(first, sort=sort)
        assert _asked(addresses.with_partial(partial)) == replace(first, partial=partial)
        assert _asked(addresses.uncorrected()) == replace(first, correct=False)
        assert _asked(addresses.at_page(3)) == replace(first, page=3)
        same = links.search_address(first)
        assert addresses.asking(question.query) == addresses.sorted_by(question.sort) == same
        assert addresses.with_partial(question.partial) == addresses.at_page(1) == same
        assert addresses.sorted_by(sort, ".rss").partition("?")[0] == "/search.rss"


DAY = date(2023, 6, 1)


@given(question=REQUESTS, first=st.dates(), last=st.dates())
@example(SearchRequest("from=2020-01-01&to=2021-01-01", page=2), DAY, DAY)
@example(SearchRequest("a", date_from=DAY, typed_from="kemarin", recency=7), DAY, DAY)
@example(SearchRequest("a", filters={Facet.SOURCE: ("&from=x&to=y",)}, date_to=DAY), DAY, DAY)
def test_days_have_the_address_of_the_same_question_between_them(
    app: Flask, question: SearchRequest, first: date, last: date
) -> None:
    with app.test_request_context():
        expected = links.search_address(links.between(question, first, last))
        assert links.days_addresses(question)(first, last) == expected


@given(question=REQUESTS, value=TEXT, one=st.sampled_from(Facet))
def test_a_value_is_added_to_those_that_are_there(
    app: Flask, question: SearchRequest, value: str, one: Facet
) -> None:
    free = links.without(links.at_page(question, 1), one, value)
    with app.test_request_context():
        addresses = links.Variations(free)
        assert _asked(addresses.added(one.value, value)) == links.including(free, one, value)
        assert _asked(addresses.added(f"exclude_{one}", value)) == links.excluding(free, one, value)


def test_what_is_too_long_to_ask_has_no_address(app: Flask) -> None:
    with app.test_request_context():
        assert links.Variations(SearchRequest()).asking("a" * (MAX_QUERY_CHARACTERS + 1)) is None
        assert links.Variations(SearchRequest("a" * MAX_QUERY_CHARACTERS)).undated() is None


@pytest.mark.parametrize(
    ("query", "undated"),
    [
        ("banjir", "tanggal:tidak-ada banjir"),
        ("banjir OR gempa", "tanggal:tidak-ada (banjir OR gempa)"),
        ("", "tanggal:tidak-ada"),
    ],
)
def test_those_without_a_date_are_asked_for_in_front(app: Flask, query: str, undated: str) -> None:
    with app.test_request_context():
        assert _asked(links.Variations(SearchRequest(query)).undated()).query == undated


def test_another_question_starts_on_its_first_page() -> None:
    third = SearchRequest(query="beras", page=3, filters={Facet.SOURCE: ("A", "B")})
    assert links.between(third, date(2023, 6, 1), None).page == 1
    assert links.without(third, Facet.SOURCE, "A") == SearchRequest(
        query="beras", filters={Facet.SOURCE: ("B",)}
    )
    assert links.unfiltered(third) == SearchRequest(query="beras")


def test_a_form_carries_what_it_has_no_field_for() -> None:
    question = SearchRequest(
        query="beras", filters={Facet.SOURCE: ("A",)}, sort=Sort.NEWEST, per_page=20, page=2
    )
    assert links.unfielded(question) == [("sort", "newest"), ("per_page", "20")]


@given(question=REQUESTS, value=TEXT, facet=st.sampled_from(Facet))
def test_a_value_is_chosen_or_excluded_never_both(
    question: SearchRequest, value: str, facet: Facet
) -> None:
    chosen = links.including(question, facet, value)
    assert value in chosen.chosen.get(facet, ())
    assert value not in chosen.left_out.get(facet, ())
    excluded = links.excluding(chosen, facet, value)
    assert value in excluded.left_out.get(facet, ())
    assert value not in excluded.chosen.get(facet, ())
    neither = links.without(excluded, facet, value)
    assert value not in (*neither.chosen.get(facet, ()), *neither.left_out.get(facet, ()))
    assert neither == links.without(chosen, facet, value)
