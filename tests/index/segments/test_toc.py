"""Tables of contents: ours and Whoosh's are one, older ones are read, hostile ones are refused."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC
from whoosh.util.varints import varint

from index.analysis import NO_WORDS, UserWords, parse_words, use_words
from index.article import Article
from index.build import LocalTarget, stored_articles
from index.build.segment_builder import SegmentBuilder
from index.errors import FileDamaged, FileMissing, IndexDamaged
from index.manifest import MANIFEST, FileEntry, file_checksum, from_bytes, to_bytes
from index.schema import schema
from index.segments.segment import ArraySegment
from index.segments.toc import read_segments, read_toc, write_toc
from index.store import Store
from index.stored_values import stored_values
from index.target import BuildOptions
from tests.conftest import ARCHIVE
from tests.index.segments.hostile import Hostile

NAME = "_MAIN_1.toc"
ONE = BuildOptions()


def table(schema_pickle: bytes, segments_pickle: bytes, *, number: int = 1) -> bytes:
    """The file as the module describes it."""
    return b"".join(
        [
            struct.pack(">BBBii", 4, 8, 4, -12345, -111),
            varint(2) * 3,
            varint(len(schema_pickle)),
            schema_pickle,
            struct.pack(">ii", number, 0),
            segments_pickle,
        ]
    )


def segments_in(directory: Path, words: UserWords = NO_WORDS) -> list[ArraySegment]:
    """Two segments, one with a deletion."""
    builder = SegmentBuilder(directory, words, 1 << 26)
    for articles in (ARCHIVE[:3], ARCHIVE[3:5]):
        builder.add(articles)
        builder.flush()
    builder.segments[0].delete_document(1)
    return builder.segments


def states(segments: list[Any]) -> list[dict[str, Any]]:
    return [segment.__getstate__() for segment in segments]


def put(path: Path, content: bytes, **changes: Any) -> None:
    """Give the generation in use another table of contents, and the manifest its checksum."""
    generation = path / "generations" / (path / "CURRENT").read_text().strip()
    (generation / NAME).write_bytes(content)
    manifest = from_bytes((generation / MANIFEST).read_bytes())
    entry = FileEntry(len(content), file_checksum(generation / NAME))
    changed = replace(manifest, files={**manifest.files, NAME: entry}, **changes)
    (generation / MANIFEST).write_bytes(to_bytes(changed))


@pytest.mark.parametrize("words", [NO_WORDS, parse_words("pelabuhan\nkpk = korupsi", "words")])
def test_what_is_written_is_read(tmp_path: Path, words: UserWords) -> None:
    use_words(words)
    segments = segments_in(tmp_path, words)
    write_toc(tmp_path, segments, words)
    assert states(read_segments(tmp_path)) == states(segments)
    found = read_toc(tmp_path)
    assert found.file == NAME
    theirs = TOC.read(FileStorage(str(tmp_path)), "MAIN").schema
    assert theirs.names() == schema().names()
    assert theirs["body"].analyzer.words == words.digest


def test_a_written_table_takes_the_place_of_all_others(tmp_path: Path) -> None:
    (tmp_path / "_MAIN_7.toc").write_bytes(b"")
    write_toc(tmp_path, [], NO_WORDS)
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_whoosh_reads_what_is_written_and_what_whoosh_wrote_is_read(tmp_path: Path) -> None:
    segments = segments_in(tmp_path)
    write_toc(tmp_path, segments, NO_WORDS)
    theirs = TOC.read(FileStorage(str(tmp_path)), "MAIN")
    assert states(theirs.segments) == states(segments)
    with whoosh_index.open_dir(str(tmp_path)).writer() as writer:
        writer.delete_document(0)
    assert read_toc(tmp_path).file == "_MAIN_2.toc"
    assert read_segments(tmp_path)[0].deleted_count() == 2


def test_the_file_is_as_described(tmp_path: Path) -> None:
    segments = segments_in(tmp_path)
    (tmp_path / NAME).write_bytes(table(pickle.dumps(schema(), 2), pickle.dumps(segments)))
    assert states(read_segments(tmp_path)) == states(segments)
    assert states(TOC.read(FileStorage(str(tmp_path)), "MAIN").segments) == states(segments)


def test_an_index_of_version_0_1_0_is_read_out(tmp_path: Path) -> None:
    """Its segments were pickled where the class lived then."""
    target = LocalTarget(tmp_path)
    target.rebuild(ARCHIVE, ONE)
    target.delete(["a3"], ONE)
    before = list(stored_articles(tmp_path))
    generation = tmp_path / "generations" / (tmp_path / "CURRENT").read_text().strip()
    pickled = pickle.dumps(read_segments(generation), 3)
    old = pickled.replace(b"cindex.segments.segment\n", b"cindex.codec.segment\n")
    assert old != pickled
    put(tmp_path, table(pickle.dumps(schema(), 2), old), version="schema 3, analyzer 3")
    assert list(stored_articles(tmp_path)) == before
    target.rebuild(stored_articles(tmp_path), ONE)
    assert {one.id for one in stored_articles(tmp_path)} == {one.id for one in before}


def test_an_index_of_whoosh_s_own_codec_is_read_out(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with store.writing(wait=False):
        directory = store.begin()
        index = whoosh_index.create_in(str(directory), schema())
        for articles in (ARCHIVE[:4], ARCHIVE[4:]):
            writer = index.writer(codec=W3Codec())
            for one in articles:
                writer.add_document(**_for_whoosh(one))
            writer.commit(merge=False)
        index.delete_by_term("id", ARCHIVE[1].id)
        with pytest.raises(FileDamaged, match="older version"):
            read_segments(directory)
        store.publish(directory, articles=len(ARCHIVE) - 1, parameters={})
    expected = {one.id: one for one in ARCHIVE if one != ARCHIVE[1]}
    assert {one.id: one for one in stored_articles(tmp_path)} == expected


@pytest.mark.parametrize("compound", [True, False])
def test_a_forged_record_of_whoosh_s_own_codec_runs_nothing(tmp_path: Path, compound: bool) -> None:
    store = Store(tmp_path / "index")
    with store.writing(wait=False):
        directory = store.begin()
        writer = whoosh_index.create_in(str(directory), schema()).writer(codec=W3Codec())
        writer.compound = compound
        for one in ARCHIVE[:2]:
            writer.add_document(**_for_whoosh(one))
        hostile = Hostile(f"touch {tmp_path / 'ran'}")
        writer.add_document(**_for_whoosh(ARCHIVE[2]), _stored_title=hostile)
        writer.commit(merge=False)
        assert any(directory.glob("*.seg")) is compound
        store.publish(directory, articles=3, parameters={})
    found = stored_articles(store.path)
    assert (next(found), next(found)) == ARCHIVE[:2]
    with pytest.raises(IndexDamaged, match=r"system, which no index needs"):
        next(found)
    assert not (tmp_path / "ran").exists()


def _for_whoosh(one: Article) -> dict[str, Any]:
    values = stored_values(one)
    return values | {f"{name}_exact": values[name] for name in ("title", "body")}


@pytest.mark.parametrize("place", ["schema", "segments", "segment"])
@pytest.mark.parametrize("command", ["update", "delete", "rebuild --from-index"])
def test_a_hostile_table_ends_in_an_error_and_runs_nothing(
    tmp_path: Path, place: str, command: str
) -> None:
    target = LocalTarget(tmp_path / "index")
    name = target.rebuild(ARCHIVE, ONE).generation
    hostile = Hostile(f"touch {tmp_path / 'ran'}")
    content = {
        "schema": table(pickle.dumps(hostile, 2), pickle.dumps([])),
        "segments": table(pickle.dumps(schema(), 2), pickle.dumps(hostile)),
        "segment": table(pickle.dumps(schema(), 2), pickle.dumps([hostile])),
    }[place]
    put(target.path, content)
    commands: dict[str, Callable[[], object]] = {
        "update": lambda: target.update(ARCHIVE[:1], ONE),
        "delete": lambda: target.delete(["a1"], ONE),
        "rebuild --from-index": lambda: target.rebuild(stored_articles(target.path), ONE),
    }
    with pytest.raises(IndexDamaged, match=r"system, which no index needs") as caught:
        commands[command]()
    assert caught.value.file == f"generations/{name}/{NAME}"
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("builtins", "eval"),
        ("builtins", "getattr"),
        ("__builtin__", "apply"),
        ("whoosh.fields", "Schema.from_bytes"),
        ("whoosh.fields", "pickle.loads"),
        ("index.codec.segment", "Segment"),
        ("index.segments.segment", "np.load"),
    ],
)
def test_names_that_are_not_listed_are_refused(tmp_path: Path, module: str, name: str) -> None:
    for pickled in (
        f"c{module}\n{name}\n.".encode(),
        b"\x80\x04\x8c" + _short(module) + b"\x8c" + _short(name) + b"\x93.",
    ):
        (tmp_path / NAME).write_bytes(table(pickle.dumps(schema(), 2), pickled))
        with pytest.raises(FileDamaged, match=f"names {module}.{name}, which") as caught:
            read_toc(tmp_path)
        assert caught.value.file == NAME


def _short(text: str) -> bytes:
    return bytes([len(text)]) + text.encode()


def test_a_table_that_is_cut_anywhere_is_refused(tmp_path: Path) -> None:
    write_toc(tmp_path, segments_in(tmp_path), NO_WORDS)
    whole = (tmp_path / NAME).read_bytes()
    # Every cut of the head; then each one of 7, which meets each kind of field's bytes.
    for at in [*range(64), *range(64, len(whole), 7), len(whole) - 1]:
        (tmp_path / NAME).write_bytes(whole[:at])
        with pytest.raises(FileDamaged, match=NAME):
            read_toc(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"\x00" * 200,
        table(pickle.dumps(schema(), 2), pickle.dumps([]), number=2),
        table(pickle.dumps([]), pickle.dumps([])),
        table(pickle.dumps(schema(), 2), pickle.dumps(None)),
        table(pickle.dumps(schema(), 2), pickle.dumps([1])),
        table(b"cwhoosh.fields\nSchema\n(I1\ntR.", pickle.dumps([])),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NAME).write_bytes(content)
    with pytest.raises(FileDamaged, match=NAME):
        read_toc(tmp_path)


def test_a_directory_without_a_table_says_so(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match="toc: it is missing"):
        read_toc(tmp_path)
