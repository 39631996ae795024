"""A command that says one thing loads what it says it with, and ends at once."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

OF_SERVING = ("flask", "gunicorn", "jinja2", "werkzeug", "prometheus_client", "limits")
OF_READING = ("lxml", "ftfy", "pydantic", "annotated_types", "multiprocessing", "openpyxl")
OF_THE_NET = ("email", "http", "ssl", "socket", "urllib.request")
OF_SPEECH = ("rich", "babel", "rapidfuzz", "whoosh.lang.morph_en", "whoosh.lang.porter")
OF_PROGRAMMERS = ("numpy._typing", "numpy._core._add_newdocs", "_hashlib")
OF_AN_INDEX = ("numpy", "whoosh", "search.local", "index.segments", "index.analysis")

ALWAYS = (*OF_SERVING, *OF_READING, *OF_THE_NET, *OF_SPEECH)
ON_AN_INDEX = (*ALWAYS, *OF_PROGRAMMERS)

COMMANDS = {
    "search": (["search", "presiden", "--index", "INDEX"], ON_AN_INDEX, 670),
    "search as JSON": (["search", "presiden", "--json", "--index", "INDEX"], ON_AN_INDEX, 670),
    "stats": (["stats", "--index", "INDEX"], (*OF_SERVING, *OF_READING, *OF_THE_NET), 660),
    "analyze": (["analyze", "membaca"], ON_AN_INDEX, 659),
    "search --help": (["search", "--help"], (*ALWAYS, "numpy", "search.local"), 400),
    "help": (["--help"], (*ALWAYS, *OF_AN_INDEX), 270),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("short") / "index"
    _warta(["rebuild", str(ROOT / "sample"), "--index", str(made)])
    return made


def _warta(
    arguments: list[str], *options: str, status: int = 0
) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WARTA_")}
    done = subprocess.run(
        [sys.executable, *options, "-m", "web.cli", *arguments],
        cwd=ROOT,
        env=plain,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status, done.stderr
    return done


def _loaded(told: str) -> list[str]:
    return re.findall(r"^import time:\s+\d+ \|\s+\d+ \|\s+(\S+)$", told, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_it_loads_what_it_needs(index: Path, name: str) -> None:
    arguments, unneeded, most = COMMANDS[name]
    arguments = [str(index) if one == "INDEX" else one for one in arguments]
    loaded = _loaded(_warta(arguments, "-X", "importtime").stderr)
    assert "web.cli" in loaded or "index.console" in loaded
    found = [one for one in loaded if any(f"{one}.".startswith(f"{no}.") for no in unneeded)]
    assert not found
    assert len(loaded) <= most


_ENDING = """
import atexit, sys, threading, time
from web import cli
def last(): print("done at the end", flush=True)
def slow():
    time.sleep(0.3)
    print("the thread is through")
threading.Thread(target=slow).start()
class Never:
    def __del__(self): print("taken apart", flush=True)
kept = Never()
sys.argv = ["warta", *sys.argv[1:]]
main = cli.main
def main_and_register(): atexit.register(last); main()
cli.main = main_and_register
cli.run()
"""


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        pytest.param(["--version"], 0, id="done"),
        pytest.param(["stats", "--index", "/nowhere"], 1, id="an error"),
        pytest.param(["search", "--no-such-option"], 2, id="a wrong word"),
    ],
)
def test_it_ends_when_all_is_written_and_not_after(arguments: list[str], status: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _ENDING, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == status
    assert done.stdout.splitlines()[-2:] == ["the thread is through", "done at the end"]
    assert bool(done.stderr) == bool(status)


_BREAKING_OFF = """
import sys
class Never:
    def find_spec(self, name, path=None, target=None):
        if name == "numpy": raise ERROR
sys.meta_path.insert(0, Never())
sys.argv = ["warta", "search", "presiden", "--index", "/nowhere"]
from web.cli import run
run()
"""


@pytest.mark.parametrize(
    ("error", "told"),
    [("KeyboardInterrupt", "interrupted"), ("MemoryError", "memory"), ("OSError(24, '')", "files")],
)
def test_what_stops_it_while_it_loads_is_told_in_a_sentence(error: str, told: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _BREAKING_OFF.replace("ERROR", error)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    galat, english = done.stderr.splitlines()
    assert galat.startswith("Galat: ")
    assert told in english


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_what_cannot_be_written_is_told(index: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "web.cli", "stats", "--index", str(index)],
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert "no space left" in done.stderr
