"""Changes that survive a power failure: what is flushed, and in which order."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.build import LocalTarget
from index.errors import FlushFailed
from index.manifest import MANIFEST
from index.store import Store, durable
from index.store.durable import NotFlushed, make_directories, remove_directory, write_durably
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.faults import faults

ONE = BuildOptions()


@contextmanager
def recorded() -> Iterator[list[tuple[str, str]]]:
    """The calls that change names, and the flushes, with the last part of each path."""
    found: list[tuple[str, str]] = []
    with pytest.MonkeyPatch.context() as patch:

        def note(name: str, of: Callable[..., str]) -> None:
            real = getattr(os, name)

            def call(*args: object, **named: object) -> object:
                found.append((name, of(*args)))
                return real(*args, **named)

            patch.setattr(os, name, call)

        note("fsync", lambda one: str(Path(f"/proc/self/fd/{one}").readlink()))
        note("replace", lambda _, to: str(to))
        note("mkdir", lambda one, *_: str(one))
        note("unlink", str)
        yield found


def test_a_new_index_is_flushed_into_its_parents(tmp_path: Path) -> None:
    index = tmp_path / "a" / "b" / "index"
    with recorded() as calls:
        LocalTarget(index).rebuild(ARCHIVE[:3], ONE)
    for made in (tmp_path / "a", tmp_path / "a" / "b", index, index / "generations"):
        assert calls.index(("mkdir", str(made))) < calls.index(("fsync", str(made.parent)))
    put = calls.index(("replace", str(index / "CURRENT")))
    assert calls[put + 1] == ("fsync", str(index))
    # A writer that was killed between making and flushing leaves both to the next.
    LocalTarget(tmp_path / "a" / "c").path.mkdir()
    with recorded() as calls:
        LocalTarget(tmp_path / "a" / "c").rebuild(ARCHIVE[:3], ONE)
    assert ("fsync", str(tmp_path / "a")) in calls


def test_files_are_flushed_before_the_manifest_and_that_before_current(tmp_path: Path) -> None:
    index = tmp_path / "index"
    with recorded() as calls:
        name = LocalTarget(index).rebuild(ARCHIVE[:3], ONE).generation
    generation = index / "generations" / name
    manifest = calls.index(("replace", str(generation / MANIFEST)))
    current = calls.index(("replace", str(index / "CURRENT")))
    for file in generation.iterdir():
        flushed = f"{file}.new" if file.name == MANIFEST else str(file)
        assert ("fsync", flushed) in calls[:manifest], file.name
    between = [one for what, one in calls[manifest + 1 : current] if what == "fsync"]
    assert {str(generation), str(generation.parent), f"{index}/CURRENT.new"} <= set(between)
    assert not list(index.rglob("*.new"))


def test_pruning_flushes_the_loss_of_the_manifest_before_the_rest_goes(tmp_path: Path) -> None:
    (tmp_path / "g").mkdir()
    for file in (MANIFEST, "other"):
        (tmp_path / "g" / file).touch()
    with recorded() as calls:
        remove_directory(tmp_path / "g", MANIFEST)
    assert calls[:2] == [("unlink", f"{tmp_path}/g/{MANIFEST}"), ("fsync", f"{tmp_path}/g")]
    assert not (tmp_path / "g").exists()


def test_what_waits_from_before_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text("theirs")
    (tmp_path / "file.new").symlink_to(tmp_path / "elsewhere")
    write_durably(tmp_path / "file", b"ours")
    assert (tmp_path / "file").read_bytes() == b"ours"
    assert (tmp_path / "elsewhere").read_text() == "theirs"


def test_a_file_that_is_in_place_and_not_flushed_is_told_apart(tmp_path: Path) -> None:
    with faults(tmp_path) as met:
        write_durably(tmp_path / "file", b"old")
    first, last = [at for at, name in enumerate(met.calls) if name == "fsync"]
    for at, raised, content in ((first, OSError, b"old"), (last, NotFlushed, b"new")):
        with faults(tmp_path, at), pytest.raises(raised):
            write_durably(tmp_path / "file", b"new")
        assert (tmp_path / "file").read_bytes() == content


@pytest.mark.parametrize("number", [errno.EACCES, errno.EINVAL, errno.EIO])
def test_a_parent_that_this_user_cannot_flush_is_left_so(tmp_path: Path, number: int) -> None:
    def failing(_: Path) -> None:
        raise OSError(number, os.strerror(number))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(durable, "flush", failing)
        if number == errno.EIO:
            with pytest.raises(OSError, match=os.strerror(number)):
                make_directories(tmp_path / "a")
        else:
            make_directories(tmp_path / "a" / "b")
            assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize("command", ["rebuild", "update", "delete", "rollback"])
def test_a_generation_in_use_that_could_not_be_flushed_is_told_with_its_name(
    tmp_path: Path, command: str
) -> None:
    index = tmp_path / "index"
    target = LocalTarget(index)
    target.rebuild(ARCHIVE[:3], ONE)
    target.update(ARCHIVE[3:4], ONE)
    commands: dict[str, Callable[[], object]] = {
        "rebuild": lambda: target.rebuild(ARCHIVE[:3], ONE),
        "update": lambda: target.update(ARCHIVE[4:5], ONE),
        "delete": lambda: target.delete(["a1", "no"], ONE),
        "rollback": target.rollback,
    }
    before = Store(index).current_name()
    real, replaced = os.fsync, os.replace
    state = {"in use": False}

    def replace_(source: Path, to: Path) -> None:
        replaced(source, to)
        state["in use"] |= to.name == "CURRENT"

    def fsync(descriptor: int) -> None:
        if state["in use"]:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(descriptor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        patch.setattr(os, "replace", replace_)
        with pytest.raises(FlushFailed) as caught:
            commands[command]()
    error = caught.value
    assert error.generation == Store(index).current_name() != before
    for sentence in (error.english, error.indonesian):
        assert error.generation in sentence
        assert f"warta verify --index {index}" in sentence
    assert "is in use now" in error.english
    if command != "rollback":
        assert error.published is not None
        assert error.published.generation == error.generation
        assert error.published.unknown == (("no",) if command == "delete" else ())
    assert target.verify() == []
