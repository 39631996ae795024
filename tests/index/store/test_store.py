"""The index directory under faults."""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.article import Article
from index.build import LocalTarget
from index.errors import (
    FlushFailed,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    IndexUnreadable,
    Interrupted,
    NoEarlierGeneration,
    WritingFailed,
)
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.schema import SCHEMA_VERSION, schema
from index.store import KEEP, Store, publishing
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.index.conftest import current

ONE_BY_ONE = BuildOptions()


def test_a_directory_without_an_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="warta rebuild"):
        Store(tmp_path / "nothing").open_current()


def test_a_manifest_survives_a_round_trip(index: Path) -> None:
    content = (current(index) / MANIFEST).read_bytes()
    assert to_bytes(from_bytes(content)) == content


def test_every_flipped_byte_of_a_manifest_is_noticed(index: Path) -> None:
    path = current(index) / MANIFEST
    content = path.read_bytes()
    for position in range(0, len(content), 7):
        altered = bytearray(content)
        altered[position] ^= 0x15
        try:
            found = from_bytes(bytes(altered))
        except ValueError:
            continue
        # White space between members carries nothing.
        assert found == from_bytes(content)


@pytest.mark.parametrize("content", [b"", b"../../etc\n", b"\xff\xfe", b"20200101"])
def test_a_current_that_names_no_generation_is_refused(index: Path, content: bytes) -> None:
    (index / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamaged, match="CURRENT"):
        Store(index).open_current()


