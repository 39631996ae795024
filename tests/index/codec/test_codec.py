"""Whoosh with our codec says what it says with its own, but for lengths, which ours counts."""

from __future__ import annotations

import pickle
import struct
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import columns, fields, query, scoring, sorting
from whoosh import index as whoosh_index
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.query import spans
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher
from whoosh.writing import BufferedWriter

from index.codec.codec import ArrayCodec
from index.errors import FileDamaged, FileMissing
from index.segments.segment import ArraySegment
from tests.conftest import examples
from tests.index.codec.twins import (
    DAY,
    SCHEMA,
    WORDS,
    Commit,
    everything,
    histories,
    write,
)


@given(histories)
@settings(max_examples=examples(20), deadline=None)
def test_readers_say_the_same(history: Sequence[Commit]) -> None:
    ours, theirs = write(history, ArrayCodec()), write(history, W3Codec())
    with ours.reader() as mine, theirs.reader() as other:
        assert everything(mine) == everything(other)


@given(histories)
@settings(max_examples=examples(12), deadline=None)
def test_segments_of_both_codecs_are_read_and_merged_together(history: Sequence[Commit]) -> None:
    ours, theirs = write(history, ArrayCodec()), write(history, W3Codec())
    for index, codec in ((ours, W3Codec()), (theirs, ArrayCodec())):
        with index.writer(codec=codec) as writer:
            writer.update_document(id="3", text="panen raya", number=3, small=3, anything=3)
    with ours.reader() as mine, theirs.reader() as other:
        assert everything(mine) == everything(other)
    ours.optimize(codec=ArrayCodec())
    theirs.optimize(codec=ArrayCodec())
    with ours.reader() as mine, theirs.reader() as other:
        assert everything(mine) == everything(other)


@given(
    st.lists(st.integers(0, 3000), min_size=1, max_size=4),
    st.lists(st.integers(0, 3), max_size=3, unique=True),
    st.booleans(),
)
@settings(max_examples=examples(12), deadline=None)
def test_lengths_are_counted(lengths: list[int], deleted: list[int], merged: bool) -> None:
    index = write([], ArrayCodec())
    for number, length in enumerate(lengths):
        with index.writer(codec=ArrayCodec()) as writer:
            writer.merge = False
            writer.add_document(id=str(number), text="kata " * length)
    with index.writer(codec=ArrayCodec()) as writer:
        for number in deleted:
            writer.delete_by_term("id", str(number))
        writer.merge = False
        writer.optimize = merged
    if merged:
        lengths = [length for number, length in enumerate(lengths) if number not in deleted]
    with index.reader() as reader:
        found = [reader.doc_field_length(number, "text") for number in range(len(lengths))]
        assert found == lengths
        assert reader.field_length("text") == sum(lengths)
        assert reader.max_field_length("text") == max(lengths, default=0)
        if any(lengths):
            info = reader.term_info("text", "kata")
            assert info.max_length() == max(lengths)
            assert info.min_length() == min(length for length in lengths if length)


_terms = st.builds(query.Term, st.sampled_from(["text", "words", "heavy"]), st.sampled_from(WORDS))
_leaves = st.one_of(
    _terms,
    st.builds(query.Term, st.just("kind"), st.sampled_from("xy")),
    st.builds(
        query.Phrase,
        st.sampled_from(["text", "chars", "boosts"]),
        st.lists(st.sampled_from([word.lower() for word in WORDS]), min_size=2, max_size=3),
        st.integers(1, 3),
    ),
    st.builds(query.Prefix, st.just("text"), st.sampled_from(["p", "pa", "b", ""])),
    st.builds(query.Wildcard, st.just("text"), st.sampled_from(["*a*", "p?nen", "*i"])),
    st.builds(query.FuzzyTerm, st.just("text"), st.sampled_from(["pada", "pasr"])),
    st.builds(query.TermRange, st.just("text"), st.just("beras"), st.just("pasar")),
    st.builds(query.NumericRange, st.just("byte"), st.integers(0, 99), st.integers(99, 255)),
    st.builds(query.DateRange, st.just("date"), st.just(DAY), st.just(DAY + timedelta(days=99))),
    st.builds(query.Every),
    st.builds(query.Every, st.just("heavy")),
    st.builds(spans.SpanFirst, st.builds(query.Term, st.just("text"), st.just("panen"))),
)
_queries = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(query.And, st.lists(inner, min_size=1, max_size=3)),
        st.builds(query.Or, st.lists(inner, min_size=1, max_size=3)),
        st.builds(query.AndNot, inner, inner),
        st.builds(query.AndMaybe, inner, inner),
        st.builds(query.Require, inner, inner),
        st.builds(query.DisjunctionMax, st.lists(inner, min_size=1, max_size=2)),
    ),
    max_leaves=5,
)
_sorting: Sequence[Any] = [
    None,
    "number",
    "source",
    "source.text",
    sorting.FieldFacet("date", reverse=True),
    sorting.MultiFacet([sorting.FieldFacet("kind"), sorting.FieldFacet("small", reverse=True)]),
    sorting.StoredFieldFacet("id"),
]
_groups: Sequence[Any] = [
    None,
    "source",
    "kind",
    "flag",
    sorting.FieldFacet("tags", allow_overlap=True),
]


