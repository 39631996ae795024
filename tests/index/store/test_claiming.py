"""In which directories an index is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import DirectoryTaken
from index.store import Store


def _files(path: Path) -> list[str]:
    return sorted(str(one.relative_to(path)) for one in path.rglob("*"))


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["notes.txt"], "notes.txt"),
        (["b", "a", ".git"], "a"),
        (["LOCK", "CURRENT", "000003.log"], "000003.log"),  # LevelDB's
        (["CURRENT"], "CURRENT"),
        (["BACKUP"], "BACKUP"),
        (["x\x1b[2Jy\udcff"], r"x\x1b[2Jy\udcff"),
    ],
)
def test_no_index_is_made_among_the_files_of_others(
    tmp_path: Path, names: list[str], told: str
) -> None:
    for name in names:
        (tmp_path / name).write_text("MANIFEST-000002\n")
    before = _files(tmp_path)
    with pytest.raises(DirectoryTaken) as refused, Store(tmp_path).writing(wait=False):
        pytest.fail("not reached")
    assert f"has {told};" in str(refused.value)
    assert f"ada {told} di sana" in refused.value.indonesian
    assert _files(tmp_path) == before


def test_a_folder_named_as_the_file_of_an_index_is_of_others(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").mkdir()
    with pytest.raises(DirectoryTaken, match="has CURRENT;"), Store(tmp_path).writing(wait=False):
        pytest.fail("not reached")
    assert _files(tmp_path) == ["CURRENT"]


@pytest.mark.parametrize(
    "names", [[], ["LOCK"], [".gitkeep", "lost+found"], ["generations/x", "notes.txt", "CURRENT"]]
)
def test_one_is_where_there_is_nothing_or_an_index(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text("")
    with Store(tmp_path).writing(wait=False):
        assert (tmp_path / "generations").is_dir()


def test_what_has_lost_its_generations_is_an_index(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("20230601T101500000000-0123abcd\n")
    (tmp_path / "words.txt").write_text("")
    with Store(tmp_path).writing(wait=False):
        assert (tmp_path / "generations").is_dir()
