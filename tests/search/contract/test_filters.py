"""Filters, facets and days, against counting the articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from index.analysis import fold_value
from index.article import Article
from index.dates import WIB
from index.fields import Facet
from search.engine import SearchEngine
from search.limits import MAX_FACET_VALUES
from search.request import Sort
from search.response import SearchResponse
from tests.conftest import ARCHIVE, article
from tests.search.asking import ask, ids
from tests.search.conftest import Make

Filters = Mapping[Facet, tuple[str, ...]]

FILTERS: tuple[Filters, ...] = (
    {},
    {Facet.PLACE: ("ambon",)},
    {Facet.PLACE: ("Ambon", "WAMENA")},
    {Facet.PLACE: ("Ambon", "Atlantis")},
    {Facet.PLACE: ("Atlantis",)},
    {Facet.SOURCE: ("kabar nusa", "lintas niaga")},
    {Facet.PLACE: ("Ambon",), Facet.SOURCE: ("suara rimba",)},
    {Facet.CATEGORY: ("EKONOMI",), Facet.AUTHOR: ("Budi Santosa",)},
    {Facet.CATEGORY: ("Peristiwa",), Facet.PLACE: ("Ambon",), Facet.SOURCE: ("Kabar Nusa",)},
)

QUERIES = ("", "gempa", "beras ATAU kereta", "per*", '"kereta cepat"', "-gempa")


def passes(one: Article, filters: Filters) -> bool:
    """Whether an article has one of the values of each facet, without regard to case."""
    return all(
        fold_value(getattr(one, facet) or "") in {fold_value(value) for value in values}
        for facet, values in filters.items()
    )


def found(engine: SearchEngine, query: str) -> list[Article]:
    """The articles that a query finds where nothing is filtered."""
    matching = set(ids(ask(engine, query)))
    return [one for one in ARCHIVE if one.id in matching]


def days_of(articles: Collection[Article]) -> list[date]:
    """The days of the articles that have a date, in Jakarta."""
    return [one.date.astimezone(WIB).date() for one in articles if one.date]


@pytest.mark.parametrize("query", QUERIES)
def test_filters_are_or_within_a_facet_and_and_between_facets(
    engine: SearchEngine, query: str
) -> None:
    for filters in FILTERS:
        response = ask(engine, query, filters=filters)
        passing = {one.id for one in found(engine, query) if passes(one, filters)}
        assert set(ids(response)) == passing, filters
        assert response.total == len(passing)


@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
@pytest.mark.parametrize("query", QUERIES)
def test_facets_count_as_if_their_own_filter_were_off(
    engine: SearchEngine, query: str, filters: Filters
) -> None:
    facets = ask(engine, query, filters=filters).facets
    assert list(facets) == list(Facet)
    matching = found(engine, query)
    for facet in Facet:
        others = {other: values for other, values in filters.items() if other is not facet}
        selected = {fold_value(value) for value in filters.get(facet, ())}
        counts = Counter(
            fold_value(value)
            for one in matching
            if passes(one, others) and (value := getattr(one, facet))
        )
        for value in facets[facet]:
            folded = fold_value(value.value)
            assert value.count == counts.pop(folded, 0)
            assert value.selected == (folded in selected)
            assert value.count or value.selected
        assert not counts
        known = {fold_value(getattr(one, facet) or "") for one in ARCHIVE}
        shown = {fold_value(value.value) for value in facets[facet]}
        assert selected & known <= shown


def test_values_of_a_facet_come_commonest_first(engine: SearchEngine) -> None:
    for values in ask(engine).facets.values():
        counts = [value.count for value in values]
        assert counts == sorted(counts, reverse=True)


def test_spellings_of_a_facet_value_are_one_shown_as_most_often_written(
    engine: SearchEngine,
) -> None:
    values = {value.value: value.count for value in ask(engine).facets[Facet.CATEGORY]}
    assert values["Ekonomi"] == 5
    assert "ekonomi" not in values


def test_a_value_that_no_article_has_is_not_counted_out(engine: SearchEngine) -> None:
    places = ask(engine, filters={Facet.PLACE: ("Atlantis",)}).facets[Facet.PLACE]
    assert "Atlantis" not in {value.value for value in places}
    assert not any(value.selected for value in places)


def test_of_many_facet_values_the_commonest_are_counted_out_and_the_selected_ones(
    make: Make,
) -> None:
    many = [
        article(100 * n + copy, "kabar", "beras", author=f"Penulis {n}")
        for n in range(50)
        for copy in range(3 if n < 5 else 1)
    ]
    engine = make(many)
    plain = ask(engine).facets[Facet.AUTHOR]
    assert len(plain) == MAX_FACET_VALUES
    assert {value.value for value in plain[:5]} == {f"Penulis {n}" for n in range(5)}
    for chosen in range(50):
        name = f"Penulis {chosen}"
        response = ask(engine, filters={Facet.AUTHOR: (name.lower(),)})
        assert response.total == (3 if chosen < 5 else 1)
        (selected,) = (value for value in response.facets[Facet.AUTHOR] if value.selected)
        assert (selected.value, selected.count) == (name, response.total)


def test_many_facet_values_survive(make: Make) -> None:
    engine = make([article(n, "k", "beras", author=f"Penulis {n}") for n in range(300)])
    assert ids(ask(engine, filters={Facet.AUTHOR: ("penulis 299",)})) == ["a299"]


@pytest.mark.parametrize(
    "value", ["Banda Aceh", "kompas.com", "Jum'at & Sabtu", '"Kutip"', "ÉCOLE", "a/b?c=d", "東京"]
)
def test_values_are_whole_whatever_they_hold(make: Make, value: str) -> None:
    engine = make([article(1, "k", "b", source=value), article(2, "k", "b", source="Banda")])
    for given in (value, value.upper(), value.lower()):
        assert ids(ask(engine, filters={Facet.SOURCE: (given,)})) == ["a1"]
    assert {one.value for one in ask(engine).facets[Facet.SOURCE]} == {value, "Banda"}
    assert ids(ask(engine, filters={Facet.SOURCE: ("Banda",)})) == ["a2"]


def test_filters_of_query_and_request_are_the_same(engine: SearchEngine) -> None:
    for facet, names in {
        Facet.SOURCE: ("sumber", "source"),
        Facet.CATEGORY: ("kategori", "category"),
        Facet.PLACE: ("tempat", "place"),
        Facet.AUTHOR: ("penulis", "author"),
    }.items():
        for value in {fold_value(getattr(one, facet) or "") for one in ARCHIVE} - {""}:
            by_request = ask(engine, filters={facet: (value,)})
            for name in names:
                assert ids(ask(engine, f'{name}:"{value}"')) == ids(by_request)


DAYS = (
    (date(2024, 1, 10), date(2024, 1, 10)),
    (date(2024, 1, 10), None),
    (None, date(2024, 1, 10)),
    (date(2024, 1, 11), date(2024, 1, 9)),
    (date(2024, 1, 9), date(2024, 1, 9)),
    (date(1, 1, 1), date(9999, 12, 31)),
    (date(2023, 6, 1), date(2023, 7, 20)),
)


@pytest.mark.parametrize("query", QUERIES)
def test_days_are_those_of_jakarta_and_both_ends_count(engine: SearchEngine, query: str) -> None:
    for first, last in DAYS:
        within = {
            one.id
            for one in found(engine, query)
            for day in days_of([one])
            if (first or day) <= day <= (last or day)
        }
        response = ask(engine, query, date_from=first, date_to=last)
        assert set(ids(response)) == within, (first, last)
        assert response.total == len(within)


@pytest.mark.parametrize("query", ["", "gempa", "per*", '"kereta cepat"'])
def test_days_in_the_query_are_those_of_the_request(engine: SearchEngine, query: str) -> None:
    for first, last in DAYS:
        days = {"sejak": first, "sampai": last}
        written = [query, *(f"{name}:{day.isoformat()}" for name, day in days.items() if day)]
        by_request = ask(engine, query, date_from=first, date_to=last)
        assert set(ids(ask(engine, " ".join(written)))) == set(ids(by_request)), (first, last)


def test_the_last_moment_of_a_day_belongs_to_it(make: Make) -> None:
    midnight = article(0, "k", "b", "2024-01-10").date
    assert midnight is not None
    moments = {
        "before": midnight - timedelta(microseconds=1),
        "first": midnight,
        "last": midnight + timedelta(days=1, microseconds=-1),
        "after": midnight + timedelta(days=1),
    }
    engine = make([Article(name, "k", "b", moment) for name, moment in moments.items()])
    day = date(2024, 1, 10)
    assert set(ids(ask(engine, date_from=day, date_to=day))) == {"first", "last"}


@pytest.mark.parametrize("filters", FILTERS, ids=range(len(FILTERS)))
@pytest.mark.parametrize("query", QUERIES)
def test_the_histogram_counts_the_dated_hits_in_bins_that_adjoin(
    engine: SearchEngine, query: str, filters: Filters
) -> None:
    bins = ask(engine, query, filters=filters).histogram
    days = days_of([one for one in found(engine, query) if passes(one, filters)])
    for one in bins:
        assert one.count == sum(one.start <= day <= one.end for day in days)
    assert sum(one.count for one in bins) == len(days)
    assert all(after.start - before.end == timedelta(days=1) for before, after in pairwise(bins))
    assert bool(bins) == bool(days)
    if bins:
        assert bins[0].count
        assert bins[-1].count


@pytest.mark.parametrize("last", ["2024-01-01", "2024-02-10", "2026-05-05", "2090-12-31"])
def test_bins_of_the_histogram_are_longer_where_the_dates_span_more(make: Make, last: str) -> None:
    engine = make([article(1, "k", "b", "2024-01-01"), article(2, "k", "b", last)])
    bins = ask(engine).histogram
    assert 1 <= len(bins) <= 60
    assert sum(one.count for one in bins) == 2


def test_without_facets_an_answer_has_neither_these_nor_a_histogram(engine: SearchEngine) -> None:
    response = ask(engine, "gempa", facets=False)
    assert (dict(response.facets), response.histogram) == ({}, ())


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"filters": {Facet.SOURCE: ("Lintas Niaga", "Kabar Nusa")}},
        {"sort": Sort.OLDEST, "date_from": date(2023, 6, 10)},
        {"collapse": True},
    ],
    ids=["plain", "filtered", "by date", "collapsed"],
)
def test_what_else_is_asked_for_changes_no_hit(
    engine: SearchEngine, options: dict[str, Any]
) -> None:
    def hits(response: SearchResponse) -> list[tuple[str, float | None, int]]:
        return [(hit.id, hit.score, hit.similar_count) for hit in response.hits]

    for query in (*QUERIES, "harga beras", "beras gempa", "beraz"):
        whole = ask(engine, query, explain=True, **options)
        for fewer in ({"facets": False}, {"snippets": False}, {"facets": False, "snippets": False}):
            some = ask(engine, query, **options, **fewer)
            assert hits(some) == hits(whole), (query, fewer)
            assert some.total == whole.total
            assert some.suggestion == whole.suggestion


def test_filters_in_a_group_bind_where_some_of_the_words_suffice(engine: SearchEngine) -> None:
    for query in (
        '(sumber:"Pelita Kota" ATAU sumber:tiada) gempa kereta',
        '(sumber:"Pelita Kota" sejak:2024-01-01) gempa kereta',
    ):
        found = ask(engine, query)
        assert ids(found), query
        assert {hit.facets[Facet.SOURCE] for hit in found.hits} == {"Pelita Kota"}, query
    assert "a4" not in ids(ask(engine, "(-gempa ATAU -ambon) beras kereta"))
