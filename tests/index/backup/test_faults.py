"""A disk that fails while a backup is made or restored: the right side of the two is blamed."""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from index.backup import back_up, restore, write_stream
from index.build import LocalTarget
from index.errors import BackupDamaged, BackupFailed, IndexDamaged
from index.manifest import MANIFEST
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.fuzz.mutating import put
from tests.index.test_hostile import CONTAINERS, rewritten

ONE = BuildOptions()


class Failing(io.RawIOBase):
    """A file that gives so many bytes, and then the disk fails."""

    def __init__(self, content: bytes = b"") -> None:
        super().__init__()
        self._left = io.BytesIO(content)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        block = self._left.read(len(buffer))
        if not block:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        buffer[: len(block)] = block
        return len(block)


def failing_reads(monkeypatch: pytest.MonkeyPatch, fails: Callable[[os.stat_result], bool]) -> None:
    """Files of which ``fails`` can be opened, and not read."""
    real = os.fdopen

    class Wrapped(Failing):
        def __init__(self, descriptor: int) -> None:
            super().__init__()
            self._descriptor = descriptor

        def fileno(self) -> int:
            return self._descriptor

        def close(self) -> None:
            if not self.closed:
                os.close(self._descriptor)
            super().close()

    def opened(descriptor: int, mode: str = "r", *more: Any, **named: Any) -> Any:
        if mode == "rb" and fails(os.fstat(descriptor)):
            return io.BufferedReader(Wrapped(descriptor))
        return real(descriptor, mode, *more, **named)

    monkeypatch.setattr(os, "fdopen", opened)


def is_file(path: Path) -> Callable[[os.stat_result], bool]:
    wanted = path.stat().st_ino
    return lambda status: status.st_ino == wanted


@pytest.fixture
def index(tmp_path: Path) -> Path:
    LocalTarget(tmp_path / "index").rebuild(ARCHIVE[:6], ONE)
    return tmp_path / "index"


def generation(index: Path) -> Path:
    return index / "generations" / (index / "CURRENT").read_text().strip()


def no_links(*_: object) -> None:
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.6, 0.999])
def test_a_stream_that_cannot_be_read_is_blamed_itself(index: Path, share: float) -> None:
    written = io.BytesIO()
    write_stream(index, written)
    content = written.getvalue()[: int(share * len(written.getvalue()))]
    before = Store(index).current_name()
    failing: BinaryIO = io.BufferedReader(Failing(content))
    with pytest.raises(BackupDamaged, match="the disk failed") as caught:
        restore(failing, index)
    assert str(index) not in caught.value.english
    assert "gagal" in caught.value.indonesian
    assert Store(index).current_name() == before


