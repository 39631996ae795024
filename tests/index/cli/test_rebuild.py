"""Where an index comes from and how it lies: --from-index, and what only a cluster has."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from index.analysis import parse_words
from index.build import LocalTarget
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.stemming import StemmerName
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from web.cli import main


@pytest.mark.parametrize("given", [("--shards", "2"), ("--replicas", "0")])
def test_a_directory_has_none_and_is_left_alone(tmp_path: Path, given: tuple[str, str]) -> None:
    source, index = tmp_path / "a.jsonl", tmp_path / "index"
    source.write_text('{"id": "a", "title": "judul", "body": "isi"}\n')
    run = CliRunner().invoke(main, ["rebuild", str(source), *given, "--index", str(index)])
    assert run.exit_code == 2
    assert f"{given[0]}: a directory has no shards and no replicas" in run.stderr
    assert f"{given[0]}: sebuah direktori tidak memiliki shard atau replika" in run.stderr
    assert not index.exists()


def test_an_index_is_built_from_another_one_that_is_named(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    words = parse_words("beras\n", "words")
    options = BuildOptions(words=words, stemmer=StemmerName.SNOWBALL)
    LocalTarget(here).rebuild(ARCHIVE, options)
    run = CliRunner().invoke(main, ["rebuild", "--from-index", str(here), "--index", str(there)])
    assert run.exit_code == 0, run.output
    assert list(LocalTarget(there).stored_articles()) == list(ARCHIVE)
    made = LocalTarget(there).made_from()
    assert made is not None
    assert made.words == LocalTarget(here).made_from().words  # type: ignore[union-attr]
    assert made.words.stemmer is StemmerName.SNOWBALL


def test_the_words_of_another_index_are_kept_whatever_version_made_it(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    options = BuildOptions(words=parse_words("beras\n", "words"))
    generation = LocalTarget(here).rebuild(ARCHIVE, options).generation
    path = here / "generations" / generation / MANIFEST
    older = replace(from_bytes(path.read_bytes()), version="schema 2, analyzer older")
    path.write_bytes(to_bytes(older))
    assert LocalTarget(here).made_from() is None
    run = CliRunner().invoke(main, ["rebuild", "--from-index", str(here), "--index", str(there)])
    assert run.exit_code == 0, run.output
    made = LocalTarget(there).made_from()
    assert made is not None
    assert made.words == options.words


def test_another_index_that_is_not_there_is_told_before_anything_is_made(tmp_path: Path) -> None:
    there = tmp_path / "there"
    command = ["rebuild", "--from-index", str(tmp_path / "none"), "--index", str(there)]
    run = CliRunner().invoke(main, command)
    assert run.exit_code == 1
    assert f"there is no index at {tmp_path / 'none'}" in run.stderr
    assert not there.exists()


def test_a_table_on_standard_input_is_told_what_is_read_there(tmp_path: Path) -> None:
    index = ("--index", str(tmp_path / "index"))
    piped = CliRunner().invoke(
        main, ["rebuild", "-", *index], input="judul,isi\nSatu,Banjir surut.\n"
    )
    assert piped.exit_code == 1
    assert "standard input is read as JSON Lines" in piped.stderr
    empty = CliRunner().invoke(main, ["rebuild", "-", *index], input="")
    assert empty.exit_code == 1
    assert "no article could be read from -" in empty.stderr
    assert "JSON Lines" not in empty.stderr
    (tmp_path / "kosong.txt").touch()
    given = CliRunner().invoke(main, ["rebuild", str(tmp_path / "kosong.txt"), *index])
    assert given.exit_code == 1
    assert "standard input" not in given.stderr
