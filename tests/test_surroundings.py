"""Commands without streams, room, memory or a working directory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = f"{sys.executable} -m web.cli"
ARTICLE = {"id": "x1", "title": "Harga beras", "body": "Harga beras naik."}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("streams")
    (folder / "a.jsonl").write_text(json.dumps(ARTICLE) + "\n")
    assert shell(folder, "rebuild a.jsonl --index i") == (0, "")
    return folder


def shell(folder: Path, arguments: str) -> tuple[int, str]:
    """The status of a command in a shell, and what it printed as an error."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        f"{COMMAND} {arguments}",
        shell=True,
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ("search beras --index i >&-", 0, ""),
        ("search beras --index i --all --csv >&-", 0, ""),
        ("stats --index i 2>&-", 0, ""),
        ("search beras --index nowhere 2>&-", 1, ""),
        ("rebuild - --index j <&-", 1, "no article could be read from -"),
        ("restore - --index j <&-", 2, "a tar stream is read from a pipe or a file only"),
        ("backup - --index i >&-", 2, "a tar stream is written to a pipe or a file only"),
        ("search --queries - --index i <&-", 0, ""),
        ("keys add a --keys k.txt >&-", 2, "nobody would see the key"),
        ("keys add a --keys ''", 2, "is empty"),
        ("queries ''", 2, "is empty"),
        ("evaluate a.jsonl a.jsonl --run '' --index i", 2, "is empty"),
    ],
)
def test_a_closed_stream_is_an_empty_one(
    folder: Path, arguments: str, status: int, said: str
) -> None:
    found, errors = shell(folder, arguments)
    assert found == status, errors
    assert said in errors
    assert "Traceback" not in errors


def test_a_key_that_nobody_would_see_is_not_kept(folder: Path) -> None:
    shell(folder, "keys add ana --keys unseen.txt >&-")
    assert not (folder / "unseen.txt").exists()


def test_no_file_of_an_index_takes_the_place_of_a_closed_stream(folder: Path) -> None:
    """What is printed there is lost and not written into it."""
    assert shell(folder, "rebuild a.jsonl --workers 2 --index k <&- >&- 2>&-")[0] == 0
    assert shell(folder, "verify --index k") == (0, "")


@pytest.mark.parametrize("arguments", ["--help", "search --help", "--version"])
def test_a_help_text_without_room_is_an_error_in_both_languages(
    folder: Path, arguments: str
) -> None:
    status, errors = shell(folder, f"{arguments} > /dev/full")
    assert status == 1
    assert "no space left on the disk" in errors
    assert "Galat: ruang penyimpanan habis" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (
            (
                "import index.sources\n"
                "def refuse(*given, **named): raise MemoryError\n"
                "index.sources.read_articles = refuse"
            ),
            ("Galat: memori tidak cukup; ", "Error: there is not enough memory; give it more, or "),
        ),
        (
            "import os; os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone')",
            ("Galat: folder kerja: tidak ada; ", "Error: the working directory: it is not there; "),
        ),
    ],
)
def test_what_is_lacking_is_named_in_both_languages(
    folder: Path, before: str, said: tuple[str, str]
) -> None:
    code = f"from web.cli import run\n{before}\nrun()"
    command = [sys.executable, "-c", code, "rebuild", str(folder / "a.jsonl"), "--index", "m"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    for sentence in said:
        assert sentence in done.stderr
