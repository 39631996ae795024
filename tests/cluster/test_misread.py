"""What somebody else wrote into an index is told as damage, and is no error of the program."""

from __future__ import annotations

import shutil
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import zstandard
from whoosh.filedb.filestore import FileStorage

from index.analysis import analysis
from index.errors import IndexDamaged, IndexMissing, IndexOutdated
from index.fields import Facet
from index.opensearch import companion, generations
from index.opensearch.layout import ARTICLE, DAY, ID, NUMBER
from index.segments import documents as documents_file
from index.segments.container import Container, ContainerWriter
from index.target import BuildOptions, open_target
from search.engine import SearchEngine
from search.opensearch import OpenSearchEngine
from search.opensearch.current import Current
from search.request import SearchRequest
from tests.cluster.fixtures import connected
from tests.cluster.test_companion import stored
from tests.conftest import ARCHIVE

pytestmark = pytest.mark.cluster

ONE = BuildOptions(workers=1)


@pytest.fixture
def engine(url: str) -> OpenSearchEngine:
    open_target(url).rebuild(ARCHIVE, ONE)
    return OpenSearchEngine(connected(url).cluster)


def rewritten(url: str, folder: Path, change: Callable[[str, Any], Any]) -> None:
    """Store the companion once more, with other documents; checksums fit, arrays may not."""
    connection = connected(url)
    facts = generations.current(connection)
    assert facts is not None
    shutil.copytree(companion.fetch(connection, facts.index, facts.companion), folder / "light")
    (folder / "new").mkdir()
    (path,) = (folder / "light").glob(f"*{documents_file.EXTENSION}")
    file = Container(FileStorage(str(path.parent)), path.name, documents_file.KIND)
    writer = ContainerWriter(FileStorage(str(folder / "new")), path.name, documents_file.KIND)
    for name, section in file.sections.items():
        writer.add(name, change(name, section.all()))
    writer.finish(file.facts)
    (folder / "new" / path.name).replace(path)
    files = stored(connection, facts.index, folder / "light", facts.companion)
    generations.tell(connection, facts.index, {**facts.meta, "companion": files, "revision": 1})


def test_a_companion_whose_arrays_do_not_fit_is_damaged(
    url: str, engine: OpenSearchEngine, tmp_path: Path
) -> None:
    def too_great(name: str, items: Any) -> Any:
        return items + 100 if name == "column.source" else items

    rewritten(url, tmp_path, too_great)
    with pytest.raises(IndexDamaged, match=r"too great.*warta rollback"):
        engine.search(SearchRequest("beras", filters={Facet.SOURCE: ("kompas",)}))


def test_a_companion_that_is_sound_has_no_fault(url: str, engine: OpenSearchEngine) -> None:
    target = open_target(url)
    target.update(ARCHIVE[:3], ONE)
    target.delete([ARCHIVE[4].id], ONE)
    current = Current(connected(url).cluster, engine._ranking)
    with current.reading() as found:
        assert len(found.companion.segments) > 1
        assert found.companion.fault is None
    with pytest.raises(ZeroDivisionError), current.reading():
        raise ZeroDivisionError  # A mistake of this program stays one.


def stored_as(**told: Any) -> str:
    """The column of a document with such an article."""
    return b64encode(zstandard.compress(orjson.dumps({"id": "a1", **told}))).decode()


@pytest.mark.parametrize(
    "held",
    [
        {},
        {ARTICLE: None},
        {ARTICLE: b64encode(b"beras").decode()},
        {ARTICLE: b64encode(zstandard.compress(b"null")).decode()},
        {ARTICLE: stored_as(title="Beras", date="kemarin")},
        {ARTICLE: stored_as(title=5, body="Beras.")},
        {ARTICLE: stored_as(title="Beras", body="Beras.", date="2023-06-01")},
        {ARTICLE: stored_as(title="Beras", body="Beras.", date="0001-01-01T00:00:00+07:00")},
        {ARTICLE: stored_as(title="Beras", body="Beras.", date="9999-12-31T00:00:00+00:00")},
        {ARTICLE: stored_as(title="Beras", body="Beras.", rubrik="x")},
        {ARTICLE: stored_as(title="Beras", body="Beras.", derived_title="ya")},
    ],
)
def test_a_document_that_is_no_article_is_damage(
    url: str, engine: OpenSearchEngine, held: dict[str, Any]
) -> None:
    assert engine.search(SearchRequest("beras")).total
    foreign(url, {NUMBER: 77, **held})
    asked: list[tuple[str, Callable[[SearchEngine], object]]] = [
        ("number 77", lambda one: one.search(SearchRequest("beras"))),
        ("a1", lambda one: one.article("a1")),
        ("a1", lambda one: one.similar("a1", 5)),
    ]
    for name, ask in asked:
        with pytest.raises(IndexDamaged, match=rf"/{name}: it stores no article"):
            ask(engine)


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ({}, f"/number {2**63 - 1}: it stores no article"),
        ({NUMBER: 1 << 32}, f"/number {1 << 32}: it stores no article"),
        ({NUMBER: 77, DAY: 9_999_999}, "/day 9999999: it has a date that is none"),
        ({NUMBER: 77, DAY: -9_999_999}, "/day -9999999: it has a date that is none"),
    ],
)
def test_a_document_with_numbers_that_no_article_has_is_damage(
    url: str, engine: OpenSearchEngine, held: dict[str, Any], told: str
) -> None:
    foreign(url, {ARTICLE: stored_as(title="Beras", body="Beras."), **held})
    with pytest.raises(IndexDamaged, match=told):
        engine.search(SearchRequest("beras"))


def foreign(url: str, held: dict[str, Any]) -> None:
    """Write a document in the place of an article."""
    body = {ID: "a1", "title": "beras", "body": "beras", **held}
    connection = connected(url)
    connection.asked(
        lambda client: client.index(
            index=connection.cluster.alias, id="a1", body=body, params={"refresh": "true"}
        )
    )


def test_statistics_of_an_index_that_was_removed_by_hand_are_those_of_none(
    url: str, engine: OpenSearchEngine
) -> None:
    assert engine.statistics().articles == len(ARCHIVE)
    connection, index = connected(url), engine.generation()
    connection.asked(lambda client: client.indices.delete(index=companion.companion_of(index)))
    assert engine.statistics().bytes is None
    connection.asked(lambda client: client.indices.delete(index=index))
    with pytest.raises(IndexMissing):
        engine.statistics()


@pytest.mark.parametrize("told", [{"words": "=> ="}, {"stemmer": "quantum"}])
def test_words_that_another_version_wrote_are_outdated(
    url: str, engine: OpenSearchEngine, told: dict[str, str]
) -> None:
    connection = connected(url)
    facts = generations.current(connection)
    assert facts is not None
    generations.tell(connection, facts.index, {**facts.meta, **told})
    # What this version wrote stands in its companion, too.
    assert engine.analyze("menangkap") == analysis().explain("menangkap")
    assert engine.statistics().articles == len(ARCHIVE)
    other = {**facts.meta, **told, "version": "schema 99, analyzer indonesian-99"}
    generations.tell(connection, facts.index, other)
    with pytest.raises(IndexOutdated, match="analyzer indonesian-99"):
        OpenSearchEngine(connection.cluster).analyze("menangkap")
