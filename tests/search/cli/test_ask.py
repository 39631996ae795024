"""``warta search``: what may be left out, how much is given, and in which form."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from index.build import LocalTarget
from index.target import BuildOptions
from search.cli.ask import search
from search.limits import MAX_EXPORTED
from tests.conftest import ARCHIVE, article
from web.cli import main

ARTICLES = MAX_EXPORTED + 150


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of more articles than one piece over HTTP may have."""
    index = tmp_path_factory.mktemp("large")
    articles = [
        article(n, f"Gempa {n}", f"x{n}", f"2023-01-{n % 28 + 1:02}") for n in range(ARTICLES)
    ]
    LocalTarget(index).rebuild(articles, BuildOptions())
    return index


def run(index: Path, *arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["search", "--index", str(index), *arguments], input=stdin)


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def ids(index: Path, *arguments: str) -> set[str]:
    return {one["id"] for one in lines(run(index, "--all", "--jsonl", *arguments))}


def rows(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode(), newline="")))


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("gempa",), {"a4", "a5", "a9"}),
        (("gempa", "-mengungsi"), {"a4", "a9"}),
        (("-mengungsi", "gempa", "--sort", "newest"), {"a4", "a9"}),
        (("gempa", '-"korban jiwa"'), {"a5"}),
        (("gempa", "-korban jiwa"), {"a5"}),
        (("gempa", "-sumber:kabar"), {"a5", "a9"}),
        (("gempa", "-sumber:Kabar Nusa"), {"a5", "a9"}),
        (("--", "gempa", "-mengungsi"), {"a4", "a9"}),
        (("--place", "ambon"), {"a4", "a5", "a9"}),
        (("--place", "ambon", "-mengungsi"), {"a4", "a9"}),
        (("--from", "2024-01", "--to", "2024-01"), {"a4", "a5", "a9"}),
        (("--from", "2024", "--to", "10/01/2024"), {"a4", "a9"}),
        (("--from", "11 Januari 2024", "--to", "2024-01"), {"a5"}),
        (("--to", "2022"), {"a12"}),
    ],
)
def test_words_filters_and_days_find(
    sample_index: Path, arguments: tuple[str, ...], found: set[str]
) -> None:
    assert ids(sample_index, "--partial", "off", *arguments) == found


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("",),
        (" ",),
        ("--json",),
        ("--page", "2"),
        ("gempa", "--srot", "newest"),
        ("gempa", "--sumber", "kompas"),
        ("gempa", "--source"),
        ("gempa", "--from", "2024-13"),
        ("gempa", "--from", "tanggal"),
        ("gempa", "--from", "2024", "--to", "2023"),
        ("gempa", "--csv", "--jsonl"),
        ("gempa", "--fields", "id"),
        ("gempa", "--json", "--fields", "judul"),
        ("gempa", "--csv", "--fields", "id,total"),
        ("gempa", "--queries", "-"),
        ("--queries", "-", "--all"),
        ("--queries", "-", "--page", "2"),
        ("--queries", "/there/is/none"),
    ],
)
def test_wrong_usage_is_status_2_and_searches_for_nothing(
    sample_index: Path, arguments: tuple[str, ...]
) -> None:
    result = run(sample_index, *arguments, stdin="gempa\n")
    assert result.exit_code == 2
    assert not result.stdout


def test_without_anything_it_says_what_may_be_asked(sample_index: Path) -> None:
    said = run(sample_index).stderr
    assert "warta search --source kompas --from 2017-05" in said
    assert "--all" in said


@pytest.mark.parametrize("more", [("--all",), ("--sort", "newest")])
def test_all_articles_are_given_where_that_is_said(
    sample_index: Path, more: tuple[str, ...]
) -> None:
    assert "12 artikel" in run(sample_index, *more).stdout


def test_unknown_fields_name_those_that_there_are(sample_index: Path) -> None:
    said = run(sample_index, "gempa", "--json", "--fields", "judul").stderr
    assert "judul" in said
    assert "similar_count" in said


