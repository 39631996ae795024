"""What the commands that maintain an index say when the system refuses."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.backup import back_up, restore
from index.build import LocalTarget
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from web.cli import main

ONE = BuildOptions()


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of two generations under the relative name ``i``, and a source for a third."""
    monkeypatch.chdir(tmp_path)
    LocalTarget(Path("i")).rebuild(ARCHIVE[:3], ONE)
    LocalTarget(Path("i")).update(ARCHIVE[3:4], ONE)
    lines = [{"id": f"x{n}", "title": f"judul {n}", "body": "isi"} for n in range(3)]
    Path("a.jsonl").write_text("\n".join(map(json.dumps, lines)))


COMMANDS = (
    ("rebuild", "a.jsonl"),
    ("rebuild", "--from-index"),
    ("update", "a.jsonl"),
    ("delete", "a1"),
    ("rollback",),
)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--index", "i"])


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_full_disk_is_told_under_a_relative_name(arguments: tuple[str, ...], number: int) -> None:
    before = Store(Path("i")).current_name()

    def full(_: int) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        result = run(*arguments)
    assert result.exit_code == 1
    assert f"{before} tetap dipakai; kosongkan sebagian ruang" in result.stderr
    assert f"{before} stays in use; free some space and try again" in result.stderr
    assert result.stderr.startswith("Galat: i: ")
    assert Store(Path("i")).current_name() == before


@contextmanager
def unflushed() -> Iterator[None]:
    """Flushing fails from when CURRENT has taken its place."""
    real, replace = os.fsync, os.replace
    done: list[bool] = []

    def replacing(source: Path, to: Path) -> None:
        replace(source, to)
        if to.name == "CURRENT":
            done.append(True)

    def fsync(descriptor: int) -> None:
        if done:
            raise OSError(errno.EIO, "Input/output error")
        real(descriptor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        patch.setattr(os, "replace", replacing)
        yield


@pytest.mark.parametrize("arguments", [*COMMANDS, ("restore", "copy")], ids=" ".join)
def test_what_is_in_use_and_not_flushed_is_told_in_json_and_status(
    arguments: tuple[str, ...],
) -> None:
    back_up(Path("i"), Path("copy"))
    before = Store(Path("i")).current_name()
    with unflushed():
        result = run(*arguments, "--json")
    name = Store(Path("i")).current_name()
    assert name != before
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["generation"] == name
    assert told["flushed"] is False
    assert f"{name} is in use now" in result.stderr
    assert f"{name} kini dipakai" in result.stderr


def test_generations_tell_what_is_damaged_and_what_cannot_be_read() -> None:
    first, second = sorted(path.name for path in Path("i/generations").iterdir())
    file = Path("i/generations", first, "manifest.json")
    file.unlink()
    os.mkfifo(file)
    result = run("generations")
    assert result.exit_code == 0
    old, new = result.stdout.splitlines()
    assert old.startswith(first)
    assert "?" in old
    assert "unusable: manifest.json: tidak dapat dibaca (itu pipa" in old
    assert "/ it cannot be read (it is a pipe" in old
    assert new.startswith(second)
    assert new.endswith("utuh / intact")
    one, other = json.loads(run("generations", "--json").stdout)["generations"]
    assert (one["published"], one["articles"], one["intact"]) == (None, None, False)
    assert (other["articles"], other["intact"], other["reason"]) == (4, True, None)


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime.max.replace(tzinfo=UTC), "9999-12-31 23:59:59 UTC"),
        (datetime.min.replace(tzinfo=UTC), "07:00:00 WIB"),
    ],
    ids=["the last", "the first"],
)
def test_generations_of_any_day_are_listed_and_backed_up(
    tmp_path: Path, moment: datetime, shown: str
) -> None:
    index = tmp_path / "index"
    name = LocalTarget(index).rebuild(ARCHIVE[:3], BuildOptions()).generation
    manifest = index / "generations" / name / MANIFEST
    manifest.write_bytes(to_bytes(replace(from_bytes(manifest.read_bytes()), published=moment)))
    listed = CliRunner().invoke(main, ["generations", "--index", str(index)])
    assert (listed.exit_code, shown in listed.stdout) == (0, True)
    stream = CliRunner().invoke(main, ["backup", "-", "--index", str(index)])
    assert stream.exit_code == 0
    (tmp_path / "tar").write_bytes(stream.stdout_bytes)
    restored = restore(tmp_path / "tar", tmp_path / "other")
    assert restored.articles == 3


def test_what_a_hostile_index_says_commands_no_terminal(tmp_path: Path) -> None:
    index = tmp_path / "index"
    name = LocalTarget(index).rebuild(ARCHIVE[:3], BuildOptions()).generation
    manifest = index / "generations" / name / MANIFEST
    good = from_bytes(manifest.read_bytes())
    evil = "x\x1b]0;y\x07\n"
    for changed in (
        replace(good, version=f"schema 99{evil}"),
        replace(good, files={**good.files, evil: next(iter(good.files.values()))}),
    ):
        manifest.write_bytes(to_bytes(changed))
        for command in (["verify"], ["generations"], ["rollback"], ["stats"], ["search", "x"]):
            done = CliRunner().invoke(main, [*command, "--index", str(index)])
            assert all(line.isprintable() for line in done.output.split("\n")), command
            assert done.exit_code == (0 if command[0] == "generations" else done.exit_code)
            assert not done.exception or isinstance(done.exception, SystemExit)


def test_damage_is_told_in_both_languages(tmp_path: Path) -> None:
    index = tmp_path / "index"
    name = LocalTarget(index).rebuild(ARCHIVE[:3], BuildOptions()).generation
    next((index / "generations" / name).glob("*.inv")).unlink()
    told = CliRunner().invoke(main, ["verify", "--index", str(index)])
    assert (told.exit_code, "tidak ada / it is missing" in told.stdout) == (1, True)
    facts = CliRunner().invoke(main, ["verify", "--json", "--index", str(index)])
    assert json.loads(facts.stdout)["damaged"][0]["reason"] == "tidak ada / it is missing"
