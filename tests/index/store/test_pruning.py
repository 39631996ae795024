"""What pruning leaves, and why."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from index.build import LocalTarget
from index.errors import PruneFailed
from index.generation import open_generation
from index.manifest import MANIFEST, from_bytes
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.faults import faults
from tests.index.store.test_history import alter
from web.cli import main

ONE = BuildOptions()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Five generations, the last in use."""
    path = tmp_path / "index"
    target = LocalTarget(path)
    target.rebuild(ARCHIVE[:3], ONE)
    held = []
    for at in range(3, 7):
        held.append(Store(path).open_current())
        target.update(ARCHIVE[at : at + 1], ONE)
    for one in held:
        one.close()
    assert len(names(path)) == 5
    return path


def names(index: Path) -> list[str]:
    return sorted(path.name for path in (index / "generations").iterdir())


def why(index: Path, keep: int) -> dict[str, tuple[str, ...]]:
    return {one.generation: one.why for one in LocalTarget(index).prune(keep).kept}


@pytest.mark.parametrize("keep", [1, 2, 3, 4, 5, 6])
def test_the_last_ones_stay(index: Path, keep: int) -> None:
    last = names(index)[-keep:]
    assert list(why(index, keep)) == last == names(index)


def test_what_is_kept_is_told_with_the_reason(index: Path) -> None:
    _, second, third, fourth, fifth = names(index)
    with open_generation(index, third):
        LocalTarget(index).rollback(second)
        assert why(index, 1) == {second: ("in_use",), third: ("held",), fifth: ("newest",)}
    assert fourth not in names(index)


@pytest.mark.parametrize("kind", ["flipped", "missing", "newer", "altered manifest"])
def test_where_rolling_back_would_go_stays_however_far_it_is(index: Path, kind: str) -> None:
    _, second, third, fourth, fifth = names(index)
    for name in (third, fourth):
        alter(index, name, kind)
    assert why(index, 2) == {
        second: ("rollback",),
        fourth: ("newest",),
        fifth: ("in_use", "newest"),
    }
    assert LocalTarget(index).rollback().generation == second


def test_one_that_cannot_be_opened_is_left_and_does_not_keep_others(index: Path) -> None:
    first, second, _, _, fifth = names(index)
    (index / "generations" / first / MANIFEST).unlink()
    os.mkfifo(index / "generations" / first / MANIFEST)
    assert why(index, 1) == {first: ("unreadable",), fifth: ("in_use", "newest")}
    assert second not in names(index)


@contextmanager
def not_removable(name: str) -> Iterator[None]:
    """While the system does not let the generation's manifest be removed."""
    real = os.unlink

    def unlink(path: Path, **named: int | None) -> None:
        if f"{name}/{MANIFEST}" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        real(path, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "unlink", unlink)
        yield


def test_one_that_cannot_be_removed_is_told_and_does_not_keep_others(index: Path) -> None:
    first, second, *_ = names(index)
    with not_removable(first), pytest.raises(PruneFailed, match="permissions") as caught:
        LocalTarget(index).prune(1)
    error = caught.value
    assert first in names(index)
    assert second not in names(index)
    assert error.left == (first,)
    assert second in error.removed
    for sentence in (error.english, error.indonesian):
        assert all(name in sentence for name in (first, *error.removed))
        assert "publish" not in sentence
        assert "terbit" not in sentence


@pytest.mark.parametrize("what", ["folder", "file"])
def test_one_of_which_something_stays_is_not_told_as_removed(index: Path, what: str) -> None:
    first, second, *_ = names(index)
    folder = index / "generations" / first
    kept = next(folder.glob("*.doc")) if what == "file" else folder
    real = {name: getattr(os, name) for name in ("unlink", "rmdir")}

    def refusing(name: str) -> Any:
        def call(path: Any, **named: Any) -> None:
            if Path(os.fsdecode(path)).name == kept.name:
                raise PermissionError(13, "Permission denied", str(path))
            real[name](path, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in real:
            patch.setattr(os, name, refusing(name))
        with pytest.raises(PruneFailed) as caught:
            LocalTarget(index).prune(1)
    assert first in caught.value.left  # And those that have a link to the same file.
    assert first not in caught.value.removed
    assert (what == "file") != (second in caught.value.removed)
    assert folder.is_dir()
    LocalTarget(index).update(ARCHIVE[:1], ONE)
    assert not folder.exists()  # The next writer sweeps it away.


def test_the_command_says_what_it_removed_also_where_something_stays(index: Path) -> None:
    first, second, *_ = names(index)
    with not_removable(first):
        result = CliRunner().invoke(main, ["prune", "--json", "--index", str(index)])
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["left"] == [first]
    assert second in told["removed"]


def test_a_pruning_that_was_interrupted_is_finished_by_the_next_writer(index: Path) -> None:
    first, *_ = names(index)
    (index / "generations" / first / MANIFEST).unlink()
    assert LocalTarget(index).verify() == []
    LocalTarget(index).update(ARCHIVE[7:8], ONE)
    assert first not in names(index)


def test_pruning_works_on_a_full_disk(index: Path) -> None:
    with faults(index) as met:
        LocalTarget(index).prune(4)
    assert "write" not in met.calls


def test_the_account_of_a_build_is_in_its_manifest(tmp_path: Path) -> None:
    index = tmp_path / "index"
    target = LocalTarget(index)

    def parameters() -> dict[str, object]:
        name = Store(index).current_name() or ""
        content = (index / "generations" / name / MANIFEST).read_bytes()
        return dict(from_bytes(content).parameters)

    target.update(ARCHIVE[:2], ONE)
    assert parameters()["command"] == "update"
    assert "rebuilt" not in parameters()
    target.rebuild(ARCHIVE[:3], ONE)
    rebuilt = parameters()["rebuilt"]
    assert parameters()["command"] == "rebuild"
    target.update(ARCHIVE[3:4], ONE)
    assert (parameters()["command"], parameters()["rebuilt"]) == ("update", rebuilt)
    target.delete(["a1"], ONE)
    assert (parameters()["command"], parameters()["rebuilt"]) == ("delete", rebuilt)
    target.rollback()
    assert (parameters()["command"], parameters()["rebuilt"]) == ("update", rebuilt)
    shutil.rmtree(index)
