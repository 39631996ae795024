"""Filters as queries of a cluster: what adjoins is one range, and no question has too many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from index.build import LocalTarget
from index.fields import Facet, Period
from index.opensearch.layout import DAY
from index.target import BuildOptions
from search.local.reading.columns import Columns
from search.local.reading.snapshot import Snapshot
from search.opensearch.dsl.clauses import size
from search.opensearch.filters import MOST_NAMED, filters_of
from search.request import SearchRequest
from tests.conftest import article


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    """Of an article each month of 300 years, to the last there is."""
    path = tmp_path_factory.mktemp("filters") / "index"
    months = [f"{year}-{month:02}" for year in range(9700, 10_000) for month in range(1, 13)]
    articles = [article(n, "Kabar", "Isi.", f"{one}-15") for n, one in enumerate(months)]
    LocalTarget(path).rebuild(articles, BuildOptions())
    return Snapshot(path).columns


def days_of(request: SearchRequest, columns: Columns, period: Period) -> tuple[int, set[int]]:
    """How many clauses the filter has, and the days that it lets pass."""
    (clause,) = filters_of(request, columns).by[period]["bool"]["filter"]
    return size(clause), set(_days(clause))


def _days(clause: dict[str, Any]) -> Sequence[int]:
    if "range" in clause:
        bounds = clause["range"][DAY]
        return range(bounds["gte"], bounds["lt"])
    if "terms" in clause:
        return list(clause["terms"][DAY])
    return [day for one in clause["bool"]["should"] for day in _days(one)]


def every_day(first: date, last: date) -> set[int]:
    return {(first + timedelta(days)).toordinal() - 1 for days in range((last - first).days + 1)}


def test_months_that_adjoin_are_one_range(columns: Columns) -> None:
    months = ("9701-03", "9701-01", "9701-02", "9702-12", "9703-01")
    clauses, days = days_of(SearchRequest(months=months), columns, Period.MONTH)
    assert clauses == 2
    assert days == every_day(date(9701, 1, 1), date(9701, 3, 31)) | every_day(
        date(9702, 12, 1), date(9703, 1, 31)
    )


def test_months_that_lie_apart_are_one_clause_however_many(columns: Columns) -> None:
    months = tuple(f"{year}-02" for year in range(9700, 10_000))
    clauses, days = days_of(SearchRequest(months=months), columns, Period.MONTH)
    assert clauses == 1
    assert days == {
        day
        for year in range(9700, 10_000)
        for day in every_day(date(year, 2, 1), date(year, 3, 1) - timedelta(1))
    }


def test_the_last_year_has_an_end(columns: Columns) -> None:
    clauses, days = days_of(SearchRequest(years=("9999",)), columns, Period.YEAR)
    assert clauses == 1
    assert days == every_day(date(9999, 1, 1), date(9999, 12, 31))


def test_what_no_article_has_lets_none_pass(columns: Columns) -> None:
    request = SearchRequest(years=("1234",), excluded_months=("1234-05",))
    by = filters_of(request, columns).by
    assert by[Period.YEAR]["bool"]["filter"] == [{"match_none": {}}]
    assert by[Period.MONTH]["bool"]["must_not"] == [{"match_none": {}}]


def test_a_value_that_stands_for_very_many_is_the_commonest_of_these(tmp_path: Path) -> None:
    articles = [
        article(number, "Kabar", "Isi.", source=f"koran {number // 2 if number < 20 else number}")
        for number in range(MOST_NAMED + 100)
    ]
    LocalTarget(tmp_path / "index").rebuild(articles, BuildOptions())
    columns = Snapshot(tmp_path / "index").columns
    found = filters_of(SearchRequest(filters={Facet.SOURCE: ("koran", "koran 3")}), columns)
    (clause,) = found.by[Facet.SOURCE]["bool"]["filter"]
    named = clause["terms"][Facet.SOURCE.value]
    assert found.cut
    assert len(named) == len({*named}) == MOST_NAMED
    assert {*named[:10]} == {f"koran {number}" for number in range(10)}
    assert not filters_of(SearchRequest(filters={Facet.SOURCE: ("koran 3",)}), columns).cut


def test_excluding_very_many_values_lets_pass_the_others_and_what_has_none(tmp_path: Path) -> None:
    articles = [
        article(number, "Kabar", "Isi.", author=f"{'ani' if number < 30 else 'budi'} {number}")
        for number in range(40)
    ]
    LocalTarget(tmp_path / "index").rebuild(articles, BuildOptions())
    columns = Snapshot(tmp_path / "index").columns
    for most, cut in ((30, False), (29, False), (10, False), (9, True)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("search.opensearch.filters.MOST_NAMED", most)
            found = filters_of(SearchRequest(excluded={Facet.AUTHOR: ("ani",)}), columns)
        assert found.cut is cut
        clause = found.by[Facet.AUTHOR]["bool"]
        if most == 30:
            assert len(clause["must_not"][0]["terms"]["author"]) == 30
            continue
        assert list(clause) == ["filter"]
        passing, without = clause["filter"][0]["bool"]["should"]
        names = passing["terms"]["author"]
        assert len(names) == min(most, 10)
        assert all(name.startswith("budi") for name in names)
        assert without == {"bool": {"must_not": [{"exists": {"field": "author"}}]}}
