"""What killed writers leave is swept away; what was whole once is kept for ``verify``."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import LocalTarget
from index.generation import open_generation
from index.manifest import MANIFEST, is_cut
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.index.store.test_history import other_shape

ONE = BuildOptions()
LEFT = "20990101T000000000000-00000000"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    path = tmp_path / "index"
    LocalTarget(path).rebuild(ARCHIVE[:3], ONE)
    return path


def current(index: Path) -> Path:
    return index / "generations" / (index / "CURRENT").read_text().strip()


@pytest.fixture
def left(index: Path) -> Path:
    """A complete generation that was never in use."""
    path = index / "generations" / LEFT
    shutil.copytree(current(index), path)
    return path


def write(index: Path) -> None:
    LocalTarget(index).update(ARCHIVE[3:4], ONE)


def test_a_manifest_that_was_cut_anywhere_is_swept_away(index: Path, left: Path) -> None:
    whole = (left / MANIFEST).read_bytes()
    for size in (0, 1, 2, len(whole) // 3, whole.rindex(b"}\n  ") + 2, len(whole) - 2):
        shutil.rmtree(left, ignore_errors=True)
        shutil.copytree(current(index), left)
        (left / MANIFEST).write_bytes(whole[:size])
        assert [one.file for one in LocalTarget(index).verify()] == [MANIFEST]
        with Store(index).writing(wait=False):
            assert not left.exists(), size
        assert LocalTarget(index).verify() == []


def test_every_part_of_a_manifest_is_cut_and_the_whole_is_not(left: Path) -> None:
    whole = (left / MANIFEST).read_bytes()
    assert all(is_cut(whole[:size]) for size in range(len(whole) - 1))
    assert is_cut(bytes(len(whole)))
    assert is_cut(whole[:100] + bytes(len(whole) - 100))
    assert not is_cut(whole)
    assert not is_cut(other_shape(whole))


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def newer(file: Path) -> None:
    file.write_bytes(other_shape(file.read_bytes()))


def piped(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def looped(file: Path) -> None:
    file.unlink()
    file.symlink_to(file.name)


@pytest.mark.parametrize("damage", [flipped, newer, piped, looped])
def test_what_was_whole_once_is_kept_for_verify(
    index: Path, left: Path, damage: Callable[[Path], None]
) -> None:
    damage(left / MANIFEST)
    write(index)
    assert left.is_dir()
    assert {one.generation for one in LocalTarget(index).verify()} == {LEFT}


def test_a_generation_that_another_followed_is_kept_though_its_manifest_is_empty(
    index: Path,
) -> None:
    first = current(index)
    write(index)
    (first / MANIFEST).write_bytes(b"")
    write(index)
    assert first.is_dir()
    assert {one.generation for one in LocalTarget(index).verify()} == {first.name}


def test_the_generation_in_use_is_never_swept_away(index: Path) -> None:
    used = current(index)
    for content in (b"", b"{", None):
        if content is None:
            (used / MANIFEST).unlink()
        else:
            (used / MANIFEST).write_bytes(content)
        with Store(index).writing(wait=False):
            assert used.is_dir()


@pytest.mark.parametrize("content", [b"", b"?\n", None])
def test_nothing_that_may_be_the_last_copy_is_swept_away(
    index: Path, left: Path, content: bytes | None
) -> None:
    (left / MANIFEST).write_bytes(b"{")
    (current(index) / MANIFEST).write_bytes(b"{")
    used = current(index)
    if content is None:
        (index / "CURRENT").unlink()
    else:
        (index / "CURRENT").write_bytes(content)
    with Store(index).writing(wait=False):
        assert left.is_dir()
        assert used.is_dir()


def test_a_generation_that_somebody_reads_is_not_swept_away(index: Path, left: Path) -> None:
    with open_generation(index, LEFT):
        (left / MANIFEST).write_bytes(b"")
        write(index)
        assert left.is_dir()
    write(index)
    assert not left.exists()


def test_a_link_to_a_generation_goes_and_what_it_leads_to_stays(
    index: Path, left: Path, tmp_path: Path
) -> None:
    left.rename(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / MANIFEST).unlink()
    left.symlink_to(tmp_path / "elsewhere")
    write(index)
    assert not left.is_symlink()
    assert (tmp_path / "elsewhere").is_dir()


def test_folders_in_folders_do_not_stop_a_writer(index: Path) -> None:
    deep = index / "generations" / LEFT
    deep.mkdir()
    with contextlib.chdir(deep):
        for _ in range(1200):
            Path("d").mkdir()
            os.chdir("d")
    write(index)
    assert LocalTarget(index).verify() == []
    if deep.exists():  # Others clean up as recursively as shutil does: what is left goes by parts.
        middle = deep.joinpath(*["d"] * 600)
        shutil.rmtree(middle.rename(index.parent / "lower"))
        shutil.rmtree(deep)
