"""``warta search --queries``: an answer for each line, in every form."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from web.cli import main

QUERIES = b"gempa\r\nq7\tharga beras\n\nrusak\xff\n" + b"x" * 600 + b"\ngempa -mengungsi\ngempa\n"
ASKED = {1: "gempa", 2: "harga beras", 6: "gempa -mengungsi", 7: "gempa"}


def run(index: Path, *arguments: str, stdin: bytes = QUERIES) -> Result:
    words = ["search", "--queries", "-", "--index", str(index), *arguments]
    return CliRunner().invoke(main, words, input=stdin)


def objects(text: str) -> dict[int, dict[str, Any]]:
    return {one["line"]: one for one in map(json.loads, text.splitlines())}


def test_every_line_has_an_object_with_its_number_its_name_and_its_query(
    sample_index: Path,
) -> None:
    found = objects(run(sample_index, "--jsonl").stdout)
    assert list(found) == [1, 2, 4, 5, 6, 7]
    assert {line: found[line]["query"] for line in ASKED} == ASKED
    assert found[2]["query_id"] == "q7"
    assert found[1]["query_id"] == "1"
    assert all(0 < len(found[line]["hits"]) <= 3 for line in ASKED)


@pytest.mark.parametrize("form", [(), ("--json",), ("--jsonl",), ("--csv",)])
def test_a_line_that_fails_is_told_at_its_place_and_ends_with_status_1(
    sample_index: Path, form: tuple[str, ...]
) -> None:
    result = run(sample_index, *form)
    assert result.exit_code == 1
    assert "2/6 kueri gagal" in result.stderr
    before, after = result.stdout.find("bukan UTF-8"), result.stdout.find("gempa -mengungsi")
    assert 0 < before < after
    assert run(sample_index, *form, stdin=b"gempa\n").exit_code == 0


def test_as_json_it_is_one_document(sample_index: Path) -> None:
    document = json.loads(run(sample_index, "--json").stdout)
    alone = objects(run(sample_index, "--jsonl").stdout)
    assert [one["line"] for one in document["answers"]] == list(alone)
    assert json.loads(run(sample_index, "--json", stdin=b"").stdout) == {"answers": []}


def test_as_a_table_it_has_a_row_a_hit_and_one_for_a_query_without(sample_index: Path) -> None:
    options = ("--csv", "--fields", "id", "--partial", "off", "--correct", "off")
    text = run(sample_index, *options, stdin=b"gempa\nzzqqx\n=1+1\n").stdout_bytes.decode()
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["rank"] for row in found] == ["1", "2", "3", "", ""]
    assert {row["total"] for row in found[:3]} == {"3"}
    assert (found[3]["query"], found[3]["total"], found[3]["id"]) == ("zzqqx", "0", "")
    assert found[4]["query"] == "'=1+1"


def test_without_hits_a_table_has_a_row_a_query_with_what_is_wanted(sample_index: Path) -> None:
    options = ("--csv", "--fields", "total,undated,facets")
    text = run(sample_index, *options, stdin=b"gempa\n\xff\nberas\n").stdout_bytes.decode()
    header, *found = csv.reader(io.StringIO(text, newline=""))
    assert header[-3:] == ["error", "undated", "facets"]
    rows = [dict(zip(header, row, strict=True)) for row in found]
    assert [row["total"] for row in rows] == ["3", "", "4"]
    assert [row["undated"] for row in rows] == ["0", "", "0"]
    assert json.loads(rows[0]["facets"])["year"][0]["value"] == "2024"
    assert rows[1]["error"]


def test_what_is_wanted_beside_hits_stands_before_them(sample_index: Path) -> None:
    options = ("--csv", "--fields", "undated,id", "--per-page", "1")
    text = run(sample_index, *options, stdin=b"gempa\n").stdout_bytes.decode()
    header, row = csv.reader(io.StringIO(text, newline=""))
    assert header[-3:] == ["undated", "rank", "id"]
    assert row[-3] == "0"


def test_other_options_hold_for_every_query(sample_index: Path) -> None:
    options = ("--source", "Suara Rimba", "--per-page", "1", "--fields", "total,id")
    found = objects(run(sample_index, "--jsonl", *options, stdin=b"gempa\nberas\n").stdout)
    assert found[1]["total"] == 1
    assert [hit["id"] for hit in found[1]["hits"]] == ["a5"]
    assert found[2]["total"] == 0


def test_a_corrected_query_says_so_whatever_fields_are_chosen(sample_index: Path) -> None:
    options = ("--jsonl", "--fields", "total")
    found = objects(run(sample_index, *options, stdin=b"perpustakaan kelilign\n").stdout)
    assert found[1]["corrected"] == "perpustakaan keliling"


def test_for_people_totals_and_first_hits_are_shown(sample_index: Path) -> None:
    shown = run(sample_index, stdin=b"q7\tgempa\nzz\x1bqqx\n").stdout
    assert "[q7] gempa\n3 artikel / articles\n  1. Gempa guncang Ambon" in shown
    assert "\x1b" not in shown


def test_answers_stream_while_queries_come(sample_index: Path) -> None:
    command = [sys.executable, "-m", "web.cli", "search", "--queries", "-", "--jsonl"]
    command += ["--index", str(sample_index)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for query in (b"gempa\n", b"beras\n"):
            process.stdin.write(query)
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["query"] == query.decode().strip()
        process.stdin.close()
        assert process.wait() == 0


def told(text: str) -> list[str]:
    return [line.partition(":")[0] for line in text.splitlines()]


@pytest.mark.parametrize(
    ("form", "lines"),
    [
        (("--csv",), ["1", "1", "2"]),
        (("--jsonl", "--fields", "total"), ["1", "1", "2"]),
        (("--json", "--fields", "id,total"), ["1", "1", "2"]),
        (("--jsonl", "--fields", "total,notes"), []),
        (("--jsonl",), []),
        ((), []),
    ],
)
def test_notes_that_have_no_place_are_told_with_their_lines(
    sample_index: Path, form: tuple[str, ...], lines: list[str]
) -> None:
    result = run(sample_index, *form, stdin=b"gempa wilayah:ambon (\ngempa wilayah:x\ngempa\n")
    assert result.exit_code == 0
    assert told(result.stderr) == lines


def test_a_table_of_totals_has_a_row_a_query(sample_index: Path) -> None:
    result = run(sample_index, "--csv", "--fields", "query,total", stdin=b"gempa\nberas\n")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [one["query"] for one in rows] == ["gempa", "beras"]
    assert all(int(one["total"]) > 0 for one in rows)
    assert {"rank", "id"}.isdisjoint(rows[0])
