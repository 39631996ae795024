"""A generation that is opened, read and verified."""

from __future__ import annotations

import errno
from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index import manifest
from index.build import LocalTarget
from index.errors import FileDamaged, IndexDamaged, IndexOutdated, IndexUnreadable
from index.generation import damages
from index.manifest import MANIFEST, file_checksum, from_bytes, to_bytes
from index.store import KEEP, Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.index.conftest import current

ONE_BY_ONE = BuildOptions()


def test_a_generation_holds_nothing_but_its_manifest_s_files(index: Path) -> None:
    published = from_bytes((current(index) / MANIFEST).read_bytes())
    assert {path.name for path in current(index).iterdir()} == {MANIFEST, *published.files}
    assert published.articles == 3


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"manifest": 1, "checksum": 2}', b"\xff"])
def test_what_is_no_manifest_is_refused(index: Path, content: bytes) -> None:
    (current(index) / MANIFEST).write_bytes(content)
    with pytest.raises(IndexDamaged, match="manifest"):
        Store(index).open_current()


def test_every_altered_file_is_named(index: Path) -> None:
    for name in from_bytes((current(index) / MANIFEST).read_bytes()).files:
        path = current(index) / name
        content = path.read_bytes()
        for damaged in (
            content[:-1],
            content + b"x",
            content[: len(content) // 2] + b"\xee" + content[len(content) // 2 + 1 :],
            b"",
        ):
            path.write_bytes(damaged)
            assert [one.file for one in Store(index).verify()] == [name]
            with pytest.raises(IndexDamaged, match=name) as raised:
                Store(index).open_current()
            assert f"warta rollback --index {index}," in raised.value.english
        path.unlink()
        assert [one.file for one in Store(index).verify()] == [name]
        with pytest.raises(IndexDamaged, match=name):
            Store(index).open_current()
        path.write_bytes(content)
        assert Store(index).verify() == []


def test_an_index_of_another_version_says_how_to_rebuild_it(index: Path) -> None:
    path = current(index) / MANIFEST
    published = from_bytes(path.read_bytes())
    path.write_bytes(to_bytes(replace(published, version="schema 0, analyzer none")))
    with pytest.raises(IndexOutdated, match="--from-index"):
        Store(index).open_current()


def test_a_generation_that_is_read_is_not_pruned(index: Path) -> None:
    held = Store(index).open_current()
    for _ in range(KEEP + 1):
        LocalTarget(index).rebuild(ARCHIVE[:2], ONE_BY_ONE)
    assert held.path.is_dir()
    held.close()
    LocalTarget(index).rebuild(ARCHIVE[:2], ONE_BY_ONE)
    assert not held.path.exists()


def test_a_table_of_contents_that_was_not_published_is_refused(index: Path) -> None:
    stray = current(index) / "_MAIN_99.toc"
    stray.write_bytes(b"cos\nsystem\n")
    with pytest.raises(IndexDamaged, match=stray.name):
        Store(index).open_current()
    assert [damage.file for damage in Store(index).verify()] == [stray.name]


def test_verifying_holds_what_it_reads(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever prunes meanwhile leaves it alone, and no damage is reported."""
    LocalTarget(index).rebuild(ARCHIVE[:2], ONE_BY_ONE)
    pruned: list[str] = []

    def prune_first(path: Path, like: str) -> str:
        pruned.extend(LocalTarget(index).prune(1).removed)
        return file_checksum(path, like)

    monkeypatch.setattr(manifest, "file_checksum", prune_first)
    assert Store(index).verify() == []
    assert len(pruned) <= 1


def test_a_generation_is_held_until_its_block_ends(index: Path) -> None:
    with Store(index).open_current() as generation:
        LocalTarget(index).rebuild(ARCHIVE[:2], ONE_BY_ONE)
        assert LocalTarget(index).prune(1).removed == ()
    assert LocalTarget(index).prune(1).removed == (generation.name,)


def test_damage_found_while_reading_names_index_and_generation(index: Path) -> None:
    with (
        Store(index).open_current() as generation,
        pytest.raises(IndexDamaged, match=f"{generation.name}/MAIN_x.inv: it is cut;") as caught,
        generation.reading(),
    ):
        raise FileDamaged("MAIN_x.inv", "it is cut")
    assert caught.value.path == index
    assert caught.value.index == str(index)
    assert f"warta rollback --index {index}," in caught.value.indonesian


@pytest.mark.parametrize("number", [errno.EIO, errno.EMFILE, errno.EACCES])
def test_what_the_system_refuses_while_reading_names_the_file(index: Path, number: int) -> None:
    with Store(index).open_current() as generation:
        file = generation.path / "MAIN_x.inv"
        with (
            pytest.raises(IndexUnreadable, match=f"{file} cannot be read: ") as caught,
            generation.reading(),
        ):
            raise OSError(number, "no", str(file))
        assert caught.value.path == index
        with (
            pytest.raises(IndexUnreadable, match=f"{generation.name} cannot be read: "),
            generation.reading(),
        ):
            raise OSError(number, "no")


def _altered(index: Path, **changes: Any) -> Path:
    """The current generation with other facts in its manifest, whose checksum fits."""
    path = index / "generations" / (index / "CURRENT").read_text().strip()
    facts = from_bytes((path / MANIFEST).read_bytes())
    (path / MANIFEST).write_bytes(to_bytes(replace(facts, **changes)))
    return path


@pytest.mark.parametrize(
    ("changes", "file"),
    [
        pytest.param({"articles": 2**63 - 1}, "_MAIN_1.toc", id="other count of articles"),
        pytest.param({"words": "abc"}, "words.txt", id="other words"),
    ],
)
def test_facts_that_do_not_fit_the_files_are_damage(
    tmp_path: Path, changes: dict[str, Any], file: str
) -> None:
    index = tmp_path / "index"
    LocalTarget(index).rebuild(ARCHIVE[:3], BuildOptions())
    path = _altered(index, **changes)
    assert [(one.generation, one.file) for one in damages(index, path.name)] == [(path.name, file)]


def test_what_generations_share_is_read_once_and_what_they_do_not_is_read(tmp_path: Path) -> None:
    index = tmp_path / "index"
    target = LocalTarget(index)
    names = [target.rebuild(ARCHIVE[:3], BuildOptions()).generation]
    names += [target.update(ARCHIVE[3:4], BuildOptions()).generation]
    names += [target.update(ARCHIVE[4:5], BuildOptions()).generation]
    intact: set[Hashable] = set()
    assert [damages(index, name, intact) for name in names] == [[], [], []]
    last = index / "generations" / names[2]
    # Whoever copies a file and alters a byte makes another file, be it as long.
    shared = next(file for file in last.glob("*.doc") if file.stat().st_nlink > 1)
    content = bytearray(shared.read_bytes())
    content[len(content) // 2] ^= 1
    shared.unlink()
    shared.write_bytes(content)
    assert [bool(damages(index, name, intact)) for name in names] == [False, False, True]
