"""What was flushed is safe as it was when the flush began, whoever alters it meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.crash.power_cut import states
from tests.crash.recording import Recording, recorded

_FLUSHES_IN_A_THREAD = """
import os, sys
from pathlib import Path
from threading import Thread
from tests.crash import recording

root, log, flushed = map(Path, sys.argv[1:])

def alter(_):
    (root / "file").write_bytes(b"altered")
    (root / "later").touch()
    (root / "file").read_bytes()  # what was written is seen before a call

def flush():
    os.fsync(os.open(flushed, os.O_RDONLY))

recording.time.sleep = alter  # while a flush takes its time
recorder = recording.Recorder(root, log)
(root / "file").write_bytes(b"first")
thread = Thread(target=flush)
thread.start()
thread.join()
recorder.done()
"""


def _recorded(tmp_path: Path, flushed: str) -> Recording:
    root, log = tmp_path / "root", tmp_path / "log"
    root.mkdir()
    paths = map(str, (root, log, root / flushed))
    command = [sys.executable, "-c", _FLUSHES_IN_A_THREAD, *paths]
    subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    return recorded(log)


@pytest.mark.parametrize(
    ("flushed", "kind", "left"),
    [
        ("file", "names without bytes", {"file": b"first", "later": b""}),
        (".", "bytes without names", {"file": b"altered"}),
    ],
)
def test_what_was_altered_while_it_was_flushed_is_not_safe(
    tmp_path: Path, flushed: str, kind: str, left: dict[str, bytes]
) -> None:
    recording = _recorded(tmp_path, flushed)
    last = [state for done, one, state in states(recording, 0, mixed=0) if one == kind][-1]
    last.write(tmp_path / "cut")
    assert {one.name: one.read_bytes() for one in (tmp_path / "cut").iterdir()} == left
