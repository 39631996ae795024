"""One history of commits written with two codecs, and all that Whoosh's readers say of an index."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st
from whoosh import columns, fields, formats
from whoosh.analysis import SimpleAnalyzer
from whoosh.codec.base import Codec
from whoosh.filedb.filestore import RamStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader
from whoosh.writing import MERGE_SMALL, NO_MERGE, OPTIMIZE

SCHEMA = fields.Schema(
    id=fields.ID(unique=True, stored=True),
    text=fields.TEXT(stored=True, vector=formats.Positions()),
    chars=fields.TEXT(chars=True),
    heavy=fields.TEXT(field_boost=2.0),
    words=fields.TEXT(phrase=False, vector=True),
    boosts=fields.FieldType(formats.PositionBoosts(), SimpleAnalyzer(), scorable=True),
    tags=fields.KEYWORD(stored=True, commas=True),
    number=fields.NUMERIC(sortable=True, stored=True),
    byte=fields.NUMERIC(bits=8, signed=False, sortable=True),
    date=fields.DATETIME(sortable=True),
    flag=fields.BOOLEAN(stored=True),
    source=fields.ID(sortable=True),
    kind=fields.ID(sortable=columns.RefBytesColumn(default=b"none")),
    bits=fields.COLUMN(columns.BitColumn()),
    ratio=fields.COLUMN(columns.NumericColumn("f", default=-1.5)),
    small=fields.COLUMN(columns.NumericColumn("b")),
    anything=fields.COLUMN(columns.PickleColumn(columns.CompressedBytesColumn())),
    extra=fields.STORED(),
)
"""Field types, formats and columns of every kind."""
# Names that would meet in the names of sections.
SCHEMA.add("source.text", fields.ID(sortable=True))
SCHEMA.add("words.at", fields.TEXT(vector=True))

DAY = datetime(2024, 2, 28)
_TEXTS = ("text", "chars", "heavy", "words", "boosts", "words.at")
_COLUMNS = [name for name, field in SCHEMA.items() if field.column_type]
_names = count()

WORDS = ("padi", "panen", "beras", "pasar", "raya", "Bali", "bé", "\U00010348")
texts = st.lists(st.sampled_from(WORDS), max_size=10).map(" ".join)
"""No longer than ten words: up to there Whoosh's lengths are exact and scores are comparable."""
_boosts = st.sampled_from([0.5, 1.0, 2.0, 2.5])
_articles = st.fixed_dictionaries(
    {"text": texts, "words": texts},
    optional={
        **dict.fromkeys(("chars", "heavy", "boosts", "words.at"), texts),
        "tags": st.lists(st.sampled_from(["a", "b", "c d"]), max_size=3).map(",".join),
        "number": st.integers(-(2**31), 2**31 - 2),
        "byte": st.integers(0, 255),
        "date": st.integers(0, 400).map(lambda days: DAY + timedelta(days=days, seconds=days)),
        "flag": st.booleans(),
        **dict.fromkeys(("source", "kind", "source.text"), st.sampled_from(["x", "y", "zz"])),
        "bits": st.booleans(),
        "ratio": st.sampled_from([0.0, 1.25, -3.0]),
        "small": st.integers(-128, 127),
        "anything": st.sampled_from([{"a": 1}, [1, 2], "text"]),
        "extra": st.one_of(
            st.none(), st.text(), st.just("panjang " * 300), st.tuples(st.floats(allow_nan=False))
        ),
        "_boost": _boosts,
        "_text_boost": _boosts,
    },
)


@dataclass(frozen=True)
class Commit:
    """Articles by id, updated or added; ids to delete; and what is merged."""

    articles: Mapping[str, Mapping[str, Any]]
    deleted: Sequence[str]
    merge: Any


