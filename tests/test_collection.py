"""Every file of tests gives tests: pytest leaves folders out without a word."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable

import pytest

from tests.conftest import ROOT


def _left_out(collected: Iterable[str]) -> list[str]:
    files = {str(file.relative_to(ROOT)) for file in (ROOT / "tests").rglob("test_*.py")}
    return sorted(files - set(collected))


def test_every_test_file_gives_a_test(request: pytest.FixtureRequest) -> None:
    """Asked of this run where it is of all tests; else another one collects them."""
    of_this_run = {str(item.path.relative_to(ROOT)) for item in request.session.items}
    if not _left_out(of_this_run):
        return
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-qq", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTEST_ADDOPTS"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    # Each line is a file's path and the number of its tests.
    left_out = _left_out(line.rpartition(": ")[0] for line in run.stdout.splitlines())
    assert not left_out, f"pytest collects nothing from {', '.join(left_out)}"
