"""The shapes of words against a twin that looks at one byte after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.build.merging import merged
from index.build.segment_builder import SegmentBuilder
from index.codec.codec import ArrayCodec
from index.derived import WordShapes, words_of
from index.derived.words import FIELDS, OTHER
from index.errors import FileDamaged, FileMissing
from index.schema import schema
from index.segments.derived import EXTENSION, write_derived
from index.segments.postings import FieldIndex
from index.segments.reader import SegmentReader, open_segment
from index.segments.segment import ArraySegment
from tests.conftest import article, examples

WORDS = st.text("azé7", min_size=1, max_size=9) | st.sampled_from(["beras", "b" * 254, "b" * 300])
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)
ARTICLES = st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5)


def written(directory: Path, parts: Sequence[Sequence[tuple[str, str]]]) -> list[ArraySegment]:
    """A segment for each part of titles and bodies."""
    builder = SegmentBuilder(directory, NO_WORDS, 1 << 28)
    for part in parts:
        builder.add([article(number, *texts) for number, texts in enumerate(part)])
        builder.flush()
    return builder.segments


def built(directory: Path, texts: Sequence[tuple[str, str]]) -> SegmentReader:
    (segment,) = written(directory, [texts])
    return open_segment(FileStorage(str(directory)), segment)


def merged_and_built(directory: Path, texts: Sequence[tuple[str, str]]) -> SegmentReader:
    storage = FileStorage(str(directory))
    segments = written(directory, [texts, [("judul yang dihapus", "hilang")], texts])
    segments[1].delete_document(0)
    return open_segment(storage, merged(storage, segments, NO_WORDS))


def written_by_whoosh(directory: Path, texts: Sequence[tuple[str, str]]) -> SegmentReader:
    index = whoosh_index.create_in(str(directory), schema())
    with index.writer(codec=ArrayCodec()) as writer:
        for title, body in texts:
            writer.add_document(title_exact=title, body_exact=body)
    (segment,) = index._segments()
    return open_segment(index.storage, segment)


def twin(field: FieldIndex) -> list[tuple[int, int, int]]:
    """Length, first byte and letters of each term."""
    return [
        (min(len(term), 255), term[0], sum({_bit(byte) for byte in term}))
        for term in field.texts(0, field.terms)
    ]


def _bit(byte: int) -> int:
    return 1 << (byte - ord("a")) if chr(byte) in "abcdefghijklmnopqrstuvwxyz" else int(OTHER)


def rows(shapes: WordShapes) -> list[tuple[int, int, int]]:
    columns = (shapes.lengths.tolist(), shapes.firsts.tolist(), shapes.letters.tolist())
    return list(zip(*columns, strict=True))


@pytest.mark.parametrize("write", [built, merged_and_built, written_by_whoosh])
@settings(max_examples=examples(15), deadline=None)
@given(texts=ARTICLES)
def test_shapes_are_those_of_the_twin(
    write: Callable[[Path, Sequence[tuple[str, str]]], SegmentReader], texts: list[tuple[str, str]]
) -> None:
    with TemporaryDirectory() as directory:
        reader = write(Path(directory), texts)
        for field in FIELDS:
            if field in reader.fields:
                assert rows(words_of(reader, field)) == twin(reader.fields[field])


def test_they_are_kept_by_our_builder_and_computed_for_whoosh_s(tmp_path: Path) -> None:
    texts = [("harga beras", "naik")]
    for directory in ("one", "two", "three"):
        (tmp_path / directory).mkdir()
    for reader in (built(tmp_path / "one", texts), merged_and_built(tmp_path / "two", texts)):
        reader.derived.verify()
        found = {f"words.{field}.{part}" for field in FIELDS for part in asdict(_empty())}
        assert {one for one in reader.derived.sections if one.startswith("words.")} == found
    with pytest.raises(FileMissing):
        _ = written_by_whoosh(tmp_path / "three", texts).derived


def _empty() -> WordShapes:
    return WordShapes(np.zeros(0, np.uint8), np.zeros(0, np.uint8), np.zeros(0, np.uint32))


def test_an_altered_file_is_named(tmp_path: Path) -> None:
    reader = built(tmp_path, [("harga beras", "naik")])
    file = tmp_path / reader.segment.make_filename(EXTENSION)
    content = bytearray(file.read_bytes())
    content[64] ^= 1
    file.write_bytes(content)
    with pytest.raises(FileDamaged, match=r"der: a checksum in words.title_exact.lengths"):
        words_of(reader, "title_exact")


def test_the_file_of_another_segment_is_refused(tmp_path: Path) -> None:
    one, other = written(tmp_path, [[("harga", "beras")], [("panen", "raya")]])
    (tmp_path / other.make_filename(EXTENSION)).replace(tmp_path / one.make_filename(EXTENSION))
    reader = open_segment(FileStorage(str(tmp_path)), one)
    with pytest.raises(FileDamaged, match="another segment"):
        words_of(reader, "title_exact")


def test_shapes_of_other_words_are_refused(tmp_path: Path) -> None:
    reader = built(tmp_path, [("harga beras", "naik")])
    arrays = {f"title_exact.{part}": items for part, items in asdict(_empty()).items()}
    write_derived(reader.storage, reader.segment, {"words": arrays})
    with pytest.raises(FileDamaged, match="not as many words in title_exact"):
        words_of(reader, "title_exact")
