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
from index.fields import BY_NAME, COUNTED, Facet
from search.engine import SearchEngine
from search.limits import FACET_VALUES
from search.request import Partial, Sort
from search.response import SearchResponse
from tests.conftest import ARCHIVE, article
from tests.search.asking import ask, codes, ids
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
    assert list(facets) == list(COUNTED)
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


@pytest.mark.parametrize("partial", list(Partial))
def test_a_facet_counts_the_same_articles_whatever_of_it_is_selected(
    engine: SearchEngine, partial: Partial
) -> None:
    plain = ask(engine, "warga gempa", partial=partial)
    assert plain.total
    assert plain.partial_total
    counts = {one.value: one.count for one in plain.facets[Facet.SOURCE]}
    for source in {one.source for one in ARCHIVE if one.source}:
        found = ask(engine, "warga gempa", partial=partial, filters={Facet.SOURCE: (source,)})
        given = {one.value: one.count for one in found.facets[Facet.SOURCE] if one.count}
        assert given == counts


def test_values_of_a_facet_come_commonest_first(engine: SearchEngine) -> None:
    facets = ask(engine).facets
    for facet in Facet:
        counts = [value.count for value in facets[facet]]
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
    assert len(plain) == FACET_VALUES
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


def test_whole_values_in_query_and_request_are_the_same(engine: SearchEngine) -> None:
    for facet, names in {
        Facet.SOURCE: ("sumber", "source"),
        Facet.CATEGORY: ("kategori", "category"),
        Facet.PLACE: ("tempat", "place"),
        Facet.AUTHOR: ("penulis", "author"),
    }.items():
        for value in {fold_value(getattr(one, facet) or "") for one in ARCHIVE} - {""}:
            by_request = ask(engine, filters={facet: (value,)})
            for name in names:
                assert ids(ask(engine, f'{name}:="{value}"')) == ids(by_request)


SITES = {
    Facet.SOURCE: (
        *("detik.com", "detik.com", "DETIK.com", "news.detik.com", "Detik Finance", "kompas.com"),
        *("antaranews.com", "antaranews.com", "cnnindonesia.com", "CNN Indonesia", "Jawa Pos"),
    ),
    Facet.CATEGORY: ("Ekonomi", "Ekonomi & Bisnis", "detikNews", "olahraga", "Sepak Bola"),
    Facet.PLACE: ("Banda Aceh", "Aceh", "Bandarlampung", "Jakarta Selatan", "Jakarta"),
    Facet.AUTHOR: ("Sari Dewi", "Nur Jamal Shaid", "Dewi Lestari", "Syakirun Ni'am"),
}
"""What articles have, one value an article and some of them often; none has two."""

PARTS: tuple[tuple[Facet, str, set[str]], ...] = (
    (Facet.SOURCE, "detik", {"detik.com", "news.detik.com", "detik finance"}),
    (Facet.SOURCE, "www.detik.com", {"detik.com", "news.detik.com"}),
    (Facet.SOURCE, "https://www.detik.com/a/1?b=c", {"detik.com", "news.detik.com"}),
    (Facet.SOURCE, "antara", {"antaranews.com"}),
    (Facet.SOURCE, "CNN", {"cnnindonesia.com", "cnn indonesia"}),
    (Facet.SOURCE, "c.n.n. indonesia", {"cnnindonesia.com", "cnn indonesia"}),
    (Facet.SOURCE, "jawa", {"jawa pos"}),
    (Facet.SOURCE, "komp", {"kompas.com"}),
    (Facet.SOURCE, "pas", set()),
    (Facet.CATEGORY, "bisnis", {"ekonomi & bisnis"}),
    (Facet.CATEGORY, "detik", {"detiknews"}),
    (Facet.CATEGORY, "olah raga", {"olahraga"}),
    (Facet.CATEGORY, "sepakbola", {"sepak bola"}),
    (Facet.PLACE, "banda", {"banda aceh"}),
    (Facet.PLACE, "bandar lampung", {"bandarlampung"}),
    (Facet.PLACE, "selatan", {"jakarta selatan"}),
    (Facet.AUTHOR, "dewi", {"sari dewi", "dewi lestari"}),
    (Facet.AUTHOR, "nur shaid", {"nur jamal shaid"}),
    (Facet.AUTHOR, "shaid nur", set()),
    (Facet.AUTHOR, "ni’am", {"syakirun ni'am"}),
)
"""Of a facet a part that is no whole value, and the values, folded, that it stands for."""


@pytest.fixture(scope="module")
def sites(make: Make) -> SearchEngine:
    return make(
        [
            article(100 * at + number, "Kabar", "Beras.", "2024-01-10", **{facet.value: value})
            for at, (facet, values) in enumerate(SITES.items(), start=1)
            for number, value in enumerate(values)
        ]
    )


