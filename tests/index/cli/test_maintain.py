"""What the commands that maintain an index say when the system refuses."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.build import LocalTarget
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


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_what_is_in_use_and_not_flushed_is_told_in_json_and_status(
    arguments: tuple[str, ...],
) -> None:
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
    assert "unusable: manifest.json: it cannot be read (it is a pipe" in old
    assert new.startswith(second)
    assert new.endswith("utuh / intact")
    one, other = json.loads(run("generations", "--json").stdout)["generations"]
    assert (one["published"], one["articles"], one["intact"]) == (None, None, False)
    assert (other["articles"], other["intact"], other["reason"]) == (4, True, None)
