"""What reads all generations for long, while others are published and pruned beside it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.build import LocalTarget
from index.errors import IndexBusy
from index.store import Store
from index.store.current import CURRENT
from index.target import BuildOptions
from tests.conftest import ARCHIVE

ONE = BuildOptions()
READS = ["index.store.verifying.damages", "index.store.verifying.generation_names"]


def at_the_first(
    monkeypatch: pytest.MonkeyPatch, place: str, do: Callable[[], object], *, after: bool
) -> None:
    """Something happens beside the first call, before or after it has read."""
    module, _, name = place.rpartition(".")
    real = getattr(__import__(module, fromlist=[name]), name)
    done: list[bool] = []

    def beside(*given: Any, **named: Any) -> object:
        if done:
            return real(*given, **named)
        done.append(True)
        if not after:
            do()
        read = real(*given, **named)
        if after:
            do()
        return read

    monkeypatch.setattr(place, beside)


@pytest.mark.parametrize("after", [False, True], ids=["before it", "after it"])
@pytest.mark.parametrize("place", READS)
@pytest.mark.parametrize("times", [1, 4, 5])
def test_publications_beside_verifying_are_no_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, times: int, *, after: bool
) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE[:2], ONE)

    def publish() -> None:
        for _ in range(times):
            target.rebuild(ARCHIVE[:3], ONE)

    at_the_first(monkeypatch, place, publish, after=after)
    assert Store(tmp_path).verify() == []


@pytest.mark.parametrize("after", [False, True], ids=["before it", "after it"])
@pytest.mark.parametrize(
    "place", ["index.store.listing.obstacle", "index.store.listing.generation_names"]
)
@pytest.mark.parametrize("times", [1, 4])
def test_generations_are_told_as_they_are_when_all_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, times: int, *, after: bool
) -> None:
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE[:2], ONE)
    published: list[str] = []

    def publish() -> None:
        published.extend(target.rebuild(ARCHIVE[:3], ONE).generation for _ in range(times))

    at_the_first(monkeypatch, place, publish, after=after)
    told = target.generations()
    assert [one.name for one in told if one.in_use] == published[-1:]
    assert all(one.intact for one in told)
    there = {path.name for path in (tmp_path / "generations").iterdir()}
    assert {one.name for one in told} <= there


def test_damage_of_what_is_in_use_is_told_also_when_it_is_looked_at_twice(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    name = target.rebuild(ARCHIVE, ONE).generation
    file = next((tmp_path / "generations" / name).glob("*.doc"))
    file.write_bytes(file.read_bytes()[:-1])
    assert [(one.generation, one.file) for one in target.verify()] == [(name, file.name)]
    assert [one.intact for one in target.generations()] == [False]


def test_a_current_that_names_nothing_is_told_once(tmp_path: Path) -> None:
    target = LocalTarget(tmp_path)
    name = target.rebuild(ARCHIVE, ONE).generation
    shutil.rmtree(tmp_path / "generations" / name)
    assert [(one.generation, one.file) for one in target.verify()] == [(name, CURRENT)]


def test_a_reader_that_never_catches_up_blames_no_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every name that CURRENT tells is pruned before it is opened."""
    LocalTarget(tmp_path).rebuild(ARCHIVE, ONE)
    told = 0

    def next_name(_: Path) -> str:
        nonlocal told
        told += 1
        return f"20260101T000000000000-{told:08x}"

    monkeypatch.setattr("index.store.store.read_current", next_name)
    with pytest.raises(IndexBusy) as caught:
        Store(tmp_path).open_current()
    assert "--wait" not in caught.value.english
