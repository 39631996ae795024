"""--shards and --replicas, which only a cluster has."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import main


@pytest.mark.parametrize("given", [("--shards", "2"), ("--replicas", "0")])
def test_a_directory_has_none_and_is_left_alone(tmp_path: Path, given: tuple[str, str]) -> None:
    source, index = tmp_path / "a.jsonl", tmp_path / "index"
    source.write_text('{"id": "a", "title": "judul", "body": "isi"}\n')
    run = CliRunner().invoke(main, ["rebuild", str(source), *given, "--index", str(index)])
    assert run.exit_code == 2
    assert f"{given[0]}: a directory has no shards and no replicas" in run.stderr
    assert f"{given[0]}: sebuah direktori tidak memiliki shard atau replika" in run.stderr
    assert not index.exists()
