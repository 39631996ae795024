"""What commands print of answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.fields import Facet
from search.cli import search, statistics_rows
from search.engine import open_engine
from search.request import SearchRequest
from search.response import Statistics

WHOLE = Statistics(
    articles=1200,
    segments=3,
    terms=45_000,
    bytes=3 << 20,
    generation="berita-7",
    published=datetime(2024, 1, 10, 9, 30, tzinfo=UTC),
    version="schema 1",
    oldest=datetime(2023, 5, 31, 17, tzinfo=UTC),
    newest=datetime(2024, 1, 8, 17, tzinfo=UTC),
    facets={},
)


def test_statistics_are_told_in_the_words_of_both_languages() -> None:
    assert dict(statistics_rows(WHOLE)) == {
        "artikel / articles": "1.200",
        "segmen / segments": "3",
        "kata dasar berbeda / distinct stems": "45.000",
        "ukuran / size": "3,0 MiB",
        "generasi / generation": "berita-7",
        "diterbitkan / published": "2024-01-10T09:30:00+00:00",
        "versi / version": "schema 1",
        "tanggal / dates": "2023-06-01 – 2024-01-09",
    }


def test_what_an_engine_does_not_know_is_not_told() -> None:
    less = replace(WHOLE, segments=None, terms=None, bytes=None, oldest=None, newest=None)
    assert [label for label, _ in statistics_rows(less)] == [
        "artikel / articles",
        "generasi / generation",
        "diterbitkan / published",
        "versi / version",
    ]


@pytest.mark.parametrize(
    ("options", "request_"),
    [
        (("--exclude-source", "Lintas Niaga"), {"excluded": {Facet.SOURCE: ("Lintas Niaga",)}}),
        (("--year", "2023", "--year", "2024"), {"years": ("2023", "2024")}),
        (("--month", "2023-06"), {"months": ("2023-06",)}),
        (("--exclude-year", "2023"), {"excluded_years": ("2023",)}),
        (
            ("--exclude-month", "2023-07", "--exclude-place", "jakarta", "--source", "lintas"),
            {
                "excluded_months": ("2023-07",),
                "excluded": {Facet.PLACE: ("jakarta",)},
                "filters": {Facet.SOURCE: ("lintas",)},
            },
        ),
    ],
)
def test_values_and_days_are_chosen_and_excluded(
    sample_index: Path, options: tuple[str, ...], request_: dict[str, Any]
) -> None:
    printed = CliRunner().invoke(
        search, ["beras", *options, "--index", str(sample_index), "--json"]
    )
    assert printed.exit_code == 0, printed.output
    expected = open_engine(sample_index).search(SearchRequest("beras", **request_))
    found = json.loads(printed.output)
    assert [hit["id"] for hit in found["hits"]] == [hit.id for hit in expected.hits]
    assert 0 < found["total"] == expected.total < open_engine(sample_index).statistics().articles
