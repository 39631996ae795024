"""What makes two readings of the same files differ."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from index.sources import Limits
from index.sources.fingerprint import fingerprint


def a_file(folder: Path) -> Path:
    path = folder / "a.jsonl"
    path.write_text('{"isi": "Air naik."}')
    return path


def test_the_same_files_read_the_same_way_have_one_fingerprint(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    assert fingerprint([path], {}) == fingerprint([path], {}) != ""


def test_other_limits_and_other_names_of_fields_make_another(tmp_path: Path) -> None:
    path = a_file(tmp_path)
    found = {
        fingerprint([path], {}),
        fingerprint([path], {"body": "isi"}),
        fingerprint([path], {}, Limits(300, 2**28)),
        fingerprint([path], {}, Limits(200, 2**30)),
    }
    assert len(found) == 4


@pytest.mark.parametrize("package", ["openpyxl", "pyarrow", "trafilatura"])
def test_a_package_that_is_installed_since_makes_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    path = a_file(tmp_path)
    after = fingerprint([path], {})
    monkeypatch.setitem(sys.modules, package, None)
    assert fingerprint([path], {}) != after