def test_everything_is_given_however_much_it_is(large: Path) -> None:
    told = ("gempa", "--all", "--fields", "id", "--sort", "oldest", "--jsonl")
    found = [one["id"] for one in lines(run(large, *told))]
    assert len(found) == len(set(found)) == ARTICLES


def test_everything_is_the_same_in_every_form(sample_index: Path) -> None:
    told = ("beras", "--all", "--fields", "id")
    found = [one["id"] for one in lines(run(sample_index, *told, "--jsonl"))]
    assert found
    assert [row["id"] for row in rows(run(sample_index, *told, "--csv"))] == found
    whole = json.loads(run(sample_index, *told, "--json").stdout)
    assert [hit["id"] for hit in whole["hits"]] == found
    assert (whole["listed"], whole["next_cursor"]) == (len(found), None)


@pytest.mark.parametrize("form", [("--csv",), ()])
def test_a_pipe_that_is_closed_ends_it_quietly(large: Path, form: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "web.cli", "search", "gempa", "--all", *form]
    command += ["--index", str(large)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(80)
        process.stdout.close()
        assert process.stderr.read() == b""


def test_progress_is_shown_only_where_the_articles_go_elsewhere(large: Path) -> None:
    command = [sys.executable, "-m", "web.cli", "search", "gempa", "--all", "--csv"]
    command += ["--fields", "id", "--index", str(large)]
    master, slave = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=slave) as process:
        os.close(slave)
        shown = b""
        while b"artikel/s" not in shown:
            shown += os.read(master, 65_536)
        process.kill()
    os.close(master)


def test_fields_are_the_columns_in_their_order(sample_index: Path) -> None:
    result = run(sample_index, "harga beras", "--csv", "--fields", "title,id,body")
    found = rows(result)
    stored = {one.id: one for one in ARCHIVE}
    assert found
    for row in found:
        one = stored[row["id"]]
        assert list(row.items()) == [("title", one.title), ("id", one.id), ("body", one.body)]


def test_fields_choose_what_json_holds(sample_index: Path) -> None:
    told = ("gempa", "--json", "--fields")
    found = json.loads(run(sample_index, *told, "total,id").stdout)
    assert found.keys() == {"total", "hits"}
    assert {tuple(hit) for hit in found["hits"]} == {("id",)}
    assert json.loads(run(sample_index, *told, "total").stdout) == {"total": 3}
    assert json.loads(run(sample_index, *told, "total", "--all").stdout) == {"total": 3}


def test_rows_tell_on_standard_error_what_has_no_place_in_them(sample_index: Path) -> None:
    result = run(sample_index, "perpustakaan kelilign", "--csv", "--fields", "id")
    assert "keliling" in result.stderr
    assert "keliling" not in result.stdout