def _answer(searcher: Searcher, asked: query.Query, order: Any, groups: Any) -> Any:
    results = searcher.search(asked, limit=None, sortedby=order, groupedby=groups, terms=True)
    documents = sorted(searcher.docs_for_query(asked))
    matched = [sorted(hit.matched_terms()) for hit in results]
    found = [results.groups(name) for name in results.facet_names()]
    return results.top_n, documents, matched, found


@given(histories, st.lists(_queries, min_size=3, max_size=6), st.data())
@settings(max_examples=examples(20), deadline=None)
def test_searches_say_the_same(
    history: Sequence[Commit], asked: Sequence[query.Query], data: st.DataObject
) -> None:
    ours, theirs = write(history, ArrayCodec()), write(history, W3Codec())
    weighting = data.draw(st.sampled_from([scoring.BM25F(), scoring.TF_IDF(), scoring.Frequency()]))
    order = data.draw(st.sampled_from(_sorting))
    groups = data.draw(st.sampled_from(_groups))
    with ours.searcher(weighting=weighting) as mine, theirs.searcher(weighting=weighting) as other:
        for each in asked:
            try:
                expected = _answer(other, each, order, groups)
            except (NotImplementedError, IndexError, TermNotFound):
                continue  # Whoosh cannot nest every kind of query in every other
            assert _answer(mine, each, order, groups) == expected


@pytest.mark.parametrize("merged", [False, True])
def test_the_best_of_many_are_the_first_of_all(merged: bool) -> None:
    index = write([], ArrayCodec())
    for first in range(0, 3000, 1000):
        with index.writer(codec=ArrayCodec()) as writer:
            writer.merge = merged
            for number in range(first, first + 1000):
                rare = "panen " * (number % 7 == 0) + "raya " * (number % 97 == 0) * (number % 5)
                writer.add_document(
                    id=str(number), text=f"{rare}padi " * (1 + number % 3) + "beras"
                )
    with index.searcher() as searcher:
        for words in (["padi"], ["panen", "raya"], ["raya", "beras"], ["padi", "panen", "beras"]):
            terms = [query.Term("text", word) for word in words]
            for asked in (query.Or(terms), query.And(terms)):
                everyone = searcher.search(asked, limit=None)
                best = searcher.search(asked, limit=10)
                assert best.top_n == everyone.top_n[:10]


def test_deletions_are_taken_back() -> None:
    segment = ArraySegment("name")
    segment.set_doc_count(3)
    segment.delete_document(1)
    segment.delete_document(1)
    assert (list(segment.deleted_docs()), segment.doc_count()) == ([1], 2)
    segment.delete_document(1, delete=False)
    assert not segment.has_deletions()
    assert not segment.is_deleted(99)
    with pytest.raises(IndexError):
        segment.delete_document(3)


@given(st.integers(0, 100), st.data())
def test_segments_pickle(size: int, data: st.DataObject) -> None:
    segment = ArraySegment("name")
    segment.set_doc_count(size)
    for number in data.draw(st.lists(st.integers(0, size - 1)) if size else st.just([])):
        segment.delete_document(number)
    again = pickle.loads(pickle.dumps(segment, 2))
    assert again.segment_id() == segment.segment_id()
    assert again.doc_count_all() == size
    assert list(again.deleted_docs()) == list(segment.deleted_docs())
    assert isinstance(again.codec(), ArrayCodec)


def test_an_index_on_disk_names_its_codec_and_has_two_files_a_segment(tmp_path: Path) -> None:
    index = whoosh_index.create_in(tmp_path, SCHEMA)
    with index.writer(codec=ArrayCodec()) as writer:
        writer.add_document(id="1", text="panen raya", date=DAY)
    segment = whoosh_index.open_dir(tmp_path)._segments()[0].segment_id()
    assert {path.name for path in tmp_path.glob("MAIN_*.*")} == {f"{segment}.inv", f"{segment}.doc"}
    with whoosh_index.open_dir(tmp_path).searcher() as searcher:
        assert searcher.document(id="1") == {"id": "1", "text": "panen raya"}
    writer = index.writer(codec=ArrayCodec())
    writer.add_document(id="2")
    writer.cancel()
    with index.writer(codec=ArrayCodec()) as writer:
        writer.delete_by_term("id", "1")
    assert index.doc_count() == 0
    assert len(list(tmp_path.glob("*.doc"))) == 1


def test_a_column_can_be_added_later() -> None:
    index = write([Commit({"1": {"tags": "b"}, "2": {"tags": "a"}}, (), None)], ArrayCodec())
    with index.writer(codec=ArrayCodec()) as writer:
        sorting.add_sortable(writer, "tags", sorting.StoredFieldFacet("tags"))
    for _ in range(2):
        with index.searcher() as searcher:
            assert searcher.reader().has_column("tags")
            hits = searcher.search(query.Every(), sortedby="tags")
            assert [hit["id"] for hit in hits] == ["2", "1"]
        index.optimize(codec=ArrayCodec())
        with index.writer(codec=ArrayCodec()) as writer:
            writer.add_document(id="3", tags="c")
            writer.delete_by_term("id", "3")
            writer.optimize = True
        with index.writer(codec=ArrayCodec()) as writer:
            writer.delete_by_term("id", "3")
            writer.optimize = True


