"""An article comes back from a document's column as it was given; what is none is told."""

from __future__ import annotations

import tracemalloc
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from index.article import Article
from index.dates import WIB
from index.errors import ArticleUnfit
from index.opensearch import packing
from index.opensearch.packing import MOST_BYTES, fit, packed, unpacked
from tests.conftest import ARCHIVE

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
ARTICLES = st.builds(
    Article,
    id=TEXTS,
    title=TEXTS,
    body=TEXTS,
    date=st.none()
    | st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)).map(
        lambda one: one.replace(tzinfo=UTC)
    ),
    url=st.none() | TEXTS,
    source=st.none() | TEXTS,
    category=st.none() | TEXTS,
    place=st.none() | TEXTS,
    author=st.none() | TEXTS,
    derived_title=st.booleans(),
)


def packed_bytes(content: bytes) -> str:
    """Some bytes as the column has those of an article."""
    return b64encode(zstandard.compress(content)).decode()


@given(ARTICLES)
def test_an_article_comes_back(article: Article) -> None:
    assert unpacked(packed(article)) == article
    assert unpacked(packed(article).rstrip("=")) == article  # as a cluster gives it back


def test_a_moment_of_another_zone_is_the_same_moment() -> None:
    there = datetime(2024, 5, 1, 7, microsecond=1, tzinfo=WIB)
    date = unpacked(packed(replace(ARCHIVE[0], date=there))).date
    assert date == there
    assert date.utcoffset() == there.utcoffset() == timedelta(hours=7)


def test_a_long_text_takes_little_room() -> None:
    article = replace(ARCHIVE[0], body="Harga beras naik. " * 10_000)
    assert len(packed(article)) < len(article.body) / 100


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("!", id="no Base64"),
        pytest.param(b64encode(b"beras").decode(), id="not compressed"),
        pytest.param(packed(ARCHIVE[0])[:40], id="cut"),
        pytest.param(packed_bytes(b"beras"), id="no JSON"),
        pytest.param(packed_bytes(b"[1]"), id="a list"),
        pytest.param(packed_bytes(b'{"id": "a"}'), id="without a body"),
        pytest.param(packed_bytes(b'{"id": "a", "title": "", "body": "", "date": 7}'), id="a date"),
        pytest.param(packed_bytes(b'{"id": "a", "title": "", "body": "", "x": 7}'), id="more"),
    ],
)
def test_what_is_no_article_is_told(text: str) -> None:
    with pytest.raises((TypeError, ValueError)):
        unpacked(text)


@pytest.mark.parametrize(
    "odd",
    [
        None,
        "a1",
        {"id": "a1", "title": "judul"},
        {"id": 1, "title": "judul", "body": "isi"},
        {"id": "a1", "title": "judul", "body": ["isi"]},
        {"id": "a1", "title": "judul", "body": "isi", "url": None},
        {"id": "a1", "title": "judul", "body": "isi", "other": "x"},
        {"id": "a1", "title": "judul", "body": "isi", "derived_title": "x"},
        {"id": "a1", "title": "judul", "body": "isi", "date": 5},
        {"id": "a1", "title": "judul", "body": "isi", "date": "2026-01-01T00:00:00"},
        {"id": "a1", "title": "judul", "body": "isi", "date": "0001-01-01T00:00:00+07:00"},
        {"id": "a1", "title": "judul", "body": "isi", "date": "9999-12-30T17:00:00+00:00"},
    ],
)
def test_what_is_packed_otherwise_is_no_article(odd: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        unpacked(packed_bytes(orjson.dumps(odd)))


@pytest.mark.parametrize("name", ["id", "title", "body", "url", "source", "author"])
def test_what_is_no_text_is_refused(name: str) -> None:
    wrong: dict[str, Any] = {name: "x\ud800"}
    with pytest.raises(ArticleUnfit, match=r"surrogate") as caught:
        packed(replace(ARCHIVE[0], **wrong))
    str(caught.value).encode()


def test_an_article_that_is_too_long_is_not_packed(monkeypatch: pytest.MonkeyPatch) -> None:
    article = replace(ARCHIVE[0], body="beras " * 200)
    assert unpacked(packed(article)) == article
    monkeypatch.setattr(packing, "MOST_BYTES", 1000)
    with pytest.raises(ArticleUnfit, match=f"{article.id}.*longer"):
        packed(article)


def test_what_says_that_it_is_too_long_is_not_unpacked() -> None:
    bomb = packed_bytes(bytes(MOST_BYTES + 1))
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=str(MOST_BYTES + 1)):
            unpacked(bomb)
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_what_does_not_say_how_long_it_is_is_not_unpacked() -> None:
    packing_them = zstandard.ZstdCompressor().compressobj()
    frame = packing_them.compress(b'{"id": "a", "title": "", "body": ""}') + packing_them.flush()
    with pytest.raises(ValueError, match="None"):
        unpacked(b64encode(frame).decode())


def test_articles_that_are_fit_pass_and_the_first_other_ends_them() -> None:
    odd = replace(ARCHIVE[1], author="x\ud800")
    passing = fit([ARCHIVE[0], odd, ARCHIVE[2]])
    assert next(passing) == ARCHIVE[0]
    with pytest.raises(ArticleUnfit, match=odd.id):
        next(passing)
