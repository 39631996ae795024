"""Installing: a wheel has the kernels where a compiler is; without one it is whole all the same."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from index.kernels import NAMES
from tests.conftest import ROOT

SOURCES = {f"index/kernels/{name}.{ending}" for name in NAMES for ending in ("pyx", "pyi")} | {
    f"index/kernels/{path.name}" for path in (ROOT / "index" / "kernels").glob("*.px[di]")
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packages, and what Cython has made of kernels, so that it need not do it again."""
    copy = tmp_path_factory.mktemp("installing") / "checkout"
    for name in ("index", "search", "web"):
        left_out = shutil.ignore_patterns("__pycache__", "*.so")
        shutil.copytree(ROOT / name, copy / name, ignore=left_out)
    if (ROOT / "build/index").is_dir():
        shutil.copytree(ROOT / "build/index", copy / "build/index")
    for name in ("README.md", "LICENSE", "pyproject.toml", "setup.py"):
        shutil.copy2(ROOT / name, copy)
    return copy


def built(kind: str, checkout: Path, folder: Path, **environment: str) -> Path:
    """The sdist or wheel that setuptools makes of the checkout, as pip would have it made."""
    code = f"import setuptools.build_meta as b, sys; b.build_{kind}(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", code, folder],
        cwd=checkout,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    (found,) = folder.iterdir()
    return found


def test_a_source_archive_has_what_kernels_are_compiled_of(checkout: Path, tmp_path: Path) -> None:
    with tarfile.open(built("sdist", checkout, tmp_path)) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {*SOURCES, "setup.py", "index/kernels/sources.py"} <= names
    assert not [name for name in names if name.endswith((".so", ".c"))]


def test_without_a_compiler_a_wheel_works_and_says_so(checkout: Path, tmp_path: Path) -> None:
    wheel = built("wheel", checkout, tmp_path, CC="/bin/false")
    with zipfile.ZipFile(wheel) as archive:
        assert set(archive.namelist()) >= SOURCES
        assert not [name for name in archive.namelist() if name.endswith(".so")]
        archive.extractall(tmp_path / "site")
    said = subprocess.run(
        [sys.executable, "-m", "web.cli", "config"],
        cwd=tmp_path / "site",
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site"), "WARTA_KERNELS": "on"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    assert (
        "# kernel / kernels: NumPy (tidak dibangun: tanpa kompilator saat pemasangan" in said.stdout
    )


@pytest.mark.long
def test_with_a_compiler_one_wheel_is_for_all_later_pythons(checkout: Path, tmp_path: Path) -> None:
    wheel = built("wheel", checkout, tmp_path)
    version = "".join(map(str, sys.version_info[:2]))
    assert f"-cp{version}-abi3-linux_" in wheel.name
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert names >= SOURCES | {f"index/kernels/{name}.abi3.so" for name in NAMES}
