"""The order of hits, their scores, and pages of them by number and by cursor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from index.fields import Facet
from search.engine import SearchEngine
from search.errors import BadCursor, ForeignCursor, OldCursor, PageTooDeep, QueryTooLong
from search.limits import MAX_DEPTH, MAX_QUERY_CHARACTERS
from search.request import Partial, SearchRequest, Sort
from tests.conftest import ARCHIVE, article
from tests.search.asking import ask, follow, ids
from tests.search.conftest import Make

DAYS = ("2024-01-10", "2024-01-11", None, "2023-12-31")

TIES = [
    article(
        n,
        f"kabar {'gempa' if n % 5 == 0 else 'beras'}",
        f"harga beras {'naik ' * (n % 4)}{'gempa' if n % 7 == 0 else ''}",
        DAYS[n % len(DAYS)],
        source=("Antara", "Kompas", None)[n % 3],
    )
    for n in range(72)
]
"""Articles of which many have the same text and date, and so the same score."""


@pytest.fixture(scope="module")
def ties(make: Make) -> SearchEngine:
    return make(TIES)


def test_by_relevance_scores_descend(ties: SearchEngine) -> None:
    for query in ("gempa", "harga beras", "gempa ATAU naik", "na*", '"harga beras"'):
        scores = [hit.score for hit in ask(ties, query, per_page=100).hits]
        known = [score for score in scores if score is not None]
        assert len(known) == len(scores) > 0
        assert known == sorted(known, reverse=True)


def test_by_date_there_are_no_scores(engine: SearchEngine) -> None:
    for sort in (Sort.NEWEST, Sort.OLDEST):
        assert all(hit.score is None for hit in ask(engine, "beras", sort=sort).hits)


@pytest.mark.parametrize("query", ["", "beras", "gempa ATAU naik"])
def test_by_date_hits_are_newest_or_oldest_first_and_undated_ones_last(
    ties: SearchEngine, query: str
) -> None:
    for sort in (Sort.NEWEST, Sort.OLDEST):
        dates = [hit.date for hit in ask(ties, query, sort=sort, per_page=100).hits]
        known = [one for one in dates if one is not None]
        assert known == sorted(known, reverse=sort is Sort.NEWEST)
        assert dates[: len(known)] == known
        assert len(known) < len(dates)


def test_equal_scores_fall_to_the_newest_and_undated_ones_are_last(ties: SearchEngine) -> None:
    hits = ask(ties, "gempa", per_page=100).hits
    oldest = datetime.min.replace(tzinfo=UTC)
    keys = [(hit.score, hit.date or oldest) for hit in hits]
    assert keys == sorted(keys, reverse=True)
    assert len({hit.score for hit in hits}) < len(hits)


def test_articles_of_one_score_and_date_are_in_one_order_however_they_are_sorted(
    ties: SearchEngine,
) -> None:
    for day in (None, TIES[0].date):
        by_score, newest, oldest = (
            [hit.id for hit in ask(ties, sort=sort, per_page=100).hits if hit.date == day]
            for sort in Sort
        )
        assert by_score == newest == oldest
        assert len(by_score) > 1


OPTIONS: Mapping[str, dict[str, Any]] = {
    "plain": {},
    "without facets": {"facets": False},
    "filtered": {"filters": {Facet.SOURCE: ("antara",)}, "date_from": date(2024, 1, 1)},
    "collapsed": {"collapse": True},
    "recent": {"recency": 20.0},
}


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize(
    "query", ["", "gempa", "harga beras", "gempa naik", "na*", '"harga beras"']
)
@pytest.mark.parametrize("options", OPTIONS)
def test_pages_and_cursors_walk_through_the_same_hits(
    ties: SearchEngine, sort: Sort, query: str, options: str
) -> None:
    request = SearchRequest(query, sort=sort, per_page=100, **OPTIONS[options])
    whole = ties.search(request)
    everything = ids(whole)
    assert len(everything) == len(set(everything)) == whole.listed
    assert whole.next_cursor is None
    for size in (7, 50):
        request = replace(request, per_page=size)
        by_cursor = list(follow(ties, request))
        assert [one for response in by_cursor for one in ids(response)] == everything
        assert [response.page for response in by_cursor] == list(range(1, len(by_cursor) + 1))
        for number, response in enumerate(by_cursor, start=1):
            by_number = ties.search(replace(request, page=number))
            assert ids(by_number) == ids(response)
            assert (by_number.page, by_number.per_page) == (number, size)
            assert by_number.total == response.total == whole.total
            assert by_number.partial_total == response.partial_total == whole.partial_total
            assert (by_number.next_cursor is None) == (response.next_cursor is None)
            assert len(ids(response)) == min(size, whole.listed - size * (number - 1))


def test_facets_and_the_histogram_are_those_of_all_pages(ties: SearchEngine) -> None:
    request = SearchRequest("gempa ATAU naik", per_page=5)
    pages = list(follow(ties, request))
    assert len(pages) > 2
    for response in pages:
        assert response.facets == pages[0].facets
        assert response.histogram == pages[0].histogram


def test_a_page_behind_the_last_is_empty_and_knows_the_total(engine: SearchEngine) -> None:
    response = ask(engine, page=5)
    assert (response.hits, response.next_cursor) == ((), None)
    assert (response.page, response.total) == (5, len(ARCHIVE))


def test_a_cursor_takes_the_place_of_the_page_number(engine: SearchEngine) -> None:
    first = ask(engine, per_page=5)
    second = ask(engine, per_page=5, page=4, cursor=first.next_cursor)
    assert second.page == 2
    assert ids(second) == ids(ask(engine, per_page=5, page=2))


def test_a_cursor_leads_to_pages_of_another_size(engine: SearchEngine) -> None:
    first = ask(engine, per_page=5)
    rest = ask(engine, per_page=100, cursor=first.next_cursor)
    assert ids(first) + ids(rest) == ids(ask(engine))


def test_cursors_stay_in_step_while_time_passes(make: Make) -> None:
    """Recency counts from the moment of the first page."""
    engine = make([article(n, "kabar", f"beras {'x ' * n}", "2024-01-10") for n in range(30)])
    request = SearchRequest("beras", per_page=1, recency=30.0)
    seen = [one for response in follow(engine, request) for one in ids(response)]
    assert len(seen) == len(set(seen)) == 30


def test_a_cursor_is_safe_in_an_address(ties: SearchEngine) -> None:
    for sort in Sort:
        for response in follow(ties, SearchRequest("gempa ATAU naik", sort=sort, per_page=9)):
            if response.next_cursor is not None:
                assert response.next_cursor.replace("-", "").replace("_", "").isalnum()
                assert response.next_cursor.isascii()


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "é", "A" * 400])
def test_what_is_no_cursor_is_refused(engine: SearchEngine, cursor: str) -> None:
    with pytest.raises(BadCursor) as caught:
        engine.search(SearchRequest(cursor=cursor))
    assert caught.value.parameter == "cursor"


_OTHER_QUESTIONS: dict[str, dict[str, Any]] = {
    "query": {"query": "gempa"},
    "filter": {"filters": {Facet.SOURCE: ("antara",)}},
    "excluded": {"excluded": {Facet.SOURCE: ("antara",)}},
    "year": {"years": ("2024",)},
    "month left out": {"excluded_months": ("2024-01",)},
    "first day": {"date_from": date(2020, 1, 1)},
    "last day": {"date_to": date(2030, 1, 1)},
    "recency": {"recency": 30.0},
    "collapse": {"collapse": True},
    "correct": {"correct": False},
}


@pytest.mark.parametrize("other", _OTHER_QUESTIONS)
def test_a_cursor_of_another_question_is_refused(ties: SearchEngine, other: str) -> None:
    here = SearchRequest("", per_page=1)
    there = replace(here, **_OTHER_QUESTIONS[other])
    for first, second in ((here, there), (there, here)):
        cursor = ties.search(first).next_cursor
        assert cursor is not None
        with pytest.raises(ForeignCursor, match="another question"):
            ties.search(replace(second, cursor=cursor))
        assert ties.search(replace(first, cursor=cursor)).page == 2


def test_a_cursor_knows_its_filters_in_any_order(engine: SearchEngine) -> None:
    asked = SearchRequest("", per_page=1, years=("2023", "2024"))
    cursor = engine.search(asked).next_cursor
    again = replace(asked, years=("2024", "2023", "2024"), cursor=cursor)
    assert engine.search(again).page == 2


@pytest.mark.parametrize(
    "shown", [{"explain": True}, {"facets": False}, {"snippets": False}, {"partial": Partial.OFF}]
)
def test_what_a_page_shows_may_change_behind_a_cursor(
    engine: SearchEngine, shown: dict[str, Any]
) -> None:
    asked = SearchRequest("", per_page=2)
    cursor = engine.search(asked).next_cursor
    assert engine.search(replace(asked, cursor=cursor, **shown)).page == 2


@pytest.mark.parametrize("typed", [" gempa  beras", "gempa beras ", "gempa\tberas"])
def test_blanks_make_no_other_question(make: Make, typed: str) -> None:
    engine = make([article(n, "Gempa", f"beras {n}", None) for n in range(3)])
    cursor = ask(engine, "gempa beras", per_page=1).next_cursor
    assert ask(engine, typed, per_page=1, cursor=cursor).page == 2


@pytest.mark.parametrize("sort", list(Sort))
def test_only_where_the_rest_is_among_the_others_it_makes_another_question(
    make: Make, sort: Sort
) -> None:
    engine = make([article(n, f"Gempa {'beras' * (n % 2)}", f"kabar {n}", None) for n in range(9)])
    for one in Partial:
        cursor = ask(engine, "gempa beras", per_page=1, sort=sort, partial=one).next_cursor
        for other in Partial:
            asked = {"per_page": 1, "sort": sort, "partial": other, "cursor": cursor}
            if sort is Sort.RELEVANCE or (one is Partial.WITH) == (other is Partial.WITH):
                assert ask(engine, "gempa beras", **asked).page == 2
            else:
                with pytest.raises(ForeignCursor, match="by date partial"):
                    ask(engine, "gempa beras", **asked)


def test_a_cursor_of_a_program_before_is_told(engine: SearchEngine) -> None:
    cursor = ask(engine, per_page=2).next_cursor
    assert cursor is not None
    with pytest.raises(OldCursor, match="first page"):
        ask(engine, per_page=2, cursor=cursor[:-8])


@pytest.mark.parametrize("sort", list(Sort))
def test_a_cursor_of_another_sort_is_refused(engine: SearchEngine, sort: Sort) -> None:
    cursor = ask(engine, per_page=2, sort=sort).next_cursor
    for other in set(Sort) - {sort}:
        with pytest.raises(BadCursor):
            ask(engine, per_page=2, cursor=cursor, sort=other)


def test_limits_are_refused_by_name(engine: SearchEngine) -> None:
    with pytest.raises(PageTooDeep, match="next_cursor"):
        engine.search(SearchRequest(page=MAX_DEPTH, per_page=2))
    with pytest.raises(QueryTooLong):
        engine.search(SearchRequest(query="a" * (MAX_QUERY_CHARACTERS + 1)))


def test_what_the_limits_just_allow_is_answered(engine: SearchEngine) -> None:
    assert ask(engine, page=MAX_DEPTH // 10, per_page=10).total == len(ARCHIVE)
    assert ask(engine, "a" * MAX_QUERY_CHARACTERS).total == 0
    assert ask(engine, "-(" * (MAX_QUERY_CHARACTERS // 2)).total == 0


def test_the_exact_form_ranks_above_another_form_of_the_stem(make: Make) -> None:
    engine = make(
        [
            article(1, "berita", "mereka membaca di sana"),
            article(2, "berita", "mereka bacakan di sana"),
        ]
    )
    assert ids(ask(engine, "membaca")) == ["a1", "a2"]
    assert ids(ask(engine, "bacakan")) == ["a2", "a1"]


def test_recency_halves_a_score_every_half_life(engine: SearchEngine) -> None:
    plain = {hit.id: hit.score for hit in ask(engine, "beras").hits}
    faded = ask(engine, "beras", recency=365.0, explain=True)
    now = datetime.now(UTC)
    for hit in faded.hits:
        assert hit.date is not None
        assert hit.score is not None
        age = (now - hit.date).total_seconds() / 86_400
        original = plain[hit.id]
        assert original is not None
        assert hit.score == pytest.approx(original * 0.5 ** (age / 365), rel=1e-3)
        assert hit.explanation is not None
        assert hit.explanation.score == pytest.approx(hit.score)
        assert hit.explanation.factor < 1


FEATURES = {"bm25", "lead", "answers", "pairs", "alike", "headline", "verbatim"}


@pytest.mark.parametrize("recency", [None, 365.0])
@pytest.mark.parametrize(
    "query",
    [
        "beras",
        "harga beras",
        '"kereta cepat"',
        'per* -gempa sumber:"lintas niaga"',
        "beras ATAU gempa",
        "(harga panen) ATAU kereta",
        "-(beras -panen) gempa ATAU beras",
        "siapa yang menunggu panen",
        "perpustakan",
        "judul:(gempa ATAU kereta) warga",
    ],
)
def test_the_parts_of_an_explanation_add_up_to_the_score(
    engine: SearchEngine, query: str, recency: float | None
) -> None:
    response = ask(engine, query, recency=recency, explain=True)
    assert response.hits
    for hit in response.hits:
        explanation = hit.explanation
        assert explanation is not None
        total = sum(part.value for part in explanation.parts)
        assert total * explanation.factor == pytest.approx(hit.score)
        assert explanation.score == pytest.approx(hit.score)
        assert recency or explanation.factor == 1
        for part in explanation.parts:
            assert part.value > 0
            assert part.feature in FEATURES
            assert (not part.field) == (part.feature in {"pairs", "alike"})


def test_nothing_is_explained_unless_it_is_asked_for(engine: SearchEngine) -> None:
    assert all(hit.explanation is None for hit in ask(engine, "beras").hits)
