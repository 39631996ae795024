"""Articles as documents, and what is no article."""

from __future__ import annotations

from typing import Any

import pytest

from index.analysis import NO_WORDS, analysis
from index.opensearch.documents import Documents, article_of
from index.opensearch.layout import ARTICLE
from tests.conftest import ARCHIVE, article


def test_a_document_has_its_article_whole() -> None:
    given = [*ARCHIVE, article(50, "awal", "awal isi", derived_title=True)]
    made = Documents(analysis(NO_WORDS)).of(given, 0)
    assert [article_of(one.source) for one in made] == given


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
    ],
)
def test_what_is_stored_otherwise_is_no_article(odd: Any) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        article_of({ARTICLE: odd})
