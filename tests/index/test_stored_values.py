"""What an article is stored as at once is what is stored of its values."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import example, given
from hypothesis import strategies as st
from whoosh.filedb.filestore import RamStorage

from index.article import Article
from index.segments.container import ContainerWriter
from index.segments.documents import KIND, Documents
from index.segments.documents_writer import StoredWriter
from index.stored_values import hashes_of_bytes, stored_parts, stored_values, text_hash

TEXTS = st.text(st.characters(), max_size=12) | st.sampled_from(["x" * 999, "x" * 1000, "é" * 800])
MAYBE = st.none() | TEXTS
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=7))])
ARTICLES = st.builds(
    Article,
    id=TEXTS,
    title=TEXTS,
    body=TEXTS,
    date=st.none() | st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=ZONES),
    url=MAYBE,
    source=MAYBE,
    category=MAYBE,
    place=MAYBE,
    author=MAYBE,
    derived_title=st.booleans(),
)


def _documents(parts: list[tuple[bytes, bytes]], values: list[dict[str, object]]) -> Documents:
    storage = RamStorage()
    writer = ContainerWriter(storage, "file", KIND)
    stored = StoredWriter(writer)
    stored.add_parts([record for record, _ in parts], [text for _, text in parts])
    for one in values:
        stored.add(one)
    stored.finish()
    size = len(parts) + len(values)
    writer.finish({"documents": size, "lengths": {}, "columns": {}, "vectors": {}})
    return Documents(storage, "file")


@given(ARTICLES)
@example(Article("a", "\ud800", "isi"))
@example(Article("a", "judul", "\udcff"))
@example(Article("a", "judul", "isi", datetime(2024, 5, 1, tzinfo=UTC, fold=1)))
@example(Article("a", "judul", "isi", datetime(2024, 5, 1, tzinfo=UTC), derived_title=True))
def test_parts_are_those_of_the_values(article: Article) -> None:
    (parts,) = stored_parts([article])
    if parts is not None:
        assert hashes_of_bytes([parts[1]]) == [text_hash(article.body)]
        at_once, by_values = _documents([parts], []), _documents([], [stored_values(article)])
        assert at_once.records() == by_values.records()
        assert at_once.stored(0) == by_values.stored(0) == stored_values(article)


def test_an_ordinary_article_is_stored_at_once() -> None:
    date = datetime(2024, 5, 1, 17, 30, 1, 20, tzinfo=UTC)
    article = Article("a", "judul", "isi" * 1000, date, source="Kabar")
    assert stored_parts([article]) != [None]