@pytest.mark.parametrize("form", ["--csv", "--jsonl"])
def test_rows_of_a_page_say_of_how_many_they_are(sample_index: Path, form: str) -> None:
    told = ("gempa", form, "--fields", "id")
    assert "2/3 artikel; semua: --all" in run(sample_index, *told, "--per-page", "2").stderr
    for whole in ((), ("--all",)):
        assert not run(sample_index, *told, *whole).stderr
    behind = run(sample_index, *told, "--per-page", "2", "--page", "9")
    assert behind.stderr.splitlines() == [
        "Hasil sudah habis; halaman terakhir 2 / no more hits; the last page is 2"
    ]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index whose texts steer a terminal where they are printed as they are."""
    index = tmp_path_factory.mktemp("hostile")
    evil = "\x9b31m\u202e"
    articles = [
        article(n, f"Gempa {evil}", f"Gempa {evil}.", "2023-01-01", source=f"Kabar{evil}")
        for n in range(3)
    ]
    LocalTarget(index).rebuild(articles, BuildOptions())
    return index


@pytest.mark.parametrize(
    "query",
    [
        "gempa",
        "gmpa \x1b]0;x\x07",
        "gempa wilayah:\x1b[2J",
        "gempa tanggal:\x1b[2J",
        "sumber:\x1b[2J",
        "gempa \x9b januari 2023",
        '"gempa \x1b',
        "gempa \x1b NEAR gempa",
        "isi:\u202e -gempa",
    ],
)
@pytest.mark.parametrize("form", [(), ("--csv",), ("--explain",)])
def test_nothing_that_is_printed_for_people_steers_a_terminal(
    hostile: Path, query: str, form: tuple[str, ...]
) -> None:
    result = run(hostile, *form, query)
    assert result.exit_code == 0
    printed = result.stderr if "--csv" in form else result.output
    assert not [char for char in printed if not char.isprintable() and char != "\n"]


def test_a_page_behind_the_last_hit_says_which_page_is_the_last(sample_index: Path) -> None:
    hits = len(run(sample_index, "beras", "--all", "--jsonl").stdout.splitlines())
    last = -(-hits // 2)
    told = f"the last page is {last}\n"
    assert told in run(sample_index, "beras", "--per-page", "2", "--page", str(last + 1)).stdout
    assert told not in run(sample_index, "beras", "--per-page", "2", "--page", str(last)).stdout
    assert "last page" not in run(sample_index, "tidakadakatanya", "--page", "2").stdout


def test_a_query_with_signs_is_said_back_and_one_of_words_is_not(sample_index: Path) -> None:
    said = run(sample_index, "gempa -ambon sejak:2023").stdout
    assert said.startswith("Dicari / searched for: gempa, tanpa ambon, sejak 1 Januari 2023\n")
    assert "Dicari" not in run(sample_index, "harga beras").stdout


@pytest.mark.parametrize(
    ("language", "label"), [("id", "Hanya Juni 2023"), ("en", "Only June 2023")]
)
def test_days_among_the_words_are_offered_as_a_query(
    sample_index: Path, language: str, label: str
) -> None:
    line = f"{label}: beras tanggal:2023-06"
    assert line in run(sample_index, "beras juni 2023", "--lang", language).stdout.splitlines()
    table = run(sample_index, "beras juni 2023", "--lang", language, "--csv")
    assert line in table.stderr.splitlines()
    assert line not in table.stdout


def test_what_else_may_be_meant_is_told_beside_rows(sample_index: Path) -> None:
    for also in ((), ("--all",)):
        assert "did you mean: gempa" in run(sample_index, "gmpa", "--csv", *also).stderr


def test_days_that_count_from_today_are_said(sample_index: Path) -> None:
    result = run(sample_index, "beras", "--from", "1/2/2023", "--to", "2023-07", "--json")
    notes = json.loads(result.stdout)["notes"]
    assert [note["message"] for note in notes] == ["“1/2/2023”: sejak 1 Februari 2023."]


@pytest.mark.parametrize("month", ["2023-06", "juni 2023", "06/2023", "Juni-2023", "June 2023"])
def test_a_month_is_named_as_people_write_it(sample_index: Path, month: str) -> None:
    assert ids(sample_index, "beras", "--month", month) == {"a2"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gempa", "--all", "--page", "2"), "--all: "),
        (("gempa", "--explain", "--csv"), "--fields id,explanation"),
        (("gempa", "--explain", "--csv", "--fields", "id"), "--fields id,explanation"),
    ],
)
def test_what_would_be_passed_over_is_refused(
    sample_index: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = run(sample_index, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_json_without_notes_tells_them_on_standard_error(sample_index: Path) -> None:
    result = run(sample_index, "gempa wilayah:x", "--json", "--fields", "total", "--lang", "en")
    assert list(json.loads(result.stdout)) == ["total"]
    assert "filters nothing" in result.stderr
    assert not run(sample_index, "gempa wilayah:x", "--json").stderr


def test_fields_are_completed_after_each_comma() -> None:
    (option,) = (one for one in search.params if one.name == "fields")
    found = option.shell_complete(click.Context(search), "id,tit")
    assert [one.value for one in found] == ["id,title", "id,title_html"]


@pytest.mark.parametrize(
    "arguments", [("x" * 501,), ("gempa", "--cursor", "x"), ("gempa", "--page", "1001")]
)
def test_what_cannot_be_asked_is_wrong_usage(
    sample_index: Path, arguments: tuple[str, ...]
) -> None:
    result = run(sample_index, *arguments)
    assert result.exit_code == 2
    assert "Galat: " in result.stderr
    assert not result.stdout
