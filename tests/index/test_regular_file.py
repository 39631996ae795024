"""Files that must be regular ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.regular_file import broken_link, open_regular, read_regular
from index.system_errors import NotAFile


def test_a_regular_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    (tmp_path / "b").symlink_to("a")
    for name in ("a", "b"):
        assert read_regular(tmp_path / name, 7) == b"content"
        with open_regular(tmp_path / name) as stream:
            assert not os.get_inheritable(stream.fileno())


def test_a_file_of_more_than_it_may_have_is_refused_unread(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"content")
    with pytest.raises(NotAFile, match="larger"):
        read_regular(tmp_path / "a", 6)


def test_only_what_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_regular(tmp_path / "a", 1)
    (tmp_path / "b").symlink_to("nowhere")
    with pytest.raises(NotAFile, match="leads nowhere") as caught:
        read_regular(tmp_path / "b", 1)
    assert not isinstance(caught.value, FileNotFoundError)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/dev/full"])
def test_a_device_is_refused(path: str) -> None:
    with pytest.raises(NotAFile, match="device"):
        read_regular(Path(path), 1)


def test_the_link_that_leads_nowhere_is_found_around_a_path(tmp_path: Path) -> None:
    (tmp_path / "nowhere").symlink_to("x")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "fine").symlink_to(".")
    assert broken_link(tmp_path / "fine" / "a") is None
    for name, why in (("nowhere", "leads nowhere"), ("loop", "symbolic links")):
        for path in (tmp_path / name, tmp_path / name / "a" / "b"):
            error = broken_link(path)
            assert error is not None
            assert why in str(error)
            assert error.filename == str(tmp_path / name) or name == "loop"
