"""A backup into a directory: an index of its own, whatever happens to the one it is of."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from index.backup import back_up, restore
from index.build import LocalTarget, stored_articles
from index.errors import BackupError, BackupFailed, BackupRefused, IndexDamaged, IndexLocked
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.store import KEEP, Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE, ROOT

ONE = BuildOptions()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "index"
    LocalTarget(path).rebuild(ARCHIVE[:4], ONE)
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "away" / "backup"


def used(index: Path) -> Path:
    return index / "generations" / (index / "CURRENT").read_text().strip()


def ids(index: Path) -> set[str]:
    return {one.id for one in stored_articles(index)}


def files(index: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(index)): path.read_bytes()
        for path in index.rglob("*")
        if path.is_file()
    }


def no_links(monkeypatch: pytest.MonkeyPatch) -> None:
    """As between two file systems."""

    def link(*_: object, **__: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", link)


@pytest.mark.parametrize("linked", [True, False], ids=["links", "copies"])
def test_a_backup_is_an_index_that_verifies(
    index: Path, place: Path, linked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not linked:
        no_links(monkeypatch)
    made = back_up(index, place)
    count = len(list(used(index).iterdir())) - 1
    assert (made.linked, made.copied) == ((count, 0) if linked else (0, count))
    assert Store(place).verify() == []
    assert ids(place) == ids(index)
    shutil.rmtree(index)
    assert Store(place).verify() == []


def test_the_manifest_is_never_a_link_so_that_readers_of_a_backup_do_not_hold_the_index(
    index: Path, place: Path
) -> None:
    back_up(index, place)
    with Store(place).open_current():
        for number in range(4, 9):
            LocalTarget(index).update(ARCHIVE[number : number + 1], ONE)
        assert len(list((index / "generations").iterdir())) == KEEP


def test_pruning_the_index_and_the_backup_leaves_the_other_whole(index: Path, place: Path) -> None:
    back_up(index, place)
    for number in range(4, 9):
        LocalTarget(index).update(ARCHIVE[number : number + 1], ONE)
    LocalTarget(index).prune(1)
    assert Store(place).verify() == []
    before = ids(index)
    back_up(index, place)
    LocalTarget(place).prune(1)
    assert Store(index).verify() == []
    assert ids(index) == ids(place) == before


def test_the_next_backup_adds_what_is_new_and_keeps_the_last_ones(
    index: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_links(monkeypatch)
    back_up(index, place)
    monkeypatch.undo()
    for number in range(4, 9):
        LocalTarget(index).update(ARCHIVE[number : number + 1], ONE)
        made = back_up(index, place)
        assert made.generation == used(index).name
    assert len(made.removed) == 1
    assert len(list((place / "generations").iterdir())) == KEEP
    assert Store(place).verify() == []
    again = back_up(index, place)
    assert again.kept == made.linked + made.copied
    assert (again.linked, again.copied, again.removed) == (0, 0, ())


def test_across_file_systems_what_the_backup_has_is_linked_from_there(
    index: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.link

    def link(source: Path, target: Path) -> None:
        if not Path(source).is_relative_to(place):
            raise OSError(18, "Invalid cross-device link")
        real(source, target)

    monkeypatch.setattr(os, "link", link)
    back_up(index, place)
    LocalTarget(index).rebuild(ARCHIVE[:4], ONE)
    # The same files in a new generation, as of an update that left segments alone.
    old = from_bytes((used(place) / MANIFEST).read_bytes())
    new = used(index)
    for name in old.files:
        shutil.copy2(used(place) / name, new / name)
    manifest = from_bytes((new / MANIFEST).read_bytes())
    for path in new.iterdir():
        if path.name not in old.files and path.name != MANIFEST:
            path.unlink()
    from dataclasses import replace

    (new / MANIFEST).write_bytes(to_bytes(replace(manifest, files=old.files)))
    made = back_up(index, place)
    assert (made.linked, made.copied) == (len(old.files), 0)
    assert Store(place).verify() == []


def test_a_rotten_file_of_the_backup_is_replaced_and_never_linked(index: Path, place: Path) -> None:
    back_up(index, place)
    file = next(used(place).glob("*.inv"))
    content = file.read_bytes()
    file.unlink()  # It may be the same file as the index's.
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    assert Store(place).verify()
    made = back_up(index, place)
    assert made.kept == 0
    assert Store(place).verify() == []


@pytest.mark.parametrize("harm", ["flipped", "missing", "cut"])
def test_a_damaged_index_is_named_and_no_backup(index: Path, place: Path, harm: str) -> None:
    back_up(index, place)
    before = files(place)
    LocalTarget(index).rebuild(ARCHIVE[:6], ONE)
    file = next(used(index).glob("*.inv"))
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.unlink()
    if harm != "missing":
        file.write_bytes(content if harm == "flipped" else content[:-9])
    with pytest.raises(IndexDamaged, match=r"\.inv"):
        back_up(index, place)
    assert files(place) == before


def _file(place: Path, _: Path) -> None:
    place.write_text("x")


def _full(place: Path, _: Path) -> None:
    place.mkdir()
    (place / "x").touch()


def _other_index(place: Path, _: Path) -> None:
    LocalTarget(place).rebuild(ARCHIVE[:1], ONE)


def _dangling(place: Path, _: Path) -> None:
    place.symlink_to("nowhere")


def _the_index(place: Path, index: Path) -> None:
    place.symlink_to(index)


def _inside(place: Path, index: Path) -> None:
    place.symlink_to(index / "generations")


def _around(place: Path, index: Path) -> None:
    place.symlink_to(index.parent)


def _linked_generations(place: Path, index: Path) -> None:
    place.mkdir()
    (place / "BACKUP").touch()
    (place / "generations").symlink_to(index / "generations")


@pytest.mark.parametrize(
    "there",
    [_file, _full, _other_index, _dangling, _the_index, _inside, _around, _linked_generations],
)
def test_what_is_there_and_no_backup_is_left_alone(
    index: Path, place: Path, there: Callable[[Path, Path], None]
) -> None:
    place.parent.mkdir()
    there(place, index)
    before = files(index), files(place.parent)
    with pytest.raises(BackupRefused, match=str(place)) as refused:
        back_up(index, place)
    assert "nothing was changed" in refused.value.english
    assert refused.value.english != refused.value.indonesian
    assert (files(index), files(place.parent)) == before


@pytest.mark.parametrize("there", ["nothing", "empty", "marked"])
def test_a_new_or_empty_directory_becomes_a_backup(index: Path, place: Path, there: str) -> None:
    if there != "nothing":
        place.mkdir(parents=True)
    if there == "marked":  # A backup was interrupted before anything was in it.
        (place / "BACKUP").touch()
    back_up(index, place)
    assert Store(place).verify() == []


def test_two_backups_at_once_do_not_mix(index: Path, place: Path) -> None:
    back_up(index, place)
    with Store(place).writing(wait=False), pytest.raises(IndexLocked):
        back_up(index, place)


def test_a_full_disk_is_told_and_leaves_the_backup_before(
    index: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_links(monkeypatch)
    back_up(index, place)
    before = files(place)
    LocalTarget(index).rebuild(ARCHIVE[:6], ONE)

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(BackupFailed, match="no space left") as failed:
        back_up(index, place)
    assert str(place) in failed.value.indonesian
    assert "free some space" in failed.value.english
    assert files(place) == before


def test_an_index_of_another_version_is_backed_up_but_not_restored(
    index: Path, place: Path, tmp_path: Path
) -> None:
    from dataclasses import replace

    manifest = from_bytes((used(index) / MANIFEST).read_bytes())
    (used(index) / MANIFEST).write_bytes(to_bytes(replace(manifest, version="schema 3")))
    back_up(index, place)
    assert Store(place).verify() == []
    with pytest.raises(BackupError, match=r"rebuild --from-index") as refused:
        restore(place, tmp_path / "new")
    assert "schema 3" in refused.value.indonesian
    assert not (tmp_path / "new").exists()
    LocalTarget(place).rebuild(LocalTarget(place).stored_articles(), ONE)  # as it says
    assert ids(place) == ids(index)


def test_a_symbolic_link_in_the_index_is_copied(index: Path, place: Path, tmp_path: Path) -> None:
    file = next(used(index).glob("*.doc"))
    shutil.move(file, tmp_path / "elsewhere")
    file.symlink_to(tmp_path / "elsewhere")
    assert back_up(index, place).copied == 1
    assert not any(path.is_symlink() for path in place.rglob("*"))


WRITER = """
import sys
from pathlib import Path
from index.build import LocalTarget
from index.target import BuildOptions
from tests.conftest import ARCHIVE
target = LocalTarget(Path(sys.argv[1]))
print("begun", flush=True)
while True:
    for number in (4, 5, 6):
        target.update(ARCHIVE[number:number + 1], BuildOptions())
        target.prune(1)
"""


def test_backups_are_made_while_a_writer_publishes_and_prunes(index: Path, place: Path) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, index], cwd=ROOT, stdout=subprocess.PIPE
    )
    names = set()
    try:
        assert writer.stdout
        writer.stdout.readline()
        for number in range(40):
            path = place.with_name(f"b{number % 4}")
            names.add(back_up(index, path).generation)
            assert Store(path).verify() == []
            assert ids(path) >= {one.id for one in ARCHIVE[:4]}
            if len(names) > 8:
                break
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()
    assert len(names) > 3, "the writer published too little"
    assert len(list((index / "generations").iterdir())) <= KEEP + 1
