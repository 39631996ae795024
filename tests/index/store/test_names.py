"""Names of generations sort as they were made, whatever the clock says."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import LocalTarget
from index.manifest import MANIFEST
from index.store import Store
from index.store.names import is_name, next_name
from index.target import BuildOptions
from tests.conftest import ARCHIVE

ONE = BuildOptions()
LAST = "99991231T235959999999-ffffffff"


@given(st.lists(st.datetimes(min_value=datetime(1000, 1, 1)), min_size=1, max_size=20))
def test_each_name_sorts_after_all_before_it(moments: list[datetime]) -> None:
    names: list[str] = []
    for moment in moments:
        name = next_name(names, moment.replace(tzinfo=UTC))
        assert is_name(name)
        assert name > max(names, default="") or names[-1].startswith("99991231T235959999999")
        names.append(name)


@pytest.mark.parametrize(
    "name",
    [
        LAST,
        "99991231T235959999999-00000000",
        "99999999T999999999999-00000000",
        "20991231T000000000000-00000000",
    ],
)
def test_a_generation_from_the_end_of_time_does_not_keep_others_from_coming(
    tmp_path: Path, name: str
) -> None:
    index = tmp_path / "index"
    target = LocalTarget(index)
    first = target.rebuild(ARCHIVE[:3], ONE).generation
    shutil.copytree(index / "generations" / first, index / "generations" / name)
    found = [target.update(ARCHIVE[at : at + 1], ONE).generation for at in (3, 4, 5)]
    assert Store(index).current_name() == found[-1]
    assert target.verify() == []
    assert target.rollback().generation == found[1]
    target.update(ARCHIVE[5:6], ONE)
    assert target.rollback().generation == found[1]


def test_a_current_from_the_end_of_time_is_gone_back_to(tmp_path: Path) -> None:
    index = tmp_path / "index"
    target = LocalTarget(index)
    first = target.rebuild(ARCHIVE[:3], ONE).generation
    (index / "generations" / first).rename(index / "generations" / LAST)
    (index / "CURRENT").write_text(f"{LAST}\n")
    target.update(ARCHIVE[3:4], ONE)
    assert target.rollback().generation == LAST


def test_what_is_not_a_generation_is_left_alone(tmp_path: Path) -> None:
    index = tmp_path / "index"
    LocalTarget(index).rebuild(ARCHIVE[:3], ONE)
    for name in ("lost+found", "20260101T000000000000-0000000g", "notes", ".x"):
        (index / "generations" / name).mkdir()
    LocalTarget(index).rebuild(ARCHIVE[:3], ONE)
    LocalTarget(index).prune(1)
    assert len(list((index / "generations").iterdir())) == 5
    assert LocalTarget(index).verify() == []
    assert (index / "generations" / (Store(index).current_name() or "") / MANIFEST).is_file()
