from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index.dates import WIB
from web.cli import main
from web.query_counts import Asked, Counts, Rare, file_of, to_bytes

TODAY = datetime.now(WIB).date()
OLD = TODAY - timedelta(days=20)


def run(*arguments: str | Path, **environ: str) -> Result:
    return CliRunner().invoke(main, ["queries", *map(str, arguments)], env=environ)


def answer(*arguments: str | Path) -> Any:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "kueri"
    path.mkdir()
    today = {
        "banjir": Asked(50, ms=100, slowest_ms=9),
        "gunung xyzzy": Asked(7, zero=7, nothing=6, ms=7, slowest_ms=2),
        "di dan yang": Asked(6, partial=2, ms=600, slowest_ms=150),
        "budi 0812": Asked(4, ms=4),
    }
    old = {"banjir": Asked(10, zero=1, ms=20, slowest_ms=30), "gempa": Asked(5, ms=5)}
    file_of(path, TODAY).write_bytes(to_bytes(TODAY, Counts(today, refined=3, others=2)))
    closed = Counts(old, rare=Rare(8, 11), closed=True)
    file_of(path, OLD).write_bytes(to_bytes(OLD, closed))
    return path


def names(rows: list[dict[str, Any]]) -> list[str]:
    return [row["query"] for row in rows]


def test_three_tables_over_all_days(folder: Path) -> None:
    found = answer(folder)
    assert names(found["popular"]) == ["banjir", "gunung xyzzy", "di dan yang", "gempa"]
    assert names(found["zero_hit"]) == ["gunung xyzzy", "banjir"]
    assert names(found["slow"]) == ["di dan yang", "banjir", "gempa", "gunung xyzzy"]
    assert found["popular"][0] == {
        "query": "banjir",
        "asked": 60,
        "zero": 1,
        "nothing": 0,
        "corrected": 0,
        "partial": 0,
        "mean_ms": 2.0,
        "slowest_ms": 30,
    }
    assert (found["questions"], found["refined"], found["others"]) == (95, 3, 2)
    assert (found["days"], found["rare"]) == (2, {"queries": 9, "asked": 15})


def test_rare_queries_are_not_shown(folder: Path) -> None:
    assert "budi" not in run(folder).stdout
    assert "budi" not in run(folder, "--json").stdout
    assert "budi 0812" in names(answer(folder, "--at-least", "4")["popular"])
    assert names(answer(folder, "--at-least", "60")["popular"]) == ["banjir"]


def test_fewer_days_and_fewer_rows(folder: Path) -> None:
    assert answer(folder, "--days", "20")["days"] == 1
    assert answer(folder, "--days", "21")["days"] == 2
    assert answer(folder, "--days", "999999999")["days"] == 2
    assert answer(folder, "--since", str(OLD + timedelta(days=1)))["popular"][0]["asked"] == 50
    assert answer(folder, "--since", "0001-01-01")["days"] == 2
    assert names(answer(folder, "--limit", "1")["popular"]) == ["banjir"]


def test_tables_for_people(folder: Path) -> None:
    shown = run(folder).stdout
    assert "POPULER / POPULAR" in shown
    assert "60  banjir" in shown
    assert "100,0 (150)" in shown or "100,0 (150,0)" in shown


DROPPED = "8 kueri / queries, 11 kali / times: kurang dari 5 kali dalam sehari"


@pytest.mark.parametrize(
    ("at_least", "seldom"),
    [
        (1, None),
        (4, None),
        (5, "1 kueri / queries, 4 kali / times: kurang dari 5 kali sejak itu"),
        (7, "3 kueri / queries, 15 kali / times: kurang dari 7 kali sejak itu"),
    ],
)
def test_what_was_dropped_after_its_day_is_told_apart_from_what_was_not_asked_for(
    folder: Path, at_least: int, seldom: str | None
) -> None:
    shown = run(folder, "--at-least", str(at_least)).stdout
    assert DROPPED in shown
    assert "sejak itu" not in shown if seldom is None else seldom in shown
    assert answer(folder, "--at-least", str(at_least))["dropped"] == {"queries": 8, "asked": 11}
    assert "2 kali / times: kueri yang tidak termuat" in shown


def test_nothing_is_said_to_be_left_out_where_all_is_shown(tmp_path: Path) -> None:
    file_of(tmp_path, TODAY).write_bytes(to_bytes(TODAY, Counts({"banjir": Asked(9)})))
    assert "Not shown" not in run(tmp_path).stdout


def test_the_folder_may_come_from_the_environment(folder: Path) -> None:
    assert run(WARTA_QUERY_LOG=str(folder)).exit_code == 0
    assert run().exit_code == 2


@pytest.mark.parametrize("name", ["tidak-ada", "tidak/ada", "berkas/x"])
def test_a_missing_folder_says_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "berkas").touch()
    result = run(tmp_path / name)
    assert result.exit_code == 1
    assert "--query-log" in result.stderr
    assert str(tmp_path / name) in result.stderr


def test_an_empty_folder_is_no_error(tmp_path: Path) -> None:
    assert answer(tmp_path)["popular"] == []
    assert run(tmp_path).exit_code == 0


@pytest.mark.parametrize(
    "query", ["\x1b[2J\x1b]0;x\x07", "a\u202eb", "\x9b31m", "米" * 200, "a\\nb"]
)
def test_queries_do_nothing_to_a_terminal(tmp_path: Path, query: str) -> None:
    file_of(tmp_path, TODAY).write_bytes(to_bytes(TODAY, Counts({query: Asked(9)})))
    shown = run(tmp_path).stdout
    assert all(line.isprintable() for line in shown.splitlines())
    assert answer(tmp_path)["popular"][0]["query"] == query


def test_what_cannot_be_read_is_told_and_the_rest_shown(folder: Path) -> None:
    for days, content in ((1, b""), (2, b"{}"), (3, b"\xff")):
        file_of(folder, TODAY - timedelta(days=days)).write_bytes(content)
    os.mkfifo(file_of(folder, TODAY - timedelta(days=4)))
    file_of(folder, TODAY - timedelta(days=5)).mkdir()
    found = answer(folder)
    assert len(found["unreadable"]) == 5
    assert found["popular"][0]["asked"] == 60
    result = run(folder)
    assert result.exit_code == 0
    assert result.stderr.count("tidak terbaca / cannot be read") == 5
