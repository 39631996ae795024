"""Cursors as ``--cursor`` takes them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index.dates import local_today
from search.cli.ask import search
from search.local import LocalEngine
from search.request import SearchRequest, Sort


def run(index: Path, *options: str) -> Result:
    asked = ["rusia OR beras OR gempa", "--index", str(index), "--per-page", "2", "--json"]
    return CliRunner().invoke(search, [*asked, *options])


def answered(index: Path, *options: str) -> Any:
    result = run(index, *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_cursors_lead_through_all_hits_once(sample_index: Path) -> None:
    answer = answered(sample_index, "--from", "3650 hari terakhir")
    total, found = answer["total"], [hit["id"] for hit in answer["hits"]]
    while (cursor := answer["next_cursor"]) is not None:
        answer = answered(sample_index, "--from", "3650 hari terakhir", "--cursor", cursor)
        found += [hit["id"] for hit in answer["hits"]]
    assert len(found) == len(set(found)) == total > 2


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.NEWEST])
@pytest.mark.parametrize("option", ["--from", "--to"])
def test_days_count_from_the_day_of_the_first_page(
    sample_index: Path, option: str, sort: Sort
) -> None:
    yesterday = local_today() - timedelta(days=1)
    days: dict[str, date] = {
        "--from": yesterday - timedelta(days=3649),
        "--to": yesterday - timedelta(days=1),
    }
    words = {"--from": "3650 hari terakhir", "--to": "kemarin"}[option]
    name = {"--from": "date_from", "--to": "date_to"}[option]
    asked = SearchRequest("rusia OR beras OR gempa", per_page=2, sort=sort, today=yesterday)
    changed: dict[str, Any] = {name: days[option]}
    cursor = LocalEngine(sample_index).search(replace(asked, **changed)).next_cursor
    assert cursor is not None
    for order in ([option, words, "--cursor", cursor], ["--cursor", cursor, option, words]):
        assert answered(sample_index, "--sort", sort.value, *order)["page"] == 2


def test_what_is_no_cursor_is_refused_as_such(sample_index: Path) -> None:
    result = run(sample_index, "--from", "kemarin", "--cursor", "x")
    assert result.exit_code == 2
    assert "cursor" in result.output


def test_a_cursor_of_another_question_is_refused(sample_index: Path) -> None:
    cursor = answered(sample_index)["next_cursor"]
    assert run(sample_index, "--from", "2023", "--cursor", cursor).exit_code == 2
