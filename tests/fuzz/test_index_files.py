"""Whatever an index holds: an answer or a typed error, soon and in little memory."""

from __future__ import annotations

import os
import subprocess
import sys

from tests.conftest import ROOT

COUNT = int(os.environ.get("WARTA_FUZZ", "60"))
_SECONDS = 120 + COUNT


def test_altered_index_files_are_read_or_refused() -> None:
    command = [sys.executable, "-m", "tests.fuzz.index_files", str(COUNT), "14"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=_SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-5000:]
    assert "answered" in done.stdout
    assert "refused" in done.stdout