_ids = st.integers(0, 15).map(str)
histories = st.lists(
    st.builds(
        Commit,
        st.dictionaries(_ids, _articles, min_size=2, max_size=8),
        st.lists(_ids, max_size=3),
        st.sampled_from([NO_MERGE, NO_MERGE, MERGE_SMALL, OPTIMIZE]),
    ),
    min_size=1,
    max_size=4,
)


def write(history: Iterable[Commit], codec: Codec) -> FileIndex:
    """An index in memory; its name is its own, as Whoosh keeps temporary files by it."""
    name = f"twin{os.getpid()}x{next(_names)}"
    index = RamStorage().create_index(SCHEMA, indexname=name)
    for commit in history:
        writer = index.writer(codec=codec)
        for number in commit.deleted:
            writer.delete_by_term("id", number)
        for number, article in commit.articles.items():
            writer.update_document(id=number, **article)
        writer.commit(mergetype=commit.merge)
    return index


def everything(reader: IndexReader) -> dict[str, Any]:
    """All that a reader says, lengths of fields apart."""
    live = list(reader.all_doc_ids())
    return {
        "counts": (reader.doc_count(), reader.doc_count_all(), live, reader.has_deletions()),
        "postings": {term: _postings(reader, *term) for term in reader.all_terms()},
        "statistics": {term: _statistics(info) for term, info in reader},
        "frequencies": {
            term: (reader.doc_frequency(*term), reader.frequency(*term))
            for term in reader.all_terms()
        },
        "from": {
            name: [list(reader.terms_from(name, start)) for start in (b"", b"p", b"pas", b"\xff")]
            for name in _TEXTS
        },
        "cursors": [
            list(_walk(leaf, name)) for leaf, _ in reader.leaf_readers() for name in _TEXTS
        ],
        "stored": [reader.stored_fields(number) for number in live],
        "columns": [
            {name: _column(leaf, name) for name in _COLUMNS} for leaf, _ in reader.leaf_readers()
        ],
        "vectors": {
            (number, name): _vector(reader, number, name)
            for number in live
            for name in ("text", "words", "words.at")
        },
    }


def _postings(reader: IndexReader, name: str, text: bytes) -> list[Any]:
    found = []
    matcher = reader.postings(name, text)
    kinds = ("frequency", "positions", "characters", "position_boosts", "weight")
    while matcher.is_active():
        said = [matcher.value_as(kind) for kind in kinds if matcher.supports(kind)]
        found.append((matcher.id(), matcher.weight(), matcher.value() or b"", said))
        matcher.next()
    return found


def _statistics(info: Any) -> tuple[Any, ...]:
    return (
        info.weight(),
        info.doc_frequency(),
        info.max_weight(),
        info.min_length(),
        info.max_length(),
        info.min_id(),
        info.max_id(),
    )


def _walk(leaf: IndexReader, name: str) -> Iterable[Any]:
    cursor = leaf.cursor(name)
    while cursor.is_valid():
        yield cursor.text(), _statistics(cursor.term_info())
        cursor.next()
    yield [cursor.find(text) for text in ("", "b", "padi", b"pan", "zzz")], cursor.first()


def _column(leaf: IndexReader, name: str) -> tuple[Any, ...] | None:
    if not leaf.has_column(name):
        return None
    reader = leaf.column_reader(name, translate=False)
    values = [reader[number] for number in range(leaf.doc_count_all())]
    if name != "anything":  # there, Whoosh's own iteration fails on documents without a value
        assert list(reader) == values
    column = SCHEMA[name].column_type
    keys = [
        list(map(leaf.column_reader(name, reverse=reverse).sort_key, range(len(values))))
        for reverse in {False, column.reversible}
    ]
    return values, keys


def _vector(reader: IndexReader, number: int, name: str) -> Any:
    if not reader.has_vector(number, name):
        return None
    matcher = reader.vector(number, name)
    found = []
    while matcher.is_active():
        found.append(
            (matcher.id(), matcher.weight(), matcher.value(), matcher.value_as("frequency"))
        )
        matcher.next()
    return found
