"""Damaged files: verify names them; reading ends in a clear error or in the right answer."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from whoosh.filedb.filestore import FileStorage

from index import generation
from index.article import Article
from index.build import LocalTarget, stored_articles
from index.derived import words_of
from index.errors import IndexUnusable
from index.segments.reader import open_segment
from index.segments.toc import read_segments
from index.store import Store
from index.target import BuildOptions
from search.local.engine import LocalEngine
from search.request import SearchRequest
from tests.conftest import ARCHIVE, LONG

TIMES = 4000 if LONG else 200


@pytest.fixture(scope="module")
def intact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of three segments, one with a deletion."""
    path = tmp_path_factory.mktemp("intact") / "index"
    target = LocalTarget(path)
    target.rebuild(ARCHIVE[:6], BuildOptions())
    target.update(ARCHIVE[6:9], BuildOptions())
    target.update(ARCHIVE[9:], BuildOptions())
    target.delete(["a2"], BuildOptions())
    target.prune(1)
    return path


@pytest.fixture(params=["small files checked whole", "files that check themselves"])
def _checking(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of this test are small; large ones are not read whole when they are opened."""
    if request.param == "files that check themselves":
        monkeypatch.setattr(generation, "_CHECKED_AT_OPEN", 0)


def damaged(intact: Path, copy: Path, seed: int) -> Iterator[tuple[str, Path]]:
    """One file after another with a flipped bit or cut short, at random places."""
    generator = random.Random(seed)
    shutil.copytree(intact, copy)
    files = sorted(file for file in copy.rglob("*") if file.is_file() and file.name != "LOCK")
    for time in range(TIMES):
        file = files[time % len(files)]
        whole = file.read_bytes()
        if generator.random() < 0.2:
            at = generator.randrange(len(whole))
            file.write_bytes(whole[:at])
            yield f"{file.name} cut at {at}", file
        else:
            # Ends and beginnings hold what everything else depends on.
            place = generator.choice([generator.random(), generator.random() ** 8, 1 - 1e-9])
            place = 1 - generator.random() ** 8 if place == 1 - 1e-9 else place
            at = min(int(place * len(whole)), len(whole) - 1)
            content = bytearray(whole)
            content[at] ^= 1 << generator.randrange(8)
            file.write_bytes(content)
            yield f"{file.name} flipped at {at}", file
        file.write_bytes(whole)


def articles(path: Path) -> dict[str, Article]:
    return {one.id: one for one in stored_articles(path)}


def test_verify_names_every_damaged_file(intact: Path, tmp_path: Path) -> None:
    assert LocalTarget(intact).verify() == []
    copy = tmp_path / "copy"
    for what, file in damaged(intact, copy, seed=1):
        assert file.name in {damage.file for damage in LocalTarget(copy).verify()}, what


QUESTIONS = (
    "beras",
    "kereta cepat",
    '"kereta cepat"',
    "har*",
    "beras -impor",
    "sejak:2023-01-01",
    "berass",
    "",
)


def answers(path: Path) -> list[tuple[int, list[tuple[str, str, str]], object]]:
    """What an engine says that is opened anew."""
    engine = LocalEngine(path)
    try:
        found = [engine.search(SearchRequest(query=question)) for question in QUESTIONS]
    finally:
        engine.close()
    return [
        (one.total, [(hit.id, hit.title_html, hit.snippet_html) for hit in one.hits], one.facets)
        for one in found
    ]


def words(path: Path) -> list[list[list[int]]]:
    """The shapes of all words."""
    with Store(path).open_current() as generation, generation.reading():
        storage = FileStorage(str(generation.path))
        return [
            [shapes.lengths.tolist(), shapes.firsts.tolist(), shapes.letters.tolist()]
            for segment in read_segments(generation.path)
            for shapes in [words_of(open_segment(storage, segment), "body_exact")]
        ]


@pytest.mark.usefixtures("_checking")
@pytest.mark.parametrize("read", [articles, answers, words])
def test_reading_and_searching_end_in_an_error_or_what_is_right(
    intact: Path, tmp_path: Path, read: Callable[[Path], object]
) -> None:
    expected = read(intact)
    copy = tmp_path / "copy"
    errors = 0
    for what, _ in damaged(intact, copy, seed=2):
        try:
            found = read(copy)
        except IndexUnusable:
            errors += 1
        else:
            assert found == expected, what
    assert errors
