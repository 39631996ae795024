"""What a command skipped and repaired is kept with the generation, and shown."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from index.build import LocalTarget
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.target import BuildOptions
from search.local import LocalEngine
from tests.conftest import ARCHIVE
from web.app import create_app
from web.cli import main

BROKEN = '{"broken\n{"id": "e", "title": "Tanpa isi", "body": ""}\n'


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return result


def stats(index: Path) -> Any:
    return json.loads(run("stats", "--index", index, "--json").stdout)


def article(number: int, **other: str) -> str:
    return json.dumps({"id": f"x{number}", "title": "Judul", "body": "Isi berita.", **other}) + "\n"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    source = tmp_path / "a.jsonl"
    source.write_text(article(1) + BROKEN + article(2, date="bukan tanggal"))
    run("rebuild", source, "--index", tmp_path / "index")
    return tmp_path / "index"


def test_what_was_skipped_and_repaired_is_kept_by_kind(index: Path) -> None:
    found = stats(index)
    assert found["skipped"] == {"broken-json": 1, "empty-body": 1}
    assert found["repaired"] == {"bad-date": 1}
    shown = run("stats", "--index", index).stdout
    assert re.search(r"tidak terbaca / skipped +broken-json \(1\), empty-body \(1\)", shown)
    client = create_app(index).test_client()
    assert client.get("/api/v1/stats").json == found
    assert 'warta_index_skipped_articles{kind="broken-json"} 1.0' in client.get("/metrics").text


def test_an_update_has_its_own_account_and_a_deletion_none(index: Path, tmp_path: Path) -> None:
    before = stats(index)
    run("delete", "x1", "--index", index)
    after = stats(index)
    assert (after["skipped"], after["repaired"]) == (before["skipped"], before["repaired"])
    more = tmp_path / "b.jsonl"
    more.write_text('{"broken\n{"broken\n' + article(3))
    run("update", more, "--index", index)
    assert stats(index)["skipped"] == {"broken-json": 2}
    assert stats(index)["repaired"] == {}
    more.write_text(article(4))
    run("update", more, "--index", index)
    assert stats(index)["skipped"] == {}


def altered(index: Path, **parameters: object) -> LocalEngine:
    """An engine over the index, whose manifest has other parameters."""
    name = (index / "CURRENT").read_text().strip()
    path = index / "generations" / name / MANIFEST
    manifest = from_bytes(path.read_bytes())
    parameters = {**manifest.parameters, **parameters}
    path.write_bytes(to_bytes(replace(manifest, parameters=parameters)))  # type: ignore[arg-type]
    return LocalEngine(index)


@pytest.mark.parametrize(
    ("parameters", "rebuilt"),
    [
        ({"rebuilt": "2026-11-29T01:02:03+00:00"}, "2026-11-29T01:02:03+00:00"),
        ({"rebuilt": "2026-11-29T01:02:03Z"}, "2026-11-29T01:02:03+00:00"),
        ({"rebuilt": "2026-11-29T01:02:03"}, "2026-11-29T01:02:03+00:00"),
        ({"rebuilt": "kemarin"}, None),
        ({"rebuilt": 5}, None),
        ({"rebuilt": None}, None),
        ({"rebuilt": {}}, None),
    ],
)
def test_the_last_rebuild_is_what_the_manifest_says(
    index: Path, parameters: dict[str, object], rebuilt: str | None
) -> None:
    engine = altered(index, **parameters)
    found = engine.statistics().rebuilt
    engine.close()
    assert (None if found is None else found.isoformat()) == rebuilt


@pytest.mark.parametrize(
    ("skipped", "known"),
    [
        ({"broken-json": 3}, {"broken-json": 3}),
        ({}, {}),
        ([], {}),
        (None, {}),
        ("broken-json", {}),
        ({"broken-json": "3", "no-body": 2}, {}),
        ({"x" * 60: 1}, {}),
        ({f"kind-{number}": 1 for number in range(1_000)}, {}),
    ],
)
def test_an_index_from_elsewhere_cannot_make_many_metrics(
    index: Path, skipped: object, known: dict[str, int]
) -> None:
    engine = altered(index, skipped=skipped, command=7)
    found = engine.statistics()
    engine.close()
    assert found.skipped == known
    assert found.command is None


def test_what_a_program_builds_has_a_moment_and_no_account(tmp_path: Path) -> None:
    LocalTarget(tmp_path).rebuild(ARCHIVE, BuildOptions())
    engine = LocalEngine(tmp_path)
    found = engine.statistics()
    engine.close()
    assert (found.skipped, found.repaired) == ({}, {})
    assert found.rebuilt == found.published
