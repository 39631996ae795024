"""Generations whose files were summed whole are used as others; new ones say that they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from index.backup import back_up, restore
from index.build import LocalTarget
from index.checksums import IN_PIECES, PIECE
from index.manifest import MANIFEST, FileEntry, Manifest, file_checksum, from_bytes, to_bytes
from index.schema import VERSION, WRITTEN_VERSIONS
from index.stemming import StemmerName
from index.store import Store
from index.target import BuildOptions
from tests.conftest import article

ONE = BuildOptions()
WHOLE = "0" * 32
ARTICLES: Sequence[Any] = [article(1, "judul", " ".join(f"kata{n}" for n in range(9000)))]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index as it was made before files were summed in pieces."""
    path = tmp_path / "index"
    done = LocalTarget(path).rebuild(ARTICLES, ONE)
    file = path / "generations" / done.generation / MANIFEST
    files = {
        name: FileEntry(entry.bytes, file_checksum(file.parent / name, WHOLE))
        for name, entry in from_bytes(file.read_bytes()).files.items()
    }
    assert max(entry.bytes for entry in files.values()) > PIECE
    before = replace(from_bytes(file.read_bytes()), version=VERSION, files=files)
    file.write_bytes(to_bytes(before))
    return path


def in_use(index: Path) -> Manifest:
    with Store(index).open_current() as generation:
        return generation.manifest


def test_it_is_opened_verified_and_gone_back_to(index: Path) -> None:
    target = LocalTarget(index)
    assert in_use(index).version == VERSION
    assert target.verify() == []
    target.update([article(2, "lain", "isi")], ONE)
    assert target.verify() == []
    target.rollback()
    assert in_use(index).version == VERSION
    assert in_use(index).articles == 1


def test_damage_of_it_is_found(index: Path) -> None:
    file = next((index / "generations").glob("*/*.doc"))
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    (found,) = LocalTarget(index).verify()
    assert found.file == file.name


def test_an_update_keeps_its_sums_and_says_what_it_is(index: Path) -> None:
    old = in_use(index)
    LocalTarget(index).update([article(2, "lain", "isi")], ONE)
    new = in_use(index)
    assert new.version == WRITTEN_VERSIONS[StemmerName.WARTA] == f"{VERSION}, sums 2"
    kept = [name for name in new.files if name.endswith(".inv") and name in old.files]
    assert [new.files[name] for name in kept] == [old.files[name] for name in kept] != []


def test_it_is_backed_up_and_restored(index: Path, tmp_path: Path) -> None:
    back_up(index, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "new")
    assert in_use(tmp_path / "copy").version == VERSION
    assert in_use(tmp_path / "new").version == f"{VERSION}, sums 2"
    assert LocalTarget(tmp_path / "new").verify() == []


def test_sums_in_pieces_are_no_checksum_to_programs_of_before(index: Path) -> None:
    """Such a program needs a ``checksum`` of each file, or takes the manifest for another's."""
    LocalTarget(index).rebuild(ARTICLES, ONE)
    content = to_bytes(in_use(index))
    files = orjson.loads(content)["manifest"]["files"]
    large = [name for name, entry in files.items() if entry["bytes"] > PIECE]
    assert [name for name, entry in files.items() if "checksum" not in entry] == large != []
    assert all(from_bytes(content).files[name].checksum.startswith(IN_PIECES) for name in large)
