"""``warta backup`` and ``warta restore`` as an operator types them."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.build import LocalTarget
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE, ROOT
from tests.nodes import NOWHERE
from web.cli import main


def run(*arguments: str | Path, stdin: bytes | None = None) -> Any:
    return CliRunner().invoke(main, [str(one) for one in arguments], input=stdin)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    LocalTarget(tmp_path / "index").rebuild(ARCHIVE, BuildOptions())
    return tmp_path / "index"


def test_a_backup_is_made_and_restored_and_both_say_what(index: Path, tmp_path: Path) -> None:
    made = json.loads(run("backup", tmp_path / "b", "--index", index, "--json").stdout)
    assert made["articles"] == len(ARCHIVE)
    assert made["linked"] + made["copied"] > 3
    back = json.loads(run("restore", tmp_path / "b", "--index", tmp_path / "r", "--json").stdout)
    assert back["restored"] == made["generation"]
    assert back["articles"] == len(ARCHIVE)
    assert run("verify", "--index", tmp_path / "r").exit_code == 0


def test_a_stream_goes_to_standard_output_alone(index: Path, tmp_path: Path) -> None:
    made = run("backup", "-", "--index", index, "--json")
    assert json.loads(made.stderr)["articles"] == len(ARCHIVE)
    back = run("restore", "-", "--index", tmp_path / "r", stdin=made.stdout_bytes)
    assert back.exit_code == 0, back.output
    assert "dipulihkan / restored" in back.stdout
    assert Store(tmp_path / "r").verify() == []


@pytest.mark.parametrize("arguments", [("backup", "-"), ("restore", "-")])
def test_no_stream_is_written_to_or_read_from_a_terminal(
    index: Path, arguments: tuple[str, str]
) -> None:
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "web.cli", *arguments, "--index", index],
            cwd=ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 2
    assert b"terminal" in done.stderr or b"pipe" in done.stderr


def test_a_full_disk_under_the_stream_is_told(index: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "web.cli", "backup", "-", "--index", index],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert b"not complete" in done.stderr
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr


def test_a_reader_that_goes_away_ends_it_without_a_riddle(index: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "backup", "-", "--index", index],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
    )
    os.close(writing)
    try:
        _, told = process.communicate()
        assert process.returncode != 0
    finally:
        process.kill()
        process.wait()
    assert b"Traceback" not in told


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("backup",), 2, "Missing"),
        (("backup", "b", "--index", "nothing"), 1, "warta rebuild"),
        (("restore", "nothing"), 2, "nothing"),
        (("backup", "b", "--index", f"opensearch://{NOWHERE}/berita"), 1, "cluster"),
        (("restore", ".", "--index", f"opensearch://{NOWHERE}/berita"), 1, "cluster"),
        (("restore", "."), 1, "CURRENT"),
        (("restore", "/dev/null"), 1, "too early"),
    ],
)
def test_what_cannot_be_done_is_told_with_the_usual_status(
    arguments: tuple[str, ...],
    status: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == status, result.output
    assert told in result.stderr
    assert not list(tmp_path.iterdir())
