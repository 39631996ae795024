"""What is restored, and the dozens of streams and directories that are not."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.backup import back_up, restore, write_stream
from index.backup.stream import StreamedBackup
from index.build import LocalTarget, stored_articles
from index.errors import (
    BackupDamaged,
    BackupError,
    IndexLocked,
    NothingToIndex,
    RestoreRefused,
    WritingFailed,
)
from index.manifest import MANIFEST, FileEntry, file_checksum, from_bytes, to_bytes
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE, examples
from tests.index.backup.hostile import HOSTILE, members, packed

ONE = BuildOptions()


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of six articles."""
    path = tmp_path_factory.mktemp("source") / "index"
    LocalTarget(path).rebuild(ARCHIVE[:6], BuildOptions(fingerprint="f"))
    return path


@pytest.fixture(scope="module")
def stream(source: Path) -> bytes:
    written = io.BytesIO()
    write_stream(source, written)
    return written.getvalue()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Another index, to restore into."""
    path = tmp_path / "index"
    LocalTarget(path).rebuild(ARCHIVE[6:9], ONE)
    return path


def files(index: Path) -> dict[str, bytes]:
    return {str(p.relative_to(index)): p.read_bytes() for p in index.rglob("*") if p.is_file()}


def ids(index: Path) -> set[str]:
    return {one.id for one in stored_articles(index)}


def test_the_stream_is_the_same_each_time_and_what_tar_reads(
    source: Path, stream: bytes, tmp_path: Path
) -> None:
    again = io.BytesIO()
    write_stream(source, again)
    assert again.getvalue() == stream
    assert len(stream) % tarfile.RECORDSIZE == 0
    with tarfile.open(fileobj=io.BytesIO(stream)) as tar:
        assert all(one.isreg() and one.mode == 0o644 and one.uid == 0 for one in tar)
    subprocess.run(["tar", "-x", "-C", tmp_path], input=stream, check=True)
    assert Store(tmp_path).verify() == []
    assert ids(tmp_path) == ids(source)


@pytest.mark.parametrize("way", ["directory", "file", "stream", "unpacked", "copied index"])
def test_a_backup_is_restored_and_rolled_back(
    way: str, source: Path, stream: bytes, index: Path, tmp_path: Path
) -> None:
    before = ids(index)
    where: Path | io.BytesIO = tmp_path / "backup"
    assert isinstance(where, Path)
    match way:
        case "directory":
            back_up(source, where)
        case "file":
            where.write_bytes(stream)
        case "unpacked":
            where.mkdir()
            subprocess.run(["tar", "-x", "-C", where], input=stream, check=True)
        case "copied index":
            shutil.copytree(source, where)
        case "stream":
            where = io.BytesIO(stream)
    restored = restore(where, index)
    assert restored.generation == Store(index).current_name()
    assert restored.source == Store(source).current_name()
    assert restored.articles == 6
    assert ids(index) == ids(source)
    assert Store(index).verify() == []
    made = LocalTarget(index).made_from()
    assert made is not None
    assert made.fingerprint == "f"
    LocalTarget(index).rollback()
    assert ids(index) == before


def test_what_is_restored_shares_no_file_with_the_backup(
    source: Path, index: Path, tmp_path: Path
) -> None:
    back_up(source, tmp_path / "backup")
    name = restore(tmp_path / "backup", index).generation
    assert all(one.stat().st_nlink == 1 for one in (index / "generations" / name).iterdir())


def test_a_backup_is_restored_where_there_is_no_index(stream: bytes, tmp_path: Path) -> None:
    restore(io.BytesIO(stream), tmp_path / "new" / "index")
    assert Store(tmp_path / "new" / "index").verify() == []


def test_a_damaged_index_is_restored_into(stream: bytes, index: Path) -> None:
    (index / "CURRENT").write_bytes(b"garbage")
    restore(io.BytesIO(stream), index)
    assert Store(index).verify() == []


def test_restoring_waits_for_no_other_writer_unless_told(stream: bytes, index: Path) -> None:
    with Store(index).writing(wait=False), pytest.raises(IndexLocked):
        restore(io.BytesIO(stream), index)


def test_an_index_is_not_restored_into_itself(index: Path) -> None:
    with pytest.raises(RestoreRefused, match=f"{index} is the index itself; nothing was restored"):
        restore(index, index)
    assert RestoreRefused("my index").english.endswith("--index 'my index'")


def test_what_cannot_fit_is_refused_before_it_fills_the_disk(
    stream: bytes, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(index)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    with pytest.raises(WritingFailed, match="no space left"):
        restore(io.BytesIO(stream), index)
    assert files(index) == before


# What is refused: each leaves the index as it was, byte for byte.


@pytest.mark.parametrize("name", list(HOSTILE))
def test_a_hostile_stream_is_refused(name: str, stream: bytes, index: Path) -> None:
    before, around = files(index), sorted(index.parent.iterdir())
    with pytest.raises((BackupError, WritingFailed)) as refused:
        restore(io.BytesIO(packed(HOSTILE[name](members(stream)))), index)
    assert refused.value.english != refused.value.indonesian
    assert "\x1b" not in str(refused.value)
    assert files(index) == before
    assert sorted(index.parent.iterdir()) == around
    assert Store(index).verify() == []


@pytest.mark.parametrize(
    "kind",
    [
        tarfile.SYMTYPE,
        tarfile.LNKTYPE,
        tarfile.CHRTYPE,
        tarfile.BLKTYPE,
        tarfile.FIFOTYPE,
        tarfile.DIRTYPE,
        tarfile.CONTTYPE,
        tarfile.GNUTYPE_SPARSE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.XGLTYPE,
        b"Z",
    ],
)
@pytest.mark.parametrize("at", [0, 1, 2, -1])
def test_nothing_but_regular_files_is_read(
    kind: bytes, at: int, stream: bytes, index: Path
) -> None:
    before = files(index)
    content = members(stream)
    head = content[: at % len(content)]
    hostile = packed([*head, content[at]], kind)
    with pytest.raises(BackupDamaged):
        restore(io.BytesIO(hostile), index)
    assert files(index) == before


def test_a_header_of_another_size_than_what_follows(stream: bytes, index: Path) -> None:
    """A pax header that says 2**60 bytes, and one with a name that leads elsewhere."""
    before = files(index)
    for keys in ({"size": str(1 << 60)}, {"path": "../../x"}, {"comment": "x" * 5000}):
        written = io.BytesIO()
        with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as tar:
            info = tarfile.TarInfo("BACKUP")
            info.pax_headers = keys
            tar.addfile(info)
        with pytest.raises(BackupDamaged):
            restore(io.BytesIO(written.getvalue() + stream), index)
    assert files(index) == before


def test_a_size_beyond_what_a_header_holds_is_written_and_read() -> None:
    """Of 9 GiB; the file itself is not made."""
    info = tarfile.TarInfo("x")
    info.size = 9 << 30
    header = info.tobuf(tarfile.PAX_FORMAT)
    reader = StreamedBackup.__new__(StreamedBackup)
    reader._stream, reader.place = io.BytesIO(header), "-"
    assert reader._head() == ("x", 9 << 30)


@pytest.mark.parametrize(
    "magic", [b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\xfd7zXZ", b"BZh9"], ids=repr
)
def test_a_packed_stream_is_told_how_to_unpack(magic: bytes, index: Path) -> None:
    with pytest.raises(BackupDamaged, match=r"-dc - \| warta restore -"):
        restore(io.BytesIO(magic + bytes(1000)), index)


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 5000, bytes(512), bytes(10_240)])
def test_what_is_no_stream_is_refused(content: bytes, index: Path) -> None:
    with pytest.raises(BackupDamaged):
        restore(io.BytesIO(content), index)


def test_zeros_behind_the_end_are_read_and_anything_else_is_refused(
    stream: bytes, index: Path
) -> None:
    restore(io.BytesIO(stream + bytes(100_000)), index)
    before = files(index)
    for more in (b"x", stream, bytes(3 << 20)):
        with pytest.raises(BackupDamaged, match="behind its end"):
            restore(io.BytesIO(stream + more), index)
    assert files(index) == before


def test_every_cut_of_a_stream_is_refused(stream: bytes, index: Path) -> None:
    before = files(index)
    end = len(stream.rstrip(b"\0")) + 1024
    cuts = [*range(0, end - 512, 512), *random.Random(1).sample(range(end - 512), 40)]
    for cut in cuts:
        with pytest.raises(BackupDamaged):
            restore(io.BytesIO(stream[:cut]), index)
    assert files(index) == before


@settings(max_examples=examples(40))
@given(data=st.data())
def test_a_flipped_byte_is_refused_or_changes_nothing(
    data: st.DataObject, stream: bytes, source: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    at = data.draw(st.integers(0, len(stream) - 1))
    altered = bytearray(stream)
    altered[at] ^= data.draw(st.integers(1, 255))
    index = tmp_path_factory.mktemp("flipped") / "index"
    try:
        restore(io.BytesIO(bytes(altered)), index)
    except BackupDamaged:
        assert not (index / "CURRENT").exists()
    else:
        assert ids(index) == ids(source)
        assert Store(index).verify() == []


def _fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.with_name("elsewhere").write_bytes(content)
    path.symlink_to("elsewhere")


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _gone(path: Path) -> None:
    path.unlink()


def _altered(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-2] + bytes([content[-2] ^ 1]) + content[-1:])


@pytest.mark.parametrize("harm", [_fifo, _link, _folder, _gone, _altered])
@pytest.mark.parametrize("what", ["CURRENT", MANIFEST, "*.inv", "*.toc"])
def test_a_damaged_or_hostile_directory_is_refused(
    harm: Callable[[Path], None], what: str, source: Path, index: Path, tmp_path: Path
) -> None:
    before = files(index)
    back_up(source, tmp_path / "backup")
    harm(next((tmp_path / "backup").rglob(what)))
    with pytest.raises(BackupDamaged):
        restore(tmp_path / "backup", index)
    assert files(index) == before


def test_an_empty_folder_is_no_backup(index: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(BackupDamaged, match="CURRENT"):
        restore(tmp_path / "empty", index)


def test_a_crafted_table_of_contents_runs_nothing(stream: bytes, index: Path) -> None:
    """Its checksum fits: who made the stream made the manifest, too."""
    content = members(stream)
    at = next(n for n, (name, _) in enumerate(content) if name.endswith(".toc"))
    folder = content[1][0].removesuffix(MANIFEST)
    toc = content[at][1].replace(b"whoosh.fields", b"subprocess\n.x", 1)
    place = index.parent / "toc"
    place.write_bytes(toc)
    entry = FileEntry(len(toc), file_checksum(place))
    manifest = from_bytes(content[1][1])
    file = content[at][0].removeprefix(folder)
    content[1] = (content[1][0], to_bytes(replace(manifest, files={**manifest.files, file: entry})))
    content[at] = (content[at][0], toc)
    before = files(index)
    with pytest.raises(BackupDamaged, match=file):
        restore(io.BytesIO(packed(content)), index)
    assert files(index) == before


def test_a_damaged_index_gives_a_stream_that_nothing_restores(
    source: Path, index: Path, tmp_path: Path
) -> None:
    shutil.copytree(source, tmp_path / "bad")
    _altered(next((tmp_path / "bad").rglob("*.inv")))
    written = io.BytesIO()
    with pytest.raises(Exception, match=r"\.inv"):
        write_stream(tmp_path / "bad", written)
    with pytest.raises(BackupDamaged):
        restore(io.BytesIO(written.getvalue()), index)
    with pytest.raises(NothingToIndex):
        LocalTarget(index).rebuild([], ONE)  # The writer's lock is free.
