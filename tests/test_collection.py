"""Every file of tests gives tests: pytest leaves folders out without a word."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT


def test_every_test_file_gives_a_test() -> None:
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
    collected = {line.rpartition(": ")[0] for line in run.stdout.splitlines()}
    files = {str(file.relative_to(ROOT)) for file in (ROOT / "tests").rglob("test_*.py")}
    left_out = sorted(files - collected)
    assert not left_out, f"pytest collects nothing from {', '.join(left_out)}"
