"""Going back: where to, what is skipped, what is refused."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from index import manifest as manifests
from index.build import LocalTarget
from index.errors import (
    IndexMissing,
    IndexOutdated,
    NoEarlierGeneration,
    RollbackRefused,
    WritingFailed,
)
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.store import Store
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.faults import faults

ONE = BuildOptions()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index of three generations, the last of which is in use."""
    path = tmp_path / "index"
    target = LocalTarget(path)
    target.rebuild(ARCHIVE[:3], ONE)
    target.update(ARCHIVE[3:4], ONE)
    target.update(ARCHIVE[4:5], ONE)
    return path


def names(index: Path) -> list[str]:
    return [one.name for one in LocalTarget(index).generations()]


def alter(index: Path, name: str, kind: str) -> str:
    """Damage a generation; the file that is told."""
    directory = index / "generations" / name
    file = directory / MANIFEST
    match kind:
        case "flipped":
            segment = next(directory.glob("*.doc"))
            content = bytearray(segment.read_bytes())
            content[len(content) // 2] ^= 1
            segment.unlink()  # It is a hard link into others, too.
            segment.write_bytes(content)
            return segment.name
        case "missing":
            segment = next(directory.glob("*.inv"))
            segment.unlink()
            return segment.name
        case "no manifest member":
            file.write_bytes(b"{}")
        case "altered manifest":
            file.write_bytes(file.read_bytes().replace(b'"articles": ', b'"articles": 1'))
        case "older":
            old = replace(from_bytes(file.read_bytes()), version="schema 3, analyzer indonesian-2")
            file.write_bytes(to_bytes(old))
        case "newer":
            new = replace(from_bytes(file.read_bytes()), version="schema 9, analyzer indonesian-9")
            file.write_bytes(to_bytes(new))
        case "other shape":
            file.write_bytes(other_shape(file.read_bytes()))
        case "file":
            shutil.rmtree(directory)
            directory.write_bytes(b"")
    return MANIFEST


def other_shape(content: bytes, version: str = "schema 9, analyzer indonesian-9") -> bytes:
    """A manifest as a later version may write it, with a checksum that fits."""
    facts = orjson.loads(content)["manifest"]
    facts |= {"version": version, "files": [["a", 1, "b"]], "shards": {"a": []}}
    return orjson.dumps({"manifest": facts, "checksum": manifests._checksum(facts), "more": 1})


KINDS = (
    "flipped",
    "missing",
    "no manifest member",
    "altered manifest",
    "older",
    "newer",
    "other shape",
    "file",
)


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_used_is_skipped_and_told(index: Path, kind: str) -> None:
    first, second, third = names(index)
    file = alter(index, second, kind)
    facts = {one.name: one for one in LocalTarget(index).generations()}
    assert [facts[name].intact for name in (first, second, third)] == [True, False, True]
    why = facts[second].reason
    assert why is not None
    assert why.english.startswith(f"{file}: ")
    assert why.indonesian.startswith(f"{file}: ")
    with pytest.raises(RollbackRefused, match=f"{second}: {file}: .*; {third} stays in use"):
        LocalTarget(index).rollback(second)
    done = LocalTarget(index).rollback()
    assert (done.generation, done.left) == (first, third)
    assert [(one.generation, one.file) for one in done.skipped] == [(second, file)]
    with pytest.raises(NoEarlierGeneration):
        LocalTarget(index).rollback()  # It does not go forward.
    assert Store(index).current_name() == first


@pytest.mark.parametrize("kind", ["older", "newer", "other shape"])
def test_another_version_is_told_as_such(index: Path, kind: str) -> None:
    *_, current = names(index)
    alter(index, current, kind)
    with pytest.raises(IndexOutdated) as caught:
        Store(index).open_current()
    assert caught.value.newer == (kind != "older")
    assert ("newer program" in caught.value.english) == (kind != "older")
    (facts,) = [one for one in LocalTarget(index).generations() if one.in_use]
    assert facts.reason is not None
    assert "version" in facts.reason.english


def test_a_manifest_with_more_members_is_read(index: Path) -> None:
    *_, current = names(index)
    file = index / "generations" / current / MANIFEST
    facts = orjson.loads(file.read_bytes())["manifest"]
    facts |= {"more": 1}
    facts["parameters"] |= {"odd": [1], "skipped": {"broken": 2}}
    file.write_bytes(orjson.dumps({"manifest": facts, "checksum": manifests._checksum(facts)}))
    with Store(index).open_current() as generation:
        assert generation.manifest.parameters["skipped"] == {"broken": 2}
        assert "odd" not in generation.manifest.parameters
    assert LocalTarget(index).verify() == []


@pytest.mark.parametrize("name", ["../../../etc/passwd", "/etc/passwd", "..", "", "a/b", MANIFEST])
def test_a_manifest_that_names_a_file_elsewhere_is_refused(index: Path, name: str) -> None:
    *_, current = names(index)
    content = (index / "generations" / current / MANIFEST).read_bytes()
    facts = orjson.loads(content)["manifest"]
    facts["files"][name] = {"bytes": 1, "checksum": "0"}
    crafted = orjson.dumps({"manifest": facts, "checksum": manifests._checksum(facts)})
    with pytest.raises(ValueError, match="another version"):
        from_bytes(crafted)


@pytest.mark.parametrize("name", ["x", "", "..", "20200101T000000000000-00000000"])
def test_a_name_that_is_not_there_is_refused(index: Path, name: str) -> None:
    *_, current = names(index)
    with pytest.raises(RollbackRefused, match="no such generation") as caught:
        LocalTarget(index).rollback(name)
    assert "warta generations" in caught.value.indonesian
    assert Store(index).current_name() == current


def test_the_generation_in_use_is_refused(index: Path) -> None:
    *_, current = names(index)
    with pytest.raises(RollbackRefused, match="in use already"):
        LocalTarget(index).rollback(current)


def test_a_name_may_lead_forward_and_back_leads_back(index: Path) -> None:
    first, second, third = names(index)
    LocalTarget(index).rollback(first)
    assert LocalTarget(index).rollback(third).left == first
    assert LocalTarget(index).rollback().generation == second


def test_everything_before_may_be_damaged(index: Path) -> None:
    first, second, third = names(index)
    files = {second: alter(index, second, "missing"), first: alter(index, first, "flipped")}
    with pytest.raises(NoEarlierGeneration, match="that is intact; nothing was changed") as caught:
        LocalTarget(index).rollback()
    assert {one.generation: one.file for one in caught.value.skipped} == files
    assert all(file in caught.value.indonesian for file in files.values())
    assert Store(index).current_name() == third


def test_a_generation_that_was_pruned_is_passed_over(index: Path) -> None:
    first, second, _ = names(index)
    shutil.rmtree(index / "generations" / second)
    assert LocalTarget(index).rollback().generation == first


@pytest.mark.parametrize("content", [None, b"", b"?\n"])
def test_without_current_the_newest_intact_one_is_put_to_use(
    index: Path, content: bytes | None
) -> None:
    _, second, third = names(index)
    alter(index, third, "missing")
    if content is None:
        (index / "CURRENT").unlink()
    else:
        (index / "CURRENT").write_bytes(content)
    done = LocalTarget(index).rollback()
    assert (done.generation, done.left) == (second, None)
    assert [one.generation for one in done.skipped] == [third]


def test_a_lost_current_is_told_and_nothing_is_replaced(index: Path) -> None:
    *_, third = names(index)
    (index / "CURRENT").unlink()
    target = LocalTarget(index)
    for use in (
        Store(index).open_current,
        lambda: target.update(ARCHIVE[5:6], ONE),
        lambda: target.delete(["a1"], ONE),
        lambda: target.prune(1),
    ):
        with pytest.raises(IndexMissing, match=f"warta rollback {third} --index {index}"):
            use()
    assert [(one.generation, one.file) for one in target.verify()] == [("", "CURRENT")]
    target.rollback(third)
    assert target.verify() == []


def test_a_manifest_that_leads_in_a_ring_ends(index: Path) -> None:
    first, second, third = names(index)
    for name, before in ((first, third), (second, first), (third, second)):
        file = index / "generations" / name / MANIFEST
        file.write_bytes(to_bytes(replace(from_bytes(file.read_bytes()), previous=before)))
    for name in (first, second):
        alter(index, name, "missing")
    with pytest.raises(NoEarlierGeneration):
        LocalTarget(index).rollback()


@pytest.mark.parametrize("name", ["../../x", "..", "", "\0"])
def test_a_manifest_that_names_no_generation_before_it_leads_nowhere(
    index: Path, name: str
) -> None:
    first, second, third = names(index)
    file = index / "generations" / third / MANIFEST
    file.write_bytes(to_bytes(replace(from_bytes(file.read_bytes()), previous=name)))
    try:
        assert LocalTarget(index).rollback().generation in {first, second}
    except NoEarlierGeneration:
        assert Store(index).current_name() == third


def test_on_a_full_disk_what_is_in_use_stays_and_is_named(index: Path) -> None:
    *_, third = names(index)
    with faults(index) as met:
        LocalTarget(index).rollback()
    LocalTarget(index).rollback(third)
    at = met.calls.index("write")
    with faults(index, at, 28), pytest.raises(WritingFailed) as caught:
        LocalTarget(index).rollback()
    assert f"{third} stays in use; free some space" in caught.value.english
    assert f"{third} tetap dipakai; kosongkan" in caught.value.indonesian
