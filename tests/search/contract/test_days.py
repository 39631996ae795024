"""Days in queries, of one day and of the next, against the days of the articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from index.article import Article
from index.dates import WIB, local_today
from search.engine import SearchEngine
from search.query.days_in_words import days_in_words
from search.request import Partial, SearchRequest, Sort
from tests.conftest import ARCHIVE, article
from tests.search.asking import ask, codes, follow, ids
from tests.search.conftest import Make

TODAY = date(2024, 1, 12)
"""A Friday, the day of an article; others are of the Wednesday before."""


def day(one: Article) -> date | None:
    """The day of an article in Jakarta."""
    return None if one.date is None else one.date.astimezone(WIB).date()


def between(first: str, last: str) -> Callable[[date | None], bool]:
    ends = date.fromisoformat(first), date.fromisoformat(last)
    return lambda found: found is not None and ends[0] <= found <= ends[1]


FOUND: dict[str, Callable[[date | None], bool]] = {
    "tanggal:2024-01": between("2024-01-01", "2024-01-31"),
    "tanggal:2024": between("2024-01-01", "2024-12-31"),
    "tanggal:10 januari 2024": between("2024-01-10", "2024-01-10"),
    "tanggal:hari ini": between("2024-01-12", "2024-01-12"),
    "tanggal:2 hari lalu": between("2024-01-10", "2024-01-10"),
    "tanggal:minggu-ini": between("2024-01-08", "2024-01-14"),
    "sejak:kemarin": between("2024-01-11", "9999-12-31"),
    "sampai:2023": between("0001-01-01", "2023-12-31"),
    "sampai:kemarin": between("0001-01-01", "2024-01-11"),
    "tanggal:3 hari terakhir": between("2024-01-10", "2024-01-12"),
    "tanggal:tahun lalu": between("2023-01-01", "2023-12-31"),
    "tanggal:2023-06..2023-07": between("2023-06-01", "2023-07-31"),
    "tanggal:(2023, 2025)": lambda found: found is not None and found.year in {2023, 2025},
    "-tanggal:2024": lambda found: found is None or found.year != 2024,
    "tanggal:tidak-ada": lambda found: found is None,
    "-tanggal:tidak-ada": lambda found: found is not None,
    "-tanggal:(tidak-ada, 2024)": lambda found: found is not None and found.year != 2024,
    "tanggal:(tidak-ada, 2023)": lambda found: found is None or found.year == 2023,
    "tanggal:minggu lalu": lambda _: False,
}


@pytest.mark.parametrize("query", FOUND)
@pytest.mark.parametrize("words", ["", "gempa ATAU beras"])
def test_days_find_the_articles_of_those_days(engine: SearchEngine, query: str, words: str) -> None:
    text = f"({words}) {query}" if words else query
    found = ask(engine, text, today=TODAY)
    matching = set(ids(ask(engine, words)))
    assert set(ids(found)) == {
        one.id for one in ARCHIVE if FOUND[query](day(one)) and one.id in matching
    }
    assert found.total == len(found.hits)
    assert all(hit.score is not None for hit in found.hits)


def test_the_day_after_counts_from_the_day_after(engine: SearchEngine) -> None:
    answers = [
        ask(engine, "tanggal:2-hari-lalu", today=TODAY + timedelta(days=after))
        for after in range(3)
    ]
    assert [sorted(ids(one)) for one in answers] == [["a4", "a9"], [], ["a5"]]
    again = ask(engine, "tanggal:2-hari-lalu", today=TODAY)
    assert ids(again) == ids(answers[0])
    assert len({one.notes[0].message for one in answers}) == 3


def test_what_is_asked_without_a_day_counts_from_today(make: Make) -> None:
    today = local_today()
    days = [today - timedelta(days=n) for n in range(3)]
    some = make([article(n, "kabar", "banjir", str(one)) for n, one in enumerate(days)])
    assert ids(ask(some, "banjir tanggal:kemarin")) == ["a1"] or local_today() != today


@pytest.mark.parametrize("sort", list(Sort))
def test_what_was_begun_before_midnight_goes_on_with_its_days(
    engine: SearchEngine, sort: Sort
) -> None:
    query = "tanggal:3-hari-terakhir"
    whole = ids(ask(engine, query, today=TODAY, sort=sort))
    assert len(whole) == 3
    begun = SearchRequest(query, per_page=1, today=TODAY, sort=sort)
    pages = [engine.search(begun)]
    while (cursor := pages[-1].next_cursor) is not None:
        later = replace(begun, cursor=cursor, today=TODAY + timedelta(days=40))
        pages.append(engine.search(later))
    assert [one for page in pages for one in ids(page)] == whole
    assert all(page.notes == pages[0].notes for page in pages)
    assert [one for page in follow(engine, begun) for one in ids(page)] == whole


def test_the_days_that_a_query_means_are_told_and_offered(engine: SearchEngine) -> None:
    response = ask(engine, "gempa tanggal:minggu-ini", today=TODAY)
    (note,) = response.notes
    assert note.message.indonesian == "“minggu-ini”: 8–14 Januari 2024."
    assert note.message.english == "“minggu-ini”: 8–14 January 2024."
    response = ask(engine, "gempa januari 2024", today=TODAY)
    (offer,) = response.offers
    assert offer.query == "gempa tanggal:2024-01"
    assert ask(engine, offer.query).total == 3
    assert not ask(engine, "gempa januari 2024", date_from=date(2024, 2, 1)).offers
    assert not ask(engine, "gempa").offers


def test_one_query_of_two_days_that_do_not_meet_is_told(engine: SearchEngine) -> None:
    assert "no-days" in codes(ask(engine, "tanggal:2021-01-01 tanggal:2023-01-01"))


@pytest.fixture(scope="module")
def some_undated(make: Make) -> SearchEngine:
    """The engine over ``UNDATED``."""
    return make(UNDATED)


@pytest.mark.parametrize("partial", list(Partial))
@pytest.mark.parametrize("collapse", [False, True])
@pytest.mark.parametrize("query", ["", "catatan gempa", "gempa ATAU catatan", "-gempa", "kabar"])
def test_the_undated_are_those_that_a_query_for_them_finds(
    some_undated: SearchEngine, query: str, partial: Partial, collapse: bool
) -> None:
    engine = some_undated
    options = {"partial": partial, "collapse": collapse}
    for filters in ({}, {"filters": {"source": ("Satu",)}}):
        response = ask(engine, query, **options, **filters)
        counted = sum(one.count for one in response.histogram)
        both = partial is Partial.WITH or (partial is Partial.FOLLOW and not response.total)
        everything = response.total + (response.partial_total if both else 0)
        assert response.undated is not None
        assert counted + response.undated == everything
        text = f"tanggal:tidak-ada ({query})" if "ATAU" in query else f"tanggal:tidak-ada {query}"
        of_them = ask(engine, text, **options, **filters)
        if response.total:
            expected = of_them.total + (of_them.partial_total if both else 0)
            if not collapse:
                assert response.undated == expected
        assert not ask(engine, query, **options, date_to=date(2030, 1, 1)).undated


UNDATED = [
    article(1, "catatan gempa", "kabar satu", "2024-01-01", source="Satu"),
    article(2, "catatan", "kabar dua", source="Satu"),
    article(3, "gempa", "kabar tiga", source="Dua"),
    article(4, "catatan gempa", "kabar empat", source="Satu"),
    article(5, "gempa catatan", "kabar lima", source="Dua"),
    article(6, "gempa catatan", "kabar lima", "2024-01-02", source="Dua"),
    article(7, "lain", "kabar enam"),
]


BORDERS = [
    ("2023-05-31T23:59:59.999999+07:00", "2023-05-31"),
    ("2023-06-01T00:00:00+07:00", "2023-06-01"),
    ("2023-06-01T23:30:00+07:00", "2023-06-01"),
    ("2023-06-01T17:00:00+00:00", "2023-06-02"),
    ("2023-06-01T16:59:59+00:00", "2023-06-01"),
    ("2023-06-02T00:30:00+08:00", "2023-06-01"),  # WITA
    ("2023-06-02T00:30:00+09:00", "2023-06-01"),  # WIT
    ("2023-12-31T18:00:00+00:00", "2024-01-01"),
]


def test_a_moment_is_of_its_day_in_jakarta_in_fields_filters_and_counts(make: Make) -> None:
    articles = [
        Article(f"b{number}", "batas", "hari", datetime.fromisoformat(moment).astimezone(UTC))
        for number, (moment, _) in enumerate(BORDERS)
    ]
    engine = make(articles)
    for day in {day for _, day in BORDERS}:
        wanted = sorted(f"b{at}" for at, (_, other) in enumerate(BORDERS) if other == day)
        one = date.fromisoformat(day)
        assert sorted(ids(ask(engine, f"tanggal:{day}"))) == wanted
        assert sorted(ids(ask(engine, date_from=one, date_to=one))) == wanted
        assert sorted(ids(ask(engine, "tanggal:kemarin", today=one + timedelta(days=1)))) == wanted
        of_year = sum(other[:4] == day[:4] for _, other in BORDERS)
        assert ask(engine, years=(day[:4],)).total == of_year
        assert ask(engine, months=(day[:7],)).total == sum(o[:7] == day[:7] for _, o in BORDERS)
        assert ask(engine, excluded_years=(day[:4],)).total == len(BORDERS) - of_year
    answer = ask(engine)
    assert answer.undated is not None
    assert sum(one.count for one in answer.histogram) + answer.undated == len(BORDERS)


def test_days_count_from_the_day_of_the_question_in_all_of_an_answer(engine: SearchEngine) -> None:
    for today, total in ((date(2023, 6, 16), 1), (date(2023, 6, 17), 0), (date(2023, 6, 16), 1)):
        answer = ask(engine, "beras tanggal:kemarin", today=today)
        yesterday = days_in_words(today - timedelta(days=1), today - timedelta(days=1))
        assert answer.total == total
        assert answer.understood[1].text == yesterday
        assert answer.notes[0].facts["hari"] == yesterday.indonesian
        offers = [one.label.indonesian for one in ask(engine, "beras kemarin", today=today).offers]
        assert offers == [f"Hanya {yesterday.indonesian}"] * total


@pytest.mark.parametrize(
    "query", ["gempa mei 1999", "gempa kemarin", "beras 3 hari terakhir", "gempa sejak 2099"]
)
def test_days_of_which_there_are_no_articles_are_not_offered(
    engine: SearchEngine, query: str
) -> None:
    assert ask(engine, query, today=date(1999, 6, 16)).offers == ()
