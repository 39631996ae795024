"""Days as ``--from`` and ``--to`` take them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from search.cli.ask import search


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (("--from", "2023", "--to", "2023"), {"a1", "a2", "a3"}),
        (("--from", "juni 2023", "--to", "2023-06"), {"a1", "a2"}),
        (("--from", "10/1/2024", "--to", "tahun lalu"), {"a4", "a5", "a7", "a9"}),
    ],
)
def test_days_are_as_wide_as_in_queries(
    sample_index: Path, options: tuple[str, ...], found: set[str]
) -> None:
    asked = ["rusia OR beras OR gempa", "--index", str(sample_index), "--json", *options]
    result = CliRunner().invoke(search, asked)
    assert result.exit_code == 0
    ids = {hit["id"] for hit in json.loads(result.stdout)["hits"]}
    assert ids == found


def test_what_names_no_day_is_refused_with_what_is_allowed(sample_index: Path) -> None:
    asked = ["rusia", "--index", str(sample_index), "--from", "agustus"]
    result = CliRunner().invoke(search, asked)
    assert result.exit_code == 2
    assert "minggu lalu" in result.output
