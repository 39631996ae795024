"""Values, years and months, chosen and excluded, against counting an article at a time."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import fold_value
from index.article import Article
from index.fields import COUNTED, Counted, Facet, Period
from index.target import BuildOptions
from search.engine import SearchEngine
from search.request import FacetSort, Partial, SearchRequest, Sort
from search.response import SearchResponse
from tests.conftest import article
from tests.search.asking import ask, codes, follow, ids
from tests.search.conftest import Make, NewIndex
from tests.search.counts_twin import Archive, archive_of, counted, counts, listed, passes

VALUES = {
    Facet.SOURCE: ("kompas.com", "KOMPAS.com", "news.kompas.com", "detikFinance", "detik.com"),
    Facet.CATEGORY: ("Ekonomi", "Ekonomi & Bisnis", "ekonomi", "olahraga"),
    Facet.PLACE: ("Banda Aceh", "Aceh", "Jakarta Selatan", "Yogyakarta", "Jakarta", '"Ka, lo"'),
    Facet.AUTHOR: ("Sari Dewi", "Dewi Lestari", "Syakirun Ni'am", "🙂 Budi", "x" * 300, "="),
}
TEXTS = ("beras gempa", "beras", "gempa warga", "warga beras gempa")
MOMENTS = [
    datetime(2016, 12, 31, 16, 59, 59, 999_999, tzinfo=UTC),
    datetime(2016, 12, 31, 17, tzinfo=UTC),
    datetime(2017, 5, 31, 17, tzinfo=UTC),
    datetime(2017, 5, 1, tzinfo=UTC),
    datetime(2018, 5, 9, tzinfo=UTC),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(9999, 12, 30, 16, tzinfo=UTC),
]


def _articles(seed: int) -> list[Article]:
    rng = random.Random(seed)
    return [
        Article(
            f"a{number}",
            "Kabar",
            f"{rng.choice(TEXTS)} {rng.randrange(12)}",
            rng.choice([*MOMENTS, None]),
            source=rng.choice([*VALUES[Facet.SOURCE], None]),
            category=rng.choice([*VALUES[Facet.CATEGORY], None]),
            place=rng.choice([*VALUES[Facet.PLACE], None]),
            author=rng.choice([*VALUES[Facet.AUTHOR], None]),
        )
        for number in range(70)
    ]


@dataclass(frozen=True, slots=True, repr=False)
class _Site:
    engine: SearchEngine
    archive: Archive


@pytest.fixture(scope="module")
def sites(new_index: NewIndex) -> Sequence[_Site]:
    """Archives at random, of which articles were deleted and added later."""
    found = []
    for seed in range(3):
        index, articles = new_index(), _articles(seed)
        index.target.rebuild(articles[:50], BuildOptions(workers=1))
        index.target.update(articles[50:], BuildOptions(workers=1))
        gone = {one.id for one in articles[::9]}
        index.target.delete(sorted(gone), BuildOptions(workers=1))
        kept = [one for one in articles if one.id not in gone]
        found.append(_Site(index.engine, archive_of(kept)))
    return found


def _texts(one: Counted) -> st.SearchStrategy[tuple[str, ...]]:
    if one is Period.YEAR:
        some = ["2016", "2017", "2018", "0001", "9999", "1990"]
    elif one is Period.MONTH:
        some = ["2017-01", "2017-05", "2017-06", "2018-05", "1990-01"]
    else:
        some = [*VALUES[Facet(one)], "detik", "kompas", "=kompas", "aceh", "dewi", "tiada", "="]
    one_or_two = st.lists(st.sampled_from(some), min_size=1, max_size=2, unique=True)
    return st.just(()) | st.just(()) | one_or_two.map(tuple)


@st.composite
def _requests(draw: st.DrawFn) -> SearchRequest:
    days = st.none() | st.sampled_from([date(2016, 12, 31), date(2017, 1, 1), date(2017, 6, 1)])
    return SearchRequest(
        query=draw(st.sampled_from(["", "beras", "beras gempa", "warga gempa beras", "tiada"])),
        per_page=100,
        filters={facet: draw(_texts(facet)) for facet in Facet},
        excluded={facet: draw(_texts(facet)) for facet in Facet},
        years=draw(_texts(Period.YEAR)),
        months=draw(_texts(Period.MONTH)),
        excluded_years=draw(_texts(Period.YEAR)),
        excluded_months=draw(_texts(Period.MONTH)),
        date_from=draw(st.none() | days),
        date_to=draw(st.none() | st.none() | days),
        sort=draw(st.sampled_from(Sort)),
        partial=draw(st.sampled_from(Partial)),
        collapse=draw(st.booleans()),
        facet_limit=draw(st.sampled_from([0, 1, 3, 20, 1000])),
        facet_offset=draw(st.sampled_from([0, 0, 1, 4])),
        facet_query=draw(st.sampled_from(["", "", "", "a", "karta", "dewi sari", "=", "mei 17"])),
        facet_sort=draw(st.sampled_from(FacetSort)),
    )


def _total(response: SearchResponse, partial: Partial) -> int:
    if partial is Partial.WITH:
        return response.total + response.partial_total
    return response.total or (response.partial_total if partial is Partial.FOLLOW else 0)


@settings(max_examples=25)
@given(request=_requests(), number=st.integers(0, 2), pick=st.integers(0, 50))
def test_every_count_is_what_counting_the_articles_gives(
    sites: Sequence[_Site], request: SearchRequest, number: int, pick: int
) -> None:
    engine, archive = sites[number].engine, sites[number].archive
    plain = ask(engine, request.query, per_page=100, partial=Partial.WITH)
    complete = {hit.id for hit in plain.hits if not hit.missing}
    some = {hit.id for hit in plain.hits if hit.missing}
    response = engine.search(request)
    passing = {one.id for one in archive.articles if passes(archive, one, request)}
    if not request.collapse:
        totals = (len(complete & passing), len(some & passing))
        assert (response.total, response.partial_total) == totals
        expected = counted(archive, complete, some, request)
        assert response.undated == sum(one.date is None for one in expected)
        assert sum(one.count for one in response.histogram) + response.undated == len(expected)
    assert {*ids(response)} <= passing & (complete | some)
    for one in COUNTED:
        found = counts(archive, complete, some, request, one)
        shown, total = listed(archive, request, one, found)
        given_values = response.facets[one]
        assert [
            (fold_value(v.value), v.count, v.selected, v.excluded) for v in given_values
        ] == shown
        assert response.facet_totals[one] == total
        for value in given_values[pick % (len(given_values) or 1) :][:1]:
            if value.count:
                alone = _only(replace(request, per_page=1), one, value.value)
                assert _total(engine.search(alone), request.partial) == value.count


def _only(request: SearchRequest, one: Counted, value: str) -> SearchRequest:
    """The request with a value as all that is said of its facet."""
    match one:
        case Period.YEAR:
            return replace(request, years=(value,), excluded_years=())
        case Period.MONTH:
            return replace(request, months=(value,), excluded_months=())
    filters = {**request.filters, one: (value,)}
    return replace(request, filters=filters, excluded={**request.excluded, one: ()})


def test_cursors_lead_through_what_is_not_excluded(sites: Sequence[_Site]) -> None:
    request = SearchRequest(
        "beras gempa",
        per_page=3,
        excluded={Facet.SOURCE: ("detik.com",)},
        excluded_months=("2017-05",),
        sort=Sort.NEWEST,
        partial=Partial.WITH,
    )
    for site in sites:
        pages = list(follow(site.engine, request))
        found = [one for page in pages for one in ids(page)]
        assert len(found) == len({*found}) == pages[0].listed
        assert {*found} == {*ids(site.engine.search(replace(request, per_page=100)))}


def test_all_values_can_be_had_in_pages_in_both_orders(make: Make) -> None:
    many = [
        article(10 * n + copy, "kabar", "beras", author=f"Penulis {n}")
        for n in range(130)
        for copy in range(1 + n % 3)
    ]
    engine = make(many)
    for sort in FacetSort:
        whole = ask(engine, facet_limit=1000, facet_sort=sort).facets[Facet.AUTHOR]
        pages = [
            ask(engine, facet_limit=20, facet_offset=offset, facet_sort=sort).facets[Facet.AUTHOR]
            for offset in range(0, 140, 20)
        ]
        assert [one for page in pages for one in page] == list(whole)
        assert len(whole) == 130
    assert ask(engine).facet_totals[Facet.AUTHOR] == 130
    assert len(ask(engine).facets[Facet.AUTHOR]) == 20


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("karta", {"Jakarta", "Jakarta Selatan", "Yogyakarta"}),
        ("KARTA ja", {"Jakarta", "Jakarta Selatan"}),
        ("selatan jakarta", {"Jakarta Selatan"}),
        ("bandaaceh", {"Banda Aceh"}),
        (", ", {'"Ka, lo"'}),
        ('"', {'"Ka, lo"'}),
        ("=Jakarta", {"Jakarta"}),
        ("surabaya", set()),
        ("%", set()),
        ("  ", {"Aceh", "Banda Aceh", "Jakarta", "Jakarta Selatan", "Yogyakarta", '"Ka, lo"'}),
    ],
)
def test_values_are_found_by_any_part_of_them(make: Make, text: str, values: set[str]) -> None:
    engine = make(
        [article(n, "k", "beras", place=place) for n, place in enumerate(VALUES[Facet.PLACE])]
    )
    response = ask(engine, facet_query=text)
    assert {one.value for one in response.facets[Facet.PLACE]} == values
    assert response.facet_totals[Facet.PLACE] == len(values)
    assert response.total == len(VALUES[Facet.PLACE])


@pytest.mark.parametrize("text", ["mei", "Mei 2017", "may 2017", "2017-05", "agt", "agustus"])
def test_months_are_found_by_their_names(make: Make, text: str) -> None:
    engine = make([article(1, "k", "b", "2017-05-31"), article(2, "k", "b", "2016-08-01")])
    found = [one.value for one in ask(engine, facet_query=text).facets[Period.MONTH]]
    assert found == (["2016-08"] if text.startswith("ag") else ["2017-05"])


def test_years_and_months_are_those_of_jakarta_the_newest_first(make: Make) -> None:
    last = datetime(2016, 12, 31, 16, 59, 59, 999_999, tzinfo=UTC)
    first = last + timedelta(microseconds=1)
    engine = make(
        [Article("a", "k", "b", last), Article("b", "k", "b", first), Article("c", "k", "b", None)]
    )
    response = ask(engine)
    assert [(one.value, one.count) for one in response.facets[Period.YEAR]] == [
        ("2017", 1),
        ("2016", 1),
    ]
    assert [one.value for one in response.facets[Period.MONTH]] == ["2017-01", "2016-12"]
    assert response.undated == 1
    assert ids(ask(engine, years=("2016",))) == ["a"]
    assert ids(ask(engine, months=("2017-01", "2016-12"), excluded_years=("2016",))) == ["b"]
    assert {*ids(ask(engine, excluded_years=("2016",)))} == {"b", "c"}
    assert ids(ask(engine, years=("2016",), months=("2017-01",))) == []


@pytest.mark.parametrize(
    ("options", "written", "code"),
    [
        ({"excluded": {Facet.SOURCE: ("kompas",)}}, "sumber:kompas", "several-values"),
        ({"excluded": {Facet.SOURCE: ("kompaz.com",)}}, "sumber:kompaz.com", "nearest-values"),
        ({"excluded": {Facet.SOURCE: ("qqq",)}}, "sumber:qqq", "unknown-value"),
        ({"years": ("2019",)}, "2019", "nearest-values"),
        ({"excluded_months": ("1066-10",)}, "1066-10", "nearest-values"),
        ({"excluded": {Facet.SOURCE: ("detik.com",)}}, "", ""),
        ({"years": ("2017",)}, "", ""),
    ],
)
def test_a_note_says_what_an_excluded_value_stands_for(
    make: Make, options: dict[str, Any], written: str, code: str
) -> None:
    engine = make(
        [
            article(1, "k", "b", "2017-05-01", source="kompas.com"),
            article(2, "k", "b", "2018-05-01", source="news.kompas.com"),
            article(3, "k", "b", None, source="detik.com"),
        ]
    )
    response = ask(engine, **options)
    assert codes(response) == ([code] if code else [])
    assert [note.facts["written"] for note in response.notes] == ([written] if written else [])


@pytest.mark.parametrize(
    ("month", "nearest"),
    [("1999-05", "“2017-05”"), ("2017-12", "“2017-05”, “2018-01”"), ("2020-01", "“2018-01”")],
)
def test_the_nearest_months_are_those_nearest_in_time(make: Make, month: str, nearest: str) -> None:
    engine = make([article(1, "k", "b", "2018-01-01"), article(2, "k", "b", "2017-05-01")])
    (note,) = ask(engine, months=(month,)).notes
    assert (note.facts["written"], note.facts["values"]) == (month, nearest)


@pytest.mark.parametrize(
    "value",
    [
        "a, b",
        "Jum'at & Sabtu",
        '"Kutip"',
        "🙂",
        "x" * 300,
        "=SUM(A1)",
        "-kompas",
        "a b\u200bc",
        "%2F",
    ],
)
def test_values_are_excluded_whatever_they_hold(make: Make, value: str) -> None:
    engine = make([article(1, "k", "b", source=value), article(2, "k", "b", source="Lain")])
    assert ids(ask(engine, excluded={Facet.SOURCE: (value.upper(),)})) == ["a2"]
    assert ids(ask(engine, excluded={Facet.SOURCE: ("lain",)})) == ["a1"]
    (found,) = ask(engine, facet_query=value).facets[Facet.SOURCE]
    assert found.value == value
