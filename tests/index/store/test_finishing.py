"""A first build that is killed after its manifest and before CURRENT: nothing is lost, or stuck."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.backup import back_up, restore
from index.build import LocalTarget
from index.errors import IndexLocked, IndexMissing
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE

ONE = BuildOptions()


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """An index whose first build ended right before CURRENT."""
    index = tmp_path / "index"
    LocalTarget(index).rebuild(ARCHIVE[:3], ONE)
    back_up(index, tmp_path / "copy")
    (index / "CURRENT").unlink()
    return index


def _ids(index: Path) -> set[str]:
    return {one.id for one in LocalTarget(index).stored_articles()}


def _restore(index: Path) -> None:
    restore(index.parent / "copy", index)


IDS = {one.id for one in ARCHIVE[:3]}


@pytest.mark.parametrize(
    ("write", "left"),
    [
        pytest.param(
            lambda index: LocalTarget(index).update(ARCHIVE[3:4], ONE),
            IDS | {ARCHIVE[3].id},
            id="update",
        ),
        pytest.param(
            lambda index: LocalTarget(index).delete([ARCHIVE[0].id], ONE),
            IDS - {ARCHIVE[0].id},
            id="delete",
        ),
        pytest.param(
            lambda index: LocalTarget(index).rebuild(ARCHIVE[:1], ONE),
            {ARCHIVE[0].id},
            id="rebuild",
        ),
        pytest.param(lambda index: LocalTarget(index).prune(1), IDS, id="prune"),
        pytest.param(lambda index: LocalTarget(index).rollback(), IDS, id="rollback"),
        pytest.param(_restore, IDS, id="restore"),
    ],
)
def test_the_next_writer_goes_on_from_it(
    killed: Path, write: Callable[[Path], object], left: set[str]
) -> None:
    (first,) = (killed / "generations").iterdir()
    write(killed)
    assert _ids(killed) == left
    assert Store(killed).verify() == []
    if Store(killed).current_name() != first.name:
        assert LocalTarget(killed).rollback().generation == first.name
        assert _ids(killed) == IDS


def test_an_update_looks_its_articles_up_in_it_and_a_trial_writes_nothing(killed: Path) -> None:
    with LocalTarget(killed).held_articles() as held:
        assert held is not None
        assert held.find(ARCHIVE[0].id) is not None
    assert Store(killed).current_name() is None


@pytest.mark.parametrize("kind", ["damaged", "manifest damaged", "later"])
def test_what_is_not_certain_is_left_to_the_operator(killed: Path, kind: str) -> None:
    (first,) = (killed / "generations").iterdir()
    manifest = first / MANIFEST
    if kind == "damaged":
        file = next(first.glob("*.doc"))
        file.write_bytes(file.read_bytes()[:-1] + b"?")
    elif kind == "manifest damaged":
        manifest.write_bytes(manifest.read_bytes().replace(b'"articles": 3', b'"articles": 4'))
    else:
        facts = from_bytes(manifest.read_bytes())
        manifest.write_bytes(to_bytes(replace(facts, previous=f"{first.name[:-1]}f")))
    before = sorted(file.name for file in first.iterdir())
    with pytest.raises(IndexMissing, match=f"warta rollback {first.name}"):
        LocalTarget(killed).update(ARCHIVE[3:4], ONE)
    assert sorted(file.name for file in first.iterdir()) == before
    assert Store(killed).current_name() is None


def test_a_damaged_current_is_not_taken_for_a_missing_one(killed: Path) -> None:
    (killed / "CURRENT").write_bytes(b"?")
    Store(killed).finish_first()
    assert (killed / "CURRENT").read_bytes() == b"?"
    LocalTarget(killed).rebuild(ARCHIVE[:1], ONE)
    assert _ids(killed) == {ARCHIVE[0].id}


def test_of_several_first_ones_the_newest_is_put_to_use(killed: Path) -> None:
    (first,) = (killed / "generations").iterdir()
    shutil.copytree(first, first.with_name("20990101T000000000000-00000000"))
    Store(killed).finish_first()
    assert Store(killed).current_name() == "20990101T000000000000-00000000"


def test_while_another_writes_it_is_left_to_that_one(killed: Path) -> None:
    with Store(killed).writing(wait=False):
        Store(killed).finish_first()
        assert Store(killed).current_name() is None
        with pytest.raises(IndexLocked):
            LocalTarget(killed).update(ARCHIVE[3:4], ONE)
