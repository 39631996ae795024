from __future__ import annotations

from contextlib import suppress
from datetime import date
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.fields import Facet
from search.request import SearchRequest, Sort
from web.arguments import BadParameters, Help, read
from web.parameters import (
    MAX_ANALYZED_CHARACTERS,
    AnalyzeParameters,
    SearchParameters,
    search_request,
)
from web.serving.bounds import LONGEST_REQUEST_LINE

BAD = [
    ("page", "0"),
    ("page", "-1"),
    ("page", "1.0"),
    ("page", "1_0"),
    ("page", "9" * 5_000),
    ("page", "satu"),
    ("per_page", "0"),
    ("per_page", "101"),
    ("sort", "terbaru"),
    ("from", "2023-02-30"),
    ("from", "1 Juni"),
    ("from", "1685552400"),
    ("to", "2023-06-01T00:00:00"),
    ("recency", "0"),
    ("recency", "-3"),
    ("recency", "inf"),
    ("recency", "nan"),
    ("recency", "1e-300"),
    ("collapse", "yes"),
    ("facets", "2"),
    ("explain", "benar"),
    ("lang", "fr"),
    ("q", "a" * 501),
    ("source", "a" * 501),
    ("exclude_source", "a" * 501),
    ("year", "17"),
    ("year", "mei"),
    ("month", "2017-13"),
    ("month", "2017"),
    ("exclude_month", "mei"),
    ("facet_limit", "1001"),
    ("facet_limit", "-1"),
    ("facet_offset", "x"),
    ("facet_query", "a" * 501),
    ("facet_sort", "value"),
    ("cursor", "a" * 501),
]


def test_every_parameter_of_a_search_reaches_the_request() -> None:
    arguments = MultiDict(
        [
            ("q", "banjir"),
            ("page", "2"),
            ("per_page", "20"),
            ("cursor", "abc"),
            ("sort", "newest"),
            ("source", "Kabar Nusa"),
            ("source", "Pelita Kota"),
            ("category", "Ekonomi"),
            ("place", "Ambon"),
            ("author", "Sari Dewi"),
            ("from", "2023-06-01"),
            ("to", "2023-06-30"),
            ("recency", "7.5"),
            ("collapse", "1"),
            ("facets", "false"),
            ("explain", "true"),
            ("lang", "en"),
        ]
    )
    assert search_request(arguments) == SearchRequest(
        query="banjir",
        page=2,
        per_page=20,
        cursor="abc",
        sort=Sort.NEWEST,
        filters={
            Facet.SOURCE: ("Kabar Nusa", "Pelita Kota"),
            Facet.CATEGORY: ("Ekonomi",),
            Facet.PLACE: ("Ambon",),
            Facet.AUTHOR: ("Sari Dewi",),
        },
        date_from=date(2023, 6, 1),
        date_to=date(2023, 6, 30),
        recency=7.5,
        collapse=True,
        facets=False,
        explain=True,
    )


def test_without_parameters_the_request_is_the_default_one() -> None:
    assert search_request(MultiDict()) == SearchRequest()


def test_the_empty_fields_of_a_form_count_as_not_given() -> None:
    names = [field.alias or name for name, field in SearchParameters.model_fields.items()]
    assert search_request(MultiDict((name, "") for name in names)) == SearchRequest()


@pytest.mark.parametrize(("name", "value"), BAD)
def test_a_bad_value_is_named_with_what_was_given_and_what_is_allowed(
    name: str, value: str
) -> None:
    with pytest.raises(BadParameters) as caught:
        search_request(MultiDict([(name, value)]))
    (error,) = caught.value.errors
    assert error.parameter == name
    assert value.startswith(error.given)
    assert error.allowed.english
    assert error.allowed.indonesian


def test_all_bad_parameters_are_named_at_once() -> None:
    with pytest.raises(BadParameters) as caught:
        search_request(MultiDict([("page", "0"), ("huruf", "x"), ("sort", "a"), ("sort", "b")]))
    assert {error.parameter for error in caught.value.errors} == {"page", "huruf", "sort"}


def test_an_unknown_parameter_is_refused_unless_it_is_to_be_ignored() -> None:
    arguments = MultiDict([("utm_source", "x"), ("q", "gempa")])
    with pytest.raises(BadParameters, match="utm_source"):
        search_request(arguments)
    assert search_request(arguments, ignore_unknown=True) == SearchRequest(query="gempa")


def test_the_name_of_a_field_is_not_a_second_name_of_its_parameter() -> None:
    with pytest.raises(BadParameters, match="date_from"):
        search_request(MultiDict([("date_from", "2023-06-01")]))


def test_dates_out_of_order_are_refused() -> None:
    with pytest.raises(BadParameters, match="2023-06-01"):
        search_request(MultiDict([("from", "2023-06-02"), ("to", "2023-06-01")]))


@given(st.dictionaries(st.sampled_from([*SearchParameters.model_fields, "from"]), st.text()))
def test_any_text_is_either_read_or_refused(arguments: dict[str, str]) -> None:
    with suppress(BadParameters):
        assert search_request(MultiDict(arguments)).page >= 1


def test_a_filter_may_be_repeated_twenty_times() -> None:
    values = [("place", f"{number:0100}") for number in range(21)]
    assert len(search_request(MultiDict(values[:20])).filters[Facet.PLACE]) == 20
    with pytest.raises(BadParameters, match="place"):
        search_request(MultiDict(values))


def test_the_longest_text_to_analyse_fits_into_a_request_line() -> None:
    longest = "\U0001f600" * MAX_ANALYZED_CHARACTERS
    assert read(AnalyzeParameters, MultiDict([("text", longest)])).text == longest
    line = f"GET /api/v1/analyze?{urlencode({'text': longest})} HTTP/1.1"
    assert len(line) < LONGEST_REQUEST_LINE
    with pytest.raises(BadParameters, match="text"):
        read(AnalyzeParameters, MultiDict([("text", f"{longest}a")]))


def test_a_day_that_is_meant_is_not_called_today() -> None:
    for field in ("date_from", "date_to"):
        says = next(
            mark for mark in SearchParameters.model_fields[field].metadata if isinstance(mark, Help)
        )
        assert says.meaning.indonesian.startswith("Hanya artikel dari tanggal ini")


def test_a_text_to_analyse_is_read_as_it_is() -> None:
    assert read(AnalyzeParameters, MultiDict([("text", " é\0")])).text == " é\0"