@pytest.mark.parametrize(("facet", "part", "meant"), PARTS)
def test_a_part_of_a_value_finds_the_values_it_stands_for(
    sites: SearchEngine, facet: Facet, part: str, meant: set[str]
) -> None:
    expected = {
        f"a{100 * (list(SITES).index(facet) + 1) + number}"
        for number, value in enumerate(SITES[facet])
        if fold_value(value) in meant
    }
    by_request = ask(sites, filters={facet: (part,)})
    assert set(ids(by_request)) == expected
    assert by_request.total == len(expected) == sum(one.count for one in by_request.histogram)
    for name in BY_NAME[facet].query_names:
        assert ids(ask(sites, f'{name}:"{part}"')) == ids(by_request)
        assert ids(ask(sites, f'beras {name}:"{part}"')) == ids(by_request)
        everything = ask(sites, per_page=100).total
        assert ask(sites, f'-{name}:"{part}"').total == everything - len(expected)
        assert not ask(sites, f'{name}:="{part}"').total
    assert not ask(sites, filters={facet: (f"={part}",)}).total
    counts = by_request.facets[facet]
    assert {fold_value(one.value) for one in counts if one.selected} == meant
    assert sum(one.count for one in counts if one.selected) == len(expected)


def test_a_filter_is_the_whole_value_where_there_is_one(sites: SearchEngine) -> None:
    for value in ("detik.com", "DETIK.COM", "=detik.com"):
        response = ask(sites, filters={Facet.SOURCE: (value,)})
        assert response.total == 3
        selected = [one for one in response.facets[Facet.SOURCE] if one.selected]
        assert [(one.value, one.count) for one in selected] == [("detik.com", 3)]
        assert not codes(response)
    assert ask(sites, "sumber:detik.com").total == 4
    assert ask(sites, "sumber:=detik.com").total == 3


@pytest.mark.parametrize(
    ("query", "code", "facts"),
    [
        ("beras sumber:detik.com", "several-values", ("2", "“detik.com”, “news.detik.com”")),
        ("beras -penulis:dewi", "several-values", ("2", "“Dewi Lestari”, “Sari Dewi”")),
        ("beras source:kom", "begun-values", ("1", "“kompas.com”")),
        (
            "beras sumber:detk",
            "nearest-values",
            ("“detik.com”, “Detik Finance”, “news.detik.com”",),
        ),
        ("beras sumber:=jawa", "nearest-values", ("“Jawa Pos”",)),
        ('beras tempat:"banda ace"', "nearest-values", ("“Banda Aceh”",)),
        ("beras place:xyz", "unknown-value", ()),
    ],
)
def test_a_note_says_which_values_were_meant_or_are_nearest(
    sites: SearchEngine, query: str, code: str, facts: tuple[str, ...]
) -> None:
    (note,) = ask(sites, query).notes
    written = query.partition(" ")[2].lstrip("-")
    assert (note.code, note.position) == (code, query.index(written))
    assert {*note.facts.values()} == {written, *facts}
    assert note.facts in [one.facts for one in ask(sites, f"zzzz {query[6:]}").notes]


def test_a_note_says_what_a_part_in_a_filter_stands_for(sites: SearchEngine) -> None:
    (note,) = ask(sites, "beras", filters={Facet.SOURCE: ("detk",)}).notes
    assert (note.code, note.facts["written"], note.position) == (
        *("nearest-values", "sumber:detk"),
        None,
    )
    assert codes(ask(sites, filters={Facet.SOURCE: ("detik", "jawa")})) == ["several-values"]


@pytest.mark.parametrize("query", ["sumber:antara", "tempat:=Aceh", "kategori:olahraga", "beras"])
def test_where_one_value_is_meant_there_is_nothing_to_say(sites: SearchEngine, query: str) -> None:
    assert not codes(ask(sites, query))


def test_a_group_finds_what_its_values_find(sites: SearchEngine) -> None:
    def found(query: str) -> set[str]:
        return set(ids(ask(sites, query, per_page=100)))

    either = found("sumber:antara ATAU sumber:jawa")
    assert found("sumber:(antara ATAU jawa)") == either == found("beras sumber:(antara, jawa)")
    assert found("-sumber:(antara, jawa pos)") == found("-sumber:antara -sumber:jawa")
    response = ask(sites, "sumber:(antara ATAU detk) beras")
    assert [(note.code, note.position) for note in response.notes] == [("nearest-values", 20)]


def test_values_that_no_article_has_both_of_are_named(sites: SearchEngine) -> None:
    assert codes(ask(sites, "(sumber:antara beras sumber:jawa) ATAU kabar")) == ["values-apart"]
    for query in ("sumber:antara kategori:olahraga", "sumber:antara ATAU sumber:jawa"):
        assert "values-apart" not in codes(ask(sites, query))
    assert "values-apart" not in codes(ask(sites, "sumber:antara -sumber:jawa"))


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
    assert response.undated is None  # not counted


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


def test_very_many_periods_may_be_chosen_and_excluded(make: Make) -> None:
    months = [f"{year}-{month:02}" for year in range(1900, 2000) for month in range(1, 13)]
    engine = make(
        [article(number, "Kabar", "Isi.", f"{month}-15") for number, month in enumerate(months)]
    )
    chosen, others = tuple(months[::2]), tuple(months[1::2])
    asked = ask(engine, months=chosen, excluded_months=others)
    assert asked.total == len(chosen)
    odd = tuple(str(year) for year in range(1901, 2000, 2))
    assert ask(engine, months=tuple(months), years=odd, facets=False).total == 12 * len(odd)
