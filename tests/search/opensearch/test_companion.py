"""A companion answers as the whole generation, and refuses what it does not have."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from math import inf
from pathlib import Path

import orjson
import pytest

from index.article import Article
from index.build import LocalTarget
from index.companion import lighten
from index.errors import FileDamaged, PostingsAbsent
from index.segments.postings import FieldIndex
from index.target import BuildOptions
from search.budget import Budget
from search.local.completing.company import in_arrays
from search.local.completing.together import beside_in_arrays, stand_beside, together
from search.local.reading.snapshot import Snapshot
from search.local.reading.terms import first_positions, read_postings
from search.opensearch.companion import Companion
from tests.conftest import ARCHIVE
from tests.index.conftest import current
from tests.search.opensearch.alike import require_alike

WORDS = ["beras", "gempa", "kereta", "cepat", "ambon", "kopi", "perpustakaan", "taka", "gempe"]


@pytest.fixture(scope="module")
def light(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Companion:
    """That of ``sample_index``."""
    path = tmp_path_factory.mktemp("light")
    lighten(current(sample_index), path)
    return Companion(path, "a generation")


def test_it_says_what_the_whole_generation_says(light: Companion, sample_index: Path) -> None:
    require_alike(light, Snapshot(sample_index), WORDS)


def test_it_finds_articles_by_their_ids(light: Companion) -> None:
    for one in ARCHIVE:
        number = light.number_of(one.id)
        assert number is not None
        assert light.hit(number) == {"id": one.id, "title": one.title}
    assert light.number_of("none") is None


def test_it_says_what_the_whole_generation_says_of_real_articles(
    data: Path, tmp_path: Path
) -> None:
    with (data / "news" / "articles-1k.jsonl").open("rb") as lines:
        read = [orjson.loads(line) for line in islice(lines, 400)]
    articles = [Article(str(one["id"]), one["title"], one["body"]) for one in read]
    index, path = tmp_path / "index", tmp_path / "light"
    path.mkdir()
    LocalTarget(index).rebuild(articles, BuildOptions())
    lighten(current(index), path)
    words = ["presiden", "jakarta", "polisi", "gol", "persib", "dan", "prseiden"]
    require_alike(Companion(path, "real"), Snapshot(index), words)


def test_a_very_long_title_is_kept(tmp_path: Path) -> None:
    title = "Gempa " * 400
    index, path = tmp_path / "index", tmp_path / "light"
    path.mkdir()
    LocalTarget(index).rebuild([Article("a1", title, "Sebuah berita.")], BuildOptions())
    lighten(current(index), path)
    assert Companion(path, "long").hit(0) == {"id": "a1", "title": title}


@pytest.mark.parametrize("field", ["body", "body_exact"])
@pytest.mark.parametrize(
    "ask",
    [
        lambda one, at: one.documents(at),
        lambda one, at: one.documents_between(at, at + 1),
        lambda one, at: one.part(*one.postings(at)),
        lambda one, at: one.frequencies(at),
        lambda one, at: one.occurrences(at),
        lambda one, at: one.positions(at),
        lambda one, at: one.positions_of(at, [0]),
        lambda one, at: one.first_positions(at),
        lambda one, _: one.compiled,
        lambda one, _: one.times.part(0, 1),
    ],
)
def test_postings_of_bodies_are_refused_wherever_they_are_asked_for(
    light: Companion, field: str, ask: Callable[[FieldIndex, int], object]
) -> None:
    index = light.segments[0].fields[field]
    ordinal = index.find(b"beras")
    assert index.document_frequency(ordinal) > 1
    with pytest.raises(PostingsAbsent, match=f"no postings of {field}"):
        ask(index, ordinal)


@pytest.mark.parametrize(
    "ask",
    [
        lambda one: together(one, "kereta", "cepat", Budget(inf)),
        lambda one: stand_beside(one, "kereta", "cepat", Budget(inf)),
        lambda one: beside_in_arrays(one, "kereta", "cepat", Budget(inf)),
        lambda one: in_arrays(one, "beras"),
        lambda one: one.dictionary.lookup("body"),
        lambda one: read_postings(
            one.segments, one.bases, "body", one.dictionary.term("body", "beras")
        ),
        lambda one: first_positions(one.segments, "body", one.dictionary.term("body", "beras")),
    ],
)
def test_whoever_needs_them_is_told_and_gets_no_wrong_numbers(
    light: Companion, ask: Callable[[Companion], object]
) -> None:
    with pytest.raises(PostingsAbsent):
        ask(light)


@pytest.mark.parametrize(
    "ask",
    [
        lambda one: one.article(0),
        lambda one: one.bodies_of([0], one.listed([0])),
        lambda one: one.sentences(0),
    ],
)
def test_texts_are_not_there(light: Companion, ask: Callable[[Companion], object]) -> None:
    with pytest.raises(FileDamaged):
        ask(light)


def test_it_stays_open_when_its_directory_goes(sample_index: Path, tmp_path: Path) -> None:
    lighten(current(sample_index), tmp_path)
    light = Companion(tmp_path, "gone")
    for path in tmp_path.iterdir():
        path.unlink()
    require_alike(light, Snapshot(sample_index), ["beras"])
