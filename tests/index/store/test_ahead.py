"""Checksums of large files are worked out ahead, and never those of what was altered since."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from index.manifest import file_checksum
from index.store.ahead import ChecksumsAhead, FlushedAhead, key_of, sums_of

_LARGE = b"x" * (1 << 20)


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "large"
    path.write_bytes(_LARGE)
    return path


def test_large_files_have_the_checksums_of_their_bytes(large: Path) -> None:
    ahead = ChecksumsAhead(large.parent, ())
    assert ahead.of(large, large.stat()) == file_checksum(large)


def test_small_files_and_those_whose_sums_are_known_have_none(large: Path) -> None:
    small = large.with_name("small")
    small.write_bytes(b"y")
    ahead = ChecksumsAhead(large.parent, [key_of(large, large.stat())])
    assert ahead.of(large, large.stat()) is None
    assert ChecksumsAhead(large.parent, ()).of(small, small.stat()) is None


def test_small_ones_are_added_when_there_is_time(large: Path) -> None:
    small, others = large.with_name("small"), large.with_name("others")
    ahead = ChecksumsAhead(large.parent, ())
    for one in (small, others):
        one.write_bytes(b"y")
    ahead.add_small([others.name])
    assert ahead.of(small, small.stat()) == file_checksum(small)
    assert ahead.of(others, others.stat()) is None


def test_files_of_others_are_left_until_their_sums_are_added(large: Path) -> None:
    ahead = ChecksumsAhead(large.parent, (), [large.name])
    assert ahead.of(large, large.stat()) is None
    ahead.add(sums_of([large]))
    assert ahead.of(large, large.stat()) == file_checksum(large)


def test_a_file_that_cannot_be_flushed_is_told_by_who_waits(tmp_path: Path) -> None:
    flushed = FlushedAhead([tmp_path / "gone"])
    with pytest.raises(FileNotFoundError):
        flushed.wait()


@pytest.mark.parametrize("again", [b"z" * len(_LARGE), _LARGE + b"more"], ids=["same size", "more"])
def test_files_that_were_altered_since_have_none(large: Path, again: bytes) -> None:
    ahead = ChecksumsAhead(large.parent, ())
    assert ahead.of(large, large.stat()) is not None
    large.write_bytes(again)
    os.utime(large, ns=(1, 1))
    assert ahead.of(large, large.stat()) is None


def test_files_that_come_later_have_none(tmp_path: Path) -> None:
    ahead = ChecksumsAhead(tmp_path, ())
    later = tmp_path / "later"
    later.write_bytes(_LARGE)
    assert ahead.of(later, later.stat()) is None


def test_what_could_not_be_flushed_is_told_to_whoever_asks(
    large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", failing)
    ahead = ChecksumsAhead(large.parent, ())
    with pytest.raises(OSError, match="Input/output error"):
        ahead.of(large, large.stat())
