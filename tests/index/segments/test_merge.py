"""Merged segments hold what a segment of the same live articles would."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import columns, fields
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.article import Article
from index.build.segment_builder import SegmentBuilder
from index.codec.codec import ArrayCodec
from index.segments import merge_postings
from index.segments.merge import merge
from index.segments.reader import SegmentReader, open_segment, reading_order
from index.segments.segment import ArraySegment
from tests.conftest import examples

WORDS = ["beras", "harga", "naik", "Jakarta", "kenaikan", "50", "2,5", "é"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)
ARTICLES = st.builds(
    Article,
    id=st.just(""),
    title=TEXTS,
    body=TEXTS | TEXTS.map(lambda text: text * 300),
    date=st.none()
    | st.integers(0, 10**6).map(lambda m: datetime(2019, 1, 1, tzinfo=UTC) + timedelta(minutes=m)),
    source=st.none() | st.sampled_from(["Antara", "ANTARA", "Kompas"]),
    author=st.none() | st.text(max_size=3),
)
SEGMENTS = st.lists(
    st.lists(st.tuples(ARTICLES, st.booleans()), min_size=1, max_size=6), min_size=1, max_size=5
)


def write(directory: Path, articles: Iterable[Article]) -> ArraySegment:
    builder = SegmentBuilder(directory, NO_WORDS, 1 << 30)
    builder.add(list(articles))
    builder.flush()
    (segment,) = builder.segments
    return segment


def contents(reader: SegmentReader) -> dict[str, Any]:
    """Everything that a segment without deletions holds, as plain values."""
    postings_of: dict[str, Any] = {}
    for name, field in reader.fields.items():
        postings: dict[bytes, Any] = {}
        for ordinal, term in enumerate(field.texts(0, field.terms)):
            frequencies = field.frequencies(ordinal)
            documents = field.documents(ordinal).tolist()
            often = [1] * len(documents) if frequencies is None else frequencies.tolist()
            positions: list[list[int]] = []
            if field.has_positions:
                bounds, places = field.positions(ordinal)
                positions = [part.tolist() for part in np.split(places, bounds[1:-1])]
            postings[term] = (documents, often, positions)
        postings_of[name] = postings
    documents = reader.documents
    columns_of = {}
    for name, facts in documents.columns.items():
        if facts["kind"] == "numbers":
            columns_of[name] = documents.numbers(name).tolist()
        else:
            ordinals, values = documents.ordinals(name)
            columns_of[name] = [values[ordinal] for ordinal in ordinals.tolist()]
    return {
        "fields": postings_of,
        "columns": columns_of,
        "lengths": {name: documents.lengths(name).tolist() for name in documents.length_fields()},
        "stored": [documents.stored(number) for number in range(reader.size)],
        "hits": [documents.hit(number) for number in range(reader.size)],
    }


def merged(segments: Sequence[Sequence[tuple[Article, bool]]], directory: Path) -> None:
    storage = FileStorage(str(directory))
    written = []
    live = []
    number = 0
    for given_articles in segments:
        articles = []
        for article, _ in given_articles:
            number += 1
            articles.append(Article(str(number), *_others(article)))
        segment = write(directory, articles)
        for place, (_, deleted) in enumerate(given_articles):
            if deleted:
                segment.delete_document(place)
            else:
                live.append(articles[place])
        written.append(segment)
    if not live:
        return
    found = merge(storage, written)
    expected = write(directory, live)
    assert found.doc_count_all() == expected.doc_count_all() == len(live)
    reader = open_segment(storage, found)
    reader.documents.container.verify()
    reader.fields["id"].container.verify()
    assert contents(reader) == contents(open_segment(storage, expected))


def test_merging_leaves_texts_packed_as_they_are(tmp_path: Path) -> None:
    storage = FileStorage(str(tmp_path))
    articles = [Article(str(number), "judul", "isi berita " * 60) for number in range(100)]
    segments = [write(tmp_path, [one]) for one in articles]
    documents = open_segment(storage, merge(storage, segments)).documents
    packed = [open_segment(storage, one).documents.strings("bulk", 0, 1)[0] for one in segments]
    found, sizes = documents.strings("bulk", 0, 100)
    assert found.tobytes() == b"".join([one.tobytes() for one in packed])
    assert sizes.tolist() == [*map(len, packed)]
    assert [documents.stored(number)["body"] for number in range(100)] == [
        one.body for one in articles
    ]


@pytest.mark.parametrize(
    ("field", "what"),
    [
        (fields.TEXT(vector=True), "vectors"),
        (fields.TEXT(chars=True), "values"),
        (fields.TEXT(field_boost=2.0), "counts"),
        (fields.COLUMN(columns.PickleColumn(columns.CompressedBytesColumn())), "bytes"),
    ],
)
def test_what_merging_would_misread_is_refused(
    tmp_path: Path, field: fields.FieldType, what: str
) -> None:
    index = whoosh_index.create_in(str(tmp_path), fields.Schema(one=field))
    for _ in range(2):
        writer = index.writer(codec=ArrayCodec())
        writer.add_document(one="beras beras padi")
        writer.commit(merge=False)
    with pytest.raises(ValueError, match=f"one.*{what}|{what}"):
        merge(index.storage, index._segments())


def _others(one: Article) -> tuple[Any, ...]:
    """The fields after the id."""
    return one.title, one.body, one.date, None, one.source, None, None, one.author


@settings(max_examples=examples(25), deadline=None)
@given(SEGMENTS)
def test_merging_equals_building(segments: list[list[tuple[Article, bool]]]) -> None:
    with TemporaryDirectory() as directory:
        merged(segments, Path(directory))


@settings(max_examples=examples(12), deadline=None)
@given(SEGMENTS)
def test_small_ranges_give_the_same(segments: list[list[tuple[Article, bool]]]) -> None:
    with TemporaryDirectory() as directory, pytest.MonkeyPatch.context() as patch:
        patch.setattr(merge_postings, "RANGE", 3)
        merged(segments, Path(directory))


@pytest.mark.parametrize(("firsts", "expected"), [((5, 1), [5, 6, 1]), ((5, None), None)])
def test_articles_keep_their_places_in_the_order_of_reading_where_all_have_one(
    tmp_path: Path, firsts: Sequence[int | None], expected: list[int] | None
) -> None:
    builder = SegmentBuilder(tmp_path, NO_WORDS, 1 << 28)
    for first, size in zip(firsts, (2, 2), strict=True):
        builder.add([Article(f"{first}-{at}", "", "isi") for at in range(size)], first)
        builder.flush()
    builder.segments[1].delete_document(1)
    storage = FileStorage(str(tmp_path))
    reader = open_segment(storage, merge(storage, builder.segments))
    numbers = reading_order([reader])
    assert (None if numbers is None else numbers.tolist()) == expected
