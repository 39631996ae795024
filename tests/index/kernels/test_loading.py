"""Which road is taken: kernels where they were built, else NumPy, and nothing that is stale."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from shutil import which

import pytest

from index.kernels import NAMES, StaleKernel, kernel, missing, turned_off
from index.kernels.sources import FOLDER, digest
from index.kernels.state import State, state
from tests.conftest import ROOT

FRESH = f"the kernels are not built: {sys.executable} setup.py build_ext --inplace"


def built() -> bool:
    """Whether every kernel is there, used or not."""
    return all((FOLDER / f"{name}.abi3.so").exists() for name in NAMES)


def asked(code: str, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """What a new process says, which imports from a folder."""
    kept = {name: value for name, value in os.environ.items() if name != "WARTA_KERNELS"}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**kept, "PYTHONPATH": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A folder in which ``index.kernels`` stands once more, to be changed."""
    shutil.copytree(FOLDER, tmp_path / "index" / "kernels")
    shutil.copy(ROOT / "index" / "__init__.py", tmp_path / "index")
    return tmp_path


def test_this_run_is_on_the_road_that_it_was_told() -> None:
    """Without a compiler that is NumPy's; where CI runs there is one."""
    if turned_off():
        assert missing() == NAMES
        assert state() is State.OFF
    elif os.environ.get("CI") == "true":
        assert missing() == ()
    elif missing():
        pytest.skip(FRESH)
    assert state() is (State.OFF if turned_off() else State.COMPILED)


def test_the_names_are_those_of_the_sources() -> None:
    assert sorted(NAMES) == sorted(path.stem for path in FOLDER.glob("*.pyx"))


@pytest.mark.parametrize("name", NAMES)
def test_every_kernel_says_of_which_source_it_was_compiled(name: str) -> None:
    lines = (FOLDER / f"{name}.pyx").read_text("utf-8").splitlines()
    assert lines.count('include "source.pxi"') == 1
    module = kernel(name)
    assert module is None or digest(name) == module.SOURCE


@pytest.mark.parametrize("name", NAMES)
def test_every_kernel_has_a_stub(name: str) -> None:
    assert (FOLDER / f"{name}.pyi").is_file()


@pytest.mark.skipif(which("make") is None, reason="make is not there")
def test_what_asks_for_kernels_is_run_by_make_sanitize() -> None:
    command = ["make", "--silent", "--eval", "roads:;@echo $(ROADS)", "roads"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    roads = [ROOT / one for one in said.stdout.split()]
    assert all(one.exists() for one in roads)
    asking = [
        path
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        if re.search(r"\bkernel\(\"", path.read_text("utf-8"))
    ]
    assert len(asking) > len(NAMES) // 2
    assert [path for path in asking if not {path, *path.parents} & {*roads}] == []


@pytest.mark.parametrize("value", ["off", "OFF", "0", "no", "false"])
def test_the_environment_leaves_them_unused(value: str) -> None:
    said = asked("from index.kernels import *; print(missing(), turned_off())", WARTA_KERNELS=value)
    assert said.stdout == f"{NAMES} True\n"


CHANGES = {
    "its source": f"{NAMES[-1]}.pyx",
    "what others show of themselves": "sections.pxd",
    "what all include": "source.pxi",
}


@pytest.mark.parametrize("file", CHANGES.values(), ids=CHANGES)
def test_a_kernel_of_another_source_is_refused(copied: Path, file: str) -> None:
    if not built():
        pytest.skip(FRESH)
    code = "from index.kernels import missing; missing()"
    whole = asked(code, copied)
    with (copied / "index" / "kernels" / file).open("a") as stream:
        stream.write("\n# changed\n")
    stale = asked(code, copied)
    off = asked(code, copied, WARTA_KERNELS="off")
    assert [whole.stderr, off.stderr] == ["", ""]
    assert StaleKernel.__name__ in stale.stderr
    assert "make kernels" in stale.stderr


def test_a_kernel_of_a_later_python_is_refused() -> None:
    if not built():
        pytest.skip(FRESH)
    code = "import sys; sys.hexversion = 0x030A00F0; from index.kernels import missing; missing()"
    said = asked(code)
    assert StaleKernel.__name__ in said.stderr
    assert "was compiled for Python 3." in said.stderr
    assert "make kernels" in said.stderr


@pytest.mark.parametrize("version", ["3.12", "3.13", "3.14"])
def test_the_same_files_serve_later_pythons(version: str) -> None:
    if not built():
        pytest.skip(FRESH)
    command = [f"python{version}", "-c", "from index.kernels import missing; print(missing())"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "WARTA_KERNELS": "on"}
    said = subprocess.run(
        ["sh", "-c", 'exec "$@"', "sh", *command],  # whatever its name stands for
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if said.returncode == 127:
        pytest.skip(f"no Python {version} here")
    assert (said.stdout, said.stderr) == ("()\n", "")


def test_without_the_sources_nothing_can_be_stale(copied: Path) -> None:
    for path in (copied / "index" / "kernels").glob("*.p[xy][dix]"):
        path.unlink()
    said = asked("from index.kernels import *; print(missing())", copied)
    assert said.stdout == ("()\n" if built() else f"{missing() or NAMES}\n")


def test_one_that_was_not_built_is_told(copied: Path) -> None:
    for path in (copied / "index" / "kernels").glob(f"{NAMES[-1]}*.so"):
        path.unlink()
    said = asked(
        "from index.kernels import missing; from index.kernels.state import *;"
        f"print({NAMES[-1]!r} in missing(), state().value, told())",
        copied,
    )
    road = "NumPy (tidak dibangun: tanpa kompilator saat pemasangan / not built: no compiler at"
    assert said.stdout == f"True not built {road} installation)\n"


ROADS = {"off": "NumPy (WARTA_KERNELS=off)"} | (
    {"on": "terkompilasi / compiled"} if built() else {}
)


@pytest.mark.parametrize("value", ROADS)
def test_config_and_stats_say_which_road_is_taken(sample_index: Path, value: str) -> None:
    command = [sys.executable, "-m", "web.cli"]
    environment = {**os.environ, "WARTA_KERNELS": value}

    def said(*arguments: str | Path) -> str:
        return subprocess.run(
            [*command, *arguments], cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True
        ).stdout.decode()

    assert said("config").splitlines()[1] == f"# kernel / kernels: {ROADS[value]}"
    assert json.loads(said("config", "--json"))["kernels"] == (
        "off" if value == "off" else "compiled"
    )
    (line,) = [
        line for line in said("stats", "--index", sample_index).splitlines() if "kernels" in line
    ]
    assert line.startswith("kernel / kernels ")
    assert line.endswith(f"  {ROADS[value]}")