def _as_directory(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


def _as_loop(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to(path.name)


@pytest.mark.parametrize("put", [_as_directory, _as_loop])
def test_a_current_that_cannot_be_read_is_named(index: Path, put: Callable[[Path], None]) -> None:
    put(index / "CURRENT")
    store = Store(index)
    for read in (store.open_current, store.require, store.verify, store.generations):
        with pytest.raises(IndexUnreadable, match=f"{index}/CURRENT cannot be read: ") as caught:
            read()
        assert caught.value.file == "CURRENT"


@pytest.mark.parametrize(("name", "why"), [("a" * 5000, "too long"), ("a\0b", "null")])
def test_a_path_that_no_system_takes_is_named(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(IndexUnreadable, match=f"CURRENT cannot be read: .*{why}"):
        Store(tmp_path / name).current_name()


@pytest.mark.parametrize("put", [_as_directory, _as_loop])
def test_a_manifest_that_cannot_be_read_is_named(index: Path, put: Callable[[Path], None]) -> None:
    file = current(index) / MANIFEST
    put(file)
    with pytest.raises(IndexUnreadable, match=f"{file} cannot be read: "):
        Store(index).open_current()
    assert [one.file for one in Store(index).verify()] == [MANIFEST]
    assert LocalTarget(index).made_from() is None


def test_generations_that_cannot_be_listed_are_named(index: Path) -> None:
    shutil.rmtree(index / "generations")
    _as_loop(index / "generations")
    with pytest.raises(IndexUnreadable, match="/generations cannot be read: a symbolic link"):
        Store(index).verify()


def test_a_missing_generation_is_named(index: Path) -> None:
    shutil.rmtree(current(index))
    with pytest.raises(IndexDamaged, match="missing"):
        Store(index).open_current()
    assert [one.reason for one in Store(index).verify()] == [
        "it names a generation that is not there"
    ]


def test_only_one_writer_at_a_time(index: Path) -> None:
    with (
        Store(index).writing(wait=False),
        pytest.raises(IndexLocked),
        Store(index).writing(wait=False),
    ):
        pass


def test_publishing_keeps_the_last_few_generations(index: Path) -> None:
    for _ in range(KEEP + 2):
        LocalTarget(index).rebuild(ARCHIVE[:2], ONE_BY_ONE)
    assert len(list((index / "generations").iterdir())) == KEEP


def test_rollback_goes_back_and_then_no_further(index: Path) -> None:
    first = current(index)
    LocalTarget(index).rebuild(ARCHIVE[:2], ONE_BY_ONE)
    assert LocalTarget(index).rollback().generation == first.name
    assert current(index) == first
    with pytest.raises(NoEarlierGeneration):
        LocalTarget(index).rollback()


def test_rollback_never_goes_to_a_generation_that_was_rolled_back(index: Path) -> None:
    first = current(index)
    LocalTarget(index).rebuild(ARCHIVE[:2], ONE_BY_ONE)
    LocalTarget(index).rollback()
    LocalTarget(index).update(ARCHIVE[5:6], ONE_BY_ONE)
    assert LocalTarget(index).rollback().generation == first.name


def test_pruning_leaves_the_generation_to_roll_back_to(index: Path) -> None:
    target = LocalTarget(index)
    first = current(index)
    for number in (3, 4):
        target.update(ARCHIVE[number : number + 1], ONE_BY_ONE)
    assert target.rollback().generation != first.name
    assert target.rollback().generation == first.name
    target.update(ARCHIVE[5:6], ONE_BY_ONE)
    assert target.rollback().generation == first.name
    target.update(ARCHIVE[5:6], ONE_BY_ONE)
    target.prune(1)
    assert list((index / "generations").iterdir()) == [current(index)]


def test_rollback_works_where_the_current_generation_is_damaged(index: Path) -> None:
    first = current(index)
    LocalTarget(index).rebuild(ARCHIVE[:2], ONE_BY_ONE)
    (current(index) / MANIFEST).unlink()
    assert LocalTarget(index).rollback().generation == first.name


@pytest.mark.parametrize("step", ["fsync", "replace", "open"])
def test_a_fault_at_any_step_of_publishing_leaves_the_old_index(
    index: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The n-th call of a system function fails, for every n until publishing succeeds."""
    before = current(index)
    for fail_at in range(1, 200):
        with monkeypatch.context() as patch:
            _fail(patch, step, fail_at)
            try:
                LocalTarget(index).update(ARCHIVE[4:6], ONE_BY_ONE)
            except (IndexDamaged, IndexUnreadable, WritingFailed, FlushFailed):
                pass
            else:
                break
        assert Store(index).verify() == []
        generation = Store(index).open_current()
        generation.hold.close()
        assert generation.path == before or generation.manifest.articles == 5
        if generation.path != before:
            LocalTarget(index).rollback()
    else:
        pytest.fail("publishing never succeeded")
    assert fail_at > 1
    assert from_bytes((current(index) / MANIFEST).read_bytes()).articles == 5


def test_what_a_killed_writer_left_is_swept_away(index: Path) -> None:
    left = index / "generations" / "20990101T000000000000-00000000"
    left.mkdir()
    (left / "MAIN_half.seg").write_bytes(b"half")
    LocalTarget(index).update(ARCHIVE[4:5], ONE_BY_ONE)
    assert not left.exists()
    assert Store(index).verify() == []


def test_a_killed_rebuild_leaves_the_old_index_in_use(index: Path) -> None:
    """Killed at different moments, in a process of its own."""
    context = multiprocessing.get_context("fork")
    for step in range(9):
        before = current(index)
        process = context.Process(target=_die_while_building, args=(index, step))
        process.start()
        process.join(300)
        assert process.exitcode == (-9 if step < 8 else 0)
        if step < 8:
            assert current(index) == before
        assert Store(index).verify() == []
    assert from_bytes((current(index) / MANIFEST).read_bytes()).articles == len(ARCHIVE)


def _die_while_building(index: Path, step: int) -> None:
    """Rebuild, and be killed by the kernel at one of the steps of the road."""
    from index.build import local
    from index.build import segment_builder as segment
    from index.derived import Deriving

    def die(*_: object, **__: object) -> None:
        os.kill(os.getpid(), 9)

    steps: list[tuple[object, str]] = [
        (segment.SegmentBuilder, "add"),
        (segment.SegmentBuilder, "write"),
        (Deriving, "finish"),
        (local, "write_toc"),
        (publishing, "file_checksum"),
        (publishing, "to_bytes"),
        (publishing, "flush"),
        (publishing, "point_to"),
    ]
    if step < len(steps):
        setattr(*steps[step], die)
    LocalTarget(index).rebuild(ARCHIVE, ONE_BY_ONE)


def _fail(patch: pytest.MonkeyPatch, step: str, fail_at: int) -> None:
    """Make the ``fail_at``-th call of a function that touches the disk fail."""
    calls = 0

    def failing(real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **kwargs: object) -> object:
            nonlocal calls
            calls += 1
            if calls == fail_at:
                raise OSError(28, "no space left")
            return real(*args, **kwargs)

        return call

    if step == "fsync":
        patch.setattr(os, "fsync", failing(os.fsync))
    elif step == "replace":
        patch.setattr(os, "replace", failing(os.replace))
    else:
        patch.setattr(os, "open", failing(os.open))


def test_what_a_killed_update_left_is_swept_away_too(index: Path) -> None:
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_die_while_updating, args=(index,))
    process.start()
    process.join(300)
    assert process.exitcode == -9
    assert len(list((index / "generations").iterdir())) == 2
    LocalTarget(index).update(ARCHIVE[4:5], ONE_BY_ONE)
    names = {entry.name for entry in (index / "generations").iterdir()}
    assert len(names) == 2
    assert all((index / "generations" / name / MANIFEST).exists() for name in names)


def _die_while_updating(index: Path) -> None:
    def articles() -> Iterator[Article]:
        yield ARCHIVE[4]
        os.kill(os.getpid(), 9)

    LocalTarget(index).update(articles(), ONE_BY_ONE)


@pytest.mark.parametrize("content", [b"", b"garbage\n", b"20990101T000000000000-00000000\n"])
def test_a_damaged_current_is_named_and_repaired(index: Path, content: bytes) -> None:
    first = current(index)
    (index / "CURRENT").write_bytes(content)
    assert Store(index).verify()
    assert LocalTarget(index).rollback().generation == first.name
    assert Store(index).verify() == []
    (index / "CURRENT").write_bytes(content)
    LocalTarget(index).rebuild(ARCHIVE[:2], ONE_BY_ONE)
    assert Store(index).verify() == []
    assert first.is_dir()


def test_a_changed_schema_has_a_changed_version() -> None:
    """Whoever changes a field changes SCHEMA_VERSION, and then this line."""
    described = [
        (
            name,
            type(field).__name__,
            str(field.stored),
            type(field.column_type).__name__,
            type(field.analyzer).__name__ if field.indexed else "",
        )
        for name, field in sorted(schema().items())
    ]
    digest = hashlib.blake2b(repr(described).encode(), digest_size=6).hexdigest()
    assert {SCHEMA_VERSION: digest} == {"7": "7d40b17644ef"}


def test_an_interrupted_command_says_what_is_in_use(tmp_path: Path) -> None:
    first = LocalTarget(tmp_path).rebuild(ARCHIVE[:2], BuildOptions()).generation

    def interrupted() -> Iterator[Article]:
        yield ARCHIVE[0]
        raise KeyboardInterrupt

    for write in (LocalTarget(tmp_path).rebuild, LocalTarget(tmp_path).update):
        with pytest.raises(Interrupted) as caught:
            write(interrupted(), BuildOptions())
        assert f"nothing was published; {first} stays in use" in caught.value.english
        assert f"tidak ada yang diterbitkan; {first} tetap dipakai" in caught.value.indonesian
    assert [one.name for one in Store(tmp_path).generations()] == [first]


def test_an_interruption_after_publishing_says_that_it_was_published(tmp_path: Path) -> None:
    store = Store(tmp_path)
    LocalTarget(tmp_path).rebuild(ARCHIVE[:2], BuildOptions())
    LocalTarget(tmp_path).rebuild(ARCHIVE[:3], BuildOptions())

    def interrupted() -> None:
        with store.writing(wait=False):
            store.rollback()
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        interrupted()
    assert f"{store.current_name()} was put to use" in caught.value.english
