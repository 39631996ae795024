"""Where these tests write."""

from __future__ import annotations

import os
from pathlib import Path

from tests.conftest import in_memory, sweep


def test_it_is_in_memory_where_there_is_room(shared: Path) -> None:
    assert shared.name.startswith("warta-crash-")
    memory = in_memory()
    assert memory is None or shared.parent == memory


def test_what_killed_runs_have_left_is_removed_after_a_day(tmp_path: Path) -> None:
    for name in ("warta-crash-old", "warta-crash-new", "other"):
        (tmp_path / name / "inside").mkdir(parents=True)
        os.utime(tmp_path / name, None if name.endswith("new") else (0, 0))
    sweep(tmp_path, "warta-crash-")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "warta-crash-new"]
