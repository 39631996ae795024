"""Values, years and months as options choose and exclude them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.fields import Facet
from search.cli.ask import search
from search.engine import open_engine
from search.request import SearchRequest


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


@pytest.mark.parametrize("option", ["--year=abc", "--month=2023-13", "--exclude-year=23"])
def test_what_is_no_year_or_month_is_refused(sample_index: Path, option: str) -> None:
    printed = CliRunner().invoke(search, ["beras", option, "--index", str(sample_index)])
    assert printed.exit_code == 2
    assert "2017" in printed.output
