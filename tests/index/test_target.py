"""What can be done to an index, wherever it lives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.analysis import NO_WORDS, parse_words
from index.bilingual import Text
from index.build import LocalTarget
from index.errors import IndexLocked, IndexMissing, IndexUnreachable, IndexUrlInvalid
from index.manifest import MANIFEST, from_bytes, to_bytes
from index.store import Store
from index.target import BuildOptions, IndexTarget, open_target
from tests.conftest import ARCHIVE
from tests.nodes import closed_port

ONE = BuildOptions()
COMMANDS: dict[str, Callable[[IndexTarget], object]] = {
    "rebuild": lambda target: target.rebuild(ARCHIVE, ONE),
    "update": lambda target: target.update(ARCHIVE, ONE),
    "delete": lambda target: target.delete(["a1"], ONE),
    "verify": lambda target: target.verify(),
    "rollback": lambda target: target.rollback(),
    "prune": lambda target: target.prune(1),
    "generations": lambda target: target.generations(),
    "stored_articles": lambda target: list(target.stored_articles()),
    "held_articles": lambda target: target.held_articles().__enter__(),
    "words_for": lambda target: target.words_for(ONE),
    "made_from": lambda target: target.made_from(),
}
MAY_BE_NEW = {"rebuild", "update", "words_for", "made_from", "held_articles"}


@pytest.fixture
def target(tmp_path: Path) -> IndexTarget:
    return open_target(tmp_path / "index")


def test_a_path_and_its_url_are_the_same_index(tmp_path: Path) -> None:
    path = tmp_path / "surat kabar"
    published = open_target(path.as_uri()).rebuild(ARCHIVE, ONE)
    for name in (path, str(path), path.as_uri()):
        assert [one.name for one in open_target(name).generations()] == [published.generation]
        assert isinstance(open_target(name), LocalTarget)


def test_what_names_no_index_is_refused_at_once() -> None:
    with pytest.raises(IndexUrlInvalid):
        open_target("redis://x:1/y")


def test_a_protocol_s_methods_are_all_tried_here() -> None:
    assert COMMANDS.keys() == {name for name in vars(IndexTarget) if not name.startswith("_")}


@pytest.mark.parametrize("command", list(COMMANDS))
def test_every_command_says_that_a_cluster_cannot_be_reached(command: str) -> None:
    node = closed_port()
    target = open_target(f"opensearch://{node}/berita")
    with pytest.raises(IndexUnreachable, match=f"the cluster at {node} cannot be reached"):
        COMMANDS[command](target)


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - MAY_BE_NEW))
def test_what_needs_an_index_makes_no_directory_for_one(
    target: IndexTarget, command: str, tmp_path: Path
) -> None:
    with pytest.raises(IndexMissing):
        COMMANDS[command](target)
    assert list(tmp_path.iterdir()) == []


def test_another_writer_is_not_waited_for(target: IndexTarget, tmp_path: Path) -> None:
    target.rebuild(ARCHIVE[:2], ONE)
    with Store(tmp_path / "index").writing(wait=False):
        for command in ("rebuild", "update", "delete", "rollback", "prune"):
            with pytest.raises(IndexLocked):
                COMMANDS[command](target)


def test_generations_are_listed_with_what_they_hold(target: IndexTarget, tmp_path: Path) -> None:
    names = [target.rebuild(ARCHIVE[:count], ONE).generation for count in (3, 2)]
    first, second = target.generations()
    assert [first.name, second.name] == names
    assert [first.articles, second.articles] == [3, 2]
    assert [first.in_use, second.in_use] == [False, True]
    assert first.published is not None
    assert second.published is not None
    assert first.published < second.published
    path = tmp_path / "index" / "generations" / names[0]
    files = [file for file in path.iterdir() if file.name != MANIFEST]
    assert first.bytes == sum(file.stat().st_size for file in files)
    target.rollback()
    assert [one.in_use for one in target.generations()] == [True, False]


def test_generations_are_listed_also_where_one_is_damaged(
    target: IndexTarget, tmp_path: Path
) -> None:
    first, second = (target.rebuild(ARCHIVE[:count], ONE).generation for count in (3, 2))
    index = tmp_path / "index"
    (index / "generations" / second / MANIFEST).write_bytes(b"{}")
    intact, other = target.generations()
    assert (intact.name, intact.intact, intact.reason) == (first, True, None)
    assert (other.name, other.intact, other.in_use) == (second, False, True)
    assert (other.published, other.articles) == (None, None)
    assert other.reason == Text(
        "manifest.json: it is not a manifest", "manifest.json: isinya bukan manifest"
    )
    assert other.bytes
    (index / "CURRENT").write_bytes(b"?")
    assert [one.in_use for one in target.generations()] == [False, False]


def test_what_an_index_was_made_from_is_known(target: IndexTarget) -> None:
    assert target.made_from() is None
    published = target.rebuild(ARCHIVE[:3], BuildOptions(fingerprint="abc"))
    made = target.made_from()
    assert made is not None
    assert (made.generation, made.articles) == (published.generation, 3)
    assert (made.fingerprint, made.words) == ("abc", NO_WORDS)
    words = parse_words("gojek", "kata.txt")
    target.rebuild(ARCHIVE, BuildOptions(words=words))
    made = target.made_from()
    assert made is not None
    assert (made.articles, made.fingerprint, made.words) == (len(ARCHIVE), "", words)


@pytest.mark.parametrize("state", ["damaged", "outdated", "no generation"])
def test_what_an_unusable_index_was_made_from_does_not_count(
    target: IndexTarget, tmp_path: Path, state: str
) -> None:
    name = target.rebuild(ARCHIVE[:3], BuildOptions(fingerprint="abc")).generation
    manifest = tmp_path / "index" / "generations" / name / MANIFEST
    if state == "damaged":
        next(manifest.parent.glob("*.inv")).unlink()
    elif state == "outdated":
        older = replace(from_bytes(manifest.read_bytes()), version="schema 0")
        manifest.write_bytes(to_bytes(older))
    else:
        (tmp_path / "index" / "CURRENT").write_bytes(b"?")
    assert target.made_from() is None


def test_stored_articles_are_those_that_live(target: IndexTarget) -> None:
    target.rebuild(ARCHIVE[:3], ONE)
    target.delete(["a2"], ONE)
    assert list(target.stored_articles()) == [ARCHIVE[0], ARCHIVE[2]]
