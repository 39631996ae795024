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
from whoosh.filedb.filestore import FileStorage

from index.analysis import NO_WORDS
from index.article import Article
from index.build.segment import SegmentBuilder
from index.codec import merge as merging
from index.codec.merge import merge
from index.codec.reading import SegmentReader, open_segment
from index.codec.segment import ArraySegment

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
    fields: dict[str, Any] = {}
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
        fields[name] = postings
    documents = reader.documents
    columns = {}
    for name, facts in documents.columns.items():
        if facts["kind"] == "numbers":
            columns[name] = documents.numbers(name).tolist()
        else:
            ordinals, values = documents.ordinals(name)
            columns[name] = [values[ordinal] for ordinal in ordinals.tolist()]
    return {
        "fields": fields,
        "columns": columns,
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


def _others(one: Article) -> tuple[Any, ...]:
    """The fields after the id."""
    return one.title, one.body, one.date, None, one.source, None, None, one.author


@settings(max_examples=60, deadline=None)
@given(SEGMENTS)
def test_merging_equals_building(segments: list[list[tuple[Article, bool]]]) -> None:
    with TemporaryDirectory() as directory:
        merged(segments, Path(directory))


@settings(max_examples=20, deadline=None)
@given(SEGMENTS)
def test_small_ranges_give_the_same(segments: list[list[tuple[Article, bool]]]) -> None:
    with TemporaryDirectory() as directory, pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "RANGE", 3)
        merged(segments, Path(directory))
