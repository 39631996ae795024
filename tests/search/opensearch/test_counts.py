"""What a cluster is asked to count stays within what a node answers, whatever the archive holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.build import LocalTarget
from index.errors import FileDamaged
from index.fields import Facet, Period
from index.target import BuildOptions
from search.local.reading.snapshot import Snapshot
from search.opensearch.counts import Counting
from search.opensearch.filters import filters_of
from search.request import SearchRequest
from tests.conftest import article

ONE = BuildOptions(workers=1)

MOST = 65_535
"""``search.max_buckets``, as it is unless somebody sets it."""


def buckets(aggregations: dict[str, Any]) -> Iterator[int]:
    """How many buckets each part of an aggregation may have, but for those within others."""
    for one in aggregations.values():
        if "range" in one:
            yield len(one["range"]["ranges"])
        if "terms" in one:
            yield one["terms"]["size"]
        if "filter" in one:
            yield 1
            yield from buckets(one.get("aggs", {}))


def test_very_many_values_of_all_facets_and_months_are_not_too_many_buckets(
    tmp_path: Path,
) -> None:
    years = range(1700, 2000)
    articles = [
        article(
            number,
            "Kabar",
            f"Isi {number // 2}.",
            f"{years[number // 12 % len(years)]}-{number % 12 + 1:02}-15",
            **{one.value: f"nilai {number}" for one in Facet},
        )
        for number in range(12_000)
    ]
    LocalTarget(tmp_path / "index").rebuild(articles, BuildOptions())
    columns = Snapshot(tmp_path / "index").columns
    assert len(columns.periods[Period.MONTH].values) > 12 * len(years)
    request = SearchRequest(years=("1999", "1998"), months=("1998-05", "1999-06"))
    # Each text is counted among what passes and for both filters, with its values and its days.
    texts = {f"{number:016x}": 2 for number in range(6_000)}
    counting = Counting(request, columns, filters_of(request, columns), texts)
    searches = counting.aggregations()
    assert len(searches) > 1
    values = (2 + 2 * len(Facet)) * 2
    for one in searches:
        counted = [name["aggs"]["copies"]["terms"]["size"] for name in one.values()]
        assert sum(buckets(one)) + sum(counted[:1]) * values <= MOST


@pytest.mark.parametrize(("first", "last"), [(-1, 5), (5, 9_999_999)])
def test_days_that_no_calendar_has_are_damage(tmp_path: Path, first: int, last: int) -> None:
    LocalTarget(tmp_path / "index").rebuild([article(1, "Kabar", "Isi.", "2024-05-01")], ONE)
    columns = Snapshot(tmp_path / "index").columns
    request = SearchRequest()
    counting = Counting(request, columns, filters_of(request, columns))
    months = {"buckets": [{"doc_count": 2} for _ in columns.periods[Period.MONTH].values[1:]]}
    passing = {
        "doc_count": 2,
        "months": months,
        "first": {"value": float(first)},
        "last": {"value": float(last)},
        "days": {"buckets": [{"key": day, "doc_count": 1} for day in (first, last)]},
    }
    odd = first if first < 0 else last
    with pytest.raises(FileDamaged, match=rf"^day {odd}: it has a date that is none"):
        counting.spread({"passing": passing})