@pytest.mark.parametrize("several", [False, True])
def test_processes_write_together(tmp_path: Path, several: bool) -> None:
    index = whoosh_index.create_in(tmp_path, SCHEMA)
    writer = index.writer(procs=2, codec=ArrayCodec(), batchsize=10, multisegment=several)
    for number in range(50):
        writer.add_document(
            id=str(number), text="padi " * (number % 11), number=number, source=f"s{number % 3}"
        )
    writer.commit()
    with index.searcher() as searcher:
        hits = searcher.search(query.Every(), limit=None, sortedby="number")
        assert [hit["id"] for hit in hits] == [str(number) for number in range(50)]
        for hit in hits:
            length = searcher.doc_field_length(hit.docnum, "text")
            assert length == hit["number"] % 11
        assert len(searcher.search(query.Term("text", "padi"), limit=None)) == 45


def test_a_buffered_writer_writes(tmp_path: Path) -> None:
    index = whoosh_index.create_in(tmp_path, SCHEMA)
    writer = BufferedWriter(index, period=None, limit=4, writerargs={"codec": ArrayCodec()})
    for number in range(10):
        writer.update_document(id=str(number % 6), text=f"padi {number}", small=number)
    with writer.searcher() as searcher:
        assert searcher.doc_count() == 6
    writer.close()
    with index.searcher() as searcher:
        assert {hit["text"] for hit in searcher.documents()} == {f"padi {n}" for n in range(4, 10)}


def _one(schema: fields.Schema, **values: Any) -> FileIndex:
    index = RamStorage().create_index(schema)
    with index.writer(codec=ArrayCodec()) as writer:
        writer.add_document(**values)
    return index


def test_equal_numbers_of_a_list_are_one_posting() -> None:
    with _one(fields.Schema(n=fields.NUMERIC), n=[5, 6, 5]).searcher() as searcher:
        assert len(searcher.search(query.Term("n", 5), limit=None)) == 1
        assert len(searcher.search(query.NumericRange("n", 4, 9), limit=None)) == 1


def test_weights_below_one_are_kept() -> None:
    schema = fields.Schema(t=fields.TEXT)
    with _one(schema, t="padi padi", _boost=0.0).reader() as reader:
        matcher = reader.postings("t", "padi")
        assert (matcher.weight(), matcher.value_as("positions")) == (0, [0, 1])


def test_columns_refuse_what_whoosh_refuses() -> None:
    schema = fields.Schema(
        small=fields.COLUMN(columns.NumericColumn("b")),
        name=fields.COLUMN(columns.VarBytesColumn()),
    )
    for name, value in (("small", 128), ("small", 1.5), ("name", "text")):
        for codec in (W3Codec(), ArrayCodec()):
            writer = RamStorage().create_index(schema).writer(codec=codec)
            with pytest.raises((struct.error, TypeError)):
                writer.add_document(**{name: value})
            writer.cancel()


def test_an_article_that_failed_halfway_is_left_out() -> None:
    schema = fields.Schema(a=fields.TEXT(stored=True), z=fields.NUMERIC(sortable=True))
    index = RamStorage().create_index(schema)
    writer = index.writer(codec=ArrayCodec())
    writer.add_document(a="padi", z=1)
    with pytest.raises(ValueError, match="invalid literal"):
        writer.add_document(a="padi beras", z="kata")
    writer.commit()
    with index.searcher() as searcher:
        assert len(searcher.search(query.Term("a", "padi"), limit=None)) == 1
        assert ("a", "beras") not in searcher.reader()
        assert searcher.doc_count_all() == 1


def _small_index() -> FileIndex:
    article = {"text": "panen raya", "small": 3, "source": "x", "bits": True, "extra": "y" * 1200}
    commits = [Commit({"1": article, "2": {"words": "padi padi"}}, (), None)]
    return write(commits, ArrayCodec())


@pytest.mark.parametrize("extension", [".inv", ".doc"])
def test_no_altered_byte_is_read(extension: str) -> None:
    index = _small_index()
    name = next(name for name in index.storage.files if name.endswith(extension))
    content = index.storage.files[name]
    with index.reader() as reader:
        expected = everything(reader)
    found = 0
    for place in range(0, len(content), 3):
        altered = bytearray(content)
        altered[place] ^= 1 << place % 8
        index.storage.files[name] = bytes(altered)
        try:
            with index.reader() as reader:
                assert everything(reader) == expected, place
        except FileDamaged:
            found += 1
    assert found > len(content) // 12


@pytest.mark.parametrize("extension", [".inv", ".doc"])
def test_a_missing_file_is_named(extension: str) -> None:
    index = _small_index()
    name = next(name for name in index.storage.files if name.endswith(extension))
    index.storage.delete_file(name)
    with pytest.raises(FileMissing, match=name) as caught:
        index.reader()
    assert isinstance(caught.value, OSError)
