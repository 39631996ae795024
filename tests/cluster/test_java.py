"""Which Java nodes are started with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cluster.java import Missing, chosen, java_home, version_of


def installed(folder: Path, name: str, release: str | None, program: bool = True) -> Path:
    home = folder / name
    (home / "bin").mkdir(parents=True)
    if program:
        (home / "bin/java").touch(mode=0o755)
    if release is not None:
        (home / "release").write_text(release, "utf-8")
    return home


@pytest.mark.parametrize(
    ("release", "program", "version"),
    [
        ('IMPLEMENTOR="A"\nJAVA_VERSION="25.0.3"\n', True, 25),
        ('JAVA_VERSION="21"\n', True, 21),
        ('JAVA_VERSION="1.8.0_402"\n', True, 1),
        ('JAVA_VERSION="25"\n', False, 0),
        ("", True, 0),
        (None, True, 0),
    ],
    ids=["25.0.3", "21", "8", "no program", "says nothing", "no release file"],
)
def test_a_java_is_known_by_its_release_file(
    tmp_path: Path, release: str | None, program: bool, version: int
) -> None:
    assert version_of(installed(tmp_path, "java", release, program)) == version


def test_the_oldest_that_is_new_enough_is_taken(tmp_path: Path) -> None:
    homes = [installed(tmp_path, f"j{n}", f'JAVA_VERSION="{n}.0.1"') for n in (17, 25, 21, 27)]
    assert chosen(homes) == tmp_path / "j21"


def test_without_one_that_is_new_enough_it_is_said_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(Missing, match=r"no Java 21 or later is installed.*apt-get install"):
        chosen([installed(tmp_path, "j17", 'JAVA_VERSION="17.0.15"'), tmp_path / "none"])


def test_the_one_that_the_environment_names_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(installed(tmp_path, "old", 'JAVA_VERSION="17"')))
    named = installed(tmp_path, "named", 'JAVA_VERSION="24"')
    monkeypatch.setenv("OPENSEARCH_JAVA_HOME", str(named))
    assert java_home() == named