@pytest.mark.parametrize("file", ["CURRENT", MANIFEST, "_MAIN_1.toc"])
def test_a_directory_that_cannot_be_read_is_blamed_itself(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(os, "link", no_links)
        back_up(index, tmp_path / "backup")
    folder = tmp_path / "backup" if file == "CURRENT" else generation(tmp_path / "backup")
    failing_reads(monkeypatch, is_file(folder / file))
    with pytest.raises(BackupDamaged, match=f"{file}: it cannot be read: the disk failed"):
        restore(tmp_path / "backup", tmp_path / "new")


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize("suffix", [".doc", ".inv", ".der"])
@pytest.mark.parametrize("again", [True, False])
def test_a_file_of_the_index_that_cannot_be_read_is_no_fault_of_the_backup(
    index: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
    *,
    linked: bool,
    again: bool,
) -> None:
    monkeypatch.setattr("index.generation._CHECKED_AT_OPEN", 0)  # As files of many articles are.
    if not linked:
        monkeypatch.setattr(os, "link", no_links)
    if again:
        back_up(index, tmp_path / "backup")
    file = next(generation(index).glob(f"*{suffix}"))
    failing_reads(monkeypatch, is_file(file))
    if again and not linked:
        back_up(index, tmp_path / "backup")  # It has it all.
        return
    with pytest.raises(IndexDamaged, match="the disk failed") as caught:
        back_up(index, tmp_path / "backup")
    assert str(index / "generations") in caught.value.english
    assert str(tmp_path / "backup") not in caught.value.english
    if again:
        monkeypatch.undo()
        assert LocalTarget(tmp_path / "backup").verify() == []


def test_the_manifest_of_the_index_is_read_once(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was verified when the index was opened is what is backed up."""
    real = Path.read_bytes

    def fails(path: Path) -> bytes:
        if path == generation(index) / MANIFEST:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return real(path)

    content = (generation(index) / MANIFEST).read_bytes()
    monkeypatch.setattr(Path, "read_bytes", fails)
    for _ in range(2):
        back_up(index, tmp_path / "backup")
    assert (generation(tmp_path / "backup") / MANIFEST).read_bytes() == content
    write_stream(index, io.BytesIO())


def test_a_rotten_disk_of_the_backup_is_named_with_it(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    back_up(index, tmp_path / "backup")
    file = next(generation(tmp_path / "backup").glob("*.doc"))
    failing_reads(monkeypatch, is_file(file))
    with pytest.raises(BackupFailed, match="the disk failed"):
        back_up(index, tmp_path / "backup")


@pytest.mark.parametrize("linked", ["generations", "generation"])
def test_a_linked_folder_of_a_backup_is_refused(index: Path, tmp_path: Path, linked: str) -> None:
    back_up(index, tmp_path / "backup")
    folder = tmp_path / "backup" / "generations"
    if linked == "generation":
        folder = generation(tmp_path / "backup")
    folder.rename(tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BackupDamaged, match="it is a symbolic link") as caught:
        restore(tmp_path / "backup", tmp_path / "new")
    assert "tautan simbolik" in caught.value.indonesian
    assert not (tmp_path / "new").exists()


def test_a_backup_that_is_itself_named_by_a_link_is_restored(index: Path, tmp_path: Path) -> None:
    back_up(index, tmp_path / "backup")
    (tmp_path / "link").symlink_to(tmp_path / "backup")
    assert restore(tmp_path / "link", tmp_path / "new").articles == 6


@pytest.mark.parametrize("linked", [True, False])
def test_progress_ends_at_its_total(
    index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, linked: bool
) -> None:
    long = ARCHIVE[0].__class__(id="panjang", title="panjang", body=os.urandom(1 << 21).hex())
    LocalTarget(index).update([long], ONE)
    if not linked:
        monkeypatch.setattr(os, "link", no_links)
    told: list[tuple[int, int | None]] = []
    for _ in range(2):
        back_up(index, tmp_path / "backup", lambda _, done, total: told.append((done, total)))
        file = max(
            generation(tmp_path / "backup").glob("*.doc"), key=lambda one: one.stat().st_size
        )
        content = bytearray(file.read_bytes())
        content[-1] ^= 1
        file.unlink()
        file.write_bytes(content)  # It is looked at, found to be wrong, and taken again.
    assert told
    assert all(total is not None and done <= total for done, total in told)


@pytest.mark.parametrize("name", [name for name in CONTAINERS if "GiB" not in name])
def test_arrays_that_do_not_fit_are_not_published_whatever_their_checksums(
    index: Path, tmp_path: Path, name: str
) -> None:
    back_up(index, tmp_path / "backup")
    ending, change = CONTAINERS[name]
    folder = generation(tmp_path / "backup")
    file = next(folder.glob(f"*{ending}"))
    put(folder, file.name, rewritten(file.read_bytes(), change))
    (told,) = LocalTarget(tmp_path / "backup").verify()
    before = Store(index).current_name()
    written = io.BytesIO()
    write_stream(tmp_path / "backup", written)
    written.seek(0)
    for source in (tmp_path / "backup", written):
        with pytest.raises(BackupDamaged) as caught:
            restore(source, index)
        assert caught.value.file == told.file
    assert Store(index).current_name() == before
    assert len(list((index / "generations").iterdir())) == 1
